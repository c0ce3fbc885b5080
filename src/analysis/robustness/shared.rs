//! Which statements are counted twice?

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use rustc_hash::FxHashMap;

use super::limits::{Limits, Work};
use super::live::Live;
use crate::analysis::framework::Framework;
use crate::model::{InferenceIdx, StatementIdx};

/// The share of all work that one statement may take.
const SHARE: usize = 256;

/// A statement that reaches a claim by two of its convergent reasons, which look independent and are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DoubleCount {
    /// The claim at which the ways from the statement meet.
    pub claim: StatementIdx,
    /// The statement.
    pub statement: StatementIdx,
    /// The reasons for the claim by which they meet, in document order.
    pub reasons: [InferenceIdx; 2],
}

/// The statements that are counted twice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DoubleCounts {
    /// At most one for each statement, in document order of the statements.
    pub found: Vec<DoubleCount>,
    /// For how many statements the work did not suffice to tell.
    pub n_unsearched: usize,
}

impl DoubleCounts {
    /// Finds, for every statement with several uses, the nearest claim that it reaches twice.
    ///
    /// That is a claim to which two chains of reasons lead that have only their ends in common, statements and steps,
    /// and under which there is no other such claim, but in a circle with it.
    /// So what lies under a shared statement is not reported with it, nor are the claims above the one where its ways meet.
    /// Steps inside a circle are left out: they carry nothing by themselves.
    ///
    /// A claim has two such chains exactly if nothing but the statement is on all ways from the statement to it: the
    /// statement is the claim's immediate dominator in the graph of what it supports (Menger 1927; Lengauer & Tarjan 1979).
    /// From each statement that graph is walked in topological order and no further than all ways meet;
    /// O(n + m) where shared statements are near the claims at which their ways meet, and bounded by the work elsewhere.
    pub fn of(framework: &Framework<'_>, live: &Live, limits: &Limits) -> Self {
        let shared = |statement: &StatementIdx| {
            let uses = framework.graph.uses.get(statement.index()).iter();
            uses.filter(|inference| live.counts(**inference)).count() > 1
        };
        let shared: Vec<StatementIdx> = framework.graph.statements().filter(shared).collect();
        let mut found = Self::default();
        if shared.is_empty() {
            return found;
        }
        let mut ascent = Ascent::new(framework, live);
        let mut work = Work::new(limits);
        for statement in shared {
            let mut allowance = work.share(limits.max_work / SHARE);
            match ascent.nearest_join(statement, &mut allowance) {
                Ok(join) => found.found.extend(join),
                Err(OutOfWork) => found.n_unsearched += 1,
            }
            work.take_back(&allowance);
        }
        found
    }
}

/// The work does not suffice.
struct OutOfWork;

/// A walk up from a statement.
struct Ascent<'a> {
    framework: &'a Framework<'a>,
    live: &'a Live,
    /// For each statement and then each inference, where it stands in topological order; the same within a circle.
    rank: Vec<usize>,
    /// For each of them that was reached, what all ways to it from the statement lead through, next to the statement.
    through: FxHashMap<usize, usize>,
    /// The nodes to go on from.
    open: BinaryHeap<Reverse<(usize, usize)>>,
    /// For each node next to the statement, how many open nodes all ways lead through it to.
    n_open: FxHashMap<usize, usize>,
}

impl<'a> Ascent<'a> {
    fn new(framework: &'a Framework<'a>, live: &'a Live) -> Self {
        Self {
            rank: ranks(framework, live),
            framework,
            live,
            through: FxHashMap::default(),
            open: BinaryHeap::new(),
            n_open: FxHashMap::default(),
        }
    }

    /// The nearest claim at which ways from a statement meet, if any.
    fn nearest_join(
        &mut self,
        statement: StatementIdx,
        work: &mut Work,
    ) -> Result<Option<DoubleCount>, OutOfWork> {
        self.through.clear();
        self.open.clear();
        self.n_open.clear();
        let start = statement.index();
        for next in self.above(start) {
            self.reach(next, next);
        }
        while let Some(Reverse((_, at))) = self.open.pop() {
            let through = self.through[&at];
            let have_met = self.n_open.len() == 1;
            self.leave(through);
            if through == at
                && let Some(reasons) = self.meeting(at)
            {
                return Ok(Some(DoubleCount {
                    claim: StatementIdx::new(at),
                    statement,
                    reasons,
                }));
            }
            // Where all ways lead through one node, nothing above it is counted twice for the statement's sake.
            if have_met {
                break;
            }
            let above = self.above(at);
            if !work.spend(1 + above.len()) {
                return Err(OutOfWork);
            }
            for next in above {
                self.reach(next, through);
            }
        }
        Ok(None)
    }

    /// What hangs on a node outside its circle.
    fn above(&self, node: usize) -> Vec<usize> {
        let n = self.framework.n_statements();
        let is_above = |above: &usize| self.rank[*above] != self.rank[node];
        if let Some(inference) = node.checked_sub(n) {
            let target = self.framework.supported(InferenceIdx::new(inference));
            return target
                .map(StatementIdx::index)
                .into_iter()
                .filter(is_above)
                .collect();
        }
        let uses = self.framework.graph.uses.get(node).iter();
        let uses = uses.filter(|inference| self.live.counts(**inference));
        uses.map(|inference| n + inference.index())
            .filter(is_above)
            .collect()
    }

    fn reach(&mut self, node: usize, through: usize) {
        let Some(&known) = self.through.get(&node) else {
            self.through.insert(node, through);
            *self.n_open.entry(through).or_default() += 1;
            self.open.push(Reverse((self.rank[node], node)));
            return;
        };
        if known != through && known != node {
            // Nothing but the statement is on all ways to it.
            self.leave(known);
            self.through.insert(node, node);
            *self.n_open.entry(node).or_default() += 1;
        }
    }

    fn leave(&mut self, through: usize) {
        let n = self
            .n_open
            .get_mut(&through)
            .expect("an open node leads through it");
        *n -= 1;
        if *n == 0 {
            self.n_open.remove(&through);
        }
    }

    /// Two reasons for a claim to which the ways have nothing in common.
    fn meeting(&self, claim: usize) -> Option<[InferenceIdx; 2]> {
        let n = self.framework.n_statements();
        if claim >= n {
            return None;
        }
        let reasons = self.live.reasons(self.framework, claim);
        let steps = reasons.filter(|reason| self.rank[n + reason.index()] != self.rank[claim]);
        let mut reached = steps.filter_map(|reason| {
            let through = self.through.get(&(n + reason.index()));
            through.map(|through| (reason, *through))
        });
        let (one, way) = reached.next()?;
        let (other, _) = reached.find(|(_, other)| *other != way)?;
        Some([one, other])
    }
}

/// Where statements and inferences stand in topological order, premises first; members of a circle stand together.
///
/// Kosaraju's algorithm (Sharir 1981); O(n + m).
fn ranks(framework: &Framework<'_>, live: &Live) -> Vec<usize> {
    let graph = framework.graph;
    let n = graph.n_statements();
    let n_nodes = n + graph.n_inferences();
    let mut links: DiGraph<(), ()> = DiGraph::with_capacity(n_nodes, graph.premises.n_items());
    for _ in 0..n_nodes {
        links.add_node(());
    }
    for inference in graph
        .inferences()
        .filter(|inference| live.counts(*inference))
    {
        let step = NodeIndex::new(n + inference.index());
        let target = framework
            .supported(inference)
            .expect("what counts is a reason");
        links.add_edge(NodeIndex::new(target.index()), step, ());
        for premise in graph.premises.get(inference.index()) {
            links.add_edge(step, NodeIndex::new(premise.index()), ());
        }
    }
    let mut rank = vec![0; n_nodes];
    for (at, circle) in kosaraju_scc(&links).into_iter().enumerate() {
        for member in circle {
            rank[member.index()] = at;
        }
    }
    rank
}
