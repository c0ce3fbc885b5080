//! Maps in: bytes of a file, and of the files that it includes, to a model.

mod yaml;

use crate::model::{ArgumentMap, Problem};
use crate::source::{SourceFiles, World};

/// A map as read, with the texts that its spans point into and everything that is wrong with its form.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The files, the map itself first.
    pub files: SourceFiles,
    /// What could be read of the map.
    pub map: ArgumentMap,
    /// Faults of form, in no particular order.
    pub problems: Vec<Problem>,
}

/// Reads a map from the bytes of its file; `world` answers for the files that it names.
///
/// Linear in the size of all files.
/// Faults never stop it: the map holds what could be read.
pub fn read(name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    yaml::read(name, bytes, world)
}
