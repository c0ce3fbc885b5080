//! What is wrong with a text as YAML, as facts; the rules word them.

use granit_parser::{ErrorKind, ScanError};

use crate::source::Span;

/// One fault of a text as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// Where the author must look.
    pub span: Span,
    /// A second place that matters.
    pub related: Option<Related>,
    /// What is wrong.
    pub kind: SyntaxErrorKind,
}

/// A second place of a syntax error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Related {
    /// The quote or bracket that is open where the error is.
    OpenedAt(Span),
    /// Where the parser could not go on, when the error is told at its cause.
    StoppedAt(Span),
}

/// What is wrong with a text as YAML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    /// A `: ` within a text without quotes.
    ColonInText,
    /// A line that would be a key with its value, were there a space behind its colon.
    MissingSpace,
    /// A tab where spaces belong.
    Tab,
    /// A quote with no partner.
    UnclosedQuote,
    /// Text behind a closing quote.
    TextAfterQuote,
    /// Text behind a closing bracket or brace.
    TextAfterBracket(char),
    /// Text behind a value that is complete.
    TextAfterValue,
    /// A backslash escape that YAML does not have, in double quotes.
    UnknownEscape,
    /// A bracket or brace with no partner.
    UnclosedBracket(char),
    /// A bracket or brace closed by the wrong partner.
    MismatchedBracket(char, char),
    /// A closing bracket or brace that none opened.
    StrayBracket,
    /// Two entries of a list or mapping in brackets without a comma.
    MissingComma,
    /// A line that is indented neither as its neighbours nor deeper.
    Indentation,
    /// A line without `key: `.
    MissingKey,
    /// A `-` item between the keys of a mapping.
    ListAndMapping,
    /// A key between the `-` items of a list.
    KeyInList,
    /// A text that starts with a character that YAML keeps for itself.
    ReservedCharacter(char),
    /// A character that is not seen and that YAML does not allow.
    UnseenCharacter(char),
    /// An alias (`*name`) of an anchor that is not there.
    UnknownAnchor(String),
    /// An alias inside the value that it stands for.
    AliasCycle,
    /// A second document in the file.
    SeveralDocuments,
    /// Aliases that would unfold into more values than the limit.
    AliasBomb {
        /// How many values the document would have.
        values: u64,
        /// How many it may have.
        limit: u64,
    },
    /// Anything else, in the YAML parser's words.
    Other(String),
}

impl SyntaxErrorKind {
    /// Sorts the parser's many kinds into the few that a person can act on.
    pub(super) fn of(error: &ScanError) -> Self {
        use ErrorKind as K;
        match error.kind() {
            K::MappingValueNotAllowed
            | K::InvalidColonPlacement
            | K::SimpleKeyExpected
            | K::InvalidSimpleKey => Self::ColonInText,
            K::TabNotAllowed
            | K::TabInBlockIndentation
            | K::TabInIndentation
            | K::TabAtBlockScalarStart
            | K::TabInPlainScalar => Self::Tab,
            K::UnclosedQuotedScalar
            | K::DocumentIndicatorInQuotedScalar
            | K::InvalidQuotedScalarIndent => Self::UnclosedQuote,
            K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => {
                Self::TextAfterQuote
            }
            K::UnknownQuotedScalarEscape | K::InvalidQuotedScalarHexEscape => Self::UnknownEscape,
            K::UnclosedFlowCollection { open } => Self::UnclosedBracket(*open),
            K::UnexpectedEofFlowSequence => Self::UnclosedBracket('['),
            K::UnexpectedEofFlowMapping | K::UnexpectedEofImplicitFlowMapping => {
                Self::UnclosedBracket('{')
            }
            K::MismatchedFlowCollectionEnd { open, close } => {
                Self::MismatchedBracket(*open, *close)
            }
            K::MisplacedFlowCollectionEnd => Self::StrayBracket,
            K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => {
                Self::MissingComma
            }
            K::InvalidIndentation | K::InvalidBlockScalarIndent | K::InvalidFlowScalarIndent => {
                Self::Indentation
            }
            K::ExpectedBlockMappingKey => Self::MissingKey,
            K::ExpectedBlockSequenceEntry
            | K::BlockSequenceEntryNotAllowed
            | K::BlockEntryInFlowCollection => Self::ListAndMapping,
            K::UnexpectedCharacter { character } if is_unseen(*character) => {
                Self::UnseenCharacter(*character)
            }
            K::UnexpectedCharacter { character } => Self::ReservedCharacter(*character),
            K::BomInsideDocument => Self::UnseenCharacter('\u{feff}'),
            K::MultipleDocumentsUnsupported => Self::SeveralDocuments,
            other => Self::Other(other.to_string()),
        }
    }
}

/// Control characters, and the two that are none in Unicode.
fn is_unseen(character: char) -> bool {
    character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}')
}
