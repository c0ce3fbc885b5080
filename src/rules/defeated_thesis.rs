//! Rule `defeated-thesis`.

use crate::analysis::{Dossier, Explanation, Opponent, Verdict, Why};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule, Severity};
use crate::graph::reach;
use crate::model::StatementIdx;

/// A thesis that the evaluation does not accept, though something carries it.
pub(super) static RULE: Rule = Rule {
    name: "defeated-thesis",
    group: Group::Support,
    level: Level::Error,
    summary: "a thesis that falls to the objections in its own map",
    page: include_str!("../../docs/rules/defeated-thesis.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    // Behind a name that leads nowhere, or in what could not be read, the answer may stand.
    let is_known = !dossier.map.is_incomplete() && !dossier.graph.is_whole.contains(&false);
    let verdicts = &dossier.analysis.verdicts;
    let is_accepted = |thesis: &StatementIdx| verdicts.of_statement(*thesis) == Verdict::In;
    if !is_known || dossier.graph.theses.iter().all(is_accepted) {
        return;
    }
    let explanation = Explanation::of(dossier);
    for thesis in &dossier.graph.theses {
        // What carries nothing in the first place, and what the map itself expects, is told by other rules.
        let is_carried = !dossier.analysis.support.of_statement(*thesis).is_failing();
        let is_expected = dossier
            .graph
            .expected
            .all()
            .any(|(_, it)| it.value == *thesis);
        if is_carried
            && !is_accepted(thesis)
            && !is_expected
            && !is_contradictory(dossier, *thesis, &explanation.why(*thesis))
        {
            out.push(finding(dossier, &explanation, *thesis));
        }
    }
}

/// Whether the thesis fails for want of a reason while two premises of one conclusion on its line contradict each other,
/// which `contradictory-premises` finds.
fn is_contradictory(dossier: &Dossier, thesis: StatementIdx, why: &Why) -> bool {
    if why.opponent().is_some() {
        return false;
    }
    let graph = &dossier.graph;
    let is_on_line = reach::support_of(graph, &[thesis]);
    let conclusions = |statement: StatementIdx| {
        let uses = graph.uses.get(statement.index()).iter();
        let supported = uses.filter_map(|step| graph.supported(*step));
        supported.filter(|at| is_on_line[at.index()])
    };
    let mut pairs = graph.contradictions.iter();
    pairs.any(|(one, other)| conclusions(*one).any(|at| conclusions(*other).any(|it| it == at)))
}

fn finding(dossier: &Dossier, explanation: &Explanation<'_>, thesis: StatementIdx) -> Diagnostic {
    let verdict = dossier.analysis.verdicts.of_statement(thesis);
    let message = format!(
        "{} is {}: {}",
        dossier.kind_and_name(thesis),
        verdict.word(),
        explanation.because(thesis)
    );
    let severity = match verdict {
        Verdict::Undecided => Severity::Warning,
        _ => Severity::Error,
    };
    let help = match severity {
        Severity::Warning => "answer one of them, or say which outweighs the other",
        _ => "answer what defeats it, weaken the thesis, or give it a `standard` that it meets",
    };
    let finding = Diagnostic::new(&RULE, dossier.map.name_span(thesis), message)
        .at(severity)
        .help(help)
        .about(thesis);
    match explanation.why(thesis).opponent() {
        Some(Opponent::Objection(objection)) => {
            let premise = dossier.map.inference(objection).premises[0].span();
            finding.label(premise, "this objection holds")
        }
        Some(Opponent::Rival(rival, _)) => {
            finding.label(dossier.map.name_span(rival), "this contradicts it")
        }
        None => finding,
    }
}
