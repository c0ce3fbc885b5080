//! What must hold of every drawing.

use proptest::prelude::*;

use super::support::{bridge, edge, junction, node, tree};
use super::{Direction, Drawing, FONT_SIZE, Fit, Line, Options, Point, Rect, lay_out, text};
use crate::view::diagram::{Diagram, EdgeKind, End, Group, Junction, NodeKind, Polarity};

/// The boxes, and the plates of junctions, with what ends there.
fn solids(drawing: &Drawing) -> Vec<(End, Rect)> {
    let boxes = drawing.nodes.iter().enumerate();
    let boxes = boxes.map(|(at, it)| (End::Node(at), it.rect));
    let plates = drawing.junctions.iter().zip(&drawing.plates).enumerate();
    let plates = plates.filter_map(|(at, (middle, plate))| {
        let plate = plate.as_ref()?;
        let rect = Rect {
            x: middle.x - plate.width / 2.0,
            y: middle.y - plate.height / 2.0,
            width: plate.width,
            height: plate.height,
        };
        Some((End::Junction(at), rect))
    });
    boxes.chain(plates).collect()
}

/// Fails with a reason if boxes overlap or an edge runs through a box which is not its end, or anything is
/// outside the drawing.
fn check(diagram: &Diagram, drawing: &Drawing) -> Result<(), String> {
    let solids = solids(drawing);
    for (index, (end, one)) in solids.iter().enumerate() {
        if one.x < 0.0
            || one.y < 0.0
            || one.right() > drawing.width
            || one.bottom() > drawing.height
        {
            return Err(format!("{end:?} is outside"));
        }
        for (other, rect) in &solids[index + 1..] {
            let apart = one.right() <= rect.x
                || rect.right() <= one.x
                || one.bottom() <= rect.y
                || rect.bottom() <= one.y;
            if !apart {
                return Err(format!("{end:?} and {other:?} overlap"));
            }
        }
        if drawing.title.iter().any(|it| it.at.y > one.y)
            || drawing.legend.iter().any(|it| it.rect.y < one.bottom())
        {
            return Err(format!("{end:?} touches title or legend"));
        }
    }
    check_frames(diagram, drawing)?;
    for (index, (edge, route)) in diagram.edges.iter().zip(&drawing.edges).enumerate() {
        if route.points.len() < 2 {
            return Err(format!("edge {index} has no route"));
        }
        for (end, rect) in &solids {
            let is_end = [edge.from, edge.to].contains(end);
            if !is_end
                && route
                    .points
                    .windows(2)
                    .any(|leg| enters(rect, leg[0], leg[1]))
            {
                return Err(format!("edge {index} runs through {end:?}"));
            }
        }
        for point in &route.points {
            if point.x < 0.0 || point.y < 0.0 || point.x > drawing.width || point.y > drawing.height
            {
                return Err(format!("edge {index} leaves the drawing"));
            }
        }
    }
    Ok(())
}

/// Fails with a reason if a box of a group is not in its frame, or something else is.
fn check_frames(diagram: &Diagram, drawing: &Drawing) -> Result<(), String> {
    let is_in = |inner: Rect, outer: Rect| {
        inner.x >= outer.x
            && inner.y >= outer.y
            && inner.right() <= outer.right()
            && inner.bottom() <= outer.bottom()
    };
    let is_apart = |one: Rect, other: Rect| {
        one.right() <= other.x
            || other.right() <= one.x
            || one.bottom() <= other.y
            || other.bottom() <= one.y
    };
    let frames: Vec<_> = diagram.groups.iter().zip(&drawing.groups).collect();
    if frames.len() != diagram.groups.len() {
        return Err("a group has no frame".into());
    }
    for (number, (group, placed)) in frames.iter().enumerate() {
        for (index, node) in drawing.nodes.iter().enumerate() {
            let is_member = group.nodes.contains(&index);
            if is_member && !is_in(node.rect, placed.rect) {
                return Err(format!("box {index} leaves frame {number}"));
            }
            if !is_member && !is_apart(node.rect, placed.rect) {
                return Err(format!("box {index} is in frame {number}"));
            }
        }
        for line in placed.label.iter().map(extent) {
            if !is_in(line, placed.rect) {
                return Err(format!("the heading of frame {number} leaves it"));
            }
            if !drawing.nodes.iter().all(|it| is_apart(it.rect, line)) {
                return Err(format!("a box hides the heading of frame {number}"));
            }
            let mut legs = drawing.edges.iter().flat_map(|it| it.points.windows(2));
            if legs.any(|leg| enters(&line, leg[0], leg[1])) {
                return Err(format!("an edge crosses the heading of frame {number}"));
            }
        }
        let mut others = frames[..number].iter();
        if !others.all(|(_, other)| is_apart(placed.rect, other.rect)) {
            return Err(format!("frame {number} touches another"));
        }
    }
    Ok(())
}

/// The room of a heading's line.
fn extent(line: &Line) -> Rect {
    Rect {
        x: line.at.x,
        y: line.at.y - FONT_SIZE,
        width: text::width(&line.text, text::Weight::Bold, FONT_SIZE),
        height: FONT_SIZE,
    }
}

/// Whether an upright or level leg enters a box.
fn enters(rect: &Rect, a: Point, b: Point) -> bool {
    let slack = 0.5;
    a.x.max(b.x) > rect.x + slack
        && a.x.min(b.x) < rect.right() - slack
        && a.y.max(b.y) > rect.y + slack
        && a.y.min(b.y) < rect.bottom() - slack
}

/// Any diagram: cycles, loops, parallel edges, edges between junctions, parts that hang together or not.
fn any_diagram() -> impl Strategy<Value = Diagram> {
    let kinds = prop_oneof![
        Just(EdgeKind::Reason),
        Just(EdgeKind::Objection),
        Just(EdgeKind::Undercut),
        Just(EdgeKind::Contradiction),
        Just(EdgeKind::Restatement),
        Just(EdgeKind::Premise(Polarity::Pro)),
        Just(EdgeKind::Premise(Polarity::Con)),
    ];
    (1usize..24, 0usize..6).prop_flat_map(move |(nodes, junctions)| {
        let end = (0..nodes + junctions).prop_map(move |it| {
            if it < nodes {
                End::Node(it)
            } else {
                End::Junction(it - nodes)
            }
        });
        let edges = prop::collection::vec((end.clone(), end, kinds.clone()), 0..40);
        let lengths = prop::collection::vec(0usize..140, nodes);
        let groups = prop_oneof![
            Just(vec![0; nodes]),
            prop::collection::vec(0usize..4, nodes)
        ];
        (edges, lengths, groups).prop_map(move |(edges, lengths, groups)| {
            let words = "some words of a statement ".repeat(6);
            let text = |(index, length): (usize, &usize)| {
                node(&format!("n{index}"), NodeKind::Claim, &words[..*length])
            };
            Diagram {
                title: "Any".into(),
                nodes: lengths.iter().enumerate().map(text).collect(),
                junctions: (0..junctions).map(labelled).collect(),
                edges: edges.into_iter().map(|it| edge(it.0, it.1, it.2)).collect(),
                groups: framed(&groups),
                ..Diagram::default()
            }
        })
    })
}

/// A junction; every other one has a label, the longer the later it comes.
fn labelled(number: usize) -> Junction {
    Junction {
        is_labelled: number % 2 == 1,
        label: Some("a label of some length ".repeat(number)),
        ..junction(&format!("j{number}"), Polarity::Pro)
    }
}

/// Groups of the nodes with the same number, which is not 0.
fn framed(numbers: &[usize]) -> Vec<Group> {
    let members = |group| (0..numbers.len()).filter(move |it| numbers[*it] == group);
    let groups = (1..4).filter(|group| members(*group).next().is_some());
    let group = |group| Group {
        label: format!("Group {group} {}", "with a heading ".repeat(group)),
        nodes: members(group).collect(),
    };
    groups.map(group).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_box_overlaps_and_no_edge_runs_through_a_box(diagram in any_diagram(), turn in 0usize..4) {
        let options = Options { direction: Direction::ALL[turn], ..Options::default() };
        let drawing = lay_out(&diagram, &options);
        prop_assert_eq!(check(&diagram, &drawing), Ok(()));
    }

    #[test]
    fn the_same_diagram_is_drawn_the_same_way(diagram in any_diagram()) {
        let options = Options::default();
        prop_assert_eq!(lay_out(&diagram, &options), lay_out(&diagram, &options));
    }
}

#[test]
fn a_small_map_has_its_thesis_above_everything_and_no_crossing() {
    let diagram = bridge();
    let drawing = lay_out(&diagram, &Options::default());
    assert_eq!(check(&diagram, &drawing), Ok(()));
    let thesis = drawing.nodes[0].rect;
    assert!(
        drawing
            .nodes
            .iter()
            .skip(1)
            .all(|it| it.rect.y > thesis.bottom())
    );
    let routes: Vec<Vec<Point>> = drawing.edges.iter().map(|it| it.points.clone()).collect();
    assert_eq!(super::quality::crossings(&routes), 0);
}

#[test]
fn the_thesis_is_where_the_direction_says() {
    for direction in Direction::ALL {
        let drawing = lay_out(
            &bridge(),
            &Options {
                direction,
                ..Options::default()
            },
        );
        let thesis = drawing.nodes[0].rect.centre();
        let others = || drawing.nodes.iter().skip(1).map(|it| it.rect.centre());
        let first = match direction {
            Direction::Down => others().all(|it| it.y > thesis.y),
            Direction::Up => others().all(|it| it.y < thesis.y),
            Direction::Right => others().all(|it| it.x > thesis.x),
            Direction::Left => others().all(|it| it.x < thesis.x),
        };
        assert!(first, "{direction:?}");
    }
}

#[test]
fn pictures_are_not_wider_than_screens_take() {
    for (count, limit) in [(20, 2.0), (50, 2.0), (200, 3.0), (600, 4.0)] {
        for wide in [true, false] {
            let drawing = lay_out(&tree(count, 7, wide), &Options::default());
            let ratio = drawing.width / drawing.height;
            assert!(ratio <= limit && ratio > 0.4, "{count} boxes: {ratio}");
        }
    }
}

#[test]
fn a_page_upright_gives_a_picture_higher_than_wide() {
    let options = Options {
        fit: Fit::A4,
        ..Options::default()
    };
    let drawing = lay_out(&tree(60, 3, true), &options);
    assert!(
        drawing.height > drawing.width,
        "{} x {}",
        drawing.width,
        drawing.height
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    /// So a statement that is added at the end of a list changes no order, either.
    #[test]
    fn siblings_stand_in_document_order_where_nothing_is_shared(
        (parents, lengths) in (2usize..60).prop_flat_map(|count| (
            (1..count).map(|it| 0..it).collect::<Vec<_>>(),
            prop::collection::vec(1usize..140, count),
        )),
    ) {
        let words = "some words of a statement ".repeat(6);
        let statement = |(at, length): (usize, &usize)| node(&at.to_string(), NodeKind::Claim, &words[..*length]);
        let reason = |(at, to): (usize, &usize)| edge(End::Node(at + 1), End::Node(*to), EdgeKind::Reason);
        let diagram = Diagram {
            nodes: lengths.iter().enumerate().map(statement).collect(),
            edges: parents.iter().enumerate().map(reason).collect(),
            ..Diagram::default()
        };
        let drawing = lay_out(&diagram, &Options::default());
        for (at, parent) in parents.iter().enumerate() {
            for other in (at + 1..parents.len()).filter(|it| parents[*it] == *parent) {
                let [one, other] = [at + 1, other + 1].map(|it| drawing.nodes[it].rect);
                prop_assert!(
                    other.x >= one.right() || other.y >= one.bottom(),
                    "{one:?} stands after {other:?}"
                );
            }
        }
    }
}

#[test]
fn theses_stand_in_document_order_whatever_they_share() {
    for seed in 0..40 {
        let mut diagram = tree(40, seed, false);
        // Three more theses, with links from what is under the others.
        for index in [1, 2, 3] {
            diagram.nodes[index].kind = NodeKind::Thesis;
            diagram.edges.retain(|it| it.from != End::Node(index));
            let other = edge(End::Node(30 + index), End::Node(index), EdgeKind::Reason);
            diagram.edges.push(other);
        }
        if seed % 2 == 1 {
            let numbers: Vec<usize> = (0..40).map(|it| it % 4).collect();
            diagram.groups = framed(&numbers);
        }
        let drawing = lay_out(&diagram, &Options::default());
        for pair in drawing.nodes[..4].windows(2) {
            let (one, other) = (pair[0].rect, pair[1].rect);
            let follows = other.x >= one.right() || other.y >= one.bottom();
            assert!(follows, "seed {seed}: {one:?} and then {other:?}");
        }
    }
}

#[test]
fn a_few_arrows_into_one_box_have_a_head_each_however_small_it_is() {
    let mut diagram = tree(30, 3, true);
    diagram.nodes[0] = node("s0", NodeKind::Thesis, "no");
    let premises = [5, 9, 13, 17, 21, 25].map(End::Node);
    let more = premises.map(|from| edge(from, End::Node(0), EdgeKind::Objection));
    diagram.edges.extend(more);
    for direction in Direction::ALL {
        let options = Options {
            direction,
            ..Options::default()
        };
        let drawing = lay_out(&diagram, &options);
        let edges = diagram.edges.iter().zip(&drawing.edges);
        let heads = edges.filter(|it| it.0.to == End::Node(0));
        let heads: Vec<Point> = heads.filter_map(|it| it.1.points.last().copied()).collect();
        assert!(heads.len() >= 9);
        for (index, one) in heads.iter().enumerate() {
            for other in &heads[..index] {
                let apart = (one.x - other.x).abs() + (one.y - other.y).abs();
                assert!(apart > 9.0, "{direction:?}: {one:?} and {other:?}");
            }
        }
    }
}

#[test]
fn a_star_a_chain_and_many_parts_are_laid_out() {
    let reason = |from, to| edge(End::Node(from), End::Node(to), EdgeKind::Reason);
    let nodes = || {
        (0..300)
            .map(|it| node(&it.to_string(), NodeKind::Claim, "claim"))
            .collect::<Vec<_>>()
    };
    let star: Vec<_> = (1..300).map(|it| reason(it, 0)).collect();
    let chain: Vec<_> = (1..300).map(|it| reason(it, it - 1)).collect();
    let ring: Vec<_> = (0..300).map(|it| reason(it, (it + 1) % 300)).collect();
    for edges in [star, chain, ring, Vec::new()] {
        let diagram = Diagram {
            nodes: nodes(),
            edges,
            ..Diagram::default()
        };
        assert_eq!(
            check(&diagram, &lay_out(&diagram, &Options::default())),
            Ok(())
        );
    }
}

#[test]
fn one_huge_box_among_loops_and_parallel_edges_is_laid_out() {
    let reason = |from, to| edge(End::Node(from), End::Node(to), EdgeKind::Reason);
    let mut diagram = tree(12, 3, true);
    diagram.nodes[4].text = "32 000 characters. ".repeat(1700);
    // A loop, two edges between the same ends, a circle, and a part that hangs on nothing else.
    let more = [(2, 2), (5, 1), (5, 1), (1, 5), (7, 7)];
    diagram
        .edges
        .extend(more.map(|(from, to)| reason(from, to)));
    diagram.nodes.push(node("alone", NodeKind::Claim, "alone"));
    for direction in Direction::ALL {
        let options = Options {
            direction,
            ..Options::default()
        };
        assert_eq!(check(&diagram, &lay_out(&diagram, &options)), Ok(()));
    }
}

#[test]
fn edges_that_lead_nowhere_get_no_route() {
    let mut diagram = bridge();
    diagram
        .edges
        .push(edge(End::Node(99), End::Junction(9), EdgeKind::Reason));
    let drawing = lay_out(&diagram, &Options::default());
    assert!(drawing.edges.last().is_some_and(|it| it.points.is_empty()));
}

#[test]
fn the_legend_lists_only_what_occurs() {
    let words = |diagram: &Diagram| {
        let drawing = lay_out(diagram, &Options::default());
        drawing
            .legend
            .iter()
            .map(|it| it.meaning.words())
            .collect::<Vec<_>>()
    };
    assert_eq!(words(&tree(2, 1, true)).first(), Some(&"thesis"));
    assert!(!words(&tree(2, 1, true)).contains(&"undercut"));
    assert!(words(&bridge()).contains(&"linked premises"));
}
