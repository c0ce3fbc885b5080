//! The annotated text, in which BRAT counts characters: code points of Unicode.

use std::ops::Range;

use crate::source::single_spaced;

/// How many characters lie between two of which the byte is known.
const STRIDE: usize = 64;
/// How many bytes the words may have in the text for each byte in the annotation, where white space may be gone, and
/// how many more. So comparing costs no more than reading the annotation.
const MAX_WHITE_SPACE: (usize, usize) = (4, 64);
/// The longest gap that may be a line's end with an indent, in bytes.
const MAX_LINE_END: usize = 16;

/// Which characters count. BRAT counts all; a text may have got a byte order mark or other line ends since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Counting {
    byte_order_mark: bool,
    carriage_returns: bool,
}

/// A text, and where its characters are.
#[derive(Debug)]
pub(super) struct Characters<'t> {
    text: &'t str,
    counting: Counting,
    /// The bytes at which the first character and each [`STRIDE`]th behind it start.
    starts: Vec<u32>,
}

impl<'t> Characters<'t> {
    /// The text with that way to count its characters with which most annotations have the words at their places.
    ///
    /// Where several do equally well it is BRAT's own.
    /// Costs a pass over the text and one over the annotations for each way that makes a difference: at most four.
    pub(super) fn of(text: &'t str, annotations: &[(Vec<Range<usize>>, &str)]) -> Self {
        let mut ways = vec![Counting {
            byte_order_mark: true,
            carriage_returns: true,
        }];
        if text.starts_with('\u{feff}') {
            let without = |way: &Counting| Counting {
                byte_order_mark: false,
                ..*way
            };
            ways.extend(ways.clone().iter().map(without));
        }
        if text.contains("\r\n") {
            let without = |way: &Counting| Counting {
                carriage_returns: false,
                ..*way
            };
            ways.extend(ways.clone().iter().map(without));
        }
        let mut best: Option<(usize, Self)> = None;
        for way in ways {
            let counted = Self::counted(text, way);
            let fits = |(places, words): &&(Vec<Range<usize>>, &str)| {
                let pieces = counted.pieces(places);
                pieces.is_some_and(|pieces| pieces.are_words(words))
            };
            let n_fitting = annotations.iter().filter(fits).count();
            if best.as_ref().is_none_or(|(most, _)| n_fitting > *most) {
                best = Some((n_fitting, counted));
            }
            if n_fitting == annotations.len() {
                break;
            }
        }
        best.expect("BRAT's own way was tried").1
    }

    fn counted(text: &'t str, counting: Counting) -> Self {
        let mut starts = Vec::with_capacity(text.len() / STRIDE + 1);
        for (at, start) in counted(text, counting).enumerate() {
            if at % STRIDE == 0 {
                starts.push(u32::try_from(start).expect("files over 256 MiB are refused"));
            }
        }
        Self {
            text,
            counting,
            starts,
        }
    }

    /// The pieces of the text at some places; nothing where one lies beyond its end.
    pub(super) fn pieces(&self, places: &[Range<usize>]) -> Option<Pieces<'t>> {
        let piece = |place: &Range<usize>| {
            // The end is behind the last character, which is not where the next one starts that counts.
            let first = self.character(place.start)?;
            let last = self.character(place.end - 1)?;
            Some(first.start..last.end)
        };
        let ranges = places.iter().map(piece).collect::<Option<_>>()?;
        let text = self.text;
        Some(Pieces { text, ranges })
    }

    /// Where a character starts and ends. Costs a look at less than [`STRIDE`] characters.
    fn character(&self, number: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(number / STRIDE)? as usize;
        // Only at the start of the text is a byte order mark one, and none of a pair of line ends is cut off.
        let counting = Counting {
            byte_order_mark: true,
            ..self.counting
        };
        let at = start + counted(&self.text[start..], counting).nth(number % STRIDE)?;
        let length = self.text[at..].chars().next()?.len_utf8();
        Some(at..at + length)
    }
}

/// The bytes at which the characters start that count.
fn counted(text: &str, counting: Counting) -> impl Iterator<Item = usize> {
    let counts = move |(at, c): &(usize, char)| match c {
        '\u{feff}' => *at > 0 || counting.byte_order_mark,
        '\r' => counting.carriage_returns || !text[at + 1..].starts_with('\n'),
        _ => true,
    };
    text.char_indices().filter(counts).map(|(at, _)| at)
}

/// Parts of a text, in its order.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    text: &'t str,
    ranges: Vec<Range<usize>>,
}

impl<'t> Pieces<'t> {
    fn iter(&self) -> impl Iterator<Item = &'t str> {
        self.ranges.iter().map(|range| &self.text[range.clone()])
    }

    /// How many bytes they have.
    pub(super) fn len(&self) -> usize {
        self.ranges.iter().map(ExactSizeIterator::len).sum()
    }

    /// Whether they are the words that an annotation has; linear in the words.
    pub(super) fn are_words(&self, words: &str) -> bool {
        let (times, more) = MAX_WHITE_SPACE;
        let found = self.iter().flat_map(str::split_whitespace);
        self.len() <= words.len() * times + more && found.eq(words.split_whitespace())
    }

    /// They as words on one line.
    pub(super) fn words(&self) -> String {
        self.joined(" ")
    }

    /// The same with a mark where words of the text are left out.
    pub(super) fn quote(&self) -> String {
        self.joined(" […] ")
    }

    fn joined(&self, gap: &str) -> String {
        let mut joined = String::new();
        let mut before: Option<usize> = None;
        for (range, piece) in self.ranges.iter().zip(self.iter()) {
            let between = before.map(|end| &self.text[end..range.start]);
            joined.push_str(match between {
                // Two pieces may part a word.
                None | Some("") => "",
                // BRAT ends a piece where a line of the text ends.
                Some(few) if few.len() <= MAX_LINE_END && few.trim().is_empty() => " ",
                Some(_) => gap,
            });
            joined.push_str(&single_spaced(piece));
            before = Some(range.end);
        }
        joined
    }

    /// Their first characters.
    pub(super) fn start(&self, max_chars: usize) -> String {
        self.iter().flat_map(str::chars).take(max_chars).collect()
    }
}

#[cfg(test)]
mod tests {
    use std::slice::from_ref;

    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "\u{feff}Ärger:\r\nthe 🏛 is un-\r\nsafe.";

    fn pieces<'t>(text: &'t str, places: &[Range<usize>], words: &'t str) -> Option<Pieces<'t>> {
        Characters::of(text, &[(places.to_vec(), words)]).pieces(places)
    }

    fn piece<'t>(text: &'t str, place: Range<usize>, words: &'t str) -> Option<Pieces<'t>> {
        pieces(text, from_ref(&place), words)
    }

    #[test]
    fn places_count_code_points() {
        let found = piece(TEXT, 13..14, "🏛").unwrap();
        assert_eq!((found.words(), found.quote()), ("🏛".into(), "🏛".into()));
    }

    #[test]
    fn a_byte_order_mark_and_line_ends_that_came_later_are_not_counted() {
        for place in [13..17, 12..16, 11..15] {
            let found = piece(TEXT, place.clone(), "🏛 is").unwrap();
            assert_eq!(found.words(), "🏛 is", "{place:?}");
        }
        let found = pieces(TEXT, &[0..6, 7..10, 16..24], "Ärger: the un- safe").unwrap();
        assert_eq!(found.words(), "Ärger: the un- safe");
        assert_eq!(found.quote(), "Ärger: the […] un- safe");
    }

    #[test]
    fn pieces_of_a_word_are_one() {
        let found = pieces("unsafe deck", &[0..2, 2..6], "un safe").unwrap();
        assert_eq!(
            (found.are_words("un safe"), &*found.words()),
            (true, "unsafe")
        );
    }

    #[test]
    fn there_is_nothing_beyond_the_end() {
        assert!(piece("ä", 0..1, "ä").is_some());
        for place in [0..2, 1..2, 64..65, usize::MAX - 1..usize::MAX] {
            assert!(piece("ä", place, "ä").is_none());
        }
    }

    #[test]
    fn long_pieces_are_not_compared_with_few_words() {
        let spaces = format!("a{}b", " ".repeat(100));
        let characters = Characters::of(&spaces, &[]);
        let found = characters.pieces(from_ref(&(0..102))).unwrap();
        assert!(!found.are_words("a b"));
        assert_eq!(found.start(2), "a ");
    }

    proptest! {
        #[test]
        fn every_place_is_found_as_by_counting(
            text in "[aé🏛 \n\u{301}\u{feff}]{1,300}", start in 0usize..300, length in 1usize..300,
        ) {
            let all: Vec<char> = text.chars().collect();
            let characters = Characters::of(&text, &[]);
            let place = start..start + length;
            let expected = all.get(place.clone()).map(|part| part.iter().collect::<String>());
            let found = characters.pieces(from_ref(&place)).map(|found| found.start(usize::MAX));
            prop_assert_eq!(found, expected);
        }
    }
}
