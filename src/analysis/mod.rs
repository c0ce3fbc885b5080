//! Argumentation theory over the graph: one file per question.

mod difference;
mod dossier;
mod framework;
mod likeness;
pub mod prose;
pub mod robustness;
mod scheme;
mod support;
mod verdict;
mod wording;

pub use difference::{Change, Changed, Difference};
pub use dossier::{Dossier, shortened};
pub use framework::{Framework, Interval, Leaves};
pub use scheme::{Burden, CriticalQuestion, Role, Scheme};
pub use support::{Cycle, Grounding, Support};
pub use verdict::{Semantics, Terms, Thresholds, Verdict, Verdicts};
pub use wording::{Begged, Wording};

use crate::graph::ArgumentGraph;
use crate::model::ArgumentMap;

/// The answers to all questions about one map.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Does every claim rest on something?
    pub support: Support,
    /// What stands against the objections, by the map's own standards?
    pub verdicts: Verdicts,
    /// Do statements say the same?
    pub wording: Wording,
}

/// Answers every question; O(n + m), but for the bounded search of [`Wording`].
pub fn analyse(map: &ArgumentMap, graph: &ArgumentGraph) -> Analysis {
    let framework = Framework::of(map, graph, Leaves::default());
    Analysis {
        verdicts: Verdicts::of(&framework, &Terms::default()),
        support: Support::of(map, graph),
        wording: Wording::of(map, graph),
    }
}
