//! Rule `unused-source`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A source that nothing cites.
pub(super) static RULE: Rule = Rule {
    name: "unused-source",
    group: Group::Sources,
    level: Level::Note,
    summary: "a source that nothing cites",
    page: include_str!("../../docs/rules/unused-source.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    // What a fault of form hides may be the citation.
    if !dossier.problems.is_empty() {
        return;
    }
    let graph = &dossier.graph;
    let mut is_used = vec![false; dossier.map.sources.len()];
    let cited = graph
        .statements()
        .flat_map(|statement| graph.citations.get(statement.index()));
    let origins = (0..graph.origins.len()).flat_map(|source| graph.origins.get(source));
    for source in cited.chain(&graph.articles).flatten().chain(origins) {
        is_used[*source] = true;
    }
    for (source, is_used) in dossier.map.sources.iter().zip(is_used) {
        if !is_used {
            let message = format!("nothing cites the source `{}`", source.id);
            let help = "cite it where it is used, or take it out";
            out.push(Diagnostic::new(&RULE, source.id_span, message).help(help));
        }
    }
}
