//! What holds for a map: the nearest `grounds.toml` above it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context as _, anyhow, bail};
use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::disk::{cannot_read, path_from, read_file, real_path};
use super::output;
use crate::cite::Style;
use crate::config::{Config, ConfigFault, parse_profile};
use crate::emit::visible::one_line;
use crate::model::near::nearest;
use crate::read::Profile;
use crate::rules::RULES;
use crate::source::SourceFile;

/// What a configuration is called.
pub(super) const FILE_NAME: &str = "grounds.toml";

/// Which configuration holds, for every command that obeys one.
#[derive(Debug, Default, clap::Args)]
pub(super) struct ConfigArgs {
    /// Use this configuration for every map instead of the nearest `grounds.toml` above each
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    config: Option<PathBuf>,

    /// Use no `grounds.toml`
    #[arg(long)]
    no_config: bool,
}

impl ConfigArgs {
    /// The configuration that the command line names.
    pub(super) fn file(&self) -> Option<&Path> {
        self.config.as_deref()
    }
}

/// A configuration and where it holds.
#[derive(Debug, Default)]
pub(super) struct Settings {
    /// What is configured.
    pub(super) config: Config,
    /// The folder that patterns start at, with symbolic links resolved, and the patterns.
    exclude: Option<(PathBuf, Gitignore)>,
    /// The folder of the file, where the paths that it names start.
    pub(super) folder: PathBuf,
}

impl Settings {
    /// Whether a map that was found in a folder is to be left out.
    fn excludes(&self, real: &Path) -> bool {
        let Some((root, patterns)) = &self.exclude else {
            return false;
        };
        // Above a pattern's folder nothing matches it.
        real.strip_prefix(root).is_ok_and(|path| {
            patterns
                .matched_path_or_any_parents(path, false)
                .is_ignore()
        })
    }
}

/// The configurations of all maps of a run, each read once.
#[derive(Debug)]
pub(super) struct Projects {
    /// The one that the command line names for all, or that there is none.
    for_all: Option<Arc<Settings>>,
    /// By the folders of maps, as given: the folder with symbolic links resolved, and what holds there.
    folders: BTreeMap<PathBuf, (PathBuf, Arc<Settings>)>,
    /// By the file that says it.
    files: BTreeMap<PathBuf, Arc<Settings>>,
}

impl Projects {
    /// The configurations that the command line asks for.
    pub(super) fn new(args: &ConfigArgs) -> anyhow::Result<Self> {
        let for_all = match &args.config {
            Some(file) => {
                // As with other tools: patterns of a file from elsewhere are meant here.
                let here = real_path(Path::new(".")).context("cannot find the current folder")?;
                Some(Arc::new(load(file, here)?))
            }
            None if args.no_config => Some(Arc::default()),
            None => None,
        };
        Ok(Self {
            for_all,
            folders: BTreeMap::new(),
            files: BTreeMap::new(),
        })
    }

    /// No configuration, wherever a map is.
    pub(super) fn none() -> Self {
        Self {
            for_all: Some(Arc::default()),
            folders: BTreeMap::new(),
            files: BTreeMap::new(),
        }
    }

    /// What holds for a map.
    pub(super) fn of(&mut self, map: &Path) -> anyhow::Result<Arc<Settings>> {
        match &self.for_all {
            Some(settings) => Ok(Arc::clone(settings)),
            None => Ok(self.folder_of(map)?.1),
        }
    }

    /// Whether a map that was found in a folder is to be left out.
    pub(super) fn excludes(&mut self, map: &Path) -> anyhow::Result<bool> {
        let (folder, nearest) = self.folder_of(map)?;
        let settings = self.for_all.as_ref().unwrap_or(&nearest);
        let name = map.file_name().unwrap_or_default();
        Ok(settings.excludes(&folder.join(name)))
    }

    /// The real folder of a map, and what the nearest file says there.
    fn folder_of(&mut self, map: &Path) -> anyhow::Result<(PathBuf, Arc<Settings>)> {
        let folder = map.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        if let Some((real, settings)) = self.folders.get(folder) {
            return Ok((real.clone(), Arc::clone(settings)));
        }
        // A folder that is not there has no configuration; that its map is not there is told when it is read.
        let Ok(real) = real_path(folder) else {
            return Ok((folder.to_owned(), Arc::default()));
        };
        let settings = match self.for_all {
            Some(_) => Arc::default(),
            None => self.nearest(&real)?,
        };
        let entry = (real, settings);
        self.folders.insert(folder.to_owned(), entry.clone());
        Ok(entry)
    }

    fn nearest(&mut self, folder: &Path) -> anyhow::Result<Arc<Settings>> {
        let mut candidates = folder.ancestors().map(|above| above.join(FILE_NAME));
        let Some(file) = candidates.find(|file| file.is_file()) else {
            return Ok(Arc::default());
        };
        if let Some(settings) = self.files.get(&file) {
            return Ok(Arc::clone(settings));
        }
        let root = file.parent().unwrap_or(folder).to_owned();
        let settings = Arc::new(load(&file, root)?);
        self.files.insert(file, Arc::clone(&settings));
        Ok(settings)
    }
}

/// Reads a configuration. Of several faults the last is the error, and the others are said before.
fn load(file: &Path, root: PathBuf) -> anyhow::Result<Settings> {
    let (name, text) = read_text(file)?;
    let config = Config::parse(&text, &rule_names()).map_err(|faults| {
        let told = faults
            .into_iter()
            .map(|fault| anyhow!("{}", sentence(&name, &fault)));
        output::errors(told).expect("a text that is refused has a fault")
    })?;
    let folder = file.parent().unwrap_or(Path::new("")).to_owned();
    if let Some(style) = &config.style
        && Style::is_path(style)
        && !folder.join(style).is_file()
    {
        let place = SourceFile::new("", text).position(config.style_at);
        bail!(
            "{name}:{}:{}: `style`: there is no file `{style}`",
            place.line,
            place.column
        );
    }
    let exclude = if config.exclude.is_empty() {
        None
    } else {
        // Patterns are matched against paths from the root, so the builder needs none.
        let mut builder = GitignoreBuilder::new("");
        for pattern in &config.exclude {
            builder.add_line(None, pattern)?;
        }
        Some((root, builder.build()?))
    };
    Ok(Settings {
        config,
        exclude,
        folder,
    })
}

/// Reads what the labels of annotations mean; the error says everything that is wrong with it, a line each.
pub(super) fn profile(file: &Path) -> anyhow::Result<Arc<Profile>> {
    let (name, text) = read_text(file)?;
    let profile = parse_profile(&text).map_err(|faults| {
        let told = faults.iter().map(|fault| sentence(&name, fault));
        let told: Vec<String> = told.map(|line| one_line(&line).into_owned()).collect();
        anyhow!(told.join("\n"))
    })?;
    Ok(Arc::new(profile))
}

/// A file of settings: what it is called, and its text.
fn read_text(file: &Path) -> anyhow::Result<(String, String)> {
    let name = path_from(Path::new("."), file);
    let bytes = read_file(file).map_err(|refusal| cannot_read(&name, &refusal))?;
    let text = String::from_utf8(bytes).with_context(|| format!("`{name}` is not UTF-8"))?;
    Ok((name, text))
}

fn sentence(name: &str, fault: &ConfigFault) -> String {
    let ConfigFault {
        line,
        column,
        message,
        help,
    } = fault;
    let help = help.as_ref().map(|help| format!("; {help}"));
    format!(
        "{name}:{line}:{column}: {message}{}",
        help.unwrap_or_default()
    )
}

/// The names of all rules, in the order of the documentation.
pub(super) fn rule_names() -> Vec<&'static str> {
    RULES.iter().map(|entry| entry.rule.name).collect()
}

/// That there is no rule of that name, and which was meant.
pub(super) fn no_rule(name: &str) -> String {
    match nearest(name, rule_names())[..] {
        [] => format!("there is no rule `{name}`; `grounds rule` lists them"),
        [nearest, ..] => format!("there is no rule `{name}`; did you mean `{nearest}`?"),
    }
}
