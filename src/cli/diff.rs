//! `grounds diff`: what changed in an argument.

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::git::{self, Revision};
use super::input::FromArgs;
use super::project::{ConfigArgs, Projects};
use super::{FAILURE, FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::render::difference::{self, write};
use crate::rules;
use crate::view::difference::{Difference, Version};

/// Show what changed in the argument, not in the text: statements, reasons, objections, support, findings
///
/// OLD and NEW are maps, `-` for standard input, or REV:PATH for a map as git has it in a revision
/// (:PATH for the staged one). Exits with 0 when the argument is the same, 1 when it differs,
/// and 2 when a map could not be read.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map as it was
    #[arg(value_name = "OLD")]
    old: PathBuf,

    /// The map as it is
    #[arg(value_name = "NEW")]
    new: PathBuf,

    #[command(flatten)]
    from: FromArgs,

    /// How to print it
    #[arg(short, long, value_enum, default_value_t)]
    format: FormatName,

    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// For people
    #[default]
    Text,
    /// For a comment on a pull request
    Markdown,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    if input::is_stdin(&args.old) && input::is_stdin(&args.new) {
        bail!("standard input can be one of the maps, and not both");
    }
    let (old, new) = (open(&args.old, &args.from)?, open(&args.new, &args.from)?);
    // Both are told of before giving up.
    if !input::has_content(&old) | !input::has_content(&new) {
        return Ok(FAILURE);
    }
    // The same configuration holds for both, so that only the maps can make a difference.
    let file = [&args.new, &args.old]
        .into_iter()
        .find(|path| path.is_file());
    let place = file.map_or(Path::new(""), PathBuf::as_path);
    let settings = Projects::new(&args.config)?.of(place)?;
    let config = &settings.config;
    let [found_old, found_new] = [&old, &new].map(|dossier| rules::check(dossier, config).findings);
    let difference = Difference::between(
        Version {
            dossier: &old,
            findings: &found_old,
        },
        Version {
            dossier: &new,
            findings: &found_new,
        },
    );
    output::print(write(&difference, args.format.into()).as_bytes())?;
    Ok(if difference.is_empty() {
        SUCCESS
    } else {
        FOUND
    })
}

/// Opens a map from a file, or from git where there is no file of that name.
fn open(path: &Path, from: &FromArgs) -> anyhow::Result<Dossier> {
    let parts = path.to_str().and_then(git::parts);
    match parts.filter(|_| !path.exists()) {
        Some((revision, path)) => {
            let (revision, name, bytes) = Revision::open(revision, path)?;
            Ok(from.dossier(&name, bytes, &revision)?.verified(&revision))
        }
        None => input::open_verified(path, from),
    }
}

impl From<FormatName> for difference::Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Markdown => Self::Markdown,
            FormatName::Json => Self::Json,
        }
    }
}
