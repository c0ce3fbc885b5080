use proptest::prelude::*;

use super::{Explanation, Failure, Opponent, Why};
use crate::analysis::verdict::oracle::random_map;
use crate::analysis::{Dossier, Semantics, Terms, Verdict};
use crate::model::{InferenceIdx, StatementIdx};
use crate::source::NoFiles;

fn dossier(map: &str) -> Dossier {
    let dossier = Dossier::open("map.yaml", map.into(), &NoFiles);
    assert!(dossier.problems.is_empty(), "{map}\n{:?}", dossier.problems);
    dossier
}

fn named(dossier: &Dossier, id: &str) -> StatementIdx {
    let mut statements = dossier.graph.statements();
    let found = statements.find(|s| dossier.map.statement(*s).id == id);
    found.expect("the map has the statement")
}

#[track_caller]
fn check(map: &str, id: &str, expected: &str) {
    let dossier = dossier(map);
    let statement = named(&dossier, id);
    assert_eq!(Explanation::of(&dossier).because(statement), expected);
}

#[test]
fn two_that_rest_on_each_other_are_not_each_others_cause() {
    let map = "
thesis: a
claims:
  a: {text: A, reasons: [b], objections: [f]}
  b: {text: B, reasons: [a]}
assumptions: {f: F}";
    check(map, "a", "the objection `f` holds, and nothing answers it");
    check(map, "b", "its only reason fails (`a` falls to `f`)");
    let dossier = dossier(map);
    let explanation = Explanation::of(&dossier);
    for (id, steps) in [("a", &["a.o1"] as &[&str]), ("b", &["a.o1", "b.r1"])] {
        let proof = explanation.proof(named(&dossier, id));
        let used = dossier.graph.inferences().filter(|i| proof.uses(*i));
        let mut used: Vec<&str> = used.map(|i| &*dossier.map.inference(i).id).collect();
        used.sort_unstable();
        assert_eq!(used, steps, "{id}");
    }
}

#[test]
fn what_fails_because_a_statement_stands_does_not_let_it_stand() {
    let map = "
thesis: t
claims:
  t: {text: T, standard: preponderance, reasons: [e], objections: [{premises: o, weight: .5}]}
evidence: {e: E}
assumptions: {o: {text: O, objections: [t]}}";
    check(
        map,
        "t",
        "`e` holds, and the objection fails (`o` is outweighed, 0.5 to 1)",
    );
}

#[test]
fn a_standard_that_is_missed_is_named_with_its_numbers() {
    let weighed = |standard: &str, reason: &str, objection: &str| {
        format!(
            "thesis: t
claims:
  t:
    text: T
    standard: {standard}
    reasons: [{{premises: e, weight: {reason}}}]
    objections: [{{premises: o, weight: {objection}}}]
assumptions: {{e: E, o: O}}"
        )
    };
    check(
        &weighed("clear-and-convincing", ".7", ".5"),
        "t",
        "what speaks for it does not meet its standard, clear-and-convincing \
         (over 0.5 and 0.3 more than the best objection): \
         `e` weighs 0.7, the objection `o` 0.5, and nothing answers it",
    );
    check(
        &weighed("beyond-reasonable-doubt", ".9", ".3"),
        "t",
        "what speaks for it does not meet its standard, beyond-reasonable-doubt \
         (over 0.5 and 0.3 more than the best objection, which is under 0.2): \
         `e` weighs 0.9, the objection `o` 0.3, and nothing answers it",
    );
    check(
        &weighed("beyond-reasonable-doubt", ".4", ".1"),
        "t",
        "what speaks for it does not meet its standard, beyond-reasonable-doubt \
         (over 0.5 and 0.3 more than the best objection, which is under 0.2): `e` weighs 0.4",
    );
    check(
        &weighed("preponderance", ".5", ".5"),
        "t",
        "what speaks for it does not meet its standard, preponderance (more than the best objection): \
         `e` weighs 0.5, the objection `o` 0.5, and nothing answers it",
    );
}

#[test]
fn a_heavier_reason_that_fails_is_told_beside_the_one_that_is_too_light() {
    let map = "
thesis: t
claims:
  t: {text: T, standard: preponderance, reasons: [bare, {premises: [d, e], weight: .4}], objections: [{premises: [f, g], weight: .6}]}
  bare: Nothing is under it.
assumptions: {d: D, e: E, f: F, g: G}";
    check(
        map,
        "t",
        "what speaks for it does not meet its standard, preponderance (more than the best objection): \
         `d` and `e` weigh 0.4, the objection of `f` and `g` 0.6, and nothing answers it; \
         what would weigh more fails (nothing supports `bare`)",
    );
}

#[test]
fn an_objection_with_linked_premises_is_one() {
    let with = |standard: &str, rest: &str| {
        format!(
            "thesis: t\nclaims:\n  t: {{text: T, standard: {standard}, reasons: [e], objections: [{rest}]}}\n  n: N\n\
             assumptions: {{e: E, f: F, g: G}}"
        )
    };
    let linked = "{premises: [f, g], weight: .4}";
    check(
        &with("dialectical-validity", linked),
        "t",
        "the objection of `f` and `g` holds, and nothing answers it",
    );
    check(
        &with("preponderance", linked),
        "t",
        "`e` holds, and the objection fails (`f` and `g` are outweighed, 0.4 to 1)",
    );
    check(
        &with("scintilla", linked),
        "t",
        "`e` holds, and the objection fails (`f` and `g` do not count where a scintilla is enough)",
    );
    let same = "{premises: [n, f]}, {premises: [n, g]}";
    check(
        &with("dialectical-validity", same),
        "t",
        "`e` holds, and every objection fails (nothing supports `n`)",
    );
}

#[test]
fn what_is_outweighed_is_an_answer_all_the_same() {
    let map = "
thesis: t
claims:
  t: {text: T, reasons: [e], objections: [o]}
  o: {text: O, standard: preponderance, reasons: [f], objections: [{premises: g, weight: .5}]}
assumptions: {e: E, f: F, g: G}";
    check(
        map,
        "t",
        "the objection `o` holds, and what is said against it fails (`g` is outweighed, 0.5 to 1)",
    );
}

#[test]
fn evidence_of_little_strength_is_carried_by_a_better_reason() {
    let map = "
thesis: t
evidence:
  t: {text: T, strength: .3, standard: preponderance, reasons: [e], objections: [{premises: o, weight: .5}]}
assumptions: {e: E, o: O}";
    check(
        map,
        "t",
        "`e` holds, and the objection fails (`o` is outweighed, 0.5 to 1)",
    );
}

/// Holds every witness of a map against the order in which the verdicts came about.
struct Order<'e, 'd> {
    explanation: &'e Explanation<'d>,
    map: &'e str,
}

impl Order<'_, '_> {
    fn has(&self, statement: StatementIdx, before: InferenceIdx, verdict: Verdict) {
        let explanation = self.explanation;
        let is_so = explanation.step(before) == verdict;
        assert!(
            is_so && explanation.is_before(before, statement),
            "{}",
            self.map
        );
    }

    fn holds(&self, statement: StatementIdx, opponent: Opponent) {
        let explanation = self.explanation;
        match opponent {
            Opponent::Objection(step) | Opponent::Rival(_, Some(step)) => {
                self.has(statement, step, Verdict::In);
            }
            Opponent::Rival(rival, None) => {
                let is_in = explanation.verdict(rival) == Verdict::In;
                assert!(
                    is_in && explanation.is_earlier(rival, statement),
                    "{}",
                    self.map
                );
            }
        }
    }

    fn statement(&self, statement: StatementIdx) {
        let explanation = self.explanation;
        let verdicts = &explanation.dossier.analysis.verdicts;
        match explanation.why(statement) {
            Why::Carried { by, .. } => {
                if let Some(by) = by {
                    self.has(statement, by, Verdict::In);
                }
            }
            Why::Defeated(opponent) => self.holds(statement, opponent),
            Why::NoReasonHolds(reasons) => {
                for reason in reasons {
                    self.has(statement, reason, Verdict::Out);
                }
            }
            Why::TooWeak { pro, against } => {
                if let Some(opponent) = against {
                    self.holds(statement, opponent);
                }
                let own = || explanation.own_weight(statement);
                let best = pro.best.map_or_else(own, |best| explanation.weight(best));
                let con = against.map(|it| explanation.weight_of(it));
                let thresholds = explanation.dossier.analysis.terms.thresholds;
                let standard = explanation.standard(statement);
                let is_met = thresholds.is_met(standard, Some(best), con);
                assert!(!is_met && standard.asks_for_weight(), "{}", self.map);
                for failed in pro.failed {
                    assert_eq!(explanation.step(failed), Verdict::Out, "{}", self.map);
                    let is_before = explanation.is_before(failed, statement);
                    let is_unfounded = verdicts.is_unfounded[statement.index()];
                    assert!(is_before || is_unfounded, "{}", self.map);
                }
            }
            Why::Unsupported | Why::Circular(_) | Why::Open(_) | Why::Given => {}
        }
    }

    fn step(&self, step: InferenceIdx) {
        let verdicts = &self.explanation.dossier.analysis.verdicts;
        let own = verdicts.inference_order(step);
        let is_sound = match self.explanation.failure(step) {
            Some(Failure::Premise(premise)) => {
                verdicts.statement_order(premise) < own || verdicts.is_unfounded[premise.index()]
            }
            Some(Failure::Undercut(undercut)) => verdicts.inference_order(undercut) < own,
            Some(Failure::Given | Failure::UnknownPremise) | None => true,
        };
        assert!(is_sound, "{}", self.map);
    }
}

proptest! {
    #[test]
    fn every_witness_was_settled_before_what_it_settles(map in random_map()) {
        let mut dossier = dossier(&map);
        for semantics in [Semantics::WellFounded, Semantics::Grounded] {
            dossier.evaluate(Terms { semantics, ..Terms::default() });
            let explanation = &Explanation::of(&dossier);
            let order = Order { explanation, map: &map };
            dossier.graph.statements().for_each(|s| order.statement(s));
            dossier.graph.inferences().for_each(|i| order.step(i));
            for statement in dossier.graph.statements() {
                // Words and proofs come to an end.
                prop_assert!(!explanation.sentence(statement).is_empty());
                explanation.proof(statement);
            }
        }
    }
}
