//! Streams and files that commands write.

use std::fs::{OpenOptions, Permissions};
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use anyhow::Context as _;

use super::disk::real_path;
use super::input;
use crate::analysis::Dossier;
use crate::emit::visible::one_line;
use crate::render::screen::Screen;

/// The width where there is no terminal to ask.
const DEFAULT_WIDTH: usize = 100;
/// No output is set narrower than this.
const MIN_WIDTH: usize = 20;
/// How many links are followed from one to the next, as Linux does.
const MAX_LINKS: usize = 40;

/// Writes to standard output; a reader that has gone away is no fault.
pub(super) fn print(bytes: &[u8]) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    match stdout.write_all(bytes).and_then(|()| stdout.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written.context("cannot write to standard output"),
    }
}

/// Writes a line to standard error. Where even that fails nothing is left to tell.
pub(super) fn say(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Writes an error and what led to it to standard error.
pub(super) fn error(error: &anyhow::Error) {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    say(&format!("error: {}", one_line(&causes.join(": "))));
}

/// Writes all errors but the last, which is left for the caller to end with; none where there is none.
pub(super) fn errors(all: impl IntoIterator<Item = anyhow::Error>) -> Option<anyhow::Error> {
    let mut last = None;
    for next in all {
        if let Some(before) = last.replace(next) {
            error(&before);
        }
    }
    last
}

/// Whether to colour standard output.
pub(super) fn use_color(choice: clap::ColorChoice) -> bool {
    match choice {
        clap::ColorChoice::Always => true,
        clap::ColorChoice::Never => false,
        clap::ColorChoice::Auto => {
            anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
        }
    }
}

/// Whether standard output is shown on a terminal.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}

/// How many columns standard output has: those of its terminal, else of `COLUMNS`, else 100.
pub(super) fn width() -> usize {
    let terminal = terminal_size::terminal_size().filter(|_| io::stdout().is_terminal());
    #[expect(
        clippy::disallowed_methods,
        reason = "`cli` is the room that reads the environment"
    )]
    let columns = || std::env::var("COLUMNS").ok()?.parse().ok();
    let width = terminal
        .map(|(width, _)| usize::from(width.0))
        .or_else(columns);
    width.unwrap_or(DEFAULT_WIDTH).max(MIN_WIDTH)
}

/// What standard output is shown on.
pub(super) fn screen(choice: clap::ColorChoice) -> Screen {
    Screen {
        width: width(),
        colour: use_color(choice),
    }
}

/// Writes what a command made of a map to a file, or to standard output for `-`.
///
/// It never replaces a map: not the one that it shows, not one that that includes, and, unless the output is a map
/// itself, nothing that ends like one.
pub(super) fn write(path: &Path, from: &From<'_>, bytes: &[u8]) -> anyhow::Result<()> {
    if path.as_os_str() == "-" {
        return print(bytes);
    }
    let name = path.display();
    if !from.is_map && ends_like_map(path) {
        anyhow::bail!("`{name}` ends like a map: choose another name for the output");
    }
    let mut parts = from
        .dossier
        .files
        .iter()
        .map(|file| Path::new(file.name()))
        .chain([from.map]);
    let is_target = |part: &Path| real_path(part).ok() == real_path(path).ok();
    if real_path(path).is_ok() && parts.any(is_target) {
        anyhow::bail!("`{name}` is a map that this is made of: choose another name for the output");
    }
    write_file(path, bytes)
}

/// The ending of an output's name, in small letters.
pub(super) fn ending(path: &Path) -> Option<String> {
    let ending = path.extension()?.to_str()?;
    Some(ending.to_lowercase())
}

/// Whether a file, or what it is a link to, is called as maps are.
pub(super) fn ends_like_map(path: &Path) -> bool {
    input::is_map(path) || input::is_map(&target(path))
}

/// What an output is made of.
pub(super) struct From<'a> {
    /// The map, as the command line names it.
    pub(super) map: &'a Path,
    pub(super) dossier: &'a Dossier,
    /// Whether the output is a map, too.
    pub(super) is_map: bool,
}

/// Writes a file whole or not at all: through a temporary one beside it.
///
/// A link stays, and what it leads to is written. A file that exists keeps its permissions, and one that may only be
/// read stays as it is. What is there and is no file, such as a pipe, is written into.
#[expect(
    clippy::disallowed_methods,
    reason = "`cli` is the room that touches the disk"
)]
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    match std::fs::metadata(path) {
        Ok(about) if about.is_dir() => {
            anyhow::bail!("cannot write `{}`: it is a folder", path.display())
        }
        Ok(about) if about.is_file() && real_path(path).is_ok() => {
            persist(path, bytes, Some(about.permissions()))
        }
        Ok(_) => pour(path, bytes).with_context(|| format!("cannot write `{}`", path.display())),
        Err(error) if is_absence(&error) => persist(path, bytes, None),
        Err(error) => Err(error).with_context(|| format!("cannot write `{}`", path.display())),
    }
}

/// Writes an existing file anew, under the permissions that it has, unless somebody else has changed it meanwhile.
#[expect(
    clippy::disallowed_methods,
    reason = "`cli` is the room that touches the disk"
)]
pub(super) fn rewrite_file(path: &Path, before: &[u8], bytes: &[u8]) -> anyhow::Result<()> {
    let name = path.display();
    let read = || Ok((std::fs::read(path)?, std::fs::metadata(path)?.permissions()));
    let (now, permissions) = read().map_err(|error: io::Error| {
        anyhow::Error::new(error).context(format!("cannot write `{name}`"))
    })?;
    if now != before {
        anyhow::bail!("`{name}` was changed while it was checked: nothing is written to it");
    }
    persist(path, bytes, Some(permissions))
}

/// Whether an error says that a file, or the folder that it should be in, is not there.
fn is_absence(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Writes into what is not ours to replace; a reader that has gone away is no fault.
fn pour(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let opened = OpenOptions::new().write(true).truncate(true).open(path);
    match opened.and_then(|mut stream| stream.write_all(bytes)) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Puts a file in place, with the permissions of the one that is there, else with the usual ones.
fn persist(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> anyhow::Result<()> {
    let name = path.display();
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        anyhow::bail!("cannot write `{name}`: it may only be read");
    }
    let folder = folder_for(path)?;
    let write = || -> io::Result<()> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".grounds-");
        if permissions.is_none() {
            set_usual_permissions(&mut builder);
        }
        let mut file = builder.tempfile_in(&folder)?;
        file.as_file_mut().write_all(bytes)?;
        if let Some(own) = permissions {
            file.as_file().set_permissions(own)?;
        }
        file.persist(target(path)).map_err(|error| error.error)?;
        Ok(())
    };
    write()
        .map_err(without_path)
        .with_context(|| format!("cannot write `{name}`"))
}

/// The folder that a file is to be written to; an error where there is none.
pub(super) fn folder_for(path: &Path) -> anyhow::Result<PathBuf> {
    let target = target(path);
    let folder = target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let (name, shown) = (path.display(), folder.display());
    if !folder.exists() {
        anyhow::bail!("cannot write `{name}`: the folder `{shown}` does not exist");
    }
    if !folder.is_dir() {
        anyhow::bail!("cannot write `{name}`: `{shown}` is not a folder");
    }
    Ok(folder.to_owned())
}

/// What a path leads to, by links that may end where nothing is yet.
fn target(path: &Path) -> PathBuf {
    let mut target = path.to_owned();
    for _ in 0..MAX_LINKS {
        let Ok(next) = std::fs::read_link(&target) else {
            break;
        };
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    target
}

/// The error of a temporary file without the name of that, which tells nobody anything.
fn without_path(error: io::Error) -> io::Error {
    if error.get_ref().is_some() {
        io::Error::from(error.kind())
    } else {
        error
    }
}

/// A temporary file is its owner's alone; the finished one is for whom the process's `umask` lets.
#[cfg(unix)]
fn set_usual_permissions(builder: &mut tempfile::Builder<'_, '_>) {
    use std::os::unix::fs::PermissionsExt as _;
    builder.permissions(Permissions::from_mode(0o666));
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &mut tempfile::Builder<'_, '_>) {}
