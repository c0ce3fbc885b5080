//! What a thesis would lose without a statement or an inference.

use super::Strengths;
use super::evaluate::settle;
use super::formula::Formula;
use super::network::Network;
use super::plan::{Plan, number};
use crate::analysis::framework::{Framework, Node};
use crate::model::StatementIdx;

impl Strengths {
    /// For each of some statements and inferences, the strength of the thesis minus its strength without it:
    /// a statement without strength, an inference that contributes nothing.
    ///
    /// In the map that the strengths are those of, and at the middles of base strengths that are intervals.
    /// Only what lies between the node and the thesis is computed again.
    /// Nothing for a node where that takes the work past `max_work`, counted in computed numbers and their inputs over
    /// all nodes so far; nor where the thesis has no strength, or would have none.
    /// [`super::Gradient`] estimates what is missing.
    pub fn losses(
        &self,
        framework: &Framework<'_>,
        thesis: StatementIdx,
        nodes: &[Node],
        max_work: usize,
    ) -> Vec<Option<f64>> {
        let Some(whole) = self.points.get(thesis.index()) else {
            return vec![None; nodes.len()];
        };
        let formula = Formula::new(framework, &self.plan, &self.terms);
        let mut removal = Removal::new(self, formula, thesis, max_work);
        let loss = |node: &Node| Some(whole - removal.without(*node)?);
        nodes.iter().map(loss).collect()
    }
}

/// The map with one thing after the other taken out and put back.
struct Removal<'f, 'g> {
    formula: Formula<'f, 'g>,
    plan: &'f Plan,
    thesis: StatementIdx,
    degrees: Vec<f64>,
    /// For each vertex, whether the thesis depends on it.
    leads: Vec<bool>,
    /// For each vertex, its part of the plan.
    part_of: Vec<u32>,
    /// The parts of the plan between what is taken out and the thesis.
    found: Vec<u32>,
    is_found: Vec<bool>,
    work_left: usize,
}

impl<'f, 'g> Removal<'f, 'g> {
    fn new(
        strengths: &'f Strengths,
        formula: Formula<'f, 'g>,
        thesis: StatementIdx,
        max_work: usize,
    ) -> Self {
        let plan = &strengths.plan;
        let mut part_of = vec![0; formula.network.n_vertices()];
        for (part, vertices) in plan.parts().enumerate() {
            for &at in vertices {
                part_of[at as usize] = number(part);
            }
        }
        Self {
            leads: leading_to(formula.network, thesis),
            degrees: strengths.points.degrees.clone(),
            found: Vec::new(),
            is_found: vec![false; plan.n_parts()],
            work_left: max_work,
            part_of,
            formula,
            plan,
            thesis,
        }
    }

    /// The strength of the thesis without a node; nothing past the work that is allowed, or where it has none.
    fn without(&mut self, node: Node) -> Option<f64> {
        let own = self.formula.network.number(node);
        let strength = self.find(node).and_then(|()| self.recompute(own));
        for part in self.found.drain(..) {
            self.is_found[part as usize] = false;
        }
        strength
    }

    /// Finds the parts between a node and the thesis, by depth-first search.
    fn find(&mut self, node: Node) -> Option<()> {
        let network = self.formula.network;
        let mut open = Vec::new();
        network.each_dependent(network.number(node), |at| open.push(at));
        if let Node::Statement(statement) = node
            && network.has_case(statement.index())
        {
            open.push(network.case(statement));
        }
        while let Some(at) = open.pop() {
            self.spend(1)?;
            let part = self.part_of[at];
            if !self.leads[at] || std::mem::replace(&mut self.is_found[part as usize], true) {
                continue;
            }
            self.found.push(part);
            for &member in self.plan.part(part as usize) {
                let mut n_inputs = 0;
                network.each_input(member as usize, |_| n_inputs += 1);
                network.each_dependent(member as usize, |at| open.push(at));
                self.spend(n_inputs)?;
            }
        }
        self.found.sort_unstable();
        Some(())
    }

    /// Computes the parts that were found without a vertex, and puts everything back.
    fn recompute(&mut self, without: usize) -> Option<f64> {
        let parts = self.found.iter().map(|part| self.plan.part(*part as usize));
        let changing = parts.flatten().map(|at| *at as usize);
        let before: Vec<(usize, f64)> = [without]
            .into_iter()
            .chain(changing)
            .map(|at| (at, self.degrees[at]))
            .collect();
        let was_given = self.formula.is_given(without);
        self.formula.give(without, true);
        self.degrees[without] = 0.0;
        let is_settled = (0..self.found.len()).all(|at| self.settle(self.found[at]).is_some());
        let strength = self.degrees[self.thesis.index()];
        self.formula.give(without, was_given);
        for (at, degree) in before {
            self.degrees[at] = degree;
        }
        is_settled.then_some(strength)
    }

    fn settle(&mut self, part: u32) -> Option<()> {
        let vertices = self.plan.part(part as usize);
        let max_rounds = self.plan.max_rounds().min(self.work_left / vertices.len());
        let n_rounds = settle(&self.formula, vertices, &mut self.degrees, max_rounds);
        self.spend(vertices.len() * n_rounds.unwrap_or(max_rounds))?;
        n_rounds.map(|_| ())
    }

    fn spend(&mut self, work: usize) -> Option<()> {
        let left = self.work_left.checked_sub(work);
        self.work_left = left.unwrap_or(0);
        left.map(|_| ())
    }
}

/// For each vertex, whether a statement depends on it; depth-first search.
fn leading_to(network: Network<'_, '_>, thesis: StatementIdx) -> Vec<bool> {
    let mut leads = vec![false; network.n_vertices()];
    let mut open = vec![thesis.index()];
    while let Some(at) = open.pop() {
        if !std::mem::replace(&mut leads[at], true) {
            network.each_input(at, |input| open.push(input));
        }
    }
    leads
}
