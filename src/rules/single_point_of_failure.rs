//! Rule `single-point-of-failure`.

use crate::analysis::Dossier;
use crate::analysis::robustness::single_points;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::StatementKind;

/// A piece of evidence without which the thesis falls.
pub(super) static RULE: Rule = Rule {
    name: "single-point-of-failure",
    group: Group::Support,
    level: Level::Note,
    summary: "a piece of evidence without which the thesis falls",
    page: include_str!("../../docs/rules/single-point-of-failure.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for (thesis, points) in single_points(dossier) {
        for point in points {
            if dossier.map.statement(point).kind != StatementKind::Evidence {
                continue;
            }
            let message = format!(
                "{} falls without {}: no reason that stands does without it",
                dossier.kind_and_name(thesis),
                dossier.kind_and_name(point)
            );
            let help = "add a reason that does not need it, or make sure that it cannot be doubted";
            out.push(
                Diagnostic::new(&RULE, dossier.map.name_span(point), message)
                    .label(dossier.map.name_span(thesis), "this falls with it")
                    .help(help)
                    .about(point),
            );
        }
    }
}
