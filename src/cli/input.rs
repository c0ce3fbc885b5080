//! The maps that a command is given: files, folders, standard input.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use clap::builder::{PathBufValueParser, PossibleValuesParser, TypedValueParser as _};
use ignore::WalkBuilder;

use super::disk::{Disk, cannot_read, read_file, read_to_limit};
use super::output;
use super::project::{Projects, Settings, profile};
use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Severity};
use crate::emit::visible::one_line;
use crate::emit::{Checked, Format, Look, emit};
use crate::model::{ForeignFault, Problem, ProblemKind};
use crate::read::{self, Manner, Profile};
use crate::rules;
use crate::source::World;

/// How standard input is written on the command line.
pub(super) const STDIN: &str = "-";
/// What findings call it.
pub(super) const STDIN_NAME: &str = "<stdin>";
const ENDINGS: [&str; 2] = ["yaml", "yml"];

/// A map to read, and what is configured for it.
#[derive(Clone, Debug)]
pub(super) struct Map {
    /// Its path as findings print it, or `-`.
    pub(super) path: PathBuf,
    /// What holds for it.
    pub(super) settings: Arc<Settings>,
}

/// The maps that the paths mean, each once: files in the order given, a folder's in the order of their names.
///
/// A folder is walked as ripgrep walks it: hidden files and what `.gitignore`, `.ignore` or the configuration name
/// are left out; a file that is named is never left out.
/// A path that cannot be used is an error of its own, beside the others; a faulty configuration is one for all.
pub(super) fn find(
    paths: &[PathBuf],
    projects: &mut Projects,
) -> anyhow::Result<Vec<anyhow::Result<Map>>> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for path in paths {
        let maps = if path.is_dir() {
            walk(path, projects)?
        } else {
            vec![Ok(path.clone())]
        };
        for map in maps {
            match map {
                Ok(path) => {
                    // As included maps are named, so that a map is one map whichever way leads to it.
                    let path = path.strip_prefix(".").unwrap_or(&path).to_owned();
                    if seen.insert(path.clone()) {
                        let settings = projects.of(&path)?;
                        found.push(Ok(Map { path, settings }));
                    }
                }
                Err(error) => found.push(Err(error)),
            }
        }
    }
    Ok(found)
}

fn walk(folder: &Path, projects: &mut Projects) -> anyhow::Result<Vec<anyhow::Result<PathBuf>>> {
    let walker = WalkBuilder::new(folder)
        .sort_by_file_path(Path::cmp)
        .require_git(false)
        .build();
    let mut maps = Vec::new();
    let mut n_excluded = 0;
    for entry in walker {
        match entry {
            Ok(entry)
                if is_map(entry.path()) && entry.path().is_file() || is_lost(entry.path()) =>
            {
                if projects.excludes(entry.path())? {
                    n_excluded += 1;
                } else {
                    maps.push(Ok(entry.into_path()));
                }
            }
            Ok(_) => {}
            Err(error) => maps.push(Err(error.into())),
        }
    }
    if maps.is_empty() {
        let but = match n_excluded {
            0 => String::new(),
            n => format!(" but for {n} that the configuration excludes"),
        };
        let folder = folder.display();
        maps.push(Err(anyhow!(
            "there are no maps (*.yaml, *.yml) in `{folder}`{but}"
        )));
    }
    Ok(maps)
}

/// Whether a path in a folder is called like a map and leads nowhere: a link to what is not there, or to itself.
///
/// It is taken for a map, so that reading it says so.
pub(super) fn is_lost(path: &Path) -> bool {
    is_map(path) && !path.exists()
}

/// Whether a file's name ends like a map's.
pub(super) fn is_map(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

/// What the maps of a command are written in.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct FromArgs {
    /// The format of the maps [default: told by each file's name and content]
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(read::Format::NAMES).map(|name| named(&name)))]
    from: Option<read::Format>,

    /// What the labels of BRAT's annotations mean [default: what they do in the Persuasive Essays]
    #[arg(long, value_name = "FILE", value_parser = PathBufValueParser::new().try_map(|file| profile(&file)))]
    profile: Option<Arc<Profile>>,
}

fn named(name: &str) -> read::Format {
    read::Format::from_name(name).expect("clap lets only known names through")
}

impl FromArgs {
    /// Whether each file's format is told by its name and content.
    pub(super) fn is_open(&self) -> bool {
        self.from.is_none()
    }

    /// Finds out everything about a map; a profile that says nothing of it is an error.
    pub(super) fn dossier(
        &self,
        name: &str,
        bytes: Vec<u8>,
        world: &dyn World,
    ) -> anyhow::Result<Dossier> {
        let dossier = self.any_dossier(name, bytes, world);
        let format = dossier.format;
        if self.profile.is_some() && format != read::Format::Brat {
            bail!(
                "`--profile` is for the annotations of BRAT, and `{}` is read as `--from {}`",
                one_line(name),
                format.name()
            );
        }
        Ok(dossier)
    }

    /// The same of a file that was met in a folder, where the profile need not be for all.
    fn any_dossier(&self, name: &str, bytes: Vec<u8>, world: &dyn World) -> Dossier {
        let profile = self.profile.as_deref().cloned();
        let manner = Manner {
            format: self.from,
            profile: profile.unwrap_or_default(),
        };
        Dossier::open_in(&manner, name, bytes, world)
    }
}

/// Reads one map and finds out everything about it.
pub(super) fn open(path: &Path, from: &FromArgs) -> anyhow::Result<Dossier> {
    let Input { name, bytes, world } = read(path)?;
    from.dossier(&name, bytes, &world)
}

/// The same of a file that was met in a folder with files of other formats.
pub(super) fn open_any(path: &Path, from: &FromArgs) -> anyhow::Result<Dossier> {
    let Input { name, bytes, world } = read(path)?;
    Ok(from.any_dossier(&name, bytes, &world))
}

/// The same with its quotes looked up in the files of its sources.
pub(super) fn open_verified(path: &Path, from: &FromArgs) -> anyhow::Result<Dossier> {
    let Input { name, bytes, world } = read(path)?;
    Ok(from.dossier(&name, bytes, &world)?.verified(&world))
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

/// Whether a map is empty because its file, in the format of another program, is a graph without statements.
pub(super) fn is_empty_graph(dossier: &Dossier) -> bool {
    let is_only_empty = |problem: &Problem| {
        let ProblemKind::Foreign { fault, .. } = &problem.kind else {
            return false;
        };
        *fault == ForeignFault::NoStatements
    };
    dossier.format.is_foreign()
        && dossier.map.statements.is_empty()
        && dossier.problems.iter().all(is_only_empty)
}

/// How many faults of form are said by commands that are asked for something else.
const MAX_FAULTS_SAID: usize = 10;

/// Whether there is anything to show. Says on standard error what is wrong with the map's form, so that
/// nobody takes a picture or a table of half a map for the whole.
pub(super) fn has_content(dossier: &Dossier) -> bool {
    // What is about a step, such as a scheme that only some configuration knows, leaves nothing out.
    let leaves_out = |finding: &Diagnostic| {
        finding.rule.group == Group::Form
            && finding.severity == Severity::Error
            && finding.subject.is_none()
    };
    let others = rules::RULES.iter().map(|it| it.rule);
    let others = others.filter(|rule| rule.group != Group::Form);
    let config = Config {
        levels: others.map(|it| (it.name.to_owned(), Level::Off)).collect(),
        ..Config::default()
    };
    let mut findings = rules::check(dossier, &config).findings;
    findings.retain(leaves_out);
    let n_faults = findings.len();
    findings.truncate(MAX_FAULTS_SAID);
    if n_faults > 0 {
        let files = dossier.files.clone();
        let checked = Checked {
            files,
            findings,
            ..Checked::default()
        };
        let look = Look::plain(output::width());
        output::say(emit(&[checked], Format::Short, look).trim_end());
    }
    if n_faults > MAX_FAULTS_SAID {
        let n_more = n_faults - MAX_FAULTS_SAID;
        output::say(&format!(
            "… and {n_more} more of form: `grounds check` shows them"
        ));
    }
    let is_empty = dossier.map.statements.is_empty();
    if is_empty {
        output::say("error: nothing of the map could be read");
    } else if n_faults > 0 {
        output::say("warning: the map has faults of form, so this may not show all of it");
    }
    !is_empty
}
