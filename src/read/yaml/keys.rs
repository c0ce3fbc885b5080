//! The keys that the format has, place by place.

use crate::model::Place;

pub(super) const MAP: &[&str] = &[
    "format",
    "title",
    "question",
    "description",
    "authors",
    "date",
    "language",
    "license",
    "thesis",
    "claims",
    "evidence",
    "assumptions",
    "sources",
    "bibliography",
    "include",
    "article",
    "expect",
    "allow",
];

pub(super) const STATEMENT: &[&str] = &[
    "text",
    "label",
    "reasons",
    "objections",
    "at",
    "quote",
    "source",
    "strength",
    "standard",
    "restates",
    "contradicts",
    "implicit",
    "tags",
    "note",
    "undeveloped",
    "allow",
];

pub(super) const INLINE_STATEMENT: &[&str] = &[
    "claim",
    "evidence",
    "assumption",
    "id",
    "label",
    "reasons",
    "objections",
    "at",
    "quote",
    "source",
    "strength",
    "standard",
    "restates",
    "contradicts",
    "implicit",
    "tags",
    "note",
    "undeveloped",
    "allow",
];

pub(super) const INFERENCE: &[&str] = &[
    "premises",
    "id",
    "scheme",
    "warrant",
    "weight",
    "answers",
    "objections",
    "label",
    "tags",
    "note",
    "allow",
];

/// A mapping in a list of inferences that is not told yet: an inline statement or the long form.
pub(super) const INFERENCE_ITEM: &[&str] = &[
    "claim",
    "evidence",
    "assumption",
    "premises",
    "id",
    "label",
    "reasons",
    "objections",
    "at",
    "quote",
    "source",
    "strength",
    "standard",
    "restates",
    "contradicts",
    "implicit",
    "tags",
    "note",
    "undeveloped",
    "allow",
    "scheme",
    "warrant",
    "weight",
    "answers",
];

pub(super) const CITATION: &[&str] = &["id", "at", "quote"];

/// Hayagriva's names, then this tool's own.
pub(super) const SOURCE: &[&str] = &[
    "title",
    "type",
    "author",
    "date",
    "editor",
    "publisher",
    "location",
    "organization",
    "issue",
    "chapter",
    "volume",
    "volume-total",
    "edition",
    "page-range",
    "page-total",
    "time-range",
    "runtime",
    "url",
    "doi",
    "serial-number",
    "isbn",
    "issn",
    "language",
    "archive",
    "archive-location",
    "call-number",
    "note",
    "abstract",
    "annote",
    "genre",
    "affiliated",
    "parent",
    "file",
    "sha256",
    "reliability",
    "derived-from",
    "accessed",
];

pub(super) const EXPECT: &[&str] = &["accepted", "rejected", "undecided"];

/// The keys that say a statement's kind where it is written in place.
pub(super) const KINDS: [&str; 3] = ["claim", "evidence", "assumption"];

/// Whether the values of a key that stands there twice can be read one after the other, so that the fault hides nothing.
pub(super) fn adds_up(place: Place, key: &str) -> bool {
    match place {
        Place::Map => matches!(
            key,
            "claims" | "evidence" | "assumptions" | "sources" | "bibliography" | "include"
        ),
        Place::Statement | Place::InlineStatement | Place::Inference => {
            matches!(key, "reasons" | "objections")
        }
        Place::Citation | Place::Source | Place::Expect => false,
    }
}

pub(super) fn of(place: Place) -> &'static [&'static str] {
    match place {
        Place::Map => MAP,
        Place::Statement => STATEMENT,
        Place::InlineStatement => INLINE_STATEMENT,
        Place::Inference => INFERENCE,
        Place::Citation => CITATION,
        Place::Source => SOURCE,
        Place::Expect => EXPECT,
    }
}
