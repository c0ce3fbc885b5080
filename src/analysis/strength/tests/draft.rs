//! Maps without text, for laws.

use proptest::prelude::*;

use crate::analysis::{Framework, Interval};
use crate::graph::{ArgumentGraph, Lists};
use crate::model::{InferenceIdx, Polarity, Standard, StatementIdx, Target};

/// A step from premises to a target.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) polarity: Polarity,
    pub(super) target: Target,
    pub(super) premises: Vec<usize>,
    pub(super) weight: f64,
}

/// A map as its framework is made from it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) is_assumed: Vec<bool>,
    pub(super) base: Vec<Interval>,
    pub(super) steps: Vec<Step>,
    pub(super) contradictions: Vec<(usize, usize)>,
}

impl Draft {
    pub(super) fn graph(&self) -> ArgumentGraph {
        let (n, m) = (self.base.len(), self.steps.len());
        let (mut premises, mut uses) = (Vec::new(), Vec::new());
        let mut sides = [Vec::new(), Vec::new(), Vec::new()];
        for (at, step) in self.steps.iter().enumerate() {
            let inference = InferenceIdx::new(at);
            for &premise in &step.premises {
                premises.push((at, StatementIdx::new(premise)));
                uses.push((premise, inference));
            }
            match (step.target, step.polarity) {
                (Target::Statement(s), Polarity::Pro) => sides[0].push((s.index(), inference)),
                (Target::Statement(s), Polarity::Con) => sides[1].push((s.index(), inference)),
                (Target::Inference(i), _) => sides[2].push((i.index(), inference)),
            }
        }
        ArgumentGraph {
            premises: Lists::group(m, &premises),
            uses: Lists::group(n, &uses),
            is_whole: self.steps.iter().map(|s| !s.premises.is_empty()).collect(),
            targets: self.steps.iter().map(|s| s.target).collect(),
            polarities: self.steps.iter().map(|s| s.polarity).collect(),
            reasons: Lists::group(n, &sides[0]),
            objections: Lists::group(n, &sides[1]),
            undercuts: Lists::group(m, &sides[2]),
            ..ArgumentGraph::default()
        }
    }

    pub(super) fn framework<'g>(&self, graph: &'g ArgumentGraph) -> Framework<'g> {
        let pairs = self.contradictions.iter();
        let both = pairs.flat_map(|&(a, b)| [(a, StatementIdx::new(b)), (b, StatementIdx::new(a))]);
        Framework {
            graph,
            is_assumed: self.is_assumed.clone(),
            base: self.base.clone(),
            standards: vec![Standard::default(); self.base.len()],
            weights: self.steps.iter().map(|step| step.weight).collect(),
            rivals: Lists::group(self.base.len(), &both.collect::<Vec<_>>()),
        }
    }

    /// The statement that a step is for or against in the end.
    pub(super) fn conclusion(&self, step: usize) -> usize {
        match self.steps[step].target {
            Target::Statement(statement) => statement.index(),
            Target::Inference(attacked) => self.conclusion(attacked.index()),
        }
    }

    /// A chain of as many statements, each the only reason for the one before.
    pub(super) fn chain(n: usize) -> Self {
        let step = |at: usize| Step {
            polarity: Polarity::Pro,
            target: Target::Statement(StatementIdx::new(at)),
            premises: vec![at + 1],
            weight: 1.0,
        };
        let is_last = |at: usize| at + 1 == n;
        Self {
            is_assumed: (0..n).map(is_last).collect(),
            base: (0..n)
                .map(|at| Interval::point(f64::from(u8::from(is_last(at)))))
                .collect(),
            steps: (0..n - 1).map(step).collect(),
            contradictions: Vec::new(),
        }
    }
}

/// What a random step is made of: for or against, a target, a step to attack instead, premises, a weight.
type Parts = (bool, usize, Option<usize>, Vec<usize>, f64);

/// Random maps of up to nine statements.
pub(super) fn drafts() -> impl Strategy<Value = Draft> {
    (2..10usize).prop_flat_map(|n| {
        let statement = (any::<bool>(), 0.05..0.95f64, 0.0..0.3f64);
        let step = (
            any::<bool>(),
            0..n,
            prop::option::weighted(0.3, 0..9usize),
            prop::collection::vec(0..n, 1..4),
            0.05..1.0f64,
        );
        let contradictions = prop::collection::vec((0..n, 0..n), 0..2);
        (
            prop::collection::vec(statement, n),
            prop::collection::vec(step, 0..14),
            contradictions,
        )
            .prop_map(|(statements, steps, contradictions)| {
                let base = |&(is_assumed, low, width): &(bool, f64, f64)| {
                    let high = (low + width).min(1.0);
                    if is_assumed {
                        Interval { low, high }
                    } else {
                        Interval::point(0.0)
                    }
                };
                Draft {
                    is_assumed: statements.iter().map(|s| s.0).collect(),
                    base: statements.iter().map(base).collect(),
                    steps: steps.iter().enumerate().map(step_of).collect(),
                    contradictions: contradictions.into_iter().filter(|(a, b)| a < b).collect(),
                }
            })
    })
}

/// A step attacks the step whose number it names where that number is smaller than its own.
fn step_of((at, (is_pro, target, attacked, premises, weight)): (usize, &Parts)) -> Step {
    let attacked = attacked.filter(|attacked| *attacked < at);
    let mut premises = premises.clone();
    premises.sort_unstable();
    premises.dedup();
    let target = match attacked {
        Some(attacked) => Target::Inference(InferenceIdx::new(attacked)),
        None => Target::Statement(StatementIdx::new(*target)),
    };
    let polarity = if *is_pro && attacked.is_none() {
        Polarity::Pro
    } else {
        Polarity::Con
    };
    Step {
        polarity,
        target,
        premises,
        weight: *weight,
    }
}

/// Random maps in which every premise comes behind what it is for or against, and no statements contradict each other
/// but claims, or a claim and what is assumed; with contradictions there may still be circles.
pub(super) fn falling_drafts() -> impl Strategy<Value = Draft> {
    drafts().prop_map(|mut draft| {
        for at in 0..draft.steps.len() {
            let conclusion = draft.conclusion(at);
            draft.steps[at]
                .premises
                .retain(|premise| *premise > conclusion);
        }
        let is_assumed = draft.is_assumed.clone();
        draft
            .contradictions
            .retain(|(a, b)| !is_assumed[*a] || !is_assumed[*b]);
        draft
    })
}

/// The same, with points for intervals.
pub(super) fn with_points(mut draft: Draft) -> Draft {
    for base in &mut draft.base {
        *base = Interval::point(base.low);
    }
    draft
}
