//! The Argument Interchange Format in JSON, as AIFdb writes it, and the envelope that OVA3 saves it in.

use serde_json::{Value, json};

use super::Written;
use super::net::{Kind, Net, Step};
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;

/// Writes a map as AIF. Linear in the map.
pub(super) fn aif(dossier: &Dossier) -> Written {
    let mut losses = unsaid(
        dossier,
        &[Part::Schemes, Part::Restatements, Part::Contradictions],
    );
    let graph = graph(dossier, &Net::of(dossier, &mut losses));
    Written::json(&graph, losses)
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
    let mut graph = graph(dossier, &Net::of(dossier, &mut losses));
    for list in [
        "schemefulfillments",
        "descriptorfulfillments",
        "cqdescriptorfulfillments",
        "participants",
    ] {
        graph[list] = json!([]);
    }
    let quoted = dossier.map.statements.iter().filter_map(|statement| {
        let quote = escaped(&statement.quote.as_ref()?.value);
        let id = escaped(&statement.id);
        Some(format!(
            "<span class=\"highlighted\" id=\"node{id}\">{quote}</span>"
        ))
    });
    let text = quoted.collect::<Vec<_>>().join("<br>");
    let envelope = json!({ "AIF": graph, "text": text, "dialog": false, "OVA": {} });
    Written::json(&envelope, losses)
}

fn graph(dossier: &Dossier, net: &Net<'_>) -> Value {
    let statements = dossier.map.statements.iter();
    let statements = statements.map(
        |statement| json!({ "nodeID": statement.id, "text": statement.text.value, "type": "I" }),
    );
    let nodes: Vec<Value> = statements.chain(net.steps.iter().map(step)).collect();
    let edges = net.edges.iter().enumerate();
    let edges = edges.map(|(number, (from, to))| {
        json!({ "edgeID": (number + 1).to_string(), "fromID": from, "toID": to })
    });
    let edges: Vec<Value> = edges.collect();
    json!({ "nodes": nodes, "edges": edges, "locutions": [] })
}

fn step(step: &Step<'_>) -> Value {
    let (kind, plain) = match step.kind {
        Kind::Support => ("RA", "Default Inference"),
        Kind::Attack => ("CA", "Default Conflict"),
        Kind::Rephrase => ("MA", "Default Rephrase"),
    };
    let scheme = step.scheme.unwrap_or(plain);
    json!({ "nodeID": step.id, "text": scheme, "type": kind, "scheme": scheme })
}

/// A text as HTML has it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;").replace('"', "&quot;")
}
