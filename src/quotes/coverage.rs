//! Which paragraphs of a text a map encodes, and by which statements.

use std::collections::BTreeSet;
use std::ops::Range;

use super::locator::{Locator, Standing, Unit};
use super::text::Text;
use super::verify::{Outcome, Use, Verification};
use crate::model::{ArgumentMap, StatementIdx};

/// What a map encodes of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// The text's paragraphs, in order.
    pub paragraphs: Vec<Paragraph>,
    /// What the map says of the text that marks no paragraph, in document order.
    pub unplaced: Vec<Unplaced>,
}

/// A paragraph and what encodes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands in the visible text.
    pub range: Range<usize>,
    /// Whether it is counted: there is something to encode, which a line of stars has not, and nobody has set it aside.
    pub counts: bool,
    /// What encodes it, in document order.
    pub marks: Vec<Mark>,
}

/// A part of a paragraph that a statement encodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The statement.
    pub statement: StatementIdx,
    /// The words that it quotes, in the visible text; nothing where it names the paragraph and no words in it.
    pub words: Option<Range<usize>>,
}

/// Something that a statement says of the text and that marks no paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// The statement.
    pub statement: StatementIdx,
    /// Why not.
    pub why: Why,
}

/// Why what a statement says of a text marks no paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// It gives neither a place nor words.
    NoPlace,
    /// Its locator is of a kind that is not looked up, or the text has no such place.
    UnknownPlace,
    /// Its locator names a section or a page of several paragraphs.
    TooWide,
    /// The text does not have its words.
    NotFound,
    /// Its words stand in several paragraphs, and it does not say in which.
    Several,
    /// Its words stand in a heading alone.
    Heading,
}

impl Paragraph {
    /// Whether there is something to encode and nothing encodes it.
    pub fn is_open(&self) -> bool {
        self.counts && self.marks.is_empty()
    }

    /// The statements that encode it, in document order, each once.
    pub fn statements(&self) -> impl Iterator<Item = StatementIdx> {
        let statements = self.marks.iter().map(|mark| mark.statement);
        statements.collect::<BTreeSet<_>>().into_iter()
    }
}

impl Coverage {
    /// What a map encodes of the text of a source, whose file it may share with other sources of the map.
    ///
    /// A quote marks its words where the text has them.
    /// A locator marks the paragraphs that it names, unless its quote is not found; a section or a page does where it
    /// is a single paragraph, because nobody can tell which of several is meant.
    /// Costs a binary search for each use of the source and for each paragraph that it marks.
    pub fn of(
        map: &ArgumentMap,
        verification: &Verification,
        source: usize,
        text: &Text<'_>,
    ) -> Self {
        let paragraphs = text.paragraphs().iter().map(|range| Paragraph {
            range: range.clone(),
            counts: text.visible()[range.clone()].contains(char::is_alphanumeric),
            marks: Vec::new(),
        });
        let mut coverage = Self {
            paragraphs: paragraphs.collect(),
            unplaced: Vec::new(),
        };
        // Copies of one file have one name, whichever way a path to it is written.
        let name = verification.file_name(source);
        let is_same = |other: usize| {
            other == source || !name.is_empty() && verification.file_name(other) == name
        };
        // What cites a text as the article and as a source says once where it stands.
        let mut told = BTreeSet::new();
        for one in verification.uses.iter().filter(|one| is_same(one.source)) {
            let statement = one.statement;
            let marked = coverage.mark(map, one, text);
            if marked != Err(Why::NoPlace) {
                told.insert(statement);
            }
            if let Err(why) = marked {
                coverage.unplaced.push(Unplaced { statement, why });
            }
        }
        let is_told = |it: &Unplaced| it.why == Why::NoPlace && told.contains(&it.statement);
        coverage.unplaced.retain(|it| !is_told(it));
        coverage
    }

    /// Leaves out of account the paragraphs that a locator names, such as a byline; says whether the text has them.
    pub fn set_aside(&mut self, locator: &Locator, text: &Text<'_>) -> bool {
        let named = locator.paragraphs(text);
        if let Some((first, last)) = named {
            for paragraph in &mut self.paragraphs[first - 1..last] {
                paragraph.counts = false;
            }
        }
        named.is_some()
    }

    /// How many paragraphs there are to encode.
    pub fn n_paragraphs(&self) -> usize {
        self.paragraphs.iter().filter(|it| it.counts).count()
    }

    /// How many of them are encoded.
    pub fn n_encoded(&self) -> usize {
        let is_encoded = |it: &&Paragraph| it.counts && !it.marks.is_empty();
        self.paragraphs.iter().filter(is_encoded).count()
    }

    /// The share of paragraphs that are encoded; nothing where there are none.
    #[expect(
        clippy::cast_precision_loss,
        reason = "a text of 32 MiB has far fewer paragraphs than an f64 counts exactly"
    )]
    pub fn share(&self) -> Option<f64> {
        let n = self.n_paragraphs();
        (n > 0).then(|| self.n_encoded() as f64 / n as f64)
    }

    /// Marks what a use of the text encodes.
    fn mark(&mut self, map: &ArgumentMap, one: &Use, text: &Text<'_>) -> Result<(), Why> {
        let quoted = one.quote.as_ref().map(|quote| words(quote, text));
        let named = one.at(map).map(|at| named(&at.value, text));
        let mut marked = BTreeSet::new();
        if let Some(quoted) = &quoted {
            let (words, (first, last)) = quoted.clone()?;
            for paragraph in first..=last {
                self.push(paragraph, one.statement, Some(&words));
                marked.insert(paragraph);
            }
        }
        // Where the quote is elsewhere, the locator is wrong.
        let is_wrong = matches!(one.standing, Standing::Elsewhere(_));
        match named {
            _ if is_wrong => Ok(()),
            Some(Ok((first, last))) => {
                let others = (first..=last).filter(|it| !marked.contains(it));
                for paragraph in others {
                    self.push(paragraph, one.statement, None);
                }
                Ok(())
            }
            Some(Err(why)) if quoted.is_none() => Err(why),
            None if quoted.is_none() => Err(Why::NoPlace),
            _ => Ok(()),
        }
    }

    /// Marks a paragraph, counted from 1, or the words of it that lie in a range.
    fn push(&mut self, paragraph: usize, statement: StatementIdx, words: Option<&Range<usize>>) {
        let paragraph = &mut self.paragraphs[paragraph - 1];
        let within = &paragraph.range;
        let words = words.map(|it| it.start.max(within.start)..it.end.min(within.end));
        paragraph.marks.push(Mark { statement, words });
    }
}

impl Why {
    /// The reason in words, after the statement.
    pub fn words(self) -> &'static str {
        match self {
            Self::NoPlace => "it gives neither a place nor words",
            Self::UnknownPlace => "its place is not one that the text has",
            Self::TooWide => "its place has several paragraphs",
            Self::NotFound => "its quote is not in the text",
            Self::Several => "its quote is in several paragraphs, and `at` does not say in which",
            Self::Heading => "its quote is in a heading",
        }
    }
}

/// Where the words of a quote are, and the paragraphs that they touch.
fn words(quote: &Outcome, text: &Text<'_>) -> Result<(Range<usize>, (usize, usize)), Why> {
    let Outcome::Found(places) = quote else {
        return Err(Why::NotFound);
    };
    let mut in_paragraphs = places
        .iter()
        .filter_map(|place| Some((&place.range, text.paragraphs_of(&place.range)?)));
    let (range, paragraphs) = in_paragraphs.next().ok_or(Why::Heading)?;
    if in_paragraphs.any(|(_, others)| others != paragraphs) {
        return Err(Why::Several);
    }
    Ok((range.clone(), paragraphs))
}

/// The paragraphs that a locator names.
fn named(at: &str, text: &Text<'_>) -> Result<(usize, usize), Why> {
    let locator = Locator::parse(at).ok_or(Why::UnknownPlace)?;
    let (first, last) = locator.paragraphs(text).ok_or(Why::UnknownPlace)?;
    let is_wide = match locator {
        Locator::Part { unit, .. } => unit == Unit::Page,
        Locator::Section(_) => true,
    };
    if is_wide && first < last {
        return Err(Why::TooWide);
    }
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dossier;
    use crate::source::{Location, Refusal, SourceFile, World};

    const TEXT: &str = "# Echo\n\nOne and one.\n\nTwo.\n\n* * *\n\n## Costs\n\nThree.\nStill three.\n\n## Ends\n\nFour.\n\nOne more.\n";

    struct Echo;

    impl World for Echo {
        fn locate(&self, path: &str, _: &str) -> Result<Location, Refusal> {
            let name = path.to_owned();
            Ok(Location {
                key: name.clone(),
                name,
            })
        }

        fn read(&self, _: &Location) -> Result<Vec<u8>, Refusal> {
            Ok(TEXT.as_bytes().to_vec())
        }
    }

    /// What the evidence of these keys marks, as `paragraph: words`, or why it does not.
    #[track_caller]
    fn check(keys: &str, expected: &str) {
        let map = format!(
            "article: echo\nthesis: {{claim: T., reasons: [{{evidence: E., {keys}}}]}}\n\
             sources: {{echo: {{title: Echo, file: echo.md}}, same: {{title: Echo, file: echo.md}}, other: {{title: O}}}}\n"
        );
        let dossier = Dossier::open("m.yaml", map.into(), &Echo).verified(&Echo);
        assert_eq!(dossier.problems, []);
        let file = SourceFile::new("echo.md", TEXT);
        let text = Text::of(&file, super::super::Kind::Markdown).expect("text");
        let coverage = Coverage::of(&dossier.map, &dossier.verification, 0, &text);
        assert_eq!(coverage.n_paragraphs(), 5);
        let mut found = Vec::new();
        for (at, paragraph) in coverage.paragraphs.iter().enumerate() {
            for mark in &paragraph.marks {
                let words = mark.words.clone();
                let words = words.map_or("all", |words| &text.visible()[words]);
                found.push(format!("{}: {words}", at + 1));
            }
        }
        found.extend(coverage.unplaced.iter().map(|it| format!("{:?}", it.why)));
        assert_eq!(found.join(", "), expected, "{keys}");
    }

    #[test]
    fn quotes_mark_their_words_and_locators_their_paragraphs() {
        check("at: para 2", "2: all");
        check("at: paras 2-3", "2: all, 3: all");
        check("at: line 12", "3: all");
        check("at: lines 3-5", "1: all, 2: all");
        check("at: § Costs", "3: all");
        check("at: para 2, quote: Two", "2: Two");
        check("at: paras 2-3, quote: Two", "2: Two, 3: all");
        check("at: para 4, quote: Two", "2: Two");
        check("quote: Two. … Three", "2: Two., 3: Three");
        check("source: {id: same, at: para 4}", "4: all");
        check("source: [other, same]", "NoPlace");
        check("source: same, at: para 2", "2: all");
    }

    #[test]
    fn what_may_be_anywhere_marks_nothing() {
        check("at: § Ends", "TooWide");
        check("at: para 9", "UnknownPlace");
        check("at: the end", "UnknownPlace");
        check("quote: One", "Several");
        check("at: para 1, quote: One", "1: One");
        check("quote: Costs", "Heading");
        check("at: para 2, quote: mussels", "NotFound");
        check("source: other", "");
    }
}
