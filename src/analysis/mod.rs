//! Argumentation theory over the graph: one file per question.

mod difference;
mod dossier;
mod likeness;
pub mod prose;
mod scheme;
mod support;
mod wording;

pub use difference::{Change, Changed, Difference};
pub use dossier::{Dossier, shortened};
pub use scheme::{Burden, CriticalQuestion, Role, Scheme};
pub use support::{Cycle, Grounding, Support};
pub use wording::{Begged, Wording};

use crate::graph::ArgumentGraph;
use crate::model::ArgumentMap;

/// The answers to all questions about one map.
#[derive(Clone, Debug, Default)]
pub struct Analysis {
    /// Does every claim rest on something?
    pub support: Support,
    /// Do statements say the same?
    pub wording: Wording,
}

/// Answers every question; O(n + m), but for the bounded search of [`Wording`].
pub fn analyse(map: &ArgumentMap, graph: &ArgumentGraph) -> Analysis {
    Analysis {
        support: Support::of(map, graph),
        wording: Wording::of(map, graph),
    }
}
