//! The positions as JSON, for other programs and for measuring.

use serde_json::{Value, json};

use crate::layout::{Drawing, PlacedGroup, Point};
use crate::view::diagram::{Diagram, EdgeKind, End, Group, Hidden, NodeKind};

/// Writes boxes and routes with their ids, in CSS px with two decimals. Junctions are listed among the nodes
/// with the kind `junction` and no size, so that every end of an edge is in one list. What is not shown at a box
/// or a junction is counted as `hidden`; groups are there where the diagram has some.
pub(super) fn layout(diagram: &Diagram, drawing: &Drawing) -> Vec<u8> {
    let mut value = json!({
        "width": px(drawing.width),
        "height": px(drawing.height),
        "nodes": nodes(diagram, drawing),
        "edges": edges(diagram, drawing),
    });
    if !diagram.groups.is_empty() {
        value["groups"] = groups(diagram, drawing).into();
    }
    if !diagram.left_out.is_empty() {
        let notes = diagram.left_out.iter().map(ToString::to_string);
        value["left_out"] = notes.collect::<Vec<_>>().into();
    }
    let mut bytes = serde_json::to_vec_pretty(&value).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn nodes(diagram: &Diagram, drawing: &Drawing) -> Vec<Value> {
    let boxes = diagram.nodes.iter().zip(&drawing.nodes);
    let boxes = boxes.map(|(node, placed)| {
        let rect = placed.rect;
        let mut value = json!({
            "id": node.id, "kind": kind(node.kind),
            "x": px(rect.x), "y": px(rect.y), "width": px(rect.width), "height": px(rect.height),
        });
        hidden(&mut value, node.hidden);
        value
    });
    let points = diagram.junctions.iter().zip(&drawing.junctions);
    let points = points.map(|(junction, at)| {
        let mut value = json!({
            "id": junction.id, "kind": "junction",
            "x": px(at.x), "y": px(at.y), "width": 0.0, "height": 0.0,
        });
        hidden(&mut value, junction.hidden);
        value
    });
    boxes.chain(points).collect()
}

/// How many statements hang there that are not shown, if any do.
fn hidden(value: &mut Value, hidden: Hidden) {
    if hidden != Hidden::default() {
        value["hidden"] = json!({"under": hidden.under, "over": hidden.over});
    }
}

/// The frames with the statements inside.
fn groups(diagram: &Diagram, drawing: &Drawing) -> Vec<Value> {
    let group = |(group, placed): (&Group, &PlacedGroup)| {
        let nodes = group.nodes.iter().filter_map(|at| diagram.nodes.get(*at));
        let ids: Vec<&str> = nodes.map(|node| node.id.as_str()).collect();
        let rect = placed.rect;
        json!({
            "label": group.label, "nodes": ids,
            "x": px(rect.x), "y": px(rect.y), "width": px(rect.width), "height": px(rect.height),
        })
    };
    diagram
        .groups
        .iter()
        .zip(&drawing.groups)
        .map(group)
        .collect()
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
