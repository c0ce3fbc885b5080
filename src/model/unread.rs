//! What stands where nothing is read, so that rules do not mistake it for missing.

use rustc_hash::FxHashSet;

/// Names in what no rule sees: under keys that the format does not have, under keys given twice, in values of the
/// wrong shape, and in files that cannot be read.
///
/// Each of these is a fault that is told where it stands; told of it, the author will make the names known.
/// Ids stand under the prefix of their file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unread {
    /// The prefixes of includes that could not be read, so that nothing is known of ids under them.
    pub prefixes: FxHashSet<String>,
    /// What may be the ids of statements and sources.
    pub ids: FxHashSet<String>,
    /// What may be references to statements and sources.
    pub references: FxHashSet<String>,
}
