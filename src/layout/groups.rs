//! Frames around groups.
//!
//! A group is a vertex under the ground, its heading is that vertex' box, and its statements hang there unless they
//! hang under each other. So a frame is a block like others: nothing else stands in it, and edges that lead out of it
//! or into it are links.

use super::boxes::{FONT_SIZE, LINE_HEIGHT, align};
use super::engine::Arc;
use super::text::{Weight, width, wrap_directed};
use super::{Direction, Line, Options, Point, Role};
use crate::view::diagram::{Diagram, EdgeKind};

/// From a frame to its heading and to what is inside.
pub(super) const PADDING: f64 = 14.0;
/// How much wider than an ordinary box a heading may be before it is wrapped.
const HEADING: f64 = 1.5;

/// A frame before it has a place. Sides are those for branches that grow downwards.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// The heading, from the top left corner of the frame as it is drawn, or of its right part of this `width`.
    pub(super) lines: Vec<Line>,
    pub(super) width: f64,
    /// The room for the heading and above what is inside.
    pub(super) top: f64,
    pub(super) bottom: f64,
    /// The least width.
    pub(super) least: f64,
    /// The first statement inside; none where the group is empty.
    pub(super) first: Option<usize>,
}

/// The frames of a diagram, in its order. Linear in their headings.
pub(super) fn frames(diagram: &Diagram, options: &Options) -> Vec<Frame> {
    let room = options.box_width.clamp(80.0, 1000.0) * HEADING;
    let count = diagram.nodes.len();
    let frame = |group: &crate::view::diagram::Group| {
        let first = group.nodes.iter().copied().find(|it| *it < count);
        Frame::new(&group.label, first, room, options.direction)
    };
    diagram.groups.iter().map(frame).collect()
}

impl Frame {
    /// The heading stands on the side towards the thesis, for edges leave a frame on the other sides; only where
    /// branches grow upwards it is on top all the same.
    fn new(heading: &str, first: Option<usize>, room: f64, direction: Direction) -> Self {
        let (mut height, mut widest) = (0.0, 0.0f64);
        let mut lines = Vec::new();
        for line in wrap_directed(heading, room, Weight::Bold, FONT_SIZE) {
            widest = widest.max(width(&line.text, Weight::Bold, FONT_SIZE));
            let at = Point {
                x: PADDING,
                y: PADDING + height + FONT_SIZE,
            };
            height += FONT_SIZE * LINE_HEIGHT;
            lines.push(Line {
                role: Role::Label,
                text: line.text,
                is_rtl: line.is_rtl,
                at,
            });
        }
        align(&mut lines, PADDING + widest);
        let (along, across) = if direction.is_sideways() {
            (widest, height)
        } else {
            (height, widest)
        };
        let heading = PADDING + along + PADDING / 2.0;
        let (top, bottom) = match direction {
            Direction::Up => (PADDING, heading),
            _ => (heading, PADDING),
        };
        Self {
            lines,
            top,
            bottom,
            least: across + 2.0 * PADDING,
            width: widest + 2.0 * PADDING,
            first,
        }
    }
}

/// For every vertex the one that it hangs under where no conclusion in the same frame is above it: its group, or the
/// ground. A junction is where its conclusion is. Linear.
pub(super) fn homes(diagram: &Diagram, arcs: &[Option<Arc>], ground: usize) -> Vec<usize> {
    let mut homes = vec![ground; ground + 1];
    let n_nodes = diagram.nodes.len();
    let first_group = ground - diagram.groups.len();
    if first_group == ground {
        return homes;
    }
    for (vertex, group) in (first_group..).zip(&diagram.groups) {
        for &node in group.nodes.iter().filter(|it| **it < n_nodes) {
            homes[node] = vertex;
        }
    }
    let mut conclusion = vec![None; ground];
    for arc in arcs.iter().flatten().rev() {
        if !matches!(arc.kind, EdgeKind::Premise(_)) || arc.to < n_nodes {
            conclusion[arc.from] = Some(arc.to);
        }
    }
    let mut is_settled = vec![false; ground];
    let mut passed = Vec::new();
    for junction in n_nodes..first_group {
        let mut at = junction;
        while (n_nodes..first_group).contains(&at) && !std::mem::replace(&mut is_settled[at], true)
        {
            passed.push(at);
            at = conclusion[at].unwrap_or(ground);
        }
        let home = homes[at];
        passed.drain(..).for_each(|it| homes[it] = home);
    }
    homes
}
