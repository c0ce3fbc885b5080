//! A text made ready to be looked through many times.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::fold::Keys;
use crate::graph::Lists;

/// How many key bytes at the start of a word are compared before a place is looked at.
const N_SEED_BYTES: usize = 8;
/// With more places than this that begin alike, the text is searched through for a key that is longer than its seed.
const MAX_CANDIDATES: usize = 2000;
/// Runs of words that are the same may together be so many times as long as the text before overlaps are left out.
const MAX_OVERLAP: usize = 8;

/// The words of a text: what counts of them, where they stand, and which are the same.
#[derive(Debug)]
pub struct Index {
    /// All key characters in a row.
    keys: String,
    words: Vec<Word>,
    /// The first bytes of what begins at each word, in order: a suffix array (Manber & Myers 1993) of words alone,
    /// sorted by its first bytes alone.
    seeds: Vec<(u64, u32)>,
    /// The number of each different word.
    vocabulary: FxHashMap<Box<str>, u32>,
    /// For each word of the text, its number.
    ids: Vec<u32>,
    /// For each number, the words of the text that have it.
    postings: Lists<u32>,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
struct Word {
    /// Its first byte among the keys.
    key: u32,
    /// Its first byte in the text.
    start: u32,
    /// The byte behind it in the text.
    end: u32,
}

impl Index {
    /// Reads the words of a text of at most 32 MiB; O(n log n), and about twenty times as large as the text.
    pub fn of(text: &str) -> Self {
        let mut keys = String::with_capacity(text.len());
        let mut words: Vec<Word> = Vec::new();
        for key in Keys::of(text) {
            if key.starts_word {
                words.push(Word {
                    key: offset(keys.len()),
                    start: offset(key.start),
                    end: 0,
                });
            }
            if let Some(word) = words.last_mut() {
                word.end = offset(key.end);
            }
            keys.push(key.folded);
        }
        let mut index = Self {
            keys,
            words,
            seeds: Vec::new(),
            vocabulary: FxHashMap::default(),
            ids: Vec::new(),
            postings: Lists::default(),
        };
        index.sort_seeds();
        index.number_words();
        index
    }

    fn sort_seeds(&mut self) {
        let seed = |(at, word): (usize, &Word)| {
            (seed(&self.keys.as_bytes()[word.key as usize..]), offset(at))
        };
        self.seeds = self.words.iter().enumerate().map(seed).collect();
        self.seeds.sort_unstable();
    }

    fn number_words(&mut self) {
        let mut pairs = Vec::with_capacity(self.words.len());
        for at in 0..self.words.len() {
            let next = offset(self.vocabulary.len());
            let word = &self.keys[self.key_range(at..at + 1)];
            let id = match self.vocabulary.get(word) {
                Some(id) => *id,
                None => *self.vocabulary.entry(word.into()).or_insert(next),
            };
            self.ids.push(id);
            pairs.push((id as usize, offset(at)));
        }
        self.postings = Lists::group(self.vocabulary.len(), &pairs);
    }

    /// The number of a word, folded; nothing if the text does not have it.
    pub(super) fn id_of(&self, word: &str) -> Option<u32> {
        self.vocabulary.get(word).copied()
    }

    /// The numbers of the text's words, in order.
    pub(super) fn ids(&self) -> &[u32] {
        &self.ids
    }

    /// Where the word of a number stands.
    pub(super) fn postings(&self, id: u32) -> &[u32] {
        self.postings.get(id as usize)
    }

    /// Where words stand in the text.
    pub(super) fn text_range(&self, words: &Range<usize>) -> Range<usize> {
        self.words[words.start].start as usize..self.words[words.end - 1].end as usize
    }

    /// The key characters of words.
    pub(super) fn key(&self, words: &Range<usize>) -> &str {
        &self.keys[self.key_range(words.clone())]
    }

    fn key_range(&self, words: Range<usize>) -> Range<usize> {
        let end = self
            .words
            .get(words.end)
            .map_or(self.keys.len(), |next| next.key as usize);
        self.words[words.start].key as usize..end
    }

    /// All runs of whole words that have these key characters, in order; of runs that overlap so much that all of them
    /// together have many times the characters of the text, only those that do not.
    ///
    /// Two binary searches and a comparison for each place that begins alike; at worst O(n log n) in the text.
    pub(super) fn occurrences(&self, key: &str) -> Vec<Range<usize>> {
        let candidates = self.candidates(key);
        let mut found = if candidates.len() > MAX_CANDIDATES && key.len() > N_SEED_BYTES {
            let starts = matches(self.keys.as_bytes(), key.as_bytes());
            starts
                .filter_map(|at| self.whole_words(at, key.len()))
                .collect()
        } else {
            self.checked(candidates, key)
        };
        if found.len() * key.len() > MAX_OVERLAP * self.keys.len() {
            let mut end = 0;
            found.retain(|words: &Range<usize>| {
                let is_apart = words.start >= end;
                end = if is_apart { words.end } else { end };
                is_apart
            });
        }
        found
    }

    /// The runs of whole words at some places that have these key characters, in order.
    fn checked(&self, places: &[(u64, u32)], key: &str) -> Vec<Range<usize>> {
        let start = |(_, word): &(u64, u32)| self.words[*word as usize].key as usize;
        let mut starts: Vec<usize> = places.iter().map(start).collect();
        starts.sort_unstable();
        starts
            .into_iter()
            .filter(|start| self.keys[*start..].starts_with(key))
            .filter_map(|at| self.whole_words(at, key.len()))
            .collect()
    }

    /// The places that begin like a key.
    fn candidates(&self, key: &str) -> &[(u64, u32)] {
        if key.is_empty() {
            return &[];
        }
        let first = seed(key.as_bytes());
        let n_open = N_SEED_BYTES - key.len().min(N_SEED_BYTES);
        let last = first | (1u64 << (8 * n_open)).wrapping_sub(1);
        let last = if n_open == 0 { first } else { last };
        let start = self.seeds.partition_point(|(seed, _)| *seed < first);
        let end = self.seeds.partition_point(|(seed, _)| *seed <= last);
        &self.seeds[start..end]
    }

    /// The words that some key bytes are, if they begin and end with words.
    fn whole_words(&self, at: usize, length: usize) -> Option<Range<usize>> {
        let word_at = |key: usize| {
            self.words
                .binary_search_by_key(&key, |word| word.key as usize)
                .ok()
        };
        let first = word_at(at)?;
        let end = at + length;
        let last = if end == self.keys.len() {
            self.words.len()
        } else {
            word_at(end)?
        };
        Some(first..last)
    }
}

/// Where a text has a pattern, overlaps and all, in order; linear, whatever both are (Knuth, Morris & Pratt 1977).
///
/// The standard library skips what overlaps the match before, which may be one that does not end where a word does.
fn matches<'t>(text: &'t [u8], pattern: &'t [u8]) -> impl Iterator<Item = usize> + 't {
    // For each start of the pattern, how long the longest shorter start is that it ends with.
    let mut borders = vec![0; pattern.len()];
    for at in 1..pattern.len() {
        borders[at] = further(pattern, &borders, borders[at - 1], pattern[at]);
    }
    let mut n_same = 0;
    text.iter().enumerate().filter_map(move |(at, byte)| {
        n_same = further(pattern, &borders, n_same, *byte);
        (n_same == pattern.len()).then(|| at + 1 - n_same)
    })
}

/// How much of a pattern's start a text ends with after one more byte, if it did with so much before.
fn further(pattern: &[u8], borders: &[usize], n_same: usize, byte: u8) -> usize {
    let mut n_same = n_same;
    while n_same > 0 && pattern.get(n_same) != Some(&byte) {
        n_same = borders[n_same - 1];
    }
    n_same + usize::from(pattern.get(n_same) == Some(&byte))
}

/// The first bytes of a key as a number that sorts as they do.
fn seed(key: &[u8]) -> u64 {
    let mut bytes = [0; N_SEED_BYTES];
    let n = key.len().min(N_SEED_BYTES);
    bytes[..n].copy_from_slice(&key[..n]);
    u64::from_be_bytes(bytes)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("texts of more than 32 MiB are refused before")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, key: &str, expected: &[&str]) {
        let index = Index::of(text);
        let found: Vec<&str> = index
            .occurrences(key)
            .iter()
            .map(|words| &text[index.text_range(words)])
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn all_occurrences_of_whole_words_are_found_in_order() {
        check(
            "The art of party. ART! Start art",
            "art",
            &["art", "ART", "art"],
        );
        check("one two, One Two three", "onetwo", &["one two", "One Two"]);
        check("one two", "onetwothree", &[]);
        check("one two", "", &[]);
    }

    #[test]
    fn words_that_begin_alike_are_told_apart_behind_the_seed() {
        check(
            "internationalism internationally",
            "internationally",
            &["internationally"],
        );
    }

    #[test]
    fn a_run_is_found_behind_one_that_overlaps_it_and_is_no_whole_words() {
        for n_letters in [2, 20] {
            let word = "a".repeat(n_letters);
            let text = format!(
                "{}a {word} b",
                format!("{word}b ").repeat(2 * MAX_CANDIDATES)
            );
            check(&text, &word, &[&word]);
        }
    }

    #[test]
    fn runs_that_overlap_are_all_found() {
        let text = "to and fro and ".repeat(2 * MAX_CANDIDATES) + "to";
        let n_found = Index::of(&text)
            .occurrences("toandfroandtoandfroandto")
            .len();
        assert_eq!(n_found, 2 * MAX_CANDIDATES - 1);
    }

    #[test]
    fn a_long_word_of_one_letter_is_searched_in_linear_time() {
        let text = "aaaaaaaaa ".repeat(2 * MAX_CANDIDATES) + &"a".repeat(600_000);
        let found = Index::of(&text).occurrences(&"a".repeat(20_000));
        assert!(found.is_empty(), "{found:?}");
    }

    #[test]
    fn a_text_of_one_word_over_and_over_is_searched_in_linear_time() {
        let text = "ab ".repeat(300_000);
        let index = Index::of(&text);
        assert_eq!(index.occurrences(&"ab".repeat(5000)).len(), 60);
        assert_eq!(index.occurrences(&("ab".repeat(5000) + "c")).len(), 0);
    }
}
