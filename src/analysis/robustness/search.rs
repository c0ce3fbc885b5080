//! The search for minimal sets, from the top down and the smallest first.

use rustc_hash::FxHashMap;

use super::gates::{Gate, Gates, Node};
use super::limits::Work;
use super::modules::Modules;

/// What is asked about sets of events.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// Whose failure brings the top down (cut sets)?
    Defeat,
    /// Which alone make the top hold (path sets)?
    Support,
}

impl Question {
    /// Whether one input of a gate is enough for an answer.
    pub(super) fn is_choice(self, gate: Gate) -> bool {
        match self {
            Self::Defeat => gate == Gate::All,
            Self::Support => gate == Gate::Any,
        }
    }
}

/// One search: from which node, with which sizes of the parts, and up to what size.
#[derive(Clone, Copy)]
pub(super) struct Task<'s> {
    /// The node that the sets are for.
    pub(super) top: Node,
    /// For each node, a size that no set for it is smaller than; 1 for events.
    pub(super) sizes: &'s [u32],
    /// Whether the modules under the node count as events of their size.
    pub(super) stops_at_modules: bool,
    /// The greatest size of a set.
    pub(super) limit: u32,
}

/// How a search ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// There is nothing more up to the limit, and nothing at all below this size.
    AtLimit(u32),
    /// There is nothing more at all.
    Exhausted,
    /// No more was wanted.
    Enough,
    /// The work was used up.
    OutOfWork,
}

/// An open choice, with the state to go back to.
struct Choice {
    gate: Node,
    next: usize,
    at: usize,
    n_taken: usize,
    estimate: u32,
}

/// A depth-first search in the manner of MOCUS (Fussell & Vesely 1972), within a bound as in iterative deepening
/// (Korf 1985).
///
/// Nodes are taken one after another, each once, starting with the top.
/// For a taken gate all inputs are taken, or one of them where one is enough; the taken events are an answer.
/// The bound is the size of what is taken plus the least sizes of modules that are still to be taken apart:
/// these share nothing with anything else, so that on trees no step is in vain.
///
/// With circles, defeat needs no more: what fails together fails (the failing nodes are an unfounded set).
/// Support does: a choice that goes in a circle carries nothing and is dropped.
pub(super) struct Search<'g> {
    gates: &'g Gates,
    modules: &'g Modules,
    question: Question,
    is_taken: Vec<bool>,
    /// What is taken, in order; all before `at` is taken apart.
    taken: Vec<Node>,
    at: usize,
    estimate: u32,
    /// The least size that was too large.
    too_large: Option<u32>,
    choices: Vec<Choice>,
}

enum Step {
    Complete,
    Dead,
    Choose,
    OutOfWork,
}

impl<'g> Search<'g> {
    pub(super) fn new(gates: &'g Gates, modules: &'g Modules, question: Question) -> Self {
        Self {
            gates,
            modules,
            question,
            is_taken: vec![false; gates.len()],
            taken: Vec::new(),
            at: 0,
            estimate: 0,
            too_large: None,
            choices: Vec::new(),
        }
    }

    /// Reports sets, some of them more than once or with too much in them, and every minimal one;
    /// until the visitor has enough.
    pub(super) fn run(
        &mut self,
        task: Task<'_>,
        work: &mut Work,
        mut has_enough: impl FnMut(Vec<Node>, &mut Work) -> bool,
    ) -> Ended {
        self.too_large = None;
        self.estimate = 0;
        self.take(task, task.top);
        let ended = loop {
            match self.take_apart(task, work) {
                Step::OutOfWork => break Ended::OutOfWork,
                Step::Complete if !self.goes_in_a_circle(task, work) => {
                    let leaves = self.taken.iter().copied();
                    let leaves = leaves.filter(|node| self.is_leaf(task, *node)).collect();
                    if has_enough(leaves, work) {
                        break Ended::Enough;
                    }
                }
                Step::Complete | Step::Dead | Step::Choose => {}
            }
            match self.choose(task, work) {
                Some(true) => {}
                Some(false) => break self.too_large.map_or(Ended::Exhausted, Ended::AtLimit),
                None => break Ended::OutOfWork,
            }
        };
        self.choices.clear();
        self.go_back(0, 0, 0);
        ended
    }

    fn is_leaf(&self, task: Task<'_>, node: Node) -> bool {
        let is_part = task.stops_at_modules && node != task.top && self.modules.is_module(node);
        is_part || self.gates.kind(node) == Gate::Event
    }

    /// Takes everything that must be taken, up to the next choice.
    fn take_apart(&mut self, task: Task<'_>, work: &mut Work) -> Step {
        while let Some(&node) = self.taken.get(self.at) {
            let inputs = self.gates.inputs(node);
            if !work.spend(1 + inputs.len()) {
                return Step::OutOfWork;
            }
            if self.is_leaf(task, node) {
                self.at += 1;
            } else if !self.question.is_choice(self.gates.kind(node)) {
                self.open(task, node);
                for &input in inputs {
                    self.take(task, input);
                }
                if self.is_too_large(task) {
                    return Step::Dead;
                }
            } else if self.has_choice_made(node) {
                self.open(task, node);
            } else {
                self.choices.push(Choice {
                    gate: node,
                    next: 0,
                    at: self.at,
                    n_taken: self.taken.len(),
                    estimate: self.estimate,
                });
                return Step::Choose;
            }
        }
        Step::Complete
    }

    /// Whether an input that is enough was taken for another reason.
    ///
    /// With circles that input may itself hang on the gate, so that support must try them all.
    fn has_choice_made(&self, gate: Node) -> bool {
        let is_safe = self.question == Question::Defeat || !self.modules.is_cyclic;
        let inputs = self.gates.inputs(gate);
        is_safe && inputs.iter().any(|input| self.is_taken[input.index()])
    }

    /// Goes back to the last choice that has an input left and takes it, if any has; nothing if the work is used up.
    fn choose(&mut self, task: Task<'_>, work: &mut Work) -> Option<bool> {
        while let Some(choice) = self.choices.last_mut() {
            let (gate, next) = (choice.gate, choice.next);
            let (at, n_taken, estimate) = (choice.at, choice.n_taken, choice.estimate);
            choice.next += 1;
            self.go_back(at, n_taken, estimate);
            let Some(&input) = self.gates.inputs(gate).get(next) else {
                self.choices.pop();
                continue;
            };
            if !work.spend(1) {
                return None;
            }
            self.open(task, gate);
            self.take(task, input);
            if !self.is_too_large(task) {
                return Some(true);
            }
        }
        Some(false)
    }

    fn take(&mut self, task: Task<'_>, node: Node) {
        if !std::mem::replace(&mut self.is_taken[node.index()], true) {
            self.taken.push(node);
            if self.modules.is_module(node) {
                self.estimate += task.sizes[node.index()];
            }
        }
    }

    /// Goes on to what a gate hangs on.
    fn open(&mut self, task: Task<'_>, gate: Node) {
        self.at += 1;
        if self.modules.is_module(gate) {
            self.estimate -= task.sizes[gate.index()];
        }
    }

    fn is_too_large(&mut self, task: Task<'_>) -> bool {
        let is_too_large = self.estimate > task.limit;
        if is_too_large {
            let least = self.too_large.unwrap_or(u32::MAX);
            self.too_large = Some(least.min(self.estimate));
        }
        is_too_large
    }

    fn go_back(&mut self, at: usize, n_taken: usize, estimate: u32) {
        for node in self.taken.drain(n_taken..) {
            self.is_taken[node.index()] = false;
        }
        self.at = at;
        self.estimate = estimate;
    }
    /// Whether something was taken for itself.
    fn goes_in_a_circle(&self, task: Task<'_>, work: &mut Work) -> bool {
        if self.question == Question::Defeat || !self.modules.is_cyclic {
            return false;
        }
        let chosen = self.choices.iter().map(|choice| {
            let inputs = self.gates.inputs(choice.gate);
            (choice.gate, &inputs[choice.next - 1..choice.next])
        });
        let chosen: FxHashMap<Node, &[Node]> = chosen.collect();
        let inputs = |node: Node| match chosen.get(&node) {
            Some(chosen) => *chosen,
            None if self.is_leaf(task, node) => &[],
            None => self.gates.inputs(node),
        };
        let mut is_left: FxHashMap<Node, bool> = FxHashMap::default();
        let mut open = vec![(task.top, 0)];
        is_left.insert(task.top, false);
        while let Some((node, next)) = open.last_mut() {
            work.spend(1);
            let Some(&input) = inputs(*node).get(*next) else {
                is_left.insert(*node, true);
                open.pop();
                continue;
            };
            *next += 1;
            match is_left.get(&input) {
                Some(true) => {}
                Some(false) => return true,
                None => {
                    is_left.insert(input, false);
                    open.push((input, 0));
                }
            }
        }
        false
    }
}
