//! Rule `yaml-limit`.

use crate::analysis::Dossier;
use crate::config::Config;
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

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
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
            grouped(*values)
        };
        let limit = grouped(*limit);
        let message =
            format!("the aliases in this file stand for {values} values, and the limit is {limit}");
        out.push(Diagnostic::new(&RULE, problem.span, message).help("write the values out"));
    }
}

/// A number with a comma after every three digits.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}
