//! Rule `unsupported-claim`.

use crate::analysis::{Dossier, Grounding};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule, Severity};

/// A claim with no reason under it.
pub(super) static RULE: Rule = Rule {
    name: "unsupported-claim",
    group: Group::Support,
    level: Level::Warning,
    summary: "a claim with no reason under it",
    page: include_str!("../../docs/rules/unsupported-claim.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for statement in dossier.graph.statements() {
        let written = dossier.map.statement(statement);
        let is_unsupported =
            dossier.analysis.support.of_statement(statement) == Grounding::Unsupported;
        if !is_unsupported || written.incomplete || written.text.value.is_empty() {
            continue;
        }
        let span = dossier.map.name_span(statement);
        let name = dossier.kind_and_name(statement);
        let finding = if written.undeveloped {
            Diagnostic::new(
                &RULE,
                span,
                format!("{name} is marked as undeveloped and has no reason yet"),
            )
            .at(Severity::Note)
        } else {
            let severity = if dossier.is_thesis(statement) {
                Severity::Error
            } else {
                Severity::Warning
            };
            Diagnostic::new(&RULE, span, format!("{name} has no reason under it")).at(severity)
        };
        let help =
            "add `reasons`; or say that it is `evidence` with a `source`, or an `assumption`";
        out.push(finding.help(help).about(statement));
    }
}
