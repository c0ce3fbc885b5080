//! Rule `invalid-value`.

use crate::analysis::Dossier;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::graph::near::nearest;
use crate::model::ProblemKind;

/// An unknown word, a number out of range, an id that is none.
pub(super) static RULE: Rule = Rule {
    name: "invalid-value",
    group: Group::Form,
    level: Level::Error,
    summary: "an unknown word, a number out of range, an id that is none",
    page: include_str!("../../docs/rules/invalid-value.md"),
};

pub(super) fn check(dossier: &Dossier, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        match &problem.kind {
            ProblemKind::InvalidValue {
                what,
                value,
                choices,
                rule,
            } => {
                let message = format!("{what} cannot be `{value}`: {rule}");
                let mut finding = Diagnostic::new(&RULE, problem.span, message);
                let near = nearest(value, choices.iter().copied());
                if let [only] = near[..] {
                    finding = finding.fix(problem.span, only);
                }
                if let Some(help) = help(&near, choices) {
                    finding = finding.help(help);
                }
                out.push(finding);
            }
            ProblemKind::IncludeSameStem { stem, taken_by } => {
                let message = format!("the ids of `{taken_by}` stand under `{stem}/` already");
                let help = "rename one of the two files: an included map's ids stand under its file's name";
                out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
            }
            _ => {}
        }
    }
}

fn help(near: &[&str], choices: &[&str]) -> Option<String> {
    let quoted = |words: &[&str], joint: &str| {
        words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(joint)
    };
    match (near, choices) {
        (_, []) => None,
        ([], choices) => Some(format!("it can be {}", quoted(choices, ", "))),
        (near, choices) => Some(format!(
            "did you mean {}? It can be {}",
            quoted(near, " or "),
            quoted(choices, ", ")
        )),
    }
}
