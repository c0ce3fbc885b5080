//! The best of several pictures.

use super::blocks::plan;
use super::engine::{Body, Picture, run};
use super::forest::Forest;
use super::{order, quality};

/// The shapes of blocks that are tried, relative to the shape of the page.
const RATIOS: [f64; 7] = [0.3, 0.6, 1.0, 1.6, 2.5, 4.0, 8.0];
/// How many boxes are laid out in all while a small map is improved.
const WORK: usize = 36_000;
/// Maps up to so many vertices are improved.
const SMALL: usize = 500;

/// A forest with the picture it gives.
struct Candidate {
    forest: Forest,
    ratio: f64,
    picture: Picture,
    cost: f64,
}

impl Candidate {
    fn new(body: &Body, forest: Forest, ratio: f64) -> Self {
        let picture = run(body, &forest, &plan(body, &forest, ratio));
        let cost = quality::cost(body, &picture);
        Self {
            forest,
            ratio,
            picture,
            cost,
        }
    }
}

/// Lays the diagram out for blocks of several shapes and keeps the best; then improves it if it is small.
pub(super) fn best(body: &Body) -> Picture {
    let mut forest = Forest::plant(body);
    order::arrange(body, &mut forest);
    let mut best: Option<Candidate> = None;
    for ratio in RATIOS {
        let it = Candidate::new(body, forest.clone(), ratio * body.aspect);
        if best.as_ref().is_none_or(|best| it.cost < best.cost) {
            best = Some(it);
        }
    }
    let mut best = best.expect("there are ratios to try");
    if body.ground <= SMALL && !best.forest.links.is_empty() {
        improve(body, &mut best);
    }
    best.picture
}

/// A change to a forest.
#[derive(Clone, Copy)]
enum Move {
    /// Swaps a child with the next.
    Swap(usize, usize),
    /// Hangs a vertex by another of its edges.
    Hang(usize),
}

/// Climbs the hill: swaps neighbours and hangs vertices elsewhere while the picture gets better, until nothing
/// helps or the work allowed is done. The work is counted in boxes, not in seconds, so the result is the same
/// on every machine.
fn improve(body: &Body, best: &mut Candidate) {
    let mut left = WORK / body.ground.max(1);
    loop {
        let before = best.cost;
        for change in moves(body, &best.forest) {
            if left == 0 {
                return;
            }
            if let Some(forest) = changed(body, &best.forest, change) {
                left -= 1;
                let it = Candidate::new(body, forest, best.ratio);
                if it.cost < best.cost * 0.995 {
                    *best = it;
                }
            }
        }
        if best.cost >= before {
            return;
        }
    }
}

/// What could be changed: everything that has to do with links.
fn moves(body: &Body, forest: &Forest) -> Vec<Move> {
    let mut linked = vec![false; body.ground + 1];
    for &edge in &forest.links {
        for end in [body.arc(edge).from, body.arc(edge).to] {
            let mut vertex = end;
            while !std::mem::replace(&mut linked[vertex], true) {
                vertex = forest.parent[vertex];
            }
        }
    }
    let mut moves: Vec<Move> = forest.links.iter().map(|&it| Move::Hang(it)).collect();
    for vertex in 0..=body.ground {
        let below = &forest.children[vertex];
        let pairs = (1..below.len()).filter(|&it| linked[below[it - 1]] || linked[below[it]]);
        moves.extend(pairs.map(|it| Move::Swap(vertex, it - 1)));
    }
    moves
}

/// The forest after a change, if it is possible.
fn changed(body: &Body, forest: &Forest, change: Move) -> Option<Forest> {
    match change {
        Move::Swap(vertex, index) => {
            let below = forest.children[vertex].get(index..index + 2)?;
            let side = |it: usize| body.undercutters.binary_search(&(vertex, it)).is_ok();
            if side(below[0]) != side(below[1]) {
                return None;
            }
            let mut forest = forest.clone();
            forest.children[vertex].swap(index, index + 1);
            Some(forest)
        }
        Move::Hang(edge) if forest.links.binary_search(&edge).is_ok() => {
            forest.with_stem(body, edge)
        }
        Move::Hang(_) => None,
    }
}
