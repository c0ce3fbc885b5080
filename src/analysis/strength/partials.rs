//! How much the number of one vertex hangs on those that it is computed from.

use super::Linked;
use super::aggregation::Aggregation;
use super::formula::Formula;
use super::network::Vertex;
use crate::model::StatementIdx;

/// The partial derivatives of [`Formula::degree`], at given degrees.
pub(super) struct Partials<'f, 'g> {
    pub(super) formula: Formula<'f, 'g>,
    degrees: &'f [f64],
    /// Room for the factors of a product, and for what each of them is multiplied with.
    factors: Vec<f64>,
    others: Vec<f64>,
}

impl<'f, 'g> Partials<'f, 'g> {
    pub(super) fn new(formula: Formula<'f, 'g>, degrees: &'f [f64]) -> Self {
        Self {
            formula,
            degrees,
            factors: Vec::new(),
            others: Vec::new(),
        }
    }

    /// Visits what a vertex is computed from with the derivative by each,
    /// and returns the derivative by what is the vertex's own: its base strength or weight.
    pub(super) fn visit(&mut self, at: usize, mut visit: impl FnMut(usize, f64)) -> f64 {
        if self.formula.is_given(at) {
            return 0.0;
        }
        match self.formula.network.vertex(at) {
            Vertex::Statement(at) => self.visit_statement(at, visit),
            Vertex::Inference(at) if self.formula.network.is_idle(at) => 0.0,
            Vertex::Inference(at) => self.visit_inference(at, visit),
            Vertex::Case(at) => {
                if self.formula.is_own_case(at) {
                    visit(at, 1.0);
                } else {
                    self.visit_pro(at, 1.0, &mut visit);
                }
                0.0
            }
        }
    }

    fn visit_statement(&mut self, at: usize, mut visit: impl FnMut(usize, f64)) -> f64 {
        let formula = &self.formula;
        let base = formula.network.framework.base[at].middle();
        let pro = formula.pro(at, self.degrees);
        let con = formula.con(at, self.degrees);
        let slopes = formula.aggregation.slopes(base, pro, con);
        self.visit_pro(at, slopes.pro, &mut visit);
        self.visit_con(at, slopes.con, &mut visit);
        slopes.base
    }

    fn visit_pro(&mut self, at: usize, slope: f64, visit: &mut impl FnMut(usize, f64)) {
        let network = self.formula.network;
        let reasons = network.framework.graph.reasons.get(at).iter();
        self.visit_joined(
            reasons.map(|reason| network.inference(*reason)),
            slope,
            visit,
        );
    }

    fn visit_con(&mut self, at: usize, slope: f64, visit: &mut impl FnMut(usize, f64)) {
        let network = self.formula.network;
        let objections = network.framework.graph.objections.get(at).iter();
        let objections = objections.map(|objection| network.inference(*objection));
        let rivals = network.framework.rivals.get(at).iter();
        let cases = rivals.map(|rival| network.case(*rival));
        self.visit_joined(objections.chain(cases), slope, visit);
    }

    /// Contributions on one side, whose joint effect has a derivative.
    fn visit_joined(
        &mut self,
        contributions: impl Iterator<Item = usize> + Clone,
        slope: f64,
        visit: &mut impl FnMut(usize, f64),
    ) {
        match self.formula.aggregation {
            Aggregation::DfQuad => {
                let missing = contributions.clone().map(|at| 1.0 - self.degrees[at]);
                self.factors.clear();
                self.factors.extend(missing);
                products_of_others(&self.factors, &mut self.others);
                let partials = contributions.zip(&self.others);
                partials.for_each(|(at, others)| visit(at, slope * others));
            }
            Aggregation::QuadraticEnergy | Aggregation::Euler => {
                contributions.for_each(|at| visit(at, slope));
            }
        }
    }

    fn visit_inference(&mut self, at: usize, mut visit: impl FnMut(usize, f64)) -> f64 {
        let network = self.formula.network;
        let graph = network.framework.graph;
        let weight = network.framework.weights[at];
        let premises = self.carrying(graph.premises.get(at));
        let undercuts = graph.undercuts.get(at);
        let strengths = premises.iter().map(|premise| self.degrees[premise.index()]);
        self.factors.clear();
        self.factors.extend(strengths);
        let attacks = undercuts
            .iter()
            .map(|undercut| network.inference(*undercut));
        let missing = attacks.clone().map(|at| 1.0 - self.degrees[at]);
        self.factors.extend(missing);
        let product = products_of_others(&self.factors, &mut self.others);
        let (of_premises, of_attacks) = self.others.split_at(premises.len());
        for (premise, others) in premises.iter().zip(of_premises) {
            visit(premise.index(), weight * others);
        }
        for (attack, others) in attacks.zip(of_attacks) {
            visit(attack, -weight * others);
        }
        product
    }

    /// The premises that a contribution follows: of several weakest ones, the first.
    fn carrying<'p>(&self, premises: &'p [StatementIdx]) -> &'p [StatementIdx] {
        let strength = |at: usize| self.degrees[premises[at].index()];
        let weaker = |one, other| {
            if strength(other) < strength(one) {
                other
            } else {
                one
            }
        };
        match (self.formula.linked, (0..premises.len()).reduce(weaker)) {
            (Linked::Minimum, Some(weakest)) => &premises[weakest..=weakest],
            _ => premises,
        }
    }
}

/// Finds for each factor the product of all others, without a division, and returns the product of all.
fn products_of_others(factors: &[f64], others: &mut Vec<f64>) -> f64 {
    others.clear();
    let mut product = 1.0;
    for factor in factors {
        others.push(product);
        product *= factor;
    }
    let mut behind = 1.0;
    for (own, factor) in others.iter_mut().zip(factors).rev() {
        *own *= behind;
        behind *= factor;
    }
    product
}
