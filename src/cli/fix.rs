//! The edits that findings offer: made in memory, round after round, until a map has none left;
//! then written to the files or shown.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use similar::TextDiff;

use super::disk::{Disk, read_file, real_path, shown};
use super::input::{self, FromArgs, Input};
use super::{FAILURE, FOUND, SUCCESS, output};
use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::emit::visible::{one_line, visible};
use crate::rules;
use crate::source::{FileId, Location, Refusal, World};
use crate::syntax::{Edit, apply, disjoint};

/// A map is edited at most so often; what an edit brings to light is nearly always settled in the next round.
const MAX_ROUNDS: usize = 10;

/// The rules whose edits wait until no other is left: under a misspelt key may stand what a name means.
const LAST: [&str; 2] = ["undefined-reference", "undefined-source"];

/// What to do with the edits that findings offer.
#[derive(Debug, clap::Args)]
pub(super) struct FixArgs {
    /// Make the edits that findings offer, and show what remains; for `-` print the edited map
    #[arg(long, conflicts_with_all = ["watch", "write_baseline"])]
    fix: bool,

    /// Show what --fix would change, change nothing, and end with 1 if there is anything
    #[arg(long, conflicts_with_all = ["fix", "watch", "write_baseline"])]
    pub(super) diff: bool,
}

/// The texts that were edited, each once for all maps that include it.
#[derive(Debug, Default)]
pub(super) struct Fixes {
    /// By the same keys as [`Location`]s.
    texts: BTreeMap<String, Text>,
    n_fixed: usize,
}

/// A text before and after its edits.
#[derive(Debug)]
struct Text {
    /// The file; none for standard input.
    path: Option<PathBuf>,
    /// What findings call it.
    name: String,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// The disk, with edited texts in the place of its own.
struct Overlay<'f> {
    disk: &'f Disk,
    texts: &'f BTreeMap<String, Text>,
}

impl World for Overlay<'_> {
    fn locate(&self, path: &str, from: &str) -> Result<Location, Refusal> {
        self.disk.locate(path, from)
    }

    fn read(&self, location: &Location) -> Result<Vec<u8>, Refusal> {
        match self.texts.get(&location.key) {
            Some(text) => Ok(text.after.clone()),
            None => self.disk.read(location),
        }
    }
}

impl Fixes {
    /// No edits yet, if any are asked for.
    pub(super) fn new(args: &FixArgs) -> Option<Self> {
        (args.fix || args.diff).then(Self::default)
    }

    /// Reads a map, makes every edit that its findings offer, and finds out everything about what has become of it.
    pub(super) fn open(
        &mut self,
        path: &Path,
        from: &FromArgs,
        config: &Config,
    ) -> anyhow::Result<Dossier> {
        let Input { name, bytes, world } = input::read(path)?;
        let is_stdin = input::is_stdin(path);
        let real = if is_stdin {
            None
        } else {
            Some(real_path(path)?)
        };
        let key = real.as_deref().map_or_else(|| name.clone(), shown);
        if !self.texts.contains_key(&key) {
            let text = Text {
                path: real,
                name: name.clone(),
                before: bytes.clone(),
                after: bytes,
            };
            self.texts.insert(key.clone(), text);
        }
        let mut n_rounds = 0;
        loop {
            let overlay = Overlay {
                disk: &world,
                texts: &self.texts,
            };
            let bytes = self.texts[&key].after.clone();
            let dossier = from.dossier(&name, bytes, &overlay)?.verified(&overlay);
            n_rounds += 1;
            if n_rounds > MAX_ROUNDS || !self.round(&dossier, config, &key) {
                self.texts
                    .retain(|_, text| text.path.is_none() || text.before != text.after);
                return Ok(dossier);
            }
        }
    }

    /// Makes the edits that are offered now; says whether there were any.
    fn round(&mut self, dossier: &Dossier, config: &Config, main: &str) -> bool {
        let findings = rules::check(dossier, config).findings;
        let (last, first): (Vec<Diagnostic>, Vec<Diagnostic>) = findings
            .into_iter()
            .partition(|finding| LAST.contains(&finding.rule.name));
        self.make(dossier, first, main) || self.make(dossier, last, main)
    }

    /// Makes the edits of these findings; says whether there were any.
    fn make(&mut self, dossier: &Dossier, findings: Vec<Diagnostic>, main: &str) -> bool {
        let mut edits: BTreeMap<FileId, Vec<Edit>> = BTreeMap::new();
        for fix in findings.into_iter().filter_map(|finding| finding.fix) {
            let edit = Edit::new(fix.span.range(), fix.replacement);
            edits.entry(fix.span.file).or_default().push(edit);
        }
        let mut has_changed = false;
        for (file, edits) in edits {
            let edits = disjoint(edits);
            if self.edit(dossier, file, &edits, main) {
                self.n_fixed += edits.len();
                has_changed = true;
            }
        }
        has_changed
    }

    /// Edits one text, if it is wholly there: a file with a broken end is not written anew without it.
    fn edit(&mut self, dossier: &Dossier, file: FileId, edits: &[Edit], main: &str) -> bool {
        let (name, text) = (
            dossier.files.get(file).name(),
            dossier.files.get(file).text(),
        );
        let key = if file == FileId(0) {
            main.to_owned()
        } else if self.texts[main].path.is_none() {
            // Who pipes a map in does not expect files to change.
            return false;
        } else {
            let Some(key) = self.register(name) else {
                return false;
            };
            key
        };
        let own = self.texts.get_mut(&key).expect("the text is registered");
        let edited = apply(text, edits);
        if own.after != text.as_bytes() || edited == text {
            return false;
        }
        own.after = edited.into_bytes();
        true
    }

    /// The key of an included file, its text kept from now on.
    fn register(&mut self, name: &str) -> Option<String> {
        let path = real_path(Path::new(name)).ok()?;
        let key = shown(&path);
        if !self.texts.contains_key(&key) {
            let bytes = read_file(&path).ok()?;
            let text = Text {
                path: Some(path),
                name: name.to_owned(),
                before: bytes.clone(),
                after: bytes,
            };
            self.texts.insert(key.clone(), text);
        }
        Some(key)
    }

    /// Whether standard input is among the maps, so that its text takes standard output.
    pub(super) fn has_stdin(&self) -> bool {
        self.texts.values().any(|text| text.path.is_none())
    }

    /// Writes what has changed, and standard input's text in any case; says whether all could be written.
    pub(super) fn write(&self) -> anyhow::Result<bool> {
        let mut is_written = true;
        for text in self.texts.values() {
            let Some(path) = &text.path else {
                output::print(&text.after)?;
                continue;
            };
            if text.before == text.after {
                continue;
            }
            if let Err(error) = output::rewrite_file(path, &text.before, &text.after) {
                output::error(&error);
                is_written = false;
            }
        }
        if self.n_fixed > 0 && is_written {
            output::say(&format!("fixed {}", self.counted()));
        }
        Ok(is_written)
    }

    /// Shows what would change as a unified diff, and says with which code to end.
    pub(super) fn show(&self, has_failed: bool) -> anyhow::Result<u8> {
        let mut diff = String::new();
        for text in self.texts.values().filter(|text| text.before != text.after) {
            let name = one_line(&text.name);
            let (before, after) = (
                String::from_utf8_lossy(&text.before),
                String::from_utf8_lossy(&text.after),
            );
            let lines = TextDiff::from_lines(&before, &after);
            let lines = lines.unified_diff().header(&name, &name).to_string();
            diff.push_str(&lines);
        }
        // A patch must hold the bytes of the file, and a terminal must not.
        if output::is_terminal() {
            output::print(visible(&diff).as_bytes())?;
        } else {
            output::print(diff.as_bytes())?;
        }
        if self.n_fixed > 0 {
            output::say(&format!("would fix {}", self.counted()));
        }
        Ok(match (has_failed, diff.is_empty()) {
            (true, _) => FAILURE,
            (false, true) => SUCCESS,
            (false, false) => FOUND,
        })
    }

    fn counted(&self) -> String {
        match self.n_fixed {
            1 => "1 finding".to_owned(),
            n => format!("{n} findings"),
        }
    }
}
