//! The definition of the verdicts, as literally and slowly as it can be said, and maps to hold against it.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::{Thresholds, Verdict};
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Polarity, Standard, StatementIdx, Target};

/// A random map of statements `s0`, `s1`, … with linked premises, undercuts, weights, standards and contradictions.
pub(crate) fn random_map() -> impl Strategy<Value = String> {
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
pub(super) struct Oracle<'d> {
    pub(super) dossier: &'d Dossier,
}

/// A set of statements and a set of inferences.
pub(super) type Model = (Vec<bool>, Vec<bool>);

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
    pub(super) fn well_founded(&self) -> (Model, Model) {
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
    pub(super) fn grounded(&self) -> (Model, Model) {
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

pub(super) fn labels((sure, possible): (Model, Model)) -> Vec<Verdict> {
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
