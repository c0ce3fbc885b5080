//! A vector picture that a screen reader, a search and a printer can use.
//!
//! Every statement is a group with its own element id, a tooltip and real text. Nothing runs: no script, no
//! foreign content, and links lead only to `http`, `https` and `mailto` addresses.

mod lines;
mod palette;
mod shapes;
mod xml;

use std::fmt::Write as _;

use super::names::{Names, in_xml};
use crate::layout::{
    Drawing, FONT_SIZE, LegendEntry, Line, Meaning, PlacedNode, Point, Rect, Role, SMALL_SIZE,
};
use crate::layout::{SAMPLE, SOURCE_SIZE, TITLE_SIZE};
use crate::render::escape::is_safe;
use crate::view::diagram::{Diagram, EdgeKind, Junction, Node, NodeKind, Polarity, Verdict};
use palette::{INK, MUTED, PAPER};
use shapes::{Looks, Mark};
use xml::{escaped, px};

/// The element ids of the picture's own title and description.
const RESERVED: [&str; 2] = ["map-title", "map-desc"];

/// Writes the drawing. Linear.
pub(super) fn svg(diagram: &Diagram, drawing: &Drawing) -> String {
    let (width, height) = (px(drawing.width), px(drawing.height));
    let mut out = String::new();
    let _ = writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"map-title map-desc\" font-family=\"'DejaVu Sans', sans-serif\" \
         font-size=\"{}\" fill=\"{INK}\">",
        px(FONT_SIZE)
    );
    let title = if diagram.title.trim().is_empty() {
        "Argument map"
    } else {
        &diagram.title
    };
    let _ = writeln!(out, "<title id=\"map-title\">{}</title>", escaped(title));
    let _ = writeln!(
        out,
        "<desc id=\"map-desc\">{}</desc>",
        escaped(&description(diagram))
    );
    let _ = writeln!(
        out,
        "<rect width=\"100%\" height=\"100%\" fill=\"{PAPER}\"/>"
    );
    titles(&mut out, drawing);
    edges(&mut out, diagram, drawing);
    let mut names = Names::new('.', &RESERVED);
    for (node, placed) in diagram.nodes.iter().zip(&drawing.nodes) {
        statement(&mut out, node, placed, &names.give(&node.id, in_xml));
    }
    for (junction, at) in diagram.junctions.iter().zip(&drawing.junctions) {
        point(&mut out, junction, *at, &names.give(&junction.id, in_xml));
    }
    legend(&mut out, &drawing.legend);
    out.push_str("</svg>\n");
    out
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
    for thesis in of_kind(NodeKind::Thesis) {
        let _ = write!(out, " Thesis: {}", thesis.text);
    }
    out
}

fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

fn titles(out: &mut String, drawing: &Drawing) {
    for line in &drawing.title {
        let (size, weight, colour) = if line.main {
            (TITLE_SIZE, " font-weight=\"bold\"", INK)
        } else {
            (SMALL_SIZE + 1.0, "", MUTED)
        };
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"{weight} fill=\"{colour}\">{}</text>",
            px(line.at.x),
            px(line.at.y),
            px(size),
            escaped(&line.text)
        );
    }
}

/// The lines first, so that boxes and points lie on them.
fn edges(out: &mut String, diagram: &Diagram, drawing: &Drawing) {
    out.push_str("<g fill=\"none\" stroke-linejoin=\"round\">\n");
    for (edge, route) in diagram.edges.iter().zip(&drawing.edges) {
        lines::edge(out, edge.kind, &route.points);
    }
    out.push_str("</g>\n");
}

fn statement(out: &mut String, node: &Node, placed: &PlacedNode, name: &str) {
    let link = node.link.as_deref().filter(|it| is_safe(it));
    if let Some(link) = link {
        let _ = writeln!(out, "<a href=\"{}\">", escaped(link));
    }
    let _ = writeln!(out, "<g id=\"{name}\">");
    if !node.tooltip.trim().is_empty() {
        let _ = writeln!(out, "<title>{}</title>", escaped(&node.tooltip));
    }
    let verdict = node.notable_verdict();
    let looks = Looks {
        unsupported: node.unsupported,
        implicit: node.implicit,
        rejected: verdict == Some(Verdict::Out),
    };
    shapes::outline(out, node.kind, looks, placed.rect);
    text(out, &placed.lines);
    let mark = match verdict {
        Some(Verdict::Undecided) => Some(Mark::Undecided),
        Some(_) => Some(Mark::Rejected),
        None => node.unsupported.then_some(Mark::Unsupported),
    };
    if let Some(mark) = mark {
        shapes::mark(out, mark, placed.rect);
    }
    out.push_str("</g>\n");
    if link.is_some() {
        out.push_str("</a>\n");
    }
}

/// The lines of a box as one text.
fn text(out: &mut String, lines: &[Line]) {
    out.push_str("<text>");
    for line in lines.iter().filter(|it| !it.text.is_empty()) {
        let style = match line.role {
            Role::Label => " font-weight=\"bold\"".to_owned(),
            Role::Text => String::new(),
            Role::Source => format!(" font-size=\"{}\" fill=\"{MUTED}\"", px(SOURCE_SIZE)),
        };
        let (x, y) = (px(line.at.x), px(line.at.y));
        let _ = write!(
            out,
            "<tspan x=\"{x}\" y=\"{y}\"{style}>{}</tspan>",
            escaped(&line.text)
        );
    }
    out.push_str("</text>\n");
}

/// A junction's point. Its word is the first line of the tooltip: beside the point it would lie on lines.
fn point(out: &mut String, junction: &Junction, at: Point, name: &str) {
    let colour = palette::of_polarity(junction.polarity);
    let (x, y) = (px(at.x), px(at.y));
    let _ = writeln!(out, "<g id=\"{name}\">");
    let said = |it: &&str| !it.trim().is_empty();
    let label = junction
        .label
        .as_deref()
        .filter(|it| !junction.tooltip.contains(it));
    let words: Vec<&str> = label
        .into_iter()
        .chain([junction.tooltip.as_str()])
        .filter(said)
        .collect();
    if !words.is_empty() {
        let _ = writeln!(out, "<title>{}</title>", escaped(&words.join("\n")));
    }
    let _ = writeln!(
        out,
        "<circle cx=\"{x}\" cy=\"{y}\" r=\"4.5\" fill=\"{colour}\"/>\n</g>"
    );
}

fn legend(out: &mut String, entries: &[LegendEntry]) {
    if entries.is_empty() {
        return;
    }
    let _ = writeln!(out, "<g font-size=\"{}\" fill=\"{MUTED}\">", px(SMALL_SIZE));
    for entry in entries {
        let rect = entry.rect;
        sample(
            out,
            entry.meaning,
            Rect {
                width: SAMPLE,
                ..rect
            },
        );
        let y = rect.y + rect.height / 2.0 + SMALL_SIZE * 0.36;
        let _ = writeln!(
            out,
            "<text x=\"{}\" y=\"{}\">{}</text>",
            px(rect.x + SAMPLE + 8.0),
            px(y),
            entry.meaning.words()
        );
    }
    out.push_str("</g>\n");
}

/// A small picture of a meaning.
fn sample(out: &mut String, meaning: Meaning, room: Rect) {
    let middle = room.centre().y;
    let small = Rect {
        x: room.x + 2.0,
        y: room.y + 1.0,
        width: room.width - 4.0,
        height: room.height - 2.0,
    };
    let line = [
        Point {
            x: room.x,
            y: middle,
        },
        Point {
            x: room.right(),
            y: middle,
        },
    ];
    match meaning {
        Meaning::Kind(kind) => shapes::outline(out, kind, Looks::default(), small),
        Meaning::Unsupported => marked_sample(out, Mark::Unsupported, small),
        Meaning::Rejected => marked_sample(out, Mark::Rejected, small),
        Meaning::Undecided => marked_sample(out, Mark::Undecided, small),
        Meaning::Implicit => {
            let looks = Looks {
                implicit: true,
                ..Looks::default()
            };
            shapes::outline(out, NodeKind::Claim, looks, small);
        }
        Meaning::Edge(kind) => lines::edge(out, kind, &line),
        Meaning::Linked => {
            let colour = palette::of_polarity(Polarity::Pro);
            let joint = Point {
                x: room.x + 15.0,
                y: middle,
            };
            for y in [room.y + 2.0, room.bottom() - 2.0] {
                let start = Point { x: room.x, y };
                lines::edge(
                    out,
                    EdgeKind::Premise(Polarity::Pro),
                    &[start, Point { x: joint.x, y }, joint],
                );
            }
            lines::edge(out, EdgeKind::Reason, &[joint, line[1]]);
            let (x, y) = (px(joint.x), px(joint.y));
            let _ = writeln!(
                out,
                "<circle cx=\"{x}\" cy=\"{y}\" r=\"3.5\" fill=\"{colour}\"/>"
            );
        }
    }
}

/// A claim with a mark.
fn marked_sample(out: &mut String, mark: Mark, rect: Rect) {
    let looks = Looks {
        unsupported: matches!(mark, Mark::Unsupported),
        rejected: matches!(mark, Mark::Rejected),
        implicit: false,
    };
    shapes::outline(out, NodeKind::Claim, looks, rect);
    let width = rect.width - 2.0;
    shapes::mark(out, mark, Rect { width, ..rect });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, node};
    use crate::layout::{Options, lay_out};

    fn drawn(diagram: &Diagram) -> String {
        svg(diagram, &lay_out(diagram, &Options::default()))
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
    fn the_word_of_a_junction_is_in_its_tooltip() {
        let mut diagram = bridge();
        diagram.junctions[0].label = Some("from sign".into());
        assert!(drawn(&diagram).contains("<title>from sign</title>"));
    }

    #[test]
    fn only_the_web_and_mail_are_linked() {
        for safe in ["https://a.org/b?c=d", "HTTP://a", "mailto:a@b.c"] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_ in [
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "java\nscript:x",
            "https",
            "",
        ] {
            assert!(!is_safe(unsafe_), "{unsafe_}");
        }
    }

    #[test]
    fn kinds_and_lines_differ_without_colour() {
        let shape = |kind, unsupported, implicit| {
            let mut out = String::new();
            shapes::outline(
                &mut out,
                kind,
                Looks {
                    unsupported,
                    implicit,
                    rejected: false,
                },
                Rect {
                    x: 0.0,
                    y: 0.0,
                    width: 90.0,
                    height: 40.0,
                },
            );
            out.split('#')
                .map(|it| it.get(6..).unwrap_or(it))
                .collect::<String>()
        };
        let kinds = [
            NodeKind::Thesis,
            NodeKind::Claim,
            NodeKind::Evidence,
            NodeKind::Assumption,
        ];
        let mut seen: Vec<String> = kinds.iter().map(|it| shape(*it, false, false)).collect();
        seen.push(shape(NodeKind::Claim, true, false));
        seen.push(shape(NodeKind::Claim, false, true));
        seen.push(shape(NodeKind::Claim, true, true));
        let unique: std::collections::BTreeSet<_> = seen.iter().collect();
        assert_eq!(unique.len(), seen.len());
    }
}
