//! Diagrams for tests.

use super::dice::Dice;
use crate::view::diagram::{
    Diagram, Edge, EdgeKind, End, Hidden, Junction, NamedSource, Node, NodeKind, Polarity, Verdict,
};

/// A box with this text and nothing else.
pub(crate) fn node(id: &str, kind: NodeKind, text: &str) -> Node {
    Node {
        id: id.to_owned(),
        kind,
        unsupported: false,
        verdict: Verdict::In,
        implicit: false,
        label: None,
        text: text.to_owned(),
        sources: Vec::new(),
        details: Vec::new(),
        hidden: Hidden::default(),
        tooltip: text.to_owned(),
        link: None,
    }
}

/// A junction.
pub(crate) fn junction(id: &str, polarity: Polarity) -> Junction {
    Junction {
        id: id.to_owned(),
        polarity,
        label: None,
        is_labelled: false,
        hidden: Hidden::default(),
        tooltip: String::new(),
    }
}

/// An edge.
pub(crate) fn edge(from: End, to: End, kind: EdgeKind) -> Edge {
    Edge { from, to, kind }
}

/// A small map with linked premises, an undercut, an objection and its rebuttal.
pub(crate) fn bridge() -> Diagram {
    let (n, j) = (End::Node, End::Junction(0));
    let pro = EdgeKind::Premise(Polarity::Pro);
    Diagram {
        title: "Should the old bridge be closed?".into(),
        question: Some("What to do about the lorries on the old bridge".into()),
        nodes: bridge_statements(),
        junctions: vec![junction("close.1", Polarity::Pro)],
        edges: vec![
            edge(n(1), j, pro),
            edge(n(2), j, pro),
            edge(j, n(0), EdgeKind::Reason),
            edge(n(3), n(1), EdgeKind::Reason),
            edge(n(4), n(0), EdgeKind::Objection),
            edge(n(5), n(4), EdgeKind::Objection),
            edge(n(6), j, EdgeKind::Undercut),
            edge(n(7), n(0), EdgeKind::Reason),
        ],
        ..Diagram::default()
    }
}

/// The statements of [`bridge`].
fn bridge_statements() -> Vec<Node> {
    let mut nodes = vec![
        node(
            "close",
            NodeKind::Thesis,
            "The old bridge should be closed to lorries at once.",
        ),
        node(
            "cracks",
            NodeKind::Claim,
            "The main girders have cracks that grow under heavy loads.",
        ),
        node(
            "safety",
            NodeKind::Assumption,
            "A bridge whose girders crack must not carry heavy loads.",
        ),
        node(
            "report",
            NodeKind::Evidence,
            "Inspectors measured cracks of 12 mm, up from 7 mm a year before.",
        ),
        node(
            "detour",
            NodeKind::Claim,
            "Closing it costs the town's firms 40 minutes a trip.",
        ),
        node(
            "ring",
            NodeKind::Evidence,
            "The ring road, open since May, takes 9 minutes longer.",
        ),
        node(
            "paint",
            NodeKind::Claim,
            "Most of what was measured is cracked paint, not steel.",
        ),
        node(
            "other",
            NodeKind::Claim,
            "Other bridges of this type have failed.",
        ),
    ];
    nodes[0].label = Some("Close the bridge".into());
    for (at, name) in [
        (3, "Bridge inspection report 2024, para 4"),
        (5, "Traffic office, count of 3 June"),
    ] {
        nodes[at].sources.push(NamedSource {
            name: name.to_owned(),
            link: None,
        });
    }
    nodes[6].unsupported = true;
    nodes[7].unsupported = true;
    nodes[2].implicit = true;
    nodes[3].link = Some("https://example.org/report".into());
    nodes
}

/// A tree of claims with 15 % shared reasons; `deep` makes parents recent instead of any earlier statement.
pub(crate) fn tree(count: usize, seed: u64, deep: bool) -> Diagram {
    let mut dice = Dice(seed);
    let text = "Eighty characters of text are about what a statement of a real argument map has..";
    let mut diagram = Diagram {
        title: format!("{count} statements"),
        ..Diagram::default()
    };
    for index in 0..count {
        let kind = if index == 0 {
            NodeKind::Thesis
        } else {
            NodeKind::Claim
        };
        diagram.nodes.push(node(&format!("s{index}"), kind, text));
        if index > 0 {
            let parent = if deep {
                (index - 1) / 3
            } else {
                dice.below(index)
            };
            let kind = if dice.below(4) == 0 {
                EdgeKind::Objection
            } else {
                EdgeKind::Reason
            };
            diagram
                .edges
                .push(edge(End::Node(index), End::Node(parent), kind));
        }
    }
    for _ in 0..count * 15 / 100 {
        let from = 1 + dice.below(count - 1);
        let to = dice.below(from);
        diagram
            .edges
            .push(edge(End::Node(from), End::Node(to), EdgeKind::Reason));
    }
    diagram
}
