//! The best of several pictures.

use rayon::iter::{IntoParallelRefIterator as _, ParallelIterator as _};

use super::blocks::{Corridors, place, plan};
use super::compact::compact;
use super::engine::{Body, Picture, run};
use super::forest::{Forest, Preference};
use super::{order, quality};

/// The shapes of blocks that are tried, relative to the shape of the page.
const RATIOS: [f64; 7] = [0.3, 0.6, 1.0, 1.6, 2.5, 4.0, 8.0];
/// Maps whose links climb more levels than this are laid out once only.
const HEAVY: usize = 2_000_000;
/// Larger maps are not improved.
const MIDDLING: usize = 1000;
/// Larger maps are not compacted.
const LARGE: usize = 3000;
/// Maps of up to so many vertices are small: people put them into reports, and look at every line.
const SMALL: usize = 250;
/// Small maps are improved from several seeds of chance, and the best result is kept.
const SEEDS: [u64; 4] = [0x5eed, 0xa11ce, 0xb0b, 0xca7];
/// What a small map is worth.
const CARE: Effort = Effort {
    rough: 800_000,
    fine: 120_000,
};
/// What a larger one is worth, so that it is there in a moment.
const HASTE: Effort = Effort {
    rough: 4000,
    fine: 300,
};
/// At most so many changes for each vertex are judged roughly.
const MOST_ROUGH: usize = 64;
/// At most so many changes for each vertex are judged by the finished picture.
const MOST_FINE: usize = 10;
/// How many steps ago the picture was that a change is compared with.
const MEMORY: usize = 200;

/// How many boxes are laid out in all while a picture is improved.
#[derive(Clone, Copy)]
struct Effort {
    /// While changes are judged roughly.
    rough: usize,
    /// While they are judged by the finished picture.
    fine: usize,
}

/// A forest with the picture it gives.
#[derive(Clone)]
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

/// Lays the diagram out for blocks of several shapes and keeps the best; then improves it.
pub(super) fn best(body: &Body) -> Picture {
    let mut starts: Vec<(f64, Forest, f64)> = Vec::new();
    for preference in [Preference::Deepest, Preference::First] {
        let mut forest = Forest::plant(body, preference);
        order::arrange(body, &mut forest);
        let heavy = climbs(body, &forest) > HEAVY;
        for ratio in if heavy { &RATIOS[2..3] } else { &RATIOS[..] } {
            let ratio = ratio * body.aspect;
            starts.push((judge(body, &forest, ratio), forest.clone(), ratio));
        }
        if heavy || forest.links.is_empty() {
            break;
        }
    }
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    let finished = starts.into_iter().take(n_finished(body.ground));
    let start = finished
        .map(|(_, forest, ratio)| Candidate::new(body, forest, ratio))
        .reduce(|best, it| if it.cost < best.cost { it } else { best })
        .expect("there are ratios to try");
    let (effort, seeds) = if body.ground <= SMALL {
        (CARE, &SEEDS[..])
    } else {
        (HASTE, &SEEDS[..1])
    };
    // The climbs know nothing of each other, and the first of equal ones is kept: threads change no picture.
    let climbed: Vec<Candidate> = seeds
        .par_iter()
        .map(|seed| improve(body, &start, effort, *seed))
        .collect();
    let mut best = climbed
        .into_iter()
        .reduce(|best, it| if it.cost < best.cost { it } else { best })
        .expect("there are seeds to try");
    if body.ground <= LARGE {
        compact(body, &best.forest, &mut best.picture);
    }
    best.picture
}

/// How many of the pictures that look best roughly are finished and compared.
fn n_finished(vertices: usize) -> usize {
    if vertices <= SMALL {
        usize::MAX
    } else if vertices <= MIDDLING {
        3
    } else {
        1
    }
}

/// What a forest will about cost.
fn judge(body: &Body, forest: &Forest, ratio: f64) -> f64 {
    let plan = plan(body, forest, ratio);
    let place = place(body, forest, &plan, &Corridors::ordinary(&plan));
    quality::rough(body, forest, &place)
}

/// How many levels all links together may have to climb.
fn climbs(body: &Body, forest: &Forest) -> usize {
    let depth = forest.depths(body.ground);
    let levels = |&edge: &usize| depth[body.arc(edge).from] + depth[body.arc(edge).to];
    forest.links.iter().map(levels).sum()
}

/// A change to a forest.
#[derive(Clone, Copy)]
enum Move {
    /// Swaps a child with the next.
    Swap(usize, usize),
    /// Hangs a vertex by another of its edges.
    Hang(usize),
    /// Puts the children of a vertex into so many columns.
    Columns(usize, usize),
}

/// Improves a picture: many changes are judged by where boxes would be, then fewer by the finished picture.
/// Chance comes from a fixed seed and the work is counted in boxes, not in seconds, so the result is the same
/// on every machine.
fn improve(body: &Body, start: &Candidate, effort: Effort, seed: u64) -> Candidate {
    if body.ground > MIDDLING || body.ground < 3 {
        return start.clone();
    }
    let ratio = start.ratio;
    let tries = (effort.rough / body.ground).min(MOST_ROUGH * body.ground);
    let judge = |it: &Forest| judge(body, it, ratio);
    let rough = climb(body, &start.forest, (tries, seed), &judge);
    let it = Candidate::new(body, rough, ratio);
    let best = if it.cost < start.cost { &it } else { start };
    let finish = |it: &Forest| Candidate::new(body, it.clone(), ratio).cost;
    let tries = (effort.fine / body.ground).min(MOST_FINE * body.ground);
    let fine = climb(body, &best.forest, (tries, seed), &finish);
    Candidate::new(body, fine, ratio)
}

/// Makes random changes: late acceptance hill climbing (Burke and Bykov 2017), which takes a change when the
/// result is better than it was some steps ago. Returns the best forest found.
fn climb(
    body: &Body,
    start: &Forest,
    (tries, seed): (usize, u64),
    judge: &dyn Fn(&Forest) -> f64,
) -> Forest {
    let (mut here, mut best) = (start.clone(), start.clone());
    let mut cost = judge(start);
    let mut least = cost;
    let mut dice = Dice(seed);
    let memory = (tries / 50).clamp(1, MEMORY);
    let mut past = vec![cost; memory];
    let mut all = moves(body, &here);
    for step in 0..tries {
        if all.is_empty() {
            break;
        }
        let change = all[dice.below(all.len())];
        let Some(forest) = changed(body, &here, change) else {
            continue;
        };
        let new = judge(&forest);
        let slot = step % past.len();
        if new <= cost || new <= past[slot] {
            (here, cost) = (forest, new);
            all = moves(body, &here);
            if cost < least {
                (best, least) = (here.clone(), cost);
            }
        }
        past[slot] = past[slot].min(cost);
    }
    best
}

/// The linear congruential generator of Knuth's MMIX.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % bound.max(1)
    }
}

/// What could be changed: the columns, from the top, and everything that has to do with links.
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
    let mut moves = column_moves(body, forest);
    moves.extend(forest.links.iter().map(|&it| Move::Hang(it)));
    for vertex in 0..=body.ground {
        let below = &forest.children[vertex];
        let pairs = (1..below.len()).filter(|&it| linked[below[it - 1]] || linked[below[it]]);
        moves.extend(pairs.map(|it| Move::Swap(vertex, it - 1)));
    }
    moves
}

/// Other numbers of columns for every vertex, the highest ones first.
fn column_moves(body: &Body, forest: &Forest) -> Vec<Move> {
    let mut moves = Vec::new();
    for vertex in forest.top_down(body.ground) {
        let most = forest.children[vertex].len();
        if most > 1 {
            let few = [1, 2, 3, 4, most * 2 / 3, most];
            let numbers: std::collections::BTreeSet<usize> = few
                .into_iter()
                .filter(|it| *it <= most && *it > 0)
                .collect();
            moves.extend(numbers.into_iter().map(|it| Move::Columns(vertex, it)));
        }
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
        Move::Columns(vertex, number) if forest.wanted.get(&vertex) != Some(&number) => {
            let mut forest = forest.clone();
            forest.wanted.insert(vertex, number);
            Some(forest)
        }
        Move::Hang(_) | Move::Columns(..) => None,
    }
}
