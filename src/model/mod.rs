//! What an author wrote, as plain data: statements, inferences, sources.
//!
//! References between them are still names here; [`crate::graph`] looks them up.
//! Kind of attack and role in the argument follow from position and are never stored.

mod inference;
mod loss;
pub mod near;
mod problem;
mod review;
mod source;
mod statement;
mod terms;
mod unread;

pub use inference::{Answer, Inference, InferenceIdx, Polarity, Premise, Target};
pub use loss::{Loss, Losses};
pub use problem::{
    A_TAGGED_VALUE, Absent, Expected, ForeignFault, Instead, Place, Problem, ProblemKind,
};
pub use review::{Review, ReviewFault, Reviews};
pub use source::{Citation, FieldValue, Source, is_marked_up, part_of_field};
pub use statement::{Statement, StatementIdx, StatementKind};
pub use terms::{Likelihood, Standard, Strength};
pub use unread::Unread;

use crate::source::{FileId, Span, Spanned};

/// A text and where it stands.
pub type Text = Spanned<String>;

/// A name of something that is defined elsewhere, and where it is used.
pub type Reference = Spanned<String>;

/// A map, with all maps that it includes, as read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ArgumentMap {
    /// What the map says of itself.
    pub about: About,
    /// What the map argues for, in document order.
    pub theses: Vec<Premise>,
    /// All statements, in document order; included maps' follow the map's own.
    pub statements: Vec<Statement>,
    /// All inferences, in document order.
    pub inferences: Vec<Inference>,
    /// All sources, in document order; those that are cited out of bibliographies follow, as they are cited.
    pub sources: Vec<Source>,
    /// Further ids of sources that several maps cite out of one bibliography, with the source's index.
    pub source_aliases: Vec<(String, usize)>,
    /// The entries of bibliographies that nothing cites, in the order of their files.
    pub uncited: Vec<Source>,
    /// The files that the map came from; the first is the map itself, bibliographies are last.
    pub parts: Vec<Part>,
    /// What stands where nothing is read.
    pub unread: Unread,
    /// The verdicts that the author expects.
    pub expect: Expect,
}

/// What a map says of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct About {
    /// The map's title.
    pub title: Option<Text>,
    /// The question that the map answers.
    pub question: Option<Text>,
    /// What the map is about, for readers.
    pub description: Option<Text>,
    /// Who made the map.
    pub authors: Vec<Text>,
    /// When it was made, as written.
    pub date: Option<Text>,
    /// The language of its texts, as written.
    pub language: Option<Text>,
    /// The terms under which the map may be used, as written.
    pub license: Option<Text>,
}

/// One file's share of a map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// The file.
    pub file: FileId,
    /// What its ids stand under: nothing for the map itself, the file's stem for an included one.
    pub prefix: Option<String>,
    /// What an included map says of itself; what the map itself says is in [`ArgumentMap::about`].
    pub about: About,
    /// The source that this file's `at` and `quote` speak of.
    pub article: Option<Reference>,
    /// The bibliography files whose entries join its sources.
    pub bibliography: Vec<Text>,
    /// Whether a bibliography could not be read as a whole, so that any source may be defined in it.
    pub has_unread_bibliography: bool,
    /// An included map's own theses; for the map itself they are in [`ArgumentMap::theses`].
    pub theses: Vec<Premise>,
    /// The verdicts that an included map expects when it is checked itself; those of the map itself are in
    /// [`ArgumentMap::expect`].
    pub expect: Expect,
    /// Findings that the author allows in this file.
    pub allow: Vec<Allow>,
    /// A syntax error cut the file short, so that what is missing may stand in the rest.
    pub incomplete: bool,
}

/// A finding that the author allows, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Allow {
    /// The rule's name.
    pub rule: Text,
    /// Why its findings are all right here.
    pub reason: Text,
}

/// The verdicts that an author expects.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Expect {
    /// Statements that the evaluation must accept.
    pub accepted: Vec<Reference>,
    /// Statements that the evaluation must reject.
    pub rejected: Vec<Reference>,
    /// Statements that the evaluation must leave undecided.
    pub undecided: Vec<Reference>,
}

impl ArgumentMap {
    /// The statement of that index.
    pub fn statement(&self, idx: StatementIdx) -> &Statement {
        &self.statements[idx.index()]
    }

    /// The inference of that index.
    pub fn inference(&self, idx: InferenceIdx) -> &Inference {
        &self.inferences[idx.index()]
    }

    /// The part of the map that a file holds.
    pub fn part(&self, file: FileId) -> &Part {
        &self.parts[file.0 as usize]
    }

    /// Whether a syntax error cut any file of the map short.
    pub fn is_incomplete(&self) -> bool {
        self.parts.iter().any(|part| part.incomplete)
    }

    /// The span that stands for a statement in findings: its id where the author wrote one, else its text.
    pub fn name_span(&self, idx: StatementIdx) -> Span {
        let statement = self.statement(idx);
        statement.id_span.unwrap_or(statement.text.span)
    }
}
