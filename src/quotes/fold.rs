//! What of a text counts when words are compared: its key characters.
//!
//! White space, punctuation and invisible characters do not count, and neither do letter case and the compatibility
//! forms of Unicode (NFKC, Unicode Standard Annex 15): ligatures, full-width letters, superscripts.
//! Two wordings with the same key characters are candidates for being the same; [`super::compare`] looks at the rest.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::{compose, is_combining_mark};

/// A character that counts, and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// The character in lower case.
    pub(super) folded: char,
    /// The character in its own case.
    pub(super) plain: char,
    /// The first byte of what it was written as.
    pub(super) start: usize,
    /// The byte behind that.
    pub(super) end: usize,
    /// Whether a word begins here.
    pub(super) starts_word: bool,
}

/// The key characters of a text, in order; linear.
pub(super) struct Keys<'t> {
    text: &'t str,
    /// Where the next character is read.
    at: usize,
    /// What the last character was read as and is not given out yet, the next at the end.
    pending: Vec<Key>,
    /// The last key given out.
    previous: Option<Key>,
}

impl<'t> Keys<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            at: 0,
            pending: Vec::new(),
            previous: None,
        }
    }

    /// Whether a word begins with a key character that was written as `range`.
    fn starts_word(&self, range: &Range<usize>, next: char) -> bool {
        let Some(previous) = &self.previous else {
            return true;
        };
        let gap = &self.text[previous.end..range.start];
        let is_letter = |c: char| c.is_alphabetic() || is_combining_mark(c);
        let is_inner = gap.chars().all(is_invisible)
            || (is_hyphenation(gap) && is_letter(previous.plain) && next.is_lowercase())
            || (is_apostrophe(gap) && is_letter(previous.plain) && is_letter(next));
        !is_inner || is_unspaced(previous.plain) || (is_unspaced(next) && !is_combining_mark(next))
    }

    /// Reads one character with its marks into `pending`.
    fn read(&mut self, first: char) {
        let start = self.at;
        self.at = start + cluster_length(&self.text[start..], first);
        let range = start..self.at;
        if range.len() == 1 {
            if counts(first) {
                self.push(first.to_ascii_lowercase(), first, &range);
            }
            return;
        }
        let plain = self.text[range.clone()].nfkc();
        for plain in plain.map(with_slash).filter(|c| counts(*c)) {
            let folded = plain.to_lowercase().map(with_common_sigma);
            folded.for_each(|folded| self.push(folded, plain, &range));
        }
        self.pending.reverse();
    }

    fn push(&mut self, folded: char, plain: char, range: &Range<usize>) {
        let starts_word = self.pending.is_empty() && self.starts_word(range, plain);
        self.pending.push(Key {
            folded,
            plain,
            start: range.start,
            end: range.end,
            starts_word,
        });
    }
}

/// The slash of fractions, which compatibility forms have, as the common one.
fn with_slash(c: char) -> char {
    if c == '\u{2044}' { '/' } else { c }
}

/// The sigma at a word's end as the common one.
fn with_common_sigma(c: char) -> char {
    if c == 'ς' { 'σ' } else { c }
}

impl Iterator for Keys<'_> {
    type Item = Key;

    fn next(&mut self) -> Option<Key> {
        while self.pending.is_empty() {
            let first = self.text[self.at..].chars().next()?;
            self.read(first);
        }
        self.previous = self.pending.pop();
        self.previous
    }
}

/// How many bytes a character and what belongs to it take: marks, and the rest of a Korean syllable.
fn cluster_length(text: &str, first: char) -> usize {
    let mut length = first.len_utf8();
    let mut composed = first;
    for next in text[length..].chars() {
        if next.is_ascii() {
            break;
        }
        match compose(composed, next) {
            Some(both) => composed = both,
            None if is_combining_mark(next) => {}
            None => break,
        }
        length += next.len_utf8();
    }
    length
}

/// Whether a character counts when words are compared: letters, digits, marks and symbols that mean something.
pub(super) fn counts(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric()
            || matches!(
                c,
                '%' | '&' | '@' | '#' | '+' | '<' | '=' | '>' | '$' | '/' | '^' | '~' | '|'
            );
    }
    c.is_alphanumeric()
        || is_combining_mark(c)
        || !(c.is_whitespace() || c.is_control() || is_invisible(c) || is_punctuation(c))
}

/// Punctuation beyond ASCII.
fn is_punctuation(c: char) -> bool {
    matches!(c,
        '¡' | '«' | '¶' | '·' | '»' | '¿' | '´' | '¨' | '\u{2b0}'..='\u{2ff}'
        | '\u{37e}' | '\u{387}' | '\u{55a}'..='\u{55f}' | '\u{589}' | '\u{58a}' | '\u{5be}' | '\u{5c0}'
        | '\u{5c3}' | '\u{5f3}' | '\u{5f4}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{66d}' | '\u{6d4}'
        | '\u{964}' | '\u{965}' | '\u{1362}'..='\u{1368}' | '\u{2010}'..='\u{2027}'
        | '\u{2032}'..='\u{2043}' | '\u{2045}'..='\u{2051}' | '\u{2053}'..='\u{205e}' | '−'
        | '\u{2308}'..='\u{230b}' | '\u{2329}' | '\u{232a}' | '\u{275b}'..='\u{2760}'
        | '\u{2768}'..='\u{2775}' | '\u{27e6}'..='\u{27ef}' | '\u{2983}'..='\u{2998}'
        | '\u{2e00}'..='\u{2e5d}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}'
        | '\u{3014}'..='\u{301f}' | '\u{30fb}' | '\u{fe10}'..='\u{fe19}' | '\u{fe30}'..='\u{fe63}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{fffd}')
}

/// Whether a character neither shows nor separates: soft hyphens, joiners, marks of direction.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Whether a character is some double or single quotation mark, or an apostrophe.
pub(super) fn is_quotation_mark(c: char) -> bool {
    matches!(c,
        '"' | '\'' | '`' | '´' | '«' | '»' | '\u{2bb}' | '\u{2bc}' | '\u{2018}'..='\u{201f}' | '\u{2032}'..='\u{2037}'
        | '‹' | '›' | '\u{275b}'..='\u{275e}' | '\u{300c}'..='\u{300f}' | '\u{301d}'..='\u{301f}'
        | '\u{ff02}' | '\u{ff07}')
}

/// Whether a character is some hyphen or dash.
pub(super) fn is_dash(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{58a}' | '\u{5be}' | '\u{2010}'
            ..='\u{2015}'
                | '\u{2043}'
                | '\u{2212}'
                | '\u{2e3a}'
                | '\u{2e3b}'
                | '\u{fe58}'
                | '\u{fe63}'
                | '\u{ff0d}'
    )
}

/// Whether what stands between two letters is a hyphen at the end of a line.
pub(super) fn is_hyphenation(gap: &str) -> bool {
    let mut rest = gap.chars();
    let is_hyphen = matches!(rest.next(), Some('-' | '\u{2010}' | '\u{ad}'));
    let rest = rest.as_str();
    is_hyphen && rest.contains(['\n', '\r']) && rest.chars().all(char::is_whitespace)
}

fn is_apostrophe(gap: &str) -> bool {
    matches!(gap, "'" | "\u{2019}" | "\u{2bc}" | "\u{2018}" | "\u{ff07}")
}

/// Whether a script writes its words without spaces between them, so that each character is taken for a word.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A text without differences of white space: runs of it become one space, invisible characters go.
pub(super) fn squeezed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// Whether a text has a hyphen at the end of a line between two letters.
pub(super) fn has_hyphenation(text: &str) -> bool {
    let mut previous = None;
    Keys::of(text).any(|key| {
        let start = previous.replace(key.end).unwrap_or(key.start);
        text.get(start..key.start).is_some_and(is_hyphenation)
    })
}

/// A text as it is read: on one line, its words without the hyphens that end lines.
pub(super) fn on_one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut previous = None;
    for key in Keys::of(text) {
        let start = previous.unwrap_or(0);
        let gap = text.get(start..key.start).unwrap_or_default();
        if key.starts_word || !is_hyphenation(gap) {
            out.push_str(&squeezed(gap));
        }
        if key.end > start {
            out.push_str(&text[key.start.max(start)..key.end]);
        }
        previous = Some(key.end);
    }
    out.push_str(&squeezed(&text[previous.unwrap_or(0)..]));
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words of a text, folded.
    fn words(text: &str) -> String {
        let mut out = String::new();
        for key in Keys::of(text) {
            if key.starts_word && !out.is_empty() {
                out.push(' ');
            }
            out.push(key.folded);
        }
        out
    }

    #[test]
    fn case_punctuation_and_space_do_not_count() {
        assert_eq!(
            words("  The deck — “unsafe”,\n\tthey SAID!"),
            "the deck unsafe they said"
        );
    }

    #[test]
    fn compatibility_forms_are_unfolded() {
        assert_eq!(
            words("eﬃcient ﬂow ＡＢＣ CO₂ ½"),
            "efficient flow abc co2 1/2"
        );
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert_eq!(words("Cafe\u{301} u\u{308}ber"), words("Café über"));
        assert_eq!(words("\u{1112}\u{1161}\u{11ab}"), words("한"));
    }

    #[test]
    fn a_hyphen_at_the_end_of_a_line_joins_and_another_does_not() {
        assert_eq!(
            words("un-\n  safe well-known Anglo-\nSaxon"),
            "unsafe well known anglo saxon"
        );
    }

    #[test]
    fn soft_hyphens_and_apostrophes_stand_within_words() {
        assert_eq!(words("mo\u{ad}tor don’t 'tis"), "motor dont tis");
    }

    #[test]
    fn scripts_without_spaces_have_a_word_for_each_character() {
        assert_eq!(words("这座桥"), "这 座 桥");
    }

    #[test]
    fn keys_know_where_they_come_from() {
        let keys: Vec<(char, usize, usize)> = Keys::of("aﬁ é")
            .map(|k| (k.folded, k.start, k.end))
            .collect();
        assert_eq!(keys, [('a', 0, 1), ('f', 1, 4), ('i', 1, 4), ('é', 5, 7)]);
    }
}
