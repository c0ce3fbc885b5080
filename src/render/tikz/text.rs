//! Text in which TeX sees no command.

use crate::layout::text::inert;

/// A text on one line: whatever means something to TeX is written as the command that prints it, and pairs of signs
/// that a font would join are kept apart.
pub(super) fn tex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in inert(text).chars() {
        // Two hyphens would be a dash, two commas or angles a quotation mark.
        if c == before && matches!(c, '-' | ',' | '<' | '>' | '\'') {
            out.push_str("{}");
        }
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' | '}' | '$' | '&' | '#' | '_' | '%' => out.extend(['\\', c]),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '"' => out.push_str("\\textquotedbl{}"),
            '`' => out.push_str("\\textasciigrave{}"),
            '<' => out.push_str("\\textless{}"),
            '>' => out.push_str("\\textgreater{}"),
            '|' => out.push_str("\\textbar{}"),
            '\n' => out.push(' '),
            // LuaTeX takes this character itself for a fault in the file.
            '\u{fffd}' => out.push_str("\\mapunknown{}"),
            c => out.push(c),
        }
        before = c;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What TeX would print of it: the reverse of [`tex`].
    fn printed(tex: &str) -> String {
        let commands = [
            ("\\textbackslash{}", "\\"),
            ("\\textasciitilde{}", "~"),
            ("\\textasciicircum{}", "^"),
            ("\\textquotedbl{}", "\""),
            ("\\textasciigrave{}", "`"),
            ("\\textless{}", "<"),
            ("\\textgreater{}", ">"),
            ("\\textbar{}", "|"),
        ];
        let mut out = String::new();
        let mut rest = tex;
        while let Some(c) = rest.chars().next() {
            if let Some((command, sign)) = commands.iter().find(|(it, _)| rest.starts_with(it)) {
                out.push_str(sign);
                rest = &rest[command.len()..];
            } else if let Some(after) = rest.strip_prefix("{}") {
                rest = after;
            } else if c == '\\' {
                let sign = rest[1..].chars().next().unwrap();
                assert!("{}$&#_%".contains(sign), "\\{sign} is a command");
                out.push(sign);
                rest = &rest[1 + sign.len_utf8()..];
            } else {
                assert!(!"{}$&#_%~^\"`|<>".contains(c), "{c} acts");
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        out
    }

    proptest::proptest! {
        #[test]
        fn every_text_is_printed_as_it_is(text in "[ -~äß漢\\\\{}$&#_%^~\"`<>|,'-]{0,40}") {
            proptest::prop_assert_eq!(printed(&tex(&text)), text);
        }
    }

    #[test]
    fn commands_are_text() {
        assert_eq!(
            tex("\\input{x} ^^M 5 % -- \\write18"),
            "\\textbackslash{}input\\{x\\} \\textasciicircum{}\\textasciicircum{}M 5 \\% -{}- \\textbackslash{}write18"
        );
    }
}
