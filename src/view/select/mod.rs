//! Which statements and steps are shown, and where those that are not hang.

mod stubs;
mod ways;

use super::choice::{Choice, Only, option};
use super::diagram::{Hidden, LeftOut};
use crate::analysis::{Dossier, Verdict};
use crate::graph::ArgumentGraph;
use crate::graph::reach::support_of;
use crate::model::{InferenceIdx, StatementIdx, Target};

/// What a [`Choice`] makes of a map.
#[derive(Clone, Debug, PartialEq)]
pub struct Selection {
    statements: Vec<bool>,
    inferences: Vec<bool>,
    hidden: Vec<Hidden>,
    hidden_at_steps: Vec<Hidden>,
    /// What is not shown, option by option.
    pub left_out: Vec<LeftOut>,
}

impl Selection {
    /// Chooses; O(n + m) for each option.
    ///
    /// Options are asked one after the other, and a statement counts as left out by the first that does so:
    /// focus, depth, part, tags, collapsed statements.
    pub fn of(dossier: &Dossier, choice: &Choice) -> Self {
        let graph = &dossier.graph;
        let mut sieve = Sieve {
            statements: vec![true; graph.n_statements()],
            left_out: Vec::new(),
        };
        let id = |statement: &StatementIdx| dossier.map.statement(*statement).id.as_str();
        if !choice.focus.is_empty() {
            let option = option("focus", choice.focus.iter().map(id));
            sieve.keep(option, &ways::around(graph, &choice.focus, usize::MAX));
        }
        if let Some(depth) = choice.depth {
            let start = if choice.focus.is_empty() {
                &graph.theses
            } else {
                &choice.focus
            };
            let option = option("depth", [depth.to_string().as_str()]);
            sieve.keep(option, &ways::around(graph, start, depth));
        }
        if let Some(only) = choice.only {
            sieve.keep(option("only", [only.name()]), &those(dossier, only));
        }
        if !choice.tags.is_empty() {
            let option = option("tag", choice.tags.iter().map(String::as_str));
            sieve.keep(option, &tagged(dossier, &choice.tags));
        }
        if !choice.collapse.is_empty() {
            let option = option("collapse", choice.collapse.iter().map(id));
            sieve.keep(option, &ways::collapsed(graph, &choice.collapse));
        }
        sieve.finish(graph)
    }

    /// Whether nothing is left out.
    pub fn is_all(&self) -> bool {
        self.left_out.is_empty()
    }

    /// Whether a statement is shown.
    pub fn shows(&self, statement: StatementIdx) -> bool {
        self.statements[statement.index()]
    }

    /// Whether a step is shown.
    pub fn shows_step(&self, inference: InferenceIdx) -> bool {
        self.inferences[inference.index()]
    }

    /// What hangs at a statement that is shown and is not shown itself.
    pub fn hidden_at(&self, statement: StatementIdx) -> Hidden {
        self.hidden[statement.index()]
    }

    /// What hangs at a step that is shown and is not shown itself: premises, undercuts, what is under them.
    pub fn hidden_at_step(&self, inference: InferenceIdx) -> Hidden {
        self.hidden_at_steps[inference.index()]
    }
}

/// What all options so far keep.
struct Sieve {
    statements: Vec<bool>,
    left_out: Vec<LeftOut>,
}

impl Sieve {
    fn keep(&mut self, option: String, kept: &[bool]) {
        let mut n_statements = 0;
        for (is_shown, is_kept) in self.statements.iter_mut().zip(kept) {
            n_statements += usize::from(*is_shown && !is_kept);
            *is_shown &= is_kept;
        }
        if n_statements > 0 {
            self.left_out.push(LeftOut {
                option,
                n_statements,
            });
        }
    }

    fn finish(self, graph: &ArgumentGraph) -> Selection {
        let inferences = steps(graph, &self.statements);
        let (hidden, hidden_at_steps) = if self.left_out.is_empty() {
            let none = |n: usize| vec![Hidden::default(); n];
            (none(graph.n_statements()), none(graph.n_inferences()))
        } else {
            stubs::count(graph, &self.statements, &inferences)
        };
        Selection {
            statements: self.statements,
            inferences,
            hidden,
            hidden_at_steps,
            left_out: self.left_out,
        }
    }
}

/// The steps that are shown: those whose target is, with at least one premise, or without any in the map either.
fn steps(graph: &ArgumentGraph, statements: &[bool]) -> Vec<bool> {
    let mut is_shown = vec![false; graph.n_inferences()];
    let has_premise = |inference: &InferenceIdx| {
        let premises = graph.premises.get(inference.index());
        premises.is_empty() || premises.iter().any(|premise| statements[premise.index()])
    };
    let is_on_shown = |inference: &InferenceIdx| match graph.targets[inference.index()] {
        Target::Statement(target) => statements[target.index()],
        Target::Inference(_) => false,
    };
    let on_shown = graph.inferences().filter(is_on_shown);
    let mut open: Vec<InferenceIdx> = on_shown.filter(has_premise).collect();
    while let Some(inference) = open.pop() {
        is_shown[inference.index()] = true;
        let undercuts = graph.undercuts.get(inference.index()).iter();
        open.extend(undercuts.copied().filter(has_premise));
    }
    is_shown
}

/// The statements that play a part, with the theses and the ways to them.
fn those(dossier: &Dossier, only: Only) -> Vec<bool> {
    let graph = &dossier.graph;
    let theses = graph.theses.iter().copied();
    let analysis = &dossier.analysis;
    let matching: Vec<StatementIdx> = match only {
        Only::Thesis => {
            let mut kept = vec![false; graph.n_statements()];
            theses.for_each(|thesis| kept[thesis.index()] = true);
            return kept;
        }
        Only::Reasons => return support_of(graph, &graph.theses),
        Only::Objections => {
            let objections = graph.inferences().filter(|it| graph.is_objection(*it));
            let premises = objections.flat_map(|it| graph.premises.get(it.index()));
            premises.copied().collect()
        }
        Only::Unsupported => {
            let fails = |it: &StatementIdx| analysis.support.of_statement(*it).is_failing();
            graph.statements().filter(fails).collect()
        }
        Only::Rejected => {
            let is_out = |it: &StatementIdx| analysis.verdicts.of_statement(*it) == Verdict::Out;
            graph.statements().filter(is_out).collect()
        }
    };
    ways::up_from(graph, &theses.chain(matching).collect::<Vec<_>>())
}

/// The statements and steps with one of the tags, with the theses and the ways to them.
fn tagged(dossier: &Dossier, tags: &[String]) -> Vec<bool> {
    let (map, graph) = (&dossier.map, &dossier.graph);
    let is_tagged = |own: &[crate::model::Text]| own.iter().any(|tag| tags.contains(&tag.value));
    let statements = graph.statements();
    let statements = statements.filter(|it| is_tagged(&map.statement(*it).tags));
    let steps = graph.inferences();
    let steps = steps.filter(|it| is_tagged(&map.inference(*it).tags));
    let premises = steps.flat_map(|it| graph.premises.get(it.index()).iter().copied());
    let theses = graph.theses.iter().copied();
    let start: Vec<StatementIdx> = theses.chain(statements).chain(premises).collect();
    ways::up_from(graph, &start)
}

#[cfg(test)]
mod tests;
