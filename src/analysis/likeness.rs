//! Which texts of one list say what texts of another say, in the same words or in similar ones.

use std::collections::{BTreeMap, VecDeque};

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization as _;
use unicode_segmentation::UnicodeSegmentation as _;

/// How alike texts must be to count as one text in other words, from 0 to 1.
const MIN_LIKENESS: f64 = 0.6;
/// How many words of a text are compared.
const MAX_WORDS: usize = 200;
/// A word that more texts have than this does not help to find the one that is meant.
const MAX_TEXTS_OF_WORD: usize = 64;
/// How many of the texts that share most words with a text are compared with it.
const MAX_CANDIDATES: usize = 8;

/// Pairs old texts with new ones, each with at most one, in the order of the old.
///
/// The same words come first, case and punctuation aside, in order; then the most alike. Likeness is that of the two
/// multisets of words (Dice 1945), words being those of Unicode's segmentation, so that scripts without spaces have
/// words too. All but linear: an index of the rarer words finds at most eight candidates for a text.
pub(super) fn pair(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let mut numbers = FxHashMap::default();
    let old: Vec<Vec<u32>> = old.iter().map(|text| words(text, &mut numbers)).collect();
    let new: Vec<Vec<u32>> = new.iter().map(|text| words(text, &mut numbers)).collect();
    let mut pairing = Pairing {
        of_old: vec![None; old.len()],
        is_taken: vec![false; new.len()],
    };
    pairing.pair_same(&old, &new);
    pairing.pair_alike(&old, &new);
    let pairs = pairing.of_old.iter().enumerate();
    pairs
        .filter_map(|(old, new)| new.map(|new| (old, new)))
        .collect()
}

struct Pairing {
    of_old: Vec<Option<usize>>,
    is_taken: Vec<bool>,
}

impl Pairing {
    fn take(&mut self, old: usize, new: usize) {
        self.of_old[old] = Some(new);
        self.is_taken[new] = true;
    }

    fn pair_same(&mut self, old: &[Vec<u32>], new: &[Vec<u32>]) {
        let mut same: FxHashMap<&[u32], VecDeque<usize>> = FxHashMap::default();
        for (at, words) in new.iter().enumerate() {
            same.entry(words).or_default().push_back(at);
        }
        for (at, words) in old.iter().enumerate() {
            let twin = same.get_mut(words.as_slice()).and_then(VecDeque::pop_front);
            if let Some(twin) = twin {
                self.take(at, twin);
            }
        }
    }

    fn pair_alike(&mut self, old: &[Vec<u32>], new: &[Vec<u32>]) {
        let sorted = |words: &Vec<u32>| {
            let mut words = words.clone();
            words.sort_unstable();
            words
        };
        let old: Vec<Vec<u32>> = old.iter().map(sorted).collect();
        let new: Vec<Vec<u32>> = new.iter().map(sorted).collect();
        let mut texts_of: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (at, words) in new.iter().enumerate() {
            for word in distinct(words).filter(|_| !self.is_taken[at]) {
                let texts = texts_of.entry(word).or_default();
                // One more than is used shows that there are too many.
                if texts.len() <= MAX_TEXTS_OF_WORD {
                    texts.push(at);
                }
            }
        }
        let mut alike = Vec::new();
        for (at, words) in old.iter().enumerate() {
            if self.of_old[at].is_some() {
                continue;
            }
            for candidate in candidates(words, &texts_of) {
                let likeness = dice(words, &new[candidate]);
                if likeness >= MIN_LIKENESS {
                    alike.push((likeness, at, candidate));
                }
            }
        }
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        for (_, old, new) in alike {
            if self.of_old[old].is_none() && !self.is_taken[new] {
                self.take(old, new);
            }
        }
    }
}

/// The texts that share most of the rarer words.
fn candidates(words: &[u32], texts_of: &FxHashMap<u32, Vec<usize>>) -> Vec<usize> {
    let mut n_shared: BTreeMap<usize, usize> = BTreeMap::new();
    let rarer = distinct(words)
        .filter_map(|word| texts_of.get(&word))
        .filter(|texts| texts.len() <= MAX_TEXTS_OF_WORD);
    for text in rarer.flatten() {
        *n_shared.entry(*text).or_default() += 1;
    }
    let mut candidates: Vec<(usize, usize)> = n_shared.into_iter().collect();
    candidates.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    candidates.truncate(MAX_CANDIDATES);
    candidates.into_iter().map(|(text, _)| text).collect()
}

/// The words of a text as numbers; the same word has the same number.
fn words(text: &str, numbers: &mut FxHashMap<String, u32>) -> Vec<u32> {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    let number = |word: &str| {
        let next = u32::try_from(numbers.len()).expect("fewer than 2^32 words");
        *numbers.entry(word.to_owned()).or_insert(next)
    };
    folded.unicode_words().take(MAX_WORDS).map(number).collect()
}

fn distinct(sorted: &[u32]) -> impl Iterator<Item = u32> {
    sorted.chunk_by(|a, b| a == b).map(|same| same[0])
}

/// Twice the shared share of two sorted lists: 1 for the same, 0 for nothing in common.
fn dice(one: &[u32], other: &[u32]) -> f64 {
    let (mut at, mut n_shared) = (0, 0u32);
    for word in one {
        while at < other.len() && other[at] < *word {
            at += 1;
        }
        if other.get(at) == Some(word) {
            n_shared += 1;
            at += 1;
        }
    }
    let n_words = u32::try_from(one.len() + other.len()).expect("texts are cut at 200 words");
    if n_words == 0 {
        return 0.0;
    }
    f64::from(2 * n_shared) / f64::from(n_words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_words_pair_first_and_then_the_most_alike() {
        let old = [
            "The deck is unsafe.",
            "Buses can use the detour.",
            "Shops lose.",
        ];
        let new = [
            "Bus lines can use the detour.",
            "The deck is unsafe for cars.",
            "the DECK is unsafe",
            "It rains.",
        ];
        assert_eq!(pair(&old, &new), [(0, 2), (1, 0)]);
    }

    #[test]
    fn repeated_texts_pair_in_order_and_empty_ones_as_well() {
        assert_eq!(
            pair(&["a b", "a b", ""], &["", "A b!", "a b"]),
            [(0, 1), (1, 2), (2, 0)]
        );
    }

    #[test]
    fn texts_without_spaces_are_alike_by_their_characters() {
        assert_eq!(pair(&["这座桥不再安全"], &["这座旧桥不再安全"]), [(0, 0)]);
    }

    #[test]
    fn many_texts_of_the_same_words_are_paired_in_no_time() {
        let old: Vec<String> = (0..20_000).map(|n| format!("Claim {n} is so.")).collect();
        let new: Vec<String> = (0..20_000)
            .map(|n| format!("Claim {n} is not so."))
            .collect();
        let texts = |list: &'static [String]| list.iter().map(String::as_str).collect::<Vec<_>>();
        let (old, new) = (texts(old.leak()), texts(new.leak()));
        assert_eq!(pair(&old, &new).len(), 20_000);
    }
}
