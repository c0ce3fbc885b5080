//! A map as a [`Diagram`].

use super::diagram::{Diagram, Edge, EdgeKind, End, Hidden, Junction, Node, NodeKind};
use super::facts::{Facts, web_address};
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Polarity, StatementIdx, StatementKind, Target, Text};

impl Diagram {
    /// The picture of a map: every statement a box, every inference an arrow, in document order.
    ///
    /// An inference has a junction where its arrow must meet others: where it joins several premises, and where
    /// something attacks its step.
    /// A contradiction is drawn once, whichever side says it. Linear in the map.
    pub fn of(dossier: &Dossier) -> Self {
        let facts = Facts::of(dossier);
        let (junctions, ends) = junctions(&facts);
        let question = dossier.map.about.question.as_ref();
        let mut edges = inference_edges(&facts, &ends);
        edges.extend(relation_edges(&facts));
        Self {
            title: dossier.title(),
            question: question.map(|question| question.value.clone()),
            nodes: dossier
                .graph
                .statements()
                .map(|s| node(&facts, s))
                .collect(),
            junctions,
            edges,
            groups: Vec::new(),
            left_out: Vec::new(),
        }
    }
}

fn node(facts: &Facts<'_>, idx: StatementIdx) -> Node {
    let map = &facts.dossier.map;
    let statement = map.statement(idx);
    let kind = match statement.kind {
        StatementKind::Claim if facts.is_thesis(idx) => NodeKind::Thesis,
        StatementKind::Claim => NodeKind::Claim,
        StatementKind::Evidence => NodeKind::Evidence,
        StatementKind::Assumption => NodeKind::Assumption,
    };
    let first = facts.sources(idx).into_iter().next();
    let source = first.and_then(|cited| {
        let name = match cited.source {
            Some(source) => Some(map.sources[source].short_name()),
            None => cited.id.map(str::to_owned),
        };
        joined(", ", [name, cited.at.map(|at| at.value.clone())])
    });
    let cited = first.and_then(|cited| cited.source);
    Node {
        id: statement.id.clone(),
        kind,
        unsupported: facts
            .dossier
            .analysis
            .support
            .of_statement(idx)
            .is_failing(),
        verdict: facts.verdict(idx),
        implicit: statement.implicit,
        label: statement.label.as_ref().map(|label| label.value.clone()),
        text: statement.text.value.clone(),
        source,
        details: Vec::new(),
        hidden: Hidden::default(),
        tooltip: statement_tooltip(facts, idx),
        link: cited.and_then(|source| web_address(&map.sources[source])),
    }
}

/// What the box does not show: id, kind and status, the citations with their quotes, the note.
fn statement_tooltip(facts: &Facts<'_>, idx: StatementIdx) -> String {
    let statement = facts.dossier.map.statement(idx);
    let kind = if facts.is_thesis(idx) {
        "thesis"
    } else {
        statement.kind.name()
    };
    let (status, verdict) = (facts.status(idx).name(), facts.verdict(idx).word());
    let mut about = format!("{}: {kind}, {status}, {verdict}", statement.id);
    if statement.implicit {
        about.push_str(", implicit");
    }
    let mut lines = vec![about];
    for cited in facts.cited(idx) {
        let name = match cited.source {
            Some(source) => Some(facts.dossier.map.sources[source].short_name()),
            None => cited.id.map(str::to_owned),
        };
        let place = joined(", ", [name, cited.at.map(|at| at.value.clone())]);
        let quote = cited.quote.map(|quote| format!("“{}”", quote.value));
        lines.extend(joined(": ", [place, quote]));
    }
    lines.extend(statement.note.as_ref().map(|note| note.value.clone()));
    lines.join("\n")
}

/// The junctions, and for each inference which is its own.
fn junctions(facts: &Facts<'_>) -> (Vec<Junction>, Vec<Option<usize>>) {
    let graph = &facts.dossier.graph;
    let mut junctions = Vec::new();
    let mut ends = vec![None; graph.n_inferences()];
    for idx in graph.inferences() {
        let at = idx.index();
        let n_premises = graph.premises.get(at).len();
        let is_attacked = !graph.undercuts.get(at).is_empty();
        if n_premises > 1 || is_attacked {
            ends[at] = Some(junctions.len());
            junctions.push(junction(facts, idx));
        }
    }
    (junctions, ends)
}

fn junction(facts: &Facts<'_>, idx: InferenceIdx) -> Junction {
    let inference = facts.dossier.map.inference(idx);
    let value = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
    let named = |name: &str, text: &Option<Text>| value(text).map(|text| format!("{name}: {text}"));
    let lines = [
        Some(format!("{}: {}", inference.id, inference.polarity.name())),
        named("scheme", &inference.scheme),
        named("warrant", &inference.warrant),
        value(&inference.note),
    ];
    Junction {
        id: inference.id.clone(),
        polarity: inference.polarity,
        label: value(&inference.label).or_else(|| value(&inference.scheme)),
        is_labelled: false,
        hidden: Hidden::default(),
        tooltip: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
    }
}

fn inference_edges(facts: &Facts<'_>, junctions: &[Option<usize>]) -> Vec<Edge> {
    let graph = &facts.dossier.graph;
    let mut edges = Vec::new();
    for idx in graph.inferences() {
        let at = idx.index();
        let premises = graph.premises.get(at).iter();
        let polarity = graph.polarities[at];
        let (to, kind) = match (graph.targets[at], polarity) {
            (Target::Statement(target), Polarity::Pro) => {
                (End::Node(target.index()), EdgeKind::Reason)
            }
            (Target::Statement(target), Polarity::Con) => {
                (End::Node(target.index()), EdgeKind::Objection)
            }
            (Target::Inference(target), _) => {
                let junction = junctions[target.index()];
                let junction = junction.expect("an attacked inference has a junction");
                (End::Junction(junction), EdgeKind::Undercut)
            }
        };
        let Some(junction) = junctions[at].map(End::Junction) else {
            edges.extend(premises.map(|premise| Edge {
                from: End::Node(premise.index()),
                to,
                kind,
            }));
            continue;
        };
        edges.extend(premises.map(|premise| Edge {
            from: End::Node(premise.index()),
            to: junction,
            kind: EdgeKind::Premise(polarity),
        }));
        edges.push(Edge {
            from: junction,
            to,
            kind,
        });
    }
    edges
}

fn relation_edges(facts: &Facts<'_>) -> Vec<Edge> {
    let graph = &facts.dossier.graph;
    let mut seen = std::collections::BTreeSet::new();
    let pairs = graph.contradictions.iter();
    let contradictions = pairs
        .filter(|(one, other)| seen.insert((*one.min(other), *one.max(other))))
        .map(|pair| (pair, EdgeKind::Contradiction));
    let restatements = graph.restatements.iter();
    let restatements = restatements.map(|pair| (pair, EdgeKind::Restatement));
    contradictions
        .chain(restatements)
        .map(|((from, to), kind)| Edge {
            from: End::Node(from.index()),
            to: End::Node(to.index()),
            kind,
        })
        .collect()
}

/// The parts that are there, with a joint between them; nothing if none is.
fn joined(joint: &str, parts: [Option<String>; 2]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(joint))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    fn diagram(map: &str) -> Diagram {
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        assert_eq!(dossier.problems, []);
        Diagram::of(&dossier)
    }

    fn edges(diagram: &Diagram) -> Vec<String> {
        let name = |end: End| match end {
            End::Node(at) => diagram.nodes[at].id.clone(),
            End::Junction(at) => format!("({})", diagram.junctions[at].id),
        };
        let show = |e: &Edge| format!("{} {:?} {}", name(e.from), e.kind, name(e.to));
        diagram.edges.iter().map(show).collect()
    }

    #[test]
    fn only_linked_premises_and_attacked_steps_have_junctions() {
        let map = "\
thesis:
  id: t
  claim: A thesis.
  reasons:
    - {id: a, claim: An a.}
    - premises: [b, c]
      id: step
      label: two
      warrant: Why not.
    - premises: b
      id: thin
      scheme: analogy
      objections: [{id: u, claim: An undercut.}]
  objections: [c]
claims: {b: A b., c: A c.}
";
        let diagram = diagram(map);
        assert_eq!(
            edges(&diagram),
            [
                "a Reason t",
                "b Premise(Pro) (step)",
                "c Premise(Pro) (step)",
                "(step) Reason t",
                "b Premise(Pro) (thin)",
                "(thin) Reason t",
                "u Undercut (thin)",
                "c Objection t",
            ]
        );
        let junction = &diagram.junctions[0];
        assert_eq!(junction.label.as_deref(), Some("two"));
        assert_eq!(junction.tooltip, "step: reason\nwarrant: Why not.");
        assert_eq!(diagram.junctions[1].label.as_deref(), Some("analogy"));
    }

    #[test]
    fn a_contradiction_is_drawn_once() {
        let map = "\
thesis: {id: t, claim: A thesis., contradicts: [b], restates: b}
claims: {b: {text: A b., contradicts: t}}
";
        assert_eq!(
            edges(&diagram(map)),
            ["t Contradiction b", "t Restatement b"]
        );
    }

    #[test]
    fn boxes_name_their_first_source_and_lead_to_it() {
        let map = "\
article: news
thesis: {id: t, claim: A thesis., at: para 1, reasons: [e, f]}
evidence:
  e: {text: A fact., at: para 2, quote: a fact, note: Mind it., source: {id: book, at: p. 3}}
  f: {text: Another., at: para 4}
sources:
  news: {title: The News, date: 2024-02-01}
  book: {title: The Book, url: 'https://example.org/b'}
";
        let diagram = diagram(map);
        let nodes: Vec<_> = diagram
            .nodes
            .iter()
            .map(|n| (n.kind, n.source.as_deref(), n.link.as_deref()))
            .collect();
        assert_eq!(
            nodes,
            [
                (NodeKind::Thesis, None, None),
                (
                    NodeKind::Evidence,
                    Some("The Book, p. 3"),
                    Some("https://example.org/b")
                ),
                (
                    NodeKind::Evidence,
                    Some("The News (2024-02-01), para 4"),
                    None
                ),
            ]
        );
        assert_eq!(
            diagram.nodes[1].tooltip,
            "e: evidence, assumed, accepted\nThe News (2024-02-01), para 2: “a fact”\nThe Book, p. 3\nMind it."
        );
        assert!(!diagram.nodes[0].unsupported);
    }
}
