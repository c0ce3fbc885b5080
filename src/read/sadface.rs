//! SADFace 0.2: atoms and schemes in JSON, as `docs/formats/sadface.md` describes them.

use super::draft::scheme_name;
use super::net::{Net, NodeKind, Step, StepKind};
use super::walk::{Field, Walk};
use crate::model::{Citation, Polarity, Statement, Text};
use crate::source::Spanned;
use crate::syntax::NodeId;

/// Titles of resources that have none are cut at so many characters of their text.
const MAX_TITLE_CHARS: usize = 80;

/// Reads the whole file.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    let fields = walk.fields(root, "a document of SADFace");
    // Atoms cite resources, wherever those stand.
    for field in fields.iter().filter(|field| field.key.value == "resources") {
        resources(walk, field.value);
    }
    for Field { key, value } in fields {
        match &*key.value {
            "resources" => {}
            "nodes" => nodes = walk.list(value, "`nodes`"),
            "edges" => edges = walk.list(value, "`edges`"),
            "metadata" => metadata(walk, value),
            _ => walk.lose("other entries of the file", key.span),
        }
    }
    let nodes: Vec<Node> = nodes
        .into_iter()
        .filter_map(|node| read_node(walk, node))
        .collect();
    let mut statements = Vec::with_capacity(nodes.len());
    for node in &nodes {
        statements.push((node.kind.value == "atom").then(|| atom(walk, node)));
    }
    walk.draft.settle();
    let mut net = Net::default();
    for (node, statement) in nodes.iter().zip(statements) {
        let kind = statement.unwrap_or_else(|| scheme(walk, node));
        net.node(walk.draft, &node.name, kind);
    }
    for place in edges {
        edge(walk, &mut net, place);
    }
    net.finish(walk.draft);
}

/// A node as written.
struct Node {
    name: Text,
    kind: Text,
    text: Option<Text>,
    scheme: Option<Text>,
    citations: Vec<Citation>,
    place: NodeId,
}

fn read_node(walk: &mut Walk<'_, '_>, place: NodeId) -> Option<Node> {
    let (mut name, mut kind, mut text, mut scheme) = (None, None, None, None);
    let mut citations = Vec::new();
    for Field { key, value } in walk.fields(place, "a node") {
        match &*key.value {
            "id" => name = walk.text(value, "`id`"),
            "type" => kind = walk.text(value, "`type`"),
            "text" => text = walk.text(value, "`text`"),
            "name" => scheme = walk.text(value, "`name`"),
            "sources" => citations = sources(walk, value),
            "metadata" => walk.lose_each(value, "entries of metadata"),
            _ => walk.lose("other entries of nodes", key.span),
        }
    }
    let name = walk.require(place, name, ("`id`", "node"))?;
    let kind = walk.require(place, kind, ("`type`", "node"))?;
    Some(Node {
        name,
        kind,
        text,
        scheme,
        citations,
        place,
    })
}

fn atom(walk: &mut Walk<'_, '_>, node: &Node) -> NodeKind {
    let text = node.text.clone().unwrap_or_else(|| {
        let what = format!("the text of atom `{}`", node.name.value);
        walk.empty_text(node.place, what, node.name.span);
        Spanned {
            value: String::new(),
            span: node.name.span,
        }
    });
    let statement = Statement {
        span: walk.tree.span(node.place),
        text,
        citations: node.citations.clone(),
        ..Statement::default()
    };
    NodeKind::Statement(walk.draft.statement(&node.name, statement))
}

fn scheme(walk: &mut Walk<'_, '_>, node: &Node) -> NodeKind {
    if node.kind.value != "scheme" {
        walk.lose("nodes that are neither atoms nor schemes", node.name.span);
        return NodeKind::Other;
    }
    let name = node.scheme.as_ref().map(|name| name.value.to_lowercase());
    let plain = |kind| NodeKind::Step(Step::plain(kind));
    match name.as_deref() {
        None | Some("support" | "inference") => plain(StepKind::Inference(Polarity::Pro)),
        Some("conflict" | "attack") => plain(StepKind::Inference(Polarity::Con)),
        Some("rephrase" | "restatement") => plain(StepKind::Rephrase),
        Some("preference") => {
            walk.lose("preferences", node.name.span);
            NodeKind::Other
        }
        Some(_) => NodeKind::Step(Step {
            scheme: node.scheme.as_ref().and_then(scheme_name),
            ..Step::plain(StepKind::Inference(Polarity::Pro))
        }),
    }
}

fn edge(walk: &mut Walk<'_, '_>, net: &mut Net, place: NodeId) {
    let (mut from, mut to) = (None, None);
    for Field { key, value } in walk.fields(place, "an edge") {
        match &*key.value {
            "source_id" => from = walk.text(value, "`source_id`"),
            "target_id" => to = walk.text(value, "`target_id`"),
            "id" => {}
            _ => walk.lose("other entries of edges", key.span),
        }
    }
    let from = walk.require(place, from, ("`source_id`", "edge"));
    let to = walk.require(place, to, ("`target_id`", "edge"));
    if let (Some(from), Some(to)) = (from, to) {
        net.edge(walk.draft, &from, &to);
    }
}

/// The texts that were analysed.
fn resources(walk: &mut Walk<'_, '_>, list: NodeId) {
    for place in walk.list(list, "`resources`") {
        let (mut name, mut content, mut title) = (None, None, None);
        for Field { key, value } in walk.fields(place, "a resource") {
            match &*key.value {
                "id" => name = walk.text(value, "`id`"),
                "content" => content = walk.text(value, "`content`"),
                "title" => title = walk.text(value, "`title`"),
                "type" => {}
                "metadata" => walk.lose_each(value, "entries of metadata"),
                _ => walk.lose("other entries of resources", key.span),
            }
        }
        let Some(name) = walk.require(place, name, ("`id`", "resource")) else {
            continue;
        };
        let start = content.as_ref().map(|content| {
            walk.draft.losses.add("texts of resources", content.span);
            let words: Vec<&str> = content.value.split_whitespace().collect();
            let start = words.join(" ").chars().take(MAX_TITLE_CHARS).collect();
            Spanned {
                value: start,
                span: content.span,
            }
        });
        let title = title.or(start).unwrap_or_else(|| name.clone());
        walk.draft.source(&name, title);
    }
}

/// Where an atom stands in the resources.
fn sources(walk: &mut Walk<'_, '_>, list: NodeId) -> Vec<Citation> {
    let mut citations = Vec::new();
    for place in walk.list(list, "`sources`") {
        if !walk.is_mapping(place) {
            let name = walk.text(place, "a source");
            citations.extend(name.and_then(|name| citation(walk, &name, None)));
            continue;
        }
        let (mut name, mut quote) = (None, None);
        for Field { key, value } in walk.fields(place, "a source") {
            match &*key.value {
                "resource_id" => name = walk.text(value, "`resource_id`"),
                "text" => quote = walk.text(value, "`text`"),
                "offset" | "length" => walk.lose("offsets in resources", key.span),
                _ => walk.lose("other entries of sources", key.span),
            }
        }
        let name = walk.require(place, name, ("`resource_id`", "source"));
        citations.extend(name.and_then(|name| citation(walk, &name, quote)));
    }
    citations
}

fn citation(walk: &mut Walk<'_, '_>, name: &Text, quote: Option<Text>) -> Option<Citation> {
    let source = walk.draft.named_source(name, "resource")?;
    Some(Citation {
        source,
        at: None,
        quote,
    })
}

fn metadata(walk: &mut Walk<'_, '_>, node: NodeId) {
    for Field { key, value } in walk.fields(node, "`metadata`") {
        if key.value != "core" {
            walk.lose("entries of metadata", key.span);
            continue;
        }
        for Field { key, value } in walk.fields(value, "`core`") {
            let text = walk.text(value, "metadata");
            let about = &mut walk.draft.map.about;
            match &*key.value {
                "title" => about.title = text,
                "description" => about.description = text,
                "created" => about.date = text,
                "analyst_name" => about.authors.extend(text),
                _ if text.is_some() => walk.lose("entries of metadata", key.span),
                _ => {}
            }
        }
    }
}
