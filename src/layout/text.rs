//! Text measured with the embedded font, wrapped to a width, and made harmless to draw.

use std::sync::OnceLock;

use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthChar;

/// Text is measured a little wider than the font says, so that a viewer's rounding stays inside the box.
const SLACK: f64 = 1.01;

/// How many marks a character may bear: Vietnamese has two, and few words of any script more than three.
pub const MAX_MARKS: usize = 3;

/// A weight of the embedded font, `DejaVu Sans`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// For a statement's text.
    Regular,
    /// For labels and titles.
    Bold,
}

impl Weight {
    fn other(self) -> Self {
        match self {
            Self::Regular => Self::Bold,
            Self::Bold => Self::Regular,
        }
    }
}

/// The advance widths of one weight, in ems.
struct Face {
    ascii: [f64; 128],
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
}

impl Face {
    fn new(data: &'static [u8]) -> Self {
        let font = FontRef::new(data).expect("the embedded font is well-formed");
        let metrics = font.glyph_metrics(Size::new(1000.0), LocationRef::default());
        let mut face = Self {
            ascii: [0.0; 128],
            charmap: font.charmap(),
            metrics,
        };
        for byte in 32..127u8 {
            let advance = face.look_up(char::from(byte));
            face.ascii[usize::from(byte)] = advance.expect("the font has the letters");
        }
        face
    }

    fn of(weight: Weight) -> &'static Self {
        static REGULAR: OnceLock<Face> = OnceLock::new();
        static BOLD: OnceLock<Face> = OnceLock::new();
        match weight {
            Weight::Regular => REGULAR.get_or_init(|| Self::new(dejavu::sans::regular())),
            Weight::Bold => BOLD.get_or_init(|| Self::new(dejavu::sans::bold())),
        }
    }

    /// The advance width of a character, if the face has it.
    fn look_up(&self, c: char) -> Option<f64> {
        let glyph = self.charmap.map(c)?;
        let advance = self.metrics.advance_width(glyph)?;
        Some(f64::from(advance) / 1000.0)
    }
}

/// The advance width of a character in ems. What one weight lacks is set in the other, if that has it.
fn advance(weight: Weight, c: char) -> f64 {
    let face = Face::of(weight);
    if let Some(&width) = face.ascii.get(c as usize) {
        return width;
    }
    let known = face
        .look_up(c)
        .or_else(|| Face::of(weight.other()).look_up(c));
    known.unwrap_or_else(|| match c.width() {
        // The sign for a missing glyph stands beside the character, not on it.
        Some(0) if is_combining_mark(c) => 0.75,
        Some(0) => 0.0,
        Some(1) => 0.75,
        _ => 1.1,
    })
}

/// The weight to measure a text by: a line with a character that only the other weight has is set in that one whole, and
/// the bold one is the wider.
fn set_in(text: &str, weight: Weight) -> Weight {
    let is_in_bold_only = |c: char| {
        !c.is_ascii()
            && Face::of(Weight::Regular).charmap.map(c).is_none()
            && Face::of(Weight::Bold).charmap.map(c).is_some()
    };
    if weight == Weight::Regular && text.chars().any(is_in_bold_only) {
        Weight::Bold
    } else {
        weight
    }
}

/// The width of `text` on one line, in CSS px, when set in `size` px. O(characters).
///
/// Characters which the font lacks count as a full em and a bit if they are wide, as three quarters otherwise.
/// Kerning is left out: it only ever makes the line shorter.
pub fn width(text: &str, weight: Weight, size: f64) -> f64 {
    text.chars().map(|c| advance(weight, c)).sum::<f64>() * size * SLACK
}

/// Whether the embedded font has no picture of a character that should have one, so that a small box stands for it.
pub(crate) fn lacks(c: char) -> bool {
    let is_unseen = c.is_whitespace() || (c.width() == Some(0) && !is_combining_mark(c));
    let is_selector = matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let has = |weight| Face::of(weight).charmap.map(c).is_some();
    !is_unseen && !is_selector && !has(Weight::Regular) && !has(Weight::Bold)
}

/// `text` with everything that could act instead of being seen replaced: control characters and
/// bidirectional controls become U+FFFD, tabs and separators become spaces. Line feeds stay. O(characters).
pub fn inert(text: &str) -> String {
    if text.bytes().all(|it| matches!(it, b' '..=b'~' | b'\n')) {
        return text.to_owned();
    }
    text.chars()
        .filter(|c| *c != '\r')
        .map(inert_char)
        .collect()
}

/// What is shown in place of a character that could act; any other character itself.
pub(crate) fn inert_char(c: char) -> char {
    match c {
        '\n' => '\n',
        '\t' | '\u{2028}' | '\u{2029}' | '\u{85}' => ' ',
        '\u{200e}'
        | '\u{200f}'
        | '\u{61c}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{fffe}'
        | '\u{ffff}' => '\u{fffd}',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

/// `text` with at most [`MAX_MARKS`] marks above, below and on each character, so that no pile of them climbs out of
/// its box. O(characters).
fn unpiled(text: &str) -> String {
    let mut n_marks = 0;
    let is_drawn = |c: &char| {
        let has_width = c.width() != Some(0);
        match is_combining_mark(*c) {
            true if has_width => true,
            true => {
                n_marks += 1;
                n_marks <= MAX_MARKS
            }
            // What joins characters does not end the pile.
            false => {
                n_marks = if has_width { 0 } else { n_marks };
                true
            }
        }
    };
    text.chars().filter(is_drawn).collect()
}

/// `text` as it is drawn on one line: [`inert`], and without piles of marks. O(characters).
pub(crate) fn on_one_line(text: &str) -> String {
    unpiled(&inert(text)).replace('\n', " ")
}

/// The lines of `text` wrapped so that none is wider than `limit` px. O(characters).
///
/// Lines break where Unicode (UAX #14) allows it, filled greedily; a word wider than the limit breaks behind hyphens,
/// underscores and full stops, and what is still wider between grapheme clusters (UAX #29). A single cluster wider than
/// the limit stands alone on its line. Of the marks that are piled on a character the first [`MAX_MARKS`] stay.
pub fn wrap(text: &str, limit: f64, weight: Weight, size: f64) -> Vec<String> {
    let lines = wrap_directed(text, limit, weight, size).into_iter();
    lines.map(|it| it.text).collect()
}

/// A line of a text, and the direction of the paragraph that it is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrapped {
    /// Its characters, in the order in which they are read.
    pub(crate) text: String,
    /// Whether it is written from right to left.
    pub(crate) is_rtl: bool,
}

/// The same as [`wrap`], with the direction of each line. O(characters).
pub(crate) fn wrap_directed(text: &str, limit: f64, weight: Weight, size: f64) -> Vec<Wrapped> {
    let text = unpiled(&inert(text));
    let weight = set_in(&text, weight);
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut filler = Filler {
            limit,
            weight,
            size,
            is_rtl: is_rtl(paragraph),
            line: String::new(),
            used: 0.0,
            lines: &mut lines,
        };
        for word in separator(paragraph).find_words(paragraph) {
            filler.word(word.word, word.whitespace);
        }
        filler.finish();
    }
    while lines.last().is_some_and(|it| it.text.is_empty()) && lines.len() > 1 {
        lines.pop();
    }
    lines
}

/// Whether a paragraph is written from right to left: its first letter says so (UAX #9, rules P2 and P3).
/// O(characters).
pub(crate) fn is_rtl(paragraph: &str) -> bool {
    !paragraph.is_ascii()
        && unicode_bidi::get_base_direction(paragraph) == unicode_bidi::Direction::Rtl
}

/// A line for what sets every text from left to right: one from right to left is isolated (UAX #9, RLI and PDI), so that
/// its words and signs stand as they would in a paragraph of its own.
///
/// What knows no other direction, such as the renderer of PNG and PDF, obeys it, and so does every browser.
pub(crate) fn isolated(line: &str, is_rtl: bool) -> std::borrow::Cow<'_, str> {
    if is_rtl {
        format!("\u{2067}{line}\u{2069}").into()
    } else {
        line.into()
    }
}

/// What parts the words of a text: in plain ones, where lines only break at spaces, the tables of Unicode tell
/// nothing else.
fn separator(text: &str) -> textwrap::WordSeparator {
    let mut in_word = false;
    let is_plain = text.bytes().all(|it| {
        let closes = matches!(it, b'.' | b',' | b';' | b':') && in_word;
        in_word = it.is_ascii_alphanumeric();
        in_word || closes || it == b' '
    });
    if is_plain {
        textwrap::WordSeparator::AsciiSpace
    } else {
        textwrap::WordSeparator::UnicodeBreakProperties
    }
}

/// The parts of a word that may stand on lines of their own where it must be broken: each ends in a hyphen, an
/// underscore or a full stop between letters or digits, as in ids and addresses.
fn parts(word: &str) -> impl Iterator<Item = &str> {
    let mut rest = word;
    std::iter::from_fn(move || {
        let mut before = ' ';
        let mut signs = rest.char_indices().peekable();
        let mut end = rest.len();
        while let Some((at, c)) = signs.next() {
            let after = signs.peek().map_or(' ', |(_, c)| *c);
            let is_joint = matches!(c, '-' | '\u{2010}' | '_' | '.');
            if is_joint && before.is_alphanumeric() && after.is_alphanumeric() {
                end = at + c.len_utf8();
                break;
            }
            before = c;
        }
        let (part, later) = rest.split_at(end);
        rest = later;
        (!part.is_empty()).then_some(part)
    })
}

/// A line being filled with words.
struct Filler<'a> {
    limit: f64,
    weight: Weight,
    size: f64,
    is_rtl: bool,
    line: String,
    used: f64,
    lines: &'a mut Vec<Wrapped>,
}

impl Filler<'_> {
    fn word(&mut self, word: &str, whitespace: &str) {
        let wide = width(word, self.weight, self.size);
        if self.used + wide <= self.limit {
            self.push(word, wide);
        } else {
            self.end_line();
            if wide <= self.limit {
                self.push(word, wide);
            } else {
                parts(word).for_each(|part| self.part(part));
            }
        }
        self.push(whitespace, width(whitespace, self.weight, self.size));
    }

    /// A part of a word that is too long for a line.
    fn part(&mut self, part: &str) {
        let wide = width(part, self.weight, self.size);
        if self.used + wide > self.limit {
            self.end_line();
        }
        if wide <= self.limit {
            self.push(part, wide);
        } else {
            self.clusters(part);
        }
    }

    fn clusters(&mut self, word: &str) {
        for cluster in word.graphemes(true) {
            let wide = width(cluster, self.weight, self.size);
            if self.used + wide > self.limit {
                self.end_line();
            }
            self.push(cluster, wide);
        }
    }

    fn push(&mut self, text: &str, wide: f64) {
        self.line.push_str(text);
        self.used += wide;
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.finish();
        }
    }

    fn finish(&mut self) {
        self.lines.push(Wrapped {
            text: self.line.trim_end().to_owned(),
            is_rtl: self.is_rtl,
        });
        self.line.clear();
        self.used = 0.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_the_limit() {
        let text = "Supercalifragilisticexpialidocious words 漢字漢字漢字漢字漢字漢字 👩‍👩‍👧‍👦👩‍👩‍👧‍👦 e\u{301}e\u{301} and so on";
        for limit in [30.0, 60.0, 200.0] {
            for line in wrap(text, limit, Weight::Regular, 13.0) {
                let clusters = line.graphemes(true).count();
                assert!(
                    width(&line, Weight::Regular, 13.0) <= limit || clusters == 1,
                    "{line:?} in {limit}"
                );
            }
        }
    }

    #[test]
    fn the_first_letter_of_a_paragraph_says_its_direction() {
        for (paragraph, is_from_right) in [
            ("ה-API של Google נכשל.", true),
            ("«1, 2: عربي and more»", true),
            ("The word שלום.", false),
            ("1 + 2 = 3", false),
            ("", false),
        ] {
            assert_eq!(is_rtl(paragraph), is_from_right, "{paragraph}");
        }
        let lines = wrap_directed("שלום API API API\nAPI שלום\n", 50.0, Weight::Regular, 13.0);
        let lines: Vec<_> = lines.iter().map(|it| (&*it.text, it.is_rtl)).collect();
        let expected = [
            ("שלום", true),
            ("API API", true),
            ("API", true),
            ("API", false),
            ("שלום", false),
        ];
        assert_eq!(lines, expected);
    }

    #[test]
    fn long_words_break_behind_their_hyphens_and_other_words_do_not() {
        let wrapped = |text: &str| wrap(text, 198.0, Weight::Regular, 13.0);
        assert_eq!(
            wrapped("the-county-has-confirmed-that-it-is-so"),
            ["the-county-has-confirmed-", "that-it-is-so"]
        );
        assert_eq!(
            wrapped("the_county_has_confirmed_that_it_is_so"),
            ["the_county_has_confirmed_", "that_it_is_so"]
        );
        assert_eq!(
            wrapped("a word and another one well-known"),
            ["a word and another one", "well-known"]
        );
        let lines = wrapped("a-Donaudampfschifffahrtsgesellschaftskapitaen-b");
        assert_eq!(lines[0], "a-");
        assert_eq!(lines.concat().len(), 47);
        assert!(wrapped(&"-".repeat(100)).len() > 1);
    }

    #[test]
    fn plain_texts_break_where_unicode_breaks_them() {
        use textwrap::WordSeparator::UnicodeBreakProperties as Unicode;
        let mut dice = crate::layout::dice::Dice(7);
        for _ in 0..2000 {
            let any = |_| char::from(b"ab Z  9.,;: c3"[dice.below(14)]);
            let text: String = (0..12).map(any).collect();
            let words = |it: textwrap::WordSeparator| {
                let words = it.find_words(&text);
                words
                    .map(|it| (it.word.to_owned(), it.whitespace.to_owned()))
                    .collect::<Vec<_>>()
            };
            assert_eq!(words(separator(&text)), words(Unicode), "{text:?}");
        }
    }

    #[test]
    fn wrapping_loses_nothing_but_white_space() {
        let text = "  One two-three, four; five:\nsix seveneightnineteneleventwelve ";
        let squeeze = |s: &str| s.split_whitespace().collect::<String>();
        assert_eq!(
            squeeze(&wrap(text, 50.0, Weight::Bold, 13.0).concat()),
            squeeze(text)
        );
    }

    #[test]
    fn piles_of_marks_are_cut_and_words_with_marks_are_not() {
        let pile = "Z\u{301}\u{302}\u{303}\u{304}\u{305}\u{200d}\u{306}a\u{301}";
        assert_eq!(unpiled(pile), "Z\u{301}\u{302}\u{303}\u{200d}a\u{301}");
        for whole in [
            "tie\u{302}\u{301}ng",
            "שָׁלוֹם",
            "ที่",
            "👩\u{200d}❤\u{fe0f}\u{200d}👨",
            "1\u{fe0f}\u{20e3}",
        ] {
            assert_eq!(unpiled(whole), whole);
        }
    }

    #[test]
    fn controls_are_shown_instead_of_obeyed() {
        assert_eq!(
            inert("a\u{202e}b\u{1b}[31m\tc\r\nd"),
            "a\u{fffd}b\u{fffd}[31m c\nd"
        );
    }

    #[test]
    fn wide_characters_which_the_font_lacks_take_an_em() {
        assert!(width("漢", Weight::Regular, 10.0) >= 10.0);
        assert!(width("\u{301}", Weight::Regular, 10.0) < 1.0);
    }

    #[test]
    fn bold_is_wider_than_regular() {
        assert!(width("Thesis", Weight::Bold, 13.0) > width("Thesis", Weight::Regular, 13.0));
    }
}
