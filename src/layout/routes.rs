//! Which corridors each edge takes.

use std::collections::BTreeMap;

use super::blocks::{Columns, Place, Plan};
use super::climb::{Finder, Scene, under};
use super::engine::Body;
use super::forest::Forest;
use super::way::{Hop, Side, Wire};
use crate::view::diagram::{EdgeKind, Polarity};

/// So many arrows alike from one stack or into one statement keep a head each; more share a trunk, which branches.
const MANY: usize = 7;

/// Finds a way for every edge. Stems take O(1) each, a link O(depth of its ends).
pub(super) fn choose(body: &Body, forest: &Forest, plan: &Plan, place: &Place) -> Vec<Wire> {
    let mut wires = stems(body, forest, plan);
    let placed = Placed {
        forest,
        plan,
        place,
    };
    let finder = Finder::new(body, &placed);
    let links = wires.len();
    let depth = forest.depths(body.ground);
    for &edge in &forest.links {
        let arc = body.arc(edge);
        let top = forest.common(arc.from, arc.to, &depth);
        let mut wire = finder.link(edge, top);
        for hop in &mut wire.hops {
            if let Hop::Gutter(above, index) = hop {
                *index += plan.first_gutter[*above];
            }
        }
        wires.push(wire);
    }
    bundle(body, plan, &mut wires, links);
    wires
}

/// A finished placement.
struct Placed<'a> {
    forest: &'a Forest,
    plan: &'a Plan,
    place: &'a Place,
}

impl Scene for Placed<'_> {
    fn parent(&self, vertex: usize) -> usize {
        self.forest.parent[vertex]
    }

    fn corner(&self, vertex: usize) -> (f64, f64) {
        let (own, above) = (
            self.place.blocks[vertex],
            self.place.blocks[self.parent(vertex)],
        );
        (own.x - above.x, own.y - above.y)
    }

    fn left(&self, vertex: usize) -> f64 {
        self.place.boxes[vertex].x - self.place.blocks[vertex].x
    }

    fn spot(&self, vertex: usize) -> (usize, usize) {
        self.plan.spot[vertex]
    }

    fn columns(&self, vertex: usize) -> &Columns {
        &self.plan.columns[vertex]
    }

    fn gutter(&self, above: usize, index: usize) -> f64 {
        let (x, width) = self.place.gutter[self.plan.first_gutter[above] + index];
        x - self.place.blocks[above].x + width / 2.0
    }

    fn channel(&self, vertex: usize) -> f64 {
        self.place.channel[vertex].1
    }

    fn entries(&self, vertex: usize) -> (&[f64], f64) {
        let first = self.plan.first_gutter[vertex];
        let count = self.plan.columns[vertex].len();
        (
            &self.place.entry[first..first + count],
            self.place.blocks[vertex].x,
        )
    }
}

/// Bundles the links (from index `first` on) that come from one statement, or lead to one junction, or are many that
/// lead to one conclusion: they share a trunk, which branches. Few steps to one conclusion keep a head each, so that
/// nobody takes them for one step with linked premises. Objections from one statement have no trunk: they are dashed in
/// most themes, and their dashes begin at their heads. O(E log E).
fn bundle(body: &Body, plan: &Plan, wires: &mut [Wire], first: usize) {
    const PRO: usize = 0;
    const CON: usize = 1;
    let colour = |edge: usize| match body.arc(edge).kind {
        EdgeKind::Reason | EdgeKind::Premise(Polarity::Pro) => Some(PRO),
        EdgeKind::Objection | EdgeKind::Premise(Polarity::Con) => Some(CON),
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
        if colour == PRO && alike > 1 && alike >= to[&(it.to.0, colour)] {
            it.bundle = Some(base + 4 * it.from.0 + colour);
        } else if into_junction(it) {
            it.bundle = Some(it.to.0);
        } else if to[&(it.to.0, colour)] > MANY {
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
        let columns = &plan.columns[above];
        let gutter = plan.first_gutter[above] + columns.bus(column);
        let stacked = plan.is_stacked(above, vertex);
        let hops = if stacked {
            vec![Hop::Gutter(above, gutter), Hop::Channel(above)]
        } else {
            vec![Hop::Channel(above)]
        };
        let side = match (stacked, columns.is_turned(column)) {
            (true, true) => Side::Right,
            (true, false) => Side::Left,
            (false, _) => Side::Top,
        };
        let many = columns.column(column).len() > MANY;
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
