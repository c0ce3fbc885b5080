//! What an evaluation looks at: the graph with what each statement and step brings of its own.

use rustc_hash::FxHashSet;

use crate::graph::{ArgumentGraph, Lists};
use crate::model::{ArgumentMap, InferenceIdx, Likelihood, Standard, StatementIdx, Strength};

/// What a claim without reasons counts for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leaves {
    /// It is open to question: nothing carries it, and it carries nothing.
    #[default]
    Question,
    /// It is taken as given, as evidence is: for maps of formats that know no evidence.
    Accept,
}

/// A closed interval of degrees from 0 to 1; a number has both ends at it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Interval {
    /// The interval of just one degree.
    pub const fn point(degree: f64) -> Self {
        Self {
            low: degree,
            high: degree,
        }
    }

    /// The degree in the middle.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Whether it is one degree.
    pub fn is_point(self) -> bool {
        self.low.to_bits() == self.high.to_bits()
    }
}

/// A statement or an inference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A statement.
    Statement(StatementIdx),
    /// An inference.
    Inference(InferenceIdx),
}

/// A map as argumentation theory sees it: names are indices, words are numbers, defaults are filled in.
///
/// Support is evidential, or set-necessary: a claim stands only on a chain of reasons that ends in what is assumed
/// (Oren & Norman 2008; Nouioua & Risch 2011).
/// The attacks that bipolar frameworks derive from chains of support are not computed: nobody drew them.
#[derive(Clone, Debug)]
pub struct Framework<'g> {
    /// The statements and inferences, and how they hang together.
    pub graph: &'g ArgumentGraph,
    /// For each statement, whether it is accepted unless an objection holds.
    pub is_assumed: Vec<bool>,
    /// For each statement, how credible it is before reasons.
    pub base: Vec<Interval>,
    /// For each statement, the standard of proof that the map sets for it.
    pub standards: Vec<Standard>,
    /// For each inference, how strongly its premises carry the target, from 0 to 1.
    pub weights: Vec<f64>,
    /// For each statement, those that cannot be true together with it, each once:
    /// the reasons for one count as objections to the other.
    pub rivals: Lists<StatementIdx>,
}

impl<'g> Framework<'g> {
    /// Reads a map as a framework; O(n + m).
    pub fn of(map: &ArgumentMap, graph: &'g ArgumentGraph, leaves: Leaves) -> Self {
        let is_given =
            |at: StatementIdx| leaves == Leaves::Accept && graph.reasons.get(at.index()).is_empty();
        let assumed = graph
            .statements()
            .map(|at| map.statement(at).kind.is_assumed() || is_given(at));
        let is_assumed: Vec<bool> = assumed.collect();
        let statements = map.statements.iter().zip(&is_assumed);
        let base = statements.map(|(statement, assumed)| {
            let own = statement
                .strength
                .as_ref()
                .map(|strength| degrees(strength.value));
            let default = Interval::point(if *assumed { 1.0 } else { 0.0 });
            // A claim carries the burden of proof, unless its author says how credible it is.
            own.unwrap_or(default)
        });
        let standard = |own: &Option<crate::source::Spanned<Standard>>| {
            own.as_ref().map_or(Standard::default(), |own| own.value)
        };
        Self {
            base: base.collect(),
            standards: map
                .statements
                .iter()
                .map(|s| standard(&s.standard))
                .collect(),
            weights: map
                .inferences
                .iter()
                .map(|i| i.weight.as_ref().map_or(1.0, |own| own.value))
                .collect(),
            rivals: rivals(graph),
            graph,
            is_assumed,
        }
    }

    /// How many statements there are.
    pub fn n_statements(&self) -> usize {
        self.is_assumed.len()
    }

    /// How many inferences there are.
    pub fn n_inferences(&self) -> usize {
        self.weights.len()
    }

    /// Takes statements that contradict each other for such as do not; O(n + m).
    pub fn reconcile(&mut self, pairs: &FxHashSet<(StatementIdx, StatementIdx)>) {
        let is_kept = |(one, other): &(usize, StatementIdx)| {
            let one = StatementIdx::new(*one);
            !pairs.contains(&(one, *other)) && !pairs.contains(&(*other, one))
        };
        let rivals = &self.rivals;
        let all = (0..rivals.len()).flat_map(|at| rivals.get(at).iter().map(move |it| (at, *it)));
        let kept: Vec<(usize, StatementIdx)> = all.filter(is_kept).collect();
        self.rivals = Lists::group(self.rivals.len(), &kept);
    }

    /// The statement that an inference is a reason for.
    pub fn supported(&self, inference: InferenceIdx) -> Option<StatementIdx> {
        self.graph.supported(inference)
    }

    /// Whether an inference can hold at all: one with a premise that the map does not define never does.
    pub fn is_whole(&self, inference: InferenceIdx) -> bool {
        self.graph.is_whole[inference.index()]
    }
}

/// The pairs in both directions, without doubles; a statement is no rival of itself.
fn rivals(graph: &ArgumentGraph) -> Lists<StatementIdx> {
    let pairs = graph
        .contradictions
        .iter()
        .filter(|(one, other)| one != other);
    let both = pairs.flat_map(|&(one, other)| [(one.index(), other), (other.index(), one)]);
    let mut both: Vec<(usize, StatementIdx)> = both.collect();
    both.sort_unstable();
    both.dedup();
    Lists::group(graph.n_statements(), &both)
}

/// The degrees that a strength stands for.
fn degrees(strength: Strength) -> Interval {
    let (low, high) = match strength {
        Strength::Number(degree) => (degree, degree),
        Strength::Word(Likelihood::AlmostNoChance) => (0.01, 0.05),
        Strength::Word(Likelihood::VeryUnlikely) => (0.05, 0.20),
        Strength::Word(Likelihood::Unlikely) => (0.20, 0.45),
        Strength::Word(Likelihood::RoughlyEven) => (0.45, 0.55),
        Strength::Word(Likelihood::Likely) => (0.55, 0.80),
        Strength::Word(Likelihood::VeryLikely) => (0.80, 0.95),
        Strength::Word(Likelihood::AlmostCertain) => (0.95, 0.99),
    };
    Interval { low, high }
}
