//! The text that Kialo exports: a numbered line for each claim under the one that it speaks for or against.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::Written;
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Losses, Polarity, StatementIdx};

/// How deep claims may stand. A number is as long as its claim is deep, so that without an end a long chain would
/// take quadratic room.
const MAX_DEPTH: usize = 500;

/// Writes a map as Kialo would export it. Linear in the map and the depth of its claims.
pub(super) fn kialo(dossier: &Dossier) -> Written {
    let held = [Part::Theses, Part::Title, Part::Citations];
    let mut writer = Writer {
        dossier,
        losses: unsaid(dossier, &held),
        numbers: FxHashMap::default(),
        undercut_through: undercuts_by_first_premise(dossier),
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
        let map = &self.dossier.map;
        let statement = map.statement(idx);
        let mut words = plain(&statement.text.value);
        let found = self.dossier.graph.citations.get(idx.index());
        for (citation, source) in statement.citations.iter().zip(found) {
            let source = source.map(|source| &map.sources[source]);
            let url = source.and_then(|source| Some((source, source.url()?)));
            match url {
                Some((source, url)) => {
                    let title = plain(&source.title.value);
                    let url = url.replace('(', "\\(").replace(')', "\\)");
                    let _ = write!(words, " [{title}]({url})");
                }
                None => self.losses.add(
                    "citations of works without an address",
                    citation.source.span,
                ),
            }
        }
        words
    }
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

/// A text on one line, its brackets escaped.
fn plain(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let text = words.join(" ");
    // What starts like another use of a claim would be read as one.
    let mut plain = String::from(if text.starts_with("-> See ") {
        "\\"
    } else {
        ""
    });
    for c in text.chars() {
        if matches!(c, '[' | ']' | '(' | ')' | '\\' | '*' | '_') {
            plain.push('\\');
        }
        plain.push(c);
    }
    plain
}
