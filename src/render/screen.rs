//! What a terminal shows: its width, its characters, its colours.

use textwrap::core::{Word, break_words, display_width};
use textwrap::{WordSeparator, WordSplitter, WrapAlgorithm, word_splitters};

use crate::emit::visible::visible;

/// How wide a screen may be; wider ones are used up to here.
const MAX_WIDTH: usize = 4000;

/// What the output is shown on; the command line asks the terminal and passes the answer in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// How many columns it has.
    pub width: usize,
    /// Whether it has colours.
    pub colour: bool,
}

/// What a piece of text is, told by colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    /// A heading.
    Strong,
    /// What is there to be looked up.
    Faint,
    /// What speaks for something.
    Good,
    /// What speaks against something, or fails.
    Bad,
    /// What is open.
    Open,
}

/// Marks in a text where an ink begins, and where it ends.
///
/// They have no width, so that they can be there while lines are wrapped and padded,
/// and no text of a map has them any more once it is [`visible`].
const BEGINS: [(char, Ink); 5] = [
    ('\u{202a}', Ink::Strong),
    ('\u{202b}', Ink::Faint),
    ('\u{202d}', Ink::Good),
    ('\u{202e}', Ink::Bad),
    ('\u{2066}', Ink::Open),
];
const ENDS: char = '\u{2069}';
const RESET: &str = "\u{1b}[0m";

impl Ink {
    fn sequence(self) -> &'static str {
        match self {
            Self::Strong => "\u{1b}[1m",
            Self::Faint => "\u{1b}[2m",
            Self::Good => "\u{1b}[32m",
            Self::Bad => "\u{1b}[31m",
            Self::Open => "\u{1b}[33m",
        }
    }

    /// A text with the marks of an ink around it.
    pub(super) fn mark(self, text: &str) -> String {
        let begin = BEGINS.iter().find(|(_, ink)| *ink == self);
        let (begin, _) = begin.expect("every ink has a mark");
        format!("{begin}{text}{ENDS}")
    }
}

impl Screen {
    /// The columns that are used: at least one.
    pub(super) fn columns(self) -> usize {
        self.width.clamp(1, MAX_WIDTH)
    }

    /// The text in an ink, where the screen has colours.
    pub(super) fn ink(self, text: &str, ink: Ink) -> String {
        if self.colour && !text.is_empty() {
            ink.mark(text)
        } else {
            text.to_owned()
        }
    }
}

/// Each line of a text with what would steer a terminal shown instead.
pub(super) fn shown_lines(text: &str) -> Vec<String> {
    let lines = text.trim_end().split('\n');
    let clean = |line: &str| visible(line.trim_end_matches('\r')).into_owned();
    lines.map(clean).collect()
}

/// Wraps shown text to a width, at spaces and behind hyphens; a word that is wider is cut.
///
/// What stands between two backquotes is to be copied, and stays together where it fits a line.
pub(super) fn wrap(line: &str, width: usize) -> Vec<String> {
    hang(line, width.max(1), 0)
}

/// The same with all rows but the first indented.
fn hang(line: &str, width: usize, indent: usize) -> Vec<String> {
    let later = width.saturating_sub(indent).max(1);
    let words: Vec<Word<'_>> = WordSeparator::new().find_words(line).collect();
    let pieces = breakable(line, &words, later);
    let pieces = break_words(pieces, later);
    let widths = [width, later];
    let mut rest = line;
    let mut rows = Vec::new();
    for row in WrapAlgorithm::new().wrap(&pieces, &widths) {
        let taken = row.iter().map(|piece| piece.len() + piece.whitespace.len());
        let (text, following) = rest.split_at(taken.sum());
        rest = following;
        let indent = if rows.is_empty() { 0 } else { indent };
        rows.push(format!("{:indent$}{}", "", text.trim_end_matches(' ')));
    }
    rows
}

/// The pieces of a line between which it may break: its words, and of those with hyphens the parts; together, where that
/// fits, what stands between two backquotes. Linear, for a width that is given.
fn breakable<'l>(line: &'l str, words: &[Word<'l>], width: usize) -> Vec<Word<'l>> {
    let mut pieces = Vec::with_capacity(words.len());
    let (mut at, mut start) = (0, 0);
    while at < words.len() {
        let n = quoted_words(&words[at..], width);
        let end = words[at..at + n.max(1)]
            .iter()
            .map(|word| word.len() + word.whitespace.len());
        let end = start + end.sum::<usize>();
        if n > 0 {
            pieces.push(Word::from(&line[start..end]));
        } else {
            let parts = word_splitters::split_words([words[at]], &WordSplitter::HyphenSplitter);
            pieces.extend(parts);
        }
        (at, start) = (at + n.max(1), end);
    }
    pieces
}

/// How many words from the first on hold what stands between backquotes; none where the first has no backquote,
/// where nothing closes it, or where it is too wide.
fn quoted_words(words: &[Word<'_>], width: usize) -> usize {
    let mut taken = 0;
    let mut is_open = false;
    for (at, word) in words.iter().enumerate() {
        let n_marks = word.matches('`').count();
        if at == 0 && n_marks == 0 {
            return 0;
        }
        is_open ^= n_marks % 2 == 1;
        taken += display_width(word.word);
        if taken > width {
            return 0;
        }
        if !is_open {
            return at + 1;
        }
        taken += word.whitespace.len();
    }
    0
}

/// A text on as many rows as it takes, each with its line break; where a line is indented, its further rows are more so.
pub fn paragraph(text: &str, screen: Screen) -> String {
    let lines = shown_lines(text);
    let rows = lines.iter().flat_map(|line| {
        let indent = line.len() - line.trim_start_matches(' ').len();
        let indent = if indent > 0 { indent + 2 } else { 0 };
        hang(line, screen.columns(), indent)
    });
    rows.map(|row| row + "\n").collect()
}

/// How many columns a shown text takes.
pub(super) fn width_of(text: &str) -> usize {
    display_width(text)
}

/// The text with its marks as escape sequences.
///
/// An ink that is still open at the end is closed there and handed back, to go on in the next line.
pub(super) fn with_colours(text: &str, open: &mut Option<Ink>) -> String {
    let mut coloured = String::with_capacity(text.len());
    if let Some(ink) = open {
        coloured.push_str(ink.sequence());
    }
    for c in text.chars() {
        if c == ENDS {
            coloured.push_str(RESET);
            *open = None;
        } else if let Some((_, ink)) = BEGINS.iter().find(|(mark, _)| *mark == c) {
            coloured.push_str(ink.sequence());
            *open = Some(*ink);
        } else {
            coloured.push(c);
        }
    }
    if open.is_some() {
        coloured.push_str(RESET);
    }
    coloured
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_take_no_room() {
        for (_, ink) in BEGINS {
            assert_eq!(width_of(&ink.mark("abc")), 3);
        }
    }

    #[test]
    fn what_is_to_be_copied_stays_on_one_line_where_it_fits() {
        let text = "It falls to (`red-light`), the so-called one.";
        assert_eq!(
            wrap(text, 20),
            ["It falls to", "(`red-light`), the", "so-called one."]
        );
        assert_eq!(
            wrap(text, 9),
            [
                "It falls",
                "to (`red-",
                "light`),",
                "the so-",
                "called",
                "one."
            ]
        );
        let command = "say `a b-c d` twice";
        assert_eq!(wrap(command, 12), ["say", "`a b-c d`", "twice"]);
        assert_eq!(wrap("one ` only-so", 9), ["one `", "only-so"]);
        assert_eq!(wrap("`a/b—c`d `e-f`", 9), ["`a/b—c`d", "`e-f`"]);
        assert_eq!(wrap("", 9), [""]);
    }

    #[test]
    fn the_rows_of_an_indented_line_hang_under_it() {
        let screen = Screen {
            width: 13,
            colour: false,
        };
        let text = paragraph("all of it:\n  `a-b` and `c-d` too", screen);
        assert_eq!(text, "all of it:\n  `a-b` and\n    `c-d` too\n");
    }

    #[test]
    fn an_ink_goes_on_in_the_next_line() {
        let mut open = None;
        let marked = Ink::Bad.mark("one two");
        let lines: Vec<String> = wrap(&marked, 3)
            .iter()
            .map(|line| with_colours(line, &mut open))
            .collect();
        assert_eq!(lines, ["\u{1b}[31mone\u{1b}[0m", "\u{1b}[31mtwo\u{1b}[0m"]);
        assert_eq!(open, None);
    }
}
