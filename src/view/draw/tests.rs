//! What a diagram says of a map.

use super::*;
use crate::source::NoFiles;
use crate::view::choice::GroupBy;
use crate::view::diagram::Group;

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
fn boxes_name_their_source_and_lead_to_it() {
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
        .map(|n| (n.kind, n.source_lines().join(" | "), n.link.as_deref()))
        .collect();
    assert_eq!(
        nodes,
        [
            (NodeKind::Thesis, String::new(), None),
            (
                NodeKind::Evidence,
                "The Book, p. 3".to_owned(),
                Some("https://example.org/b")
            ),
            (
                NodeKind::Evidence,
                "The News (2024-02-01), para 4".to_owned(),
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

#[test]
fn boxes_name_two_sources_and_count_more_and_lead_to_the_first_with_an_address() {
    let map = "\
thesis: {id: t, claim: A thesis., reasons: [e, f]}
evidence:
  e: {text: A fact., source: [bad, {id: good, at: p. 2}]}
  f: {text: Another., source: [bad, good, other]}
sources:
  bad: {title: Bad, url: 'ftp://example.org'}
  good: {title: Good, url: 'https://example.org/g'}
  other: {title: Other, url: 'https://example.org/o'}
";
    let diagram = diagram(map);
    let said = |at: usize| {
        let node: &Node = &diagram.nodes[at];
        (node.small_print(), node.link.as_deref())
    };
    let link = Some("https://example.org/g");
    let lines = |lines: [&str; 2]| lines.map(str::to_owned).to_vec();
    assert_eq!(said(1), (lines(["Bad", "Good, p. 2"]), link));
    assert_eq!(said(2), (lines(["Bad", "and 2 more sources"]), link));
    assert_eq!(diagram.nodes[2].sources.len(), 3);
}

#[test]
fn the_label_of_a_step_is_cut_as_texts_are_and_its_tooltip_has_it_whole() {
    let map = "\
thesis: {id: t, claim: A thesis., reasons: [{premises: [a, b], label: A label that is long enough}]}
claims: {a: A a., b: A b.}
";
    let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
    let wording = Wording {
        max_chars: Some(14),
        show: Some([Extra::Scheme].into()),
        ..Wording::default()
    };
    let diagram = Diagram::chosen(&dossier, &Choice::default(), &wording);
    let step = &diagram.junctions[0];
    assert_eq!(step.plate().as_deref(), Some("A label that\u{2026}"));
    assert_eq!(step.spoken(), "A label that is long enough\nt.r1: reason");
    let step = &Diagram::of(&dossier).junctions[0];
    assert_eq!(step.tooltip, "t.r1: reason");
    assert_eq!(step.spoken(), "A label that is long enough\nt.r1: reason");
}

#[test]
fn a_chosen_part_says_what_is_not_shown_and_in_fewer_words() {
    let map = "\
thesis:
  id: t
  claim: A thesis that is long enough to be cut.
  reasons: [{premises: [a, b], id: step, scheme: analogy}, e]
claims:
  a: {text: An a., label: First, reasons: [c]}
  b: A b.
  c: {text: A c., tags: [x, y]}
evidence: {e: {text: A fact., quote: a fact, source: book, tags: [x]}}
sources: {book: {title: The Book}}
";
    let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
    assert_eq!(dossier.problems, []);
    let choice = Choice {
        depth: Some(1),
        ..Choice::default()
    };
    let wording = Wording {
        labels: Labels::Label,
        max_chars: Some(14),
        show: Some([Extra::Verdict, Extra::Strength, Extra::Scheme].into()),
        group_by: Some(GroupBy::Tag),
    };
    let diagram = Diagram::chosen(&dossier, &choice, &wording);
    let boxes: Vec<(&str, String)> = diagram
        .nodes
        .iter()
        .map(|it| (it.text.as_str(), it.small_print().join(" | ")))
        .collect();
    assert_eq!(
        boxes,
        [
            (
                "A thesis that\u{2026}",
                "accepted, strength 1.00".to_owned()
            ),
            ("First", "rejected, strength 0.00 | +1".to_owned()),
            ("A b.", "rejected, strength 0.00".to_owned()),
            ("A fact.", "accepted, strength 1.00".to_owned()),
        ]
    );
    assert!(
        diagram.nodes[0]
            .tooltip
            .contains("A thesis that is long enough to be cut.")
    );
    assert_eq!(diagram.junctions[0].plate().as_deref(), Some("analogy"));
    let groups = [Group {
        label: "x".to_owned(),
        nodes: vec![3],
    }];
    assert_eq!(diagram.groups, groups);
    assert_eq!(
        diagram.left_out[0].to_string(),
        "1 statement not shown (--depth 1)"
    );
}
