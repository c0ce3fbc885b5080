//! The map in its own format, canonical: every statement in its section under an id, included maps joined in.
//!
//! `serde_yaml` does the quoting, so that every text reads back as it is.

mod joined;

use rustc_hash::FxHashSet;
use serde_yaml::{Mapping, Value};

use super::{Written, breaks};
use crate::analysis::Dossier;
use crate::graph::partners;
use crate::model::{
    Allow, ArgumentMap, FieldValue, Inference, InferenceIdx, Source, Statement, StatementIdx,
    StatementKind, Strength, Text,
};
use joined::Place;

/// How deep undercuts of undercuts may nest; each level is nested in the file, too.
const MAX_DEPTH: usize = 64;
/// The longest id that the format has, in characters.
const MAX_ID_CHARS: usize = 64;

/// Why a map cannot be written in its own format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooDeep {
    /// The step whose objections nest too deep.
    pub inference: String,
}

impl std::fmt::Display for TooDeep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            f,
            "the objections to the step `{}` nest deeper than {MAX_DEPTH} levels",
            self.inference
        )
    }
}

impl std::error::Error for TooDeep {}

/// The path of a file that a map names, as the map that is written names it.
pub type Paths<'p> = &'p dyn Fn(&Text) -> String;

/// Writes the map as YAML, to stand where it stands.
///
/// Statements that were written in place move to the sections, and those without an id of their own keep the automatic one.
/// Ids of included maps get a dot for their slash.
/// Comments, and names that lead nowhere, are not kept. Linear in the map.
pub fn write(dossier: &Dossier) -> Result<String, TooDeep> {
    Ok(write_for(dossier, &|path| path.value.clone())?.text)
}

/// The same to stand elsewhere, with what included maps say and one map cannot.
pub fn write_for(dossier: &Dossier, paths: Paths<'_>) -> Result<Written, TooDeep> {
    let writer = Writer::new(dossier, paths);
    let map = Value::Mapping(writer.map()?);
    Ok(Written {
        text: breaks::to_text(&map),
        losses: joined::losses(dossier),
    })
}

struct Writer<'d> {
    dossier: &'d Dossier,
    paths: Paths<'d>,
    map: &'d ArgumentMap,
    /// For each statement, its id in the file that is written.
    statements: Vec<String>,
    sources: Vec<String>,
}

impl<'d> Writer<'d> {
    fn new(dossier: &'d Dossier, paths: Paths<'d>) -> Self {
        let map = &dossier.map;
        let statements = unique_ids(map.statements.iter().map(|statement| &statement.id));
        let sources = unique_ids(map.sources.iter().map(|source| &source.id));
        Self {
            dossier,
            paths,
            map,
            statements,
            sources,
        }
    }

    fn map(&self) -> Result<Mapping, TooDeep> {
        let about = &self.map.about;
        let mut keys = Keys::default();
        keys.text("title", about.title.as_ref());
        keys.text("question", about.question.as_ref());
        keys.text("description", about.description.as_ref());
        keys.texts("authors", &about.authors);
        keys.text("date", about.date.as_ref());
        keys.text("language", about.language.as_ref());
        keys.text("license", about.license.as_ref());
        if let Some(part) = self.map.parts.first() {
            let files = part.bibliography.iter();
            let files = files.map(|file| (self.paths)(file).into());
            keys.add("bibliography", one_or_list(files.collect()));
        }
        let article = self.dossier.graph.articles.first().copied().flatten();
        keys.add(
            "article",
            article.map(|source| self.sources[source].as_str().into()),
        );
        let theses = self
            .dossier
            .graph
            .theses
            .iter()
            .map(|thesis| self.id(*thesis));
        keys.add("thesis", one_or_list(theses.collect()));
        for (section, kind) in [
            ("claims", StatementKind::Claim),
            ("evidence", StatementKind::Evidence),
            ("assumptions", StatementKind::Assumption),
        ] {
            keys.mapping(section, self.section(kind)?);
        }
        let sources = self.map.sources.iter().enumerate();
        let sources = sources.map(|(at, s)| (self.sources[at].as_str().into(), self.source(at, s)));
        keys.mapping("sources", sources.collect());
        let expect = &self.dossier.graph.expected;
        let mut expected = Keys::default();
        expected.list(
            "accepted",
            self.ids(expect.accepted.iter().map(|e| e.value)),
        );
        expected.list(
            "rejected",
            self.ids(expect.rejected.iter().map(|e| e.value)),
        );
        expected.list(
            "undecided",
            self.ids(expect.undecided.iter().map(|e| e.value)),
        );
        keys.mapping("expect", expected.0);
        if let Some(part) = self.map.parts.first() {
            keys.allow(&part.allow);
        }
        Ok(keys.0)
    }

    fn section(&self, kind: StatementKind) -> Result<Mapping, TooDeep> {
        let mut section = Mapping::new();
        for (at, statement) in self.map.statements.iter().enumerate() {
            if statement.kind == kind {
                let value = self.statement(StatementIdx::new(at), statement)?;
                section.insert(self.statements[at].as_str().into(), value);
            }
        }
        Ok(section)
    }

    fn statement(&self, idx: StatementIdx, statement: &Statement) -> Result<Value, TooDeep> {
        let mut keys = Keys::default();
        keys.add("text", Some(statement.text.value.as_str().into()));
        keys.text("label", statement.label.as_ref());
        let (at, quote) = (statement.at.as_ref(), statement.quote.as_ref());
        let place = Place::of(self.dossier, statement);
        if place == Place::Article {
            keys.text("at", at);
            keys.text("quote", quote);
        }
        let own = place.source().map(|it| self.citation(it, at, quote));
        let found = self.dossier.graph.citations.get(idx.index());
        let cited = statement.citations.iter().zip(found);
        let cited = cited.filter_map(|(it, source)| {
            Some(self.citation((*source)?, it.at.as_ref(), it.quote.as_ref()))
        });
        keys.add(
            "source",
            one_or_list(own.into_iter().chain(cited).collect()),
        );
        keys.add(
            "strength",
            statement
                .strength
                .as_ref()
                .map(|strength| strength_value(strength.value)),
        );
        keys.add(
            "standard",
            statement
                .standard
                .as_ref()
                .map(|standard| standard.value.name().into()),
        );
        let graph = &self.dossier.graph;
        keys.add(
            "restates",
            one_or_list(self.ids(partners(&graph.restatements, idx))),
        );
        keys.add(
            "contradicts",
            one_or_list(self.ids(partners(&graph.contradictions, idx))),
        );
        keys.flag("implicit", statement.implicit);
        keys.flag("undeveloped", statement.undeveloped);
        keys.list("tags", text_values(&statement.tags));
        keys.text("note", statement.note.as_ref());
        keys.allow(&statement.allow);
        keys.list(
            "reasons",
            self.inferences(graph.reasons.get(idx.index()), MAX_DEPTH)?,
        );
        keys.list(
            "objections",
            self.inferences(graph.objections.get(idx.index()), MAX_DEPTH)?,
        );
        // A statement that is nothing but its text is written as that.
        Ok(if keys.0.len() == 1 {
            statement.text.value.as_str().into()
        } else {
            Value::Mapping(keys.0)
        })
    }

    /// Recurses along undercuts, and only as deep as `depth` allows.
    fn inferences(&self, inferences: &[InferenceIdx], depth: usize) -> Result<Vec<Value>, TooDeep> {
        let written = inferences
            .iter()
            .filter(|i| !self.dossier.graph.premises.get(i.index()).is_empty());
        written
            .map(|inference| self.inference(*inference, depth))
            .collect()
    }

    fn inference(&self, idx: InferenceIdx, depth: usize) -> Result<Value, TooDeep> {
        let inference = self.map.inference(idx);
        if depth == 0 {
            return Err(TooDeep {
                inference: inference.id.clone(),
            });
        }
        let premises = self.dossier.graph.premises.get(idx.index());
        let premises = premises.iter().map(|premise| self.id(*premise)).collect();
        let premises = one_or_list(premises).expect("inferences without premises are left out");
        let mut keys = Keys::default();
        keys.add("premises", Some(premises.clone()));
        step(&mut keys, inference);
        let undercuts = self.dossier.graph.undercuts.get(idx.index());
        keys.list("objections", self.inferences(undercuts, depth - 1)?);
        Ok(if keys.0.len() == 1 {
            premises
        } else {
            Value::Mapping(keys.0)
        })
    }

    fn citation(&self, source: usize, at: Option<&Text>, quote: Option<&Text>) -> Value {
        let id: Value = self.sources[source].as_str().into();
        if at.is_none() && quote.is_none() {
            return id;
        }
        let mut keys = Keys::default();
        keys.add("id", Some(id));
        keys.text("at", at);
        keys.text("quote", quote);
        Value::Mapping(keys.0)
    }

    fn source(&self, at: usize, source: &Source) -> Value {
        let mut keys = Keys::default();
        keys.add("title", Some(source.title.value.as_str().into()));
        for (name, value) in &source.fields {
            keys.add(&name.value, Some(field_value(value)));
        }
        let file = source.file.as_ref();
        keys.add("file", file.map(|file| (self.paths)(file).into()));
        keys.text("sha256", source.sha256.as_ref());
        keys.text("reliability", source.reliability.as_ref());
        let origins = self.dossier.graph.origins.get(at).iter();
        let origins = origins.map(|origin| self.sources[*origin].as_str().into());
        keys.add("derived-from", one_or_list(origins.collect()));
        Value::Mapping(keys.0)
    }

    fn id(&self, statement: StatementIdx) -> Value {
        self.statements[statement.index()].as_str().into()
    }

    fn ids(&self, statements: impl IntoIterator<Item = StatementIdx>) -> Vec<Value> {
        statements
            .into_iter()
            .map(|statement| self.id(statement))
            .collect()
    }
}

/// What is said of the step itself.
fn step(keys: &mut Keys, inference: &Inference) {
    let own_id = inference.id_span.map(|_| inference.id.replace('/', "."));
    keys.add("id", own_id.map(Value::from));
    keys.text("scheme", inference.scheme.as_ref());
    keys.text("warrant", inference.warrant.as_ref());
    keys.add(
        "weight",
        inference.weight.as_ref().map(|weight| weight.value.into()),
    );
    let answers = inference.answers.iter();
    let answers = answers.map(|a| {
        (
            a.question.value.as_str().into(),
            a.answer.value.as_str().into(),
        )
    });
    keys.mapping("answers", answers.collect());
    keys.text("label", inference.label.as_ref());
    keys.list("tags", text_values(&inference.tags));
    keys.text("note", inference.note.as_ref());
    keys.allow(&inference.allow);
}

/// A mapping that leaves out what is not there.
#[derive(Default)]
struct Keys(Mapping);

impl Keys {
    fn add(&mut self, key: &str, value: Option<Value>) {
        if let Some(value) = value {
            self.0.insert(key.into(), value);
        }
    }

    fn text(&mut self, key: &str, text: Option<&Text>) {
        self.add(key, text.map(|text| text.value.as_str().into()));
    }

    fn texts(&mut self, key: &str, texts: &[Text]) {
        self.add(key, one_or_list(text_values(texts)));
    }

    fn flag(&mut self, key: &str, flag: bool) {
        self.add(key, flag.then(|| true.into()));
    }

    fn list(&mut self, key: &str, items: Vec<Value>) {
        self.add(key, (!items.is_empty()).then(|| Value::Sequence(items)));
    }

    fn mapping(&mut self, key: &str, mapping: Mapping) {
        self.add(key, (!mapping.is_empty()).then(|| Value::Mapping(mapping)));
    }

    fn allow(&mut self, allow: &[Allow]) {
        let pair = |a: &Allow| (a.rule.value.as_str().into(), a.reason.value.as_str().into());
        self.mapping("allow", allow.iter().map(pair).collect());
    }
}

fn text_values(texts: &[Text]) -> Vec<Value> {
    texts
        .iter()
        .map(|text| text.value.as_str().into())
        .collect()
}

/// Nothing for no value, the value for one, a list for several.
fn one_or_list(mut values: Vec<Value>) -> Option<Value> {
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(Value::Sequence(values)),
    }
}

fn strength_value(strength: Strength) -> Value {
    match strength {
        Strength::Number(number) => number.into(),
        Strength::Word(word) => word.name().into(),
    }
}

/// Recurses along a field's structure, which the reader keeps shallow.
fn field_value(value: &FieldValue) -> Value {
    match value {
        FieldValue::Text(text) => text.as_str().into(),
        FieldValue::List(items) => Value::Sequence(items.iter().map(field_value).collect()),
        FieldValue::Map(parts) => {
            let parts = parts
                .iter()
                .map(|(key, part)| (key.as_str().into(), field_value(part)));
            Value::Mapping(parts.collect())
        }
    }
}

/// Ids that a file can have: without the slash of included maps, not too long, each once.
fn unique_ids<'a>(ids: impl Iterator<Item = &'a String>) -> Vec<String> {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    let mut unique = Vec::new();
    for id in ids {
        let plain: String = id.replace('/', ".").chars().take(MAX_ID_CHARS).collect();
        let mut candidate = plain.clone();
        let mut number = 1;
        while !taken.insert(candidate.clone()) {
            number += 1;
            let ending = format!("-{number}");
            candidate = plain
                .chars()
                .take(MAX_ID_CHARS - ending.len())
                .chain(ending.chars())
                .collect();
        }
        unique.push(candidate);
    }
    unique
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    fn written(map: &str) -> String {
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        assert_eq!(dossier.problems, []);
        write(&dossier).unwrap()
    }

    #[test]
    fn statements_written_in_place_move_to_the_sections() {
        let map = "thesis: {claim: A claim., reasons: [[Some words here, {evidence: 'Seen: it.', id: e}]]}";
        assert_eq!(
            written(map),
            "thesis: a-claim\nclaims:\n  a-claim:\n    text: A claim.\n    reasons:\n    - - some-words-here\n      - e\n  \
             some-words-here: Some words here\nevidence:\n  e: 'Seen: it.'\n"
        );
    }

    #[test]
    fn what_is_written_reads_back_as_the_same_map() {
        let map = "\
title: 'no'
thesis:
  id: t
  claim: The thesis.
  strength: 0.5
  standard: preponderance
  reasons:
    - premises: [a, b]
      id: step
      scheme: example
      warrant: Because.
      weight: 0.25
      answers: {q: a, r: Not so.}
      objections: [{premises: {assumption: It fails.}, objections: [a]}]
  objections: [{claim: 'Yes: but', source: [{id: s, at: p. 1, quote: 'x \"y\"'}, s], tags: [one, '2']}]
claims:
  b: {text: true, restates: a, contradicts: [t], implicit: true, note: n, allow: {long-text: So it is.}}
evidence:
  a: {text: 2024-11, source: s, at: para 4}
sources:
  s: {title: '1.10', author: [A, B], publisher: {name: P}, derived-from: r}
  r: {title: Root, reliability: B}
article: s
expect: {accepted: [t, a], undecided: b}
";
        let once = written(map);
        assert_eq!(once, written(&once), "writing is canonical");
        for part in [
            "title: no\n",
            "weight: 0.25",
            "'2'",
            "contradicts: t",
            "derived-from: r",
            "title: '1.10'",
        ] {
            assert!(once.contains(part), "{part} in\n{once}");
        }
    }
}
