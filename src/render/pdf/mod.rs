//! Pages for printing and for reports: our SVG written by `krilla`, paths as paths and text as text.
//!
//! What the SVG shows the PDF shows, since it is drawn from it. Text can be selected and copied, boxes with a web
//! address are links, theses are bookmarks, and a screen reader finds the texts in their order. The file has no
//! date in it, so that the same map gives the same bytes.

mod index;
mod ink;
mod sheets;
mod tiles;

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::destination::XyzDestination;
use krilla::geom::{Point, Rect as Area, Transform};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::{Page, PageSettings};
use krilla::tagging::{Tag, TagGroup, TagTree};
use krilla::{Document, SerializeSettings};
use resvg::usvg;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Paper, RenderError};
use crate::layout::text::{Weight, inert, width};
use crate::layout::{Drawing, Rect};
use crate::view::address::is_safe;
use crate::view::diagram::{Diagram, NodeKind};
use ink::{Ink, Item};
use tiles::{Layout, Tiles};

/// Points of a page for each CSS px: 72 to the inch, and 96.
const POINTS: f64 = 0.75;
/// The longest side that readers of PDF take, in points.
const MAX_SIDE: f64 = 14_400.0;

/// A picture that is to become pages.
struct Picture<'p> {
    diagram: &'p Diagram,
    drawing: &'p Drawing,
    items: Vec<Item<'p>>,
}

/// Where a part of the picture comes to lie on a page: scaled, then moved.
#[derive(Clone, Copy, Debug)]
struct Placing {
    scale: f64,
    x: f64,
    y: f64,
}

impl Placing {
    fn transform(self) -> Transform {
        let scale = short(self.scale);
        Transform::from_row(scale, 0.0, 0.0, scale, short(self.x), short(self.y))
    }

    /// The place on the page of a rectangle of the picture.
    fn rect(self, rect: Rect) -> Rect {
        Rect {
            x: rect.x * self.scale + self.x,
            y: rect.y * self.scale + self.y,
            width: rect.width * self.scale,
            height: rect.height * self.scale,
        }
    }
}

/// Writes a drawing, whose SVG is given, on one page as large as it is, or on pages of a paper.
///
/// A picture beyond the largest page is made smaller. Linear in the picture, with several pages in what they show.
pub(super) fn pdf(
    diagram: &Diagram,
    drawing: &Drawing,
    svg: &str,
    paper: Option<Paper>,
) -> Result<Vec<u8>, RenderError> {
    let tree = usvg::Tree::from_str(svg, &super::fonts::options())
        .map_err(|why| RenderError::Raster(why.to_string()))?;
    let picture = Picture {
        diagram,
        drawing,
        items: ink::items(tree.root()),
    };
    let mut book = Book::new(diagram);
    match paper
        .map(|paper| tiles::lay_out(&picture, paper))
        .transpose()?
    {
        None => whole(&mut book, &picture),
        Some(Layout::OnePage(size, placing)) => one_page(&mut book, &picture, size, placing),
        Some(Layout::Tiles(tiles)) => tiled(&mut book, &picture, &tiles)?,
    }
    book.finish()
}

/// One page as large as the picture.
fn whole(book: &mut Book, picture: &Picture<'_>) {
    let (width, height) = (picture.drawing.width, picture.drawing.height);
    let scale = POINTS.min(MAX_SIDE / width.max(height).max(1.0));
    let placing = Placing {
        scale,
        x: 0.0,
        y: 0.0,
    };
    one_page(book, picture, (width * scale, height * scale), placing);
}

fn one_page(book: &mut Book, picture: &Picture<'_>, size: (f64, f64), placing: Placing) {
    let mut page = book.document.start_page_with(page_of(size));
    let mut surface = page.surface();
    surface.push_transform(&placing.transform());
    let all: Vec<usize> = (0..picture.items.len()).collect();
    let said = book.ink.draw(&mut surface, &picture.items, &all, |_| true);
    surface.pop();
    surface.finish();
    for at in 0..picture.diagram.nodes.len() {
        link(&mut page, picture, at, placing, None);
    }
    page.finish();
    book.say(said);
    for (at, node) in picture.diagram.nodes.iter().enumerate() {
        if node.kind == NodeKind::Thesis {
            let rect = placing.rect(picture.drawing.nodes[at].rect);
            book.bookmark(&node.text, 0, rect);
        }
    }
}

fn tiled(book: &mut Book, picture: &Picture<'_>, tiles: &Tiles) -> Result<(), RenderError> {
    let index = index::Index::new(picture, tiles);
    let n_before = index.n_pages();
    index.draw(book, picture, tiles)?;
    for at in 0..tiles.pages.len() {
        sheets::draw(book, picture, tiles, at, n_before)?;
    }
    for (at, node) in picture.diagram.nodes.iter().enumerate() {
        if node.kind == NodeKind::Thesis {
            let home = tiles.homes[at];
            let rect = tiles.pages[home]
                .placing
                .rect(picture.drawing.nodes[at].rect);
            book.bookmark(&node.text, n_before + home, rect);
        }
    }
    Ok(())
}

/// Links a box with its web address, as far as it lies inside the window.
fn link(
    page: &mut Page<'_>,
    picture: &Picture<'_>,
    at: usize,
    placing: Placing,
    window: Option<Rect>,
) {
    let node = &picture.diagram.nodes[at];
    let Some(address) = node.link.as_deref().filter(|it| is_safe(it)) else {
        return;
    };
    let mut rect = placing.rect(picture.drawing.nodes[at].rect);
    if let Some(window) = window {
        let (right, bottom) = (
            rect.right().min(window.right()),
            rect.bottom().min(window.bottom()),
        );
        rect.x = rect.x.max(window.x);
        rect.y = rect.y.max(window.y);
        (rect.width, rect.height) = (right - rect.x, bottom - rect.y);
    }
    let Some(area) = area(rect) else { return };
    let target = Target::Action(Action::Link(LinkAction::new(address.to_owned())));
    let link = LinkAnnotation::new(area, target);
    page.add_annotation(Annotation::new_link(link, Some(address.to_owned())));
}

/// Links a place on a page with another page.
fn jump(page: &mut Page<'_>, place: Rect, to: usize, name: &str) {
    let Some(area) = area(place) else { return };
    let top = XyzDestination::new(to, Point::from_xy(0.0, 0.0));
    let link = LinkAnnotation::new(area, Target::Destination(top.into()));
    page.add_annotation(Annotation::new_link(link, Some(format!("page {name}"))));
}

/// The small print of a page, written as SVG so that all text is set in one way.
fn sheet(size: (f64, f64), body: &str) -> Result<usvg::Tree, RenderError> {
    let (width, height) = size;
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         font-family=\"DejaVu Sans\">{body}</svg>"
    );
    usvg::Tree::from_str(&svg, &super::fonts::options())
        .map_err(|why| RenderError::Raster(why.to_string()))
}

/// The start of a text that fits a room on one line, with dots for the rest. O(characters).
fn cut(text: &str, room: f64, weight: Weight, size: f64) -> String {
    let text = inert(text).replace('\n', " ");
    if width(&text, weight, size) <= room {
        return text;
    }
    let room = room - width("…", weight, size);
    let mut used = 0.0;
    let mut start = String::new();
    for cluster in text.graphemes(true) {
        used += width(cluster, weight, size);
        if used > room {
            break;
        }
        start.push_str(cluster);
    }
    format!("{}…", start.trim_end())
}

/// A page of that size in points.
fn page_of((width, height): (f64, f64)) -> PageSettings {
    PageSettings::from_wh(short(width.max(1.0)), short(height.max(1.0)))
        .expect("a page has a size above nothing")
}

/// The same rectangle; nothing where it is empty.
fn area(rect: Rect) -> Option<Area> {
    let is_there = rect.width > 0.0 && rect.height > 0.0;
    let [x, y, width, height] = [rect.x, rect.y, rect.width, rect.height].map(short);
    is_there
        .then(|| Area::from_xywh(x, y, width, height))
        .flatten()
}

/// A length as PDF libraries have it.
#[allow(
    clippy::cast_possible_truncation,
    reason = "a page is 14 400 points at most, and a thousandth is enough"
)]
fn short(length: f64) -> f32 {
    length as f32
}

/// A document that grows.
struct Book {
    document: Document,
    ink: Ink,
    outline: Outline,
    tags: TagTree,
}

impl Book {
    fn new(diagram: &Diagram) -> Self {
        let mut document = Document::new_with(SerializeSettings {
            enable_tagging: true,
            ..SerializeSettings::default()
        });
        let title = inert(&diagram.title).replace('\n', " ");
        let metadata = Metadata::new()
            .creator(concat!("grounds ", env!("CARGO_PKG_VERSION")).to_owned())
            .title(if title.trim().is_empty() {
                "Argument map".to_owned()
            } else {
                title
            });
        let metadata = match &diagram.question {
            Some(question) => metadata.description(inert(question)),
            None => metadata,
        };
        document.set_metadata(match &diagram.language {
            Some(language) => metadata.language(language.clone()),
            None => metadata,
        });
        Self {
            document,
            ink: Ink::new(),
            outline: Outline::new(),
            tags: TagTree::new(),
        }
    }

    /// Takes texts into the order in which the document is read aloud.
    fn say(&mut self, said: Vec<krilla::tagging::Identifier>) {
        for text in said {
            let mut paragraph = TagGroup::new(Tag::P);
            paragraph.push(text);
            self.tags.push(paragraph);
        }
    }

    fn bookmark(&mut self, text: &str, page: usize, rect: Rect) {
        let at = Point::from_xy(short(rect.x), short((rect.y - 12.0).max(0.0)));
        let text = inert(text).replace('\n', " ");
        let node = OutlineNode::new(text, XyzDestination::new(page, at));
        self.outline.push_child(node);
    }

    fn finish(mut self) -> Result<Vec<u8>, RenderError> {
        self.document.set_outline(self.outline);
        self.document.set_tag_tree(self.tags);
        self.document
            .finish()
            .map_err(|why| RenderError::Raster(format!("{why:?}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::bridge;
    use crate::layout::{Options, lay_out};
    use crate::render::{Format, Style, render};

    fn drawn(diagram: &Diagram, paper: Option<Paper>) -> Vec<u8> {
        let style = Style {
            paper,
            ..Style::default()
        };
        render(diagram, Format::Pdf, &style).unwrap()
    }

    fn has(pdf: &[u8], words: &str) -> bool {
        pdf.windows(words.len())
            .any(|part| part == words.as_bytes())
    }

    #[test]
    fn a_picture_beyond_the_largest_page_is_made_smaller() {
        let diagram = bridge();
        let mut drawing = lay_out(&diagram, &Options::default());
        (drawing.width, drawing.height) = (60_000.0, 300.0);
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'></svg>";
        let pdf = pdf(&diagram, &drawing, svg, None).unwrap();
        assert!(has(&pdf, "/MediaBox [0 0 14400 72]"));
    }

    #[test]
    fn the_properties_name_the_language_where_it_is_known() {
        let mut diagram = bridge();
        assert!(!has(&drawn(&diagram, None), "/Lang"));
        diagram.language = Some("pt-BR".to_owned());
        for paper in [None, Some(Paper::A4)] {
            assert!(has(&drawn(&diagram, paper), "/Lang (pt-BR)"));
        }
    }

    #[test]
    fn only_addresses_that_are_safe_are_linked() {
        let mut diagram = bridge();
        let addresses = [
            "https://example.org/a?b=(c)",
            "javascript:alert(1)",
            "file:///etc/passwd",
        ];
        for (node, address) in diagram.nodes.iter_mut().zip(addresses) {
            node.link = Some(address.to_owned());
        }
        for paper in [None, Some(Paper::A4)] {
            let pdf = drawn(&diagram, paper);
            assert!(has(&pdf, "https://example.org/a?b="));
            assert!(!has(&pdf, "javascript:") && !has(&pdf, "file:///"));
        }
    }

    #[test]
    fn a_text_that_is_cut_fits() {
        let text = "漢字 and a great many words\nin two lines ".repeat(9);
        let short = cut(&text, 100.0, Weight::Regular, 8.0);
        assert!(width(&short, Weight::Regular, 8.0) <= 100.0 && short.ends_with('…'));
        assert_eq!(cut("short", 100.0, Weight::Regular, 8.0), "short");
    }
}
