//! What gets lost between two formats, for people and for programs.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::analysis::Dossier;
use crate::cli::output;
use crate::emit::visible::one_line;
use crate::model::{Loss, Losses};
use crate::source::{FileId, Position};

/// What the file says and a map cannot, and what the map says and the other format cannot.
pub(super) struct Unsaid {
    pub(super) read: Losses,
    /// The other format's name with what it cannot say.
    pub(super) written: Option<(&'static str, Losses)>,
    /// What it cannot say, in sentences.
    pub(super) sentences: Vec<String>,
}

impl Unsaid {
    /// What a map has lost already.
    pub(super) fn of(dossier: &Dossier) -> Self {
        Self {
            read: dossier.losses.clone(),
            written: None,
            sentences: Vec::new(),
        }
    }

    /// Whether nothing is lost.
    pub(super) fn is_empty(&self) -> bool {
        let written = self.written.as_ref();
        let is_whole = written.is_none_or(|(_, losses)| losses.is_empty());
        self.read.is_empty() && is_whole && self.sentences.is_empty()
    }

    /// Says all of it on standard error.
    pub(super) fn say(&self, dossier: &Dossier) {
        let name = one_line(dossier.files.get(FileId::default()).name());
        if !self.read.is_empty() {
            let head = format!("warning: a map has no place for these things in `{name}`:\n");
            output::say((head + &table(&self.read, dossier)).trim_end());
        }
        if let Some((format, losses)) = self.written.as_ref().filter(|it| !it.1.is_empty()) {
            let head = format!("warning: `{format}` has no place for these things in `{name}`:\n");
            output::say((head + &table(losses, dossier)).trim_end());
        }
        for sentence in &self.sentences {
            output::say(sentence);
        }
    }

    /// The same for programs.
    pub(super) fn entry(&self, dossier: &Dossier) -> Value {
        let list = |losses: &Losses| -> Vec<Value> {
            losses.iter().map(|loss| entry(loss, dossier)).collect()
        };
        let written = self.written.as_ref();
        json!({
            "file": dossier.files.get(FileId::default()).name(),
            "read": list(&self.read),
            "written": written.map_or_else(Vec::new, |(_, losses)| list(losses)),
            "sentences": self.sentences,
        })
    }
}

/// A report on several files. Documented in `docs/cli.md`.
pub(super) fn report(files: &[Value]) -> String {
    let report = json!({ "version": 1, "files": files });
    let text = serde_json::to_string_pretty(&report).expect("a value of JSON can be written");
    text + "\n"
}

/// What is lost, how often it comes, and where first: a line each, or two where the columns do not suffice.
fn table(losses: &Losses, dossier: &Dossier) -> String {
    let place = |loss: &Loss| {
        let name = one_line(dossier.files.get(loss.first.file).name());
        let Position { line, column } = dossier.files.position(loss.first);
        format!("{name}:{line}:{column}")
    };
    let rows: Vec<(usize, Cow<'_, str>, String)> = losses
        .iter()
        .map(|loss| (loss.count, one_line(&loss.what), place(loss)))
        .collect();
    let chars = |text: &str| text.chars().count();
    let widest = rows.iter().map(|(_, what, _)| chars(what)).max();
    let furthest = rows.iter().map(|(_, _, place)| chars(place)).max();
    let (widest, furthest) = (widest.unwrap_or_default(), furthest.unwrap_or_default());
    let is_narrow = 11 + widest + furthest > output::width();
    let lines = rows.iter().map(|(count, what, place)| {
        if is_narrow {
            format!("{count:>7}  {what}\n{:9}{place}\n", "")
        } else {
            format!("{count:>7}  {what:widest$}  {place}\n")
        }
    });
    lines.collect()
}

fn entry(loss: &Loss, dossier: &Dossier) -> Value {
    let Position { line, column } = dossier.files.position(loss.first);
    json!({
        "what": loss.what,
        "count": loss.count,
        "first": {
            "file": dossier.files.get(loss.first.file).name(),
            "line": line,
            "column": column,
        },
    })
}
