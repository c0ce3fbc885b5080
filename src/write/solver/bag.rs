//! Weighted bipolar graphs, in the format of Uncertainpy (Potyka 2018): arguments with a base score, attacks, supports.

use std::fmt::Write as _;

use rustc_hash::FxHashSet;

use crate::analysis::Framework;
use crate::model::{ArgumentMap, InferenceIdx, Polarity, StatementIdx, Target};

/// Arguments by their names, and what they do to each other.
struct Graph<'f, 'g> {
    framework: &'f Framework<'g>,
    /// Name and base score.
    arguments: Vec<(String, f64)>,
    /// From, what it does, to.
    edges: Vec<(usize, Polarity, usize)>,
    /// For each inference, the argument that acts for it; none for a step that never holds.
    carriers: Vec<Option<usize>>,
    /// For each statement, its negation once a step asked for it.
    negations: Vec<Option<usize>>,
}

/// The format has no comments, so that the names themselves are ids of the map, which have no comma and no bracket.
///
/// By DF-QuAD (Rago et al. 2016) "not p" has 1 less the strength of p, so that a step which is attacked by "not" each
/// of its premises has its weight times the product of their strengths. Linear, but for statements with rivals.
pub(super) fn write(map: &ArgumentMap, framework: &Framework<'_>) -> String {
    let graph = Graph::of(map, framework);
    let mut text = String::new();
    let written = "a string takes every write";
    for (name, base) in &graph.arguments {
        writeln!(text, "arg({name},{base}).").expect(written);
    }
    for (from, polarity, to) in &graph.edges {
        let (from, to) = (&graph.arguments[*from].0, &graph.arguments[*to].0);
        let word = match polarity {
            Polarity::Pro => "sup",
            Polarity::Con => "att",
        };
        writeln!(text, "{word}({from},{to}).").expect(written);
    }
    text
}

impl<'f, 'g> Graph<'f, 'g> {
    fn of(map: &ArgumentMap, framework: &'f Framework<'g>) -> Self {
        let bases = map.statements.iter().zip(&framework.base);
        let mut graph = Self {
            framework,
            arguments: bases
                .map(|(s, base)| (s.id.clone(), base.middle()))
                .collect(),
            edges: Vec::new(),
            carriers: Vec::new(),
            negations: vec![None; framework.n_statements()],
        };
        graph.add_carriers(map);
        for inference in framework.graph.inferences() {
            graph.add_premises(map, inference);
        }
        for inference in framework.graph.inferences() {
            graph.add_effect(inference);
        }
        for statement in framework.graph.statements() {
            graph.add_rivals(statement);
        }
        graph
    }

    fn add_carriers(&mut self, map: &ArgumentMap) {
        let framework = self.framework;
        let mut drawn = FxHashSet::default();
        for statement in framework.graph.statements() {
            let rivals = framework.rivals.get(statement.index()).iter();
            let assumed = rivals.filter(|rival| framework.is_assumed[rival.index()]);
            drawn.extend(assumed.map(|rival| (*rival, Target::Statement(statement))));
        }
        for inference in framework.graph.inferences() {
            let is_whole = framework.is_whole(inference);
            let carrier = is_whole.then(|| match self.only_premise(inference) {
                // A second edge between the same two would be lost.
                Some(pair) if drawn.insert(pair) => pair.0.index(),
                _ => {
                    let weight = framework.weights[inference.index()];
                    self.add(map.inference(inference).id.clone(), weight)
                }
            });
            self.carriers.push(carrier);
        }
    }

    /// The premise and the target of a step that is no more than an edge between the two.
    fn only_premise(&self, inference: InferenceIdx) -> Option<(StatementIdx, Target)> {
        let (framework, graph) = (self.framework, self.framework.graph);
        let target = graph.targets[inference.index()];
        let &[premise] = graph.premises.get(inference.index()) else {
            return None;
        };
        // A reason for a claim with rivals attacks those, too.
        let is_against_rivals = |s: StatementIdx| {
            !framework.is_assumed[s.index()] && !framework.rivals.get(s.index()).is_empty()
        };
        let is_more = framework
            .supported(inference)
            .is_some_and(is_against_rivals)
            || framework.weights[inference.index()] < 1.0
            || !graph.undercuts.get(inference.index()).is_empty();
        (!is_more).then_some((premise, target))
    }

    fn add(&mut self, name: String, base: f64) -> usize {
        self.arguments.push((name, base));
        self.arguments.len() - 1
    }

    fn add_premises(&mut self, map: &ArgumentMap, inference: InferenceIdx) {
        let Some(own) = self.carriers[inference.index()] else {
            return;
        };
        if own < self.framework.n_statements() {
            return;
        }
        for premise in self.framework.graph.premises.get(inference.index()) {
            let negation = self.negation(map, *premise);
            self.edges.push((negation, Polarity::Con, own));
        }
    }

    fn negation(&mut self, map: &ArgumentMap, of: StatementIdx) -> usize {
        if let Some(known) = self.negations[of.index()] {
            return known;
        }
        // No id has a colon.
        let negation = self.add(format!("not:{}", map.statement(of).id), 1.0);
        self.edges.push((of.index(), Polarity::Con, negation));
        self.negations[of.index()] = Some(negation);
        negation
    }

    /// What a step does to its target; an undercut of a step that never holds does nothing.
    fn add_effect(&mut self, inference: InferenceIdx) {
        let graph = self.framework.graph;
        let target = match graph.targets[inference.index()] {
            Target::Statement(statement) => Some(statement.index()),
            Target::Inference(step) => self.carriers[step.index()],
        };
        if let (Some(from), Some(to)) = (self.carriers[inference.index()], target) {
            self.edges
                .push((from, graph.polarities[inference.index()], to));
        }
    }

    /// A claim that contradicts a statement attacks it by its reasons; what is assumed does so itself, with a strength
    /// that its reasons are in already.
    fn add_rivals(&mut self, statement: StatementIdx) {
        let framework = self.framework;
        for rival in framework.rivals.get(statement.index()) {
            if framework.is_assumed[rival.index()] {
                self.edges
                    .push((rival.index(), Polarity::Con, statement.index()));
                continue;
            }
            for reason in framework.graph.reasons.get(rival.index()) {
                if let Some(from) = self.carriers[reason.index()] {
                    self.edges.push((from, Polarity::Con, statement.index()));
                }
            }
        }
    }
}
