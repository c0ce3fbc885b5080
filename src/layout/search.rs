//! The best of several pictures.

use std::panic::resume_unwind;
use std::thread;

use super::compact::compact;
use super::dice::Dice;
use super::engine::{Body, Picture, run, run_roughly};
use super::forest::{Forest, Preference};
use super::order;
use super::quality::{self, DENSE};
use super::sketch::{Move, Sketch};

/// The shapes of blocks that are tried, relative to the shape of the page.
const RATIOS: [f64; 7] = [0.3, 0.6, 1.0, 1.6, 2.5, 4.0, 8.0];
/// Maps whose links climb more levels than this are laid out once only.
const HEAVY: usize = 2_000_000;
/// Larger maps are not compacted.
const LARGE: usize = 3000;
/// How many levels links may climb in all while sketches are improved: maps with more links get fewer tries.
const CLIMBS: usize = 12_000_000;
/// How much more a sketch may cost with siblings in document order.
const ORDER: f64 = 1.003;
/// The seed of chance: the same map gives the same picture.
const SEED: u64 = 0x5eed;

/// What a map is worth. The smallest ones are to be there at once; those of up to some 150 statements are put into
/// reports, where people look at every line; of larger ones there is more to do than there is time.
#[derive(Clone, Copy)]
struct Effort {
    /// How many sketches of each list are improved.
    starts: usize,
    /// How many changes of each are judged by where boxes are.
    by_place: usize,
    /// How many changes of each are then judged by the ways of links.
    by_way: usize,
    /// How many changes of the best of them are then judged by the pictures that they give.
    by_picture: usize,
    /// A sketch may be worse than it has been for one in so many of its changes: where each change can be tried a few
    /// times only, going up first does not pay.
    patience: usize,
}

impl Effort {
    /// What is done for up to so many boxes and junctions.
    const ALL: [(usize, Self); 5] = [
        (30, Self::new(2, [200, 80, 0], 8)),
        (150, Self::new(2, [1600, 300, 60], 30)),
        (400, Self::new(1, [800, 120, 0], 1000)),
        (LARGE, Self::new(1, [2000, 100, 0], 2000)),
        (usize::MAX, Self::new(1, [2000, 0, 0], 2000)),
    ];

    const fn new(starts: usize, changes: [usize; 3], patience: usize) -> Self {
        let [by_place, by_way, by_picture] = changes;
        Self {
            starts,
            by_place,
            by_way,
            by_picture,
            patience,
        }
    }

    /// What is done for a diagram, whose links climb so many levels.
    fn of(body: &Body, climbs: usize) -> Self {
        let of_size = Self::ALL.iter().find(|it| body.ground <= it.0);
        let (_, it) = of_size.expect("the last one is for all sizes");
        let most = CLIMBS / (climbs + 1);
        Self {
            by_place: it.by_place.min(most),
            by_way: it.by_way.min(most / 20),
            by_picture: it.by_picture.min(most / 20),
            ..*it
        }
    }
}

/// The picture that a sketch gives.
struct Candidate {
    picture: Picture,
    cost: f64,
}

impl Candidate {
    /// Draws it and pushes it together, unless there are frames, which would have to move with what is in them.
    fn new(body: &Body, sketch: &Sketch<'_>) -> Self {
        let (forest, plan) = sketch.planned();
        let mut picture = run(body, &forest, &plan);
        let is_small = body.ground <= LARGE && body.arcs.len() <= DENSE;
        if is_small && body.frames.is_empty() {
            compact(body, &plan, &mut picture);
        }
        let cost = quality::cost(body, &picture);
        Self { picture, cost }
    }

    /// The better one of two.
    fn better(self, other: Self) -> Self {
        if other.cost < self.cost { other } else { self }
    }
}

/// Sketches the diagram for blocks of several shapes, improves the best sketches and keeps the best picture.
pub(super) fn best(body: &Body) -> Picture {
    let (plants, heaviest) = plants(body);
    let effort = Effort::of(body, heaviest);
    let drafts = drafts(&plants, heaviest);
    let best = both(&drafts, |drafts| improved(body, drafts, &effort));
    best.picture
}

/// The forests to start from, and how many levels links climb in the one where they climb most.
fn plants(body: &Body) -> (Vec<Forest>, usize) {
    let mut plants: Vec<Forest> = Vec::new();
    let mut most = 0;
    for preference in [Preference::Deepest, Preference::First] {
        let mut forest = Forest::plant(body, preference);
        order::arrange(body, &mut forest);
        most = most.max(climbs(body, &forest));
        let known = plants.iter().any(|it| it.stem == forest.stem);
        if !known {
            plants.push(forest);
        }
        if most > HEAVY {
            break;
        }
    }
    (plants, most)
}

/// What to start from: two lists of forests with shapes of blocks, which are worked on side by side.
fn drafts(plants: &[Forest], heaviest: usize) -> [Vec<(&Forest, f64)>; 2] {
    let ratios = if heaviest > HEAVY {
        &RATIOS[2..3]
    } else {
        &RATIOS[..]
    };
    let with = |forest, ratios: &[f64]| ratios.iter().map(|it| (forest, *it)).collect();
    if let [one, other] = plants {
        return [with(one, ratios), with(other, ratios)];
    }
    let (some, others) = ratios.split_at(ratios.len().div_ceil(2));
    [with(&plants[0], some), with(&plants[0], others)]
}

/// Finds the better picture of two lists. One more thread is enough: a small map is drawn before all cores are at work.
fn both<T: Sync>(of: &[Vec<T>; 2], work: impl Fn(&[T]) -> Candidate + Sync) -> Candidate {
    let [one, other] = of;
    if other.is_empty() {
        return work(one);
    }
    thread::scope(|scope| {
        let other = scope.spawn(|| work(other));
        let one = work(one);
        one.better(other.join().unwrap_or_else(|it| resume_unwind(it)))
    })
}

/// Improves the best sketches of a list and gives the best picture.
fn improved<'a>(body: &'a Body, drafts: &[(&Forest, f64)], effort: &Effort) -> Candidate {
    let sketch = |&(forest, ratio): &(&Forest, f64)| {
        let sketch = Sketch::new(body, forest, ratio * body.aspect);
        (sketch.cost(), sketch)
    };
    let mut sketches: Vec<(f64, Sketch<'a>)> = drafts.iter().map(sketch).collect();
    sketches.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Where different shapes of blocks gave the same sketch, one of it is enough.
    sketches.dedup_by(|a, b| a.0.total_cmp(&b.0).is_eq());
    sketches.truncate(effort.starts);
    let tries = |number: usize| (number, effort.patience);
    let finish = |(_, mut it): (f64, Sketch<'a>)| {
        // Each has dice of its own, so that the picture does not depend on which is done first.
        let dice = &mut Dice(SEED);
        improve(&mut it, tries(effort.by_place), dice, Sketch::cost);
        improve(&mut it, tries(effort.by_way), dice, Sketch::cost_of_ways);
        tidy(&mut it, effort.by_way / 4);
        it
    };
    let cost = |it: &Sketch<'a>| {
        let (forest, plan) = it.planned();
        quality::cost(body, &run_roughly(body, &forest, &plan))
    };
    let mut best = cheapest(sketches.into_iter().map(finish).collect(), cost);
    improve(&mut best, tries(effort.by_picture), &mut Dice(SEED), cost);
    Candidate::new(body, &best)
}

/// The sketch that costs least; where there is one only, its cost is not looked for.
fn cheapest<'a>(mut all: Vec<Sketch<'a>>, cost: impl Fn(&Sketch<'a>) -> f64) -> Sketch<'a> {
    if all.len() > 1 {
        let costs: Vec<f64> = all.iter().map(cost).collect();
        let least = (0..all.len()).min_by(|&a, &b| costs[a].total_cmp(&costs[b]));
        all.swap(0, least.unwrap_or(0));
    }
    all.into_iter().next().expect("there are ratios to try")
}

/// How many levels all links together may have to climb.
fn climbs(body: &Body, forest: &Forest) -> usize {
    let depth = forest.depths(body.ground);
    let levels = |&edge: &usize| depth[body.arc(edge).from] + depth[body.arc(edge).to];
    forest.links.iter().map(levels).sum()
}

/// Improves a sketch by changes drawn by lot: it comes to cost less, as `judge` has it.
///
/// Late acceptance hill climbing (Burke and Bykov, "The late acceptance Hill-Climbing heuristic", 2017): a change
/// is kept if the sketch is then no worse than it is, or than it was a while ago. The best one seen is kept.
fn improve<'a>(
    sketch: &mut Sketch<'a>,
    (tries, patience): (usize, usize),
    dice: &mut Dice,
    judge: impl Fn(&Sketch<'a>) -> f64,
) {
    if tries == 0 {
        return;
    }
    let mut cost = judge(sketch);
    let (mut least, mut best) = (cost, None);
    let mut past = vec![cost; (tries / patience).max(1)];
    let mut moves = Vec::new();
    for step in 0..tries {
        // Everything is tried once before anything is tried again.
        if moves.is_empty() {
            moves = sketch.moves();
            dice.shuffle(&mut moves);
        }
        let Some(change) = moves.pop() else {
            break;
        };
        if !sketch.try_move(change) {
            continue;
        }
        let new = judge(sketch);
        let slot = step % past.len();
        if new > cost && new > past[slot] {
            sketch.undo();
        } else {
            if cost <= least && new > least {
                // The best one so far is about to be left.
                sketch.undo();
                best = Some(sketch.decisions());
                sketch.try_move(change);
            }
            cost = new;
            least = least.min(cost);
        }
        past[slot] = past[slot].min(cost);
    }
    if let Some(best) = best.filter(|_| cost > least) {
        sketch.come_back(&best);
    }
}

/// Puts siblings back into document order where that costs next to nothing; not more than so many times.
fn tidy(sketch: &mut Sketch<'_>, times: usize) {
    if times == 0 {
        return;
    }
    let mut cost = sketch.cost_of_ways();
    for vertex in sketch.unsorted().into_iter().take(times) {
        sketch.try_move(Move::Sort(vertex));
        let new = sketch.cost_of_ways();
        if new <= cost * ORDER {
            cost = new;
        } else {
            sketch.undo();
        }
    }
}
