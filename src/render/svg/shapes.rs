//! The outlines of boxes: each kind has its own, in black and white too.

use std::fmt::Write as _;

use super::palette::{FALLEN, MARK, PAPER, REJECTED, UNDECIDED, of_kind};
use super::xml::px;
use crate::layout::Rect;
use crate::view::diagram::NodeKind;

/// The side of the corner that is folded on a piece of evidence.
const FOLD: f64 = 11.0;

/// What an outline tells beside the kind.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Looks {
    /// A claim that nothing supports.
    pub(super) unsupported: bool,
    /// A statement that the mapper supplied.
    pub(super) implicit: bool,
    /// A statement that the evaluation rejects.
    pub(super) rejected: bool,
}

/// Draws a box' outline: a thesis has a double border, evidence a folded corner like a sheet of paper, an
/// assumption round ends, a claim plain corners; unsupported is dashed, implicit is dotted, both is dashes
/// and dots in turn; rejected is grey.
pub(super) fn outline(out: &mut String, kind: NodeKind, looks: Looks, rect: Rect) {
    let Looks {
        unsupported,
        implicit,
        rejected,
    } = looks;
    let (fill, border) = of_kind(kind);
    let fill = if rejected { FALLEN } else { fill };
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

/// A mark on a box' upper right corner.
#[derive(Clone, Copy, Debug)]
pub(super) enum Mark {
    /// Nothing supports it.
    Unsupported,
    /// The evaluation rejects it.
    Rejected,
    /// The evaluation leaves it open.
    Undecided,
}

/// Draws a mark: a question mark, a cross or a wave, white on a disc.
pub(super) fn mark(out: &mut String, mark: Mark, rect: Rect) {
    let (x, y) = (rect.right() - 3.0, rect.y + 3.0);
    let (colour, sign) = match mark {
        Mark::Unsupported => (
            MARK,
            "M-2.3 -1.6a2.3 2.3 0 1 1 3.4 2q-1.1 .7 -1.1 1.7M0 3.9v.4",
        ),
        Mark::Rejected => (REJECTED, "M-2.6 -2.6L2.6 2.6M2.6 -2.6L-2.6 2.6"),
        Mark::Undecided => (UNDECIDED, "M-3.4 1q1.7 -3.4 3.4 -1t3.4 -1"),
    };
    let _ = writeln!(
        out,
        "<g transform=\"translate({} {})\"><circle r=\"7.5\" fill=\"{colour}\" stroke=\"{PAPER}\" \
         stroke-width=\"1.5\"/><path d=\"{sign}\" fill=\"none\" stroke=\"{PAPER}\" stroke-width=\"1.7\" \
         stroke-linecap=\"round\"/></g>",
        px(x),
        px(y)
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
