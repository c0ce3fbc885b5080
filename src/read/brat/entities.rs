//! Stretches of the text to statements.

use std::ops::Range;

use super::import::{Bound, Import, Meaning, Thesis};
use super::lines::{Line, Piece, ranges};
use super::profile::Entity;
use super::text::{Characters, Pieces};
use crate::model::{ForeignFault, Statement, StatementKind, Text};
use crate::read::net::NodeKind;
use crate::source::{Spanned, single_spaced};

/// Annotations without words take them from the text, so many times as much as it has.
///
/// Without a limit, annotations of the whole text would copy it out again and again.
const MAX_COPIES: usize = 8;
/// So much of what the text has instead is kept for a finding.
const MAX_FOUND_CHARS: usize = 80;

const NO_PLACES: ForeignFault = ForeignFault::Misplaced {
    what: "place",
    how: "is not a pair of numbers, the smaller first",
    help: "a place is a start and an end in characters, and several follow each other: `0 5;8 12`; \
           the words of the line are kept, and are no quote",
};
const BEYOND_THE_END: ForeignFault = ForeignFault::Misplaced {
    what: "place",
    how: "lies beyond the end of the text",
    help: "places count characters; the words of the line are kept, and are no quote",
};

/// What an annotation says, and in the words of the text if it is there.
struct Said {
    text: Text,
    quote: Option<Text>,
}

impl<'t> Import<'_, 't> {
    pub(super) fn entities(&mut self, lines: &[Line<'t>], text: Option<&str>) {
        let bound = |line: &Line<'t>| match line {
            Line::Entity { places, words, .. } => Some((ranges(places.text)?, words.text)),
            _ => None,
        };
        let characters = text.map(|text| {
            let bound: Vec<(Vec<Range<usize>>, &str)> = lines.iter().filter_map(bound).collect();
            Characters::of(text, &bound)
        });
        self.spare = text.map_or(0, |text| text.len().saturating_mul(MAX_COPIES));
        for line in lines {
            let Line::Entity {
                id,
                label,
                places,
                words,
            } = line
            else {
                continue;
            };
            let is_new = self.is_new(*id);
            let Some(&role) = self.profile.entities.get(label.text) else {
                self.lose("annotations", *label);
                continue;
            };
            let Some(said) = self.said((*id, *places, *words), characters.as_ref()) else {
                continue;
            };
            let statement = Statement {
                span: id.span().to(words.span()),
                kind: kind(role),
                text: said.text,
                quote: said.quote,
                ..Statement::default()
            };
            if is_new {
                let is_thesis = role == Entity::Thesis;
                let bound = self.statement(*id, statement, is_thesis);
                if is_thesis {
                    let places = ranges(places.text);
                    let start = places.map_or(usize::MAX, |places| places[0].start);
                    let (id, idx) = (*id, bound.idx);
                    self.theses.push(Thesis { id, idx, start });
                }
            } else {
                // The id is another's, and the words are kept.
                self.draft.unnamed(statement);
            }
        }
    }

    fn statement(&mut self, id: Piece<'t>, mut statement: Statement, is_thesis: bool) -> Bound {
        let name = id.to_text();
        statement.note = self.take_note(id);
        let idx = self.draft.statement(&name, statement);
        let kind = NodeKind::Statement(idx);
        self.net.node(self.draft, &name, kind);
        let bound = Bound { idx, is_thesis };
        self.is(id, Meaning::Statement(bound));
        bound
    }

    /// What an annotation says; one that says nothing is a fault.
    fn said(
        &mut self,
        (id, places, words): (Piece<'t>, Piece<'t>, Piece<'t>),
        characters: Option<&Characters<'_>>,
    ) -> Option<Said> {
        let own = single_spaced(words.text);
        let found = match pieces(places, characters) {
            Ok(pieces) if own.is_empty() => pieces.filter(|pieces| self.spend(pieces.len())),
            Err(_) if own.is_empty() => None,
            Ok(pieces) => pieces.filter(|pieces| self.has(pieces, words)),
            Err(fault) => {
                self.draft.fault(places.span(), fault);
                None
            }
        };
        let value = found.as_ref().map_or(own, Pieces::words);
        if value.is_empty() {
            let fault = ForeignFault::Missing {
                part: "words",
                owner: "annotation",
                name: Some(id.text.to_owned()),
            };
            self.draft.fault(id.span(), fault);
            return None;
        }
        let place = if words.text.is_empty() { places } else { words };
        let spanned = |value| Spanned {
            value,
            span: place.span(),
        };
        Some(Said {
            text: spanned(value),
            quote: found.map(|pieces| spanned(pieces.quote())),
        })
    }

    /// Whether so much of the text may still be copied.
    fn spend(&mut self, n_bytes: usize) -> bool {
        let spare = self.spare.checked_sub(n_bytes);
        self.spare = spare.unwrap_or(self.spare);
        spare.is_some()
    }

    /// Whether the text has the words; that it has others is a fault.
    fn has(&mut self, pieces: &Pieces<'_>, words: Piece<'t>) -> bool {
        let has = pieces.are_words(words.text);
        if !has {
            let found = pieces.start(MAX_FOUND_CHARS);
            self.draft
                .fault(words.span(), ForeignFault::OtherWords { found });
        }
        has
    }
}

/// What stands at some places, where the text is there; else what is wrong with the places.
fn pieces<'c>(
    places: Piece<'_>,
    characters: Option<&Characters<'c>>,
) -> Result<Option<Pieces<'c>>, ForeignFault> {
    let ranges = ranges(places.text).ok_or(NO_PLACES)?;
    let Some(characters) = characters else {
        return Ok(None);
    };
    characters.pieces(&ranges).map(Some).ok_or(BEYOND_THE_END)
}

fn kind(role: Entity) -> StatementKind {
    match role {
        Entity::Thesis => StatementKind::Claim,
        Entity::Statement(kind) => kind,
    }
}
