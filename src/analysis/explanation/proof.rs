//! All that a verdict rests on, by shortest witnesses only.

use super::{Explanation, Failure, Opponent, Why};
use crate::model::{InferenceIdx, StatementIdx};

/// The steps that the proof of a verdict consists of.
#[derive(Clone, Debug)]
pub struct Proof {
    /// For each inference, whether it is one.
    is_used: Vec<bool>,
}

impl Proof {
    /// Whether a step belongs to it.
    pub fn uses(&self, inference: InferenceIdx) -> bool {
        self.is_used[inference.index()]
    }
}

/// What is still to be proved.
enum Open {
    Statement(StatementIdx),
    Inference(InferenceIdx),
}

impl Open {
    fn of(opponent: Opponent) -> Self {
        match opponent {
            Opponent::Objection(inference) | Opponent::Rival(_, Some(inference)) => {
                Self::Inference(inference)
            }
            Opponent::Rival(statement, None) => Self::Statement(statement),
        }
    }
}

impl Explanation<'_> {
    /// The proof of the verdict on a statement: one reason for what is in, one objection for what falls,
    /// one failing premise for a step, and so on down.
    ///
    /// O(n + m), but for one search per circle.
    pub fn proof(&self, statement: StatementIdx) -> Proof {
        let mut is_used = vec![false; self.framework.n_inferences()];
        let mut is_seen = vec![false; self.framework.n_statements()];
        let mut open = vec![Open::Statement(statement)];
        while let Some(next) = open.pop() {
            match next {
                Open::Statement(at) => {
                    if !std::mem::replace(&mut is_seen[at.index()], true) {
                        self.open_statement(at, &mut open, &mut is_seen, &mut is_used);
                    }
                }
                Open::Inference(at) => {
                    if !std::mem::replace(&mut is_used[at.index()], true) {
                        self.open_inference(at, &mut open);
                    }
                }
            }
        }
        Proof { is_used }
    }

    fn open_statement(
        &self,
        statement: StatementIdx,
        open: &mut Vec<Open>,
        is_seen: &mut [bool],
        is_used: &mut [bool],
    ) {
        match self.why(statement) {
            Why::Given | Why::Unsupported => {}
            Why::Carried { by, answered } => {
                open.extend(by.map(Open::Inference));
                for it in answered {
                    self.open_answered(statement, it, open, is_used);
                }
            }
            Why::TooWeak { pro, against } => {
                // How much it would weigh is all that counts.
                if let Some(best) = pro.best {
                    is_used[best.index()] = true;
                }
                open.extend(pro.failed.into_iter().map(Open::Inference));
                open.extend(against.map(Open::of));
            }
            Why::Defeated(by) => open.push(Open::of(by)),
            Why::NoReasonHolds(reasons) => open.extend(reasons.into_iter().map(Open::Inference)),
            Why::Circular(circle) | Why::Open(circle) => {
                let way = self.way(statement, |at| circle.contains(&at));
                let members = [way, circle].concat();
                for member in &members {
                    is_seen[member.index()] = true;
                    self.use_links(*member, &members, is_used);
                }
            }
        }
    }

    /// What speaks against a statement that stands needs no proof where it is outweighed, however it came out later.
    fn open_answered(
        &self,
        statement: StatementIdx,
        opponent: Opponent,
        open: &mut Vec<Open>,
        is_used: &mut [bool],
    ) {
        match Open::of(opponent) {
            Open::Inference(step) if !self.is_before(step, statement) => {
                is_used[step.index()] = true;
            }
            Open::Statement(rival) if !self.is_earlier(rival, statement) => {}
            settled => open.push(settled),
        }
    }

    /// Marks the steps, and the objections to steps, that tie a statement to those of a circle.
    fn use_links(&self, statement: StatementIdx, members: &[StatementIdx], is_used: &mut [bool]) {
        let graph = &self.dossier.graph;
        let at = statement.index();
        let direct = graph.reasons.get(at).iter().chain(graph.objections.get(at));
        // Each step with the one that it attacks.
        let mut steps: Vec<(InferenceIdx, Option<usize>)> = direct.map(|i| (*i, None)).collect();
        let mut next = 0;
        while let Some(&(step, _)) = steps.get(next) {
            let undercuts = graph.undercuts.get(step.index()).iter();
            steps.extend(undercuts.map(|undercut| (*undercut, Some(next))));
            next += 1;
        }
        for first in 0..steps.len() {
            let mut premises = graph.premises.get(steps[first].0.index()).iter();
            let mut tie = premises.any(|p| members.contains(p)).then_some(first);
            while let Some(at) = tie {
                is_used[steps[at].0.index()] = true;
                tie = steps[at].1;
            }
        }
    }

    fn open_inference(&self, inference: InferenceIdx, open: &mut Vec<Open>) {
        let graph = &self.dossier.graph;
        match self.failure(inference) {
            Some(Failure::Premise(premise)) => open.push(Open::Statement(premise)),
            Some(Failure::Undercut(undercut)) => open.push(Open::Inference(undercut)),
            Some(Failure::Given | Failure::UnknownPremise) => {}
            None => {
                let premises = graph.premises.get(inference.index()).iter();
                open.extend(premises.map(|premise| Open::Statement(*premise)));
                let undercuts = graph.undercuts.get(inference.index()).iter();
                open.extend(undercuts.map(|undercut| Open::Inference(*undercut)));
            }
        }
    }
}
