//! A table of GitHub-flavoured Markdown.

use crate::render::escape::markdown;
use crate::view::table::{Align, Table};

pub(super) fn write(table: &Table) -> String {
    let headers = table.columns.iter().map(|column| markdown(&column.header));
    let rules = table.columns.iter().map(|column| match column.align {
        Align::Left => "---".to_owned(),
        Align::Right => "---:".to_owned(),
    });
    let mut lines = vec![line(headers), line(rules)];
    for row in table.rows.iter().chain(&table.foot) {
        lines.push(line(row.iter().map(|cell| markdown(&cell.value.to_text()))));
    }
    lines.concat()
}

fn line(cells: impl Iterator<Item = String>) -> String {
    let mut line = String::from("|");
    for cell in cells {
        line.push(' ');
        line.push_str(&cell);
        line.push_str(" |");
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NASTY, table};
    use super::*;

    #[test]
    fn pipes_and_markup_are_text() {
        let expected = "\
| id | text | for | note |
| --- | --- | ---: | --- |
| t | =1+1 \\| a\\\\b, \"c\"TABand<br>&lt;i&gt;\\\\u{1b}\\[31m &amp; \\\\u{202e} | 0 |  |
";
        let text = write(&table(NASTY, &["id", "text", "for", "note"]));
        // What stands for a tab is `visible`'s choice.
        let text = text.replace("\\\\u{9}", "TAB").replace("\\\\t", "TAB");
        assert_eq!(text, expected);
    }
}
