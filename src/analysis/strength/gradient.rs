//! How much the strength of a thesis hangs on each number of the map.

use super::Strengths;
use super::evaluate::{Damping, TOLERANCE, is_moved};
use super::formula::Formula;
use super::partials::Partials;
use crate::analysis::framework::Framework;
use crate::model::{InferenceIdx, StatementIdx};

/// The derivatives of a thesis's strength, at the middles of base strengths that are intervals.
#[derive(Clone, Debug, Default)]
pub struct Gradient {
    /// For each statement, by its base strength; 0 where its strength is given.
    pub bases: Vec<f64>,
    /// For each statement, by its strength, whatever that comes from; 1 for the thesis itself.
    pub strengths: Vec<f64>,
    /// For each inference, by its weight; 0 where its contribution is given, or nothing in any case.
    pub weights: Vec<f64>,
}

impl Gradient {
    /// Computes the derivatives of a thesis's strength by everything, in the map that the strengths are those of.
    ///
    /// One pass against the order of dependence (the adjoint, or reverse, mode of differentiation: Linnainmaa 1970),
    /// O(n + m); on circles the pass is repeated like the computation of strengths.
    /// Nothing where the thesis has no strength, or a repeated pass does not come to rest.
    /// Where a strength has a kink, as where reasons and objections just balance, the derivative is that to its right;
    /// of several weakest premises the first counts.
    pub fn of(
        framework: &Framework<'_>,
        strengths: &Strengths,
        thesis: StatementIdx,
    ) -> Option<Self> {
        strengths.points.get(thesis.index())?;
        let plan = &strengths.plan;
        let formula = Formula::new(framework, plan, &strengths.terms);
        let mut pass = Pass::new(formula, &strengths.points.degrees, plan.has_circles());
        pass.slopes[thesis.index()] = 1.0;
        for part in plan.parts().rev() {
            pass.go_back(part, plan.max_rounds())?;
        }
        let n_statements = framework.n_statements();
        let n_nodes = n_statements + framework.n_inferences();
        Some(Self {
            bases: pass.own[..n_statements].to_vec(),
            strengths: pass.slopes[..n_statements].to_vec(),
            weights: pass.own[n_statements..n_nodes].to_vec(),
        })
    }

    /// By the base strength of a statement.
    pub fn of_base(&self, statement: StatementIdx) -> f64 {
        self.bases[statement.index()]
    }

    /// By the strength of a statement, whatever that comes from.
    pub fn of_strength(&self, statement: StatementIdx) -> f64 {
        self.strengths[statement.index()]
    }

    /// By the weight of an inference.
    pub fn of_weight(&self, inference: InferenceIdx) -> f64 {
        self.weights[inference.index()]
    }
}

/// A pass from the thesis to what it depends on.
struct Pass<'f, 'g> {
    partials: Partials<'f, 'g>,
    /// For each vertex, the derivative of the thesis by it.
    slopes: Vec<f64>,
    /// For each vertex, the derivative of the thesis by its base strength or weight.
    own: Vec<f64>,
    /// For each vertex, whether it is in the circle in hand.
    is_inside: Vec<bool>,
    /// For each vertex of the circle in hand, what a round makes of its derivative.
    gathered: Vec<f64>,
}

impl<'f, 'g> Pass<'f, 'g> {
    fn new(formula: Formula<'f, 'g>, degrees: &'f [f64], has_circles: bool) -> Self {
        let n_inside = if has_circles { degrees.len() } else { 0 };
        Self {
            partials: Partials::new(formula, degrees),
            slopes: vec![0.0; degrees.len()],
            own: vec![0.0; degrees.len()],
            is_inside: vec![false; n_inside],
            gathered: vec![0.0; n_inside],
        }
    }

    /// Hands the derivative by a vertex on to what the vertex is computed from.
    fn hand_on(&mut self, at: usize) {
        let slope = self.slopes[at];
        if slope != 0.0 {
            let slopes = &mut self.slopes;
            let own = self
                .partials
                .visit(at, |input, partial| slopes[input] += slope * partial);
            self.own[at] = slope * own;
        }
    }

    /// Takes a part of the plan; nothing where it does not come to rest.
    fn go_back(&mut self, part: &[u32], max_rounds: usize) -> Option<()> {
        if let [only] = part {
            self.hand_on(*only as usize);
            return Some(());
        }
        if part.iter().all(|at| self.slopes[*at as usize] == 0.0) {
            return Some(());
        }
        for &at in part {
            self.is_inside[at as usize] = true;
        }
        self.settle(part, max_rounds)?;
        for at in part.iter().rev().map(|at| *at as usize) {
            let (slopes, is_inside) = (&mut self.slopes, &self.is_inside);
            let slope = slopes[at];
            let own = self.partials.visit(at, |input, partial| {
                if !is_inside[input] {
                    slopes[input] += slope * partial;
                }
            });
            self.own[at] = slope * own;
        }
        for &at in part {
            self.is_inside[at as usize] = false;
        }
        Some(())
    }

    /// Solves the equations of the derivatives within a circle as those of the strengths are solved.
    fn settle(&mut self, part: &[u32], max_rounds: usize) -> Option<()> {
        let seeds: Vec<f64> = part.iter().map(|at| self.slopes[*at as usize]).collect();
        let mut damping = Damping::default();
        for _ in 0..max_rounds {
            for (&at, &seed) in part.iter().zip(&seeds) {
                self.gathered[at as usize] = seed;
            }
            self.sweep(part);
            let mut distance = 0.0_f64;
            for at in part.iter().map(|at| *at as usize) {
                if is_moved(&self.partials.formula, at) {
                    let (old, new) = (self.slopes[at], self.gathered[at]);
                    distance = distance.max((new - old).abs() / new.abs().max(1.0));
                    self.slopes[at] = old + damping.step * (new - old);
                }
            }
            if distance <= TOLERANCE {
                return Some(());
            }
            damping.observe(distance);
        }
        None
    }

    fn sweep(&mut self, part: &[u32]) {
        for at in part.iter().rev().map(|at| *at as usize) {
            if !is_moved(&self.partials.formula, at) {
                self.slopes[at] = self.gathered[at];
            }
            let slope = self.slopes[at];
            let (gathered, is_inside) = (&mut self.gathered, &self.is_inside);
            self.partials.visit(at, |input, partial| {
                if is_inside[input] {
                    gathered[input] += slope * partial;
                }
            });
        }
    }
}
