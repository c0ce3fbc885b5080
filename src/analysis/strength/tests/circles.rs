//! What depends on itself.

use super::draft::{Draft, Step};
use super::{assert_near, check, dossier, framework, node, of_node};
use crate::analysis::strength::{Gradient, StrengthTerms, Strengths};
use crate::analysis::{Interval, Node};
use crate::model::{Polarity, StatementIdx, Target};

#[track_caller]
fn check_default(map: &str, expected: &[(&str, f64)]) {
    check(map, &StrengthTerms::default(), expected);
}

#[test]
fn what_rests_only_on_itself_has_no_strength_and_attacks_nothing() {
    let map = "
thesis: x
claims:
  p: {text: P, reasons: [q]}
  q: {text: Q, reasons: [p]}
evidence:
  x: {text: X, objections: [p]}";
    check_default(map, &[("p", 0.0), ("q", 0.0), ("x", 1.0)]);
}

#[test]
fn support_from_outside_goes_round_and_does_not_come_back() {
    let map = "
thesis: p
claims:
  p: {text: P, reasons: [s, r]}
  q: {text: Q, reasons: [p]}
  s: {text: S, reasons: [{premises: q, weight: .5}]}
evidence: {r: {text: R, strength: .8}}";
    check_default(map, &[("p", 0.8), ("q", 0.8), ("s", 0.4)]);
}

#[test]
fn two_with_evidence_of_their_own_do_not_raise_each_other() {
    let map = "
thesis: p
claims:
  p: {text: P, reasons: [q, a]}
  q: {text: Q, reasons: [p, b]}
evidence: {a: {text: A, strength: .6}, b: {text: B, strength: .7}}";
    check_default(map, &[("p", 0.6), ("q", 0.7)]);
}

#[test]
fn two_that_attack_each_other_meet_half_way() {
    let map = |one: f64, other: f64| {
        format!(
            "
thesis: a
evidence:
  a: {{text: A, strength: {one}, objections: [b]}}
  b: {{text: B, strength: {other}, objections: [a]}}"
        )
    };
    check_default(&map(1.0, 1.0), &[("a", 0.5), ("b", 0.5)]);
    // a = .9 (1 − b) and b = .6 (1 − a).
    let (a, b) = (0.36 / 0.46, 0.06 / 0.46);
    check_default(&map(0.9, 0.6), &[("a", a), ("b", b)]);
}

#[test]
fn a_circle_of_three_attacks_meets_half_way() {
    let map = "
thesis: a
evidence:
  a: {text: A, objections: [c]}
  b: {text: B, objections: [a]}
  c: {text: C, objections: [b]}";
    check_default(map, &[("a", 0.5), ("b", 0.5), ("c", 0.5)]);
}

#[test]
fn reasons_in_a_circle_with_an_objection_do_not_carry_themselves() {
    let map = "
thesis: p
claims:
  p: {text: P, reasons: [q, r]}
  q: {text: Q, reasons: [p]}
evidence: {r: {text: R, objections: [q]}}";
    check_default(map, &[("p", 0.5), ("q", 0.5), ("r", 0.5)]);
}

#[test]
fn evidence_that_contradicts_evidence_is_an_objection_to_it() {
    let map = "
thesis: a
evidence:
  a: {text: A, strength: .9, contradicts: b}
  b: {text: B, strength: .6}";
    check_default(map, &[("a", 0.36 / 0.46), ("b", 0.06 / 0.46)]);
}

#[test]
fn the_reasons_for_a_claim_are_objections_to_its_rivals() {
    let map = "
thesis: p
claims:
  p: {text: P, reasons: [a], contradicts: not-p}
  not-p: {text: Q, reasons: [b]}
evidence: {a: {text: A, strength: .9}, b: {text: B, strength: .6}}";
    check_default(map, &[("p", 0.3), ("not-p", 0.0)]);
}

#[test]
fn what_is_assumed_meets_a_rival_once_with_the_reasons_for_it() {
    let map = "
thesis: p
claims:
  p: {text: P, reasons: [b], contradicts: a}
evidence:
  a: {text: A, strength: .5, reasons: [s]}
  s: {text: S, strength: .8}
  b: B";
    // The balance for a is .8 − 1, so that it falls from .5 to .4; p is what a leaves of 1.
    check_default(map, &[("a", 0.4), ("p", 0.6)]);
}

#[test]
fn contradictory_claims_that_rest_on_each_other_have_no_strength() {
    let map = "
thesis: q
claims:
  q: {text: Q, reasons: [{premises: p, objections: [u]}]}
  p: {text: P, reasons: [not-p], contradicts: not-p}
  not-p: {text: P2, reasons: [p]}
evidence: {u: U}";
    check_default(map, &[("p", 0.0), ("not-p", 0.0), ("q", 0.0)]);
}

/// a = 1 − a (1 − a): at the only solution, 1, the curve touches the diagonal, and the rounds creep.
const CREEPING: &str = "
thesis: t
claims: {t: {text: T, reasons: [a]}, u: {text: U, reasons: [e]}}
evidence:
  a: {text: A, objections: [[a, b]]}
  b: {text: B, objections: [a]}
  e: {text: E, strength: .5}";

#[test]
fn what_does_not_come_to_rest_has_no_strength_and_nothing_on_it_has() {
    let dossier = dossier(CREEPING);
    let framework = framework(&dossier);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    assert!(!strengths.is_settled());
    let found = ["a", "b", "t", "u", "e"].map(|id| of_node(&strengths, node(&dossier, id)));
    let half = Some(Interval::point(0.5));
    assert_eq!(found, [None, None, None, half, half]);
    let thesis = dossier.graph.theses[0];
    assert!(Gradient::of(&framework, &strengths, thesis).is_none());
    let nodes = [node(&dossier, "e")];
    assert_eq!(
        strengths.losses(&framework, thesis, &nodes, usize::MAX),
        [None]
    );
}

#[test]
fn the_gradient_of_a_circle_is_that_of_its_solution() {
    let map = "
thesis: t
claims: {t: {text: T, reasons: [a]}}
evidence:
  a: {text: A, strength: .9, objections: [{id: o, premises: b}]}
  b: {text: B, strength: .6, objections: [a]}";
    let dossier = dossier(map);
    let framework = framework(&dossier);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    let thesis = dossier.graph.theses[0];
    let gradient = Gradient::of(&framework, &strengths, thesis).expect("a gradient");
    // With τ and υ for the bases and w for the weight of o, a = τ (1 − w υ) / (1 − w τ υ).
    let (tau, upsilon) = (0.9, 0.6);
    let rest: f64 = 1.0 - tau * upsilon;
    let expected = [
        ("a", (1.0 - upsilon) / rest.powi(2)),
        ("b", tau * (tau - 1.0) / rest.powi(2)),
        ("o", tau * upsilon * (tau - 1.0) / rest.powi(2)),
    ];
    for (id, slope) in expected {
        let found = match node(&dossier, id) {
            Node::Statement(statement) => gradient.of_base(statement),
            Node::Inference(inference) => gradient.of_weight(inference),
        };
        assert_near(found, slope, id);
    }
    let losses = strengths.losses(&framework, thesis, &[node(&dossier, "b")], usize::MAX);
    assert_near(losses[0].expect("a loss"), 0.36 / 0.46 - 0.9, "b");
}

#[test]
fn a_long_chain_overflows_no_stack() {
    let n = 100_000;
    let mut draft = Draft::chain(n);
    let last = StatementIdx::new(n - 1);
    assert_near(strength_of_first(&draft), 1.0, "a chain");
    draft.steps.push(Step {
        polarity: Polarity::Con,
        target: Target::Statement(last),
        premises: vec![0],
        weight: 1.0,
    });
    assert_near(
        strength_of_first(&draft),
        0.5,
        "a chain that its conclusion attacks",
    );
}

fn strength_of_first(draft: &Draft) -> f64 {
    let graph = draft.graph();
    let framework = draft.framework(&graph);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    let (first, last) = (
        StatementIdx::new(0),
        StatementIdx::new(draft.base.len() - 1),
    );
    let strength = strengths.of_statement(first).expect("a strength").low;
    let gradient = Gradient::of(&framework, &strengths, first).expect("a gradient");
    // Of 1 − x = x, that is half of what it is of x = 1; and half of that, because the rest of a base is what moves.
    assert_near(gradient.of_base(last), strength * strength, "the last");
    let losses = strengths.losses(&framework, first, &[Node::Statement(last)], usize::MAX);
    assert_near(losses[0].expect("a loss"), strength, "without the last");
    strength
}
