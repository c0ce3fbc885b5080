//! The outlines of boxes: each kind has its own, in black and white too.

use super::{Colour, Form, Leg, Shape, Stroke, through};
use crate::layout::{Point, Rect};
use crate::view::diagram::NodeKind;

/// The side of the corner that is folded on a piece of evidence.
const FOLD: f64 = 11.0;

/// What an outline tells beside the kind.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::render) struct Looks {
    /// A claim that nothing supports.
    pub(in crate::render) unsupported: bool,
    /// A statement that the mapper supplied.
    pub(in crate::render) implicit: bool,
    /// A statement that the evaluation rejects.
    pub(in crate::render) rejected: bool,
}

/// A box' outline: a thesis has a double border, evidence a folded corner like a sheet of paper, an
/// assumption round ends, a claim plain corners; unsupported is dashed, implicit is dotted, both is dashes
/// and dots in turn; rejected is grey.
pub(in crate::render) fn outline(kind: NodeKind, looks: Looks, rect: Rect) -> Vec<Shape> {
    let fill = if looks.rejected {
        Colour::Fallen
    } else {
        Colour::Fill(kind)
    };
    let dashes: &[f64] = match (looks.implicit, looks.unsupported) {
        (true, true) => &[7.0, 3.0, 1.5, 3.0],
        (true, false) => &[1.5, 3.0],
        (false, true) => &[7.0, 4.0],
        (false, false) => &[],
    };
    let width = match kind {
        NodeKind::Thesis => 2.2,
        _ if looks.implicit || looks.unsupported => 1.6,
        _ => 1.3,
    };
    let border = Stroke {
        dashes,
        ..Stroke::solid(Colour::Border(kind), width)
    };
    let painted = |form: Form| Shape {
        form,
        fill: Some(fill),
        stroke: Some(border),
    };
    match kind {
        NodeKind::Thesis => {
            let inner = Form::Rectangle(inset(rect, 3.5), 0.0);
            vec![
                painted(Form::Rectangle(rect, 2.0)),
                Shape::drawn(inner, Stroke::solid(Colour::Border(kind), 0.9)),
            ]
        }
        NodeKind::Claim => vec![painted(Form::Rectangle(rect, 3.0))],
        NodeKind::Assumption => {
            let radius = (rect.height / 2.0).min(15.0);
            vec![painted(Form::Rectangle(rect, radius))]
        }
        NodeKind::Evidence => sheet(rect).map(|path| painted(Form::Path(path))).into(),
    }
}

/// A mark on a box' upper right corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::render) enum Mark {
    /// Nothing supports it.
    Unsupported,
    /// The evaluation rejects it.
    Rejected,
    /// The evaluation leaves it open.
    Undecided,
}

/// A mark: a question mark, a cross or a wave, in the colour of the paper on a disc.
pub(in crate::render) fn mark(mark: Mark, rect: Rect) -> Vec<Shape> {
    let middle = Point {
        x: rect.right() - 3.0,
        y: rect.y + 3.0,
    };
    let disc = Shape {
        stroke: Some(Stroke::solid(Colour::Paper, 1.5)),
        ..Shape::filled(Form::Circle(middle, 7.5), Colour::Mark(mark))
    };
    let pen = Stroke {
        is_round: true,
        ..Stroke::solid(Colour::Paper, 1.7)
    };
    vec![disc, Shape::drawn(Form::Path(sign(mark, middle)), pen)]
}

/// The sign on the disc of a mark.
fn sign(mark: Mark, middle: Point) -> Vec<Leg> {
    let at = |x: f64, y: f64| Point {
        x: middle.x + x,
        y: middle.y + y,
    };
    match mark {
        Mark::Unsupported => vec![
            Leg::Start(at(-2.3, -1.6)),
            Leg::Bend(at(-2.3, -4.1), at(0.0, -4.1)),
            Leg::Bend(at(2.4, -4.1), at(2.4, -1.9)),
            Leg::Bend(at(2.4, -0.6), at(1.1, 0.3)),
            Leg::Bend(at(0.0, 1.0), at(0.0, 2.0)),
            Leg::Start(at(0.0, 3.9)),
            Leg::Line(at(0.0, 4.3)),
        ],
        Mark::Rejected => [
            through(&[at(-2.6, -2.6), at(2.6, 2.6)]),
            through(&[at(2.6, -2.6), at(-2.6, 2.6)]),
        ]
        .concat(),
        Mark::Undecided => vec![
            Leg::Start(at(-3.4, 1.0)),
            Leg::Bend(at(-1.7, -2.4), at(0.0, 0.0)),
            Leg::Bend(at(1.7, 2.4), at(3.4, -1.0)),
        ],
    }
}

fn inset(rect: Rect, by: f64) -> Rect {
    Rect {
        x: rect.x + by,
        y: rect.y + by,
        width: (rect.width - 2.0 * by).max(1.0),
        height: (rect.height - 2.0 * by).max(1.0),
    }
}

/// A sheet of paper whose lower right corner is folded, and the fold.
fn sheet(rect: Rect) -> [Vec<Leg>; 2] {
    let fold = FOLD.min(rect.height / 2.0);
    let at = |x: f64, y: f64| Point { x, y };
    let (right, bottom) = (rect.right(), rect.bottom());
    let (above, beside) = (at(right, bottom - fold), at(right - fold, bottom));
    let mut sheet = through(&[
        at(rect.x, rect.y),
        at(right, rect.y),
        above,
        beside,
        at(rect.x, bottom),
    ]);
    sheet.push(Leg::Close);
    let mut corner = through(&[above, at(right - fold, bottom - fold), beside]);
    corner.push(Leg::Close);
    [sheet, corner]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_borders_differ_without_colour() {
        let rect = Rect {
            x: 0.0,
            y: 0.0,
            width: 90.0,
            height: 40.0,
        };
        let drawn = |kind, unsupported, implicit| {
            let looks = Looks {
                unsupported,
                implicit,
                rejected: false,
            };
            let without_colour = |it: Shape| {
                let line = it.stroke.map(|it| (it.width.to_bits(), it.dashes.len()));
                (format!("{:?}", it.form), line)
            };
            let shapes = outline(kind, looks, rect).into_iter();
            shapes.map(without_colour).collect::<Vec<_>>()
        };
        let kinds = [
            NodeKind::Thesis,
            NodeKind::Claim,
            NodeKind::Evidence,
            NodeKind::Assumption,
        ];
        let mut seen: Vec<_> = kinds.iter().map(|it| drawn(*it, false, false)).collect();
        seen.push(drawn(NodeKind::Claim, true, false));
        seen.push(drawn(NodeKind::Claim, false, true));
        seen.push(drawn(NodeKind::Claim, true, true));
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!(unique.len(), seen.len());
    }
}
