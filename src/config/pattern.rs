//! The patterns of `exclude`.

use ignore::gitignore::GitignoreBuilder;

/// Whether a text is a pattern that can match something; else what is wrong with it, and what to do.
pub(super) fn check(text: &str) -> Result<(), (String, Option<String>)> {
    let plain = text.trim_start_matches("./").trim_start_matches("../");
    if plain.is_empty() {
        return Err(("a pattern in `exclude` is empty".to_owned(), None));
    }
    if plain != text {
        let message = format!(
            "the pattern `{text}` matches nothing, because it begins with a dot and a slash"
        );
        return Err((
            message,
            Some(format!(
                "patterns start at the folder of this file: `{plain}`"
            )),
        ));
    }
    if has_open_class(text) {
        let message = format!("`{text}` is no pattern: `[` is never closed");
        let help = "write `\\[` for a bracket that is part of a name";
        return Err((message, Some(help.to_owned())));
    }
    match GitignoreBuilder::new("").add_line(None, text) {
        Ok(_) => Ok(()),
        Err(ignore::Error::Glob { err, .. }) => {
            Err((format!("`{text}` is no pattern: {err}"), None))
        }
        Err(error) => Err((format!("`{text}` is no pattern: {error}"), None)),
    }
}

/// Whether a class of characters is opened and never closed. The pattern would be taken by its letters then, and by
/// git for none.
fn has_open_class(pattern: &str) -> bool {
    let mut chars = pattern.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\\' => {
                chars.next();
            }
            '[' => {
                chars.next_if(|c| matches!(c, '!' | '^'));
                // A bracket that comes first is one of the characters.
                chars.next();
                if !chars.any(|c| c == ']') {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bracket_that_is_never_closed_is_a_fault_and_one_that_is_meant_none() {
        for pattern in ["[a", "x[!", "x[]", "a/[^]b", "[a]["] {
            let (message, help) = check(pattern).unwrap_err();
            let told = format!("`{pattern}` is no pattern: `[` is never closed");
            assert_eq!(message, told);
            assert!(help.is_some_and(|help| help.starts_with("write `\\[`")));
        }
        for pattern in ["\\[a", "[ab]", "[]a]", "[!]]", "a]", "a\\"] {
            let wrong = check(pattern).err();
            assert!(
                wrong.is_none_or(|(it, _)| !it.contains("never closed")),
                "{pattern}"
            );
        }
    }
}
