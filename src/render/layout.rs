//! The positions as JSON, for other programs and for measuring.

use serde::Serialize;

use crate::layout::{Drawing, PlacedGroup, Point};
use crate::view::diagram::{Diagram, Edge, EdgeKind, End, Group, Hidden};

/// Everything; keys are in the order of the alphabet.
#[derive(Serialize)]
struct Positions<'a> {
    edges: Vec<Line<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<Frame<'a>>,
    height: f64,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<String>,
    nodes: Vec<Place<'a>>,
    width: f64,
}

#[derive(Serialize)]
struct Line<'a> {
    from: &'a str,
    kind: &'static str,
    points: Vec<[f64; 2]>,
    to: &'a str,
}

#[derive(Serialize)]
struct Frame<'a> {
    height: f64,
    label: &'a str,
    nodes: Vec<&'a str>,
    width: f64,
    x: f64,
    y: f64,
}

#[derive(Serialize)]
struct Place<'a> {
    height: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    hidden: Option<NotShown>,
    id: &'a str,
    kind: &'static str,
    width: f64,
    x: f64,
    y: f64,
}

/// How many statements hang there that are not shown.
#[derive(Serialize)]
struct NotShown {
    over: usize,
    under: usize,
}

/// Writes boxes and routes with their ids, in CSS px with two decimals. Junctions are listed among the nodes
/// with the kind `junction` and no size, so that every end of an edge is in one list. What is not shown at a box
/// or a junction is counted as `hidden`; groups are there where the diagram has some.
pub(super) fn layout(diagram: &Diagram, drawing: &Drawing) -> Vec<u8> {
    let positions = Positions {
        edges: edges(diagram, drawing),
        groups: groups(diagram, drawing),
        height: px(drawing.height),
        left_out: diagram.left_out.iter().map(ToString::to_string).collect(),
        nodes: nodes(diagram, drawing),
        width: px(drawing.width),
    };
    let mut bytes = serde_json::to_vec_pretty(&positions).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn nodes<'a>(diagram: &'a Diagram, drawing: &Drawing) -> Vec<Place<'a>> {
    let boxes = diagram.nodes.iter().zip(&drawing.nodes);
    let boxes = boxes.map(|(node, placed)| Place {
        height: px(placed.rect.height),
        hidden: hidden(node.hidden),
        id: &node.id,
        kind: node.kind.name(),
        width: px(placed.rect.width),
        x: px(placed.rect.x),
        y: px(placed.rect.y),
    });
    let points = diagram.junctions.iter().zip(&drawing.junctions);
    let points = points.map(|(junction, at)| Place {
        height: 0.0,
        hidden: hidden(junction.hidden),
        id: &junction.id,
        kind: "junction",
        width: 0.0,
        x: px(at.x),
        y: px(at.y),
    });
    boxes.chain(points).collect()
}

/// How many statements hang there that are not shown, if any do.
fn hidden(hidden: Hidden) -> Option<NotShown> {
    let Hidden { under, over } = hidden;
    (hidden != Hidden::default()).then_some(NotShown { over, under })
}

/// The frames with the statements inside.
fn groups<'a>(diagram: &'a Diagram, drawing: &Drawing) -> Vec<Frame<'a>> {
    let group = |(group, placed): (&'a Group, &PlacedGroup)| {
        let nodes = group.nodes.iter().filter_map(|at| diagram.nodes.get(*at));
        Frame {
            height: px(placed.rect.height),
            label: &group.label,
            nodes: nodes.map(|node| node.id.as_str()).collect(),
            width: px(placed.rect.width),
            x: px(placed.rect.x),
            y: px(placed.rect.y),
        }
    };
    diagram
        .groups
        .iter()
        .zip(&drawing.groups)
        .map(group)
        .collect()
}

fn edges<'a>(diagram: &'a Diagram, drawing: &Drawing) -> Vec<Line<'a>> {
    let name = |end: End| match end {
        End::Node(node) => diagram.nodes.get(node).map(|it| it.id.as_str()),
        End::Junction(junction) => diagram.junctions.get(junction).map(|it| it.id.as_str()),
    };
    let point = |it: &Point| [px(it.x), px(it.y)];
    let edge = |(edge, route): (&'a Edge, &crate::layout::Route)| {
        Some(Line {
            from: name(edge.from)?,
            kind: meaning(edge.kind),
            points: route.points.iter().map(point).collect(),
            to: name(edge.to)?,
        })
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
