//! What speaks for and against each statement, while verdicts come in.

use super::Verdict;
use super::standard::Greatest;
use crate::analysis::framework::Framework;
use crate::graph::Lists;
use crate::model::{InferenceIdx, StatementIdx};

/// The inferences on one side of each statement, and the greatest weights among them.
pub(super) struct Side {
    /// For each statement, the inferences by falling weight.
    inferences: Lists<InferenceIdx>,
    /// For each statement, how many of them, from the front, are out.
    n_out: Vec<u32>,
    /// For each statement, the greatest weight that is in.
    holding: Vec<Greatest>,
}

impl Side {
    /// Puts the inferences of each statement in order; O(m), or O(m log m) where weights differ.
    pub(super) fn new(lists: &Lists<InferenceIdx>, weights: &[f64]) -> Self {
        let mut pairs = Vec::with_capacity(lists.n_items());
        let mut sorted: Vec<InferenceIdx> = Vec::new();
        for statement in 0..lists.len() {
            sorted.clear();
            sorted.extend(lists.get(statement));
            sorted.sort_by(|one, other| weights[other.index()].total_cmp(&weights[one.index()]));
            pairs.extend(sorted.iter().map(|inference| (statement, *inference)));
        }
        Self {
            inferences: Lists::group(lists.len(), &pairs),
            n_out: vec![0; lists.len()],
            holding: vec![None; lists.len()],
        }
    }

    /// Takes in that an inference of a statement was decided; a step over those that are out is never taken back.
    pub(super) fn decided(
        &mut self,
        statement: StatementIdx,
        inference: InferenceIdx,
        weights: &[f64],
        verdicts: &[Verdict],
    ) {
        let at = statement.index();
        if verdicts[inference.index()] == Verdict::In {
            self.holding[at] = stronger(self.holding[at], Some(weights[inference.index()]));
            return;
        }
        let rest = &self.inferences.get(at)[self.n_out[at] as usize..];
        let is_out = |inference: &&InferenceIdx| verdicts[inference.index()] == Verdict::Out;
        let n_passed = rest.iter().take_while(is_out).count();
        self.n_out[at] += u32::try_from(n_passed).expect("a map has fewer than 2^32 inferences");
    }

    /// The greatest weight of those that are in.
    pub(super) fn holding(&self, statement: StatementIdx) -> Greatest {
        self.holding[statement.index()]
    }

    /// The greatest weight of those that are not out.
    pub(super) fn possible(&self, statement: StatementIdx, weights: &[f64]) -> Greatest {
        let inferences = self.inferences.get(statement.index());
        let first = inferences.get(self.n_out[statement.index()] as usize)?;
        Some(weights[first.index()])
    }
}

/// The case for a statement as its rivals meet it: the reasons for it, and the statement itself where it is assumed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Case {
    /// The greatest weight that holds.
    pub(super) holding: Greatest,
    /// The greatest weight that may hold.
    pub(super) possible: Greatest,
}

/// For each statement with rivals, their cases together.
pub(super) struct Rivalry {
    /// For each statement, its own case as last reported.
    cases: Vec<Case>,
    /// For each statement, the strongest of its rivals' cases.
    strongest: Vec<Case>,
    /// For each statement, how many of its rivals have a possible case as strong as the strongest.
    n_strongest: Vec<u32>,
}

impl Rivalry {
    /// Empty where the map has no contradictions.
    pub(super) fn new(framework: &Framework<'_>, cases: Vec<Case>) -> Self {
        let n = cases.len();
        let mut rivalry = Self {
            cases,
            strongest: vec![Case::default(); n],
            n_strongest: vec![0; n],
        };
        for statement in (0..n).map(StatementIdx::new) {
            rivalry.compare(framework, statement);
        }
        rivalry
    }

    /// The strongest case against a statement that its rivals make.
    pub(super) fn against(&self, statement: StatementIdx) -> Case {
        self.strongest
            .get(statement.index())
            .copied()
            .unwrap_or_default()
    }

    /// Takes in a statement's new case, and says whether it changed.
    pub(super) fn update(
        &mut self,
        framework: &Framework<'_>,
        statement: StatementIdx,
        case: Case,
    ) -> bool {
        let old = std::mem::replace(&mut self.cases[statement.index()], case);
        if old == case {
            return false;
        }
        for &rival in framework.rivals.get(statement.index()) {
            let at = rival.index();
            self.strongest[at].holding = stronger(self.strongest[at].holding, case.holding);
            let was_strongest =
                old.possible.is_some() && old.possible == self.strongest[at].possible;
            if was_strongest && case.possible != old.possible {
                self.n_strongest[at] -= 1;
                if self.n_strongest[at] == 0 {
                    self.compare(framework, rival);
                }
            }
        }
        true
    }

    /// Finds the strongest among the cases of all rivals of a statement.
    fn compare(&mut self, framework: &Framework<'_>, statement: StatementIdx) {
        let rivals = framework.rivals.get(statement.index());
        let cases = rivals.iter().map(|rival| self.cases[rival.index()]);
        let together = |one: Case, other: Case| Case {
            holding: stronger(one.holding, other.holding),
            possible: stronger(one.possible, other.possible),
        };
        let strongest = cases.clone().fold(Case::default(), together);
        let as_strong =
            cases.filter(|case| case.possible.is_some() && case.possible == strongest.possible);
        self.n_strongest[statement.index()] =
            u32::try_from(as_strong.count()).expect("a map has fewer than 2^32 statements");
        self.strongest[statement.index()] = strongest;
    }
}

pub(super) fn stronger(one: Greatest, other: Greatest) -> Greatest {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.max(other)),
        (one, other) => one.or(other),
    }
}
