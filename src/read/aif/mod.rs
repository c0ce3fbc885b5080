//! The Argument Interchange Format as AIFdb writes it in JSON, as `docs/formats/aif.md` describes it.

pub(super) mod xaif;

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::scheme_name;
use super::net::{Net, NodeKind, Step, StepKind};
use super::walk::{Field, Walk};
use crate::model::{Polarity, Statement, Text};
use crate::source::Spanned;
use crate::syntax::NodeId;

/// Reads the whole file.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    if let Some(root) = walk.tree.root() {
        graph(walk, root, &FxHashMap::default());
    }
}

/// A node as written.
struct Node {
    name: Text,
    kind: Text,
    text: Option<Text>,
    scheme: Option<Text>,
    /// The whole of it.
    place: NodeId,
}

/// An edge as written.
struct Edge {
    from: Text,
    to: Text,
}

/// Reads the graph that a node holds; some of its nodes have words of the analysed text.
fn graph(walk: &mut Walk<'_, '_>, node: NodeId, quotes: &FxHashMap<String, String>) {
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for Field { key, value } in walk.fields(node, "a graph") {
        match &*key.value {
            "nodes" => nodes = read_nodes(walk, value),
            "edges" => edges = read_edges(walk, value),
            "locutions" => walk.lose_each(value, "speakers and times of locutions"),
            "participants" => walk.lose_each(value, "participants"),
            "schemefulfillments" => walk.lose_each(value, "numbers of schemes"),
            "descriptorfulfillments" | "cqdescriptorfulfillments" => {
                walk.lose_each(value, "descriptors and critical questions of schemes");
            }
            _ => walk.lose("other entries of the file", key.span),
        }
    }
    let spoken = spoken_statements(&nodes, &edges);
    let quotes = quotes_of_propositions(&nodes, &edges, quotes);
    let mut net = Net::default();
    let mut kinds = Vec::with_capacity(nodes.len());
    for node in &nodes {
        let is_statement = node.kind.value == "I" || spoken.contains(&*node.name.value);
        kinds.push(if is_statement {
            let quote = quotes.get(&*node.name.value);
            Some(statement(walk, node, quote.map(|quote| quote.as_str())))
        } else {
            None
        });
    }
    walk.draft.settle();
    for (node, statement) in nodes.iter().zip(kinds) {
        let kind = statement.unwrap_or_else(|| other_kind(walk, node));
        net.node(&mut walk.draft, &node.name, kind);
    }
    for edge in &edges {
        net.edge(&mut walk.draft, &edge.from, &edge.to);
    }
    net.finish(&mut walk.draft);
}

fn read_nodes(walk: &mut Walk<'_, '_>, list: NodeId) -> Vec<Node> {
    let mut nodes = Vec::new();
    for place in walk.list(list, "`nodes`") {
        let (mut name, mut kind, mut text, mut scheme) = (None, None, None, None);
        for Field { key, value } in walk.fields(place, "a node") {
            match &*key.value {
                "nodeID" => name = walk.text(value, "`nodeID`"),
                "type" => kind = walk.text(value, "`type`"),
                "text" => text = walk.text(value, "`text`"),
                "scheme" => scheme = walk.text(value, "`scheme`"),
                // The scheme's number says what its name says.
                "schemeID" => {}
                "timestamp" => walk.lose("times of nodes", key.span),
                _ => walk.lose("other entries of nodes", key.span),
            }
        }
        let Some(name) = walk.require(place, name, ("`nodeID`", "node")) else {
            continue;
        };
        let Some(kind) = walk.require(place, kind, ("`type`", "node")) else {
            continue;
        };
        nodes.push(Node {
            name,
            kind,
            text,
            scheme,
            place,
        });
    }
    nodes
}

fn read_edges(walk: &mut Walk<'_, '_>, list: NodeId) -> Vec<Edge> {
    let mut edges = Vec::new();
    for place in walk.list(list, "`edges`") {
        let (mut from, mut to) = (None, None);
        for Field { key, value } in walk.fields(place, "an edge") {
            match &*key.value {
                "fromID" => from = walk.text(value, "`fromID`"),
                "toID" => to = walk.text(value, "`toID`"),
                "edgeID" | "formEdgeID" => {}
                _ => walk.lose("other entries of edges", key.span),
            }
        }
        let from = walk.require(place, from, ("`fromID`", "edge"));
        let to = walk.require(place, to, ("`toID`", "edge"));
        if let (Some(from), Some(to)) = (from, to) {
            edges.push(Edge { from, to });
        }
    }
    edges
}

/// The locutions that are a premise or a conclusion themselves: that somebody says something is a statement, too.
fn spoken_statements<'n>(nodes: &'n [Node], edges: &[Edge]) -> FxHashSet<&'n str> {
    let of_kind = |kinds: &[&str]| -> FxHashSet<&'n str> {
        let nodes = nodes
            .iter()
            .filter(|node| kinds.contains(&&*node.kind.value));
        nodes.map(|node| &*node.name.value).collect()
    };
    let (locutions, steps) = (of_kind(&["L"]), of_kind(&["RA", "CA", "MA"]));
    let mut spoken = FxHashSet::default();
    for edge in edges {
        for (one, other) in [(&edge.from, &edge.to), (&edge.to, &edge.from)] {
            if steps.contains(&*other.value) {
                spoken.extend(locutions.get(&*one.value).copied());
            }
        }
    }
    spoken
}

/// The words of each proposition: its own, or those of the locution that brings it forward.
fn quotes_of_propositions<'q>(
    nodes: &'q [Node],
    edges: &'q [Edge],
    quotes: &'q FxHashMap<String, String>,
) -> FxHashMap<&'q str, &'q String> {
    let mut found: FxHashMap<&str, &String> = FxHashMap::default();
    if quotes.is_empty() {
        return found;
    }
    let forces: FxHashSet<&str> = nodes
        .iter()
        .filter(|node| node.kind.value == "YA")
        .map(|node| &*node.name.value)
        .collect();
    let mut words_of_forces: FxHashMap<&str, &String> = FxHashMap::default();
    for edge in edges.iter().filter(|edge| forces.contains(&*edge.to.value)) {
        if let Some(quote) = quotes.get(&edge.from.value) {
            words_of_forces.insert(&edge.to.value, quote);
        }
    }
    for edge in edges {
        if let Some(quote) = words_of_forces.get(&*edge.from.value) {
            found.insert(&edge.to.value, quote);
        }
    }
    found.extend(quotes.iter().map(|(name, quote)| (name.as_str(), quote)));
    found
}

fn statement(walk: &mut Walk<'_, '_>, node: &Node, quote: Option<&str>) -> NodeKind {
    let span = walk.tree.span(node.place);
    let text = node.text.clone().unwrap_or_else(|| {
        let what = format!("the text of node `{}`", node.name.value);
        walk.empty_text(node.place, what, node.name.span);
        Spanned {
            value: String::new(),
            span: node.name.span,
        }
    });
    let quote = quote.map(|quote| Spanned {
        value: quote.to_owned(),
        span: text.span,
    });
    let statement = Statement {
        text,
        span,
        quote,
        ..Statement::default()
    };
    NodeKind::Statement(walk.draft.statement(&node.name, statement))
}

fn other_kind(walk: &mut Walk<'_, '_>, node: &Node) -> NodeKind {
    let kind = match &*node.kind.value {
        "RA" => StepKind::Inference(Polarity::Pro),
        "CA" => StepKind::Inference(Polarity::Con),
        "MA" => StepKind::Rephrase,
        other => {
            let what = match other {
                "L" => "locutions",
                "YA" => "illocutionary forces",
                "TA" => "transitions between locutions",
                "PA" => "preferences",
                _ => "nodes of kinds that AIF does not have",
            };
            walk.lose(what, node.name.span);
            return NodeKind::Other;
        }
    };
    // Older files name the scheme in the text, where others have the node's type.
    let text = node
        .text
        .as_ref()
        .filter(|text| text.value != node.kind.value);
    let scheme = node.scheme.as_ref().or(text).and_then(scheme_name);
    NodeKind::Step(Step {
        scheme,
        ..Step::plain(kind)
    })
}
