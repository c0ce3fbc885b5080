//! The shortest witness of a verdict.

use std::cmp::Reverse;

use super::{Explanation, Failure, Opponent, Why};
use crate::analysis::{Dossier, Verdict};
use crate::model::{InferenceIdx, Standard, StatementIdx};

impl<'d> Explanation<'d> {
    /// What settles the verdict on a statement.
    ///
    /// Among several witnesses it is the strongest, then the one that was settled first, which has the shortest proof.
    /// O(its reasons, objections and rivals), and for what is open or circular O(n + m).
    pub fn why(&self, statement: StatementIdx) -> Why {
        let given = &self.dossier.analysis.terms.statements;
        if given.iter().any(|(other, _)| *other == statement) {
            return Why::Given;
        }
        match self.verdict(statement) {
            Verdict::In => Why::Carried {
                by: self.carrier(statement),
                answered: self.opponents(statement),
            },
            Verdict::Out => self.why_out(statement),
            Verdict::Undecided => Why::Open(self.circle(statement)),
        }
    }

    /// Why a step fails; none if it does not.
    pub fn failure(&self, inference: InferenceIdx) -> Option<Failure> {
        if self.step(inference) != Verdict::Out {
            return None;
        }
        let given = &self.dossier.analysis.terms.inferences;
        if given.iter().any(|(other, _)| *other == inference) {
            return Some(Failure::Given);
        }
        if !self.framework.is_whole(inference) {
            return Some(Failure::UnknownPremise);
        }
        let (graph, verdicts) = (&self.dossier.graph, &self.dossier.analysis.verdicts);
        let premises = graph.premises.get(inference.index()).iter();
        let rejected = premises.filter(|premise| self.verdict(**premise) == Verdict::Out);
        let first_rejected = rejected.min_by_key(|premise| verdicts.statement_order(**premise));
        let undercuts = graph.undercuts.get(inference.index()).iter();
        let holding = undercuts.filter(|undercut| self.step(**undercut) == Verdict::In);
        let first_holding = holding.min_by_key(|undercut| verdicts.inference_order(**undercut));
        match (first_rejected, first_holding) {
            (_, Some(undercut)) => Some(Failure::Undercut(*undercut)),
            (Some(premise), None) => Some(Failure::Premise(*premise)),
            (None, None) => unreachable!("a step fails by a premise or by an undercut"),
        }
    }

    fn why_out(&self, statement: StatementIdx) -> Why {
        let reasons = self.dossier.graph.reasons.get(statement.index());
        let is_assumed = self.framework.is_assumed[statement.index()];
        let is_open = |reason: &&InferenceIdx| self.step(**reason) != Verdict::Out;
        let live = reasons.iter().filter(is_open);
        let own = is_assumed.then(|| self.framework.base[statement.index()].middle());
        let weights = live.map(|reason| self.framework.weights[reason.index()]);
        let best = weights.chain(own).reduce(f64::max);
        let thresholds = self.dossier.analysis.terms.thresholds;
        if thresholds.is_met(self.standard(statement), best, None)
            && let Some(opponent) = self.strongest_opponent(statement)
        {
            Why::Defeated(opponent)
        } else if best.is_some() {
            Why::TooWeak
        } else if reasons.is_empty() {
            Why::Unsupported
        } else if self.dossier.analysis.verdicts.is_unfounded[statement.index()] {
            Why::Circular(self.circle(statement))
        } else {
            Why::NoReasonHolds(reasons.to_vec())
        }
    }

    /// The reason that carries a statement, unless being assumed does.
    fn carrier(&self, statement: StatementIdx) -> Option<InferenceIdx> {
        if self.framework.is_assumed[statement.index()] {
            return None;
        }
        self.strongest(statement, self.dossier.graph.reasons.get(statement.index()))
    }

    /// Of those that hold and were settled before a statement, the strongest, then the first.
    fn strongest(&self, statement: StatementIdx, among: &[InferenceIdx]) -> Option<InferenceIdx> {
        let verdicts = &self.dossier.analysis.verdicts;
        let own = verdicts.statement_order(statement);
        let holding = among.iter().copied().filter(|inference| {
            self.step(*inference) == Verdict::In && verdicts.inference_order(*inference) < own
        });
        holding.max_by(|one, other| {
            let weight = |inference: &InferenceIdx| self.framework.weights[inference.index()];
            let order = |inference: &InferenceIdx| Reverse(verdicts.inference_order(*inference));
            weight(one)
                .total_cmp(&weight(other))
                .then_with(|| order(one).cmp(&order(other)))
        })
    }

    fn strongest_opponent(&self, statement: StatementIdx) -> Option<Opponent> {
        let graph = &self.dossier.graph;
        let objections = graph.objections.get(statement.index());
        if let Some(objection) = self.strongest(statement, objections) {
            return Some(Opponent::Objection(objection));
        }
        let rivals = self.framework.rivals.get(statement.index()).iter();
        let mut cases = rivals.filter_map(|&rival| {
            let reason = self.strongest(statement, graph.reasons.get(rival.index()));
            let is_assumed = self.framework.is_assumed[rival.index()];
            let stands = is_assumed && self.verdict(rival) == Verdict::In;
            (stands || reason.is_some()).then_some(Opponent::Rival(rival, reason))
        });
        cases.next()
    }

    /// All that speaks against a statement: its objections, and its rivals that have a case.
    fn opponents(&self, statement: StatementIdx) -> Vec<Opponent> {
        let graph = &self.dossier.graph;
        let objections = graph.objections.get(statement.index()).iter();
        let rivals = self.framework.rivals.get(statement.index()).iter();
        let rivals = rivals.filter_map(|&rival| {
            let reason = graph.reasons.get(rival.index()).first().copied();
            let is_assumed = self.framework.is_assumed[rival.index()];
            (is_assumed || reason.is_some()).then_some(Opponent::Rival(rival, reason))
        });
        objections
            .map(|objection| Opponent::Objection(*objection))
            .chain(rivals)
            .collect()
    }

    /// The standard that a statement was held to.
    pub fn standard(&self, statement: StatementIdx) -> Standard {
        let own = self.framework.standards[statement.index()];
        self.dossier.analysis.terms.standard.unwrap_or(own)
    }

    /// The dossier that is explained.
    pub fn dossier(&self) -> &'d Dossier {
        self.dossier
    }
}
