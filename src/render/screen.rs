//! What a terminal shows: its width, its characters, its colours.

use textwrap::core::display_width;
use textwrap::{Options, wrap as wrap_line};

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

/// Wraps shown text to a width; a word that is wider is cut.
pub(super) fn wrap(line: &str, width: usize) -> Vec<String> {
    let options = Options::new(width.max(1));
    wrap_line(line, options)
        .into_iter()
        .map(std::borrow::Cow::into_owned)
        .collect()
}

/// A text on as many lines as it takes, each with its line break.
pub fn paragraph(text: &str, screen: Screen) -> String {
    let lines = shown_lines(text);
    let rows = lines.iter().flat_map(|line| wrap(line, screen.columns()));
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
