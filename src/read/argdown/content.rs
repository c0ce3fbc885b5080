//! What a statement's or an argument's words say: title, text, tags, links.

use super::symbols::symbol;
use crate::model::Text;
use crate::source::single_spaced;

/// The words of one place, taken apart.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) title: Option<Title>,
    /// The plain text, without marks of emphasis, on one line.
    pub(super) text: String,
    pub(super) tags: Vec<String>,
    /// What links are called, and where they lead to.
    pub(super) links: Vec<(String, String)>,
    /// How many other statements and arguments the text mentions.
    pub(super) n_mentions: usize,
}

/// A title in brackets at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    pub(super) text: String,
    pub(super) of: Of,
}

/// What a title is the title of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// `[A statement]`
    Statement,
    /// `<An argument>`
    Argument,
}

/// Takes the words of one place apart. Linear in the words.
pub(super) fn parse(words: &str) -> Content {
    let words = words.trim();
    let mut scan = Scan::default();
    let Some((title, rest, is_definition)) = title(words) else {
        scan.words(words);
        return scan.finish(None);
    };
    scan.words(rest);
    // Words behind a title are its only where a colon says so.
    if is_definition || !scan.has_words {
        return scan.finish(Some(title));
    }
    let mut scan = Scan::default();
    scan.words(words);
    scan.finish(None)
}

/// The title at the start, what comes behind it, and whether a colon stands between.
fn title(words: &str) -> Option<(Title, &str, bool)> {
    let (of, close) = match words.chars().next()? {
        '[' => (Of::Statement, ']'),
        '<' => (Of::Argument, '>'),
        _ => return None,
    };
    let line = words.lines().next().unwrap_or_default();
    let definition = format!("{close}:");
    let ends = [
        (line[1..].find(&definition), true),
        (line[1..].find(close), false),
    ];
    let (end, is_definition) = ends.into_iter().find_map(|(end, is_definition)| {
        let end = end.filter(|end| *end > 0)?;
        // A reference ends at the first bracket, a definition at the first with a colon.
        Some((end + 1, is_definition))
    })?;
    let text = line[1..end].trim().to_owned();
    let is_link = !is_definition && words[end + 1..].starts_with('(');
    if text.is_empty() || is_link {
        return None;
    }
    let rest = &words[end + 1 + usize::from(is_definition)..];
    Some((Title { text, of }, rest, is_definition))
}

/// A scan through words: the pieces of their text, and which marks of emphasis are still open.
#[derive(Default)]
struct Scan {
    content: Content,
    pieces: Vec<Piece>,
    /// The marks that have no end yet, by index among the pieces.
    open: Vec<usize>,
    /// Whether there was anything but tags.
    has_words: bool,
}

enum Piece {
    Text(String),
    /// A mark of emphasis; text itself where it turns out to have no other end.
    Mark(&'static str),
    /// A mark that is no text.
    Used,
}

impl Scan {
    fn words(&mut self, words: &str) {
        let mut rest = words;
        while let Some(c) = rest.chars().next() {
            let is_tag = c == '#' && tag(rest).is_some();
            self.has_words |= !is_tag && !c.is_whitespace();
            let taken = self.special(c, rest, &words[..words.len() - rest.len()]);
            let length = taken.unwrap_or_else(|| {
                self.push(&rest[..c.len_utf8()]);
                c.len_utf8()
            });
            rest = &rest[length..];
        }
    }

    /// Takes what has a meaning at the start of `rest`; says how long it was.
    fn special(&mut self, c: char, rest: &str, before: &str) -> Option<usize> {
        match c {
            '\\' => {
                let escaped = rest[1..].chars().next()?;
                self.push(&rest[1..=escaped.len_utf8()]);
                Some(1 + escaped.len_utf8())
            }
            '*' | '_' => Some(self.mark(c, rest, before)),
            '[' => self.link(rest),
            '@' => self.mention(rest),
            '#' => self.tag(rest),
            '.' | ':' => self.symbol(c, rest),
            _ => None,
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(Piece::Text(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else {
            self.pieces.push(Piece::Text(text.to_owned()));
        }
    }

    fn mark(&mut self, c: char, rest: &str, before: &str) -> usize {
        let is_double = rest[1..].starts_with(c);
        let mark = match (c, is_double) {
            ('*', true) => "**",
            ('*', false) => "*",
            (_, true) => "__",
            (_, false) => "_",
        };
        let next = rest[mark.len()..].chars().next();
        let is_open = |at: &usize| matches!(self.pieces[*at], Piece::Mark(open) if open == mark);
        let ends_here = next.is_none_or(|c| c.is_whitespace() || ")}_.,!?;:-*".contains(c));
        let follows_word = before
            .chars()
            .next_back()
            .is_some_and(|c| !c.is_whitespace());
        if follows_word && ends_here && self.open.last().is_some_and(is_open) {
            let start = self.open.pop().expect("one is open");
            self.pieces[start] = Piece::Used;
            self.pieces.push(Piece::Used);
        } else if next.is_some_and(|c| !c.is_whitespace()) {
            self.open.push(self.pieces.len());
            self.pieces.push(Piece::Mark(mark));
        } else {
            self.push(mark);
        }
        mark.len()
    }

    fn link(&mut self, rest: &str) -> Option<usize> {
        let rest = near(rest);
        let end = rest.find(']')?;
        let url = rest[end + 1..].strip_prefix('(')?;
        let url = &url[..url.find(')')?];
        if end < 2 || url.is_empty() {
            return None;
        }
        let title = rest[1..end].to_owned();
        self.push(&title);
        self.content.links.push((title, url.trim().to_owned()));
        Some(end + url.len() + 3)
    }

    fn mention(&mut self, rest: &str) -> Option<usize> {
        let (title, length) = mentioned(rest)?;
        self.push(title);
        self.content.n_mentions += 1;
        Some(length)
    }

    fn tag(&mut self, rest: &str) -> Option<usize> {
        let (tag, length) = tag(rest)?;
        self.push(&rest[..length]);
        self.content.tags.push(tag.to_owned());
        Some(length)
    }

    fn symbol(&mut self, c: char, rest: &str) -> Option<usize> {
        let inside = &rest[1..];
        let end = inside.find(|it: char| it == c || it.is_whitespace())?;
        if !inside[end..].starts_with(c) {
            return None;
        }
        self.push(symbol(&inside[..end])?);
        Some(end + 2)
    }

    fn finish(self, title: Option<Title>) -> Content {
        let mut text = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Mark(mark) => text.push_str(mark),
                Piece::Used => {}
            }
        }
        Content {
            title,
            text: single_spaced(&text),
            ..self.content
        }
    }
}

/// The longest title, tag or address with its brackets, in bytes. Whoever writes opening brackets alone shall not
/// have a search to the end for each.
const MAX_BRACKETED: usize = 2000;

/// The start of a text, as far as brackets may reach.
fn near(text: &str) -> &str {
    let mut end = text.len().min(MAX_BRACKETED);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The tag at the start of a text that starts with `#`, and how long it is with its marks.
fn tag(rest: &str) -> Option<(&str, usize)> {
    if let Some(inside) = near(rest).strip_prefix("#(") {
        let end = inside.find(')').filter(|end| *end > 0)?;
        return Some((&inside[..end], end + 3));
    }
    let inside = &rest[1..];
    let may_be_in_tag =
        |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || c >= '\u{a0}';
    let end = inside.find(|c| !may_be_in_tag(c)).unwrap_or(inside.len());
    (end > 0).then(|| (&inside[..end], end + 1))
}

/// The title in the mention at the start of a text that starts with `@`, and how long the mention is.
fn mentioned(rest: &str) -> Option<(&str, usize)> {
    let inside = near(rest).get(2..)?;
    let end = match rest.as_bytes().get(1)? {
        b'[' => inside.find(']'),
        b'<' => inside.find('>'),
        _ => None,
    };
    let end = end.filter(|end| *end > 0 && !inside[..*end].contains('\n'))?;
    Some((&inside[..end], end + 3))
}

/// A text in which mentions are only the titles that they mention.
pub(super) fn without_mentions(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('@') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (title, length) = mentioned(rest).unwrap_or(("@", 1));
        plain.push_str(title);
        rest = &rest[length..];
    }
    plain.push_str(rest);
    plain
}

/// A text without the tags at its end, which are kept beside it.
pub(super) fn without_tags(text: &str, tags: &[Text]) -> String {
    let mut text = text.trim_end();
    loop {
        let is_tag = |written: &&str| tags.iter().any(|tag| tag.value == **written);
        let wrapped = text.strip_suffix(')').and_then(|rest| {
            let (before, tag) = rest.rsplit_once("#(")?;
            is_tag(&tag).then_some(before)
        });
        let plain = || {
            let (before, tag) = text.rsplit_once('#')?;
            is_tag(&tag).then_some(before)
        };
        match wrapped.or_else(plain) {
            Some(before) => text = before.trim_end(),
            None => return text.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, text: &str) {
        assert_eq!(parse(words).text, text);
    }

    #[test]
    fn marks_of_emphasis_vanish_where_they_have_two_ends() {
        check("a **bold** and _slanted_ word", "a bold and slanted word");
        check("**over\nlines**, too", "over lines, too");
        check("__both *at* once__", "both at once");
        check("snake_case and 2 * 3", "snake_case and 2 * 3");
        check("*open", "*open");
        check(r"\*not\*", "*not*");
    }

    #[test]
    fn titles_are_told_from_words_in_brackets() {
        let of = |words| parse(words).title.map(|title| (title.of, title.text));
        let statement = Some((Of::Statement, "A b".to_owned()));
        assert_eq!(of("[A b]: It is so."), statement);
        assert_eq!(of("[A b] #tag #(other tag)"), statement);
        assert_eq!(of("<A>: It is so."), Some((Of::Argument, "A".to_owned())));
        assert_eq!(of("[sic] he said"), None);
        assert_eq!(of("[a link](https://a.example) leads away"), None);
        assert_eq!(of("<> empty"), None);
        assert_eq!(of("[]: empty"), None);
    }

    #[test]
    fn links_tags_mentions_and_symbols_are_found() {
        let content =
            parse("[A]: See [this](https://a.example/x) and @[B b] :->: C. #t #(two words)");
        assert_eq!(content.text, "See this and B b → C. #t #(two words)");
        assert_eq!(content.tags, ["t", "two words"]);
        assert_eq!(
            content.links,
            [("this".to_owned(), "https://a.example/x".to_owned())]
        );
        assert_eq!(content.n_mentions, 1);
    }

    #[test]
    fn any_words_are_taken_apart_without_a_panic() {
        for words in [
            "#", "#(", "@", "@[", "@[x", "[", "<", "\\", "*", "**", ":é:", "[é]:é", "@é",
        ] {
            parse(words);
        }
    }
}
