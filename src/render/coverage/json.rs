//! Coverage for programs; documented in `docs/json.md`.

use serde::Serialize;

use crate::analysis::Dossier;
use crate::model::StatementIdx;
use crate::quotes::{Coverage, Mark, Text};

/// The version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'d> {
    format: &'static str,
    version: u32,
    source: &'d str,
    encoded: usize,
    of: usize,
    share: Option<f64>,
    paragraphs: Vec<Paragraph<'d>>,
    unplaced: Vec<Unplaced<'d>>,
}

#[derive(Serialize)]
struct Paragraph<'d> {
    number: usize,
    lines: (usize, usize),
    counts: bool,
    marks: Vec<Marked<'d>>,
}

#[derive(Serialize)]
struct Marked<'d> {
    statement: &'d str,
    words: Option<&'d str>,
}

#[derive(Serialize)]
struct Unplaced<'d> {
    statement: &'d str,
    why: &'static str,
}

/// The coverage of a source's text as JSON. Linear in it and its marks.
pub fn json(dossier: &Dossier, source: usize, text: &Text<'_>, coverage: &Coverage) -> String {
    let id = |statement: StatementIdx| dossier.map.statement(statement).id.as_str();
    let marked = |mark: &Mark| Marked {
        statement: id(mark.statement),
        words: mark.words.clone().map(|words| &text.visible()[words]),
    };
    let paragraphs = (1..).zip(&coverage.paragraphs);
    let file = File {
        format: "grounds-coverage",
        version: VERSION,
        source: &dossier.map.sources[source].id,
        encoded: coverage.n_encoded(),
        of: coverage.n_paragraphs(),
        share: coverage.share(),
        paragraphs: paragraphs
            .map(|(number, paragraph)| Paragraph {
                number,
                lines: text.lines_of(&paragraph.range),
                counts: paragraph.counts,
                marks: paragraph.marks.iter().map(marked).collect(),
            })
            .collect(),
        unplaced: coverage
            .unplaced
            .iter()
            .map(|unplaced| Unplaced {
                statement: id(unplaced.statement),
                why: unplaced.why.words(),
            })
            .collect(),
    };
    let json = serde_json::to_string_pretty(&file).expect("texts and numbers are JSON");
    format!("{json}\n")
}
