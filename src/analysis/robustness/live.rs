//! Which reasons count, and what they make a statement hang on.

use super::answer::Outcome;
use super::gates::{Gate, Gates, Wiring};
use crate::analysis::framework::Framework;
use crate::analysis::verdict::{Verdict, Verdicts};
use crate::model::{InferenceIdx, StatementIdx};

/// The reasons that count.
#[derive(Clone, Debug)]
pub struct Live {
    /// For each inference, whether it is a reason that counts.
    is_live: Vec<bool>,
}

impl Live {
    /// All reasons as drawn, but those with a premise that the map does not define.
    pub fn drawn(framework: &Framework<'_>) -> Self {
        Self::by(framework, |_| true)
    }

    /// The reasons that an evaluation does not reject: all premises and the step itself are in or undecided.
    pub fn standing(framework: &Framework<'_>, verdicts: &Verdicts) -> Self {
        Self::by(framework, |inference| {
            let premises = framework.graph.premises.get(inference.index());
            let mut labels = premises
                .iter()
                .map(|premise| verdicts.of_statement(*premise));
            verdicts.of_inference(inference) != Verdict::Out
                && labels.all(|label| label != Verdict::Out)
        })
    }

    fn by(framework: &Framework<'_>, counts: impl Fn(InferenceIdx) -> bool) -> Self {
        let is_live = framework.graph.inferences().map(|inference| {
            let is_reason = framework.supported(inference).is_some();
            is_reason && framework.is_whole(inference) && counts(inference)
        });
        Self {
            is_live: is_live.collect(),
        }
    }

    /// Takes out a reason.
    pub fn leave_out(&mut self, inference: InferenceIdx) {
        self.is_live[inference.index()] = false;
    }

    /// Whether an inference is a reason that counts.
    pub fn counts(&self, inference: InferenceIdx) -> bool {
        self.is_live[inference.index()]
    }

    /// The reasons for a statement that count, in document order.
    pub(super) fn reasons<'a>(
        &'a self,
        framework: &Framework<'a>,
        statement: usize,
    ) -> impl Iterator<Item = InferenceIdx> + use<'a> {
        let reasons = framework.graph.reasons.get(statement).iter().copied();
        reasons.filter(|reason| self.counts(*reason))
    }
}

/// The and/or graph of statements and reasons: statements come first, then inferences.
pub(super) struct Statements<'a> {
    pub(super) framework: &'a Framework<'a>,
    pub(super) live: &'a Live,
}

impl Statements<'_> {
    /// What a thesis hangs on; an assumed thesis hangs on nothing but itself.
    pub(super) fn under(&self, thesis: StatementIdx) -> Outcome<Gates> {
        if self.framework.is_assumed[thesis.index()] {
            return Outcome::Given;
        }
        Gates::under(thesis.index(), self)
    }
}

impl Wiring for Statements<'_> {
    fn n_nodes(&self) -> usize {
        self.framework.n_statements() + self.framework.n_inferences()
    }

    fn gate(&self, node: usize, inputs: &mut Vec<usize>) -> Gate {
        let n = self.framework.n_statements();
        if let Some(inference) = node.checked_sub(n) {
            let premises = self.framework.graph.premises.get(inference).iter();
            inputs.extend(premises.map(|premise| premise.index()));
            return Gate::All;
        }
        if self.framework.is_assumed[node] {
            return Gate::Event;
        }
        let reasons = self.live.reasons(self.framework, node);
        inputs.extend(reasons.map(|reason| n + reason.index()));
        Gate::Any
    }
}
