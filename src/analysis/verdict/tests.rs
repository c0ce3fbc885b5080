use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Semantics, Terms, Thresholds, Verdict, Verdicts};
use crate::analysis::{Dossier, Framework, Leaves};
use crate::model::{InferenceIdx, Polarity, Standard, StatementIdx, Target};
use crate::source::NoFiles;

fn dossier(map: &str) -> Dossier {
    let dossier = Dossier::open("map.yaml", map.into(), &NoFiles);
    assert!(dossier.problems.is_empty(), "{map}\n{:?}", dossier.problems);
    dossier
}

fn evaluate(dossier: &Dossier, terms: &Terms) -> Verdicts {
    let framework = Framework::of(&dossier.map, &dossier.graph, Leaves::Question);
    Verdicts::of(&framework, terms)
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

const OP_ED: &str = "
thesis: T
claims:
  T:
    text: T
    reasons:
      - {id: r1, premises: [P1, P2], weight: .9}
      - {id: r2, premises: P3, weight: .6, objections: [{id: u1, premises: U1}]}
    objections: [{id: o1, premises: O1, weight: .8}]
  P1: {text: P1, reasons: [E1]}
  P2: {text: P2, reasons: [[E2, W1]]}
  P3: {text: P3, reasons: [E3]}
evidence:
  E1: {text: E1, strength: .9}
  E2: {text: E2, strength: .8}
  E3: {text: E3, strength: .7}
  W1: {text: W1, strength: .8}
  O1: {text: O1, strength: .6, objections: [{id: b1, premises: B1}]}
  B1: {text: B1, strength: .7}
  U1: {text: U1, strength: .4}";

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

/// A random map of statements `s0`, `s1`, … with linked premises, undercuts, weights, standards and contradictions.
fn random_map() -> impl Strategy<Value = String> {
    let n = 2..8usize;
    n.prop_flat_map(|n| {
        let statement = (0..3u8, 0..5usize, prop::option::of(0..n));
        let inference = (
            any::<bool>(),
            0..n,
            prop::option::of(0..9usize),
            prop::collection::vec(0..n, 1..3),
            1..5u8,
        );
        (
            prop::collection::vec(statement, n),
            prop::collection::vec(inference, 0..12),
        )
            .prop_map(|(statements, inferences)| write_map(&statements, &inferences))
    })
}

type RandomStatement = (u8, usize, Option<usize>);
type RandomInference = (bool, usize, Option<usize>, Vec<usize>, u8);

/// An inference attacks the step whose number it names where that number is smaller than its own.
fn write_map(statements: &[RandomStatement], inferences: &[RandomInference]) -> String {
    let undercuts = |of: usize| {
        let own = inferences.iter().enumerate();
        own.filter(move |(at, (_, _, step, _, _))| *at > of && *step == Some(of))
    };
    let is_undercut = |at: usize| inferences[at].2.is_some_and(|step| step < at);
    // Deeper steps are written first, so that every step can hold its own undercuts.
    let mut written = vec![String::new(); inferences.len()];
    for (at, (_, _, _, premises, weight)) in inferences.iter().enumerate().rev() {
        let premises: Vec<String> = premises.iter().map(|p| format!("s{p}")).collect();
        let attacks: Vec<&str> = undercuts(at).map(|(u, _)| &*written[u]).collect();
        written[at] = format!(
            "{{premises: [{}], weight: 0.{weight}, objections: [{}]}}",
            premises.join(", "),
            attacks.join(", ")
        );
    }
    let mut map = String::from("thesis: s0\n");
    for (section, kind) in [("claims", 0), ("evidence", 1)] {
        let _ = writeln!(map, "{section}:");
        for (at, (own_kind, standard, rival)) in statements.iter().enumerate() {
            if (*own_kind == 1) != (kind == 1) {
                continue;
            }
            let list = |pro: bool| {
                let direct = inferences.iter().enumerate();
                let direct = direct.filter(|(i, (is_pro, target, ..))| {
                    *is_pro == pro && *target == at && !is_undercut(*i)
                });
                direct
                    .map(|(i, _)| &*written[i])
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let standard = Standard::NAMES[*standard];
            let rival = rival
                .filter(|r| *r != at)
                .map_or(String::new(), |r| format!(", contradicts: s{r}"));
            let _ = writeln!(
                map,
                "  s{at}: {{text: S{at}, standard: {standard}, reasons: [{}], objections: [{}]{rival}}}",
                list(true),
                list(false)
            );
        }
    }
    map
}

/// The definition, as literally and slowly as it can be said.
struct Oracle<'d> {
    dossier: &'d Dossier,
}

/// A set of statements and a set of inferences.
type Model = (Vec<bool>, Vec<bool>);

impl Oracle<'_> {
    fn weight(&self, i: InferenceIdx) -> f64 {
        self.dossier
            .map
            .inference(i)
            .weight
            .as_ref()
            .map_or(1.0, |w| w.value)
    }

    fn targets(&self, s: StatementIdx, polarity: Polarity) -> Vec<InferenceIdx> {
        let graph = &self.dossier.graph;
        graph
            .inferences()
            .filter(|i| {
                graph.targets[i.index()] == Target::Statement(s)
                    && graph.polarities[i.index()] == polarity
            })
            .collect()
    }

    fn rivals(&self, s: StatementIdx) -> Vec<StatementIdx> {
        let pairs = self.dossier.graph.contradictions.iter();
        pairs
            .filter_map(|(a, b)| match (*a == s, *b == s) {
                (true, false) => Some(*b),
                (false, true) => Some(*a),
                _ => None,
            })
            .collect()
    }

    fn is_assumed(&self, s: StatementIdx) -> bool {
        self.dossier.map.statement(s).kind.is_assumed()
    }

    /// Whether a statement is carried by reasons from `pro` against objections from `con`.
    fn stands(&self, s: StatementIdx, pro: &Model, con: &Model) -> bool {
        let holding = |list: Vec<InferenceIdx>, model: &Model| -> Vec<f64> {
            let held = list.into_iter().filter(|i| model.1[i.index()]);
            held.map(|i| self.weight(i)).collect()
        };
        let mut pros = holding(self.targets(s, Polarity::Pro), pro);
        if self.is_assumed(s) {
            pros.push(1.0);
        }
        let mut cons = holding(self.targets(s, Polarity::Con), con);
        for rival in self.rivals(s) {
            cons.extend(holding(self.targets(rival, Polarity::Pro), con));
            if self.is_assumed(rival) && con.0[rival.index()] {
                cons.push(1.0);
            }
        }
        let greatest = |weights: Vec<f64>| weights.into_iter().reduce(f64::max);
        let standard = self
            .dossier
            .map
            .statement(s)
            .standard
            .as_ref()
            .map_or(Standard::default(), |s| s.value);
        Thresholds::default().is_met(standard, greatest(pros), greatest(cons))
    }

    fn holds(&self, i: InferenceIdx, pro: &Model, con: &Model) -> bool {
        let graph = &self.dossier.graph;
        let premises = graph
            .premises
            .get(i.index())
            .iter()
            .all(|p| pro.0[p.index()]);
        let undercuts = graph
            .inferences()
            .filter(|u| graph.targets[u.index()] == Target::Inference(i));
        premises && undercuts.into_iter().all(|u| !con.1[u.index()])
    }

    fn all(&self, value: bool) -> Model {
        let graph = &self.dossier.graph;
        (
            vec![value; graph.n_statements()],
            vec![value; graph.n_inferences()],
        )
    }

    fn next(&self, pro: &Model, con: &Model) -> Model {
        let graph = &self.dossier.graph;
        (
            graph
                .statements()
                .map(|s| self.stands(s, pro, con))
                .collect(),
            graph
                .inferences()
                .map(|i| self.holds(i, pro, con))
                .collect(),
        )
    }

    /// The least model when exactly the objections of `con` are held against statements and steps.
    fn least(&self, con: &Model) -> Model {
        let mut model = self.all(false);
        loop {
            let next = self.next(&model, con);
            if next == model {
                return model;
            }
            model = next;
        }
    }

    /// The alternating fixpoint (Van Gelder 1989).
    fn well_founded(&self) -> (Model, Model) {
        let mut sure = self.all(false);
        loop {
            let possible = self.least(&sure);
            let next = self.least(&possible);
            if next == sure {
                return (sure, possible);
            }
            sure = next;
        }
    }

    /// The labelling conditions, iterated from everything undecided.
    fn grounded(&self) -> (Model, Model) {
        let (mut sure, mut possible) = (self.all(false), self.all(true));
        loop {
            let next = (self.next(&sure, &possible), self.next(&possible, &sure));
            if next == (sure.clone(), possible.clone()) {
                return next;
            }
            (sure, possible) = next;
        }
    }
}

fn labels((sure, possible): (Model, Model)) -> Vec<Verdict> {
    let pairs = sure
        .0
        .iter()
        .chain(&sure.1)
        .zip(possible.0.iter().chain(&possible.1));
    let label = |(sure, possible): (&bool, &bool)| match (sure, possible) {
        (true, _) => Verdict::In,
        (false, false) => Verdict::Out,
        (false, true) => Verdict::Undecided,
    };
    pairs.map(label).collect()
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
