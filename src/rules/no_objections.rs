//! Rule `no-objections`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A map with no objection anywhere.
pub(super) static RULE: Rule = Rule {
    name: "no-objections",
    group: Group::Support,
    level: Level::Off,
    summary: "a map with no objection anywhere",
    page: include_str!("../../docs/rules/no-objections.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let graph = &dossier.graph;
    // An objection may stand behind what could not be read.
    let may_have = dossier.map.is_incomplete() || !dossier.map.unread.prefixes.is_empty();
    if may_have || graph.inferences().any(|step| graph.is_objection(step)) {
        return;
    }
    let Some(&thesis) = graph.theses.first() else {
        return;
    };
    let message = format!(
        "nothing is said against {}, nor against anything that carries it",
        dossier.kind_and_name(thesis)
    );
    let help = "add the strongest objection that you know to `objections`, and answer it";
    out.push(
        Diagnostic::new(&RULE, dossier.map.name_span(thesis), message)
            .help(help)
            .about(thesis),
    );
}
