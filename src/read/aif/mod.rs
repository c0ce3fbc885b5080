//! The Argument Interchange Format as AIFdb writes it in JSON, as `docs/formats/aif.md` describes it.
//!
//! Nodes and edges are read one at a time, so that a corpus in one file needs little more memory than its text.

pub(super) mod xaif;

use rustc_hash::FxHashMap;

use super::draft::scheme_name;
use super::net::{Net, NodeKind, Step, StepKind};
use super::walk::{Field, Walk};
use crate::model::{Polarity, Statement, Text};
use crate::source::{Span, Spanned};
use crate::syntax::NodeId;

/// How the whole file is read: its lists are outlined, and their items are opened one by one.
pub(super) const READ: (usize, fn(&mut Walk<'_, '_>)) = (2, read);

fn read(walk: &mut Walk<'_, '_>) {
    if let Some(root) = walk.tree.root() {
        graph(walk, root, &FxHashMap::default());
    }
}

/// A node as written.
struct Node {
    name: Text,
    kind: Kind,
    /// What a statement or a locution says.
    text: Option<Text>,
    /// The whole of it.
    span: Span,
}

/// What a node is, by its type.
enum Kind {
    /// `I`
    Proposition,
    /// `L`, which somebody says
    Locution,
    /// `RA`, `CA` or `MA`
    Step(Step),
    /// `YA`, by which a locution brings a proposition forward
    Force,
    /// What a map has no place for.
    Other(&'static str),
}

/// Between two nodes by their places in the list.
struct Edge {
    from: usize,
    to: usize,
    span: Span,
}

/// Reads the graph that a node holds; some of its nodes have words of the analysed text.
fn graph(walk: &mut Walk<'_, '_>, node: NodeId, quotes: &FxHashMap<String, String>) {
    let (mut nodes, mut edges) = (None, None);
    for Field { key, value } in walk.fields(node, "a graph") {
        match &*key.value.to_ascii_lowercase() {
            "nodes" => nodes = Some(value),
            "edges" => edges = Some(value),
            "locutions" => walk.lose_each(value, "speakers and times of locutions"),
            "participants" => walk.lose_each(value, "participants"),
            "schemefulfillments" => walk.lose_each(value, "numbers of schemes"),
            "descriptorfulfillments" | "cqdescriptorfulfillments" => {
                walk.lose_each(value, "descriptors and critical questions of schemes");
            }
            "analysis" => walk.lose("the analysed text itself", key.span),
            _ => walk.lose("other entries of the file", key.span),
        }
    }
    let nodes = nodes.map_or_else(Vec::new, |list| read_nodes(walk, list));
    let edges = edges.map_or_else(Vec::new, |list| read_edges(walk, list, &nodes));
    let is_spoken = spoken(&nodes, &edges);
    let mut words = quotes_of(&nodes, &edges, quotes);
    let mut net = Net::default();
    let mut made = Vec::with_capacity(nodes.len());
    for (at, node) in nodes.into_iter().enumerate() {
        let is_statement = matches!(node.kind, Kind::Proposition) || is_spoken[at];
        made.push(if is_statement {
            let quote = words.remove(&at).cloned();
            let name = node.name.clone();
            (name, statement(walk, node, quote))
        } else {
            let kind = other_kind(walk, &node);
            (node.name, kind)
        });
    }
    walk.draft.settle();
    let places = made.into_iter();
    let places: Vec<usize> = places
        .map(|(name, kind)| net.node(walk.draft, &name, kind))
        .collect();
    for Edge { from, to, span } in edges {
        net.join(places[from], places[to], span);
    }
    net.finish(walk.draft);
}

fn read_nodes(walk: &mut Walk<'_, '_>, list: NodeId) -> Vec<Node> {
    let items = walk.list(list, "`nodes`");
    items
        .into_iter()
        .filter_map(|item| walk.open(item, read_node))
        .collect()
}

fn read_node(walk: &mut Walk<'_, '_>, place: NodeId) -> Option<Node> {
    let (mut name, mut kind, mut text, mut scheme) = (None, None, None, None);
    for Field { key, value } in walk.fields(place, "a node") {
        match &*key.value {
            "nodeID" | "id" => name = walk.text(value, "`nodeID`"),
            "type" => kind = walk.text(value, "`type`"),
            "text" => text = walk.text(value, "`text`"),
            "scheme" => scheme = walk.text(value, "`scheme`"),
            // The scheme's number says what its name says.
            "schemeID" => {}
            "timestamp" => walk.lose("times of nodes", key.span),
            "x" | "y" | "w" | "h" | "color" | "visible" => walk.lose("places of nodes", key.span),
            _ => walk.lose("other entries of nodes", key.span),
        }
    }
    let name = walk.require(place, name, ("`nodeID`", "node"))?;
    let kind = walk.require(place, kind, ("`type`", "node"))?;
    let step = |step: StepKind, text: Option<&Text>| {
        // Older files name the scheme in the text, where others have the node's type, or give its number alone.
        let text = text.filter(|text| text.value != kind.value);
        let is_name = |scheme: &&Text| scheme.value.parse::<u32>().is_err();
        let scheme = scheme.as_ref().filter(is_name).or(text);
        Kind::Step(Step {
            scheme: scheme.and_then(scheme_name),
            ..Step::plain(step)
        })
    };
    let kind = match &*kind.value {
        "I" => Kind::Proposition,
        "L" => Kind::Locution,
        "RA" => step(StepKind::Inference(Polarity::Pro), text.as_ref()),
        "CA" => step(StepKind::Inference(Polarity::Con), text.as_ref()),
        "MA" => step(StepKind::Rephrase, text.as_ref()),
        "YA" => Kind::Force,
        "TA" => Kind::Other("transitions between locutions"),
        "PA" => Kind::Other("preferences"),
        _ => Kind::Other("nodes of kinds that AIF does not have"),
    };
    let is_text = matches!(kind, Kind::Proposition | Kind::Locution);
    if matches!(kind, Kind::Proposition) && text.is_none() {
        let what = format!("the text of node `{}`", name.value);
        walk.empty_text(place, what, name.span);
    }
    Some(Node {
        name,
        kind,
        text: text.filter(|_| is_text),
        span: walk.tree.span(place),
    })
}

fn read_edges(walk: &mut Walk<'_, '_>, list: NodeId, nodes: &[Node]) -> Vec<Edge> {
    let mut places: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, node) in nodes.iter().enumerate() {
        places.entry(&node.name.value).or_insert(at);
    }
    let mut edges = Vec::new();
    for item in walk.list(list, "`edges`") {
        let Some([from, to]) = walk.open(item, read_edge) else {
            continue;
        };
        let mut place = |name: &Text| {
            let found = places.get(&*name.value).copied();
            if found.is_none() {
                walk.draft.undefined(name, "node");
            }
            found
        };
        if let (Some(start), Some(end)) = (place(&from), place(&to)) {
            edges.push(Edge {
                from: start,
                to: end,
                span: from.span,
            });
        }
    }
    edges
}

fn read_edge(walk: &mut Walk<'_, '_>, place: NodeId) -> Option<[Text; 2]> {
    let (mut from, mut to) = (None, None);
    for Field { key, value } in walk.fields(place, "an edge") {
        match &*key.value {
            "fromID" | "from" => from = end(walk, value, "`fromID`"),
            "toID" | "to" => to = end(walk, value, "`toID`"),
            "edgeID" | "formEdgeID" => {}
            "visible" => walk.lose("places of nodes", key.span),
            _ => walk.lose("other entries of edges", key.span),
        }
    }
    let from = walk.require(place, from, ("`fromID`", "edge"));
    let to = walk.require(place, to, ("`toID`", "edge"));
    Some([from?, to?])
}

/// The name of the node at an edge's end; older files of OVA have the whole node there.
fn end(walk: &mut Walk<'_, '_>, value: NodeId, what: &str) -> Option<Text> {
    if walk.is_mapping(value) {
        let mut fields = walk.fields(value, what).into_iter();
        let name = fields.find(|field| matches!(&*field.key.value, "id" | "nodeID"))?;
        return walk.text(name.value, what);
    }
    walk.text(value, what)
}

/// For each node whether it is a locution that is a premise or a conclusion itself: that somebody says something is a
/// statement, too.
fn spoken(nodes: &[Node], edges: &[Edge]) -> Vec<bool> {
    let mut is_spoken = vec![false; nodes.len()];
    for edge in edges {
        for (one, other) in [(edge.from, edge.to), (edge.to, edge.from)] {
            let is_step = matches!(nodes[other].kind, Kind::Step(_));
            is_spoken[one] |= is_step && matches!(nodes[one].kind, Kind::Locution);
        }
    }
    is_spoken
}

/// The words of each proposition: its own, or those of the locution that brings it forward.
fn quotes_of<'q>(
    nodes: &[Node],
    edges: &[Edge],
    quotes: &'q FxHashMap<String, String>,
) -> FxHashMap<usize, &'q String> {
    let mut found: FxHashMap<usize, &String> = FxHashMap::default();
    if quotes.is_empty() {
        return found;
    }
    let is_force = |at: usize| matches!(nodes[at].kind, Kind::Force);
    let own = |at: usize| quotes.get(&nodes[at].name.value);
    let mut of_forces: FxHashMap<usize, &String> = FxHashMap::default();
    for edge in edges.iter().filter(|edge| is_force(edge.to)) {
        of_forces.extend(own(edge.from).map(|quote| (edge.to, quote)));
    }
    for edge in edges {
        found.extend(of_forces.get(&edge.from).map(|quote| (edge.to, *quote)));
    }
    found.extend((0..nodes.len()).filter_map(|at| Some((at, own(at)?))));
    found
}

fn statement(walk: &mut Walk<'_, '_>, node: Node, quote: Option<String>) -> NodeKind {
    let text = node.text.unwrap_or(Spanned {
        value: String::new(),
        span: node.name.span,
    });
    let quote = quote.map(|quote| Spanned {
        value: quote,
        span: text.span,
    });
    let statement = Statement {
        text,
        span: node.span,
        quote,
        ..Statement::default()
    };
    NodeKind::Statement(walk.draft.statement(&node.name, statement))
}

fn other_kind(walk: &mut Walk<'_, '_>, node: &Node) -> NodeKind {
    let what = match &node.kind {
        Kind::Step(step) => return NodeKind::Step(step.clone()),
        Kind::Proposition | Kind::Locution => "locutions",
        Kind::Force => "illocutionary forces",
        Kind::Other(what) => what,
    };
    walk.lose(what, node.name.span);
    NodeKind::Other
}
