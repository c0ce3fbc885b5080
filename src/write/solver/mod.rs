//! The map for solvers of formal argumentation: arguments that attack, and in some formats support, each other.
//!
//! `docs/formats/solvers.md` describes what becomes of statements and steps.

mod attacks;
mod bag;
mod losses;
mod names;
#[cfg(test)]
mod tests;

pub use losses::losses;

use crate::analysis::{AbstractFramework, Dossier, Framework};

/// A format of solvers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The numbers of the argumentation competition ICCMA 2023.
    Af,
    /// The facts of ASPARTIX.
    Apx,
    /// The trivial graph format.
    Tgf,
    /// The weighted bipolar graphs of Uncertainpy.
    Bag,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 4] = [Self::Af, Self::Apx, Self::Tgf, Self::Bag];

    /// The name that users write.
    pub fn name(self) -> &'static str {
        match self {
            Self::Af => "af",
            Self::Apx => "apx",
            Self::Tgf => "tgf",
            Self::Bag => "bag",
        }
    }
}

/// Writes the map for solvers; the text ends in a line break. As costly as [`AbstractFramework::of`].
pub fn write(dossier: &Dossier, format: Format) -> String {
    let terms = &dossier.analysis.terms;
    let framework = Framework::of(&dossier.map, &dossier.graph, terms.leaves);
    let translated = || AbstractFramework::of(&framework, terms);
    match format {
        Format::Af => attacks::write_af(&dossier.map, &translated()),
        Format::Apx => attacks::write_apx(&dossier.map, &translated()),
        Format::Tgf => attacks::write_tgf(&dossier.map, &translated()),
        Format::Bag => bag::write(&dossier.map, &framework),
    }
}
