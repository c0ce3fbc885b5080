//! Text from a map, made safe to print: what would steer a terminal is shown instead of obeyed.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The text with control characters, bidirectional controls and line breaks written as `\u{…}` escapes.
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            '\t' => shown.push_str("\\t"),
            c if is_hidden(c) => {
                write!(shown, "\\u{{{:x}}}", u32::from(c)).expect("writing to a string succeeds");
            }
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// Whether a character acts on its surroundings instead of being seen.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown() {
        assert_eq!(
            visible("a\x1b[31mb\u{202e}c\nd"),
            "a\\u{1b}[31mb\\u{202e}c\\nd"
        );
        assert_eq!(visible("naïve — 犬"), "naïve — 犬");
    }
}
