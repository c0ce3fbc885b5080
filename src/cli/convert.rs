//! `grounds convert`: the map for other programs.

use std::path::PathBuf;

use super::input::FromArgs;
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::emit::visible::one_line;
use crate::model::Loss;
use crate::source::{FileId, Position};
use crate::write::{json, yaml};

/// Convert a map to another format
///
/// What a file of another program says and a map cannot is counted on standard error.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    #[command(flatten)]
    from: FromArgs,

    /// The format
    #[arg(short, long, value_enum, default_value_t)]
    format: FormatName,

    /// Where to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// Write nothing and end with 1 if anything would be lost
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
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let dossier = input::open(&args.map, args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    if !dossier.losses.is_empty() {
        output::say(losses(&dossier).trim_end());
        if args.strict {
            output::say("error: nothing is written, because of --strict");
            return Ok(FOUND);
        }
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

/// The things that a map has no place for, how often they come, and where first.
fn losses(dossier: &Dossier) -> String {
    let file = dossier.files.get(FileId::default());
    let name = one_line(file.name());
    let mut table = format!("warning: a map has no place for these things in `{name}`:\n");
    let width = |loss: &Loss| loss.what.chars().count();
    let widest = dossier.losses.iter().map(width).max().unwrap_or_default();
    for Loss { what, count, first } in dossier.losses.iter() {
        let Position { line, column } = dossier.files.position(*first);
        let line = format!("{count:>7}  {what:widest$}  {name}:{line}:{column}\n");
        table.push_str(&line);
    }
    table
}
