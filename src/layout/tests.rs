//! What must hold of every drawing.

use proptest::prelude::*;

use super::support::{bridge, edge, junction, node, tree};
use super::{Direction, Drawing, Fit, Options, Point, Rect, lay_out};
use crate::view::diagram::{Diagram, EdgeKind, End, NodeKind, Polarity};

/// Fails with a reason if boxes overlap or an edge runs through a box which is not its end, or anything is
/// outside the drawing.
fn check(diagram: &Diagram, drawing: &Drawing) -> Result<(), String> {
    let rects: Vec<Rect> = drawing.nodes.iter().map(|it| it.rect).collect();
    for (index, one) in rects.iter().enumerate() {
        if one.x < 0.0
            || one.y < 0.0
            || one.right() > drawing.width
            || one.bottom() > drawing.height
        {
            return Err(format!("box {index} is outside"));
        }
        for (other, rect) in rects.iter().enumerate().skip(index + 1) {
            let apart = one.right() <= rect.x
                || rect.right() <= one.x
                || one.bottom() <= rect.y
                || rect.bottom() <= one.y;
            if !apart {
                return Err(format!("boxes {index} and {other} overlap"));
            }
        }
        if drawing.title.iter().any(|it| it.at.y > one.y)
            || drawing.legend.iter().any(|it| it.rect.y < one.bottom())
        {
            return Err(format!("box {index} touches title or legend"));
        }
    }
    for (index, (edge, route)) in diagram.edges.iter().zip(&drawing.edges).enumerate() {
        if route.points.len() < 2 {
            return Err(format!("edge {index} has no route"));
        }
        for (number, rect) in rects.iter().enumerate() {
            let is_end = [edge.from, edge.to].contains(&End::Node(number));
            if !is_end
                && route
                    .points
                    .windows(2)
                    .any(|leg| enters(rect, leg[0], leg[1]))
            {
                return Err(format!("edge {index} runs through box {number}"));
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
        (edges, lengths).prop_map(move |(edges, lengths)| {
            let words = "some words of a statement ".repeat(6);
            let text = |(index, length): (usize, &usize)| {
                node(&format!("n{index}"), NodeKind::Claim, &words[..*length])
            };
            Diagram {
                title: "Any".into(),
                nodes: lengths.iter().enumerate().map(text).collect(),
                junctions: (0..junctions)
                    .map(|it| junction(&format!("j{it}"), Polarity::Pro))
                    .collect(),
                edges: edges.into_iter().map(|it| edge(it.0, it.1, it.2)).collect(),
                ..Diagram::default()
            }
        })
    })
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
