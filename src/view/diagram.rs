//! The picture of a map before it has a syntax: boxes, junctions and arrows with their meanings.

use std::fmt;

pub use crate::analysis::Verdict;
pub use crate::model::Polarity;

/// What a picture of an argument map shows.
///
/// Everything is in document order, so the same map gives the same picture.
/// A layout gives it positions; a renderer gives it a syntax.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Diagram {
    /// The map's title; the file's name where it has none.
    pub title: String,
    /// The question that the map answers.
    pub question: Option<String>,
    /// The language of its texts as a tag of BCP 47, such as `de`, where the map names it so.
    pub language: Option<String>,
    /// One box per statement.
    pub nodes: Vec<Node>,
    /// One small point per inference that links several premises or is itself attacked.
    pub junctions: Vec<Junction>,
    /// The arrows, each from a premise towards what it is for or against.
    pub edges: Vec<Edge>,
    /// Boxes that are framed together; empty unless the reader asked for groups.
    pub groups: Vec<Group>,
    /// What a choice left out, option by option; empty where the whole map is shown.
    pub left_out: Vec<LeftOut>,
}

/// How many statements an option left out.
///
/// Printed, it is the note that goes with every picture: `12 statements not shown (--depth 2)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The option as the user wrote it.
    pub option: String,
    /// How many; never none.
    pub n_statements: usize,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.n_statements == 1 {
            "statement"
        } else {
            "statements"
        };
        write!(
            f,
            "{} {noun} not shown ({})",
            self.n_statements, self.option
        )
    }
}

/// How many statements that are not shown hang at a box or a junction; each is counted once in a diagram.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Reasons and objections, and what hangs under them.
    pub under: usize,
    /// What it is a reason for or an objection to, and what hangs there.
    pub over: usize,
}

impl Hidden {
    /// The words of the stub, such as `+12`, with an arrow for what it leads to; none where all is shown.
    pub fn stub(self) -> Option<String> {
        match (self.under, self.over) {
            (0, 0) => None,
            (under, 0) => Some(format!("+{under}")),
            (0, over) => Some(format!("\u{2192} +{over}")),
            (under, over) => Some(format!("+{under}, \u{2192} +{over}")),
        }
    }
}

/// Statements that are drawn together inside one frame.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// What they have in common, as the frame's heading says it.
    pub label: String,
    /// Indices into [`Diagram::nodes`], ascending; a statement is in one group at most.
    pub nodes: Vec<usize>,
}

/// A statement's box.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    /// The statement's id, unique in the diagram; also the element id in every format.
    pub id: String,
    /// Which shape the box takes.
    pub kind: NodeKind,
    /// A claim with no reason under it, or one whose reasons rest on nothing.
    pub unsupported: bool,
    /// What the evaluation says of it.
    pub verdict: Verdict,
    /// Unstated in the text that the map encodes: the mapper supplied it.
    pub implicit: bool,
    /// A short name, shown above the text.
    pub label: Option<String>,
    /// What the box says, unwrapped: the statement's full text unless the reader asked for less, and then the
    /// tooltip has it.
    pub text: String,
    /// What it rests on, in the order of the map.
    pub sources: Vec<NamedSource>,
    /// What else the reader asked for, in small print under the text, such as a quote or a strength.
    pub details: Vec<String>,
    /// What hangs here and is not shown.
    pub hidden: Hidden,
    /// More about the statement for who points at the box; may have several lines.
    pub tooltip: String,
    /// Where the box leads to: the first of its sources that has an address; no format makes a link of it that is not
    /// [safe](super::address::is_safe).
    pub link: Option<String>,
}

/// A work that a statement rests on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NamedSource {
    /// The work and where in it, in short ("Bridge inspection report, para 4").
    pub name: String,
    /// Where it is found; no format makes a link of it that is not [safe](super::address::is_safe).
    pub link: Option<String>,
}

impl Node {
    /// What stands in small print under the text, line by line: the sources, the details, and the stub `+12` for
    /// what is not shown.
    pub fn small_print(&self) -> Vec<String> {
        let parts = self.source_lines().into_iter();
        let parts = parts.chain(self.details.iter().cloned());
        let said = |text: &String| !text.trim().is_empty();
        parts.chain(self.hidden.stub()).filter(said).collect()
    }

    /// The sources as a box names them: one or two each on a line, of more the first and how many others there are.
    pub fn source_lines(&self) -> Vec<String> {
        let names = self.sources.iter().map(|it| it.name.clone());
        match self.sources.len() {
            0..=2 => names.collect(),
            n => names
                .take(1)
                .chain([format!("and {} more sources", n - 1)])
                .collect(),
        }
    }

    /// The verdict, where a picture must tell it: not that a statement stands, and not that an unsupported one falls.
    pub fn notable_verdict(&self) -> Option<Verdict> {
        match self.verdict {
            Verdict::In => None,
            Verdict::Out if self.unsupported => None,
            verdict => Some(verdict),
        }
    }
}

/// What a statement is in the argument, told by shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NodeKind {
    /// What the map argues for.
    Thesis,
    /// A statement that needs reasons.
    Claim,
    /// A piece of evidence.
    Evidence,
    /// A statement taken for granted.
    Assumption,
}

/// Where the premises of one inference meet, and where an undercut of it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Junction {
    /// The inference's id, unique among nodes and junctions.
    pub id: String,
    /// Whether the inference is for or against its target.
    pub polarity: Polarity,
    /// A short word for the step, such as the scheme's name. Formats that cannot give it room without hiding
    /// lines (SVG, PNG) show it first in the tooltip instead of beside the point.
    pub label: Option<String>,
    /// Whether the label is to be seen in every format: the point becomes a plate that holds it, in several lines if
    /// it is long.
    pub is_labelled: bool,
    /// Premises of the inference that are not shown, and undercuts of it, with what hangs under them.
    pub hidden: Hidden,
    /// More about the inference: its warrant, its scheme, its note.
    pub tooltip: String,
}

impl Junction {
    /// What stands in the point itself, so that it must be a plate: its label where the reader asked for it, and
    /// the stub `+1` for what is not shown.
    pub fn plate(&self) -> Option<String> {
        let label = self.label.clone().filter(|_| self.is_labelled);
        let parts: Vec<String> = label.into_iter().chain(self.hidden.stub()).collect();
        (!parts.is_empty()).then(|| parts.join(" "))
    }

    /// The tooltip, with the label before it where it does not have it.
    pub fn spoken(&self) -> String {
        let has = |label: &str| self.tooltip.contains(label.trim_end_matches('\u{2026}'));
        let label = self.label.as_deref().filter(|label| !has(label));
        let parts = label.into_iter().chain([self.tooltip.as_str()]);
        let parts: Vec<&str> = parts.filter(|it| !it.trim().is_empty()).collect();
        parts.join("\n")
    }
}

/// An arrow or a line of the diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edge {
    /// Where it starts: a premise, or the junction that joins premises.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// What it means.
    pub kind: EdgeKind,
}

/// An end of an edge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// An index into [`Diagram::nodes`].
    Node(usize),
    /// An index into [`Diagram::junctions`].
    Junction(usize),
}

/// What an edge means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// From a premise to the junction of its inference: a line without an arrowhead.
    Premise(Polarity),
    /// From a single premise or a junction to the statement that it supports.
    Reason,
    /// From a single premise or a junction to the statement that it attacks.
    Objection,
    /// From a single premise or a junction to the junction of the inference that it attacks.
    Undercut,
    /// Between two statements that cannot be true together: a line without arrowheads.
    Contradiction,
    /// From a statement to the one that it says again in other words.
    Restatement,
}

impl NodeKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Thesis, Self::Claim, Self::Evidence, Self::Assumption];

    /// What a statement of this kind is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thesis => "thesis",
            Self::Claim => "claim",
            Self::Evidence => "evidence",
            Self::Assumption => "assumption",
        }
    }
}

impl EdgeKind {
    /// Every kind that looks its own; the line of a premise looks as what its junction does.
    pub const LOOKS: [Self; 5] = [
        Self::Reason,
        Self::Objection,
        Self::Undercut,
        Self::Contradiction,
        Self::Restatement,
    ];
}
