//! Graphviz' language, printed by `graphviz-rust` from its own structures.
//!
//! The printer escapes nothing, so every id and value is quoted here.

use graphviz_rust::dot_structures::{
    Attribute, Edge as DotEdge, EdgeTy, Graph, GraphAttributes, Id, Node as DotNode, NodeId, Stmt,
    Subgraph, Vertex,
};
use graphviz_rust::printer::{DotPrinter, PrinterContext};

use super::escape::xml;
use super::paint::{self, BoxPaint, Looks, Stance};
use crate::config::theme::{Head, Shape, Theme};
use crate::layout::text::{Weight, Wrapped, inert, isolated, wrap, wrap_directed};
use crate::layout::{Direction, FONT_SIZE, Options, PADDING, SOURCE_SIZE};
use crate::view::address::is_safe;
use crate::view::diagram::{Diagram, Edge, EdgeKind, End, Group, Junction, Node, NodeKind};

/// Points for each CSS px.
const POINTS: f64 = 0.75;

/// Writes the diagram with the same shapes and lines as the built-in pictures, as far as Graphviz has them.
/// Linear.
pub(super) fn dot(diagram: &Diagram, options: &Options, theme: &Theme) -> String {
    let mut stmts = vec![
        graph_attributes(diagram, options, theme),
        node_defaults(theme),
        edge_defaults(theme),
    ];
    let stances = paint::stances(diagram);
    let nodes = diagram.nodes.iter().zip(stances);
    stmts.extend(nodes.map(|(it, stance)| node(it, stance, options, theme)));
    stmts.extend(
        diagram
            .junctions
            .iter()
            .map(|it| junction(it, options, theme)),
    );
    let junctions = grouped_junctions(diagram);
    let groups = diagram.groups.iter().zip(junctions).enumerate();
    stmts.extend(groups.map(|(at, it)| cluster(diagram, at, it, (options, theme))));
    stmts.extend(top(diagram));
    let edges = diagram.edges.iter();
    stmts.extend(edges.filter_map(|it| edge(diagram, it, options, theme)));
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
    read_by(text, "\\\\")
}

/// A quoted string with so much for each backslash as the reader of that attribute needs to see one.
fn read_by(text: &str, backslash: &str) -> Id {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in inert(text).chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str(backslash),
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

/// A tooltip: Graphviz undoes escapes in it twice, once for line ends and once for names.
fn tooltip(text: &str) -> Attribute {
    Attribute(Id::Plain("tooltip".to_owned()), read_by(text, "\\\\\\\\"))
}

/// A text for Graphviz' own kind of HTML, in which it undoes escapes such as `\N`, too.
fn in_html(text: &str) -> String {
    xml(text).replace('\\', "\\\\")
}

/// A value in Graphviz' own kind of HTML, in which all text is escaped.
fn html(name: &str, value: &str) -> Attribute {
    Attribute(
        Id::Plain(name.to_owned()),
        Id::Escaped(format!("<{value}>")),
    )
}

/// A length in points.
fn points(px: f64) -> String {
    format!("{}", (px * POINTS * 100.0).round() / 100.0)
}

fn graph_attributes(diagram: &Diagram, options: &Options, theme: &Theme) -> Stmt {
    let direction = match options.direction {
        Direction::Down => "BT",
        Direction::Up => "TB",
        Direction::Right => "RL",
        Direction::Left => "LR",
    };
    let left_out = diagram.left_out.iter().map(ToString::to_string);
    let title = [Some(diagram.title.clone()), diagram.question.clone()];
    let title = title.into_iter().flatten().chain(left_out);
    let title: Vec<String> = title.filter(|it| !it.is_empty()).collect();
    Stmt::GAttribute(GraphAttributes::Graph(vec![
        set("rankdir", direction),
        set("label", &title.join("\n")),
        set("labelloc", "t"),
        set("fontname", "DejaVu Sans"),
        set("fontsize", "14"),
        set("fontcolor", &theme.ink.to_string()),
        set("bgcolor", &theme.paper.to_string()),
        set("nodesep", "0.25"),
        set("ranksep", "0.4"),
    ]))
}

fn node_defaults(theme: &Theme) -> Stmt {
    let margin = PADDING / 96.0;
    Stmt::GAttribute(GraphAttributes::Node(vec![
        set("shape", "box"),
        set("style", "filled"),
        set("fontcolor", &theme.ink.to_string()),
        set("fontname", "DejaVu Sans"),
        set("fontsize", &points(FONT_SIZE)),
        set("margin", &format!("{margin:.2},{:.2}", margin * 0.7)),
    ]))
}

/// Every attribute that an edge here can have, in the order of the alphabet: for edges within one rank Graphviz makes a
/// copy of the graph that has them in this order, and takes one for another where the graph has not.
fn edge_defaults(theme: &Theme) -> Stmt {
    Stmt::GAttribute(GraphAttributes::Edge(vec![
        set("arrowhead", "normal"),
        set("arrowsize", "0.8"),
        set("color", &theme.ink.to_string()),
        set("constraint", ""),
        set("fontcolor", &theme.muted.to_string()),
        set("fontname", "DejaVu Sans"),
        set("fontsize", "9"),
        set("headport", ""),
        set("label", ""),
        set("penwidth", "1"),
        set("style", ""),
        set("tailport", ""),
    ]))
}

/// The width of a line, in CSS px.
fn room(options: &Options) -> f64 {
    options.box_width.clamp(80.0, 1000.0) - 2.0 * PADDING
}

/// The text of a box, wrapped as the built-in layout wraps it: the label bold, small print small.
fn label(node: &Node, paint: &BoxPaint, options: &Options) -> String {
    let room = room(options);
    let lines = |text: &str, weight, size, open: &str, close: &str| -> String {
        let wrapped = wrap_directed(text, room, weight, size);
        let line = |line: &Wrapped| {
            let side = if line.is_rtl { "RIGHT" } else { "LEFT" };
            match in_html(&line.text) {
                text if text.trim().is_empty() => format!("<BR ALIGN=\"{side}\"/>"),
                text => {
                    let text = isolated(&text, line.is_rtl);
                    format!("{open}{text}{close}<BR ALIGN=\"{side}\"/>")
                }
            }
        };
        wrapped.iter().map(line).collect()
    };
    let mut out = String::new();
    let is_said = |text: &&str| !text.trim().is_empty();
    if let Some(label) = node.label.as_deref().filter(is_said) {
        out += &lines(label, Weight::Bold, FONT_SIZE, "<B>", "</B>");
    }
    out += &lines(&node.text, Weight::Regular, FONT_SIZE, "", "");
    let verdict = node
        .notable_verdict()
        .map(|verdict| format!("({})", verdict.word()));
    let small = format!(
        "<FONT POINT-SIZE=\"{}\" COLOR=\"{}\">",
        points(SOURCE_SIZE),
        paint.small.colour
    );
    for text in node.small_print().into_iter().chain(verdict) {
        out += &lines(&text, Weight::Regular, SOURCE_SIZE, &small, "</FONT>");
    }
    out
}

fn node(it: &Node, stance: Option<Stance>, options: &Options, theme: &Theme) -> Stmt {
    let paint = paint::statement(theme, Looks::of(it, stance));
    let (shape, style) = match paint.shape {
        Shape::Plain | Shape::Double => ("box", "filled"),
        Shape::Sheet => ("note", "filled"),
        Shape::Round => ("box", "filled,rounded"),
    };
    let mut attributes = vec![
        html("label", &label(it, &paint, options)),
        tooltip(&it.tooltip),
        set("shape", shape),
        set("style", &format!("{style}{}", dashes(&paint.dash))),
        set("fillcolor", &paint.fill.colour.to_string()),
        set("color", &paint.border.colour.to_string()),
        set("fontcolor", &paint.text.colour.to_string()),
        set("penwidth", &points(paint.width)),
    ];
    attributes.extend((paint.shape == Shape::Double).then(|| set("peripheries", "2")));
    attributes.extend(
        it.link
            .as_deref()
            .filter(|it| is_safe(it))
            .map(|it| set("URL", it)),
    );
    Stmt::Node(DotNode::new(named(&it.id), attributes))
}

/// Graphviz has two kinds of dashes.
fn dashes(dash: &[f64]) -> &'static str {
    match dash.first() {
        None => "",
        Some(length) if *length < 3.0 => ",dotted",
        Some(_) => ",dashed",
    }
}

/// A point, or a plate where something stands in it.
fn junction(it: &Junction, options: &Options, theme: &Theme) -> Stmt {
    let colour = paint::junction(theme, it.polarity).colour.to_string();
    let mut attributes = match it.plate() {
        Some(plate) => vec![
            set(
                "label",
                &wrap(&plate, room(options), Weight::Bold, SOURCE_SIZE).join("\n"),
            ),
            set("shape", "box"),
            set("style", "rounded"),
            set("fontsize", "8"),
            set("margin", "0.06,0.03"),
            set("width", "0"),
            set("height", "0"),
        ],
        None => vec![
            set("shape", "point"),
            set("width", "0.11"),
            set("fillcolor", &colour),
        ],
    };
    attributes.push(set("color", &colour));
    attributes.push(tooltip(&it.spoken()));
    Stmt::Node(DotNode::new(named(&it.id), attributes))
}

/// For each group the junctions in it: a step is where its conclusion is; one against a step, where its first premise is.
///
/// Graphviz gives ranks inside each frame alone, and without the junctions a reason could get that of its conclusion.
/// Linear.
fn grouped_junctions(diagram: &Diagram) -> Vec<Vec<&Junction>> {
    let mut group_of = vec![None; diagram.nodes.len()];
    for (at, group) in diagram.groups.iter().enumerate() {
        for node in &group.nodes {
            if let Some(group) = group_of.get_mut(*node) {
                *group = Some(at);
            }
        }
    }
    let mut homes = vec![None; diagram.junctions.len()];
    // What a conclusion says goes before what premises say, and of premises the first.
    for edge in diagram.edges.iter().rev() {
        if let (End::Node(premise), End::Junction(junction)) = (edge.from, edge.to)
            && matches!(edge.kind, EdgeKind::Premise(_))
            && let (Some(home), Some(group)) = (homes.get_mut(junction), group_of.get(premise))
        {
            *home = *group;
        }
    }
    for edge in &diagram.edges {
        if let (End::Junction(junction), End::Node(conclusion)) = (edge.from, edge.to)
            && let (Some(home), Some(group)) = (homes.get_mut(junction), group_of.get(conclusion))
        {
            *home = *group;
        }
    }
    let mut grouped = vec![Vec::new(); diagram.groups.len()];
    for (junction, home) in diagram.junctions.iter().zip(homes) {
        if let Some(home) = home {
            grouped[home].push(junction);
        }
    }
    grouped
}

/// A frame around a group of boxes and junctions.
fn cluster(
    diagram: &Diagram,
    at: usize,
    (group, junctions): (&Group, Vec<&Junction>),
    (options, theme): (&Options, &Theme),
) -> Stmt {
    let (fill, border) = paint::group(theme);
    // Graphviz turns the sides of a frame with the picture.
    let top = match options.direction {
        Direction::Down => "b",
        _ => "t",
    };
    let mut stmts = vec![
        Stmt::Attribute(set("label", &group.label)),
        Stmt::Attribute(set("labelloc", top)),
        Stmt::Attribute(set("labeljust", "l")),
        Stmt::Attribute(set("fontsize", &points(FONT_SIZE))),
        Stmt::Attribute(set(
            "style",
            &format!("filled{}", dashes(&theme.group.dash)),
        )),
        Stmt::Attribute(set("fillcolor", &fill.colour.to_string())),
        Stmt::Attribute(set("color", &border.colour.to_string())),
    ];
    let nodes = group
        .nodes
        .iter()
        .filter_map(|node| diagram.nodes.get(*node));
    let ids = nodes.map(|it| &it.id);
    let ids = ids.chain(junctions.into_iter().map(|it| &it.id));
    stmts.extend(ids.map(|id| Stmt::Node(DotNode::new(named(id), Vec::new()))));
    Stmt::Subgraph(Subgraph {
        id: quoted(&format!("cluster_{at}")),
        stmts,
    })
}

/// The theses together on the rank at the end, where nothing leads on from them.
///
/// Those in a group stay there: Graphviz takes what is in a set of one rank out of its frame, and then fails. Linear.
fn top(diagram: &Diagram) -> Option<Stmt> {
    let mut is_free = vec![true; diagram.nodes.len()];
    let leads_on = diagram.edges.iter().filter_map(|it| match it.from {
        End::Node(node) => Some(node),
        End::Junction(_) => None,
    });
    let grouped = diagram.groups.iter().flat_map(|it| &it.nodes).copied();
    for node in leads_on.chain(grouped) {
        if let Some(is_free) = is_free.get_mut(node) {
            *is_free = false;
        }
    }
    let nodes = diagram.nodes.iter().zip(is_free);
    let theses = nodes.filter(|(it, is_free)| it.kind == NodeKind::Thesis && *is_free);
    let mut stmts: Vec<Stmt> = theses
        .map(|(it, _)| Stmt::Node(DotNode::new(named(&it.id), Vec::new())))
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

fn edge(diagram: &Diagram, it: &Edge, options: &Options, theme: &Theme) -> Option<Stmt> {
    let name = |end: End| match end {
        End::Node(node) => diagram.nodes.get(node).map(|it| named(&it.id)),
        End::Junction(junction) => diagram.junctions.get(junction).map(|it| named(&it.id)),
    };
    let line = paint::edge(theme, it.kind);
    let head = if line.has_head {
        line.look.head
    } else {
        Head::None
    };
    let arrow = match head {
        Head::Arrow => "normal",
        Head::Fork => "veetee",
        Head::Bar => "tee",
        Head::Hollow => "empty",
        Head::Cross | Head::None => "none",
    };
    let mut attributes = vec![
        set("color", &line.tone.colour.to_string()),
        set("penwidth", &points(line.look.width)),
        set("arrowhead", arrow),
    ];
    let style = dashes(&line.look.dash).trim_start_matches(',');
    attributes.extend((!style.is_empty()).then(|| set("style", style)));
    if head == Head::Cross {
        attributes.push(set("label", "\u{d7}"));
        attributes.push(set("fontcolor", &line.tone.colour.to_string()));
    }
    match it.kind {
        EdgeKind::Contradiction => attributes.push(set("constraint", "false")),
        EdgeKind::Restatement | EdgeKind::Undercut => {}
        _ => attributes.extend(ports(it, options.direction)),
    }
    let ends = EdgeTy::Pair(Vertex::N(name(it.from)?), Vertex::N(name(it.to)?));
    Some(Stmt::Edge(DotEdge {
        ty: ends,
        attributes,
    }))
}

/// Lines leave a box on the side of its conclusion and reach one on the side of its reasons.
fn ports(it: &Edge, direction: Direction) -> Vec<Attribute> {
    let (out, into) = match direction {
        Direction::Down => ("n", "s"),
        Direction::Up => ("s", "n"),
        Direction::Right => ("w", "e"),
        Direction::Left => ("e", "w"),
    };
    let at =
        |name: &str, end: End, side: &str| matches!(end, End::Node(_)).then(|| set(name, side));
    let ports = [at("tailport", it.from, out), at("headport", it.to, into)];
    ports.into_iter().flatten().collect()
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
        let text = dot(&diagram, &Options::default(), &Theme::default());
        assert!(text.contains(r#""a\"]; b [label=\\""#), "{text}");
        assert!(
            text.contains(r"say &quot;hi&quot; \\N &amp;lt; \\"),
            "{text}"
        );
    }

    #[test]
    fn theses_share_the_last_rank() {
        let text = dot(&bridge(), &Options::default(), &Theme::default());
        assert!(text.contains("rank=\"max\""), "{text}");
    }
}
