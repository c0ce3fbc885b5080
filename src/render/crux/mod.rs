//! What would bring a thesis down: sentences first, the sets and the ranking after, or all of it as JSON.

mod json;
mod words;

pub use json::json;

use super::screen::{Screen, paragraph};
use super::table::{Format, write};
use crate::analysis::Dossier;
use crate::analysis::robustness::Outcome;
use crate::view::crux::Crux;
use crate::view::table::Table;

/// Writes what theses hang on for a terminal; the text ends in a line break.
pub fn text(dossier: &Dossier, cruxes: &[Crux], n_ranked: usize, screen: Screen) -> String {
    let paragraphs = |texts: &[String]| {
        texts
            .iter()
            .map(|text| paragraph(text, screen))
            .collect::<String>()
    };
    let one = |crux: &Crux| {
        let mut blocks = vec![paragraphs(&words::sentences(dossier, crux))];
        for (heading, sets) in words::sets(dossier, crux) {
            blocks.push(paragraph(&heading, screen) + &paragraphs(&sets));
        }
        if let Some((table, more)) = ranking(dossier, crux, n_ranked) {
            blocks.push(write(&table, Format::Utf8, screen) + &paragraphs(more.as_slice()));
        }
        blocks.join("\n")
    };
    cruxes.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The same as Markdown.
pub fn markdown(dossier: &Dossier, cruxes: &[Crux], n_ranked: usize) -> String {
    let screen = Screen {
        width: usize::MAX,
        colour: false,
    };
    let one = |crux: &Crux| {
        let mut blocks = vec![words::sentences(dossier, crux).join("\n\n") + "\n"];
        for (heading, sets) in words::sets(dossier, crux) {
            let items = sets.iter().map(|set| format!("- {}\n", set.trim_start()));
            blocks.push(format!("{heading}\n"));
            blocks.push(items.collect());
        }
        if let Some((table, more)) = ranking(dossier, crux, n_ranked) {
            blocks.push(write(&table, Format::Markdown, screen));
            blocks.extend(more.map(|more| format!("{more}\n")));
        }
        blocks.join("\n")
    };
    cruxes.iter().map(one).collect::<Vec<_>>().join("\n")
}

/// The first of a ranking, and a line about the rest, if there is any; nothing where nothing is ranked.
fn ranking(dossier: &Dossier, crux: &Crux, n_ranked: usize) -> Option<(Table, Option<String>)> {
    if crux.ranking.is_empty() || matches!(crux.statements, Outcome::Unsupported) {
        return None;
    }
    let mut table = Table::of_ranking(dossier, crux);
    let n_all = table.rows.len();
    let n_more = n_all.saturating_sub(n_ranked);
    table.rows.truncate(n_ranked);
    let more = (n_more > 0).then(|| format!("… and {n_more} more: `--top {n_all}` shows all"));
    Some((table, more))
}
