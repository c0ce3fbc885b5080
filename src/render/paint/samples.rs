//! Junctions, and the samples of the legend.

use super::{Colour, Form, Looks, Mark, Shape, edge, mark, outline};
use crate::layout::{Meaning, Point, Rect};
use crate::view::diagram::{EdgeKind, NodeKind, Polarity};

/// A junction's point.
pub(in crate::render) fn point(polarity: Polarity, at: Point) -> Shape {
    Shape::filled(Form::Circle(at, 4.5), Colour::Point(polarity))
}

/// A small picture of a meaning.
pub(in crate::render) fn sample(meaning: Meaning, room: Rect) -> Vec<Shape> {
    let small = Rect {
        x: room.x + 2.0,
        y: room.y + 1.0,
        width: room.width - 4.0,
        height: room.height - 2.0,
    };
    let (left, right) = level(room);
    match meaning {
        Meaning::Kind(kind) => outline(kind, Looks::default(), small),
        Meaning::Unsupported => marked(Mark::Unsupported, small),
        Meaning::Rejected => marked(Mark::Rejected, small),
        Meaning::Undecided => marked(Mark::Undecided, small),
        Meaning::Implicit => {
            let looks = Looks {
                implicit: true,
                ..Looks::default()
            };
            outline(NodeKind::Claim, looks, small)
        }
        Meaning::Edge(kind) => edge(kind, &[left, right]),
        Meaning::Linked => linked(room),
    }
}

/// The ends of a level line through the middle of a room.
fn level(room: Rect) -> (Point, Point) {
    let y = room.centre().y;
    (Point { x: room.x, y }, Point { x: room.right(), y })
}

/// A claim with a mark.
fn marked(sign: Mark, rect: Rect) -> Vec<Shape> {
    let looks = Looks {
        unsupported: sign == Mark::Unsupported,
        rejected: sign == Mark::Rejected,
        implicit: false,
    };
    let mut shapes = outline(NodeKind::Claim, looks, rect);
    let width = rect.width - 2.0;
    shapes.extend(mark(sign, Rect { width, ..rect }));
    shapes
}

/// Two premises that meet in a junction.
fn linked(room: Rect) -> Vec<Shape> {
    let (left, right) = level(room);
    let joint = Point {
        x: room.x + 15.0,
        ..left
    };
    let mut shapes = Vec::new();
    for y in [room.y + 2.0, room.bottom() - 2.0] {
        let (start, corner) = (Point { y, ..left }, Point { y, ..joint });
        let premise = EdgeKind::Premise(Polarity::Pro);
        shapes.extend(edge(premise, &[start, corner, joint]));
    }
    shapes.extend(edge(EdgeKind::Reason, &[joint, right]));
    let dot = Form::Circle(joint, 3.5);
    shapes.push(Shape::filled(dot, Colour::Point(Polarity::Pro)));
    shapes
}
