//! Rule `undefined-reference`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::near::is_slip;
use crate::model::{Instead, ProblemKind};

/// An id that no statement has.
pub(super) static RULE: Rule = Rule {
    name: "undefined-reference",
    group: Group::Form,
    level: Level::Error,
    summary: "an id that no statement has",
    page: include_str!("../../docs/rules/undefined-reference.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::UndefinedReference {
            name,
            near,
            instead,
        } = &problem.kind
        else {
            continue;
        };
        let message = format!("no statement has the id `{name}`");
        let mut finding = Diagnostic::new(&RULE, problem.span, message);
        if let [only] = &near[..]
            && is_slip(name, only)
        {
            finding = finding.fix(problem.span, only);
        }
        if let Some(Instead::AutomaticId(span)) = instead {
            finding = finding.label(*span, "this statement has no id of its own");
        }
        out.push(finding.help(help(near, *instead)));
    }
}

fn help(near: &[String], instead: Option<Instead>) -> String {
    match instead {
        Some(Instead::Source) => {
            "a source has this id: to cite it, write it under `source`, beside the text of the evidence"
        }
        Some(Instead::Inference) => {
            "a reason or objection has this id: to attack a step, write the objection under its `objections`"
        }
        Some(Instead::AutomaticId(_)) => {
            "this id was made from a statement's first words: give that statement an `id` to refer to it"
        }
        Some(Instead::ShortAnswer) => {
            "an answer of one word is an id: write the answer as a sentence, or define a statement with this id"
        }
        None if near.is_empty() => {
            "define it under `claims`, `evidence` or `assumptions`; a text of one word needs `claim: `"
        }
        None => {
            let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
            return format!("did you mean {}?", near.join(" or "));
        }
    }
    .to_owned()
}
