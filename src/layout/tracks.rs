//! Parallel tracks for edges that share a corridor.

/// The side of a corridor towards which an edge leaves it: above and left, or below and right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Turn {
    /// Above a channel, to the left of a gutter.
    Before,
    /// Below a channel, to the right of a gutter.
    After,
}

/// A stretch of an edge along a corridor, from `low` to `high`, and where it leads at both ends.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub(super) low: f64,
    pub(super) high: f64,
    pub(super) turns: (Turn, Turn),
}

/// Between two stretches in one track.
const CLEARANCE: f64 = 5.0;
/// A stretch shorter than this goes straight across and needs no track.
const STRAIGHT: f64 = 0.5;
/// So many stretches are compared with each other: that is sooner done than looking them up.
const FEW: usize = 24;

/// Gives every stretch a track, counted from the side *before* the corridor; returns them with how many tracks
/// there are. O(k log k).
///
/// This is channel routing as in chip design: the left-edge algorithm (Hashimoto and Stevens, 1971) with the
/// order of stretches chosen so that those which leave on one side do not cross those that pass.
pub(super) fn assign(stretches: &[Stretch]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..stretches.len()).collect();
    order.sort_by(|&a, &b| {
        rank(&stretches[a])
            .partial_cmp(&rank(&stretches[b]))
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    face(stretches, &mut order);
    let tracks = if stretches.len() <= FEW {
        stack_few(stretches, &order)
    } else {
        stack_many(stretches, &order)
    };
    let taken = tracks
        .iter()
        .zip(stretches)
        .filter(|it| !it.1.is_straight());
    let count = taken.map(|it| it.0 + 1).max().unwrap_or(0);
    (tracks, count)
}

/// Where two stretches start at the same place, one coming from before the corridor and the other from behind it, puts
/// that from before first: else the legs on which they come would lie on each other. O(k log k).
///
/// These are the vertical constraints of channel routing; all others are kept by the order of the classes. Where the two
/// end at the same place, too, no order helps.
fn face(stretches: &[Stretch], order: &mut [usize]) {
    let class = |from: u8| order.partition_point(|&it| rank(&stretches[it]).0 < from);
    let (rising, falling) = (class(1)..class(2), class(2)..class(3));
    if rising.is_empty() || falling.is_empty() {
        return;
    }
    let others = &order[rising.clone()];
    let faced = |it: usize| {
        let low = stretches[it].low;
        let first = others.partition_point(|&other| stretches[other].low <= low - CLEARANCE);
        let faces = others
            .get(first)
            .is_some_and(|&other| stretches[other].low < low + CLEARANCE);
        faces.then_some(rising.start + first)
    };
    let moved: Vec<Option<usize>> = falling.clone().map(|at| faced(order[at])).collect();
    if moved.iter().all(Option::is_none) {
        return;
    }
    let key = |at: usize| {
        let before = at.checked_sub(falling.start).and_then(|it| *moved.get(it)?);
        before.map_or((at, true), |first| (first, false))
    };
    let mut keys: Vec<((usize, bool), usize)> =
        (0..order.len()).map(|at| (key(at), order[at])).collect();
    keys.sort_by_key(|it| it.0);
    for (place, (_, it)) in order.iter_mut().zip(keys) {
        *place = it;
    }
}

/// Puts each stretch above those before it in the order that it is beside. O(k²).
fn stack_few(stretches: &[Stretch], order: &[usize]) -> Vec<usize> {
    let mut tracks = vec![0; stretches.len()];
    for (place, &index) in order.iter().enumerate() {
        let it = &stretches[index];
        if it.is_straight() {
            continue;
        }
        let (low, high) = it.bounds();
        let beside = |&&other: &&usize| {
            let (other_low, other_high) = stretches[other].bounds();
            !stretches[other].is_straight() && low < other_high && other_low < high
        };
        let before = order[..place].iter().filter(beside);
        tracks[index] = before.map(|&it| tracks[it] + 1).max().unwrap_or(0);
    }
    tracks
}

/// The same in O(k log k).
fn stack_many(stretches: &[Stretch], order: &[usize]) -> Vec<usize> {
    let mut bounds: Vec<f64> = stretches
        .iter()
        .flat_map(|it| <[f64; 2]>::from(it.bounds()))
        .collect();
    bounds.sort_by(f64::total_cmp);
    bounds.dedup();
    let mut skyline = Skyline::new(bounds.len());
    let mut tracks = vec![0; stretches.len()];
    for &index in order {
        let it = &stretches[index];
        if it.is_straight() {
            continue;
        }
        let from = bounds.partition_point(|bound| *bound < it.bounds().0);
        let to = bounds.partition_point(|bound| *bound < it.bounds().1);
        let height = skyline.highest(from, to);
        tracks[index] = height;
        skyline.raise(from, to, height + 1);
    }
    tracks
}

impl Stretch {
    /// Whether it goes straight across the corridor.
    fn is_straight(&self) -> bool {
        self.high - self.low < STRAIGHT
    }

    /// The range that is its own.
    fn bounds(&self) -> (f64, f64) {
        (self.low - CLEARANCE, self.high + CLEARANCE)
    }
}

/// The key by which stretches are stacked: class first, then what keeps that class free of crossings.
fn rank(it: &Stretch) -> (u8, f64, f64) {
    let length = it.high - it.low;
    match it.turns {
        (Turn::Before, Turn::Before) => (0, length, it.low),
        (Turn::After, Turn::Before) => (1, it.low, it.high),
        (Turn::Before, Turn::After) => (2, -it.high, -it.low),
        (Turn::After, Turn::After) => (3, -length, it.low),
    }
}

/// The greatest height over ranges of cells: a segment tree without pushing down.
struct Skyline {
    leaves: usize,
    highest: Vec<usize>,
    cover: Vec<usize>,
}

impl Skyline {
    fn new(cells: usize) -> Self {
        let leaves = cells.max(1).next_power_of_two();
        Self {
            leaves,
            highest: vec![0; 2 * leaves],
            cover: vec![0; 2 * leaves],
        }
    }

    /// The greatest height in `from..to`.
    fn highest(&self, from: usize, to: usize) -> usize {
        let mut best = 0;
        self.pieces(from, to, |node| best = best.max(self.highest[node]));
        for end in [from, to.saturating_sub(1).max(from)] {
            let mut node = usize::midpoint(end, self.leaves);
            while node > 0 {
                best = best.max(self.cover[node]);
                node /= 2;
            }
        }
        best
    }

    /// Raises `from..to` to at least `height`.
    fn raise(&mut self, from: usize, to: usize, height: usize) {
        let mut nodes = Vec::new();
        self.pieces(from, to, |node| nodes.push(node));
        for node in nodes {
            self.cover[node] = self.cover[node].max(height);
            self.highest[node] = self.highest[node].max(height);
        }
        for end in [from, to.saturating_sub(1).max(from)] {
            let mut node = usize::midpoint(end, self.leaves);
            while node > 0 {
                let below = self.highest[2 * node].max(self.highest[2 * node + 1]);
                self.highest[node] = self.highest[node].max(below).max(self.cover[node]);
                node /= 2;
            }
        }
    }

    /// The nodes that together cover `from..to`.
    fn pieces(&self, from: usize, to: usize, mut visit: impl FnMut(usize)) {
        let (mut left, mut right) = (from + self.leaves, to + self.leaves);
        while left < right {
            if left % 2 == 1 {
                visit(left);
                left += 1;
            }
            if right % 2 == 1 {
                right -= 1;
                visit(right);
            }
            left /= 2;
            right /= 2;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::dice::Dice;

    fn stretch(low: f64, high: f64, turns: (Turn, Turn)) -> Stretch {
        Stretch { low, high, turns }
    }

    #[test]
    fn stretches_that_overlap_get_different_tracks() {
        let all: Vec<Stretch> = (0..40u16)
            .map(|it| {
                stretch(
                    f64::from(it * 7 % 13) * 10.0,
                    135.0 + f64::from(it),
                    (Turn::Before, Turn::After),
                )
            })
            .collect();
        let (tracks, count) = assign(&all);
        assert_eq!(count, 40);
        assert_eq!(
            tracks
                .iter()
                .collect::<std::collections::BTreeSet<_>>()
                .len(),
            40
        );
    }

    #[test]
    fn few_and_many_are_stacked_alike() {
        let mut dice = Dice(11);
        for _ in 0..300 {
            let turns = [Turn::Before, Turn::After];
            let mut place = || f64::from(u16::try_from(dice.below(300)).expect("it is below 300"));
            let all: Vec<Stretch> = (0..20)
                .map(|it| {
                    let (a, b) = (place(), place());
                    stretch(a.min(b), a.max(b), (turns[it % 2], turns[it / 2 % 2]))
                })
                .collect();
            let order: Vec<usize> = (0..all.len()).rev().collect();
            assert_eq!(stack_few(&all, &order), stack_many(&all, &order));
        }
    }

    #[test]
    fn stretches_apart_share_a_track() {
        let all = [
            stretch(0.0, 10.0, (Turn::After, Turn::Before)),
            stretch(30.0, 40.0, (Turn::Before, Turn::After)),
        ];
        assert_eq!(assign(&all), (vec![0, 0], 1));
    }

    #[test]
    fn legs_that_come_from_both_sides_do_not_lie_on_each_other() {
        let from_before = stretch(0.0, 90.0, (Turn::Before, Turn::After));
        let from_behind = stretch(1.0, 60.0, (Turn::After, Turn::Before));
        assert_eq!(assign(&[from_behind, from_before]).0, vec![1, 0]);
        let ends_alike = stretch(30.0, 90.0, (Turn::After, Turn::Before));
        assert_eq!(assign(&[ends_alike, from_before]).0, vec![0, 1]);
    }

    #[test]
    fn the_outer_child_turns_nearer_to_the_parent() {
        let outer = stretch(0.0, 90.0, (Turn::After, Turn::Before));
        let inner = stretch(50.0, 100.0, (Turn::After, Turn::Before));
        assert_eq!(assign(&[inner, outer]).0, vec![1, 0]);
    }
}
