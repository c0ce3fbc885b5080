//! Worlds for tests: files in memory, and files below one folder of the disk.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use grounds::source::{Location, Refusal, World};

/// The folder that a memory's files are said to be in.
const MEMORY_ROOT: &str = "/home/ana/maps";

/// Files by their paths.
pub(crate) struct Memory(pub(crate) BTreeMap<String, Vec<u8>>);

impl World for Memory {
    fn locate(&self, path: &str, from: &str) -> Result<Location, Refusal> {
        let name = resolve(path, from, MEMORY_ROOT)?;
        let key = name.clone();
        Ok(Location { name, key })
    }

    fn read(&self, location: &Location) -> Result<Vec<u8>, Refusal> {
        self.0.get(&location.key).cloned().ok_or(Refusal::Missing)
    }
}

/// The files below a folder, named relative to it.
pub(crate) struct Disk(pub(crate) PathBuf);

impl World for Disk {
    fn locate(&self, path: &str, from: &str) -> Result<Location, Refusal> {
        let name = resolve(path, from, &self.0.display().to_string())?;
        let key = name.clone();
        Ok(Location { name, key })
    }

    fn read(&self, location: &Location) -> Result<Vec<u8>, Refusal> {
        fs::read(self.0.join(&location.key)).map_err(|_| Refusal::Missing)
    }
}

/// The path from the root that `path` means in the file `from`, as plain text.
fn resolve(path: &str, from: &str, root: &str) -> Result<String, Refusal> {
    let outside = || Refusal::OutsideProject(root.to_owned());
    if path.starts_with('/') {
        return Err(outside());
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop().ok_or_else(outside)?),
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}
