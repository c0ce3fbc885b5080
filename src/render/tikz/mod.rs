//! A LaTeX document that draws the map with `TikZ`, at the positions of the built-in layout.
//!
//! It compiles with pdfLaTeX, `LuaLaTeX` and `XeLaTeX` from a small TeX installation: `article`, `geometry`, `iftex` and
//! `TikZ`. Kinds, states and lines are styles at the top, so that one edit restyles them all.

mod preamble;
mod text;

use std::fmt::Write as _;

use super::names::Names;
use super::paint::{self, Looks, Stance};
use crate::config::theme::{Head, Theme};
use crate::layout::{
    Drawing, LegendEntry, Line, Meaning, PlacedNode, Plate, Point, Rect, Role, Route, SAMPLE,
};
use crate::view::diagram::{Diagram, Edge, EdgeKind, Junction, Node, NodeKind, Polarity, Verdict};
use preamble::preamble;
use text::tex;

/// TeX's own points are a little smaller than those of PDF, which it calls `bp`; 0.75 of these are a CSS px.
const POINTS: f64 = 0.75;
/// The longest side, in these points: TeX cannot count beyond 16 383 of its own.
const MAX_SIDE: f64 = 16_000.0;

/// Writes the drawing; one that TeX could not hold is made smaller. Linear.
pub(super) fn tikz(diagram: &Diagram, drawing: &Drawing, theme: &Theme) -> String {
    let side = drawing.width.max(drawing.height).max(1.0);
    let unit = POINTS.min(MAX_SIDE / side);
    let mut out = preamble(drawing, theme, unit);
    let _ = writeln!(
        out,
        "\\begin{{document}}\n\\noindent\\begin{{tikzpicture}}[x={unit:.5}bp, y=-{unit:.5}bp]\n\
         \\useasboundingbox (0,0) rectangle ({},{});",
        px(drawing.width),
        px(drawing.height)
    );
    for line in &drawing.title {
        let style = if line.main { "title" } else { "question" };
        words(&mut out, style, line.at, &line.text);
    }
    for placed in &drawing.groups {
        let corner = (placed.rect.right(), placed.rect.bottom());
        let _ = writeln!(
            out,
            "\\draw[group] {} rectangle ({},{});",
            at(placed.rect.x, placed.rect.y),
            px(corner.0),
            px(corner.1)
        );
        for line in &placed.label {
            words(&mut out, "small", line.at, &line.text);
        }
    }
    for (edge, route) in diagram.edges.iter().zip(&drawing.edges) {
        line(&mut out, edge, route, theme);
    }
    let mut names = Names::new('-', &[]);
    let mut give = |id: &str| names.give(id, |c| c.is_ascii_alphanumeric() || c == '-');
    let boxes = diagram.nodes.iter().zip(&drawing.nodes);
    for ((node, placed), stance) in boxes.zip(paint::stances(diagram)) {
        statement(&mut out, (node, stance), placed, &give(&node.id));
    }
    let points = drawing.junctions.iter().zip(&drawing.plates);
    for (junction, (place, plate)) in diagram.junctions.iter().zip(points) {
        let name = give(&junction.id);
        point(&mut out, junction, (*place, plate.as_ref()), &name);
    }
    for entry in &drawing.legend {
        legend(&mut out, entry, theme);
    }
    out.push_str("\\end{tikzpicture}\n\\end{document}\n");
    out
}

/// A length with at most one decimal, in the picture's unit.
fn px(length: f64) -> f64 {
    (length * 10.0).round() / 10.0 + 0.0
}

fn at(x: f64, y: f64) -> String {
    format!("({},{})", px(x), px(y))
}

/// Words that start on a baseline.
fn words(out: &mut String, style: &str, start: Point, text: &str) {
    if !text.trim().is_empty() {
        let _ = writeln!(
            out,
            "\\node[words, {style}] at {} {{{}}};",
            at(start.x, start.y),
            tex(text)
        );
    }
}

/// The style of a line; premises look like what they are premises of, without its head.
fn meaning(edge: EdgeKind) -> &'static str {
    match edge {
        EdgeKind::Premise(Polarity::Pro) => "reason, premise",
        EdgeKind::Premise(Polarity::Con) => "objection, premise",
        EdgeKind::Reason => "reason",
        EdgeKind::Objection => "objection",
        EdgeKind::Undercut => "undercut",
        EdgeKind::Contradiction => "contradiction",
        EdgeKind::Restatement => "restatement",
    }
}

fn statement(
    out: &mut String,
    (node, stance): (&Node, Option<Stance>),
    placed: &PlacedNode,
    name: &str,
) {
    let looks = Looks::of(node, stance);
    let styles = styles(looks);
    let lines: Vec<String> = placed.lines.iter().map(set_line).collect();
    frame(out, &styles, placed.rect, (name, &lines.join("\\\\{}")));
    sign(out, looks, name);
}

/// A box with a name and what stands in it.
fn frame(out: &mut String, styles: &str, rect: Rect, (name, text): (&str, &str)) {
    let middle = rect.centre();
    let _ = writeln!(
        out,
        "\\node[box={{{}}}{{{}}}, {styles}] ({name}) at {} {{{text}}};",
        px(rect.width),
        px(rect.height),
        at(middle.x, middle.y)
    );
}

fn styles(looks: Looks) -> String {
    let mut styles = vec![looks.kind.name()];
    if looks.kind != NodeKind::Thesis {
        styles.extend(looks.stance.map(|stance| match stance {
            Stance::Supporting => "supporting",
            Stance::Attacking => "attacking",
        }));
    }
    styles.extend(looks.unsupported.then_some("unsupported"));
    styles.extend(looks.implicit.then_some("implicit"));
    styles.extend(looks.verdict.and_then(|verdict| match verdict {
        Verdict::In => None,
        Verdict::Out => Some("rejected"),
        Verdict::Undecided => Some("undecided"),
    }));
    styles.join(", ")
}

fn set_line(line: &Line) -> String {
    if line.text.trim().is_empty() {
        return "\\strut".to_owned();
    }
    let text = tex(&line.text);
    match line.role {
        Role::Label => format!("\\textbf{{{text}}}"),
        Role::Text => text,
        Role::Source => format!("\\mapsmall{{{text}}}"),
        Role::Stub => format!("\\mapsmall{{\\textbf{{{text}}}}}"),
    }
}

/// The sign on a box' upper right corner.
fn sign(out: &mut String, looks: Looks, name: &str) {
    let (style, sign) = match looks.verdict {
        Some(Verdict::Undecided) => ("undecidedmark", "$\\sim$"),
        Some(Verdict::Out) => ("rejectedmark", "$\\times$"),
        _ if looks.unsupported => ("unsupportedmark", "?"),
        _ => return,
    };
    let _ = writeln!(
        out,
        "\\node[sign, fill={style}] at ({name}.north east) {{{sign}}};"
    );
}

fn line(out: &mut String, edge: &Edge, route: &Route, theme: &Theme) {
    if route.points.len() < 2 {
        return;
    }
    let points: Vec<String> = route.points.iter().map(|it| at(it.x, it.y)).collect();
    let _ = writeln!(
        out,
        "\\draw[{}] {};",
        meaning(edge.kind),
        points.join(" -- ")
    );
    let paint = paint::edge(theme, edge.kind);
    if paint.has_head && paint.look.head == Head::Cross {
        cross(out, &route.points, meaning(edge.kind));
    }
}

/// A cross in the middle of the longest leg.
fn cross(out: &mut String, points: &[Point], style: &str) {
    let length = |leg: &&[Point]| (leg[0].x - leg[1].x).hypot(leg[0].y - leg[1].y);
    let legs = points.windows(2);
    if let Some(leg) = legs.max_by(|a, b| length(a).total_cmp(&length(b))) {
        let x = f64::midpoint(leg[0].x, leg[1].x);
        let y = f64::midpoint(leg[0].y, leg[1].y);
        let _ = writeln!(
            out,
            "\\node[cross, text={style}line] at {} {{$\\times$}};",
            at(x, y)
        );
    }
}

/// A junction's point, or a plate where something stands in it.
fn point(
    out: &mut String,
    junction: &Junction,
    (middle, plate): (Point, Option<&Plate>),
    name: &str,
) {
    let colour = match junction.polarity {
        Polarity::Pro => "reasonline",
        Polarity::Con => "objectionline",
    };
    let (style, text) = match plate {
        Some(plate) => {
            let lines: Vec<String> = plate.lines.iter().map(|it| tex(it)).collect();
            ("plate, draw", lines.join("\\\\{}"))
        }
        None => ("point, fill", String::new()),
    };
    let _ = writeln!(
        out,
        "\\node[{style}={colour}] ({name}) at {} {{{text}}};",
        at(middle.x, middle.y)
    );
}

fn legend(out: &mut String, entry: &LegendEntry, theme: &Theme) {
    let rect = entry.rect;
    let room = Rect {
        x: rect.x + 2.0,
        y: rect.y + 1.0,
        width: SAMPLE - 4.0,
        height: rect.height - 2.0,
    };
    let y = rect.centre().y;
    let ends = [rect.x, rect.x + SAMPLE].map(|x| Point { x, y });
    let claim = Looks::plain(NodeKind::Claim);
    let looks = match entry.meaning {
        Meaning::Kind(kind) => Some(Looks::plain(kind)),
        Meaning::Unsupported => Some(Looks {
            unsupported: true,
            ..claim
        }),
        Meaning::Rejected => Some(Looks {
            verdict: Some(Verdict::Out),
            ..claim
        }),
        Meaning::Undecided => Some(Looks {
            verdict: Some(Verdict::Undecided),
            ..claim
        }),
        Meaning::Implicit => Some(Looks {
            implicit: true,
            ..claim
        }),
        Meaning::Linked | Meaning::Edge(_) => None,
    };
    if let Some(looks) = looks {
        let name = format!("sample-{}", px(rect.x).to_string().replace('.', "-"));
        let small = match looks.kind {
            NodeKind::Assumption => ", rounded corners=4bp",
            _ => "",
        };
        let styles = format!("{}, sample{small}", styles(looks));
        frame(out, &styles, room, (&name, ""));
        sign(out, looks, &name);
    }
    if let Meaning::Edge(kind) = entry.meaning {
        let [from, to] = ends.map(|it| at(it.x, it.y));
        let _ = writeln!(out, "\\draw[{}] {from} -- {to};", meaning(kind));
        if paint::edge(theme, kind).look.head == Head::Cross {
            cross(out, &ends, meaning(kind));
        }
    }
    if entry.meaning == Meaning::Linked {
        linked(out, rect);
    }
    let start = Point {
        x: rect.x + SAMPLE + 8.0,
        y: y + 4.0,
    };
    words(out, "small", start, entry.meaning.words());
}

/// Two premises that meet in a point.
fn linked(out: &mut String, rect: Rect) {
    let (joint, middle) = (rect.x + 15.0, rect.centre().y);
    for start in [rect.y + 2.0, rect.bottom() - 2.0] {
        let (a, b, c) = (at(rect.x, start), at(joint, start), at(joint, middle));
        let _ = writeln!(out, "\\draw[reason, premise] {a} -- {b} -- {c};");
    }
    let (from, to) = (at(joint, middle), at(rect.x + SAMPLE, middle));
    let _ = writeln!(
        out,
        "\\draw[reason] {from} -- {to};\n\\node[point, fill=reasonline] at {from} {{}};"
    );
}
