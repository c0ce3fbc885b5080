//! Which corridors each edge takes.

use std::collections::BTreeMap;

use super::blocks::{Place, Plan, as_px};
use super::engine::Body;
use super::forest::Forest;
use super::way::{Hop, Side, Wire};
use crate::view::diagram::{EdgeKind, Polarity};

/// What a crossing costs, in px of way.
const CROSSING: f64 = 70.0;
/// What a corner costs.
const BEND: f64 = 18.0;
/// What it costs an arrow to end at the side of a box instead of under it.
const SIDE_ENTRY: f64 = 25.0;

/// Finds a way for every edge. Stems take O(1) each, a link O(depth of its ends).
///
/// A link climbs from both ends to the lowest vertex above both. At each level it can be to the left or to the
/// right of the branch it leaves; a dynamic program over these two states finds the cheapest way, where length,
/// corners and expected crossings cost.
pub(super) fn choose(body: &Body, forest: &Forest, plan: &Plan, place: &Place) -> Vec<Wire> {
    let mut wires = stems(body, forest, plan);
    let depth = forest.depths(body.ground);
    let finder = Finder {
        body,
        forest,
        plan,
        place,
        depth,
    };
    let links = wires.len();
    wires.extend(forest.links.iter().map(|&edge| finder.link(edge)));
    bundle(body, plan, &mut wires, links);
    wires
}

/// Bundles the links (from index `first` on) that come from one statement or lead to one conclusion: they
/// share a trunk, which branches. O(E log E).
fn bundle(body: &Body, plan: &Plan, wires: &mut [Wire], first: usize) {
    let colour = |edge: usize| match body.arc(edge).kind {
        EdgeKind::Reason | EdgeKind::Premise(Polarity::Pro) => Some(0usize),
        EdgeKind::Objection | EdgeKind::Premise(Polarity::Con) => Some(1),
        EdgeKind::Undercut | EdgeKind::Contradiction | EdgeKind::Restatement => None,
    };
    let into_junction = |it: &Wire| body.is_junction(it.to.0);
    let (mut from, mut to) = (BTreeMap::new(), BTreeMap::new());
    for (index, it) in wires.iter().enumerate() {
        let Some(colour) = colour(it.edge) else {
            continue;
        };
        if index >= first {
            *from.entry((it.from.0, colour)).or_insert(0usize) += 1;
        }
        if index >= first || into_junction(it) {
            *to.entry((it.to.0, colour)).or_insert(0usize) += 1;
        }
    }
    let base = body.ground + 2 * plan.n_gutters + 2;
    for it in wires.iter_mut().skip(first) {
        let Some(colour) = colour(it.edge) else {
            continue;
        };
        let alike = from[&(it.from.0, colour)];
        if alike > 1 && alike >= to[&(it.to.0, colour)] {
            it.bundle = Some(base + 4 * it.from.0 + colour);
        } else if into_junction(it) {
            it.bundle = Some(it.to.0);
        } else if to[&(it.to.0, colour)] > 1 {
            it.bundle = Some(base + 4 * it.to.0 + 2 + colour);
        }
    }
}

/// The ways of the edges of the forest.
fn stems(body: &Body, forest: &Forest, plan: &Plan) -> Vec<Wire> {
    let mut wires = Vec::with_capacity(body.arcs.len());
    for vertex in 0..body.ground {
        let (Some(edge), above) = (forest.stem[vertex], forest.parent[vertex]) else {
            continue;
        };
        let kind = body.arc(edge).kind;
        let (column, _) = plan.spot[vertex];
        let gutter = plan.first_gutter[above] + column;
        let stacked = plan.is_stacked(above, vertex);
        let hops = if stacked {
            vec![Hop::Gutter(above, gutter), Hop::Channel(above)]
        } else {
            vec![Hop::Channel(above)]
        };
        let side = if stacked { Side::Left } else { Side::Top };
        let many = plan.columns[above][column].len() > 7;
        let bundle = match kind {
            EdgeKind::Premise(_) => Some(above),
            EdgeKind::Reason if many => Some(body.ground + 2 * gutter),
            EdgeKind::Objection if many => Some(body.ground + 2 * gutter + 1),
            _ => None,
        };
        wires.push(Wire {
            edge,
            from: (vertex, side),
            to: (above, under(body, above, kind)),
            hops,
            bundle,
        });
    }
    wires
}

/// How an edge of this kind comes to a vertex from below.
fn under(body: &Body, vertex: usize, kind: EdgeKind) -> Side {
    if body.is_junction(vertex) && kind == EdgeKind::Undercut {
        Side::Hook
    } else {
        Side::Bottom
    }
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

/// The way up from an end of a link: for each vertex from the end to just below the top, both sides.
struct Climb {
    vertices: Vec<usize>,
    levels: Vec<[Reached; 2]>,
    /// The end may be left through its top.
    top: bool,
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

struct Finder<'a> {
    body: &'a Body,
    forest: &'a Forest,
    plan: &'a Plan,
    place: &'a Place,
    depth: Vec<usize>,
}

impl Finder<'_> {
    fn link(&self, edge: usize) -> Wire {
        let arc = self.body.arc(edge);
        if arc.from == arc.to {
            let hops = vec![self.gutter(arc.from, 1).0];
            return Wire {
                edge,
                from: (arc.from, Side::Right),
                to: (arc.to, Side::Right),
                hops,
                bundle: None,
            };
        }
        let top = self.common(arc.from, arc.to);
        let start = self.climb(arc.from, top, None);
        let end = self.climb(arc.to, top, Some(arc.kind));
        let (mut hops, from_way, to_way, level) = self.join(&start, &end, top);
        if level {
            hops = vec![
                self.gutter(start.vertices[start.vertices.len() - 1], from_way)
                    .0,
            ];
        }
        let (mut before, from_side) = self.trace(&start, from_way, level);
        let (mut after, to_side) = self.trace(&end, to_way, level);
        let to_side = if to_side == Side::Bottom {
            under(self.body, arc.to, arc.kind)
        } else {
            to_side
        };
        before.append(&mut hops);
        after.reverse();
        before.append(&mut after);
        Wire {
            edge,
            from: (arc.from, from_side),
            to: (arc.to, to_side),
            hops: before,
            bundle: None,
        }
    }

    /// The lowest vertex above both (or one of them). O(depth).
    fn common(&self, mut one: usize, mut other: usize) -> usize {
        while one != other {
            if self.depth[one] >= self.depth[other] {
                one = self.forest.parent[one];
            } else {
                other = self.forest.parent[other];
            }
        }
        one
    }

    /// The gutter beside a branch with the x of its middle.
    fn gutter(&self, vertex: usize, side: usize) -> (Hop, f64) {
        let above = self.forest.parent[vertex];
        let number = self.plan.first_gutter[above] + self.plan.spot[vertex].0 + side;
        let (x, width) = self.place.gutter[number];
        (Hop::Gutter(above, number), x + width / 2.0)
    }

    fn channel_y(&self, vertex: usize) -> f64 {
        let (top, height) = self.place.channel[vertex];
        top + height * 0.6
    }

    /// How many stems come up between two places of a channel, as a cost.
    fn stems_between(&self, vertex: usize, a: f64, b: f64) -> f64 {
        let first = self.plan.first_gutter[vertex];
        let entries = &self.place.entry[first..first + self.plan.columns[vertex].len()];
        let (low, high) = (a.min(b), a.max(b));
        let before = entries.partition_point(|it| *it <= low);
        let count = entries
            .partition_point(|it| *it < high)
            .saturating_sub(before);
        as_px(count) * CROSSING
    }

    /// What leaving a stack on its bus' side costs.
    fn buses(&self, vertex: usize, side: usize) -> f64 {
        let above = self.forest.parent[vertex];
        let (column, row) = self.plan.spot[vertex];
        let stack = self.plan.columns[above][column].len();
        if side == 0 && above != self.body.ground {
            as_px(stack - 1 - row) * CROSSING
        } else {
            0.0
        }
    }

    /// Climbs from `end` to below `top`; `into` is the kind of the edge if it ends here.
    fn climb(&self, end: usize, top: usize, into: Option<EdgeKind>) -> Climb {
        let mut it = Climb {
            vertices: Vec::new(),
            levels: Vec::new(),
            top: false,
        };
        let mut vertex = end;
        while vertex != top {
            let level = if vertex == end {
                self.first(vertex, into)
            } else {
                self.next(&it, vertex)
            };
            it.vertices.push(vertex);
            it.levels.push(level);
            it.top |= vertex == end && into.is_none() && self.plan.spot[vertex].1 == 0;
            vertex = self.forest.parent[vertex];
        }
        it
    }

    /// Both sides of the end itself.
    fn first(&self, vertex: usize, into: Option<EdgeKind>) -> [Reached; 2] {
        let own = self.place.boxes[vertex];
        let junction = self.body.is_junction(vertex);
        [0, 1].map(|side| {
            let (_, x) = self.gutter(vertex, side);
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
            let y = self.channel_y(vertex);
            let middle = own.centre().x;
            let cost =
                (middle - x).abs() + 20.0 + BEND + self.stems_between(vertex, middle, x) + crossed;
            let below = Reached {
                cost,
                y,
                step: Step::Below,
            };
            if into.is_some() && below.cost < out.cost {
                below
            } else {
                out
            }
        })
    }

    /// Both sides one level further up.
    fn next(&self, climb: &Climb, vertex: usize) -> [Reached; 2] {
        let last = climb.levels.len() - 1;
        let (below, reached) = (climb.vertices[last], climb.levels[last]);
        let y = self.channel_y(vertex);
        let mut entries: Vec<(f64, f64, Step)> = Vec::with_capacity(3);
        for (side, it) in reached.iter().enumerate() {
            let cost = it.cost + (it.y - y).abs() + 2.0 * BEND;
            entries.push((self.gutter(below, side).1, cost, Step::Channel(side)));
        }
        if climb.top && last == 0 {
            let own = self.place.boxes[below];
            entries.push((own.centre().x, (own.y - y).abs() + BEND, Step::Top));
        }
        [0, 1].map(|side| {
            let (_, x) = self.gutter(vertex, side);
            let crossed = self.buses(vertex, side);
            let cost = |it: &(f64, f64, Step)| {
                it.1 + (it.0 - x).abs() + self.stems_between(vertex, it.0, x) + crossed
            };
            let mut best = Reached {
                cost: f64::INFINITY,
                y,
                step: Step::Channel(side),
            };
            for entry in entries.iter().filter(|it| cost(it).is_finite()) {
                if cost(entry) < best.cost {
                    best = Reached {
                        cost: cost(entry),
                        y,
                        step: entry.2,
                    };
                }
            }
            let slide = reached[side].cost + (self.gutter(below, side).1 - x).abs() + crossed;
            if self.is_outermost(below, side) && slide < best.cost {
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
        let columns = self.plan.columns[self.forest.parent[vertex]].len();
        let (column, _) = self.plan.spot[vertex];
        if side == 0 {
            column == 0
        } else {
            column + 1 == columns
        }
    }

    /// The ways in which a climb comes to the channel of `top`.
    fn exits(&self, climb: &Climb, top: usize, own: usize) -> Vec<Exit> {
        let Some((&last, reached)) = climb.vertices.last().zip(climb.levels.last()) else {
            let own = self.place.boxes[own];
            return vec![Exit {
                x: own.centre().x,
                y: own.bottom(),
                cost: 0.0,
                way: 2,
            }];
        };
        let mut exits: Vec<Exit> = Vec::with_capacity(3);
        for (way, it) in reached.iter().enumerate() {
            exits.push(Exit {
                x: self.gutter(last, way).1,
                y: it.y,
                cost: it.cost + BEND,
                way,
            });
        }
        if climb.top && climb.vertices.len() == 1 && top == self.forest.parent[last] {
            let own = self.place.boxes[last];
            exits.push(Exit {
                x: own.centre().x,
                y: own.y,
                cost: 0.0,
                way: 2,
            });
        }
        exits
    }

    /// Joins two climbs at the vertex above both; says whether they meet in a gutter, without the channel.
    fn join(&self, start: &Climb, end: &Climb, top: usize) -> (Vec<Hop>, usize, usize, bool) {
        let y = self.channel_y(top);
        let mut best = (f64::INFINITY, 0, 0, false);
        for from in self.exits(start, top, top) {
            for to in self.exits(end, top, top) {
                let both = from.cost + to.cost;
                let between = (from.x - to.x).abs() + self.stems_between(top, from.x, to.x);
                let through = both + (from.y - y).abs() + (to.y - y).abs() + between;
                if through < best.0 {
                    best = (through, from.way, to.way, false);
                }
                let same = self.same_gutter(start, end, from.way, to.way);
                if same && both + (from.y - to.y).abs() < best.0 {
                    best = (both + (from.y - to.y).abs(), from.way, to.way, true);
                }
            }
        }
        let (_, from, to, level) = best;
        (vec![Hop::Channel(top)], from, to, level)
    }

    fn same_gutter(&self, start: &Climb, end: &Climb, from: usize, to: usize) -> bool {
        match (start.vertices.last(), end.vertices.last()) {
            (Some(&one), Some(&other)) if from < 2 && to < 2 => {
                self.gutter(one, from).0 == self.gutter(other, to).0
            }
            _ => false,
        }
    }

    /// The hops of a climb from its end to the top, and how it leaves the end's box.
    fn trace(&self, climb: &Climb, way: usize, level: bool) -> (Vec<Hop>, Side) {
        if way == 2 {
            return (
                Vec::new(),
                if climb.vertices.is_empty() {
                    Side::Bottom
                } else {
                    Side::Top
                },
            );
        }
        let (mut hops, mut side, mut slid) = (Vec::new(), way, level);
        let mut from = if way == 0 { Side::Left } else { Side::Right };
        for (index, &vertex) in climb.vertices.iter().enumerate().rev() {
            if !slid {
                hops.push(self.gutter(vertex, side).0);
            }
            let step = climb.levels[index][side].step;
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
