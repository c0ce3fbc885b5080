//! Rule `unexpected-verdict`.

use crate::analysis::{Dossier, Explanation, Verdict};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::StatementIdx;
use crate::source::Spanned;

/// A verdict that is not what the map's `expect` says.
pub(super) static RULE: Rule = Rule {
    name: "unexpected-verdict",
    group: Group::Support,
    level: Level::Error,
    summary: "a verdict that is not the one that the map expects",
    page: include_str!("../../docs/rules/unexpected-verdict.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    // Half an argument may well come out differently.
    if dossier.map.is_incomplete() || dossier.graph.is_whole.contains(&false) {
        return;
    }
    let verdicts = &dossier.analysis.verdicts;
    let mut explanation = None;
    for (expected, statement) in dossier.graph.expected.all() {
        if verdicts.of_statement(statement.value) != Verdict::from(expected) {
            let explanation = explanation.get_or_insert_with(|| Explanation::of(dossier));
            out.push(finding(dossier, explanation, expected.into(), statement));
        }
    }
}

fn finding(
    dossier: &Dossier,
    explanation: &Explanation<'_>,
    expected: Verdict,
    statement: &Spanned<StatementIdx>,
) -> Diagnostic {
    let verdict = dossier.analysis.verdicts.of_statement(statement.value);
    let message = format!(
        "{} is {}, not {}: {}",
        dossier.kind_and_name(statement.value),
        verdict.word(),
        expected.word(),
        explanation.because(statement.value)
    );
    Diagnostic::new(&RULE, statement.span, message)
        .label(dossier.map.name_span(statement.value), "it is stated here")
        .help("mend the argument, or expect this verdict; `grounds explain` shows what it rests on")
        .about(statement.value)
}
