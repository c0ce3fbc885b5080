//! `check --watch`: the same again whenever something changes.
//!
//! It asks the disk a few times in a second instead of having the system call: that works the same on every system,
//! in containers and on network disks, and a run has few files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use anyhow::bail;

use super::super::disk::{path_from, real_path, state};
use super::super::project::{FILE_NAME, Projects};
use super::super::{input, output};
use super::Args;
use crate::emit::visible::one_line;

/// How long to wait before the disk is asked again.
const PAUSE: Duration = Duration::from_millis(200);
/// How long a changed file must stay as it is: editors write in several steps.
const SETTLING: Duration = Duration::from_millis(60);

/// The files that matter, each with when it was written and its size; none where there is no file.
type Snapshot = BTreeMap<PathBuf, Option<(SystemTime, u64)>>;

/// Checks, waits for a change, and checks again, until the process is ended.
pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    if args
        .paths
        .iter()
        .any(|path| path.as_os_str() == input::STDIN)
    {
        bail!("standard input cannot be watched");
    }
    let mut seen = BTreeSet::new();
    loop {
        let before = snapshot(args, &seen);
        match super::once(args, color) {
            Ok(outcome) => seen = outcome.seen,
            Err(error) => output::error(&error),
        }
        let mut known = snapshot(args, &seen);
        let n_files = known.values().filter(|state| state.is_some()).count();
        // What changed during the run counts as a change after it.
        known.extend(
            before
                .into_iter()
                .filter(|(path, _)| known.contains_key(path))
                .collect::<Vec<_>>(),
        );
        let words = if n_files == 1 { "file" } else { "files" };
        output::say(&format!("watching {n_files} {words}; Ctrl-C ends"));
        let changed = wait(args, &seen, &known);
        let name = path_from(Path::new("."), &changed);
        output::say(&format!("{} has changed", one_line(&name)));
    }
}

/// Waits until something is no longer as it was, and what changed is at rest; the first path that changed.
fn wait(args: &Args, seen: &BTreeSet<PathBuf>, known: &Snapshot) -> PathBuf {
    loop {
        let mut now = snapshot(args, seen);
        if let Some(path) = difference(known, &now) {
            let path = path.to_owned();
            loop {
                sleep(SETTLING);
                let next = snapshot(args, seen);
                if next == now {
                    return path;
                }
                now = next;
            }
        }
        sleep(PAUSE);
    }
}

/// The first path that is not as it was; a place without a file is as one that nobody looked at.
fn difference<'s>(known: &'s Snapshot, now: &'s Snapshot) -> Option<&'s Path> {
    let differs =
        |path: &&PathBuf| known.get(*path).unwrap_or(&None) != now.get(*path).unwrap_or(&None);
    let mut paths = now.keys().chain(known.keys());
    paths.find(differs).map(PathBuf::as_path)
}

/// All maps that the paths mean now, every place where a configuration may stand, and the files that the last run saw.
fn snapshot(args: &Args, seen: &BTreeSet<PathBuf>) -> Snapshot {
    let mut paths = seen.clone();
    paths.extend(args.baseline.clone());
    paths.extend(args.config.file().map(Path::to_owned));
    // Without configuration nothing is excluded and nothing can be faulty.
    let maps = input::find(&args.paths, &mut Projects::none()).unwrap_or_default();
    let maps: BTreeSet<PathBuf> = maps.into_iter().flatten().map(|map| map.path).collect();
    let folders: BTreeSet<&Path> = maps.iter().filter_map(|map| map.parent()).collect();
    for folder in folders {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        let real = real_path(folder).unwrap_or_default();
        paths.extend(real.ancestors().map(|above| above.join(FILE_NAME)));
    }
    paths.extend(maps);
    let states = paths.into_iter().map(|path| {
        let state = state(&path);
        (path, state)
    });
    states.collect()
}
