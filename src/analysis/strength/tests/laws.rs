//! Laws on random maps, against the definition.

use proptest::prelude::*;

use super::draft::{Draft, drafts, falling_drafts, with_points};
use crate::analysis::strength::{Aggregation, Gradient, Linked, StrengthTerms, Strengths};
use crate::analysis::{Framework, Interval, Node};
use crate::model::{InferenceIdx, Polarity, StatementIdx, Target};

fn all_terms() -> impl Strategy<Value = StrengthTerms> {
    (
        prop::sample::select(&Aggregation::ALL[..]),
        prop::sample::select(&Linked::ALL[..]),
    )
        .prop_map(|(aggregation, linked)| StrengthTerms {
            aggregation,
            linked,
            ..StrengthTerms::default()
        })
}

/// The strengths of all statements and then all inferences.
fn all_strengths(framework: &Framework<'_>, terms: &StrengthTerms) -> Vec<Option<Interval>> {
    let strengths = Strengths::of(framework, terms);
    let statements = framework
        .graph
        .statements()
        .map(|s| strengths.of_statement(s));
    let inferences = framework
        .graph
        .inferences()
        .map(|i| strengths.of_inference(i));
    statements.chain(inferences).collect()
}

fn strengths_of(draft: &Draft, terms: &StrengthTerms) -> Vec<Option<Interval>> {
    let graph = draft.graph();
    all_strengths(&draft.framework(&graph), terms)
}

/// The definition, as literally and slowly as it can be said; nothing where it is circular.
struct Oracle<'d> {
    draft: &'d Draft,
    terms: &'d StrengthTerms,
    path: Vec<Node>,
}

impl Oracle<'_> {
    fn of_node(&mut self, node: Node) -> Option<f64> {
        if self.path.contains(&node) {
            return None;
        }
        self.path.push(node);
        let degree = match node {
            Node::Statement(statement) => self.strength(statement.index()),
            Node::Inference(inference) => self.contribution(inference.index()),
        };
        self.path.pop();
        degree
    }

    fn step(&mut self, at: usize) -> Option<f64> {
        self.of_node(Node::Inference(InferenceIdx::new(at)))
    }

    fn contributions(&mut self, target: Target, polarity: Polarity) -> Option<Vec<f64>> {
        let steps = self.draft.steps.iter().enumerate();
        let own = steps.filter(|(_, step)| step.target == target && step.polarity == polarity);
        own.map(|(at, _)| self.step(at)).collect()
    }

    fn strength(&mut self, at: usize) -> Option<f64> {
        let target = Target::Statement(StatementIdx::new(at));
        let pro = self.contributions(target, Polarity::Pro)?;
        let mut con = self.contributions(target, Polarity::Con)?;
        for &(one, other) in &self.draft.contradictions {
            for (own, rival) in [(one, other), (other, one)] {
                let rival = StatementIdx::new(rival);
                if own == at && self.draft.is_assumed[rival.index()] {
                    con.push(self.of_node(Node::Statement(rival))?);
                } else if own == at {
                    con.extend(self.contributions(Target::Statement(rival), Polarity::Pro)?);
                }
            }
        }
        let base = self.draft.base[at].middle();
        let energy = pro.iter().sum::<f64>() - con.iter().sum::<f64>();
        let missing = |side: &[f64]| side.iter().map(|c| 1.0 - c).product::<f64>();
        Some(match self.terms.aggregation {
            Aggregation::DfQuad => {
                let balance = missing(&con) - missing(&pro);
                if balance >= 0.0 {
                    base + (1.0 - base) * balance
                } else {
                    base + base * balance
                }
            }
            Aggregation::QuadraticEnergy => {
                let h = |x: f64| x.max(0.0).powi(2) / (1.0 + x.max(0.0).powi(2));
                base - base * h(-energy) + (1.0 - base) * h(energy)
            }
            Aggregation::Euler => 1.0 - (1.0 - base * base) / (1.0 + base * energy.exp()),
        })
    }

    fn contribution(&mut self, at: usize) -> Option<f64> {
        let own = &self.draft.steps[at];
        let premises = own
            .premises
            .iter()
            .map(|p| Node::Statement(StatementIdx::new(*p)));
        let premises: Vec<f64> = premises.map(|p| self.of_node(p)).collect::<Option<_>>()?;
        let carried = match self.terms.linked {
            _ if premises.is_empty() => 0.0,
            Linked::Product => premises.iter().product(),
            Linked::Minimum => premises.into_iter().fold(1.0, f64::min),
        };
        let target = Target::Inference(InferenceIdx::new(at));
        let undercuts = self.contributions(target, Polarity::Con)?;
        Some(own.weight * carried * undercuts.iter().map(|c| 1.0 - c).product::<f64>())
    }

    /// The degrees of all statements and then all inferences; nothing if any of them is circular.
    fn all(draft: &Draft, terms: &StrengthTerms) -> Option<Vec<f64>> {
        let statements = (0..draft.base.len()).map(|at| Node::Statement(StatementIdx::new(at)));
        let steps = (0..draft.steps.len()).map(|at| Node::Inference(InferenceIdx::new(at)));
        let mut oracle = Oracle {
            draft,
            terms,
            path: Vec::new(),
        };
        statements
            .chain(steps)
            .map(|node| oracle.of_node(node))
            .collect()
    }
}

/// The thesis's strength where one base or weight is moved by a little.
fn moved(draft: &Draft, terms: &StrengthTerms, node: Node, by: f64) -> f64 {
    let mut draft = draft.clone();
    match node {
        Node::Statement(statement) => {
            let base = &mut draft.base[statement.index()];
            *base = Interval::point(base.low + by);
        }
        Node::Inference(inference) => draft.steps[inference.index()].weight += by,
    }
    let strengths = strengths_of(&draft, terms);
    strengths[0].expect("a strength").low
}

fn nodes(draft: &Draft) -> Vec<Node> {
    let statements = (0..draft.base.len()).map(|at| Node::Statement(StatementIdx::new(at)));
    let steps = (0..draft.steps.len()).map(|at| Node::Inference(InferenceIdx::new(at)));
    statements.chain(steps).collect()
}

/// The same map with its statements and steps in reverse order.
fn reversed(draft: &Draft) -> Draft {
    let (n, m) = (draft.base.len(), draft.steps.len());
    let mut reversed = draft.clone();
    reversed.is_assumed.reverse();
    reversed.base.reverse();
    reversed.steps.reverse();
    for step in &mut reversed.steps {
        step.target = match step.target {
            Target::Statement(s) => Target::Statement(StatementIdx::new(n - 1 - s.index())),
            Target::Inference(i) => Target::Inference(InferenceIdx::new(m - 1 - i.index())),
        };
        for premise in &mut step.premises {
            *premise = n - 1 - *premise;
        }
    }
    for (one, other) in &mut reversed.contradictions {
        (*one, *other) = (n - 1 - *one, n - 1 - *other);
    }
    reversed
}

/// The probability that a statement is carried, when bases and weights are chances of independent events:
/// over all ways in which these could turn out.
fn reliability(draft: &Draft, statement: usize) -> f64 {
    let leaves: Vec<usize> = (0..draft.base.len())
        .filter(|at| draft.is_assumed[*at])
        .collect();
    let chances: Vec<f64> = leaves
        .iter()
        .map(|leaf| draft.base[*leaf].low)
        .chain(draft.steps.iter().map(|step| step.weight))
        .collect();
    let mut total = 0.0;
    for world in 0..1_u32 << chances.len() {
        let happens = |event: usize| world >> event & 1 == 1;
        let chance = chances.iter().enumerate();
        let chance = chance.map(|(event, p)| if happens(event) { *p } else { 1.0 - p });
        let mut is_carried = vec![false; draft.base.len()];
        for (event, leaf) in leaves.iter().enumerate() {
            is_carried[*leaf] = happens(event);
        }
        // Premises come behind their targets.
        for at in (0..draft.base.len()).rev() {
            let steps = draft.steps.iter().enumerate();
            let holds = |(event, step): (usize, &super::draft::Step)| {
                step.target == Target::Statement(StatementIdx::new(at))
                    && happens(leaves.len() + event)
                    && step.premises.iter().all(|premise| is_carried[*premise])
            };
            let is_held = steps.into_iter().any(holds);
            is_carried[at] |= is_held;
        }
        if is_carried[statement] {
            total += chance.product::<f64>();
        }
    }
    total
}

/// A tree of reasons: each statement but the first is a premise of one step, and what is no target is assumed.
fn trees() -> impl Strategy<Value = Draft> {
    let node = (any::<bool>(), 0.0..1.0f64, 0.0..1.0f64, 0..9usize);
    prop::collection::vec(node, 1..8).prop_map(|nodes| {
        let mut draft = Draft::default();
        draft.base.push(Interval::point(0.7));
        for (at, (is_linked, degree, weight, target)) in nodes.into_iter().enumerate() {
            let target = Target::Statement(StatementIdx::new(target % (at + 1)));
            draft.base.push(Interval::point(degree));
            let linked = draft
                .steps
                .iter_mut()
                .find(|step| is_linked && step.target == target);
            match linked {
                Some(step) => step.premises.push(at + 1),
                None => draft.steps.push(super::draft::Step {
                    polarity: Polarity::Pro,
                    target,
                    premises: vec![at + 1],
                    weight,
                }),
            }
        }
        draft.is_assumed = (0..draft.base.len())
            .map(|at| {
                draft
                    .steps
                    .iter()
                    .all(|s| s.target != Target::Statement(StatementIdx::new(at)))
            })
            .collect();
        for (base, is_assumed) in draft.base.iter_mut().zip(&draft.is_assumed) {
            if !is_assumed {
                *base = Interval::point(0.0);
            }
        }
        draft
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn strengths_are_those_of_the_definition(draft in falling_drafts(), terms in all_terms()) {
        let draft = with_points(draft);
        let Some(expected) = Oracle::all(&draft, &terms) else { return Ok(()) };
        for (found, expected) in strengths_of(&draft, &terms).into_iter().zip(expected) {
            let found = found.expect("a strength").low;
            prop_assert!((found - expected).abs() < 1e-12, "{found} is not {expected}\n{draft:?}");
        }
    }

    #[test]
    fn a_tree_of_reasons_is_as_strong_as_it_is_reliable(draft in trees()) {
        let strengths = strengths_of(&draft, &StrengthTerms::default());
        for (at, strength) in strengths.into_iter().take(draft.base.len()).enumerate() {
            let (found, expected) = (strength.expect("a strength").low, reliability(&draft, at));
            prop_assert!((found - expected).abs() < 1e-12, "{found} is not {expected}\n{draft:?}");
        }
    }

    #[test]
    fn the_gradient_is_what_small_changes_show(draft in falling_drafts(), terms in all_terms()) {
        let mut draft = with_points(draft);
        // At a base of 0 there is no change to the left, and where two premises are equally weak it is a matter of taste
        // which of them counts.
        for (at, base) in (0_u32..).zip(&mut draft.base) {
            *base = Interval::point((0.9 * base.low).max(0.02) + 0.0013 * f64::from(at));
        }
        if Oracle::all(&draft, &terms).is_none() {
            return Ok(());
        }
        let graph = draft.graph();
        let framework = draft.framework(&graph);
        let strengths = Strengths::of(&framework, &terms);
        let gradient = Gradient::of(&framework, &strengths, StatementIdx::new(0)).expect("a gradient");
        for node in nodes(&draft) {
            let slope = match node {
                Node::Statement(statement) => gradient.of_base(statement),
                Node::Inference(inference) => gradient.of_weight(inference),
            };
            let step = 1e-5;
            let here = moved(&draft, &terms, node, 0.0);
            let right = (moved(&draft, &terms, node, step) - here) / step;
            let left = (here - moved(&draft, &terms, node, -step)) / step;
            // At a kink the two sides differ.
            if (right - left).abs() < 1e-3 {
                prop_assert!((slope - right).abs() < 1e-3, "{node:?}: {slope} is not {right}\n{draft:?}");
            }
        }
    }

    #[test]
    fn a_loss_is_what_the_map_without_the_node_shows(draft in drafts(), terms in all_terms()) {
        let graph = draft.graph();
        let framework = draft.framework(&graph);
        let strengths = Strengths::of(&framework, &terms);
        let thesis = StatementIdx::new(0);
        let all = nodes(&draft);
        let losses = strengths.losses(&framework, thesis, &all, usize::MAX);
        let point = |terms: &StrengthTerms| {
            let middles = framework.base.iter().map(|base| Interval::point(base.middle()));
            let framework = Framework { base: middles.collect(), ..framework.clone() };
            Strengths::of(&framework, terms).of_statement(thesis).map(|strength| strength.low)
        };
        let whole = point(&terms);
        for (node, loss) in all.into_iter().zip(losses) {
            let mut without = terms.clone();
            match node {
                Node::Statement(statement) => without.statements.push((statement, 0.0)),
                Node::Inference(inference) => without.inferences.push((inference, 0.0)),
            }
            let expected = whole.and_then(|whole| Some(whole - point(&without)?));
            prop_assert_eq!(loss.is_some(), expected.is_some());
            let difference = loss.unwrap_or_default() - expected.unwrap_or_default();
            prop_assert!(difference.abs() < 1e-12, "{:?}: {:?} is not {:?}\n{:?}", node, loss, expected, draft);
        }
    }

    #[test]
    fn an_interval_has_the_strengths_of_all_choices_from_it(
        draft in falling_drafts(), terms in all_terms(), choices in prop::collection::vec(0.0..=1.0f64, 9),
    ) {
        let mut chosen = draft.clone();
        for (base, choice) in chosen.base.iter_mut().zip(choices) {
            *base = Interval::point(base.low + choice * (base.high - base.low));
        }
        if Oracle::all(&chosen, &terms).is_none() {
            return Ok(());
        }
        let pairs = strengths_of(&draft, &terms).into_iter().zip(strengths_of(&chosen, &terms));
        for (interval, point) in pairs {
            let (interval, point) = (interval.expect("a strength"), point.expect("a strength").low);
            prop_assert!(interval.low <= point + 1e-12 && point <= interval.high + 1e-12);
        }
    }

    #[test]
    fn strengths_are_degrees_and_the_order_of_the_map_does_not_matter(draft in drafts(), terms in all_terms()) {
        let n = draft.base.len();
        let forth = strengths_of(&draft, &terms);
        let back = strengths_of(&reversed(&draft), &terms);
        let (statements, inferences) = back.split_at(n);
        let mirrored = statements.iter().rev().chain(inferences.iter().rev());
        for (one, other) in forth.into_iter().zip(mirrored.copied()) {
            prop_assert_eq!(one.is_some(), other.is_some());
            let (Some(one), Some(other)) = (one, other) else { continue };
            prop_assert!((one.low - other.low).abs() < 1e-7 && (one.high - other.high).abs() < 1e-7);
            prop_assert!(0.0 <= one.low && one.low <= one.high && one.high <= 1.0, "{one:?}");
        }
    }

    #[test]
    fn reasons_alone_carry_what_is_grounded_and_nothing_else(draft in drafts()) {
        let mut draft = with_points(draft);
        draft.contradictions.clear();
        for step in &mut draft.steps {
            if step.polarity == Polarity::Con {
                step.premises.clear();
            }
        }
        let mut is_grounded = draft.is_assumed.clone();
        for _ in 0..draft.base.len() {
            for step in draft.steps.iter().filter(|step| !step.premises.is_empty()) {
                if let Target::Statement(target) = step.target {
                    is_grounded[target.index()] |= step.premises.iter().all(|p| is_grounded[*p]);
                }
            }
        }
        let strengths = strengths_of(&draft, &StrengthTerms::default());
        for (strength, is_grounded) in strengths.into_iter().zip(is_grounded) {
            let strength = strength.expect("a strength").low;
            prop_assert_eq!(strength > 0.0, is_grounded);
            prop_assert!(strength < 1.0);
        }
    }
}
