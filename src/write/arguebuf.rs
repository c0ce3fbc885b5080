//! Graphs of arguebuf, in the JSON of their protocol buffers.

use serde_json::{Map, Value, json};

use super::Written;
use super::net::{Kind, Net, Step};
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{Losses, Source, StatementIdx};

/// Writes a map as a graph of arguebuf. Linear in the map.
pub(super) fn arguebuf(dossier: &Dossier) -> Written {
    let held = [
        Part::Restatements,
        Part::Contradictions,
        Part::Citations,
        Part::CitedPlaces,
        Part::Schemes,
        Part::Theses,
    ];
    let mut losses = unsaid(dossier, &held);
    let net = Net::of(dossier, &mut losses);
    let mut nodes = Map::new();
    for idx in dossier.graph.statements() {
        let id = dossier.map.statement(idx).id.clone();
        nodes.insert(id, json!({ "atom": atom(dossier, idx, &mut losses) }));
    }
    for step in &net.steps {
        nodes.insert(step.id.clone(), json!({ "scheme": scheme(step) }));
    }
    let edges = net.edges.iter().enumerate();
    let edges = edges.map(|(number, (from, to))| {
        let edge = json!({ "source": from, "target": to });
        (format!("edge-{}", number + 1), edge)
    });
    let sources = dossier.map.sources.iter();
    let resources = sources.map(|source| (source.id.clone(), resource(source)));
    let mut theses = dossier.graph.theses.iter();
    let major = theses.next().map(|idx| &dossier.map.statement(*idx).id);
    for other in theses {
        let span = dossier.map.name_span(*other);
        losses.add("further theses", span);
    }
    let mut graph = json!({
        "nodes": nodes,
        "edges": edges.collect::<Map<_, _>>(),
        "resources": resources.collect::<Map<_, _>>(),
        "schemaVersion": 1,
        "libraryVersion": env!("CARGO_PKG_VERSION"),
    });
    if let Some(major) = major {
        graph["majorClaim"] = json!(major);
    }
    Written::json(&graph, losses)
}

fn atom(dossier: &Dossier, idx: StatementIdx, losses: &mut Losses) -> Value {
    let statement = dossier.map.statement(idx);
    let mut atom = json!({ "text": statement.text.value });
    let found = dossier.graph.citations.get(idx.index());
    let cited = statement.citations.iter().zip(found);
    let mut cited = cited.filter_map(|(citation, source)| Some((citation, (*source)?)));
    if let Some((citation, source)) = cited.next() {
        let mut reference = json!({ "resource": dossier.map.sources[source].id });
        if let Some(quote) = &citation.quote {
            reference["text"] = json!(quote.value);
        }
        if let Some(at) = &citation.at {
            losses.add("places in sources", at.span);
        }
        atom["reference"] = reference;
    }
    for (citation, _) in cited {
        losses.add("further citations of a statement", citation.source.span);
    }
    atom
}

fn resource(source: &Source) -> Value {
    let mut resource = json!({ "title": source.title.value });
    if let Some(url) = source.url() {
        resource["source"] = json!(url);
    }
    resource
}

fn scheme(step: &Step<'_>) -> Value {
    let (key, prefix) = match step.kind {
        Kind::Support => ("support", "SUPPORT"),
        Kind::Attack => ("attack", "ATTACK"),
        Kind::Rephrase => ("rephrase", "REPHRASE"),
    };
    let name = step.scheme.unwrap_or("default").to_uppercase();
    json!({ key: format!("{prefix}_{}", name.replace('-', "_")) })
}
