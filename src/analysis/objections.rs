//! Which objections to the thesis, or to what carries it, does nothing answer?

use crate::graph::{ArgumentGraph, reach};
use crate::model::{InferenceIdx, Target};

/// The objections on the theses' line to which nothing objects in turn, in document order.
///
/// On the line are the theses, what carries them by a chain of reasons, and the steps of that chain. O(n + m).
pub fn unanswered(graph: &ArgumentGraph) -> Vec<InferenceIdx> {
    let carries_thesis = reach::support_of(graph, &graph.theses);
    let is_on_line = |objection: &InferenceIdx| {
        // The step that an undercut attacks is on the line if it is a reason for something that is.
        let attacked = match graph.targets[objection.index()] {
            Target::Statement(statement) if graph.is_objection(*objection) => statement,
            Target::Inference(step) if !graph.is_objection(step) => graph.conclusion(step),
            _ => return false,
        };
        carries_thesis[attacked.index()]
    };
    let objections = graph.inferences().filter(is_on_line);
    objections.filter(|it| !is_answered(graph, *it)).collect()
}

/// Whether there is an objection to one of its premises or to its step.
fn is_answered(graph: &ArgumentGraph, objection: InferenceIdx) -> bool {
    let mut premises = graph.premises.get(objection.index()).iter();
    !graph.undercuts.get(objection.index()).is_empty()
        || premises.any(|premise| !graph.objections.get(premise.index()).is_empty())
}
