//! Steps that lead in a circle.
//!
//! gsn2x draws nothing of a structure with a circle of support, nor of one in which an element is reached from no
//! element at the top; so the steps that close such circles are left out.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use crate::analysis::Dossier;
use crate::graph::{ArgumentGraph, Lists};
use crate::model::{InferenceIdx, Losses, StatementIdx, Target};

const CIRCULAR: &str = "steps in a circle";

/// For each step, whether it is written; what is not is counted. Linear in the map, but for sorting.
pub(super) fn without_circles(dossier: &Dossier, losses: &mut Losses) -> Vec<bool> {
    let mut is_thesis = vec![false; dossier.graph.n_statements()];
    for thesis in &dossier.graph.theses {
        is_thesis[thesis.index()] = true;
    }
    let mut circles = Circles {
        dossier,
        graph: &dossier.graph,
        losses,
        is_written: vec![true; dossier.graph.n_inferences()],
        is_thesis,
    };
    circles.leave_what_cannot_be_said();
    circles.break_support();
    circles.find_tops();
    circles.is_written
}

/// How far a walk is with a statement.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Walked {
    Not,
    /// The walk has not come back from what the statement rests on.
    Through,
    Done,
}

struct Circles<'d, 'l> {
    dossier: &'d Dossier,
    graph: &'d ArgumentGraph,
    losses: &'l mut Losses,
    is_written: Vec<bool>,
    is_thesis: Vec<bool>,
}

impl Circles<'_, '_> {
    fn leave_what_cannot_be_said(&mut self) {
        for step in self.graph.inferences() {
            let at = step.index();
            if self.graph.premises.get(at).is_empty() {
                self.leave_out(step, "steps without premises");
            } else if !self.graph.is_objection(step) && self.graph.supported(step).is_none() {
                self.leave_out(step, "support of steps");
            }
        }
    }

    /// Leaves a step out, with the objections to it.
    fn leave_out(&mut self, step: InferenceIdx, what: &'static str) {
        let mut left = vec![(step, what)];
        while let Some((step, what)) = left.pop() {
            if std::mem::replace(&mut self.is_written[step.index()], false) {
                let span = self.dossier.map.inference(step).span;
                self.losses.add(what, span);
                let undercuts = self.graph.undercuts.get(step.index()).iter();
                left.extend(undercuts.map(|it| (*it, "objections to steps that are left out")));
            }
        }
    }

    /// Statements with the theses first.
    fn in_order(&self, mut statements: Vec<StatementIdx>) -> Vec<StatementIdx> {
        statements.sort_unstable_by_key(|it| (!self.is_thesis[it.index()], *it));
        statements
    }

    /// Walks down from the theses, and leaves out what leads back to where the walk came through.
    fn break_support(&mut self) {
        let mut links = Vec::new();
        for step in self.graph.inferences() {
            if let Some(target) = self.graph.supported(step) {
                let premises = self.graph.premises.get(step.index()).iter();
                links.extend(premises.map(|premise| (target.index(), (step, *premise))));
            }
        }
        let links = Lists::group(self.graph.n_statements(), &links);
        let mut walked = vec![Walked::Not; self.graph.n_statements()];
        for start in self.in_order(self.graph.statements().collect()) {
            if walked[start.index()] == Walked::Not {
                self.walk_down(start, &links, &mut walked);
            }
        }
    }

    fn walk_down(
        &mut self,
        start: StatementIdx,
        links: &Lists<(InferenceIdx, StatementIdx)>,
        walked: &mut [Walked],
    ) {
        walked[start.index()] = Walked::Through;
        // Statements with how many of their links are done.
        let mut path = vec![(start.index(), 0)];
        while let Some((at, n_done)) = path.last_mut() {
            let Some((step, premise)) = links.get(*at).get(*n_done) else {
                walked[*at] = Walked::Done;
                path.pop();
                continue;
            };
            *n_done += 1;
            match walked[premise.index()] {
                Walked::Not if self.is_written[step.index()] => {
                    walked[premise.index()] = Walked::Through;
                    path.push((premise.index(), 0));
                }
                Walked::Through => self.leave_out(*step, CIRCULAR),
                Walked::Not | Walked::Done => {}
            }
        }
    }

    /// Makes a top of some statement of each circle that nothing outside leads to, and leaves out what refers to it.
    fn find_tops(&mut self) {
        let mut is_reached = vec![false; self.graph.n_statements()];
        for circle in self.components() {
            for statement in self.in_order(circle) {
                if is_reached[statement.index()] {
                    continue;
                }
                for used in self.graph.uses.get(statement.index()) {
                    self.leave_out(*used, CIRCULAR);
                }
                self.reach(statement, &mut is_reached);
            }
        }
    }

    /// Sets of statements that lead to each other, those that lead to others first (Sharir 1981).
    fn components(&self) -> Vec<Vec<StatementIdx>> {
        let (n, n_steps) = (self.graph.n_statements(), self.graph.n_inferences());
        let mut links: DiGraph<(), ()> = DiGraph::with_capacity(n + n_steps, n + n_steps);
        for _ in 0..n + n_steps {
            links.add_node(());
        }
        let written = |step: &InferenceIdx| self.is_written[step.index()];
        for step in self.graph.inferences().filter(written) {
            let node = NodeIndex::new(n + step.index());
            let target = match self.graph.targets[step.index()] {
                Target::Statement(target) => target.index(),
                Target::Inference(target) => n + target.index(),
            };
            links.add_edge(NodeIndex::new(target), node, ());
            for premise in self.graph.premises.get(step.index()) {
                links.add_edge(node, NodeIndex::new(premise.index()), ());
            }
        }
        let statements = |component: Vec<NodeIndex>| {
            let nodes = component.into_iter().map(NodeIndex::index);
            let nodes = nodes.filter(|node| *node < n);
            nodes.map(StatementIdx::new).collect()
        };
        let components = kosaraju_scc(&links).into_iter().rev();
        components.map(statements).collect()
    }

    /// Marks what a statement leads to: the premises of the steps to it, and of the objections to these.
    fn reach(&self, from: StatementIdx, is_reached: &mut [bool]) {
        let mut statements = vec![from];
        while let Some(statement) = statements.pop() {
            if std::mem::replace(&mut is_reached[statement.index()], true) {
                continue;
            }
            let (reasons, objections) = (&self.graph.reasons, &self.graph.objections);
            let mut steps = reasons.get(statement.index()).to_vec();
            steps.extend(objections.get(statement.index()));
            while let Some(step) = steps.pop() {
                if self.is_written[step.index()] {
                    steps.extend(self.graph.undercuts.get(step.index()));
                    let premises = self.graph.premises.get(step.index()).iter();
                    let new = premises.filter(|it| !is_reached[it.index()]);
                    statements.extend(new);
                }
            }
        }
    }
}
