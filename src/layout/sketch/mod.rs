//! A rough layout that can be changed a little and judged again at once.
//!
//! It knows the extent of every branch, but no way of an edge. A change touches the branches from where it
//! happens up to the ground: only these are measured again, and what they were is kept until the change is
//! taken back or kept. So a change costs O(depth × children + links × depth), not a whole layout.

use super::blocks::{Columns, Plan, STACK_GAP, Shape, Sizes, least_channel, least_gutters};
use super::climb::{Finder, Scene};
use super::engine::Body;
use super::forest::{Forest, is_undercut};
use super::quality;
use super::wires::side_port;

mod moves;

pub(super) use moves::Move;

/// What a link costs more than a stem of the same length: it goes around boxes and crosses others.
const DETOUR: f64 = 1.5;
/// What a link costs apart from its way.
const WAY: f64 = 30.0;
/// How far from its corners a box is touched.
const CORNER: f64 = 14.0;

/// What is known of a branch.
#[derive(Clone, Debug, Default)]
struct Branch {
    /// The vertices below, in drawing order.
    below: Vec<usize>,
    /// In how many columns they are to stand.
    wanted: usize,
    columns: Columns,
    shape: Shape,
    /// The corners of the blocks below, in the order of the columns' slots, from the corner of this one.
    corners: Vec<(f64, f64)>,
    /// How long the stems of the vertices below are.
    stems: f64,
}

/// A rough layout.
#[derive(Clone)]
pub(super) struct Sketch<'a> {
    body: &'a Body,
    branches: Vec<Branch>,
    parent: Vec<usize>,
    stem: Vec<Option<usize>>,
    links: Vec<usize>,
    sizes: Sizes,
    /// The corner of every block from the corner of the block above.
    corner: Vec<(f64, f64)>,
    /// The column of every vertex, and its place in it.
    spot: Vec<(usize, usize)>,
    pub(super) stems: f64,
    /// What branches were before the change that is tried, the first `n_changed` of them.
    before: Vec<(usize, Branch)>,
    n_changed: usize,
    /// The vertex that was hung elsewhere by the change that is tried, and its edge before.
    hung: Option<(usize, usize)>,
    stems_before: f64,
}

impl<'a> Sketch<'a> {
    /// Measures a forest, with the columns that suit blocks of this ratio of width to height. O(V log V).
    pub(super) fn new(body: &'a Body, forest: &Forest, ratio: f64) -> Self {
        let count = body.ground + 1;
        let mut it = Self {
            body,
            branches: vec![Branch::default(); count],
            parent: forest.parent.clone(),
            stem: forest.stem.clone(),
            links: forest.links.clone(),
            sizes: Sizes::new(count),
            corner: vec![(0.0, 0.0); count],
            spot: vec![(0, 0); count],
            stems: 0.0,
            before: Vec::new(),
            n_changed: 0,
            hung: None,
            stems_before: 0.0,
        };
        for &vertex in forest.top_down(body.ground).iter().rev() {
            it.branches[vertex]
                .below
                .clone_from(&forest.children[vertex]);
            let aim = if vertex == body.ground {
                body.aspect
            } else {
                ratio
            };
            it.choose_columns(vertex, aim);
            it.stems += it.branches[vertex].stems;
        }
        it
    }

    /// The forest and its columns.
    pub(super) fn planned(&self) -> (Forest, Plan) {
        let forest = Forest {
            parent: self.parent.clone(),
            stem: self.stem.clone(),
            children: self.branches.iter().map(|it| it.below.clone()).collect(),
            links: self.links.clone(),
        };
        let columns = self.branches.iter().map(|it| it.columns.clone()).collect();
        (forest, Plan::new(columns))
    }

    /// What the finished picture will about cost. O(links × depth).
    pub(super) fn cost(&self) -> f64 {
        let mut total = self.stems;
        for &edge in &self.links {
            let arc = self.body.arc(edge);
            let (a, b) = (self.centre(arc.from), self.centre(arc.to));
            total += DETOUR * ((a.0 - b.0).abs() + (a.1 - b.1).abs());
        }
        let whole = &self.branches[self.body.ground].shape;
        total * quality::form(self.body, (whole.width, whole.height))
    }

    /// What the finished picture will about cost, links going the cheapest way through the corridors.
    /// O(links × depth).
    pub(super) fn cost_of_ways(&self) -> f64 {
        let mut total = self.stems;
        for &edge in &self.links {
            let arc = self.body.arc(edge);
            let top = self.common(arc.from, arc.to);
            total += WAY + Finder::new(self.body, self).cost(edge, top);
        }
        let whole = &self.branches[self.body.ground].shape;
        total * quality::form(self.body, (whole.width, whole.height))
    }

    /// The lowest vertex above both (or one of them). O(depth).
    fn common(&self, one: usize, other: usize) -> usize {
        let mut deeper = self.depth(one);
        let mut depth = self.depth(other);
        let (mut one, mut other) = (one, other);
        while one != other {
            if deeper >= depth {
                one = self.parent[one];
                deeper -= 1;
            } else {
                other = self.parent[other];
                depth -= 1;
            }
        }
        one
    }

    fn depth(&self, mut vertex: usize) -> usize {
        let mut depth = 0;
        while vertex != self.body.ground {
            vertex = self.parent[vertex];
            depth += 1;
        }
        depth
    }

    /// The middle of a vertex' box. O(depth).
    fn centre(&self, vertex: usize) -> (f64, f64) {
        let (mut x, mut y) = (self.sizes.middle[vertex], self.body.sizes[vertex].1 / 2.0);
        let mut it = vertex;
        while it != self.body.ground {
            x += self.corner[it].0;
            y += self.corner[it].1;
            it = self.parent[it];
        }
        (x, y)
    }

    /// Tries some numbers of columns for one vertex and keeps what costs least.
    fn choose_columns(&mut self, vertex: usize, ratio: f64) {
        let most = self.branches[vertex].below.len();
        let (mut least, mut chosen) = (f64::INFINITY, most);
        let mut wanted = most;
        while wanted > 0 && most > 1 {
            self.branches[vertex].wanted = wanted;
            self.measure(vertex);
            let cost = self.extent(vertex, ratio) + self.branches[vertex].stems;
            if cost < least {
                (least, chosen) = (cost, wanted);
            }
            wanted = if wanted > 8 {
                wanted * 4 / 5
            } else {
                wanted - 1
            };
        }
        self.branches[vertex].wanted = chosen;
        self.measure(vertex);
        self.publish(vertex);
    }

    /// What the extent of a block costs: every edge that passes it later gets longer by about that much.
    fn extent(&self, vertex: usize, ratio: f64) -> f64 {
        let Shape { width, height, .. } = self.branches[vertex].shape;
        let extent = width.max(height * ratio) + 0.15 * (width + ratio * height);
        if vertex == self.body.ground {
            extent * 1000.0
        } else {
            extent
        }
    }

    /// Measures a branch whose children are measured. O(children).
    fn measure(&mut self, vertex: usize) {
        let (body, sizes) = (self.body, &self.sizes);
        let it = &mut self.branches[vertex];
        let side = if body.is_junction(vertex) {
            let stem = &self.stem;
            let beside =
                |&below: &usize| stem[below].is_some_and(|edge| is_undercut(body, edge, vertex));
            it.below.iter().position(beside)
        } else {
            None
        };
        let (main, side) = it.below.split_at(side.unwrap_or(it.below.len()));
        it.columns.clear();
        it.columns.split(main, it.wanted, sizes);
        it.columns.turn();
        it.columns.split(side, it.wanted.min(side.len()), sizes);
        let channel = least_channel(body, vertex, &it.columns);
        let gutter = least_gutters(body, vertex, &it.columns);
        it.shape
            .measure(body, (vertex, &it.columns), (channel, gutter), sizes);
        it.settle(body, vertex, channel, sizes);
    }

    /// Tells the others what a branch has become.
    fn publish(&mut self, vertex: usize) {
        let it = &self.branches[vertex];
        self.sizes.set(vertex, &it.shape, self.body.sizes[vertex].0);
        let mut slot = 0;
        for (column, stack) in it.columns.iter().enumerate() {
            for (row, &child) in stack.iter().enumerate() {
                self.corner[child] = it.corners[slot];
                self.spot[child] = (column, row);
                slot += 1;
            }
        }
    }
}

impl Scene for Sketch<'_> {
    fn parent(&self, vertex: usize) -> usize {
        self.parent[vertex]
    }

    fn corner(&self, vertex: usize) -> (f64, f64) {
        self.corner[vertex]
    }

    fn left(&self, vertex: usize) -> f64 {
        self.branches[vertex].shape.box_x
    }

    fn spot(&self, vertex: usize) -> (usize, usize) {
        self.spot[vertex]
    }

    fn columns(&self, vertex: usize) -> &Columns {
        &self.branches[vertex].columns
    }

    fn gutter(&self, above: usize, index: usize) -> f64 {
        let (left, width) = self.branches[above].shape.gutters[index];
        left + width / 2.0
    }

    fn channel(&self, vertex: usize) -> f64 {
        least_channel(self.body, vertex, &self.branches[vertex].columns)
    }

    fn entries(&self, vertex: usize) -> (&[f64], f64) {
        (&self.branches[vertex].shape.entries, 0.0)
    }
}

impl Branch {
    /// Gives the blocks below their corners, and measures their stems.
    fn settle(&mut self, body: &Body, vertex: usize, channel: f64, sizes: &Sizes) {
        let (own, height) = body.sizes[vertex];
        let hangs = body
            .has_stems(vertex)
            .then(|| Reach::under(self.shape.box_x, own));
        self.corners.clear();
        self.stems = 0.0;
        for (index, stack) in self.columns.iter().enumerate() {
            let (gutter, beside) = self.shape.gutters[index];
            let left = gutter + beside;
            let width = self.shape.gutters[index + 1].0 - left;
            let bus = (stack.len() > 1).then_some(self.shape.entries[index]);
            let mut y = channel;
            for &child in stack {
                let left = left + self.columns.indent(index, width, sizes.width[child]);
                self.corners.push((left, height + y));
                if let Some(reach) = hangs {
                    let to = (left + sizes.middle[child], y);
                    self.stems += reach.stem(body.sizes[child], to, bus);
                }
                y += sizes.height[child] + STACK_GAP;
            }
        }
    }
}

/// The part of a box' bottom where arrows end.
#[derive(Clone, Copy)]
struct Reach {
    low: f64,
    high: f64,
}

impl Reach {
    fn under(left: f64, width: f64) -> Self {
        Self {
            low: left + CORNER.min(width / 2.0),
            high: left + (width - CORNER).max(width / 2.0),
        }
    }

    /// How long the stem of a child of this size is, the middle of whose top is at `to`, counted from the bottom of
    /// the box above; it goes along a bus if it is in a stack.
    fn stem(self, child: (f64, f64), to: (f64, f64), bus: Option<f64>) -> f64 {
        let (half, (x, y)) = (child.0 / 2.0, to);
        if let Some(bus) = bus {
            let port = y + side_port(child.1);
            return port + (x - bus).abs() - half + self.off(bus, 0.0);
        }
        let reach = (half - CORNER).max(0.0);
        y + self.off(x, reach)
    }

    /// How far off a place is that itself reaches so far to both sides.
    fn off(self, x: f64, reach: f64) -> f64 {
        (self.low - x - reach).max(x - reach - self.high).max(0.0)
    }
}
