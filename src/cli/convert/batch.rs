//! Many maps at a time, into a folder.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use rayon::prelude::*;
use serde_json::Value;

use super::losses::Unsaid;
use super::places::places;
use super::{Args, convert, losses};
use crate::analysis::Dossier;
use crate::cli::disk::real_path;
use crate::cli::gather::{Gathered, files, gather, say_first};
use crate::cli::progress::Progress;
use crate::cli::{FAILURE, FOUND, SUCCESS, input, output};
use crate::emit::visible::one_line;

/// How many maps are held at a time.
const BATCH: usize = 256;

/// What became of a file.
enum Outcome {
    Written(Written),
    /// It is in no known format.
    Skipped,
    /// There is nothing in it to write, or nothing may be written of it.
    Refused(anyhow::Error),
    /// It could not be read, or its output not written.
    Failed(anyhow::Error),
}

/// A file that is written.
struct Written {
    /// What is reported of it.
    entry: Value,
    losses: Vec<(Cow<'static, str>, usize)>,
    /// Whether there is no statement in it.
    is_empty: bool,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let gathered = gather(&args.maps)?;
    let inputs = gathered.iter().filter_map(|job| real_path(&job.path).ok());
    let inputs: BTreeSet<PathBuf> = inputs.collect();
    let places = places(&gathered, args.format().ending());
    let jobs: Vec<(Gathered, PathBuf)> = gathered.into_iter().zip(places).collect();
    let (mut entries, mut lost) = (Vec::new(), BTreeMap::new());
    let (mut n_written, mut failed, mut code) = (0, Vec::new(), SUCCESS);
    let (mut empty, mut skipped) = (Vec::new(), Vec::new());
    let progress = Progress::over(jobs.len(), "files converted");
    for batch in jobs.chunks(BATCH) {
        // The order of what is said does not depend on which is done first.
        let outcomes: Vec<Outcome> = batch
            .par_iter()
            .map(|(job, to)| {
                let outcome = settle(args, job, to, &inputs);
                progress.advance();
                outcome
            })
            .collect();
        for ((job, _), outcome) in batch.iter().zip(outcomes) {
            match outcome {
                Outcome::Written(written) => {
                    n_written += 1;
                    entries.push(written.entry);
                    empty.extend(written.is_empty.then_some(&*job.path));
                    for (what, count) in written.losses {
                        *lost.entry(what).or_insert(0) += count;
                    }
                }
                Outcome::Skipped => skipped.push(&*job.path),
                Outcome::Refused(error) => {
                    code = code.max(FOUND);
                    failed.push(error);
                }
                Outcome::Failed(error) => {
                    code = FAILURE;
                    failed.push(error);
                }
            }
        }
    }
    drop(progress);
    say_lost(&lost);
    if let Some(report) = &args.report {
        output::write_file(report, losses::report(&entries).as_bytes())?;
    }
    say_first("warning: no statement in", &empty, "");
    say_first("skipped", &skipped, " in no known format");
    failed.iter().for_each(output::error);
    let to = args.output.display();
    output::print(format!("{} converted to `{to}`\n", files(n_written)).as_bytes())?;
    if !failed.is_empty() {
        output::say(&format!("error: {} not converted", files(failed.len())));
    }
    Ok(code)
}

fn say_lost(lost: &BTreeMap<Cow<'static, str>, usize>) {
    if lost.is_empty() {
        return;
    }
    let mut table = String::from("warning: these things have no place in what is written:\n");
    for (what, count) in lost {
        let _ = writeln!(table, "{count:>7}  {}", one_line(what));
    }
    output::say(table.trim_end());
}

fn settle(args: &Args, job: &Gathered, to: &Path, inputs: &BTreeSet<PathBuf>) -> Outcome {
    // What cannot be read names its file itself.
    let dossier = match job.open(&args.from) {
        Ok(Some(dossier)) => dossier,
        Ok(None) => return Outcome::Skipped,
        Err(error) => return Outcome::Failed(error),
    };
    let name = format!("`{}`", job.path.display());
    match convert_file(args, &dossier, &args.output.join(to), inputs) {
        Ok(Ok(written)) => Outcome::Written(written),
        Ok(Err(why)) => Outcome::Refused(anyhow!(why).context(name)),
        Err(error) => Outcome::Failed(error.context(name)),
    }
}

/// Writes a map in another format; or says why nothing is to be written.
fn convert_file(
    args: &Args,
    dossier: &Dossier,
    to: &Path,
    inputs: &BTreeSet<PathBuf>,
) -> anyhow::Result<Result<Written, &'static str>> {
    let is_empty = input::is_empty_graph(dossier);
    if dossier.map.statements.is_empty() && !is_empty {
        return Ok(Err(
            "nothing of the map could be read: `grounds check` says why",
        ));
    }
    let converted = convert(dossier, args.format(), to)?;
    if args.strict && !converted.unsaid.is_empty() {
        return Ok(Err("something would be lost, and --strict allows no loss"));
    }
    if real_path(to).is_ok_and(|real| inputs.contains(&real)) {
        bail!(
            "it would be written over `{}`, which is read here, too: choose another folder",
            to.display()
        );
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    output::write_file(to, converted.text.as_bytes())?;
    let losses = converted.unsaid.counts();
    Ok(Ok(Written {
        entry: converted.unsaid.entry(dossier),
        losses,
        is_empty,
    }))
}

impl Unsaid {
    /// How often each kind of thing is lost.
    fn counts(&self) -> Vec<(Cow<'static, str>, usize)> {
        let written = self.written.iter().flat_map(|(_, losses)| losses.iter());
        let all = self.read.iter().chain(written);
        all.map(|loss| (loss.what.clone(), loss.count)).collect()
    }
}
