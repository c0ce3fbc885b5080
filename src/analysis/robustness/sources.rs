//! Sources as common causes: what falls if a work turns out to be wrong.

use std::collections::VecDeque;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::Robustness;
use super::answer::{Outcome, SinglePoints};
use super::gates::{Gate, Gates, Node, Wiring};
use super::limits::Limits;
use super::live::Live;
use crate::analysis::framework::Framework;
use crate::graph::{ArgumentGraph, Lists};
use crate::model::{ArgumentMap, StatementIdx, StatementKind};

/// The index of a source in [`ArgumentMap::sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceIdx(pub usize);

/// What the evidence of a map rests on: common-cause events in the sense of fault-tree analysis.
///
/// A source that draws on others is no source of its own: it stands as long as one of those stands.
/// So only *origins* can fail, the sources that draw on no other; sources that draw on each other are one, which the
/// first of them stands for.
///
/// An assumed statement rests on the sources that it cites, and falls when all of them have, unless its reasons carry it.
/// One that cites nothing, but has a place or words of the article, rests on the article.
/// One without any source, or with one that the map does not define, rests on something else, which never fails here.
#[derive(Clone, Debug)]
pub struct Sources {
    /// For each statement, the sources that it is assumed on, each by the first of those that draw on each other.
    cited: Lists<SourceIdx>,
    /// For each statement, what it is assumed on.
    basis: Vec<Basis>,
    /// For each source, what it draws on; empty but for the first of those that draw on each other.
    drawn_on: Lists<SourceIdx>,
    /// For each statement, the origins of all evidence for it.
    origins: Vec<Origins>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Basis {
    /// It is not assumed.
    None,
    /// It is taken for granted, and cites nothing.
    Granted,
    /// Sources, all of them known.
    Cited,
    /// Something that is not known.
    Unknown,
}

/// How many origins there are, as far as it matters: this only grows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Origins {
    None,
    One(SourceIdx),
    /// More than one, or one that is not known.
    Many,
}

impl Origins {
    fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::None, any) | (any, Self::None) => any,
            (one, other) if one == other => one,
            _ => Self::Many,
        }
    }
}

impl Sources {
    /// Finds what every statement rests on; O(n + m).
    pub fn of(map: &ArgumentMap, framework: &Framework<'_>, live: &Live) -> Self {
        let graph = framework.graph;
        let first = first_of_circle(&graph.origins);
        let mut cited = Vec::new();
        let mut basis = Vec::new();
        for statement in graph.statements() {
            let at = statement.index();
            let sources = citations(map, graph, statement);
            basis.push(match map.statement(statement).kind {
                _ if !framework.is_assumed[at] => Basis::None,
                StatementKind::Assumption if sources.is_empty() => Basis::Granted,
                _ if sources.is_empty() || sources.contains(&None) => Basis::Unknown,
                _ => Basis::Cited,
            });
            if basis[at] == Basis::Cited {
                let known = sources.into_iter().flatten();
                cited.extend(known.map(|source| (at, first[source])));
            }
        }
        let links = (0..first.len()).flat_map(|source| {
            let origins = graph.origins.get(source).iter();
            origins.map(move |origin| (source, *origin))
        });
        let links = links.map(|(source, origin)| (first[source], first[origin]));
        let mut links: Vec<(usize, SourceIdx)> = links
            .filter(|(source, origin)| source != origin)
            .map(|(source, origin)| (source.0, origin))
            .collect();
        links.sort_unstable();
        links.dedup();
        let mut sources = Self {
            cited: Lists::group(framework.n_statements(), &cited),
            basis,
            drawn_on: Lists::group(first.len(), &links),
            origins: Vec::new(),
        };
        sources.origins = sources.trace(framework, live);
        sources
    }

    /// The one origin that all evidence for a statement traces to, its own and that of all statements under it by
    /// reasons that count; none where there are several, where one is unknown, or where there is no evidence.
    ///
    /// What is taken for granted without a source is no evidence.
    pub fn single_source(&self, statement: StatementIdx) -> Option<SourceIdx> {
        match self.origins[statement.index()] {
            Origins::One(source) => Some(source),
            Origins::None | Origins::Many => None,
        }
    }

    /// What would bring a thesis down, in origins of the evidence.
    ///
    /// [`Outcome::Given`] if the thesis holds though all sources fail.
    pub fn robustness(
        &self,
        framework: &Framework<'_>,
        live: &Live,
        thesis: StatementIdx,
        limits: &Limits,
    ) -> Outcome<Robustness<SourceIdx>> {
        let wiring = Wires::new(self, framework, live);
        let gates = Gates::under(thesis.index(), &wiring);
        gates.map(|gates| Robustness::of_gates(&gates, |node| wiring.source(&gates, node), limits))
    }

    /// The origins without any of which a thesis does not hold, and nothing else.
    pub fn single_points(
        &self,
        framework: &Framework<'_>,
        live: &Live,
        thesis: StatementIdx,
        limits: &Limits,
    ) -> Outcome<SinglePoints<SourceIdx>> {
        let wiring = Wires::new(self, framework, live);
        let gates = Gates::under(thesis.index(), &wiring);
        gates
            .map(|gates| SinglePoints::of_gates(&gates, |node| wiring.source(&gates, node), limits))
    }

    /// Carries origins up, from source to source and along reasons.
    ///
    /// What is known of a node grows at most twice, so that each link is followed at most twice.
    fn trace(&self, framework: &Framework<'_>, live: &Live) -> Vec<Origins> {
        let n_sources = self.drawn_on.len();
        let mut of_sources = vec![Origins::None; n_sources];
        let links = (0..n_sources).flat_map(|source| {
            let origins = self.drawn_on.get(source).iter();
            origins.map(move |origin| (origin.0, SourceIdx(source)))
        });
        let drawing: Vec<(usize, SourceIdx)> = links.collect();
        let drawing = Lists::group(n_sources, &drawing);
        let roots = (0..n_sources).filter(|source| self.drawn_on.get(*source).is_empty());
        let seeds = roots.map(|root| (root, Origins::One(SourceIdx(root))));
        spread(&mut of_sources, seeds.collect(), |source, found| {
            found.extend(drawing.get(source).iter().map(|user| user.0));
        });

        let mut of_statements = vec![Origins::None; self.basis.len()];
        let own = |(at, basis): (usize, &Basis)| match basis {
            Basis::None | Basis::Granted => (at, Origins::None),
            Basis::Unknown => (at, Origins::Many),
            Basis::Cited => {
                let cited = self.cited.get(at).iter().map(|source| of_sources[source.0]);
                (at, cited.fold(Origins::None, Origins::with))
            }
        };
        let seeds = self.basis.iter().enumerate().map(own).collect();
        spread(&mut of_statements, seeds, |statement, found| {
            let uses = framework.graph.uses.get(statement).iter();
            let uses = uses.filter(|inference| live.counts(**inference));
            let targets = uses.filter_map(|inference| framework.supported(*inference));
            found.extend(targets.map(StatementIdx::index));
        });
        of_statements
    }
}

/// Joins what is known of each node to what is known of those that follow it, until nothing changes.
fn spread(
    known: &mut [Origins],
    seeds: VecDeque<(usize, Origins)>,
    followers: impl Fn(usize, &mut Vec<usize>),
) {
    let mut open = seeds;
    let mut found = Vec::new();
    while let Some((at, new)) = open.pop_front() {
        let joined = known[at].with(new);
        if joined == known[at] {
            continue;
        }
        known[at] = joined;
        followers(at, &mut found);
        open.extend(found.drain(..).map(|follower| (follower, joined)));
    }
}

/// The sources that a statement cites; the article, where it says only where in the article it stands.
fn citations(
    map: &ArgumentMap,
    graph: &ArgumentGraph,
    statement: StatementIdx,
) -> Vec<Option<usize>> {
    let cited = graph.citations.get(statement.index());
    let written = map.statement(statement);
    if !cited.is_empty() || !written.is_cited() {
        return cited.to_vec();
    }
    let file = written.text.span.file;
    vec![graph.articles[file.0 as usize]]
}

/// For each source, the first of those that it draws on and that draw on it, or itself.
fn first_of_circle(origins: &Lists<usize>) -> Vec<SourceIdx> {
    let mut links: DiGraph<(), ()> = DiGraph::with_capacity(origins.len(), origins.n_items());
    for _ in 0..origins.len() {
        links.add_node(());
    }
    for source in 0..origins.len() {
        for origin in origins.get(source) {
            links.add_edge(NodeIndex::new(source), NodeIndex::new(*origin), ());
        }
    }
    let mut first = vec![SourceIdx(0); origins.len()];
    for circle in kosaraju_scc(&links) {
        let least = circle.iter().map(|node| node.index()).min();
        let least = least.expect("a component has a member");
        for member in circle {
            first[member.index()] = SourceIdx(least);
        }
    }
    first
}

/// The and/or graph of statements, inferences and sources, in that order.
struct Wires<'a> {
    sources: &'a Sources,
    framework: &'a Framework<'a>,
    live: &'a Live,
    /// The number of the first source.
    n: usize,
}

impl<'a> Wires<'a> {
    fn new(sources: &'a Sources, framework: &'a Framework<'a>, live: &'a Live) -> Self {
        Self {
            n: framework.n_statements() + framework.n_inferences(),
            sources,
            framework,
            live,
        }
    }

    fn source(&self, gates: &Gates, node: Node) -> SourceIdx {
        SourceIdx(gates.names[node.index()] - self.n)
    }
}

impl Wiring for Wires<'_> {
    fn n_nodes(&self) -> usize {
        self.n + self.sources.drawn_on.len()
    }

    fn gate(&self, node: usize, inputs: &mut Vec<usize>) -> Gate {
        let n_statements = self.framework.n_statements();
        if let Some(source) = node.checked_sub(self.n) {
            let origins = self.sources.drawn_on.get(source);
            inputs.extend(origins.iter().map(|origin| self.n + origin.0));
            return if origins.is_empty() {
                Gate::Event
            } else {
                Gate::Any
            };
        }
        if let Some(inference) = node.checked_sub(n_statements) {
            let premises = self.framework.graph.premises.get(inference).iter();
            inputs.extend(premises.map(|premise| premise.index()));
            return Gate::All;
        }
        if matches!(self.sources.basis[node], Basis::Granted | Basis::Unknown) {
            return Gate::Given;
        }
        let cited = self.sources.cited.get(node).iter();
        inputs.extend(cited.map(|source| self.n + source.0));
        let reasons = self.live.reasons(self.framework, node);
        inputs.extend(reasons.map(|reason| n_statements + reason.index()));
        Gate::Any
    }
}
