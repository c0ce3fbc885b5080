//! The texts that everything else points into: files, byte spans, lines and columns.
//!
//! Spans are byte offsets from the reader to the printer.
//! Lines and columns exist only where a person or a format needs them.

use std::borrow::Cow;
use std::ops::Range;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Which file of a [`SourceFiles`] a [`Span`] is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file.
///
/// It is `Copy` and small, so every value keeps its own.
/// The order is document order: by file, then start, then end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that the bytes are in.
    pub file: FileId,
    /// The offset of the first byte.
    pub start: u32,
    /// The offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes as a range, to slice the file's text with.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// From the start of this span to the end of a later one in the same file.
    #[must_use]
    pub fn to(self, later: Span) -> Span {
        let end = later.end.max(self.end);
        Span { end, ..self }
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A value and where its author wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// A place as people and editors count it: both numbers start at 1, columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// One text that was read, under the name that findings print.
#[derive(Clone, Debug)]
pub struct SourceFile {
    name: String,
    text: String,
    line_starts: Vec<u32>,
    /// How many characters start before each [`STRIDE`]th byte, so that columns of long lines are cheap.
    chars_before: Vec<u32>,
}

/// How many bytes lie between two counts of characters.
const STRIDE: usize = 1024;

/// Why bytes are not a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotText {
    /// A byte sequence that UTF-8 does not have.
    InvalidUtf8,
    /// The byte order mark of UTF-16 at the start.
    Utf16,
    /// A NUL: no text has one, so this is some binary file.
    Binary,
}

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// In which encoding a text was, where that was not UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recoded {
    /// UTF-16, with or without its byte order mark.
    Utf16,
    /// Windows-1252, at least in places.
    Windows1252 {
        /// How many bytes were no UTF-8.
        count: usize,
        /// Where the letter of the first of them stands in the text.
        first: u32,
    },
}

impl SourceFile {
    /// A file from text that is already in memory.
    ///
    /// Costs one pass over the text to find its lines.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let (name, text) = (name.into(), text.into());
        let line_starts = line_starts(&text);
        let chars_before = chars_before(text.as_bytes());
        Self {
            name,
            text,
            line_starts,
            chars_before,
        }
    }

    /// A file from bytes as they are on disk.
    ///
    /// Where they are not UTF-8 the file holds the part that is, and the second value says why it ends there.
    pub fn decode(name: impl Into<String>, bytes: Vec<u8>) -> (Self, Option<NotText>) {
        if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
            return (Self::new(name, ""), Some(NotText::Utf16));
        }
        let (text, fault) = match String::from_utf8(bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let valid = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                bytes.truncate(valid);
                let text = String::from_utf8(bytes).expect("the part before the fault is UTF-8");
                (text, Some(NotText::InvalidUtf8))
            }
        };
        match text.find('\0') {
            Some(nul) => (Self::new(name, &text[..nul]), Some(NotText::Binary)),
            None => (Self::new(name, text), fault),
        }
    }

    /// A file of another program, of which many write other encodings than UTF-8.
    ///
    /// Says in which encoding it was, and what ends the text; with a NUL it is no text at all.
    pub fn decode_any(
        name: impl Into<String>,
        bytes: Vec<u8>,
    ) -> (Self, Option<NotText>, Option<Recoded>) {
        let (text, recoded) = match any_text(&bytes) {
            (Cow::Owned(text), recoded) => (text, recoded),
            (Cow::Borrowed(_), recoded) => {
                let text = String::from_utf8(bytes).expect("what is borrowed is UTF-8 already");
                (text, recoded)
            }
        };
        match text.find('\0') {
            Some(nul) => (
                Self::new(name, &text[..nul]),
                Some(NotText::Binary),
                recoded,
            ),
            None => (Self::new(name, text), None, recoded),
        }
    }

    /// The name that findings print: the path as the user wrote it, or relative to that.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text, with its byte order mark if it has one.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where the content starts: behind a byte order mark.
    pub fn content_start(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len()
        } else {
            0
        }
    }

    /// The line and column of a byte offset.
    ///
    /// Costs a binary search over the lines.
    /// An offset beyond the text is the text's end.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.line_of(offset);
        let start = self.line_starts[line] as usize;
        let end = (offset as usize).clamp(start, self.text.len());
        let column = self.n_chars_to(end) - self.n_chars_to(start) + 1;
        Position {
            line: line + 1,
            column,
        }
    }

    /// How many lines the text has; an empty text has one.
    pub fn n_lines(&self) -> usize {
        self.line_starts.len()
    }

    /// The bytes of a line, from 1, without its line break.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let start = self.line_starts[line - 1] as usize;
        let end = self
            .line_starts
            .get(line)
            .map_or(self.text.len(), |&next| next as usize);
        let content = self.text[start..end].trim_end_matches(['\n', '\r']);
        start..start + content.len()
    }

    /// How many characters start before a byte.
    fn n_chars_to(&self, offset: usize) -> usize {
        let counted = offset / STRIDE;
        let rest = &self.text.as_bytes()[counted * STRIDE..offset];
        self.chars_before[counted] as usize + n_char_starts(rest)
    }

    fn line_of(&self, offset: u32) -> usize {
        self.line_starts
            .partition_point(|&start| start <= offset)
            .saturating_sub(1)
    }
}

/// The files of one run, in the order in which they were read; the map itself is the first.
#[derive(Clone, Debug, Default)]
pub struct SourceFiles(Vec<SourceFile>);

impl SourceFiles {
    /// Adds a file and says which it is.
    ///
    /// # Panics
    /// With more than `u32::MAX` files.
    pub fn add(&mut self, file: SourceFile) -> FileId {
        let id = u32::try_from(self.0.len()).expect("fewer than 2^32 files");
        self.0.push(file);
        FileId(id)
    }

    /// The file of that number.
    pub fn get(&self, id: FileId) -> &SourceFile {
        &self.0[id.0 as usize]
    }

    /// All files, in order.
    pub fn iter(&self) -> impl Iterator<Item = &SourceFile> {
        self.0.iter()
    }

    /// The text under a span.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file)
            .text
            .get(span.range())
            .unwrap_or_default()
    }

    /// Where a span starts, as people count.
    pub fn position(&self, span: Span) -> Position {
        self.get(span.file).position(span.start)
    }
}

/// The outside, as a map may see it: the only way in which the core asks for another file's text.
///
/// The command line answers from the disk and keeps every path inside the project root;
/// an editor's server lays open buffers over the disk; tests answer from memory.
pub trait World {
    /// Which file `path`, written in the file called `from`, means.
    fn locate(&self, path: &str, from: &str) -> Result<Location, Refusal>;

    /// The bytes of a located file.
    fn read(&self, location: &Location) -> Result<Vec<u8>, Refusal>;
}

/// A file that a map may see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Location {
    /// What findings call it.
    pub name: String,
    /// The same for every way to write the path of one file.
    pub key: String,
}

/// Why a file's text is not to be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such file.
    Missing,
    /// It lies outside the folder that the map may see, named here.
    OutsideProject(String),
    /// It is larger than [`MAX_FILE_BYTES`].
    TooLarge(u64),
    /// The system's own words: a directory, no permission, a failing disk.
    Unreadable(String),
}

/// The size above which a file is refused: 256 MiB.
pub const MAX_FILE_BYTES: u64 = 256 << 20;

/// A world without files, for maps that stand alone.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoFiles;

impl World for NoFiles {
    fn locate(&self, _path: &str, _from: &str) -> Result<Location, Refusal> {
        Err(Refusal::Missing)
    }

    fn read(&self, _location: &Location) -> Result<Vec<u8>, Refusal> {
        Err(Refusal::Missing)
    }
}

/// A text on one line: its words with a single space between them. Linear.
///
/// ```
/// use grounds::source::single_spaced;
///
/// assert_eq!(single_spaced("  two\n\t words "), "two words");
/// ```
pub fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text that bytes are in UTF-8, in UTF-16, or where they are neither, in Windows-1252, which has a letter for
/// every byte. Linear in the bytes; what is UTF-8 is not copied.
pub fn any_text(bytes: &[u8]) -> (Cow<'_, str>, Option<Recoded>) {
    if let Some(encoding) = utf16(bytes) {
        let (text, _) = encoding.decode_with_bom_removal(bytes);
        return (text.into_owned().into(), Some(Recoded::Utf16));
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return (text.into(), None);
    }
    let mut text = String::with_capacity(bytes.len());
    let (mut count, mut first) = (0, None);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            first.get_or_insert(text.len());
            count += chunk.invalid().len();
            let (letters, _) = WINDOWS_1252.decode_without_bom_handling(chunk.invalid());
            text.push_str(&letters);
        }
    }
    let first = u32::try_from(first.unwrap_or_default()).unwrap_or(u32::MAX);
    (text.into(), Some(Recoded::Windows1252 { count, first }))
}

/// UTF-16, if a byte order mark says so, or the NUL that half of its first character is.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let [a, b, c, d] = *bytes.first_chunk::<4>()?;
    match (a, b, c, d) {
        (0xff, 0xfe, ..) | (1..=255, 0, 1..=255, 0) => Some(UTF_16LE),
        (0xfe, 0xff, ..) | (0, 1..=255, 0, 1..=255) => Some(UTF_16BE),
        _ => None,
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let bytes = text.as_bytes();
    let first = if text.starts_with(BYTE_ORDER_MARK) {
        BYTE_ORDER_MARK.len()
    } else {
        0
    };
    let offset = |at: usize| u32::try_from(at).expect("files over 256 MiB are refused before");
    let mut starts = vec![offset(first)];
    for (at, &byte) in bytes.iter().enumerate() {
        let ends_line = byte == b'\n' || (byte == b'\r' && bytes.get(at + 1) != Some(&b'\n'));
        if ends_line {
            starts.push(offset(at + 1));
        }
    }
    starts
}

fn chars_before(bytes: &[u8]) -> Vec<u32> {
    let mut counts = vec![0];
    let mut total = 0;
    for stride in bytes.chunks(STRIDE) {
        total += n_char_starts(stride);
        counts.push(u32::try_from(total).expect("files over 256 MiB are refused before"));
    }
    counts
}

/// How many characters start in a piece of UTF-8.
fn n_char_starts(bytes: &[u8]) -> usize {
    bytes
        .iter()
        .filter(|byte| **byte & 0b1100_0000 != 0b1000_0000)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str, offset: u32) -> (usize, usize) {
        let position = SourceFile::new("m", text).position(offset);
        (position.line, position.column)
    }

    #[test]
    fn columns_count_characters_and_lines_any_line_break() {
        assert_eq!(at("äb\r\nc\rd\ne", 3), (1, 3));
        assert_eq!(at("äb\r\nc\rd\ne", 5), (2, 1));
        assert_eq!(at("äb\r\nc\rd\ne", 7), (3, 1));
        assert_eq!(at("äb\r\nc\rd\ne", 9), (4, 1));
        assert_eq!(at("ab", 99), (1, 3));
    }

    #[test]
    fn columns_of_long_lines_count_every_character() {
        let text = "é".repeat(5000);
        assert_eq!(at(&text, 6000), (1, 3001));
        assert_eq!(at(&text, 10_000), (1, 5001));
    }

    #[test]
    fn a_byte_order_mark_has_no_column() {
        assert_eq!(at("\u{feff}ab", 3), (1, 1));
        assert_eq!(at("\u{feff}ab", 0), (1, 1));
    }

    #[test]
    fn bytes_that_are_not_utf8_keep_the_readable_part() {
        let (file, fault) = SourceFile::decode("m", b"ok \xff no".to_vec());
        assert_eq!((file.text(), fault), ("ok ", Some(NotText::InvalidUtf8)));
        let (file, fault) = SourceFile::decode("m", b"ok\0no".to_vec());
        assert_eq!((file.text(), fault), ("ok", Some(NotText::Binary)));
        assert_eq!(
            SourceFile::decode("m", vec![0xff, 0xfe, 0x41, 0]).1,
            Some(NotText::Utf16)
        );
    }
}
