//! Many maps at a time, into a folder.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::prelude::*;
use serde_json::Value;

use super::losses::Unsaid;
use super::{Args, Format, convert, losses};
use crate::cli::disk::real_path;
use crate::cli::gather::{Gathered, files, gather, say_first};
use crate::cli::progress::Progress;
use crate::cli::{FOUND, SUCCESS, input, output};
use crate::emit::visible::one_line;

/// How many maps are held at a time.
const BATCH: usize = 256;

/// What became of a file.
enum Outcome {
    Written(Written),
    /// It is in no known format.
    Skipped,
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
    let jobs = targets(gather(&args.maps)?, args.format());
    let (mut entries, mut lost) = (Vec::new(), BTreeMap::new());
    let (mut n_written, mut failed) = (0, Vec::new());
    let (mut empty, mut skipped) = (Vec::new(), Vec::new());
    let progress = Progress::over(jobs.len(), "files converted");
    for batch in jobs.chunks(BATCH) {
        // The order of what is said does not depend on which is done first.
        let outcomes: Vec<Outcome> = batch
            .par_iter()
            .map(|(job, to)| {
                let outcome = settle(args, job, to);
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
                Outcome::Failed(error) => failed.push((&job.path, error)),
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
    for (_, error) in &failed {
        output::error(error);
    }
    let to = args.output.display();
    output::print(format!("{} converted to `{to}`\n", files(n_written)).as_bytes())?;
    if !failed.is_empty() {
        output::say(&format!("error: {} not converted", files(failed.len())));
    }
    Ok(if failed.is_empty() { SUCCESS } else { FOUND })
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

/// Where each file goes: to its own name with the format's ending, behind its old ending where two would be the same.
fn targets(jobs: Vec<Gathered>, format: Format) -> Vec<(Gathered, PathBuf)> {
    let short = |job: &Gathered| job.place.with_extension(format.ending());
    let mut n_named: BTreeMap<PathBuf, usize> = BTreeMap::new();
    for job in &jobs {
        *n_named.entry(short(job)).or_default() += 1;
    }
    let place = |job: Gathered| {
        let name = short(&job);
        if n_named[&name] == 1 {
            return (job, name);
        }
        let mut long = job.place.clone().into_os_string();
        long.push(format!(".{}", format.ending()));
        (job, PathBuf::from(long))
    };
    jobs.into_iter().map(place).collect()
}

fn settle(args: &Args, job: &Gathered, to: &Path) -> Outcome {
    match convert_file(args, job, &args.output.join(to)) {
        Ok(outcome) => outcome,
        Err(error) => Outcome::Failed(error.context(format!("`{}`", job.path.display()))),
    }
}

fn convert_file(args: &Args, job: &Gathered, to: &Path) -> anyhow::Result<Outcome> {
    let Some(dossier) = job.open(&args.from)? else {
        return Ok(Outcome::Skipped);
    };
    let is_empty = input::is_empty_graph(&dossier);
    if dossier.map.statements.is_empty() && !is_empty {
        bail!("nothing of the map could be read: `grounds check` says why");
    }
    let converted = convert(&dossier, args.format())?;
    if args.strict && !converted.unsaid.is_empty() {
        bail!("something would be lost, and --strict allows no loss");
    }
    if real_path(to).is_ok() && real_path(to).ok() == real_path(&job.path).ok() {
        bail!("it would be written over itself: choose another folder");
    }
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    }
    output::write_file(to, converted.text.as_bytes())?;
    let losses = converted.unsaid.counts();
    Ok(Outcome::Written(Written {
        entry: converted.unsaid.entry(&dossier),
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
