//! Rule `duplicate-statement`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::StatementIdx;

/// Two statements with the same text.
pub(super) static RULE: Rule = Rule {
    name: "duplicate-statement",
    group: Group::Style,
    level: Level::Warning,
    summary: "two statements with the same text",
    page: include_str!("../../docs/rules/duplicate-statement.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let wording = &dossier.analysis.wording;
    let excused = excused(dossier);
    let mut first_with: FxHashMap<usize, StatementIdx> = FxHashMap::default();
    for statement in dossier.graph.statements() {
        if !wording.is_repeated(statement) {
            continue;
        }
        let number = wording.text_number(statement);
        let first = *first_with.entry(number).or_insert(statement);
        let place = |statement| dossier.map.statement(statement).text.span;
        // What an alias repeats was written once.
        if place(first) == place(statement) || excused.contains(&statement) {
            continue;
        }
        let message = format!(
            "{} says the same as {}",
            dossier.kind_and_name(statement),
            dossier.kind_and_name(first)
        );
        let help = "keep one of the two and refer to it by its id; or tie them with `restates` if both were said";
        out.push(
            Diagnostic::new(&RULE, place(statement), message)
                .label(place(first), "the same, but for case and punctuation")
                .help(help)
                .about(statement),
        );
    }
}

/// Statements that repeat an earlier one, and say so, or are told by `begging-the-question`.
fn excused(dossier: &Dossier) -> FxHashSet<StatementIdx> {
    let wording = &dossier.analysis.wording;
    let restated = dossier.graph.restatements.iter().copied();
    let begged = wording.begged.iter().map(|it| (it.premise, it.above));
    restated
        .chain(begged)
        .filter(|(one, other)| wording.are_same(*one, *other))
        .map(|(one, other)| one.max(other))
        .collect()
}
