//! Hayagriva's YAML, by this project's own reader: with places, and bounded as a map is.

use rustc_hash::FxHashSet;

use super::works::without_markup;
use super::{Found, Library, key_as_id};
use crate::model::{Absent, ArgumentMap, Expected, Part, Problem, ProblemKind};
use crate::read::yaml::document::Reader;
use crate::source::{FileId, SourceFile};
use crate::syntax::{self, Scalar, SyntaxError, Value};

/// Reads a Hayagriva file: a mapping from keys to the fields of works. Linear in the text.
pub(super) fn read(id: FileId, file: &SourceFile) -> Library {
    let (tree, errors) = syntax::parse(id, file);
    let faults = errors.into_iter().map(problem);
    let mut library = Library {
        entries: Vec::new(),
        problems: faults.collect(),
    };
    let part = Part {
        file: id,
        incomplete: !library.problems.is_empty(),
        ..Part::default()
    };
    let (mut map, mut problems) = (ArgumentMap::default(), Vec::new());
    let mut reader = Reader {
        tree: &tree,
        file: id,
        map: &mut map,
        part,
        problems: &mut problems,
        tasks: Vec::new(),
        includes: Vec::new(),
        passed: FxHashSet::default(),
    };
    let Some(root) = tree.root() else {
        return library;
    };
    match tree.value(root) {
        Value::Mapping(entries) => {
            for entry in entries.iter() {
                let name = reader.text(entry.key, "a key");
                library.problems.append(reader.problems);
                let Some(mut key) = name else { continue };
                key.value = key_as_id(&key.value);
                reader.source(&key, entry.value);
                let source = reader.map.sources.pop();
                let mut source = source.expect("reading a source adds it");
                without_markup(&mut source);
                let problems = std::mem::take(reader.problems);
                // A work may go by the title of what it is a part of.
                let has_title = |it: &Problem| it.kind != ProblemKind::Missing(Absent::Title);
                let problems = problems.into_iter().filter(has_title).collect();
                library.entries.push(Found { source, problems });
            }
        }
        Value::Scalar(scalar) if Scalar::is_null(scalar) || reader.part.incomplete => {}
        _ => {
            let expected = Expected {
                words: "a mapping from keys to works",
                example: "smith2020: {type: book, title: On Bridges}",
            };
            reader.wrong_type(root, "a bibliography", expected);
            library.problems.append(&mut problems);
        }
    }
    library
}

fn problem(error: SyntaxError) -> Problem {
    let kind = ProblemKind::Syntax {
        error: error.kind,
        related: error.related,
    };
    Problem {
        span: error.span,
        kind,
    }
}
