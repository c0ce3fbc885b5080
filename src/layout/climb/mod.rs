//! The cheapest way of a link through the corridors.

use super::blocks::{Columns, as_px};
use super::engine::Body;
use super::way::{Hop, Side, Wire};
use crate::view::diagram::EdgeKind;

mod rank;

use rank::Rank;

/// What a crossing costs, in px of way.
const CROSSING: f64 = 150.0;
/// What a corner costs.
const BEND: f64 = 18.0;
/// What it costs an arrow to end at the side of a box instead of under it.
const SIDE_ENTRY: f64 = 25.0;

/// Where boxes and corridors are, finished or roughly. Measures are from the corner of a vertex' own block.
pub(super) trait Scene {
    /// The vertex above.
    fn parent(&self, vertex: usize) -> usize;
    /// The corner of a vertex' block from that of the block above.
    fn corner(&self, vertex: usize) -> (f64, f64);
    /// The left edge of a vertex' own box, which is at the top of its block.
    fn left(&self, vertex: usize) -> f64;
    /// The column that a vertex is in, and its place in it.
    fn spot(&self, vertex: usize) -> (usize, usize);
    fn columns(&self, vertex: usize) -> &Columns;
    /// The middle of a gutter between the columns under a vertex.
    fn gutter(&self, above: usize, index: usize) -> f64;
    /// The height of the channel under a vertex' box.
    fn channel(&self, vertex: usize) -> f64;
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

/// A side of a branch that a link has reached, in the gutter there.
#[derive(Clone, Copy, Debug)]
struct Reached {
    cost: f64,
    /// The middle of the gutter and the height of the leg, from the corner of the block above.
    x: f64,
    y: f64,
    step: Step,
}

/// From where a leg goes through a channel to both sides.
struct Start {
    cost: f64,
    x: f64,
    /// What the stems on the way to each side cost.
    stems: [f64; 2],
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
    rank: Rank,
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

    /// The middles of the gutters on both sides of a branch, and what leaving it there costs: that of its stack's bus
    /// means to cross the stems from further down.
    fn beside(&self, vertex: usize) -> [(f64, f64); 2] {
        let above = self.scene.parent(vertex);
        let columns = self.scene.columns(above);
        let (column, row) = self.scene.spot(vertex);
        let lower = columns.within(column..column + 1) - 1 - row;
        let mut both = [0, 1].map(|side| (self.scene.gutter(above, column + side), 0.0));
        both[usize::from(columns.is_turned(column))].1 = self.crossing(above, lower);
        both
    }

    fn channel_y(&self, vertex: usize) -> f64 {
        self.body.sizes[vertex].1 + self.scene.channel(vertex) * 0.6
    }

    /// The middle of a vertex' own box.
    fn middle(&self, vertex: usize) -> f64 {
        self.scene.left(vertex) + self.body.sizes[vertex].0 / 2.0
    }

    /// The rank of a place in the channel of a vertex.
    fn rank(&self, vertex: usize, x: f64) -> Rank {
        let (entries, from) = self.scene.entries(vertex);
        Rank::of(self.scene.columns(vertex), entries, x - from)
    }

    /// What it costs to cross so many of the stems that come up to a vertex.
    fn crossing(&self, vertex: usize, stems: usize) -> f64 {
        if self.body.has_stems(vertex) {
            as_px(stems) * CROSSING
        } else {
            0.0
        }
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
        let (corner, top) = self.scene.corner(vertex);
        let (width, height) = self.body.sizes[vertex];
        let left = corner + self.scene.left(vertex);
        let entry = match into {
            None | Some(EdgeKind::Contradiction) => 0.0,
            Some(_) if self.body.is_junction(vertex) => f64::INFINITY,
            Some(_) => SIDE_ENTRY,
        };
        let [to_left, to_right] = self.beside(vertex);
        let side = |side: usize, edge: f64, (x, crossed): (f64, f64)| {
            let mut best = Reached {
                cost: (edge - x).abs() + entry,
                x,
                y: top + height / 2.0,
                step: Step::Out,
            };
            if into.is_some() {
                let below = self.through_channel(vertex, side, x);
                if below.cost < best.cost {
                    best = below;
                }
            }
            best.cost += crossed;
            best
        };
        [side(0, left, to_left), side(1, left + width, to_right)]
    }

    /// A side of an end that is left through its channel.
    fn through_channel(&self, vertex: usize, side: usize, x: f64) -> Reached {
        let (corner, top) = self.scene.corner(vertex);
        let middle = self.middle(vertex);
        let stems = self.stems(vertex, self.rank(vertex, middle))[side];
        Reached {
            cost: (corner + middle - x).abs() + 20.0 + BEND + stems,
            x,
            y: top + self.channel_y(vertex),
            step: Step::Below,
        }
    }

    /// What the stems cost that stand between a place in the channel of a vertex and its left and its right.
    fn stems(&self, vertex: usize, rank: Rank) -> [f64; 2] {
        rank.to_sides(self.scene.columns(vertex))
            .map(|stems| self.crossing(vertex, stems))
    }

    /// From where a climb goes through the channel of a vertex, when it has reached both sides of the branch below:
    /// from there, or from the top of that branch.
    fn starts(&self, below: Level, vertex: usize, by_top: bool) -> [Start; 3] {
        let (below, [left, right]) = below;
        let (y, columns) = (self.channel_y(vertex), self.scene.columns(vertex));
        let column = self.scene.spot(below).0;
        let through = |it: Reached, side: usize| Start {
            cost: it.cost + (it.y - y).abs() + 2.0 * BEND,
            x: it.x,
            stems: self.stems(vertex, Rank::of_gutter(columns, column + side)),
            step: Step::Channel(side),
        };
        let mut top = Start {
            cost: f64::INFINITY,
            x: 0.0,
            stems: [0.0; 2],
            step: Step::Top,
        };
        if by_top {
            let (x, own) = self.scene.corner(below);
            top.cost = (own - y).abs() + BEND;
            top.x = x + self.middle(below);
            top.stems = self.stems(vertex, Rank::of_column(columns, column));
        }
        [through(left, 0), through(right, 1), top]
    }

    /// Both sides one level further up than `below`, which may be left through its top: through the channel, or past
    /// it.
    fn next(&self, below: Level, vertex: usize, by_top: bool) -> [Reached; 2] {
        let starts = self.starts(below, vertex, by_top);
        let (below, reached) = below;
        let (corner, top) = self.scene.corner(vertex);
        let y = top + self.channel_y(vertex);
        let [to_left, to_right] = self.beside(vertex);
        let side = |side: usize, (x, crossed): (f64, f64)| {
            let (mut cost, mut step, mut y) = (f64::INFINITY, Step::Channel(side), y);
            for start in &starts {
                let through = start.cost + (corner + start.x - x).abs() + start.stems[side];
                if through < cost {
                    (cost, step) = (through, start.step);
                }
            }
            let past = reached[side].cost + (corner + reached[side].x - x).abs();
            if past < cost && self.is_outermost(below, side) {
                (cost, step, y) = (past, Step::Slide, top + reached[side].y);
            }
            Reached {
                cost: cost + crossed,
                x,
                y,
                step,
            }
        };
        [side(0, to_left), side(1, to_right)]
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
            let x = self.middle(top);
            let straight = Exit {
                x,
                y: self.body.sizes[top].1,
                rank: self.rank(top, x),
                cost: 0.0,
                way: 2,
            };
            return [Some(straight), None, None];
        };
        let columns = self.scene.columns(top);
        let column = self.scene.spot(last).0;
        let side = |way: usize| {
            Some(Exit {
                x: reached[way].x,
                y: reached[way].y,
                rank: Rank::of_gutter(columns, column + way),
                cost: reached[way].cost + BEND,
                way,
            })
        };
        let straight = || {
            let (x, y) = self.scene.corner(last);
            Exit {
                x: x + self.middle(last),
                y,
                rank: Rank::of_column(columns, column),
                cost: 0.0,
                way: 2,
            }
        };
        [side(0), side(1), climb.by_top.then(straight)]
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
                let stems = self.crossing(top, from.rank.between(to.rank));
                let between = (from.x - to.x).abs() + stems;
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
