//! Element ids made from statements' ids: legal in the format, stable, and unique.

use std::collections::BTreeMap;

/// Hands out names.
pub(crate) struct Names {
    /// What stands before the number of a name that was taken.
    separator: char,
    /// Every name given, with the last number tried after it.
    taken: BTreeMap<String, usize>,
}

impl Names {
    /// With names that are taken from the start.
    pub(crate) fn new(separator: char, reserved: &[&str]) -> Self {
        Self {
            separator,
            taken: reserved.iter().map(|it| ((*it).to_owned(), 1)).collect(),
        }
    }

    /// A name for `id`: the id itself where it is legal and free. Characters that are not `allowed` become
    /// underscores; a name that is taken gets a number.
    pub(crate) fn give(&mut self, id: &str, allowed: impl Fn(char) -> bool) -> String {
        let mut name: String = id
            .chars()
            .map(|c| if allowed(c) { c } else { '_' })
            .collect();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            name.insert(0, '_');
        }
        let mut number = self.taken.get(&name).copied().unwrap_or(0);
        let mut unique = name.clone();
        while self.taken.contains_key(&unique) {
            number += 1;
            unique = format!("{name}{}{number}", self.separator);
        }
        self.taken.insert(name, number.max(1));
        self.taken.entry(unique.clone()).or_insert(1);
        unique
    }
}

/// Characters of XML names that need no thought about ranges.
pub(super) fn in_xml(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_legal_and_unique() {
        let mut names = Names::new('.', &["title"]);
        let given = ["a", "a b", "a/b", "1st", "", "title"].map(|it| names.give(it, in_xml));
        assert_eq!(given, ["a", "a_b", "a_b.2", "_1st", "_", "title.2"]);
    }
}
