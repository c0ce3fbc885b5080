//! Lines and columns for a terminal: the widths are chosen here, `comfy-table` draws.
//!
//! Where a screen is too narrow for the columns, each row becomes a record of its own, a line for each cell.

use comfy_table::{
    Cell as BoxCell, CellAlignment, ContentArrangement, ContentLineStyle, LineStyle,
    Table as BoxTable, TableStyle,
};

use crate::render::screen::{Ink, Screen, shown_lines, width_of, with_colours, wrap};
use crate::view::table::{Align, Meaning, Table};

/// A word is cut only if it is wider than this and room is short.
const MAX_WORD: usize = 12;
/// A text from this width on …
const LONG: usize = 40;
/// … is not squeezed into fewer columns than this.
const MIN_LONG: usize = 20;
/// Between two columns: a space, a line, a space.
const GAP: usize = 3;

/// The characters to draw with.
pub(super) struct Pen {
    across: char,
    light: char,
    down: char,
    crossing: char,
}

pub(super) static UTF8: Pen = Pen {
    across: '─',
    light: '┈',
    down: '│',
    crossing: '┼',
};

pub(super) static ASCII: Pen = Pen {
    across: '-',
    light: '.',
    down: '|',
    crossing: '+',
};

/// A cell's text as the screen shows it, and what it is.
struct Shown {
    lines: Vec<String>,
    ink: Option<Ink>,
}

pub(super) fn write(table: &Table, pen: &Pen, screen: Screen) -> String {
    let rows = table.rows.iter().chain(&table.foot);
    let rows: Vec<Vec<Shown>> = rows.map(|row| shown_row(table, row)).collect();
    let text = match widths(table, &rows, screen.columns()) {
        Some(widths) => grid(table, &rows, &widths, pen, screen),
        None => records(table, &rows, pen, screen),
    };
    let mut open = None;
    let lines = text
        .lines()
        .map(|line| with_colours(line.trim_end(), &mut open) + "\n");
    lines.collect()
}

fn shown_row(table: &Table, row: &[crate::view::table::Cell]) -> Vec<Shown> {
    let shown = |(column, cell): (usize, &crate::view::table::Cell)| Shown {
        lines: shown_lines(&cell.value.to_text()),
        ink: match cell.meaning {
            Some(Meaning::Name) if column == 0 => Some(Ink::Strong),
            Some(Meaning::Failing) => Some(Ink::Bad),
            Some(Meaning::Open) => Some(Ink::Open),
            _ if table.columns[column].key == "place" => Some(Ink::Faint),
            _ => None,
        },
    };
    row.iter().enumerate().map(shown).collect()
}

/// The width of each column, if all together fit.
///
/// Each has its least width; the rest is shared out by what a column still needs, for long texts by the square root
/// of that, the least needy first: short columns stay on one line if they can, and long ones take what is left.
fn widths(table: &Table, rows: &[Vec<Shown>], screen: usize) -> Option<Vec<usize>> {
    let headers = table.columns.iter().map(|column| &*column.header);
    let mut least: Vec<usize> = headers.clone().map(width_of).collect();
    let mut most = least.clone();
    for (column, cell) in rows.iter().flat_map(|row| row.iter().enumerate()) {
        for line in &cell.lines {
            let width = width_of(line);
            most[column] = most[column].max(width);
            // A terminal opens a place on a click only where it is whole.
            let is_place = table.columns[column].key == "place";
            let word = if is_place {
                width
            } else {
                widest_word(line).min(MAX_WORD)
            };
            let floor = if width >= LONG { MIN_LONG } else { 0 };
            least[column] = least[column].max(word).max(floor);
        }
    }
    let gaps = GAP * table.columns.len().saturating_sub(1);
    let mut left = screen
        .checked_sub(gaps)?
        .checked_sub(least.iter().sum::<usize>())?;
    let need: Vec<usize> = least.iter().zip(&most).map(|(l, m)| m - l).collect();
    let mut order: Vec<usize> = (0..need.len()).collect();
    order.sort_by_key(|column| need[*column]);
    let weight_of = |column: usize| {
        if most[column] < LONG {
            need[column]
        } else {
            need[column].isqrt()
        }
    };
    let mut weights: usize = order.iter().map(|column| weight_of(*column)).sum();
    for column in order {
        let weight = weight_of(column);
        let share = (left * weight).checked_div(weights).unwrap_or(left);
        let extra = need[column].min(share);
        least[column] += extra;
        left -= extra;
        weights -= weight;
    }
    Some(least)
}

/// The width of the widest piece that cannot be broken well.
fn widest_word(line: &str) -> usize {
    let pieces = line.split([' ', '-']);
    pieces
        .map(|piece| width_of(piece) + 1)
        .max()
        .unwrap_or(0)
        .saturating_sub(1)
}

fn grid(table: &Table, rows: &[Vec<Shown>], widths: &[usize], pen: &Pen, screen: Screen) -> String {
    let wrapped = |cell: &Shown, width: usize| -> Vec<String> {
        let lines = cell.lines.iter().flat_map(|line| wrap(line, width));
        lines.map(|line| inked(&line, cell.ink, screen)).collect()
    };
    let mut drawn = BoxTable::new();
    drawn.set_content_arrangement(ContentArrangement::Disabled);
    drawn.set_header(table.columns.iter().map(|column| {
        BoxCell::new(screen.ink(&column.header, Ink::Faint)).set_alignment(alignment(column.align))
    }));
    let mut is_tall = false;
    for row in rows {
        let cells = row.iter().enumerate().map(|(at, cell)| {
            let lines = wrapped(cell, widths[at]);
            is_tall |= lines.len() > 1;
            let align = alignment(table.columns[at].align);
            BoxCell::new_owned(lines.join("\n")).set_alignment(align)
        });
        drawn.add_row(cells.collect::<Vec<_>>());
    }
    drawn.load_style(style(pen, is_tall));
    let last = table.columns.len().saturating_sub(1);
    for (at, column) in drawn.column_iter_mut().enumerate() {
        column.set_padding((u16::from(at > 0), u16::from(at < last)));
    }
    drawn.trim_fmt()
}

/// Lines between columns and under the header; between rows only where some row has several lines.
fn style(pen: &Pen, is_tall: bool) -> TableStyle {
    let down = ContentLineStyle::none().junction(pen.down);
    let rule = |fill| LineStyle::none().fill(fill).junction(pen.crossing);
    let style = TableStyle::new()
        .header_lines(down)
        .header_separator(rule(pen.across))
        .content_lines(down);
    if is_tall {
        style.row_separator(rule(pen.light))
    } else {
        style
    }
}

fn alignment(align: Align) -> CellAlignment {
    match align {
        Align::Left => CellAlignment::Left,
        Align::Right => CellAlignment::Right,
    }
}

fn inked(line: &str, ink: Option<Ink>, screen: Screen) -> String {
    ink.map_or_else(|| line.to_owned(), |ink| screen.ink(line, ink))
}

/// Each row as a record: the heading of a column, then its cell; empty cells are left out.
fn records(table: &Table, rows: &[Vec<Shown>], pen: &Pen, screen: Screen) -> String {
    let headings = table.columns.iter().map(|column| width_of(&column.header));
    let indent = headings.max().unwrap_or(0) + 2;
    // On the narrowest screens the cell goes under its heading.
    let is_beside = screen.columns() >= indent + MIN_LONG;
    let indent = if is_beside { indent } else { 2 };
    let width = screen.columns().saturating_sub(indent).max(1);
    let rule = pen.light.to_string().repeat(screen.columns().min(LONG));
    let mut lines: Vec<String> = Vec::new();
    for row in rows {
        if !lines.is_empty() {
            lines.push(screen.ink(&rule, Ink::Faint));
        }
        for (column, cell) in table.columns.iter().zip(row) {
            let is_empty = cell.lines.iter().all(String::is_empty);
            if is_empty {
                continue;
            }
            let mut heading = column.header.to_string();
            if !is_beside {
                lines.push(screen.ink(&heading, Ink::Faint));
                heading.clear();
            }
            for line in cell.lines.iter().flat_map(|line| wrap(line, width)) {
                let padding = " ".repeat(indent - width_of(&heading));
                let heading = screen.ink(&std::mem::take(&mut heading), Ink::Faint);
                lines.push(format!(
                    "{heading}{padding}{}",
                    inked(&line, cell.ink, screen)
                ));
            }
        }
    }
    if lines.is_empty() {
        lines.push("nothing to list".to_owned());
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NASTY, table};
    use super::*;

    const MAP: &str = "\
thesis:
  id: close-bridge
  claim: The city should close the Quay Street bridge to cars before the winter.
  reasons:
    - id: deck-unsafe
      evidence: The last inspection rated the deck 3 out of 9.
      source: inspection
    - detour-short
claims:
  detour-short: The detour takes under four minutes.
sources:
  inspection: {title: Bridge inspection report}
";

    fn drawn(map: &str, columns: &[&str], width: usize, pen: &Pen) -> String {
        let screen = Screen {
            width,
            colour: false,
        };
        write(&table(map, columns), pen, screen)
    }

    #[test]
    fn long_texts_wrap_and_short_columns_stay_whole() {
        let expected = "\
id           │ text                          │ for │ status
─────────────┼───────────────────────────────┼─────┼────────────
close-bridge │ The city should close the     │   2 │ grounded
             │ Quay Street bridge to cars    │     │
             │ before the winter.            │     │
┈┈┈┈┈┈┈┈┈┈┈┈┈┼┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┼┈┈┈┈┈┼┈┈┈┈┈┈┈┈┈┈┈┈
deck-unsafe  │ The last inspection rated the │   0 │ assumed
             │ deck 3 out of 9.              │     │
┈┈┈┈┈┈┈┈┈┈┈┈┈┼┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┼┈┈┈┈┈┼┈┈┈┈┈┈┈┈┈┈┈┈
detour-short │ The detour takes under four   │   0 │ unsupported
             │ minutes.                      │     │
";
        let text = drawn(MAP, &["id", "text", "for", "status"], 64, &UTF8);
        assert_eq!(text, expected);
    }

    #[test]
    fn rows_of_one_line_need_no_lines_between_them() {
        let expected = "\
id           | kind     | for
-------------+----------+----
close-bridge | claim    |   2
deck-unsafe  | evidence |   0
detour-short | claim    |   0
";
        assert_eq!(drawn(MAP, &["id", "kind", "for"], 40, &ASCII), expected);
    }

    #[test]
    fn a_narrow_screen_shows_records() {
        let text = drawn(MAP, &["id", "text", "for", "source"], 30, &UTF8);
        let expected = "\
id      close-bridge
text    The city should close
        the Quay Street bridge
        to cars before the
        winter.
for     2
┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
id      deck-unsafe
text    The last inspection
        rated the deck 3 out
        of 9.
for     0
source  inspection
┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈┈
id      detour-short
text    The detour takes under
        four minutes.
for     0
";
        assert_eq!(text, expected);
    }

    #[test]
    fn no_line_is_wider_than_any_screen() {
        for width in 2..120 {
            let text = drawn(MAP, &[], width, &UTF8);
            let widest = text.lines().map(width_of).max();
            // The headings of records are the least that is shown.
            assert!(widest <= Some(width.max(9)), "at {width}:\n{text}");
        }
    }

    #[test]
    fn colour_is_there_only_when_asked_for_and_never_from_the_map() {
        let plain = drawn(NASTY, &["id", "text", "status"], 80, &UTF8);
        assert!(
            !plain.contains('\u{1b}') && !plain.contains('\u{202e}'),
            "{plain}"
        );
        assert!(
            plain.contains("\\u{1b}[31m") && plain.contains("\\u{202e}"),
            "{plain}"
        );
        let screen = Screen {
            width: 80,
            colour: true,
        };
        let coloured = write(&table(NASTY, &["id", "status"]), &UTF8, screen);
        let expected = "\
\u{1b}[2mid\u{1b}[0m │ \u{1b}[2mstatus\u{1b}[0m
───┼────────────
\u{1b}[1mt\u{1b}[0m  │ \u{1b}[31munsupported\u{1b}[0m
";
        assert_eq!(coloured, expected);
    }
}
