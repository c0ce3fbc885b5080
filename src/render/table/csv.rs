//! Comma- and tab-separated values, through the `csv` crate.
//!
//! The foot of a table is not written: every record is about one thing, and a reader of data can sum up.
//! Cells that begin with `=`, `+`, `-` or `@` are written as they are. A spreadsheet program may take them for
//! formulas, but a prefix would change the map's words for every other reader, and such programs ask
//! on import what a column is.

use ::csv::{QuoteStyle, WriterBuilder};

use crate::view::table::Table;

pub(super) fn write_csv(table: &Table) -> String {
    records(table, &WriterBuilder::new(), str::to_owned)
}

pub(super) fn write_tsv(table: &Table) -> String {
    let mut builder = WriterBuilder::new();
    builder.delimiter(b'\t').quote_style(QuoteStyle::Never);
    records(table, &builder, without_tabs)
}

fn records(table: &Table, builder: &WriterBuilder, cell_text: fn(&str) -> String) -> String {
    let mut writer = builder.from_writer(Vec::new());
    let keys = table.columns.iter().map(|column| &*column.key);
    let written = "memory takes every write, and each row has a cell for each column";
    writer.write_record(keys).expect(written);
    for row in &table.rows {
        let texts = row.iter().map(|cell| cell_text(&cell.value.to_text()));
        writer.write_record(texts).expect(written);
    }
    let bytes = writer.into_inner().expect(written);
    String::from_utf8(bytes).expect("texts and separators are UTF-8")
}

/// A cell on one line and without tabs: they are written as in many languages, and so is the backslash.
fn without_tabs(text: &str) -> String {
    text.replace('\\', "\\\\")
        .replace('\t', "\\t")
        .replace('\n', "\\n")
        .replace('\r', "\\r")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NASTY, table};
    use super::*;

    #[test]
    fn csv_quotes_and_alters_nothing() {
        let text = write_csv(&table(NASTY, &["id", "text", "tags", "strength", "note"]));
        let expected = "\
id,text,tags,strength,note
t,\"=1+1 | a\\b, \"\"c\"\"\tand
<i>\u{1b}[31m & \u{202e}\",\"x, y\",0.25,
";
        assert_eq!(text, expected);
        let mut reader = ::csv::Reader::from_reader(text.as_bytes());
        let record = reader.records().next().unwrap().unwrap();
        assert!(record[1].starts_with("=1+1 | a\\b, \"c\"\tand\n"));
    }

    #[test]
    fn tsv_keeps_one_line_for_each_row() {
        let text = write_tsv(&table(NASTY, &["id", "text", "for"]));
        let expected =
            "id\ttext\tfor\nt\t=1+1 | a\\\\b, \"c\"\\tand\\n<i>\u{1b}[31m & \u{202e}\t0\n";
        assert_eq!(text, expected);
    }
}
