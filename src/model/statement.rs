//! Statements: what can be true or false.

use super::{Allow, Citation, Reference, Standard, Strength, Text};
use crate::source::{Span, Spanned};

/// The index of a statement in [`super::ArgumentMap::statements`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatementIdx(pub u32);

impl StatementIdx {
    /// The index as a position in a list.
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The statement at that position.
    pub fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a map has fewer than 2^32 statements"))
    }
}

/// How a statement enters the argument, as its author says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatementKind {
    /// Something that needs reasons.
    #[default]
    Claim,
    /// Something that was observed, measured or said.
    Evidence,
    /// Something that is taken for granted.
    Assumption,
}

impl StatementKind {
    /// The kind's name, as in the format and in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Evidence => "evidence",
            Self::Assumption => "assumption",
        }
    }

    /// Whether a statement of this kind is accepted unless an objection holds.
    pub fn is_assumed(self) -> bool {
        self != Self::Claim
    }
}

/// Something that can be true or false: an I-node of the Argument Interchange Format.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statement {
    /// The id, with the prefix of an included map; unique in the whole map.
    pub id: String,
    /// Where the author wrote the id; none where it is automatic.
    pub id_span: Option<Span>,
    /// How it enters the argument.
    pub kind: StatementKind,
    /// The statement itself, in the mapper's wording.
    pub text: Text,
    /// The whole of it in the file, with its reasons and objections.
    pub span: Span,
    /// A short name for diagrams and tables.
    pub label: Option<Text>,
    /// Where the article says this.
    pub at: Option<Text>,
    /// The article's own words.
    pub quote: Option<Text>,
    /// What it rests on outside the article.
    pub citations: Vec<Citation>,
    /// How credible it is on its own, before reasons.
    pub strength: Option<Spanned<Strength>>,
    /// The proof standard that it must meet.
    pub standard: Option<Spanned<Standard>>,
    /// Statements that this one says again in other words.
    pub restates: Vec<Reference>,
    /// Statements that cannot be true together with it.
    pub contradicts: Vec<Reference>,
    /// Unstated in the article; the mapper supplied it.
    pub implicit: bool,
    /// Honestly unfinished.
    pub undeveloped: bool,
    /// Words to filter and colour by.
    pub tags: Vec<Text>,
    /// A remark for readers; never evaluated.
    pub note: Option<Text>,
    /// Findings that the author allows here.
    pub allow: Vec<Allow>,
    /// A syntax error came before its end: more may belong to it.
    pub incomplete: bool,
}

impl Statement {
    /// Whether the author gave it an id, so that the map can refer to it.
    pub fn has_own_id(&self) -> bool {
        self.id_span.is_some()
    }

    /// Whether it says what it rests on: a source, or a place or words of the article.
    pub fn is_cited(&self) -> bool {
        !self.citations.is_empty() || self.at.is_some() || self.quote.is_some()
    }
}
