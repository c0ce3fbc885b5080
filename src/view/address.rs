//! Which addresses a reader may be led to.

/// Whether an address may be a link: one of the web or of mail, or a file beside the picture.
///
/// Everything else is shown as text: other schemes, of which some run scripts and some open programs; `//host`, which
/// looks like a path and is none; a path from a root, which leads elsewhere on each machine.
/// A relative address has a folder in it or starts with `./` or `../`, and its first folder has no dot: `example.org/a`
/// is a web address without its scheme far more often than it is a file.
pub fn is_safe(address: &str) -> bool {
    let is_hidden = |c: char| c.is_control() || c.is_whitespace() || is_formatting(c);
    if address.contains(|c: char| is_hidden(c) || "\\<>\"`".contains(c)) {
        return false;
    }
    match address.split_once([':', '/', '?', '#']) {
        None | Some(("", _)) => false,
        Some((first, rest)) if address[first.len()..].starts_with(':') => {
            let is = |scheme: &str| first.eq_ignore_ascii_case(scheme);
            let is_web = (is("http") || is("https")) && rest.starts_with("//") && rest.len() > 2;
            is_web || (is("mailto") && !rest.is_empty())
        }
        Some((first, rest)) if address[first.len()..].starts_with('/') => {
            let is_beside = matches!(first, "." | "..") || !first.contains('.');
            is_beside && !rest.is_empty() && !rest.starts_with('/')
        }
        Some(_) => false,
    }
}

/// Characters that change what is seen of an address: controls of direction, and what has no width.
fn is_formatting(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_web_mail_and_files_beside_the_picture_are_links() {
        for safe in [
            "https://a.org/b?c=d",
            "HTTP://a",
            "mailto:a@b.c",
            "sources/report.pdf#page=3",
            "./report.pdf",
            "../a/b:c.html",
        ] {
            assert!(is_safe(safe), "{safe}");
        }
    }

    #[test]
    fn nothing_else_is() {
        for text in [
            "",
            "https",
            "https:",
            "https://",
            "https:a.org",
            "mailto:",
            "javascript:alert(1)",
            "JavaScript:alert(1)//./x",
            "java\nscript:x",
            " javascript:x",
            "data:text/html,x",
            "vbscript:x",
            "file:///etc/passwd",
            "//evil.example/x",
            "/etc/passwd",
            "\\\\evil.example\\x",
            "/\\evil.example",
            "./\\evil.example",
            ".//evil.example",
            "#card:x",
            "?x",
            "www.example.org/report",
            "example.org",
            "report.pdf",
            "unknown",
            "https://a.org/\u{202e}fdp.exe",
            "a/\u{200b}b",
        ] {
            assert!(!is_safe(text), "{text:?}");
        }
    }
}
