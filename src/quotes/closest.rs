//! The passage of a text that comes nearest to a quote that it does not have.
//!
//! Words that the quote and the text share vote for places, rare ones first; the places with most votes are aligned
//! with the quote word by word: approximate string matching with a free start and end in the text (Sellers 1980),
//! within a band around the diagonal that the votes are for (Ukkonen 1985).

use std::ops::Range;

use strsim::levenshtein;

use super::compare::gap_differences;
use super::fold::{Keys, on_one_line};
use super::index::Index;

/// A passage must be at least this like a quote to be shown, in per cent.
const MIN_SIMILARITY: u8 = 45;
/// How many votes are counted.
const MAX_VOTES: usize = 4096;
/// How many places are aligned.
const MAX_PLACES: usize = 5;
/// A quote of more words is aligned as far as this.
const MAX_ALIGNED_WORDS: usize = 2000;
/// How many words a passage may be longer or shorter than the quote at any point: the half width of the band.
const MAX_SHIFT: usize = 48;
/// Words that are at least this alike, in per cent, are taken for one word and its misspelling.
const MISSPELT: usize = 60;
/// Longer words count as if they had this length, and are not compared letter by letter.
const MAX_SPELT_BYTES: usize = 64;

/// The passage that comes nearest to a quote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closest {
    /// Where it stands in the visible text.
    pub range: Range<usize>,
    /// How much of the quote and of the passage is the same, in per cent, below 100.
    pub similarity: u8,
    /// Where they differ, in order.
    pub changes: Vec<Change>,
}

/// Words of a quote, and what the text has in their place; either may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The quote's words.
    pub quote: String,
    /// The text's words.
    pub text: String,
}

/// A quote's words.
struct Query<'q> {
    quote: &'q str,
    words: Vec<QueryWord>,
}

struct QueryWord {
    key: String,
    /// Where it stands in the quote.
    range: Range<usize>,
    /// Its number in the text.
    id: Option<u32>,
}

/// A step of an alignment: a word of the quote, one of the text, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Step {
    quote: Option<usize>,
    text: Option<usize>,
    is_same: bool,
}

/// Finds the passage of a text that is nearest to a quote, if any is near.
///
/// O(m × w) for a quote of m words and a band of w, whatever the length of the text.
pub(super) fn closest(index: &Index, text: &str, quote: &str) -> Option<Closest> {
    let query = Query::of(index, quote);
    let mut best: Option<Alignment<'_>> = None;
    for diagonal in places(index, &query) {
        let Some(steps) = Band::fill(index, &query, diagonal).trace() else {
            continue;
        };
        let alignment = Alignment::of(index, text, &query, steps);
        // Of equally near ones the one with more votes.
        if best
            .as_ref()
            .is_none_or(|best| alignment.similarity > best.similarity)
        {
            best = Some(alignment);
        }
    }
    let best = best.filter(|best| best.similarity >= MIN_SIMILARITY)?;
    Some(Closest {
        range: index.text_range(&best.passage()?),
        similarity: best.similarity,
        changes: best.changes(),
    })
}

impl<'q> Query<'q> {
    fn of(index: &Index, quote: &'q str) -> Self {
        let mut words: Vec<QueryWord> = Vec::new();
        for key in Keys::of(quote) {
            if key.starts_word {
                if words.len() == MAX_ALIGNED_WORDS {
                    break;
                }
                words.push(QueryWord {
                    key: String::new(),
                    range: key.start..key.end,
                    id: None,
                });
            }
            if let Some(word) = words.last_mut() {
                word.key.push(key.folded);
                word.range.end = key.end;
            }
        }
        for word in &mut words {
            word.id = index.id_of(&word.key);
        }
        Self { quote, words }
    }
}

/// The diagonals, text word minus quote word, that most words vote for.
fn places(index: &Index, query: &Query<'_>) -> Vec<isize> {
    let known = query.words.iter().enumerate();
    let known = known.filter_map(|(at, word)| Some((at, index.postings(word.id?))));
    let mut known: Vec<(usize, &[u32])> = known.collect();
    known.sort_by_key(|(_, postings)| postings.len());
    let width = (query.words.len() / 2)
        .clamp(4, MAX_SHIFT / 2)
        .cast_signed();
    let mut votes: Vec<(isize, u32)> = Vec::new();
    for (at, postings) in known {
        if !votes.is_empty() && votes.len() + 2 * postings.len() > MAX_VOTES {
            break;
        }
        let rarity = (index.ids().len() / postings.len()).ilog2() + 1;
        for word in postings.iter().take(MAX_VOTES / 2) {
            let diagonal = (*word as usize).cast_signed() - at.cast_signed();
            // Each vote counts for two buckets, so that no passage falls between two.
            let bucket = diagonal.div_euclid(width);
            votes.extend([(bucket, rarity), (bucket + 1, rarity)]);
        }
    }
    votes.sort_unstable();
    let totals = votes.chunk_by(|one, other| one.0 == other.0);
    let total = |chunk: &[(isize, u32)]| (chunk[0].0, chunk.iter().map(|(_, rarity)| rarity).sum());
    let mut totals: Vec<(isize, u32)> = totals.map(total).collect();
    totals.sort_by_key(|(bucket, total)| (std::cmp::Reverse(*total), *bucket));
    totals.truncate(MAX_PLACES);
    // A bucket has its own votes and those of the one before it: the border of the two is the middle.
    totals
        .into_iter()
        .map(|(bucket, _)| bucket * width)
        .collect()
}

/// The costs of aligning a quote with the text around a diagonal.
struct Band<'i> {
    index: &'i Index,
    query: &'i Query<'i>,
    /// Column `c` of row `r` is for the first `r` words of the quote and the text's words before `origin + r + c`.
    origin: isize,
    width: usize,
    costs: Vec<u32>,
}

/// The cost of what lies outside the band or the text.
const FAR: u32 = u32::MAX / 2;

impl<'i> Band<'i> {
    fn fill(index: &'i Index, query: &'i Query<'i>, diagonal: isize) -> Self {
        let shift = (query.words.len() + 2).min(MAX_SHIFT);
        let width = 2 * shift + 1;
        let mut band = Self {
            index,
            query,
            origin: diagonal - shift.cast_signed(),
            width,
            costs: vec![FAR; (query.words.len() + 1) * width],
        };
        for row in 0..=query.words.len() {
            for column in 0..width {
                let cost = if row == 0 {
                    0
                } else {
                    band.cheapest(row, column).0
                };
                if band.end(row, column).is_some() {
                    band.costs[row * width + column] = cost;
                }
            }
        }
        band
    }

    /// How many words of the text stand before a cell; nothing where that is outside of the text.
    fn end(&self, row: usize, column: usize) -> Option<usize> {
        let end = self.origin + (row + column).cast_signed();
        usize::try_from(end)
            .ok()
            .filter(|end| *end <= self.index.ids().len())
    }

    fn cost(&self, row: usize, column: usize) -> u32 {
        self.costs[row * self.width + column]
    }

    /// The cheapest way into a cell below the first row, and the step that it ends with.
    fn cheapest(&self, row: usize, column: usize) -> (u32, Step) {
        let text = self.end(row, column).and_then(|end| end.checked_sub(1));
        let quote = Some(row - 1);
        let is_same =
            text.is_some_and(|text| self.query.words[row - 1].id == Some(self.index.ids()[text]));
        let beside = Step {
            quote,
            text,
            is_same,
        };
        let left_out = Step {
            quote,
            text: None,
            is_same: false,
        };
        let put_in = Step {
            quote: None,
            text,
            is_same: false,
        };
        // An edit costs as much as the words that it touches are long, so that long ones rather match.
        let ours = cost_of(&self.query.words[row - 1].key);
        let theirs = text.map_or(0, |text| cost_of(self.index.key(&(text..text + 1))));
        let mut best = (FAR, left_out);
        let mut offer = |cost: u32, step: Step| {
            if cost < best.0 {
                best = (cost, step);
            }
        };
        if text.is_some() {
            offer(
                self.cost(row - 1, column) + if is_same { 0 } else { ours.max(theirs) },
                beside,
            );
            if column > 0 {
                offer(self.cost(row, column - 1) + theirs, put_in);
            }
        }
        if column + 1 < self.width {
            offer(self.cost(row - 1, column + 1) + ours, left_out);
        }
        best
    }

    /// The steps of the cheapest alignment of the whole quote, in order.
    fn trace(&self) -> Option<Vec<Step>> {
        let mut row = self.query.words.len();
        let mut column = (0..self.width).min_by_key(|column| self.cost(row, *column))?;
        let mut steps = Vec::new();
        while row > 0 {
            let (cost, step) = self.cheapest(row, column);
            if cost >= FAR {
                return None;
            }
            match (step.quote, step.text) {
                (Some(_), Some(_)) => row -= 1,
                (Some(_), None) => (row, column) = (row - 1, column + 1),
                _ => column -= 1,
            }
            steps.push(step);
        }
        steps.reverse();
        Some(steps)
    }
}

fn cost_of(word: &str) -> u32 {
    u32::try_from(word.len().min(MAX_SPELT_BYTES)).expect("words are cut") + 1
}

/// A quote beside a passage of the text.
struct Alignment<'i> {
    index: &'i Index,
    text: &'i str,
    query: &'i Query<'i>,
    steps: Vec<Step>,
    /// In per cent, below 100.
    similarity: u8,
}

impl<'i> Alignment<'i> {
    fn of(index: &'i Index, text: &'i str, query: &'i Query<'i>, steps: Vec<Step>) -> Self {
        let mut alignment = Self {
            index,
            text,
            query,
            steps,
            similarity: 0,
        };
        alignment.part_figures();
        alignment.similarity = alignment.share();
        alignment
    }

    /// Marks as different what has the same words and other marks that matter: the point in `1.5`.
    fn part_figures(&mut self) {
        for at in 1..self.steps.len() {
            let [before, after] = [self.steps[at - 1], self.steps[at]];
            if !(before.is_same && after.is_same) {
                continue;
            }
            let (Some(quote), Some(text)) = (before.quote, before.text) else {
                continue;
            };
            let [word, next] = [&self.query.words[quote], &self.query.words[quote + 1]];
            let is_figure =
                word.key.ends_with(char::is_numeric) && next.key.starts_with(char::is_numeric);
            let our_gap = &self.query.quote[word.range.end..next.range.start];
            let [this, other] =
                [text, text + 1].map(|word| self.index.text_range(&(word..word + 1)));
            if gap_differences(our_gap, &self.text[this.end..other.start], is_figure).is_none() {
                self.steps[at - 1].is_same = false;
                self.steps[at].is_same = false;
            }
        }
    }

    /// Which share of the quote and of the passage is the same, by the characters of their words.
    fn share(&self) -> u8 {
        let quoted = |step: &Step| step.quote.map(|word| &*self.query.words[word].key);
        let written = |step: &Step| step.text.map(|word| self.index.key(&(word..word + 1)));
        let length = |word: Option<&str>| 100 * word.map_or(0, |word| word.chars().count());
        let quote: usize = self.steps.iter().map(|step| length(quoted(step))).sum();
        let text: usize = self.steps.iter().map(|step| length(written(step))).sum();
        let same = self
            .steps
            .iter()
            .map(|step| match (quoted(step), written(step)) {
                (Some(word), _) if step.is_same => length(Some(word)),
                (Some(word), Some(other)) => word.chars().count() * spelling(word, other),
                _ => 0,
            });
        let share = same.sum::<usize>() * 100 / quote.max(text).max(1);
        u8::try_from(share.min(99)).expect("a share is below 100")
    }

    /// The words of the text that stand beside the quote's.
    fn passage(&self) -> Option<Range<usize>> {
        let mut words = self.steps.iter().filter_map(|step| step.text);
        let first = words.next()?;
        Some(first..words.next_back().unwrap_or(first) + 1)
    }

    fn changes(&self) -> Vec<Change> {
        let runs = self
            .steps
            .chunk_by(|one, other| one.is_same == other.is_same);
        let changed = runs.filter(|run| !run[0].is_same);
        changed.map(|run| self.change(run)).collect()
    }

    fn change(&self, run: &[Step]) -> Change {
        let (mut ours, mut theirs) = (
            run.iter().filter_map(|it| it.quote),
            run.iter().filter_map(|it| it.text),
        );
        let quote = ours.next().map(|first| {
            let last = ours.next_back().unwrap_or(first);
            &self.query.quote[self.query.words[first].range.start..self.query.words[last].range.end]
        });
        let text = theirs.next().map(|first| {
            let last = theirs.next_back().unwrap_or(first);
            &self.text[self.index.text_range(&(first..last + 1))]
        });
        Change {
            quote: on_one_line(quote.unwrap_or_default()),
            text: on_one_line(text.unwrap_or_default()),
        }
    }
}

/// How alike two words are if one may be a misspelling of the other, in per cent; else 0.
fn spelling(one: &str, other: &str) -> usize {
    if one.len().max(other.len()) > MAX_SPELT_BYTES {
        return 0;
    }
    let n_chars = one.chars().count().max(other.chars().count());
    let same = 100 - levenshtein(one, other) * 100 / n_chars.max(1);
    if same >= MISSPELT { same } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "The deck of the bridge is no longer safe for motor traffic. Every town on the coast has closed its \
        bridge by now, and none has opened it again. It rose from 48 to 63 per cent, and cost 1.5 million.";

    #[track_caller]
    fn check(quote: &str, passage: &str, changes: &[(&str, &str)]) {
        let index = Index::of(TEXT);
        let found =
            closest(&index, TEXT, quote).unwrap_or_else(|| panic!("nothing is near {quote:?}"));
        let found_changes: Vec<(&str, &str)> = found
            .changes
            .iter()
            .map(|it| (&*it.quote, &*it.text))
            .collect();
        assert_eq!((&TEXT[found.range], &found_changes[..]), (passage, changes));
    }

    #[test]
    fn one_word_that_differs_is_told() {
        check(
            "is no longer safe for heavy traffic",
            "is no longer safe for motor traffic",
            &[("heavy", "motor")],
        );
        check(
            "the brigde is no longer safe",
            "the bridge is no longer safe",
            &[("brigde", "bridge")],
        );
        check(
            "bridge is longer safe",
            "bridge is no longer safe",
            &[("", "no")],
        );
        check(
            "none has ever opened it again",
            "none has opened it again",
            &[("ever", "")],
        );
    }

    #[test]
    fn figures_are_told_apart_by_their_marks() {
        check(
            "from 63 to 48 per cent",
            "from 48 to 63 per cent",
            &[("63", "48"), ("48", "63")],
        );
        check(
            "and cost 15 million",
            "and cost 1.5 million",
            &[("15", "1.5")],
        );
        check(
            "and cost 1,5 million",
            "and cost 1.5 million",
            &[("1,5", "1.5")],
        );
    }

    #[test]
    fn what_is_near_to_nothing_has_no_passage() {
        let index = Index::of(TEXT);
        assert_eq!(
            closest(&index, TEXT, "mussels are farmed in sheltered water"),
            None
        );
        assert_eq!(closest(&index, TEXT, "…"), None);
        assert_eq!(closest(&Index::of(""), "", "the deck"), None);
    }
}
