//! A page of a picture that is spread over several: its part of the picture, the marks to cut and glue by, and what
//! its neighbours are.

use std::fmt::Write as _;

use krilla::geom::PathBuilder;
use krilla::paint::FillRule;

use super::tiles::{MARGIN, OVERLAP, Tiles, row_name};
use super::{Book, Picture, area, link, page_of};
use crate::layout::Rect;
use crate::layout::text::Weight;
use crate::render::RenderError;
use crate::render::escape::xml;

/// The size of the small print in the margin, in points.
const SMALL: f64 = 7.0;
/// How long the marks are, in points.
const MARK: f64 = 12.0;
const GREY: &str = "#4a525c";

/// Draws a page; so many come before the first of them.
pub(super) fn draw(
    book: &mut Book,
    picture: &Picture<'_>,
    tiles: &Tiles,
    at: usize,
    n_before: usize,
) -> Result<(), RenderError> {
    let tile = &tiles.pages[at];
    let window = tile.placing.rect(tile.window);
    let neighbours = tiles.neighbours(at);
    let names = neighbours.map(|it| it.map(|it| (tiles.pages[it].name(), it + n_before)));
    let signs = signs(tiles.size, window, &names);
    let mut body = marks(window, neighbours.map(|it| it.is_some()));
    for sign in signs.iter().flatten() {
        body.push_str(&sign.svg);
    }
    body.push_str(&feet(picture, tiles, at, n_before));
    let margin = super::sheet(tiles.size, &body)?;

    let mut page = book.document.start_page_with(page_of(tiles.size));
    let mut surface = page.surface();
    let mut clip = PathBuilder::new();
    clip.push_rect(area(window).expect("a window has a size above nothing"));
    let clip = clip.finish().expect("a rectangle is a path");
    surface.push_clip_path(&clip, &FillRule::NonZero);
    surface.push_transform(&tile.placing.transform());
    let is_said = |item: usize| tiles.said_on[item] == at;
    let said = book
        .ink
        .draw(&mut surface, &picture.items, &tile.items, is_said);
    surface.pop();
    surface.pop();
    let items = super::ink::items(margin.root());
    let all: Vec<usize> = (0..items.len()).collect();
    book.ink.draw(&mut surface, &items, &all, |_| false);
    surface.finish();
    for node in 0..picture.diagram.nodes.len() {
        if tiles.is_on(picture.drawing.nodes[node].rect, at) {
            link(&mut page, picture, node, tile.placing, Some(window));
        }
    }
    for sign in signs.into_iter().flatten() {
        super::jump(&mut page, sign.place, sign.page, &sign.name);
    }
    page.finish();
    book.say(said);
    Ok(())
}

/// The name of a neighbour, in the margin on its side.
struct Sign {
    svg: String,
    place: Rect,
    page: usize,
    name: String,
}

fn signs(
    size: (f64, f64),
    window: Rect,
    names: &[Option<(String, usize)>; 4],
) -> [Option<Sign>; 4] {
    let middle = window.centre();
    let places = [
        ("\u{2191}", middle.x, MARGIN * 0.6),
        ("\u{2193}", middle.x, size.1 - MARGIN * 0.4),
        ("\u{2190}", MARGIN * 0.5, middle.y),
        ("\u{2192}", size.0 - MARGIN * 0.5, middle.y),
    ];
    let mut signs = [None, None, None, None];
    for (at, ((arrow, x, y), name)) in places.into_iter().zip(names).enumerate() {
        let Some((name, page)) = name else { continue };
        let svg = format!(
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"middle\" font-size=\"{SMALL}\" font-weight=\"bold\" \
             fill=\"{GREY}\">{arrow} {name}</text>"
        );
        signs[at] = Some(Sign {
            svg,
            place: Rect {
                x: x - MARGIN * 0.5,
                y: y - SMALL - 2.0,
                width: MARGIN,
                height: SMALL + 6.0,
            },
            page: *page,
            name: name.clone(),
        });
    }
    signs
}

/// Lines in the margin: at the corners of what the page shows, and where the part begins that a neighbour shows, too.
fn marks(window: Rect, neighbours: [bool; 4]) -> String {
    let mut path = String::new();
    let mut level = |x: f64, y: f64, length: f64| {
        let _ = write!(path, "M{x} {y}h{length}");
    };
    let [above, below, left, right] = neighbours;
    let mut ys = vec![window.y, window.bottom()];
    ys.extend(above.then_some(window.y + OVERLAP));
    ys.extend(below.then_some(window.bottom() - OVERLAP));
    for y in ys {
        level(window.x - 3.0, y, -MARK);
        level(window.right() + 3.0, y, MARK);
    }
    let mut xs = vec![window.x, window.right()];
    xs.extend(left.then_some(window.x + OVERLAP));
    xs.extend(right.then_some(window.right() - OVERLAP));
    for x in xs {
        let (top, bottom) = (window.y - 3.0, window.bottom() + 3.0);
        let _ = write!(path, "M{x} {top}v-{MARK}M{x} {bottom}v{MARK}");
    }
    format!("<path d=\"{path}\" fill=\"none\" stroke=\"{GREY}\" stroke-width=\"0.5\"/>")
}

/// What stands at the foot: the page's place in the grid, the map's title, the page's number.
fn feet(picture: &Picture<'_>, tiles: &Tiles, at: usize, n_before: usize) -> String {
    let tile = &tiles.pages[at];
    let y = tiles.size.1 - MARGIN * 0.15;
    let place = format!(
        "{}: row {}, column {}",
        tile.name(),
        row_name(tile.row),
        tile.column + 1
    );
    let room = (tiles.size.0 / 2.0 - MARGIN).max(40.0);
    let map = super::cut(&picture.diagram.title, room, Weight::Regular, SMALL);
    let number = format!(
        "page {} of {}",
        n_before + at + 1,
        n_before + tiles.pages.len()
    );
    let right = tiles.size.0 - MARGIN;
    format!(
        "<g font-size=\"{SMALL}\" fill=\"{GREY}\">\
         <text x=\"{MARGIN}\" y=\"{y}\">{place} \u{b7} {}</text>\
         <text x=\"{right}\" y=\"{y}\" text-anchor=\"end\">{number}</text></g>",
        xml(&map)
    )
}
