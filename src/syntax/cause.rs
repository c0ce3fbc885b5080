//! Where a syntax error comes from: the parser stops where it cannot go on, which is often behind the cause.

use super::error::{Related, SyntaxError, SyntaxErrorKind as Kind};
use crate::source::Span;

/// Characters that mean something to YAML at the start of a value.
const INDICATORS: [char; 5] = ['&', '*', '!', '>', '|'];

/// Where the parser stopped.
pub(super) struct Stop<'t> {
    /// The whole text of the file.
    pub(super) text: &'t str,
    /// The character that it stopped at.
    pub(super) span: Span,
    /// The quote or bracket that is open there.
    pub(super) opened: Option<Span>,
}

impl Stop<'_> {
    /// The error with its likely cause, at the place where the author must look.
    ///
    /// Costs a walk over the line and the one above it.
    pub(super) fn explain(&self, kind: Kind) -> SyntaxError {
        match (kind, self.opened) {
            (Kind::Tab, _) => at(Kind::Tab, self.first_tab()),
            (kind @ (Kind::UnclosedQuote | Kind::UnclosedBracket(_)), Some(opened)) => {
                self.opened_at(kind, opened)
            }
            (kind @ (Kind::ColonInText | Kind::MissingComma), opened) => {
                self.colon_or_comma(kind, opened)
            }
            (Kind::MissingKey, _) => at(self.instead_of_key(), self.span),
            (Kind::Other(words), _) => {
                let indicator = self
                    .rest()
                    .chars()
                    .next()
                    .filter(|c| INDICATORS.contains(c));
                at(
                    indicator.map_or(Kind::Other(words), Kind::ReservedCharacter),
                    self.span,
                )
            }
            (kind, opened) => SyntaxError {
                span: self.span,
                related: opened.map(Related::OpenedAt),
                kind,
            },
        }
    }

    /// A colon or an entry that is not expected: often because a bracket further up was never closed.
    fn colon_or_comma(&self, kind: Kind, opened: Option<Span>) -> SyntaxError {
        // The parser looks ahead of what it reports, so it may not have told of the bracket yet.
        let is_colon = kind == Kind::ColonInText;
        let opened = opened.or_else(|| {
            if is_colon {
                self.unclosed_bracket_above()
            } else {
                None
            }
        });
        if let Some(opened) = opened {
            let own = indentation(self.text, self.span.start as usize);
            if own <= indentation(self.text, opened.start as usize) {
                let bracket = self.text[opened.range()].chars().next().unwrap_or('[');
                return self.opened_at(Kind::UnclosedBracket(bracket), opened);
            }
        }
        if is_colon && !self.rest().starts_with(':') {
            return at(Kind::MissingKey, self.span);
        }
        SyntaxError {
            span: self.span,
            related: opened.map(Related::OpenedAt),
            kind,
        }
    }

    /// What stands where a key should.
    fn instead_of_key(&self) -> Kind {
        let (before, rest) = (self.before(), self.rest());
        if before == "-" || rest.starts_with("- ") {
            return Kind::ListAndMapping;
        }
        match before.chars().last() {
            Some(bracket @ (']' | '}')) => Kind::TextAfterBracket(bracket),
            Some(_) => Kind::TextAfterValue,
            None if rest.contains(": ") || rest.ends_with(':') => Kind::Indentation,
            None => Kind::MissingKey,
        }
    }

    /// The error at the quote or bracket that was opened, with the place where the parser stopped.
    fn opened_at(&self, kind: Kind, opened: Span) -> SyntaxError {
        SyntaxError {
            span: opened,
            related: Some(Related::StoppedAt(self.span)),
            kind,
        }
    }

    /// What stands before the place on its line.
    fn before(&self) -> &str {
        let start = self.span.start as usize;
        self.text[line_start(self.text, start)..start].trim()
    }

    /// The rest of the line from the place on.
    fn rest(&self) -> &str {
        self.text[self.span.start as usize..]
            .lines()
            .next()
            .unwrap_or_default()
    }

    /// The tabs that the parser stumbled over: the first ones in its line or behind.
    fn first_tab(&self) -> Span {
        let from = line_start(self.text, self.span.start as usize);
        let Some(tab) = self.text[from..].find('\t') else {
            return self.span;
        };
        let start = from + tab;
        let length = self.text[start..]
            .bytes()
            .take_while(|b| *b == b'\t')
            .count();
        self.part(start, start + length)
    }

    /// The last bracket that the line above opens as a value and does not close.
    fn unclosed_bracket_above(&self) -> Option<Span> {
        let above = self.text[..line_start(self.text, self.span.start as usize)].trim_end();
        let start = line_start(above, above.len());
        let mut open = Vec::new();
        for (at, character) in above[start..].char_indices() {
            match character {
                '[' | '{' => open.push(start + at),
                ']' | '}' => drop(open.pop()),
                _ => {}
            }
        }
        let at = open.pop()?;
        let before = above[start..at].trim_end();
        let is_value = before.is_empty() || before.ends_with(['-', ':', ',', '[', '{']);
        is_value.then(|| self.part(at, at + 1))
    }

    fn part(&self, start: usize, end: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).expect("files over 256 MiB are refused before");
        Span {
            start: offset(start),
            end: offset(end),
            ..self.span
        }
    }
}

fn at(kind: Kind, span: Span) -> SyntaxError {
    SyntaxError {
        span,
        related: None,
        kind,
    }
}

/// By how many spaces the line of a byte is indented.
fn indentation(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}
