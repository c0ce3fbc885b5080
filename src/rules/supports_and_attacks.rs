//! Rule `supports-and-attacks`.

use rustc_hash::FxHashMap;

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{InferenceIdx, StatementIdx};
use crate::source::Span;

/// A statement for and against the same target.
pub(super) static RULE: Rule = Rule {
    name: "supports-and-attacks",
    group: Group::Support,
    level: Level::Error,
    summary: "a statement for and against the same target",
    page: include_str!("../../docs/rules/supports-and-attacks.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let graph = &dossier.graph;
    for target in graph.statements() {
        let (reasons, objections) = (
            graph.reasons.get(target.index()),
            graph.objections.get(target.index()),
        );
        if reasons.is_empty() || objections.is_empty() {
            continue;
        }
        let mut reason_with: FxHashMap<StatementIdx, InferenceIdx> = FxHashMap::default();
        for reason in reasons {
            for premise in graph.premises.get(reason.index()) {
                reason_with.entry(*premise).or_insert(*reason);
            }
        }
        for objection in objections {
            for premise in graph.premises.get(objection.index()) {
                let Some(reason) = reason_with.get(premise) else {
                    continue;
                };
                let places = (
                    dossier.place_of_use(*objection, *premise),
                    dossier.place_of_use(*reason, *premise),
                );
                out.push(finding(dossier, *premise, target, places));
            }
        }
    }
}

fn finding(
    dossier: &Dossier,
    premise: StatementIdx,
    target: StatementIdx,
    (against, for_it): (Span, Span),
) -> Diagnostic {
    let message = format!(
        "{} is used both for and against {}",
        dossier.name(premise),
        dossier.kind_and_name(target)
    );
    Diagnostic::new(&RULE, against, message)
        .about(premise)
        .label(for_it, "used for it here")
        .help("decide which way it counts, or split it into the two things that it says")
}
