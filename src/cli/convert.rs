//! `grounds convert`: the map for other programs.

use std::path::PathBuf;

use super::{FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::write::solver::{self, Format};
use crate::write::{json, yaml};

/// Convert a map to a format that other programs read
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    /// The format
    #[arg(short, long, value_enum, default_value_t)]
    format: FormatName,

    /// Where to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// End with 1 if something of the map is not in the output
    #[arg(long)]
    strict: bool,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// The whole model with positions; documented in docs/json.md
    #[default]
    Json,
    /// The map in its own format: every statement in its section, included maps joined in
    Yaml,
    /// Arguments and attacks for solvers, as in ICCMA 2023; documented in docs/formats/solvers.md
    Af,
    /// The same as facts of ASPARTIX
    Apx,
    /// The same in the trivial graph format
    Tgf,
    /// Weighted arguments, attacks and supports, as in Uncertainpy
    Bag,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let dossier = input::open(&args.map)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let (text, losses) = match args.format {
        FormatName::Json => (json::write(&dossier), Vec::new()),
        FormatName::Yaml => (yaml::write(&dossier)?, Vec::new()),
        FormatName::Af => for_solvers(&dossier, Format::Af),
        FormatName::Apx => for_solvers(&dossier, Format::Apx),
        FormatName::Tgf => for_solvers(&dossier, Format::Tgf),
        FormatName::Bag => for_solvers(&dossier, Format::Bag),
    };
    let from = output::From {
        map: &args.map,
        dossier: &dossier,
        is_map: matches!(args.format, FormatName::Yaml),
    };
    output::write(&args.output, &from, text.as_bytes())?;
    for loss in &losses {
        output::say(loss);
    }
    let is_failing = args.strict && !losses.is_empty();
    Ok(if is_failing { FOUND } else { SUCCESS })
}

/// The map in a format of solvers, and what that cannot hold, a line each.
fn for_solvers(dossier: &Dossier, format: Format) -> (String, Vec<String>) {
    let losses = solver::losses(dossier, format).into_iter();
    let losses = losses.map(|loss| format!("{}: {loss}", format.name()));
    (solver::write(dossier, format), losses.collect())
}
