//! Streams and files that commands write.

use std::fs::Permissions;
use std::io::{self, IsTerminal, Write};
use std::path::Path;

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
    if !from.is_map && input::is_map(path) {
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

/// What an output is made of.
pub(super) struct From<'a> {
    /// The map, as the command line names it.
    pub(super) map: &'a Path,
    pub(super) dossier: &'a Dossier,
    /// Whether the output is a map, too.
    pub(super) is_map: bool,
}

/// Writes a file whole or not at all: through a temporary one beside it.
pub(super) fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    persist(path, bytes, None)
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
    if permissions.readonly() {
        anyhow::bail!("cannot write `{name}`: it may only be read");
    }
    persist(path, bytes, Some(permissions))
}

fn persist(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> anyhow::Result<()> {
    let name = path.display();
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let write = || -> io::Result<()> {
        let mut file = tempfile::Builder::new()
            .prefix(".grounds-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        match permissions {
            Some(own) => file.as_file().set_permissions(own)?,
            None => set_usual_permissions(&file)?,
        }
        file.persist(path).map_err(|error| error.error)?;
        Ok(())
    };
    if path.is_dir() {
        anyhow::bail!("cannot write `{name}`: it is a folder");
    }
    write().with_context(|| format!("cannot write `{name}`"))
}

/// A temporary file is its owner's alone; the finished one is for everybody, as usual.
#[cfg(unix)]
fn set_usual_permissions(file: &tempfile::NamedTempFile) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt as _;
    file.as_file()
        .set_permissions(Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_: &tempfile::NamedTempFile) -> io::Result<()> {
    Ok(())
}
