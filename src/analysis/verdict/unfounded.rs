//! What rests only on itself: the unfounded sets of Van Gelder, Ross & Schlipf (1991).

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::Verdict;
use super::contest::stronger;
use super::propagate::Propagation;
use super::standard::Greatest;
use crate::analysis::framework::Node;
use crate::model::{InferenceIdx, StatementIdx};

/// Rejects every undecided statement and inference that no chain of reasons from outside could carry, were all
/// undecided objections to fail; then propagates, until nothing changes.
///
/// Whether something can be carried depends only on what it depends on.
/// So what is undecided is taken component by component, dependencies first, and each is settled for good.
/// All components take O(n + m), but for those in which one unfounded set hides another.
pub(super) fn reject(propagation: &mut Propagation<'_, '_>) {
    if !propagation.statements.contains(&Verdict::Undecided) {
        return;
    }
    let mut search = Search::new(propagation);
    for component in components(propagation) {
        while search.reject_in(propagation, &component) {}
    }
}

/// The strongly connected components of what is undecided, those first that depend on no other.
///
/// Kosaraju's algorithm (Sharir 1981), which `petgraph` runs without recursion; O(n + m).
fn components(propagation: &Propagation<'_, '_>) -> Vec<Vec<Node>> {
    let graph = propagation.framework.graph;
    let n = graph.n_statements();
    // A statement is a vertex, the case for it that its rivals meet is another, and an inference is one.
    let n_vertices = 2 * n + graph.n_inferences();
    let mut links: DiGraph<(), ()> = DiGraph::with_capacity(n_vertices, n_vertices);
    for _ in 0..n_vertices {
        links.add_node(());
    }
    let mut link = |from: usize, to: usize| {
        links.add_edge(NodeIndex::new(from), NodeIndex::new(to), ());
    };
    for statement in graph
        .statements()
        .filter(|s| propagation.is_open(Node::Statement(*s)))
    {
        let at = statement.index();
        for inference in graph.reasons.get(at) {
            link(at, 2 * n + inference.index());
            link(n + at, 2 * n + inference.index());
        }
        for inference in graph.objections.get(at) {
            link(at, 2 * n + inference.index());
        }
        for rival in propagation.framework.rivals.get(at) {
            link(at, n + rival.index());
        }
        if propagation.framework.is_assumed[at] {
            link(n + at, at);
        }
    }
    for inference in graph
        .inferences()
        .filter(|i| propagation.is_open(Node::Inference(*i)))
    {
        let at = inference.index();
        for premise in graph.premises.get(at) {
            link(2 * n + at, premise.index());
        }
        for undercut in graph.undercuts.get(at) {
            link(2 * n + at, 2 * n + undercut.index());
        }
    }
    let node = |vertex: NodeIndex| match vertex.index() {
        at if at < n => Some(Node::Statement(StatementIdx::new(at))),
        at if at < 2 * n => None,
        at => Some(Node::Inference(InferenceIdx::new(at - 2 * n))),
    };
    let open = |node: &Node| propagation.is_open(*node);
    let components = kosaraju_scc(&links).into_iter();
    let nodes = components.map(|c| c.into_iter().filter_map(node).filter(open).collect());
    nodes
        .filter(|nodes: &Vec<Node>| !nodes.is_empty())
        .collect()
}

/// What could be carried of a component if no undecided objection held.
struct Search {
    /// For each statement and then each inference, whether it is in hand and nothing found so far carries it.
    is_loose: Vec<bool>,
    /// For each inference in hand, how many of its premises are loose.
    n_loose: Vec<u32>,
    /// For each statement in hand, the strongest of its reasons that are not loose.
    strongest: Vec<Greatest>,
    carried: Vec<Node>,
}

impl Search {
    fn new(propagation: &Propagation<'_, '_>) -> Self {
        let (n, m) = (propagation.statements.len(), propagation.inferences.len());
        Self {
            is_loose: vec![false; n + m],
            n_loose: vec![0; m],
            strongest: vec![None; n],
            carried: Vec::new(),
        }
    }

    /// Rejects what nothing outside could carry of one component, and says whether there was anything.
    fn reject_in(&mut self, propagation: &mut Propagation<'_, '_>, component: &[Node]) -> bool {
        let open = component.iter().copied();
        let open: Vec<Node> = open.filter(|node| propagation.is_open(*node)).collect();
        self.carry(propagation, &open);
        let mut has_unfounded = false;
        for &node in &open {
            if !std::mem::take(&mut self.is_loose[propagation.number(node)]) {
                continue;
            }
            has_unfounded = true;
            if let Node::Statement(statement) = node {
                propagation.is_unfounded[statement.index()] = true;
            }
            propagation.decide(node, Verdict::Out);
        }
        propagation.run();
        has_unfounded
    }

    /// Unit propagation from what is carried from outside; the rest stays loose.
    fn carry(&mut self, propagation: &Propagation<'_, '_>, open: &[Node]) {
        for &node in open {
            self.is_loose[propagation.number(node)] = true;
        }
        // All is counted before anything is carried.
        let mut seeds = Vec::new();
        for &node in open {
            let is_seed = match node {
                Node::Statement(statement) => self.start_statement(propagation, statement),
                Node::Inference(inference) => self.start_inference(propagation, inference),
            };
            if is_seed {
                seeds.push(node);
            }
        }
        for seed in seeds {
            self.raise(propagation, seed);
        }
        while let Some(node) = self.carried.pop() {
            match node {
                Node::Statement(statement) => self.raise_uses(propagation, statement),
                Node::Inference(inference) => self.raise_target(propagation, inference),
            }
        }
    }

    /// Whether reasons from outside the component, or being assumed, could carry a statement.
    fn start_statement(
        &mut self,
        propagation: &Propagation<'_, '_>,
        statement: StatementIdx,
    ) -> bool {
        let framework = propagation.framework;
        let reasons = framework.graph.reasons.get(statement.index()).iter();
        let outside = reasons.filter(|reason| {
            let is_out = propagation.inferences[reason.index()] == Verdict::Out;
            !is_out && !self.is_loose[propagation.number(Node::Inference(**reason))]
        });
        let weights = outside.map(|reason| Some(framework.weights[reason.index()]));
        let strongest = weights.fold(None, stronger);
        self.strongest[statement.index()] = strongest;
        propagation.could_stand(statement, strongest)
    }

    /// Whether no premise of an inference is in the component.
    fn start_inference(
        &mut self,
        propagation: &Propagation<'_, '_>,
        inference: InferenceIdx,
    ) -> bool {
        let premises = propagation.framework.graph.premises.get(inference.index());
        let loose = premises
            .iter()
            .filter(|premise| self.is_loose[premise.index()]);
        let n_loose = u32::try_from(loose.count()).expect("a map has fewer than 2^32 statements");
        self.n_loose[inference.index()] = n_loose;
        n_loose == 0
    }

    fn raise(&mut self, propagation: &Propagation<'_, '_>, node: Node) {
        if std::mem::take(&mut self.is_loose[propagation.number(node)]) {
            self.carried.push(node);
        }
    }

    fn raise_uses(&mut self, propagation: &Propagation<'_, '_>, statement: StatementIdx) {
        for &inference in propagation.framework.graph.uses.get(statement.index()) {
            let node = Node::Inference(inference);
            if self.is_loose[propagation.number(node)] {
                self.n_loose[inference.index()] -= 1;
                if self.n_loose[inference.index()] == 0 {
                    self.raise(propagation, node);
                }
            }
        }
    }

    fn raise_target(&mut self, propagation: &Propagation<'_, '_>, inference: InferenceIdx) {
        let framework = propagation.framework;
        let Some(statement) = framework.supported(inference) else {
            return;
        };
        let strongest = &mut self.strongest[statement.index()];
        *strongest = stronger(*strongest, Some(framework.weights[inference.index()]));
        let node = Node::Statement(statement);
        if self.is_loose[propagation.number(node)]
            && propagation.could_stand(statement, self.strongest[statement.index()])
        {
            self.raise(propagation, node);
        }
    }
}
