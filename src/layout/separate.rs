//! Numbers as near as possible to where they want to be, in order and apart.
//!
//! The active-set method of Dwyer, Marriott and Stuckey ("Fast node overlap removal", 2005) in its incremental
//! form: variables that push against each other form a block that moves as one; a block splits where its parts
//! pull away from each other.

/// `right` is to stay at least `least` above `left`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Gap {
    pub(super) left: usize,
    pub(super) right: usize,
    pub(super) least: f64,
}

/// How often the gaps are gone through for one answer.
const SWEEPS: usize = 40;
/// What counts as touching.
const NEAR: f64 = 1e-6;

/// The variables with the blocks that they form; blocks are kept from one call to the next.
pub(super) struct Separator<'a> {
    gaps: &'a [Gap],
    /// The active gaps of each variable: those that hold it in its block.
    held: Vec<Vec<usize>>,
    active: Vec<bool>,
    block: Vec<usize>,
    offset: Vec<f64>,
    members: Vec<Vec<usize>>,
    /// Of each block: the sum of weight × (wanted - offset), and the sum of weights.
    pull: Vec<(f64, f64)>,
    /// Where each block is: the one by the other.
    at: Vec<f64>,
    /// Blocks without members.
    free: Vec<usize>,
    wanted: Vec<f64>,
    weight: Vec<f64>,
}

impl<'a> Separator<'a> {
    pub(super) fn new(count: usize, gaps: &'a [Gap]) -> Self {
        Self {
            gaps,
            held: vec![Vec::new(); count],
            active: vec![false; gaps.len()],
            block: (0..count).collect(),
            offset: vec![0.0; count],
            members: (0..count).map(|it| vec![it]).collect(),
            pull: vec![(0.0, 1.0); count],
            at: vec![0.0; count],
            free: Vec::new(),
            wanted: vec![0.0; count],
            weight: vec![1.0; count],
        }
    }

    /// The values nearest to those wanted, each (value, weight), in the sense of weighted least squares.
    /// About O(variables × gaps) at worst; the caller checks the gaps, for the work is bounded.
    pub(super) fn nearest(&mut self, wanted: &[(f64, f64)]) -> Vec<f64> {
        for (index, it) in wanted.iter().enumerate() {
            (self.wanted[index], self.weight[index]) = *it;
        }
        self.split_all();
        for _ in 0..SWEEPS {
            let mut done = true;
            for gap in 0..self.gaps.len() {
                if !self.active[gap] && self.slack(gap) < -NEAR {
                    self.obey(gap);
                    done = false;
                }
            }
            if done {
                break;
            }
        }
        (0..self.block.len()).map(|it| self.value(it)).collect()
    }

    /// Joins the blocks on both sides of a gap that is too small.
    fn obey(&mut self, gap: usize) {
        let Gap { left, right, .. } = self.gaps[gap];
        if self.block[left] == self.block[right] {
            let Some(weak) = self.weakest_between(left, right) else {
                return;
            };
            self.split(weak);
        }
        if self.slack(gap) < -NEAR && self.block[left] != self.block[right] {
            self.merge(gap);
        }
    }

    fn value(&self, variable: usize) -> f64 {
        self.at[self.block[variable]] + self.offset[variable]
    }

    fn slack(&self, gap: usize) -> f64 {
        let it = self.gaps[gap];
        self.value(it.right) - self.value(it.left) - it.least
    }

    /// Sums up where the members of a block want it.
    fn settle(&mut self, block: usize) {
        let (mut sum, mut weight) = (0.0, 0.0);
        for &it in &self.members[block] {
            sum += self.weight[it] * (self.wanted[it] - self.offset[it]);
            weight += self.weight[it];
        }
        self.pull[block] = (sum, weight);
        self.at[block] = sum / weight;
    }

    fn merge(&mut self, gap: usize) {
        let it = self.gaps[gap];
        let (one, other) = (self.block[it.left], self.block[it.right]);
        let shift = self.offset[it.left] + it.least - self.offset[it.right];
        let (keep, drop, shift) = if self.members[one].len() >= self.members[other].len() {
            (one, other, shift)
        } else {
            (other, one, -shift)
        };
        for member in std::mem::take(&mut self.members[drop]) {
            self.block[member] = keep;
            self.offset[member] += shift;
            self.members[keep].push(member);
        }
        self.active[gap] = true;
        for end in [it.left, it.right] {
            self.held[end].push(gap);
        }
        self.free.push(drop);
        let (pull, weight) = self.pull[drop];
        self.pull[keep].0 += pull - weight * shift;
        self.pull[keep].1 += weight;
        self.at[keep] = self.pull[keep].0 / self.pull[keep].1;
    }

    /// Splits every block where its parts pull away from each other.
    fn split_all(&mut self) {
        for block in 0..self.members.len() {
            if !self.members[block].is_empty() {
                self.settle(block);
            }
        }
        for block in 0..self.members.len() {
            for _ in 0..self.members[block].len().min(16) {
                let weakest = self
                    .forces(self.members[block][0])
                    .into_iter()
                    .map(|it| (it.force, it.gap))
                    .min_by(|a, b| a.0.total_cmp(&b.0));
                match weakest {
                    Some((force, gap)) if force < -NEAR => self.split(gap),
                    _ => break,
                }
            }
        }
    }

    /// Takes a block apart at an active gap.
    fn split(&mut self, gap: usize) {
        self.active[gap] = false;
        let it = self.gaps[gap];
        for end in [it.left, it.right] {
            self.held[end].retain(|other| *other != gap);
        }
        let old = self.block[it.left];
        let apart: Vec<usize> = self.reach(it.right).into_iter().map(|it| it.0).collect();
        let new = self.free.pop();
        let new = new.expect(
            "there are as many places for blocks as variables, and this block has two members",
        );
        for &member in &apart {
            self.block[member] = new;
        }
        self.members[new] = apart;
        let block = &self.block;
        self.members[old].retain(|&member| block[member] == old);
        self.settle(old);
        self.settle(new);
    }

    /// The variables of a block from `start` on, each with the index of the one before it and the gap between.
    fn reach(&self, start: usize) -> Vec<(usize, usize, usize)> {
        let mut found = vec![(start, usize::MAX, usize::MAX)];
        let mut next = 0;
        while next < found.len() {
            let (variable, _, came) = found[next];
            for &gap in self.held[variable].iter().filter(|gap| **gap != came) {
                let Gap { left, right, .. } = self.gaps[gap];
                let other = if left == variable { right } else { left };
                found.push((other, next, gap));
            }
            next += 1;
        }
        found
    }

    /// The forces on the active gaps of the block of `start`.
    fn forces(&self, start: usize) -> Vec<Force> {
        let found = self.reach(start);
        let pull = |it: usize| self.weight[it] * (self.value(it) - self.wanted[it]);
        let mut sums: Vec<f64> = found.iter().map(|it| pull(it.0)).collect();
        let mut forces = Vec::with_capacity(found.len());
        for index in (1..found.len()).rev() {
            let (variable, before, gap) = found[index];
            sums[before] += sums[index];
            let force = if self.gaps[gap].right == variable {
                sums[index]
            } else {
                -sums[index]
            };
            forces.push(Force { gap, force });
        }
        forces
    }

    /// The gap on the way from `left` to `right`, leading that way, that is needed least.
    fn weakest_between(&self, left: usize, right: usize) -> Option<usize> {
        let found = self.reach(left);
        let forces = self.forces(left);
        let mut index = found.iter().position(|it| it.0 == right)?;
        let mut weakest: Option<(f64, usize)> = None;
        while index > 0 {
            let (variable, before, gap) = found[index];
            // `forces` runs backwards over `found`, without its first.
            let force = forces[found.len() - 1 - index].force;
            if self.gaps[gap].right == variable && weakest.is_none_or(|it| force < it.0) {
                weakest = Some((force, gap));
            }
            index = before;
        }
        weakest.map(|it| it.1)
    }
}

/// How strongly an active gap is pressed; below zero its sides pull away from each other.
struct Force {
    gap: usize,
    force: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_that_push_share_the_pain() {
        let gaps = [
            Gap {
                left: 0,
                right: 1,
                least: 10.0,
            },
            Gap {
                left: 1,
                right: 2,
                least: 10.0,
            },
        ];
        let mut it = Separator::new(3, &gaps);
        let near = |a: Vec<f64>, b: [f64; 3]| a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6);
        assert!(near(
            it.nearest(&[(5.0, 1.0), (5.0, 1.0), (5.0, 1.0)]),
            [-5.0, 5.0, 15.0]
        ));
        assert!(near(
            it.nearest(&[(0.0, 1.0), (5.0, 1.0), (80.0, 1.0)]),
            [-2.5, 7.5, 80.0]
        ));
    }
}
