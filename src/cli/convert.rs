//! `grounds convert`: the map for other programs.

use std::path::PathBuf;

use super::{FOUND, SUCCESS, input, output};
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
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// The whole model with positions; documented in docs/json.md
    #[default]
    Json,
    /// The map in its own format: every statement in its section, included maps joined in
    Yaml,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let dossier = input::open(&args.map)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let text = match args.format {
        FormatName::Json => json::write(&dossier),
        FormatName::Yaml => yaml::write(&dossier)?,
    };
    let from = output::From {
        map: &args.map,
        dossier: &dossier,
        is_map: matches!(args.format, FormatName::Yaml),
    };
    output::write(&args.output, &from, text.as_bytes())?;
    Ok(SUCCESS)
}
