//! Argumentation theory over the graph: one file per question.

mod abstraction;
mod census;
mod difference;
mod dossier;
mod explanation;
mod framework;
mod hypotheses;
mod independence;
mod likeness;
pub mod objections;
pub mod prose;
mod review;
pub mod robustness;
mod scheme;
mod strength;
mod support;
#[cfg(test)]
pub(crate) mod vectors;
mod verdict;
mod wording;

pub use abstraction::{AbstractFramework, Argument};
pub use census::Census;
pub use difference::{Change, Changed, Difference};
pub use dossier::{Dossier, shortened};
pub use explanation::{Explanation, Failure, Opponent, Proof, Why};
pub use framework::{Framework, Interval, Leaves, Node};
pub use hypotheses::{Bearing, Hypotheses};
pub use independence::Independence;
pub use review::{Fingerprint, ReviewState, Reviewed, review_file_name};
pub use scheme::{Burden, CriticalQuestion, Role, Scheme};
pub use strength::{Aggregation, Gradient, Linked, StrengthTerms, Strengths};
pub use support::{Cycle, Grounding, Support};
pub use verdict::{Semantics, Terms, Thresholds, Verdict, Verdicts};
pub use wording::{Begged, Wording};

#[cfg(test)]
pub(crate) use verdict::oracle::random_map;

use crate::graph::ArgumentGraph;
use crate::model::ArgumentMap;

/// The answers to all questions about one map.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Does every claim rest on something?
    pub support: Support,
    /// What stands against the objections?
    pub verdicts: Verdicts,
    /// How strong are statements? Nobody is told a number who has not asked for it.
    pub strengths: Option<Strengths>,
    /// How that was asked: by the map's own standards, unless somebody asked otherwise.
    pub terms: Terms,
    /// Do statements say the same?
    pub wording: Wording,
}

/// Answers every question, verdicts on the given terms; O(n + m), but for the bounded search of [`Wording`].
pub fn analyse(map: &ArgumentMap, graph: &ArgumentGraph, terms: Terms) -> Analysis {
    Analysis {
        strengths: None,
        verdicts: Verdicts::of(&Framework::of(map, graph, terms.leaves), &terms),
        terms,
        support: Support::of(map, graph),
        wording: Wording::of(map, graph),
    }
}
