//! The outlines of boxes, the signs on their corners, and the frames around groups.

use std::fmt::Write as _;

use super::super::paint::{self, BoxPaint, Mark};
use super::canvas::Canvas;
use super::numbers::{dashes, px};
use super::set_line;
use crate::config::theme::Shape;
use crate::layout::{Plate, Point, Rect, SOURCE_SIZE};
use crate::view::diagram::Polarity;

/// The side of the corner that is folded on a sheet of paper.
const FOLD: f64 = 11.0;
/// The radius of a plate's corners: with one line its ends are round.
const PLATE_RADIUS: f64 = 8.5;

/// Draws a box' outline.
pub(super) fn outline(canvas: &mut Canvas<'_>, paint: &BoxPaint, rect: Rect) {
    let line = format!(
        "stroke-width=\"{}\"{}",
        px(paint.width),
        dashes(&paint.dash)
    );
    let whole = format!("{} {line}", canvas.both(paint.fill, paint.border));
    let out = &mut canvas.out;
    match paint.shape {
        Shape::Plain => rectangle(out, rect, 3.0, &whole),
        Shape::Round => rectangle(out, rect, (rect.height / 2.0).min(15.0), &whole),
        Shape::Sheet => sheet(out, rect, &whole),
        Shape::Double => {
            rectangle(out, rect, 2.0, &whole);
            let inner = format!("{} stroke-width=\"0.9\"", canvas.stroke(paint.border));
            rectangle(&mut canvas.out, inset(rect, 3.5), 0.0, &inner);
        }
    }
}

/// Draws the sign on a box' upper right corner, if it has one, in the colour of the paper on a disc.
///
/// Each sign is defined once: thousands of boxes may have the same.
pub(super) fn mark(canvas: &mut Canvas<'_>, paint: &BoxPaint, rect: Rect) {
    let Some((mark, tone)) = paint.mark else {
        return;
    };
    let (x, y) = (px(rect.right() - 3.0), px(rect.y + 3.0));
    let sign = match mark {
        Mark::Unsupported => "M-2.3 -1.6a2.3 2.3 0 1 1 3.4 2q-1.1 .7 -1.1 1.7M0 3.9v.4",
        Mark::Rejected => "M-2.6 -2.6L2.6 2.6M2.6 -2.6L-2.6 2.6",
        Mark::Undecided => "M-3.4 1q1.7 -3.4 3.4 -1t3.4 -1",
    };
    let paper = paint::paper(canvas.theme);
    let (disc, line) = (canvas.both(tone, paper), canvas.stroke(paper));
    let sign = format!(
        "<circle r=\"7.5\" {disc} stroke-width=\"1.5\"/>\
         <path d=\"{sign}\" {line} stroke-width=\"1.7\" stroke-linecap=\"round\"/>"
    );
    let id = canvas.define(mark_id(mark), sign);
    let _ = writeln!(
        canvas.out,
        "<use xlink:href=\"#{id}\" x=\"{x}\" y=\"{y}\"/>"
    );
}

/// The element id of a sign; no statement gets it.
pub(super) fn mark_id(mark: Mark) -> &'static str {
    match mark {
        Mark::Unsupported => "map-unsupported",
        Mark::Rejected => "map-rejected",
        Mark::Undecided => "map-undecided",
    }
}

/// Draws a junction's point.
pub(super) fn point(canvas: &mut Canvas<'_>, polarity: Polarity, at: Point, radius: f64) {
    let fill = canvas.fill(paint::junction(canvas.theme, polarity));
    let (x, y) = (px(at.x), px(at.y));
    let _ = writeln!(
        canvas.out,
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" {fill}/>",
        px(radius)
    );
}

/// Draws a junction's plate with its words in the colour of the paper.
pub(super) fn plate(canvas: &mut Canvas<'_>, polarity: Polarity, at: Point, plate: &Plate) {
    let fill = canvas.fill(paint::junction(canvas.theme, polarity));
    let ink = canvas.fill(paint::paper(canvas.theme));
    let rect = Rect {
        x: at.x - plate.width / 2.0,
        y: at.y - plate.height / 2.0,
        width: plate.width,
        height: plate.height,
    };
    let radius = (plate.height / 2.0).min(PLATE_RADIUS);
    rectangle(&mut canvas.out, rect, radius, &fill);
    for (line, down) in plate.lines.iter().zip(plate.baselines()) {
        let _ = writeln!(
            canvas.out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"middle\" font-size=\"{}\" font-weight=\"bold\" {ink}>{}</text>",
            px(at.x),
            px(at.y + down),
            px(SOURCE_SIZE),
            set_line(line, plate.is_rtl).0
        );
    }
}

/// Draws the frame around a group of boxes.
pub(super) fn frame(canvas: &mut Canvas<'_>, rect: Rect) {
    let (fill, border) = paint::group(canvas.theme);
    let look = &canvas.theme.group;
    let line = format!("stroke-width=\"{}\"{}", px(look.width), dashes(&look.dash));
    let whole = format!("{} {line}", canvas.both(fill, border));
    rectangle(&mut canvas.out, rect, 6.0, &whole);
}

fn inset(rect: Rect, by: f64) -> Rect {
    let (width, height) = (
        (rect.width - 2.0 * by).max(1.0),
        (rect.height - 2.0 * by).max(1.0),
    );
    Rect {
        x: rect.x + by,
        y: rect.y + by,
        width,
        height,
    }
}

fn rectangle(out: &mut String, rect: Rect, radius: f64, paint: &str) {
    let _ = writeln!(
        out,
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\" {paint}/>",
        px(rect.x),
        px(rect.y),
        px(rect.width),
        px(rect.height),
        px(radius)
    );
}

/// A sheet of paper whose lower right corner is folded.
fn sheet(out: &mut String, rect: Rect, paint: &str) {
    let fold = FOLD.min(rect.height / 2.0);
    let (left, top, right, bottom) = (px(rect.x), px(rect.y), px(rect.right()), px(rect.bottom()));
    let (inner_x, inner_y) = (px(rect.right() - fold), px(rect.bottom() - fold));
    let _ = writeln!(
        out,
        "<path d=\"M{left} {top}H{right}V{inner_y}L{inner_x} {bottom}H{left}Z\" {paint}/>\
         <path d=\"M{right} {inner_y}H{inner_x}V{bottom}Z\" {paint}/>"
    );
}
