//! Rule `ungrounded-claim`.

use crate::analysis::{Dossier, Grounding};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule, Severity};
use crate::model::StatementIdx;

/// A claim whose reasons never reach evidence or an assumption.
pub(super) static RULE: Rule = Rule {
    name: "ungrounded-claim",
    group: Group::Support,
    level: Level::Warning,
    summary: "a claim whose reasons never reach evidence or an assumption",
    page: include_str!("../../docs/rules/ungrounded-claim.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let support = &dossier.analysis.support;
    for statement in dossier.graph.statements() {
        let leaves = support.failing_leaves(statement);
        let at = statement.index();
        let is_ungrounded = support.of_statement(statement) == Grounding::Ungrounded;
        // Members of a circle are told by `circular-reasoning`, and names that lead nowhere by rules of form.
        if !is_ungrounded || support.is_circular[at] || support.is_open[at] || leaves.is_empty() {
            continue;
        }
        out.push(finding(dossier, statement, leaves));
    }
}

fn finding(dossier: &Dossier, statement: StatementIdx, leaves: &[StatementIdx]) -> Diagnostic {
    let names: Vec<String> = leaves.iter().map(|leaf| dossier.name(*leaf)).collect();
    let message = format!(
        "every reason for {} depends on something with no evidence or assumption under it: {}",
        dossier.kind_and_name(statement),
        names.join(", ")
    );
    let mut finding = Diagnostic::new(&RULE, dossier.map.name_span(statement), message);
    for leaf in leaves {
        let is_circular = dossier.analysis.support.is_circular[leaf.index()];
        let text = if is_circular {
            "rests only on itself"
        } else {
            "has no reason under it"
        };
        finding = finding.label(dossier.map.name_span(*leaf), text);
    }
    if leaves
        .iter()
        .all(|leaf| dossier.map.statement(*leaf).undeveloped)
    {
        finding = finding.at(Severity::Note);
    }
    finding
        .help("give one chain of its reasons evidence or an assumption to end in")
        .about(statement)
}
