//! What a file says of itself, of its statements and of the works that it names.

use super::{Import, METADATA};
use crate::model::{Citation, FieldValue, Reference, Statement, Text};
use crate::read::walk::Field;
use crate::source::Spanned;
use crate::syntax::NodeId;

impl Import<'_, '_, '_> {
    /// The file's own metadata.
    pub(super) fn about(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`meta`") {
            let name = key.value.to_lowercase();
            if matches!(&*name, "author" | "authors" | "creator" | "creators") {
                self.walk.draft.map.about.authors = self.walk.texts(value, "authors");
                continue;
            }
            if name == "source" {
                if let Some(source) = self.walk.text(value, "`source`") {
                    let article = self.cited(&source);
                    self.walk.draft.map.parts[0].article = Some(article);
                }
                continue;
            }
            let text = |import: &mut Self| import.walk.text(value, "metadata");
            match &*name {
                "title" => self.walk.draft.map.about.title = text(self),
                "note" | "notes" | "description" | "abstract" => {
                    self.walk.draft.map.about.description = text(self);
                }
                "date" => self.walk.draft.map.about.date = text(self),
                "language" => self.walk.draft.map.about.language = text(self),
                "rights" | "license" => self.walk.draft.map.about.license = text(self),
                _ => self.walk.lose(METADATA, key.span),
            }
        }
    }

    /// The metadata of a statement.
    pub(super) fn statement_meta(&mut self, statement: &mut Statement, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`meta`") {
            match &*key.value.to_lowercase() {
                "identifier" => {
                    let id = self.walk.text(value, "metadata");
                    statement.id = id.map(|id| id.value).unwrap_or_default();
                }
                "title" => statement.label = self.walk.text(value, "metadata"),
                "note" | "notes" | "description" => {
                    statement.note = self.walk.text(value, "metadata");
                }
                "source" | "sources" | "reference" | "references" => {
                    for name in self.walk.texts(value, "a source") {
                        let source = self.cited(&name);
                        statement.citations.push(Citation {
                            source,
                            at: None,
                            quote: None,
                        });
                    }
                }
                _ => self.walk.lose(METADATA, key.span),
            }
        }
    }

    /// The source of that key among the references; what is no key describes a source in words.
    fn cited(&mut self, name: &Text) -> Reference {
        let draft = &mut *self.walk.draft;
        let id = match draft.find_source(&name.value) {
            Some(source) => source.id.clone(),
            None => draft.source(name, name.clone()).id.clone(),
        };
        Spanned {
            value: id,
            span: name.span,
        }
    }

    /// The works that the file names.
    pub(super) fn references(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`references`") {
            let mut title = key.clone();
            let mut fields = Vec::new();
            if !self.walk.is_mapping(value) {
                title = self.walk.text(value, "a reference").unwrap_or(title);
                self.walk.draft.source(&key, title);
                continue;
            }
            for Field { key, value } in self.walk.fields(value, "a reference") {
                let texts = self.walk.texts(value, "a field of a reference");
                match source_field(&key.value) {
                    Some("title") => title = texts.into_iter().next().unwrap_or(title),
                    Some(name) if !has_field(&fields, name) => {
                        let name = Spanned {
                            value: name.to_owned(),
                            span: key.span,
                        };
                        fields.extend(field_value(texts).map(|value| (name, value)));
                    }
                    _ => self.walk.lose(METADATA, key.span),
                }
            }
            self.walk.draft.source(&key, title).fields = fields;
        }
    }
}

fn has_field(fields: &[(Text, FieldValue)], name: &str) -> bool {
    fields.iter().any(|(known, _)| known.value == name)
}

/// The bibliographic field of a key of Dublin Core or BibTeX.
fn source_field(key: &str) -> Option<&'static str> {
    Some(match &*key.to_lowercase() {
        "title" => "title",
        "creator" | "author" | "authors" => "author",
        "date" | "year" | "issued" => "date",
        "publisher" => "publisher",
        "editor" | "editors" => "editor",
        "url" | "uri" | "identifier" | "source" => "url",
        "doi" => "doi",
        "language" => "language",
        "volume" => "volume",
        "number" | "issue" => "issue",
        "pages" => "page-range",
        "note" | "notes" => "note",
        "abstract" | "description" => "abstract",
        _ => return None,
    })
}

fn field_value(texts: Vec<Text>) -> Option<FieldValue> {
    let text = |text: Text| FieldValue::Text(text.value);
    let mut values: Vec<FieldValue> = texts.into_iter().map(text).collect();
    match values.len() {
        0 => None,
        1 => values.pop(),
        _ => Some(FieldValue::List(values)),
    }
}
