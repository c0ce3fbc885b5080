//! In which order the numbers are computed.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::circular::idle_reasons;
use super::network::Network;
use crate::analysis::framework::Framework;
use crate::graph::Lists;
use crate::model::{InferenceIdx, Target};

/// How many times the numbers of all circles together are computed at most, counted by the number.
const MAX_UPDATES: usize = 50_000_000;

/// How many times the numbers of a circle are computed at most.
const MAX_ROUNDS: usize = 10_000;

/// Every vertex after those that it is computed from, as far as that can be.
///
/// O(n + m): the document backwards where that is such an order, depth-first search where else there is no circle; else
/// Kahn's algorithm (1962), and Kosaraju's (Sharir 1981) for what it leaves over, which `petgraph` runs without recursion.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    /// For each inference, whether it contributes nothing, whatever its premises are; empty where all contribute.
    pub(super) is_idle: Vec<bool>,
    /// What no circle leads to.
    acyclic: Vec<u32>,
    /// The rest: strongly connected components, and within each an order for the links that do not start at attackers.
    /// Every circle has an attacker, because reasons alone are kept from making one.
    components: Lists<u32>,
}

impl Plan {
    pub(super) fn of(framework: &Framework<'_>) -> Self {
        let is_whole = &framework.graph.is_whole;
        let mut is_idle: Vec<bool> = Vec::new();
        if is_whole.contains(&false) {
            is_idle.extend(is_whole.iter().map(|whole| !whole));
        }
        let network = Network::new(framework, &is_idle);
        if let Some(acyclic) = backwards(network).or_else(|| straight(network)) {
            return Self {
                is_idle,
                acyclic,
                components: Lists::default(),
            };
        }
        is_idle.resize(is_whole.len(), false);
        for reason in idle_reasons(framework) {
            is_idle[reason.index()] = true;
        }
        let acyclic = sort(Network::new(framework, &is_idle), |_| true, |_| true);
        let components = components(Network::new(framework, &is_idle), &acyclic);
        Self {
            is_idle,
            acyclic,
            components,
        }
    }

    pub(super) fn has_circles(&self) -> bool {
        !self.components.is_empty()
    }

    /// All vertices in order: one by one, and the strongly connected components together.
    pub(super) fn parts(&self) -> impl DoubleEndedIterator<Item = &[u32]> + ExactSizeIterator {
        (0..self.n_parts()).map(|at| self.part(at))
    }

    pub(super) fn n_parts(&self) -> usize {
        self.acyclic.len() + self.components.len()
    }

    pub(super) fn part(&self, at: usize) -> &[u32] {
        match self.acyclic.get(at..=at) {
            Some(single) => single,
            None => self.components.get(at - self.acyclic.len()),
        }
    }

    /// How often each circle may be computed: the same for all, so that the order of the map does not matter.
    pub(super) fn max_rounds(&self) -> usize {
        (MAX_UPDATES / self.components.n_items().max(1)).min(MAX_ROUNDS)
    }
}

/// The document backwards: inferences from the last to the first, each as soon as its premises are there, and between
/// them the statements from the last to the first; nothing where that does not sort the vertices topologically.
///
/// Authors write what a claim rests on below the claim, so that this is the order of nearly every map that was written
/// from its thesis down. All but the numbers of reasons is then read from memory as it lies there.
fn backwards(network: Network<'_, '_>) -> Option<Vec<u32>> {
    let framework = network.framework;
    let graph = framework.graph;
    if framework.rivals.n_items() > 0 {
        return None;
    }
    let mut sorted: Vec<u32> = Vec::with_capacity(network.n_vertices());
    let mut n_left = framework.n_statements();
    for at in (0..framework.n_inferences()).rev() {
        let premises = graph.premises.get(at).iter();
        let least = premises.map(|premise| premise.index()).min();
        while n_left > least.unwrap_or(n_left) {
            n_left -= 1;
            sorted.push(number(n_left));
        }
        let is_before_target = match graph.targets[at] {
            Target::Statement(target) => target.index() < n_left,
            Target::Inference(target) => target.index() < at,
        };
        if !is_before_target {
            return None;
        }
        sorted.push(number(network.inference(InferenceIdx::new(at))));
    }
    sorted.extend((0..n_left).rev().map(number));
    Some(sorted)
}

/// Sorts all vertices topologically; nothing where there is a circle.
///
/// Depth-first search (Tarjan 1976) from the last statement to the first, so that nearly all of the order is the document
/// backwards, and neighbours in it are neighbours in memory.
/// The order of Kahn's algorithm, breadth first, jumps about, which in a large map costs more than all of the sums.
fn straight(network: Network<'_, '_>) -> Option<Vec<u32>> {
    let mut stages = vec![Stage::Unseen; network.n_vertices()];
    let mut sorted = Vec::with_capacity(network.n_vertices());
    let mut open: Vec<u32> = Vec::new();
    for start in network.backwards() {
        if stages[start] == Stage::Unseen {
            open.push(number(start));
        }
        while let Some(&at) = open.last() {
            match stages[at as usize] {
                Stage::Unseen => {
                    stages[at as usize] = Stage::Open;
                    let mut is_circular = false;
                    network.each_input(at as usize, |input| match stages[input] {
                        Stage::Unseen => open.push(number(input)),
                        Stage::Open => is_circular = true,
                        Stage::Sorted => {}
                    });
                    if is_circular {
                        return None;
                    }
                }
                Stage::Open => {
                    stages[at as usize] = Stage::Sorted;
                    sorted.push(at);
                    open.pop();
                }
                Stage::Sorted => drop(open.pop()),
            }
        }
    }
    Some(sorted)
}

/// How far a depth-first search is with a vertex.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    Unseen,
    /// What it is computed from is being sorted.
    Open,
    Sorted,
}

/// Sorts those vertices topologically by the links that start at some of them; what is on or behind a circle is missing.
fn sort(
    network: Network<'_, '_>,
    is_member: impl Fn(usize) -> bool,
    is_start: impl Fn(usize) -> bool,
) -> Vec<u32> {
    let mut waiting = vec![0u32; network.n_vertices()];
    let mut sorted = Vec::with_capacity(network.n_vertices());
    for at in (0..network.n_vertices()).filter(|at| is_member(*at)) {
        let mut n_inputs = 0;
        network.each_input(at, |input| n_inputs += u32::from(is_start(input)));
        waiting[at] = n_inputs;
        if n_inputs == 0 {
            sorted.push(number(at));
        }
    }
    let mut n_told = 0;
    while let Some(&at) = sorted.get(n_told) {
        n_told += 1;
        if !is_start(at as usize) {
            continue;
        }
        network.each_dependent(at as usize, |dependent| {
            if is_member(dependent) {
                waiting[dependent] -= 1;
                if waiting[dependent] == 0 {
                    sorted.push(number(dependent));
                }
            }
        });
    }
    sorted
}

/// The strongly connected components of all but the sorted vertices, those first that depend on no other.
fn components(network: Network<'_, '_>, acyclic: &[u32]) -> Lists<u32> {
    if acyclic.len() == network.n_vertices() {
        return Lists::default();
    }
    let mut is_left = vec![true; network.n_vertices()];
    for &at in acyclic {
        is_left[at as usize] = false;
    }
    let is_start = |at: usize| is_left[at] && !network.is_attacker(at);
    let left = sort(network, |at| is_left[at], is_start);
    assert_eq!(
        left.len() + acyclic.len(),
        network.n_vertices(),
        "reasons alone make no circle"
    );
    let mut place = vec![0; network.n_vertices()];
    let mut links: DiGraph<(), ()> = DiGraph::new();
    for &at in &left {
        place[at as usize] = links.add_node(()).index();
    }
    for &at in &left {
        let own = NodeIndex::new(place[at as usize]);
        network.each_input(at as usize, |input| {
            if is_left[input] {
                links.add_edge(own, NodeIndex::new(place[input]), ());
            }
        });
    }
    let found = kosaraju_scc(&links);
    let mut component_of = vec![0; left.len()];
    for (component, members) in found.iter().enumerate() {
        for member in members {
            component_of[member.index()] = component;
        }
    }
    let pairs: Vec<(usize, u32)> = component_of.into_iter().zip(left).collect();
    Lists::group(found.len(), &pairs)
}

pub(super) fn number(vertex: usize) -> u32 {
    u32::try_from(vertex).expect("a map has fewer than 2^32 numbers")
}
