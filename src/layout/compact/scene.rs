//! Everything along one axis, and how far it moves.

use std::collections::BTreeSet;

use super::{Axis, STRAIGHT, Thing};
use crate::layout::Point;
use crate::layout::blocks::Plan;
use crate::layout::engine::{Body, Picture};
use crate::layout::separate::{Gap, Separator};

/// How often springs are followed in one turn.
const STEPS: usize = 16;
/// Springs are not followed further when nothing moves more than this in a step.
const STILL: f64 = 0.25;
/// Between siblings that are nowhere side by side.
const CLEAR: f64 = 1.0;

/// Everything along one axis: things in rigid groups, gaps and springs between groups.
pub(super) struct Scene {
    /// Boxes, then legs.
    things: Vec<Thing>,
    /// The thing that gives every point of every route its place.
    holders: Vec<Vec<usize>>,
    group: Vec<usize>,
    n_groups: usize,
    gaps: Vec<Gap>,
    /// Two groups and how far the first end is from the second.
    springs: Vec<(usize, usize, f64)>,
}

impl Scene {
    pub(super) fn new(
        body: &Body,
        plan: &Plan,
        picture: &Picture,
        (axis, lines): (Axis, &[(usize, usize)]),
    ) -> Self {
        let things = picture.place.boxes[..body.ground].iter().map(|&it| {
            let (at, size, across) = axis.extent(it);
            Thing {
                at,
                size,
                across,
                is_box: true,
            }
        });
        let mut scene = Self {
            things: things.collect(),
            holders: Vec::with_capacity(picture.routes.len()),
            group: Vec::new(),
            n_groups: 0,
            gaps: Vec::new(),
            springs: Vec::new(),
        };
        let mut rigid: Vec<(usize, usize)> = lines.to_vec();
        for (wire, points) in picture.wires.iter().zip(&picture.routes) {
            scene.legs(axis, (wire.from.0, wire.to.0), points, &mut rigid);
        }
        scene.unite_coincident(body.ground, &mut rigid);
        scene.groups(&rigid);
        scene.pull(axis, picture);
        scene.sweep(axis);
        scene.tips(body, axis, picture);
        scene.siblings(axis, plan);
        scene.thin_out();
        scene
    }

    /// Adds the legs of a route.
    fn legs(
        &mut self,
        axis: Axis,
        ends: (usize, usize),
        points: &[Point],
        rigid: &mut Vec<(usize, usize)>,
    ) {
        let last = points.len() - 1;
        let mut holder = vec![ends.0; points.len()];
        holder[last] = ends.1;
        for (index, leg) in points.windows(2).enumerate() {
            if (axis.of(leg[0]) - axis.of(leg[1])).abs() >= STRAIGHT {
                continue;
            }
            let thing = self.things.len();
            let (a, b) = (axis.across(leg[0]), axis.across(leg[1]));
            let mut it = Thing {
                at: axis.of(leg[0]),
                size: 0.0,
                across: (a.min(b), a.max(b)),
                is_box: false,
            };
            for (near, far, vertex) in [
                (index == 0, index == 1, ends.0),
                (index + 1 == last, index + 2 == last, ends.1),
            ] {
                let own = self.things[vertex];
                let inside = own.at <= it.at && it.at <= own.at + own.size;
                if near || (far && inside) {
                    rigid.push((vertex, thing));
                    trim(&mut it, &own);
                }
            }
            self.things.push(it);
            (holder[index], holder[index + 1]) = (thing, thing);
        }
        self.holders.push(holder);
    }

    /// Legs that lie on each other belong together.
    fn unite_coincident(&self, first: usize, rigid: &mut Vec<(usize, usize)>) {
        let leg = |it: usize| mark((self.things[it].at * 50.0).round(), false, it);
        let mut legs: Vec<u128> = (first..self.things.len()).map(leg).collect();
        legs.sort_unstable();
        for line in legs.chunk_by_mut(|a, b| a >> 64 == b >> 64) {
            let across = |it: usize| self.things[it].across;
            let thing = |it: u128| marked(it).1;
            line.sort_unstable_by_key(|&it| mark(across(thing(it)).0, false, thing(it)));
            let mut reach = f64::NEG_INFINITY;
            for pair in 0..line.len() {
                let it = thing(line[pair]);
                if across(it).0 < reach {
                    rigid.push((thing(line[pair - 1]), it));
                    reach = reach.max(across(it).1);
                } else {
                    reach = across(it).1;
                }
            }
        }
    }

    fn groups(&mut self, rigid: &[(usize, usize)]) {
        let mut above: Vec<usize> = (0..self.things.len()).collect();
        let find = |above: &mut Vec<usize>, mut it: usize| {
            while above[it] != it {
                above[it] = above[above[it]];
                it = above[it];
            }
            it
        };
        for &(one, other) in rigid {
            let (one, other) = (find(&mut above, one), find(&mut above, other));
            above[one.max(other)] = one.min(other);
        }
        let mut number = vec![usize::MAX; self.things.len()];
        for it in 0..self.things.len() {
            let root = find(&mut above, it);
            if number[root] == usize::MAX {
                number[root] = self.n_groups;
                self.n_groups += 1;
            }
            self.group.push(number[root]);
        }
    }

    /// Legs along the axis are springs.
    fn pull(&mut self, axis: Axis, picture: &Picture) {
        for (points, holder) in picture.routes.iter().zip(&self.holders) {
            for (leg, ends) in points.windows(2).zip(holder.windows(2)) {
                let (one, other) = (self.group[ends[0]], self.group[ends[1]]);
                if one != other {
                    let apart = axis.of(leg[0]) - axis.of(leg[1]);
                    self.springs.push((one, other, apart));
                }
            }
        }
    }

    /// Keeps the order of what stands side by side: a line sweeps across and links neighbours.
    fn sweep(&mut self, axis: Axis) {
        let place = |(index, it): (usize, &Thing)| mark(it.at + it.size / 2.0, false, index);
        let mut order: Vec<u128> = self.things.iter().enumerate().map(place).collect();
        order.sort_unstable();
        let order: Vec<usize> = order.into_iter().map(|it| marked(it).1).collect();
        let mut rank = vec![0; order.len()];
        for (place, &it) in order.iter().enumerate() {
            rank[it] = place;
        }
        // Things closer than this across are kept apart along the axis too, where they are now.
        for clear in [0.0, 5.0] {
            for (one, other) in self.neighbours(&order, &rank, clear) {
                self.apart(axis, one, other, clear > 0.0);
            }
        }
    }

    /// Which things follow each other directly somewhere, `clear` added on both sides across.
    fn neighbours(&self, order: &[usize], rank: &[usize], clear: f64) -> Vec<(usize, usize)> {
        let mut events: Vec<u128> = Vec::with_capacity(2 * order.len());
        let beside = |it: &(usize, &Thing)| it.1.across.0 <= it.1.across.1;
        for (thing, it) in self.things.iter().enumerate().filter(beside) {
            let clear = if it.is_box { 2.0 * clear } else { clear };
            events.push(mark(it.across.0 - clear, false, thing));
            events.push(mark(it.across.1 + clear, true, thing));
        }
        events.sort_unstable();
        let mut line: BTreeSet<usize> = BTreeSet::new();
        let mut pairs = Vec::with_capacity(2 * events.len());
        for (closes, thing) in events.into_iter().map(marked) {
            let here = rank[thing];
            line.remove(&here);
            let before = line.range(..here).next_back().map(|it| order[*it]);
            let after = line.range(here..).next().map(|it| order[*it]);
            if closes {
                pairs.extend(before.zip(after));
            } else {
                line.insert(here);
                pairs.extend(before.map(|it| (it, thing)));
                pairs.extend(after.map(|it| (thing, it)));
            }
        }
        pairs
    }

    /// Keeps `other` after `one`; `soft` leaves alone what overlaps along the axis.
    fn apart(&mut self, axis: Axis, one: usize, other: usize, soft: bool) {
        let (a, b) = (&self.things[one], &self.things[other]);
        let now = b.at - a.at - a.size;
        if !soft || now >= 0.0 {
            let room = axis.room(a, b);
            self.keep(one, other, now, room);
        }
    }

    fn keep(&mut self, one: usize, other: usize, now: f64, room: f64) {
        let (left, right) = (self.group[one], self.group[other]);
        if left != right {
            self.gaps.push(Gap {
                left,
                right,
                least: (room - now).min(0.0),
            });
        }
    }

    /// Arrows keep the room for their heads.
    fn tips(&mut self, body: &Body, axis: Axis, picture: &Picture) {
        for (index, (points, wire)) in picture.routes.iter().zip(&picture.wires).enumerate() {
            let last = points.len() - 1;
            let (one, other) = (self.holders[index][last - 1], self.holders[index][last]);
            let (a, b) = (axis.of(points[last - 1]), axis.of(points[last]));
            let whole = last == 1 && !body.is_junction(wire.from.0);
            let room = if whole { 30.0 } else { 16.0 };
            if a < b {
                self.keep(one, other, b - a, room);
            } else if b < a {
                self.keep(other, one, a - b, room);
            }
        }
    }

    /// Keeps siblings in their order, wherever the others of their branches are.
    fn siblings(&mut self, axis: Axis, plan: &Plan) {
        for columns in &plan.columns {
            if axis == Axis::Y {
                for pair in columns.iter().flat_map(|it| it.windows(2)) {
                    let [one, other] = [self.things[pair[0]], self.things[pair[1]]];
                    self.keep(pair[0], pair[1], other.at - one.at - one.size, CLEAR);
                }
            } else {
                for index in 1..columns.len() {
                    self.divide(columns.column(index - 1), columns.column(index));
                }
            }
        }
    }

    /// Keeps all of one column before all of the next: a line between them, which moves, too, has fewer gaps than
    /// there are pairs.
    fn divide(&mut self, before: &[usize], after: &[usize]) {
        let end = |it: &usize| self.things[*it].at + self.things[*it].size;
        let line = before.iter().map(end).fold(f64::NEG_INFINITY, f64::max);
        let divider = self.n_groups;
        self.n_groups += 1;
        self.gaps.extend(before.iter().map(|it| Gap {
            left: self.group[*it],
            right: divider,
            least: (end(it) - line).min(0.0),
        }));
        self.gaps.extend(after.iter().map(|it| Gap {
            left: divider,
            right: self.group[*it],
            least: (CLEAR + line - self.things[*it].at).min(0.0),
        }));
    }

    /// Keeps only the strongest gap between two groups.
    fn thin_out(&mut self) {
        // Groups are boxes and legs, far fewer than 2^32: large and dense maps are not compacted.
        let pair = |it: &Gap| (it.left as u128) << 96 | (it.right as u128) << 64;
        self.gaps
            .sort_unstable_by_key(|it| pair(it) | u128::from(sort_key(-it.least)));
        self.gaps.dedup_by_key(|it| (it.left, it.right));
    }

    /// How far every group is to move.
    pub(super) fn settle(&self, axis: Axis) -> Vec<f64> {
        let mut moved = vec![0.0; self.n_groups];
        let held = if axis == Axis::Y {
            self.rise(&mut moved)
        } else {
            vec![0.0; self.n_groups]
        };
        let anchor = moved.clone();
        let mut separator = Separator::new(self.n_groups, &self.gaps);
        let steps = if axis == Axis::Y { 6 } else { STEPS };
        for _ in 0..steps {
            let mut wanted: Vec<(f64, f64)> = (0..self.n_groups)
                .map(|it| {
                    let weight = 1e-5 + held[it];
                    let at = if held[it] > 0.0 {
                        anchor[it]
                    } else {
                        moved[it]
                    };
                    (at * weight, weight)
                })
                .collect();
            for &(one, other, apart) in &self.springs {
                let weight = 1.0 / ((apart + moved[one] - moved[other]).abs() + 60.0);
                wanted[one].0 += weight * (moved[other] - apart);
                wanted[other].0 += weight * (moved[one] + apart);
                wanted[one].1 += weight;
                wanted[other].1 += weight;
            }
            let wanted: Vec<(f64, f64)> = wanted.iter().map(|it| (it.0 / it.1, it.1)).collect();
            let next = separator.nearest(&wanted);
            if self.step(&mut moved, &next) < STILL {
                break;
            }
        }
        moved
    }

    /// Moves towards `next` as far as all gaps allow: what is allowed is convex, and here it is allowed to stay.
    /// Says how far the farthest one went.
    fn step(&self, moved: &mut [f64], next: &[f64]) -> f64 {
        let mut part = 1.0f64;
        for it in &self.gaps {
            let before = moved[it.right] - moved[it.left] - it.least;
            let after = next[it.right] - next[it.left] - it.least;
            if after < -1e-4 {
                part = part.min(before.max(0.0) / (before.max(0.0) - after));
            }
        }
        let mut farthest = 0.0f64;
        for (moved, next) in moved.iter_mut().zip(next) {
            let by = (next - *moved) * part;
            *moved += by;
            farthest = farthest.max(by.abs());
        }
        farthest
    }

    /// Everything as high as it can be; says how strongly each group is to stay there: boxes, but not legs.
    fn rise(&self, moved: &mut [f64]) -> Vec<f64> {
        let top = self
            .things
            .iter()
            .map(|it| it.at)
            .fold(f64::INFINITY, f64::min);
        let mut next = vec![f64::NEG_INFINITY; self.n_groups];
        let mut held = vec![0.0; self.n_groups];
        for (thing, &group) in self.things.iter().zip(&self.group) {
            next[group] = next[group].max(top - thing.at);
            if thing.is_box {
                held[group] = 10.0;
            }
        }
        let mut first = vec![f64::INFINITY; self.n_groups];
        for (thing, &group) in self.things.iter().zip(&self.group) {
            first[group] = first[group].min(thing.at);
        }
        let mut gaps: Vec<&Gap> = self.gaps.iter().collect();
        gaps.sort_by(|a, b| first[a.left].total_cmp(&first[b.left]));
        for _ in 0..64 {
            let mut changed = false;
            for it in &gaps {
                let least = next[it.left] + it.least;
                if least > next[it.right] + 1e-6 {
                    next[it.right] = least;
                    changed = true;
                }
            }
            if !changed {
                break;
            }
        }
        self.step(moved, &next);
        held
    }

    pub(super) fn apply(&self, body: &Body, picture: &mut Picture, axis: Axis, moved: &[f64]) {
        let by = |thing: usize| moved[self.group[thing]];
        for vertex in 0..body.ground {
            axis.shift(&mut picture.place.boxes[vertex], by(vertex));
        }
        for (points, holder) in picture.routes.iter_mut().zip(&self.holders) {
            for (point, &thing) in points.iter_mut().zip(holder) {
                axis.shift_point(point, by(thing));
            }
        }
    }
}

/// A thing that opens or closes at a place, as one number, which sorts by place, then openings before closings: integers
/// are compared faster than tuples.
fn mark(at: f64, closes: bool, thing: usize) -> u128 {
    u128::from(sort_key(at)) << 64 | u128::from(closes) << 63 | thing as u128
}

/// Whether a mark closes, and what.
#[allow(
    clippy::cast_possible_truncation,
    reason = "the lower half of a mark has been made of a usize"
)]
fn marked(mark: u128) -> (bool, usize) {
    let low = mark as u64;
    (low >> 63 == 1, (low & !(1 << 63)) as usize)
}

/// A number that sorts as the length does (as [`f64::total_cmp`] has it); integers are compared faster.
fn sort_key(length: f64) -> u64 {
    let bits = length.to_bits();
    if bits >> 63 == 0 {
        bits | 1 << 63
    } else {
        !bits
    }
}

/// Takes the part of a leg that is beside its own box out: there the box stands for it.
fn trim(leg: &mut Thing, own: &Thing) {
    const APART: f64 = 0.02;
    if leg.across.1 > own.across.1 {
        leg.across.0 = leg.across.0.max(own.across.1 + APART);
    } else if leg.across.0 < own.across.0 {
        leg.across.1 = leg.across.1.min(own.across.0 - APART);
    } else {
        leg.across = (1.0, 0.0);
    }
}
