//! The blocks of a BibTeX file: where each begins and ends, so that a fault in one spares the others.

use std::ops::Range;

/// What starts with an `@`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Block {
    /// The word behind the `@`.
    pub(super) kind: Range<usize>,
    /// From the `@` to the closing brace.
    pub(super) range: Range<usize>,
    /// Whether a closing brace is there.
    pub(super) is_closed: bool,
    /// How deep its braces nest, escaped ones included: whoever reads it may recurse as deep.
    pub(super) depth: usize,
}

/// The blocks of a text, in order; what stands between them is a comment, as BibTeX has it.
///
/// A line that starts a block of its own ends one that is not closed.
/// Linear: no byte is looked at more than twice.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..]
        .iter()
        .position(|byte| matches!(byte, b'@' | b'%'))
    {
        at += next;
        if bytes[at] == b'%' {
            at = end_of_line(bytes, at);
            continue;
        }
        match opening(bytes, at) {
            Some((kind, open)) => {
                let block = block(bytes, at, kind, open);
                at = block.range.end;
                found.push(block);
            }
            None => at += 1,
        }
    }
    found
}

/// The word of a block that starts at an `@`, and where its brace stands.
fn opening(bytes: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    let start = at + 1;
    let length = bytes[start..]
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
        .count();
    let end = start + length;
    let n_white = bytes[end..]
        .iter()
        .take_while(|byte| byte.is_ascii_whitespace())
        .count();
    let open = end + n_white;
    let is_open = matches!(bytes.get(open), Some(b'{' | b'('));
    (length > 0 && is_open).then_some((start..end, open))
}

fn block(bytes: &[u8], start: usize, kind: Range<usize>, open: usize) -> Block {
    let (mut n_open, mut is_escaped) = (0_usize, false);
    let mut nesting = Nesting::default();
    let is_round = bytes[open] == b'(';
    let mut line_start = false;
    for (at, &byte) in bytes.iter().enumerate().skip(open) {
        let is_own_start = line_start && byte == b'@' && opening(bytes, at).is_some();
        if is_own_start {
            return Block {
                kind,
                range: start..at,
                is_closed: false,
                depth: nesting.deepest,
            };
        }
        line_start = byte == b'\n' || (line_start && byte.is_ascii_whitespace());
        nesting.see(byte);
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' => is_escaped = true,
            b'{' => n_open += 1,
            b'}' => n_open = n_open.saturating_sub(1),
            _ => {}
        }
        let closes = if is_round { b')' } else { b'}' };
        if n_open == 0 && byte == closes {
            return Block {
                kind,
                range: start..at + 1,
                is_closed: true,
                depth: nesting.deepest,
            };
        }
    }
    Block {
        kind,
        range: start..bytes.len(),
        is_closed: false,
        depth: nesting.deepest,
    }
}

/// How deep braces nest at most, whichever of them a reader starts at.
#[derive(Default)]
struct Nesting {
    now: isize,
    lowest: isize,
    deepest: usize,
}

impl Nesting {
    fn see(&mut self, byte: u8) {
        match byte {
            b'{' => self.now += 1,
            b'}' => self.now -= 1,
            _ => return,
        }
        self.lowest = self.lowest.min(self.now);
        self.deepest = self.deepest.max((self.now - self.lowest).unsigned_abs());
    }
}

fn end_of_line(bytes: &[u8], from: usize) -> usize {
    let rest = bytes[from..].iter().position(|byte| *byte == b'\n');
    rest.map_or(bytes.len(), |length| from + length)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(&str, &str, bool)]) {
        let found = blocks(text);
        let seen: Vec<(&str, &str, bool)> = found
            .iter()
            .map(|it| {
                (
                    &text[it.kind.clone()],
                    &text[it.range.clone()],
                    it.is_closed,
                )
            })
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn blocks_end_where_their_braces_do() {
        check(
            "mail me@home.\n@book{a, title = {A {B} \\} C}}\n@string (x = \"y\")\n% @book{no}\n@Misc {b,}",
            &[
                ("book", "@book{a, title = {A {B} \\} C}}", true),
                ("string", "@string (x = \"y\")", true),
                ("Misc", "@Misc {b,}", true),
            ],
        );
    }

    #[test]
    fn a_block_that_is_not_closed_ends_before_the_next() {
        check(
            "@book{a, title = {A}\n  @book{b, note = {c@d}}\n@book{c",
            &[
                ("book", "@book{a, title = {A}\n  ", false),
                ("book", "@book{b, note = {c@d}}", true),
                ("book", "@book{c", false),
            ],
        );
    }

    #[test]
    fn escaped_braces_count_for_the_depth() {
        assert_eq!(blocks("@a{\\{\\{\\{}")[0].depth, 4);
        assert_eq!(blocks("@a{{}{}{}}")[0].depth, 2);
    }
}
