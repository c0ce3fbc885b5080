//! A text as a map reads it: its paragraphs with the words that statements encode, and the statements beside them.

use std::collections::{BTreeMap, BTreeSet};

use crate::analysis::Dossier;
use crate::model::StatementIdx;
use crate::quotes::{Coverage, Mark, Paragraph, Text, Unplaced};

/// A text and what a map says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading<'t> {
    /// The title of the work.
    pub title: String,
    /// The title of the map.
    pub map: String,
    /// How many paragraphs there are to encode.
    pub n_paragraphs: usize,
    /// How many of them are encoded.
    pub n_encoded: usize,
    /// The text from its beginning.
    pub blocks: Vec<Block<'t>>,
    /// The statements that mark something, in document order.
    pub notes: Vec<Note>,
    /// What the map says of the text that marks nothing.
    pub unplaced: Vec<Unplaced>,
}

/// A piece of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block<'t> {
    /// A heading.
    Heading {
        /// From 1, the highest.
        level: u8,
        /// Its words.
        text: &'t str,
    },
    /// A paragraph.
    Paragraph {
        /// Its number, from 1.
        number: usize,
        /// Whether it is counted.
        counts: bool,
        /// Its text, cut where marks begin and end.
        segments: Vec<Segment<'t>>,
        /// The notes that mark the whole of it, as indices.
        whole: Vec<usize>,
    },
}

/// A piece of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Segment<'t> {
    /// Its characters.
    pub text: &'t str,
    /// Of the notes that mark it the one that began last, as an index.
    pub note: Option<usize>,
    /// The notes whose marks begin here.
    pub begin: Vec<usize>,
    /// The notes whose marks end here.
    pub end: Vec<usize>,
}

/// A statement that marks a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The statement.
    pub statement: StatementIdx,
    /// The numbers of the paragraphs that it marks, in order, each once.
    pub paragraphs: Vec<usize>,
}

impl<'t> Reading<'t> {
    /// The text of a source as its coverage has it.
    ///
    /// O(n log n) in paragraphs, headings and marks.
    pub fn of(
        dossier: &Dossier,
        source: usize,
        text: &'t Text<'_>,
        coverage: &Coverage,
    ) -> Reading<'t> {
        let mut paragraphs: BTreeMap<StatementIdx, Vec<usize>> = BTreeMap::new();
        for (at, paragraph) in coverage.paragraphs.iter().enumerate() {
            for mark in &paragraph.marks {
                let numbers = paragraphs.entry(mark.statement).or_default();
                if numbers.last() != Some(&(at + 1)) {
                    numbers.push(at + 1);
                }
            }
        }
        let numbers: BTreeMap<StatementIdx, usize> = paragraphs.keys().copied().zip(0..).collect();
        let note = |mark: &Mark| numbers[&mark.statement];
        let mut blocks: Vec<(usize, Block<'t>)> = Vec::new();
        for heading in text.headings() {
            let level = heading.level;
            let words = text.heading_text(heading);
            blocks.push((heading.range.start, Block::Heading { level, text: words }));
        }
        for (at, paragraph) in coverage.paragraphs.iter().enumerate() {
            let is_whole = |mark: &&Mark| mark.words.is_none();
            let whole = paragraph.marks.iter().filter(is_whole).map(note);
            let whole: BTreeSet<usize> = whole.collect();
            let block = Block::Paragraph {
                number: at + 1,
                counts: paragraph.counts,
                segments: segments(text.visible(), paragraph, note),
                whole: whole.into_iter().collect(),
            };
            blocks.push((paragraph.range.start, block));
        }
        blocks.sort_by_key(|(start, _)| *start);
        Reading {
            title: dossier.map.sources[source].title.value.clone(),
            map: dossier.title(),
            n_paragraphs: coverage.n_paragraphs(),
            n_encoded: coverage.n_encoded(),
            blocks: blocks.into_iter().map(|(_, block)| block).collect(),
            notes: paragraphs
                .into_iter()
                .map(|(statement, paragraphs)| Note {
                    statement,
                    paragraphs,
                })
                .collect(),
            unplaced: coverage.unplaced.clone(),
        }
    }
}

/// Where a mark began, and its note.
type Open = (usize, usize);

/// A paragraph cut where marks begin and end: a sweep over its marks.
fn segments<'t>(
    visible: &'t str,
    paragraph: &Paragraph,
    note: impl Fn(&Mark) -> usize,
) -> Vec<Segment<'t>> {
    let range = &paragraph.range;
    // By place: what begins there, and what ends there.
    let mut events: BTreeMap<usize, (Vec<Open>, Vec<Open>)> = BTreeMap::new();
    for mark in &paragraph.marks {
        let Some(words) = &mark.words else { continue };
        let one = (words.start, note(mark));
        events.entry(words.start).or_default().0.push(one);
        events.entry(words.end).or_default().1.push(one);
    }
    let mut segments: Vec<Segment<'t>> = Vec::new();
    let mut open: BTreeSet<Open> = BTreeSet::new();
    let mut start = range.start;
    let mut begin = Vec::new();
    for (at, (starting, ending)) in events {
        if at > start {
            segments.push(Segment {
                text: &visible[start..at],
                note: open.last().map(|(_, note)| *note),
                begin: std::mem::take(&mut begin),
                end: Vec::new(),
            });
        }
        if let Some(last) = segments.last_mut() {
            last.end.extend(ending.iter().map(|(_, note)| *note));
        }
        for one in &ending {
            open.remove(one);
        }
        begin.extend(starting.iter().map(|(_, note)| *note));
        open.extend(starting);
        start = at;
    }
    if start < range.end {
        segments.push(Segment {
            text: &visible[start..range.end],
            ..Segment::default()
        });
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The segments of "abcdef" with marks, as `text:note+begin-end`.
    #[track_caller]
    fn check(marks: &[(u32, std::ops::Range<usize>)], expected: &str) {
        let marks = marks.iter().map(|(statement, words)| Mark {
            statement: StatementIdx(*statement),
            words: Some(words.clone()),
        });
        let paragraph = Paragraph {
            range: 0..6,
            counts: true,
            marks: marks.collect(),
        };
        let found = segments("abcdef", &paragraph, |mark| mark.statement.index());
        let shown = found.iter().map(|it| {
            let note = it.note.map(|note| format!(":{note}")).unwrap_or_default();
            let begin = it.begin.iter().map(|note| format!("+{note}"));
            let end = it.end.iter().map(|note| format!("-{note}"));
            let events: String = begin.chain(end).collect();
            format!("{}{note}{events}", it.text)
        });
        assert_eq!(shown.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn marks_cut_paragraphs() {
        check(&[], "abcdef");
        check(&[(0, 0..6)], "abcdef:0+0-0");
        check(&[(0, 1..3), (1, 3..4)], "a bc:0+0-0 d:1+1-1 ef");
    }

    #[test]
    fn marks_may_overlap_and_repeat() {
        check(&[(0, 0..4), (1, 2..6)], "ab:0+0 cd:1+1-0 ef:1-1");
        check(&[(0, 0..6), (1, 2..4)], "ab:0+0 cd:1+1-1 ef:0-0");
        check(&[(0, 1..3), (1, 1..3)], "a bc:1+0+1-0-1 def");
    }
}
