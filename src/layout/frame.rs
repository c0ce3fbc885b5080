//! The finished drawing: turned as the reader wants it, with title and legend.

use std::collections::BTreeSet;

use super::boxes::{LINE_HEIGHT, TITLE_SIZE};
use super::engine::{Body, Picture};
use super::groups::Frame;
use super::text::{Weight, width, wrap_directed};
use super::{
    Direction, Drawing, LegendEntry, Line, Meaning, PlacedGroup, PlacedNode, Point, Rect, Route,
    TitleLine,
};
use crate::view::diagram::{Diagram, EdgeKind, End, Verdict};

/// Around everything, in CSS px.
const MARGIN: f64 = 24.0;
/// A title is not wrapped to less than this.
const LEAST_WIDTH: f64 = 420.0;
/// The size of the question and of the legend's words.
pub(crate) const SMALL_SIZE: f64 = 12.0;
/// The width of a sample in the legend.
pub(crate) const SAMPLE: f64 = 34.0;
/// The height of a legend's row.
const ROW: f64 = 24.0;
/// From the picture to title and legend.
const GAP: f64 = 22.0;

/// Builds the drawing around a picture.
pub(super) fn frame(body: &Body, picture: &Picture) -> Drawing {
    let block = picture.place.blocks[body.ground];
    let bounds = bounds(picture, block);
    let turn = Turn {
        direction: body.options.direction,
        bounds,
    };
    let (inner, height) = turn.extent();
    let (mut title, top, title_width) = title(&body.diagram, inner.max(LEAST_WIDTH));
    let meanings = if body.options.legend {
        meanings(&body.diagram)
    } else {
        Vec::new()
    };
    let (mut legend, legend_height, legend_width) = legend(&meanings, inner.max(LEAST_WIDTH));
    let whole = inner.max(title_width).max(legend_width);
    let corner = Point {
        x: MARGIN + (whole - inner) / 2.0,
        y: MARGIN + top,
    };
    let below = corner.y + height + if legend.is_empty() { 0.0 } else { GAP };
    for line in title.iter_mut().filter(|it| it.is_rtl) {
        line.at.x = MARGIN + whole;
    }
    for entry in &mut legend {
        entry.rect.x += MARGIN;
        entry.rect.y += below;
    }
    let put = |point: Point| {
        let it = turn.point(point);
        Point {
            x: it.x + corner.x,
            y: it.y + corner.y,
        }
    };
    Drawing {
        width: whole + 2.0 * MARGIN,
        height: below + legend_height + MARGIN,
        title,
        nodes: nodes(body, picture, &turn, corner),
        junctions: (body.n_nodes..body.first_group())
            .map(|it| put(picture.place.boxes[it].centre()))
            .collect(),
        plates: body.plates.clone(),
        edges: edges(body, picture, put),
        groups: groups(body, picture, &turn, corner),
        legend,
    }
}

/// The picture's extent with all edges.
fn bounds(picture: &Picture, block: Rect) -> Rect {
    let (mut low, mut high) = (
        Point {
            x: block.x,
            y: block.y,
        },
        Point {
            x: block.right(),
            y: block.bottom(),
        },
    );
    for point in picture.routes.iter().flatten() {
        low = Point {
            x: low.x.min(point.x),
            y: low.y.min(point.y),
        };
        high = Point {
            x: high.x.max(point.x),
            y: high.y.max(point.y),
        };
    }
    Rect {
        x: low.x,
        y: low.y,
        width: high.x - low.x,
        height: high.y - low.y,
    }
}

/// From branches that grow downwards to the direction wanted.
struct Turn {
    direction: Direction,
    bounds: Rect,
}

impl Turn {
    fn extent(&self) -> (f64, f64) {
        let Rect { width, height, .. } = self.bounds;
        if self.direction.is_sideways() {
            (height, width)
        } else {
            (width, height)
        }
    }

    fn point(&self, point: Point) -> Point {
        let (x, y) = (point.x - self.bounds.x, point.y - self.bounds.y);
        match self.direction {
            Direction::Down => Point { x, y },
            Direction::Up => Point {
                x,
                y: self.bounds.height - y,
            },
            Direction::Right => Point { x: y, y: x },
            Direction::Left => Point {
                x: self.bounds.height - y,
                y: x,
            },
        }
    }

    fn rect(&self, rect: Rect) -> Rect {
        let a = self.point(Point {
            x: rect.x,
            y: rect.y,
        });
        let b = self.point(Point {
            x: rect.right(),
            y: rect.bottom(),
        });
        Rect {
            x: a.x.min(b.x),
            y: a.y.min(b.y),
            width: (a.x - b.x).abs(),
            height: (a.y - b.y).abs(),
        }
    }
}

fn nodes(body: &Body, picture: &Picture, turn: &Turn, corner: Point) -> Vec<PlacedNode> {
    let node = |(index, sized): (usize, &super::boxes::Sized)| {
        let mut rect = turn.rect(picture.place.boxes[index]);
        (rect.x, rect.y) = (rect.x + corner.x, rect.y + corner.y);
        PlacedNode {
            rect,
            lines: sized.lines.iter().map(|it| shifted(it, rect)).collect(),
        }
    };
    body.boxes.iter().enumerate().map(node).collect()
}

fn groups(body: &Body, picture: &Picture, turn: &Turn, corner: Point) -> Vec<PlacedGroup> {
    let group = |(vertex, frame): (usize, &Frame)| {
        if frame.first.is_none() {
            return PlacedGroup {
                rect: Rect::default(),
                label: Vec::new(),
            };
        }
        let mut rect = turn.rect(picture.place.blocks[vertex]);
        (rect.x, rect.y) = (rect.x + corner.x, rect.y + corner.y);
        let mut heading = rect;
        let is_rtl = frame.lines.first().is_some_and(|it| it.is_rtl);
        if turn.direction == Direction::Left || (is_rtl && !turn.direction.is_sideways()) {
            heading.x = rect.right() - frame.width;
        }
        PlacedGroup {
            rect,
            label: frame.lines.iter().map(|it| shifted(it, heading)).collect(),
        }
    };
    let vertices = body.first_group()..;
    vertices.zip(&body.frames).map(group).collect()
}

/// A line from the corner of a box or a frame, in its place.
fn shifted(line: &Line, rect: Rect) -> Line {
    Line {
        at: Point {
            x: rect.x + line.at.x,
            y: rect.y + line.at.y,
        },
        ..line.clone()
    }
}

fn edges(body: &Body, picture: &Picture, put: impl Fn(Point) -> Point) -> Vec<Route> {
    let arrow = |kind| !matches!(kind, EdgeKind::Premise(_) | EdgeKind::Contradiction);
    let mut edges: Vec<Route> = body
        .diagram
        .edges
        .iter()
        .map(|it| Route {
            points: Vec::new(),
            arrow: arrow(it.kind),
        })
        .collect();
    for (wire, points) in picture.wires.iter().zip(&picture.routes) {
        edges[wire.edge].points = points.iter().map(|&it| put(it)).collect();
    }
    edges
}

/// The title's lines and the notes on what is not shown, how much room they take above the picture, and how wide they are.
fn title(diagram: &Diagram, room: f64) -> (Vec<TitleLine>, f64, f64) {
    let mut lines = Vec::new();
    let (mut y, mut widest) = (0.0, 0.0f64);
    let notes: Vec<String> = diagram.left_out.iter().map(ToString::to_string).collect();
    let small = diagram.question.iter().chain(&notes);
    let parts = [(&diagram.title, true)].into_iter();
    let parts = parts.chain(small.map(|text| (text, false)));
    for (text, main) in parts.filter(|(text, _)| !text.trim().is_empty()) {
        let (weight, size) = if main {
            (Weight::Bold, TITLE_SIZE)
        } else {
            (Weight::Regular, SMALL_SIZE + 1.0)
        };
        for line in wrap_directed(text, room, weight, size) {
            widest = widest.max(width(&line.text, weight, size));
            lines.push(TitleLine {
                text: line.text,
                is_rtl: line.is_rtl,
                at: Point {
                    x: MARGIN,
                    y: MARGIN + y + size,
                },
                main,
            });
            y += size * LINE_HEIGHT;
        }
        y += 2.0;
    }
    let room_taken = if lines.is_empty() { 0.0 } else { y + GAP - 6.0 };
    (lines, room_taken, widest)
}

/// What occurs in the diagram, in a fixed order.
fn meanings(diagram: &Diagram) -> Vec<Meaning> {
    let mut found: BTreeSet<Meaning> = BTreeSet::new();
    let mut premises = vec![0usize; diagram.junctions.len()];
    for node in &diagram.nodes {
        found.insert(Meaning::Kind(node.kind));
        found.extend(node.unsupported.then_some(Meaning::Unsupported));
        found.extend(node.notable_verdict().map(|verdict| match verdict {
            Verdict::Undecided => Meaning::Undecided,
            _ => Meaning::Rejected,
        }));
        found.extend(node.implicit.then_some(Meaning::Implicit));
    }
    for edge in &diagram.edges {
        match (edge.kind, edge.to) {
            (EdgeKind::Premise(_), End::Junction(junction)) => {
                if let Some(count) = premises.get_mut(junction) {
                    *count += 1;
                }
            }
            (EdgeKind::Premise(_), End::Node(_)) => {}
            (kind, _) => {
                found.insert(Meaning::Edge(kind));
            }
        }
    }
    if premises.iter().any(|it| *it > 1) {
        found.insert(Meaning::Linked);
    }
    found.into_iter().collect()
}

/// The legend's entries in rows from (0, 0), with the height and the width of all of them.
fn legend(meanings: &[Meaning], room: f64) -> (Vec<LegendEntry>, f64, f64) {
    let mut entries = Vec::with_capacity(meanings.len());
    let (mut x, mut y, mut widest) = (0.0, 0.0, 0.0f64);
    for &meaning in meanings {
        let wide = SAMPLE + 8.0 + width(meaning.words(), Weight::Regular, SMALL_SIZE).ceil();
        if x > 0.0 && x + wide > room {
            (x, y) = (0.0, y + ROW);
        }
        entries.push(LegendEntry {
            meaning,
            rect: Rect {
                x,
                y,
                width: wide,
                height: ROW - 6.0,
            },
        });
        widest = widest.max(x + wide);
        x += wide + 20.0;
    }
    let height = if entries.is_empty() {
        0.0
    } else {
        y + ROW - 6.0
    };
    (entries, height, widest)
}
