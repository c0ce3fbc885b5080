//! The world as a map on disk may see it: the files of its project.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::{Component, Path, PathBuf};
use std::time::SystemTime;

use anyhow::anyhow;

use crate::source::{Location, MAX_FILE_BYTES, Refusal, World};

/// What marks the root of a project.
const ROOT_MARKS: [&str; 2] = ["grounds.toml", ".git"];

/// The files of one map's project.
#[derive(Debug)]
pub(super) struct Disk {
    /// The root, with symbolic links resolved.
    root: PathBuf,
}

impl Disk {
    /// The project of a map: the nearest folder above it with a root mark, else its own folder.
    pub(super) fn around(map: &Path) -> io::Result<Self> {
        let folder = map.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")))?;
        let has_mark = |folder: &&Path| ROOT_MARKS.iter().any(|mark| folder.join(mark).exists());
        let root = folder
            .ancestors()
            .find(has_mark)
            .unwrap_or(&folder)
            .to_owned();
        Ok(Self { root })
    }

    fn outside(&self) -> Refusal {
        Refusal::OutsideProject(self.root.display().to_string())
    }
}

impl World for Disk {
    fn locate(&self, path: &str, from: &str) -> Result<Location, Refusal> {
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let name = lexical(&folder.join(path));
        let absolute = std::path::absolute(&name).map_err(|error| refusal(&error))?;
        match fs::canonicalize(&absolute) {
            Ok(real) if real.starts_with(&self.root) => Ok(Location {
                name: shown(&name),
                key: shown(&real),
            }),
            // What would lie inside may be said to be missing; about the rest of the disk nothing is told.
            Err(error) if self.holds(&lexical(&absolute)) => Err(refusal(&error)),
            _ => Err(self.outside()),
        }
    }

    fn read(&self, location: &Location) -> Result<Vec<u8>, Refusal> {
        read_file(Path::new(&location.key))
    }
}

impl Disk {
    /// Whether a path that may not exist would lie within the root: the nearest folder above it that exists does.
    fn holds(&self, path: &Path) -> bool {
        let real = path
            .ancestors()
            .skip(1)
            .find_map(|above| fs::canonicalize(above).ok());
        real.is_some_and(|real| real.starts_with(&self.root))
    }
}

/// A path with symbolic links resolved; it must exist.
pub(super) fn real_path(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// When a file was written and how large it is; nothing where there is none.
pub(super) fn state(path: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

/// A file's bytes, if it is a file and within the limit.
pub(super) fn read_file(path: &Path) -> Result<Vec<u8>, Refusal> {
    let file = File::open(path).map_err(|error| refusal(&error))?;
    let about = file.metadata().map_err(|error| refusal(&error))?;
    if about.is_dir() {
        return Err(Refusal::Unreadable("it is a folder".to_owned()));
    }
    if about.len() > MAX_FILE_BYTES {
        return Err(Refusal::TooLarge(about.len()));
    }
    read_to_limit(file)
}

/// All bytes of a stream that may not say how many it has.
pub(super) fn read_to_limit(stream: impl io::Read) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let n_read = stream.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes);
    match n_read {
        Ok(n) if n as u64 > MAX_FILE_BYTES => Err(Refusal::TooLarge(n as u64)),
        Ok(_) => Ok(bytes),
        Err(error) => Err(refusal(&error)),
    }
}

fn refusal(error: &io::Error) -> Refusal {
    match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Refusal::Missing,
        _ => Refusal::Unreadable(error.to_string()),
    }
}

/// That a file cannot be read, and why.
pub(super) fn cannot_read(name: &str, refusal: &Refusal) -> anyhow::Error {
    match refusal {
        Refusal::Missing => anyhow!("there is no file `{name}`"),
        Refusal::TooLarge(bytes) => {
            anyhow!("`{name}` has {bytes} bytes, and the limit is {MAX_FILE_BYTES}")
        }
        Refusal::Unreadable(words) => anyhow!("cannot read `{name}`: {words}"),
        Refusal::OutsideProject(root) => anyhow!("`{name}` lies outside `{root}`"),
    }
}

/// A path as it is seen from a folder, with `/`; both as the user writes them, and neither need exist.
pub(super) fn path_from(folder: &Path, path: &Path) -> String {
    let whole = |path: &Path| std::path::absolute(path).map(|path| lexical(&path));
    let (Ok(folder), Ok(target)) = (whole(folder), whole(path)) else {
        return shown(path);
    };
    let n_common = folder
        .components()
        .zip(target.components())
        .take_while(|(ours, theirs)| ours == theirs)
        .count();
    let up = folder
        .components()
        .skip(n_common)
        .map(|_| Component::ParentDir);
    let relative: PathBuf = up.chain(target.components().skip(n_common)).collect();
    if relative.as_os_str().is_empty() {
        return ".".to_owned();
    }
    shown(&relative)
}

/// The path without `.` and, as far as there are folders to leave, without `..`.
fn lexical(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir
                if matches!(plain.components().next_back(), Some(Component::Normal(_))) =>
            {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// A path as findings print it: with `/` on every system.
pub(super) fn shown(path: &Path) -> String {
    let text = path.display().to_string();
    if std::path::MAIN_SEPARATOR == '/' {
        text
    } else {
        text.replace(std::path::MAIN_SEPARATOR, "/")
    }
}
