//! Rule `unanswered-objection`.

use crate::analysis::Dossier;
use crate::analysis::objections::unanswered;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{InferenceIdx, Target};

/// An objection on the thesis's line that nothing answers.
pub(super) static RULE: Rule = Rule {
    name: "unanswered-objection",
    group: Group::Support,
    level: Level::Warning,
    summary: "an objection to the thesis or to what carries it, without an answer",
    page: include_str!("../../docs/rules/unanswered-objection.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for objection in unanswered(&dossier.graph) {
        if !may_be_answered(dossier, objection) {
            out.push(finding(dossier, objection));
        }
    }
}

/// Whether the answer may stand behind a syntax error, a misspelt key or a name that leads nowhere.
fn may_be_answered(dossier: &Dossier, objection: InferenceIdx) -> bool {
    let map = &dossier.map;
    let mut premises = dossier.graph.premises.get(objection.index()).iter();
    !dossier.graph.is_whole[objection.index()]
        || map.inference(objection).incomplete
        || premises.any(|premise| map.statement(*premise).incomplete)
}

fn finding(dossier: &Dossier, objection: InferenceIdx) -> Diagnostic {
    let (graph, map) = (&dossier.graph, &dossier.map);
    let premises = graph.premises.get(objection.index());
    let names: Vec<String> = premises.iter().map(|p| dossier.name(*p)).collect();
    let (against, label) = match graph.targets[objection.index()] {
        Target::Statement(target) => (
            format!("to {}", dossier.kind_and_name(target)),
            (map.name_span(target), "it is an objection to this"),
        ),
        Target::Inference(step) => (
            format!(
                "to a reason for {}",
                dossier.kind_and_name(graph.conclusion(step))
            ),
            (
                map.inference(step).premises[0].span(),
                "it is an objection to the step from here",
            ),
        ),
    };
    let message = format!(
        "nothing answers the objection {} {against}",
        names.join(" with ")
    );
    let place = dossier.place_of_use(objection, premises[0]);
    let help = "object to it or to its step, or `allow` it and say why it may stand";
    Diagnostic::new(&RULE, place, message)
        .label(label.0, label.1)
        .help(help)
        .about_inference(objection)
}
