//! What a user may choose, as plain data that is passed in.

use std::collections::BTreeMap;

use crate::diagnostic::Level;

/// How maps are checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    /// The levels of rules that are not at their own, by name.
    pub levels: BTreeMap<String, Level>,
    /// Whether an `allow` in a map silences findings.
    pub obey_allow: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            levels: BTreeMap::new(),
            obey_allow: true,
        }
    }
}
