//! What hangs together: reach in either direction of every link.

use petgraph::unionfind::UnionFind;

use super::ArgumentGraph;
use crate::model::{StatementIdx, Target};

/// The statements that nothing ties to any thesis, in groups that hang together,
/// each in document order, the groups in order of their first members.
///
/// Every link counts, whichever way it points: reasons, objections, undercuts, answers, contradictions,
/// restatements.
/// A union–find over statements and inferences (Tarjan 1975); all but linear.
pub fn orphans(graph: &ArgumentGraph) -> Vec<Vec<StatementIdx>> {
    let n = graph.n_statements();
    let mut ties: UnionFind<usize> = UnionFind::new(n + graph.n_inferences());
    for inference in graph.inferences() {
        let step = n + inference.index();
        for premise in graph.premises.get(inference.index()) {
            ties.union(premise.index(), step);
        }
        match graph.targets[inference.index()] {
            Target::Statement(target) => ties.union(target.index(), step),
            Target::Inference(target) => ties.union(n + target.index(), step),
        };
    }
    for (step, answer) in &graph.answers {
        ties.union(n + step.index(), answer.index());
    }
    for (one, other) in graph.contradictions.iter().chain(&graph.restatements) {
        ties.union(one.index(), other.index());
    }
    let theses = graph.theses.iter().chain(&graph.included_theses);
    let mut is_tied = vec![false; n + graph.n_inferences()];
    for thesis in theses {
        is_tied[ties.find(thesis.index())] = true;
    }
    let mut group_of = vec![None; n + graph.n_inferences()];
    let mut groups: Vec<Vec<StatementIdx>> = Vec::new();
    for statement in graph.statements() {
        let root = ties.find(statement.index());
        if is_tied[root] {
            continue;
        }
        let group = *group_of[root].get_or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[group].push(statement);
    }
    groups
}

/// For each statement, whether it is one of `conclusions` or carries one of them by a chain of reasons.
///
/// Depth-first search down reasons; O(n + m).
pub fn support_of(graph: &ArgumentGraph, conclusions: &[StatementIdx]) -> Vec<bool> {
    let mut is_reached = vec![false; graph.n_statements()];
    let mut open = conclusions.to_vec();
    while let Some(statement) = open.pop() {
        if std::mem::replace(&mut is_reached[statement.index()], true) {
            continue;
        }
        for reason in graph.reasons.get(statement.index()) {
            open.extend(graph.premises.get(reason.index()));
        }
    }
    is_reached
}
