//! BRAT's standoff, as `docs/formats/brat.md` describes it: annotations in one file, and the text that they are
//! about in another one beside it.

mod profile;
mod import;
mod entities;
mod ties;
mod lines;
mod text;

pub use profile::{Entity, Profile, Relation};

use super::draft::Draft;
use super::{Format, Reading, walk};
use crate::model::{ForeignFault, ProblemKind, Text};
use crate::source::{FileId, Location, Refusal, SourceFile, SourceFiles, Span, Spanned, World};
use import::Import;
use lines::{Line, Piece};

/// The ending of the text beside it.
const TEXT_ENDING: &str = "txt";

/// Reads the annotations, and their text where something is bound to it. Linear in the size of both.
pub(super) fn read(profile: &Profile, name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    let (file, not_text, recoded) = SourceFile::decode_any(name, bytes);
    let mut draft = Draft::new(Format::Brat);
    draft.recoded(FileId::default(), recoded);
    draft.problems = walk::faults(&file, not_text, Vec::new());
    if !draft.problems.is_empty() {
        return draft.finish(file);
    }
    let lines = lines_of(&mut draft, &file);
    let has_entity = lines.iter().any(|line| matches!(line, Line::Entity { .. }));
    let beside = has_entity
        .then(|| beside(&mut draft, name, world))
        .flatten();
    let text = beside.as_ref().map(SourceFile::text);
    let import = Import::new(&mut draft, profile);
    import.annotations(&lines, text);
    drop(lines);
    if beside.is_some() {
        article(&mut draft, name);
    }
    let mut files = SourceFiles::default();
    files.add(file);
    if let Some(text) = beside {
        files.add(text);
    }
    draft.finish_all(files)
}

/// What the lines say that say something.
fn lines_of<'t>(draft: &mut Draft, file: &'t SourceFile) -> Vec<Line<'t>> {
    let mut lines = Vec::new();
    for number in 1..=file.n_lines() {
        let range = file.line_range(number);
        let line = Piece::new(&file.text()[range.clone()], range.start);
        if line.text.trim().is_empty() {
            continue;
        }
        match Line::parse(line) {
            Some(line) => lines.push(line),
            None => draft.fault(line.span(), NO_ANNOTATION),
        }
    }
    lines
}

const NO_ANNOTATION: ForeignFault = ForeignFault::Misplaced {
    what: "line",
    how: "is no annotation",
    help: "an annotation is an id, a tab, and what it says; this line is left out",
};

/// The text that the annotations are about; where it cannot be read, that is a fault.
fn beside(draft: &mut Draft, name: &str, world: &dyn World) -> Option<SourceFile> {
    let path = text_name(name);
    let found = open(&path, name, world);
    let refusal = match found {
        Ok((location, bytes)) => {
            let (file, not_text, recoded) = SourceFile::decode_any(location.name, bytes);
            if not_text.is_none() {
                draft.recoded(FileId(1), recoded);
                return Some(file);
            }
            Refusal::Unreadable("it is not a text".to_owned())
        }
        Err(refusal) => refusal,
    };
    let start = Span::default();
    match refusal {
        Refusal::OutsideProject(root) => {
            draft.problem(start, ProblemKind::PathOutsideProject { path, root });
        }
        why => draft.fault(start, ForeignFault::TextMissing { path, why }),
    }
    None
}

fn open(path: &str, name: &str, world: &dyn World) -> Result<(Location, Vec<u8>), Refusal> {
    // A file of annotations that is called as its text is should be has none beside it.
    if path == file_name(name) {
        return Err(Refusal::Missing);
    }
    let location = world.locate(path, name)?;
    let bytes = world.read(&location)?;
    Ok((location, bytes))
}

/// What the text beside a file is called.
fn text_name(name: &str) -> String {
    let name = file_name(name);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    format!("{stem}.{TEXT_ENDING}")
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Makes the text a source, which the statements quote.
fn article(draft: &mut Draft, name: &str) {
    let is_quoted = |statement: &crate::model::Statement| statement.quote.is_some();
    if !draft.map.statements.iter().any(is_quoted) {
        return;
    }
    let at_start = |value: &str| -> Text {
        Spanned {
            value: value.to_owned(),
            span: Span::default(),
        }
    };
    let title = at_start("The annotated text");
    let source = draft.source(&at_start("annotated-text"), title);
    source.file = Some(at_start(&text_name(name)));
    let id = source.id.clone();
    draft.map.parts[0].article = Some(at_start(&id));
}

#[cfg(test)]
mod tests;
