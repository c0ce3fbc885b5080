//! Rule `unsourced-evidence`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::StatementKind;

/// Evidence without a citation.
pub(super) static RULE: Rule = Rule {
    name: "unsourced-evidence",
    group: Group::Support,
    level: Level::Warning,
    summary: "evidence without a citation",
    page: include_str!("../../docs/rules/unsourced-evidence.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for statement in dossier.graph.statements() {
        let written = dossier.map.statement(statement);
        if written.kind != StatementKind::Evidence || written.incomplete {
            continue;
        }
        let has_article = dossier.map.part(written.span.file).article.is_some();
        let has_place = written.at.is_some() || written.quote.is_some();
        if !written.citations.is_empty() || (has_article && has_place) {
            continue;
        }
        let name = dossier.kind_and_name(statement);
        let span = dossier.map.name_span(statement);
        let finding = Diagnostic::new(&RULE, span, format!("{name} cites no source"));
        let help = if has_place {
            "`at` and `quote` speak of the map's `article`: name it at the top level, or add a `source`"
        } else {
            "add `source:` with the id of a source, or `at:` with the place in the map's `article`"
        };
        out.push(finding.help(help).about(statement));
    }
}
