//! Mappings with a fixed set of keys.

use std::collections::BTreeMap;

use super::document::Reader;
use super::keys;
use crate::model::near::{is_sure, nearest};
use crate::model::{Expected, Place, ProblemKind};
use crate::source::Span;
use crate::syntax::{Entry, NodeId, Value};

/// The known entries of one mapping; unknown and repeated keys have been reported.
///
/// A repeated key is an entry again where its values add up; otherwise the first one counts.
pub(super) struct Fields {
    /// Each known key, where it stands, and its value, in document order.
    entries: Vec<(&'static str, Span, NodeId)>,
    /// Whether a key was not known.
    pub(super) has_unknown: bool,
    /// The known keys that unknown ones are near to, and those that were given again: they may well be there, and are
    /// not among the entries.
    hidden: Vec<&'static str>,
    /// Whether a syntax error cut the mapping short.
    pub(super) incomplete: bool,
}

impl Fields {
    pub(super) fn get(&self, key: &str) -> Option<NodeId> {
        self.entry(key).map(|(_, _, value)| *value)
    }

    pub(super) fn key_span(&self, key: &str) -> Option<Span> {
        self.entry(key).map(|(_, span, _)| *span)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Whether a key may be there, misspelt or given again.
    pub(super) fn may_have(&self, key: &str) -> bool {
        self.hidden.contains(&key)
    }

    /// Known keys and values in document order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'static str, NodeId)> + use<'_> {
        self.entries.iter().map(|(key, _, value)| (*key, *value))
    }

    /// A key such as `-claim` was meant as an item of the list that its mapping lacks before it.
    fn hide_list_before(&mut self, name: &str, reader: &Reader<'_, '_>) {
        if let Some((key, _, value)) = self.entries.last()
            && name.starts_with('-')
            && reader.is_null(*value)
        {
            self.hidden.push(key);
        }
    }

    fn entry(&self, key: &str) -> Option<&(&'static str, Span, NodeId)> {
        self.entries.iter().find(|(known, _, _)| *known == key)
    }
}

impl Reader<'_, '_> {
    /// The entries of a mapping that stands for `place`, checked against that place's keys.
    pub(super) fn fields(&mut self, node: NodeId, place: Place) -> Option<Fields> {
        self.fields_among(node, place, keys::of(place))
    }

    /// The same with the keys given.
    pub(super) fn fields_among(
        &mut self,
        node: NodeId,
        place: Place,
        known: &'static [&'static str],
    ) -> Option<Fields> {
        let Value::Mapping(entries) = self.tree.value(node) else {
            let expected = expected_mapping(place);
            self.wrong_type(node, place.name(), expected);
            return None;
        };
        let incomplete = self.tree.node(node).incomplete;
        let mut fields = Fields {
            entries: Vec::new(),
            has_unknown: false,
            hidden: Vec::new(),
            incomplete,
        };
        let mut unknown = Vec::new();
        for Entry { key, value } in entries.iter() {
            let Some(name) = self.key(key) else {
                fields.has_unknown = true;
                self.pass_over(value);
                continue;
            };
            let span = self.tree.span(key);
            let Some(known_key) = known.iter().find(|known| **known == name) else {
                self.pass_over_words(&name);
                self.pass_over(value);
                fields.hide_list_before(&name, self);
                unknown.push((name, span, value));
                continue;
            };
            let first = fields.key_span(known_key);
            if let Some(first) = first {
                self.problem(span, ProblemKind::DuplicateKey { key: name, first });
            }
            if first.is_none() || keys::adds_up(place, known_key) {
                fields.entries.push((known_key, span, value));
            } else {
                self.pass_over(value);
                fields.hidden.push(known_key);
            }
        }
        fields.has_unknown |= !unknown.is_empty();
        self.report_unknown(unknown, &mut fields, place, known);
        Some(fields)
    }

    /// Reports the keys that a mapping has and should not. A correction must not give it any key twice.
    fn report_unknown(
        &mut self,
        unknown: Vec<(String, Span, NodeId)>,
        fields: &mut Fields,
        place: Place,
        known: &'static [&'static str],
    ) {
        let mut n_meant: BTreeMap<&str, usize> = BTreeMap::new();
        let mut corrections = Vec::with_capacity(unknown.len());
        for (name, _, value) in &unknown {
            let near = nearest(name, known.iter().copied());
            for key in &near {
                *n_meant.entry(key).or_default() += 1;
            }
            let is_key = !name.starts_with('-');
            corrections.push(match near[..] {
                [only] if is_key && is_sure(name, only) && !fields.has(only) => Some(only),
                _ => None,
            });
            if place == Place::Map {
                self.pass_over_files(&near, *value);
            }
            fields.hidden.extend(near);
        }
        for ((key, span, _), correction) in unknown.into_iter().zip(corrections) {
            let correction = correction.filter(|key| n_meant[key] == 1);
            let kind = ProblemKind::UnknownKey {
                key,
                place,
                known,
                correction,
            };
            self.problem(span, kind);
        }
    }

    /// Notes that files are not read, as their key is misspelt.
    fn pass_over_files(&mut self, near: &[&str], value: NodeId) {
        if near.contains(&"include") {
            self.pass_over_includes(value);
        }
        self.part.has_unread_bibliography |= near.contains(&"bibliography");
    }

    /// A key's text; a list or mapping as a key is reported, and what cannot be read has been.
    pub(super) fn key(&mut self, node: NodeId) -> Option<String> {
        if self.is_unread(node) {
            return None;
        }
        if let Some(scalar) = self.tree.scalar(node) {
            return Some(scalar.text.to_string());
        }
        self.wrong_type(
            node,
            "a key",
            Expected {
                words: "a text",
                example: "key: value",
            },
        );
        None
    }
}

fn expected_mapping(place: Place) -> Expected {
    let example = match place {
        Place::Map => "thesis: The bridge should be closed.",
        Place::Statement => "text: The deck is unsafe.",
        Place::InlineStatement => "claim: The deck is unsafe.",
        Place::Inference => "premises: [deck-unsafe]",
        Place::Citation => "{id: report, at: p. 14}",
        Place::Source => "{title: Inspection report, date: 2024}",
        Place::Expect => "accepted: [close-bridge]",
    };
    Expected {
        words: "a mapping with keys",
        example,
    }
}
