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
    /// What single rules can be told.
    pub options: Options,
}

/// What single rules can be told: a field for each option, named after the rule and the option.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// `long-text.max`: how many characters a text may have.
    pub long_text_max: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { long_text_max: 240 }
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            levels: BTreeMap::new(),
            obey_allow: true,
            options: Options::default(),
        }
    }
}
