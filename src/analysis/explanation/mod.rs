//! Why does a statement have its verdict?
//!
//! [`why`] finds the shortest witness, [`knot`] the cycle that keeps something open, [`words`] says it in a sentence,
//! [`proof`] collects what it rests on in turn.

mod knot;
mod proof;
mod why;
mod words;
#[cfg(test)]
mod tests;

use std::cell::RefCell;

use super::framework::Framework;
use super::{Dossier, Verdict};
use crate::model::{InferenceIdx, StatementIdx};
use knot::Circles;
pub use proof::Proof;

/// What settles the verdict on a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// It was given, as in "what if it were rejected".
    Given,
    /// In: one reason that holds, or, without one, being assumed; what speaks against it does not get through.
    Carried {
        /// The reason; none where being assumed is enough.
        by: Option<InferenceIdx>,
        /// What speaks against it and fails, or is outweighed.
        answered: Vec<Opponent>,
    },
    /// Out: it is a claim without a reason.
    Unsupported,
    /// Out: it would stand, were it not for this.
    Defeated(Opponent),
    /// Out: none of these reasons holds.
    NoReasonHolds(Vec<InferenceIdx>),
    /// Out: its reasons lead only to statements that rest on each other.
    Circular(Vec<StatementIdx>),
    /// Out: what speaks for it weighs too little for its standard of proof.
    TooWeak {
        /// What speaks for it.
        pro: Backing,
        /// What it would stand without; none where it would not stand even if nothing were against it.
        against: Option<Opponent>,
    },
    /// Undecided: these depend on each other in a circle, and nothing else settles it.
    Open(Vec<StatementIdx>),
}

impl Why {
    /// What a statement falls to: it would stand, were it not for this.
    pub fn opponent(&self) -> Option<Opponent> {
        match self {
            Self::Defeated(opponent) => Some(*opponent),
            Self::TooWeak { against, .. } => *against,
            _ => None,
        }
    }
}

/// What speaks for a statement that weighs too little.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backing {
    /// The reason of the greatest weight among those that did not fail; none where being assumed weighs as much.
    pub best: Option<InferenceIdx>,
    /// The reasons that would have weighed more, and fail.
    pub failed: Vec<InferenceIdx>,
}

/// What speaks against a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opponent {
    /// An objection to it.
    Objection(InferenceIdx),
    /// A statement that contradicts it, by one of the reasons for that, or because that is assumed.
    Rival(StatementIdx, Option<InferenceIdx>),
}

/// Why a step does not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// It was given.
    Given,
    /// The map does not define one of its premises.
    UnknownPremise,
    /// This premise is rejected.
    Premise(StatementIdx),
    /// This objection to the step holds.
    Undercut(InferenceIdx),
}

/// Explains the verdicts of a dossier.
///
/// Every witness was decided before what it settles, so that explanations of explanations come to an end and no two
/// verdicts are explained by each other; but for what rests on a circle, where the circle is the witness.
#[derive(Debug)]
pub struct Explanation<'d> {
    dossier: &'d Dossier,
    framework: Framework<'d>,
    circles: RefCell<Circles>,
}

impl<'d> Explanation<'d> {
    /// Makes ready to explain; O(n + m).
    pub fn of(dossier: &'d Dossier) -> Self {
        let leaves = dossier.analysis.terms.leaves;
        Self {
            dossier,
            framework: Framework::of(&dossier.map, &dossier.graph, leaves),
            circles: RefCell::default(),
        }
    }

    fn verdict(&self, statement: StatementIdx) -> Verdict {
        self.dossier.analysis.verdicts.of_statement(statement)
    }

    fn step(&self, inference: InferenceIdx) -> Verdict {
        self.dossier.analysis.verdicts.of_inference(inference)
    }
}
