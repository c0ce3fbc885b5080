//! Rule `orphan-statement`.

use rustc_hash::FxHashSet;

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::graph::reach;
use crate::model::{ProblemKind, StatementIdx};

/// A statement that nothing ties to the thesis.
pub(super) static RULE: Rule = Rule {
    name: "orphan-statement",
    group: Group::Support,
    level: Level::Warning,
    summary: "a statement that nothing ties to the thesis",
    page: include_str!("../../docs/rules/orphan-statement.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    // Without a thesis everything would be an orphan, and what ties it may stand behind a syntax error.
    if dossier.graph.theses.is_empty() || dossier.map.is_incomplete() {
        return;
    }
    let meant = ids_meant(dossier);
    for group in reach::orphans(&dossier.graph) {
        let id = |member: &StatementIdx| dossier.map.statement(*member).id.as_str();
        if group.iter().any(|member| meant.contains(id(member))) {
            continue;
        }
        let first = group[0];
        let with = match group.len() - 1 {
            0 => String::new(),
            1 => ", nor the statement connected with it".to_owned(),
            n => format!(", nor the {n} statements connected with it"),
        };
        let name = dossier.kind_and_name(first);
        let message = format!("nothing ties {name} to the thesis{with}");
        let mut finding = Diagnostic::new(&RULE, dossier.map.name_span(first), message);
        for other in group.iter().skip(1).take(3) {
            finding = finding.label(dossier.map.name_span(*other), "connected with it");
        }
        let help = "use it in a reason or an objection, or remove it";
        out.push(finding.help(help).about(first));
    }
}

/// The ids that names which lead nowhere may have meant: told of such a name, the author will tie its statement.
fn ids_meant(dossier: &Dossier) -> FxHashSet<&str> {
    let near = dossier
        .problems
        .iter()
        .filter_map(|problem| match &problem.kind {
            ProblemKind::UndefinedReference { near, .. } => Some(near),
            _ => None,
        });
    near.flatten().map(String::as_str).collect()
}
