//! Reasons that would carry themselves.

use std::collections::VecDeque;

use crate::analysis::framework::Framework;
use crate::graph::cycles;
use crate::model::{InferenceIdx, StatementIdx};

/// How far a statement is from the ground that no chain of reasons reaches.
const NOWHERE: u32 = u32::MAX;

/// The reasons that count for nothing because their target may be what they rest on.
///
/// Statements that rest on each other would raise one another to 1.
/// So within such a circle a reason counts only if all its premises in the circle are nearer to the ground than its
/// target is: fewer steps of a shortest chain of reasons lead to them from what has a strength of its own.
/// What a circle gets from outside goes all the way round and never comes back to where it came in.
/// The ranks follow from the map alone, never from the numbers on it or from its order.
///
/// O(n + m).
pub(super) fn idle_reasons(framework: &Framework<'_>) -> Vec<InferenceIdx> {
    let graph = framework.graph;
    let mut circle_of: Vec<Option<usize>> = vec![None; framework.n_statements()];
    for (circle, members) in cycles::components(graph).into_iter().enumerate() {
        for member in members {
            circle_of[member.index()] = Some(circle);
        }
    }
    let rank = ranks(framework);
    let comes_back = |target: StatementIdx, premise: &StatementIdx| {
        let circle = circle_of[target.index()];
        circle.is_some()
            && circle == circle_of[premise.index()]
            && rank[premise.index()] >= rank[target.index()]
    };
    let is_idle = |inference: &InferenceIdx| {
        let mut premises = graph.premises.get(inference.index()).iter();
        let target = graph.supported(*inference);
        target.is_some_and(|target| premises.any(|premise| comes_back(target, premise)))
    };
    graph.inferences().filter(is_idle).collect()
}

/// For each statement, in which round of unit propagation it is reached from what has a strength of its own
/// (Dowling & Gallier 1984).
fn ranks(framework: &Framework<'_>) -> Vec<u32> {
    let graph = framework.graph;
    let n_premises = |inference: InferenceIdx| graph.premises.get(inference.index()).len();
    let mut waiting: Vec<usize> = graph.inferences().map(n_premises).collect();
    let mut rank = vec![NOWHERE; framework.n_statements()];
    let has_ground = |statement: &StatementIdx| {
        let at = statement.index();
        framework.is_assumed[at] || framework.base[at].high > 0.0
    };
    let mut queue: VecDeque<StatementIdx> = graph.statements().filter(has_ground).collect();
    for statement in &queue {
        rank[statement.index()] = 0;
    }
    while let Some(statement) = queue.pop_front() {
        for &inference in graph.uses.get(statement.index()) {
            waiting[inference.index()] -= 1;
            if waiting[inference.index()] > 0 || !framework.is_whole(inference) {
                continue;
            }
            // The queue is sorted by rank: the last premise to come is the farthest.
            if let Some(target) = framework.supported(inference)
                && rank[target.index()] == NOWHERE
            {
                rank[target.index()] = rank[statement.index()] + 1;
                queue.push_back(target);
            }
        }
    }
    rank
}
