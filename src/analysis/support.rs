//! Does every claim rest on something?

use std::collections::VecDeque;

use crate::graph::{ArgumentGraph, cycles};
use crate::model::{ArgumentMap, Polarity, StatementIdx, Target};

/// How many failing leaves are kept for a claim.
const MAX_LEAVES: usize = 3;

/// What a statement rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grounding {
    /// Evidence or an assumption: accepted unless an objection holds.
    Assumed,
    /// A claim with a chain of reasons that reaches evidence or assumptions.
    Grounded,
    /// A claim with no reason under it.
    Unsupported,
    /// A claim whose reasons rest on nothing.
    Ungrounded,
}

impl Grounding {
    /// The word for tables and JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Assumed => "assumed",
            Self::Grounded => "grounded",
            Self::Unsupported => "unsupported",
            Self::Ungrounded => "ungrounded",
        }
    }

    /// Whether nothing carries the statement.
    pub fn is_failing(self) -> bool {
        matches!(self, Self::Unsupported | Self::Ungrounded)
    }
}

/// Statements that rest on each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cycle {
    /// A shortest cycle, from conclusion to premise, the first statement of the map first.
    pub path: Vec<StatementIdx>,
    /// How many statements the whole component has.
    pub n_members: usize,
    /// Whether something outside the cycle carries it.
    pub has_outside_support: bool,
}

/// The support of every statement.
///
/// The grounded statements are the least set that has all evidence and assumptions, and every target of a reason
/// whose premises are all in it: the least model of a set of definite clauses, found by unit propagation
/// (Dowling & Gallier 1984).
#[derive(Clone, Debug, Default)]
pub struct Support {
    /// For each statement, what it rests on.
    pub grounding: Vec<Grounding>,
    /// The cycles of support, in document order.
    pub cycles: Vec<Cycle>,
    /// For each ungrounded claim, some of the statements at which its chains end.
    leaves: Vec<Vec<StatementIdx>>,
    /// For each statement, whether it is on a cycle that nothing outside carries.
    pub is_circular: Vec<bool>,
}

impl Support {
    /// Computes the support of every statement; O(n + m).
    pub fn of(map: &ArgumentMap, graph: &ArgumentGraph) -> Self {
        let grounding = ground(map, graph);
        let mut support = Self {
            cycles: Vec::new(),
            leaves: vec![Vec::new(); grounding.len()],
            is_circular: vec![false; grounding.len()],
            grounding,
        };
        support.find_cycles(graph);
        support.find_leaves(map, graph);
        support
    }

    /// Where the chains of reasons under an ungrounded claim end: at most three claims without a reason,
    /// or first members of cycles.
    pub fn failing_leaves(&self, statement: StatementIdx) -> &[StatementIdx] {
        &self.leaves[statement.index()]
    }

    /// What a statement rests on.
    pub fn of_statement(&self, statement: StatementIdx) -> Grounding {
        self.grounding[statement.index()]
    }

    fn find_cycles(&mut self, graph: &ArgumentGraph) {
        for component in cycles::components(graph) {
            let has_outside_support = component
                .iter()
                .any(|member| !self.of_statement(*member).is_failing());
            if !has_outside_support {
                for member in &component {
                    self.is_circular[member.index()] = true;
                }
            }
            let path = cycles::shortest_cycle(graph, &component);
            self.cycles.push(Cycle {
                path,
                n_members: component.len(),
                has_outside_support,
            });
        }
    }

    /// Carries failing leaves up along reasons, at most [`MAX_LEAVES`] to a claim;
    /// those that the author marked as undeveloped only where room is left.
    fn find_leaves(&mut self, map: &ArgumentMap, graph: &ArgumentGraph) {
        let unsupported = graph
            .statements()
            .filter(|s| self.of_statement(*s) == Grounding::Unsupported);
        let circular = self
            .cycles
            .iter()
            .filter(|cycle| !cycle.has_outside_support);
        let leaves = unsupported.chain(circular.map(|cycle| cycle.path[0]));
        let (undeveloped, others): (Vec<_>, Vec<_>) =
            leaves.partition(|leaf| map.statement(*leaf).undeveloped);
        self.carry_up(graph, &others);
        self.carry_up(graph, &undeveloped);
    }

    fn carry_up(&mut self, graph: &ArgumentGraph, leaves: &[StatementIdx]) {
        let mut queue: VecDeque<_> = leaves.iter().map(|leaf| (*leaf, *leaf)).collect();
        while let Some((at, leaf)) = queue.pop_front() {
            for target in reason_targets(graph, at) {
                let is_open = self.of_statement(target) == Grounding::Ungrounded;
                let leaves = &mut self.leaves[target.index()];
                if is_open && leaves.len() < MAX_LEAVES && !leaves.contains(&leaf) {
                    leaves.push(leaf);
                    queue.push_back((target, leaf));
                }
            }
        }
    }
}

/// Unit propagation: an inference counts down its premises that are not grounded yet.
fn ground(map: &ArgumentMap, graph: &ArgumentGraph) -> Vec<Grounding> {
    let start = |idx: StatementIdx| {
        let kind = map.statement(idx).kind;
        let has_reason = !graph.reasons.get(idx.index()).is_empty();
        match (kind.is_assumed(), has_reason) {
            (true, _) => Grounding::Assumed,
            (false, true) => Grounding::Ungrounded,
            (false, false) => Grounding::Unsupported,
        }
    };
    let mut grounding: Vec<Grounding> = graph.statements().map(start).collect();
    let mut waiting: Vec<u32> = (0..graph.n_inferences())
        .map(|at| u32::try_from(graph.premises.get(at).len()).expect("fewer than 2^32 premises"))
        .collect();
    let mut queue: Vec<StatementIdx> = graph
        .statements()
        .filter(|idx| grounding[idx.index()] == Grounding::Assumed)
        .collect();
    while let Some(statement) = queue.pop() {
        for inference in graph.uses.get(statement.index()) {
            let at = inference.index();
            waiting[at] -= 1;
            let is_carried = waiting[at] == 0 && graph.is_whole[at];
            let (Polarity::Pro, Target::Statement(target)) =
                (graph.polarities[at], graph.targets[at])
            else {
                continue;
            };
            if is_carried && grounding[target.index()].is_failing() {
                grounding[target.index()] = Grounding::Grounded;
                queue.push(target);
            }
        }
    }
    grounding
}

fn reason_targets(
    graph: &ArgumentGraph,
    statement: StatementIdx,
) -> impl Iterator<Item = StatementIdx> {
    graph
        .uses
        .get(statement.index())
        .iter()
        .filter_map(|inference| {
            match (
                graph.polarities[inference.index()],
                graph.targets[inference.index()],
            ) {
                (Polarity::Pro, Target::Statement(target)) => Some(target),
                _ => None,
            }
        })
}
