//! The number of one vertex from those that it is computed from.

use super::aggregation::Aggregation;
use super::degree::Degree;
use super::network::{Network, Vertex};
use super::plan::Plan;
use super::{Linked, StrengthTerms};
use crate::analysis::framework::{Framework, Node};

/// The semantics of strength, for one map and on given terms.
#[derive(Clone)]
pub(super) struct Formula<'f, 'g> {
    pub(super) network: Network<'f, 'g>,
    pub(super) aggregation: Aggregation,
    pub(super) linked: Linked,
    /// The vertices whose degrees are given, and these degrees; the first for a vertex stays.
    given: Vec<(usize, f64)>,
    /// For each vertex, whether its degree is given; empty while none is.
    is_given: Vec<bool>,
}

impl<'f, 'g> Formula<'f, 'g> {
    pub(super) fn new(framework: &'f Framework<'g>, plan: &'f Plan, terms: &StrengthTerms) -> Self {
        let network = Network::new(framework, &plan.is_idle);
        let mut formula = Self {
            network,
            aggregation: terms.aggregation,
            linked: terms.linked,
            given: Vec::new(),
            is_given: Vec::new(),
        };
        let statements = terms.statements.iter();
        let statements =
            statements.map(|&(statement, degree)| (Node::Statement(statement), degree));
        let inferences = terms.inferences.iter();
        let inferences =
            inferences.map(|&(inference, degree)| (Node::Inference(inference), degree));
        for (node, degree) in statements.chain(inferences) {
            let vertex = network.number(node);
            if !formula.is_given(vertex) {
                formula.give(vertex, true);
                formula.given.push((vertex, degree));
            }
        }
        formula
    }

    pub(super) fn is_given(&self, vertex: usize) -> bool {
        self.is_given.get(vertex) == Some(&true)
    }

    pub(super) fn give(&mut self, vertex: usize, is_given: bool) {
        self.is_given.resize(self.network.n_vertices(), false);
        self.is_given[vertex] = is_given;
    }

    /// The degrees before anything is computed: those that are given, and 0.
    pub(super) fn start<D: Degree>(&self) -> Vec<D> {
        let mut degrees = vec![D::point(0.0); self.network.n_vertices()];
        for &(vertex, degree) in &self.given {
            degrees[vertex] = D::point(degree);
        }
        degrees
    }

    /// What the degree of a vertex becomes; one that is given stays.
    pub(super) fn degree<D: Degree>(&self, at: usize, degrees: &[D]) -> D {
        if self.is_given(at) {
            return degrees[at];
        }
        match self.network.vertex(at) {
            Vertex::Statement(at) => self.strength(at, degrees),
            Vertex::Inference(at) => self.contribution(at, degrees),
            Vertex::Case(at) => self.case(at, degrees),
        }
    }

    fn strength<D: Degree>(&self, at: usize, degrees: &[D]) -> D {
        let base = D::of(self.network.framework.base[at]);
        let (pro, con) = (self.pro(at, degrees), self.con(at, degrees));
        D::weigh(base, pro, con, |base, pro, con| {
            self.aggregation.strength(base, pro, con)
        })
    }

    /// What the reasons for a statement come to.
    pub(super) fn pro<D: Degree>(&self, statement: usize, degrees: &[D]) -> D {
        let reasons = self.network.framework.graph.reasons.get(statement).iter();
        self.join(reasons.map(|reason| degrees[self.network.inference(*reason)]))
    }

    /// What the objections to a statement come to, with its rivals.
    pub(super) fn con<D: Degree>(&self, statement: usize, degrees: &[D]) -> D {
        let framework = self.network.framework;
        let objections = framework.graph.objections.get(statement).iter();
        let objections = objections.map(|objection| degrees[self.network.inference(*objection)]);
        let rivals = framework.rivals.get(statement).iter();
        let cases = rivals.map(|rival| degrees[self.network.case(*rival)]);
        self.join(objections.chain(cases))
    }

    fn join<D: Degree>(&self, contributions: impl Iterator<Item = D>) -> D {
        contributions.fold(D::point(0.0), |sum, contribution| {
            sum.with(contribution, |sum, one| self.aggregation.join(sum, one))
        })
    }

    fn contribution<D: Degree>(&self, at: usize, degrees: &[D]) -> D {
        let framework = self.network.framework;
        if self.network.is_idle(at) {
            return D::point(0.0);
        }
        let undercuts = framework.graph.undercuts.get(at).iter();
        let undercuts = undercuts.map(|undercut| degrees[self.network.inference(*undercut)]);
        let weight = D::point(framework.weights[at]);
        let carried = undercuts.fold(weight, |rest, undercut| {
            rest.against(undercut, |rest, undercut| rest * (1.0 - undercut))
        });
        let premises = framework.graph.premises.get(at).iter();
        let premises = premises.map(|premise| degrees[premise.index()]);
        match self.linked {
            Linked::Product => premises.fold(carried, |one, other| one.with(other, product)),
            Linked::Minimum => {
                let weakest = premises.reduce(|one, other| one.with(other, f64::min));
                carried.with(
                    weakest.expect("an inference that contributes has premises"),
                    product,
                )
            }
        }
    }

    fn case<D: Degree>(&self, statement: usize, degrees: &[D]) -> D {
        if self.is_own_case(statement) {
            degrees[statement]
        } else {
            self.pro(statement, degrees)
        }
    }

    /// Whether a statement meets its rivals itself: what is assumed does, and what is given.
    pub(super) fn is_own_case(&self, statement: usize) -> bool {
        self.is_given(statement) || self.network.framework.is_assumed[statement]
    }
}

fn product(one: f64, other: f64) -> f64 {
    one * other
}
