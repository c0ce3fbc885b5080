//! The picture of a map before it has a syntax: boxes, junctions and arrows with their meanings.

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
    /// One box per statement.
    pub nodes: Vec<Node>,
    /// One small point per inference that links several premises or is itself attacked.
    pub junctions: Vec<Junction>,
    /// The arrows, each from a premise towards what it is for or against.
    pub edges: Vec<Edge>,
    /// Boxes that are framed together; empty unless the reader asked for groups.
    pub groups: Vec<Group>,
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
    /// The statement's full text, unwrapped.
    pub text: String,
    /// What evidence rests on, in short ("Bridge inspection report, para 4").
    pub source: Option<String>,
    /// More about the statement for who points at the box; may have several lines.
    pub tooltip: String,
    /// Where the box leads to: an `http`, `https` or `mailto` address.
    pub link: Option<String>,
}

impl Node {
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
    /// More about the inference: its warrant, its scheme, its note.
    pub tooltip: String,
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
