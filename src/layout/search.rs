//! The best of several pictures.

use std::panic::resume_unwind;
use std::thread;

use super::blocks::Plan;
use super::compact::compact;
use super::engine::{Body, Picture, run};
use super::forest::{Forest, Preference};
use super::sketch::{Move, Sketch};
use super::{order, quality};

/// The shapes of blocks that are tried, relative to the shape of the page.
const RATIOS: [f64; 7] = [0.3, 0.6, 1.0, 1.6, 2.5, 4.0, 8.0];
/// Maps whose links climb more levels than this are laid out once only.
const HEAVY: usize = 2_000_000;
/// Up to so many boxes and junctions a map is small: it is there at once.
const SMALL: usize = 60;
/// Larger maps are not compacted.
const LARGE: usize = 3000;
/// How many steps ago the sketch was that a change is compared with.
const MEMORY: usize = 50;
/// How many levels links may climb in all while sketches are improved: maps with more links get fewer tries.
const CLIMBS: usize = 12_000_000;
/// The seed of chance: the same map gives the same picture.
const SEED: u64 = 0x5eed;

/// What a map is worth. Small ones are put into reports, where people look at every line; all are to be there in
/// a moment.
struct Effort {
    /// How many of the roughest sketches are improved.
    starts: usize,
    /// How many changes of each are judged by where boxes are.
    by_place: usize,
    /// How many changes of each are then judged by the ways of links.
    by_way: usize,
}

impl Effort {
    fn of(body: &Body, climbs: usize) -> Self {
        let (starts, by_place, by_way) = match body.ground {
            0..=SMALL => (4, 200, 80),
            61..=400 => (2, 800, 60),
            401..=LARGE => (1, 2000, 100),
            _ => (1, 2000, 0),
        };
        let most = CLIMBS / (climbs + 1);
        Self {
            starts,
            by_place: by_place.min(most),
            by_way: by_way.min(most / 20),
        }
    }
}

/// The picture that a sketch gives.
struct Candidate {
    plan: Plan,
    picture: Picture,
    cost: f64,
}

impl Candidate {
    fn new(body: &Body, sketch: &Sketch<'_>) -> Self {
        let (forest, plan) = sketch.planned();
        let picture = run(body, &forest, &plan);
        let cost = quality::cost(body, &picture);
        Self {
            plan,
            picture,
            cost,
        }
    }
}

/// Sketches the diagram for blocks of several shapes, improves the best sketches and keeps the best picture.
pub(super) fn best(body: &Body) -> Picture {
    let (sketches, effort) = sketches(body);
    let mut best = improved(body, sketches, &effort)
        .into_iter()
        .reduce(|best, it| if it.cost < best.cost { it } else { best })
        .expect("there are ratios to try");
    // Frames would have to move with what is in them.
    if body.ground <= LARGE && body.frames.is_empty() {
        compact(body, &best.plan, &mut best.picture);
    }
    best.picture
}

/// The first sketches with what they cost, and what the diagram is worth.
fn sketches(body: &Body) -> (Vec<(f64, Sketch<'_>)>, Effort) {
    let mut sketches: Vec<(f64, Sketch<'_>)> = Vec::new();
    let mut most = 0;
    for preference in [Preference::Deepest, Preference::First] {
        let mut forest = Forest::plant(body, preference);
        order::arrange(body, &mut forest);
        let climbs = climbs(body, &forest);
        most = most.max(climbs);
        let heavy = climbs > HEAVY;
        for ratio in if heavy { &RATIOS[2..3] } else { &RATIOS[..] } {
            let sketch = Sketch::new(body, &forest, ratio * body.aspect);
            sketches.push((sketch.cost(), sketch));
        }
        if heavy || forest.links.is_empty() {
            break;
        }
    }
    (sketches, Effort::of(body, most))
}

/// Improves the best sketches and gives their pictures.
fn improved(body: &Body, mut sketches: Vec<(f64, Sketch<'_>)>, effort: &Effort) -> Vec<Candidate> {
    sketches.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Where different shapes of blocks gave the same sketch, one of it is enough.
    sketches.dedup_by(|a, b| a.0.total_cmp(&b.0).is_eq());
    sketches.truncate(effort.starts);
    // Each has dice of its own, so that the picture does not depend on which is done first.
    let finish = |sketches: Vec<(f64, Sketch<'_>)>| -> Vec<Candidate> {
        let sketches = sketches.into_iter();
        sketches
            .map(|(_, mut sketch)| {
                let mut dice = Dice(SEED);
                improve(&mut sketch, effort.by_place, &mut dice, |it| it.cost());
                improve(&mut sketch, effort.by_way, &mut dice, Sketch::cost_of_ways);
                Candidate::new(body, &sketch)
            })
            .collect()
    };
    let others = sketches.split_off(sketches.len().div_ceil(2));
    if others.is_empty() {
        return finish(sketches);
    }
    // One more thread: a small map is drawn before all cores are at work.
    thread::scope(|scope| {
        let others = scope.spawn(|| finish(others));
        let mut all = finish(sketches);
        all.extend(others.join().unwrap_or_else(|it| resume_unwind(it)));
        all
    })
}

/// How many levels all links together may have to climb.
fn climbs(body: &Body, forest: &Forest) -> usize {
    let depth = forest.depths(body.ground);
    let levels = |&edge: &usize| depth[body.arc(edge).from] + depth[body.arc(edge).to];
    forest.links.iter().map(levels).sum()
}

/// Improves a sketch by changes drawn by lot and gives its cost, as `judge` has it.
///
/// Late acceptance hill climbing (Burke and Bykov, "The late acceptance Hill-Climbing heuristic", 2017): a change
/// is kept if the sketch is then no worse than it is, or than it was a while ago. The best one seen is kept.
fn improve<'a>(
    sketch: &mut Sketch<'a>,
    tries: usize,
    dice: &mut Dice,
    judge: impl Fn(&mut Sketch<'a>) -> f64,
) -> f64 {
    let mut cost = judge(sketch);
    let (mut least, mut best) = (cost, None);
    let mut past = vec![cost; (tries / 50).clamp(1, MEMORY)];
    let mut moves = sketch.moves();
    if moves.is_empty() {
        return cost;
    }
    for step in 0..tries {
        let change = moves[dice.below(moves.len())];
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
            if let Move::Hang(_) = change {
                moves = sketch.moves();
            }
        }
        past[slot] = past[slot].min(cost);
    }
    if let Some(best) = best.filter(|_| cost > least) {
        sketch.come_back(&best);
    }
    least
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
