//! Rule `defeated-thesis`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::{Dossier, Explanation, Framework, Opponent, Verdict, Verdicts, Why};
use crate::diagnostic::{Diagnostic, Group, Level, Rule, Severity, Subject};
use crate::model::StatementIdx;

/// A thesis that the evaluation does not accept, though something carries it.
pub(super) static RULE: Rule = Rule {
    name: "defeated-thesis",
    group: Group::Support,
    level: Level::Error,
    summary: "a thesis that falls to the objections in its own map",
    page: include_str!("../../docs/rules/defeated-thesis.md"),
};

/// The rule whose findings may be all that is to be said.
const CONTRADICTION: &str = "contradictory-premises";

pub(super) fn check(dossier: &Dossier, shown: &[Diagnostic], out: &mut Vec<Diagnostic>) {
    // Behind a name that leads nowhere, or in what could not be read, the answer may stand.
    let is_known = !dossier.map.is_incomplete() && !dossier.graph.is_whole.contains(&false);
    let verdicts = &dossier.analysis.verdicts;
    let is_accepted = |thesis: &StatementIdx| verdicts.of_statement(*thesis) == Verdict::In;
    if !is_known || dossier.graph.theses.iter().all(is_accepted) {
        return;
    }
    let explanation = Explanation::of(dossier);
    let reconciled = reconciled(dossier, shown);
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
            && !is_told(reconciled.as_ref(), *thesis, &explanation.why(*thesis))
        {
            out.push(finding(dossier, &explanation, *thesis));
        }
    }
}

/// Whether the thesis fails for want of a reason, and would not if the contradictions that are shown were none.
fn is_told(reconciled: Option<&Verdicts>, thesis: StatementIdx, why: &Why) -> bool {
    let is_accepted = |verdicts: &Verdicts| verdicts.of_statement(thesis) == Verdict::In;
    why.opponent().is_none() && reconciled.is_some_and(is_accepted)
}

/// The verdicts that there would be without the contradictions between reasons that are shown; none if there are none.
///
/// One more evaluation, and for each contradiction the conclusions of the premise that has fewer.
fn reconciled(dossier: &Dossier, shown: &[Diagnostic]) -> Option<Verdicts> {
    let graph = &dossier.graph;
    let shown = shown.iter().filter(|it| it.rule.name == CONTRADICTION);
    let steps = shown.filter_map(|finding| match finding.subject {
        Some(Subject::Inference(step)) => graph.supported(step),
        _ => None,
    });
    let mut conclusions: Vec<StatementIdx> = steps.collect();
    conclusions.sort_unstable();
    conclusions.dedup();
    if conclusions.is_empty() {
        return None;
    }
    let mut carried: FxHashMap<StatementIdx, FxHashSet<StatementIdx>> = FxHashMap::default();
    for conclusion in conclusions {
        for reason in graph.reasons.get(conclusion.index()) {
            for premise in graph.premises.get(reason.index()) {
                carried.entry(*premise).or_default().insert(conclusion);
            }
        }
    }
    let is_shown = |(one, other): &(StatementIdx, StatementIdx)| {
        let (Some(one), Some(other)) = (carried.get(one), carried.get(other)) else {
            return false;
        };
        !one.is_disjoint(other)
    };
    let pairs = graph.contradictions.iter().copied().filter(is_shown);
    let terms = &dossier.analysis.terms;
    let mut framework = Framework::of(&dossier.map, graph, terms.leaves);
    framework.reconcile(&pairs.collect());
    Some(Verdicts::of(&framework, terms))
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
