//! A source's visible text, with its paragraphs, headings and pages, and the way back to its file.

use std::borrow::Cow;
use std::ops::Range;

use super::decode::{Kind, NoText};
use super::sections::{Heading, Sections};
use super::{html, markdown};
use crate::source::SourceFile;

/// In a text without blank lines each line is a paragraph, if one is longer than this many characters.
const MAX_WRAPPED_LINE: usize = 120;

/// What a reader sees of a source.
///
/// Offsets are bytes of [`Text::visible`]; [`Text::in_file`] turns them into bytes of the file.
#[derive(Clone, Debug)]
pub struct Text<'f> {
    file: &'f SourceFile,
    visible: Cow<'f, str>,
    /// Where pieces of the visible text begin, there and in the file; in order.
    pieces: Vec<(usize, usize)>,
    paragraphs: Vec<Range<usize>>,
    sections: Sections,
    /// Where pages after the first begin.
    page_starts: Vec<usize>,
}

impl<'f> Text<'f> {
    /// The visible text of a file; linear.
    pub fn of(file: &'f SourceFile, kind: Kind) -> Result<Self, NoText> {
        match kind {
            Kind::Plain => Ok(Self::plain(file)),
            Kind::Markdown => Ok(markdown::read(file)),
            Kind::Html => html::read(file),
        }
    }

    fn plain(file: &'f SourceFile) -> Self {
        let start = file.content_start();
        let visible = &file.text()[start..];
        let page_starts = visible
            .match_indices('\u{c}')
            .map(|(at, _)| at + 1)
            .collect();
        Self {
            file,
            visible: Cow::Borrowed(visible),
            pieces: vec![(0, start)],
            paragraphs: plain_paragraphs(visible),
            sections: Sections::default(),
            page_starts,
        }
    }

    /// The characters that a reader sees.
    pub fn visible(&self) -> &str {
        &self.visible
    }

    /// The paragraphs, in order.
    pub fn paragraphs(&self) -> &[Range<usize>] {
        &self.paragraphs
    }

    /// The headings, in order.
    pub fn headings(&self) -> &[Heading] {
        self.sections.headings()
    }

    /// The sections that the headings head.
    pub(super) fn sections(&self) -> &Sections {
        &self.sections
    }

    /// The text of a heading.
    pub fn heading_text(&self, heading: &Heading) -> &str {
        &self.visible[heading.range.clone()]
    }

    /// How many pages the text has; nothing where no form feed parts them.
    pub fn n_pages(&self) -> Option<usize> {
        (!self.page_starts.is_empty()).then(|| self.page_starts.len() + 1)
    }

    /// How many lines the file has.
    pub fn n_lines(&self) -> usize {
        let n_lines = self.file.n_lines();
        let is_blank = |line: &usize| self.file.line_range(*line).is_empty();
        n_lines - usize::from(n_lines > 1 && is_blank(&n_lines))
    }

    /// The numbers of the paragraphs that a part of the text touches, from 1; nothing outside all of them.
    pub fn paragraphs_of(&self, range: &Range<usize>) -> Option<(usize, usize)> {
        let first = self
            .paragraphs
            .partition_point(|paragraph| paragraph.end <= range.start);
        let behind = self
            .paragraphs
            .partition_point(|paragraph| paragraph.start < range.end);
        (first < behind).then_some((first + 1, behind))
    }

    /// The numbers of the file's lines that a part of the text touches, from 1.
    pub fn lines_of(&self, range: &Range<usize>) -> (usize, usize) {
        let file = self.in_file(range);
        let line = |at: usize| {
            self.file
                .position(u32::try_from(at).expect("a text is at most 32 MiB"))
                .line
        };
        (
            line(file.start),
            line(file.end.saturating_sub(1).max(file.start)),
        )
    }

    /// The numbers of the pages that a part of the text touches, from 1; nothing where there are no pages.
    pub fn pages_of(&self, range: &Range<usize>) -> Option<(usize, usize)> {
        let page = |at: usize| self.page_starts.partition_point(|start| *start <= at) + 1;
        self.n_pages().map(|_| {
            (
                page(range.start),
                page(range.end.saturating_sub(1).max(range.start)),
            )
        })
    }

    /// Where a part of the visible text stands in the file, as whole characters.
    pub fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        let last = self.visible[range.clone()]
            .chars()
            .next_back()
            .map_or(0, char::len_utf8);
        let start = self.file_offset(range.start);
        let end = self.file_offset(range.end - last) + last;
        start..self.boundary(end).max(start)
    }

    fn file_offset(&self, at: usize) -> usize {
        let piece = self
            .pieces
            .partition_point(|(start, _)| *start <= at)
            .saturating_sub(1);
        let Some(&(start, in_file)) = self.pieces.get(piece) else {
            return 0;
        };
        let limit = self
            .pieces
            .get(piece + 1)
            .map_or(self.file.text().len(), |(_, next)| (*next).max(in_file));
        self.boundary((in_file + at.saturating_sub(start)).min(limit))
    }

    /// The nearest start of a character at or before an offset of the file.
    fn boundary(&self, at: usize) -> usize {
        let text = self.file.text();
        let at = at.min(text.len());
        (0..=at)
            .rev()
            .find(|at| text.is_char_boundary(*at))
            .unwrap_or(0)
    }
}

/// The blocks between blank lines; in a text without any, its lines where they are too long to be wrapped.
fn plain_paragraphs(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        lines.push(start..start + line.len());
        start += line.len();
    }
    let is_blank = |line: &Range<usize>| text[line.clone()].trim().is_empty();
    // The second half of a Windows line break is no blank line.
    let is_break = |line: &Range<usize>| {
        is_blank(line) && &text[line.clone()] != "\n" || text[..line.start].ends_with('\n')
    };
    let has_long = lines
        .iter()
        .any(|line| text[line.clone()].chars().count() > MAX_WRAPPED_LINE);
    let first = lines
        .iter()
        .position(|line| !is_blank(line))
        .unwrap_or(lines.len());
    let last = lines
        .iter()
        .rposition(|line| !is_blank(line))
        .unwrap_or(first);
    let has_blank = lines
        .iter()
        .take(last)
        .skip(first)
        .any(|line| is_blank(line) && is_break(line));
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for line in lines {
        if is_blank(&line) {
            is_open &= !is_break(&line);
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if is_open && (has_blank || !has_long) => paragraph.end = line.end,
            _ => paragraphs.push(line),
        }
        is_open = true;
    }
    paragraphs
}

/// A visible text that is put together from pieces of a file.
pub(super) struct Builder<'f> {
    file: &'f SourceFile,
    visible: String,
    pieces: Vec<(usize, usize)>,
    paragraphs: Vec<Range<usize>>,
    headings: Vec<Heading>,
    /// Where the block at hand begins.
    block_start: usize,
}

impl<'f> Builder<'f> {
    pub(super) fn new(file: &'f SourceFile) -> Self {
        Self {
            file,
            visible: String::new(),
            pieces: Vec::new(),
            paragraphs: Vec::new(),
            headings: Vec::new(),
            block_start: 0,
        }
    }

    /// Adds text that stands at an offset of the file.
    pub(super) fn push(&mut self, text: &str, in_file: usize) {
        self.pieces.push((self.visible.len(), in_file));
        self.visible.push_str(text);
    }

    /// How much text there is.
    pub(super) fn len(&self) -> usize {
        self.visible.len()
    }

    /// Takes back what was added behind a place.
    pub(super) fn truncate(&mut self, length: usize) {
        self.visible.truncate(length.max(self.block_start));
        while self
            .pieces
            .last()
            .is_some_and(|(start, _)| *start > self.visible.len())
        {
            self.pieces.pop();
        }
    }

    /// Whether the block at hand ends in a line break.
    pub(super) fn ends_in_break(&self) -> bool {
        self.visible[self.block_start..]
            .trim_end_matches(' ')
            .ends_with('\n')
    }

    /// Ends the block at hand; with a level it was a heading. Says whether it is a paragraph.
    pub(super) fn end_block(&mut self, level: Option<u8>) -> bool {
        let block = &self.visible[self.block_start..];
        let text = block.trim();
        if text.is_empty() {
            self.truncate(self.block_start);
            return false;
        }
        let start = self.block_start + (block.len() - block.trim_start().len());
        let range = start..start + text.len();
        self.visible.push_str("\n\n");
        self.block_start = self.visible.len();
        match level {
            Some(level) => self.headings.push(Heading { range, level }),
            None => self.paragraphs.push(range),
        }
        level.is_none()
    }

    /// Keeps the paragraphs for which that is so.
    pub(super) fn keep_paragraphs(&mut self, is_kept: impl Fn(usize) -> bool) {
        let paragraphs = std::mem::take(&mut self.paragraphs).into_iter().enumerate();
        self.paragraphs = paragraphs
            .filter(|(at, _)| is_kept(*at))
            .map(|(_, range)| range)
            .collect();
    }

    pub(super) fn finish(mut self) -> Text<'f> {
        self.end_block(None);
        Text {
            file: self.file,
            sections: Sections::of(&self.visible, self.headings),
            visible: Cow::Owned(self.visible),
            pieces: self.pieces,
            paragraphs: self.paragraphs,
            page_starts: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The paragraphs of a plain text.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let file = SourceFile::new("a.txt", text);
        let text = Text::of(&file, Kind::Plain).expect("text");
        let found: Vec<&str> = text
            .paragraphs()
            .iter()
            .map(|range| text.visible()[range.clone()].trim())
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        check("\n one\n two\n\n \t\nthree\n", &["one\n two", "three"]);
        check("one\r\ntwo\r\n\r\nthree", &["one\r\ntwo", "three"]);
        check("one\rtwo\r\rthree", &["one\rtwo", "three"]);
    }

    #[test]
    fn long_lines_are_paragraphs_where_nothing_else_parts_them() {
        let long = "word ".repeat(30);
        check(&format!("{long}\nshort\n"), &[long.trim(), "short"]);
        check("wrapped\nlines\n", &["wrapped\nlines"]);
        check(
            &format!("{long}\nshort\n\nlast"),
            &[&*format!("{long}\nshort"), "last"],
        );
    }

    #[test]
    fn places_are_known_by_paragraph_line_and_page() {
        let file = SourceFile::new("a.txt", "\u{feff}one\n\ntwo\nthree\n\u{c}four\n");
        let text = Text::of(&file, Kind::Plain).expect("text");
        let at = text.visible().find("three").unwrap();
        let place = at..text.visible().len() - 1;
        assert_eq!(text.paragraphs_of(&place), Some((2, 2)));
        assert_eq!(text.lines_of(&place), (4, 5));
        assert_eq!(text.pages_of(&place), Some((1, 2)));
        assert_eq!((text.n_pages(), text.n_lines()), (Some(2), 5));
        assert_eq!(&file.text()[text.in_file(&place)], "three\n\u{c}four");
    }
}
