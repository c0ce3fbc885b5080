//! What a line says: one annotation (<https://brat.nlplab.org/standoff.html>).

use std::ops::Range;

use crate::model::Text;
use crate::source::{FileId, Span, Spanned};

/// A part of a line, and where it starts in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

/// An annotation.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line<'t> {
    /// `T1 Label 0 5;8 12 words`: a stretch of the text, in pieces perhaps.
    Entity {
        id: Piece<'t>,
        label: Piece<'t>,
        places: Piece<'t>,
        words: Piece<'t>,
    },
    /// `R1 label Arg1:T1 Arg2:T2`.
    Relation {
        id: Piece<'t>,
        label: Piece<'t>,
        ends: [Piece<'t>; 2],
        /// Ends behind the second, which BRAT does not have.
        others: Vec<Piece<'t>>,
    },
    /// `A1 Label T1 value`.
    Attribute {
        id: Piece<'t>,
        label: Piece<'t>,
        target: Piece<'t>,
        value: Option<Piece<'t>>,
    },
    /// `* Equiv T1 T2 T3`.
    Equivalence {
        mark: Piece<'t>,
        members: Vec<Piece<'t>>,
    },
    /// `#1 AnnotatorNotes T1 words`.
    Note { target: Piece<'t>, words: Piece<'t> },
    /// `E1 Type:T1 Role:T2`.
    Event { id: Piece<'t> },
    /// `N1 Reference T1 Register:7 words`: an entry of a register of names.
    Normalization { id: Piece<'t> },
}

impl<'t> Piece<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at }
    }

    fn part(self, range: Range<usize>) -> Self {
        Self::new(&self.text[range.clone()], self.at + range.start)
    }

    /// What stands before a sign and what behind it; all and nothing where it is not there.
    fn cut(self, sign: char) -> (Self, Self) {
        let end = self.text.find(sign);
        let rest = end.map_or(self.text.len(), |end| end + sign.len_utf8());
        (
            self.part(0..end.unwrap_or(rest)),
            self.part(rest..self.text.len()),
        )
    }

    /// Its words, by white space.
    pub(super) fn words(self) -> impl Iterator<Item = Self> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let text = rest.text.trim_start();
            let start = rest.text.len() - text.len();
            let end = start + text.find(char::is_whitespace).unwrap_or(text.len());
            let word = rest.part(start..end);
            rest = rest.part(end..rest.text.len());
            (!word.text.is_empty()).then_some(word)
        })
    }

    pub(super) fn span(self) -> Span {
        let offset = |at| u32::try_from(at).expect("files over 256 MiB are refused");
        Span {
            file: FileId::default(),
            start: offset(self.at),
            end: offset(self.at + self.text.len()),
        }
    }

    pub(super) fn to_text(self) -> Text {
        Spanned {
            value: self.text.to_owned(),
            span: self.span(),
        }
    }
}

impl<'t> Line<'t> {
    /// What a line says; nothing where it is no annotation.
    pub(super) fn parse(line: Piece<'t>) -> Option<Self> {
        let (id, rest) = line.cut('\t');
        let (head, words) = rest.cut('\t');
        let mut parts = head.words();
        let label = parts.next()?;
        let number = id.text.get(1..)?;
        let is_number = !number.is_empty() && number.chars().all(|c| !c.is_whitespace());
        match id.text.chars().next()? {
            '*' if number.is_empty() => {
                let (mark, members) = (id, parts.collect());
                Some(Self::Equivalence { mark, members })
            }
            '#' => {
                let target = parts.next()?;
                Some(Self::Note { target, words })
            }
            _ if !is_number => None,
            'T' => {
                let places = parts.next()?;
                let places = head.part(places.at - head.at..head.text.len());
                Some(Self::Entity {
                    id,
                    label,
                    places,
                    words,
                })
            }
            'R' => {
                let mut ends = parts.map(|end| (end.cut(':'), end));
                let (first, second) = (ends.next()?, ends.next()?);
                let others = ends.map(|(_, end)| end).collect();
                let ends = directed([first.0, second.0])?;
                Some(Self::Relation {
                    id,
                    label,
                    ends,
                    others,
                })
            }
            'A' | 'M' => {
                let (target, value) = (parts.next()?, parts.next());
                // All that follows is the value, so that nothing of it goes lost.
                let value = value.map(|value| head.part(value.at - head.at..head.text.len()));
                Some(Self::Attribute {
                    id,
                    label,
                    target,
                    value,
                })
            }
            'E' => Some(Self::Event { id }),
            'N' => Some(Self::Normalization { id }),
            _ => None,
        }
    }
}

/// The ends of a relation, from the first to the second, whatever their order in the line.
fn directed<'t>(ends: [(Piece<'t>, Piece<'t>); 2]) -> Option<[Piece<'t>; 2]> {
    let [(first, one), (second, other)] = ends;
    if one.text.is_empty() || other.text.is_empty() {
        return None;
    }
    let is_turned = (first.text, second.text) == ("Arg2", "Arg1");
    Some(if is_turned {
        [other, one]
    } else {
        [one, other]
    })
}

/// The ranges of characters that `0 5;8 12` means; nothing where they are none, or do not follow each other.
pub(super) fn ranges(places: &str) -> Option<Vec<Range<usize>>> {
    let mut ranges: Vec<Range<usize>> = Vec::new();
    for place in places.split(';') {
        let mut numbers = place.split_whitespace();
        let (start, end) = (numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?);
        let is_behind = ranges.last().is_none_or(|before| before.end <= start);
        if numbers.next().is_some() || start >= end || !is_behind {
            return None;
        }
        ranges.push(start..end);
    }
    Some(ranges)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn parse(line: &str) -> Option<Line<'_>> {
        Line::parse(Piece::new(line, 10))
    }

    #[test]
    fn parts_of_lines_know_where_they_stand() {
        let Some(Line::Entity {
            label,
            places,
            words,
            ..
        }) = parse("T1\tClaim 0 5;8 12\tWarm\tbeer ")
        else {
            panic!("an entity");
        };
        assert_eq!((label.text, label.at), ("Claim", 13));
        assert_eq!((places.text, places.at), ("0 5;8 12", 19));
        assert_eq!((words.text, words.at), ("Warm\tbeer ", 28));
    }

    #[test]
    fn relations_go_from_the_first_argument_to_the_second() {
        for line in [
            "R1\tsupports Arg1:T1 Arg2:T2\t",
            "R1\tsupports Arg2:T2 Arg1:T1",
            "R1\tsupports From:T1 To:T2",
        ] {
            let Some(Line::Relation { ends, .. }) = parse(line) else {
                panic!("{line}");
            };
            assert_eq!(ends.map(|end| end.text), ["T1", "T2"], "{line}");
        }
    }

    #[test]
    fn all_behind_the_target_of_an_attribute_is_its_value() {
        for (line, expected) in [
            ("A1\tStance T1", None),
            ("A1\tStance T1 For\t", Some("For")),
            ("M1\tStance T1  rather for", Some("rather for")),
        ] {
            let Some(Line::Attribute { value, .. }) = parse(line) else {
                panic!("{line}");
            };
            assert_eq!(value.map(|value| value.text), expected, "{line}");
        }
    }

    #[test]
    fn what_lacks_a_part_is_no_annotation() {
        for line in [
            "",
            "T1",
            "T1\t",
            "T1\tClaim",
            "T1 Claim 0 5 words",
            "T\tClaim 0 5\twords",
            "R1\tsupports Arg1:T1",
            "R1\tsupports T1 T2",
            "R1\tsupports Arg1: Arg2:T2",
            "A1\tStance",
            "#1\tAnnotatorNotes",
            "é1\tClaim 0 5",
            "X1\tClaim 0 5\twords",
        ] {
            assert_eq!(parse(line), None, "{line}");
        }
    }

    #[test]
    fn places_are_pairs_of_numbers_in_their_order() {
        assert_eq!(ranges("0 5;5 7; 9  12"), Some(vec![0..5, 5..7, 9..12]));
        for places in [
            "",
            "5",
            "a b",
            "5 0",
            "5 5",
            "0 5;",
            "0 5;4 7",
            "-1 5",
            "0 5 7",
            "0 99999999999999999999999",
        ] {
            assert_eq!(ranges(places), None, "{places}");
        }
    }
}
