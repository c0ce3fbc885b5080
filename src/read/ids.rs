//! Ids for everything: duplicates are reported, and what has no id gets a readable one.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::char::is_combining_mark;

use super::Reading;
use crate::model::{ArgumentMap, Polarity, Problem, ProblemKind, Target};
use crate::source::Span;

/// The longest id, in characters.
pub(super) const MAX_ID_CHARS: usize = 64;
/// How long an automatic id may grow, in characters.
const MAX_AUTOMATIC_CHARS: usize = 32;

/// Makes the ids of statements and inferences unique, in document order.
///
/// The second use of an id is a fault, and its owner is named like one without an id.
pub(super) fn assign(reading: &mut Reading) {
    let Reading { map, problems, .. } = reading;
    let mut ids = Ids::default();
    ids.take_written(map, problems);
    ids.name_statements(map);
    ids.name_inferences(map);
    report_duplicate_sources(map, problems);
}

#[derive(Default)]
struct Ids {
    taken: FxHashMap<String, Span>,
    /// The last number that was tried for a base.
    numbers: FxHashMap<String, u32>,
}

impl Ids {
    fn take_written(&mut self, map: &mut ArgumentMap, problems: &mut Vec<Problem>) {
        let statements = map
            .statements
            .iter_mut()
            .map(|s| (&mut s.id, &mut s.id_span, s.span));
        let inferences = map
            .inferences
            .iter_mut()
            .map(|i| (&mut i.id, &mut i.id_span, i.span));
        for (id, id_span, owner) in statements.chain(inferences) {
            let Some(span) = *id_span else { continue };
            match self.taken.get(id.as_str()) {
                Some(&first) => {
                    // An alias stands elsewhere than the id that it defines again.
                    let is_alias = first == span && !owner.contains(span);
                    let span = if is_alias { owner } else { span };
                    let kind = ProblemKind::DuplicateId {
                        id: std::mem::take(id),
                        first,
                    };
                    problems.push(Problem { span, kind });
                    *id_span = None;
                }
                None => drop(self.taken.insert(id.clone(), span)),
            }
        }
    }

    fn name_statements(&mut self, map: &mut ArgumentMap) {
        let ArgumentMap {
            statements, parts, ..
        } = map;
        for statement in statements
            .iter_mut()
            .filter(|statement| statement.id.is_empty())
        {
            let mut base = slug(&statement.text.value);
            if base.is_empty() {
                statement.kind.name().clone_into(&mut base);
            }
            if let Some(prefix) = &parts[statement.span.file.0 as usize].prefix {
                base = format!("{prefix}/{base}");
            }
            statement.id = self.unique(base, "-", statement.text.span);
        }
    }

    fn name_inferences(&mut self, map: &mut ArgumentMap) {
        let ArgumentMap {
            statements,
            inferences,
            ..
        } = map;
        for at in 0..inferences.len() {
            if !inferences[at].id.is_empty() {
                continue;
            }
            let target = match inferences[at].target {
                Target::Statement(idx) => &statements[idx.index()].id,
                // A target comes before what stands inside it, so it has its id by now.
                Target::Inference(idx) => &inferences[idx.index()].id,
            };
            // Objections to objections would have names that grow without bound.
            let is_short = target.len() <= MAX_ID_CHARS;
            let target = if is_short { target } else { "step" };
            let letter = match inferences[at].polarity {
                Polarity::Pro => 'r',
                Polarity::Con => 'o',
            };
            let base = format!("{target}.{letter}");
            let span = inferences[at].span;
            inferences[at].id = self.numbered(&base, "", span);
        }
    }

    /// The base itself, or with the first number that is free.
    fn unique(&mut self, base: String, joint: &str, span: Span) -> String {
        if self.taken.contains_key(&base) {
            self.numbers.entry(base.clone()).or_insert(1);
            return self.numbered(&base, joint, span);
        }
        self.taken.insert(base.clone(), span);
        base
    }

    /// The base with the first number that is free.
    fn numbered(&mut self, base: &str, joint: &str, span: Span) -> String {
        let number = self.numbers.entry(base.to_owned()).or_insert(0);
        loop {
            *number += 1;
            let id = format!("{base}{joint}{number}");
            if !self.taken.contains_key(&id) {
                self.taken.insert(id.clone(), span);
                return id;
            }
        }
    }
}

/// The first words of a text, joined by `-`.
fn slug(text: &str) -> String {
    let mut slug = String::new();
    // An apostrophe joins: "council's" is one word.
    let text = text.replace(['\'', '’'], "");
    let words = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    for word in words {
        let word: String = word
            .to_lowercase()
            .chars()
            .take(MAX_AUTOMATIC_CHARS)
            .collect();
        let joint = usize::from(!slug.is_empty());
        if slug.chars().count() + joint + word.chars().count() > MAX_AUTOMATIC_CHARS {
            break;
        }
        if joint == 1 {
            slug.push('-');
        }
        slug.push_str(&word);
    }
    slug
}

/// Letters of any script with their marks, digits, `-`, `_` and `.`; 1 to 64 characters.
pub(super) fn is_id(text: &str) -> bool {
    !text.is_empty() && text.chars().all(may_be_in_id) && text.chars().count() <= MAX_ID_CHARS
}

/// Whether an id may have a character.
pub(super) fn may_be_in_id(c: char) -> bool {
    c.is_alphabetic() || c.is_numeric() || is_combining_mark(c) || matches!(c, '-' | '_' | '.')
}

/// The id that is nearest to a name: the name itself where it is one, the first words of a sentence.
///
/// A sign of negation becomes a word, so that `¬p` is told from `p`; what else no id can have becomes a dash.
/// Of a name without a letter or a digit nothing is left, and `otherwise` stands in.
fn from_name(name: &str, otherwise: &str) -> String {
    if is_id(name) {
        return name.to_owned();
    }
    let is_sentence = name.contains(char::is_whitespace);
    let name = name.replace('¬', " not ");
    let id = if is_sentence {
        slug(&name)
    } else {
        let words = name.split(|c| !may_be_in_id(c));
        let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
        words.join("-").chars().take(MAX_ID_CHARS).collect()
    };
    if id.is_empty() {
        otherwise.to_owned()
    } else {
        id
    }
}

/// The ids that a map uses already.
#[derive(Default)]
pub(super) struct Taken {
    ids: FxHashSet<String>,
    /// The last number that was tried for an id.
    numbers: FxHashMap<String, u32>,
}

impl Taken {
    /// Takes an id as it is.
    pub(super) fn take(&mut self, id: &str) {
        self.ids.insert(id.to_owned());
    }

    /// Takes the free id that is nearest to a name.
    pub(super) fn nearest(&mut self, name: &str, otherwise: &str) -> String {
        let base = from_name(name, otherwise);
        let mut id = base.clone();
        while !self.ids.insert(id.clone()) {
            let number = self.numbers.entry(base.clone()).or_insert(1);
            *number += 1;
            let ending = format!("-{number}");
            let room = MAX_ID_CHARS - ending.len();
            id = base.chars().take(room).chain(ending.chars()).collect();
        }
        id
    }
}

fn report_duplicate_sources(map: &ArgumentMap, problems: &mut Vec<Problem>) {
    let mut taken: FxHashMap<&str, Span> = FxHashMap::default();
    for source in &map.sources {
        match taken.get(source.id.as_str()) {
            Some(&first) => problems.push(Problem {
                span: source.id_span,
                kind: ProblemKind::DuplicateId {
                    id: source.id.clone(),
                    first,
                },
            }),
            None => drop(taken.insert(&source.id, source.id_span)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_that_are_like_them() {
        for (name, id) in [
            ("deck-unsafe", "deck-unsafe"),
            ("277", "277"),
            ("¬app(a1)", "not-app-a1"),
            ("looks like a snake", "looks-like-a-snake"),
            ("It ¬rains, it pours.", "it-not-rains-it-pours"),
            ("¿¡", "x"),
            ("日本 語", "日本-語"),
        ] {
            assert_eq!(from_name(name, "x"), id);
        }
        assert_eq!(from_name(&"a/".repeat(99), "x").len(), MAX_ID_CHARS);
    }

    #[test]
    fn every_id_is_taken_once() {
        let mut taken = Taken::default();
        taken.take("a-2");
        let long = "x".repeat(99);
        let ids = ["a", "a", "a", &long, &long].map(|name| taken.nearest(name, "x"));
        assert_eq!(ids[..3], ["a", "a-3", "a-4"]);
        assert_eq!(ids[4], format!("{}-2", "x".repeat(62)));
        assert!(ids.iter().all(|id| is_id(id)));
    }
}
