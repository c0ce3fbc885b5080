//! Single points of failure: the minimal cut sets of order one.

use super::derivation;
use super::gates::{Gate, Gates, Node};
use super::limits::Work;
use super::modules::Modules;

/// How many derivations are compared at most before what they have in common is tested.
const MAX_DERIVATIONS: usize = 8;

/// The events without any of which the top does not hold.
#[derive(Debug)]
pub(super) struct Necessary {
    /// The events, in no order.
    pub(super) events: Vec<Node>,
    /// At most how many others there are, where the work did not suffice to test them.
    pub(super) n_untested: usize,
}

/// Finds the events that the top cannot do without.
///
/// What is necessary is walked from the top: all inputs of a necessary "all" gate are.
/// Of what lies under an "any" gate only shared nodes can be, and then every derivation has them.
/// So what several derivations have in common is tested by the definition, 64 nodes at a time:
/// a bit for each says of every node whether it holds without the tested one.
///
/// Exact.
/// O(n + m) on trees.
/// Else O(m log n), and O(m) for every 64 nodes in common that nothing tested before settles; with circles,
/// as often as the bits take to come to rest.
pub(super) fn necessary(gates: &Gates, work: &mut Work) -> Necessary {
    let mut walk = Walk {
        gates,
        is_necessary: vec![false; gates.len()],
    };
    walk.down_from(Gates::TOP);
    let mut untested = Vec::new();
    if gates.nodes().any(|node| walk.is_shared(node)) {
        untested = walk.in_common();
        walk.test(&mut untested, work);
    }
    let is_necessary = |event: &Node| walk.is_necessary[event.index()];
    let is_event = |node: &&Node| gates.kind(**node) == Gate::Event;
    Necessary {
        n_untested: untested.iter().filter(is_event).count(),
        events: gates.events().filter(is_necessary).collect(),
    }
}

struct Walk<'g> {
    gates: &'g Gates,
    is_necessary: Vec<bool>,
}

impl Walk<'_> {
    /// Takes in that a node is necessary, with all that it cannot do without alone.
    fn down_from(&mut self, node: Node) {
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if std::mem::replace(&mut self.is_necessary[node.index()], true) {
                continue;
            }
            let inputs = self.gates.inputs(node);
            if self.gates.kind(node) == Gate::All || inputs.len() == 1 {
                open.extend(inputs);
            }
        }
    }

    /// Whether there are several ways to a node from the top, of which one may lead in a circle.
    fn is_shared(&self, node: Node) -> bool {
        let n_uses = self.gates.uses.get(node.index()).len();
        n_uses + usize::from(node == Gates::TOP) > 1
    }

    /// The nodes that several derivations have in common, of those that are not yet known to be necessary;
    /// each derivation avoids what those before it had in common as well as it can.
    fn in_common(&self) -> Vec<Node> {
        let mut is_common: Vec<bool> = self.is_necessary.iter().map(|known| !known).collect();
        let mut common = Vec::new();
        for _ in 0..MAX_DERIVATIONS {
            let cost = |node: Node| u32::from(is_common[node.index()]);
            let choice = derivation::cheapest(self.gates, cost);
            let found = derivation::nodes(self.gates, &choice).into_iter();
            let next: Vec<Node> = found.filter(|node| is_common[node.index()]).collect();
            if next.len() == common.len() {
                break;
            }
            common = next;
            is_common.fill(false);
            for node in &common {
                is_common[node.index()] = true;
            }
        }
        common
    }

    /// Tests nodes and walks down from the necessary ones; what the work does not suffice for is left in the list.
    fn test(&mut self, open: &mut Vec<Node>, work: &mut Work) {
        let modules = Modules::of(self.gates);
        let mut is_tested = vec![false; self.gates.len()];
        loop {
            open.retain(|node| !is_tested[node.index()] && !self.is_necessary[node.index()]);
            let batch = open.iter().copied().filter(|node| !self.is_led(*node));
            let batch: Vec<Node> = batch.take(64).collect();
            if batch.is_empty() {
                // What is led by nodes that are not necessary is not necessary either.
                open.clear();
                return;
            }
            let Some(holds) = holds_without(self.gates, &modules, &batch, work) else {
                return;
            };
            for (at, node) in batch.iter().enumerate() {
                is_tested[node.index()] = true;
                if holds >> at & 1 == 0 {
                    self.down_from(*node);
                }
            }
        }
    }

    /// Whether a node is necessary exactly if the only gate that hangs on it is.
    fn is_led(&self, node: Node) -> bool {
        match self.gates.uses.get(node.index()) {
            [user] => self.gates.kind(*user) == Gate::All || self.gates.inputs(*user).len() == 1,
            _ => false,
        }
    }
}

/// For each of at most 64 nodes, a bit that says whether the top holds without it; nothing if the work does not suffice.
fn holds_without(
    gates: &Gates,
    modules: &Modules,
    removed: &[Node],
    work: &mut Work,
) -> Option<u64> {
    let mut allowed = vec![!0_u64; gates.len()];
    for (at, node) in removed.iter().enumerate() {
        allowed[node.index()] &= !(1 << at);
    }
    let mut holds = vec![0_u64; gates.len()];
    loop {
        if !work.spend(gates.len() + gates.inputs.n_items()) {
            return None;
        }
        let mut is_changed = false;
        for &node in &modules.order {
            let inputs = gates.inputs(node).iter().map(|input| holds[input.index()]);
            let new = match gates.kind(node) {
                Gate::Any => inputs.fold(0, |one, other| one | other),
                Gate::All => inputs.fold(!0, |one, other| one & other),
                Gate::Event | Gate::Given => !0,
            };
            let new = new & allowed[node.index()];
            is_changed |= new != holds[node.index()];
            holds[node.index()] = new;
        }
        if !modules.is_cyclic || !is_changed {
            return Some(holds[Gates::TOP.index()]);
        }
    }
}
