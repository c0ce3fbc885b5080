//! `GraphML`, for yEd, Gephi and programs that count in graphs.
//!
//! Plain keys hold what the map says; yEd's own hold the positions and looks of the built-in layout.
//! Junctions are nodes of the kind `junction`.

use std::fmt::Write as _;

use super::escape::xml;
use super::names::{Names, in_xml};
use super::paint::{self, BoxPaint, Looks, Stance};
use crate::config::theme::{Head, Shape, Theme};
use crate::layout::{Drawing, FONT_SIZE, PlacedNode, Point, Rect, Route};
use crate::view::address::is_safe;
use crate::view::diagram::{Diagram, Edge, EdgeKind, End, Junction, Node, Polarity};

/// The keys: id, what they are for, name and type.
const KEYS: [(&str, &str, &str, &str); 17] = [
    ("title", "graph", "title", "string"),
    ("question", "graph", "question", "string"),
    ("left-out", "graph", "left out", "string"),
    ("statement", "node", "id", "string"),
    ("kind", "node", "kind", "string"),
    ("label", "node", "label", "string"),
    ("text", "node", "text", "string"),
    ("source", "node", "source", "string"),
    ("link", "node", "link", "string"),
    ("verdict", "node", "verdict", "string"),
    ("unsupported", "node", "unsupported", "boolean"),
    ("implicit", "node", "implicit", "boolean"),
    ("group", "node", "group", "string"),
    ("polarity", "node", "polarity", "string"),
    ("note", "node", "note", "string"),
    ("meaning", "edge", "kind", "string"),
    ("side", "edge", "polarity", "string"),
];

/// Writes the drawing. Linear.
pub(super) fn graphml(diagram: &Diagram, drawing: &Drawing, theme: &Theme) -> String {
    let mut names = Names::new('.', &[]);
    let mut give = |id: &str| names.give(id, in_xml);
    let nodes: Vec<String> = diagram.nodes.iter().map(|it| give(&it.id)).collect();
    let junctions: Vec<String> = diagram.junctions.iter().map(|it| give(&it.id)).collect();
    let mut out = head(diagram);
    let groups = groups(diagram);
    let boxes = diagram.nodes.iter().zip(&drawing.nodes);
    let boxes = boxes.zip(paint::stances(diagram)).zip(&nodes);
    for (at, (((node, placed), stance), name)) in boxes.enumerate() {
        let _ = writeln!(out, "    <node id=\"{name}\">");
        statement(&mut out, node, groups[at]);
        shape_node(&mut out, node, placed, stance, theme);
        out.push_str("    </node>\n");
    }
    let points = diagram.junctions.iter().zip(&drawing.junctions);
    for ((junction, at), name) in points.zip(&junctions) {
        let _ = writeln!(out, "    <node id=\"{name}\">");
        point(&mut out, junction, *at, theme);
        out.push_str("    </node>\n");
    }
    for (edge, route) in diagram.edges.iter().zip(&drawing.edges) {
        let end = |end: End| match end {
            End::Node(node) => nodes.get(node),
            End::Junction(junction) => junctions.get(junction),
        };
        if let (Some(from), Some(to)) = (end(edge.from), end(edge.to)) {
            line(&mut out, edge, route, (from, to), theme);
        }
    }
    out.push_str("  </graph>\n</graphml>\n");
    out
}

fn head(diagram: &Diagram) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:y=\"http://www.yworks.com/xml/graphml\">\n",
    );
    for (id, of, name, type_) in KEYS {
        let _ = writeln!(
            out,
            "  <key id=\"{id}\" for=\"{of}\" attr.name=\"{name}\" attr.type=\"{type_}\"/>"
        );
    }
    out.push_str(
        "  <key id=\"shape\" for=\"node\" yfiles.type=\"nodegraphics\"/>\n  \
           <key id=\"route\" for=\"edge\" yfiles.type=\"edgegraphics\"/>\n  \
           <graph id=\"map\" edgedefault=\"directed\">\n",
    );
    data(&mut out, 4, "title", Some(&diagram.title));
    data(&mut out, 4, "question", diagram.question.as_deref());
    let left_out: Vec<String> = diagram.left_out.iter().map(ToString::to_string).collect();
    data(&mut out, 4, "left-out", Some(&left_out.join("\n")));
    out
}

/// The label of the group that each statement is in.
fn groups(diagram: &Diagram) -> Vec<Option<&str>> {
    let mut groups = vec![None; diagram.nodes.len()];
    for group in &diagram.groups {
        for node in &group.nodes {
            if let Some(own) = groups.get_mut(*node) {
                *own = Some(group.label.as_str());
            }
        }
    }
    groups
}

fn data(out: &mut String, indent: usize, key: &str, value: Option<&str>) {
    if let Some(value) = value.filter(|it| !it.is_empty()) {
        let _ = writeln!(
            out,
            "{:indent$}<data key=\"{key}\">{}</data>",
            "",
            xml(value)
        );
    }
}

fn statement(out: &mut String, node: &Node, group: Option<&str>) {
    let flag = |is: bool| is.then_some("true");
    let label = node.label.as_deref().unwrap_or(&node.text);
    let link = node.link.as_deref().filter(|it| is_safe(it));
    let sources: Vec<&str> = node.sources.iter().map(|it| it.name.as_str()).collect();
    let sources = sources.join("; ");
    let values = [
        ("statement", Some(node.id.as_str())),
        ("kind", Some(node.kind.name())),
        ("label", Some(label)),
        ("text", Some(node.text.as_str())),
        ("source", Some(sources.as_str())),
        ("link", link),
        ("verdict", Some(node.verdict.word())),
        ("unsupported", flag(node.unsupported)),
        ("implicit", flag(node.implicit)),
        ("group", group),
        ("note", Some(node.tooltip.as_str())),
    ];
    for (key, value) in values {
        data(out, 6, key, value);
    }
}

fn point(out: &mut String, junction: &Junction, at: Point, theme: &Theme) {
    let colour = paint::junction(theme, junction.polarity).colour;
    let values = [
        ("statement", junction.id.as_str()),
        ("kind", "junction"),
        ("label", junction.label.as_deref().unwrap_or_default()),
        ("polarity", side(junction.polarity)),
        ("note", junction.tooltip.as_str()),
    ];
    for (key, value) in values {
        data(out, 6, key, Some(value));
    }
    let rect = Rect {
        x: at.x - 4.5,
        y: at.y - 4.5,
        width: 9.0,
        height: 9.0,
    };
    let _ = writeln!(
        out,
        "      <data key=\"shape\"><y:ShapeNode>{}<y:Fill color=\"{colour}\"/>\
         <y:BorderStyle color=\"{colour}\" width=\"1\"/><y:Shape type=\"ellipse\"/></y:ShapeNode></data>",
        geometry(rect)
    );
}

fn side(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Pro => "pro",
        Polarity::Con => "con",
    }
}

fn geometry(rect: Rect) -> String {
    format!(
        "<y:Geometry x=\"{:.2}\" y=\"{:.2}\" width=\"{:.2}\" height=\"{:.2}\"/>",
        rect.x, rect.y, rect.width, rect.height
    )
}

/// The box as yEd draws it, its text wrapped as in the built-in picture.
fn shape_node(
    out: &mut String,
    node: &Node,
    placed: &PlacedNode,
    stance: Option<Stance>,
    theme: &Theme,
) {
    let paint = paint::statement(theme, Looks::of(node, stance));
    let lines: Vec<String> = placed.lines.iter().map(|line| xml(&line.text)).collect();
    let shape = match paint.shape {
        Shape::Round => "roundrectangle",
        Shape::Plain | Shape::Double | Shape::Sheet => "rectangle",
    };
    let _ = writeln!(
        out,
        "      <data key=\"shape\"><y:ShapeNode>{}<y:Fill color=\"{}\"/>{}\
         <y:NodeLabel fontFamily=\"DejaVu Sans\" fontSize=\"{FONT_SIZE}\" textColor=\"{}\" alignment=\"left\">{}</y:NodeLabel>\
         <y:Shape type=\"{shape}\"/></y:ShapeNode></data>",
        geometry(placed.rect),
        paint.fill.colour,
        border(&paint),
        paint.text.colour,
        lines.join("\n")
    );
}

fn border(paint: &BoxPaint) -> String {
    // yEd has no double border; a thick one sets a thesis apart as well.
    let width = match paint.shape {
        Shape::Double => paint.width * 2.0,
        _ => paint.width,
    };
    format!(
        "<y:BorderStyle color=\"{}\" type=\"{}\" width=\"{width}\"/>",
        paint.border.colour,
        stroke(&paint.dash)
    )
}

/// yEd has three kinds of lines.
fn stroke(dash: &[f64]) -> &'static str {
    match dash.first() {
        None => "line",
        Some(length) if *length < 3.0 => "dotted",
        Some(_) => "dashed",
    }
}

fn line(out: &mut String, edge: &Edge, route: &Route, (from, to): (&str, &str), theme: &Theme) {
    let (kind, polarity) = match edge.kind {
        EdgeKind::Premise(polarity) => ("premise", Some(side(polarity))),
        EdgeKind::Reason => ("reason", Some("pro")),
        EdgeKind::Objection => ("objection", Some("con")),
        EdgeKind::Undercut => ("undercut", Some("con")),
        EdgeKind::Contradiction => ("contradiction", None),
        EdgeKind::Restatement => ("restatement", None),
    };
    let directed = match edge.kind {
        EdgeKind::Contradiction => " directed=\"false\"",
        _ => "",
    };
    let _ = writeln!(
        out,
        "    <edge source=\"{from}\" target=\"{to}\"{directed}>"
    );
    data(out, 6, "meaning", Some(kind));
    data(out, 6, "side", polarity);
    let paint = paint::edge(theme, edge.kind);
    let head = match paint.look.head {
        _ if !paint.has_head => "none",
        Head::Arrow => "standard",
        Head::Fork => "skewed_dash",
        Head::Bar => "t_shape",
        Head::Hollow => "white_delta",
        Head::Cross | Head::None => "none",
    };
    let inner = route.points.get(1..route.points.len().saturating_sub(1));
    let inner = inner.unwrap_or_default().iter();
    let bends = inner.map(|it| format!("<y:Point x=\"{:.2}\" y=\"{:.2}\"/>", it.x, it.y));
    let bends = bends.collect::<Vec<_>>().concat();
    let _ = writeln!(
        out,
        "      <data key=\"route\"><y:PolyLineEdge><y:Path sx=\"0\" sy=\"0\" tx=\"0\" ty=\"0\">{bends}</y:Path>\
         <y:LineStyle color=\"{}\" type=\"{}\" width=\"{}\"/><y:Arrows source=\"none\" target=\"{head}\"/>\
         <y:BendStyle smoothed=\"true\"/></y:PolyLineEdge></data>\n    </edge>",
        paint.tone.colour,
        stroke(&paint.look.dash),
        paint.look.width
    );
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, node};
    use crate::layout::{Options, lay_out};
    use crate::view::diagram::{LeftOut, NamedSource, NodeKind};

    #[test]
    fn the_graph_says_what_is_not_shown_and_a_statement_all_its_sources() {
        let mut diagram = bridge();
        diagram.left_out.push(LeftOut {
            option: "--tag <a>".into(),
            n_statements: 3,
        });
        diagram.nodes[0].sources = ["One", "Two", "Three"]
            .map(|name| NamedSource {
                name: name.to_owned(),
                link: None,
            })
            .into();
        let drawing = lay_out(&diagram, &Options::default());
        let written = graphml(&diagram, &drawing, &Theme::default());
        let tree = roxmltree::Document::parse(&written).unwrap();
        let data = |key: &str| {
            let mut all = tree.descendants();
            all.find(|it| it.attribute("key") == Some(key)).unwrap()
        };
        let note = data("left-out");
        assert_eq!(note.text(), Some("3 statements not shown (--tag <a>)"));
        assert_eq!(note.parent().unwrap().tag_name().name(), "graph");
        assert_eq!(data("source").text(), Some("One; Two; Three"));
    }

    #[test]
    fn every_text_is_read_back_and_every_end_is_a_node() {
        let mut diagram = bridge();
        let text = "]]> <y:Shape/> & \"'\u{1}\u{202e} 漢字";
        diagram.nodes.push(node("<a b>", NodeKind::Claim, text));
        let drawing = lay_out(&diagram, &Options::default());
        let written = graphml(&diagram, &drawing, &Theme::default());
        let tree = roxmltree::Document::parse(&written).unwrap();
        let of = |tag: &'static str| {
            let all = tree.descendants();
            all.filter(move |it| it.tag_name().name() == tag)
        };
        let names: Vec<_> = of("node").filter_map(|it| it.attribute("id")).collect();
        assert_eq!(names.len(), diagram.nodes.len() + diagram.junctions.len());
        assert_eq!(of("edge").count(), diagram.edges.len());
        for edge in of("edge") {
            for end in ["source", "target"] {
                assert!(names.contains(&edge.attribute(end).unwrap()));
            }
        }
        let texts = of("data").filter(|it| it.attribute("key") == Some("text"));
        let texts: Vec<_> = texts.filter_map(|it| it.text()).collect();
        let expected: Vec<_> = diagram
            .nodes
            .iter()
            .map(|it| crate::layout::text::inert(&it.text))
            .collect();
        assert_eq!(texts, expected);
        let keys: Vec<_> = of("key").filter_map(|it| it.attribute("id")).collect();
        assert!(of("data").all(|it| keys.contains(&it.attribute("key").unwrap())));
    }
}
