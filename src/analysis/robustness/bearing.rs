//! What `check` asks of a whole map.

use super::{DoubleCounts, Limits, Live, SinglePoints, SourceIdx, Sources};
use crate::analysis::{Dossier, Framework, Verdict};
use crate::graph::reach;
use crate::model::{StatementIdx, StatementKind};

/// How much work `check` puts into what is counted twice: more than maps that people write ever need.
const MAX_WORK: usize = 2_000_000;

/// For each accepted thesis, the assumed statements without any of which it falls, by the reasons that stand.
///
/// A thesis that rests on one statement alone is left out: that is plain to see, and every map begins so.
/// Linear on trees.
pub fn single_points(dossier: &Dossier) -> Vec<(StatementIdx, Vec<StatementIdx>)> {
    let framework = Framework::of(&dossier.map, &dossier.graph, dossier.analysis.terms.leaves);
    let verdicts = &dossier.analysis.verdicts;
    let live = Live::standing(&framework, verdicts);
    let theses = dossier.graph.theses.iter().copied();
    let accepted = theses.filter(|thesis| verdicts.of_statement(*thesis) == Verdict::In);
    let points = accepted.filter_map(|thesis| {
        let points = SinglePoints::of(&framework, &live, thesis, &Limits::default());
        let points = points.carried()?.events;
        let rests_on = reach::support_of(&dossier.graph, &[thesis]);
        let rests_on = dossier.graph.statements().filter(|s| rests_on[s.index()]);
        let n_assumed = rests_on.filter(|s| framework.is_assumed[s.index()]).count();
        (n_assumed > 1).then_some((thesis, points))
    });
    points.collect()
}

/// The claims with two or more reasons and pieces of evidence that all come from one source, with that source,
/// but for those that carry another such claim.
///
/// O(n + m).
pub fn single_sources(dossier: &Dossier) -> Vec<(StatementIdx, SourceIdx)> {
    let graph = &dossier.graph;
    let framework = Framework::of(&dossier.map, graph, dossier.analysis.terms.leaves);
    let live = Live::drawn(&framework);
    let sources = Sources::of(&dossier.map, &framework, &live);
    let n_reasons = |claim: StatementIdx| {
        let reasons = graph.reasons.get(claim.index()).iter();
        reasons.filter(|reason| live.counts(**reason)).count()
    };
    let evidence = evidence_under(dossier, &live);
    let is_one_sided = |claim: &StatementIdx| {
        let is_claim = !framework.is_assumed[claim.index()];
        is_claim && n_reasons(*claim) > 1 && evidence[claim.index()] == Pieces::Several
    };
    let found: Vec<Option<SourceIdx>> = graph
        .statements()
        .map(|claim| {
            sources
                .single_source(claim)
                .filter(|_| is_one_sided(&claim))
        })
        .collect();
    // What is found of a claim is told of all that carries it.
    let mut is_told = vec![false; graph.n_statements()];
    let mut open: Vec<StatementIdx> = graph
        .statements()
        .filter(|claim| found[claim.index()].is_some())
        .collect();
    while let Some(claim) = open.pop() {
        for reason in graph.reasons.get(claim.index()) {
            for &premise in graph.premises.get(reason.index()) {
                if !std::mem::replace(&mut is_told[premise.index()], true) {
                    open.push(premise);
                }
            }
        }
    }
    let claims = graph.statements().filter(|claim| !is_told[claim.index()]);
    claims
        .filter_map(|claim| Some((claim, found[claim.index()]?)))
        .collect()
}

/// How much evidence there is, as far as it matters: this only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pieces {
    None,
    One(StatementIdx),
    Several,
}

impl Pieces {
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, known) | (known, Self::None) => known,
            (one, same) if one == same => one,
            _ => Self::Several,
        }
    }
}

/// For each statement, the evidence that it is or rests on; each grows at most twice, so O(n + m).
fn evidence_under(dossier: &Dossier, live: &Live) -> Vec<Pieces> {
    let graph = &dossier.graph;
    let mut pieces = vec![Pieces::None; graph.n_statements()];
    let is_evidence =
        |at: &StatementIdx| dossier.map.statement(*at).kind == StatementKind::Evidence;
    let mut grown: Vec<StatementIdx> = graph.statements().filter(is_evidence).collect();
    for &evidence in &grown {
        pieces[evidence.index()] = Pieces::One(evidence);
    }
    while let Some(at) = grown.pop() {
        let uses = graph.uses.get(at.index()).iter();
        for step in uses.filter(|step| live.counts(**step)) {
            let Some(target) = graph.supported(*step) else {
                continue;
            };
            let sum = pieces[target.index()].and(pieces[at.index()]);
            if sum != pieces[target.index()] {
                pieces[target.index()] = sum;
                grown.push(target);
            }
        }
    }
    pieces
}

/// The statements that reach a claim by two of its reasons, by the reasons as drawn.
pub fn double_counts(dossier: &Dossier) -> DoubleCounts {
    let framework = Framework::of(&dossier.map, &dossier.graph, dossier.analysis.terms.leaves);
    let live = Live::drawn(&framework);
    let limits = Limits {
        max_work: MAX_WORK,
        ..Limits::default()
    };
    DoubleCounts::of(&framework, &live, &limits)
}
