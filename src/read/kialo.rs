//! The text that Kialo exports, as `docs/formats/kialo.md` describes it.

use rustc_hash::FxHashMap;

use super::draft::{Draft, NewInference};
use super::{Format, Reading, walk};
use crate::model::{
    Citation, ForeignFault, Polarity, Premise, ProblemKind, Statement, StatementIdx, Target, Text,
};
use crate::source::{FileId, SourceFile, Span, Spanned};

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
                self.draft.map.about.title = self.trimmed(span_of(offset, at + content.len()));
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
                self.draft.map.about.question = self.trimmed(item.span);
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

    fn trimmed(&self, span: Span) -> Option<Text> {
        let value = self.text[span.range()].trim().to_owned();
        (!value.is_empty()).then_some(Spanned { value, span })
    }
}

/// A link of Markdown.
struct Link {
    title: String,
    url: String,
}

/// A claim's text without Markdown's links and escapes, and the links. Linear in the text.
fn plain(written: &str) -> (String, Vec<Link>) {
    let mut text = String::new();
    let mut links = Vec::new();
    let mut opened: Option<usize> = None;
    let mut rest = written;
    while let Some(c) = rest.chars().next() {
        let after = &rest[c.len_utf8()..];
        match c {
            '\\' if after.starts_with(['[', ']', '(', ')', '\\', '*', '_', '-']) => {
                text.push_str(&after[..1]);
                rest = &after[1..];
                continue;
            }
            '[' => opened = Some(text.len()),
            ']' => {
                let end = url_end(after);
                if let Some((start, end)) = opened.take().zip(end) {
                    let title = text.split_off(start + 1);
                    text.truncate(start);
                    text.push_str(&title);
                    let url = after[1..end].replace("\\(", "(").replace("\\)", ")");
                    let title = if title.trim().is_empty() {
                        url.clone()
                    } else {
                        title
                    };
                    links.push(Link { title, url });
                    rest = &after[end + 1..];
                    continue;
                }
            }
            _ => {}
        }
        text.push(c);
        rest = after;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    (words.join(" "), links)
}

/// Where the address in round brackets ends that a text starts with.
fn url_end(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?;
    let is_end = |(at, c): &(usize, char)| *c == ')' && !inside[..*at].ends_with('\\');
    let mut characters = inside
        .char_indices()
        .take_while(|(_, c)| !c.is_whitespace());
    let (end, _) = characters.find(is_end)?;
    (end > 0).then_some(end + 1)
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

    #[test]
    fn links_and_escapes_become_plain_text() {
        let (text, links) = plain(
            r"It [does](https://a.example/x_\(y\)) \[sic\] [not](soon) [end](https://b.example",
        );
        assert_eq!(text, "It does [sic] not [end](https://b.example");
        let links: Vec<(&str, &str)> = links
            .iter()
            .map(|link| (&*link.title, &*link.url))
            .collect();
        assert_eq!(
            links,
            [("does", "https://a.example/x_(y)"), ("not", "soon")]
        );
    }
}
