//! A vector picture that a screen reader, a search and a printer can use.
//!
//! Every statement is a group with its own element id, a tooltip and real text. Nothing runs: no script, no
//! foreign content, and links lead only to the web, to mail and to files beside the picture.

mod canvas;
#[cfg(test)]
mod ink;
mod legend;
mod lines;
mod shapes;
mod numbers;

use std::fmt::Write as _;

use super::names::{Names, in_xml};
use super::paint::{self, BoxPaint, Looks, Mark, Stance, Tone};
use crate::config::theme::Theme;
use crate::layout::text::isolated;
use crate::layout::{
    Drawing, FONT_SIZE, Line, PlacedGroup, PlacedNode, Plate, Point, Role, SMALL_SIZE, SOURCE_SIZE,
    TITLE_SIZE,
};
use crate::render::escape::xml;
use crate::view::address::is_safe;
use crate::view::diagram::{Diagram, EdgeKind, Group, Junction, Node, NodeKind};
use canvas::Canvas;
use numbers::px;

/// The element ids of the picture itself, its title and its description.
const OWN: [&str; 3] = ["map-picture", "map-title", "map-desc"];

/// The element ids of the groups, in the diagram's order and without a prefix.
pub(super) struct ElementIds {
    /// Of the boxes.
    pub(super) nodes: Vec<String>,
    /// Of the junctions.
    pub(super) junctions: Vec<String>,
}

impl ElementIds {
    /// The ids of statements and steps where they are legal and free.
    pub(super) fn of(diagram: &Diagram) -> Self {
        let signs = Mark::ALL.map(shapes::mark_id);
        let mut names = Names::new('.', &[&OWN[..], &signs[..]].concat());
        let mut give = |id: &str| names.give(id, in_xml);
        Self {
            nodes: diagram.nodes.iter().map(|it| give(&it.id)).collect(),
            junctions: diagram.junctions.iter().map(|it| give(&it.id)).collect(),
        }
    }
}

/// Writes the drawing, each element id with the prefix before it. Linear.
pub(super) fn svg(diagram: &Diagram, drawing: &Drawing, theme: &Theme, prefix: &str) -> String {
    let mut canvas = Canvas::new(theme, prefix);
    let ground = canvas.fill(paint::paper(theme));
    let _ = writeln!(
        canvas.out,
        "<rect width=\"100%\" height=\"100%\" {ground}/>"
    );
    titles(&mut canvas, drawing);
    for (group, placed) in diagram.groups.iter().zip(&drawing.groups) {
        frame(&mut canvas, group, placed);
    }
    edges(&mut canvas, diagram, drawing);
    let ids = ElementIds::of(diagram);
    let boxes = diagram.nodes.iter().zip(&drawing.nodes).zip(&ids.nodes);
    for (((node, placed), id), stance) in boxes.zip(paint::stances(diagram)) {
        statement(&mut canvas, (node, stance), placed, id);
    }
    let points = drawing.junctions.iter().zip(&drawing.plates);
    let points = diagram.junctions.iter().zip(points);
    for ((junction, (at, plate)), id) in points.zip(&ids.junctions) {
        point(&mut canvas, junction, (*at, plate.as_ref()), id);
    }
    legend::legend(&mut canvas, &drawing.legend);
    head(diagram, drawing, &canvas) + &canvas.out + "</svg>\n"
}

/// Everything before the first element that is drawn.
fn head(diagram: &Diagram, drawing: &Drawing, canvas: &Canvas<'_>) -> String {
    let (width, height) = (px(drawing.width), px(drawing.height));
    let [root, title_id, desc_id] = OWN.map(|id| format!("{}{id}", canvas.prefix));
    let title = if diagram.title.trim().is_empty() {
        "Argument map"
    } else {
        &diagram.title
    };
    let (title, desc) = (xml(title), xml(&description(diagram)));
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" id=\"{root}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"{title_id} {desc_id}\" \
         font-family=\"'DejaVu Sans', sans-serif\" font-size=\"{}\">\n\
         <title id=\"{title_id}\">{title}</title>\n<desc id=\"{desc_id}\">{desc}</desc>\n{}{}",
        px(FONT_SIZE),
        canvas.style(&root),
        canvas.definitions()
    )
}

/// What the picture shows, for who cannot see it.
fn description(diagram: &Diagram) -> String {
    let of_kind = |kind: NodeKind| diagram.nodes.iter().filter(move |it| it.kind == kind);
    let objections = diagram
        .edges
        .iter()
        .filter(|it| it.kind == EdgeKind::Objection);
    let parts = [
        (
            of_kind(NodeKind::Evidence).count(),
            "piece of evidence",
            "pieces of evidence",
        ),
        (
            of_kind(NodeKind::Assumption).count(),
            "assumption",
            "assumptions",
        ),
        (objections.count(), "objection", "objections"),
    ];
    let mut out = counted(diagram.nodes.len(), "statement", "statements");
    for (count, one, many) in parts.into_iter().filter(|(count, ..)| *count > 0) {
        let _ = write!(out, ", {}", counted(count, one, many));
    }
    out.push('.');
    for left_out in &diagram.left_out {
        let _ = write!(out, " {left_out}.");
    }
    for thesis in of_kind(NodeKind::Thesis) {
        let _ = write!(out, " Thesis: {}", thesis.text);
    }
    out
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn titles(canvas: &mut Canvas<'_>, drawing: &Drawing) {
    for line in &drawing.title {
        let (size, weight, tone) = if line.main {
            let ink = paint::ink(canvas.theme);
            (TITLE_SIZE, " font-weight=\"bold\"", ink)
        } else {
            (SMALL_SIZE + 1.0, "", paint::muted(canvas.theme))
        };
        let fill = canvas.fill(tone);
        let (text, anchor) = set_line(&line.text, line.is_rtl);
        let _ = writeln!(
            canvas.out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight}{anchor} {fill}>{text}</text>",
            px(line.at.x),
            px(line.at.y),
            px(size)
        );
    }
}

/// The frame of a group, under everything else.
fn frame(canvas: &mut Canvas<'_>, group: &Group, placed: &PlacedGroup) {
    let _ = writeln!(canvas.out, "<g>\n<title>{}</title>", xml(&group.label));
    shapes::frame(canvas, placed.rect);
    let muted = paint::muted(canvas.theme);
    text(canvas, &placed.label, (muted, muted));
    canvas.out.push_str("</g>\n");
}

/// The lines before the boxes and points, which lie on them.
fn edges(canvas: &mut Canvas<'_>, diagram: &Diagram, drawing: &Drawing) {
    let start = "<g class=\"edges\" stroke-linejoin=\"round\">\n";
    canvas.out.push_str(start);
    for (edge, route) in diagram.edges.iter().zip(&drawing.edges) {
        canvas.out.push_str("<g>\n");
        lines::edge(canvas, edge.kind, &route.points);
        canvas.out.push_str("</g>\n");
    }
    canvas.out.push_str("</g>\n");
}

fn statement(
    canvas: &mut Canvas<'_>,
    (node, stance): (&Node, Option<Stance>),
    placed: &PlacedNode,
    name: &str,
) {
    let link = node.link.as_deref().filter(|it| is_safe(it));
    if let Some(link) = link {
        let _ = writeln!(canvas.out, "<a href=\"{}\">", xml(link));
    }
    let _ = writeln!(canvas.out, "<g id=\"{}{name}\">", canvas.prefix);
    if !node.tooltip.trim().is_empty() {
        let _ = writeln!(canvas.out, "<title>{}</title>", xml(&node.tooltip));
    }
    let paint: BoxPaint = paint::statement(canvas.theme, Looks::of(node, stance));
    shapes::outline(canvas, &paint, placed.rect);
    text(canvas, &placed.lines, (paint.text, paint.small));
    shapes::mark(canvas, &paint, placed.rect);
    canvas.out.push_str("</g>\n");
    if link.is_some() {
        canvas.out.push_str("</a>\n");
    }
}

/// The lines of a box as one text.
fn text(canvas: &mut Canvas<'_>, lines: &[Line], (ink, small): (Tone, Tone)) {
    let fill = canvas.fill(ink);
    let mut lines = lines.iter().filter(|it| !it.text.is_empty()).peekable();
    let _ = write!(canvas.out, "<text {fill}");
    // A plain first line needs no element of its own.
    if let Some(line) = lines.next_if(|it| matches!(it.role, Role::Text) && !it.is_rtl) {
        let (x, y) = (px(line.at.x), px(line.at.y));
        let text = xml(&line.text);
        let _ = write!(canvas.out, " x=\"{x}\" y=\"{y}\">{text}");
    } else {
        canvas.out.push('>');
    }
    for line in lines {
        let style = match line.role {
            Role::Label => " font-weight=\"bold\"".to_owned(),
            Role::Text => String::new(),
            Role::Source => format!(" font-size=\"{}\" {}", px(SOURCE_SIZE), canvas.fill(small)),
            Role::Stub => format!(" font-size=\"{}\" font-weight=\"bold\"", px(SOURCE_SIZE)),
        };
        let (x, y) = (px(line.at.x), px(line.at.y));
        let (text, anchor) = set_line(&line.text, line.is_rtl);
        let _ = write!(
            canvas.out,
            "<tspan x=\"{x}\" y=\"{y}\"{style}{anchor}>{text}</tspan>"
        );
    }
    canvas.out.push_str("</text>\n");
}

/// A line of a text, and the attribute that lets one from right to left end where it is placed, with a space before it.
///
/// `direction` would say the same, but what does not know it would draw the line out of its box.
fn set_line(text: &str, is_rtl: bool) -> (String, &'static str) {
    let anchor = if is_rtl { " text-anchor=\"end\"" } else { "" };
    (isolated(&xml(text), is_rtl).into_owned(), anchor)
}

/// A junction's point, or a plate with its words where there are any to be seen.
///
/// Else its label is the first line of the tooltip: beside the point it would lie on lines.
fn point(
    canvas: &mut Canvas<'_>,
    junction: &Junction,
    (at, plate): (Point, Option<&Plate>),
    name: &str,
) {
    let _ = writeln!(canvas.out, "<g id=\"{}{name}\">", canvas.prefix);
    let words = junction.spoken();
    if !words.is_empty() {
        let _ = writeln!(canvas.out, "<title>{}</title>", xml(&words));
    }
    match plate {
        None => shapes::point(canvas, junction.polarity, at, 4.5),
        Some(plate) => shapes::plate(canvas, junction.polarity, at, plate),
    }
    canvas.out.push_str("</g>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, node};
    use crate::layout::{Options, lay_out};
    use crate::view::diagram::Verdict;

    fn drawn(diagram: &Diagram) -> String {
        svg(
            diagram,
            &lay_out(diagram, &Options::default()),
            &Theme::default(),
            "",
        )
    }

    #[test]
    fn the_picture_is_well_formed_whatever_the_text() {
        let mut diagram = bridge();
        let text = "]]> <script>alert(1)</script> & \"'\u{0}\u{ffff}\u{202e}";
        diagram
            .nodes
            .push(node("<&\"'> \u{1}", NodeKind::Claim, text));
        diagram.title = text.to_owned();
        let svg = drawn(&diagram);
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let ids: Vec<_> = tree
            .descendants()
            .filter_map(|it| it.attribute("id"))
            .collect();
        let unique: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(ids.len(), unique.len());
        assert!(
            tree.descendants()
                .all(|it| it.tag_name().name() != "script")
        );
    }

    #[test]
    fn every_statement_is_a_group_with_its_id_and_a_tooltip() {
        let svg = drawn(&bridge());
        for id in ["close", "cracks", "report", "close.1"] {
            assert!(svg.contains(&format!("<g id=\"{id}\">")), "{id}");
        }
        assert!(svg.contains("<title>Most of what was measured"), "{svg}");
    }

    #[test]
    fn links_lead_to_the_web_and_to_files_beside_the_picture() {
        let mut diagram = bridge();
        let links = ["https://a.org/?b&c", "scans/report.pdf", "//evil.example/x"];
        for (node, link) in diagram.nodes.iter_mut().zip(links) {
            node.link = Some(link.to_owned());
        }
        let svg = drawn(&diagram);
        assert!(svg.contains("<a href=\"https://a.org/?b&amp;c\">"));
        assert!(svg.contains("<a href=\"scans/report.pdf\">"));
        assert!(!svg.contains("evil"));
    }

    #[test]
    fn no_statement_takes_the_id_of_a_sign_or_of_the_picture() {
        let taken = Mark::ALL.map(shapes::mark_id);
        let taken = taken.into_iter().chain(OWN);
        let mut diagram = Diagram::default();
        let claims = taken.map(|id| node(id, NodeKind::Claim, "A claim."));
        diagram.nodes.extend(claims);
        diagram.nodes[0].unsupported = true;
        diagram.nodes[1].verdict = Verdict::Out;
        diagram.nodes[2].verdict = Verdict::Undecided;
        let svg = drawn(&diagram);
        let tree = roxmltree::Document::parse(&svg).unwrap();
        let ids = tree.descendants().filter_map(|it| it.attribute("id"));
        let mut ids: Vec<_> = ids.collect();
        assert_eq!(ids.len(), 2 * diagram.nodes.len(), "{ids:?}");
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 2 * diagram.nodes.len(), "{ids:?}");
    }

    #[test]
    fn the_word_of_a_junction_is_in_its_tooltip() {
        let mut diagram = bridge();
        diagram.junctions[0].label = Some("from sign".into());
        assert!(drawn(&diagram).contains("<title>from sign</title>"));
    }
    #[test]
    fn dashes_begin_at_the_head_of_an_objection() {
        let diagram = bridge();
        let drawing = lay_out(&diagram, &Options::default());
        let svg = svg(&diagram, &drawing, &Theme::default(), "");
        let edges = diagram.edges.iter().zip(&drawing.edges);
        let objection = edges
            .filter(|it| it.0.kind == EdgeKind::Objection)
            .find_map(|it| it.1.points.first())
            .expect("the bridge has an objection");
        let end = format!("L{} {}\"", px(objection.x), px(objection.y));
        let line = svg.lines().find(|it| it.contains(&end));
        let line = line.expect("the line ends where the objection leaves its box");
        assert!(line.contains("stroke-dasharray"), "{line}");
    }
}
