//! Mermaid's flowchart language.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::names::Names;
use super::paint::{self, Looks};
use crate::config::theme::Theme;
use crate::layout::text::inert;
use crate::layout::{Direction, Options};
use crate::view::address::is_safe;
use crate::view::diagram::{Diagram, EdgeKind, End, Node, NodeKind, Verdict};

/// Writes the diagram as a flowchart. Linear.
///
/// Ids are the statements' ids with a prefix, so that no word of Mermaid's own (`end`) can be one.
pub(super) fn mermaid(diagram: &Diagram, options: &Options, theme: &Theme) -> String {
    let mut names = Names::new('_', &[]);
    let mut name = |prefix: &str, id: &str| {
        names.give(&format!("{prefix}{id}"), |c| {
            c.is_ascii_alphanumeric() || c == '_'
        })
    };
    let nodes: Vec<String> = diagram.nodes.iter().map(|it| name("s_", &it.id)).collect();
    let junctions: Vec<String> = diagram
        .junctions
        .iter()
        .map(|it| name("j_", &it.id))
        .collect();
    let mut out = String::new();
    if !diagram.title.trim().is_empty() {
        let title =
            serde_json::to_string(&inert(&diagram.title).replace('\n', " ")).unwrap_or_default();
        let _ = writeln!(out, "---\ntitle: {title}\n---");
    }
    let _ = writeln!(out, "flowchart {}", direction(options.direction));
    for (node, name) in diagram.nodes.iter().zip(&nodes) {
        statement(&mut out, node, name);
    }
    for (at, group) in diagram.groups.iter().enumerate() {
        let _ = writeln!(out, "  subgraph g_{at}[\"{}\"]", escaped(&group.label));
        for name in group.nodes.iter().filter_map(|node| nodes.get(*node)) {
            let _ = writeln!(out, "    {name}");
        }
        out.push_str("  end\n");
    }
    for (junction, name) in diagram.junctions.iter().zip(&junctions) {
        let plate = junction.plate();
        let label = plate.as_ref().or(junction.label.as_ref());
        let label = label.map_or_else(|| " ".to_owned(), |label| escaped(label));
        let (open, close) = if label == " " {
            ("((", "))")
        } else {
            ("(", ")")
        };
        let _ = writeln!(out, "  {name}{open}\"{label}\"{close}:::junction");
    }
    let mut lines = Vec::new();
    for edge in &diagram.edges {
        let end = |end: End| match end {
            End::Node(node) => nodes.get(node),
            End::Junction(junction) => junctions.get(junction),
        };
        if let (Some(from), Some(to)) = (end(edge.from), end(edge.to)) {
            let _ = writeln!(out, "  {from} {} {to}", arrow(edge.kind));
            lines.push(edge.kind);
        }
    }
    colours(&mut out, &lines, theme);
    left_out(&mut out, diagram, theme);
    out
}

/// The note on what is not shown, as a text without a box; all other names have a prefix of one letter.
fn left_out(out: &mut String, diagram: &Diagram, theme: &Theme) {
    let notes: Vec<String> = diagram.left_out.iter().map(ToString::to_string).collect();
    if !notes.is_empty() {
        let _ = writeln!(
            out,
            "  left_out[\"{}\"]:::note\n  classDef note fill:none,stroke:none,color:{}",
            escaped(&notes.join("\n")),
            theme.muted
        );
    }
}

/// The looks of each kind as classes, and of the lines by their numbers.
fn colours(out: &mut String, lines: &[EdgeKind], theme: &Theme) {
    for kind in NodeKind::ALL {
        let class = kind.name();
        let paint = paint::statement(theme, Looks::plain(kind));
        let _ = writeln!(
            out,
            "  classDef {class} fill:{},stroke:{},stroke-width:{}px,color:{}",
            paint.fill.colour, paint.border.colour, paint.width, paint.text.colour
        );
    }
    let states = [
        ("unsupported", &theme.unsupported),
        ("implicit", &theme.implicit),
        ("rejected", &theme.rejected),
        ("undecided", &theme.undecided),
    ];
    for (class, look) in states {
        let mut parts = Vec::new();
        parts.extend(look.fill.map(|fill| format!("fill:{fill}")));
        let dash: Vec<String> = look.dash.iter().map(f64::to_string).collect();
        parts.extend((!dash.is_empty()).then(|| format!("stroke-dasharray:{}", dash.join(" "))));
        // A class must say something.
        let parts = if parts.is_empty() {
            "stroke-width:1px".to_owned()
        } else {
            parts.join(",")
        };
        let _ = writeln!(out, "  classDef {class} {parts}");
    }
    let (ink, paper) = (theme.ink, theme.paper);
    let _ = writeln!(
        out,
        "  classDef junction fill:{paper},stroke:{ink},color:{ink}"
    );
    let mut by_colour: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, kind) in lines.iter().enumerate() {
        let colour = paint::edge(theme, *kind).tone.colour.to_string();
        by_colour.entry(colour).or_default().push(at.to_string());
    }
    for (colour, lines) in by_colour {
        let _ = writeln!(out, "  linkStyle {} stroke:{colour}", lines.join(","));
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Down => "BT",
        Direction::Up => "TB",
        Direction::Right => "RL",
        Direction::Left => "LR",
    }
}

fn statement(out: &mut String, node: &Node, name: &str) {
    let (open, close, class) = match node.kind {
        NodeKind::Thesis => ("[[", "]]", "thesis"),
        NodeKind::Claim => ("[", "]", "claim"),
        NodeKind::Evidence => ("[(", ")]", "evidence"),
        NodeKind::Assumption => ("([", "])", "assumption"),
    };
    let mut text = String::new();
    if let Some(label) = node.label.as_deref() {
        let _ = write!(text, "<b>{}</b><br/>", escaped(label));
    }
    text.push_str(&escaped(&node.text));
    for small in node.small_print() {
        let _ = write!(text, "<br/><small>{}</small>", escaped(&small));
    }
    if let Some(verdict) = node.notable_verdict() {
        let _ = write!(text, "<br/><i>{}</i>", verdict.word());
    }
    let _ = writeln!(out, "  {name}{open}\"{text}\"{close}:::{class}");
    if node.unsupported || node.implicit {
        let _ = writeln!(
            out,
            "  class {name} {}",
            if node.implicit {
                "implicit"
            } else {
                "unsupported"
            }
        );
    }
    match node.notable_verdict() {
        Some(Verdict::Undecided) => {
            let _ = writeln!(out, "  class {name} undecided");
        }
        Some(_) => {
            let _ = writeln!(out, "  class {name} rejected");
        }
        None => {}
    }
    if let Some(link) = node.link.as_deref().filter(|it| is_safe(it)) {
        let link: String = link
            .chars()
            .map(|c| if c == '"' || c.is_control() { '_' } else { c })
            .collect();
        let _ = writeln!(out, "  click {name} href \"{link}\"");
    }
}

fn arrow(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Premise(_) => "---",
        EdgeKind::Reason => "-->",
        EdgeKind::Objection => "-.-x",
        EdgeKind::Undercut => "-. undercuts .-o",
        EdgeKind::Contradiction => "x-. contradicts .-x",
        EdgeKind::Restatement => "-. restates .->",
    }
}

/// Text in which only letters, digits and harmless marks stand for themselves; the rest are Mermaid's entity
/// codes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in inert(text).split_inclusive('\n') {
        // A hyphen or a number and a full stop at the start would make Mermaid see a list.
        let unnumbered = line
            .trim_start()
            .trim_start_matches(|c: char| c.is_ascii_digit());
        let mark = line.len() - unnumbered.len();
        for (at, c) in line.char_indices() {
            match c {
                '\n' => out.push_str("<br/>"),
                '.' if at != mark => out.push(c),
                ' ' | ',' | '\'' | '!' | '?' => out.push(c),
                c if c.is_ascii_punctuation() => {
                    let _ = write!(out, "#{};", u32::from(c));
                }
                c => out.push(c),
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, node};
    use crate::view::diagram::LeftOut;

    #[test]
    fn text_cannot_become_markup() {
        let mut diagram = bridge();
        diagram.nodes.push(node(
            "end",
            NodeKind::Claim,
            "a \"quote\" <b>; `code` #35; [x] --> y",
        ));
        let text = mermaid(&diagram, &Options::default(), &Theme::default());
        assert!(
            text.contains(
                "s_end[\"a #34;quote#34; #60;b#62;#59; #96;code#96; #35;35#59; #91;x#93;"
            ),
            "{text}"
        );
    }

    #[test]
    fn no_line_begins_like_an_item_of_a_list() {
        assert_eq!(
            escaped("1. One.\n 23.4 is 2.5.\n- Two"),
            "1#46; One.<br/> 23#46;4 is 2.5.<br/>#45; Two"
        );
        assert_eq!(escaped("Rule 1. One."), "Rule 1. One.");
    }

    #[test]
    fn the_picture_says_what_is_not_shown() {
        let mut diagram = bridge();
        for option in ["--depth 1", "--tag \"a b\""] {
            diagram.left_out.push(LeftOut {
                option: option.into(),
                n_statements: 3,
            });
        }
        let text = mermaid(&diagram, &Options::default(), &Theme::default());
        let expected = "  left_out[\"3 statements not shown #40;#45;#45;depth 1#41;<br/>3 statements not shown #40;#45;#45;tag #34;a b#34;#41;\"]:::note\n";
        assert!(text.contains(expected), "{text}");
    }

    #[test]
    fn ids_that_look_alike_stay_apart() {
        let mut diagram = Diagram::default();
        diagram
            .nodes
            .extend(["a b", "a.b", "a_b"].map(|id| node(id, NodeKind::Claim, "t")));
        let text = mermaid(&diagram, &Options::default(), &Theme::default());
        assert!(
            text.contains("s_a_b[") && text.contains("s_a_b_2[") && text.contains("s_a_b_3["),
            "{text}"
        );
    }
}
