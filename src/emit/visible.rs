//! Text that shows what it holds: nothing in a map can move a terminal's cursor, colour it or turn its lines around.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with every character that would act instead of being seen written as `\u{…}`.
///
/// These are the control characters but for the line feed (so the escape of ANSI sequences is one),
/// the line and paragraph separators, and the controls of the bidirectional algorithm,
/// which can show a text in another order than it is read (CVE-2021-42574, "Trojan Source").
/// It copies only a text that has such characters; linear.
///
/// ```
/// use grounds::emit::visible::visible;
///
/// assert_eq!(visible("red: \u{1b}[31m"), r"red: \u{1b}[31m");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_acting) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if is_acting(c) {
            write!(shown, "\\u{{{:x}}}", u32::from(c)).expect("a string takes every write");
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// The same on one line: a line feed is written as `\\n`, so that no text can look like two findings.
pub fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains('\n') {
        Cow::Owned(visible(text).replace('\n', "\\n"))
    } else {
        visible(text)
    }
}

fn is_acting(c: char) -> bool {
    match c {
        '\n' => false,
        '\u{2028}'
        | '\u{2029}'
        | '\u{61c}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' => true,
        _ => c.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn controls_are_shown_and_line_feeds_stay() {
        assert_eq!(visible("a\nb\tc\r\u{7f}"), "a\nb\\u{9}c\\u{d}\\u{7f}");
        assert_eq!(visible("\u{9b}2J\u{0}"), "\\u{9b}2J\\u{0}");
    }

    #[test]
    fn one_line_stays_one_line() {
        assert_eq!(one_line("a\nb: error"), "a\\nb: error");
    }

    #[test]
    fn controls_of_direction_are_shown() {
        assert_eq!(
            visible("\u{202e}abc\u{2066}d\u{61c}"),
            "\\u{202e}abc\\u{2066}d\\u{61c}"
        );
    }

    #[test]
    fn plain_text_of_any_script_is_not_copied() {
        assert!(matches!(visible("Київ, 東京, عمان"), Cow::Borrowed(_)));
    }
}
