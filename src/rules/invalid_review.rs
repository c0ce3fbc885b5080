//! Rule `invalid-review`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A review file that is not as `grounds review` writes it.
pub(super) static RULE: Rule = Rule {
    name: "invalid-review",
    group: Group::Sources,
    level: Level::Error,
    summary: "a review file that is not as `grounds review` writes it",
    page: include_str!("../../docs/rules/invalid-review.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for fault in &dossier.reviewed.reviews.faults {
        let help = "put it right, or take the entry out and review the statement again";
        out.push(Diagnostic::new(&RULE, fault.span, &fault.message).help(help));
    }
}
