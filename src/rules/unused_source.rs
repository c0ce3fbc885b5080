//! Rule `unused-source`.

use rustc_hash::FxHashSet;

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{Absent, Instead, Problem, ProblemKind};
use crate::source::Span;

/// A source that nothing cites.
pub(super) static RULE: Rule = Rule {
    name: "unused-source",
    group: Group::Sources,
    level: Level::Note,
    summary: "a source that nothing cites",
    page: include_str!("../../docs/rules/unused-source.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let map = &dossier.map;
    let is_cut_short = map.is_incomplete() || !map.unread.prefixes.is_empty();
    if is_cut_short || dossier.problems.iter().any(|it| may_be_citation(&it.kind)) {
        return;
    }
    let duplicates: FxHashSet<Span> = dossier.problems.iter().filter_map(duplicate).collect();
    let graph = &dossier.graph;
    let mut is_used = vec![false; map.sources.len()];
    let cited = graph
        .statements()
        .flat_map(|statement| graph.citations.get(statement.index()));
    let origins = (0..graph.origins.len()).flat_map(|source| graph.origins.get(source));
    for source in cited.chain(&graph.articles).flatten().chain(origins) {
        is_used[*source] = true;
    }
    for (source, is_used) in map.sources.iter().zip(is_used) {
        // Of two with one id, either may be what is cited.
        let is_used = is_used || duplicates.contains(&source.id_span);
        if !is_used && !map.unread.references.contains(&source.id) {
            let message = format!("nothing cites the source `{}`", source.id);
            let help = "cite it where it is used, or take it out";
            out.push(Diagnostic::new(&RULE, source.id_span, message).help(help));
        }
    }
}

/// Whether a fault stands where a source is cited, so that any may have been meant.
///
/// What is passed over for a wrong key or a wrong shape is searched for names instead.
fn may_be_citation(fault: &ProblemKind) -> bool {
    match fault {
        ProblemKind::InvalidValue { what, .. } | ProblemKind::EmptyText { what } => {
            matches!(
                &**what,
                "`source`" | "`id`" | "`article`" | "`derived-from`"
            )
        }
        ProblemKind::Missing(Absent::SourceId)
        | ProblemKind::UndefinedSource { .. }
        | ProblemKind::UndefinedReference {
            instead: Some(Instead::Source),
            ..
        }
        | ProblemKind::NotText(_)
        | ProblemKind::Syntax { .. }
        | ProblemKind::Foreign { .. } => true,
        _ => false,
    }
}

fn duplicate(problem: &Problem) -> Option<Span> {
    let is_it = matches!(problem.kind, ProblemKind::DuplicateId { .. });
    is_it.then_some(problem.span)
}
