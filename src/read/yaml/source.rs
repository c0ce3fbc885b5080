//! Sources and citations of them.

use super::document::Reader;
use super::fields::Fields;
use super::values::a_text_for;
use crate::model::{Absent, Citation, Expected, FieldValue, Place, ProblemKind, Reference, Source};
use crate::source::Spanned;
use crate::syntax::{Entry, NodeId, Value};

/// How deep a bibliographic field may nest: Hayagriva's own needs two levels for each parent.
const MAX_FIELD_DEPTH: usize = 16;

const RELIABILITY: [&str; 6] = ["A", "B", "C", "D", "E", "F"];

impl Reader<'_, '_> {
    /// The `sources` section.
    pub(super) fn sources(&mut self, node: NodeId) {
        for (id, value) in self.id_entries(node, "`sources`", "report: {title: Inspection report}")
        {
            match id {
                Some(id) => self.source(&id, value),
                None => self.pass_over(value),
            }
        }
    }

    pub(super) fn source(&mut self, id: &Reference, node: NodeId) {
        let mut source = Source::new(self.full_id(&id.value), id.span);
        // A source of the wrong shape is a source all the same: citations of it are right.
        match self.fields(node, Place::Source) {
            Some(fields) => self.source_fields(&mut source, &fields, id),
            None => {
                if let Some(scalar) = self.tree.scalar(node) {
                    scalar.text.trim().clone_into(&mut source.title.value);
                }
            }
        }
        self.map.sources.push(source);
    }

    fn source_fields(&mut self, source: &mut Source, fields: &Fields, id: &Reference) {
        if !fields.has("title") && !fields.incomplete && !fields.has_unknown {
            self.problem(id.span, ProblemKind::Missing(Absent::Title));
        }
        for (key, value) in fields.iter() {
            match key {
                "title" => {
                    if let Some(title) = self.text(value, "`title`") {
                        source.title = title;
                    }
                }
                "file" => source.file = self.text(value, "`file`"),
                "sha256" => source.sha256 = self.digest(value),
                "reliability" => {
                    let grade = |name: &str| RELIABILITY.contains(&name).then(|| name.to_owned());
                    source.reliability = self.word(value, "`reliability`", &RELIABILITY, grade);
                }
                "derived-from" => source.derived_from = self.references(value, "`derived-from`"),
                _ => {
                    let span = fields.key_span(key).unwrap_or(id.span);
                    if let Some(field) = self.field(key, value) {
                        source.fields.push((
                            Spanned {
                                value: key.to_owned(),
                                span,
                            },
                            field,
                        ));
                    }
                }
            }
        }
    }

    fn field(&mut self, key: &'static str, node: NodeId) -> Option<FieldValue> {
        let is_text_only = matches!(key, "type" | "accessed");
        if is_text_only || self.is_null(node) {
            let text = self.text(node, &format!("`{key}`"));
            return text.map(|text| FieldValue::Text(text.value));
        }
        self.field_value(node, key, MAX_FIELD_DEPTH)
    }

    /// A bibliographic value of any shape. Recurses, but only as deep as `depth` allows.
    fn field_value(&mut self, node: NodeId, key: &str, depth: usize) -> Option<FieldValue> {
        if depth == 0 {
            let expected = Expected {
                words: "fewer levels than this",
                example: "[first, second]",
            };
            self.wrong_type(node, &format!("`{key}`"), expected);
            return None;
        }
        match self.tree.value(node) {
            // Within a structure nothing is nothing; only the field itself must not be empty.
            Value::Scalar(scalar) if depth < MAX_FIELD_DEPTH => {
                (!scalar.is_null()).then(|| FieldValue::Text(scalar.text.to_string()))
            }
            Value::Scalar(_) => self
                .text(node, &format!("`{key}`"))
                .map(|text| FieldValue::Text(text.value)),
            Value::Sequence(items) => {
                let items = items.iter().copied();
                let values = items.filter_map(|item| self.field_value(item, key, depth - 1));
                Some(FieldValue::List(values.collect()))
            }
            Value::Mapping(entries) => {
                let entries: Vec<Entry> = entries.iter().collect();
                let mut parts = Vec::new();
                for entry in entries {
                    let Some(name) = self.key(entry.key) else {
                        continue;
                    };
                    if let Some(value) = self.field_value(entry.value, key, depth - 1) {
                        parts.push((name, value));
                    }
                }
                Some(FieldValue::Map(parts))
            }
        }
    }

    fn digest(&mut self, node: NodeId) -> Option<Spanned<String>> {
        let text = self.raw(node, "`sha256`")?;
        let is_hex = text.value.bytes().all(|b| b.is_ascii_hexdigit());
        if is_hex && text.value.len() == 64 {
            return Some(text);
        }
        self.invalid(
            node,
            "`sha256`",
            &[],
            "a SHA-256 digest has 64 hexadecimal digits",
        );
        None
    }

    /// One citation or a list of them.
    pub(super) fn citations(&mut self, node: NodeId) -> Vec<Citation> {
        let nodes = self.one_or_more(node);
        nodes
            .into_iter()
            .filter_map(|node| self.citation(node))
            .collect()
    }

    fn citation(&mut self, node: NodeId) -> Option<Citation> {
        match self.tree.value(node) {
            Value::Scalar(_) => {
                let source = self.reference(node, "`source`")?;
                Some(Citation {
                    source,
                    at: None,
                    quote: None,
                })
            }
            Value::Mapping(_) => {
                let fields = self.fields(node, Place::Citation)?;
                let Some(id) = fields.get("id") else {
                    if !fields.incomplete && !fields.has_unknown {
                        self.problem_at(node, ProblemKind::Missing(Absent::SourceId));
                    }
                    return None;
                };
                let at = fields.get("at").and_then(|node| self.text(node, "`at`"));
                let quote = fields
                    .get("quote")
                    .and_then(|node| self.text(node, "`quote`"));
                let source = self.reference(id, "`id`")?;
                Some(Citation { source, at, quote })
            }
            Value::Sequence(_) => {
                self.wrong_type(node, "a citation", a_text_for("a citation"));
                None
            }
        }
    }
}
