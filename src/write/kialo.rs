//! The text that Kialo exports: a numbered line for each claim under the one that it speaks for or against.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::Written;
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Losses, Polarity, StatementIdx};
use crate::source::single_spaced;

/// How deep claims may stand. A number is as long as its claim is deep, so that without an end a long chain would
/// take quadratic room.
const MAX_DEPTH: usize = 500;
/// The work of looking for titles in a text, in characters.
const MAX_SEARCH: usize = 10_000_000;

/// Writes a map as Kialo would export it. Linear in the map and the depth of its claims.
pub(super) fn kialo(dossier: &Dossier) -> Written {
    let held = [Part::Theses, Part::Title, Part::Citations];
    let mut writer = Writer {
        dossier,
        losses: unsaid(dossier, &held),
        numbers: FxHashMap::default(),
        undercut_through: undercuts_by_first_premise(dossier),
        titles: FxHashMap::default(),
        text: String::new(),
    };
    writer.discussion();
    Written {
        text: writer.text,
        losses: writer.losses,
    }
}

/// A line that is still to be written.
struct Line {
    number: String,
    depth: usize,
    stance: Option<Polarity>,
    statement: StatementIdx,
}

struct Writer<'d> {
    dossier: &'d Dossier,
    losses: Losses,
    /// The number of each statement that stands somewhere.
    numbers: FxHashMap<StatementIdx, String>,
    /// For each statement, what undercuts a step that it is the first premise of.
    undercut_through: FxHashMap<StatementIdx, Vec<InferenceIdx>>,
    /// The titles of works, by their addresses.
    titles: FxHashMap<String, String>,
    text: String,
}

impl Writer<'_> {
    fn discussion(&mut self) {
        let title = plain(&self.dossier.title());
        let _ = write!(self.text, "Discussion Title: {title}\n\n");
        let theses = &self.dossier.graph.theses;
        let mut open = Vec::new();
        if let [thesis] = theses[..] {
            open.push(Self::root("1".to_owned(), thesis));
        } else {
            let question = self.dossier.map.about.question.as_ref();
            let question = question.map_or(title, |question| plain(&question.value));
            let _ = writeln!(self.text, "1. {question}");
            let roots = theses.iter().enumerate();
            let roots = roots.map(|(at, it)| Self::root(format!("1.{}", at + 1), *it));
            open.extend(roots.collect::<Vec<_>>().into_iter().rev());
        }
        while let Some(line) = open.pop() {
            self.line(&line, &mut open);
        }
        for idx in self.dossier.graph.statements() {
            if !self.numbers.contains_key(&idx) {
                let span = self.dossier.map.name_span(idx);
                self.losses.add("statements that lead to no thesis", span);
            }
        }
    }

    fn root(number: String, statement: StatementIdx) -> Line {
        Line {
            depth: number.len(),
            number,
            stance: None,
            statement,
        }
    }

    fn line(&mut self, line: &Line, open: &mut Vec<Line>) {
        let stance = match line.stance {
            Some(Polarity::Pro) => " Pro:",
            Some(Polarity::Con) => " Con:",
            None => "",
        };
        let number = &line.number;
        if let Some(known) = self.numbers.get(&line.statement) {
            let _ = writeln!(self.text, "{number}.{stance} -> See {known}.");
            return;
        }
        let words = self.words(line.statement);
        let words = match line.stance {
            Some(_) => words,
            None => without_stance(words),
        };
        let _ = writeln!(self.text, "{number}.{stance} {words}");
        self.numbers.insert(line.statement, number.clone());
        let below = self.below(line.statement);
        if line.depth >= MAX_DEPTH {
            for (statement, _) in below {
                let span = self.dossier.map.name_span(statement);
                self.losses.add("claims that stand too deep", span);
            }
            return;
        }
        let lines = below.into_iter().enumerate();
        let lines = lines.map(|(at, (statement, stance))| Line {
            number: format!("{number}.{}", at + 1),
            depth: line.depth + 1,
            stance: Some(stance),
            statement,
        });
        open.extend(lines.collect::<Vec<_>>().into_iter().rev());
    }

    /// What stands under a statement, for or against.
    fn below(&mut self, idx: StatementIdx) -> Vec<(StatementIdx, Polarity)> {
        let (map, graph) = (&self.dossier.map, &self.dossier.graph);
        let own = graph.reasons.get(idx.index()).iter();
        let own = own.chain(graph.objections.get(idx.index()));
        let undercuts = self.undercut_through.get(&idx).into_iter().flatten();
        let mut below = Vec::new();
        for (inference, is_undercut) in own
            .map(|it| (it, false))
            .chain(undercuts.map(|it| (it, true)))
        {
            let at = inference.index();
            let premises = graph.premises.get(at);
            let span = map.inference(*inference).span;
            if premises.len() > 1 {
                self.losses.add("that premises are linked", span);
            }
            if is_undercut {
                self.losses.add("that an objection is to a step", span);
            }
            let polarity = graph.polarities[at];
            below.extend(premises.iter().map(|premise| (*premise, polarity)));
        }
        below
    }

    /// A statement's text with links to what it cites.
    fn words(&mut self, idx: StatementIdx) -> String {
        let links = self.links(idx);
        linked(&self.dossier.map.statement(idx).text.value, &links)
    }

    /// What a statement cites, as links. Works of one address have one title, as they are one work in Kialo.
    fn links(&mut self, idx: StatementIdx) -> Vec<Link> {
        let map = &self.dossier.map;
        let found = self.dossier.graph.citations.get(idx.index());
        let mut links = Vec::new();
        for (citation, source) in map.statement(idx).citations.iter().zip(found) {
            let source = source.map(|source| &map.sources[source]);
            let url = source.and_then(|source| Some((source, address(source.url()?)?)));
            let span = citation.source.span;
            let Some((source, url)) = url else {
                let what = "citations of works without an address";
                self.losses.add(what, span);
                continue;
            };
            let own = single_spaced(&source.title.value);
            let own = if own.is_empty() { url.clone() } else { own };
            let title = self.titles.entry(url.clone()).or_insert(own.clone());
            if *title != own {
                let what = "titles of works that have the address of another";
                self.losses.add(what, span);
            }
            let title = title.clone();
            links.push(Link { title, url });
        }
        links
    }
}

/// A link of Markdown.
struct Link {
    title: String,
    url: String,
}

impl Link {
    fn write(&self, out: &mut String) {
        out.push('[');
        self.title.chars().for_each(|c| push(out, c));
        let url = self.url.replace('(', "\\(").replace(')', "\\)");
        let _ = write!(out, "]({url})");
    }
}

/// An address without what would end a link; nothing where it is empty.
fn address(url: &str) -> Option<String> {
    let mut address = String::new();
    for c in url.trim().chars() {
        if c.is_whitespace() || c == '\\' {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                let _ = write!(address, "%{byte:02X}");
            }
        } else {
            address.push(c);
        }
    }
    (!address.is_empty()).then_some(address)
}

/// A text with links: a title that stands in it becomes a link there, and the other links follow in brackets, which
/// are read as no words of the text.
///
/// So a text comes back as it was. Of several titles that stand at one place the longest counts.
/// Linear in the text for each link, and no title is looked for where that is too much.
fn linked(text: &str, links: &[Link]) -> String {
    let text = single_spaced(text);
    let mut left: Vec<&Link> = links.iter().collect();
    let is_searched = text.len().saturating_mul(links.len()) <= MAX_SEARCH;
    let mut out = String::new();
    // What starts like another use of a claim would be read as one.
    if text.starts_with("-> See ") {
        out.push('\\');
    }
    let mut rest = &*text;
    let mut before = ' ';
    while let Some(c) = rest.chars().next() {
        let is_start = is_searched && !before.is_alphanumeric();
        let found = is_start.then(|| longest(rest, &left)).flatten();
        if let Some(at) = found {
            let link = left.remove(at);
            if out == "\\" {
                out.clear();
            }
            link.write(&mut out);
            rest = &rest[link.title.len()..];
            before = link.title.chars().next_back().unwrap_or(c);
        } else {
            push(&mut out, c);
            rest = &rest[c.len_utf8()..];
            before = c;
        }
    }
    for (at, link) in left.iter().enumerate() {
        out.push_str(if at == 0 { " (" } else { ", " });
        link.write(&mut out);
    }
    if !left.is_empty() {
        out.push(')');
    }
    out
}

/// The link with the longest title of those that a text starts with; of equals the first.
fn longest(text: &str, links: &[&Link]) -> Option<usize> {
    let is_here = |link: &Link| {
        let after = text.strip_prefix(&*link.title);
        after.is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    };
    let here = links.iter().enumerate().filter(|(_, link)| is_here(link));
    let best = here.rev().max_by_key(|(_, link)| link.title.len());
    best.map(|(at, _)| at)
}

fn undercuts_by_first_premise(dossier: &Dossier) -> FxHashMap<StatementIdx, Vec<InferenceIdx>> {
    let graph = &dossier.graph;
    let mut found: FxHashMap<StatementIdx, Vec<InferenceIdx>> = FxHashMap::default();
    for idx in graph.inferences() {
        let undercuts = graph.undercuts.get(idx.index());
        if let Some(first) = graph.premises.get(idx.index()).first() {
            found.entry(*first).or_default().extend(undercuts);
        }
    }
    found
}

/// The words of a claim that is for nothing and against nothing, though it begin as if it were.
fn without_stance(words: String) -> String {
    for stance in ["Pro", "Con"] {
        if let Some(rest) = words.strip_prefix(stance)
            && rest.starts_with(':')
        {
            return format!("{stance}\\{rest}");
        }
    }
    words
}

/// A text on one line, its marks of Markdown escaped.
fn plain(text: &str) -> String {
    linked(text, &[])
}

/// Adds a character, escaped where Markdown or a reader of it would take it for a mark.
fn push(out: &mut String, c: char) {
    if matches!(c, '[' | ']' | '(' | ')' | '\\' | '*' | '_') {
        out.push('\\');
    }
    out.push(c);
}
