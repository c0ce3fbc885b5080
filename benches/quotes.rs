//! How long quotes take in a text of 300 pages, beside a naive search: `cargo bench --bench quotes`.
#![allow(
    missing_docs,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "benches are a program, not an interface"
)]

use std::time::Instant;

use divan::Bencher;
use divan::counter::ItemsCount;
use grounds::quotes::{Index, Kind, Lookup, Text, look_up};
use grounds::source::SourceFile;

/// The size of a text of some 300 pages, in bytes.
const N_BYTES: usize = 1_000_000;
const N_QUOTES: usize = 500;
/// How many words a quote has.
const N_WORDS: usize = 14;

fn main() {
    ratio();
    divan::main();
}

/// A small generator of numbers (Knuth's MMIX linear congruence).
struct Numbers(u64);

impl Numbers {
    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        f64::from(u32::try_from(self.0 >> 32).expect("half of the bits")) / f64::from(u32::MAX)
    }

    /// A word of a vocabulary of 10 000, each about as frequent as Zipf's law has it.
    fn word(&mut self) -> String {
        const SYLLABLES: [&str; 10] =
            ["ba", "den", "i", "ko", "lur", "me", "nas", "o", "pri", "te"];
        let rank = 10_000f64.powf(self.share());
        let digits = format!("{rank:.0}");
        digits
            .bytes()
            .map(|digit| SYLLABLES[usize::from(digit - b'0')])
            .collect()
    }

    fn words(&mut self, n: usize) -> String {
        (0..n).map(|_| self.word()).collect::<Vec<_>>().join(" ")
    }
}

/// A text, and quotes from it: every fifth of them with one word that it does not have there.
fn text_and_quotes() -> (SourceFile, Vec<String>) {
    let text = Numbers(42).words(N_BYTES / 6);
    let words: Vec<&str> = text.split(' ').collect();
    let step = words.len() / N_QUOTES;
    let quotes = (0..N_QUOTES).map(|at| {
        let mut quote = words[at * step..][..N_WORDS].to_vec();
        if at % 5 == 0 {
            quote[6] = "cathedral";
        }
        quote.join(" ")
    });
    let quotes = quotes.collect();
    (SourceFile::new("report.txt", text), quotes)
}

/// Words of the text that do not stand together in it.
fn nowhere() -> String {
    Numbers(7).words(N_WORDS)
}

/// Prints how much faster all quotes are than with a search through the folded text for each.
fn ratio() {
    let (file, quotes) = text_and_quotes();
    let start = Instant::now();
    let text = Text::of(&file, Kind::Plain).expect("text");
    let index = Index::of(text.visible());
    let found = quotes.iter().map(|quote| look_up(&text, &index, quote));
    let n_found = found.filter(|it| matches!(it, Lookup::Found(_))).count();
    let ours = start.elapsed();
    let start = Instant::now();
    let fold = |text: &str| {
        let words = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty());
        words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
    };
    let n_naive = quotes
        .iter()
        .filter(|quote| fold(file.text()).contains(&fold(quote)))
        .count();
    let naive = start.elapsed();
    assert_eq!(n_found, n_naive);
    let ratio = naive.as_secs_f64() / ours.as_secs_f64();
    println!(
        "{N_QUOTES} quotes in {} kB: {ours:.0?}, and {naive:.0?} with a search for each, which finds no closest passage: {ratio:.0} ×",
        file.text().len() / 1000
    );
    let quote = nowhere();
    let start = Instant::now();
    assert!(!matches!(look_up(&text, &index, &quote), Lookup::Found(_)));
    println!("a quote that stands nowhere: {:.2?}", start.elapsed());
}

#[divan::bench]
fn index_of_300_pages(bencher: Bencher<'_, '_>) {
    let (file, _) = text_and_quotes();
    let text = Text::of(&file, Kind::Plain).expect("text");
    bencher.bench(|| Index::of(text.visible()));
}

#[divan::bench]
fn quotes_in_300_pages(bencher: Bencher<'_, '_>) {
    let (file, quotes) = text_and_quotes();
    let text = Text::of(&file, Kind::Plain).expect("text");
    let index = Index::of(text.visible());
    bencher.counter(ItemsCount::new(N_QUOTES)).bench(|| {
        let looked_up = quotes.iter().map(|quote| look_up(&text, &index, quote));
        looked_up.collect::<Vec<Lookup>>()
    });
}

#[divan::bench]
fn a_quote_that_stands_nowhere(bencher: Bencher<'_, '_>) {
    let (file, _) = text_and_quotes();
    let text = Text::of(&file, Kind::Plain).expect("text");
    let index = Index::of(text.visible());
    let quote = nowhere();
    bencher.bench(|| look_up(&text, &index, &quote));
}
