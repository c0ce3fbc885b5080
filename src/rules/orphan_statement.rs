//! Rule `orphan-statement`.

use rustc_hash::FxHashSet;

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::graph::reach;
use crate::model::{ProblemKind, StatementIdx};
use crate::source::Span;

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
    let excused = Excused::of(dossier);
    for group in reach::orphans(&dossier.graph) {
        if group.iter().any(|member| excused.has(dossier, *member)) {
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

/// Statements that another finding may well be the cause for: told of that, the author will tie them.
struct Excused<'d> {
    /// The ids that names which lead nowhere may have meant.
    meant: FxHashSet<&'d str>,
    /// Where ids stand that other statements have already, in document order.
    duplicates: Vec<Span>,
}

impl<'d> Excused<'d> {
    fn of(dossier: &'d Dossier) -> Self {
        let mut excused = Self {
            meant: FxHashSet::default(),
            duplicates: Vec::new(),
        };
        for problem in &dossier.problems {
            match &problem.kind {
                ProblemKind::UndefinedReference { near, .. } => {
                    excused.meant.extend(near.iter().map(String::as_str));
                }
                ProblemKind::DuplicateId { .. } => excused.duplicates.push(problem.span),
                _ => {}
            }
        }
        excused.duplicates.sort_unstable();
        excused
    }

    fn has(&self, dossier: &Dossier, statement: StatementIdx) -> bool {
        let written = dossier.map.statement(statement);
        let start = |span: &Span| (span.file, span.start);
        let next = self
            .duplicates
            .partition_point(|span| start(span) < start(&written.span));
        let has_taken_id = self
            .duplicates
            .get(next)
            .is_some_and(|span| written.span.contains(*span));
        // Under a key that is none may stand what refers to it, or what it rests on.
        let is_tied_unread =
            written.incomplete || dossier.map.unread.references.contains(&written.id);
        is_tied_unread
            || self.meant.contains(written.id.as_str())
            || (has_taken_id && !written.has_own_id())
    }
}
