//! What a misspelt name may have meant.

use strsim::osa_distance;

/// At most this many names are offered.
const MAX_SUGGESTIONS: usize = 3;

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
}
