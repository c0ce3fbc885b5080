//! Text edits: pieces of a text replaced, and every other byte as it was.
//!
//! Comments, layout, line breaks and a byte order mark stay because nobody touches them.

use std::ops::Range;

use crate::source::{SourceFile, Span};

/// A piece of a text and what stands there instead.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// The first byte that goes, and the first that stays again.
    pub start: usize,
    /// The byte behind the last that goes; the same as the first where text is only put in.
    pub end: usize,
    /// What comes instead.
    pub text: String,
}

impl Edit {
    /// An edit of a range of bytes.
    pub fn new(range: Range<usize>, text: impl Into<String>) -> Self {
        Self {
            start: range.start,
            end: range.end,
            text: text.into(),
        }
    }
}

/// The edits that can be made together, in the order of the text.
///
/// Of two that touch the same bytes the first stays, as of two that put something in at one place.
/// Costs a sort.
pub fn disjoint(mut edits: Vec<Edit>) -> Vec<Edit> {
    edits.sort();
    let mut kept: Vec<Edit> = Vec::with_capacity(edits.len());
    for edit in edits {
        let is_free = kept.last().is_none_or(|last| {
            edit.start >= last.end && (edit.start, edit.end) != (last.start, last.end)
        });
        if is_free {
            kept.push(edit);
        }
    }
    kept
}

/// The text with edits made that [`disjoint`] has put in order; linear.
///
/// # Panics
/// With edits that overlap, are out of order, or cut a character.
///
/// ```
/// use grounds::syntax::{Edit, apply};
///
/// let edits = [Edit::new(0..4, "text"), Edit::new(6..8, "")];
/// assert_eq!(apply("txet: a b # why", &edits), "text: b # why");
/// ```
pub fn apply(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for edit in edits {
        out.push_str(&text[done..edit.start]);
        out.push_str(&edit.text);
        done = edit.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Whether a scalar can be replaced by another: one that starts its line may be a block under `|` or `>`, whose text
/// is not what YAML reads there.
pub fn is_replaceable(file: &SourceFile, span: Span) -> bool {
    let before = &file.text()[..span.start as usize];
    let line = before
        .rfind(['\n', '\r'])
        .map_or(before, |end| &before[end + 1..]);
    !line.trim().is_empty()
}

/// A text as a scalar in double quotes, which may stand wherever a scalar may.
pub fn quoted(text: &str) -> String {
    serde_json::to_string(text).expect("every text is a JSON string, and these are YAML")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edited(text: &str, edits: &[(usize, usize, &str)]) -> String {
        let edits = edits
            .iter()
            .map(|&(start, end, new)| Edit::new(start..end, new));
        apply(text, &disjoint(edits.collect()))
    }

    #[test]
    fn scalars_are_replaceable_beside_their_key() {
        let file = SourceFile::new("m", "a: >\n  text\nb: text");
        let is_replaceable = |start, end| {
            let span = Span {
                start,
                end,
                ..Span::default()
            };
            is_replaceable(&file, span)
        };
        assert!(!is_replaceable(7, 12) && is_replaceable(15, 19));
    }

    #[test]
    fn quoted_texts_are_scalars() {
        assert_eq!(quoted("say \"é\" \\ \n"), r#""say \"é\" \\ \n""#);
    }

    #[test]
    fn edits_are_made_in_the_order_of_the_text() {
        assert_eq!(edited("abc", &[(2, 3, "z"), (0, 1, "xx")]), "xxbz");
    }

    #[test]
    fn of_edits_that_meet_the_first_stays() {
        assert_eq!(edited("abcd", &[(0, 2, "x"), (1, 3, "y")]), "xcd");
        assert_eq!(edited("abcd", &[(1, 2, "x"), (1, 2, "x")]), "axcd");
        assert_eq!(edited("abcd", &[(1, 1, "x"), (1, 1, "y")]), "axbcd");
    }

    #[test]
    fn neighbours_do_not_meet() {
        assert_eq!(edited("abcd", &[(0, 2, "x"), (2, 4, "y")]), "xy");
        assert_eq!(edited("abcd", &[(1, 1, "x"), (1, 2, "y")]), "axycd");
    }

    #[test]
    fn the_rest_of_the_text_stays_byte_for_byte() {
        assert_eq!(
            edited("\u{feff}ä: b\r\n", &[(3, 5, "ö")]),
            "\u{feff}ö: b\r\n"
        );
    }
}
