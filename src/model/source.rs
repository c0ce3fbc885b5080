//! Sources: the works that a map cites.

use super::{Reference, Text};
use crate::source::Span;

/// Fields whose texts Hayagriva marks up: `{Verbatim}`, `$formula$`, `\{`.
const MARKED_UP: [&str; 10] = [
    "title",
    "publisher",
    "location",
    "organization",
    "archive",
    "archive-location",
    "call-number",
    "note",
    "abstract",
    "genre",
];

/// Whether Hayagriva's files have markup in the texts of a field; the texts of a [`Source`] have none.
pub fn is_marked_up(field: &str) -> bool {
    MARKED_UP.contains(&field)
}

/// The field as which a named part of a field counts: the long and the short form of a title are titles, too.
pub fn part_of_field<'n>(field: &'n str, part: &'n str) -> &'n str {
    if matches!(part, "value" | "short") || (field == "publisher" && part == "name") {
        field
    } else {
        part
    }
}

/// A use of a source.
#[derive(Clone, Debug, PartialEq)]
pub struct Citation {
    /// The source's id.
    pub source: Reference,
    /// Where in it: `para 4`, `p. 14`, `12:30`; others are kept as written.
    pub at: Option<Text>,
    /// Its own words, verbatim.
    pub quote: Option<Text>,
}

/// A work cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The id, with the prefix of an included map.
    pub id: String,
    /// Where the author wrote the id.
    pub id_span: Span,
    /// Its title; empty only where the file is faulty.
    pub title: Text,
    /// A local copy of its text, relative to the map.
    pub file: Option<Text>,
    /// The SHA-256 of that file, in hexadecimal.
    pub sha256: Option<Text>,
    /// The Admiralty code's grade of the source, `A` to `F`.
    pub reliability: Option<Text>,
    /// Sources that it draws on, so that it does not count as independent of them.
    pub derived_from: Vec<Reference>,
    /// All other fields, by their Hayagriva names, as written.
    pub fields: Vec<(Text, FieldValue)>,
}

/// The value of a bibliographic field: a text, or what Hayagriva builds from texts.
#[derive(Clone, Debug, PartialEq)]
pub enum FieldValue {
    /// A text as written.
    Text(String),
    /// Several values, such as authors.
    List(Vec<FieldValue>),
    /// Named parts, such as those of a publisher.
    Map(Vec<(String, FieldValue)>),
}

impl FieldValue {
    /// The value as one line: lists joined by commas, of named parts the name, title or value first.
    pub fn to_line(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::List(items) => items
                .iter()
                .map(Self::to_line)
                .collect::<Vec<_>>()
                .join(", "),
            Self::Map(parts) => {
                let main = ["title", "name", "value"];
                let part = parts.iter().find(|(key, _)| main.contains(&key.as_str()));
                part.or(parts.first())
                    .map(|(_, value)| value.to_line())
                    .unwrap_or_default()
            }
        }
    }
}

impl Source {
    /// A source of which nothing is known but its id.
    pub fn new(id: String, id_span: Span) -> Self {
        Self {
            id,
            id_span,
            title: Text {
                value: String::new(),
                span: id_span,
            },
            file: None,
            sha256: None,
            reliability: None,
            derived_from: Vec::new(),
            fields: Vec::new(),
        }
    }

    /// A field by its name, as one line.
    pub fn field(&self, name: &str) -> Option<String> {
        let found = self.fields.iter().find(|(key, _)| key.value == name);
        found.map(|(_, value)| value.to_line())
    }

    /// Its address on the web, as written.
    pub fn url(&self) -> Option<&str> {
        let (_, value) = self.fields.iter().find(|(key, _)| key.value == "url")?;
        match value {
            FieldValue::Text(url) => Some(url),
            FieldValue::List(_) | FieldValue::Map(_) => None,
        }
    }

    /// A short name for tables and pictures: the title and, where there is one, the date.
    pub fn short_name(&self) -> String {
        match self.field("date") {
            Some(date) => format!("{} ({date})", self.title.value),
            None => self.title.value.clone(),
        }
    }
}
