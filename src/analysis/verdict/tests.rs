use proptest::prelude::*;

use super::oracle::{Oracle, labels, random_map};
use super::{Semantics, Terms, Verdict, Verdicts};
use crate::analysis::vectors::{OP_ED, dossier, framework};
use crate::analysis::{Dossier, Framework, Leaves};
use crate::model::Standard;

fn evaluate(dossier: &Dossier, terms: &Terms) -> Verdicts {
    Verdicts::of(&framework(dossier), terms)
}

/// The verdicts on all statements that the author named, as `id:verdict` in document order.
fn named(dossier: &Dossier, verdicts: &Verdicts) -> String {
    let named = dossier
        .graph
        .statements()
        .filter(|s| dossier.map.statement(*s).has_own_id());
    let lines = named.map(|s| {
        let id = &dossier.map.statement(s).id;
        format!("{id}:{}", verdicts.of_statement(s).name())
    });
    lines.collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(map: &str, semantics: Semantics, expected: &str) {
    let dossier = dossier(map);
    let terms = Terms {
        semantics,
        ..Terms::default()
    };
    assert_eq!(named(&dossier, &evaluate(&dossier, &terms)), expected);
}

#[track_caller]
fn check_both(map: &str, expected: &str) {
    check(map, Semantics::Grounded, expected);
    check(map, Semantics::WellFounded, expected);
}

#[test]
fn two_that_attack_each_other_are_undecided() {
    let map = "
thesis: a
evidence:
  a: {text: A, objections: [b]}
  b: {text: B, objections: [a]}";
    check_both(map, "a:undecided b:undecided");
}

#[test]
fn an_attacked_attacker_reinstates() {
    let map = "
thesis: c
evidence:
  a: A
  b: {text: B, objections: [a]}
  c: {text: C, objections: [b]}";
    check_both(map, "a:in b:out c:in");
}

#[test]
fn a_circle_of_three_attacks_is_undecided() {
    let map = "
thesis: a
evidence:
  a: {text: A, objections: [c]}
  b: {text: B, objections: [a]}
  c: {text: C, objections: [b]}";
    check_both(map, "a:undecided b:undecided c:undecided");
}

const LOOP: &str = "
thesis: p
claims:
  p: {text: P, reasons: [q]}
  q: {text: Q, reasons: [p]}";

#[test]
fn what_rests_only_on_itself_falls_unless_grounded_semantics_leave_it_open() {
    check(LOOP, Semantics::Grounded, "p:undecided q:undecided");
    check(LOOP, Semantics::WellFounded, "p:out q:out");
}

#[test]
fn an_undercut_takes_the_step_and_leaves_the_premises() {
    let map = |light: &str| {
        format!(
            "
thesis: red
claims:
  red: {{text: Red, reasons: [{{premises: [looks-red, normally-so]{light}}}]}}
evidence:
  looks-red: Looks red
  normally-so: Normally so
  red-light: Light"
        )
    };
    let with_light = map(", objections: [red-light]");
    check_both(
        &with_light,
        "red:out looks-red:in normally-so:in red-light:in",
    );
    check_both(&map(""), "red:in looks-red:in normally-so:in red-light:in");
}

#[test]
fn a_circle_with_support_from_outside_stands() {
    let map = "
thesis: p
claims:
  p: {text: P, reasons: [q, r]}
  q: {text: Q, reasons: [p]}
evidence: {r: R}";
    check_both(map, "p:in q:in r:in");
}

#[test]
fn convergent_reasons_need_one_and_linked_premises_all() {
    let map = "
thesis: t
claims:
  t: {text: T, reasons: [p, s]}
  p: {text: P, reasons: [[q, r]]}
  s: S
evidence: {q: Q, r: R}";
    check_both(map, "t:in p:in s:out q:in r:in");
}

#[test]
fn contradictory_claims_that_rest_on_each_other_carry_nothing() {
    let map = "
thesis: q
claims:
  q: {text: Q, reasons: [{premises: p, objections: [u]}]}
  p: {text: P, reasons: [not-p], contradicts: not-p}
  not-p: {text: P2, reasons: [p]}
evidence: {u: U}";
    check(
        map,
        Semantics::Grounded,
        "q:out p:undecided not-p:undecided u:in",
    );
    check(map, Semantics::WellFounded, "q:out p:out not-p:out u:in");
}

#[test]
fn a_circular_objection_defeats_nothing() {
    let map = "
thesis: x
claims:
  p: {text: P, reasons: [q]}
  q: {text: Q, reasons: [p]}
evidence:
  x: {text: X, objections: [p]}";
    check(
        map,
        Semantics::Grounded,
        "p:undecided q:undecided x:undecided",
    );
    check(map, Semantics::WellFounded, "p:out q:out x:in");
}

#[test]
fn the_op_ed_stands_though_one_step_is_undercut() {
    check_both(
        OP_ED,
        "T:in P1:in P2:in P3:in E1:in E2:in E3:in W1:in O1:out B1:in U1:in",
    );
    let dossier = dossier(OP_ED);
    let verdicts = evaluate(&dossier, &Terms::default());
    let inferences = dossier.graph.inferences();
    let out = inferences.filter(|i| verdicts.of_inference(*i) == Verdict::Out);
    let ids: Vec<&str> = out.map(|i| dossier.map.inference(i).id.as_str()).collect();
    assert_eq!(ids, ["r2", "o1"]);
}

#[test]
fn each_standard_asks_for_more_than_the_one_before() {
    let map = |pro: f64, con: f64| {
        format!(
            "
thesis: t
claims: {{t: {{text: T, reasons: [{{premises: a, weight: {pro}}}], objections: [{{premises: b, weight: {con}}}]}}}}
evidence: {{a: A, b: B}}"
        )
    };
    let verdicts = |pro: f64, con: f64| {
        let dossier = dossier(&map(pro, con));
        let thesis = dossier.graph.theses[0];
        Standard::ALL.map(|standard| {
            let terms = Terms {
                standard: Some(standard),
                ..Terms::default()
            };
            evaluate(&dossier, &terms).of_statement(thesis) == Verdict::In
        })
    };
    assert_eq!(verdicts(0.3, 0.4), [true, false, false, false, false]);
    assert_eq!(verdicts(0.5, 0.4), [true, false, true, false, false]);
    assert_eq!(verdicts(0.8, 0.4), [true, false, true, true, false]);
    assert_eq!(verdicts(0.8, 0.1), [true, false, true, true, true]);
    // 0.8 − 0.5 is 0.3, whatever the computer's sums say.
    assert_eq!(verdicts(0.8, 0.5), [true, false, true, false, false]);
}

#[test]
fn evidence_that_contradicts_evidence_settles_nothing() {
    let map = "
thesis: t
claims: {t: {text: T, reasons: [a]}}
evidence:
  a: {text: A, contradicts: b}
  b: B";
    check_both(map, "t:undecided a:undecided b:undecided");
}

#[test]
fn a_verdict_that_is_given_stays_and_its_consequences_follow() {
    let dossier = dossier(OP_ED);
    let e1 = dossier
        .graph
        .statements()
        .find(|s| dossier.map.statement(*s).id == "E1")
        .expect("the map has it");
    let terms = Terms {
        statements: vec![(e1, Verdict::Out)],
        ..Terms::default()
    };
    let verdicts = evaluate(&dossier, &terms);
    assert_eq!(
        named(&dossier, &verdicts),
        "T:out P1:out P2:in P3:in E1:out E2:in E3:in W1:in O1:out B1:in U1:in"
    );
}

#[test]
fn bare_claims_are_given_where_leaves_are_accepted() {
    let dossier = dossier("thesis: {id: t, claim: T, reasons: [{id: a, claim: A}]}");
    let framework = Framework::of(&dossier.map, &dossier.graph, Leaves::Accept);
    let verdicts = Verdicts::of(&framework, &Terms::default());
    assert_eq!(named(&dossier, &verdicts), "t:in a:in");
    assert_eq!(named(&dossier, &dossier.analysis.verdicts), "t:out a:out");
}

fn all_labels(verdicts: &Verdicts) -> Vec<Verdict> {
    [&*verdicts.statements, &*verdicts.inferences].concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]

    #[test]
    fn verdicts_are_those_of_the_definition(map in random_map()) {
        let dossier = dossier(&map);
        let oracle = Oracle { dossier: &dossier };
        let well_founded = evaluate(&dossier, &Terms::default());
        prop_assert_eq!(all_labels(&well_founded), labels(oracle.well_founded()), "well-founded\n{}", map);
        let terms = Terms { semantics: Semantics::Grounded, ..Terms::default() };
        let grounded = evaluate(&dossier, &terms);
        prop_assert_eq!(all_labels(&grounded), labels(oracle.grounded()), "grounded\n{}", map);
        // What the grounded labelling decides, the well-founded one decides alike.
        for (one, other) in all_labels(&grounded).into_iter().zip(all_labels(&well_founded)) {
            prop_assert!(one == Verdict::Undecided || one == other);
        }
    }
}
