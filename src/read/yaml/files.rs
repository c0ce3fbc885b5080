//! The map's file and the files that it includes, each read once, in document order.

use rustc_hash::{FxHashMap, FxHashSet};

use super::document::Reader;
use crate::model::{Part, Problem, ProblemKind, Text};
use crate::read::Reading;
use crate::read::ids::is_id;
use crate::source::{FileId, Location, NotText, Refusal, SourceFile, Span, World};
use crate::syntax::{self, SyntaxError};

/// A file whose includes are being followed.
struct Open {
    key: String,
    name: String,
    includes: std::vec::IntoIter<Text>,
}

struct Files<'w> {
    world: &'w dyn World,
    reading: Reading,
    /// The files from the map down to the one at hand.
    open: Vec<Open>,
    /// The files that were read, by key.
    done: FxHashMap<String, FileId>,
    /// Which file has a prefix.
    stems: FxHashMap<String, String>,
}

/// Reads the map and everything that it includes.
pub(super) fn read_all(name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    let mut files = Files {
        world,
        reading: Reading::default(),
        open: Vec::new(),
        done: FxHashMap::default(),
        stems: FxHashMap::default(),
    };
    let key = world
        .locate(file_name(name), name)
        .map_or_else(|_| name.to_owned(), |found| found.key);
    files.read(
        Location {
            name: name.to_owned(),
            key,
        },
        bytes,
        None,
    );
    while let Some(open) = files.open.last_mut() {
        match open.includes.next() {
            Some(path) => files.include(&path),
            None => drop(files.open.pop()),
        }
    }
    files.reading
}

impl Files<'_> {
    fn include(&mut self, path: &Text) {
        let from = self
            .open
            .last()
            .map(|open| open.name.clone())
            .unwrap_or_default();
        let found = self.world.locate(&path.value, &from);
        let location = match found {
            Ok(location) => location,
            Err(refusal) => return self.refuse(path, refusal),
        };
        if let Some(start) = self.open.iter().position(|open| open.key == location.key) {
            let names = self.open[start..].iter().map(|open| open.name.clone());
            let cycle = names.chain([self.open[start].name.clone()]).collect();
            return self.problem(path.span, ProblemKind::IncludeCycle { cycle });
        }
        if self.done.contains_key(&location.key) {
            return;
        }
        let stem = stem(&location.name).to_owned();
        if !is_id(&stem) {
            let rule =
                "its name without the ending becomes a prefix of ids, so it must be an id itself";
            let what = "`include`".to_owned();
            let kind = ProblemKind::InvalidValue {
                what,
                value: path.value.clone(),
                choices: &[],
                rule,
            };
            return self.problem(path.span, kind);
        }
        if let Some(taken_by) = self.stems.get(&stem) {
            self.reading.map.unread.prefixes.insert(stem.clone());
            let kind = ProblemKind::IncludeSameStem {
                stem,
                taken_by: taken_by.clone(),
            };
            return self.problem(path.span, kind);
        }
        match self.world.read(&location) {
            Ok(bytes) => {
                self.stems.insert(stem.clone(), location.name.clone());
                self.read(location, bytes, Some(stem));
            }
            Err(refusal) => self.refuse(path, refusal),
        }
    }

    fn refuse(&mut self, path: &Text, refusal: Refusal) {
        let path_text = path.value.clone();
        let prefix = stem(&path_text).to_owned();
        self.reading.map.unread.prefixes.insert(prefix);
        let kind = ProblemKind::of_include(path_text, refusal);
        self.problem(path.span, kind);
    }

    /// Reads one file into the map and opens it for its includes.
    fn read(&mut self, location: Location, bytes: Vec<u8>, prefix: Option<String>) {
        let (file, not_text) = SourceFile::decode(&location.name, bytes);
        let id = self.reading.files.add(file);
        self.done.insert(location.key.clone(), id);
        let part = Part {
            file: id,
            prefix,
            ..Part::default()
        };
        let first_source = self.reading.map.sources.len();
        let includes = self.document(id, part, not_text);
        let map = &self.reading.map;
        let sources = map.sources[first_source..]
            .iter()
            .filter_map(|source| source.file.as_ref());
        let paths = sources.chain(&map.part(id).bibliography);
        let problems = outside_paths(paths, &location.name, self.world);
        self.reading.problems.extend(problems);
        let includes = includes.into_iter();
        self.open.push(Open {
            key: location.key,
            name: location.name,
            includes,
        });
    }

    fn document(&mut self, id: FileId, mut part: Part, not_text: Option<NotText>) -> Vec<Text> {
        let Reading {
            files,
            map,
            problems,
            ..
        } = &mut self.reading;
        let file = files.get(id);
        let (tree, errors) = match not_text {
            None => syntax::parse(id, file),
            // What stands before the fault is read only where the text is meant to be text.
            Some(fault) => {
                let end = u32::try_from(file.text().len()).expect("files over 256 MiB are refused");
                let span = Span {
                    file: id,
                    start: end,
                    end,
                };
                problems.push(Problem {
                    span,
                    kind: ProblemKind::NotText(fault),
                });
                let tree = if fault == NotText::InvalidUtf8 {
                    syntax::parse(id, file).0
                } else {
                    syntax::Tree::default()
                };
                (tree, Vec::new())
            }
        };
        part.incomplete = not_text.is_some() || !errors.is_empty();
        problems.extend(errors.into_iter().map(
            |SyntaxError {
                 span,
                 related,
                 kind,
             }| Problem {
                span,
                kind: ProblemKind::Syntax {
                    error: kind,
                    related,
                },
            },
        ));
        let mut reader = Reader {
            tree: &tree,
            file: id,
            map,
            part,
            problems,
            tasks: Vec::new(),
            includes: Vec::new(),
            passed: FxHashSet::default(),
        };
        reader.document();
        let Reader { part, includes, .. } = reader;
        map.parts.push(part);
        includes
    }

    fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.reading.problems.push(Problem { span, kind });
    }
}

/// The paths of sources and bibliographies that leave the project; what those files hold is for later rooms.
fn outside_paths<'a>(
    paths: impl Iterator<Item = &'a Text>,
    from: &str,
    world: &dyn World,
) -> Vec<Problem> {
    let mut problems = Vec::new();
    for path in paths {
        if let Err(Refusal::OutsideProject(root)) = world.locate(&path.value, from) {
            let kind = ProblemKind::PathOutsideProject {
                path: path.value.clone(),
                root,
            };
            problems.push(Problem {
                span: path.span,
                kind,
            });
        }
    }
    problems
}

/// The last part of a path.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// A file's name without its folder and its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = file_name(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
