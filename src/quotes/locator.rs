//! Locators: places of a text as authors write them.

use std::iter;
use std::ops::Range;

use super::fold::on_one_line;
use super::text::Text;

/// A place that can be looked up in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Locator {
    /// Some of the text's paragraphs, lines or pages, from 1, both ends included.
    Part {
        /// What is counted.
        unit: Unit,
        /// The first.
        first: usize,
        /// The last.
        last: usize,
    },
    /// The section under a heading.
    Section(String),
}

/// What locators count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Paragraphs, without headings.
    Paragraph,
    /// Lines of the file.
    Line,
    /// Pages, parted by form feeds.
    Page,
}

/// How a locator stands to a part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The text does not say: it has no pages or no headings, or the locator is of a kind that is not looked up.
    Unknown,
    /// The part is there.
    There,
    /// The part is elsewhere; the locator that would be right, if there is one.
    Elsewhere(Option<String>),
    /// The text has no such place: how many of the unit it has, or nothing for a heading.
    NoSuchPlace(Option<(Unit, usize)>),
}

impl Unit {
    /// How the unit is written, before one number and before several.
    const WORDS: [(Self, &'static [&'static str]); 3] = [
        (
            Self::Paragraph,
            &[
                "para",
                "paras",
                "par",
                "pars",
                "paragraph",
                "paragraphs",
                "¶",
                "¶¶",
            ],
        ),
        (Self::Line, &["line", "lines", "l", "ll"]),
        (Self::Page, &["p", "pp", "page", "pages", "pg"]),
    ];

    /// What one of them is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Line => "line",
            Self::Page => "page",
        }
    }

    fn locator(self, first: usize, last: usize) -> String {
        let (one, several) = match self {
            Self::Paragraph => ("para", "paras"),
            Self::Line => ("line", "lines"),
            Self::Page => ("p.", "pp."),
        };
        if first == last {
            format!("{one} {first}")
        } else {
            format!("{several} {first}-{last}")
        }
    }

    /// How many there are in a text; nothing where that is not known.
    fn count(self, text: &Text<'_>) -> Option<usize> {
        match self {
            Self::Paragraph => Some(text.paragraphs().len()),
            Self::Line => Some(text.n_lines()),
            Self::Page => text.n_pages(),
        }
    }

    /// The numbers of those that a part of a text touches.
    fn of(self, text: &Text<'_>, range: &Range<usize>) -> Option<(usize, usize)> {
        match self {
            Self::Paragraph => text.paragraphs_of(range),
            Self::Line => Some(text.lines_of(range)),
            Self::Page => text.pages_of(range),
        }
    }
}

impl Locator {
    /// Reads `para 4`, `paras 4-6`, `line 12`, `p. 3`, `pp. 3-4`, `¶ 4` or `§ Results`; nothing for all else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some(heading) = text.strip_prefix('§') {
            let heading = heading.trim();
            return (!heading.is_empty()).then(|| Self::Section(heading.to_owned()));
        }
        let digits = text.find(|c: char| c.is_ascii_digit())?;
        let word = text[..digits].trim().trim_end_matches('.').to_lowercase();
        let (unit, _) = Unit::WORDS
            .into_iter()
            .find(|(_, words)| words.contains(&&*word))?;
        let mut numbers = text[digits..].splitn(2, ['-', '–', '—']);
        let first = number(numbers.next()?)?;
        let last = match numbers.next() {
            Some(last) => number(last)?,
            None => first,
        };
        (first > 0 && last >= first).then_some(Self::Part { unit, first, last })
    }

    /// The locator of a part of a text: its paragraph, or its line where it is in none.
    pub fn of(text: &Text<'_>, range: &Range<usize>) -> String {
        let (unit, (first, last)) = match Unit::Paragraph.of(text, range) {
            Some(numbers) => (Unit::Paragraph, numbers),
            None => (Unit::Line, text.lines_of(range)),
        };
        unit.locator(first, last)
    }

    /// Looks the locator up in a text, once for all parts of it that are compared with it; linear in the locator.
    pub fn within<'t>(&'t self, text: &'t Text<'_>) -> Named<'t> {
        let sections = match self {
            Self::Part { .. } => &[],
            Self::Section(name) => text.sections().called(name),
        };
        Named {
            locator: self,
            text,
            sections,
        }
    }
    /// The numbers of the paragraphs that it names in a text, from 1; nothing where the text has no such place.
    ///
    /// Costs a binary search.
    pub fn paragraphs(&self, text: &Text<'_>) -> Option<(usize, usize)> {
        let all = text.paragraphs();
        let (first, behind) = match self {
            Self::Part {
                unit: Unit::Paragraph,
                first,
                last,
            } => (first - 1, *last.min(&all.len())),
            Self::Part { unit, first, last } => {
                let of = |range: &Range<usize>| unit.of(text, range);
                (
                    all.partition_point(|it| of(it).is_some_and(|(_, end)| end < *first)),
                    all.partition_point(|it| of(it).is_some_and(|(start, _)| start <= *last)),
                )
            }
            Self::Section(name) => {
                let section = *text.sections().called(name).first()?;
                let Range { start, end } = text.sections().range(section);
                (
                    all.partition_point(|it| it.start < start),
                    all.partition_point(|it| it.start < end),
                )
            }
        };
        (first < behind).then_some((first + 1, behind))
    }

    /// Whether a text has the place at all.
    pub fn is_in(&self, text: &Text<'_>) -> Standing {
        match self {
            Self::Part {
                unit: Unit::Page, ..
            } => Standing::Unknown,
            Self::Part { unit, last, .. } => match unit.count(text) {
                Some(n) if *last > n => Standing::NoSuchPlace(Some((*unit, n))),
                _ => Standing::There,
            },
            Self::Section(_) if text.headings().is_empty() => Standing::Unknown,
            Self::Section(name) if text.sections().called(name).is_empty() => {
                Standing::NoSuchPlace(None)
            }
            Self::Section(_) => Standing::There,
        }
    }
}

/// A locator in a text.
#[derive(Clone, Copy, Debug)]
pub struct Named<'t> {
    locator: &'t Locator,
    text: &'t Text<'t>,
    /// The sections that it may mean, in order.
    sections: &'t [usize],
}

impl Named<'_> {
    /// Whether a part of the text is there. Costs a few binary searches.
    pub fn has(&self, range: &Range<usize>) -> bool {
        match self.locator {
            Locator::Part { .. } => self.standing(range) == Standing::There,
            Locator::Section(_) => {
                let sections = self.text.sections();
                let innermost = sections.at(range.start);
                // Sections nest no deeper than there are levels.
                let mut all = iter::successors(innermost, |section| sections.around(*section));
                all.any(|section| self.sections.binary_search(&section).is_ok())
            }
        }
    }

    /// How the locator stands to a part of the text.
    pub fn standing(&self, range: &Range<usize>) -> Standing {
        let text = self.text;
        match self.locator {
            Locator::Part { unit, first, last } => {
                // A file often begins in the middle of what its pages are numbered in.
                if *unit == Unit::Page && unit.count(text).is_none_or(|n_pages| *last > n_pages) {
                    return Standing::Unknown;
                }
                match unit.of(text, range) {
                    Some((start, end)) if start <= *last && end >= *first => Standing::There,
                    Some((start, end)) => Standing::Elsewhere(Some(unit.locator(start, end))),
                    None => Standing::Elsewhere(None),
                }
            }
            Locator::Section(_) if text.headings().is_empty() => Standing::Unknown,
            Locator::Section(_) if self.has(range) => Standing::There,
            Locator::Section(_) => {
                let innermost = text.sections().at(range.start);
                let heading = |at: usize| on_one_line(text.heading_text(&text.headings()[at]));
                Standing::Elsewhere(innermost.map(|at| format!("§ {}", heading(at))))
            }
        }
    }
}

fn number(text: &str) -> Option<usize> {
    let text = text.trim();
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_number { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::super::decode::Kind;
    use super::*;
    use crate::source::SourceFile;

    #[test]
    fn locators_are_read_and_others_left_alone() {
        let part = |unit, first, last| Some(Locator::Part { unit, first, last });
        for (text, expected) in [
            ("para 4", part(Unit::Paragraph, 4, 4)),
            ("paras 4-6", part(Unit::Paragraph, 4, 6)),
            ("¶ 4", part(Unit::Paragraph, 4, 4)),
            ("Line 12", part(Unit::Line, 12, 12)),
            ("lines 3–9", part(Unit::Line, 3, 9)),
            ("p. 3", part(Unit::Page, 3, 3)),
            ("pp. 3-4", part(Unit::Page, 3, 4)),
            ("p.3", part(Unit::Page, 3, 3)),
            ("§ Results", Some(Locator::Section("Results".to_owned()))),
            ("paras 6-4", None),
            ("para 0", None),
            ("para 4a", None),
            ("ch. 2", None),
            ("12:30", None),
            ("table 7", None),
            ("p. 99999999999999999999999", None),
            ("§", None),
            ("", None),
        ] {
            assert_eq!(Locator::parse(text), expected, "{text}");
        }
    }

    const MARKDOWN: &str =
        "# Report\n\nOne.\n\n## 1. Results\n\nTwo.\nThree.\n\n## Method\n\nFour.\n";

    #[track_caller]
    fn check(locator: &str, word: &str, expected: &Standing) {
        let file = SourceFile::new("a.md", MARKDOWN);
        let text = Text::of(&file, Kind::Markdown).expect("text");
        let at = text.visible().find(word).expect("a word of the text");
        let locator = Locator::parse(locator).expect("a locator");
        let part = at..at + word.len();
        assert_eq!(locator.within(&text).standing(&part), *expected);
    }

    #[test]
    fn places_are_compared_in_the_locators_own_unit() {
        let elsewhere = |locator: &str| Standing::Elsewhere(Some(locator.to_owned()));
        check("para 2", "Three", &Standing::There);
        check("paras 1-2", "Two", &Standing::There);
        check("para 3", "Three", &elsewhere("para 2"));
        check("para 1", "Two.\nThree", &elsewhere("para 2"));
        check("line 1", "Two.\nThree", &elsewhere("lines 7-8"));
        check("p. 2", "Two", &Standing::Unknown);
        check("§ results", "Two", &Standing::There);
        check("§ Report", "Two", &Standing::There);
        check("§ Method", "Two", &elsewhere("§ 1. Results"));
        check("para 1", "Method", &Standing::Elsewhere(None));
    }

    #[test]
    fn many_parts_are_compared_with_a_section_of_many() {
        let n = 20_000;
        let markdown = "# Top\n\n".to_owned() + &"###### Some heading\n\nword\n\n".repeat(n);
        let file = SourceFile::new("a.md", markdown);
        let text = Text::of(&file, Kind::Markdown).expect("text");
        let count = |locator: &str| {
            let locator = Locator::parse(locator).expect("a locator");
            let named = locator.within(&text);
            let parts = text.paragraphs().iter();
            parts.filter(|part| named.has(part)).count()
        };
        assert_eq!(["§ Top", "§ Some heading", "§ Zed"].map(count), [n, n, 0]);
    }

    #[test]
    fn places_that_a_text_does_not_have_are_known() {
        let file = SourceFile::new("a.md", MARKDOWN);
        let text = Text::of(&file, Kind::Markdown).expect("text");
        let is_in = |locator: &str| Locator::parse(locator).expect("a locator").is_in(&text);
        assert_eq!(
            is_in("para 4"),
            Standing::NoSuchPlace(Some((Unit::Paragraph, 3)))
        );
        assert_eq!(is_in("line 12"), Standing::There);
        assert_eq!(
            is_in("line 13"),
            Standing::NoSuchPlace(Some((Unit::Line, 12)))
        );
        assert_eq!(is_in("§ Outlook"), Standing::NoSuchPlace(None));
        assert_eq!(is_in("p. 7"), Standing::Unknown);
    }
}
