//! Modules: parts of an and/or graph that the rest knows only by their top.

use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};

use super::gates::{Gate, Gates, Node};

/// In which order to look at an and/or graph, and where it can be taken apart.
pub(super) struct Modules {
    /// The nodes, each after its inputs, but for inputs that rest on the node itself.
    pub(super) order: Vec<Node>,
    /// Whether something rests on itself.
    pub(super) is_cyclic: bool,
    /// For each node, whether everything under it is used only through it.
    ///
    /// Events are modules; of a tree, every node is.
    /// A member of a cycle may be one and not be found: that costs time and changes no answer.
    pub(super) is_module: Vec<bool>,
}

/// When a depth-first walk came to the nodes.
struct Walk {
    /// When it first came to each.
    first: Vec<u32>,
    /// When it last came to each.
    last: Vec<u32>,
    /// When it left each for good.
    left: Vec<u32>,
    order: Vec<Node>,
    is_cyclic: bool,
}

impl Modules {
    /// Finds the modules by the dates of one walk: Dutuit & Rauzy (1996), here with cycles; O(n + m).
    pub(super) fn of(gates: &Gates) -> Self {
        let walk = walk(gates);
        // The first and the last date of what lies under each node.
        let mut under = vec![(u32::MAX, 0); gates.len()];
        let mut is_module = vec![true; gates.len()];
        let mut take = |members: &[Node]| {
            let inputs = members.iter().flat_map(|member| gates.inputs(*member));
            let dates = inputs.fold((u32::MAX, 0), |(first, last), input| {
                let at = input.index();
                let (first_under, last_under) = under[at];
                (
                    first.min(walk.first[at]).min(first_under),
                    last.max(walk.last[at]).max(last_under),
                )
            });
            for member in members {
                let at = member.index();
                under[at] = dates;
                is_module[at] = gates.kind(*member) == Gate::Event
                    || dates.0 >= walk.first[at] && dates.1 < walk.left[at];
            }
        };
        if walk.is_cyclic {
            for component in components(gates) {
                take(&component);
            }
        } else {
            for node in walk.order.chunks(1) {
                take(node);
            }
        }
        Self {
            order: walk.order,
            is_cyclic: walk.is_cyclic,
            is_module,
        }
    }

    pub(super) fn is_module(&self, node: Node) -> bool {
        self.is_module[node.index()]
    }

    /// Whether no node is used twice, so that all parts are independent of each other.
    pub(super) fn is_tree(&self) -> bool {
        self.is_module.iter().all(|is_module| *is_module)
    }
}

fn walk(gates: &Gates) -> Walk {
    let n = gates.len();
    let mut walk = Walk {
        first: vec![0; n],
        last: vec![0; n],
        left: vec![0; n],
        order: Vec::with_capacity(n),
        is_cyclic: false,
    };
    let mut date = 1;
    walk.first[Gates::TOP.index()] = date;
    let mut open = vec![(Gates::TOP, 0)];
    while let Some((node, next)) = open.last_mut() {
        date += 1;
        if let Some(&input) = gates.inputs(*node).get(*next) {
            *next += 1;
            let at = input.index();
            walk.last[at] = date;
            if walk.first[at] == 0 {
                walk.first[at] = date;
                open.push((input, 0));
            } else if walk.left[at] == 0 {
                walk.is_cyclic = true;
            }
        } else {
            walk.left[node.index()] = date;
            walk.order.push(*node);
            open.pop();
        }
    }
    walk
}

/// The strongly connected components, those first that hang on no other (Kosaraju's algorithm; Sharir 1981).
fn components(gates: &Gates) -> Vec<Vec<Node>> {
    let mut links: DiGraph<(), ()> = DiGraph::with_capacity(gates.len(), gates.inputs.n_items());
    for _ in 0..gates.len() {
        links.add_node(());
    }
    for node in gates.nodes() {
        for input in gates.inputs(node) {
            links.add_edge(
                NodeIndex::new(node.index()),
                NodeIndex::new(input.index()),
                (),
            );
        }
    }
    let nodes = |component: Vec<NodeIndex>| {
        let nodes = component.into_iter();
        nodes.map(|node| Node::new(node.index())).collect()
    };
    kosaraju_scc(&links).into_iter().map(nodes).collect()
}
