//! What a line of an Argdown document starts.

use super::debate::Kind;

/// What the start of a line says that the line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Start {
    /// A heading of a level, from 1.
    Heading(usize),
    /// A premise or conclusion with its number.
    Item(u64),
    /// Two or more dashes.
    Inference,
    /// A relation.
    Relation(Mark),
    /// An item of a list.
    Bullet,
    /// Words, which go on with what came before unless an empty line stands between.
    Words,
}

/// A relation's mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    /// Whether it leads from what it is indented under.
    pub(super) is_outward: bool,
}

/// What a line starts, and how many bytes that takes. The line has no white space at its start.
pub(super) fn start(line: &str) -> (Start, usize) {
    if line.starts_with("--") {
        return (Start::Inference, 2);
    }
    if let Some((mark, length)) = mark(line) {
        return (Start::Relation(mark), length);
    }
    let level = line.bytes().take_while(|byte| *byte == b'#').count();
    if level > 0 && line[level..].starts_with(' ') {
        return (Start::Heading(level), level);
    }
    if let Some((number, length)) = item(line) {
        return (Start::Item(number), length);
    }
    match bullet(line) {
        Some(length) => (Start::Bullet, length),
        None => (Start::Words, 0),
    }
}

fn mark(line: &str) -> Option<(Mark, usize)> {
    let outward = |kind| Mark {
        kind,
        is_outward: true,
    };
    let inward = |kind| Mark {
        kind,
        is_outward: false,
    };
    let marks = [
        ("+>", outward(Kind::Support)),
        ("->", outward(Kind::Attack)),
        ("_>", outward(Kind::Undercut)),
        ("><", outward(Kind::Contradictory)),
        ("<+", inward(Kind::Support)),
        ("<-", inward(Kind::Attack)),
        ("<_", inward(Kind::Undercut)),
        ("+", inward(Kind::Support)),
        ("-", inward(Kind::Attack)),
    ];
    let found = marks.into_iter().find(|(mark, _)| line.starts_with(mark));
    if let Some((mark, meaning)) = found {
        return Some((meaning, mark.len()));
    }
    let rest = line.strip_prefix('_')?;
    let is_mark = rest.starts_with([' ', '\t']);
    is_mark.then(|| (inward(Kind::Undercut), 1))
}

fn item(line: &str) -> Option<(u64, usize)> {
    let inside = line.strip_prefix('(')?;
    let (number, _) = inside.split_once(')')?;
    let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
    let value = number.parse().ok().filter(|_| is_number)?;
    Some((value, number.len() + 2))
}

fn bullet(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let mark = if digits > 0 { "." } else { "*" };
    let rest = line[digits..].strip_prefix(mark)?;
    rest.starts_with([' ', '\t']).then_some(digits + 1)
}

/// The path of a line that only includes a file.
pub(super) fn included(line: &str) -> Option<&str> {
    let path = line.trim().strip_prefix("@include(")?.strip_suffix(')')?;
    (!path.contains(')')).then(|| path.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_told_by_their_start() {
        let kind = |line| match start(line).0 {
            Start::Relation(mark) => Some((mark.kind, mark.is_outward)),
            _ => None,
        };
        assert_eq!(kind("+ <A>"), Some((Kind::Support, false)));
        assert_eq!(kind("-> <A>"), Some((Kind::Attack, true)));
        assert_eq!(kind(">< [A]"), Some((Kind::Contradictory, true)));
        assert_eq!(kind("_ [A]"), Some((Kind::Undercut, false)));
        assert_eq!(kind("_slanted_ word"), None);
        assert_eq!(start("----"), (Start::Inference, 2));
        assert_eq!(start("(12) A."), (Start::Item(12), 4));
        assert_eq!(start("(see above)"), (Start::Words, 0));
        assert_eq!(start("## A"), (Start::Heading(2), 2));
        assert_eq!(start("#tag"), (Start::Words, 0));
        assert_eq!(start("3. A"), (Start::Bullet, 2));
        assert_eq!(start("* A"), (Start::Bullet, 1));
        assert_eq!(start("*slanted*"), (Start::Words, 0));
        assert_eq!(included("@include(a/b.argdown) "), Some("a/b.argdown"));
        assert_eq!(included("see @include(a)"), None);
    }
}
