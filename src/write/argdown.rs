//! Argdown's source.

use std::fmt::Write as _;

use rustc_hash::FxHashMap;
use serde_yaml::{Mapping, Value};

use super::unsaid::{Part, unsaid};
use super::{Written, breaks};
use crate::analysis::Dossier;
use crate::graph::partners;
use crate::model::{Inference, InferenceIdx, Losses, StatementIdx, Text};
use crate::source::single_spaced;
use crate::syntax::quoted;

/// Writes a map as Argdown. Linear in the map.
///
/// Statements are called by their ids. A reason that is more than one premise for a statement is written as a
/// reconstruction, because only an inference there can link premises and be attacked itself.
pub(super) fn argdown(dossier: &Dossier) -> Written {
    let held = [
        Part::Contradictions,
        Part::Tags,
        Part::Schemes,
        Part::StepNotes,
        Part::StepTags,
        Part::Title,
    ];
    let mut writer = Writer {
        dossier,
        losses: unsaid(dossier, &held),
        against: FxHashMap::default(),
        text: String::new(),
    };
    writer.front_matter();
    writer.objections_elsewhere();
    for idx in dossier.graph.statements() {
        writer.statement(idx);
    }
    for idx in dossier.graph.inferences() {
        if writer.is_reconstructed(idx) {
            writer.reconstruction(idx);
        }
    }
    Written {
        text: writer.text,
        losses: writer.losses,
    }
}

struct Writer<'d> {
    dossier: &'d Dossier,
    losses: Losses,
    /// For each statement, what speaks against it in the place of a step that it is the premise of.
    against: FxHashMap<StatementIdx, Vec<StatementIdx>>,
    text: String,
}

impl Writer<'_> {
    fn front_matter(&mut self) {
        let about = &self.dossier.map.about;
        if let Some(title) = &about.title {
            let keys: Mapping = [("title".into(), Value::String(title.value.clone()))]
                .into_iter()
                .collect();
            let mut yaml = breaks::to_text(&Value::Mapping(keys));
            // A row of equals signs would end the front matter.
            if yaml.contains("===") {
                let escaped = quoted(&title.value).replace("==", "=\\x3D");
                yaml = format!("title: {escaped}\n");
            }
            self.line(&format!("===\n{yaml}==="));
            self.line("");
        }
    }

    /// Objections to steps that are no reconstructions speak against the step's first premise instead.
    fn objections_elsewhere(&mut self) {
        let graph = &self.dossier.graph;
        for idx in graph.inferences() {
            if self.is_reconstructed(idx) {
                continue;
            }
            let Some(first) = graph.premises.get(idx.index()).first() else {
                continue;
            };
            for undercut in graph.undercuts.get(idx.index()) {
                let span = self.dossier.map.inference(*undercut).span;
                self.losses
                    .add("that an objection is to an objection's step", span);
                let premises = graph.premises.get(undercut.index());
                self.against.entry(*first).or_default().extend(premises);
            }
        }
    }

    /// Whether a step is a reason that a relation alone cannot say.
    fn is_reconstructed(&self, idx: InferenceIdx) -> bool {
        let graph = &self.dossier.graph;
        let at = idx.index();
        let inference = self.dossier.map.inference(idx);
        let says_more = inference.scheme.is_some()
            || inference.note.is_some()
            || !inference.tags.is_empty()
            || !graph.undercuts.get(at).is_empty();
        graph.supported(idx).is_some()
            && !graph.premises.get(at).is_empty()
            && (graph.premises.get(at).len() > 1 || says_more)
    }

    fn statement(&mut self, idx: StatementIdx) {
        let (map, graph) = (&self.dossier.map, &self.dossier.graph);
        let statement = map.statement(idx);
        let tags = self.tags(&statement.tags);
        let text = escaped(&statement.text.value);
        self.line(&format!("[{}]: {text}{tags}", self.title(idx)));
        for reason in graph.reasons.get(idx.index()) {
            if !self.is_reconstructed(*reason) {
                self.relations("<+", graph.premises.get(reason.index()));
            }
        }
        for objection in graph.objections.get(idx.index()) {
            let premises = graph.premises.get(objection.index());
            if premises.len() > 1 {
                let span = map.inference(*objection).span;
                self.losses
                    .add("that premises of objections are linked", span);
            }
            self.say_no_more(*objection);
            self.relations("<-", premises);
        }
        if let Some(against) = self.against.remove(&idx) {
            self.relations("<-", &against);
        }
        let rivals: Vec<StatementIdx> = partners(&graph.contradictions, idx).collect();
        self.relations("><", &rivals);
        self.line("");
    }

    /// Counts what an objection says and a mere relation cannot.
    fn say_no_more(&mut self, idx: InferenceIdx) {
        let inference = self.dossier.map.inference(idx);
        let texts = [&inference.scheme, &inference.note];
        let more = texts.into_iter().flatten().chain(&inference.tags);
        for text in more {
            self.losses
                .add("schemes, notes and tags of objections", text.span);
        }
    }

    fn relations(&mut self, mark: &str, premises: &[StatementIdx]) {
        for premise in premises {
            self.line(&format!("  {mark} [{}]", self.title(*premise)));
        }
    }

    fn reconstruction(&mut self, idx: InferenceIdx) {
        let (map, graph) = (&self.dossier.map, &self.dossier.graph);
        let inference = map.inference(idx);
        let heading = self.heading(inference);
        self.line(&heading);
        self.line("");
        let premises = graph.premises.get(idx.index());
        for (at, premise) in premises.iter().enumerate() {
            self.line(&format!("({}) [{}]", at + 1, self.title(*premise)));
        }
        match &inference.scheme {
            Some(scheme) => self.line(&format!("--\n{}\n--", escaped(&scheme.value))),
            None => self.line("----"),
        }
        for undercut in graph.undercuts.get(idx.index()) {
            let premises = graph.premises.get(undercut.index());
            if premises.len() > 1 {
                let span = map.inference(*undercut).span;
                self.losses
                    .add("that premises of objections are linked", span);
            }
            self.say_no_more(*undercut);
            self.relations("<_", premises);
        }
        if let Some(conclusion) = graph.supported(idx) {
            let number = premises.len() + 1;
            self.line(&format!("({number}) [{}]", self.title(conclusion)));
        }
        self.line("");
    }

    /// An argument's title, with what is said of it as a whole.
    fn heading(&mut self, inference: &Inference) -> String {
        let tags = self.tags(&inference.tags);
        let title = &inference.id;
        match &inference.note {
            Some(note) => format!("<{title}>: {}{tags}", escaped(&note.value)),
            None => format!("<{title}>{tags}"),
        }
    }

    fn title(&self, idx: StatementIdx) -> &str {
        &self.dossier.map.statement(idx).id
    }

    fn tags(&mut self, tags: &[Text]) -> String {
        let mut written = String::new();
        for tag in tags {
            if tag.value.contains([')', '\n']) {
                self.losses.add("tags with brackets", tag.span);
            } else {
                let _ = write!(written, " #({})", tag.value);
            }
        }
        written
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// A text on one line in which nothing has a meaning of its own.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in single_spaced(text).chars() {
        if "\\[]<>#@*_{}/:.-+".contains(c) && needs_escape(c, &escaped) {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

/// Full stops, colons, dashes and pluses have a meaning only at the start of a word.
fn needs_escape(c: char, before: &str) -> bool {
    let starts_word = before
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_alphanumeric());
    match c {
        '.' | ':' | '-' | '+' => starts_word,
        _ => true,
    }
}
