//! How many events it takes: the least sizes of sets, module by module.

use rustc_hash::FxHashMap;

use super::derivation;
use super::gates::{Gate, Gates, Node};
use super::limits::Work;
use super::modules::Modules;
use super::search::{Ended, Question, Search, Task};

/// The least sizes of the sets that answer a question, for each node.
pub(super) struct Sizes {
    /// For each node, a size that no set is smaller than.
    pub(super) at_least: Vec<u32>,
    /// For modules with something shared in them, the parts of a smallest set.
    parts: FxHashMap<Node, Vec<Node>>,
    /// Whether the sizes of all modules are exact.
    is_exact: bool,
}

impl Sizes {
    /// Finds the least sizes from the bottom up.
    ///
    /// Linear on trees: the least of the inputs where one is enough, else their sum.
    /// A module in which something is shared is searched, with the modules in it for events, by growing size:
    /// the problem is NP-hard, so that the work may run out; then sizes are only bounds.
    pub(super) fn of(
        gates: &Gates,
        modules: &Modules,
        question: Question,
        work: &mut Work,
    ) -> Self {
        let mut sizes = Self {
            at_least: vec![0; gates.len()],
            parts: FxHashMap::default(),
            is_exact: true,
        };
        let mut search = Search::new(gates, modules, question);
        for &node in &modules.order {
            if gates.kind(node) == Gate::Event {
                sizes.at_least[node.index()] = 1;
                continue;
            }
            sizes.at_least[node.index()] = sizes.bound(gates, modules, question, node);
            let mut inputs = gates.inputs(node).iter();
            let is_simple = inputs.all(|input| modules.is_module(*input));
            if modules.is_module(node) && !is_simple {
                sizes.solve(&mut search, node, work);
            }
        }
        sizes
    }

    /// What the sizes of the inputs say.
    ///
    /// Modules add up, for none of them is in another one.
    /// Of the rest, in which some of these modules may be, the greatest counts.
    /// Inputs that rest on the node itself have no size yet.
    fn bound(&self, gates: &Gates, modules: &Modules, question: Question, node: Node) -> u32 {
        let inputs = gates.inputs(node).iter();
        if question.is_choice(gates.kind(node)) {
            let sizes = inputs.map(|input| self.at_least[input.index()]);
            return sizes.min().expect("a gate has inputs").max(1);
        }
        let (mut own, mut shared, mut greatest) = (0, 0, 0);
        for input in inputs {
            let size = self.at_least[input.index()];
            let n_uses = gates.uses.get(input.index()).len();
            if !modules.is_module(*input) {
                greatest = greatest.max(size);
            } else if n_uses == 1 && !modules.is_cyclic {
                own += size;
            } else {
                shared += size;
            }
        }
        (own + shared.max(greatest)).max(1)
    }

    fn solve(&mut self, search: &mut Search<'_>, node: Node, work: &mut Work) {
        loop {
            let limit = self.at_least[node.index()];
            let task = Task {
                top: node,
                sizes: &self.at_least,
                stops_at_modules: true,
                limit,
            };
            let mut found = None;
            let ended = search.run(task, work, |parts, _| {
                found = Some(parts);
                true
            });
            match (found, ended) {
                (Some(parts), _) => {
                    self.parts.insert(node, parts);
                    return;
                }
                (None, Ended::AtLimit(next)) => self.at_least[node.index()] = next,
                (None, _) => {
                    self.is_exact = false;
                    return;
                }
            }
        }
    }

    /// The events of one set for the top: a smallest one, where the sizes are exact.
    pub(super) fn witness(&self, gates: &Gates, question: Question) -> Vec<Node> {
        // Where a module was not solved, support must at least not go in a circle.
        let derivation = (question == Question::Support && !self.is_exact)
            .then(|| derivation::cheapest(gates, |node| u32::from(gates.inputs(node).is_empty())));
        let mut is_taken = vec![false; gates.len()];
        let (mut events, mut open) = (Vec::new(), vec![Gates::TOP]);
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut is_taken[node.index()], true) {
                continue;
            }
            let inputs = gates.inputs(node);
            if gates.kind(node) == Gate::Event {
                events.push(node);
            } else if let Some(parts) = self.parts.get(&node) {
                open.extend(parts);
            } else if question.is_choice(gates.kind(node)) {
                let derived = derivation.as_ref().and_then(|choice| choice[node.index()]);
                let smallest = inputs
                    .iter()
                    .min_by_key(|input| self.at_least[input.index()]);
                open.extend(derived.as_ref().or(smallest));
            } else {
                open.extend(inputs);
            }
        }
        events
    }
}
