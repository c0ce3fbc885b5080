//! The Argument Interchange Format in JSON, as AIFdb writes it, and the envelope that OVA3 saves it in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Written;
use super::net::{Kind, Net, Step};
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;

/// A graph of AIF. It borrows what it can, for some maps have a million nodes.
#[derive(Serialize)]
struct Graph<'n> {
    #[serde(flatten)]
    empty: BTreeMap<&'static str, Vec<()>>,
    edges: Vec<Edge<'n>>,
    nodes: Vec<Node<'n>>,
}

#[derive(Serialize)]
struct Edge<'n> {
    #[serde(rename = "edgeID")]
    id: String,
    #[serde(rename = "fromID")]
    from: &'n str,
    #[serde(rename = "toID")]
    to: &'n str,
}

#[derive(Serialize)]
struct Node<'n> {
    #[serde(rename = "nodeID")]
    id: &'n str,
    #[serde(skip_serializing_if = "Option::is_none")]
    scheme: Option<&'n str>,
    text: &'n str,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Nothing {}

/// What OVA3 saves.
#[derive(Serialize)]
struct Envelope<'n> {
    #[serde(rename = "AIF")]
    graph: Graph<'n>,
    #[serde(rename = "OVA")]
    look: Nothing,
    dialog: bool,
    text: String,
}

/// Writes a map as AIF. Linear in the map.
pub(super) fn aif(dossier: &Dossier) -> Written {
    let mut losses = unsaid(
        dossier,
        &[Part::Schemes, Part::Restatements, Part::Contradictions],
    );
    let net = Net::of(dossier, &mut losses);
    Written::json(&graph(dossier, &net, &["locutions"]), losses)
}

/// Writes a map as xAIF: the text is made of the quotes. Linear in the map.
pub(super) fn xaif(dossier: &Dossier) -> Written {
    let held = [
        Part::Schemes,
        Part::Restatements,
        Part::Contradictions,
        Part::Quotes,
    ];
    let mut losses = unsaid(dossier, &held);
    let net = Net::of(dossier, &mut losses);
    let empty = [
        "locutions",
        "schemefulfillments",
        "descriptorfulfillments",
        "cqdescriptorfulfillments",
        "participants",
    ];
    let quoted = dossier.map.statements.iter().filter_map(|statement| {
        let quote = escaped(&statement.quote.as_ref()?.value);
        let id = escaped(&statement.id);
        Some(format!(
            "<span class=\"highlighted\" id=\"node{id}\">{quote}</span>"
        ))
    });
    let envelope = Envelope {
        graph: graph(dossier, &net, &empty),
        look: Nothing {},
        dialog: false,
        text: quoted.collect::<Vec<_>>().join("<br>"),
    };
    Written::json(&envelope, losses)
}

/// The graph, with these lists, which a map has nothing for.
fn graph<'n>(dossier: &'n Dossier, net: &'n Net<'n>, empty: &[&'static str]) -> Graph<'n> {
    let statements = dossier.map.statements.iter();
    let statements = statements.map(|statement| Node {
        id: &statement.id,
        scheme: None,
        text: &statement.text.value,
        kind: "I",
    });
    let edges = net.edges.iter().enumerate();
    let edges = edges.map(|(number, (from, to))| Edge {
        id: (number + 1).to_string(),
        from,
        to,
    });
    Graph {
        empty: empty.iter().map(|list| (*list, Vec::new())).collect(),
        edges: edges.collect(),
        nodes: statements.chain(net.steps.iter().map(step)).collect(),
    }
}

fn step<'n>(step: &'n Step<'n>) -> Node<'n> {
    let (kind, plain) = match step.kind {
        Kind::Support => ("RA", "Default Inference"),
        Kind::Attack => ("CA", "Default Conflict"),
        Kind::Rephrase => ("MA", "Default Rephrase"),
    };
    let scheme = step.scheme.unwrap_or(plain);
    Node {
        id: &step.id,
        scheme: Some(scheme),
        text: scheme,
        kind,
    }
}

/// A text as HTML has it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
