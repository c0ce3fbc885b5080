//! How strong is a statement, and what carries it?
//!
//! [`network`] says what each number is computed from and [`plan`] in which order; [`circular`] keeps reasons from
//! carrying themselves. [`formula`] computes one number, with [`aggregation`] and [`degree`], and [`evaluate`] all of
//! them. [`gradient`], with [`partials`], and [`removal`] then ask what the numbers hang on.

mod aggregation;
mod degree;
mod network;
mod circular;
mod plan;
mod formula;
mod evaluate;
mod partials;
mod gradient;
mod removal;
#[cfg(test)]
mod tests;

pub use aggregation::Aggregation;
pub use gradient::Gradient;

use super::framework::{Framework, Interval};
use crate::model::{InferenceIdx, StatementIdx};
use evaluate::Evaluation;
use formula::Formula;
use plan::Plan;

/// How linked premises carry an inference together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Linked {
    /// By the product of their strengths, as if they failed independently of each other.
    #[default]
    Product,
    /// By the weakest of them.
    Minimum,
}

impl Linked {
    /// All, the default first.
    pub const ALL: [Self; 2] = [Self::Product, Self::Minimum];

    /// The name, as users type it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Product => "product",
            Self::Minimum => "min",
        }
    }
}

/// What the computation of strengths is told beside the map.
#[derive(Clone, Debug, Default)]
pub struct StrengthTerms {
    /// What reasons and objections together make of a base strength.
    pub aggregation: Aggregation,
    /// How linked premises carry an inference together.
    pub linked: Linked,
    /// Statements whose strength is given, from 0 to 1, whatever speaks for and against them.
    pub statements: Vec<(StatementIdx, f64)>,
    /// Inferences whose contribution is given, from 0 to 1; one that is removed contributes 0.
    pub inferences: Vec<(InferenceIdx, f64)>,
}

/// The strengths of all statements of a map, and what its inferences contribute to them.
///
/// With w the weight of an inference, its contribution is c = w · Π (1 − c of its undercuts) · Π σ of its premises.
/// The strength σ of a statement is what its reasons and objections make of its base strength.
/// In the default aggregation that is, with b = Π over objections (1 − c) − Π over reasons (1 − c),
/// σ = τ + (1 − τ) · b where b ≥ 0, and τ + τ · b elsewhere.
/// The reasons for a claim count as objections to each of its rivals; evidence and assumptions are objections to their
/// rivals themselves, with their strength, which has the reasons for them in it.
/// An inference with a premise that the map does not define contributes nothing.
///
/// Without objections, and where nothing is shared, the strength of a statement is the probability that it is carried,
/// were base strengths and weights probabilities of independent events.
#[derive(Clone, Debug, Default)]
pub struct Strengths {
    terms: StrengthTerms,
    plan: Plan,
    /// At the middles of the base strengths.
    points: Evaluation<f64>,
    /// Where a base strength is an interval.
    intervals: Option<Evaluation<Interval>>,
    n_statements: usize,
}

impl Strengths {
    /// Computes the strengths of a map.
    ///
    /// In the order of dependence, O(n + m).
    /// Where statements and inferences depend on each other in a circle, all of it is computed again and again, each
    /// time with objections that have moved half way (later less) from what they were to what they have become,
    /// at first from nothing; until no objection moves by more than 10⁻⁹.
    /// A circle that has not come to rest after 10 000 rounds, or fewer in maps with large circles, has no strengths,
    /// and nothing that depends on it has.
    pub fn of(framework: &Framework<'_>, terms: &StrengthTerms) -> Self {
        let plan = Plan::of(framework);
        let formula = Formula::new(framework, &plan, terms);
        let has_intervals = framework.base.iter().any(|base| !base.is_point());
        Self {
            points: Evaluation::of(&formula, &plan),
            intervals: has_intervals.then(|| Evaluation::of(&formula, &plan)),
            n_statements: framework.n_statements(),
            terms: terms.clone(),
            plan,
        }
    }

    /// The strength of a statement; none where it is on a circle that does not come to rest, or depends on one.
    ///
    /// Where base strengths are intervals, it contains what every choice of degrees from them would give.
    pub fn of_statement(&self, statement: StatementIdx) -> Option<Interval> {
        self.of_vertex(statement.index())
    }

    /// How much an inference contributes for or against its target; none as for statements.
    pub fn of_inference(&self, inference: InferenceIdx) -> Option<Interval> {
        self.of_vertex(self.n_statements + inference.index())
    }

    /// How they were computed.
    pub fn terms(&self) -> &StrengthTerms {
        &self.terms
    }

    /// Whether every statement has a strength.
    pub fn is_settled(&self) -> bool {
        let intervals = self.intervals.as_ref();
        self.points.is_settled() && intervals.is_none_or(Evaluation::is_settled)
    }

    fn of_vertex(&self, at: usize) -> Option<Interval> {
        match &self.intervals {
            Some(intervals) => intervals.get(at),
            None => self.points.get(at).map(Interval::point),
        }
    }
}
