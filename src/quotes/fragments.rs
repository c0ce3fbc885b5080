//! The pieces of a quote between its marks of omission and its words in brackets.

use std::ops::Range;

use super::fold::counts;

/// What stands before a piece of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing: it is the first.
    Start,
    /// An ellipsis: words of the text were left out.
    Omission,
    /// Words in brackets: the author put them in, perhaps for words of the text.
    Insertion,
}

/// A piece of a quote, and what joins it to the piece before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fragment {
    pub(super) joint: Joint,
    /// Its bytes in the quote.
    pub(super) range: Range<usize>,
}

/// Takes a quote apart; linear. Pieces without any word are left out.
pub(super) fn fragments(quote: &str) -> Vec<Fragment> {
    let mut fragments = Vec::new();
    let mut joint = Joint::Start;
    let mut start = 0;
    let mut at = 0;
    while let Some(c) = quote[at..].chars().next() {
        let Some((mark, length)) = mark(&quote[at..]) else {
            at += c.len_utf8();
            continue;
        };
        if push(&mut fragments, quote, start..at, joint) {
            joint = mark;
        } else if joint != Joint::Omission {
            // Of two marks in a row the one that may skip more counts.
            joint = mark;
        }
        at += length;
        start = at;
    }
    push(&mut fragments, quote, start..quote.len(), joint);
    fragments
}

fn push(fragments: &mut Vec<Fragment>, quote: &str, range: Range<usize>, joint: Joint) -> bool {
    let has_words = quote[range.clone()].contains(counts);
    if has_words {
        fragments.push(Fragment { joint, range });
    }
    has_words
}

/// The mark that a text begins with, and how many bytes it has.
fn mark(text: &str) -> Option<(Joint, usize)> {
    if let Some(length) = ellipsis(text) {
        return Some((Joint::Omission, length));
    }
    let (open, close) = match text.chars().next()? {
        '[' => ('[', ']'),
        '(' => ('(', ')'),
        _ => return None,
    };
    let inner = &text[1..];
    let end = inner
        .find([open, close])
        .filter(|end| inner[*end..].starts_with(close))?;
    let is_ellipsis = ellipsis(inner[..end].trim()) == Some(inner[..end].trim().len());
    match (is_ellipsis, open) {
        (true, _) => Some((Joint::Omission, end + 2)),
        (false, '[') => Some((Joint::Insertion, end + 2)),
        (false, _) => None,
    }
}

/// How many bytes of dots a text begins with, if they are an ellipsis: `…`, `...`, `. . .`.
fn ellipsis(text: &str) -> Option<usize> {
    if text.starts_with('…') {
        return Some('…'.len_utf8());
    }
    let spaced = ". . .";
    if text.starts_with(spaced) {
        return Some(spaced.len());
    }
    let n_dots = text.len() - text.trim_start_matches('.').len();
    (n_dots >= 3).then_some(n_dots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(quote: &str, expected: &[(Joint, &str)]) {
        let found = fragments(quote);
        let found: Vec<_> = found
            .iter()
            .map(|it| (it.joint, quote[it.range.clone()].trim()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn quotes_are_parted_by_ellipses_and_brackets() {
        use Joint::{Insertion, Omission, Start};
        check("the deck", &[(Start, "the deck")]);
        check(
            "the deck … is [now] unsafe",
            &[(Start, "the deck"), (Omission, "is"), (Insertion, "unsafe")],
        );
        check(
            "a ... b . . . c (…) d [...] e",
            &[
                (Start, "a"),
                (Omission, "b"),
                (Omission, "c"),
                (Omission, "d"),
                (Omission, "e"),
            ],
        );
        check("a [b] … c", &[(Start, "a"), (Omission, "c")]);
        check("a (b) c. D [e", &[(Start, "a (b) c. D [e")]);
    }

    #[test]
    fn marks_at_the_ends_part_nothing() {
        check("… the deck …", &[(Joint::Omission, "the deck")]);
        check("[The] deck [sic]", &[(Joint::Insertion, "deck")]);
        check("…", &[]);
    }

    #[test]
    fn many_brackets_are_read_in_no_time() {
        assert_eq!(fragments(&"[".repeat(200_000)), []);
        assert_eq!(fragments(&("(".repeat(200_000) + "a")).len(), 1);
    }
}
