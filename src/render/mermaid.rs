//! Mermaid's flowchart language.

use std::fmt::Write as _;

use super::names::Names;
use crate::layout::text::inert;
use crate::layout::{Direction, Options};
use crate::view::diagram::{Diagram, EdgeKind, End, Node, NodeKind, Verdict};

/// The looks of each kind, as Mermaid classes.
const CLASSES: &str = "\
  classDef thesis fill:#e6eefb,stroke:#1d3f72,stroke-width:3px,color:#1b1f24
  classDef claim fill:#ffffff,stroke:#5b6470,color:#1b1f24
  classDef evidence fill:#e8f4ee,stroke:#2a6b4c,color:#1b1f24
  classDef assumption fill:#fbf3dc,stroke:#84600c,color:#1b1f24
  classDef unsupported stroke-dasharray:7 4
  classDef rejected fill:#e4e6e9
  classDef implicit stroke-dasharray:2 3
  classDef junction fill:#1b1f24,stroke:#1b1f24,color:#1b1f24
";

/// Writes the diagram as a flowchart. Linear.
///
/// Ids are the statements' ids with a prefix, so that no word of Mermaid's own (`end`) can be one.
pub(super) fn mermaid(diagram: &Diagram, options: &Options) -> String {
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
    for (junction, name) in diagram.junctions.iter().zip(&junctions) {
        let label = junction.label.as_deref().unwrap_or(" ");
        let _ = writeln!(out, "  {name}((\"{}\")):::junction", escaped(label));
    }
    for edge in &diagram.edges {
        let end = |end: End| match end {
            End::Node(node) => nodes.get(node),
            End::Junction(junction) => junctions.get(junction),
        };
        if let (Some(from), Some(to)) = (end(edge.from), end(edge.to)) {
            let _ = writeln!(out, "  {from} {} {to}", arrow(edge.kind));
        }
    }
    out.push_str(CLASSES);
    out
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
    if let Some(source) = node.source.as_deref() {
        let _ = write!(text, "<br/><small>{}</small>", escaped(source));
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
    if node.notable_verdict() == Some(Verdict::Out) {
        let _ = writeln!(out, "  class {name} rejected");
    }
    if let Some(link) = node.link.as_deref().filter(|it| super::escape::is_safe(it)) {
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
    for c in inert(text).chars() {
        match c {
            '\n' => out.push_str("<br/>"),
            ' ' | ',' | '.' | '\'' | '!' | '?' => out.push(c),
            // A hyphen or a digit and a full stop at the start would make Mermaid see a list.
            c if c.is_ascii_punctuation() => {
                let _ = write!(out, "#{};", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, node};

    #[test]
    fn text_cannot_become_markup() {
        let mut diagram = bridge();
        diagram.nodes.push(node(
            "end",
            NodeKind::Claim,
            "a \"quote\" <b>; `code` #35; [x] --> y",
        ));
        let text = mermaid(&diagram, &Options::default());
        assert!(
            text.contains(
                "s_end[\"a #34;quote#34; #60;b#62;#59; #96;code#96; #35;35#59; #91;x#93;"
            ),
            "{text}"
        );
    }

    #[test]
    fn ids_that_look_alike_stay_apart() {
        let mut diagram = Diagram::default();
        diagram
            .nodes
            .extend(["a b", "a.b", "a_b"].map(|id| node(id, NodeKind::Claim, "t")));
        let text = mermaid(&diagram, &Options::default());
        assert!(
            text.contains("s_a_b[") && text.contains("s_a_b_2[") && text.contains("s_a_b_3["),
            "{text}"
        );
    }
}
