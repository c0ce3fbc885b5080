//! What statements are called, so that Carneades can reason about them.
//!
//! It takes the name of a statement for a formula of Prolog, in which `deck-rusts` is a subtraction and `Deck` stands
//! for anything at all: only an atom is a name.

use rustc_hash::{FxHashMap, FxHashSet};

/// Words that are no names in Carneades' formulas.
const WORDS: [&str; 8] = ["true", "false", "nil", "or", "in", "div", "mod", "is"];

/// Whether a name is an atom: a letter that is not upper case, then letters, digits and `_`.
fn is_atom(name: &str) -> bool {
    name.starts_with(may_start)
        && name.chars().all(|c| c == '_' || c.is_alphanumeric())
        && !WORDS.contains(&name)
}

fn may_start(c: char) -> bool {
    c.is_alphabetic() && !c.is_uppercase()
}

/// The atoms for names, in their order, no two of them the same. Names that are atoms stay as they are.
///
/// Linear in the names.
pub(super) fn atoms<'n>(names: impl Iterator<Item = &'n str> + Clone) -> Vec<String> {
    let mut taken: FxHashSet<String> = names
        .clone()
        .filter(|name| is_atom(name))
        .map(str::to_owned)
        .collect();
    let mut numbers: FxHashMap<String, usize> = FxHashMap::default();
    let mut atom = |name: &str| {
        if is_atom(name) {
            return name.to_owned();
        }
        let base = nearest(name);
        let mut atom = base.clone();
        while !taken.insert(atom.clone()) {
            let number = numbers.entry(base.clone()).or_insert(1);
            *number += 1;
            atom = format!("{base}_{number}");
        }
        atom
    };
    names.map(&mut atom).collect()
}

/// The atom that is like a name: `deck_rusts` for `Deck-rusts`, `s_277` for `277`.
fn nearest(name: &str) -> String {
    let mut atom = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            c if atom.is_empty() && c.is_uppercase() => atom.extend(c.to_lowercase()),
            c if c.is_alphanumeric() => atom.push(c),
            _ => atom.push('_'),
        }
    }
    // What is lower case for one letter may be two, of which one is a mark.
    atom.retain(|c| c == '_' || c.is_alphanumeric());
    if is_atom(&atom) {
        atom
    } else {
        format!("s_{atom}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_atoms_that_are_like_them() {
        for (name, atom) in [
            ("deck_rusts", "deck_rusts"),
            ("wearsRing", "wearsRing"),
            ("deck-rusts", "deck_rusts"),
            ("E1", "e1"),
            ("277", "s_277"),
            ("_x", "s__x"),
            ("t.r1", "t_r1"),
            ("true", "s_true"),
            ("日本", "日本"),
            ("İ", "i"),
        ] {
            assert_eq!(nearest(name), atom);
        }
    }

    #[test]
    fn no_two_names_become_one_atom_and_atoms_stay() {
        let names = ["a-b", "A-b", "a_b", "a.b", "a_b_2"];
        let atoms = atoms(names.into_iter());
        assert_eq!(atoms, ["a_b_3", "a_b_4", "a_b", "a_b_5", "a_b_2"]);
    }
}
