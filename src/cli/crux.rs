//! `grounds crux`: what would bring the thesis down.

use std::path::PathBuf;

use super::input::FromArgs;
use super::terms::{self, StrengthArgs, TermsArgs};
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::robustness::Limits;
use crate::render::{crux, table};
use crate::view::crux::Crux;
use crate::view::table::Table;

/// Say what would bring the thesis down: single points of failure, defeat sets, and what it rests on most
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    /// The statement to bring down; the theses where there is none
    #[arg(value_name = "ID")]
    id: Option<String>,

    /// How to print it
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: FormatName,

    /// The greatest size of a set that brings the thesis down
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_order)]
    order: usize,

    /// At most this many sets
    #[arg(long, value_name = "N", default_value_t = Limits::default().max_sets)]
    max_sets: usize,

    /// How many of the ranking to print
    #[arg(long, value_name = "N", default_value_t = 12)]
    top: usize,

    #[command(flatten)]
    from: FromArgs,

    #[command(flatten)]
    terms: TermsArgs,

    #[command(flatten)]
    strengths: StrengthArgs,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// Sentences, sets and a ranking
    #[default]
    Text,
    /// The same as Markdown
    Markdown,
    /// All of it; documented in docs/json.md
    Json,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let mut dossier = input::open(&args.map, &args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let terms = args.terms.terms(&dossier)?;
    let strength_terms = args.strengths.terms(&terms);
    dossier.evaluate(terms.without_suppositions());
    let before = dossier.analysis.clone();
    dossier.evaluate(terms);
    let theses = terms::asked(&dossier, args.id.as_deref())?;
    let limits = Limits {
        max_order: args.order,
        max_sets: args.max_sets,
        ..Limits::default()
    };
    let theses = theses.into_iter();
    let cruxes: Vec<Crux> = theses
        .map(|thesis| Crux::of(&dossier, thesis, &strength_terms, &limits))
        .collect();
    let text = match args.format {
        FormatName::Text => {
            let screen = output::screen(color);
            let text = crux::text(&dossier, &cruxes, args.top, screen);
            let changes = Table::of_changes(&dossier, &before);
            if changes.rows.is_empty() {
                text
            } else {
                let changes = table::write(&changes, table::Format::Utf8, screen);
                format!("{changes}\n{text}")
            }
        }
        FormatName::Markdown => crux::markdown(&dossier, &cruxes, args.top),
        FormatName::Json => crux::json(&dossier, &cruxes),
    };
    output::print(text.as_bytes())?;
    Ok(SUCCESS)
}
