//! Graphviz' language, printed by `graphviz-rust` from its own structures.
//!
//! The printer escapes nothing, so every id and value is quoted here.

use graphviz_rust::dot_structures::{
    Attribute, Edge as DotEdge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt,
    Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use crate::layout::text::{Weight, inert, wrap};
use crate::layout::{Direction, FONT_SIZE, Options};
use crate::view::diagram::{
    Diagram, Edge, EdgeKind, End, Junction, Node, NodeKind, Polarity, Verdict,
};

/// Writes the diagram with the same shapes and lines as the built-in pictures, as far as Graphviz has them.
/// Linear.
pub(super) fn dot(diagram: &Diagram, options: &Options) -> String {
    let mut stmts = vec![
        graph_attributes(diagram, options),
        node_defaults(),
        edge_defaults(),
    ];
    stmts.extend(diagram.nodes.iter().map(|it| node(it, options)));
    stmts.extend(diagram.junctions.iter().map(junction));
    stmts.extend(top(diagram));
    stmts.extend(diagram.edges.iter().filter_map(|it| edge(diagram, it)));
    let graph = Graph::DiGraph {
        id: quoted("map"),
        strict: false,
        stmts,
    };
    let mut text = graph.print(&mut PrinterContext::new(true, 2, "\n".to_owned(), 0));
    text.push('\n');
    text
}

/// A quoted string in which Graphviz sees neither escapes nor entities.
fn quoted(text: &str) -> Id {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in inert(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '&' => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out.push('"');
    Id::Escaped(out)
}

/// A name: as [`quoted`], but entities are not resolved in names.
fn named(end: &str) -> NodeId {
    let text = inert(end)
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace('\n', " ");
    NodeId(Id::Escaped(format!("\"{text}\"")), None)
}

fn set(name: &str, value: &str) -> Attribute {
    Attribute(Id::Plain(name.to_owned()), quoted(value))
}

fn graph_attributes(diagram: &Diagram, options: &Options) -> Stmt {
    let direction = match options.direction {
        Direction::Down => "BT",
        Direction::Up => "TB",
        Direction::Right => "RL",
        Direction::Left => "LR",
    };
    let title = [Some(&diagram.title), diagram.question.as_ref()];
    let title: Vec<&str> = title
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|it| !it.is_empty())
        .collect();
    Stmt::GAttribute(GraphAttributes::Graph(vec![
        set("rankdir", direction),
        set("label", &title.join("\n")),
        set("labelloc", "t"),
        set("fontname", "DejaVu Sans"),
        set("fontsize", "16"),
        set("nodesep", "0.25"),
        set("ranksep", "0.4"),
    ]))
}

fn node_defaults() -> Stmt {
    Stmt::GAttribute(GraphAttributes::Node(vec![
        set("shape", "box"),
        set("style", "filled"),
        set("color", "#5b6470"),
        set("fillcolor", "#ffffff"),
        set("fontcolor", "#1b1f24"),
        set("fontname", "DejaVu Sans"),
        set("fontsize", "10"),
        set("margin", "0.13,0.08"),
    ]))
}

fn edge_defaults() -> Stmt {
    Stmt::GAttribute(GraphAttributes::Edge(vec![
        set("color", "#0b5fa5"),
        set("fontname", "DejaVu Sans"),
        set("fontsize", "9"),
        set("arrowsize", "0.8"),
    ]))
}

/// The text of a box, wrapped as the built-in layout wraps it.
fn label(node: &Node, options: &Options) -> String {
    let room = options.box_width.clamp(80.0, 1000.0) - 22.0;
    let verdict = node
        .notable_verdict()
        .map(|verdict| format!("({})", verdict.word()));
    let parts = [
        node.label.as_ref(),
        Some(&node.text),
        node.source.as_ref(),
        verdict.as_ref(),
    ];
    let wrapped = |text: &String| wrap(text, room, Weight::Regular, FONT_SIZE).join("\n");
    parts
        .into_iter()
        .flatten()
        .filter(|it| !it.is_empty())
        .map(wrapped)
        .collect::<Vec<_>>()
        .join("\n")
}

fn node(it: &Node, options: &Options) -> Stmt {
    let (shape, style, fill, border) = match it.kind {
        NodeKind::Thesis => ("box", "filled,bold", "#e6eefb", "#1d3f72"),
        NodeKind::Claim => ("box", "filled", "#ffffff", "#5b6470"),
        NodeKind::Evidence => ("note", "filled", "#e8f4ee", "#2a6b4c"),
        NodeKind::Assumption => ("box", "filled,rounded", "#fbf3dc", "#84600c"),
    };
    let line = match (it.implicit, it.unsupported) {
        (true, _) => ",dotted",
        (false, true) => ",dashed",
        (false, false) => "",
    };
    let fill = match it.notable_verdict() {
        Some(Verdict::Out) => "#e4e6e9",
        _ => fill,
    };
    let mut attributes = vec![
        set("label", &label(it, options)),
        set("tooltip", &it.tooltip),
        set("shape", shape),
        set("style", &format!("{style}{line}")),
        set("fillcolor", fill),
        set("color", border),
    ];
    attributes.extend((it.kind == NodeKind::Thesis).then(|| set("peripheries", "2")));
    attributes.extend(
        it.link
            .as_deref()
            .filter(|it| super::escape::is_safe(it))
            .map(|it| set("URL", it)),
    );
    Stmt::Node(DotNode::new(named(&it.id), attributes))
}

fn junction(it: &Junction) -> Stmt {
    let colour = match it.polarity {
        Polarity::Pro => "#0b5fa5",
        Polarity::Con => "#b3261e",
    };
    let mut attributes = vec![
        set("shape", "point"),
        set("width", "0.11"),
        set("color", colour),
        set("fillcolor", colour),
        set("tooltip", &it.tooltip),
    ];
    attributes.extend(it.label.as_deref().map(|it| set("xlabel", it)));
    Stmt::Node(DotNode::new(named(&it.id), attributes))
}

/// The theses together on the rank at the end, where nothing leads on from them.
fn top(diagram: &Diagram) -> Option<Stmt> {
    let leads_on = |node: usize| diagram.edges.iter().any(|it| it.from == End::Node(node));
    let theses = diagram
        .nodes
        .iter()
        .enumerate()
        .filter(|it| it.1.kind == NodeKind::Thesis && !leads_on(it.0));
    let mut stmts: Vec<Stmt> = theses
        .map(|it| Stmt::Node(DotNode::new(named(&it.1.id), Vec::new())))
        .collect();
    if stmts.is_empty() {
        return None;
    }
    stmts.insert(0, Stmt::Attribute(set("rank", "max")));
    Some(Stmt::Subgraph(Subgraph {
        id: quoted("theses"),
        stmts,
    }))
}

fn edge(diagram: &Diagram, it: &Edge) -> Option<Stmt> {
    let name = |end: End| match end {
        End::Node(node) => diagram.nodes.get(node).map(|it| named(&it.id)),
        End::Junction(junction) => diagram.junctions.get(junction).map(|it| named(&it.id)),
    };
    let attributes = match it.kind {
        EdgeKind::Premise(Polarity::Pro) => vec![set("dir", "none")],
        EdgeKind::Premise(Polarity::Con) => vec![
            set("dir", "none"),
            set("style", "dashed"),
            set("color", "#b3261e"),
        ],
        EdgeKind::Reason => Vec::new(),
        EdgeKind::Objection => vec![
            set("style", "dashed"),
            set("color", "#b3261e"),
            set("arrowhead", "veetee"),
        ],
        EdgeKind::Undercut => vec![
            set("style", "dotted"),
            set("color", "#8a2c7a"),
            set("arrowhead", "tee"),
        ],
        EdgeKind::Contradiction => {
            vec![
                set("dir", "none"),
                set("style", "dashed"),
                set("color", "#6b4a00"),
                set("constraint", "false"),
            ]
        }
        EdgeKind::Restatement => vec![
            set("style", "dotted"),
            set("color", "#5b6470"),
            set("arrowhead", "empty"),
        ],
    };
    let ends = EdgeTy::Pair(Vertex::N(name(it.from)?), Vertex::N(name(it.to)?));
    Some(Stmt::Edge(DotEdge {
        ty: ends,
        attributes,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, node as statement};

    #[test]
    fn text_cannot_leave_its_quotes() {
        let mut diagram = bridge();
        diagram.nodes.push(statement(
            "a\"]; b [label=\\",
            NodeKind::Claim,
            "say \"hi\" \\N &lt; \\",
        ));
        let text = dot(&diagram, &Options::default());
        assert!(text.contains(r#""a\"]; b [label=\\""#), "{text}");
        assert!(text.contains(r#"say \"hi\" \\N &amp;lt; \\"#), "{text}");
    }

    #[test]
    fn theses_share_the_last_rank() {
        let text = dot(&bridge(), &Options::default());
        assert!(text.contains("rank=\"max\""), "{text}");
    }
}
