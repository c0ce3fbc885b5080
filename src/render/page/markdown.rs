//! The report as Markdown, with the picture as a file beside it.

use std::fmt::Write as _;

use super::Page;
use super::index::in_address;
use super::sections::{VERDICTS, said_of_thesis, used};
use crate::model::StatementIdx;
use crate::render::escape::markdown as escaped;
use crate::render::outline;
use crate::render::screen::Screen;
use crate::render::table::{self, Format};
use crate::view::card::{Cards, Part};
use crate::view::outline::Outline;
use crate::view::report::{OpenPoint, Report};
use crate::view::table::{Align, Cell, Column, Query, Table, View};

/// Files have no width to keep to.
const NO_SCREEN: Screen = Screen {
    width: usize::MAX,
    colour: false,
};

/// The page as Markdown. Linear in the map.
pub fn markdown(page: &Page<'_>) -> String {
    let report = page.report;
    let mut out = String::new();
    head(&mut out, report);
    let _ = writeln!(
        out,
        "![{}](<{}.svg>)\n",
        escaped(&report.title),
        in_address(page.name)
    );
    open_points(&mut out, page);
    out.push_str("## Outline\n\n");
    out.push_str(&outline_list(report));
    tables(&mut out, report);
    out
}

fn head(out: &mut String, report: &Report<'_>) {
    let map = &report.cards.facts.dossier.map;
    let about = &map.about;
    let _ = writeln!(out, "# {}\n", escaped(&report.title));
    let lines = [
        ("Question.", about.question.as_ref()),
        ("About.", about.description.as_ref()),
        ("Date.", about.date.as_ref()),
    ];
    for (what, text) in lines.into_iter().filter_map(|(w, t)| Some((w, t?))) {
        let _ = writeln!(out, "**{what}** {}\n", escaped(&text.value));
    }
    for ruling in &report.theses {
        let _ = writeln!(
            out,
            "**Thesis.** {}\n\n**{}:** {}.\n",
            escaped(&map.statement(ruling.statement).text.value),
            said_of_thesis(ruling.verdict),
            sentence(&ruling.because)
        );
    }
    if !report.theses.is_empty() {
        let _ = writeln!(out, "{VERDICTS}\n");
    }
}

/// A sentence in which statements are called by what they say.
fn sentence(parts: &[Part<'_>]) -> String {
    let part = |part: &Part<'_>| match part {
        // The spaces at its ends join it to what stands beside it.
        Part::Text(text) => {
            let ends = |at: bool| if at { " " } else { "" };
            let (before, after) = (ends(text.starts_with(' ')), ends(text.ends_with(' ')));
            format!("{before}{}{after}", escaped(text.trim()))
        }
        Part::Statement(_, name) => format!("“{}”", escaped(name.words())),
    };
    parts.iter().map(part).collect()
}

fn open_points(out: &mut String, page: &Page<'_>) {
    let report = page.report;
    out.push_str("## Open points\n\n");
    if report.open.is_empty() {
        out.push_str(
            "Every claim rests on evidence or an assumption, and every objection is answered.\n\n",
        );
    }
    for open in &report.open {
        let _ = writeln!(out, "### {}\n", open.kind.heading());
        for point in &open.points {
            let _ = writeln!(out, "- {}", open_point(&report.cards, point));
        }
        out.push('\n');
    }
    let _ = writeln!(
        out,
        "### What `grounds check` says\n\n{}.\n",
        escaped(page.found)
    );
    for found in report.findings {
        let place = report.cards.facts.place(found.span);
        let _ = writeln!(
            out,
            "- {}: {} (`{}`, {})",
            found.severity.name(),
            escaped(&found.message),
            found.rule.name,
            escaped(&place)
        );
    }
    if !report.findings.is_empty() {
        out.push('\n');
    }
}

fn open_point(cards: &Cards<'_>, point: &OpenPoint<'_>) -> String {
    let map = &cards.facts.dossier.map;
    let whole = |it: &StatementIdx| escaped(&map.statement(*it).text.value);
    let statements: Vec<String> = point.statements.iter().map(whole).collect();
    let mut text = format!("**Open:** {}", statements.join(" **and** "));
    if let Some(against) = point.against {
        let _ = write!(
            text,
            " (against “{}”)",
            escaped(cards.name(against).words())
        );
    }
    if let Some(reason) = point.reason {
        let _ = write!(text, " *Left so by the author: {}*", escaped(reason));
    }
    text
}

/// The outline without its own title.
fn outline_list(report: &Report<'_>) -> String {
    let outline = Outline {
        title: String::new(),
        question: None,
        ..Outline::of(report.cards.facts.dossier)
    };
    outline::write(&outline, outline::Format::Markdown, NO_SCREEN)
}

fn tables(out: &mut String, report: &Report<'_>) {
    let tables = [
        ("Evidence", evidence(report), "The map has no evidence."),
        (
            "Sources",
            table_of(report, Query::new(View::Sources)),
            "The map cites no sources.",
        ),
        (
            "Statements",
            table_of(report, Query::new(View::Statements)),
            "The map has no statements.",
        ),
    ];
    for (heading, table, nothing) in tables {
        let text = if table.rows.is_empty() {
            format!("{nothing}\n")
        } else {
            table::write(&table, Format::Markdown, NO_SCREEN)
        };
        let _ = write!(out, "\n## {heading}\n\n{text}");
    }
}

fn table_of(report: &Report<'_>, query: Query) -> Table {
    let dossier = report.cards.facts.dossier;
    let is_styled = !dossier.references.is_empty();
    let query = if is_styled { query.in_style() } else { query };
    query.table(dossier)
}

/// The pieces of evidence with what they come from, and what they are for and against.
fn evidence(report: &Report<'_>) -> Table {
    let query = Query::new(View::Evidence).select(&["text", "source", "at", "quote"]);
    let mut table = table_of(report, query.expect("these are columns of the view"));
    table.columns.push(Column {
        key: "used".into(),
        header: "used".into(),
        align: Align::Left,
    });
    let cards = &report.cards;
    let name = |it| format!("“{}”", cards.name(it).words());
    for (row, statement) in table.rows.iter_mut().zip(report.evidence()) {
        let used = used(&cards.card(statement).uses, name);
        row.push(Cell::text(used.join("\n")));
    }
    table
}
