//! Which steps of a map a goal structure has, and as which elements statements stand in it.
//!
//! The rules are those that gsn2x checks: only goals and strategies stand in a context; what supports a counter goal is
//! a counter goal or a counter solution; what nothing refers to is a goal.

use super::circles::without_circles;
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Losses, Statement, StatementIdx, StatementKind as Kind, Target};

/// What statements and steps do in the structure.
pub(super) struct Shape {
    /// For each step, whether it is written.
    pub(super) is_written: Vec<bool>,
    /// For each step, whether it needs an element of its own.
    pub(super) has_element: Vec<bool>,
    /// For each statement, whether it argues against something, directly or through others.
    is_counter: Vec<bool>,
    /// For each statement, whether it is an assumption that stands only where a context can.
    is_context: Vec<bool>,
    /// For each statement, whether something supports it.
    is_supported: Vec<bool>,
    /// For each statement, whether something refers to it.
    is_used: Vec<bool>,
}

impl Shape {
    /// Linear in the map, but for sorting.
    pub(super) fn of(dossier: &Dossier, losses: &mut Losses) -> Self {
        let (n, n_steps) = (dossier.graph.n_statements(), dossier.graph.n_inferences());
        let assumed = |it: &Statement| it.kind == Kind::Assumption;
        let mut shape = Self {
            is_written: without_circles(dossier, losses),
            has_element: vec![false; n_steps],
            is_counter: vec![false; n],
            is_context: dossier.map.statements.iter().map(assumed).collect(),
            is_supported: vec![false; n],
            is_used: vec![false; n],
        };
        shape.counters(dossier);
        for idx in dossier.graph.inferences() {
            if shape.is_written[idx.index()] {
                shape.roles(dossier, idx);
            }
        }
        shape.steps(dossier);
        shape
    }

    /// What is a premise of an objection argues against something, and so does all that supports it.
    fn counters(&mut self, dossier: &Dossier) {
        let graph = &dossier.graph;
        let written = |step: &InferenceIdx| self.is_written[step.index()];
        let objections = graph.inferences().filter(|step| graph.is_objection(*step));
        let objections = objections.filter(written);
        let mut found: Vec<StatementIdx> = objections
            .flat_map(|step| graph.premises.get(step.index()))
            .copied()
            .collect();
        while let Some(statement) = found.pop() {
            if std::mem::replace(&mut self.is_counter[statement.index()], true) {
                continue;
            }
            let reasons = graph.reasons.get(statement.index()).iter();
            for reason in reasons.filter(|step| written(step)) {
                found.extend(graph.premises.get(reason.index()));
            }
        }
    }

    /// Notes what a step makes of its premises and its target.
    fn roles(&mut self, dossier: &Dossier, idx: InferenceIdx) {
        let (map, graph) = (&dossier.map, &dossier.graph);
        let premises = graph.premises.get(idx.index());
        let is_con = graph.is_objection(idx);
        let is_assumed = |it: &StatementIdx| map.statement(*it).kind == Kind::Assumption;
        let mut has_context = !is_con && !premises.iter().all(is_assumed);
        if let Target::Statement(target) = graph.targets[idx.index()] {
            has_context &= !self.is_counter[target.index()];
            self.is_supported[target.index()] |= !is_con;
            // gsn2x does not look for what challenges an element in a context, and takes it for unreachable.
            self.is_context[target.index()] = false;
        }
        for premise in premises {
            self.is_context[premise.index()] &= has_context;
            self.is_used[premise.index()] = true;
        }
    }

    /// A step is a mere link where it says no more than a link can, and an element challenges one other only.
    fn steps(&mut self, dossier: &Dossier) {
        let (map, graph) = (&dossier.map, &dossier.graph);
        let mut challenged: Vec<Option<Target>> = vec![None; graph.n_statements()];
        for idx in graph.inferences().filter(|it| self.is_written[it.index()]) {
            let at = idx.index();
            let inference = map.inference(idx);
            let undercuts = graph.undercuts.get(at);
            let says_more = inference.warrant.is_some()
                || inference.note.is_some()
                || undercuts.iter().any(|it| self.is_written[it.index()]);
            let [premise] = graph.premises.get(at) else {
                self.has_element[at] = true;
                continue;
            };
            self.has_element[at] = says_more;
            if graph.is_objection(idx) && !says_more {
                let target = graph.targets[at];
                let first = challenged[premise.index()].get_or_insert(target);
                self.has_element[at] = *first != target || target == Target::Statement(*premise);
            }
        }
    }

    /// What a statement is in the structure.
    pub(super) fn node_type(&self, dossier: &Dossier, idx: StatementIdx) -> &'static str {
        let at = idx.index();
        let is_evidence = dossier.map.statement(idx).kind == Kind::Evidence;
        let is_solution = is_evidence && !self.is_supported[at] && self.is_used[at];
        match (is_solution, self.is_counter[at]) {
            (true, true) => "CounterSolution",
            (true, false) => "Solution",
            (false, true) => "CounterGoal",
            (false, false) if self.is_context[at] && self.is_used[at] => "Assumption",
            (false, false) => "Goal",
        }
    }

    /// Whether an element of a step stands among counter goals: it is an objection, or for what is one itself.
    pub(super) fn is_counter_step(&self, dossier: &Dossier, idx: InferenceIdx) -> bool {
        let target = dossier.graph.supported(idx);
        target.is_none_or(|target| self.is_counter[target.index()])
    }

    /// Whether something supports a statement.
    pub(super) fn is_supported(&self, idx: StatementIdx) -> bool {
        self.is_supported[idx.index()]
    }
}
