//! The headings of a text, and the sections under them.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::fold::Keys;

/// A heading of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Where it stands in the visible text.
    pub range: Range<usize>,
    /// From 1, the highest.
    pub level: u8,
}

/// The headings of a text, which are the sections that they head, with all that locators ask of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Sections {
    headings: Vec<Heading>,
    /// For each section, the one around it.
    around: Vec<Option<usize>>,
    /// For each section, where it ends.
    ends: Vec<usize>,
    /// For each name as [`key`] has it, the sections that are called so, in order.
    by_name: FxHashMap<Box<str>, Vec<usize>>,
}

impl Sections {
    /// Reads the headings of a visible text; linear.
    pub(super) fn of(visible: &str, headings: Vec<Heading>) -> Self {
        let mut sections = Self {
            around: Vec::with_capacity(headings.len()),
            ends: vec![visible.len(); headings.len()],
            by_name: FxHashMap::default(),
            headings,
        };
        sections.nest();
        sections.note_names(visible);
        sections
    }

    fn nest(&mut self) {
        let mut open: Vec<usize> = Vec::new();
        for (at, heading) in self.headings.iter().enumerate() {
            let is_over = |open: &mut usize| self.headings[*open].level >= heading.level;
            while let Some(over) = open.pop_if(is_over) {
                self.ends[over] = heading.range.start;
            }
            self.around.push(open.last().copied());
            open.push(at);
        }
    }

    fn note_names(&mut self, visible: &str) {
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ')') || c.is_whitespace();
        for (at, heading) in self.headings.iter().enumerate() {
            let name = &visible[heading.range.clone()];
            // With or without its number.
            for name in [name, name.trim_start_matches(is_number)] {
                let called = self.by_name.entry(key(name).into()).or_default();
                if called.last() != Some(&at) {
                    called.push(at);
                }
            }
        }
    }

    pub(super) fn headings(&self) -> &[Heading] {
        &self.headings
    }

    /// The innermost section that a place is in; a binary search.
    pub(super) fn at(&self, place: usize) -> Option<usize> {
        self.headings
            .partition_point(|heading| heading.range.start <= place)
            .checked_sub(1)
    }

    /// The section around a section.
    pub(super) fn around(&self, section: usize) -> Option<usize> {
        self.around[section]
    }

    /// From where to where a section goes, with the sections in it and without its heading.
    pub(super) fn range(&self, section: usize) -> Range<usize> {
        self.headings[section].range.end..self.ends[section]
    }

    /// The sections of a name, in order; linear in the name.
    pub(super) fn called(&self, name: &str) -> &[usize] {
        self.by_name.get(&*key(name)).map_or(&[], Vec::as_slice)
    }
}

/// What counts of a name.
fn key(name: &str) -> String {
    Keys::of(name).map(|key| key.folded).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_end_at_the_next_heading_that_is_no_lower() {
        let visible = "A B C D E .";
        let headings = [1, 3, 2, 3, 1].iter().enumerate();
        let headings = headings.map(|(at, level)| Heading {
            range: 2 * at..2 * at + 1,
            level: *level,
        });
        let sections = Sections::of(visible, headings.collect());
        let around = (0..5).map(|at| sections.around(at));
        let around: Vec<_> = around.collect();
        assert_eq!(around, [None, Some(0), Some(0), Some(2), None]);
        let parts = (0..5).map(|at| visible[sections.range(at)].trim());
        let parts: Vec<&str> = parts.collect();
        assert_eq!(parts, ["B C D", "", "D", "", "."]);
    }

    #[test]
    fn a_heading_is_called_with_its_number_or_without() {
        let visible = "1.2 Results\nresults\n2)";
        let lines = visible.split_inclusive('\n').scan(0, |start, line| {
            let range = *start..*start + line.trim_end().len();
            *start += line.len();
            Some(Heading { range, level: 1 })
        });
        let sections = Sections::of(visible, lines.collect());
        for (name, expected) in [
            ("Results", &[0, 1][..]),
            ("1.2 results", &[0]),
            ("2", &[2]),
            ("Method", &[]),
        ] {
            assert_eq!(sections.called(name), expected, "{name}");
        }
    }
}
