//! A text with the little formatting that citation styles give it.

use hayagriva::citationberg::{FontStyle, FontWeight, VerticalAlign};
use hayagriva::{Elem, ElemChild, ElemChildren, Formatted};

/// A work or a citation as a style writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Phrase {
    /// Its parts, in order; neighbours differ in their formatting.
    pub runs: Vec<Run>,
}

/// A part of one formatting.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Run {
    /// Its text, on one line.
    pub text: String,
    /// Whether it is in italics.
    pub italic: bool,
    /// Whether it is bold.
    pub bold: bool,
}

impl Phrase {
    /// A text without formatting.
    pub fn plain(text: &str) -> Self {
        let mut phrase = Self::default();
        phrase.push_text(text);
        phrase
    }

    /// The text alone.
    pub fn to_text(&self) -> String {
        self.runs.iter().map(|run| run.text.as_str()).collect()
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.runs.iter().all(|run| run.text.is_empty())
    }

    pub(super) fn of(children: &ElemChildren) -> Self {
        let mut phrase = Self::default();
        phrase.push_all(children);
        phrase.trimmed()
    }

    /// The same without space at its ends, and without the marks that are left where a part of a work is not known.
    pub(super) fn trimmed(mut self) -> Self {
        for run in &mut self.runs {
            while let Some(at) = stray_mark(&run.text) {
                run.text.remove(at);
            }
        }
        while let Some(last) = self.runs.last_mut() {
            last.text.truncate(last.text.trim_end().len());
            if !last.text.is_empty() {
                break;
            }
            self.runs.pop();
        }
        if let Some(first) = self.runs.first_mut() {
            first.text = first.text.trim_start().to_owned();
        }
        self
    }

    /// Adds what a style made; recurses as deep as the style nests, which [`super::Style`] bounds.
    pub(super) fn push_all(&mut self, children: &ElemChildren) {
        for child in &children.0 {
            self.push(child);
        }
    }

    pub(super) fn push(&mut self, child: &ElemChild) {
        match child {
            ElemChild::Text(text) | ElemChild::Link { text, .. } => self.push_formatted(text),
            ElemChild::Markup(text) => self.push_text(text),
            ElemChild::Elem(Elem {
                children, display, ..
            }) => {
                // Blocks have a line of their own, and a phrase is one line.
                if display.is_some() {
                    self.push_text(" ");
                }
                self.push_all(children);
            }
            ElemChild::Transparent { .. } => {}
        }
    }

    pub(super) fn push_text(&mut self, text: &str) {
        self.push_run(text, false, false);
    }

    fn push_formatted(&mut self, text: &Formatted) {
        let look = text.formatting;
        let (italic, bold) = (
            look.font_style == FontStyle::Italic,
            look.font_weight == FontWeight::Bold,
        );
        if look.vertical_align == VerticalAlign::Sup {
            let raised: String = text.text.chars().map(raised).collect();
            self.push_run(&raised, italic, bold);
        } else {
            self.push_run(&text.text, italic, bold);
        }
    }

    /// Adds a text; white space of whatever kind becomes one space.
    fn push_run(&mut self, text: &str, italic: bool, bold: bool) {
        let ends_in_space = |run: &Run| run.text.ends_with(' ');
        let mut after_space = self.runs.last().is_none_or(ends_in_space);
        let mut plain = String::with_capacity(text.len());
        for c in text.chars() {
            // A space that does not break is the style's will.
            let is_space = c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}';
            if !is_space {
                plain.push(c);
            } else if !after_space {
                plain.push(' ');
            }
            after_space = is_space;
        }
        match self.runs.last_mut() {
            Some(last) if last.italic == italic && last.bold == bold => last.text.push_str(&plain),
            _ if plain.is_empty() => {}
            _ => self.runs.push(Run {
                text: plain,
                italic,
                bold,
            }),
        }
    }
}

/// Where a comma stands between a number and a closing bracket, or a full stop after one within quotation marks.
fn stray_mark(text: &str) -> Option<usize> {
    let comma = text.match_indices(",)").map(|(at, _)| at);
    let mut after_number = comma.filter(|at| text[..*at].ends_with(|c: char| c.is_ascii_digit()));
    let stop = || text.find(".”.").map(|at| at + ".”".len());
    after_number.next().or_else(stop)
}

/// Numbers that refer to a list stand above the line in some styles.
fn raised(c: char) -> char {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    c.to_digit(10).map_or(c, |digit| DIGITS[digit as usize])
}
