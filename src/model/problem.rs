//! What is wrong with a map as it was written: facts, which the rules put into words.

use crate::source::{NotText, Refusal, Span};
use crate::syntax::{Related, SyntaxErrorKind};

/// A fault of form: where it is and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where the author must look.
    pub span: Span,
    /// What is wrong there.
    pub kind: ProblemKind,
}

/// What is wrong with the form of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file is not text that the tool reads.
    NotText(NotText),
    /// The text is not YAML.
    Syntax {
        /// What is wrong.
        error: SyntaxErrorKind,
        /// A second place that matters.
        related: Option<Related>,
    },
    /// A key that the format does not have there.
    UnknownKey {
        /// The key as written.
        key: String,
        /// What it stands in.
        place: Place,
        /// The keys that may stand there.
        known: &'static [&'static str],
        /// The key that was surely meant, and that its mapping does not have yet.
        correction: Option<&'static str>,
    },
    /// Something that must be there is not.
    Missing(Absent),
    /// A value of another shape than the format has there.
    WrongType {
        /// What the value is for.
        what: String,
        /// What was found, in words ("a list").
        found: &'static str,
        /// What belongs there.
        expected: Expected,
    },
    /// A value that is none of the possible ones.
    InvalidValue {
        /// What the value is for.
        what: String,
        /// The value as written.
        value: String,
        /// The words that it could be; empty for none.
        choices: &'static [&'static str],
        /// What it must be, in words.
        rule: &'static str,
    },
    /// A key that its mapping has already.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it stands first.
        first: Span,
    },
    /// An id that is taken already.
    DuplicateId {
        /// The id.
        id: String,
        /// Where it stands first.
        first: Span,
    },
    /// A text with nothing in it.
    EmptyText {
        /// What the text is for.
        what: String,
    },
    /// An id that no statement has.
    UndefinedReference {
        /// The id as written.
        name: String,
        /// The nearest ids that statements have, best first.
        near: Vec<String>,
        /// What has this id instead.
        instead: Option<Instead>,
    },
    /// A source that the map does not define.
    UndefinedSource {
        /// The id as written.
        name: String,
        /// The nearest ids that sources have, best first.
        near: Vec<String>,
        /// Whether a statement has this id.
        is_statement: bool,
    },
    /// Maps that include each other.
    IncludeCycle {
        /// The names of the files, the first again at the end.
        cycle: Vec<String>,
    },
    /// An included file that cannot be read.
    IncludeMissing {
        /// The path as written.
        path: String,
        /// Why not.
        why: Refusal,
    },
    /// Two included files whose ids would stand under the same prefix.
    IncludeSameStem {
        /// The prefix.
        stem: String,
        /// The name of the file that has it already.
        taken_by: String,
    },
    /// A bibliography that cannot be read.
    BibliographyMissing {
        /// The path as written.
        path: String,
        /// Why not.
        why: Refusal,
    },
    /// An entry of a BibTeX file that is not as BibTeX is.
    BibliographyEntry {
        /// What is wrong, in words.
        why: String,
    },
    /// A path that leads out of the project.
    PathOutsideProject {
        /// The path as written.
        path: String,
        /// The folder that it must stay in.
        root: String,
    },
    /// A file of another format that is not as that format is.
    Foreign {
        /// The format's name for people.
        format: &'static str,
        /// What is wrong.
        fault: ForeignFault,
    },
}

impl ProblemKind {
    /// Why a file that another includes is not read.
    pub fn of_include(path: String, refusal: Refusal) -> Self {
        match refusal {
            Refusal::OutsideProject(root) => Self::PathOutsideProject { path, root },
            why => Self::IncludeMissing { path, why },
        }
    }
}

/// What is wrong with a file of another format, where the same cannot be wrong with a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ForeignFault {
    /// It is in none of the formats that are known.
    Unrecognised,
    /// It is not in the language that its format is written in.
    Malformed {
        /// The language ("JSON").
        language: &'static str,
        /// What is wrong, in words.
        why: String,
    },
    /// It has no statement at all.
    NoStatements,
    /// A part that every thing of its kind has is not there.
    Missing {
        /// The part ("conclusion").
        part: &'static str,
        /// What lacks it ("argument").
        owner: &'static str,
        /// The name of what lacks it, if it has one.
        name: Option<String>,
    },
    /// A name that nothing in the file has.
    Undefined {
        /// What it should be the name of ("statement").
        what: &'static str,
        /// The name as written.
        name: String,
    },
    /// Steps that attack each other in a circle, so that none comes first.
    UndercutCircle,
    /// A text beside the file that cannot be read.
    TextMissing {
        /// The path from the file.
        path: String,
        /// Why not.
        why: Refusal,
    },
    /// Words that are said to stand in a text, where it has others.
    OtherWords {
        /// How the text starts there.
        found: String,
    },
    /// Something where its format does not have it.
    Misplaced {
        /// What ("relation").
        what: &'static str,
        /// Where it stands, or where it should ("is not indented").
        how: &'static str,
        /// What to do, and what becomes of it.
        help: &'static str,
    },
}

/// What an undefined name is instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// A source.
    Source,
    /// An inference.
    Inference,
    /// A statement whose id is automatic, so that the map cannot refer to it.
    AutomaticId(Span),
    /// Nothing, where a text of several words would be an answer itself.
    ShortAnswer,
}

/// What has keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The top level of the file.
    Map,
    /// A statement in a section.
    Statement,
    /// A statement written where it is used.
    InlineStatement,
    /// The long form of a reason or an objection.
    Inference,
    /// A use of a source.
    Citation,
    /// A work cited.
    Source,
    /// The verdicts that an author expects.
    Expect,
}

impl Place {
    /// What to call it ("a statement").
    pub fn name(self) -> &'static str {
        match self {
            Self::Map => "a map",
            Self::Statement => "a statement",
            Self::InlineStatement => "an inline statement",
            Self::Inference => "a reason or objection",
            Self::Citation => "a citation",
            Self::Source => "a source",
            Self::Expect => "`expect`",
        }
    }
}

/// What must be there and is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Absent {
    /// Anything at all: the file is empty.
    Document,
    /// The map's thesis.
    Thesis,
    /// A statement's text.
    Text,
    /// The premises of a reason or an objection.
    Premises,
    /// A citation's source id.
    SourceId,
    /// A source's title.
    Title,
}

/// What belongs in a place, in words and as an example.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// In words ("a text").
    pub words: &'static str,
    /// As an author would write it.
    pub example: &'static str,
}

/// What was found, in words, where a value has a tag that the format does not know.
pub const A_TAGGED_VALUE: &str = "a value with a YAML tag";
