//! What pictures consist of, in no syntax: outlines to fill and to draw, their colours named by what they mean.
//!
//! SVG and PDF write the same list, so a shape is decided once and looks alike in both.

mod lines;
mod samples;
mod shapes;

use crate::layout::{Point, Rect};
use crate::view::diagram::{EdgeKind, NodeKind, Polarity};

pub(super) use lines::edge;
pub(super) use samples::{point, sample};
pub(super) use shapes::{Looks, Mark, mark, outline};

/// A colour by what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Colour {
    /// The ground, and what is to look like it.
    Paper,
    /// Inside a box.
    Fill(NodeKind),
    /// Inside a box that the evaluation rejects.
    Fallen,
    /// Around a box.
    Border(NodeKind),
    /// The disc of a mark.
    Mark(Mark),
    /// A line with its head.
    Line(EdgeKind),
    /// A junction.
    Point(Polarity),
}

/// An outline with what is inside and around it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Shape {
    pub(super) form: Form,
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Stroke>,
}

/// The form of an outline.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Form {
    /// A rectangle with corners rounded by a radius.
    Rectangle(Rect, f64),
    /// A circle around a point with a radius.
    Circle(Point, f64),
    /// Straight and bent legs.
    Path(Vec<Leg>),
}

/// A part of a path; each starts where the one before it ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Leg {
    /// A new start, without a line to it.
    Start(Point),
    /// A straight line.
    Line(Point),
    /// A quadratic curve: the point that it bends towards, and its end.
    Bend(Point, Point),
    /// A straight line back to the start.
    Close,
}

/// How an outline is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stroke {
    pub(super) colour: Colour,
    pub(super) width: f64,
    /// Lengths of dashes and gaps in turn; none for a solid line.
    pub(super) dashes: &'static [f64],
    /// Whether its ends are round.
    pub(super) is_round: bool,
}

impl Stroke {
    /// A solid line.
    fn solid(colour: Colour, width: f64) -> Self {
        Self {
            colour,
            width,
            dashes: &[],
            is_round: false,
        }
    }
}

impl Shape {
    /// An outline that is only filled.
    fn filled(form: Form, colour: Colour) -> Self {
        Self {
            form,
            fill: Some(colour),
            stroke: None,
        }
    }

    /// An outline that is only drawn.
    fn drawn(form: Form, stroke: Stroke) -> Self {
        Self {
            form,
            fill: None,
            stroke: Some(stroke),
        }
    }
}

/// A path of straight lines through points.
fn through(points: &[Point]) -> Vec<Leg> {
    let legs = points.iter().enumerate();
    legs.map(|(at, point)| match at {
        0 => Leg::Start(*point),
        _ => Leg::Line(*point),
    })
    .collect()
}
