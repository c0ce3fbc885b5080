//! Edges: round corners, and an end that tells the meaning in black and white too.

use std::fmt::Write as _;

use super::super::paint::{self, LinePaint};
use super::canvas::Canvas;
use super::numbers::{dashes, px};
use crate::config::theme::Head;
use crate::layout::Point;
use crate::view::diagram::EdgeKind;

/// The radius of a corner.
const CORNER: f64 = 6.0;

/// How much of the line its head takes.
fn head_length(head: Head) -> f64 {
    match head {
        Head::None | Head::Cross => 0.0,
        Head::Arrow | Head::Hollow => 8.0,
        Head::Fork => 1.0,
        Head::Bar => 2.5,
    }
}

/// Draws an edge along its corners; nothing if it has none.
pub(super) fn edge(canvas: &mut Canvas<'_>, kind: EdgeKind, points: &[Point]) {
    let [.., before, tip] = *points else { return };
    let paint = paint::edge(canvas.theme, kind);
    let head = if paint.has_head {
        paint.look.head
    } else {
        Head::None
    };
    let length = (tip.x - before.x).hypot(tip.y - before.y);
    let along = if length > 0.01 {
        Point {
            x: (tip.x - before.x) / length,
            y: (tip.y - before.y) / length,
        }
    } else {
        Point { x: 0.0, y: -1.0 }
    };
    let mut line = points.to_vec();
    if let Some(last) = line.last_mut() {
        let back = head_length(head).min(length);
        *last = Point {
            x: tip.x - along.x * back,
            y: tip.y - along.y * back,
        };
    }
    if !paint.look.dash.is_empty() {
        // Dashes begin at the head: where lines share a trunk to one conclusion they then lie on each other, instead of
        // filling each other's gaps.
        line.reverse();
    }
    let (width, dashes) = (px(paint.look.width), dashes(&paint.look.dash));
    let stroke = canvas.stroke(paint.tone);
    let _ = writeln!(
        canvas.out,
        "<path d=\"{}\" {stroke} stroke-width=\"{width}\"{dashes}/>",
        path(&line)
    );
    end(canvas, paint, head, End { tip, along });
    if head == Head::Cross {
        cross(canvas, paint, middle(points));
    }
}

/// The path through corners, each rounded.
fn path(points: &[Point]) -> String {
    let mut out = String::new();
    let Some(first) = points.first() else {
        return out;
    };
    let _ = write!(out, "M{} {}", px(first.x), px(first.y));
    for corner in points.windows(3) {
        let (a, b, c) = (corner[0], corner[1], corner[2]);
        let (start, end) = (towards(b, a), towards(b, c));
        let _ = write!(
            out,
            "L{} {}Q{} {} {} {}",
            px(start.x),
            px(start.y),
            px(b.x),
            px(b.y),
            px(end.x),
            px(end.y)
        );
    }
    if let Some(last) = points.last() {
        let _ = write!(out, "L{} {}", px(last.x), px(last.y));
    }
    out
}

/// The point where a corner's rounding starts, on the leg to `other`.
fn towards(corner: Point, other: Point) -> Point {
    let (x, y) = (other.x - corner.x, other.y - corner.y);
    let length = x.hypot(y).max(0.01);
    let radius = CORNER.min(length / 2.0) / length;
    Point {
        x: corner.x + x * radius,
        y: corner.y + y * radius,
    }
}

/// Where a line ends, and the direction from which it comes.
#[derive(Clone, Copy)]
struct End {
    tip: Point,
    along: Point,
}

impl End {
    /// The point so far back from the tip and so far aside.
    fn at(self, back: f64, aside: f64) -> String {
        let Self { tip, along } = self;
        let x = tip.x - along.x * back - along.y * aside;
        let y = tip.y - along.y * back + along.x * aside;
        format!("{} {}", px(x), px(y))
    }
}

/// Draws a line's head, which grows with the line's width.
fn end(canvas: &mut Canvas<'_>, paint: LinePaint<'_>, head: Head, end: End) {
    let wide = paint.look.width;
    let (left, right, base) = (end.at(9.5, 4.5), end.at(9.5, -4.5), end.at(0.7, 0.0));
    let triangle = format!("M{base}L{left}L{right}Z");
    let (path, style) = match head {
        Head::None | Head::Cross => return,
        Head::Arrow => (triangle, canvas.fill(paint.tone)),
        Head::Hollow => {
            let paint = canvas.both(paint::paper(canvas.theme), paint.tone);
            (triangle, format!("{paint} stroke-width=\"1.2\""))
        }
        Head::Fork => {
            let fork = format!("M{}L{base}L{}", end.at(8.0, 4.4), end.at(8.0, -4.4));
            let bar = format!("M{}L{}", end.at(10.5, 4.4), end.at(10.5, -4.4));
            let stroke = canvas.stroke(paint.tone);
            let width = px(wide * 1.2);
            (fork + &bar, format!("{stroke} stroke-width=\"{width}\""))
        }
        Head::Bar => {
            let bar = format!("M{}L{}", end.at(2.5, 5.5), end.at(2.5, -5.5));
            let stroke = canvas.stroke(paint.tone);
            let width = px(wide * 1.73);
            (bar, format!("{stroke} stroke-width=\"{width}\""))
        }
    };
    let _ = writeln!(canvas.out, "<path d=\"{path}\" {style}/>");
}

/// The cross in the middle of a contradiction.
fn cross(canvas: &mut Canvas<'_>, paint: LinePaint<'_>, at: Point) {
    let (x, y) = (px(at.x), px(at.y));
    let ground = canvas.fill(paint::paper(canvas.theme));
    let stroke = canvas.stroke(paint.tone);
    let width = px(paint.look.width * 1.33);
    let _ = writeln!(
        canvas.out,
        "<g transform=\"translate({x} {y})\"><circle r=\"6\" {ground}/>\
         <path d=\"M-4 -4L4 4M-4 4L4 -4\" {stroke} stroke-width=\"{width}\"/></g>"
    );
}

/// The middle of the longest leg.
fn middle(points: &[Point]) -> Point {
    let length = |leg: &&[Point]| (leg[0].x - leg[1].x).abs() + (leg[0].y - leg[1].y).abs();
    let longest = points
        .windows(2)
        .max_by(|a, b| length(a).total_cmp(&length(b)));
    longest.map_or_else(Point::default, |leg| Point {
        x: f64::midpoint(leg[0].x, leg[1].x),
        y: f64::midpoint(leg[0].y, leg[1].y),
    })
}
