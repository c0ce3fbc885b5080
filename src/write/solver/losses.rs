//! What solvers are not told.

use super::Format;
use crate::analysis::{Dossier, Framework, Semantics, Terms, Verdicts};
use crate::model::{ArgumentMap, Inference, Statement, Strength};

/// A kind of thing that a map may hold: what one and several are called, and how many it holds.
type Kind = (&'static str, &'static str, fn(&ArgumentMap) -> usize);

/// What no format has.
const WORDS: &[Kind] = &[
    ("text", "texts", |map| map.statements.len()),
    ("label", "labels", |map| {
        statements(map, |s| s.label.is_some()) + steps(map, |i| i.label.is_some())
    }),
    ("place", "places", |map| statements(map, |s| s.at.is_some())),
    ("quote", "quotes", |map| {
        statements(map, |s| s.quote.is_some())
    }),
    ("citation", "citations", |map| {
        map.statements.iter().map(|s| s.citations.len()).sum()
    }),
    ("source", "sources", |map| map.sources.len()),
    ("standard of proof", "standards of proof", |map| {
        statements(map, |s| s.standard.is_some())
    }),
    ("scheme", "schemes", |map| {
        steps(map, |i| i.scheme.is_some())
    }),
    ("warrant", "warrants", |map| {
        steps(map, |i| i.warrant.is_some())
    }),
    ("answer", "answers", |map| {
        map.inferences.iter().map(|i| i.answers.len()).sum()
    }),
    ("restatement", "restatements", |map| {
        map.statements.iter().map(|s| s.restates.len()).sum()
    }),
    (
        "implicit statement's mark",
        "implicit statements' marks",
        |map| statements(map, |s| s.implicit),
    ),
    (
        "undeveloped claim's mark",
        "undeveloped claims' marks",
        |map| statements(map, |s| s.undeveloped),
    ),
    ("tag", "tags", |map| {
        let of_steps: usize = map.inferences.iter().map(|i| i.tags.len()).sum();
        of_steps + map.statements.iter().map(|s| s.tags.len()).sum::<usize>()
    }),
    ("note", "notes", |map| {
        statements(map, |s| s.note.is_some()) + steps(map, |i| i.note.is_some())
    }),
    ("expected verdict", "expected verdicts", |map| {
        let expect = &map.expect;
        expect.accepted.len() + expect.rejected.len() + expect.undecided.len()
    }),
    ("line about the map", "lines about the map", |map| {
        let about = &map.about;
        let texts = [&about.title, &about.question, &about.description];
        let facts = [&about.date, &about.language, &about.license];
        let n_set = texts.into_iter().chain(facts).flatten().count();
        let bibliographies = map.parts.iter().map(|part| part.bibliography.len());
        n_set + about.authors.len() + bibliographies.sum::<usize>()
    }),
];

/// What only weighted formats have.
const NUMBERS: &[Kind] = &[
    ("strength", "strengths", |map| {
        statements(map, |s| s.strength.is_some())
    }),
    ("weight", "weights", |map| {
        steps(map, |i| i.weight.is_some())
    }),
];

/// What of a map is not in the file that [`super::write`] writes: a sentence each, in lower case and without full stop.
/// As costly as an evaluation.
pub fn losses(dossier: &Dossier, format: Format) -> Vec<String> {
    let (numbers, other) = match format {
        Format::Af | Format::Apx | Format::Tgf => (NUMBERS, other_verdicts(dossier)),
        Format::Bag => (&[][..], numbers_for_words(&dossier.map)),
    };
    let words = not_written(&dossier.map, WORDS.iter().chain(numbers));
    [words, left_out(dossier), other]
        .into_iter()
        .flatten()
        .collect()
}

fn not_written<'k>(map: &ArgumentMap, kinds: impl Iterator<Item = &'k Kind>) -> Option<String> {
    let counted = kinds.filter_map(|(one, many, count)| match count(map) {
        0 => None,
        1 => Some(format!("1 {one}")),
        n => Some(format!("{n} {many}")),
    });
    let counted: Vec<String> = counted.collect();
    let (last, first) = counted.split_last()?;
    let and = if first.is_empty() { "" } else { " and " };
    Some(format!("not in the file: {}{and}{last}", first.join(", ")))
}

fn left_out(dossier: &Dossier) -> Option<String> {
    let n = dossier
        .graph
        .is_whole
        .iter()
        .filter(|whole| !**whole)
        .count();
    let steps = match n {
        0 => return None,
        1 => "1 step is left out: it has a premise".to_owned(),
        n => format!("{n} steps are left out: they have premises"),
    };
    Some(format!("{steps} that the map does not define"))
}

/// Solvers know no other grounded semantics than Dung's.
fn other_verdicts(dossier: &Dossier) -> Option<String> {
    let own = &dossier.analysis.terms;
    let framework = Framework::of(&dossier.map, &dossier.graph, own.leaves);
    let terms = Terms {
        semantics: Semantics::Grounded,
        ..own.clone()
    };
    let grounded = Verdicts::of(&framework, &terms).statements;
    let pairs = grounded.iter().zip(&dossier.analysis.verdicts.statements);
    let statements = match pairs.filter(|(one, other)| one != other).count() {
        0 => return None,
        1 => "1 statement".to_owned(),
        n => format!("{n} statements"),
    };
    Some(format!(
        "the grounded extension says other than `grounds evaluate` of {statements}: it rejects nothing for going in a circle"
    ))
}

fn numbers_for_words(map: &ArgumentMap) -> Option<String> {
    let is_word = |s: &Statement| {
        let strength = s.strength.as_ref().map(|strength| strength.value);
        matches!(strength, Some(Strength::Word(_)))
    };
    match statements(map, is_word) {
        0 => None,
        1 => Some("1 strength in words is the middle of what it stands for".to_owned()),
        n => Some(format!(
            "{n} strengths in words are the middles of what they stand for"
        )),
    }
}

fn statements(map: &ArgumentMap, is_one: fn(&Statement) -> bool) -> usize {
    map.statements.iter().filter(|s| is_one(s)).count()
}

fn steps(map: &ArgumentMap, is_one: fn(&Inference) -> bool) -> usize {
    map.inferences.iter().filter(|i| is_one(i)).count()
}
