//! The project's own format: YAML maps, as `docs/format.md` defines them.
//!
//! [`files`] brings in the map and its includes, [`document`] walks one file;
//! [`bibliography`] adds the works that are cited out of other files.

mod bibliography;
mod document;
mod fields;
mod files;
mod inference;
mod keys;
mod source;
mod statement;
mod unread;
mod values;

use super::{Reading, ids};
use crate::source::World;

pub(super) fn read(name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    let mut reading = files::read_all(name, bytes, world);
    bibliography::join(&mut reading, world);
    ids::assign(&mut reading);
    reading
}
