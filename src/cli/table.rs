//! `grounds table`: list what is in a map.

use clap::builder::PossibleValuesParser;

use super::listing::ListArgs;
use super::{FOUND, SUCCESS, output};
use crate::view::table::{Query, View};

/// List what is in a map: statements, evidence, sources, what is unsupported, objections, competing hypotheses
///
/// Columns that a view has but does not show are asked for with --columns;
/// an unknown name prints the names that there are.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    list: ListArgs,

    /// What to list
    #[arg(long, value_name = "VIEW", default_value = "statements", value_parser = PossibleValuesParser::new(View::NAMES))]
    view: String,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let view = View::from_name(&args.view).expect("clap lets only known names through");
    let query = args.list.query(Query::new(view))?;
    let Some(dossier) = args.list.answer(&query, color)? else {
        return Ok(FOUND);
    };
    if view == View::Matrix && dossier.graph.theses.len() < 2 {
        output::say("note: competing hypotheses are compared where `thesis` is a list of several");
    }
    Ok(SUCCESS)
}
