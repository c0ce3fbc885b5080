//! What stands between two empty lines of Argdown's source, while it is being read.

use rustc_hash::FxHashMap;

use super::data;
use super::debate::{End, Step};
use super::lines::Mark;
use crate::model::Text;
use crate::source::{FileId, Span, Spanned};

/// What stands between two empty lines.
#[derive(Default)]
pub(super) struct Block {
    /// The words that are being gathered.
    pub(super) place: Option<Place>,
    /// What the first words, or the last item of a reconstruction, have become.
    pub(super) root: Option<End>,
    /// The column behind which relations of the root stand.
    pub(super) base: usize,
    /// The indentations that are open, with what their relations are about.
    pub(super) levels: Vec<(usize, End)>,
    /// What the last words have become.
    pub(super) last: Option<End>,
    /// The reconstruction that is being read.
    pub(super) reconstruction: Option<Reconstruction>,
    /// The argument before the empty line, which the next reconstruction is of.
    pub(super) described: Option<usize>,
    /// An inference whose second dashes have not come yet.
    pub(super) inference: Option<Place>,
}

pub(super) struct Reconstruction {
    pub(super) argument: usize,
    /// The items by the numbers that they are given.
    pub(super) numbers: FxHashMap<u64, usize>,
    /// The step whose conclusion comes next, and where it stands.
    pub(super) step: Option<(Step, Span)>,
}

/// Words that belong together, and what for.
pub(super) struct Place {
    pub(super) role: Role,
    pub(super) words: String,
    pub(super) span: Span,
    /// Whether the words are in the middle of data.
    pub(super) is_in_data: bool,
}

#[derive(Clone, Copy)]
pub(super) enum Role {
    Top,
    Heading(usize),
    Item(u64),
    Related(Mark, End),
    /// Between the dashes of an inference.
    Inference,
}

impl Place {
    /// Adds a line.
    pub(super) fn go_on(&mut self, line: &str, at: Span) {
        if !self.words.is_empty() {
            self.words.push('\n');
        }
        self.words.push_str(line);
        self.span = self.span.to(at);
        self.is_in_data = if self.is_in_data {
            !line.contains('}')
        } else {
            data::is_open(line)
        };
    }
}

/// A line behind what it starts with.
pub(super) struct Words<'t> {
    pub(super) line: &'t str,
    /// How long the start is, in bytes.
    pub(super) length: usize,
    pub(super) indent: usize,
    /// Where the line stands, from its first character that is no white space.
    pub(super) at: Span,
}

impl Words<'_> {
    pub(super) fn words(&self) -> &str {
        self.line[self.length..].trim()
    }

    pub(super) fn span(&self) -> Span {
        let rest = &self.line[self.length..];
        let before = self.line.len() - rest.trim_start().len();
        let start = (self.at.start + offset(before)).min(self.at.end);
        Span { start, ..self.at }
    }
}

pub(super) fn spanned(value: &str, span: Span) -> Text {
    Spanned {
        value: value.to_owned(),
        span,
    }
}

pub(super) fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("files over 256 MiB are refused")
}

pub(super) fn span(file: FileId, start: usize, end: usize) -> Span {
    Span {
        file,
        start: offset(start),
        end: offset(end),
    }
}
