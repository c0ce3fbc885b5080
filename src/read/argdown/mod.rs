//! Argdown, as `docs/formats/argdown.md` describes it: its source, and what `argdown json` makes of that.
//!
//! Both become a [`debate::Debate`], which has Argdown's own notions, and that becomes a map.

mod debate;
mod json;
mod content;
mod data;
mod symbols;
mod mask;
mod lines;
mod block;
mod source;
mod files;
mod reconstruction;
mod map;

use super::draft::Draft;
use super::{Format, Reading, walk};
use crate::source::{World, any_text};

/// Reads source or JSON, whichever it is: no source starts with a brace.
pub(super) fn read(format: Format, name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    let (text, _) = any_text(&bytes);
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') {
        return walk::read_json(format, name, bytes, |walk| {
            let debate = json::read(walk);
            map::draft(walk.draft, debate);
        });
    }
    let mut draft = Draft::new(format);
    let (files, debate) = source::read(&mut draft, name, bytes, world);
    map::draft(&mut draft, debate);
    draft.finish_all(files)
}
