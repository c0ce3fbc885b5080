//! What a misspelt name may have meant.

use strsim::osa_distance;

/// At most this many names are offered.
const MAX_SUGGESTIONS: usize = 3;
/// Words of a vocabulary shorter than this are not corrected without asking.
const MIN_SURE_CHARS: usize = 4;
/// Words of an id shorter than this are not: another letter easily makes another word of them.
const MIN_SLIP_CHARS: usize = 5;
/// What turns a word into its opposite.
const NEGATIONS: [&str; 7] = ["un", "in", "im", "il", "ir", "dis", "no"];

/// The known names that are nearest to a name, if any is near enough to be what was meant.
///
/// Nearness is the optimal string alignment distance (Levenshtein's, with the swap of two neighbours as one step),
/// at most a third of the name's length; only the names at the least distance are given, in their own order.
/// Names that differ in case alone are nearest of all.
/// Costs one distance for each known name of a similar length.
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let length = name.chars().count();
    let limit = (length / 3).max(1);
    let lower = name.to_lowercase();
    let mut best = limit + 1;
    let mut found: Vec<&str> = Vec::new();
    for candidate in known {
        if candidate.chars().count().abs_diff(length) > limit || candidate == name {
            continue;
        }
        let distance = osa_distance(&lower, &candidate.to_lowercase());
        if distance < best {
            best = distance;
            found.clear();
        }
        if distance == best && distance <= limit && found.len() < MAX_SUGGESTIONS {
            found.push(candidate);
        }
    }
    found
}

/// Whether the only near word of a fixed vocabulary is surely what was meant, so that it can be written without asking.
///
/// A name of fewer than four characters may have meant anything, and another number is another thing:
/// `study-2023` is no slip for `study-2024`.
pub fn is_sure(name: &str, near: &str) -> bool {
    let is_long = name.chars().count() >= MIN_SURE_CHARS;
    let numbers = |name: &str| name.chars().filter(|c| c.is_numeric()).collect::<String>();
    is_long && numbers(name) == numbers(near) || name.to_lowercase() == near.to_lowercase()
}

/// Whether a name that an author chose is surely another one, with a slip of the pen.
///
/// Its author may as well have meant something that is not there: `deck-safe` is no slip for `deck-unsafe`, nor
/// `smith` for `smyth`. So only what hardly ever makes another word counts: another case, `_` for `-`, and in one
/// longer word two neighbours that have changed places, a letter that was left out, or one that was doubled.
/// Linear.
pub fn is_slip(name: &str, near: &str) -> bool {
    let folded = |name: &str| name.to_lowercase().replace('_', "-");
    let (name, near) = (folded(name), folded(near));
    if name == near {
        return true;
    }
    let words = |name: &str| -> Vec<Vec<char>> {
        let words = name.split(['-', '.', '/']);
        words.map(|word| word.chars().collect()).collect()
    };
    let (name, near) = (words(&name), words(&near));
    if name.len() != near.len() {
        return false;
    }
    let mut pairs = name.iter().zip(&near).filter(|(one, other)| one != other);
    match (pairs.next(), pairs.next()) {
        (Some((word, near)), None) => is_slip_in_word(word, near),
        _ => false,
    }
}

/// Whether one word is another with one slip behind its first letter.
fn is_slip_in_word(word: &[char], near: &[char]) -> bool {
    let is_long = word.len().min(near.len()) >= MIN_SLIP_CHARS;
    let is_plain = |word: &[char]| word.iter().all(|c| c.is_lowercase());
    // Without case a letter may be a word of its own, as in Chinese; and another number is another thing.
    if !is_long || !is_plain(word) || !is_plain(near) || is_negated(word) != is_negated(near) {
        return false;
    }
    let same = word
        .iter()
        .zip(near)
        .take_while(|(one, other)| one == other);
    let at = same.count();
    if at == 0 {
        return false;
    }
    let (rest, near_rest) = (&word[at..], &near[at..]);
    match (rest, near_rest) {
        ([one, two, rest @ ..], [first, second, near_rest @ ..]) if word.len() == near.len() => {
            (one, two) == (second, first) && rest == near_rest
        }
        // A last letter is no slip: it tells `survey` from `surveys`.
        (rest, [_, near_rest @ ..]) if !rest.is_empty() && rest == near_rest => true,
        ([more, rest @ ..], near_rest) if !near_rest.is_empty() && rest == near_rest => {
            *more == word[at - 1]
        }
        _ => false,
    }
}

fn is_negated(word: &[char]) -> bool {
    let word: String = word.iter().collect();
    NEGATIONS.iter().any(|start| word.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_at_the_least_distance_are_offered() {
        assert_eq!(
            nearest("reasosn", ["reasons", "season", "thesis"]),
            ["reasons"]
        );
        assert_eq!(nearest("Deck", ["deck", "desk"]), ["deck"]);
        assert_eq!(nearest("e1", ["e2", "e3", "other"]), ["e2", "e3"]);
        assert!(nearest("quote", ["reasons", "id"]).is_empty());
    }

    #[test]
    fn short_names_and_other_numbers_are_no_sure_slips() {
        assert!(is_sure("reasosn", "reasons"));
        assert!(is_sure("ID", "id"));
        assert!(!is_sure("ad", "id"));
        assert!(!is_sure("study-2023", "study-2024"));
        assert!(is_sure("sutdy-2023", "study-2023"));
    }

    #[test]
    fn slips_of_the_pen_in_ids_are_sure() {
        for (name, near) in [
            ("E1", "e1"),
            ("deck_unsafe", "Deck-unsafe"),
            ("deck-unsaef", "deck-unsafe"),
            ("sutdy-2023", "study-2023"),
            ("survy", "survey"),
            ("inc/statutes-aloows", "inc/statutes-alows"),
        ] {
            assert!(is_slip(name, near), "{name}");
        }
    }

    #[test]
    fn ids_that_may_mean_something_else_are_no_slips() {
        for (name, near) in [
            // The opposite.
            ("deck-safe", "deck-unsafe"),
            ("noise-legal", "noise-illegal"),
            ("can-afford", "cannot-afford"),
            ("most-agree", "most-disagree"),
            ("nuclear-waste", "unclear-waste"),
            ("independent", "idependent"),
            ("theory-moral", "theory-amoral"),
            ("不安全座桥座桥", "不安全安座桥座桥"),
            // Another word.
            ("women-vote", "men-vote"),
            ("east-side-safe", "west-side-safe"),
            ("smith-report", "smyth-report"),
            ("costs-raised", "costs-raise"),
            ("survey", "surveys"),
            ("letter-from", "letter-form"),
            // Another thing of its kind.
            ("study-2023", "study-2024"),
            ("study-12-3", "study-1-23"),
            ("sutdy2023", "study2023"),
            // More than one slip.
            ("deck-unsaef-tdoay", "deck-unsafe-today"),
            ("decks-unsafe", "deck-un-safe"),
        ] {
            assert!(!is_slip(name, near), "{name}");
            assert!(!is_slip(near, name), "{near}");
        }
    }
}
