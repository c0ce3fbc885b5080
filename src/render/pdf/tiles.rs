//! How a picture is spread over pages.

use super::super::{MAX_PAGES, Paper, RenderError};
use super::{POINTS, Picture, Placing};
use crate::layout::Rect;

/// The white around what is drawn on a page, in points; the marks and names of neighbours stand in it.
pub(super) const MARGIN: f64 = 36.0;
/// What neighbouring pages both show, in points.
pub(super) const OVERLAP: f64 = 36.0;
/// A picture is made that much smaller at most, if it then fits one page.
const SMALLEST: f64 = 0.7;

/// What becomes of a picture on paper.
pub(super) enum Layout {
    /// It fits one page of that size in points.
    OnePage((f64, f64), Placing),
    /// It needs several.
    Tiles(Tiles),
}

/// A picture cut into pages.
pub(super) struct Tiles {
    /// The size of a page in points.
    pub(super) size: (f64, f64),
    /// The pages with something on them, row by row.
    pub(super) pages: Vec<Tile>,
    /// For each statement the page on which to look for it: the first that shows all of it, else the first that
    /// shows some.
    pub(super) homes: Vec<usize>,
    /// For each item of the picture the page on which it is read aloud.
    pub(super) said_on: Vec<usize>,
    /// For each place in the grid, row by row, which page it is.
    grid: Vec<Option<usize>>,
    n_columns: usize,
    n_rows: usize,
}

/// A page.
pub(super) struct Tile {
    pub(super) row: usize,
    pub(super) column: usize,
    /// What of the picture it shows, in CSS px.
    pub(super) window: Rect,
    /// Where that lies on the page.
    pub(super) placing: Placing,
    /// The items that it shows, in the order of drawing.
    pub(super) items: Vec<usize>,
}

impl Tile {
    /// Its name, such as `B3`: the row's letters and the column's number.
    pub(super) fn name(&self) -> String {
        format!("{}{}", row_name(self.row), self.column + 1)
    }
}

/// A, B, …, Z, AA, AB, …
pub(super) fn row_name(row: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = row + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

impl Tiles {
    /// Whether a page shows some of a rectangle.
    pub(super) fn is_on(&self, rect: Rect, at: usize) -> bool {
        let window = self.pages[at].window;
        rect.x < window.right()
            && window.x < rect.right()
            && rect.y < window.bottom()
            && window.y < rect.bottom()
    }

    /// The page above, below, to the left and to the right of one, where there is one.
    pub(super) fn neighbours(&self, at: usize) -> [Option<usize>; 4] {
        let (row, column) = (self.pages[at].row, self.pages[at].column);
        let place = |row: Option<usize>, column: Option<usize>| {
            let (row, column) = (row?, column?);
            let inside = row < self.n_rows && column < self.n_columns;
            inside.then(|| self.grid[row * self.n_columns + column])?
        };
        [
            place(row.checked_sub(1), Some(column)),
            place(Some(row + 1), Some(column)),
            place(Some(row), column.checked_sub(1)),
            place(Some(row), Some(column + 1)),
        ]
    }
}

/// Spreads a picture over pages. Linear in what the pages show.
pub(super) fn lay_out(picture: &Picture<'_>, paper: Paper) -> Result<Layout, RenderError> {
    let size = paper.size();
    let (width, height) = (
        picture.drawing.width * POINTS,
        picture.drawing.height * POINTS,
    );
    let room = (size.0 - 2.0 * MARGIN, size.1 - 2.0 * MARGIN);
    let shrink = (room.0 / width.max(1.0))
        .min(room.1 / height.max(1.0))
        .min(1.0);
    if shrink >= SMALLEST {
        let placing = Placing {
            scale: POINTS * shrink,
            x: (size.0 - width * shrink) / 2.0,
            y: MARGIN,
        };
        return Ok(Layout::OnePage(size, placing));
    }
    let grid = Grid::new(picture, room);
    let shown = grid.shown(picture);
    let n_pages = shown.iter().filter(|items| !items.is_empty()).count();
    if n_pages > MAX_PAGES {
        return Err(RenderError::TooManyPages(n_pages));
    }
    Ok(Layout::Tiles(grid.tiles(picture, size, shown)))
}

/// Windows of one size that overlap, in CSS px.
struct Grid {
    window: (f64, f64),
    step: (f64, f64),
    n_columns: usize,
    n_rows: usize,
}

impl Grid {
    fn new(picture: &Picture<'_>, room: (f64, f64)) -> Self {
        let window = (room.0 / POINTS, room.1 / POINTS);
        let overlap = OVERLAP / POINTS;
        let step = (window.0 - overlap, window.1 - overlap);
        Self {
            window,
            step,
            n_columns: count((picture.drawing.width - overlap) / step.0),
            n_rows: count((picture.drawing.height - overlap) / step.1),
        }
    }

    /// For each place in the grid the items that it shows. What covers the whole picture alone is no reason for a
    /// page.
    fn shown(&self, picture: &Picture<'_>) -> Vec<Vec<usize>> {
        let mut shown: Vec<Vec<usize>> = vec![Vec::new(); self.n_rows * self.n_columns];
        for (at, item) in picture.items.iter().enumerate() {
            if is_ground(item.bounds(), picture) {
                continue;
            }
            let places = item.parts().into_iter().flat_map(|part| self.places(part));
            for place in places {
                if shown[place].last() != Some(&at) {
                    shown[place].push(at);
                }
            }
        }
        shown
    }

    /// The places in the grid that show some of a rectangle, row by row.
    fn places(&self, rect: Rect) -> impl Iterator<Item = usize> {
        let rows = Self::hit(rect.y, rect.height, self.step.1, self.window.1, self.n_rows);
        let columns = Self::hit(
            rect.x,
            rect.width,
            self.step.0,
            self.window.0,
            self.n_columns,
        );
        let n_columns = self.n_columns;
        rows.flat_map(move |row| columns.clone().map(move |column| row * n_columns + column))
    }

    /// The windows along one axis that a stretch touches.
    fn hit(start: f64, length: f64, step: f64, window: f64, n: usize) -> std::ops::Range<usize> {
        let first = if start < window {
            0
        } else {
            whole((start - window) / step) + 1
        };
        let end = whole(((start + length) / step).ceil());
        first.min(n)..end.min(n)
    }

    fn tiles(&self, picture: &Picture<'_>, size: (f64, f64), shown: Vec<Vec<usize>>) -> Tiles {
        let grounds =
            (0..picture.items.len()).filter(|at| is_ground(picture.items[*at].bounds(), picture));
        let grounds: Vec<usize> = grounds.collect();
        let mut grid = vec![None; shown.len()];
        let mut tiles = Vec::new();
        let mut said_on = vec![usize::MAX; picture.items.len()];
        for (place, items) in shown.into_iter().enumerate() {
            if items.is_empty() {
                continue;
            }
            grid[place] = Some(tiles.len());
            let (row, column) = (place / self.n_columns, place % self.n_columns);
            let window = self.window(row, column);
            for at in &items {
                let is_whole = is_inside(picture.items[*at].bounds(), window);
                if is_whole && said_on[*at] == usize::MAX {
                    said_on[*at] = tiles.len();
                }
            }
            tiles.push(Tile {
                row,
                column,
                window,
                placing: Placing {
                    scale: POINTS,
                    x: MARGIN - window.x * POINTS,
                    y: MARGIN - window.y * POINTS,
                },
                items: [&grounds[..], &items[..]].concat(),
            });
        }
        for (at, tile) in tiles.iter().enumerate() {
            for item in &tile.items {
                if said_on[*item] == usize::MAX {
                    said_on[*item] = at;
                }
            }
        }
        let homes = picture.drawing.nodes.iter();
        let homes = homes.map(|node| self.home(node.rect, &grid)).collect();
        Tiles {
            size,
            pages: tiles,
            homes,
            said_on,
            grid,
            n_columns: self.n_columns,
            n_rows: self.n_rows,
        }
    }

    fn window(&self, row: usize, column: usize) -> Rect {
        Rect {
            x: length(column) * self.step.0,
            y: length(row) * self.step.1,
            width: self.window.0,
            height: self.window.1,
        }
    }

    fn home(&self, rect: Rect, grid: &[Option<usize>]) -> usize {
        let mut some = None;
        for place in self.places(rect) {
            let (row, column) = (place / self.n_columns, place % self.n_columns);
            let page = grid[place];
            if is_inside(rect, self.window(row, column))
                && let Some(page) = page
            {
                return page;
            }
            some = some.or(page);
        }
        some.unwrap_or(0)
    }
}

fn is_inside(rect: Rect, window: Rect) -> bool {
    rect.x >= window.x
        && rect.y >= window.y
        && rect.right() <= window.right()
        && rect.bottom() <= window.bottom()
}

/// Whether something covers the whole picture.
fn is_ground(rect: Rect, picture: &Picture<'_>) -> bool {
    rect.width > 0.99 * picture.drawing.width && rect.height > 0.99 * picture.drawing.height
}

/// So many windows that they are enough; one at least.
fn count(windows: f64) -> usize {
    whole(windows.ceil()).max(1)
}

#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is no smaller than nothing, and pictures are at most some million px wide"
)]
fn whole(number: f64) -> usize {
    number.max(0.0) as usize
}

#[allow(clippy::cast_precision_loss, reason = "there are few pages")]
fn length(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::{edge, node};
    use crate::layout::{Options, lay_out};
    use crate::render::pdf::ink;
    use crate::render::{Format, Style, render};
    use crate::view::diagram::{Diagram, EdgeKind, End, NodeKind};

    /// A thesis with so many reasons.
    fn wide(n_reasons: usize) -> Diagram {
        let mut diagram = Diagram::default();
        diagram.nodes.push(node("t", NodeKind::Thesis, "A thesis."));
        for at in 1..=n_reasons {
            let text = format!("Reason number {at} for the thesis, in so many words.");
            diagram
                .nodes
                .push(node(&format!("r{at}"), NodeKind::Claim, &text));
            diagram
                .edges
                .push(edge(End::Node(at), End::Node(0), EdgeKind::Reason));
        }
        diagram
    }

    #[test]
    fn every_statement_is_whole_on_its_page_and_every_page_shows_something() {
        let diagram = wide(60);
        let drawing = lay_out(&diagram, &Options::default());
        let svg = render(&diagram, Format::Svg, &Style::default()).unwrap();
        let svg = String::from_utf8(svg).unwrap();
        let tree = resvg::usvg::Tree::from_str(&svg, &crate::render::fonts::options()).unwrap();
        let picture = Picture {
            diagram: &diagram,
            drawing: &drawing,
            items: ink::items(tree.root()),
        };
        let Ok(Layout::Tiles(tiles)) = lay_out_on(&picture) else {
            panic!("sixty boxes do not fit one page");
        };
        assert!(tiles.pages.len() > 1);
        for (rect, home) in drawing.nodes.iter().map(|it| it.rect).zip(&tiles.homes) {
            let window = tiles.pages[*home].window;
            let fits = rect.width < OVERLAP / POINTS && rect.height < OVERLAP / POINTS;
            assert!(is_inside(rect, window) || !fits && tiles.is_on(rect, *home));
        }
        for (at, tile) in tiles.pages.iter().enumerate() {
            assert!(!tile.items.is_empty());
            for neighbour in tiles.neighbours(at).into_iter().flatten() {
                let other = &tiles.pages[neighbour];
                let distance = other.row.abs_diff(tile.row) + other.column.abs_diff(tile.column);
                assert_eq!(distance, 1);
            }
        }
        for (item, page) in tiles.said_on.iter().enumerate() {
            assert!(tiles.pages[*page].items.contains(&item));
        }
    }

    fn lay_out_on(picture: &Picture<'_>) -> Result<Layout, RenderError> {
        super::lay_out(picture, Paper::A4)
    }

    #[test]
    fn rows_go_on_after_z() {
        let names = [0, 25, 26, 51, 52, 701, 702].map(row_name);
        assert_eq!(names, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn a_picture_of_too_many_pages_is_refused_before_any_is_drawn() {
        let diagram = wide(1);
        let mut drawing = lay_out(&diagram, &Options::default());
        (drawing.width, drawing.height) = (1e5, 1e5);
        let svg = "<svg xmlns='http://www.w3.org/2000/svg' width='100000' height='100000'>\
                   <path d='M0 0H90000V90000H0Z' fill='#000'/></svg>";
        let refused = crate::render::pdf::pdf(&diagram, &drawing, svg, Some(Paper::Letter));
        assert!(matches!(refused, Err(RenderError::TooManyPages(n)) if n > 10_000));
    }
}
