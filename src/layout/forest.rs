//! Under which conclusion each statement hangs.

use super::engine::Body;
use crate::view::diagram::EdgeKind;

/// A spanning forest of the arcs, its trees hung under the ground vertex.
#[derive(Clone, Debug)]
pub(super) struct Forest {
    /// The vertex above; for tops their group or the ground, which is above itself.
    pub(super) parent: Vec<usize>,
    /// The edge to the vertex above.
    pub(super) stem: Vec<Option<usize>>,
    /// The vertices below, in drawing order.
    pub(super) children: Vec<Vec<usize>>,
    /// The edges that are not stems.
    pub(super) links: Vec<usize>,
}

/// Which of its conclusions a statement hangs under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Preference {
    /// The deepest, so that premises stand below all their conclusions.
    Deepest,
    /// The one that the document names first.
    First,
}

impl Forest {
    /// Hangs every vertex under one of the conclusions that it serves; edges that close a cycle or lead out of a frame
    /// do not count.
    /// O(V + E).
    ///
    /// Depths are longest paths over the arcs in reverse postorder of a depth-first search from the tops, in
    /// document order (Tarjan 1972; longest-path layering as in Healy and Nikolov, "Hierarchical Drawing
    /// Algorithms", 2013).
    pub(super) fn plant(body: &Body, preference: Preference) -> Self {
        let order = targets_first(body);
        let mut position = vec![0; body.ground];
        for (place, &vertex) in order.iter().enumerate() {
            position[vertex] = place;
        }
        let out = Adjacency::new(body, |arc| arc.from);
        let mut depth = vec![0usize; body.ground];
        let mut stem = vec![None; body.ground + 1];
        for &vertex in &order {
            let better = |&edge: &usize| {
                let arc = body.arc(edge);
                (
                    arc.kind != EdgeKind::Restatement,
                    if preference == Preference::Deepest {
                        depth[arc.to]
                    } else {
                        0
                    },
                    std::cmp::Reverse(edge),
                )
            };
            let forward = |edge: &&usize| {
                let to = body.arc(**edge).to;
                position[to] < position[vertex] && body.homes[to] == body.homes[vertex]
            };
            stem[vertex] = out
                .of(vertex)
                .iter()
                .filter(forward)
                .max_by_key(|it| better(it))
                .copied();
            depth[vertex] = stem[vertex].map_or(0, |edge| depth[body.arc(edge).to] + 1);
        }
        Self::from_stems(body, stem)
    }

    fn from_stems(body: &Body, stem: Vec<Option<usize>>) -> Self {
        let mut parent = body.homes.clone();
        let mut children = vec![Vec::new(); body.ground + 1];
        for vertex in 0..body.ground {
            if let Some(edge) = stem[vertex] {
                parent[vertex] = body.arc(edge).to;
            }
            children[parent[vertex]].push(vertex);
        }
        for (vertex, below) in children.iter_mut().enumerate() {
            below.sort_by_key(|&it| hanging_order(body, vertex, it, stem[it]));
        }
        let is_stem = |edge: usize| body.arcs[edge].is_some_and(|arc| stem[arc.from] == Some(edge));
        let links = (0..body.arcs.len())
            .filter(|&it| body.arcs[it].is_some() && !is_stem(it))
            .collect();
        Self {
            parent,
            stem,
            children,
            links,
        }
    }

    /// Every vertex after the one above it, the ground first. O(V).
    pub(super) fn top_down(&self, ground: usize) -> Vec<usize> {
        let mut order = Vec::with_capacity(self.parent.len());
        order.push(ground);
        let mut next = 0;
        while next < order.len() {
            order.extend_from_slice(&self.children[order[next]]);
            next += 1;
        }
        order
    }

    /// How far every vertex is below the ground. O(V).
    pub(super) fn depths(&self, ground: usize) -> Vec<usize> {
        let mut depth = vec![0; self.parent.len()];
        for &vertex in self.top_down(ground).iter().skip(1) {
            depth[vertex] = depth[self.parent[vertex]] + 1;
        }
        depth
    }

    /// The lowest vertex above both (or one of them), given how deep each is. O(depth).
    pub(super) fn common(&self, mut one: usize, mut other: usize, depth: &[usize]) -> usize {
        while one != other {
            if depth[one] >= depth[other] {
                one = self.parent[one];
            } else {
                other = self.parent[other];
            }
        }
        one
    }
}

/// By what the vertices under another are sorted: undercuts last, then in document order, groups like their first.
pub(super) fn hanging_order(
    body: &Body,
    above: usize,
    vertex: usize,
    stem: Option<usize>,
) -> (bool, usize) {
    let first = body.frame(vertex).and_then(|it| it.first);
    stem.map_or((false, first.unwrap_or(vertex)), |edge| {
        (is_undercut(body, edge, above), edge)
    })
}

/// Whether the edge attacks the inference of the junction that it hangs under.
pub(super) fn is_undercut(body: &Body, edge: usize, above: usize) -> bool {
    body.is_junction(above) && body.arc(edge).kind == EdgeKind::Undercut
}

/// Edges by the vertex at one of their ends, in document order; contradictions and loops left out.
struct Adjacency {
    start: Vec<usize>,
    edges: Vec<usize>,
}

impl Adjacency {
    fn new(body: &Body, end: impl Fn(super::engine::Arc) -> usize) -> Self {
        let hangs = |edge: &usize| {
            body.arcs[*edge]
                .is_some_and(|it| it.from != it.to && it.kind != EdgeKind::Contradiction)
        };
        let mut edges: Vec<usize> = (0..body.arcs.len()).filter(hangs).collect();
        edges.sort_by_key(|&edge| end(body.arc(edge)));
        let mut start = vec![0; body.ground + 1];
        for &edge in &edges {
            start[end(body.arc(edge)) + 1] += 1;
        }
        for vertex in 0..body.ground {
            start[vertex + 1] += start[vertex];
        }
        Self { start, edges }
    }

    fn of(&self, vertex: usize) -> &[usize] {
        &self.edges[self.start[vertex]..self.start[vertex + 1]]
    }
}

/// Vertices such that targets come before what points at them, but for arcs that close a cycle. O(V + E).
fn targets_first(body: &Body) -> Vec<usize> {
    let (into, out) = (
        Adjacency::new(body, |arc| arc.to),
        Adjacency::new(body, |arc| arc.from),
    );
    let mut seen = vec![false; body.ground];
    let mut finished = Vec::with_capacity(body.ground);
    let tops = (0..body.ground).filter(|&it| out.of(it).is_empty());
    let starts: Vec<usize> = tops
        .chain((0..body.ground).filter(|it| body.is_thesis(*it)))
        .chain(0..body.ground)
        .collect();
    for &top in &starts {
        if std::mem::replace(&mut seen[top], true) {
            continue;
        }
        let mut stack = vec![(top, 0)];
        while let Some((vertex, next)) = stack.last_mut() {
            let Some(&edge) = into.of(*vertex).get(*next) else {
                finished.push(*vertex);
                stack.pop();
                continue;
            };
            *next += 1;
            let premise = body.arc(edge).from;
            if !std::mem::replace(&mut seen[premise], true) {
                stack.push((premise, 0));
            }
        }
    }
    finished.reverse();
    finished
}
