//! Positions for a diagram: the built-in engine for argument maps.
//!
//! The thesis stands at the top and premises hang below what they speak for or against, so arrows point up.
//! The engine goes through these steps, one file each. They take linear or nearly linear time, but for links, which
//! cost as much as their ends are deep, and for compaction, which is left out where it would take long:
//!
//! 1. `boxes`: each statement's text is wrapped and gives the size of its box;
//!    `groups` gives each frame its heading and the room inside;
//! 2. `forest`: a spanning forest says under which conclusion each statement hangs; other edges are *links*;
//! 3. `order`: siblings that are linked to each other's branches move together;
//! 4. `blocks`: every branch becomes a rectangle, its parts side by side or stacked, as the page's shape asks;
//!    `sketch` measures them without any edges, and again after a small change in the time of that change;
//! 5. `routes`: every edge gets a way through the corridors between the blocks, where no box ever stands;
//!    `climb` finds the cheapest one of a link;
//! 6. `tracks`: edges in one corridor get parallel tracks, in an order that avoids crossings, and the
//!    corridors are made wide enough for them;
//! 7. `wires`: tracks become polylines;
//! 8. `search`: sketches are improved, with siblings shifted, statements hung elsewhere and other numbers of
//!    columns, first judged by where boxes are, then by the ways of links; what made no difference goes back into
//!    document order; smaller maps are improved at last by the pictures that they give;
//! 9. `compact`: the two that are left are pushed together along both axes, so that less is white, and the better one
//!    is taken;
//! 10. `frame`: title and legend are put around the picture and it is turned the way the reader wants.
//!
//! Boxes do not overlap and no edge runs through a box *by construction*: blocks are disjoint rectangles,
//! edges stay in the corridors between them, and compaction keeps the order of what stands side by side.

mod blocks;
mod boxes;
mod climb;
mod compact;
mod dice;
mod engine;
mod forest;
mod frame;
pub mod graphviz;
mod groups;
mod legs;
mod order;
mod quality;
mod routes;
mod search;
mod separate;
mod sketch;
#[cfg(test)]
pub(crate) mod support;
#[cfg(test)]
mod tests;
pub mod text;
mod tracks;
mod way;
mod wires;

use crate::view::diagram::{Diagram, EdgeKind, NodeKind, Polarity};

pub use boxes::{FONT_SIZE, LINE_HEIGHT, PADDING, SOURCE_SIZE, TITLE_SIZE};
pub(crate) use frame::{SAMPLE, SMALL_SIZE};

/// Where the branches grow, seen from the thesis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// The thesis is on top.
    #[default]
    Down,
    /// The thesis is at the bottom.
    Up,
    /// The thesis is at the left.
    Right,
    /// The thesis is at the right.
    Left,
}

impl Direction {
    /// Every direction.
    pub const ALL: [Self; 4] = [Self::Down, Self::Up, Self::Right, Self::Left];

    /// Whether branches grow sideways.
    pub fn is_sideways(self) -> bool {
        matches!(self, Self::Right | Self::Left)
    }
}

/// The page that the picture should fit in shape; its size is free.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fit {
    /// No page: landscape, wider the more boxes there are.
    #[default]
    None,
    /// A4 upright.
    A4,
    /// A4 lying.
    A4Landscape,
    /// A slide or a screen of 16 to 9.
    Wide,
}

impl Fit {
    /// The ratio of width to height aimed at for a picture of so many boxes.
    pub fn aspect(self, boxes: usize) -> f64 {
        match self {
            Self::None if boxes <= 60 => 1.7,
            Self::None if boxes <= 150 => 1.85,
            Self::None if boxes < 1000 => 2.2,
            Self::None => 3.3,
            Self::A4 => std::f64::consts::FRAC_1_SQRT_2,
            Self::A4Landscape => std::f64::consts::SQRT_2,
            Self::Wide => 16.0 / 9.0,
        }
    }
}

/// How to lay a diagram out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Where the branches grow.
    pub direction: Direction,
    /// The shape of the page.
    pub fit: Fit,
    /// The width of an ordinary box in CSS px; brought into the range from 80 to 1000.
    pub box_width: f64,
    /// Whether to explain the shapes and lines that occur.
    pub legend: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            direction: Direction::Down,
            fit: Fit::None,
            box_width: 220.0,
            legend: true,
        }
    }
}

/// A point in CSS px; y grows downwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A rectangle in CSS px.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// The left edge.
    pub x: f64,
    /// The top edge.
    pub y: f64,
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
}

impl Rect {
    /// The middle.
    pub fn centre(&self) -> Point {
        Point {
            x: self.x + self.width / 2.0,
            y: self.y + self.height / 2.0,
        }
    }

    /// The edge on the right.
    pub fn right(&self) -> f64 {
        self.x + self.width
    }

    /// The edge at the bottom.
    pub fn bottom(&self) -> f64 {
        self.y + self.height
    }
}

/// What a line of text in a box is, which says how it is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The short name: bold.
    Label,
    /// The statement.
    Text,
    /// Small print, such as what evidence rests on.
    Source,
    /// How much hangs here that is not shown: small and bold.
    Stub,
}

/// A line of text in a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What it is.
    pub role: Role,
    /// Its characters, inert, in the order in which they are read.
    pub text: String,
    /// Whether it is written from right to left, as its paragraph is.
    pub is_rtl: bool,
    /// Where it starts, on its baseline: its left end, or its right end if it is written from right to left.
    pub at: Point,
}

/// A statement's box with its place; the same index as in [`Diagram::nodes`].
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedNode {
    /// The box.
    pub rect: Rect,
    /// Its text.
    pub lines: Vec<Line>,
}

/// A junction that holds words, around its middle.
#[derive(Clone, Debug, PartialEq)]
pub struct Plate {
    /// The width.
    pub width: f64,
    /// The height.
    pub height: f64,
    /// The words, inert, in lines that stand in its middle.
    pub lines: Vec<String>,
    /// Whether they are written from right to left.
    pub is_rtl: bool,
}

impl Plate {
    /// The baseline of each line, from the plate's middle.
    pub fn baselines(&self) -> impl Iterator<Item = f64> {
        let step = SOURCE_SIZE * LINE_HEIGHT;
        let count = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        let first = SOURCE_SIZE * 0.36 - f64::from(count.saturating_sub(1)) * step / 2.0;
        (0..count).map(move |line| first + f64::from(line) * step)
    }
}

/// An edge with its way; the same index as in [`Diagram::edges`].
#[derive(Clone, Debug, PartialEq)]
pub struct Route {
    /// The corners, at least two, all legs upright or level.
    pub points: Vec<Point>,
    /// Whether the last point carries an arrowhead.
    pub arrow: bool,
}

/// A meaning of a shape or a line that the legend explains.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Meaning {
    /// The shape of a statement.
    Kind(NodeKind),
    /// A claim that nothing supports.
    Unsupported,
    /// A statement that the evaluation rejects, though something supports it.
    Rejected,
    /// A statement that the evaluation leaves open.
    Undecided,
    /// A statement that the mapper supplied.
    Implicit,
    /// Premises that only count together.
    Linked,
    /// A line or an arrow.
    Edge(EdgeKind),
}

impl Meaning {
    /// The words of the legend.
    pub fn words(self) -> &'static str {
        match self {
            Self::Kind(NodeKind::Thesis) => "thesis",
            Self::Kind(NodeKind::Claim) => "claim",
            Self::Kind(NodeKind::Evidence) => "evidence",
            Self::Kind(NodeKind::Assumption) => "assumption",
            Self::Unsupported => "unsupported",
            Self::Rejected => "rejected",
            Self::Undecided => "undecided",
            Self::Implicit => "implicit",
            Self::Linked => "linked premises",
            Self::Edge(EdgeKind::Premise(Polarity::Pro | Polarity::Con)) => "premise",
            Self::Edge(EdgeKind::Reason) => "reason",
            Self::Edge(EdgeKind::Objection) => "objection",
            Self::Edge(EdgeKind::Undercut) => "undercut",
            Self::Edge(EdgeKind::Contradiction) => "contradiction",
            Self::Edge(EdgeKind::Restatement) => "restatement",
        }
    }
}

/// A sample in the legend with its words to the right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LegendEntry {
    /// What is explained.
    pub meaning: Meaning,
    /// Sample and words together.
    pub rect: Rect,
}

/// A line of the title, its place given by its baseline.
#[derive(Clone, Debug, PartialEq)]
pub struct TitleLine {
    /// Its characters, inert, in the order in which they are read.
    pub text: String,
    /// Whether it is written from right to left, as its paragraph is.
    pub is_rtl: bool,
    /// Where it starts: its left end, or its right end if it is written from right to left.
    pub at: Point,
    /// Whether it is the title (bold and larger) or the question under it.
    pub main: bool,
}

/// The frame around a group with its place; the same index as in [`Diagram::groups`].
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedGroup {
    /// The frame: all boxes of the group are inside, no other box touches it. Empty where the group is.
    pub rect: Rect,
    /// The heading, wrapped, inside the frame and above its boxes, or beside them where branches grow sideways.
    pub label: Vec<Line>,
}

/// A diagram with positions, in CSS px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Drawing {
    /// The width of everything, margins included.
    pub width: f64,
    /// The height of everything, margins included.
    pub height: f64,
    /// The title and the question, wrapped.
    pub title: Vec<TitleLine>,
    /// The boxes, in the diagram's order.
    pub nodes: Vec<PlacedNode>,
    /// The middles of the junctions, in the diagram's order.
    pub junctions: Vec<Point>,
    /// What stands in the junctions, in the diagram's order; nothing where it is a point.
    pub plates: Vec<Option<Plate>>,
    /// The edges, in the diagram's order.
    pub edges: Vec<Route>,
    /// The frames, in the diagram's order.
    pub groups: Vec<PlacedGroup>,
    /// The legend for just the meanings that occur.
    pub legend: Vec<LegendEntry>,
}

/// Lays a diagram out. Deterministic; nearly linear in boxes, text and how deep the ends of links are.
///
/// Edges whose ends are not in the diagram get an empty route instead of a panic.
pub fn lay_out(diagram: &Diagram, options: &Options) -> Drawing {
    let body = engine::Body::new(diagram, options);
    let picture = search::best(&body);
    frame::frame(&body, &picture)
}
