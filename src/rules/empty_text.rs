//! Rule `empty-text`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;

/// A text with nothing in it.
pub(super) static RULE: Rule = Rule {
    name: "empty-text",
    group: Group::Form,
    level: Level::Error,
    summary: "a text with nothing in it",
    page: include_str!("../../docs/rules/empty-text.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::EmptyText { what } = &problem.kind else {
            continue;
        };
        let message = format!("{what} is empty");
        let help = "write the text, or remove the key; the word `null` needs quotes to be a text";
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}
