//! Sentences and words of a text.

use unicode_segmentation::UnicodeSegmentation;

/// What is written with a full stop that ends no sentence, in lower case. What has a full stop within ("e.g."), a single
/// letter and a short number need not be here.
const ABBREVIATIONS: [&str; 40] = [
    "al", "approx", "bros", "bzw", "ca", "capt", "cf", "co", "col", "corp", "dept", "dr", "eds",
    "esp", "etc", "evtl", "gen", "ggf", "gov", "hon", "hrsg", "ibid", "inc", "incl", "inkl", "jr",
    "lt", "ltd", "mr", "mrs", "ms", "mt", "prof", "rev", "sgt", "sr", "st", "usw", "viz", "vs",
];

/// The same, where a number follows: without one, "no." and "art." are words at the end of a sentence.
const BEFORE_NUMBERS: [&str; 30] = [
    "abs", "apr", "art", "aug", "bd", "ch", "cit", "dec", "feb", "fig", "figs", "jan", "jul",
    "jun", "mar", "no", "nos", "nov", "nr", "oct", "op", "para", "paras", "pp", "pt", "sec",
    "sect", "sep", "sept", "vol",
];

/// How many characters between two sentences may be anything but letters and digits.
const MAX_GAP: usize = 8;

/// The sentences of a text, each with what ends it.
///
/// Boundaries are Unicode's (UAX #29), less those behind an abbreviation, an initial or a number of an item, those
/// before a small letter ("Yahoo! is a firm"), and those within quotation marks: where a full stop may end a sentence or
/// not, it does not. Linear.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    // Most statements are one sentence, and looking for Unicode's boundaries takes its time.
    if !has_end_within(text) {
        sentences.extend(Some(text.trim()).filter(|text| text.contains(char::is_alphanumeric)));
        return sentences;
    }
    let mut start = 0;
    let mut quotes = Quotes::default();
    for (at, piece) in text.split_sentence_bound_indices() {
        let end = at + piece.len();
        quotes.read(piece);
        let next = text[end..]
            .chars()
            .take(MAX_GAP)
            .find(|c| c.is_alphanumeric());
        if quotes.are_open()
            || ends_in_abbreviation(&text[start..end], next)
            || next.is_some_and(char::is_lowercase)
        {
            continue;
        }
        sentences.push(text[start..end].trim());
        start = end;
    }
    sentences.push(text[start..].trim());
    sentences.retain(|sentence| sentence.contains(char::is_alphanumeric));
    sentences
}

/// A word and whether the text quotes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// The word in lower case.
    pub text: String,
    /// Whether a comma, a dash or another mark stands between it and the word before.
    pub follows_mark: bool,
    /// Whether it stands within quotation marks.
    pub is_quoted: bool,
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut quotes = Quotes::default();
    let mut follows_mark = false;
    for piece in text.split_word_bounds() {
        if piece.contains(char::is_alphanumeric) {
            words.push(Word {
                text: piece.to_lowercase(),
                follows_mark,
                is_quoted: quotes.are_open(),
            });
            follows_mark = false;
        } else {
            follows_mark |= !piece.trim().is_empty();
            quotes.read(piece);
        }
    }
    words
}

/// Which quotation marks are open. Single ones are not looked at: an apostrophe may be one.
#[derive(Default)]
struct Quotes {
    depth: usize,
    is_straight_open: bool,
}

impl Quotes {
    fn read(&mut self, text: &str) {
        for mark in text.chars() {
            match mark {
                '"' => self.is_straight_open = !self.is_straight_open,
                // In German the mark that closes is the one that opens in English.
                '“' if self.depth > 0 => self.depth -= 1,
                '“' | '„' | '«' | '「' | '『' => self.depth += 1,
                '”' | '»' | '」' | '』' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn are_open(&self) -> bool {
        self.depth > 0 || self.is_straight_open
    }
}

/// Whether what may end a sentence stands before the end of a text.
fn has_end_within(text: &str) -> bool {
    let may_end = |c: char| c == '.' || is_end(c);
    text.trim_end()
        .trim_end_matches(|c| may_end(c) || is_closing(c))
        .contains(may_end)
}

/// Whether a text ends in a full stop that may belong to its last word; `next` is the letter or digit that follows.
fn ends_in_abbreviation(text: &str, next: Option<char>) -> bool {
    let text = text.trim_end();
    let Some(before) = text.strip_suffix('.') else {
        // A line break or a colon is no end of a sentence either.
        return !text.ends_with(|c: char| is_end(c) || is_closing(c));
    };
    let last = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let last = last.trim_start_matches(|c: char| !c.is_alphanumeric());
    let n_chars = last.chars().count();
    let is_number = last.chars().all(char::is_numeric);
    n_chars == 1
        || (is_number && n_chars <= 2)
        || (last.contains('.') && last.contains(char::is_alphabetic))
        || ABBREVIATIONS.contains(&last.to_lowercase().as_str())
        || (next.is_some_and(char::is_numeric)
            && BEFORE_NUMBERS.contains(&last.to_lowercase().as_str()))
}

fn is_end(c: char) -> bool {
    matches!(
        c,
        '!' | '?'
            | '…'
            | '。'
            | '！'
            | '？'
            | '؟'
            | '۔'
            | '।'
            | '॥'
            | '։'
            | '።'
            | '፧'
            | '‽'
            | '⁇'
            | '⁈'
            | '⁉'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '”' | '“' | '»' | '」' | '』' | '\'' | '’' | ')' | ']'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        assert_eq!(sentences(text), expected);
    }

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        check(
            "The deck is old. It is unsafe.",
            &["The deck is old.", "It is unsafe."],
        );
        check("Is it? It is!", &["Is it?", "It is!"]);
        check("桥很旧。应该关闭。", &["桥很旧。", "应该关闭。"]);
        check("He said no. It is art.", &["He said no.", "It is art."]);
        check("No full stop", &["No full stop"]);
        check(
            "It closed in 2021. It may open.",
            &["It closed in 2021.", "It may open."],
        );
    }

    #[test]
    fn full_stops_of_abbreviations_initials_and_numbers_end_nothing() {
        for text in [
            "Some towns, e.g. Saltwick, closed theirs.",
            "The U.S. Army left.",
            "J. Smith and Dr. Jones agree.",
            "See p. 3 and No. 12 of the report.",
            "Prices rose by 3.5 per cent.",
            "On 3. Oktober it opened.",
            "Acme Inc. and St. Mary's agree.",
            "Yahoo! is a firm.",
            "The text breaks\nAnd goes on.",
        ] {
            check(text, &[text]);
        }
    }

    #[test]
    fn what_is_quoted_is_part_of_its_sentence() {
        let text = "He said \"No. Never.\" to the council.";
        check(text, &[text]);
        let text = "He said “Never. Not once.” and left.";
        check(text, &[text]);
    }

    #[test]
    fn words_know_marks_and_quotes() {
        let found = words("Old, he said \"because\".");
        let texts: Vec<&str> = found.iter().map(|word| word.text.as_str()).collect();
        assert_eq!(texts, ["old", "he", "said", "because"]);
        assert!(found[1].follows_mark && !found[2].follows_mark);
        assert!(found[3].is_quoted && !found[2].is_quoted);
    }
}
