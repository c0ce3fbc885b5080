//! The whole map as JSON, with what follows from position and where everything stands.
//!
//! `docs/json.md` describes it.

#[cfg(test)]
mod tests;

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::analysis::Dossier;
use crate::graph::Lists;
use crate::model::{Answer, FieldValue, InferenceIdx, StatementIdx, Strength, Target, Text};
use crate::source::{Position, SourceFile, SourceFiles, Span};
use crate::view::facts::{Attack, Cited, Facts, Role};

/// How deep the parts of a bibliographic field are kept apart; deeper ones are one line.
const MAX_FIELD_DEPTH: usize = 8;

/// The version of the format; it grows when a key changes its meaning or goes.
pub const VERSION: u32 = 1;

/// Writes a map; the text ends in a line break. Linear in the map.
pub fn write(dossier: &Dossier) -> String {
    let json = serde_json::to_string_pretty(&map(dossier)).expect("texts and numbers are JSON");
    format!("{json}\n")
}

/// The same as a value, to go into a larger document.
pub fn value(dossier: &Dossier) -> serde_json::Value {
    serde_json::to_value(map(dossier)).expect("texts and numbers are JSON")
}

#[derive(serde::Serialize)]
struct MapJson<'d> {
    format: &'static str,
    version: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<&'d str>,
    files: Vec<&'d str>,
    theses: Vec<&'d str>,
    statements: Vec<StatementJson<'d>>,
    inferences: Vec<InferenceJson<'d>>,
    sources: Vec<SourceJson<'d>>,
    problems: usize,
}

#[derive(serde::Serialize)]
struct StatementJson<'d> {
    id: &'d str,
    automatic_id: bool,
    kind: &'static str,
    text: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    status: &'static str,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    citations: Vec<CitationJson<'d>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<StrengthJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    restates: Vec<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contradicts: Vec<&'d str>,
    implicit: bool,
    undeveloped: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'d str>,
    reasons: Vec<&'d str>,
    objections: Vec<&'d str>,
    #[serde(flatten)]
    place: PlaceJson<'d>,
}

#[derive(serde::Serialize)]
struct InferenceJson<'d> {
    id: &'d str,
    automatic_id: bool,
    polarity: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    attack: Option<&'static str>,
    target: TargetJson<'d>,
    premises: Vec<&'d str>,
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warrant: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight: Option<f64>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    answers: Vec<AnswerJson<'d>>,
    undercuts: Vec<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'d str>,
    #[serde(flatten)]
    place: PlaceJson<'d>,
}

#[derive(serde::Serialize)]
struct SourceJson<'d> {
    id: &'d str,
    title: &'d str,
    /// The path of the local copy; `file` is where the source is defined.
    #[serde(skip_serializing_if = "Option::is_none")]
    text_file: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sha256: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reliability: Option<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derived_from: Vec<&'d str>,
    fields: FieldsJson<'d>,
    cited_by: Vec<&'d str>,
    #[serde(flatten)]
    place: PlaceJson<'d>,
}

/// Bibliographic fields as an object, in the author's order.
struct FieldsJson<'d>(&'d [(Text, FieldValue)]);

/// The value of a field, and how deep it stands.
struct FieldValueJson<'d>(&'d FieldValue, usize);

#[derive(serde::Serialize)]
#[serde(rename_all = "lowercase")]
enum TargetJson<'d> {
    Statement(&'d str),
    Inference(&'d str),
}

#[derive(serde::Serialize)]
#[serde(untagged)]
enum StrengthJson {
    Number(f64),
    Word(&'static str),
}

#[derive(serde::Serialize)]
struct CitationJson<'d> {
    source: &'d str,
    #[serde(skip_serializing_if = "Option::is_none")]
    at: Option<&'d str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quote: Option<&'d str>,
}

#[derive(serde::Serialize)]
struct AnswerJson<'d> {
    question: &'d str,
    answer: &'d str,
}

#[derive(serde::Serialize)]
struct PlaceJson<'d> {
    file: &'d str,
    span: SpanJson,
}

#[derive(serde::Serialize)]
struct SpanJson {
    start: PositionJson,
    end: PositionJson,
}

#[derive(serde::Serialize)]
struct PositionJson {
    line: usize,
    column: usize,
}

/// A dossier with its links between statements by their first side.
struct Writer<'d> {
    facts: Facts<'d>,
    restates: Lists<StatementIdx>,
    contradicts: Lists<StatementIdx>,
}

fn map(dossier: &Dossier) -> MapJson<'_> {
    let n_statements = dossier.graph.n_statements();
    let by_first = |pairs: &[(StatementIdx, StatementIdx)]| {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(one, other)| (one.index(), *other))
            .collect();
        Lists::group(n_statements, &pairs)
    };
    let writer = Writer {
        facts: Facts::of(dossier),
        restates: by_first(&dossier.graph.restatements),
        contradicts: by_first(&dossier.graph.contradictions),
    };
    let about = &dossier.map.about;
    let sources = &dossier.map.sources;
    let article = dossier.graph.articles.first().copied().flatten();
    let (statements, inferences) = (dossier.graph.statements(), dossier.graph.inferences());
    MapJson {
        format: "grounds",
        version: VERSION,
        title: text(about.title.as_ref()),
        question: text(about.question.as_ref()),
        description: text(about.description.as_ref()),
        authors: texts(&about.authors),
        date: text(about.date.as_ref()),
        language: text(about.language.as_ref()),
        license: text(about.license.as_ref()),
        article: article.map(|article| sources[article].id.as_str()),
        files: dossier.files.iter().map(SourceFile::name).collect(),
        theses: statement_ids(dossier, &dossier.graph.theses),
        statements: statements.map(|idx| writer.statement(idx)).collect(),
        inferences: inferences.map(|idx| writer.inference(idx)).collect(),
        sources: (0..sources.len()).map(|at| writer.source(at)).collect(),
        problems: dossier.problems.len(),
    }
}

impl<'d> Writer<'d> {
    fn statement(&self, idx: StatementIdx) -> StatementJson<'d> {
        let (facts, at) = (&self.facts, idx.index());
        let dossier = facts.dossier;
        let statement = dossier.map.statement(idx);
        let standard = statement.standard.as_ref();
        StatementJson {
            id: &statement.id,
            automatic_id: !statement.has_own_id(),
            kind: statement.kind.name(),
            text: &statement.text.value,
            label: text(statement.label.as_ref()),
            role: facts.role(idx).map(Role::name),
            status: facts.status(idx).name(),
            verdict: facts.verdict(idx).name(),
            at: text(statement.at.as_ref()),
            quote: text(statement.quote.as_ref()),
            citations: self.citations(idx),
            strength: statement.strength.as_ref().map(|s| s.value.into()),
            standard: standard.map(|standard| standard.value.name()),
            restates: statement_ids(dossier, self.restates.get(at)),
            contradicts: statement_ids(dossier, self.contradicts.get(at)),
            implicit: statement.implicit,
            undeveloped: statement.undeveloped,
            tags: texts(&statement.tags),
            note: text(statement.note.as_ref()),
            reasons: inference_ids(dossier, dossier.graph.reasons.get(at)),
            objections: inference_ids(dossier, dossier.graph.objections.get(at)),
            place: place(&dossier.files, statement.span),
        }
    }

    fn citations(&self, idx: StatementIdx) -> Vec<CitationJson<'d>> {
        let cited = self.facts.cited(idx).into_iter();
        let citations = cited.filter(|cited| !cited.is_article);
        let citation = |cited: Cited<'d>| CitationJson {
            source: cited.id.expect("a citation names its source"),
            at: text(cited.at),
            quote: text(cited.quote),
        };
        citations.map(citation).collect()
    }

    fn inference(&self, idx: InferenceIdx) -> InferenceJson<'d> {
        let dossier = self.facts.dossier;
        let inference = dossier.map.inference(idx);
        let answer = |answer: &'d Answer| AnswerJson {
            question: &answer.question.value,
            answer: &answer.answer.value,
        };
        InferenceJson {
            id: &inference.id,
            automatic_id: inference.id_span.is_none(),
            polarity: inference.polarity.name(),
            attack: self.facts.attack(idx).map(Attack::name),
            target: match inference.target {
                Target::Statement(target) => {
                    TargetJson::Statement(&dossier.map.statement(target).id)
                }
                Target::Inference(target) => {
                    TargetJson::Inference(&dossier.map.inference(target).id)
                }
            },
            premises: statement_ids(dossier, dossier.graph.premises.get(idx.index())),
            verdict: dossier.analysis.verdicts.of_inference(idx).name(),
            label: text(inference.label.as_ref()),
            scheme: text(inference.scheme.as_ref()),
            warrant: text(inference.warrant.as_ref()),
            weight: inference.weight.as_ref().map(|weight| weight.value),
            answers: inference.answers.iter().map(answer).collect(),
            undercuts: inference_ids(dossier, dossier.graph.undercuts.get(idx.index())),
            tags: texts(&inference.tags),
            note: text(inference.note.as_ref()),
            place: place(&dossier.files, inference.span),
        }
    }

    fn source(&self, at: usize) -> SourceJson<'d> {
        let dossier = self.facts.dossier;
        let source = &dossier.map.sources[at];
        SourceJson {
            id: &source.id,
            title: &source.title.value,
            text_file: text(source.file.as_ref()),
            sha256: text(source.sha256.as_ref()),
            reliability: text(source.reliability.as_ref()),
            derived_from: texts(&source.derived_from),
            fields: FieldsJson(&source.fields),
            cited_by: statement_ids(dossier, self.facts.cited_by(at)),
            place: place(&dossier.files, source.id_span),
        }
    }
}

impl From<Strength> for StrengthJson {
    fn from(strength: Strength) -> Self {
        match strength {
            Strength::Number(number) => Self::Number(number),
            Strength::Word(word) => Self::Word(word.name()),
        }
    }
}

impl Serialize for FieldsJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = self.0.iter();
        serializer.collect_map(fields.map(|(name, value)| (&name.value, FieldValueJson(value, 0))))
    }
}

impl Serialize for FieldValueJson<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self(value, depth) = *self;
        let deeper = |value| FieldValueJson(value, depth + 1);
        match value {
            FieldValue::Text(text) => serializer.serialize_str(text),
            value if depth >= MAX_FIELD_DEPTH => serializer.serialize_str(&value.to_line()),
            FieldValue::List(items) => serializer.collect_seq(items.iter().map(deeper)),
            FieldValue::Map(parts) => {
                let mut map = serializer.serialize_map(Some(parts.len()))?;
                for (name, part) in parts {
                    map.serialize_entry(name, &deeper(part))?;
                }
                map.end()
            }
        }
    }
}

fn text(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.value.as_str())
}

fn texts(texts: &[Text]) -> Vec<&str> {
    texts.iter().map(|text| text.value.as_str()).collect()
}

fn statement_ids<'d>(dossier: &'d Dossier, statements: &[StatementIdx]) -> Vec<&'d str> {
    let ids = statements.iter().map(|idx| &dossier.map.statement(*idx).id);
    ids.map(String::as_str).collect()
}

fn inference_ids<'d>(dossier: &'d Dossier, inferences: &[InferenceIdx]) -> Vec<&'d str> {
    let ids = inferences.iter().map(|idx| &dossier.map.inference(*idx).id);
    ids.map(String::as_str).collect()
}

fn place(files: &SourceFiles, span: Span) -> PlaceJson<'_> {
    let file = files.get(span.file);
    let position = |offset| {
        let Position { line, column } = file.position(offset);
        PositionJson { line, column }
    };
    PlaceJson {
        file: file.name(),
        span: SpanJson {
            start: position(span.start),
            end: position(span.end),
        },
    }
}
