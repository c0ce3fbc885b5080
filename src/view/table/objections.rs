//! The columns of objections.

use super::{Cell, Meaning, Spec, Value};
use crate::model::{Inference, InferenceIdx, Polarity, StatementIdx, Target};
use crate::view::facts::{Attack, Facts};

pub(super) const COLUMNS: &[Spec] = &[
    Spec::text("id", "id", |f, at| {
        Cell::text(&written(f, at).id).meaning(Meaning::Name)
    }),
    Spec::word("attack", Attack::NAMES, |f, at| {
        Cell::optional(f.attack(idx(at)).map(Attack::name))
    }),
    Spec::text("against", "against", |f, at| Cell::text(target_id(f, at))),
    Spec::text("against-text", "against (text)", |f, at| {
        let target = f.dossier.graph.conclusion(idx(at));
        Cell::text(&f.dossier.map.statement(target).text.value)
    }),
    Spec::text("premises", "premises", |f, at| {
        Cell::list(premises(f, idx(at)).iter().map(|premise| id(f, *premise)))
    }),
    Spec::text("text", "text", |f, at| {
        let texts = premises(f, idx(at)).iter();
        let texts: Vec<&str> = texts
            .map(|premise| f.dossier.map.statement(*premise).text.value.as_str())
            .collect();
        Cell::text(texts.join("\n"))
    }),
    Spec::text("answered-by", "answered by", answered_by),
    Spec::text("label", "label", |f, at| {
        Cell::optional(written(f, at).label.as_ref().map(|t| t.value.as_str()))
    }),
    Spec::text("scheme", "scheme", |f, at| {
        Cell::optional(written(f, at).scheme.as_ref().map(|t| t.value.as_str()))
    }),
    Spec::text("warrant", "warrant", |f, at| {
        Cell::optional(written(f, at).warrant.as_ref().map(|t| t.value.as_str()))
    }),
    Spec::number("weight", "weight", |f, at| {
        let weight = written(f, at).weight.as_ref();
        weight.map_or_else(Cell::default, |weight| Value::Number(weight.value).into())
    }),
    Spec::text("tags", "tags", |f, at| {
        Cell::list(written(f, at).tags.iter().map(|tag| tag.value.clone()))
    }),
    Spec::text("note", "note", |f, at| {
        Cell::optional(written(f, at).note.as_ref().map(|t| t.value.as_str()))
    }),
    Spec::text("place", "place", |f, at| {
        Cell::text(f.place(written(f, at).span))
    }),
];

pub(super) fn all(facts: &Facts<'_>) -> Vec<usize> {
    let inferences = facts.dossier.map.inferences.iter().enumerate();
    inferences
        .filter(|(_, inference)| inference.polarity == Polarity::Con)
        .map(|(at, _)| at)
        .collect()
}

fn idx(at: usize) -> InferenceIdx {
    InferenceIdx::new(at)
}

fn written<'d>(facts: &Facts<'d>, at: usize) -> &'d Inference {
    &facts.dossier.map.inferences[at]
}

fn id(facts: &Facts<'_>, statement: StatementIdx) -> String {
    facts.dossier.map.statement(statement).id.clone()
}

fn premises<'d>(facts: &Facts<'d>, inference: InferenceIdx) -> &'d [StatementIdx] {
    facts.dossier.graph.premises.get(inference.index())
}

fn target_id(facts: &Facts<'_>, at: usize) -> String {
    match facts.dossier.graph.targets[at] {
        Target::Statement(target) => id(facts, target),
        Target::Inference(target) => facts.dossier.map.inference(target).id.clone(),
    }
}

/// The premises of the objections to an objection: to one of its premises, or to its step.
fn answered_by(facts: &Facts<'_>, at: usize) -> Cell {
    let graph = &facts.dossier.graph;
    let of_premises = premises(facts, idx(at))
        .iter()
        .flat_map(|premise| graph.objections.get(premise.index()));
    let answers = of_premises.chain(graph.undercuts.get(at));
    let mut ids: Vec<String> = Vec::new();
    for statement in answers.flat_map(|answer| premises(facts, *answer)) {
        let id = id(facts, *statement);
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Cell::list(ids)
}
