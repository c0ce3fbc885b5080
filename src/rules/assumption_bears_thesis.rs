//! Rule `assumption-bears-thesis`.

use crate::analysis::Dossier;
use crate::analysis::robustness::single_points;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::StatementKind;

/// An assumption without which the thesis falls.
pub(super) static RULE: Rule = Rule {
    name: "assumption-bears-thesis",
    group: Group::Support,
    level: Level::Note,
    summary: "an assumption without which the thesis falls",
    page: include_str!("../../docs/rules/assumption-bears-thesis.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for (thesis, points) in single_points(dossier) {
        for point in points {
            if dossier.map.statement(point).kind != StatementKind::Assumption {
                continue;
            }
            let message = format!(
                "{} falls without {}, which is taken for granted",
                dossier.kind_and_name(thesis),
                dossier.kind_and_name(point)
            );
            let help = "make it a claim and give reasons for it, or add a reason for the thesis that does not need it";
            out.push(
                Diagnostic::new(&RULE, dossier.map.name_span(point), message)
                    .label(dossier.map.name_span(thesis), "this falls with it")
                    .help(help)
                    .about(point),
            );
        }
    }
}
