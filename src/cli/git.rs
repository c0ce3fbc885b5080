//! Files as git has them in a revision, or staged.

use std::io;
use std::process::{Command, Stdio};

use anyhow::{Context as _, bail};

use super::disk::{cannot_read, read_to_limit};
use crate::source::{Location, Refusal, World};

/// What marks the root of a project, besides the repository itself.
const ROOT_MARK: &str = "grounds.toml";

/// The files of one revision, as a map in it may see them.
#[derive(Debug)]
pub(super) struct Revision {
    /// The revision as the user wrote it; empty for what is staged.
    name: String,
    /// The tree that it means, so that every file is of the same revision even if a branch moves; empty for what is staged.
    tree: String,
    /// The folder that includes may not leave: from the top of the repository, empty or with `/` at its end.
    root: String,
}

/// Parts `REV:path`; none where a text has no such form. A colon in braces belongs to the revision, as in `@{12:00}`.
pub(super) fn parts(text: &str) -> Option<(&str, &str)> {
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ':' if depth == 0 => {
                let path = &text[at + 1..];
                return (!path.is_empty()).then_some((&text[..at], path));
            }
            _ => {}
        }
    }
    None
}

impl Revision {
    /// A map in a revision: the revision, the map's name there and its bytes.
    pub(super) fn open(name: &str, path: &str) -> anyhow::Result<(Self, String, Vec<u8>)> {
        let tree = match name {
            "" => {
                run(&["rev-parse", "--git-dir"])?;
                String::new()
            }
            name => {
                let object = format!("{name}^{{tree}}");
                run(&["rev-parse", "--verify", "--end-of-options", &object])
                    .with_context(|| format!("git finds no revision `{name}`"))?
            }
        };
        let mut revision = Self {
            name: name.to_owned(),
            tree,
            root: String::new(),
        };
        let path = from_top(path)?;
        let shown = format!("{name}:{path}");
        let bytes = revision.blob(&path);
        let bytes = bytes.map_err(|refusal| cannot_read(&shown, &refusal))?;
        let folders = path.match_indices('/').map(|(at, _)| &path[..=at]);
        let marked = folders
            .rev()
            .find(|folder| revision.has(&format!("{folder}{ROOT_MARK}")));
        marked.unwrap_or_default().clone_into(&mut revision.root);
        Ok((revision, shown, bytes))
    }

    fn has(&self, path: &str) -> bool {
        let object = format!("{}:{path}", self.tree);
        run(&["cat-file", "-e", &object]).is_ok()
    }

    fn blob(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        if !self.has(path) {
            return Err(Refusal::Missing);
        }
        let object = format!("{}:{path}", self.tree);
        let unreadable = |error: io::Error| Refusal::Unreadable(error.to_string());
        let mut child = command(&["cat-file", "blob", &object])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(unreadable)?;
        let stdout = child.stdout.take().expect("standard output is piped");
        let bytes = read_to_limit(stdout);
        let status = child.wait().map_err(unreadable)?;
        match bytes {
            Ok(_) if !status.success() => Err(Refusal::Unreadable("it is no file".to_owned())),
            bytes => bytes,
        }
    }
}

impl World for Revision {
    fn locate(&self, path: &str, from: &str) -> Result<Location, Refusal> {
        let from = from
            .strip_prefix(&format!("{}:", self.name))
            .unwrap_or(from);
        // What is named after a map at the top has its revision, too.
        let own = format!("{}:", self.name);
        let path = path.strip_prefix(&own).unwrap_or(path);
        let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
        let outside = || {
            let root = if self.root.is_empty() {
                "the repository"
            } else {
                &self.root
            };
            Refusal::OutsideProject(format!("{}:{root}", self.name))
        };
        let path = join(folder, path).ok_or_else(outside)?;
        if !path.starts_with(&self.root) {
            return Err(outside());
        }
        Ok(Location {
            name: format!("{}:{path}", self.name),
            key: path,
        })
    }

    fn read(&self, location: &Location) -> Result<Vec<u8>, Refusal> {
        self.blob(&location.key)
    }
}

/// The name that git's configuration has for the user; nothing without one or without git.
pub(super) fn user_name() -> Option<String> {
    run(&["config", "user.name"]).ok()
}

/// A path of `REV:path` from the top of the repository: as in git, `./` and `../` start from the current folder.
fn from_top(path: &str) -> anyhow::Result<String> {
    let folder = if path.starts_with("./") || path.starts_with("../") {
        run(&["rev-parse", "--show-prefix"])?
    } else {
        String::new()
    };
    join(&folder, path).with_context(|| format!("`{path}` lies outside the repository"))
}

/// The path without `.` and `..`; none where it leaves the repository.
fn join(folder: &str, path: &str) -> Option<String> {
    if path.starts_with('/') {
        return None;
    }
    let mut plain: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => drop(plain.pop()?),
            part => plain.push(part),
        }
    }
    Some(plain.join("/"))
}

/// What git prints, without the line's end.
fn run(args: &[&str]) -> anyhow::Result<String> {
    let output = match command(args).output() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            bail!("`git` is not installed, and `REV:path` needs it")
        }
        output => output.context("cannot run `git`")?,
    };
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr);
        let line = words.lines().next().unwrap_or("git failed");
        bail!("{}", line.trim_start_matches("fatal: "));
    }
    let text = String::from_utf8(output.stdout).context("git printed what is not UTF-8")?;
    Ok(text.trim_end().to_owned())
}

/// Git itself, never a shell; in English, so that its words fit into ours.
fn command(args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(args).env("LC_ALL", "C").stdin(Stdio::null());
    command
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colon_in_braces_belongs_to_the_revision() {
        assert_eq!(parts("HEAD~1:maps/a.yaml"), Some(("HEAD~1", "maps/a.yaml")));
        assert_eq!(
            parts("main@{2025-01-01 12:00}:a"),
            Some(("main@{2025-01-01 12:00}", "a"))
        );
        assert_eq!(parts(":a.yaml"), Some(("", "a.yaml")));
        assert_eq!((parts("a.yaml"), parts("HEAD:")), (None, None));
    }

    #[test]
    fn paths_stay_in_the_repository() {
        assert_eq!(join("a/b", "../c.yaml").as_deref(), Some("a/c.yaml"));
        assert_eq!(join("a", "../../c.yaml"), None);
        assert_eq!(join("a", "/etc/hosts"), None);
    }
}
