//! The maps that a command is given: files, folders, standard input.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow, bail};
use ignore::WalkBuilder;

use super::disk::{Disk, read_file, read_to_limit};
use super::output;
use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group};
use crate::emit::{Checked, Format, Look, emit};
use crate::rules;
use crate::source::{MAX_FILE_BYTES, Refusal};

/// How standard input is written on the command line, and called in findings.
const STDIN: &str = "-";
const STDIN_NAME: &str = "<stdin>";
const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// The maps that the paths mean, each once: files in the order given, a folder's in the order of their names.
///
/// A folder is walked as ripgrep walks it: hidden files and what `.gitignore` or `.ignore` name are left out.
/// A path that cannot be used is an error of its own, beside the others.
pub(super) fn find(paths: &[PathBuf]) -> Vec<anyhow::Result<PathBuf>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for path in paths {
        let maps = if path.is_dir() {
            walk(path)
        } else {
            vec![Ok(path.clone())]
        };
        found.extend(maps.into_iter().filter(|map| match map {
            Ok(path) => seen.insert(path.clone()),
            Err(_) => true,
        }));
    }
    found
}

fn walk(folder: &Path) -> Vec<anyhow::Result<PathBuf>> {
    let walker = WalkBuilder::new(folder)
        .sort_by_file_path(Path::cmp)
        .require_git(false)
        .build();
    let mut maps = Vec::new();
    for entry in walker {
        match entry {
            Ok(entry) if is_map(entry.path()) && entry.path().is_file() => {
                maps.push(Ok(entry.into_path()));
            }
            Ok(_) => {}
            Err(error) => maps.push(Err(error.into())),
        }
    }
    if maps.is_empty() {
        maps.push(Err(anyhow!(
            "there are no maps (*.yaml, *.yml) in `{}`",
            folder.display()
        )));
    }
    maps
}

/// Whether a file's name ends like a map's.
pub(super) fn is_map(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// Reads one map and finds out everything about it.
pub(super) fn open(path: &Path) -> anyhow::Result<Dossier> {
    let Input { name, bytes, world } = read(path)?;
    Ok(Dossier::open(&name, bytes, &world))
}

/// A map as it is on the disk, and the files that it may see.
pub(super) struct Input {
    /// What findings call it.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    pub(super) world: Disk,
}

/// Whether a path means standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == STDIN
}

/// Reads one map.
pub(super) fn read(path: &Path) -> anyhow::Result<Input> {
    if is_stdin(path) {
        let bytes = read_to_limit(io::stdin().lock());
        let bytes = bytes.map_err(|refusal| cannot_read(STDIN_NAME, &refusal))?;
        let world = Disk::around(Path::new("")).context("cannot find the current folder")?;
        let name = STDIN_NAME.to_owned();
        return Ok(Input { name, bytes, world });
    }
    let name = path.display().to_string();
    if path.is_dir() {
        bail!("`{name}` is a folder, and this command takes one map");
    }
    let bytes = read_file(path).map_err(|refusal| cannot_read(&name, &refusal))?;
    let world =
        Disk::around(path).with_context(|| format!("cannot find the folder of `{name}`"))?;
    Ok(Input { name, bytes, world })
}

/// Whether there is anything to show. Says on standard error what is wrong with the map's form, so that
/// nobody takes a picture or a table of half a map for the whole.
pub(super) fn has_content(dossier: &Dossier) -> bool {
    let report = rules::check(dossier, &Config::default());
    let is_form = |finding: &Diagnostic| finding.rule.group == Group::Form;
    let findings: Vec<Diagnostic> = report.findings.into_iter().filter(is_form).collect();
    let n_faults = findings.len();
    if n_faults > 0 {
        let files = dossier.files.clone();
        let checked = Checked {
            files,
            findings,
            n_allowed: 0,
        };
        let look = Look {
            color: false,
            width: output::width(),
            fail_on: None,
        };
        output::say(emit(&[checked], Format::Short, look).trim_end());
    }
    let is_empty = dossier.map.statements.is_empty();
    if is_empty {
        output::say("error: nothing of the map could be read");
    } else if n_faults > 0 {
        output::say("warning: the map has faults of form, so this may not show all of it");
    }
    !is_empty
}

fn cannot_read(name: &str, refusal: &Refusal) -> anyhow::Error {
    match refusal {
        Refusal::Missing => anyhow!("there is no file `{name}`"),
        Refusal::TooLarge(bytes) => {
            anyhow!("`{name}` has {bytes} bytes, and the limit is {MAX_FILE_BYTES}")
        }
        Refusal::Unreadable(words) => anyhow!("cannot read `{name}`: {words}"),
        Refusal::OutsideProject(root) => anyhow!("`{name}` lies outside `{root}`"),
    }
}
