//! Cycles of support: statements that rest on each other.

use std::collections::VecDeque;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::ArgumentGraph;
use crate::model::StatementIdx;

/// The non-trivial strongly connected components of the links from a statement to the premises of its reasons,
/// and the statements that are their own premise; each sorted, in document order of their first member.
///
/// Kosaraju's algorithm (Sharir 1981), which `petgraph` runs without recursion, on what is left when everything that
/// rests on no cycle is taken away; O(n + m).
pub fn components(graph: &ArgumentGraph) -> Vec<Vec<StatementIdx>> {
    let n = graph.n_statements();
    let is_left = over_cycles(graph);
    if !is_left.contains(&true) {
        return Vec::new();
    }
    // An inference with many premises is a node of its own, so that the links stay linear in the map.
    let n_nodes = n + graph.n_inferences();
    let mut links: DiGraph<(), ()> = DiGraph::with_capacity(n_nodes, n_nodes);
    for _ in 0..n_nodes {
        links.add_node(());
    }
    for inference in graph.inferences() {
        let Some(target) = graph.supported(inference) else {
            continue;
        };
        if !is_left[target.index()] {
            continue;
        }
        let step = NodeIndex::new(n + inference.index());
        links.add_edge(NodeIndex::new(target.index()), step, ());
        let premises = graph.premises.get(inference.index()).iter();
        for premise in premises.filter(|premise| is_left[premise.index()]) {
            links.add_edge(step, NodeIndex::new(premise.index()), ());
        }
    }
    // A cycle has at least one statement and one step, so a component of one node is none.
    let components = kosaraju_scc(&links)
        .into_iter()
        .filter(|component| component.len() > 1);
    let mut found: Vec<Vec<StatementIdx>> = components
        .map(|component| {
            let nodes = component.into_iter().map(NodeIndex::index);
            let mut members: Vec<_> = nodes
                .filter(|node| *node < n)
                .map(StatementIdx::new)
                .collect();
            members.sort_unstable();
            members
        })
        .collect();
    found.sort_unstable();
    found
}

/// For each statement, whether it is on a cycle of support or rests on one.
///
/// Statements without reasons are taken away, then those whose reasons rest only on what is gone (Kahn 1962); O(n + m).
fn over_cycles(graph: &ArgumentGraph) -> Vec<bool> {
    let count = |n: usize| u32::try_from(n).expect("a map has fewer than 2^32 inferences");
    let mut n_premises: Vec<u32> = graph
        .inferences()
        .map(|inference| count(graph.premises.get(inference.index()).len()))
        .collect();
    let mut n_reasons: Vec<u32> = graph
        .statements()
        .map(|statement| count(graph.reasons.get(statement.index()).len()))
        .collect();
    let mut is_left = vec![true; graph.n_statements()];
    let mut gone: Vec<StatementIdx> = Vec::new();
    // A reason without premises that could be found rests on nothing.
    for inference in graph.inferences().filter(|i| n_premises[i.index()] == 0) {
        if let Some(target) = graph.supported(inference) {
            n_reasons[target.index()] -= 1;
        }
    }
    for statement in graph.statements().filter(|s| n_reasons[s.index()] == 0) {
        is_left[statement.index()] = false;
        gone.push(statement);
    }
    while let Some(statement) = gone.pop() {
        for inference in graph.uses.get(statement.index()) {
            n_premises[inference.index()] -= 1;
            let target = graph.supported(*inference);
            let Some(target) = target.filter(|_| n_premises[inference.index()] == 0) else {
                continue;
            };
            n_reasons[target.index()] -= 1;
            if n_reasons[target.index()] == 0 {
                is_left[target.index()] = false;
                gone.push(target);
            }
        }
    }
    is_left
}

/// A shortest cycle of support through the first member of a component, from conclusion to premise.
///
/// Breadth-first search within the component; O(its size).
pub fn shortest_cycle(graph: &ArgumentGraph, component: &[StatementIdx]) -> Vec<StatementIdx> {
    let start = component[0];
    let mut parent: FxHashMap<StatementIdx, StatementIdx> = FxHashMap::default();
    let mut queue = VecDeque::from([start]);
    while let Some(statement) = queue.pop_front() {
        for premise in premises_of_reasons(graph, statement) {
            if premise == start {
                return walk_back(&parent, start, statement);
            }
            if component.binary_search(&premise).is_ok() && !parent.contains_key(&premise) {
                parent.insert(premise, statement);
                queue.push_back(premise);
            }
        }
    }
    unreachable!("every member of a strongly connected component is on a cycle")
}

fn premises_of_reasons(
    graph: &ArgumentGraph,
    statement: StatementIdx,
) -> impl Iterator<Item = StatementIdx> {
    let reasons = graph.reasons.get(statement.index()).iter();
    reasons.flat_map(|reason| graph.premises.get(reason.index()).iter().copied())
}

/// The cycle that a search found when it came from `last` back to `start`, by where it had come from to each statement.
pub(crate) fn walk_back(
    parent: &FxHashMap<StatementIdx, StatementIdx>,
    start: StatementIdx,
    last: StatementIdx,
) -> Vec<StatementIdx> {
    let mut cycle = vec![last];
    let mut at = last;
    while at != start {
        at = parent[&at];
        cycle.push(at);
    }
    cycle.reverse();
    cycle
}
