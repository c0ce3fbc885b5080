//! Rule `yaml-limit`.

use crate::analysis::Dossier;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;
use crate::syntax::SyntaxErrorKind;

/// Aliases that unfold beyond the limit.
pub(super) static RULE: Rule = Rule {
    name: "yaml-limit",
    group: Group::Form,
    level: Level::Error,
    summary: "aliases that unfold beyond the limit",
    page: include_str!("../../docs/rules/yaml-limit.md"),
};

pub(super) fn check(dossier: &Dossier, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::Syntax {
            error: SyntaxErrorKind::AliasBomb { values, limit },
            ..
        } = &problem.kind
        else {
            continue;
        };
        let values = if *values == u64::MAX {
            "more than 10^19".to_owned()
        } else {
            values.to_string()
        };
        let message =
            format!("the aliases in this file stand for {values} values, and the limit is {limit}");
        out.push(Diagnostic::new(&RULE, problem.span, message).help("write the values out"));
    }
}
