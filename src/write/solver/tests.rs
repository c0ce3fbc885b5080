use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Format, losses, write};
use crate::analysis::vectors::{OP_ED, dossier};
use crate::analysis::{Dossier, Framework, random_map};
use crate::model::{InferenceIdx, Polarity, StatementIdx, Target};
use crate::source::NoFiles;

const MAP: &str = "
title: A bridge
thesis:
  id: close
  claim: Close the bridge.
  reasons:
    - {id: step, premises: [deck-bad, detour-short], weight: 0.5, objections: [far]}
  objections: [shops]
claims:
  shops: {text: Shops would suffer., contradicts: good-trade}
evidence:
  deck-bad: {text: The deck is bad., source: report, strength: likely}
  detour-short: The detour is short.
  far: It is far.
  good-trade: Trade was good after the last closure.
sources: {report: {title: Report}}
";

#[test]
fn arguments_have_numbers_and_a_key() {
    let key = "\
1 close
2 shops
3 deck-bad
4 detour-short
5 far
6 good-trade
7 step
8 not deck-bad
9 not detour-short
10 no reason for close
11 no reason for shops
";
    let attacks = "\
2 1
3 8
4 9
5 7
6 2
7 10
8 7
9 7
10 1
11 2
";
    let dossier = dossier(MAP);
    assert_eq!(write(&dossier, Format::Tgf), format!("{key}#\n{attacks}"));
    let comments = format!("# {}\n", key.trim_end().replace('\n', "\n# "));
    assert_eq!(
        write(&dossier, Format::Af),
        format!("p af 11\n{comments}{attacks}")
    );
}

#[test]
fn facts_have_names_that_logic_programs_take() {
    let map = "
thesis: not
evidence:
  not: {text: N, objections: [a-b]}
  a-b: {text: A, objections: [a.b]}
  a.b: {text: B, objections: [Ä]}
  Ä: {text: C, objections: [1st]}
  1st: D";
    let expected = "\
% not_2: not
% a_b: a-b
% a_b_2: a.b
% a__: Ä
% a_1st: 1st
arg(not_2).
arg(a_b).
arg(a_b_2).
arg(a__).
arg(a_1st).
att(a_b,not_2).
att(a_b_2,a_b).
att(a__,a_b_2).
att(a_1st,a__).
";
    assert_eq!(write(&dossier(map), Format::Apx), expected);
}

#[test]
fn steps_of_one_premise_are_edges_and_others_are_arguments() {
    let expected = "\
arg(close,0).
arg(shops,0).
arg(deck-bad,0.675).
arg(detour-short,1).
arg(far,1).
arg(good-trade,1).
arg(step,0.5).
arg(not:deck-bad,1).
arg(not:detour-short,1).
att(deck-bad,not:deck-bad).
att(not:deck-bad,step).
att(detour-short,not:detour-short).
att(not:detour-short,step).
sup(step,close).
att(far,step).
att(shops,close).
att(good-trade,shops).
";
    assert_eq!(write(&dossier(MAP), Format::Bag), expected);
}

#[test]
fn what_is_not_in_the_file_is_said() {
    let dossier = dossier(MAP);
    assert_eq!(
        losses(&dossier, Format::Af),
        [
            "not in the file: 6 texts, 1 citation, 1 source, 1 line about the map, 1 strength and 1 weight"
        ]
    );
    assert_eq!(
        losses(&dossier, Format::Bag),
        [
            "not in the file: 6 texts, 1 citation, 1 source and 1 line about the map",
            "1 strength in words is the middle of what it stands for"
        ]
    );
}

#[test]
fn circles_and_steps_without_their_premises_are_said() {
    let map = "
thesis: {id: t, claim: T, reasons: [u, [u, nobody]]}
claims: {u: {text: U, reasons: [t]}}";
    let dossier = Dossier::open("map.yaml", map.into(), &NoFiles);
    let said = losses(&dossier, Format::Af).split_off(1);
    assert_eq!(
        said,
        [
            "1 step is left out: it has a premise that the map does not define",
            "the grounded extension says other than `grounds evaluate` of 2 statements: it rejects nothing for going in a circle"
        ]
    );
}

/// Strengths by DF-QuAD (Rago et al. 2016) of what a file says; none where it has a circle.
fn df_quad(bag: &str) -> Option<BTreeMap<String, f64>> {
    let mut bases: Vec<(&str, f64)> = Vec::new();
    let mut edges: BTreeMap<&str, Vec<(bool, &str)>> = BTreeMap::new();
    for line in bag.lines() {
        let (word, rest) = line.split_once('(').expect("a bracket");
        let (one, other) = rest
            .strip_suffix(").")
            .and_then(|pair| pair.split_once(','))
            .expect("a pair");
        match word {
            "arg" => bases.push((one, other.parse().expect("a number"))),
            word => edges.entry(other).or_default().push((word == "sup", one)),
        }
    }
    let mut strengths = BTreeMap::new();
    while strengths.len() < bases.len() {
        let n_before = strengths.len();
        for (name, base) in &bases {
            let incoming = edges.get(name).map_or(&[][..], Vec::as_slice);
            if incoming
                .iter()
                .all(|(_, from)| strengths.contains_key(*from))
            {
                let side = |supports: bool| -> f64 {
                    let side = incoming
                        .iter()
                        .filter(|(is_support, _)| *is_support == supports);
                    let rest: f64 = side.map(|(_, from)| 1.0 - strengths[*from]).product();
                    1.0 - rest
                };
                let strength = combined(*base, side(true) - side(false));
                strengths.insert((*name).to_owned(), strength);
            }
        }
        if strengths.len() == n_before {
            return None;
        }
    }
    Some(strengths)
}

fn combined(base: f64, balance: f64) -> f64 {
    base + balance * if balance < 0.0 { base } else { 1.0 - base }
}

#[test]
fn linked_premises_weights_and_undercuts_have_their_strength() {
    let strengths = df_quad(&write(&dossier(OP_ED), Format::Bag)).expect("there is no circle");
    let worked_out = [
        ("P1", 0.9),
        ("P2", 0.64),
        ("P3", 0.7),
        ("O1", 0.18),
        // By hand: 0.9 · 0.9 · 0.64 and 0.6 · 0.6 · 0.7 for it, 0.8 · 0.18 against it.
        ("T", 0.495_763_2),
    ];
    for (id, expected) in worked_out {
        let actual = strengths[id];
        assert!((actual - expected).abs() < 1e-12, "{id}: {actual}");
    }
}

/// The strengths of a map's statements as the documentation defines them, without any graph of arguments.
struct Definition<'d, 'g> {
    framework: &'d Framework<'g>,
    strengths: Vec<f64>,
}

impl Definition<'_, '_> {
    fn of_step(&self, step: InferenceIdx) -> f64 {
        let graph = self.framework.graph;
        let premises = graph.premises.get(step.index()).iter();
        let premises: f64 = premises.map(|p| self.strengths[p.index()]).product();
        let undercuts = graph.undercuts.get(step.index()).iter();
        let undercuts: f64 = undercuts.map(|u| 1.0 - self.of_step(*u)).product();
        self.framework.weights[step.index()] * premises * undercuts
    }

    fn of_statement(&self, statement: StatementIdx) -> f64 {
        let steps = |at: StatementIdx, polarity: Polarity| -> Vec<f64> {
            let graph = self.framework.graph;
            let steps = graph.inferences().filter(|i| {
                graph.targets[i.index()] == Target::Statement(at)
                    && graph.polarities[i.index()] == polarity
            });
            steps.map(|step| self.of_step(step)).collect()
        };
        let mut against = steps(statement, Polarity::Con);
        for rival in self.framework.rivals.get(statement.index()) {
            if self.framework.is_assumed[rival.index()] {
                against.push(self.strengths[rival.index()]);
            } else {
                against.extend(steps(*rival, Polarity::Pro));
            }
        }
        let together = |side: Vec<f64>| 1.0 - side.iter().map(|c| 1.0 - c).product::<f64>();
        let balance = together(steps(statement, Polarity::Pro)) - together(against);
        combined(self.framework.base[statement.index()].middle(), balance)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn without_circles_every_statement_has_the_strength_of_the_definition(map in random_map()) {
        let dossier = dossier(&map);
        let terms = &dossier.analysis.terms;
        let framework = Framework::of(&dossier.map, &dossier.graph, terms.leaves);
        if let Some(strengths) = df_quad(&write(&dossier, Format::Bag)) {
            let n = framework.n_statements();
            let mut definition = Definition { framework: &framework, strengths: vec![0.0; n] };
            for _ in 0..=n {
                let next = dossier.graph.statements().map(|s| definition.of_statement(s)).collect();
                definition.strengths = next;
            }
            for (statement, expected) in dossier.map.statements.iter().zip(&definition.strengths) {
                let actual = strengths[&statement.id];
                prop_assert!((actual - expected).abs() < 1e-9, "{}: {actual}\n{map}", statement.id);
            }
        }
    }
}
