//! Does every claim rest on something?

use std::collections::VecDeque;

use crate::graph::{ArgumentGraph, cycles};
use crate::model::{ArgumentMap, StatementIdx};

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
    /// For each claim that is not carried, whether it might be: a name under it leads nowhere, and what it means is not known.
    pub is_open: Vec<bool>,
    /// For each statement, whether it is on a cycle that nothing outside carries.
    pub is_circular: Vec<bool>,
}

impl Support {
    /// Computes the support of every statement; O(n + m).
    pub fn of(map: &ArgumentMap, graph: &ArgumentGraph) -> Self {
        let grounding = ground(map, graph, false);
        let is_faulty =
            graph.is_whole.contains(&false) || map.statements.iter().any(|s| s.incomplete);
        let hoped = if is_faulty {
            ground(map, graph, true)
        } else {
            grounding.clone()
        };
        let pairs = grounding.iter().zip(&hoped);
        let is_open = pairs.map(|(strict, hoped)| strict.is_failing() && !hoped.is_failing());
        let mut support = Self {
            cycles: Vec::new(),
            is_open: is_open.collect(),
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
///
/// An inference with a name that leads nowhere carries nothing; with `hope` it carries what its other premises would
/// let it, and so does a statement that more may belong to.
fn ground(map: &ArgumentMap, graph: &ArgumentGraph, hope: bool) -> Vec<Grounding> {
    let mut grounding: Vec<Grounding> = graph.statements().map(|s| alone(map, graph, s)).collect();
    let mut waiting: Vec<u32> = (0..graph.n_inferences())
        .map(|at| u32::try_from(graph.premises.get(at).len()).expect("fewer than 2^32 premises"))
        .collect();
    let mut queue: Vec<StatementIdx> = graph
        .statements()
        .filter(|s| !grounding[s.index()].is_failing())
        .collect();
    if hope {
        let unread = graph.statements().filter(|s| map.statement(*s).incomplete);
        let empty = graph.inferences().filter(|i| waiting[i.index()] == 0);
        let targets = empty.filter_map(|inference| graph.supported(inference));
        for statement in unread.chain(targets) {
            if grounding[statement.index()].is_failing() {
                grounding[statement.index()] = Grounding::Grounded;
                queue.push(statement);
            }
        }
    }
    while let Some(statement) = queue.pop() {
        for inference in graph.uses.get(statement.index()) {
            let at = inference.index();
            waiting[at] -= 1;
            let is_carried = waiting[at] == 0 && (graph.is_whole[at] || hope);
            let Some(target) = graph.supported(*inference) else {
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

/// What a statement rests on before anything follows from anything.
fn alone(map: &ArgumentMap, graph: &ArgumentGraph, statement: StatementIdx) -> Grounding {
    if map.statement(statement).kind.is_assumed() {
        Grounding::Assumed
    } else if graph.reasons.get(statement.index()).is_empty() {
        Grounding::Unsupported
    } else {
        Grounding::Ungrounded
    }
}

/// What the reasons with a statement among their premises are for.
fn reason_targets(
    graph: &ArgumentGraph,
    statement: StatementIdx,
) -> impl Iterator<Item = StatementIdx> {
    let uses = graph.uses.get(statement.index()).iter();
    uses.filter_map(|inference| graph.supported(*inference))
}
