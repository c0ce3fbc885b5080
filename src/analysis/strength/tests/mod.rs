mod circles;
mod draft;
mod laws;

use super::{Aggregation, Gradient, Linked, StrengthTerms, Strengths};
use crate::analysis::vectors::{OP_ED, dossier, framework};
use crate::analysis::{Dossier, Interval, Node};
use crate::model::{InferenceIdx, StatementIdx};
use crate::source::NoFiles;

const TOLERANCE: f64 = 1e-7;

/// The statement or inference of that id.
fn node(dossier: &Dossier, id: &str) -> Node {
    let statement = dossier.map.statements.iter().position(|s| s.id == id);
    let inference = dossier.map.inferences.iter().position(|i| i.id == id);
    let statement = statement.map(|at| Node::Statement(StatementIdx::new(at)));
    let inference = inference.map(|at| Node::Inference(InferenceIdx::new(at)));
    statement.or(inference).expect("the map has it")
}

fn of_node(strengths: &Strengths, node: Node) -> Option<Interval> {
    match node {
        Node::Statement(statement) => strengths.of_statement(statement),
        Node::Inference(inference) => strengths.of_inference(inference),
    }
}

#[track_caller]
fn assert_near(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() < TOLERANCE,
        "{what}: {found} is not {expected}"
    );
}

/// Compares degrees by id.
#[track_caller]
fn check(map: &str, terms: &StrengthTerms, expected: &[(&str, f64)]) {
    let dossier = dossier(map);
    let strengths = Strengths::of(&framework(&dossier), terms);
    for (id, degree) in expected {
        let found = of_node(&strengths, node(&dossier, id)).expect("a strength");
        assert!(found.is_point());
        assert_near(found.low, *degree, id);
    }
}

fn terms(aggregation: Aggregation) -> StrengthTerms {
    StrengthTerms {
        aggregation,
        ..StrengthTerms::default()
    }
}

/// Compares degrees in all aggregations, in the order of [`Aggregation::ALL`].
#[track_caller]
fn check_all(map: &str, id: &str, expected: [f64; 3]) {
    for (aggregation, degree) in Aggregation::ALL.into_iter().zip(expected) {
        check(map, &terms(aggregation), &[(id, degree)]);
    }
}

#[test]
fn strengths_of_the_op_ed() {
    let statements = [
        ("P1", 0.9),
        ("P2", 0.64),
        ("P3", 0.7),
        ("O1", 0.18),
        ("T", 0.495_763_2),
    ];
    check(OP_ED, &StrengthTerms::default(), &statements);
    // 1 − (1 − r1)(1 − r2) is the .6397632 that speaks for the thesis, and o1 the .144 against it.
    let inferences = [("r1", 0.518_4), ("r2", 0.252), ("o1", 0.144), ("u1", 0.4)];
    check(OP_ED, &StrengthTerms::default(), &inferences);
    let pro: f64 = 1.0 - (1.0 - 0.518_4) * (1.0 - 0.252);
    assert_near(pro, 0.639_763_2, "the reasons together");
}

#[test]
fn the_weakest_of_linked_premises_may_carry_them_all() {
    let terms = StrengthTerms {
        linked: Linked::Minimum,
        ..StrengthTerms::default()
    };
    check(OP_ED, &terms, &[("P2", 0.8), ("T", 0.646_56)]);
}

#[test]
fn gradient_of_the_op_ed() {
    let dossier = dossier(OP_ED);
    let framework = framework(&dossier);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    let thesis = dossier.graph.theses[0];
    let gradient = Gradient::of(&framework, &strengths, thesis).expect("a gradient");
    let expected = [
        ("E1", 0.430_848),
        ("E2", 0.484_704),
        ("E3", 0.173_376),
        ("W1", 0.484_704),
        ("O1", -0.24),
        ("B1", 0.48),
        ("U1", -0.202_272),
        ("r1", 0.430_848),
        ("r2", 0.202_272),
        ("o1", -0.18),
    ];
    for (id, slope) in expected {
        let found = match node(&dossier, id) {
            Node::Statement(statement) => gradient.of_base(statement),
            Node::Inference(inference) => gradient.of_weight(inference),
        };
        assert_near(found, slope, id);
    }
    assert_near(gradient.of_strength(thesis), 1.0, "the thesis by itself");
    let Node::Statement(objector) = node(&dossier, "O1") else {
        unreachable!("a statement")
    };
    assert_near(gradient.of_strength(objector), -0.8, "O1 by its strength");
}

#[test]
fn the_first_of_several_weakest_premises_has_the_slope() {
    let map = "
thesis: t
claims: {t: {text: T, reasons: [{premises: [a, b, c], weight: .5}]}}
evidence: {a: {text: A, strength: .9}, b: {text: B, strength: .4}, c: {text: C, strength: .4}}";
    let dossier = dossier(map);
    let framework = framework(&dossier);
    let terms = StrengthTerms {
        linked: Linked::Minimum,
        ..StrengthTerms::default()
    };
    let strengths = Strengths::of(&framework, &terms);
    let gradient = Gradient::of(&framework, &strengths, dossier.graph.theses[0]);
    let slopes = ["a", "b", "c"].map(|id| match node(&dossier, id) {
        Node::Statement(statement) => gradient.as_ref().map(|g| g.of_base(statement)),
        Node::Inference(_) => None,
    });
    assert_eq!(slopes, [Some(0.0), Some(0.5), Some(0.0)]);
}

#[test]
fn removals_from_the_op_ed() {
    let dossier = dossier(OP_ED);
    let framework = framework(&dossier);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    let expected = [
        ("E1", 0.387_763_2),
        ("E2", 0.387_763_2),
        ("W1", 0.387_763_2),
        ("r1", 0.387_763_2),
        ("E3", 0.121_363_2),
        ("r2", 0.121_363_2),
        ("B1", 0.336),
        ("O1", -0.144),
        ("o1", -0.144),
        ("U1", -0.080_908_8),
        ("T", 0.495_763_2),
    ];
    let nodes = expected.map(|(id, _)| node(&dossier, id));
    let thesis = dossier.graph.theses[0];
    let losses = strengths.losses(&framework, thesis, &nodes, usize::MAX);
    for ((id, loss), found) in expected.into_iter().zip(losses) {
        assert_near(found.expect("a loss"), loss, id);
    }
    let few = strengths.losses(&framework, thesis, &nodes, 20);
    assert!(few[0].is_some() && few[1].is_none(), "{few:?}");
}

#[test]
fn one_supporter() {
    let map = "
thesis: t
evidence: {t: {text: T, strength: .5, reasons: [s]}, s: {text: S, strength: .8}}";
    check_all(map, "t", [0.9, 0.695_121_951, 0.645_015_863]);
}

#[test]
fn one_attacker() {
    let map = "
thesis: t
evidence: {t: {text: T, strength: .5, objections: [s]}, s: {text: S, strength: .8}}";
    check_all(map, "t", [0.1, 0.304_878_049, 0.387_587_367]);
}

const THREE_ON_ONE: &str = "
thesis: t
evidence:
  t: {text: T, strength: .5, reasons: [s1, s2], objections: [o]}
  s1: {text: S1, strength: .7}
  s2: {text: S2, strength: .6}
  o: {text: O, strength: .8, objections: [r]}
  r: {text: R, strength: .9}";

#[test]
fn two_supporters_and_an_attacker_that_is_attacked() {
    check_all(THREE_ON_ONE, "t", [0.9, 0.712_011_919, 0.602_246_455]);
    check_all(THREE_ON_ONE, "o", [0.08, 0.441_988_950, 0.728_354_315]);
}

#[test]
fn a_step_from_something_undefined_contributes_nothing() {
    let map = "
thesis: t
claims: {t: {text: T, reasons: [[a, missing]]}}
evidence: {a: A}";
    let dossier = Dossier::open("map.yaml", map.into(), &NoFiles);
    let strengths = Strengths::of(&framework(&dossier), &StrengthTerms::default());
    let inference = InferenceIdx::new(0);
    assert_eq!(
        strengths.of_inference(inference),
        Some(Interval::point(0.0))
    );
    let thesis = dossier.graph.theses[0];
    assert_eq!(strengths.of_statement(thesis), Some(Interval::point(0.0)));
}

#[test]
fn a_degree_that_is_given_stays_and_its_consequences_follow() {
    let dossier = dossier(OP_ED);
    let (Node::Statement(p2), Node::Inference(r2)) = (node(&dossier, "P2"), node(&dossier, "r2"))
    else {
        unreachable!("a statement and an inference")
    };
    let terms = StrengthTerms {
        statements: vec![(p2, 0.5)],
        inferences: vec![(r2, 0.0)],
        ..StrengthTerms::default()
    };
    // .9 · .9 · .5 for it, and .144 against it.
    check(OP_ED, &terms, &[("P2", 0.5), ("r2", 0.0), ("T", 0.261)]);
    let framework = framework(&dossier);
    let strengths = Strengths::of(&framework, &terms);
    let gradient = Gradient::of(&framework, &strengths, dossier.graph.theses[0]);
    let gradient = gradient.expect("a gradient");
    assert_near(gradient.of_base(p2), 0.0, "the base of what is given");
    assert_near(gradient.of_strength(p2), 0.81, "what is given");
    assert_near(gradient.of_weight(r2), 0.0, "the weight of what is given");
}

#[test]
fn a_word_for_a_strength_is_carried_as_an_interval() {
    let map = "
thesis: t
claims: {t: {text: T, reasons: [a], objections: [{premises: b, weight: .5}]}}
evidence: {a: {text: A, strength: very-likely}, b: {text: B, strength: unlikely}}";
    let dossier = dossier(map);
    let framework = framework(&dossier);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    let thesis = dossier.graph.theses[0];
    let found = strengths.of_statement(thesis).expect("a strength");
    assert_near(
        found.low,
        0.80 - 0.225,
        "the reason at its weakest, the objection at its strongest",
    );
    assert_near(
        found.high,
        0.95 - 0.1,
        "the reason at its strongest, the objection at its weakest",
    );
    // Losses are those at the middles.
    let loss = strengths.losses(&framework, thesis, &[node(&dossier, "b")], usize::MAX);
    assert_near(loss[0].expect("a loss"), -0.5 * 0.325, "b");
}
