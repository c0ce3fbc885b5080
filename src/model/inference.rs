//! Inferences: steps from premises to what they are for or against.

use super::{Allow, Reference, StatementIdx, Text};
use crate::source::{Span, Spanned};

/// The index of an inference in [`super::ArgumentMap::inferences`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct InferenceIdx(pub u32);

impl InferenceIdx {
    /// The index as a position in a list.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The inference at that position.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a map has fewer than 2^32 inferences"))
    }
}

/// For or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Polarity {
    /// A reason for the target (an RA-node of the Argument Interchange Format).
    Pro,
    /// An objection to the target (a CA-node).
    Con,
}

impl Polarity {
    /// What an inference of this polarity is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Pro => "reason",
            Self::Con => "objection",
        }
    }
}

/// What an inference is for or against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Target {
    /// A statement.
    Statement(StatementIdx),
    /// A step: an objection to it is an undercut.
    Inference(InferenceIdx),
}

/// A statement where it is used: by name, or written out in place.
#[derive(Clone, Debug, PartialEq)]
pub enum Premise {
    /// The id of a statement that is defined elsewhere.
    Named(Reference),
    /// A statement that is defined here; the span is that of its text.
    Inline(Spanned<StatementIdx>),
}

impl Premise {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Named(reference) => reference.span,
            Self::Inline(inline) => inline.span,
        }
    }
}

/// A step from one or more linked premises to a target.
#[derive(Clone, Debug, PartialEq)]
pub struct Inference {
    /// The id, with the prefix of an included map; unique among statements and inferences.
    pub id: String,
    /// Where the author wrote the id; none where it is automatic.
    pub id_span: Option<Span>,
    /// For or against.
    pub polarity: Polarity,
    /// What it is for or against.
    pub target: Target,
    /// The statements that carry it together; never empty unless the file is faulty.
    pub premises: Vec<Premise>,
    /// The whole of it in the file.
    pub span: Span,
    /// The argumentation scheme that it follows.
    pub scheme: Option<Text>,
    /// The rule that licenses the step (Toulmin 1958).
    pub warrant: Option<Text>,
    /// How strongly the premises carry the target, from 0 to 1.
    pub weight: Option<Spanned<f64>>,
    /// Answers to the scheme's critical questions.
    pub answers: Vec<Answer>,
    /// A short name.
    pub label: Option<Text>,
    /// Words to filter and colour by.
    pub tags: Vec<Text>,
    /// A remark for readers; never evaluated.
    pub note: Option<Text>,
    /// Findings that the author allows here.
    pub allow: Vec<Allow>,
    /// A syntax error came before its end: more may belong to it.
    pub incomplete: bool,
}

impl Inference {
    /// A step of which nothing is known but from what to what it leads.
    pub fn new(polarity: Polarity, target: Target, premises: Vec<Premise>, span: Span) -> Self {
        Self {
            id: String::new(),
            id_span: None,
            polarity,
            target,
            premises,
            span,
            scheme: None,
            warrant: None,
            weight: None,
            answers: Vec::new(),
            label: None,
            tags: Vec::new(),
            note: None,
            allow: Vec::new(),
            incomplete: false,
        }
    }
}

/// An answer to a critical question: the id of a statement, or a text.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The question's name in the scheme.
    pub question: Text,
    /// A statement's id, or the answer itself.
    pub answer: Text,
}
