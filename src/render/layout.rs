//! The positions as JSON, for other programs and for measuring.

use serde_json::{Value, json};

use crate::layout::{Drawing, Point};
use crate::view::diagram::{Diagram, EdgeKind, End, NodeKind};

/// Writes boxes and routes with their ids, in CSS px with two decimals. Junctions are listed among the nodes
/// with the kind `junction` and no size, so that every end of an edge is in one list.
pub(super) fn layout(diagram: &Diagram, drawing: &Drawing) -> Vec<u8> {
    let value = json!({
        "width": px(drawing.width),
        "height": px(drawing.height),
        "nodes": nodes(diagram, drawing),
        "edges": edges(diagram, drawing),
    });
    let mut bytes = serde_json::to_vec_pretty(&value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn nodes(diagram: &Diagram, drawing: &Drawing) -> Vec<Value> {
    let boxes = diagram.nodes.iter().zip(&drawing.nodes).map(|(node, placed)| {
        let rect = placed.rect;
        json!({
            "id": node.id, "kind": kind(node.kind),
            "x": px(rect.x), "y": px(rect.y), "width": px(rect.width), "height": px(rect.height),
        })
    });
    let points = diagram.junctions.iter().zip(&drawing.junctions).map(|(junction, at)| {
        json!({"id": junction.id, "kind": "junction", "x": px(at.x), "y": px(at.y), "width": 0.0, "height": 0.0})
    });
    boxes.chain(points).collect()
}

fn edges(diagram: &Diagram, drawing: &Drawing) -> Vec<Value> {
    let name = |end: End| match end {
        End::Node(node) => diagram.nodes.get(node).map(|it| it.id.as_str()),
        End::Junction(junction) => diagram.junctions.get(junction).map(|it| it.id.as_str()),
    };
    let point = |it: &Point| json!([px(it.x), px(it.y)]);
    let edge = |(edge, route): (&crate::view::diagram::Edge, &crate::layout::Route)| {
        let points: Vec<Value> = route.points.iter().map(point).collect();
        Some(
            json!({"from": name(edge.from)?, "to": name(edge.to)?, "kind": meaning(edge.kind), "points": points}),
        )
    };
    diagram
        .edges
        .iter()
        .zip(&drawing.edges)
        .filter_map(edge)
        .collect()
}

/// A length with two decimals.
fn px(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}

fn kind(kind: NodeKind) -> &'static str {
    match kind {
        NodeKind::Thesis => "thesis",
        NodeKind::Claim => "claim",
        NodeKind::Evidence => "evidence",
        NodeKind::Assumption => "assumption",
    }
}

fn meaning(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Premise(_) => "premise",
        EdgeKind::Reason => "reason",
        EdgeKind::Objection => "objection",
        EdgeKind::Undercut => "undercut",
        EdgeKind::Contradiction => "contradiction",
        EdgeKind::Restatement => "restatement",
    }
}
