//! The numbers of a whole map.

use super::degree::Degree;
use super::formula::Formula;
use super::plan::Plan;

/// How little the objections of a circle that has come to rest still move.
pub(super) const TOLERANCE: f64 = 1e-9;

/// After how many rounds without progress the objections of a circle move in smaller steps.
const PATIENCE: usize = 16;

/// The share of a distance that must remain at most for it to be progress; slower, no circle comes to rest in time.
const PROGRESS: f64 = 0.99;

/// The degrees of all vertices.
#[derive(Clone, Debug, Default)]
pub(super) struct Evaluation<D> {
    pub(super) degrees: Vec<D>,
    /// For each vertex, whether it depends on a circle that does not come to rest; empty where none does.
    is_unsettled: Vec<bool>,
}

impl<D: Degree> Evaluation<D> {
    pub(super) fn of(formula: &Formula<'_, '_>, plan: &Plan) -> Self {
        let mut evaluation = Self {
            degrees: formula.start(),
            is_unsettled: Vec::new(),
        };
        for part in plan.parts() {
            evaluation.compute(formula, part, plan.max_rounds());
        }
        evaluation
    }

    pub(super) fn get(&self, vertex: usize) -> Option<D> {
        (!self.is_unsettled(vertex)).then(|| self.degrees[vertex])
    }

    pub(super) fn is_settled(&self) -> bool {
        self.is_unsettled.is_empty()
    }

    pub(super) fn is_unsettled(&self, vertex: usize) -> bool {
        self.is_unsettled.get(vertex) == Some(&true)
    }

    /// Computes a part of the plan from what it depends on.
    fn compute(&mut self, formula: &Formula<'_, '_>, part: &[u32], max_rounds: usize) {
        if self.rests_on_unsettled(formula, part)
            || settle(formula, part, &mut self.degrees, max_rounds).is_none()
        {
            self.is_unsettled.resize(self.degrees.len(), false);
            for &at in part {
                self.is_unsettled[at as usize] = !formula.is_given(at as usize);
            }
        }
    }

    fn rests_on_unsettled(&self, formula: &Formula<'_, '_>, part: &[u32]) -> bool {
        let mut rests = false;
        if !self.is_settled() {
            for &at in part {
                let visit = |input| rests |= self.is_unsettled(input);
                formula.network.each_input(at as usize, visit);
            }
        }
        rests
    }
}

/// Computes a part of the plan, and returns how many rounds that took; nothing where it does not come to rest.
///
/// For a circle, a damped fixed-point iteration over what its attackers contribute: the rest follows from that in one
/// round.
/// The step from old to new contributions is ½ at first, and halved whenever they come no closer to each other.
pub(super) fn settle<D: Degree>(
    formula: &Formula<'_, '_>,
    part: &[u32],
    degrees: &mut [D],
    max_rounds: usize,
) -> Option<usize> {
    if let [only] = part {
        degrees[*only as usize] = formula.degree(*only as usize, degrees);
        return Some(1);
    }
    let vertices = part.iter().map(|at| *at as usize);
    let attackers: Vec<usize> = vertices.filter(|at| is_moved(formula, *at)).collect();
    for &attacker in &attackers {
        degrees[attacker] = D::point(0.0);
    }
    let mut damping = Damping::default();
    let mut fresh = Vec::with_capacity(attackers.len());
    for round in 1..=max_rounds {
        fresh.clear();
        for at in part.iter().map(|at| *at as usize) {
            let degree = formula.degree(at, degrees);
            if is_moved(formula, at) {
                fresh.push(degree);
            } else {
                degrees[at] = degree;
            }
        }
        let mut distance = 0.0_f64;
        for (&attacker, &new) in attackers.iter().zip(&fresh) {
            let old = degrees[attacker];
            distance = distance.max(old.distance(new));
            degrees[attacker] = old.with(new, |old, new| old + damping.step * (new - old));
        }
        if distance <= TOLERANCE {
            return Some(round);
        }
        damping.observe(distance);
    }
    None
}

/// Whether a vertex moves step by step: attackers do.
pub(super) fn is_moved(formula: &Formula<'_, '_>, at: usize) -> bool {
    formula.network.is_attacker(at) && !formula.is_given(at)
}

/// How far each round of an iteration goes.
pub(super) struct Damping {
    pub(super) step: f64,
    least: f64,
    n_idle: usize,
}

impl Default for Damping {
    fn default() -> Self {
        Self {
            step: 0.5,
            least: f64::INFINITY,
            n_idle: 0,
        }
    }
}

impl Damping {
    /// Takes in how far old and new are apart.
    pub(super) fn observe(&mut self, distance: f64) {
        self.n_idle += 1;
        if distance < PROGRESS * self.least {
            self.least = distance;
            self.n_idle = 0;
        }
        if self.n_idle == PATIENCE {
            self.step /= 2.0;
            self.n_idle = 0;
        }
    }
}
