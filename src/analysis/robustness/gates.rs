//! Support as an and/or graph: what a fault tree is, read for success.

use super::Outcome;
use crate::graph::Lists;

/// A node of an and/or graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Node(u32);

impl Node {
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }

    pub(super) fn new(index: usize) -> Self {
        Self(u32::try_from(index).expect("a graph has fewer than 2^32 nodes"))
    }
}

/// What makes a node hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// Nothing else: it holds until it fails (a basic event).
    Event,
    /// It always holds.
    Given,
    /// One of its inputs.
    Any,
    /// All of its inputs together.
    All,
}

/// What hangs on what, before it is known what matters.
pub(super) trait Wiring {
    /// How many nodes there are.
    fn n_nodes(&self) -> usize;

    /// The gate of a node; its inputs are added to a list.
    fn gate(&self, node: usize, inputs: &mut Vec<usize>) -> Gate;
}

/// The and/or graph under one node, with nothing in it that cannot matter.
///
/// A node holds if it is in the least fixpoint: what rests only on itself does not hold.
/// With no event failed, every node here holds; with all failed, none does.
/// Gates that had one input in the wiring are left out: they are their input.
/// There may be cycles.
pub(super) struct Gates {
    /// For each node, what makes it hold; none is given.
    pub(super) kinds: Vec<Gate>,
    /// For each node, what it hangs on, each once.
    pub(super) inputs: Lists<Node>,
    /// For each node, what hangs on it.
    pub(super) uses: Lists<Node>,
    /// For each node, what it was in the wiring.
    pub(super) names: Vec<usize>,
}

impl Gates {
    /// The node that all is about.
    pub(super) const TOP: Node = Node(0);

    /// Cuts out what matters for one node; linear in what lies under it, but for one look at each node's number.
    pub(super) fn under(top: usize, wiring: &impl Wiring) -> Outcome<Self> {
        let whole = Self::explore(wiring.n_nodes(), top, |node, inputs| {
            wiring.gate(node, inputs)
        });
        let holds = whole.derive(|gate| gate != Gate::Any && gate != Gate::All);
        if !holds[Self::TOP.index()] {
            return Outcome::Unsupported;
        }
        let is_given = whole.derive(|gate| gate == Gate::Given);
        if is_given[Self::TOP.index()] {
            return Outcome::Given;
        }
        let matters: Vec<bool> = holds
            .iter()
            .zip(&is_given)
            .map(|(h, g)| *h && !*g)
            .collect();
        Outcome::Carried(whole.simplified(&matters))
    }

    pub(super) fn len(&self) -> usize {
        self.kinds.len()
    }

    pub(super) fn nodes(&self) -> impl Iterator<Item = Node> + use<> {
        (0..self.len()).map(Node::new)
    }

    pub(super) fn kind(&self, node: Node) -> Gate {
        self.kinds[node.index()]
    }

    pub(super) fn inputs(&self, node: Node) -> &[Node] {
        self.inputs.get(node.index())
    }

    pub(super) fn events(&self) -> impl Iterator<Item = Node> {
        self.nodes().filter(|node| self.kind(*node) == Gate::Event)
    }

    /// Everything under a node, breadth first, so that the node itself becomes the first.
    fn explore(n: usize, top: usize, mut gate: impl FnMut(usize, &mut Vec<usize>) -> Gate) -> Self {
        let mut number: Vec<Option<Node>> = vec![None; n];
        let mut names = vec![top];
        number[top] = Some(Self::TOP);
        let (mut kinds, mut down, mut up) = (Vec::new(), Vec::new(), Vec::new());
        let mut inputs = Vec::new();
        while kinds.len() < names.len() {
            let at = kinds.len();
            inputs.clear();
            kinds.push(gate(names[at], &mut inputs));
            for &input in &inputs {
                let found = *number[input].get_or_insert_with(|| {
                    names.push(input);
                    Node::new(names.len() - 1)
                });
                down.push((at, found));
                up.push((found.index(), Node::new(at)));
            }
        }
        Self {
            inputs: Lists::group(names.len(), &down),
            uses: Lists::group(names.len(), &up),
            kinds,
            names,
        }
    }

    /// What holds if the gates of some kinds do: unit propagation (Dowling & Gallier 1984), O(n + m).
    fn derive(&self, is_seed: impl Fn(Gate) -> bool) -> Vec<bool> {
        let mut holds = vec![false; self.len()];
        let mut waiting: Vec<usize> = self
            .nodes()
            .map(|node| match self.kind(node) {
                Gate::All => self.inputs(node).len(),
                _ => 1,
            })
            .collect();
        let mut open: Vec<Node> = Vec::new();
        for seed in self.nodes().filter(|node| is_seed(self.kind(*node))) {
            holds[seed.index()] = true;
            open.push(seed);
        }
        while let Some(node) = open.pop() {
            for &user in self.uses.get(node.index()) {
                let at = user.index();
                waiting[at] = waiting[at].saturating_sub(1);
                if waiting[at] == 0 && !holds[at] {
                    holds[at] = true;
                    open.push(user);
                }
            }
        }
        holds
    }

    /// The same without what does not matter, and with gates of one input left out.
    fn simplified(&self, matters: &[bool]) -> Self {
        let mut stands_for: Vec<Node> = self.nodes().collect();
        for node in self.nodes().filter(|node| matters[node.index()]) {
            let mut inputs = self.inputs(node).iter().filter(|i| matters[i.index()]);
            if let Some(only) = inputs.next()
                && inputs.all(|input| input == only)
            {
                stands_for[node.index()] = *only;
            }
        }
        let mut last_user = vec![None; self.len()];
        let top = resolve(&mut stands_for, Self::TOP);
        let mut graph = Self::explore(self.len(), top.index(), |node, inputs| {
            for input in self.inputs.get(node).iter().filter(|i| matters[i.index()]) {
                let input = resolve(&mut stands_for, *input).index();
                // What rests on itself gains nothing by it.
                if input != node && last_user[input].replace(node) != Some(node) {
                    inputs.push(input);
                }
            }
            self.kinds[node]
        });
        for name in &mut graph.names {
            *name = self.names[*name];
        }
        graph
    }
}

/// The end of a chain of gates with one input, which no cycle can be, since what rests only on itself does not hold;
/// the chain is made shorter on the way.
fn resolve(stands_for: &mut [Node], node: Node) -> Node {
    let mut at = node;
    while stands_for[at.index()] != at {
        let next = stands_for[at.index()];
        stands_for[at.index()] = stands_for[next.index()];
        at = next;
    }
    at
}
