//! What a misspelt name may have meant.

use strsim::osa_distance;

/// At most this many names are offered.
const MAX_SUGGESTIONS: usize = 3;
/// Names shorter than this are not corrected without asking.
const MIN_SURE_CHARS: usize = 4;

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

/// Whether a name that is the only near one is surely what was meant, so that it can be written without asking.
///
/// A name of fewer than four characters may have meant anything, and another number is another thing:
/// `study-2023` is no slip for `study-2024`.
pub fn is_sure(name: &str, near: &str) -> bool {
    let is_long = name.chars().count() >= MIN_SURE_CHARS;
    let numbers = |name: &str| name.chars().filter(|c| c.is_numeric()).collect::<String>();
    is_long && numbers(name) == numbers(near) || name.to_lowercase() == near.to_lowercase()
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
}
