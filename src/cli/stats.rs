//! `grounds stats`: what maps and whole corpora consist of.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};
use rayon::prelude::*;

use super::disk::real_path;
use super::gather::{Gathered, files, gather, say_first};
use super::input::FromArgs;
use super::listing::FormArgs;
use super::progress::Progress;
use super::{FAILURE, FOUND, SUCCESS, output};
use crate::analysis::Census;
use crate::model::near::nearest;
use crate::render::table::{Format, write};
use crate::view::table::{Counted, Table};

/// Count what maps and whole corpora consist of: statements, steps, words, depth, what is unsupported, linked or cyclic
///
/// Shares are degrees from 0 to 1: of claims without a reason (`unsupported`) or without evidence under them
/// (`ungrounded`), of steps with several premises (`linked`) or with an undercut (`undercut`), and of statements on a
/// circle of reasons (`cyclic`). `depth` is how many steps the furthest statement is away from a thesis.
/// CSV, TSV, JSON and JSON Lines have all columns, a row for each map.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Maps, folders of files in any format that can be read, or `-` for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    from: FromArgs,

    #[command(flatten)]
    form: FormArgs,

    /// Where to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

/// What became of a file.
enum Outcome {
    Counted(Counted),
    /// It is in no known format.
    Skipped,
    /// There is nothing in it to count.
    Empty(anyhow::Error),
    /// It could not be read.
    Failed(anyhow::Error),
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let format = args.form.format(&args.output);
    let keys = keys(&args.form.columns, format)?;
    let gathered = gather(&args.paths)?;
    let is_output = |file: &Gathered| is_same(&file.path, &args.output);
    if output::ends_like_map(&args.output) || gathered.iter().any(is_output) {
        let output = args.output.display();
        bail!("`{output}` is a map or ends like one: choose another name for the output");
    }
    let progress = Progress::over(gathered.len(), "files read");
    // The order does not depend on which is done first.
    let outcomes: Vec<Outcome> = gathered
        .par_iter()
        .map(|file| {
            let outcome = settle(file, &args.from);
            progress.advance();
            outcome
        })
        .collect();
    drop(progress);
    let (mut counted, mut skipped, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    let mut code = SUCCESS;
    for (file, outcome) in gathered.iter().zip(outcomes) {
        match outcome {
            Outcome::Counted(map) => counted.push(map),
            Outcome::Skipped => skipped.push(&*file.path),
            Outcome::Empty(error) => {
                code = code.max(FOUND);
                failed.push(error);
            }
            Outcome::Failed(error) => {
                code = FAILURE;
                failed.push(error);
            }
        }
    }
    // Where nothing could be read there is nothing to list.
    if failed.is_empty() || !counted.is_empty() {
        let table = Table::of_stats(&counted, &keys);
        let text = write(&table, format, output::screen(color));
        if args.output.as_os_str() == "-" {
            output::print(text.as_bytes())?;
        } else {
            output::write_file(&args.output, text.as_bytes())?;
        }
    }
    say_first("skipped", &skipped, " in no known format");
    failed.iter().for_each(output::error);
    if !failed.is_empty() && gathered.len() > 1 {
        output::say(&format!("error: {} not counted", files(failed.len())));
    }
    Ok(code)
}

fn is_same(one: &Path, other: &Path) -> bool {
    real_path(one).is_ok_and(|one| real_path(other).is_ok_and(|other| one == other))
}

/// The columns that are asked for; else those for readers, or all for programs.
fn keys(wanted: &[String], format: Format) -> anyhow::Result<Vec<&str>> {
    let known: Vec<&'static str> = Table::stats_keys().collect();
    for name in wanted {
        if known.contains(&&**name) {
            continue;
        }
        match nearest(name, known.iter().copied())[..] {
            [] => bail!(
                "there is no column `{name}`; there are {}",
                known.join(", ")
            ),
            [near, ..] => bail!("there is no column `{name}`; did you mean `{near}`?"),
        }
    }
    let is_for_readers = matches!(
        format,
        Format::Utf8 | Format::Ascii | Format::Markdown | Format::Html
    );
    Ok(if !wanted.is_empty() {
        wanted.iter().map(String::as_str).collect()
    } else if is_for_readers {
        Table::MAIN_STATS.to_vec()
    } else {
        known
    })
}

fn settle(file: &Gathered, from: &FromArgs) -> Outcome {
    let dossier = match file.open(from) {
        Ok(Some(dossier)) => dossier,
        Ok(None) => return Outcome::Skipped,
        // What cannot be read names its file itself.
        Err(error) => return Outcome::Failed(error),
    };
    let name = file.path.display().to_string();
    if dossier.map.statements.is_empty() {
        return Outcome::Empty(anyhow!(
            "`{name}`: nothing of the map could be read: `grounds check` says why"
        ));
    }
    Outcome::Counted(Counted {
        name,
        format: dossier.format.name(),
        census: Census::of(&dossier),
    })
}
