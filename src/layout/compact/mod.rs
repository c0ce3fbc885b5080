//! Pushes a finished picture together, so that less of it is white.
//!
//! One-dimensional compaction as in chip design (Lengauer, "Combinatorial Algorithms for Integrated Circuit
//! Layout", 1990): along one axis boxes and the legs of edges across it are things in an order that is kept
//! wherever they stand side by side; so nothing comes to overlap, no edge gets into a box and no crossing
//! appears. Siblings keep their order even where they do not: stacks from the top, columns from the left. Legs
//! along the axis are springs. The vertical axis comes first.

use super::blocks::Plan;
use super::engine::{Body, Picture};
use super::{Point, Rect};

mod scene;

use scene::Scene;

/// A leg that counts as straight differs by less.
const STRAIGHT: f64 = 0.01;

/// The axis along which things move.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

impl Axis {
    fn of(self, point: Point) -> f64 {
        if self == Self::X { point.x } else { point.y }
    }

    fn across(self, point: Point) -> f64 {
        if self == Self::X { point.y } else { point.x }
    }

    /// Where a rectangle starts along the axis, its size, and its range across.
    fn extent(self, it: Rect) -> (f64, f64, (f64, f64)) {
        if self == Self::X {
            (it.x, it.width, (it.y, it.bottom()))
        } else {
            (it.y, it.height, (it.x, it.right()))
        }
    }

    fn shift_point(self, point: &mut Point, by: f64) {
        if self == Self::X {
            point.x += by;
        } else {
            point.y += by;
        }
    }

    fn shift(self, rect: &mut Rect, by: f64) {
        if self == Self::X {
            rect.x += by;
        } else {
            rect.y += by;
        }
    }

    /// The room between two things: boxes or legs.
    fn room(self, one: &Thing, other: &Thing) -> f64 {
        match (self, one.is_box, other.is_box) {
            (Self::X, true, true) => 20.0,
            (Self::Y, true, true) => 16.0,
            (Self::Y, true, false) => 15.0,
            (Self::X, ..) | (Self::Y, false, _) => 10.0,
        }
    }
}

/// A box or a leg across the axis.
#[derive(Clone, Copy, Debug)]
struct Thing {
    at: f64,
    size: f64,
    across: (f64, f64),
    is_box: bool,
}

/// Pushes the picture together. O(n log n) and the solver's work for n boxes and legs.
pub(super) fn compact(body: &Body, plan: &Plan, picture: &mut Picture) {
    let lines = [
        lines(body, plan, picture, Axis::X),
        lines(body, plan, picture, Axis::Y),
    ];
    for (axis, lines) in [(Axis::Y, &lines[1]), (Axis::X, &lines[0])] {
        let scene = Scene::new(body, plan, picture, (axis, lines));
        let moved = scene.settle(axis);
        scene.apply(body, picture, axis, &moved);
    }
    picture.place.blocks[body.ground] = bounds(body, picture);
}

/// Siblings that stand in a row (or, along x, in a stack): pairs that stay in line.
fn lines(body: &Body, plan: &Plan, picture: &Picture, axis: Axis) -> Vec<(usize, usize)> {
    let boxes = &picture.place.boxes;
    let mut pairs = Vec::new();
    for columns in &plan.columns {
        if axis == Axis::Y {
            let row = columns.iter().flatten().map(|&it| (boxes[it].y, it));
            pair_up(body, row, &mut pairs);
            continue;
        }
        for (index, stack) in columns.iter().enumerate() {
            let flush = |it: usize| {
                if columns.is_turned(index) {
                    boxes[it].right()
                } else {
                    boxes[it].x
                }
            };
            pair_up(body, stack.iter().map(|&it| (flush(it), it)), &mut pairs);
        }
    }
    pairs
}

/// Pairs of boxes that are at the same place.
fn pair_up(body: &Body, all: impl Iterator<Item = (f64, usize)>, pairs: &mut Vec<(usize, usize)>) {
    let mut all: Vec<(f64, usize)> = all.filter(|it| !body.is_junction(it.1)).collect();
    all.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let near = |it: &&[(f64, usize)]| (it[0].0 - it[1].0).abs() < STRAIGHT;
    pairs.extend(all.windows(2).filter(near).map(|it| (it[0].1, it[1].1)));
}

fn bounds(body: &Body, picture: &Picture) -> Rect {
    let boxes = &picture.place.boxes[..body.ground];
    let fold =
        |of: fn(&Rect) -> f64, by: fn(f64, f64) -> f64, from| boxes.iter().map(of).fold(from, by);
    let (x, y) = (
        fold(|it| it.x, f64::min, f64::INFINITY),
        fold(|it| it.y, f64::min, f64::INFINITY),
    );
    if boxes.is_empty() {
        return picture.place.blocks[body.ground];
    }
    Rect {
        x,
        y,
        width: fold(Rect::right, f64::max, x) - x,
        height: fold(Rect::bottom, f64::max, y) - y,
    }
}
