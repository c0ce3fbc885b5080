//! Tables of which paragraphs of a text a map encodes.

use std::borrow::Cow;

use super::{Align, Cell, Column, Meaning, Table, Value};
use crate::analysis::Dossier;
use crate::quotes::{Coverage, Paragraph, Text};

impl Table {
    /// The paragraphs of a text with the statements that encode them; only those without any, if that is asked for.
    pub fn of_coverage(
        dossier: &Dossier,
        text: &Text<'_>,
        coverage: &Coverage,
        is_open_only: bool,
    ) -> Self {
        let mut columns = vec![column("para", Align::Right), column("line", Align::Right)];
        if !is_open_only {
            columns.push(column("statements", Align::Left));
        }
        columns.push(column("text", Align::Left));
        let numbered = (1..).zip(&coverage.paragraphs);
        let wanted = numbered.filter(|(_, it)| !is_open_only || it.is_open());
        let rows = wanted.map(|(number, paragraph)| {
            let range = &paragraph.range;
            let mut row = vec![
                Value::Count(number).into(),
                Value::Count(text.lines_of(range).0).into(),
            ];
            if !is_open_only {
                row.push(statements(dossier, paragraph));
            }
            let words = text.visible()[range.clone()].split_whitespace();
            row.push(Cell::text(words.collect::<Vec<_>>().join(" ")));
            row
        });
        Self {
            name: "coverage",
            title: dossier.title(),
            rows: rows.collect(),
            columns,
            foot: Vec::new(),
        }
    }
}

/// The statements that encode a paragraph, each once.
fn statements(dossier: &Dossier, paragraph: &Paragraph) -> Cell {
    if paragraph.is_open() {
        return Cell::text("none").meaning(Meaning::Failing);
    }
    Cell::list(
        paragraph
            .statements()
            .map(|it| dossier.map.statement(it).id.clone()),
    )
}

const fn column(key: &'static str, align: Align) -> Column {
    Column {
        key: Cow::Borrowed(key),
        header: Cow::Borrowed(key),
        align,
    }
}
