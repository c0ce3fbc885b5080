//! What a user may choose, as plain data that is passed in.

use std::collections::BTreeMap;

use crate::analysis::Scheme;
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
    /// The user's own argumentation schemes.
    pub schemes: Vec<Scheme>,
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
            schemes: Vec::new(),
        }
    }
}

impl Config {
    /// The argumentation scheme of that name; one of the user's own comes before a built-in one.
    pub fn scheme(&self, name: &str) -> Option<&Scheme> {
        let own = self.schemes.iter().find(|scheme| scheme.name == name);
        own.or_else(|| Scheme::built_in(name))
    }

    /// All schemes: the built-in ones, in place of which the user's own of the same name stand, then the user's others.
    pub fn all_schemes(&self) -> Vec<&Scheme> {
        let built_in = Scheme::all().iter();
        let known = built_in.filter_map(|scheme| self.scheme(&scheme.name));
        let is_new = |scheme: &&Scheme| Scheme::built_in(&scheme.name).is_none();
        known.chain(self.schemes.iter().filter(is_new)).collect()
    }
}
