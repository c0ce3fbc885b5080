//! The frame of an HTML page, which lets nothing in: a browser loads nothing for it and runs nothing but our script.

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use super::Picture;
use crate::layout::text::inert_char;
use crate::render::escape;
use crate::source::single_spaced;

/// The look of every page.
const STYLE: &str = include_str!("page.css");
/// What makes a diagram something to walk around in.
const SCRIPT: &str = include_str!("page.js");

/// A page before it has a head.
pub(super) struct Document<'a> {
    pub(super) title: &'a str,
    /// What is between `<body>` and `</body>`.
    pub(super) body: &'a str,
    /// The picture in it.
    pub(super) picture: Option<&'a Picture>,
}

/// The whole page. Linear.
pub(super) fn document(parts: &Document<'_>) -> String {
    let title = escape::html(&single_spaced(parts.title));
    let script = match parts.picture {
        Some(_) => format!("<script>{SCRIPT}</script>\n"),
        None => String::new(),
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{}{script}</body>\n</html>\n",
        policy(parts.picture),
        parts.body,
    )
}

/// The policy that a page gives to its browser: nothing but these very styles and this very script.
fn policy(picture: Option<&Picture>) -> String {
    let mut styles = hash(STYLE);
    for style in picture.into_iter().flat_map(Picture::styles) {
        let _ = write!(styles, " {}", hash(style));
    }
    let script = match picture {
        Some(_) => hash(SCRIPT),
        None => "'none'".to_owned(),
    };
    format!(
        "default-src 'none'; style-src {styles}; script-src {script}; base-uri 'none'; form-action 'none'"
    )
}

/// A text as a policy names it.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text)))
}

/// A JSON text as it can stand in a `<script>`: nothing in it ends the element or a line of script, or turns round what
/// somebody reads there.
pub(super) fn inert_json(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            c if matches!(c, '<' | '>' | '&') || inert_char(c) != c => {
                let _ = write!(inert, "\\u{:04x}", u32::from(c));
            }
            c => inert.push(c),
        }
    }
    inert
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_in_a_page_reads_the_same_and_ends_nothing() {
        let text = "</script><!-- ]]> & \u{2028}\u{2029} \"x\"";
        let json = serde_json::to_string(text).unwrap();
        let inert = inert_json(&json);
        assert!(!inert.contains(['<', '>', '&', '\u{2028}', '\u{2029}']));
        assert_eq!(serde_json::from_str::<String>(&inert).unwrap(), text);
    }

    #[test]
    fn our_own_style_and_script_do_not_end_themselves() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</") && !SCRIPT.contains("<!--"));
    }
}
