//! Names become indices: the argument as a graph, and graph theory without opinions.
//!
//! [`ArgumentGraph`] is built once and then only read; [`cycles`] and [`reach`] hand it to `petgraph`.

mod build;
pub mod cycles;
mod lists;
pub mod reach;

pub use lists::Lists;

use crate::model::{ArgumentMap, InferenceIdx, Polarity, Problem, StatementIdx, Target};
use crate::source::Spanned;

/// The statements and inferences of a map with every name looked up.
///
/// Each inference is an edge from all its premises to one target, so the whole is a directed hypergraph;
/// the lists below are its adjacency in both directions, in document order.
#[derive(Clone, Debug, Default)]
pub struct ArgumentGraph {
    /// What the map argues for.
    pub theses: Vec<StatementIdx>,
    /// The theses of included maps.
    pub included_theses: Vec<StatementIdx>,
    /// For each inference, the statements that carry it together.
    pub premises: Lists<StatementIdx>,
    /// For each inference, whether every premise is a statement of the map.
    pub is_whole: Vec<bool>,
    /// For each inference, what it is for or against.
    pub targets: Vec<Target>,
    /// For each inference, for or against.
    pub polarities: Vec<Polarity>,
    /// For each statement, the reasons for it.
    pub reasons: Lists<InferenceIdx>,
    /// For each statement, the objections to it.
    pub objections: Lists<InferenceIdx>,
    /// For each inference, the objections to it.
    pub undercuts: Lists<InferenceIdx>,
    /// Pairs of an inference and a statement that answers a critical question about it.
    pub answers: Vec<(InferenceIdx, StatementIdx)>,
    /// For each statement, the inferences that it is a premise of.
    pub uses: Lists<InferenceIdx>,
    /// Pairs of statements that cannot be true together, as written.
    pub contradictions: Vec<(StatementIdx, StatementIdx)>,
    /// Pairs of a statement and one that it says again.
    pub restatements: Vec<(StatementIdx, StatementIdx)>,
    /// For each statement, the sources that it cites, as indices into the map's sources;
    /// as many as it has citations, with nothing for a source that the map does not define.
    pub citations: Lists<Option<usize>>,
    /// For each source, those that it draws on.
    pub origins: Lists<usize>,
    /// The verdicts that the author expects.
    pub expected: Expected,
    /// For each part of the map, the source that it encodes.
    pub articles: Vec<Option<usize>>,
}

/// The statements whose verdicts an author expects, each with where the map says so.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected {
    /// Those that the evaluation must accept.
    pub accepted: Vec<Spanned<StatementIdx>>,
    /// Those that it must reject.
    pub rejected: Vec<Spanned<StatementIdx>>,
    /// Those that it must leave undecided.
    pub undecided: Vec<Spanned<StatementIdx>>,
}

impl Expected {
    /// All of them in document order of the three lists, each with what is expected of it.
    pub fn all(&self) -> impl Iterator<Item = (Expectation, &Spanned<StatementIdx>)> {
        let lists = [
            (Expectation::Accepted, &self.accepted),
            (Expectation::Rejected, &self.rejected),
            (Expectation::Undecided, &self.undecided),
        ];
        let pairs = lists.into_iter();
        pairs.flat_map(|(expected, list)| list.iter().map(move |it| (expected, it)))
    }
}

/// What an author expects of a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expectation {
    /// That the evaluation accepts it.
    Accepted,
    /// That it rejects it.
    Rejected,
    /// That it leaves it undecided.
    Undecided,
}

impl ArgumentGraph {
    /// Looks up every name of the map.
    ///
    /// Linear, but for suggestions of what an unknown name may mean, whose cost is bounded.
    pub fn build(map: &ArgumentMap) -> (Self, Vec<Problem>) {
        build::build(map)
    }

    /// How many statements there are.
    pub fn n_statements(&self) -> usize {
        self.reasons.len()
    }

    /// How many inferences there are.
    pub fn n_inferences(&self) -> usize {
        self.targets.len()
    }

    /// All statements in document order.
    pub fn statements(&self) -> impl Iterator<Item = StatementIdx> + use<> {
        (0..self.n_statements()).map(StatementIdx::new)
    }

    /// All inferences in document order.
    pub fn inferences(&self) -> impl Iterator<Item = InferenceIdx> + use<> {
        (0..self.n_inferences()).map(InferenceIdx::new)
    }

    /// Whether an inference is against its target.
    pub fn is_objection(&self, inference: InferenceIdx) -> bool {
        self.polarities[inference.index()] == Polarity::Con
    }

    /// The statement that an inference is a reason for; none for an objection.
    pub fn supported(&self, inference: InferenceIdx) -> Option<StatementIdx> {
        match self.targets[inference.index()] {
            Target::Statement(target) if !self.is_objection(inference) => Some(target),
            _ => None,
        }
    }

    /// The statement that an inference is for or against; for an undercut, that of the step it attacks.
    pub fn conclusion(&self, inference: InferenceIdx) -> StatementIdx {
        let mut target = self.targets[inference.index()];
        loop {
            match target {
                Target::Statement(statement) => return statement,
                Target::Inference(attacked) => target = self.targets[attacked.index()],
            }
        }
    }
}

/// The second members of the pairs of a statement, in a list of pairs of the graph. Logarithmic in the list.
pub fn partners(
    pairs: &[(StatementIdx, StatementIdx)],
    statement: StatementIdx,
) -> impl Iterator<Item = StatementIdx> {
    // Pairs are in the order of their first members.
    let start = pairs.partition_point(|(one, _)| *one < statement);
    pairs[start..]
        .iter()
        .take_while(move |(one, _)| *one == statement)
        .map(|(_, other)| *other)
}
