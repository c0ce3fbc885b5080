//! Objects with the columns' keys: texts, numbers, booleans, arrays of texts, and null where the map says nothing.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::view::table::{Cell, Column, Table, Value};

/// The version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(serde::Serialize)]
struct File<'t> {
    format: &'static str,
    version: u32,
    view: &'static str,
    title: &'t str,
    rows: Vec<Row<'t>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    foot: Vec<Row<'t>>,
}

/// A row under the columns' keys, in the columns' order.
struct Row<'t> {
    columns: &'t [Column],
    cells: &'t [Cell],
}

pub(super) fn write(table: &Table) -> String {
    let row = |cells| Row {
        columns: &table.columns,
        cells,
    };
    let file = File {
        format: "grounds-table",
        version: VERSION,
        view: table.name,
        title: &table.title,
        rows: table.rows.iter().map(|cells| row(cells)).collect(),
        foot: table.foot.iter().map(|cells| row(cells)).collect(),
    };
    let json = serde_json::to_string_pretty(&file).expect("texts and numbers are JSON");
    format!("{json}\n")
}

/// The rows alone, one to a line ("JSON Lines"): without the foot, because every line is about one thing.
pub(super) fn write_lines(table: &Table) -> String {
    let line = |cells| {
        let columns = &table.columns;
        let row = Row { columns, cells };
        serde_json::to_string(&row).expect("texts and numbers are JSON") + "\n"
    };
    table.rows.iter().map(|cells| line(cells)).collect()
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.cells.len()))?;
        for (column, cell) in self.columns.iter().zip(self.cells) {
            map.serialize_key(&column.key)?;
            match &cell.value {
                Value::Nothing => map.serialize_value(&()),
                Value::Text(text) => map.serialize_value(text),
                Value::Count(count) => map.serialize_value(count),
                Value::Number(number) => map.serialize_value(number),
                Value::Flag(flag) => map.serialize_value(flag),
                Value::List(items) => map.serialize_value(items),
            }?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NASTY, table};
    use super::*;

    #[test]
    fn lists_are_arrays_and_nothing_is_null() {
        let columns = ["id", "for", "strength", "tags", "note", "implicit"];
        let expected = r#"{
  "format": "grounds-table",
  "version": 1,
  "view": "statements",
  "title": "A <b>title</b>",
  "rows": [
    {
      "id": "t",
      "for": 0,
      "strength": 0.25,
      "tags": [
        "x",
        "y"
      ],
      "note": null,
      "implicit": false
    }
  ]
}
"#;
        assert_eq!(write(&table(NASTY, &columns)), expected);
    }

    #[test]
    fn a_line_is_an_object_whatever_is_in_the_cells() {
        let text = write_lines(&table(NASTY, &["text", "tags", "note"]));
        let expected = "{\"text\":\"=1+1 | a\\\\b, \\\"c\\\"\\tand\\n<i>\\u001b[31m & \u{202e}\",\"tags\":[\"x\",\"y\"],\"note\":null}\n";
        assert_eq!(text, expected);
    }
}
