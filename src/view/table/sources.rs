//! The columns of sources.

use std::ops::Range;

use super::{Cell, Meaning, Spec, Value};
use crate::cite::Phrase;
use crate::model::{Source, Text};
use crate::quotes::{SourceCopy, State, Tally};
use crate::source::Refusal;
use crate::view::facts::Facts;

const GRADES: &[&str] = &["A", "B", "C", "D", "E", "F"];

/// What the grades of the Admiralty code mean, in their order.
const RATINGS: &[&str] = &[
    "completely reliable",
    "usually reliable",
    "fairly reliable",
    "not usually reliable",
    "unreliable",
    "cannot be judged",
];

/// What is known of a source's own copy.
const COPIES: &[&str] = &[
    "none",
    "unread",
    "missing",
    "unreadable",
    "changed",
    "unchanged",
    "there",
];

pub(super) const COLUMNS: &[Spec] = &[
    Spec::text("id", "id", |f, at| {
        Cell::text(&source(f, at).id).meaning(Meaning::Name)
    }),
    Spec::text("title", "title", |f, at| {
        Cell::text(&source(f, at).title.value)
    }),
    Spec::text("author", "author", |f, at| field(f, at, "author")),
    Spec::text("date", "date", |f, at| field(f, at, "date")),
    Spec::text("reference", "reference", |f, at| {
        let work = f.dossier.references.work(at).map(Phrase::to_text);
        Cell::text(work.unwrap_or_else(|| source(f, at).short_name()))
    }),
    Spec::text("citation", "cited as", |f, at| {
        let is_cited = at < f.dossier.map.sources.len();
        Cell::optional(is_cited.then(|| f.work_name(at)))
    }),
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
    Spec::text("quotes", "quotes", quotes).reading_files(),
    Spec::number("quotes-found", "found", |f, at| count(f, at, |t| t.found)).reading_files(),
    Spec::number("quotes-differ", "differ", |f, at| {
        count(f, at, |t| t.differ)
    })
    .reading_files(),
    Spec::number("quotes-missing", "not found", |f, at| {
        count(f, at, |t| t.missing)
    })
    .reading_files(),
    Spec::word("rating", RATINGS, rating),
    Spec::text("counts-as", "counts as", counts_as),
    Spec::word("copy", COPIES, copy).reading_files(),
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

/// The indices of what nothing cites: they follow those of the sources.
pub(super) fn uncited(facts: &Facts<'_>) -> Range<usize> {
    let map = &facts.dossier.map;
    map.sources.len()..map.sources.len() + map.uncited.len()
}

fn source<'d>(facts: &Facts<'d>, at: usize) -> &'d Source {
    let map = &facts.dossier.map;
    map.sources
        .get(at)
        .unwrap_or_else(|| &map.uncited[at - map.sources.len()])
}

fn count(facts: &Facts<'_>, at: usize, of: fn(Tally) -> usize) -> Cell {
    Value::Count(of(facts.tally(at))).into()
}

/// How many quotes are in the work, and what is wrong with the others.
fn quotes(facts: &Facts<'_>, at: usize) -> Cell {
    let tally = facts.tally(at);
    if tally.total() == 0 {
        return Cell::default();
    }
    let verb = if tally.differ == 1 {
        "differs"
    } else {
        "differ"
    };
    let others = [
        (tally.differ, verb),
        (tally.missing, "not found"),
        (tally.unchecked, "not checked"),
    ];
    let mut parts = vec![format!("{} of {} found", tally.found, tally.total())];
    let others = others.iter().filter(|(n, _)| *n > 0);
    parts.extend(others.map(|(n, what)| format!("{n} {what}")));
    Cell::text(parts.join(", ")).meaning(if tally.missing > 0 {
        Meaning::Failing
    } else if tally.found < tally.total() {
        Meaning::Open
    } else {
        Meaning::Sound
    })
}

/// The grade in words.
fn rating(facts: &Facts<'_>, at: usize) -> Cell {
    let grade = source(facts, at).reliability.as_ref();
    let known = grade.and_then(|grade| GRADES.iter().position(|known| **known == grade.value));
    Cell::optional(known.map(|at| RATINGS[at]))
}

/// The works that it draws on in the end, so that it says nothing that they do not; nothing where it is independent.
fn counts_as(facts: &Facts<'_>, at: usize) -> Cell {
    let sources = &facts.dossier.map.sources;
    if at >= sources.len() {
        return Cell::default();
    }
    let origins: Vec<usize> = facts.independence().origins(at).collect();
    if origins == [at] {
        return Cell::list([]);
    }
    Cell::list(origins.iter().map(|origin| sources[*origin].id.clone()))
}

/// What is known of the work's file: whether it is there, and is the one that the digest was taken of.
fn copy(facts: &Facts<'_>, at: usize) -> Cell {
    let source = source(facts, at);
    if source.file.is_none() {
        return Cell::text("none");
    }
    let copies = &facts.dossier.verification.copies;
    let Some(SourceCopy { state, sha256, .. }) = copies.get(at).and_then(Option::as_ref) else {
        return Cell::text("unread");
    };
    match (state, &source.sha256, sha256) {
        (State::Refused(Refusal::Missing), ..) => Cell::text("missing").meaning(Meaning::Failing),
        (State::Refused(_), ..) => Cell::text("unreadable").meaning(Meaning::Failing),
        (_, Some(stated), Some(digest)) if stated.value.eq_ignore_ascii_case(digest) => {
            Cell::text("unchanged").meaning(Meaning::Sound)
        }
        (_, Some(_), Some(_)) => Cell::text("changed").meaning(Meaning::Failing),
        _ => Cell::text("there"),
    }
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
