//! Rule `invalid-value`.

use crate::analysis::Dossier;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;
use crate::model::near::{is_sure, nearest};

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
                let message = if choices.is_empty() {
                    format!("{what} cannot be `{value}`: {rule}")
                } else {
                    format!("{what} has no value `{value}`")
                };
                let mut finding = Diagnostic::new(&RULE, problem.span, message);
                let near = nearest(value, choices.iter().copied());
                if let [only] = near[..]
                    && is_sure(value, only)
                {
                    finding = finding.fix(problem.span, only);
                }
                if let Some(help) = help(what, &near, choices) {
                    finding = finding.help(help);
                }
                out.push(finding);
            }
            ProblemKind::IncludeSameStem { stem, taken_by } => {
                let message = format!(
                    "the ids of this map would stand under `{stem}/`, as those of `{taken_by}` do"
                );
                let help = "rename one of the two files: an included map's ids stand under its file's name";
                out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
            }
            _ => {}
        }
    }
}

fn help(what: &str, near: &[&str], choices: &[&str]) -> Option<String> {
    let quoted = |words: &[&str], joint: &str| {
        words
            .iter()
            .map(|word| format!("`{word}`"))
            .collect::<Vec<_>>()
            .join(joint)
    };
    if choices.is_empty() {
        return None;
    }
    let number = match what {
        "`strength`" => " or a number from 0 to 1",
        _ => "",
    };
    let choices = format!("it can be {}{number}", quoted(choices, ", "));
    match near {
        [] => Some(choices),
        near => Some(format!(
            "did you mean {}? Otherwise {choices}",
            quoted(near, " or ")
        )),
    }
}
