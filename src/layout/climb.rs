//! The cheapest way of a link through the corridors.

use super::Rect;
use super::blocks::{Columns, as_px};
use super::engine::Body;
use super::way::{Hop, Side, Wire};
use crate::view::diagram::EdgeKind;

/// What a crossing costs, in px of way.
const CROSSING: f64 = 150.0;
/// What a corner costs.
const BEND: f64 = 18.0;
/// What it costs an arrow to end at the side of a box instead of under it.
const SIDE_ENTRY: f64 = 25.0;

/// Where boxes and corridors are, finished or roughly.
pub(super) trait Scene {
    /// The vertex above.
    fn parent(&self, vertex: usize) -> usize;
    /// A vertex' own box.
    fn own(&self, vertex: usize) -> Rect;
    /// The column that a vertex is in, and its place in it.
    fn spot(&self, vertex: usize) -> (usize, usize);
    fn columns(&self, vertex: usize) -> &Columns;
    /// The middle of a gutter between the columns under a vertex.
    fn gutter(&self, above: usize, index: usize) -> f64;
    /// The top and the height of the channel under a vertex.
    fn channel(&self, vertex: usize) -> (f64, f64);
    /// Where the stems of the columns under a vertex come up, counted from the second number.
    fn entries(&self, vertex: usize) -> (&[f64], f64);
}

/// How a climbing link came to a side of a branch.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    /// From its own box, sideways.
    Out,
    /// From under its own box.
    Below,
    /// From the same side of the branch one level deeper, without a corner.
    Slide,
    /// Through the channel, from the left (0) or the right (1) of the branch one level deeper.
    Channel(usize),
    /// Through the channel, from the top of its own box.
    Top,
}

/// A side of a branch that a link has reached: the cost, the height of the leg there, and how.
#[derive(Clone, Copy, Debug)]
struct Reached {
    cost: f64,
    y: f64,
    step: Step,
}

/// A vertex between an end of a link and the top, and how both its sides are reached.
type Level = (usize, [Reached; 2]);

/// The way up from an end of a link.
struct Climb {
    /// The vertex just below the top; none where the end is the top.
    last: Option<Level>,
    /// The end is just below the top and may be left through its own top.
    by_top: bool,
}

/// How a climb comes to the common vertex: at which place of its channel, at what cost.
#[derive(Clone, Copy, Debug)]
struct Exit {
    x: f64,
    y: f64,
    cost: f64,
    /// Left (0), right (1), or straight from the end's box (2).
    way: usize,
}

/// Where two climbs meet.
struct Meeting {
    cost: f64,
    from: usize,
    to: usize,
    /// In a gutter, without the channel of the common vertex.
    level: bool,
}

impl Meeting {
    /// Becomes another one if that costs less.
    fn compare(&mut self, cost: f64, (from, to): (usize, usize), level: bool) {
        if cost < self.cost {
            *self = Self {
                cost,
                from,
                to,
                level,
            };
        }
    }
}

/// Finds ways.
///
/// A link climbs from both ends to the lowest vertex above both. At each level it can be to the left or to the
/// right of the branch it leaves; a dynamic program over these two states finds the cheapest way, where length,
/// corners and expected crossings cost.
pub(super) struct Finder<'a, S> {
    body: &'a Body,
    scene: &'a S,
}

impl<'a, S: Scene> Finder<'a, S> {
    pub(super) fn new(body: &'a Body, scene: &'a S) -> Self {
        Self { body, scene }
    }

    /// What the way of a link costs, `top` being the lowest vertex above both ends. O(depth of its ends).
    pub(super) fn cost(&self, edge: usize, top: usize) -> f64 {
        let arc = self.body.arc(edge);
        if arc.from == arc.to {
            return BEND;
        }
        let start = self.climb(arc.from, top, None, |_| ());
        let end = self.climb(arc.to, top, Some(arc.kind), |_| ());
        self.join(&start, &end, top).cost
    }

    /// The way of a link, its gutters numbered from the left under each vertex. O(depth of its ends).
    pub(super) fn link(&self, edge: usize, top: usize) -> Wire {
        let arc = self.body.arc(edge);
        if arc.from == arc.to {
            return Wire {
                edge,
                from: (arc.from, Side::Right),
                to: (arc.to, Side::Right),
                hops: vec![self.hop(arc.from, 1)],
                bundle: None,
            };
        }
        let (mut up, mut down) = (Vec::new(), Vec::new());
        let start = self.climb(arc.from, top, None, |level| up.push(level));
        let end = self.climb(arc.to, top, Some(arc.kind), |level| down.push(level));
        let at = self.join(&start, &end, top);
        let (mut hops, from_side) = self.trace(&up, at.from, at.level);
        let (mut after, to_side) = self.trace(&down, at.to, at.level);
        hops.push(match start.last {
            Some((last, _)) if at.level => self.hop(last, at.from),
            _ => Hop::Channel(top),
        });
        after.reverse();
        hops.append(&mut after);
        let to_side = if to_side == Side::Bottom {
            under(self.body, arc.to, arc.kind)
        } else {
            to_side
        };
        Wire {
            edge,
            from: (arc.from, from_side),
            to: (arc.to, to_side),
            hops,
            bundle: None,
        }
    }

    /// The gutter beside a branch.
    fn hop(&self, vertex: usize, side: usize) -> Hop {
        let index = self.scene.spot(vertex).0 + side;
        Hop::Gutter(self.scene.parent(vertex), index)
    }

    /// The middle of the gutter beside a branch.
    fn beside(&self, vertex: usize, side: usize) -> f64 {
        let index = self.scene.spot(vertex).0 + side;
        self.scene.gutter(self.scene.parent(vertex), index)
    }

    fn channel_y(&self, vertex: usize) -> f64 {
        let (top, height) = self.scene.channel(vertex);
        top + height * 0.6
    }

    /// How many stems come up between two places of a channel, as a cost.
    fn stems_between(&self, vertex: usize, a: f64, b: f64) -> f64 {
        if !self.body.has_stems(vertex) {
            return 0.0;
        }
        let (entries, from) = self.scene.entries(vertex);
        let (low, high) = (a.min(b) - from, a.max(b) - from);
        let before = entries.partition_point(|it| *it <= low);
        let after = entries.partition_point(|it| *it < high);
        as_px(self.scene.columns(vertex).within(before..after)) * CROSSING
    }

    /// What leaving a stack on its bus' side costs.
    fn buses(&self, vertex: usize, side: usize) -> f64 {
        let above = self.scene.parent(vertex);
        let columns = self.scene.columns(above);
        let (column, row) = self.scene.spot(vertex);
        if columns.is_turned(column) != (side == 1) || !self.body.has_stems(above) {
            return 0.0;
        }
        as_px(columns.column(column).len() - 1 - row) * CROSSING
    }

    /// Climbs from `end` to below `top` and tells of each level; `into` is the kind of the edge if it ends here.
    fn climb(
        &self,
        end: usize,
        top: usize,
        into: Option<EdgeKind>,
        mut tell: impl FnMut(Level),
    ) -> Climb {
        let leaves_by_top = into.is_none() && end != top && self.scene.spot(end).1 == 0;
        let mut last = None;
        let mut vertex = end;
        while vertex != top {
            let reached = match last {
                None => self.first(vertex, into),
                Some(below) => self.next(below, vertex, leaves_by_top && below.0 == end),
            };
            tell((vertex, reached));
            last = Some((vertex, reached));
            vertex = self.scene.parent(vertex);
        }
        Climb {
            last,
            by_top: leaves_by_top && last.is_some_and(|it| it.0 == end),
        }
    }

    /// Both sides of the end itself.
    fn first(&self, vertex: usize, into: Option<EdgeKind>) -> [Reached; 2] {
        let own = self.scene.own(vertex);
        let junction = self.body.is_junction(vertex);
        [0, 1].map(|side| {
            let x = self.beside(vertex, side);
            let edge = if side == 0 { own.x } else { own.right() };
            let crossed = self.buses(vertex, side);
            let entry = match into {
                None | Some(EdgeKind::Contradiction) => 0.0,
                Some(_) if junction => f64::INFINITY,
                Some(_) => SIDE_ENTRY,
            };
            let out = Reached {
                cost: (edge - x).abs() + entry + crossed,
                y: own.centre().y,
                step: Step::Out,
            };
            if into.is_none() {
                return out;
            }
            let middle = own.centre().x;
            let cost =
                (middle - x).abs() + 20.0 + BEND + self.stems_between(vertex, middle, x) + crossed;
            if cost < out.cost {
                Reached {
                    cost,
                    y: self.channel_y(vertex),
                    step: Step::Below,
                }
            } else {
                out
            }
        })
    }

    /// Both sides one level further up than `below`, which may be left through its top.
    fn next(&self, below: Level, vertex: usize, by_top: bool) -> [Reached; 2] {
        let (below, reached) = below;
        let y = self.channel_y(vertex);
        let beside = [0, 1].map(|side| self.beside(below, side));
        let through = |side: usize| {
            let it = reached[side];
            let cost = it.cost + (it.y - y).abs() + 2.0 * BEND;
            (beside[side], cost, Step::Channel(side))
        };
        let own = self.scene.own(below);
        let top = if by_top {
            (own.y - y).abs() + BEND
        } else {
            f64::INFINITY
        };
        let entries = [through(0), through(1), (own.centre().x, top, Step::Top)];
        [0, 1].map(|side| {
            let x = self.beside(vertex, side);
            let crossed = self.buses(vertex, side);
            let mut best = Reached {
                cost: f64::INFINITY,
                y,
                step: Step::Channel(side),
            };
            for &(from, cost, step) in entries.iter().filter(|it| it.1.is_finite()) {
                let cost = cost + (from - x).abs() + self.stems_between(vertex, from, x) + crossed;
                if cost < best.cost {
                    best = Reached { cost, y, step };
                }
            }
            let slide = reached[side].cost + (beside[side] - x).abs() + crossed;
            if slide < best.cost && self.is_outermost(below, side) {
                best = Reached {
                    cost: slide,
                    y: reached[side].y,
                    step: Step::Slide,
                };
            }
            best
        })
    }

    /// Whether nothing of the parent's block is on that side of the branch.
    fn is_outermost(&self, vertex: usize, side: usize) -> bool {
        let (column, _) = self.scene.spot(vertex);
        if side == 0 {
            column == 0
        } else {
            column + 1 == self.scene.columns(self.scene.parent(vertex)).len()
        }
    }

    /// The ways in which a climb comes to the channel of `top`.
    fn exits(&self, climb: &Climb, top: usize) -> [Option<Exit>; 3] {
        let Some((last, reached)) = climb.last else {
            let own = self.scene.own(top);
            let straight = Exit {
                x: own.centre().x,
                y: own.bottom(),
                cost: 0.0,
                way: 2,
            };
            return [Some(straight), None, None];
        };
        let side = |way: usize| {
            Some(Exit {
                x: self.beside(last, way),
                y: reached[way].y,
                cost: reached[way].cost + BEND,
                way,
            })
        };
        let own = self.scene.own(last);
        let straight = Exit {
            x: own.centre().x,
            y: own.y,
            cost: 0.0,
            way: 2,
        };
        [side(0), side(1), climb.by_top.then_some(straight)]
    }

    /// Joins two climbs at the vertex above both.
    fn join(&self, start: &Climb, end: &Climb, top: usize) -> Meeting {
        let y = self.channel_y(top);
        let mut best = Meeting {
            cost: f64::INFINITY,
            from: 0,
            to: 0,
            level: false,
        };
        let ends = self.exits(end, top);
        for from in self.exits(start, top).into_iter().flatten() {
            for to in ends.iter().flatten() {
                let both = from.cost + to.cost;
                let climbed = (from.y - y).abs() + (to.y - y).abs();
                let between = (from.x - to.x).abs() + self.stems_between(top, from.x, to.x);
                best.compare(both + climbed + between, (from.way, to.way), false);
                if self.same_gutter(start, end, from.way, to.way) {
                    best.compare(both + (from.y - to.y).abs(), (from.way, to.way), true);
                }
            }
        }
        best
    }

    fn same_gutter(&self, start: &Climb, end: &Climb, from: usize, to: usize) -> bool {
        match (start.last, end.last) {
            (Some((one, _)), Some((other, _))) if from < 2 && to < 2 => {
                self.hop(one, from) == self.hop(other, to)
            }
            _ => false,
        }
    }

    /// The hops of a climb from its end to the top, and how it leaves the end's box.
    fn trace(&self, levels: &[Level], way: usize, level: bool) -> (Vec<Hop>, Side) {
        if way == 2 {
            let below = levels.is_empty();
            return (Vec::new(), if below { Side::Bottom } else { Side::Top });
        }
        let (mut hops, mut side, mut slid) = (Vec::new(), way, level);
        let mut from = if way == 0 { Side::Left } else { Side::Right };
        for &(vertex, reached) in levels.iter().rev() {
            if !slid {
                hops.push(self.hop(vertex, side));
            }
            let step = reached[side].step;
            slid = step == Step::Slide;
            match step {
                Step::Out => from = if side == 0 { Side::Left } else { Side::Right },
                Step::Below => {
                    hops.push(Hop::Channel(vertex));
                    from = Side::Bottom;
                }
                Step::Slide => {}
                Step::Channel(below) => {
                    hops.push(Hop::Channel(vertex));
                    side = below;
                }
                Step::Top => {
                    hops.push(Hop::Channel(vertex));
                    from = Side::Top;
                    break;
                }
            }
        }
        hops.reverse();
        (hops, from)
    }
}

/// How an edge of this kind comes to a vertex from below.
pub(super) fn under(body: &Body, vertex: usize, kind: EdgeKind) -> Side {
    if body.is_junction(vertex) && kind == EdgeKind::Undercut {
        Side::Hook
    } else {
        Side::Bottom
    }
}
