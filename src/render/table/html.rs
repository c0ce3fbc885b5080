//! A `<table>` without style: classes say what cells mean, so that a page can.

use crate::render::escape::html;
use crate::view::table::{Align, Cell, Column, Meaning, Table};

pub(super) fn write(table: &Table) -> String {
    let view = table.name;
    let caption = html(&format!("{}: {view}", table.title));
    let mut lines = vec![
        format!("<table class=\"grounds {view}\">"),
        format!("<caption>{caption}</caption>"),
        "<thead>".to_owned(),
        "<tr>".to_owned(),
    ];
    for column in &table.columns {
        let class = class(column, None);
        let header = html(&column.header);
        lines.push(format!("<th scope=\"col\"{class}>{header}</th>"));
    }
    lines.extend(["</tr>", "</thead>", "<tbody>"].map(str::to_owned));
    push_rows(&mut lines, table, &table.rows);
    lines.push("</tbody>".to_owned());
    if !table.foot.is_empty() {
        lines.push("<tfoot>".to_owned());
        push_rows(&mut lines, table, &table.foot);
        lines.push("</tfoot>".to_owned());
    }
    lines.extend(["</table>", ""].map(str::to_owned));
    lines.join("\n")
}

fn push_rows(lines: &mut Vec<String>, table: &Table, rows: &[Vec<Cell>]) {
    for row in rows {
        lines.push("<tr>".to_owned());
        for (column, cell) in table.columns.iter().zip(row) {
            lines.push(cell_element(column, cell));
        }
        lines.push("</tr>".to_owned());
    }
}

fn cell_element(column: &Column, cell: &Cell) -> String {
    let text = html(&cell.value.to_text());
    if cell.meaning == Some(Meaning::Name) {
        return format!("<th scope=\"row\">{text}</th>");
    }
    let class = class(column, cell.meaning);
    format!("<td{class}>{text}</td>")
}

fn class(column: &Column, meaning: Option<Meaning>) -> &'static str {
    match (meaning, column.align) {
        (Some(Meaning::Sound), _) => " class=\"sound\"",
        (Some(Meaning::Failing), _) => " class=\"failing\"",
        (Some(Meaning::Open), _) => " class=\"open\"",
        (_, Align::Right) => " class=\"number\"",
        (_, Align::Left) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{NASTY, table};
    use super::*;

    #[test]
    fn cells_are_escaped_and_headed() {
        let expected = "\
<table class=\"grounds statements\">
<caption>A &lt;b&gt;title&lt;/b&gt;: statements</caption>
<thead>
<tr>
<th scope=\"col\">id</th>
<th scope=\"col\">text</th>
<th scope=\"col\" class=\"number\">for</th>
<th scope=\"col\">status</th>
</tr>
</thead>
<tbody>
<tr>
<th scope=\"row\">t</th>
<td>=1+1 | a\\b, &quot;c&quot;\tand<br>&lt;i&gt;\u{fffd}[31m &amp; \u{fffd}</td>
<td class=\"number\">0</td>
<td class=\"failing\">unsupported</td>
</tr>
</tbody>
</table>
";
        let text = write(&table(NASTY, &["id", "text", "for", "status"]));
        assert_eq!(text, expected);
    }
}
