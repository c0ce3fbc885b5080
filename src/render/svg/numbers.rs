//! Numbers as SVG wants them.

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
