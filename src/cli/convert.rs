//! `grounds convert`: the map for other programs.

use std::path::PathBuf;

use super::input::FromArgs;
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::emit::visible::one_line;
use crate::model::Loss;
use crate::source::{FileId, Position};
use crate::write::solver::{self, Format};
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
    let dossier = input::open(&args.map, args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let (text, unsaid) = match args.format {
        FormatName::Json => (json::write(&dossier), Vec::new()),
        FormatName::Yaml => (yaml::write(&dossier)?, Vec::new()),
        FormatName::Af => for_solvers(&dossier, Format::Af),
        FormatName::Apx => for_solvers(&dossier, Format::Apx),
        FormatName::Tgf => for_solvers(&dossier, Format::Tgf),
        FormatName::Bag => for_solvers(&dossier, Format::Bag),
    };
    if !dossier.losses.is_empty() {
        output::say(losses(&dossier).trim_end());
    }
    for loss in &unsaid {
        output::say(loss);
    }
    if args.strict && !(dossier.losses.is_empty() && unsaid.is_empty()) {
        output::say("error: nothing is written, because of --strict");
        return Ok(FOUND);
    }
    let from = output::From {
        map: &args.map,
        dossier: &dossier,
        is_map: matches!(args.format, FormatName::Yaml),
    };
    output::write(&args.output, &from, text.as_bytes())?;
    Ok(SUCCESS)
}

/// The map in a format of solvers, and what that cannot hold, a line each.
fn for_solvers(dossier: &Dossier, format: Format) -> (String, Vec<String>) {
    let losses = solver::losses(dossier, format).into_iter();
    let losses = losses.map(|loss| format!("{}: {loss}", format.name()));
    (solver::write(dossier, format), losses.collect())
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
