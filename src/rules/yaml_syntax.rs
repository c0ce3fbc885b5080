//! Rule `yaml-syntax`.

use crate::analysis::Dossier;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{Problem, ProblemKind};
use crate::source::{NotText, Span};
use crate::syntax::SyntaxErrorKind as Kind;

/// A file that is not YAML, or not text.
pub(super) static RULE: Rule = Rule {
    name: "yaml-syntax",
    group: Group::Form,
    level: Level::Error,
    summary: "a file that is not YAML, or not text",
    page: include_str!("../../docs/rules/yaml-syntax.md"),
};

pub(super) fn check(dossier: &Dossier, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        match &problem.kind {
            ProblemKind::NotText(fault) => out.push(not_text(problem.span, *fault)),
            ProblemKind::Syntax {
                error: Kind::AliasBomb { .. },
                ..
            } => {}
            ProblemKind::Syntax { error, .. }
                if follows_unknown_anchor(dossier, problem, error) => {}
            ProblemKind::Syntax { error, opened } => {
                let text = dossier.files.get(problem.span.file).text();
                let fault = Fault::new(error, problem.span, *opened, text);
                let (message, help) = fault.words;
                let mut finding = Diagnostic::new(&RULE, fault.span, message).help(help);
                if let Some((span, why)) = fault.label {
                    finding = finding.label(span, why);
                }
                out.push(finding);
            }
            _ => {}
        }
    }
}

fn not_text(span: Span, fault: NotText) -> Diagnostic {
    let (message, help) = match fault {
        NotText::InvalidUtf8 => (
            "the file is not UTF-8 from here on",
            "save it as UTF-8; an older editor may have written Windows-1252",
        ),
        NotText::Utf16 => (
            "the file is UTF-16, and a map must be UTF-8",
            "save it as UTF-8",
        ),
        NotText::Binary => (
            "the file is not text: it has a NUL character here",
            "is this the right file?",
        ),
    };
    Diagnostic::new(&RULE, span, message).help(help)
}

/// `*word` at the start of a text is one fault, although the rest of the text is a second one for the parser.
fn follows_unknown_anchor(dossier: &Dossier, problem: &Problem, error: &Kind) -> bool {
    if *error != Kind::MissingKey {
        return false;
    }
    let text = dossier.files.get(problem.span.file).text();
    let line = Span {
        start: offset(line_start(text, problem.span.start as usize)),
        ..problem.span
    };
    let is_unknown_anchor = |kind: &ProblemKind| {
        let ProblemKind::Syntax { error, .. } = kind else {
            return false;
        };
        matches!(error, Kind::UnknownAnchor(_))
    };
    dossier
        .problems
        .iter()
        .any(|other| is_unknown_anchor(&other.kind) && line.contains(other.span))
}

/// Characters that mean something to YAML at the start of a value.
const INDICATORS: [char; 5] = ['&', '*', '!', '>', '|'];

/// An error with its likely cause, at the place where the author must look.
///
/// The parser stops where it cannot go on, which is often behind the cause.
struct Fault {
    /// What is wrong, and what to do.
    words: (String, String),
    span: Span,
    label: Option<(Span, &'static str)>,
}

impl Fault {
    fn new(error: &Kind, span: Span, opened: Option<Span>, text: &str) -> Self {
        // There can be many of these on one long line, and their place is right.
        if matches!(error, Kind::UnknownAnchor(_) | Kind::AliasCycle) {
            return Self {
                words: words(error),
                span,
                label: None,
            };
        }
        let start = span.start as usize;
        let line_start = line_start(text, start);
        let before = text[line_start..start].trim();
        let rest = text[start..].lines().next().unwrap_or_default();
        // The parser looks ahead of what it reports, so it may not have told of the bracket yet.
        let opened = match error {
            Kind::ColonInText => opened.or_else(|| unclosed_bracket_above(text, line_start, span)),
            _ => opened,
        };
        let at = |error: &Kind, span: Span| Self {
            words: words(error),
            span,
            label: None,
        };
        let opening = |error: &Kind, opened: Span| Self {
            words: words(error),
            span: opened,
            label: Some((span, "the YAML reader stops here")),
        };
        match (error, opened) {
            (Kind::Tab, _) => at(&Kind::Tab, first_tab(text, line_start, span)),
            (Kind::UnclosedQuote | Kind::UnclosedBracket(_), Some(opened)) => {
                opening(error, opened)
            }
            (Kind::ColonInText | Kind::MissingComma, Some(opened))
                if indentation(text, start) <= indentation(text, opened.start as usize) =>
            {
                let bracket = text[opened.range()].chars().next().unwrap_or('[');
                opening(&Kind::UnclosedBracket(bracket), opened)
            }
            (Kind::ColonInText, _) if !rest.starts_with(':') => at(&Kind::MissingKey, span),
            (Kind::MissingKey, _) if before == "-" || rest.starts_with("- ") => {
                at(&Kind::ListAndMapping, span)
            }
            (Kind::MissingKey, _) if !before.is_empty() => Self {
                words: text_after_value(before),
                span,
                label: None,
            },
            (Kind::MissingKey, _) if rest.contains(": ") || rest.ends_with(':') => {
                at(&Kind::Indentation, span)
            }
            (Kind::Other(_), _) if rest.starts_with(INDICATORS) => {
                let indicator = rest.chars().next().expect("it starts with one");
                at(&Kind::ReservedCharacter(indicator), span)
            }
            (error, opened) => Self {
                words: words(error),
                span,
                label: opened.map(|opened| (opened, "opened here")),
            },
        }
    }
}

/// The tabs that the parser stumbled over: the first ones in its line or behind.
fn first_tab(text: &str, line_start: usize, span: Span) -> Span {
    let Some(tab) = text[line_start..].find('\t') else {
        return span;
    };
    let start = line_start + tab;
    let length = text[start..].bytes().take_while(|b| *b == b'\t').count();
    Span {
        start: offset(start),
        end: offset(start + length),
        ..span
    }
}

/// The last bracket that the line above a place opens as a value and does not close.
fn unclosed_bracket_above(text: &str, line_start: usize, span: Span) -> Option<Span> {
    let above = text[..line_start].trim_end();
    let start = self::line_start(above, above.len());
    let mut open = Vec::new();
    for (at, character) in above[start..].char_indices() {
        match character {
            '[' | '{' => open.push(at),
            ']' | '}' => drop(open.pop()),
            _ => {}
        }
    }
    let at = open.pop()?;
    let before = above[start..start + at].trim_end();
    let is_value = before.is_empty() || before.ends_with(['-', ':', ',', '[', '{']);
    let at = Some(start + at).filter(|_| is_value)?;
    Some(Span {
        start: offset(at),
        end: offset(at + 1),
        ..span
    })
}

/// By how many spaces the line of a byte is indented.
fn indentation(text: &str, at: usize) -> usize {
    let line = &text[line_start(text, at)..];
    line.len() - line.trim_start_matches(' ').len()
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |end| end + 1)
}

fn offset(at: usize) -> u32 {
    u32::try_from(at).expect("files over 256 MiB are refused")
}

/// What is wrong, and what usually causes it.
fn words(error: &Kind) -> (String, String) {
    match error {
        Kind::UnclosedBracket(open) => (
            format!("`{open}` is never closed"),
            format!("add the `{}` that belongs to it", partner(*open)),
        ),
        Kind::MismatchedBracket(open, close) => (
            format!("`{open}` is closed by `{close}`"),
            format!(
                "close it with `{}`, or quote the text if it is part of one",
                partner(*open)
            ),
        ),
        Kind::ReservedCharacter('`') => (
            "a text cannot start with a backtick without quotes".to_owned(),
            "put the text in quotes".to_owned(),
        ),
        Kind::ReservedCharacter(character) => (
            format!(
                "a text cannot start with `{}` without quotes",
                character.escape_debug()
            ),
            "put the text in quotes".to_owned(),
        ),
        Kind::UnknownAnchor(name) => (
            format!("`*{name}` is read as an alias, and no anchor `&{name}` stands before it"),
            "put the text in quotes if the `*` is part of it".to_owned(),
        ),
        Kind::Other(words) => (
            format!("this is not YAML: {words}"),
            "quotes around the text often settle it".to_owned(),
        ),
        fixed => {
            let (message, help) = fixed_words(fixed);
            (message.to_owned(), help.to_owned())
        }
    }
}

fn text_after_value(before: &str) -> (String, String) {
    let message = match before.chars().last() {
        Some(bracket @ (']' | '}')) => format!("there is text behind the closing `{bracket}`"),
        _ => "there is text behind the end of the value".to_owned(),
    };
    (message, "put the whole text in quotes".to_owned())
}

fn fixed_words(error: &Kind) -> (&'static str, &'static str) {
    match error {
        Kind::ColonInText => (
            "a text without quotes cannot contain `: `",
            "put the text in quotes; if this is a key, check the indentation of its line",
        ),
        Kind::Tab => ("a tab cannot indent a line in YAML", "indent with spaces"),
        Kind::UnclosedQuote => (
            "the text in quotes that starts here does not end where it should",
            "close the quote, or double it (`''`) inside single quotes and write `\\\"` inside double quotes",
        ),
        Kind::TextAfterQuote => (
            "there is text behind the closing quote",
            "quote the whole text; write `''` for an apostrophe inside single quotes",
        ),
        Kind::UnknownEscape => (
            "double quotes do not have this backslash escape",
            "write `\\\\` for a backslash, or use single quotes",
        ),
        Kind::StrayBracket => (
            "this bracket closes nothing",
            "remove it, or quote the text if it is part of one",
        ),
        Kind::MissingComma => (
            "a comma or the closing bracket is missing before this",
            "separate the entries by `, `; a text with a comma or a bracket needs quotes",
        ),
        Kind::Indentation => (
            "this line is indented neither as its neighbours nor under them",
            "line it up with the lines that it belongs to",
        ),
        Kind::MissingKey => (
            "there should be a `key: value` here",
            "a key needs `: ` behind it, and its line the indentation of its neighbours",
        ),
        Kind::ListAndMapping => (
            "list items (`- `) and keys (`key: `) are mixed here",
            "line the `- ` up under its key, on lines of their own",
        ),
        Kind::AliasCycle => (
            "an alias cannot stand inside the value that it stands for",
            "write the value out",
        ),
        Kind::SeveralDocuments => (
            "a second YAML document starts here, and a file holds one map",
            "remove the `---`, or move what follows it to a file of its own",
        ),
        other => unreachable!("`{other:?}` is worded elsewhere"),
    }
}

fn partner(open: char) -> char {
    if open == '[' { ']' } else { '}' }
}
