//! The outlines of boxes: each kind has its own, in black and white too.

use std::fmt::Write as _;

use super::palette::{MARK, PAPER, of_kind};
use super::xml::px;
use crate::layout::Rect;
use crate::view::diagram::NodeKind;

/// The side of the corner that is folded on a piece of evidence.
const FOLD: f64 = 11.0;

/// Draws a box' outline: a thesis has a double border, evidence a folded corner like a sheet of paper, an
/// assumption round ends, a claim plain corners; unsupported is dashed, implicit is dotted, both is dashes
/// and dots in turn.
pub(super) fn outline(
    out: &mut String,
    kind: NodeKind,
    unsupported: bool,
    implicit: bool,
    rect: Rect,
) {
    let (fill, border) = of_kind(kind);
    let dash = match (implicit, unsupported) {
        (true, true) => " stroke-dasharray=\"7 3 1.5 3\"",
        (true, false) => " stroke-dasharray=\"1.5 3\"",
        (false, true) => " stroke-dasharray=\"7 4\"",
        (false, false) => "",
    };
    let width = if implicit || unsupported {
        "1.6"
    } else {
        "1.3"
    };
    let paint = format!("fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"{width}\"{dash}");
    match kind {
        NodeKind::Thesis => {
            rectangle(
                out,
                rect,
                2.0,
                &format!("fill=\"{fill}\" stroke=\"{border}\" stroke-width=\"2.2\"{dash}"),
            );
            let inner = format!("fill=\"none\" stroke=\"{border}\" stroke-width=\"0.9\"");
            rectangle(out, inset(rect, 3.5), 0.0, &inner);
        }
        NodeKind::Claim => rectangle(out, rect, 3.0, &paint),
        NodeKind::Assumption => rectangle(out, rect, (rect.height / 2.0).min(15.0), &paint),
        NodeKind::Evidence => sheet(out, rect, &paint),
    }
}

/// The mark on a claim that nothing supports: a question mark on its upper right corner.
pub(super) fn mark(out: &mut String, rect: Rect) {
    let (x, y) = (rect.right() - 3.0, rect.y + 3.0);
    let _ = writeln!(
        out,
        "<g><circle cx=\"{}\" cy=\"{}\" r=\"7.5\" fill=\"{MARK}\" stroke=\"{PAPER}\" stroke-width=\"1.5\"/>\
         <text x=\"{}\" y=\"{}\" font-size=\"11\" font-weight=\"bold\" text-anchor=\"middle\" fill=\"{PAPER}\">?</text></g>",
        px(x),
        px(y),
        px(x),
        px(y + 4.0)
    );
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
