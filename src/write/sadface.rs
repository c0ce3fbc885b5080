//! SADFace 0.2 in JSON.

use serde_json::{Map, Value, json};

use super::Written;
use super::net::{Kind, Net, Step};
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{Citation, Losses, StatementIdx};

/// Writes a map as SADFace. Linear in the map.
pub(super) fn sadface(dossier: &Dossier) -> Written {
    let held = [
        Part::Schemes,
        Part::Restatements,
        Part::Contradictions,
        Part::Citations,
        Part::CitedPlaces,
        Part::Title,
    ];
    let mut losses = unsaid(dossier, &held);
    let net = Net::of(dossier, &mut losses);
    let mut nodes: Vec<Value> = dossier
        .graph
        .statements()
        .map(|idx| atom(dossier, idx, &mut losses))
        .collect();
    nodes.extend(net.steps.iter().map(scheme));
    let edges = net.edges.iter().enumerate();
    let edges = edges.map(|(number, (from, to))| {
        json!({ "id": format!("edge-{}", number + 1), "source_id": from, "target_id": to })
    });
    let sources = dossier.map.sources.iter();
    let resources = sources.map(|source| {
        json!({ "id": source.id, "type": "text", "content": source.title.value, "metadata": {} })
    });
    let mut core = Map::new();
    core.insert("version".to_owned(), json!("0.2"));
    if let Some(title) = &dossier.map.about.title {
        core.insert("title".to_owned(), json!(title.value));
    }
    let document = json!({
        "metadata": { "core": core },
        "resources": resources.collect::<Vec<_>>(),
        "nodes": nodes,
        "edges": edges.collect::<Vec<_>>(),
    });
    Written::json(&document, losses)
}

fn atom(dossier: &Dossier, idx: StatementIdx, losses: &mut Losses) -> Value {
    let statement = dossier.map.statement(idx);
    let found = dossier.graph.citations.get(idx.index());
    let cited = statement.citations.iter().zip(found);
    let sources = cited.filter_map(|(citation, source)| {
        let id = &dossier.map.sources[(*source)?].id;
        Some(source_of(citation, id, losses))
    });
    json!({
        "id": statement.id,
        "type": "atom",
        "text": statement.text.value,
        "sources": sources.collect::<Vec<_>>(),
        "metadata": {},
    })
}

fn source_of(citation: &Citation, id: &str, losses: &mut Losses) -> Value {
    if let Some(at) = &citation.at {
        losses.add("places in sources", at.span);
    }
    match &citation.quote {
        Some(quote) => json!({ "resource_id": id, "text": quote.value }),
        None => json!({ "resource_id": id }),
    }
}

fn scheme(step: &Step<'_>) -> Value {
    let name = match (step.kind, step.scheme) {
        (Kind::Support, Some(scheme)) => scheme,
        (Kind::Support, None) => "support",
        (Kind::Attack, _) => "conflict",
        (Kind::Rephrase, _) => "rephrase",
    };
    json!({ "id": step.id, "type": "scheme", "name": name, "metadata": {} })
}
