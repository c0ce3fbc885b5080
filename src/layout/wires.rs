//! From corridors to polylines: every wire gets its tracks and its ports.

use std::ops::Range;

use super::Point;
use super::blocks::{ARROW_ROOM, BELOW_TRACKS, PITCH, Place, Plan, as_px};
use super::engine::{Body, HOOK};
use super::legs::straighten;
use super::tracks::{Stretch, Turn, assign};
use super::way::{Hop, Side, Wire};

/// From the corner of a box to the nearest arrow under it.
const CORNER: f64 = 10.0;
/// The outer part of a box's width that arrows from far outside leave free under it.
const INSET: f64 = 0.05;
/// The outer part of a box's width that arrows leave free on top of it.
const TOP_INSET: f64 = 0.12;
/// From the top of a box to where a line touches its side: the middle of its first line of text.
const SIDE_PORT: f64 = 18.0;
/// Between two ports on one side of a box.
const PORT_GAP: f64 = PITCH;

/// How long a side of a box has to be for so many ports, at least one.
pub(super) fn room_for_ports(count: usize) -> f64 {
    2.0 * CORNER + as_px(count - 1) * PORT_GAP
}

/// How many tracks every corridor needs, the channels first, then the gutters. O(H log H) for H hops.
pub(super) fn count_tracks(body: &Body, plan: &Plan, place: &Place, wires: &[Wire]) -> Vec<usize> {
    Loom::weave(body, plan, place, wires).counts
}

/// The polyline of every wire. O(H log H) for H hops.
pub(super) fn draw(body: &Body, plan: &Plan, place: &Place, wires: &[Wire]) -> Vec<Vec<Point>> {
    let loom = Loom::weave(body, plan, place, wires);
    wires
        .iter()
        .enumerate()
        .map(|(wire, _)| loom.polyline(wire))
        .collect()
}

/// An end of a wire: its vertex, the side, the wire, and whether it is the wire's last.
type Port = (usize, u8, usize, bool);

/// Coordinates of wires under work. A wire has a number for its first port (x at a top or bottom, y at a side),
/// one for every hop (y of a channel's track, x of a gutter's) and one for its last port.
struct Loom<'a> {
    body: &'a Body,
    plan: &'a Plan,
    place: &'a Place,
    wires: &'a [Wire],
    start: Vec<usize>,
    at: Vec<f64>,
    counts: Vec<usize>,
}

impl<'a> Loom<'a> {
    fn weave(body: &'a Body, plan: &'a Plan, place: &'a Place, wires: &'a [Wire]) -> Self {
        let mut start = Vec::with_capacity(wires.len() + 1);
        start.push(0);
        for wire in wires {
            start.push(start[start.len() - 1] + wire.hops.len() + 2);
        }
        let at = vec![0.0; start[wires.len()]];
        let counts = vec![0; plan.columns.len() + plan.n_gutters];
        let mut loom = Self {
            body,
            plan,
            place,
            wires,
            start,
            at,
            counts,
        };
        loom.guess();
        loom.ports(&[Side::Left, Side::Right]);
        loom.corridors(false);
        loom.ports(&[Side::Top]);
        loom.ports(&[Side::Bottom, Side::Hook]);
        loom.corridors(true);
        loom
    }

    /// Everything in the middle of where it may be.
    fn guess(&mut self) {
        for (number, wire) in self.wires.iter().enumerate() {
            let from = self.start[number];
            self.at[from] = self.middle(wire.from);
            for (hop, it) in wire.hops.iter().enumerate() {
                self.at[from + 1 + hop] = match *it {
                    Hop::Channel(vertex) => {
                        self.place.channel[vertex].0 + self.place.channel[vertex].1 * 0.6
                    }
                    Hop::Gutter(_, gutter) => {
                        self.place.gutter[gutter].0 + self.place.gutter[gutter].1 / 2.0
                    }
                };
            }
            self.at[from + wire.hops.len() + 1] = self.middle(wire.to);
        }
    }

    fn middle(&self, (vertex, side): (usize, Side)) -> f64 {
        let own = self.place.boxes[vertex];
        let centre = own.centre();
        if self.body.is_junction(vertex) && matches!(side, Side::Left | Side::Right) {
            centre.y
        } else if matches!(side, Side::Left | Side::Right) {
            own.y + side_port(own.height)
        } else {
            centre.x
        }
    }

    /// Spreads the wires that touch a vertex along each of these sides.
    fn ports(&mut self, sides: &[Side]) {
        let mut all: Vec<Port> = Vec::new();
        for (number, wire) in self.wires.iter().enumerate() {
            for (end, last) in [(wire.from, false), (wire.to, true)] {
                if sides.contains(&end.1) {
                    all.push((end.0, end.1 as u8, number, last));
                }
            }
        }
        all.sort_unstable();
        for group in all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            self.spread(group);
        }
    }

    /// The index of a port's number, and of that of the hop after the next.
    fn indices(&self, wire: usize, last: bool) -> (usize, usize) {
        let (from, to) = (self.start[wire], self.start[wire + 1] - 1);
        if last { (to, to - 2) } else { (from, from + 2) }
    }

    /// Spreads ports along the side that they share.
    fn spread(&mut self, ends: &[Port]) {
        let (_, _, wire, last) = ends[0];
        let (vertex, side) = if last {
            self.wires[wire].to
        } else {
            self.wires[wire].from
        };
        let own = self.place.boxes[vertex];
        let junction = self.body.is_junction(vertex);
        if side == Side::Hook {
            return self.hooks(ends, own.centre().x + self.body.reach(vertex));
        }
        if junction {
            return;
        }
        let level = matches!(side, Side::Left | Side::Right);
        let range = if level {
            own.y..own.bottom()
        } else {
            own.x..own.right()
        };
        // Stems leave a stack in the middle of a box's side; a top is left where the conclusion is nearest.
        let wish = |wire: usize, last: bool| {
            let (port, beyond) = self.indices(wire, last);
            let key = match side {
                Side::Bottom => self.at[beyond],
                Side::Top => nearest(&range, self.at[beyond]) + self.lean(wire, last),
                _ => self.at[port] + self.lean(wire, last),
            };
            (key, self.wires[wire].bundle, port)
        };
        let limits = Limits::new(&range, side);
        if ends.len() == 1 {
            let (key, _, port) = wish(wire, last);
            self.at[port] = limits.inside(key);
            return;
        }
        let mut wanted: Vec<(f64, Option<usize>, usize)> =
            ends.iter().map(|it| wish(it.2, it.3)).collect();
        wanted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        self.settle(&wanted, &limits);
    }

    /// A nudge that sorts ports by where their wires go; small, so that a single wire stays in the middle.
    fn lean(&self, wire: usize, last: bool) -> f64 {
        let (port, beyond) = self.indices(wire, last);
        (self.at[beyond] - self.at[port]).clamp(-4000.0, 4000.0) / 4.0e6
    }

    /// Gives sorted ports their places: near where they want to be, in the range, apart from each other.
    fn settle(&mut self, wanted: &[(f64, Option<usize>, usize)], limits: &Limits) {
        let mut groups: Vec<f64> = Vec::with_capacity(wanted.len());
        let mut group_of = Vec::with_capacity(wanted.len());
        for (index, it) in wanted.iter().enumerate() {
            if index == 0 || it.1.is_none() || it.1 != wanted[index - 1].1 {
                groups.push(limits.inside(it.0));
            }
            group_of.push(groups.len() - 1);
        }
        let room = limits.high - limits.low;
        let gap = room / as_px(groups.len().saturating_sub(1).max(1));
        let places = apart(&groups, gap.min(PORT_GAP), limits.low..limits.high);
        for (it, group) in wanted.iter().zip(group_of) {
            self.at[it.2] = places[group];
        }
    }

    /// Undercuts come up beside the junction, the first nearest.
    fn hooks(&mut self, ends: &[Port], edge: f64) {
        for (index, &(_, _, wire, last)) in ends.iter().enumerate() {
            let port = self.indices(wire, last).0;
            self.at[port] = edge + HOOK.0 - 6.0 + as_px(index.min(20)) * HOOK.1;
        }
    }

    /// Assigns tracks in all channels or all gutters.
    fn corridors(&mut self, channels: bool) {
        let mut all: Vec<(usize, usize, usize)> = Vec::new();
        for (number, wire) in self.wires.iter().enumerate() {
            for (hop, it) in wire.hops.iter().enumerate() {
                match *it {
                    Hop::Channel(vertex) if channels => all.push((vertex, number, hop)),
                    Hop::Gutter(_, gutter) if !channels => all.push((gutter, number, hop)),
                    _ => {}
                }
            }
        }
        all.sort_unstable();
        for group in all.chunk_by(|a, b| a.0 == b.0) {
            self.corridor(group);
        }
    }

    fn corridor(&mut self, members: &[(usize, usize, usize)]) {
        let key = self.key(members[0].1, members[0].2);
        let (from, room) = self.room(members[0].1, members[0].2);
        if let [(_, wire, hop)] = members[..] {
            self.counts[key] = 1;
            self.at[self.start[wire] + 1 + hop] = from + room / 2.0;
            return;
        }
        let mut members: Vec<(Option<usize>, usize, usize)> = members
            .iter()
            .map(|it| (self.wires[it.1].bundle, it.1, it.2))
            .collect();
        members.sort_unstable();
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut which = Vec::with_capacity(members.len());
        for (index, &(bundle, wire, hop)) in members.iter().enumerate() {
            let it = self.stretch(wire, hop);
            match stretches.last_mut() {
                Some(last) if index > 0 && bundle.is_some() && bundle == members[index - 1].0 => {
                    merge(last, it);
                }
                _ => stretches.push(it),
            }
            which.push(stretches.len() - 1);
        }
        let (tracks, count) = assign(&stretches);
        self.counts[key] = count.max(1);
        let pitch = if count > 1 {
            (room / as_px(count - 1)).min(PITCH)
        } else {
            0.0
        };
        let first = from + (room - pitch * as_px(count.max(1) - 1)) / 2.0;
        for (&(_, wire, hop), stretch) in members.iter().zip(which) {
            self.at[self.start[wire] + 1 + hop] = first + pitch * as_px(tracks[stretch]);
        }
    }

    /// The number of the corridor that a hop uses, among all.
    fn key(&self, wire: usize, hop: usize) -> usize {
        match self.wires[wire].hops[hop] {
            Hop::Channel(vertex) => vertex,
            Hop::Gutter(_, gutter) => self.plan.columns.len() + gutter,
        }
    }

    /// Where a corridor's tracks may be: from, and how far.
    fn room(&self, wire: usize, hop: usize) -> (f64, f64) {
        match self.wires[wire].hops[hop] {
            Hop::Channel(vertex) => {
                let (top, height) = self.place.channel[vertex];
                (
                    top + ARROW_ROOM,
                    (height - ARROW_ROOM - BELOW_TRACKS).max(0.0),
                )
            }
            Hop::Gutter(_, gutter) => {
                let (left, width) = self.place.gutter[gutter];
                (left + 10.0f64.min(width / 2.0), (width - 20.0).max(0.0))
            }
        }
    }

    /// The stretch of a hop along its corridor, with the turns at its ends.
    fn stretch(&self, wire: usize, hop: usize) -> Stretch {
        let index = self.start[wire] + 1 + hop;
        let own = self.at[index];
        let turn = |beyond: f64| {
            if beyond < own {
                Turn::Before
            } else {
                Turn::After
            }
        };
        let (last, hops) = (self.start[wire + 1] - 1, &self.wires[wire].hops);
        let mut ends = [
            (self.at[index - 1], self.outside(wire, index, true)),
            (self.at[index + 1], self.outside(wire, index, false)),
        ]
        .map(|(at, beyond)| (at, turn(beyond)));
        if let Hop::Gutter(vertex, _) = hops[hop] {
            let comes = hop > 0 && hops[hop - 1] == Hop::Channel(vertex);
            let goes = index + 1 < last && hops[hop + 1] == Hop::Channel(vertex);
            // At its upper end the wire goes on into the channel, where that channel's tracks sort it out.
            if comes {
                ends[0].1 = ends[1].1;
            } else if goes {
                ends[1].1 = ends[0].1;
            }
        }
        if ends[0].0 > ends[1].0 {
            ends.swap(0, 1);
        }
        Stretch {
            low: ends[0].0,
            high: ends[1].0,
            turns: (ends[0].1, ends[1].1),
        }
    }

    /// The coordinate, across the corridor, of where the wire comes from or goes to.
    fn outside(&self, wire: usize, index: usize, before: bool) -> f64 {
        let (first, last) = (self.start[wire], self.start[wire + 1] - 1);
        let (vertex, side) = match before {
            true if index - 1 == first => self.wires[wire].from,
            false if index + 1 == last => self.wires[wire].to,
            true => return self.at[index - 2],
            false => return self.at[index + 2],
        };
        let own = self.place.boxes[vertex];
        match side {
            Side::Top => own.y,
            Side::Bottom | Side::Hook => own.bottom(),
            Side::Left => own.x,
            Side::Right => own.right(),
        }
    }

    /// The corners of a wire, without those on a straight leg.
    fn polyline(&self, wire: usize) -> Vec<Point> {
        let (first, last) = (self.start[wire], self.start[wire + 1] - 1);
        let it = &self.wires[wire];
        let mut points = Vec::with_capacity(last - first + 4);
        self.touch(it.from, self.at[first], &mut points);
        points.reverse();
        let mut level = matches!(it.from.1, Side::Left | Side::Right);
        for index in first..last {
            let (a, b) = (self.at[index], self.at[index + 1]);
            points.push(if level {
                Point { x: b, y: a }
            } else {
                Point { x: a, y: b }
            });
            level = !level;
        }
        self.touch(it.to, self.at[last], &mut points);
        straighten(&points)
    }

    /// Adds the points at which a wire with this port number touches a vertex, from the outside inwards.
    fn touch(&self, (vertex, side): (usize, Side), at: f64, points: &mut Vec<Point>) {
        let own = self.place.boxes[vertex];
        let centre = own.centre();
        let junction = self.body.is_junction(vertex);
        let (x, y) = match side {
            Side::Hook if junction => {
                points.push(Point { x: at, y: centre.y });
                let reach = self.body.reach(vertex);
                (centre.x + reach.copysign(at - centre.x), centre.y)
            }
            _ if junction => (centre.x, centre.y),
            Side::Top => (at, own.y),
            Side::Bottom | Side::Hook => (at, own.bottom()),
            Side::Left => (own.x, at),
            Side::Right => (own.right(), at),
        };
        points.push(Point { x, y });
    }
}

/// Where on a side of a box ports may be.
struct Limits {
    low: f64,
    high: f64,
    /// How far from the ends arrows stay that come from far outside, so that they do not gather in the corners.
    inset: f64,
}

impl Limits {
    fn new(range: &Range<f64>, side: Side) -> Self {
        let (low, high) = (range.start + CORNER, range.end - CORNER);
        let middle = f64::midpoint(low, high);
        let (low, high) = (low.min(middle), high.max(middle));
        let inset = if side == Side::Bottom {
            (high - low) * INSET
        } else {
            0.0
        };
        Self { low, high, inset }
    }

    /// The place nearest to where a port wants to be.
    fn inside(&self, wish: f64) -> f64 {
        if wish >= self.low && wish <= self.high {
            wish
        } else {
            wish.clamp(self.low + self.inset, self.high - self.inset)
        }
    }
}

/// How far below the top of a box a line touches its side.
pub(super) fn side_port(height: f64) -> f64 {
    (height / 2.0).min(SIDE_PORT)
}

/// The place in a box's range that is nearest to `wish`, its outer parts left out: arrows do not leave at corners.
fn nearest(range: &Range<f64>, wish: f64) -> f64 {
    let inset = (range.end - range.start) * TOP_INSET;
    wish.clamp(
        range.start + inset,
        (range.end - inset).max(range.start + inset),
    )
}

/// Unites two stretches of one bundle.
fn merge(into: &mut Stretch, it: Stretch) {
    if it.low < into.low {
        (into.low, into.turns.0) = (it.low, it.turns.0);
    }
    if it.high > into.high {
        (into.high, into.turns.1) = (it.high, it.turns.1);
    }
}

/// Places in `range`, in order and at least `gap` apart, near the sorted `wanted`. O(n).
///
/// Pool adjacent violators (Ayer et al. 1955) on the wishes less their distance from the first.
fn apart(wanted: &[f64], gap: f64, range: Range<f64>) -> Vec<f64> {
    let mut pools: Vec<(f64, f64)> = Vec::with_capacity(wanted.len());
    for (index, wish) in wanted.iter().enumerate() {
        let mut pool = (wish - as_px(index) * gap, 1.0);
        while let Some(&last) = pools.last().filter(|it| it.0 >= pool.0) {
            pools.pop();
            pool = (
                (last.0 * last.1 + pool.0 * pool.1) / (last.1 + pool.1),
                last.1 + pool.1,
            );
        }
        pools.push(pool);
    }
    let last = (range.end - as_px(wanted.len().saturating_sub(1)) * gap).max(range.start);
    let mut places = Vec::with_capacity(wanted.len());
    for (value, count) in pools {
        let mut left = count;
        while left > 0.5 {
            places.push(value.clamp(range.start, last) + as_px(places.len()) * gap);
            left -= 1.0;
        }
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_stay_in_order_apart_and_in_range() {
        let places = apart(&[-50.0, 3.0, 3.0, 4.0, 90.0], 10.0, 0.0..60.0);
        assert!(
            places.windows(2).all(|it| it[1] - it[0] >= 9.99),
            "{places:?}"
        );
        assert!(places[0] >= 0.0 && places[4] <= 60.01, "{places:?}");
    }
}
