//! Colours that differ for colour-blind readers too; text on every fill has a contrast above 7 to 1.

use crate::view::diagram::{EdgeKind, NodeKind, Polarity};

/// Text.
pub(super) const INK: &str = "#1b1f24";
/// Less important text; 7 to 1 on white.
pub(super) const MUTED: &str = "#4a525c";
/// The ground.
pub(super) const PAPER: &str = "#ffffff";
/// The mark of a claim that nothing supports.
pub(super) const MARK: &str = "#9a4a00";

/// The mark of a statement that the evaluation rejects.
pub(super) const REJECTED: &str = "#8c1d18";
/// The mark of a statement that it leaves open.
pub(super) const UNDECIDED: &str = "#4a525c";
/// The fill of a box that is rejected; muted text on it has a contrast above 6 to 1.
pub(super) const FALLEN: &str = "#e4e6e9";

/// Fill and border of a kind.
pub(super) fn of_kind(kind: NodeKind) -> (&'static str, &'static str) {
    match kind {
        NodeKind::Thesis => ("#e6eefb", "#1d3f72"),
        NodeKind::Claim => ("#ffffff", "#5b6470"),
        NodeKind::Evidence => ("#e8f4ee", "#2a6b4c"),
        NodeKind::Assumption => ("#fbf3dc", "#84600c"),
    }
}

/// For and against: blue and vermilion.
pub(super) fn of_polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Pro => "#0b5fa5",
        Polarity::Con => "#b3261e",
    }
}

/// The colour of a line.
pub(super) fn of_edge(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Premise(polarity) => of_polarity(polarity),
        EdgeKind::Reason => of_polarity(Polarity::Pro),
        EdgeKind::Objection => of_polarity(Polarity::Con),
        EdgeKind::Undercut => "#8a2c7a",
        EdgeKind::Contradiction => "#6b4a00",
        EdgeKind::Restatement => "#5b6470",
    }
}
