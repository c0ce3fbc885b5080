//! Rule `duplicate-key`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;

/// A key given twice.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-key",
    group: Group::Form,
    level: Level::Error,
    summary: "a key given twice",
    page: include_str!("../../docs/rules/duplicate-key.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::DuplicateKey { key, first } = &problem.kind else {
            continue;
        };
        let message = format!("the key `{key}` is given twice");
        let finding = Diagnostic::new(&RULE, problem.span, message);
        out.push(
            finding
                .label(*first, "first given here")
                .help("merge the two, or remove one"),
        );
    }
}
