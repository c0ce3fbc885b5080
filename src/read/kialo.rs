//! The text that Kialo exports, as `docs/formats/kialo.md` describes it.

use rustc_hash::FxHashMap;

use super::draft::{Draft, NewInference};
use super::{Format, Reading, walk};
use crate::model::{
    Citation, ForeignFault, Polarity, Premise, ProblemKind, Statement, StatementIdx, Target, Text,
};
use crate::source::{FileId, SourceFile, Span, Spanned, single_spaced};

const TITLE: &str = "Discussion Title:";
const SEE: &str = "-> See ";

/// Reads the whole file.
pub(super) fn read(format: Format, name: &str, bytes: Vec<u8>) -> Reading {
    let (file, not_text, recoded) = SourceFile::decode_any(name, bytes);
    let mut draft = Draft::new(format);
    draft.recoded(FileId::default(), recoded);
    draft.problems = walk::faults(&file, not_text, Vec::new());
    let mut import = Import {
        draft: &mut draft,
        text: file.text(),
        items: Vec::new(),
        by_number: FxHashMap::default(),
    };
    import.lines(file.content_start());
    import.statements();
    import.draft.settle();
    import.links();
    draft.finish(file)
}

/// A numbered claim as written.
struct Item {
    /// `1.2.3`, which is where it stands in the tree.
    number: Text,
    /// None for a thesis.
    stance: Option<Polarity>,
    /// Where the rest of it stands, over several lines perhaps.
    span: Span,
    /// The statement that it makes; none where it leads to another one.
    statement: Option<StatementIdx>,
}

struct Import<'d, 't> {
    draft: &'d mut Draft,
    text: &'t str,
    items: Vec<Item>,
    by_number: FxHashMap<&'t str, usize>,
}

impl<'t> Import<'_, 't> {
    /// Parts the text into the title and the numbered claims; other lines go on with the claim before them.
    fn lines(&mut self, start: usize) {
        let mut at = start;
        for line in self.text[start..].split_inclusive('\n') {
            let content = line.trim_end();
            if let Some(title) = content
                .strip_prefix(TITLE)
                .filter(|_| self.items.is_empty())
            {
                let offset = at + content.len() - title.trim_start().len();
                self.draft.map.about.title = self.unescaped(span_of(offset, at + content.len()));
            } else if let Some((number, rest)) = self.number(content) {
                self.item(at, number, rest, at + content.len());
            } else if !content.is_empty() {
                let end = span_of(0, at + content.len()).end;
                if let Some(item) = self.items.last_mut() {
                    item.span.end = end;
                } else {
                    let span = span_of(at, at + content.len());
                    self.draft.losses.add("lines before the first claim", span);
                }
            }
            at += line.len();
        }
    }

    /// The number at the start of a line and the rest, if it is the number of a new claim under a known one.
    fn number(&self, line: &'t str) -> Option<(&'t str, &'t str)> {
        let (number, rest) = line
            .split_once(". ")
            .or_else(|| Some((line.strip_suffix('.')?, "")))?;
        let is_number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        let is_new = number.split('.').all(is_number) && !self.by_number.contains_key(number);
        let is_under_known = match number.rsplit_once('.') {
            Some((parent, _)) => self.by_number.contains_key(parent),
            None => self.items.is_empty(),
        };
        (is_new && is_under_known).then_some((number, rest))
    }

    fn item(&mut self, at: usize, number: &'t str, rest: &'t str, end: usize) {
        let (stance, rest) = if let Some(rest) = rest.strip_prefix("Pro:") {
            (Some(Polarity::Pro), rest)
        } else if let Some(rest) = rest.strip_prefix("Con:") {
            (Some(Polarity::Con), rest)
        } else {
            (None, rest)
        };
        self.by_number.insert(number, self.items.len());
        self.items.push(Item {
            number: Spanned {
                value: number.to_owned(),
                span: span_of(at, at + number.len()),
            },
            stance,
            span: span_of(end - rest.trim_start().len(), end),
            statement: None,
        });
    }

    fn statements(&mut self) {
        let is_question = self.is_question();
        for at in 0..self.items.len() {
            let item = &self.items[at];
            let written = self.text[item.span.range()].trim();
            if at == 0 && is_question {
                self.draft.map.about.question = self.unescaped(item.span);
                continue;
            }
            if written.starts_with(SEE) {
                continue;
            }
            let (name, span) = (item.number.clone(), item.span);
            let (value, links) = plain(written);
            if value.is_empty() {
                let what = format!("the claim {}", name.value);
                self.draft
                    .problem(name.span, ProblemKind::EmptyText { what });
            }
            let citations = links
                .into_iter()
                .map(|link| self.cite(&link, span))
                .collect();
            let statement = Statement {
                span: name.span.to(span),
                text: Spanned { value, span },
                citations,
                ..Statement::default()
            };
            self.items[at].statement = Some(self.draft.statement(&name, statement));
        }
    }

    /// Whether the first claim is only the question that those under it answer.
    fn is_question(&self) -> bool {
        let is_answer = |item: &&Item| item.number.value.matches('.').count() == 1;
        let mut answers = self.items.iter().filter(is_answer).peekable();
        answers.peek().is_some() && answers.all(|answer| answer.stance.is_none())
    }

    /// A citation of what a link leads to.
    fn cite(&mut self, link: &Link, span: Span) -> Citation {
        let url = Spanned {
            value: link.url.clone(),
            span,
        };
        Citation {
            source: self.draft.web_source(&url, &link.title),
            at: None,
            quote: None,
        }
    }

    /// Ties each claim to the one that it stands under.
    fn links(&mut self) {
        for at in 0..self.items.len() {
            let item = &self.items[at];
            let (number, span) = (item.number.clone(), item.span);
            let Some((polarity, parent)) = item.stance.zip(self.parent(&number.value)) else {
                self.thesis(at);
                continue;
            };
            let (Some(statement), Some(target)) = (self.meant(at), self.meant(parent)) else {
                continue;
            };
            let premise = Premise::Named(self.draft.reference_to(statement, span));
            self.draft.inference(NewInference {
                polarity,
                target: Target::Statement(target),
                premises: vec![premise],
                span: number.span.to(span),
            });
        }
    }

    fn parent(&self, number: &str) -> Option<usize> {
        let (parent, _) = number.rsplit_once('.')?;
        self.by_number.get(parent).copied()
    }

    /// What has no stance is argued for itself: the first claim, or several under a question.
    fn thesis(&mut self, at: usize) {
        let item = &self.items[at];
        let is_root = self.parent(&item.number.value).is_none();
        let is_under_root = item.number.value.matches('.').count() == 1;
        if !is_root && !is_under_root {
            self.draft
                .losses
                .add("claims without a stance", item.number.span);
            return;
        }
        if let Some(statement) = item.statement {
            let reference = self.draft.reference_to(statement, item.number.span);
            self.draft.map.theses.push(Premise::Named(reference));
        }
    }

    /// The statement that a claim makes, or leads to.
    fn meant(&mut self, at: usize) -> Option<StatementIdx> {
        let item = &self.items[at];
        if item.statement.is_some() {
            return item.statement;
        }
        let written = self.text[item.span.range()].trim();
        let number = written.strip_prefix(SEE)?.split_whitespace().next()?;
        let number = number.trim_end_matches('.');
        let found = self
            .by_number
            .get(number)
            .and_then(|at| self.items[*at].statement);
        if found.is_none() {
            let span = item.span;
            // One that leads to one that leads on is told once, where it stands.
            let fault = ForeignFault::Undefined {
                what: "claim",
                name: number.to_owned(),
            };
            self.draft.fault(span, fault);
        }
        found
    }

    fn unescaped(&self, span: Span) -> Option<Text> {
        let value = unescaped(&self.text[span.range()]);
        (!value.is_empty()).then_some(Spanned { value, span })
    }
}

/// A link of Markdown.
struct Link {
    title: String,
    url: String,
}

/// A claim's text without Markdown's links and escapes, and the links. Linear in the text.
///
/// The words of a link are words of the claim, unless links are all that stands in brackets at its end.
fn plain(written: &str) -> (String, Vec<Link>) {
    let mut plain = Plain::new();
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        rest = match c {
            '\\' if after.starts_with(ESCAPED) => {
                plain.text.push_str(&after[..1]);
                &after[1..]
            }
            ']' => plain.close_link(after),
            _ => {
                plain.push(c);
                after
            }
        };
    }
    plain.finish()
}

/// What a backslash may stand before.
const ESCAPED: [char; 9] = ['[', ']', '(', ')', '\\', '*', '_', '-', ':'];

/// A text without Markdown, as far as it is read.
struct Plain {
    text: String,
    links: Vec<Link>,
    /// Where the words of what may become a link start, with their bracket.
    opened: Option<usize>,
    /// Brackets with nothing but links in them.
    group: Option<Group>,
    /// Where such brackets started and ended.
    closed: Option<(usize, usize)>,
    /// As long as no less than this is left to read, no address ends before the next white space.
    endless: usize,
}

/// Brackets with links and what parts them.
struct Group {
    start: usize,
    /// So far there is nothing else in them.
    clean_to: usize,
    has_link: bool,
}

impl Plain {
    fn new() -> Self {
        Self {
            text: String::new(),
            links: Vec::new(),
            opened: None,
            group: None,
            closed: None,
            endless: usize::MAX,
        }
    }

    fn push(&mut self, c: char) {
        match c {
            '[' => self.opened = Some(self.text.len()),
            '(' => {
                let start = self.text.len();
                self.group = Some(Group {
                    start,
                    clean_to: start + 1,
                    has_link: false,
                });
            }
            ')' => {
                let end = self.text.len();
                let group = self.group.take().filter(|group| group.has_link);
                let group = group.filter(|group| is_between(&self.text[group.clean_to..]));
                let closed = group.map(|group| (group.start, end + 1));
                self.closed = closed.or(self.closed);
            }
            _ => {}
        }
        self.text.push(c);
    }

    /// Takes up a link whose words end here, if an address follows; gives what is left to read.
    fn close_link<'t>(&mut self, after: &'t str) -> &'t str {
        let opened = self.opened.take();
        let link = opened.and_then(|start| Some((start, self.url_end(after)?)));
        let Some((start, end)) = link else {
            self.push(']');
            return after;
        };
        let title = self.text.split_off(start + 1);
        self.text.truncate(start);
        self.text.push_str(&title);
        let to = self.text.len();
        self.group = self
            .group
            .take()
            .filter(|group| group.start < start && is_between(&self.text[group.clean_to..start]));
        if let Some(group) = &mut self.group {
            (group.clean_to, group.has_link) = (to, true);
        }
        let url = after[1..end].replace("\\(", "(").replace("\\)", ")");
        let title = if title.trim().is_empty() {
            url.clone()
        } else {
            title
        };
        self.links.push(Link { title, url });
        &after[end + 1..]
    }

    /// Where the address in round brackets ends that the rest of the text starts with.
    fn url_end(&mut self, rest: &str) -> Option<usize> {
        let inside = rest.strip_prefix('(')?;
        if inside.len() >= self.endless {
            return None;
        }
        for (at, c) in inside.char_indices() {
            if c == ')' && !inside[..at].ends_with('\\') {
                return (at > 0).then_some(at + 1);
            }
            if c.is_whitespace() {
                self.endless = inside.len() - at;
                return None;
            }
        }
        self.endless = 0;
        None
    }

    fn finish(mut self) -> (String, Vec<Link>) {
        if let Some((start, end)) = self.closed {
            let is_last = self.text[end..].trim().is_empty();
            let is_behind_words = self.text[..start].ends_with(char::is_whitespace)
                && !self.text[..start].trim().is_empty();
            if is_last && is_behind_words {
                self.text.truncate(start);
            }
        }
        (single_spaced(&self.text), self.links)
    }
}

/// Whether a text does no more than part two links.
fn is_between(text: &str) -> bool {
    text.chars()
        .all(|c| c.is_whitespace() || matches!(c, ',' | ';'))
}

/// A text without the escapes of Markdown.
fn unescaped(written: &str) -> String {
    let mut text = String::new();
    let mut rest = written;
    while let Some(at) = rest.find('\\') {
        let after = &rest[at + 1..];
        let length = usize::from(after.starts_with(ESCAPED));
        text.push_str(&rest[..at + 1 - length]);
        text.push_str(&after[..length]);
        rest = &after[length..];
    }
    single_spaced(&(text + rest))
}

fn span_of(start: usize, end: usize) -> Span {
    let offset = |at| u32::try_from(at).expect("files over 256 MiB are refused");
    Span {
        file: FileId::default(),
        start: offset(start),
        end: offset(end),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(written: &str) -> (String, Vec<(String, String)>) {
        let (text, links) = plain(written);
        let links = links.into_iter().map(|link| (link.title, link.url));
        (text, links.collect())
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        let own = |(title, url): &(&str, &str)| ((*title).to_owned(), (*url).to_owned());
        pairs.iter().map(own).collect()
    }

    #[test]
    fn links_and_escapes_become_plain_text() {
        let (text, links) = links(
            r"It [does](https://a.example/x_\(y\)) \[sic\] [not](soon) [end](https://b.example",
        );
        assert_eq!(text, "It does [sic] not [end](https://b.example");
        assert_eq!(
            links,
            pairs(&[("does", "https://a.example/x_(y)"), ("not", "soon")])
        );
    }

    #[test]
    fn links_alone_in_brackets_at_the_end_are_no_words_of_the_claim() {
        for written in [
            "It rains. ([A](a), [B c](b))",
            "It rains.  ( [A](a);[B c](b) ) ",
        ] {
            let expected = ("It rains.".to_owned(), pairs(&[("A", "a"), ("B c", "b")]));
            assert_eq!(links(written), expected, "{written}");
        }
        for (written, text) in [
            ("It rains. [A](a)", "It rains. A"),
            ("It rains. (see [A](a))", "It rains. (see A)"),
            ("It rains. ([A](a) and [B](b))", "It rains. (A and B)"),
            ("It rains ([A](a)).", "It rains (A)."),
            (r"It rains. \([A](a)\)", "It rains. (A)"),
            (r"It rains. ([A](a)\)", "It rains. (A)"),
            ("It(rains)([A](a))", "It(rains)(A)"),
            ("It rains. [(A](a))", "It rains. (A)"),
            ("([A](a))", "(A)"),
            ("It rains. ()", "It rains. ()"),
        ] {
            assert_eq!(plain(written).0, text, "{written}");
        }
    }

    #[test]
    fn addresses_that_never_end_are_looked_for_once() {
        for piece in ["](", "[a]("] {
            let pieces = piece.repeat(100_000);
            let (text, found) = links(&format!("{pieces} [b](c)"));
            assert!(text == format!("{pieces} b"), "after {piece}");
            assert_eq!(found, pairs(&[("b", "c")]));
        }
        let (text, links) = links(r"[a]( [b](\) [c]() [d](e\) [f](g)");
        assert_eq!(text, "[a]( [b]() [c]() [d](e) f");
        assert_eq!(links, pairs(&[("f", "g")]));
    }

    #[test]
    fn titles_lose_their_escapes_alone() {
        assert_eq!(unescaped(r"A \(b\) \\ \d [c](d) \"), r"A (b) \ \d [c](d) \");
    }
}
