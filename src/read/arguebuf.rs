//! Arguebuf: graphs in the JSON of their protocol buffers, as `docs/formats/arguebuf.md` describes them.

use super::draft::scheme_name;
use super::net::{Net, NodeKind, Step, StepKind};
use super::walk::{Field, Walk};
use crate::model::{Citation, FieldValue, Polarity, Premise, Statement, Text};
use crate::source::Spanned;
use crate::syntax::NodeId;

/// Reads the whole file. Keys may be in snake case, as protocol buffers allow.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let fields = walk.fields(root, "a graph of arguebuf");
    let of = |names: &[&str]| -> Option<NodeId> {
        let field = fields
            .iter()
            .find(|field| names.contains(&&*field.key.value))?;
        Some(field.value)
    };
    if let Some(resources) = of(&["resources"]) {
        read_resources(walk, resources);
    }
    let mut net = Net::default();
    if let Some(nodes) = of(&["nodes"]) {
        read_nodes(walk, &mut net, nodes);
    }
    if let Some(edges) = of(&["edges"]) {
        read_edges(walk, &mut net, edges);
    }
    net.finish(walk.draft);
    if let Some(thesis) = of(&["majorClaim", "major_claim"]) {
        let name = walk.text(thesis, "`majorClaim`");
        let found = name.and_then(|name| walk.draft.named(&name));
        walk.draft
            .map
            .theses
            .extend(found.map(|(_, name)| Premise::Named(name)));
    }
    for (key, what) in [
        ("participants", "participants"),
        ("analysts", "analysts"),
        ("userdata", "entries of user data"),
        ("metadata", "entries of metadata"),
    ] {
        if let Some(value) = of(&[key]) {
            walk.lose_each(value, what);
        }
    }
}

fn read_nodes(walk: &mut Walk<'_, '_>, net: &mut Net, mapping: NodeId) {
    let mut nodes = Vec::new();
    for Field { key, value } in walk.fields(mapping, "`nodes`") {
        let mut kind = None;
        for field in walk.fields(value, "a node") {
            match &*field.key.value {
                "atom" => kind = Some(NodeKind::Statement(atom(walk, &key, value, field.value))),
                "scheme" => kind = Some(scheme(walk, &key, field.value)),
                "metadata" => walk.lose_each(field.value, "entries of metadata"),
                "userdata" => walk.lose_each(field.value, "entries of user data"),
                _ => walk.lose("other entries of nodes", field.key.span),
            }
        }
        if kind.is_none() {
            walk.lose("nodes that are neither atoms nor schemes", key.span);
        }
        nodes.push((key, kind.unwrap_or(NodeKind::Other)));
    }
    walk.draft.settle();
    for (name, kind) in nodes {
        net.node(walk.draft, &name, kind);
    }
}

fn atom(
    walk: &mut Walk<'_, '_>,
    name: &Text,
    whole: NodeId,
    node: NodeId,
) -> crate::model::StatementIdx {
    let (mut text, mut citations) = (None, Vec::new());
    for Field { key, value } in walk.fields(node, "an atom") {
        match &*key.value {
            "text" => text = walk.text(value, "`text`"),
            "reference" => citations.extend(reference(walk, value)),
            "participant" => walk.lose("participants", key.span),
            _ => walk.lose("other entries of nodes", key.span),
        }
    }
    if text.is_none() {
        let what = format!("the text of atom `{}`", name.value);
        walk.empty_text(node, what, name.span);
    }
    let statement = Statement {
        span: name.span.to(walk.tree.span(whole)),
        text: text.unwrap_or(Spanned {
            value: String::new(),
            span: name.span,
        }),
        citations,
        ..Statement::default()
    };
    walk.draft.statement(name, statement)
}

/// Where an atom stands in a resource.
fn reference(walk: &mut Walk<'_, '_>, node: NodeId) -> Option<Citation> {
    let (mut name, mut quote) = (None, None);
    for Field { key, value } in walk.fields(node, "`reference`") {
        match &*key.value {
            "resource" => name = walk.text(value, "`resource`"),
            "text" => quote = walk.text(value, "`text`"),
            "offset" => walk.lose("offsets in resources", key.span),
            _ => walk.lose("other entries of references", key.span),
        }
    }
    let Some(name) = name else {
        // Words without the work that they are from.
        if let Some(quote) = quote {
            walk.lose("words of no resource", quote.span);
        }
        return None;
    };
    let source = walk.draft.named_source(&name, "resource")?;
    Some(Citation {
        source,
        at: None,
        quote,
    })
}

fn scheme(walk: &mut Walk<'_, '_>, name: &Text, node: NodeId) -> NodeKind {
    let mut kind = None;
    for Field { key, value } in walk.fields(node, "a scheme") {
        match &*key.value {
            "support" => kind = Some((StepKind::Inference(Polarity::Pro), value)),
            "attack" => kind = Some((StepKind::Inference(Polarity::Con), value)),
            "rephrase" => kind = Some((StepKind::Rephrase, value)),
            "preference" => {
                walk.lose("preferences", name.span);
                return NodeKind::Other;
            }
            "premiseDescriptors" | "premise_descriptors" => {
                walk.lose_each(value, "descriptors of premises");
            }
            _ => walk.lose("other entries of nodes", key.span),
        }
    }
    let Some((kind, value)) = kind else {
        walk.lose("schemes that neither support nor attack", name.span);
        return NodeKind::Other;
    };
    let written = walk.text(value, "a scheme");
    NodeKind::Step(Step {
        scheme: written.as_ref().and_then(own_scheme),
        ..Step::plain(kind)
    })
}

/// `SUPPORT_EXPERT_OPINION` is `expert-opinion`, and `SUPPORT_DEFAULT` nothing.
fn own_scheme(written: &Text) -> Option<Text> {
    let short = ["SUPPORT_", "ATTACK_", "REPHRASE_"]
        .iter()
        .find_map(|start| written.value.strip_prefix(start));
    let value = short.unwrap_or(&written.value).to_lowercase();
    let name = Spanned {
        value,
        span: written.span,
    };
    let is_plain = matches!(&*name.value, "default" | "unspecified" | "0" | "1");
    if is_plain { None } else { scheme_name(&name) }
}

fn read_edges(walk: &mut Walk<'_, '_>, net: &mut Net, mapping: NodeId) {
    for Field { value, .. } in walk.fields(mapping, "`edges`") {
        let (mut from, mut to) = (None, None);
        for Field { key, value } in walk.fields(value, "an edge") {
            match &*key.value {
                "source" => from = walk.text(value, "`source`"),
                "target" => to = walk.text(value, "`target`"),
                "metadata" => walk.lose_each(value, "entries of metadata"),
                "userdata" => walk.lose_each(value, "entries of user data"),
                _ => walk.lose("other entries of edges", key.span),
            }
        }
        let from = walk.require(value, from, ("`source`", "edge"));
        let to = walk.require(value, to, ("`target`", "edge"));
        if let (Some(from), Some(to)) = (from, to) {
            net.edge(walk.draft, &from, &to);
        }
    }
}

fn read_resources(walk: &mut Walk<'_, '_>, mapping: NodeId) {
    for Field { key: name, value } in walk.fields(mapping, "`resources`") {
        let (mut title, mut fields) = (None, Vec::new());
        for Field { key, value } in walk.fields(value, "a resource") {
            if walk.is_mapping(value) {
                walk.lose_each(value, "entries of metadata");
                continue;
            }
            let text = walk.text(value, "a field of a resource");
            match (&*key.value, text) {
                (_, None) => {}
                ("title", text) => title = text,
                ("source", Some(source)) => {
                    let url = Spanned {
                        value: "url".to_owned(),
                        span: key.span,
                    };
                    fields.push((url, FieldValue::Text(source.value)));
                }
                ("text", Some(_)) => walk.lose("texts of resources", key.span),
                (_, Some(_)) => walk.lose("other entries of resources", key.span),
            }
        }
        let title = title.unwrap_or_else(|| name.clone());
        walk.draft.source(&name, title).fields = fields;
    }
}
