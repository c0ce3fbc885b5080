//! The diagram of a page: the picture, what moves it, and what the script must know of it.

use std::fmt::Write as _;

use super::document::inert_json;
use super::links::Links;
use super::{MANY, Page};
use crate::layout::{Rect, lay_out};
use crate::render::{Style, svg};
use crate::view::diagram::{Diagram, EdgeKind, End, NodeKind};

/// A diagram that has been drawn.
#[derive(Clone, Debug)]
pub struct Picture {
    svg: String,
    boxes: Vec<PlacedBox>,
    points: Vec<(String, f64, f64)>,
    edges: Vec<(usize, usize, bool)>,
    is_lying: bool,
}

#[derive(Clone, Debug)]
struct PlacedBox {
    element_id: String,
    statement_id: String,
    is_thesis: bool,
    rect: Rect,
}

impl Picture {
    /// Draws a diagram; it takes the time of [`lay_out`].
    pub fn of(diagram: &Diagram, style: &Style) -> Self {
        let drawing = lay_out(diagram, &style.layout);
        let ids = svg::ElementIds::of(diagram);
        let boxes = diagram.nodes.iter().zip(ids.nodes).zip(&drawing.nodes);
        let points = ids.junctions.into_iter().zip(&drawing.junctions);
        let vertex = |end: End| match end {
            End::Node(at) => at,
            End::Junction(at) => diagram.nodes.len() + at,
        };
        let is_step = |kind| !matches!(kind, EdgeKind::Contradiction | EdgeKind::Restatement);
        let edges = diagram.edges.iter();
        Self {
            svg: svg::svg(diagram, &drawing, &style.theme, ""),
            boxes: boxes
                .map(|((node, element_id), placed)| PlacedBox {
                    element_id,
                    statement_id: node.id.clone(),
                    is_thesis: node.kind == NodeKind::Thesis,
                    rect: placed.rect,
                })
                .collect(),
            points: points
                .map(|(id, at)| (id, tenth(at.x), tenth(at.y)))
                .collect(),
            edges: edges
                .map(|edge| (vertex(edge.from), vertex(edge.to), is_step(edge.kind)))
                .collect(),
            is_lying: drawing.width > drawing.height,
        }
    }

    /// The picture as an SVG file.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The style sheets in it: texts are escaped, so that no other `<style>` can be there.
    pub(super) fn styles(&self) -> impl Iterator<Item = &str> {
        let starts = self.svg.split("<style>").skip(1);
        starts.map(|rest| rest.split("</style>").next().unwrap_or_default())
    }

    /// What the script must know, as JSON.
    fn data(&self, links: &Links<'_>) -> String {
        let boxes = self.boxes.iter().map(|it| {
            let Rect {
                x,
                y,
                width,
                height,
            } = it.rect;
            let card = links.card_of(&it.statement_id).unwrap_or_default();
            let [x, y, width, height] = [x, y, width, height].map(tenth);
            (it.element_id.as_str(), card, x, y, width, height)
        });
        let theses = self.boxes.iter().enumerate();
        let renamed = theses
            .clone()
            .filter(|(_, it)| it.statement_id != it.element_id);
        let data = Data {
            boxes: boxes.collect(),
            renamed: renamed
                .map(|(at, it)| (at, it.statement_id.as_str()))
                .collect(),
            points: &self.points,
            edges: &self.edges,
            theses: theses
                .filter(|(_, it)| it.is_thesis)
                .map(|(at, _)| at)
                .collect(),
        };
        serde_json::to_string(&data).expect("texts and numbers are JSON")
    }
}

/// What the script must know of a picture: vertices are the boxes, and behind them the points.
#[derive(serde::Serialize)]
struct Data<'p> {
    /// Element id, id of the card, left, top, width, height.
    boxes: Vec<(&'p str, &'p str, f64, f64, f64, f64)>,
    /// The boxes whose statement's id is not the element's.
    renamed: Vec<(usize, &'p str)>,
    /// Element id and place.
    points: &'p [(String, f64, f64)],
    /// From and to which vertex, and whether that is a step.
    edges: &'p [(usize, usize, bool)],
    theses: Vec<usize>,
}

fn tenth(length: f64) -> f64 {
    (length * 10.0).round() / 10.0
}

/// Writes the diagram. Without the script only the picture is shown.
pub(super) fn figure(out: &mut String, page: &Page<'_>, links: &Links<'_>, class: &str) {
    let lying = if page.picture.is_lying { " lying" } else { "" };
    let many = if page.picture.boxes.len() > MANY {
        " many"
    } else {
        ""
    };
    let svg = page.picture.svg();
    // HTML takes no XML declaration.
    let svg = svg.find("<svg").map_or(svg, |start| &svg[start..]);
    let _ = write!(
        out,
        "<section class=\"{class}{lying}{many}\" aria-label=\"Diagram\">\n{BAR}\
         <div class=\"stage\" tabindex=\"0\" role=\"region\" aria-label=\"The diagram; arrow keys move it\">\n{svg}</div>\n{PANEL}\
         {}</section>\n<script type=\"application/json\" class=\"map-data\">{}</script>\n",
        keys(class),
        inert_json(&page.picture.data(links))
    );
}

const BAR: &str = "\
<div class=\"bar\" role=\"toolbar\" aria-label=\"Diagram\">
<div role=\"search\"><input type=\"search\" name=\"search\" placeholder=\"Search\" aria-label=\"Search the statements\" title=\"Search (/)\" autocomplete=\"off\" spellcheck=\"false\">
<button type=\"button\" data-do=\"previous\" aria-label=\"Previous find\" title=\"Previous (Shift+Enter)\">↑</button>
<button type=\"button\" data-do=\"next\" aria-label=\"Next find\" title=\"Next (Enter)\">↓</button>
<output class=\"count\"></output></div>
<div><button type=\"button\" data-do=\"zoom-out\" aria-label=\"Zoom out\" title=\"Zoom out (−)\">−</button>
<button type=\"button\" data-do=\"zoom-in\" aria-label=\"Zoom in\" title=\"Zoom in (+)\">+</button>
<button type=\"button\" data-do=\"whole\" title=\"Show the whole diagram (0)\">Whole</button></div>
<div class=\"wide\"><button type=\"button\" data-do=\"fold\" title=\"Hide what is below the first reasons\">Fold</button>
<button type=\"button\" data-do=\"unfold\" title=\"Show everything again\">Unfold</button></div>
<div class=\"wide\"><button type=\"button\" data-do=\"enlarge\" aria-pressed=\"false\" title=\"Fill the window (Esc to leave)\">Enlarge</button></div>
</div>
";

const PANEL: &str = "\
<aside class=\"panel\" tabindex=\"-1\" aria-label=\"Statement\" hidden>
<button type=\"button\" class=\"close\" data-do=\"close\" aria-label=\"Close\" title=\"Close (Esc)\">×</button>
<div class=\"content\"></div>
</aside>
";

/// What keys and the wheel do: in a page with other text the wheel alone moves the page, as the script has it.
fn keys(class: &str) -> String {
    let fills_window = class.split(' ').any(|it| it == "whole-window");
    let wheel = if fills_window {
        "the wheel"
    } else {
        "Ctrl and the wheel"
    };
    format!(
        "<p class=\"keys\">Click a box to read its card, its − to fold what is under it. Drag to move; {wheel}, or + − 0, to zoom. \
         / searches, arrows go from box to box, Enter opens a card, c folds, Esc closes.</p>\n\
         <p class=\"status\" role=\"status\"></p>\n"
    )
}
