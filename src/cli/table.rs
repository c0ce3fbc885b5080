//! `grounds table`: list what is in a map.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::input::FromArgs;
use super::{FOUND, SUCCESS, input, output};
use crate::render::table::{Format, write};
use crate::view::table::{Query, View};

/// List what is in a map: statements, evidence, sources, what is unsupported, objections, competing hypotheses
///
/// Columns that a view has but does not show are asked for with --columns;
/// an unknown name prints the names that there are.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    #[command(flatten)]
    from: FromArgs,

    /// What to list
    #[arg(long, value_name = "VIEW", default_value = "statements", value_parser = PossibleValuesParser::new(View::NAMES))]
    view: String,

    /// How to print it
    #[arg(short, long, value_name = "FORMAT", default_value = "utf8", value_parser = PossibleValuesParser::new(Format::NAMES))]
    format: String,

    /// The columns, in this order, by comma
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    columns: Vec<String>,

    /// Rows that are wanted: COLUMN=VALUE, a comma for "or", or COLUMN~WORD; several must all hold
    #[arg(long, value_name = "FILTER")]
    filter: Vec<String>,

    /// The column to sort by; `-COLUMN` for the greatest first
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    sort: Option<String>,

    /// Where to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let query = query(args)?;
    let dossier = input::open(&args.map, args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let format = Format::from_name(&args.format).expect("clap lets only known names through");
    let text = write(&query.table(&dossier), format, output::screen(color));
    let from = output::From {
        map: &args.map,
        dossier: &dossier,
        is_map: false,
    };
    output::write(&args.output, &from, text.as_bytes())?;
    if args.view == View::Matrix.name() && dossier.graph.theses.len() < 2 {
        output::say("note: competing hypotheses are compared where `thesis` is a list of several");
    }
    Ok(SUCCESS)
}

/// What is asked for, before any file is read.
fn query(args: &Args) -> anyhow::Result<Query> {
    let view = View::from_name(&args.view).expect("clap lets only known names through");
    let mut query = Query::new(view);
    if !args.columns.is_empty() {
        query = query.select(&args.columns)?;
    }
    for filter in &args.filter {
        query = query.filter(filter)?;
    }
    match &args.sort {
        None => Ok(query),
        Some(column) => match column.strip_prefix('-') {
            Some(column) => Ok(query.sort(column, true)?),
            None => Ok(query.sort(column, false)?),
        },
    }
}
