//! What boxes say where the command line does not say.

use toml::de::DeValue;

use super::faults::{Faults, Value};

/// What can stand in a box, as users write it.
pub const LABELS: [&str; 3] = ["text", "label", "id"];
/// What can stand beside a text, as users write it.
pub const EXTRAS: [&str; 5] = ["source", "verdict", "strength", "quote", "scheme"];
/// What statements in one frame can have in common, as users write it.
pub const GROUPINGS: [&str; 3] = ["tag", "source", "thesis"];
/// The least and the greatest number of characters that texts can be cut to.
pub const MAX_CHARS: (u32, u32) = (10, 100_000);

/// What boxes say where the command line does not say; nothing where this does not say either.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WordingDefaults {
    /// One of [`LABELS`].
    pub labels: Option<&'static str>,
    /// Longer texts are cut at a word.
    pub max_chars: Option<u32>,
    /// Some of [`EXTRAS`].
    pub show: Option<Vec<&'static str>>,
    /// One of [`GROUPINGS`].
    pub group_by: Option<&'static str>,
}

impl WordingDefaults {
    /// Reads the value of one of the four keys.
    pub(super) fn read(&mut self, faults: &mut Faults, key: &str, value: &Value<'_>) {
        match key {
            "labels" => self.labels = faults.one_of("`labels`", value, &LABELS),
            "max-chars" => {
                let (least, most) = MAX_CHARS;
                let max = faults.integer("`max-chars`", value, (least.into(), most.into()));
                self.max_chars = max.and_then(|max| u32::try_from(max).ok());
            }
            "show" => self.show = show(faults, value),
            _ => self.group_by = faults.one_of("`group-by`", value, &GROUPINGS),
        }
    }
}

fn show(faults: &mut Faults, value: &Value<'_>) -> Option<Vec<&'static str>> {
    let DeValue::Array(names) = value.get_ref() else {
        let example = "[\"source\", \"verdict\"]";
        faults.wrong_type("`show`", value, "a list of names", example);
        return None;
    };
    let names = names.iter();
    let known = names.filter_map(|name| faults.one_of("a name in `show`", name, &EXTRAS));
    Some(known.collect())
}
