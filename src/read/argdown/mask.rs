//! Comments out of the way, with everything else where it was.

/// What stands in place of each byte of a comment. No text that is read has it.
pub(super) const MASKED: char = '\0';

/// The text with its comments masked, line breaks within them included, and where they stand.
///
/// `//` behind a colon is no comment here but part of an address. A comment that does not end is text.
/// Linear in the text.
pub(super) fn comments(text: &str, start: usize) -> (String, Vec<(usize, usize)>) {
    let mut found = Vec::new();
    let mut ends = Ends::default();
    let bytes = text.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        let end = match bytes[at] {
            b'\\' => {
                at += 2;
                continue;
            }
            b'<' if bytes[at..].starts_with(b"<!--") => ends.html(text, at + 4),
            b'/' if bytes[at..].starts_with(b"/*") => ends.block(text, at + 2),
            b'/' if bytes[at..].starts_with(b"//") && !is_address(bytes, at) => {
                let line = text[at..].find(['\r', '\n']);
                Some(line.map_or(text.len(), |line| at + line))
            }
            _ => None,
        };
        match end {
            Some(end) => {
                found.push((at, end));
                at = end;
            }
            None => at += 1,
        }
    }
    (masked(text, &found), found)
}

fn is_address(bytes: &[u8], at: usize) -> bool {
    at > 0 && bytes[at - 1] == b':'
}

fn masked(text: &str, comments: &[(usize, usize)]) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut at = 0;
    for &(start, end) in comments {
        masked.push_str(&text[at..start]);
        masked.extend(std::iter::repeat_n(MASKED, end - start));
        at = end;
    }
    masked.push_str(&text[at..]);
    masked
}

/// Finds the ends of comments; what was not found once is not looked for again.
#[derive(Default)]
struct Ends {
    no_html: bool,
    no_block: bool,
}

impl Ends {
    fn html(&mut self, text: &str, from: usize) -> Option<usize> {
        behind(text, from, "-->", &mut self.no_html)
    }

    fn block(&mut self, text: &str, from: usize) -> Option<usize> {
        behind(text, from, "*/", &mut self.no_block)
    }
}

fn behind(text: &str, from: usize, mark: &str, is_missing: &mut bool) -> Option<usize> {
    if *is_missing {
        return None;
    }
    let end = text[from..].find(mark).map(|end| from + end + mark.len());
    *is_missing = end.is_none();
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_masked_byte_by_byte() {
        for (text, expected) in [
            ("a // é\nb", "a \0\0\0\0\0\nb"),
            ("a /* x\n\n */ b", "a \0\0\0\0\0\0\0\0\0 b"),
            ("<!-- x --> b", "\0\0\0\0\0\0\0\0\0\0 b"),
            ("see http://a.example", "see http://a.example"),
            (r"\/* a */", r"\/* a */"),
            ("<!-- open /* too", "<!-- open /* too"),
        ] {
            assert_eq!(comments(text, 0).0, expected);
        }
    }
}
