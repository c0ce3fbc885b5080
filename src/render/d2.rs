//! The language of D2.
//!
//! Keys are made of ASCII letters, digits and underscores, in lower case since D2 does not tell cases apart, and with
//! a prefix, since words such as `label` and `near` are its own. Every text stands in double quotes.

use std::fmt::Write as _;

use super::escape::markdown;
use super::names::Names;
use super::paint::{self, Looks};
use crate::config::theme::{Head, Shape, Theme};
use crate::layout::text::{Weight, inert, wrap};
use crate::layout::{Direction, FONT_SIZE, Options, PADDING};
use crate::view::address::is_safe;
use crate::view::diagram::{Diagram, Edge, EdgeKind, End, Junction, Node, NodeKind};

/// Writes the diagram. Linear.
pub(super) fn d2(diagram: &Diagram, options: &Options, theme: &Theme) -> String {
    let mut names = Names::new('_', &[]);
    let mut give = |prefix: &str, id: &str| {
        let name = format!("{prefix}{}", id.to_ascii_lowercase());
        names.give(&name, |c| c.is_ascii_alphanumeric() || c == '_')
    };
    let nodes: Vec<String> = diagram.nodes.iter().map(|it| give("s_", &it.id)).collect();
    let junctions = diagram.junctions.iter().map(|it| give("j_", &it.id));
    let junctions: Vec<String> = junctions.collect();
    // A box in a group is addressed through it.
    let mut paths = nodes.clone();
    for (at, group) in diagram.groups.iter().enumerate() {
        for node in &group.nodes {
            if let (Some(path), Some(name)) = (paths.get_mut(*node), nodes.get(*node)) {
                *path = format!("g_{at}.{name}");
            }
        }
    }
    let mut out = String::new();
    let head = head(diagram);
    for line in inert(&head.join("\n")).lines() {
        let _ = writeln!(out, "# {line}");
    }
    let _ = writeln!(out, "direction: {}", direction(options.direction));
    classes(&mut out, theme);
    if !head.is_empty() {
        let _ = writeln!(
            out,
            "title: {} {{shape: text; near: top-center; style.font-color: \"{}\"}}",
            quoted(&head.join("\n")),
            theme.ink
        );
    }
    for (at, group) in diagram.groups.iter().enumerate() {
        let _ = writeln!(out, "g_{at}: {} {{class: group}}", quoted(&group.label));
    }
    let room = options.box_width.clamp(80.0, 1000.0) - 2.0 * PADDING;
    for (node, path) in diagram.nodes.iter().zip(&paths) {
        statement(&mut out, node, path, room);
    }
    for (junction, name) in diagram.junctions.iter().zip(&junctions) {
        point(&mut out, junction, name, room);
    }
    for edge in &diagram.edges {
        let end = |end: End| match end {
            End::Node(node) => paths.get(node),
            End::Junction(junction) => junctions.get(junction),
        };
        if let (Some(from), Some(to)) = (end(edge.from), end(edge.to)) {
            line(&mut out, edge, (from, to), theme);
        }
    }
    out
}

/// What stands above the picture: the title, the question, and what is not shown.
fn head(diagram: &Diagram) -> Vec<String> {
    let left_out = diagram.left_out.iter().map(ToString::to_string);
    let head = [Some(diagram.title.clone()), diagram.question.clone()];
    let head = head.into_iter().flatten().chain(left_out);
    head.filter(|it| !it.trim().is_empty()).collect()
}

/// D2 puts the start of an arrow first, and that is the reason.
fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Down => "up",
        Direction::Up => "down",
        Direction::Right => "left",
        Direction::Left => "right",
    }
}

/// A text in which D2 sees neither escapes nor substitutions.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in inert(text).chars() {
        match c {
            '"' | '\\' | '$' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// A tooltip, which D2 reads as Markdown, in which nothing is markup.
fn tooltip(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(markdown).collect();
    quoted(&lines.join("\n"))
}

/// The looks of everything, so that a reader can change each at one place.
fn classes(out: &mut String, theme: &Theme) {
    out.push_str("classes: {\n");
    for kind in NodeKind::ALL {
        let paint = paint::statement(theme, Looks::plain(kind));
        let shape = match paint.shape {
            Shape::Plain => "shape: rectangle",
            Shape::Double => "shape: rectangle; style.double-border: true",
            Shape::Sheet => "shape: page",
            Shape::Round => "shape: rectangle; style.border-radius: 15",
        };
        let _ = writeln!(
            out,
            "  {}: {{{shape}; style.fill: \"{}\"; style.stroke: \"{}\"; style.font-color: \"{}\"; style.bold: false}}",
            kind.name(),
            paint.fill.colour,
            paint.border.colour,
            paint.text.colour
        );
    }
    let states = [
        ("unsupported", &theme.unsupported),
        ("implicit", &theme.implicit),
        ("rejected", &theme.rejected),
        ("undecided", &theme.undecided),
    ];
    for (name, look) in states {
        let mut parts = Vec::new();
        parts.extend(look.fill.map(|fill| format!("style.fill: \"{fill}\"")));
        parts.extend(dash(&look.dash));
        let _ = writeln!(out, "  {name}: {{{}}}", parts.join("; "));
    }
    let (fill, border) = paint::group(theme);
    let _ = writeln!(
        out,
        "  group: {{style.fill: \"{}\"; style.stroke: \"{}\"}}",
        fill.colour, border.colour
    );
    for kind in EdgeKind::LOOKS {
        let line = paint::edge(theme, kind);
        let mut parts = vec![format!("style.stroke: \"{}\"", line.tone.colour)];
        parts.extend(dash(&line.look.dash));
        let _ = writeln!(out, "  {}: {{{}}}", meaning(kind), parts.join("; "));
    }
    out.push_str("}\n");
}

fn meaning(kind: EdgeKind) -> &'static str {
    use crate::view::diagram::Polarity::{Con, Pro};
    match kind {
        EdgeKind::Premise(Pro) | EdgeKind::Reason => "reason",
        EdgeKind::Premise(Con) | EdgeKind::Objection => "objection",
        EdgeKind::Undercut => "undercut",
        EdgeKind::Contradiction => "contradiction",
        EdgeKind::Restatement => "restatement",
    }
}

/// D2 knows dashes by one length from 0 to 10.
fn dash(dash: &[f64]) -> Option<String> {
    let length = dash.first()?.round().clamp(1.0, 10.0);
    Some(format!("style.stroke-dash: {length}"))
}

fn statement(out: &mut String, node: &Node, path: &str, room: f64) {
    let verdict = node.notable_verdict();
    let verdict_words = verdict.map(|verdict| format!("({})", verdict.word()));
    let label = node.label.iter().filter(|it| !it.trim().is_empty());
    let texts = label.chain([&node.text]).cloned();
    let texts = texts.chain(node.small_print()).chain(verdict_words);
    let wrapped = texts.flat_map(|text| wrap(&text, room, Weight::Regular, FONT_SIZE));
    let lines: Vec<String> = wrapped.collect();
    let mut classes = vec![node.kind.name()];
    classes.extend(node.unsupported.then_some("unsupported"));
    classes.extend(node.implicit.then_some("implicit"));
    classes.extend(verdict.map(|verdict| match verdict {
        crate::view::diagram::Verdict::Undecided => "undecided",
        _ => "rejected",
    }));
    let _ = write!(
        out,
        "{path}: {} {{class: [{}]",
        quoted(&lines.join("\n")),
        classes.join("; ")
    );
    if !node.tooltip.trim().is_empty() {
        let _ = write!(out, "; tooltip: {}", tooltip(&node.tooltip));
    }
    if let Some(link) = node.link.as_deref().filter(|it| is_safe(it)) {
        let _ = write!(out, "; link: {}", quoted(link));
    }
    out.push_str("}\n");
}

fn point(out: &mut String, junction: &Junction, name: &str, room: f64) {
    let label = junction.plate().or_else(|| junction.label.clone());
    let shape = match &label {
        Some(_) => "shape: oval",
        None => "shape: circle; width: 12; height: 12",
    };
    let lines = wrap(&label.unwrap_or_default(), room, Weight::Regular, FONT_SIZE);
    let label = quoted(&lines.join("\n"));
    let _ = write!(out, "{name}: {label} {{{shape}");
    if !junction.tooltip.trim().is_empty() {
        let _ = write!(out, "; tooltip: {}", tooltip(&junction.tooltip));
    }
    out.push_str("}\n");
}

fn line(out: &mut String, edge: &Edge, (from, to): (&str, &str), theme: &Theme) {
    let paint = paint::edge(theme, edge.kind);
    let head = if paint.has_head {
        paint.look.head
    } else {
        Head::None
    };
    let (arrow, shape) = match head {
        Head::Arrow => ("->", "{shape: triangle; style.filled: true}"),
        Head::Fork => ("->", "{shape: arrow}"),
        Head::Bar => ("->", "{shape: diamond; style.filled: true}"),
        Head::Hollow => ("->", "{shape: triangle; style.filled: false}"),
        Head::Cross | Head::None => ("--", ""),
    };
    let word = match edge.kind {
        EdgeKind::Contradiction => ": contradicts",
        EdgeKind::Undercut => ": undercuts",
        EdgeKind::Restatement => ": restates",
        _ => ":",
    };
    let class = meaning(edge.kind);
    let _ = write!(out, "{from} {arrow} {to}{word} {{class: {class}");
    if !shape.is_empty() {
        let _ = write!(out, "; target-arrowhead: {shape}");
    }
    out.push_str("}\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, node};
    use crate::view::diagram::LeftOut;

    fn drawn(diagram: &Diagram) -> String {
        d2(diagram, &Options::default(), &Theme::default())
    }

    #[test]
    fn text_cannot_leave_its_quotes() {
        let mut diagram = bridge();
        let text = "a \"; x -> y: ${z} \\\nnext";
        diagram.nodes.push(node("label", NodeKind::Claim, text));
        let text = drawn(&diagram);
        let expected = r#"s_label: "a \"; x -> y: \${z} \\\nnext" {class: [claim]"#;
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn keys_that_differ_in_case_alone_stay_apart() {
        let mut diagram = Diagram::default();
        let ids = ["Tax", "tax", "t*x"];
        diagram
            .nodes
            .extend(ids.map(|id| node(id, NodeKind::Claim, "text")));
        let text = drawn(&diagram);
        for key in ["\ns_tax: ", "\ns_tax_2: ", "\ns_t_x: "] {
            assert!(text.contains(key), "{text}");
        }
    }

    #[test]
    fn a_title_of_several_lines_is_all_comment() {
        let mut diagram = bridge();
        diagram.title = "one\ntwo: three".into();
        assert!(drawn(&diagram).starts_with("# one\n# two: three\n"));
    }

    #[test]
    fn the_picture_has_a_heading_that_says_what_is_not_shown() {
        let mut diagram = Diagram {
            title: "A \"title\"".into(),
            question: Some("Why?".into()),
            ..Diagram::default()
        };
        diagram.left_out.push(LeftOut {
            option: "--depth 1".into(),
            n_statements: 3,
        });
        let expected = r#"title: "A \"title\"\nWhy?\n3 statements not shown (--depth 1)" {shape: text; near: top-center;"#;
        let text = drawn(&diagram);
        assert!(text.contains(expected), "{text}");
        assert!(!drawn(&Diagram::default()).contains("title:"));
    }
}
