//! Cycles of support: statements that rest on each other.

use std::collections::VecDeque;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::ArgumentGraph;
use crate::model::{Polarity, StatementIdx, Target};

/// The non-trivial strongly connected components of the links from a statement to the premises of its reasons,
/// and the statements that are their own premise; each sorted, in document order of their first member.
///
/// Kosaraju's algorithm (Sharir 1981), which `petgraph` runs without recursion; O(n + m).
pub fn components(graph: &ArgumentGraph) -> Vec<Vec<StatementIdx>> {
    let n = graph.n_statements();
    // An inference with many premises is a node of its own, so that the links stay linear in the map.
    let n_nodes = n + graph.n_inferences();
    let mut links: DiGraph<(), ()> = DiGraph::with_capacity(n_nodes, graph.premises.n_items() * 2);
    for _ in 0..n_nodes {
        links.add_node(());
    }
    for inference in graph.inferences() {
        let Target::Statement(target) = graph.targets[inference.index()] else {
            continue;
        };
        if graph.polarities[inference.index()] == Polarity::Con {
            continue;
        }
        let step = NodeIndex::new(n + inference.index());
        links.add_edge(NodeIndex::new(target.index()), step, ());
        for premise in graph.premises.get(inference.index()) {
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

fn walk_back(
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
