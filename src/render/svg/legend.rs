//! The legend: a small picture of each meaning that occurs, with its words.

use std::fmt::Write as _;

use super::super::paint::{self, Looks};
use super::canvas::Canvas;
use super::numbers::px;
use super::{lines, shapes};
use crate::layout::{LegendEntry, Meaning, Point, Rect, SAMPLE, SMALL_SIZE};
use crate::view::diagram::{EdgeKind, NodeKind, Polarity, Verdict};

/// Draws the legend.
pub(super) fn legend(canvas: &mut Canvas<'_>, entries: &[LegendEntry]) {
    if entries.is_empty() {
        return;
    }
    let size = px(SMALL_SIZE);
    let words = canvas.fill(paint::muted(canvas.theme));
    let _ = writeln!(canvas.out, "<g font-size=\"{size}\">");
    for entry in entries {
        let rect = entry.rect;
        let room = Rect {
            width: SAMPLE,
            ..rect
        };
        sample(canvas, entry.meaning, room);
        let y = rect.y + rect.height / 2.0 + SMALL_SIZE * 0.36;
        let _ = writeln!(
            canvas.out,
            "<text x=\"{}\" y=\"{}\" {words}>{}</text>",
            px(rect.x + SAMPLE + 8.0),
            px(y),
            entry.meaning.words()
        );
    }
    canvas.out.push_str("</g>\n");
}

/// A small picture of a meaning.
pub(super) fn sample(canvas: &mut Canvas<'_>, meaning: Meaning, room: Rect) {
    let small = Rect {
        x: room.x + 2.0,
        y: room.y + 1.0,
        width: room.width - 4.0,
        height: room.height - 2.0,
    };
    let middle = room.centre().y;
    let ends = [room.x, room.right()].map(|x| Point { x, y: middle });
    let claim = Looks::plain(NodeKind::Claim);
    let looks = match meaning {
        Meaning::Edge(kind) => return lines::edge(canvas, kind, &ends),
        Meaning::Linked => return linked(canvas, room),
        Meaning::Kind(kind) => Looks::plain(kind),
        Meaning::Implicit => Looks {
            implicit: true,
            ..claim
        },
        Meaning::Unsupported => Looks {
            unsupported: true,
            ..claim
        },
        Meaning::Rejected => Looks {
            verdict: Some(Verdict::Out),
            ..claim
        },
        Meaning::Undecided => Looks {
            verdict: Some(Verdict::Undecided),
            ..claim
        },
    };
    let paint = paint::statement(canvas.theme, looks);
    shapes::outline(canvas, &paint, small);
    // The sign stands a little outside of its box, and must not come near the words.
    let width = small.width - 2.0;
    shapes::mark(canvas, &paint, Rect { width, ..small });
}

/// Two premises that meet in a point.
fn linked(canvas: &mut Canvas<'_>, room: Rect) {
    let middle = room.centre().y;
    let joint = Point {
        x: room.x + 15.0,
        y: middle,
    };
    let tip = Point {
        x: room.right(),
        y: middle,
    };
    for y in [room.y + 2.0, room.bottom() - 2.0] {
        let start = Point { x: room.x, y };
        let corner = Point { x: joint.x, y };
        let premise = EdgeKind::Premise(Polarity::Pro);
        lines::edge(canvas, premise, &[start, corner, joint]);
    }
    lines::edge(canvas, EdgeKind::Reason, &[joint, tip]);
    shapes::point(canvas, Polarity::Pro, joint, 3.5);
}
