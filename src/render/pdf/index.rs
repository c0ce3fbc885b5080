//! The pages before a picture that is spread over several: the whole in small with its grid, and for each thesis on
//! which page each statement is.

use std::fmt::Write as _;

use super::tiles::{MARGIN, OVERLAP, Tile, Tiles};
use super::{Book, POINTS, Picture, Placing, cut, ink, jump, page_of};
use crate::layout::Rect;
use crate::layout::text::{Weight, wrap};
use crate::render::RenderError;
use crate::render::escape::xml;
use crate::view::diagram::{EdgeKind, End, NodeKind};

/// Sizes of text in points.
const TITLE: f64 = 15.0;
const HEADING: f64 = 10.0;
const ROW: f64 = 8.5;
/// From baseline to baseline.
const LEADING: f64 = 1.4;
/// How much of a page the small picture takes at most.
const OVERVIEW: f64 = 0.4;
/// Room for the name and number of a page, in points.
const PLACE: f64 = 90.0;

/// A line of the index.
enum Line {
    Title(String),
    Question(String),
    Heading(String),
    Statement(usize),
}

impl Line {
    fn size(&self) -> f64 {
        match self {
            Self::Title(_) => TITLE,
            Self::Question(_) | Self::Heading(_) => HEADING,
            Self::Statement(_) => ROW,
        }
    }
}

/// The index, spread over pages.
pub(super) struct Index {
    /// The lines of each page with their baselines.
    pages: Vec<Vec<(Line, f64)>>,
    /// Where the small picture lies, on the first page.
    overview: Placing,
}

impl Index {
    /// Lays the index out. Linear.
    pub(super) fn new(picture: &Picture<'_>, tiles: &Tiles) -> Self {
        let room = (tiles.size.0 - 2.0 * MARGIN, tiles.size.1 - 2.0 * MARGIN);
        let (width, height) = (picture.drawing.width, picture.drawing.height);
        let scale = (room.0 / width).min(room.1 * OVERVIEW / height);
        let mut pages = vec![Vec::new()];
        let mut y = MARGIN;
        for line in titles(picture, room.0) {
            y += line.size() * LEADING;
            pages[0].push((line, y));
        }
        y += HEADING;
        let overview = Placing {
            scale,
            x: MARGIN + (room.0 - width * scale) / 2.0,
            y,
        };
        y += height * scale;
        for line in lines(picture, room.0) {
            let is_heading = matches!(line, Line::Heading(_));
            // A heading never stands alone at the foot of a page.
            let needed = if is_heading { 4.0 * HEADING } else { 0.0 };
            y += line.size() * LEADING + if is_heading { HEADING } else { 0.0 };
            if y + needed > tiles.size.1 - MARGIN {
                pages.push(Vec::new());
                y = MARGIN + line.size() * LEADING;
            }
            let last = pages.len() - 1;
            pages[last].push((line, y));
        }
        Self { pages, overview }
    }

    pub(super) fn n_pages(&self) -> usize {
        self.pages.len()
    }

    pub(super) fn draw(
        &self,
        book: &mut Book,
        picture: &Picture<'_>,
        tiles: &Tiles,
    ) -> Result<(), RenderError> {
        for (number, lines) in self.pages.iter().enumerate() {
            let mut body = self.texts(lines, picture, tiles);
            let cells = if number == 0 {
                self.cells(tiles, picture)
            } else {
                Vec::new()
            };
            for (at, cell) in cells.iter().enumerate() {
                body.push_str(&grid(*cell, &tiles.pages[at].name()));
            }
            let sheet = super::sheet(tiles.size, &body)?;
            let items = ink::items(sheet.root());
            let mut page = book.document.start_page_with(page_of(tiles.size));
            let mut surface = page.surface();
            if number == 0 {
                surface.push_transform(&self.overview.transform());
                ink::Ink::sketch(&mut surface, &picture.items);
                surface.pop();
            }
            let all: Vec<usize> = (0..items.len()).collect();
            let said = book.ink.draw(&mut surface, &items, &all, |_| true);
            surface.finish();
            for (at, cell) in cells.into_iter().enumerate() {
                jump(
                    &mut page,
                    cell,
                    self.n_pages() + at,
                    &tiles.pages[at].name(),
                );
            }
            for (line, y) in lines {
                if let Line::Statement(node) = line {
                    let home = tiles.homes[*node];
                    let row = Rect {
                        x: MARGIN,
                        y: y - ROW,
                        width: tiles.size.0 - 2.0 * MARGIN,
                        height: ROW * LEADING,
                    };
                    jump(
                        &mut page,
                        row,
                        self.n_pages() + home,
                        &tiles.pages[home].name(),
                    );
                }
            }
            page.finish();
            book.say(said);
        }
        Ok(())
    }

    fn texts(&self, lines: &[(Line, f64)], picture: &Picture<'_>, tiles: &Tiles) -> String {
        let mut body = String::new();
        let right = tiles.size.0 - MARGIN;
        for (line, y) in lines {
            let size = line.size();
            let weight = match line {
                Line::Title(_) | Line::Heading(_) => " font-weight=\"bold\"",
                Line::Question(_) | Line::Statement(_) => "",
            };
            let text = match line {
                Line::Title(text) | Line::Question(text) | Line::Heading(text) => text.clone(),
                Line::Statement(node) => {
                    let node = &picture.diagram.nodes[*node];
                    let text = match node.label.as_deref().filter(|it| !it.trim().is_empty()) {
                        Some(label) => format!("{label}: {}", node.text),
                        None => node.text.clone(),
                    };
                    cut(&text, right - MARGIN - PLACE, Weight::Regular, size)
                }
            };
            let _ = write!(
                body,
                "<text x=\"{MARGIN}\" y=\"{y}\" font-size=\"{size}\"{weight}>{}</text>",
                xml(&text)
            );
            if let Line::Statement(node) = line {
                let home = tiles.homes[*node];
                let _ = write!(
                    body,
                    "<text x=\"{right}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"end\">{}, page {}</text>",
                    tiles.pages[home].name(),
                    self.n_pages() + home + 1
                );
            }
        }
        body
    }

    /// What each page shows, on the small picture; of what two pages show each gets half.
    fn cells(&self, tiles: &Tiles, picture: &Picture<'_>) -> Vec<Rect> {
        let half = OVERLAP / POINTS / 2.0;
        let cell = |tile: &Tile| {
            let window = tile.window;
            let start = |at: f64| if at > 0.0 { at + half } else { at };
            let (x, y) = (start(window.x), start(window.y));
            self.overview.rect(Rect {
                x,
                y,
                width: (window.right() - half).min(picture.drawing.width) - x,
                height: (window.bottom() - half).min(picture.drawing.height) - y,
            })
        };
        tiles.pages.iter().map(cell).collect()
    }
}

/// A cell of the grid with its name, on the small picture.
fn grid(cell: Rect, name: &str) -> String {
    let size = (cell.height * 0.3).clamp(4.0, 11.0);
    let middle = cell.centre();
    format!(
        "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"none\" stroke=\"#4a525c\" stroke-width=\"0.5\"/>\
         <text x=\"{}\" y=\"{}\" font-size=\"{size}\" font-weight=\"bold\" text-anchor=\"middle\">{name}</text>",
        cell.x,
        cell.y,
        cell.width,
        cell.height,
        middle.x,
        middle.y + size * 0.35
    )
}

fn titles(picture: &Picture<'_>, room: f64) -> Vec<Line> {
    let title = wrap(&picture.diagram.title, room, Weight::Bold, TITLE);
    let mut lines: Vec<Line> = title.into_iter().map(Line::Title).collect();
    if let Some(question) = &picture.diagram.question {
        let question = wrap(question, room, Weight::Regular, HEADING);
        lines.extend(question.into_iter().map(Line::Question));
    }
    lines.retain(
        |line| !matches!(line, Line::Title(text) | Line::Question(text) if text.is_empty()),
    );
    lines
}

/// For each thesis its words and what is under it; what is under several is with the first.
fn lines(picture: &Picture<'_>, room: f64) -> Vec<Line> {
    let diagram = picture.diagram;
    let all: Vec<usize> = (0..diagram.nodes.len())
        .filter(|at| diagram.nodes[*at].kind == NodeKind::Thesis)
        .collect();
    let under = under(picture, &all);
    let mut of_thesis: Vec<Vec<usize>> = vec![Vec::new(); all.len() + 1];
    for (node, leader) in under.iter().enumerate() {
        of_thesis[leader.unwrap_or(all.len())].push(node);
    }
    let mut lines = Vec::new();
    for (at, nodes) in of_thesis.into_iter().enumerate() {
        let heading = match all.get(at) {
            Some(thesis) => diagram.nodes[*thesis].text.as_str(),
            None if nodes.is_empty() => continue,
            None => "Under no thesis",
        };
        lines.push(Line::Heading(cut(heading, room, Weight::Bold, HEADING)));
        lines.extend(nodes.into_iter().map(Line::Statement));
    }
    lines
}

/// For each statement the first thesis that it leads to, as an index into the theses. Linear.
fn under(picture: &Picture<'_>, theses: &[usize]) -> Vec<Option<usize>> {
    let diagram = picture.diagram;
    let n_nodes = diagram.nodes.len();
    let place = |end: End| match end {
        End::Node(node) => node,
        End::Junction(junction) => n_nodes + junction,
    };
    let mut from: Vec<Vec<usize>> = vec![Vec::new(); n_nodes + diagram.junctions.len()];
    for edge in &diagram.edges {
        let leads_on = !matches!(edge.kind, EdgeKind::Contradiction | EdgeKind::Restatement);
        if let (true, Some(list)) = (leads_on, from.get_mut(place(edge.to))) {
            list.push(place(edge.from));
        }
    }
    let mut under = vec![None; from.len()];
    for (at, thesis) in theses.iter().enumerate() {
        let mut open = vec![*thesis];
        while let Some(next) = open.pop() {
            if under.get(next) == Some(&None) {
                under[next] = Some(at);
                open.extend(&from[next]);
            }
        }
    }
    under.truncate(n_nodes);
    under
}
