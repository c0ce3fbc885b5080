//! Changes of a sketch, and how they are taken back.

use super::{Branch, Sketch};
use crate::layout::forest::{hanging_order, is_undercut};

/// A change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::layout) enum Move {
    /// Moves a vertex to a place among its siblings.
    Shift(usize, usize),
    /// Hangs a vertex by another of its edges.
    Hang(usize),
    /// Puts the children of a vertex into document order.
    Sort(usize),
    /// Puts the children of a vertex into so many columns.
    Columns(usize, usize),
}

/// What makes a sketch what it is.
pub(in crate::layout) struct Decisions {
    /// The vertices below every vertex, one after the other.
    below: Vec<usize>,
    /// How many those of each vertex are, and in how many columns they are to stand.
    branches: Vec<(usize, usize)>,
    stem: Vec<Option<usize>>,
    links: Vec<usize>,
}

impl Sketch<'_> {
    /// What has been decided: enough to come back to this sketch. O(V).
    pub(in crate::layout) fn decisions(&self) -> Decisions {
        Decisions {
            below: self
                .branches
                .iter()
                .flat_map(|it| &it.below)
                .copied()
                .collect(),
            branches: self
                .branches
                .iter()
                .map(|it| (it.below.len(), it.wanted))
                .collect(),
            stem: self.stem.clone(),
            links: self.links.clone(),
        }
    }

    /// Comes back to what had been decided. O(V log V).
    pub(in crate::layout) fn come_back(&mut self, to: &Decisions) {
        self.stem.clone_from(&to.stem);
        self.links.clone_from(&to.links);
        let mut rest = &to.below[..];
        for (vertex, &(count, wanted)) in to.branches.iter().enumerate() {
            let (below, others) = rest.split_at(count);
            rest = others;
            for &child in below {
                self.parent[child] = vertex;
            }
            let it = &mut self.branches[vertex];
            it.below.clear();
            it.below.extend_from_slice(below);
            it.wanted = wanted;
        }
        self.stems = 0.0;
        for vertex in self.top_down().into_iter().rev() {
            self.measure(vertex);
            self.publish(vertex);
            self.stems += self.branches[vertex].stems;
        }
    }

    fn top_down(&self) -> Vec<usize> {
        let mut order = vec![self.body.ground];
        let mut next = 0;
        while next < order.len() {
            order.extend_from_slice(&self.branches[order[next]].below);
            next += 1;
        }
        order
    }

    /// Makes a change and measures what it touches; false if it is not possible, and then nothing happened.
    pub(in crate::layout) fn try_move(&mut self, change: Move) -> bool {
        self.n_changed = 0;
        self.hung = None;
        self.stems_before = self.stems;
        match change {
            Move::Shift(child, to) => self.shift(child, to),
            Move::Sort(vertex) => {
                self.save(vertex);
                let (body, stem) = (self.body, &self.stem);
                self.branches[vertex]
                    .below
                    .sort_by_key(|&it| hanging_order(body, vertex, it, stem[it]));
                self.update(vertex);
                true
            }
            Move::Columns(vertex, number) => {
                let it = &self.branches[vertex];
                if it.wanted == number || number > it.below.len() {
                    return false;
                }
                self.save(vertex);
                self.branches[vertex].wanted = number;
                self.update(vertex);
                true
            }
            Move::Hang(edge) => self.hang(edge),
        }
    }

    /// Moves a vertex to a place among its siblings; undercuts stay behind the others.
    fn shift(&mut self, child: usize, to: usize) -> bool {
        let vertex = self.parent[child];
        let below = &self.branches[vertex].below;
        let from = below.iter().position(|it| *it == child);
        let from = from.expect("a vertex is among those below the one above it");
        let side =
            |it: usize| self.stem[it].is_some_and(|edge| is_undercut(self.body, edge, vertex));
        if to >= below.len() || from == to || side(child) != side(below[to]) {
            return false;
        }
        self.save(vertex);
        let below = &mut self.branches[vertex].below;
        if from < to {
            below[from..=to].rotate_left(1);
        } else {
            below[to..=from].rotate_right(1);
        }
        self.update(vertex);
        true
    }

    /// Hangs a vertex by another edge.
    fn hang(&mut self, edge: usize) -> bool {
        let arc = self.body.arc(edge);
        let Ok(index) = self.links.binary_search(&edge) else {
            return false;
        };
        let Some(stem) = self.stem[arc.from] else {
            return false;
        };
        let homes = &self.body.homes;
        if homes[arc.from] != homes[arc.to] || self.is_under(arc.to, arc.from) {
            return false;
        }
        self.hung = Some((arc.from, stem));
        let old = self.parent[arc.from];
        self.save(old);
        self.branches[old].below.retain(|it| *it != arc.from);
        let most = self.branches[old].below.len();
        self.branches[old].wanted = self.branches[old].wanted.min(most);
        self.relink(index, stem);
        self.replant(arc.from, edge);
        if old != arc.to {
            self.update(old);
            self.save(arc.to);
        }
        let key = |it: usize| hanging_order(self.body, arc.to, it, self.stem[it]);
        let below = &mut self.branches[arc.to].below;
        let place = below.iter().position(|&it| key(it) > key(arc.from));
        let is_row = below.len() <= self.branches[arc.to].wanted;
        let below = &mut self.branches[arc.to].below;
        below.insert(place.unwrap_or(below.len()), arc.from);
        self.branches[arc.to].wanted += usize::from(is_row);
        self.update(arc.to);
        true
    }

    /// Whether a vertex is another or hangs somewhere under it. O(depth).
    fn is_under(&self, mut vertex: usize, other: usize) -> bool {
        while vertex != self.body.ground && vertex != other {
            vertex = self.parent[vertex];
        }
        vertex == other
    }

    fn replant(&mut self, vertex: usize, edge: usize) {
        self.stem[vertex] = Some(edge);
        self.parent[vertex] = self.body.arc(edge).to;
    }

    /// Puts another edge in a place of the sorted links.
    fn relink(&mut self, index: usize, edge: usize) {
        self.links.remove(index);
        let place = self.links.partition_point(|it| *it < edge);
        self.links.insert(place, edge);
    }

    /// Keeps what a branch is, so that it can be changed.
    fn save(&mut self, vertex: usize) {
        if self.before.len() == self.n_changed {
            self.before.push((0, Branch::default()));
        }
        let (of, spare) = &mut self.before[self.n_changed];
        *of = vertex;
        self.n_changed += 1;
        let it = &mut self.branches[vertex];
        spare.below.clone_from(&it.below);
        spare.wanted = it.wanted;
        spare.stems = it.stems;
        std::mem::swap(spare, it);
    }

    /// Measures a branch, which has been saved, and all those above it.
    fn update(&mut self, mut vertex: usize) {
        loop {
            self.stems -= self.branches[vertex].stems;
            self.measure(vertex);
            self.stems += self.branches[vertex].stems;
            let before = self.sizes.of(vertex);
            self.publish(vertex);
            if vertex == self.body.ground || self.sizes.of(vertex) == before {
                return;
            }
            vertex = self.parent[vertex];
            self.save(vertex);
        }
    }

    /// Takes the last change back.
    pub(in crate::layout) fn undo(&mut self) {
        for index in (0..self.n_changed).rev() {
            let (vertex, branch) = &mut self.before[index];
            let vertex = *vertex;
            std::mem::swap(branch, &mut self.branches[vertex]);
            self.publish(vertex);
        }
        self.n_changed = 0;
        self.stems = self.stems_before;
        if let Some((vertex, edge)) = self.hung.take()
            && let Some(now) = self.stem[vertex]
            && let Ok(index) = self.links.binary_search(&edge)
        {
            self.relink(index, now);
            self.replant(vertex, edge);
        }
    }

    /// The vertices whose children are not in document order. O(V).
    pub(in crate::layout) fn unsorted(&self) -> Vec<usize> {
        let sorted = |vertex: &usize| {
            let key = |&it: &usize| hanging_order(self.body, *vertex, it, self.stem[it]);
            self.branches[*vertex].below.is_sorted_by_key(key)
        };
        (0..=self.body.ground).filter(|it| !sorted(it)).collect()
    }

    /// What could be changed: the columns, the places of siblings that have to do with links, and where linked vertices
    /// hang.
    pub(in crate::layout) fn moves(&self) -> Vec<Move> {
        let ground = self.body.ground;
        let mut linked = vec![false; ground + 1];
        for &edge in &self.links {
            for end in [self.body.arc(edge).from, self.body.arc(edge).to] {
                let mut vertex = end;
                while !std::mem::replace(&mut linked[vertex], true) {
                    vertex = self.parent[vertex];
                }
            }
        }
        let mut moves: Vec<Move> = Vec::new();
        for vertex in 0..=ground {
            let below = &self.branches[vertex].below;
            let most = below.len();
            let now = self.branches[vertex].wanted;
            let other = |it: &usize| *it != now;
            moves.extend(
                counts(most)
                    .filter(other)
                    .map(|it| Move::Columns(vertex, it)),
            );
            // Theses keep their order.
            let may_shift = |it: usize| linked[below[it]] && !self.body.keeps_order(below[it]);
            for from in (0..most).filter(|it| may_shift(*it)) {
                // A neighbour's own shift does the same as one towards it.
                let new = |to: &usize| *to != from && !(to + 1 == from && may_shift(*to));
                moves.extend(
                    places(from, most)
                        .filter(new)
                        .map(|to| Move::Shift(below[from], to)),
                );
            }
        }
        moves.extend(self.links.iter().map(|&it| Move::Hang(it)));
        moves
    }
}

/// Into how many columns so many children may be put.
fn counts(most: usize) -> impl Iterator<Item = usize> {
    let many = [most * 2 / 3, most].into_iter().filter(|it| *it > 4);
    (1..=most.min(4)).chain(many)
}

/// Where a child may be shifted to: a little, or to either end.
fn places(from: usize, most: usize) -> impl Iterator<Item = usize> {
    let near = from.saturating_sub(2)..most.min(from + 3);
    let ends = [0, most - 1].into_iter();
    near.clone()
        .chain(ends.filter(move |it| !near.contains(it)))
}

#[cfg(test)]
mod tests {
    use super::super::{Move, Sketch};
    use crate::layout::Options;
    use crate::layout::dice::Dice;
    use crate::layout::engine::Body;
    use crate::layout::forest::{Forest, Preference};
    use crate::layout::support::tree;

    fn sketch(body: &Body) -> Sketch<'_> {
        Sketch::new(body, &Forest::plant(body, Preference::Deepest), 1.0)
    }

    #[test]
    fn a_change_that_is_taken_back_leaves_nothing_behind() {
        let body = Body::new(&tree(60, 5, false), &Options::default());
        let (mut sketch, mut dice) = (sketch(&body), Dice(3));
        for _ in 0..300 {
            let before = (sketch.cost(), sketch.cost_of_ways());
            let mut all = sketch.moves();
            all.extend(sketch.unsorted().into_iter().map(Move::Sort));
            if sketch.try_move(all[dice.below(all.len())]) {
                sketch.undo();
            }
            assert_eq!((sketch.cost(), sketch.cost_of_ways()), before);
            sketch.try_move(all[dice.below(all.len())]);
        }
    }

    #[test]
    fn what_a_change_did_not_touch_needs_no_measuring() {
        let body = Body::new(&tree(60, 9, false), &Options::default());
        let (mut sketch, mut dice) = (sketch(&body), Dice(4));
        for _ in 0..300 {
            let all = sketch.moves();
            sketch.try_move(all[dice.below(all.len())]);
            let mut fresh = sketch.clone();
            fresh.come_back(&sketch.decisions());
            let near = |a: f64, b: f64| (a - b).abs() < 1e-9 * a;
            assert!(near(sketch.cost(), fresh.cost()));
            assert!(near(sketch.cost_of_ways(), fresh.cost_of_ways()));
        }
    }
}
