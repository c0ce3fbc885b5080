//! A quote in a text: as it stands, with differences that do not change its words, or what comes nearest.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::closest::{Closest, closest};
use super::compare::{Difference, Differences, after, before, compare};
use super::fold::{Keys, counts, on_one_line};
use super::fragments::{Joint, fragments};
use super::index::Index;
use super::text::Text;

/// At an ellipsis at most this many words of the text may be left out: about a page.
pub const MAX_OMITTED_WORDS: usize = 400;
/// Words in brackets may stand for at most this many words of the text.
const MAX_REPLACED_WORDS: usize = 3;

/// What became of looking for a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// The text has its words: everywhere that it does, in order, and never empty.
    Found(Vec<Passage>),
    /// The text has something like it.
    Closest(Closest),
    /// The text has nothing like it.
    Nowhere,
}

/// A part of a text that has the words of a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Where it stands in the visible text.
    pub range: Range<usize>,
    /// In what the quote differs from it.
    pub differences: Differences,
}

impl Passage {
    /// The words of the text on one line, with as many marks around them as the quote has.
    pub fn wording(&self, text: &str, quote: &str) -> String {
        let (mut start, mut end) = (self.range.start, self.range.end);
        let n_before = n_marks(before(quote, quote.find(counts).unwrap_or(0)));
        for c in before(text, start)
            .chars()
            .rev()
            .take_while(|c| !c.is_whitespace())
            .take(n_before)
        {
            start -= c.len_utf8();
        }
        let last = quote.rfind(counts).unwrap_or(0);
        let behind = last + quote[last..].chars().next().map_or(0, char::len_utf8);
        for c in after(text, end)
            .chars()
            .take_while(|c| !c.is_whitespace())
            .take(n_marks(&quote[behind..]))
        {
            end += c.len_utf8();
        }
        on_one_line(&text[start..end])
    }
}

fn n_marks(text: &str) -> usize {
    text.chars().filter(|c| !c.is_whitespace()).count()
}

/// Looks for a quote in a text with its index.
///
/// O(m log n) for a quote of m characters that begins like few words of the text, and never more than linear in the
/// text; what comes nearest is looked for in bounded time.
/// Each piece of a quote with ellipses costs as much once, however often it comes again, and O(p · r) joins p pieces
/// with r occurrences each; the first piece that is nowhere ends the search.
pub fn look_up(text: &Text<'_>, index: &Index, quote: &str) -> Lookup {
    let text = text.visible();
    let whole = occurrences(index, text, quote);
    if !whole.is_empty() {
        return Lookup::Found(whole.into_iter().map(|it| it.passage(index)).collect());
    }
    let fragments = fragments(quote);
    let mut runs: FxHashMap<&str, Vec<Occurrence>> = FxHashMap::default();
    for fragment in &fragments {
        let piece = &quote[fragment.range.clone()];
        let run = runs
            .entry(piece)
            .or_insert_with(|| occurrences(index, text, piece));
        // What is not there is more telling than what is there in another order.
        if run.is_empty() {
            return closest_to(index, text, piece);
        }
    }
    let pieces = fragments
        .iter()
        .map(|it| (it.joint, &*runs[&quote[it.range.clone()]]));
    let joined = join(pieces);
    if joined.is_empty() {
        return closest_to(index, text, quote);
    }
    Lookup::Found(joined.into_iter().map(|it| it.passage(index)).collect())
}

fn closest_to(index: &Index, text: &str, sought: &str) -> Lookup {
    closest(index, text, sought).map_or(Lookup::Nowhere, Lookup::Closest)
}

/// Whole words of the text that are those of a quote or of a piece of it.
#[derive(Clone, Debug)]
struct Occurrence {
    words: Range<usize>,
    differences: Marks,
}

impl Occurrence {
    fn passage(self, index: &Index) -> Passage {
        Passage {
            range: index.text_range(&self.words),
            differences: self.differences.all(),
        }
    }
}

/// Differences as a set of bits: pieces are joined too often for any other.
#[derive(Clone, Copy, Debug, Default)]
struct Marks(u8);

impl Marks {
    fn of(differences: &Differences) -> Self {
        let marks = differences.iter().map(|it| Self::one(*it).0);
        Self(marks.fold(0, |all, one| all | one))
    }

    fn one(difference: Difference) -> Self {
        Self(1 << (difference as u8))
    }

    fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    fn all(self) -> Differences {
        let is_in = |it: &Difference| self.0 & Self::one(*it).0 != 0;
        Difference::ALL.into_iter().filter(is_in).collect()
    }
}

fn occurrences(index: &Index, text: &str, quote: &str) -> Vec<Occurrence> {
    let key: String = Keys::of(quote).map(|key| key.folded).collect();
    let found = index.occurrences(&key).into_iter();
    found
        .filter_map(|words| {
            let range = index.text_range(&words);
            let differences = Marks::of(&compare(quote, text, range.start, range.end)?);
            Some(Occurrence { words, differences })
        })
        .collect()
}

/// The ways to pass through occurrences of all pieces in their order, each ending elsewhere; linear in the occurrences.
fn join<'r>(mut pieces: impl Iterator<Item = (Joint, &'r [Occurrence])>) -> Vec<Occurrence> {
    let Some((first, run)) = pieces.next() else {
        return Vec::new();
    };
    let mut open = run.to_vec();
    // An ellipsis at the start of a quote leaves nothing out.
    if first == Joint::Insertion {
        for occurrence in &mut open {
            let insertion = Marks::one(Difference::Insertion);
            occurrence.differences = occurrence.differences.with(insertion);
        }
    }
    for (joint, run) in pieces {
        open = match joint {
            Joint::Insertion => followed(&open, run, Difference::Insertion, MAX_REPLACED_WORDS),
            Joint::Start | Joint::Omission => {
                followed(&open, run, Difference::Omission, MAX_OMITTED_WORDS)
            }
        };
        if open.is_empty() {
            break;
        }
    }
    open
}

/// Each occurrence that follows one of those before within so many words, with the nearest of these.
///
/// Both are in the order of the text, so one pass over both is enough.
fn followed(
    before: &[Occurrence],
    run: &[Occurrence],
    difference: Difference,
    max_words: usize,
) -> Vec<Occurrence> {
    let mut joined = Vec::new();
    let mut n_before = 0;
    for occurrence in run {
        let start = occurrence.words.start;
        let ahead = before[n_before..].iter();
        n_before += ahead.take_while(|it| it.words.end <= start).count();
        let Some(nearest) = n_before.checked_sub(1).map(|at| &before[at]) else {
            continue;
        };
        if start - nearest.words.end > max_words {
            continue;
        }
        let differences = nearest.differences.with(occurrence.differences);
        joined.push(Occurrence {
            words: nearest.words.start..occurrence.words.end,
            differences: differences.with(Marks::one(difference)),
        });
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::super::decode::Kind;
    use super::*;
    use crate::source::SourceFile;

    const TEXT: &str = "The deck — so the report — is “unsafe”. The deck was built in 1931.\n\nThe deck is eﬃcient, \
        and the in-\nspector said so. Nobody, he said, has asked the bakery on the corner of the square.";

    #[track_caller]
    fn check(quote: &str, expected: &[(&str, &[Difference])]) {
        let file = SourceFile::new("a.txt", TEXT);
        let text = Text::of(&file, Kind::Plain).expect("text");
        let Lookup::Found(passages) = look_up(&text, &Index::of(text.visible()), quote) else {
            panic!("{quote:?} is not found");
        };
        let found: Vec<(String, Vec<Difference>)> = passages
            .iter()
            .map(|it| {
                (
                    it.wording(TEXT, quote),
                    it.differences.iter().copied().collect(),
                )
            })
            .collect();
        let found: Vec<(&str, &[Difference])> = found
            .iter()
            .map(|(text, differences)| (&**text, &**differences))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn every_occurrence_is_found() {
        check(
            "The deck",
            &[("The deck", &[]), ("The deck", &[]), ("The deck", &[])],
        );
        check(
            "the inspector said",
            &[("the inspector said", &[Difference::Layout])],
        );
    }

    #[test]
    fn omissions_skip_forward_and_insertions_a_little() {
        check(
            "The deck … is “unsafe”",
            &[(
                "The deck — so the report — is “unsafe”",
                &[Difference::Omission],
            )],
        );
        check(
            "[His] deck is efficient",
            &[(
                "deck is eﬃcient",
                &[Difference::Ligatures, Difference::Insertion],
            )],
        );
        check(
            "Nobody [at all] has asked",
            &[("Nobody, he said, has asked", &[Difference::Insertion])],
        );
        check("… deck was built …", &[("deck was built", &[])]);
    }

    #[test]
    fn pieces_may_come_again() {
        let text = "so it is and so it was ".repeat(40);
        let quote = ["so", "it"].repeat(40).join(" … ");
        let file = SourceFile::new("a.txt", text);
        let text = Text::of(&file, Kind::Plain).expect("text");
        let index = Index::of(text.visible());
        let Lookup::Found(passages) = look_up(&text, &index, &quote) else {
            panic!("the quote is not found");
        };
        // Of 80 places for its last word those are left that have 39 others before them.
        assert_eq!(passages.len(), 41);
        assert_eq!(passages[0].range.start, 0);
        let missing = look_up(&text, &index, &format!("{quote} … zebra"));
        assert_eq!(missing, look_up(&text, &index, "zebra"));
    }

    #[test]
    fn wording_has_the_marks_of_the_text_where_the_quote_has_some() {
        check(
            "is \"unsafe\".",
            &[("is “unsafe”.", &[Difference::QuotationMarks])],
        );
        check("in 1931!", &[("in 1931.", &[Difference::Punctuation])]);
        check("in 1931", &[("in 1931", &[])]);
    }

    #[test]
    fn pieces_in_another_order_or_too_far_apart_are_not_the_quote() {
        let far = format!(
            "one two {} three four",
            "word ".repeat(MAX_OMITTED_WORDS + 1)
        );
        let near = format!("one two {} three four", "word ".repeat(MAX_OMITTED_WORDS));
        for (text, quote, is_found) in [
            (&*far, "one two … three four", false),
            (&*near, "one two … three four", true),
            (&*near, "three four … one two", false),
            ("she walked in and they left", "she [Ada] left", false),
        ] {
            let file = SourceFile::new("a.txt", text);
            let text = Text::of(&file, Kind::Plain).expect("text");
            let lookup = look_up(&text, &Index::of(text.visible()), quote);
            assert_eq!(matches!(lookup, Lookup::Found(_)), is_found, "{quote}");
        }
    }
}
