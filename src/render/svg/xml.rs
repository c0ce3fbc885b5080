//! Text and numbers as XML wants them.

use crate::layout::text::inert;

/// Text with the five characters escaped that mean something to XML, and inert otherwise.
pub(super) fn escaped(text: &str) -> String {
    let text = inert(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// A length with at most one decimal: a tenth of a pixel is enough to draw with.
pub(super) fn px(length: f64) -> String {
    let rounded = (length * 10.0).round() / 10.0;
    // A negative zero would print its sign.
    format!("{}", rounded + 0.0)
}

/// The attribute for dashes, with a space before it; nothing for a line without gaps.
pub(super) fn dashes(lengths: &[f64]) -> String {
    if lengths.is_empty() {
        return String::new();
    }
    let lengths: Vec<String> = lengths.iter().map(|it| px(*it)).collect();
    format!(" stroke-dasharray=\"{}\"", lengths.join(" "))
}
