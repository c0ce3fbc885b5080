//! The files that commands for many maps work on, in every format that can be read.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use ignore::WalkBuilder;

use super::input::{self, FromArgs};
use super::output;
use crate::analysis::Dossier;
use crate::emit::visible::one_line;
use crate::model::{ForeignFault, ProblemKind};
use crate::read;

/// A file that may be a map.
pub(super) struct Gathered {
    pub(super) path: PathBuf,
    /// The path from the folder that was named, or the file's name.
    pub(super) place: PathBuf,
    /// Whether it was named itself, so that it must be a map.
    is_named: bool,
}

impl Gathered {
    /// A file as it is met in a folder.
    #[cfg(test)]
    pub(super) fn met(folder: &str, place: &str) -> Self {
        Self {
            path: Path::new(folder).join(place),
            place: PathBuf::from(place),
            is_named: false,
        }
    }

    /// Finds out everything about it if it is to be taken for a map: one that was named is, and what was met in a
    /// folder where its format is known.
    pub(super) fn open(&self, from: &FromArgs) -> anyhow::Result<Option<Dossier>> {
        if self.is_named || !from.is_open() {
            return input::open(&self.path, from).map(Some);
        }
        let dossier = input::open_any(&self.path, from)?;
        Ok(self.is_map(&dossier).then_some(dossier))
    }

    fn is_map(&self, dossier: &Dossier) -> bool {
        let is_foreign = dossier.format != read::Format::Yaml;
        let is_unrecognised = dossier.problems.iter().any(|problem| {
            matches!(
                problem.kind,
                ProblemKind::Foreign {
                    fault: ForeignFault::Unrecognised,
                    ..
                }
            )
        });
        (is_foreign || input::is_map(&self.path)) && !is_unrecognised
    }
}

/// The files that are named, and those in folders that are named, in the order of their paths; texts in folders that
/// are annotated by a file beside them are part of that. Each file comes once.
pub(super) fn gather(paths: &[PathBuf]) -> anyhow::Result<Vec<Gathered>> {
    let mut gathered = Vec::new();
    for path in paths {
        if !path.is_dir() {
            let name = path.file_name().unwrap_or(path.as_os_str());
            gathered.push(Gathered {
                path: path.clone(),
                place: PathBuf::from(name),
                is_named: true,
            });
            continue;
        }
        let before = gathered.len();
        let walker = WalkBuilder::new(path)
            .sort_by_file_path(Path::cmp)
            .require_git(false)
            .build();
        for entry in walker {
            let entry = entry.with_context(|| format!("cannot read `{}`", path.display()))?;
            if entry.path().is_file() || input::is_lost(entry.path()) {
                let place = entry.path().strip_prefix(path).unwrap_or(entry.path());
                gathered.push(Gathered {
                    place: place.to_owned(),
                    path: entry.path().to_owned(),
                    is_named: false,
                });
            }
        }
        if gathered.len() == before {
            bail!("there are no files in `{}`", path.display());
        }
        let met = gathered.split_off(before);
        gathered.extend(without_texts(met));
    }
    // As `check` does: a map is one map, whichever way leads to it.
    let mut seen = BTreeSet::new();
    let plain = |path: &Path| path.strip_prefix(".").unwrap_or(path).to_owned();
    gathered.retain(|file| seen.insert(plain(&file.path)));
    Ok(gathered)
}

/// The files but for texts that others are annotations of: those are read with these.
fn without_texts(files: Vec<Gathered>) -> Vec<Gathered> {
    let is = |file: &Gathered, ending: &str| file.path.extension().is_some_and(|it| it == ending);
    let annotations = files.iter().filter(|file| is(file, "ann"));
    let texts: BTreeSet<PathBuf> = annotations
        .map(|file| file.path.with_extension("txt"))
        .collect();
    let is_own = |file: &Gathered| !texts.contains(&file.path);
    files.into_iter().filter(is_own).collect()
}

/// Says of how many files something is the case, and of which first.
pub(super) fn say_first(start: &str, paths: &[&Path], end: &str) {
    if let Some(first) = paths.first() {
        let (n, first) = (files(paths.len()), first.display().to_string());
        output::say(&format!("{start} {n}{end}: `{}` first", one_line(&first)));
    }
}

/// So many files, in words.
pub(super) fn files(n: usize) -> String {
    match n {
        1 => "1 file".to_owned(),
        n => format!("{n} files"),
    }
}
