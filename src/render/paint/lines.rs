//! Edges: round corners, and an end that tells the meaning in black and white too.

use super::{Colour, Form, Leg, Shape, Stroke, through};
use crate::layout::Point;
use crate::view::diagram::{EdgeKind, Polarity};

/// The radius of a corner.
const CORNER: f64 = 6.0;

/// The dashes of a line; none for a solid one.
fn dashes(kind: EdgeKind) -> &'static [f64] {
    match kind {
        EdgeKind::Premise(Polarity::Pro) | EdgeKind::Reason => &[],
        EdgeKind::Premise(Polarity::Con) | EdgeKind::Objection => &[6.0, 3.5],
        EdgeKind::Undercut => &[2.0, 2.5],
        EdgeKind::Contradiction => &[9.0, 3.0, 2.0, 3.0],
        EdgeKind::Restatement => &[1.5, 3.5],
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

/// An edge along its corners; nothing if it has none.
pub(in crate::render) fn edge(kind: EdgeKind, points: &[Point]) -> Vec<Shape> {
    let [.., before, tip] = *points else {
        return Vec::new();
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
        let back = head_length(kind).min(length);
        *last = Point {
            x: tip.x - along.x * back,
            y: tip.y - along.y * back,
        };
    }
    let pen = Stroke {
        dashes: dashes(kind),
        ..Stroke::solid(Colour::Line(kind), 1.5)
    };
    let mut shapes = vec![Shape::drawn(Form::Path(rounded(&line)), pen)];
    shapes.extend(head(kind, tip, along));
    if kind == EdgeKind::Contradiction {
        shapes.extend(cross(middle(points), pen.colour));
    }
    shapes
}

/// The path through corners, each rounded.
fn rounded(points: &[Point]) -> Vec<Leg> {
    let mut legs: Vec<Leg> = points
        .first()
        .copied()
        .map(Leg::Start)
        .into_iter()
        .collect();
    for corner in points.windows(3) {
        let (a, b, c) = (corner[0], corner[1], corner[2]);
        legs.extend([Leg::Line(towards(b, a)), Leg::Bend(b, towards(b, c))]);
    }
    legs.extend(points.last().copied().map(Leg::Line));
    legs
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
fn head(kind: EdgeKind, tip: Point, along: Point) -> Option<Shape> {
    let colour = Colour::Line(kind);
    let at = |back: f64, aside: f64| Point {
        x: tip.x - along.x * back - along.y * aside,
        y: tip.y - along.y * back + along.x * aside,
    };
    let (left, right, base) = (at(9.5, 4.5), at(9.5, -4.5), at(0.7, 0.0));
    let mut triangle = through(&[base, left, right]);
    triangle.push(Leg::Close);
    Some(match kind {
        EdgeKind::Premise(_) | EdgeKind::Contradiction => return None,
        EdgeKind::Reason => Shape::filled(Form::Path(triangle), colour),
        EdgeKind::Restatement => Shape {
            stroke: Some(Stroke::solid(colour, 1.2)),
            ..Shape::filled(Form::Path(triangle), Colour::Paper)
        },
        EdgeKind::Objection => {
            let mut legs = through(&[at(8.0, 5.0), base, at(8.0, -5.0)]);
            legs.extend(through(&[at(10.5, 5.0), at(10.5, -5.0)]));
            Shape::drawn(Form::Path(legs), Stroke::solid(colour, 1.8))
        }
        EdgeKind::Undercut => {
            let bar = through(&[at(2.5, 5.5), at(2.5, -5.5)]);
            Shape::drawn(Form::Path(bar), Stroke::solid(colour, 2.6))
        }
    })
}

/// The cross in the middle of a contradiction.
fn cross(middle: Point, colour: Colour) -> [Shape; 2] {
    let at = |x: f64, y: f64| Point {
        x: middle.x + x,
        y: middle.y + y,
    };
    let mut legs = through(&[at(-4.0, -4.0), at(4.0, 4.0)]);
    legs.extend(through(&[at(-4.0, 4.0), at(4.0, -4.0)]));
    [
        Shape::filled(Form::Circle(middle, 6.0), Colour::Paper),
        Shape::drawn(Form::Path(legs), Stroke::solid(colour, 2.0)),
    ]
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
