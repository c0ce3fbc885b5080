//! Rule `duplicate-id`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;

/// An id used twice.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-id",
    group: Group::Form,
    level: Level::Error,
    summary: "an id used twice",
    page: include_str!("../../docs/rules/duplicate-id.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::DuplicateId { id, first } = &problem.kind else {
            continue;
        };
        let text = dossier.files.get(problem.span.file).text();
        let is_alias = text[problem.span.range()].starts_with('*');
        let finding = if is_alias || *first == problem.span {
            let message = format!("an alias defines `{id}` again");
            let help = "refer to the statement by its id where it is used again";
            let finding = Diagnostic::new(&RULE, problem.span, message).help(help);
            if is_alias {
                finding.label(*first, "defined here")
            } else {
                finding
            }
        } else {
            let message = format!("the id `{id}` is used twice");
            let finding = Diagnostic::new(&RULE, problem.span, message);
            finding
                .label(*first, "first used here")
                .help("give one of the two another id")
        };
        out.push(finding);
    }
}
