//! The minimal sets themselves, the smallest first.

use rustc_hash::{FxHashMap, FxHashSet};

use super::gates::{Gates, Node};
use super::least::Sizes;
use super::limits::{Stop, Work};
use super::modules::Modules;
use super::search::{Ended, Question, Search, Task};

/// What has been found of the minimal sets for the top.
pub(super) struct Found {
    /// The sets by size, each sorted.
    pub(super) sets: Vec<Vec<Node>>,
    /// Every set of at most this size is there.
    pub(super) complete_to: usize,
    /// Why there may be more.
    pub(super) stopped: Option<Stop>,
    /// For each event, the sets that it is in, where sets may contain each other.
    with: FxHashMap<Node, Vec<usize>>,
    known: FxHashSet<Vec<Node>>,
}

/// Which sets are wanted.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// The greatest size.
    pub(super) max_size: usize,
    /// The greatest number.
    pub(super) max_sets: usize,
}

impl Found {
    /// Lists the minimal sets by growing size, until no more are wanted or the work is used up.
    pub(super) fn of(
        (gates, modules): (&Gates, &Modules),
        question: Question,
        sizes: &Sizes,
        wanted: Wanted,
        work: &mut Work,
    ) -> Self {
        let mut found = Self {
            sets: Vec::new(),
            complete_to: 0,
            stopped: None,
            with: FxHashMap::default(),
            known: FxHashSet::default(),
        };
        let mut search = Search::new(gates, modules, question);
        let is_tree = modules.is_tree();
        let mut limit = sizes.at_least[Gates::TOP.index()];
        loop {
            found.complete_to = limit as usize - 1;
            if limit as usize > wanted.max_size {
                found.complete_to = wanted.max_size;
                found.stopped = Some(Stop::Order);
                break;
            }
            let task = Task {
                top: Gates::TOP,
                sizes: &sizes.at_least,
                stops_at_modules: false,
                limit,
            };
            let ended = search.run(task, work, |set, work| {
                // Smaller ones are known from before.
                set.len() == limit as usize && found.add(set, is_tree, wanted.max_sets, work)
            });
            match ended {
                Ended::AtLimit(next) => limit = next,
                Ended::Exhausted => {
                    found.complete_to = gates.events().count();
                    break;
                }
                Ended::Enough => found.stopped = Some(Stop::Sets),
                Ended::OutOfWork => found.stopped = Some(Stop::Work),
            }
            if found.stopped.is_some() {
                break;
            }
        }
        found
    }

    /// Adds a set that is new and has none of the others in it, and says whether there is one too many.
    ///
    /// All smaller minimal sets are known, since they come by size.
    fn add(&mut self, mut set: Vec<Node>, is_tree: bool, max_sets: usize, work: &mut Work) -> bool {
        set.sort_unstable();
        if !is_tree && (self.known.contains(&set) || self.has_known_part(&set, work)) {
            return false;
        }
        if self.sets.len() == max_sets {
            return true;
        }
        if !is_tree {
            for event in &set {
                self.with.entry(*event).or_default().push(self.sets.len());
            }
            self.known.insert(set.clone());
        }
        self.sets.push(set);
        false
    }

    fn has_known_part(&self, set: &[Node], work: &mut Work) -> bool {
        let mut n_shared: FxHashMap<usize, usize> = FxHashMap::default();
        for event in set {
            let with = self.with.get(event).map_or(&[][..], Vec::as_slice);
            work.spend(with.len());
            for &known in with {
                let n = n_shared.entry(known).or_default();
                *n += 1;
                if *n == self.sets[known].len() {
                    return true;
                }
            }
        }
        false
    }
}
