//! `grounds sources`: the works that a map cites, and how far they can be relied on.

use super::listing::ListArgs;
use super::{FOUND, SUCCESS, output};
use crate::view::table::{Query, View};

/// List the works that a map cites: what rests on each, whether its quotes are found, how reliable and independent it is
///
/// It exits with 0 whatever it shows; `grounds check` is the command that fails.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    list: ListArgs,

    /// Also list the entries of the map's bibliographies that nothing cites
    #[arg(long)]
    all: bool,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let usual = Query::new(View::Sources).select(&View::AUDIT);
    let usual = usual.expect("these are columns of the view");
    let mut query = args.list.query(usual)?;
    if args.all {
        query = query.with_uncited();
    }
    let Some(dossier) = args.list.answer(&query, color)? else {
        return Ok(FOUND);
    };
    let n_uncited = dossier.map.uncited.len();
    if n_uncited > 0 && !args.all {
        let entries = if n_uncited == 1 { "entry" } else { "entries" };
        output::say(&format!(
            "note: nothing cites {n_uncited} {entries} of the bibliography: `--all` lists such, too"
        ));
    }
    Ok(SUCCESS)
}
