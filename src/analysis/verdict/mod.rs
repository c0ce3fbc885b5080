//! Does a statement stand against its objections?
//!
//! [`standard`] weighs two sides, [`contest`] keeps what speaks on each, [`propagate`] finds what must be,
//! [`unfounded`] rejects what rests only on itself.

mod contest;
mod propagate;
mod standard;
mod unfounded;
#[cfg(test)]
pub(super) mod oracle;
#[cfg(test)]
mod tests;

pub use standard::Thresholds;

use super::framework::{Framework, Leaves};
use crate::graph::Expectation;
use crate::model::{InferenceIdx, Standard, StatementIdx};
use crate::read::Format;
use propagate::Propagation;

/// What an evaluation says of a statement or a step: the labels of Caminada (2006).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is accepted.
    In,
    /// It is rejected.
    Out,
    /// Nothing settles it.
    #[default]
    Undecided,
}

impl Verdict {
    /// The label, as JSON and the literature have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
            Self::Undecided => "undecided",
        }
    }

    /// The word for people, as `expect` has it.
    pub fn word(self) -> &'static str {
        match self {
            Self::In => "accepted",
            Self::Out => "rejected",
            Self::Undecided => "undecided",
        }
    }

    /// The words for all verdicts.
    pub const WORDS: &[&str] = &["accepted", "rejected", "undecided"];

    /// The verdict of that name or word.
    pub fn from_name(name: &str) -> Option<Self> {
        let all = [Self::In, Self::Out, Self::Undecided];
        all.into_iter()
            .find(|verdict| verdict.name() == name || verdict.word() == name)
    }
}

impl From<Expectation> for Verdict {
    fn from(expected: Expectation) -> Self {
        match expected {
            Expectation::Accepted => Self::In,
            Expectation::Rejected => Self::Out,
            Expectation::Undecided => Self::Undecided,
        }
    }
}

/// What becomes of statements that the plain fixpoint leaves open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Semantics {
    /// What rests only on itself is rejected: the well-founded semantics of logic programs
    /// (Van Gelder, Ross & Schlipf 1991), so that a circular objection defeats nothing.
    #[default]
    WellFounded,
    /// It stays undecided: the grounded labelling (Dung 1995), in which circles of support never fall.
    Grounded,
}

/// What an evaluation is told beside the map.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// What a claim without reasons counts for.
    pub leaves: Leaves,
    /// What becomes of what the fixpoint leaves open.
    pub semantics: Semantics,
    /// The standard of proof for all statements, whatever the map sets.
    pub standard: Option<Standard>,
    /// Where the standards draw their lines.
    pub thresholds: Thresholds,
    /// Statements whose verdict is given.
    pub statements: Vec<(StatementIdx, Verdict)>,
    /// Inferences whose verdict is given.
    pub inferences: Vec<(InferenceIdx, Verdict)>,
}

impl Semantics {
    /// What a format's own evaluation does, which the verdicts that its authors expect are meant for.
    pub fn of_format(format: Format) -> Self {
        match format {
            Format::Carneades => Self::Grounded,
            _ => Self::WellFounded,
        }
    }

    /// The name that users write.
    pub fn name(self) -> &'static str {
        match self {
            Self::WellFounded => "well-founded",
            Self::Grounded => "grounded",
        }
    }
}

impl Terms {
    /// The same with no verdict given.
    #[must_use]
    pub fn without_suppositions(&self) -> Self {
        Self {
            statements: Vec::new(),
            inferences: Vec::new(),
            ..self.clone()
        }
    }
}

/// The verdicts on all statements and inferences of a map.
#[derive(Clone, Debug, Default)]
pub struct Verdicts {
    /// For each statement, the verdict.
    pub statements: Vec<Verdict>,
    /// For each inference, whether the step holds.
    pub inferences: Vec<Verdict>,
    /// For each statement and then each inference, when it was decided: what decided it came before.
    /// Undecided ones have the greatest number.
    pub order: Vec<u32>,
    /// For each statement, whether it was rejected because it rests only on what rests on it.
    pub is_unfounded: Vec<bool>,
}

impl Verdicts {
    /// Evaluates a map.
    ///
    /// The least fixpoint of the labelling conditions, by propagation: O(n + m), and O(m log m) where weights differ.
    /// For [`Semantics::WellFounded`], sets of statements that rest only on themselves are then rejected, component by
    /// component of what is left; within one component that takes as many linear rounds as it has such sets inside
    /// each other.
    pub fn of(framework: &Framework<'_>, terms: &Terms) -> Self {
        let mut propagation = Propagation::start(framework, terms);
        propagation.run();
        if terms.semantics == Semantics::WellFounded {
            unfounded::reject(&mut propagation);
        }
        propagation.into_verdicts()
    }

    /// The verdict on a statement.
    pub fn of_statement(&self, statement: StatementIdx) -> Verdict {
        self.statements[statement.index()]
    }

    /// Whether a step holds.
    pub fn of_inference(&self, inference: InferenceIdx) -> Verdict {
        self.inferences[inference.index()]
    }

    /// When a statement was decided.
    pub fn statement_order(&self, statement: StatementIdx) -> u32 {
        self.order[statement.index()]
    }

    /// When an inference was decided.
    pub fn inference_order(&self, inference: InferenceIdx) -> u32 {
        self.order[self.statements.len() + inference.index()]
    }
}
