//! The document's file and those that it includes, each read once.

use super::block::span;
use super::data::{self, Entry};
use super::mask;
use super::source::{OpenFile, Reader};
use crate::model::{ForeignFault, Problem, ProblemKind, Text};
use crate::read::walk;
use crate::source::{FileId, Location, Refusal, SourceFile};

impl Reader<'_> {
    pub(super) fn open(&mut self, location: Location, bytes: Vec<u8>) {
        let (file, not_text, recoded) = SourceFile::decode_any(&location.name, bytes);
        let id = FileId(u32::try_from(self.seen.len()).expect("fewer than 2^32 files"));
        let faults = walk::faults(&file, not_text, Vec::new());
        if id != FileId::default() {
            self.draft.add_part(id);
        }
        self.draft.recoded(id, recoded);
        self.draft.map.parts[id.0 as usize].incomplete = !faults.is_empty();
        let in_file = |mut fault: Problem| {
            fault.span.file = id;
            fault
        };
        self.draft.problems.extend(faults.into_iter().map(in_file));
        let start = self.front_matter(&file, id);
        let (masked, comments) = mask::comments(file.text(), start);
        for (start, end) in comments {
            self.draft.losses.add("comments", span(id, start, end));
        }
        self.files.add(file);
        self.seen.insert(location.key.clone());
        self.open.push(OpenFile {
            id,
            name: location.name,
            key: location.key,
            masked,
            at: start,
        });
    }

    /// Reads the front matter; says where the rest starts.
    pub(super) fn front_matter(&mut self, file: &SourceFile, id: FileId) -> usize {
        const FENCE: &str = "===";
        let start = file.content_start();
        let text = &file.text()[start..];
        let open = text.len() - text.trim_start().len();
        let fence = text[open..]
            .bytes()
            .take_while(|byte| *byte == b'=')
            .count();
        let inside = open + fence;
        let end = text[inside..].find(FENCE).filter(|_| fence >= FENCE.len());
        let Some(end) = end.map(|end| inside + end) else {
            return start;
        };
        let at = span(id, start + inside, start + end);
        match data::entries(&text[inside..end], at) {
            Some(entries) => self.settings(entries),
            None if text[inside..end].trim().is_empty() => {}
            None => {
                let fault = ForeignFault::Malformed {
                    language: "YAML",
                    why: "the front matter must be a mapping".to_owned(),
                };
                self.draft.fault(at, fault);
            }
        }
        let rest = text[end..].trim_start_matches('=');
        start + text.len() - rest.len()
    }

    pub(super) fn settings(&mut self, entries: Vec<Entry>) {
        let about = &mut self.draft.map.about;
        for Entry { key, values } in entries {
            let mut values = values.into_iter();
            match &*key.value {
                "title" => about.title = values.next(),
                "author" | "authors" => about.authors.extend(values),
                "date" => about.date = values.next(),
                "abstract" | "description" | "subTitle" => about.description = values.next(),
                "model.mode" => {
                    self.debate.is_strict =
                        values.next().is_some_and(|mode| mode.value == "strict");
                }
                "model" => {}
                // What is nested is told with what it stands in.
                inner if inner.contains('.') => {}
                _ => self
                    .draft
                    .losses
                    .add("settings in the front matter", key.span),
            }
        }
    }

    pub(super) fn include(&mut self, path: &Text) {
        self.end_block();
        let from = self.open.last().map(|file| file.name.clone());
        let found = self.world.locate(&path.value, &from.unwrap_or_default());
        let location = match found {
            Ok(location) => location,
            Err(refusal) => return self.refuse(path, refusal),
        };
        if let Some(start) = self.open.iter().position(|open| open.key == location.key) {
            let names = self.open[start..].iter().map(|open| open.name.clone());
            let cycle = names.chain([self.open[start].name.clone()]).collect();
            let kind = ProblemKind::IncludeCycle { cycle };
            return self.draft.problem(path.span, kind);
        }
        if self.seen.contains(&location.key) {
            return;
        }
        match self.world.read(&location) {
            Ok(bytes) => self.open(location, bytes),
            Err(refusal) => self.refuse(path, refusal),
        }
    }

    pub(super) fn refuse(&mut self, path: &Text, refusal: Refusal) {
        let path_text = path.value.clone();
        let kind = ProblemKind::of_include(path_text, refusal);
        self.draft.problem(path.span, kind);
    }
}
