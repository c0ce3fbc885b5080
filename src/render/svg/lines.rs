//! Edges: round corners, and an end that tells the meaning in black and white too.

use std::fmt::Write as _;

use super::palette::{PAPER, of_edge};
use super::xml::px;
use crate::layout::Point;
use crate::view::diagram::{EdgeKind, Polarity};

/// The radius of a corner.
const CORNER: f64 = 6.0;

/// The dashes of a line; nothing for a solid one.
fn dashes(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Premise(Polarity::Pro) | EdgeKind::Reason => "",
        EdgeKind::Premise(Polarity::Con) | EdgeKind::Objection => " stroke-dasharray=\"6 3.5\"",
        EdgeKind::Undercut => " stroke-dasharray=\"2 2.5\"",
        EdgeKind::Contradiction => " stroke-dasharray=\"9 3 2 3\"",
        EdgeKind::Restatement => " stroke-dasharray=\"1.5 3.5\"",
    }
}

/// How much of the line its head takes.
fn head_length(kind: EdgeKind) -> f64 {
    match kind {
        EdgeKind::Premise(_) | EdgeKind::Contradiction => 0.0,
        EdgeKind::Reason | EdgeKind::Restatement => 8.0,
        EdgeKind::Objection => 1.0,
        EdgeKind::Undercut => 2.5,
    }
}

/// Draws an edge along its corners; nothing if it has none.
pub(super) fn edge(out: &mut String, kind: EdgeKind, points: &[Point]) {
    let [.., before, tip] = *points else { return };
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
        let back = head_length(kind).min(length);
        *last = Point {
            x: tip.x - along.x * back,
            y: tip.y - along.y * back,
        };
    }
    let (colour, dashes) = (of_edge(kind), dashes(kind));
    let _ = writeln!(
        out,
        "<path d=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.5\"{dashes}/>",
        path(&line)
    );
    head(out, kind, tip, along);
    if kind == EdgeKind::Contradiction {
        cross(out, middle(points), colour);
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

/// The head: filled for a reason, open with a bar for an objection, a bar alone for an undercut, hollow for a
/// restatement.
fn head(out: &mut String, kind: EdgeKind, tip: Point, along: Point) {
    let colour = of_edge(kind);
    let at = |back: f64, aside: f64| {
        let (x, y) = (
            tip.x - along.x * back - along.y * aside,
            tip.y - along.y * back + along.x * aside,
        );
        format!("{} {}", px(x), px(y))
    };
    let (left, right, base) = (at(9.5, 4.5), at(9.5, -4.5), at(0.7, 0.0));
    let _ = match kind {
        EdgeKind::Premise(_) | EdgeKind::Contradiction => Ok(()),
        EdgeKind::Reason => writeln!(
            out,
            "<path d=\"M{base}L{left}L{right}Z\" fill=\"{colour}\"/>"
        ),
        EdgeKind::Restatement => {
            writeln!(
                out,
                "<path d=\"M{base}L{left}L{right}Z\" fill=\"{PAPER}\" stroke=\"{colour}\" stroke-width=\"1.2\"/>"
            )
        }
        EdgeKind::Objection => writeln!(
            out,
            "<path d=\"M{}L{base}L{}M{}L{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"/>",
            at(8.0, 5.0),
            at(8.0, -5.0),
            at(10.5, 5.0),
            at(10.5, -5.0)
        ),
        EdgeKind::Undercut => writeln!(
            out,
            "<path d=\"M{}L{}\" stroke=\"{colour}\" stroke-width=\"2.6\"/>",
            at(2.5, 5.5),
            at(2.5, -5.5)
        ),
    };
}

/// The cross in the middle of a contradiction.
fn cross(out: &mut String, at: Point, colour: &str) {
    let (x, y) = (at.x, at.y);
    let _ = writeln!(
        out,
        "<circle cx=\"{}\" cy=\"{}\" r=\"6\" fill=\"{PAPER}\"/><path d=\"M{} {}L{} {}M{} {}L{} {}\" stroke=\"{colour}\" stroke-width=\"2\"/>",
        px(x),
        px(y),
        px(x - 4.0),
        px(y - 4.0),
        px(x + 4.0),
        px(y + 4.0),
        px(x - 4.0),
        px(y + 4.0),
        px(x + 4.0),
        px(y - 4.0)
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
