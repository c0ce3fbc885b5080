//! The shortest witness of a verdict.

use std::cmp::Reverse;

use super::{Backing, Explanation, Failure, Opponent, Why};
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
        // One that came to hold only later may rest on this very failure.
        let undercuts = graph.undercuts.get(inference.index()).iter();
        let holding = undercuts.filter(|undercut| self.step(**undercut) == Verdict::In);
        let first_holding = holding
            .min_by_key(|undercut| verdicts.inference_order(**undercut))
            .filter(|undercut| {
                verdicts.inference_order(**undercut) < verdicts.inference_order(inference)
            });
        match (first_rejected, first_holding) {
            (_, Some(undercut)) => Some(Failure::Undercut(*undercut)),
            (Some(premise), None) => Some(Failure::Premise(*premise)),
            (None, None) => unreachable!("a step fails by a premise or by an undercut"),
        }
    }

    fn why_out(&self, statement: StatementIdx) -> Why {
        let reasons = self.dossier.graph.reasons.get(statement.index());
        let (failed, live): (Vec<InferenceIdx>, Vec<InferenceIdx>) = reasons
            .iter()
            .partition(|reason| self.had_failed(statement, **reason));
        let Some((best, weight)) = self.best(statement, &live) else {
            return if reasons.is_empty() {
                Why::Unsupported
            } else if self.dossier.analysis.verdicts.is_unfounded[statement.index()] {
                Why::Circular(self.circle(statement))
            } else {
                Why::NoReasonHolds(failed)
            };
        };
        let standard = self.standard(statement);
        let thresholds = self.dossier.analysis.terms.thresholds;
        let against = self.strongest_opponent(statement);
        let against = against.filter(|_| thresholds.is_met(standard, Some(weight), None));
        match against {
            Some(opponent) if !standard.asks_for_weight() => Why::Defeated(opponent),
            _ => {
                let would_weigh_more =
                    |it: &InferenceIdx| self.framework.weights[it.index()] > weight;
                let failed = failed.into_iter().filter(would_weigh_more).collect();
                let pro = Backing { best, failed };
                Why::TooWeak { pro, against }
            }
        }
    }

    /// Whether a reason had failed when the statement was rejected: what failed later may have failed because of that.
    ///
    /// What rests on a circle is rejected together with the reasons in it, in no order.
    fn had_failed(&self, statement: StatementIdx, reason: InferenceIdx) -> bool {
        let verdicts = &self.dossier.analysis.verdicts;
        let is_unfounded = |it: &StatementIdx| verdicts.is_unfounded[it.index()];
        let premises = self.dossier.graph.premises.get(reason.index());
        self.step(reason) == Verdict::Out
            && (verdicts.inference_order(reason) < verdicts.statement_order(statement)
                || is_unfounded(&statement) && premises.iter().any(is_unfounded))
    }

    /// The greatest of several reasons and of being assumed, with its weight; of equals being assumed, then the first.
    fn best(
        &self,
        statement: StatementIdx,
        reasons: &[InferenceIdx],
    ) -> Option<(Option<InferenceIdx>, f64)> {
        let is_assumed = self.framework.is_assumed[statement.index()];
        let own = is_assumed.then(|| (None, self.own_weight(statement)));
        let weighed = reasons.iter().map(|it| (Some(*it), self.weight(*it)));
        heaviest(own.into_iter().chain(weighed), |(_, weight)| weight)
    }

    /// The reason that carries a statement, unless being assumed does.
    pub(super) fn carrier(&self, statement: StatementIdx) -> Option<InferenceIdx> {
        let reasons = self.dossier.graph.reasons.get(statement.index());
        let reason = self.strongest(statement, reasons)?;
        let needs_reason = !self.framework.is_assumed[statement.index()]
            || self.standard(statement).asks_for_weight()
                && self.weight(reason) > self.own_weight(statement);
        needs_reason.then_some(reason)
    }

    /// What being assumed counts for.
    pub(super) fn own_weight(&self, statement: StatementIdx) -> f64 {
        self.framework.base[statement.index()].middle()
    }

    pub(super) fn weight(&self, inference: InferenceIdx) -> f64 {
        self.framework.weights[inference.index()]
    }

    /// Of those that hold and were settled before a statement, the strongest, then the first.
    fn strongest(&self, statement: StatementIdx, among: &[InferenceIdx]) -> Option<InferenceIdx> {
        let holding = among.iter().copied().filter(|inference| {
            self.step(*inference) == Verdict::In && self.is_before(*inference, statement)
        });
        let order = |inference: &InferenceIdx| {
            Reverse(self.dossier.analysis.verdicts.inference_order(*inference))
        };
        holding.max_by(|one, other| {
            let weights = self.weight(*one).total_cmp(&self.weight(*other));
            weights.then_with(|| order(one).cmp(&order(other)))
        })
    }

    /// Whether a step was settled before a statement.
    pub(super) fn is_before(&self, inference: InferenceIdx, statement: StatementIdx) -> bool {
        let verdicts = &self.dossier.analysis.verdicts;
        verdicts.inference_order(inference) < verdicts.statement_order(statement)
    }

    /// Whether the verdict on one statement was settled before that on another.
    pub(super) fn is_earlier(&self, one: StatementIdx, other: StatementIdx) -> bool {
        let verdicts = &self.dossier.analysis.verdicts;
        verdicts.statement_order(one) < verdicts.statement_order(other)
    }

    /// What holds against a statement and was settled before it: of the greatest weight the first, objections before
    /// rivals, and a rival by its reason before the rival itself.
    fn strongest_opponent(&self, statement: StatementIdx) -> Option<Opponent> {
        let graph = &self.dossier.graph;
        let objections = graph.objections.get(statement.index());
        let objection = self.strongest(statement, objections);
        let rivals = self.framework.rivals.get(statement.index()).iter();
        let cases = rivals.flat_map(|&rival| {
            let reasons = graph.reasons.get(rival.index());
            let reason = self.strongest(statement, reasons);
            let stands = self.framework.is_assumed[rival.index()]
                && self.verdict(rival) == Verdict::In
                && self.is_earlier(rival, statement);
            let by_reason = reason.map(|reason| Opponent::Rival(rival, Some(reason)));
            by_reason
                .into_iter()
                .chain(stands.then_some(Opponent::Rival(rival, None)))
        });
        let objection = objection.map(Opponent::Objection);
        heaviest(objection.into_iter().chain(cases), |it| self.weight_of(it))
    }

    /// What an opponent weighs.
    pub(super) fn weight_of(&self, opponent: Opponent) -> f64 {
        match opponent {
            Opponent::Objection(step) | Opponent::Rival(_, Some(step)) => self.weight(step),
            Opponent::Rival(rival, None) => self.own_weight(rival),
        }
    }

    /// All that speaks against a statement that stands: its objections, and for each rival that has a case the best of
    /// its reasons, and the rival itself where it is assumed.
    fn opponents(&self, statement: StatementIdx) -> Vec<Opponent> {
        let graph = &self.dossier.graph;
        let objections = graph.objections.get(statement.index()).iter();
        let rivals = self.framework.rivals.get(statement.index()).iter();
        let rivals = rivals.flat_map(|&rival| {
            let reasons = graph.reasons.get(rival.index());
            let has_failed = |it: &InferenceIdx| {
                self.step(*it) == Verdict::Out && self.is_before(*it, statement)
            };
            let live = reasons.iter().copied().filter(|it| !has_failed(it));
            let best = heaviest(live, |it| self.weight(it));
            let is_assumed = self.framework.is_assumed[rival.index()];
            // One that fails is told where there is nothing else to tell.
            let reason = best.or_else(|| reasons.first().copied().filter(|_| !is_assumed));
            let by_reason = reason.map(|reason| Opponent::Rival(rival, Some(reason)));
            let itself = is_assumed.then_some(Opponent::Rival(rival, None));
            by_reason.into_iter().chain(itself)
        });
        let objections = objections.map(|objection| Opponent::Objection(*objection));
        objections.chain(rivals).collect()
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

/// The one of the greatest weight, of equals the first.
fn heaviest<T: Copy>(all: impl Iterator<Item = T>, weight: impl Fn(T) -> f64) -> Option<T> {
    all.reduce(|best, next| {
        if weight(next) > weight(best) {
            next
        } else {
            best
        }
    })
}
