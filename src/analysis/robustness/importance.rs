//! How much hangs on each event, when no numbers are given.

use super::gates::{Gate, Gates, Node};
use super::limits::Work;
use super::modules::Modules;

/// The most parts of a module with something shared in it whose states are all looked at.
const MAX_PARTS: usize = 16;

/// For each node, Birnbaum's structural importance (1969): the share of the states of all other events in which this one
/// decides whether the top holds.
///
/// That is the derivative of the top's probability when every event holds with probability 1/2, so it is a product along
/// the modules.
/// A module of a tree is a formula; of another one all states of its parts are looked at.
/// Nothing if a module has too many parts.
/// Exact, but for the rounding of products, which may come to 0 under thousands of linked premises.
/// O(n + m) on trees.
pub(super) fn birnbaum(gates: &Gates, modules: &Modules, work: &mut Work) -> Option<Vec<f64>> {
    let mut slopes = Slopes {
        gates,
        modules,
        chance: vec![0.5; gates.len()],
        links: Vec::new(),
    };
    for &node in &modules.order {
        if gates.kind(node) == Gate::Event || !modules.is_module(node) {
            continue;
        }
        let mut inputs = gates.inputs(node).iter();
        if inputs.all(|input| modules.is_module(*input)) {
            slopes.gate(node);
        } else {
            slopes.states(node, work)?;
        }
    }
    let mut importance = vec![0.0; gates.len()];
    importance[Gates::TOP.index()] = 1.0;
    // A module comes after its parts, so that from the back each is known before its parts.
    for &(node, part, slope) in slopes.links.iter().rev() {
        importance[part.index()] = importance[node.index()] * slope;
    }
    Some(importance)
}

/// The probabilities of modules, and how they depend on those of their parts.
struct Slopes<'g> {
    gates: &'g Gates,
    modules: &'g Modules,
    /// For each module, the probability that it holds.
    chance: Vec<f64>,
    /// A module, a part of it, and the derivative of the one's probability with respect to the other's.
    links: Vec<(Node, Node, f64)>,
}

impl Slopes<'_> {
    /// A gate over independent inputs: all hold, or not all fail.
    fn gate(&mut self, node: Node) {
        let inputs = self.gates.inputs(node);
        let is_all = self.gates.kind(node) == Gate::All;
        let factor = |input: &Node| {
            let chance = self.chance[input.index()];
            if is_all { chance } else { 1.0 - chance }
        };
        let factors: Vec<f64> = inputs.iter().map(factor).collect();
        // The product of all factors after each; division would fail at 0.
        let mut after = vec![1.0; factors.len() + 1];
        for at in (0..factors.len()).rev() {
            after[at] = after[at + 1] * factors[at];
        }
        let mut before = 1.0;
        for (at, &input) in inputs.iter().enumerate() {
            self.links.push((node, input, before * after[at + 1]));
            before *= factors[at];
        }
        self.chance[node.index()] = if is_all { before } else { 1.0 - before };
    }

    /// A module with something shared in it: the mean over all states of its parts, part by part, and back again.
    fn states(&mut self, node: Node, work: &mut Work) -> Option<()> {
        let (inner, parts) = self.inside(node)?;
        let n_states = 1_usize << parts.len();
        if !work.spend(inner.len() * n_states.div_ceil(64) + 4 * n_states) {
            return None;
        }
        let mut levels = vec![self.outcomes(node, &inner, &parts, work)?];
        for part in &parts {
            let chance = self.chance[part.index()];
            let last = levels.last().expect("there is a first level");
            let means = last
                .chunks(2)
                .map(|pair| pair[0] + chance * (pair[1] - pair[0]));
            levels.push(means.collect());
        }
        let mean = levels.pop().expect("there is a last level");
        self.chance[node.index()] = mean[0];
        // How much each entry of a level counts in the mean.
        let mut counts = vec![1.0];
        for (part, level) in parts.iter().zip(&levels).rev() {
            let chance = self.chance[part.index()];
            let pairs = level.chunks(2).zip(&counts);
            let slope = pairs.map(|(pair, count)| count * (pair[1] - pair[0]));
            self.links.push((node, *part, slope.sum()));
            let below = counts
                .iter()
                .flat_map(|count| [count * (1.0 - chance), count * chance]);
            counts = below.collect();
        }
        Some(())
    }

    /// The nodes of a module that are no modules, inputs first, with the module itself last; and its parts.
    fn inside(&self, top: Node) -> Option<(Vec<Node>, Vec<Node>)> {
        let (mut inner, mut parts) = (Vec::new(), Vec::new());
        let mut is_seen = rustc_hash::FxHashSet::default();
        is_seen.insert(top);
        let mut open = vec![(top, 0)];
        while let Some((node, next)) = open.last_mut() {
            let Some(&input) = self.gates.inputs(*node).get(*next) else {
                inner.push(*node);
                open.pop();
                continue;
            };
            *next += 1;
            if !is_seen.insert(input) {
                continue;
            }
            if !self.modules.is_module(input) {
                open.push((input, 0));
            } else if parts.len() == MAX_PARTS {
                return None;
            } else {
                parts.push(input);
            }
        }
        Some((inner, parts))
    }

    /// For each state of the parts, 1 if the module holds in it, else 0; the first part is the lowest bit of a state.
    fn outcomes(
        &self,
        top: Node,
        inner: &[Node],
        parts: &[Node],
        work: &mut Work,
    ) -> Option<Vec<f64>> {
        let n_states = 1_usize << parts.len();
        let mut outcomes = Vec::with_capacity(n_states);
        for start in (0..n_states).step_by(64) {
            let mut holds = rustc_hash::FxHashMap::default();
            for (at, part) in parts.iter().enumerate() {
                let states = (0..64).filter(|state| (start + state) >> at & 1 == 1);
                holds.insert(*part, states.fold(0_u64, |bits, state| bits | 1 << state));
            }
            while self.sweep(inner, &mut holds) && self.modules.is_cyclic {
                if !work.spend(inner.len()) {
                    return None;
                }
            }
            let states = (0..64.min(n_states)).map(|state| holds[&top] >> state & 1);
            outcomes.extend(states.map(|bit| if bit == 1 { 1.0 } else { 0.0 }));
        }
        Some(outcomes)
    }

    /// Evaluates the gates in 64 states at once, and says whether anything came to hold.
    fn sweep(&self, inner: &[Node], holds: &mut rustc_hash::FxHashMap<Node, u64>) -> bool {
        let mut is_changed = false;
        for &node in inner {
            let inputs = self.gates.inputs(node).iter();
            let inputs = inputs.map(|input| holds.get(input).copied().unwrap_or(0));
            let new = if self.gates.kind(node) == Gate::All {
                inputs.fold(!0, |one, other| one & other)
            } else {
                inputs.fold(0, |one, other| one | other)
            };
            is_changed |= holds.insert(node, new) != Some(new);
        }
        is_changed
    }
}
