//! Tables out: one file per format, and the one list of formats.

mod boxes;
mod csv;
mod html;
mod json;
mod markdown;

use super::screen::Screen;
use crate::view::table::Table;

/// What a table is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Lines and columns for a terminal.
    Utf8,
    /// The same with lines of ASCII characters; a map's texts stay as they are.
    Ascii,
    /// A table of GitHub-flavoured Markdown.
    Markdown,
    /// Comma-separated values (RFC 4180), with a line feed at the end of each record.
    Csv,
    /// Tab-separated values, with tabs and line breaks in cells written as `\t` and `\n`.
    Tsv,
    /// Objects with documented keys.
    Json,
    /// An object a line, without more around it.
    Jsonl,
    /// A `<table>` to put into a page.
    Html,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Utf8,
        Self::Ascii,
        Self::Markdown,
        Self::Csv,
        Self::Tsv,
        Self::Json,
        Self::Jsonl,
        Self::Html,
    ];

    /// The names of [`Format::ALL`].
    pub const NAMES: [&str; 8] = [
        "utf8", "ascii", "markdown", "csv", "tsv", "json", "jsonl", "html",
    ];

    /// The name that users write.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The format of that name, or of that ending of a file's name.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = match name {
            "md" => "markdown",
            "htm" => "html",
            "txt" => "utf8",
            "ndjson" => "jsonl",
            name => name,
        };
        let index = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[index])
    }
}

/// Writes a table; the text ends in a line break, if there is any.
///
/// Only the formats for terminals look at the screen. Linear in the table.
pub fn write(table: &Table, format: Format, screen: Screen) -> String {
    match format {
        Format::Utf8 => boxes::write(table, &boxes::UTF8, screen),
        Format::Ascii => boxes::write(table, &boxes::ASCII, screen),
        Format::Markdown => markdown::write(table),
        Format::Csv => csv::write_csv(table),
        Format::Tsv => csv::write_tsv(table),
        Format::Json => json::write(table),
        Format::Jsonl => json::write_lines(table),
        Format::Html => html::write(table),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Dossier;
    use crate::source::NoFiles;
    use crate::view::table::View;

    /// Texts that every format must take care of.
    pub(super) const NASTY: &str = "\
title: A <b>title</b>
thesis:
  id: t
  claim: \"=1+1 | a\\\\b, \\\"c\\\"\\tand\\n<i>\\e[31m & \\u202e\"
  tags: [x, y]
  strength: 0.25
";

    pub(super) fn table(map: &str, columns: &[&str]) -> Table {
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        let query = crate::view::table::Query::new(View::Statements);
        query.select(columns).unwrap().table(&dossier)
    }

    #[test]
    fn every_format_has_its_name() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
        }
        assert_eq!(Format::from_name("md"), Some(Format::Markdown));
        assert_eq!(Format::from_name("png"), None);
    }

    #[test]
    fn every_format_writes_every_view_of_an_empty_map_at_every_width() {
        let dossier = Dossier::open("m.yaml", Vec::new(), &NoFiles);
        for (view, format) in View::ALL
            .into_iter()
            .flat_map(|view| Format::ALL.into_iter().map(move |format| (view, format)))
        {
            for width in [0, 1, 2, 7, 80, usize::MAX] {
                let screen = Screen {
                    width,
                    colour: true,
                };
                let text = write(&Table::of(&dossier, view), format, screen);
                // Without a row there is no line.
                let is_ended = text.ends_with('\n') || format == Format::Jsonl && text.is_empty();
                assert!(is_ended, "{} as {}", view.name(), format.name());
            }
        }
    }

    #[test]
    fn a_foot_follows_the_rows_except_where_only_data_is_read() {
        let map = "thesis: {id: t, claim: T., objections: [{id: e, evidence: E.}]}";
        let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
        let table = Table::of(&dossier, View::Matrix);
        let last_lines = |format: Format, n: usize| -> Vec<String> {
            let screen = Screen {
                width: 80,
                colour: false,
            };
            let text = write(&table, format, screen);
            let lines: Vec<&str> = text.lines().collect();
            lines[lines.len() - n..]
                .iter()
                .map(|line| (*line).to_owned())
                .collect()
        };
        assert_eq!(
            last_lines(Format::Ascii, 1),
            ["inconsistent: |      | 1            |"]
        );
        assert_eq!(
            last_lines(Format::Markdown, 1),
            ["| inconsistent: |  | 1 |  |"]
        );
        assert_eq!(last_lines(Format::Csv, 1), ["e,E.,inconsistent,no"]);
        assert_eq!(last_lines(Format::Tsv, 1), ["e\tE.\tinconsistent\tno"]);
        assert_eq!(
            last_lines(Format::Html, 9).concat(),
            "<tfoot><tr><td>inconsistent:</td><td></td><td>1</td><td></td></tr></tfoot></table>"
        );
        let foot = last_lines(Format::Json, 9).concat().replace(' ', "");
        assert_eq!(
            foot,
            "\"foot\":[{\"id\":\"inconsistent:\",\"text\":null,\"thesis.t\":1,\"diagnostic\":null}]}"
        );
    }
}
