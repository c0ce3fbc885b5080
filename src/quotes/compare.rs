//! In what two wordings with the same key characters differ, if it is the same wording at all.

use std::collections::BTreeSet;
use std::iter::once;

use unicode_normalization::UnicodeNormalization as _;

use super::fold::{Key, Keys, is_dash, is_hyphenation, is_quotation_mark, squeezed};

/// A way in which a quote is not letter for letter what the text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// White space, line breaks, a hyphen at a line's end, invisible characters, composed letters: what a reader does
    /// not see.
    Layout,
    /// Ligatures and other compatibility forms: `ﬁ` for `fi`.
    Ligatures,
    /// Other quotation marks or apostrophes.
    QuotationMarks,
    /// Other hyphens or dashes.
    Dashes,
    /// Words left out, and marked so.
    Omission,
    /// Words or letters put in, and marked so.
    Insertion,
    /// Other punctuation.
    Punctuation,
    /// Capitals for small letters, or the other way round.
    Case,
}

impl Difference {
    /// All of them, in order.
    pub(super) const ALL: [Self; 8] = [
        Self::Layout,
        Self::Ligatures,
        Self::QuotationMarks,
        Self::Dashes,
        Self::Omission,
        Self::Insertion,
        Self::Punctuation,
        Self::Case,
    ];

    /// What it is called in messages; nothing for what a reader does not see.
    pub fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Layout => return None,
            Self::Ligatures => "ligatures",
            Self::QuotationMarks => "quotation marks",
            Self::Dashes => "dashes",
            Self::Omission => "an omission",
            Self::Insertion => "an insertion",
            Self::Punctuation => "punctuation",
            Self::Case => "case",
        })
    }
}

/// The differences between two wordings.
pub type Differences = BTreeSet<Difference>;

/// Compares a quote with the part `start..end` of a text that has the same key characters; linear in their lengths.
///
/// Nothing if the words are others after all: spaces or figures are elsewhere, as in `now here` and `1.5`.
pub(super) fn compare(quote: &str, text: &str, start: usize, end: usize) -> Option<Differences> {
    let mut differences = Differences::new();
    let ours: Vec<Key> = Keys::of(quote).collect();
    let theirs: Vec<Key> = Keys::of(&text[start..end]).collect();
    if ours.len() != theirs.len() {
        return None;
    }
    for (at, (our, their)) in ours.iter().zip(&theirs).enumerate() {
        if our.folded != their.folded {
            return None;
        }
        let (our_raw, their_raw) = (
            &quote[our.start..our.end],
            &text[start + their.start..start + their.end],
        );
        differences.extend(letter_difference((our, our_raw), (their, their_raw)));
        let Some((our_next, their_next)) = ours.get(at + 1).zip(theirs.get(at + 1)) else {
            break;
        };
        let our_gap = gap(quote, our.end, our_next.start);
        let their_gap = gap(text, start + their.end, start + their_next.start);
        let is_figure = our.plain.is_numeric() && our_next.plain.is_numeric();
        differences.extend(gap_differences(our_gap, their_gap, is_figure)?);
    }
    let (first, last) = (ours.first()?, ours.last()?);
    differences.extend(edge_difference(
        &quote[..first.start],
        before(text, start),
        |theirs, ours| theirs.ends_with(ours),
    ));
    differences.extend(edge_difference(
        &quote[last.end..],
        after(text, end),
        |theirs, ours| theirs.starts_with(ours),
    ));
    Some(differences)
}

/// What stands between two keys; those of one ligature overlap.
fn gap(text: &str, start: usize, end: usize) -> &str {
    if start < end { &text[start..end] } else { "" }
}

fn letter_difference(ours: (&Key, &str), theirs: (&Key, &str)) -> Option<Difference> {
    if ours.0.plain != theirs.0.plain {
        Some(Difference::Case)
    } else if ours.1 == theirs.1 {
        None
    } else if ours.1.nfc().eq(theirs.1.nfc()) {
        Some(Difference::Layout)
    } else {
        Some(Difference::Ligatures)
    }
}

/// How what stands between two letters differs; nothing if it parts words that belong together.
pub(super) fn gap_differences(ours: &str, theirs: &str, is_figure: bool) -> Option<Differences> {
    if ours == theirs {
        return Some(Differences::new());
    }
    let hyphenation =
        |one: &str, other: &str| is_hyphenation(one) && matches!(other, "" | "-" | "\u{2010}");
    let (our_marks, their_marks) = (squeezed(ours), squeezed(theirs));
    if our_marks == their_marks
        || hyphenation(ours, &their_marks)
        || hyphenation(theirs, &our_marks)
    {
        return Some(once(Difference::Layout).collect());
    }
    if let Some(differences) = alike(&our_marks, &their_marks) {
        return Some(differences);
    }
    if is_figure {
        return None;
    }
    let is_joined = |one: &str, other: &str| one == "-" && matches!(other, "" | " ");
    let (our_dash, their_dash) = (dashes_folded(&our_marks), dashes_folded(&their_marks));
    if is_joined(&our_dash, &their_dash) || is_joined(&their_dash, &our_dash) {
        return Some(once(Difference::Dashes).collect());
    }
    let is_parted = |one: &str, other: &str| one.is_empty() && other.contains(' ');
    if is_parted(&our_marks, &their_marks) || is_parted(&their_marks, &our_marks) {
        return None;
    }
    Some(once(Difference::Punctuation).collect())
}

/// The differences of two strings of marks that are the same but for their kind: the fewest that explain it.
fn alike(ours: &str, theirs: &str) -> Option<Differences> {
    type Fold = fn(&str) -> String;
    const FOLDS: [(Fold, Difference); 3] = [
        (brackets_dropped, Difference::Insertion),
        (quotation_marks_folded, Difference::QuotationMarks),
        (dashes_folded, Difference::Dashes),
    ];
    /// All choices of folds as bits, the smallest first.
    const CHOICES: [u8; 7] = [0b001, 0b010, 0b100, 0b011, 0b101, 0b110, 0b111];
    let chosen = |choice: u8| {
        let bits = FOLDS.iter().enumerate();
        bits.filter(move |(bit, _)| choice >> bit & 1 == 1)
            .map(|(_, fold)| fold)
    };
    let folded = |marks: &str, choice| {
        chosen(choice).fold(marks.to_owned(), |marks, (fold, _)| fold(&marks))
    };
    let found = CHOICES
        .into_iter()
        .find(|choice| folded(ours, *choice) == folded(theirs, *choice))?;
    Some(chosen(found).map(|(_, difference)| *difference).collect())
}

fn brackets_dropped(marks: &str) -> String {
    marks.replace(['[', ']'], "")
}

fn quotation_marks_folded(marks: &str) -> String {
    let folded: String = marks
        .chars()
        .map(|c| if is_quotation_mark(c) { '"' } else { c })
        .collect();
    folded.replace("\"\"", "\"")
}

/// Every dash, with the spaces around it, as one hyphen.
fn dashes_folded(marks: &str) -> String {
    let mut out = String::with_capacity(marks.len());
    for c in marks.chars() {
        if is_dash(c) {
            out.truncate(out.trim_end().len());
            if !out.ends_with('-') {
                out.push('-');
            }
        } else if !(c == ' ' && out.ends_with('-')) {
            out.push(c);
        }
    }
    out
}

/// How a quote's first or last marks differ from those that the text has there.
///
/// A quote may leave out what surrounds it, and may say with an ellipsis that the text goes on.
fn edge_difference(ours: &str, theirs: &str, fits: fn(&str, &str) -> bool) -> Option<Difference> {
    let ours = squeezed(ours).replace(['…', '['], "").replace("...", "");
    let ours = ours.trim();
    let theirs = squeezed(theirs);
    let theirs = theirs.trim();
    if ours.is_empty() || fits(theirs, ours) {
        return None;
    }
    if fits(theirs, brackets_dropped(ours).trim()) {
        return Some(Difference::Insertion);
    }
    let (our_marks, their_marks) = (quotation_marks_folded(ours), quotation_marks_folded(theirs));
    if ours.chars().all(is_quotation_mark) || fits(&their_marks, &our_marks) {
        return Some(Difference::QuotationMarks);
    }
    if fits(&dashes_folded(theirs), &dashes_folded(ours)) {
        return Some(Difference::Dashes);
    }
    Some(Difference::Punctuation)
}

/// The marks before a place in a text.
pub(super) fn before(text: &str, at: usize) -> &str {
    let start = text[..at].rfind(super::fold::counts).map_or(0, |last| {
        last + text[last..].chars().next().map_or(0, char::len_utf8)
    });
    &text[start..at]
}

/// The marks behind a place in a text.
pub(super) fn after(text: &str, at: usize) -> &str {
    let length = text[at..]
        .find(super::fold::counts)
        .unwrap_or(text.len() - at);
    &text[at..at + length]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(quote: &str, text: &str, expected: Option<&[Difference]>) {
        let keys: Vec<Key> = Keys::of(text).collect();
        let (start, end) = (keys[0].start, keys[keys.len() - 1].end);
        let found = compare(quote, text, start, end);
        let found: Option<Vec<Difference>> = found.map(|found| found.into_iter().collect());
        assert_eq!(found.as_deref(), expected, "{quote:?} in {text:?}");
    }

    #[test]
    fn what_a_reader_does_not_see_is_layout() {
        let layout: Option<&[Difference]> = Some(&[Difference::Layout]);
        check("the deck", "the deck", Some(&[]));
        check("the deck", "the\n  deck", layout);
        check("unsafe", "un-\nsafe", layout);
        check("well-known", "well-\nknown", layout);
        check("motor", "mo\u{ad}tor", layout);
        check("Café", "Cafe\u{301}", layout);
    }

    #[test]
    fn each_kind_of_mark_has_its_difference() {
        check("efficient", "eﬃcient", Some(&[Difference::Ligatures]));
        check(
            "the \"deck\" is",
            "the “deck” is",
            Some(&[Difference::QuotationMarks]),
        );
        check("don't", "don’t", Some(&[Difference::QuotationMarks]));
        check(
            "a bridge - closed",
            "a bridge—closed",
            Some(&[Difference::Dashes]),
        );
        check("1990-95", "1990–95", Some(&[Difference::Dashes]));
        check("well known", "well-known", Some(&[Difference::Dashes]));
        check(
            "first, second",
            "first second",
            Some(&[Difference::Punctuation]),
        );
        check("[t]he deck", "the deck", Some(&[Difference::Insertion]));
        check("The deck", "the deck", Some(&[Difference::Case]));
    }

    #[test]
    fn several_differences_are_told_together() {
        let all = [
            Difference::QuotationMarks,
            Difference::Dashes,
            Difference::Case,
        ];
        check("It is - \"Sure\" - so", "it is—“sure”—so", Some(&all));
    }

    #[test]
    fn words_that_are_parted_elsewhere_are_other_words() {
        check("now here", "nowhere", None);
        check("1.5 metres", "15 metres", None);
        check("1,000", "1.000", None);
    }

    #[test]
    fn marks_around_a_quote_may_be_left_out_and_not_put_in() {
        check("deck", "(deck).", Some(&[]));
        check("deck.", "(deck).", Some(&[Difference::Punctuation]));
        check("deck).", "(deck).", Some(&[]));
        check("“deck”", "deck", Some(&[Difference::QuotationMarks]));
        check("deck!", "deck.", Some(&[Difference::Punctuation]));
    }
}
