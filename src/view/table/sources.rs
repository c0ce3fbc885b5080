//! The columns of sources.

use super::{Cell, Meaning, Spec, Value};
use crate::model::{Source, Text};
use crate::view::facts::Facts;

const GRADES: &[&str] = &["A", "B", "C", "D", "E", "F"];

pub(super) const COLUMNS: &[Spec] = &[
    Spec::text("id", "id", |f, at| {
        Cell::text(&source(f, at).id).meaning(Meaning::Name)
    }),
    Spec::text("title", "title", |f, at| {
        Cell::text(&source(f, at).title.value)
    }),
    Spec::text("author", "author", |f, at| field(f, at, "author")),
    Spec::text("date", "date", |f, at| field(f, at, "date")),
    Spec::word("reliability", GRADES, |f, at| {
        optional(source(f, at).reliability.as_ref())
    }),
    Spec::number("cited-by", "cited by", |f, at| {
        Value::Count(f.cited_by(at).len()).into()
    }),
    Spec::text("where", "where", place_of_text),
    Spec::text("statements", "statements", |f, at| {
        let citing = f.cited_by(at).iter();
        Cell::list(citing.map(|statement| f.dossier.map.statement(*statement).id.clone()))
    }),
    Spec::text("type", "type", |f, at| field(f, at, "type")),
    Spec::text("publisher", "publisher", |f, at| field(f, at, "publisher")),
    Spec::text("url", "url", |f, at| field(f, at, "url")),
    Spec::text("doi", "doi", |f, at| field(f, at, "doi")),
    Spec::text("file", "file", |f, at| {
        optional(source(f, at).file.as_ref())
    }),
    Spec::text("sha256", "sha256", |f, at| {
        optional(source(f, at).sha256.as_ref())
    }),
    Spec::text("accessed", "accessed", |f, at| field(f, at, "accessed")),
    Spec::text("derived-from", "derived from", |f, at| {
        let origins = source(f, at).derived_from.iter();
        Cell::list(origins.map(|origin| origin.value.clone()))
    }),
    Spec::text("place", "place", |f, at| {
        Cell::text(f.place(source(f, at).id_span))
    }),
];

fn source<'d>(facts: &Facts<'d>, at: usize) -> &'d Source {
    &facts.dossier.map.sources[at]
}

fn optional(text: Option<&Text>) -> Cell {
    Cell::optional(text.map(|text| text.value.as_str()))
}

fn field(facts: &Facts<'_>, at: usize, name: &str) -> Cell {
    Cell::optional(source(facts, at).field(name))
}

/// Where a reader finds the work: its local copy, else its address, else its DOI.
fn place_of_text(facts: &Facts<'_>, at: usize) -> Cell {
    let source = source(facts, at);
    let file = source.file.as_ref().map(|file| file.value.clone());
    Cell::optional(
        file.or_else(|| source.field("url"))
            .or_else(|| source.field("doi").map(|doi| format!("doi:{doi}"))),
    )
}
