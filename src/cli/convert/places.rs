//! What the files of a folder are called that several maps are written to.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use crate::cli::gather::Gathered;
use crate::cli::input;

/// Where each file goes, seen from the folder: to its own name with the format's ending. Files that would have the
/// same name keep their old ending before it, or have as many folders before it as tell them apart, or both. A name
/// that is taken all the same gets a number.
///
/// Names differ in more than the case of their letters, which some disks do not tell apart.
/// Linear in the files, and in the folders above those of the same name.
pub(super) fn places(files: &[Gathered], ending: &str) -> Vec<PathBuf> {
    let mut of_name: BTreeMap<String, Vec<&Gathered>> = BTreeMap::new();
    for file in files {
        of_name
            .entry(key(&Manner::PLAIN.place(file, ending)))
            .or_default()
            .push(file);
    }
    let manners: BTreeMap<&String, Manner> = of_name
        .iter()
        .map(|(name, same)| (name, Manner::telling_apart(same, ending)))
        .collect();
    let mut taken = BTreeSet::new();
    let free = |file: &Gathered| {
        let name = key(&Manner::PLAIN.place(file, ending));
        let wanted = manners[&name].place(file, ending);
        let mut place = wanted.clone();
        let mut number = 1;
        while !taken.insert(key(&place)) {
            number += 1;
            let name = wanted.file_name().unwrap_or_default().to_string_lossy();
            let stem = name.strip_suffix(&format!(".{ending}")).unwrap_or(&name);
            place = wanted.with_file_name(format!("{stem}-{number}.{ending}"));
        }
        place
    };
    files.iter().map(free).collect()
}

/// What a name is compared by.
fn key(place: &Path) -> String {
    place.to_string_lossy().to_lowercase()
}

/// How a file's name is made.
#[derive(Clone, Copy)]
struct Manner {
    /// How many folders stand before it.
    n_folders: usize,
    /// Whether the old ending stays.
    is_long: bool,
}

impl Manner {
    const PLAIN: Self = Self {
        n_folders: 0,
        is_long: false,
    };

    /// The first manner in which files have names of their own; else the plain one.
    fn telling_apart(files: &[&Gathered], ending: &str) -> Self {
        let n_above = files.iter().map(|file| above(file).len()).max();
        let with_folders = [false, true].into_iter().flat_map(|is_long| {
            (1..=n_above.unwrap_or(0)).map(move |n_folders| Self { n_folders, is_long })
        });
        let long = Self {
            n_folders: 0,
            is_long: true,
        };
        let mut manners = [Self::PLAIN, long].into_iter().chain(with_folders);
        let tells_apart = |manner: &Self| {
            let mut names = BTreeSet::new();
            files
                .iter()
                .all(|file| names.insert(key(&manner.place(file, ending))))
        };
        manners.find(tells_apart).unwrap_or(Self::PLAIN)
    }

    fn place(self, file: &Gathered, ending: &str) -> PathBuf {
        let name = if self.is_long {
            file.place.file_name()
        } else {
            file.place.file_stem()
        };
        let name = name.unwrap_or_default().to_string_lossy();
        let name = if name == input::STDIN {
            "map".into()
        } else {
            name
        };
        let above = above(file);
        let shown = &above[above.len().saturating_sub(self.n_folders)..];
        let parts: Vec<&str> = shown.iter().map(String::as_str).chain([&*name]).collect();
        file.place
            .with_file_name(format!("{}.{ending}", parts.join("-")))
    }
}

/// The folders above what was named, the nearest last.
fn above(file: &Gathered) -> Vec<String> {
    let n_below = file.place.components().count();
    let folders = file.path.components().rev().skip(n_below);
    let mut folders: Vec<String> = folders
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    folders.reverse();
    folders
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The places of files: those that were named, and those that were met in a folder.
    fn placed(files: &[(&str, &str)]) -> Vec<String> {
        let files = files
            .iter()
            .map(|(folder, place)| Gathered::met(folder, place));
        let files: Vec<Gathered> = files.collect();
        let places = places(&files, "aif.json");
        places
            .iter()
            .map(|place| place.display().to_string().replace('\\', "/"))
            .collect()
    }

    #[test]
    fn files_keep_their_names_unless_others_have_them() {
        assert_eq!(
            placed(&[("x", "a.yaml"), ("x", "sub/a.yaml")]),
            ["a.aif.json", "sub/a.aif.json"]
        );
        assert_eq!(
            placed(&[("x", "m.yaml"), ("x", "m.argdown")]),
            ["m.yaml.aif.json", "m.argdown.aif.json"]
        );
    }

    #[test]
    fn files_of_the_same_name_are_told_apart_by_their_folders() {
        assert_eq!(
            placed(&[("a", "pool.yaml"), ("b", "pool.yaml"), ("b", "n.yaml")]),
            ["a-pool.aif.json", "b-pool.aif.json", "n.aif.json"]
        );
        assert_eq!(
            placed(&[("a/x", "s/m.yaml"), ("b/x", "s/M.yaml")]),
            ["s/a-x-m.aif.json", "s/b-x-M.aif.json"]
        );
        assert_eq!(
            placed(&[("a", "m.yaml"), ("a", "m.yml"), ("b", "m.yaml")]),
            ["a-m.yaml.aif.json", "a-m.yml.aif.json", "b-m.yaml.aif.json"]
        );
    }

    #[test]
    fn what_folders_do_not_tell_apart_gets_a_number() {
        assert_eq!(
            placed(&[("", "a-m.yaml"), ("a", "m.yaml"), ("b", "m.yaml")]),
            ["a-m.aif.json", "a-m-2.aif.json", "b-m.aif.json"]
        );
        assert_eq!(
            placed(&[("x", "m.yaml"), ("x", "m.json"), ("x", "m.yaml.txt")]),
            ["m.yaml.aif.json", "m.json.aif.json", "m.yaml-2.aif.json"]
        );
    }
}
