//! Text as it must be written to be read as text.

use crate::emit::visible::visible;
use crate::layout::text::{inert, inert_char};

/// A text for Markdown (`CommonMark` and GitHub's tables): nothing in it is markup, line breaks are `<br>`.
///
/// Control characters are shown, since Markdown is often read in a terminal.
pub(super) fn markdown(text: &str) -> String {
    let lines: Vec<String> = text.trim_end().lines().map(markdown_line).collect();
    lines.join("<br>")
}

fn markdown_line(line: &str) -> String {
    let line = visible(line.trim());
    let mut escaped = String::with_capacity(line.len() + 8);
    let mut before = ' ';
    let mut rest = line.chars().peekable();
    while let Some(c) = rest.next() {
        let is_in_word = |c: char| c.is_alphanumeric();
        match c {
            // Inside a word an underscore is no markup, and addresses stay whole.
            '_' if is_in_word(before) && rest.peek().copied().is_some_and(is_in_word) => {
                escaped.push('_');
            }
            '\\' | '|' | '`' | '*' | '_' | '[' | ']' | '~' | '$' => escaped.extend(['\\', c]),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            c => escaped.push(c),
        }
        before = c;
    }
    escaped
}

/// A text for HTML, between tags or, on one line, in a quoted attribute; line breaks are `<br>`.
///
/// Control characters, which HTML does not have, become U+FFFD, and so do controls of direction, as in pictures: a text
/// must not be read in another order than it has.
pub(super) fn html(text: &str) -> String {
    html_within(text.trim_end())
}

/// A piece of a text for HTML: the same as [`html`], with the spaces at its end.
pub(super) fn html_within(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '&' => escaped.push_str("&amp;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\n' => escaped.push_str("<br>"),
            '\r' => {}
            '\t' => escaped.push(c),
            c => escaped.push(inert_char(c)),
        }
    }
    escaped
}

/// A text for XML, between tags or in a quoted attribute, and inert.
pub(super) fn xml(text: &str) -> String {
    let text = inert(text);
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_in_markdown_is_text() {
        assert_eq!(
            markdown("a | b \\ *c* <img> `d` [e](f)\ng & snake_case _h_"),
            "a \\| b \\\\ \\*c\\* &lt;img&gt; \\`d\\` \\[e\\](f)<br>g &amp; snake_case \\_h\\_"
        );
    }

    #[test]
    fn markup_in_html_is_text() {
        assert_eq!(
            html("<script>\"a\" & 'b'\n\u{1b}"),
            "&lt;script&gt;&quot;a&quot; &amp; &#39;b&#39;<br>\u{fffd}"
        );
    }

    #[test]
    fn a_control_of_direction_in_html_is_seen() {
        assert_eq!(
            html("\u{202e}tca\u{202c}\u{2028}b\u{200f}\r\n\u{5d0}"),
            "\u{fffd}tca\u{fffd} b\u{fffd}<br>\u{5d0}"
        );
    }
}
