//! Where a syntax error comes from: the parser stops where it cannot go on, which is often behind the cause.

use std::ops::Range;

use super::error::{Related, SyntaxError, SyntaxErrorKind as Kind};
use crate::source::Span;

/// Characters that mean something to YAML at the start of a value.
const INDICATORS: [char; 5] = ['&', '*', '!', '>', '|'];

/// What stands behind a backslash in double quotes, but for characters by their numbers (YAML 1.2.2, 5.7).
const ESCAPES: &str = "0abt\tnvfre \"/\\N_LP\n\r";

/// Where the parser stopped.
pub(super) struct Stop<'t> {
    /// The whole text of the file.
    pub(super) text: &'t str,
    /// The character that it stopped at.
    pub(super) span: Span,
    /// The quote or bracket that is open there.
    pub(super) opened: Option<Span>,
    /// Where the last value starts and ends that it told of; it reads ahead of what it tells.
    pub(super) told: Range<usize>,
    /// The document, where that has ended although text follows.
    pub(super) ended: Option<Ended>,
}

/// A document that has ended too early.
pub(super) struct Ended {
    /// Where it stands.
    pub(super) span: Span,
    /// How many keys it has.
    pub(super) n_keys: usize,
}

impl Stop<'_> {
    /// The error with its likely cause, at the place where the author must look.
    ///
    /// Costs a walk over its line and what stands between that and the last value told of.
    pub(super) fn explain(&self, kind: Kind) -> SyntaxError {
        if let Some(ended) = &self.ended {
            return self.behind(ended);
        }
        match (kind, self.opened) {
            (Kind::Tab, _) => at(Kind::Tab, self.first_tab()),
            (Kind::MissingKey | Kind::Indentation, _) if self.is_behind_tab() => {
                at(Kind::Tab, self.first_tab())
            }
            (Kind::UnseenCharacter(character), _) => {
                at(Kind::UnseenCharacter(character), self.unseen(character))
            }
            (Kind::UnknownEscape, _) => at(Kind::UnknownEscape, self.unknown_escape()),
            (kind @ (Kind::UnclosedQuote | Kind::UnclosedBracket(_)), Some(opened)) => {
                self.opened_at(kind, opened)
            }
            (kind @ (Kind::ColonInText | Kind::MissingComma), opened) => {
                self.colon_or_comma(kind, opened)
            }
            (Kind::MissingKey, _) => self.instead_of_key(),
            (Kind::ListAndMapping, opened) => {
                let opened = opened.or_else(|| self.unclosed_bracket_above());
                let closed = || at(self.instead_of_item(), self.span);
                self.never_closed(opened).unwrap_or_else(closed)
            }
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

    /// The error where text follows a document that has ended: lines that start together are one mapping, and here
    /// the first one starts deeper than what follows.
    fn behind(&self, ended: &Ended) -> SyntaxError {
        let start = ended.span.start as usize;
        let line = line_start(self.text, start);
        let depth = indentation(self.text, start);
        if depth == 0 || line + depth != start {
            return at(Kind::TextAfterValue, self.span);
        }
        // One key alone is the odd one out.
        if ended.n_keys == 1 {
            return SyntaxError {
                span: self.part(line, start),
                related: Some(Related::StoppedAt(self.span)),
                kind: Kind::Indentation,
            };
        }
        at(Kind::Indentation, self.span)
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
        if let Some(error) = self.never_closed(opened) {
            return error;
        }
        if is_colon && let Some(colon) = self.colon_without_space_above() {
            return self.opened_at(Kind::MissingSpace, colon);
        }
        if is_colon && !self.rest().starts_with(':') {
            let colon = self.colon_without_space(self.span.start as usize);
            return match colon {
                Some(colon) => at(Kind::MissingSpace, colon),
                None => at(Kind::MissingKey, self.span),
            };
        }
        SyntaxError {
            span: self.span,
            related: opened.map(Related::OpenedAt),
            kind,
        }
    }

    /// The error where a line is not indented deeper than that of a bracket, which it should be if that were open.
    fn never_closed(&self, opened: Option<Span>) -> Option<SyntaxError> {
        let opened = opened?;
        let own = indentation(self.text, self.span.start as usize);
        let is_out = own <= indentation(self.text, opened.start as usize);
        let bracket = self.text[opened.range()].chars().next().unwrap_or('[');
        is_out.then(|| self.opened_at(Kind::UnclosedBracket(bracket), opened))
    }

    /// The error where something else stands where a key should.
    fn instead_of_key(&self) -> SyntaxError {
        let (before, rest) = (self.before(), self.rest());
        let kind = if before == "-" || rest.starts_with("- ") {
            Kind::ListAndMapping
        } else {
            match before.chars().last() {
                Some(bracket @ (']' | '}')) => Kind::TextAfterBracket(bracket),
                Some(_) => Kind::TextAfterValue,
                None if rest.contains(": ") || rest.ends_with(':') => Kind::Indentation,
                None => match self.colon_without_space(self.span.start as usize) {
                    Some(colon) => return at(Kind::MissingSpace, colon),
                    None => Kind::MissingKey,
                },
            }
        };
        at(kind, self.span)
    }

    /// What stands where the next item of a list should.
    fn instead_of_item(&self) -> Kind {
        let rest = self.rest();
        let is_key = rest.contains(": ") || rest.ends_with(':');
        if self.before().is_empty() && !rest.starts_with('-') && is_key {
            Kind::KeyInList
        } else {
            Kind::ListAndMapping
        }
    }

    /// The error at its cause further up, such as the quote or bracket that was opened, with the place where the parser stopped.
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

    /// Whether a tab stands in the indentation of the line.
    fn is_behind_tab(&self) -> bool {
        let start = self.span.start as usize;
        let before = &self.text[line_start(self.text, start)..start];
        before.contains('\t') && before.trim().is_empty()
    }

    /// Where a character stands that is not seen: the parser stops where the text around it starts.
    fn unseen(&self, character: char) -> Span {
        let start = self.span.start as usize;
        let Some(at) = self.text[start..].find(character) else {
            return self.span;
        };
        let start = start + at;
        self.part(start, start + character.len_utf8())
    }

    /// The first escape that YAML does not have in the text in double quotes that starts at the place.
    fn unknown_escape(&self) -> Span {
        let start = self.span.start as usize;
        let mut rest = self.text[start..].char_indices().peekable();
        while let Some((at, character)) = rest.next() {
            if character != '\\' {
                continue;
            }
            let Some((_, name)) = rest.next() else { break };
            let n_digits = match name {
                'x' => 2,
                'u' => 4,
                'U' => 8,
                name if ESCAPES.contains(name) => 0,
                _ => return self.part(start + at, start + at + 1 + name.len_utf8()),
            };
            let digits = self.text[start + at + 2..].bytes().take(n_digits);
            if digits.filter(u8::is_ascii_hexdigit).count() < n_digits {
                return self.part(start + at, start + at + 2);
            }
        }
        self.span
    }

    /// The last bracket that opens a value in a line above and is not closed, among what was not told of yet.
    fn unclosed_bracket_above(&self) -> Option<Span> {
        let end = line_start(self.text, self.span.start as usize);
        let mut open: Vec<(usize, bool)> = Vec::new();
        // What stands before a character on its line, but for spaces.
        let mut before = Some('"');
        let mut at = self.told.end;
        while let Some(character) = self.text.get(at..end).and_then(|it| it.chars().next()) {
            let is_value = before.is_none_or(|it| "-:,[{".contains(it));
            let is_spaced = self.text[..at].ends_with([' ', '\n']);
            match character {
                '[' | '{' => open.push((at, is_value)),
                ']' | '}' => drop(open.pop()),
                '"' | '\'' if is_value => at = self.quote_end(at, end),
                '#' if is_spaced => {
                    at += self.text[at..end].find('\n').unwrap_or(end - at);
                    continue;
                }
                _ => {}
            }
            match character {
                '\n' => before = None,
                ' ' | '\r' | '\t' => {}
                other => before = Some(other),
            }
            at += self.text[at..].chars().next().map_or(1, char::len_utf8);
        }
        let mut values = open.into_iter().filter(|(_, is_value)| *is_value);
        values.next_back().map(|(at, _)| self.part(at, at + 1))
    }

    /// Where the text in quotes ends that starts at a byte.
    fn quote_end(&self, start: usize, end: usize) -> usize {
        let bytes = &self.text.as_bytes()[..end];
        let mut at = start + 1;
        while at < end && bytes[at] != bytes[start] {
            at += if bytes[at] == b'\\' && bytes[start] == b'"' {
                2
            } else {
                1
            };
        }
        at.min(end.saturating_sub(1))
    }

    /// The colon of a line above that starts where this one does and would be a key, were there a space behind it.
    fn colon_without_space_above(&self) -> Option<Span> {
        let line = line_start(self.text, self.span.start as usize);
        let column = content(&self.text[line..]);
        let first = line_start(self.text, self.told.start).min(line);
        let breaks = self.text[first..line].match_indices('\n');
        let mut starts = vec![first];
        starts.extend(breaks.map(|(at, _)| first + at + 1));
        let is_beside = |start: &usize| *start < line && content(&self.text[*start..]) == column;
        let above = starts.into_iter().rev().find(is_beside)?;
        self.colon_without_space(above + column)
    }

    /// The colon of the key that would start at a byte, were there a space behind that colon.
    fn colon_without_space(&self, start: usize) -> Option<Span> {
        let text = self.text[start..].lines().next()?;
        let (key, value) = text.split_once(':')?;
        let is_key = key.starts_with(|c: char| c.is_ascii_lowercase())
            && key
                .bytes()
                .all(|it| it.is_ascii_alphanumeric() || b"-_".contains(&it));
        let is_close = value.starts_with(|c: char| !c.is_whitespace() && c != '/');
        let at = start + key.len();
        (is_key && is_close).then(|| self.part(at, at + 1))
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

/// The column, from 0, of what a line says behind its indentation and the dashes of lists.
fn content(line: &str) -> usize {
    let mut rest = line.trim_start_matches(' ');
    while let Some(item) = rest.strip_prefix("- ") {
        rest = item.trim_start_matches(' ');
    }
    line.len() - rest.len()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}
