//! The columns of statements, and which statements the views list.

use super::matrix::bearing;
use super::verdicts::verdict;
use super::{Cell, Meaning, Spec, Value};
use crate::analysis::{Bearing, Verdict};
use crate::model::{
    Polarity, Standard, Statement, StatementIdx, StatementKind, Strength, Target, Text,
};
use crate::source::Span;
use crate::view::facts::{Cited, Facts, Role, Status, two_digits};

const KINDS: &[&str] = &["claim", "evidence", "assumption"];
const YES_NO: &[&str] = &["yes", "no"];

pub(super) const COLUMNS: &[Spec] = &[
    Spec::text("id", "id", |f, at| {
        Cell::text(&written(f, at).id).meaning(Meaning::Name)
    }),
    Spec::word("kind", KINDS, |f, at| {
        Cell::text(written(f, at).kind.name())
    }),
    Spec::word("role", Role::NAMES, |f, at| {
        Cell::optional(f.role(idx(at)).map(Role::name))
    }),
    Spec::text("label", "label", |f, at| {
        optional(written(f, at).label.as_ref())
    }),
    Spec::text("text", "text", |f, at| {
        Cell::text(&written(f, at).text.value)
    }),
    Spec::number("for", "for", |f, at| {
        Value::Count(f.dossier.graph.reasons.get(at).len()).into()
    }),
    Spec::number("against", "against", |f, at| {
        Value::Count(f.dossier.graph.objections.get(at).len()).into()
    }),
    Spec::word("status", Status::NAMES, status),
    Spec::word("verdict", Verdict::WORDS, |f, at| {
        verdict(f.verdict(idx(at)))
    }),
    Spec::each_thesis("theses", Bearing::NAMES, bearing),
    Spec::word("diagnostic", YES_NO, |f, at| {
        Value::Flag(f.hypotheses().is_diagnostic(idx(at))).into()
    }),
    Spec::text("because", "because", |f, at| {
        Cell::text(f.explanation().because(idx(at)))
    }),
    Spec::text("source", "source", |f, at| {
        let sources = f.sources(idx(at)).into_iter();
        let mut ids: Vec<String> = sources.filter_map(|c| c.id.map(str::to_owned)).collect();
        ids.dedup();
        Cell::list(ids)
    }),
    Spec::text("citation", "source", |f, at| {
        let sources = f.sources(idx(at)).into_iter();
        let mut cited: Vec<String> = sources.filter_map(|c| f.citation(&c)).collect();
        cited.dedup();
        Cell::list(cited)
    }),
    Spec::text("at", "at", |f, at| marked(f, at, |cited| cited.at)),
    Spec::text("quote", "quote", |f, at| marked(f, at, |cited| cited.quote)),
    Spec::text("supports", "supports", |f, at| {
        targets(f, at, Polarity::Pro)
    }),
    Spec::text("attacks", "attacks", |f, at| targets(f, at, Polarity::Con)),
    Spec::text("rests-on", "rests on", rests_on),
    Spec::number("uses", "uses", |f, at| {
        Value::Count(f.dossier.graph.uses.get(at).len()).into()
    }),
    Spec::text("strength", "strength", |f, at| strength(written(f, at))),
    Spec::text("degree", "strength", |f, at| {
        let strengths = f.dossier.analysis.strengths.as_ref();
        let strength = strengths.and_then(|strengths| strengths.of_statement(idx(at)));
        Cell::optional(strength.map(two_digits))
    }),
    Spec::word("standard", &Standard::NAMES, |f, at| {
        Cell::optional(written(f, at).standard.as_ref().map(|s| s.value.name()))
    }),
    Spec::text("tags", "tags", |f, at| {
        Cell::list(written(f, at).tags.iter().map(|tag| tag.value.clone()))
    }),
    Spec::text("note", "note", |f, at| {
        optional(written(f, at).note.as_ref())
    }),
    Spec::word("implicit", YES_NO, |f, at| {
        Value::Flag(written(f, at).implicit).into()
    }),
    Spec::text("place", "place", |f, at| Cell::text(f.place(span(f, at)))),
    Spec::text("file", "file", |f, at| {
        Cell::text(f.dossier.files.get(span(f, at).file).name())
    }),
    Spec::number("line", "line", |f, at| {
        Value::Count(f.dossier.files.position(span(f, at)).line).into()
    }),
    Spec::number("column", "column", |f, at| {
        Value::Count(f.dossier.files.position(span(f, at)).column).into()
    }),
];

pub(super) fn all(facts: &Facts<'_>) -> Vec<usize> {
    (0..facts.dossier.map.statements.len()).collect()
}

pub(super) fn evidence(facts: &Facts<'_>) -> Vec<usize> {
    let mut items = all(facts);
    items.retain(|at| written(facts, *at).kind == StatementKind::Evidence);
    items
}

pub(super) fn assumed(facts: &Facts<'_>) -> Vec<usize> {
    let mut items = all(facts);
    items.retain(|at| written(facts, *at).kind.is_assumed());
    items
}

pub(super) fn unsupported(facts: &Facts<'_>) -> Vec<usize> {
    let support = &facts.dossier.analysis.support;
    let mut items = all(facts);
    items.retain(|at| support.of_statement(idx(*at)).is_failing());
    items
}

fn idx(at: usize) -> StatementIdx {
    StatementIdx::new(at)
}

fn written<'d>(facts: &Facts<'d>, at: usize) -> &'d Statement {
    &facts.dossier.map.statements[at]
}

fn span(facts: &Facts<'_>, at: usize) -> Span {
    facts.dossier.map.name_span(idx(at))
}

fn optional(text: Option<&Text>) -> Cell {
    Cell::optional(text.map(|text| text.value.as_str()))
}

fn status(facts: &Facts<'_>, at: usize) -> Cell {
    let status = facts.status(idx(at));
    let meaning = match status {
        Status::Assumed | Status::Grounded => Meaning::Sound,
        Status::Undeveloped => Meaning::Open,
        Status::Unsupported | Status::Ungrounded | Status::Circular => Meaning::Failing,
    };
    Cell::text(status.name()).meaning(meaning)
}

/// What a statement's citations say; each under its source's id where there are several.
fn marked<'d>(facts: &Facts<'d>, at: usize, part: fn(&Cited<'d>) -> Option<&'d Text>) -> Cell {
    let cited = facts.cited(idx(at));
    let parts = cited
        .iter()
        .filter_map(|cited| Some((cited.id, part(cited)?)));
    match &parts.collect::<Vec<_>>()[..] {
        [(_, only)] => Cell::list([only.value.clone()]),
        several => Cell::list(several.iter().map(|(id, text)| {
            id.map_or_else(|| text.value.clone(), |id| format!("{id}: {}", text.value))
        })),
    }
}

/// The ids of what a statement is a reason for, or an objection to.
fn targets(facts: &Facts<'_>, at: usize, polarity: Polarity) -> Cell {
    let (graph, map) = (&facts.dossier.graph, &facts.dossier.map);
    let uses = graph.uses.get(at).iter().map(|inference| inference.index());
    let wanted = uses.filter(|inference| graph.polarities[*inference] == polarity);
    let mut ids: Vec<String> = wanted
        .map(|inference| match graph.targets[inference] {
            Target::Statement(target) => map.statement(target).id.clone(),
            Target::Inference(target) => map.inference(target).id.clone(),
        })
        .collect();
    ids.dedup();
    Cell::list(ids)
}

/// The ids of the statements at which the chains of reasons for an ungrounded claim end.
fn rests_on(facts: &Facts<'_>, at: usize) -> Cell {
    let leaves = facts.dossier.analysis.support.failing_leaves(idx(at));
    let others = leaves.iter().filter(|leaf| leaf.index() != at);
    Cell::list(others.map(|leaf| facts.dossier.map.statement(*leaf).id.clone()))
}

fn strength(statement: &Statement) -> Cell {
    match statement.strength.as_ref().map(|strength| strength.value) {
        None => Cell::default(),
        Some(Strength::Number(number)) => Value::Number(number).into(),
        Some(Strength::Word(word)) => Cell::text(word.name()),
    }
}
