//! The diagram to read: a heading for each thesis, under it a nested list of what is for it and against it.
//!
//! Every statement has an anchor, where it stands in full; where it is used again, a link leads there.

use std::fmt::Write as _;

use super::escape::markdown;
use super::names::{Names, in_xml};
use crate::view::address::is_safe;
use crate::view::diagram::{Diagram, EdgeKind, End, Node, NodeKind, Polarity};

/// How far lists are nested; what is deeper says how deep it is, so that the text stays linear in the map.
const MAX_NESTING: usize = 24;

/// Writes the diagram. Linear; what is open is kept on a stack.
pub(super) fn outline(diagram: &Diagram) -> String {
    let mut names = Names::new('.', &[]);
    let mut writer = Writer {
        diagram,
        anchors: diagram
            .nodes
            .iter()
            .map(|it| names.give(&it.id, in_xml))
            .collect(),
        under: under(diagram),
        relations: relations(diagram),
        is_written: vec![false; diagram.nodes.len()],
        out: String::new(),
    };
    writer.head();
    for (at, node) in diagram.nodes.iter().enumerate() {
        if node.kind == NodeKind::Thesis {
            writer.section(at, "Thesis: ");
        }
    }
    let is_used: Vec<bool> = used(diagram);
    // What nothing uses leads; of what is then left, every statement is used by another that is left.
    let n_nodes = diagram.nodes.len();
    let leading = (0..n_nodes).filter(|at| !is_used[*at]);
    for at in leading.chain(0..n_nodes) {
        writer.section(at, "Not under a thesis: ");
    }
    writer.out
}

/// A line that is still to be written.
#[derive(Clone, Copy)]
struct Task {
    end: End,
    depth: usize,
    name: &'static str,
}

struct Writer<'d> {
    diagram: &'d Diagram,
    /// For each statement the name of its anchor.
    anchors: Vec<String>,
    /// For each statement, then for each junction, what leads to it.
    under: Vec<Vec<(End, &'static str)>>,
    /// For each statement what it contradicts or restates.
    relations: Vec<Vec<(&'static str, usize)>>,
    is_written: Vec<bool>,
    out: String,
}

impl Writer<'_> {
    fn head(&mut self) {
        let title = match self.diagram.title.trim() {
            "" => "Argument map",
            title => title,
        };
        let _ = writeln!(self.out, "# {}", heading(title));
        if let Some(question) = &self.diagram.question {
            let _ = writeln!(self.out, "\n{}", markdown(question));
        }
        for left_out in &self.diagram.left_out {
            let _ = writeln!(self.out, "\n*{}*", markdown(&left_out.to_string()));
        }
    }

    /// A statement that leads to no other, and all that is under it; nothing if it stands somewhere already.
    fn section(&mut self, at: usize, name: &str) {
        if std::mem::replace(&mut self.is_written[at], true) {
            return;
        }
        let node = &self.diagram.nodes[at];
        let _ = writeln!(
            self.out,
            "\n## <a id=\"{}\"></a>{name}{}\n",
            self.anchors[at],
            heading(&node.text)
        );
        let about = self.about(at);
        if !about.is_empty() {
            let _ = writeln!(self.out, "{}\n", about.join("; "));
        }
        let mut tasks = Vec::new();
        self.later(End::Node(at), 0, &mut tasks);
        while let Some(task) = tasks.pop() {
            self.item(task, &mut tasks);
        }
    }

    fn later(&self, end: End, depth: usize, tasks: &mut Vec<Task>) {
        let at = place(self.diagram, end);
        let under = self.under.get(at).map_or(&[][..], Vec::as_slice);
        tasks.extend(under.iter().rev().map(|(end, name)| Task {
            end: *end,
            depth,
            name,
        }));
    }

    fn item(&mut self, task: Task, tasks: &mut Vec<Task>) {
        let indent = "  ".repeat(task.depth.min(MAX_NESTING));
        let level = if task.depth > MAX_NESTING {
            format!(", level {}", task.depth + 1)
        } else {
            String::new()
        };
        let name = task.name;
        match task.end {
            End::Node(at) => {
                let is_again = std::mem::replace(&mut self.is_written[at], true);
                let text = self.words(at, is_again);
                let _ = writeln!(self.out, "{indent}- **{name}{level}:** {text}");
                if !is_again {
                    self.later(task.end, task.depth + 1, tasks);
                }
            }
            End::Junction(at) => {
                let Some(junction) = self.diagram.junctions.get(at) else {
                    return;
                };
                let step = junction.label.as_deref().map(markdown);
                let step = step.map_or_else(String::new, |step| format!(" ({step})"));
                let stub = junction.hidden.stub();
                let stub = stub.map_or_else(String::new, |stub| format!(" {stub}"));
                let _ = writeln!(self.out, "{indent}- **{name}{level}{step}:**{stub}");
                self.later(task.end, task.depth + 1, tasks);
            }
        }
    }

    /// What is said of a statement on its line: in full the first time, then with a link to there.
    fn words(&self, at: usize, is_again: bool) -> String {
        let node = &self.diagram.nodes[at];
        let anchor = &self.anchors[at];
        let text = markdown(&node.text);
        if is_again {
            return format!("[{text}](#{anchor}) (see there)");
        }
        let label = node.label.as_deref().filter(|it| !it.trim().is_empty());
        let label = label.map_or_else(String::new, |it| format!("**{}.** ", markdown(it)));
        let about = match self.about(at) {
            about if about.is_empty() => String::new(),
            about => format!(" ({})", about.join("; ")),
        };
        format!("<a id=\"{anchor}\"></a>{label}{text}{about}")
    }

    /// What else there is to say.
    fn about(&self, at: usize) -> Vec<String> {
        let node = &self.diagram.nodes[at];
        let mut about: Vec<String> = Vec::new();
        about.extend(match node.kind {
            NodeKind::Evidence => Some("evidence".to_owned()),
            NodeKind::Assumption => Some("assumption".to_owned()),
            NodeKind::Thesis | NodeKind::Claim => None,
        });
        about.extend(node.unsupported.then(|| "unsupported".to_owned()));
        about.extend(node.implicit.then(|| "implicit".to_owned()));
        about.extend(node.notable_verdict().map(|it| it.word().to_owned()));
        about.extend(small_print(node));
        for (word, other) in &self.relations[at] {
            let text = markdown(&self.diagram.nodes[*other].text);
            about.push(format!("{word} [{text}](#{})", self.anchors[*other]));
        }
        about
    }
}

/// The small print with every source, each of which leads to its address.
fn small_print(node: &Node) -> Vec<String> {
    let is_said = |text: &&str| !text.trim().is_empty();
    let sources = node.sources.iter().filter(|it| is_said(&it.name.as_str()));
    let sources = sources.map(|source| {
        let name = markdown(&source.name);
        match source.link.as_deref().filter(|it| is_safe(it)) {
            Some(link) => format!("[{name}](<{}>)", address(link)),
            None => name,
        }
    });
    let stub = node.hidden.stub();
    let rest = node.details.iter().chain(&stub).map(String::as_str);
    sources.chain(rest.filter(is_said).map(markdown)).collect()
}

/// An address between angle brackets.
fn address(link: &str) -> String {
    link.replace('\\', "%5C")
        .replace('<', "%3C")
        .replace('>', "%3E")
}

/// A text in a heading, where a last `#` would be none of the text.
fn heading(text: &str) -> String {
    let text = markdown(text);
    match text.strip_suffix('#') {
        Some(start) => format!("{start}\\#"),
        None => text,
    }
}

fn place(diagram: &Diagram, end: End) -> usize {
    match end {
        End::Node(node) => node,
        End::Junction(junction) => diagram.nodes.len() + junction,
    }
}

fn is_there(diagram: &Diagram, end: End) -> bool {
    match end {
        End::Node(node) => node < diagram.nodes.len(),
        End::Junction(junction) => junction < diagram.junctions.len(),
    }
}

/// For each statement and each junction what leads to it, and what that is called.
fn under(diagram: &Diagram) -> Vec<Vec<(End, &'static str)>> {
    let mut under = vec![Vec::new(); diagram.nodes.len() + diagram.junctions.len()];
    for edge in &diagram.edges {
        let name = match edge.kind {
            EdgeKind::Premise(Polarity::Pro | Polarity::Con) => "Premise",
            EdgeKind::Reason => "Reason",
            EdgeKind::Objection => "Objection",
            EdgeKind::Undercut => "Against the step",
            EdgeKind::Contradiction | EdgeKind::Restatement => continue,
        };
        if is_there(diagram, edge.from) && is_there(diagram, edge.to) {
            under[place(diagram, edge.to)].push((edge.from, name));
        }
    }
    under
}

fn relations(diagram: &Diagram) -> Vec<Vec<(&'static str, usize)>> {
    let mut relations = vec![Vec::new(); diagram.nodes.len()];
    for edge in &diagram.edges {
        let word = match edge.kind {
            EdgeKind::Contradiction => "contradicts",
            EdgeKind::Restatement => "restates",
            _ => continue,
        };
        if let (End::Node(from), End::Node(to)) = (edge.from, edge.to)
            && is_there(diagram, edge.from)
            && is_there(diagram, edge.to)
        {
            relations[from].push((word, to));
        }
    }
    relations
}

/// For each statement whether it leads to another.
fn used(diagram: &Diagram) -> Vec<bool> {
    let mut used = vec![false; diagram.nodes.len()];
    for edge in &diagram.edges {
        let leads_on = !matches!(edge.kind, EdgeKind::Contradiction | EdgeKind::Restatement);
        if let (true, End::Node(from)) = (leads_on, edge.from)
            && let Some(own) = used.get_mut(from)
        {
            *own = true;
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{bridge, edge, node};
    use crate::view::diagram::NamedSource;

    #[test]
    fn every_statement_has_one_anchor_and_every_link_leads_to_one() {
        let mut diagram = bridge();
        let again = edge(End::Node(3), End::Node(0), EdgeKind::Reason);
        diagram.edges.push(again);
        diagram
            .nodes
            .push(node("x y", NodeKind::Claim, "A *loose* end. #"));
        let text = outline(&diagram);
        let after = |start: &str, end: char| -> Vec<String> {
            let parts = text.split(start).skip(1);
            parts
                .map(|it| it.split(end).next().unwrap().to_owned())
                .collect()
        };
        let mut anchors = after("<a id=\"", '"');
        anchors.sort();
        let n_anchors = anchors.len();
        anchors.dedup();
        assert_eq!((n_anchors, anchors.len()), (9, 9), "{text}");
        for link in after("](#", ')') {
            assert!(anchors.contains(&link), "{link}");
        }
        assert!(text.contains("(see there)"), "{text}");
        assert!(text.contains("## <a id=\"x_y\"></a>Not under a thesis: A \\*loose\\* end. \\#"));
    }

    #[test]
    fn every_source_is_named_and_leads_to_its_address() {
        let mut it = node("a", NodeKind::Evidence, "A fact.");
        let addresses = ["javascript:1", "https://a.example/b", "scans/c.pdf"];
        it.sources = addresses
            .map(|link| NamedSource {
                name: format!("*{}*", &link[..1]),
                link: Some(link.to_owned()),
            })
            .into();
        let text = outline(&Diagram {
            nodes: vec![it],
            ..Diagram::default()
        });
        let said =
            "evidence; \\*j\\*; [\\*h\\*](<https://a.example/b>); [\\*s\\*](<scans/c.pdf>)\n";
        assert!(text.contains(said), "{text}");
    }

    #[test]
    fn a_circle_and_a_long_chain_end() {
        let mut diagram = Diagram::default();
        for at in 0..5_000 {
            diagram
                .nodes
                .push(node(&format!("n{at}"), NodeKind::Claim, "A claim."));
            let next = End::Node((at + 1) % 5_000);
            diagram
                .edges
                .push(edge(next, End::Node(at), EdgeKind::Reason));
        }
        let text = outline(&diagram);
        assert_eq!(text.matches("<a id=").count(), 5_000);
        assert!(text.len() < 1_000_000);
    }
}
