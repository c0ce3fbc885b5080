//! Rule `yaml-syntax`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;
use crate::source::{NotText, Span};
use crate::syntax::{Related, SyntaxErrorKind as Kind};

/// A file that is not YAML, or not text.
pub(super) static RULE: Rule = Rule {
    name: "yaml-syntax",
    group: Group::Form,
    level: Level::Error,
    summary: "a file that is not YAML, or not text",
    page: include_str!("../../docs/rules/yaml-syntax.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        match &problem.kind {
            ProblemKind::NotText(fault) => out.push(not_text(problem.span, *fault)),
            ProblemKind::Syntax {
                error: Kind::AliasBomb { .. },
                ..
            } => {}
            ProblemKind::Syntax { error, related } => {
                let (message, help) = words(error);
                let mut finding = Diagnostic::new(&RULE, problem.span, message).help(help);
                match related {
                    Some(Related::OpenedAt(span)) => finding = finding.label(*span, "opened here"),
                    Some(Related::StoppedAt(span)) => {
                        finding = finding.label(*span, "the YAML reader stops here");
                    }
                    None => {}
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
        Kind::UnseenCharacter(character) => {
            let what = if character.is_control() {
                "a control character"
            } else {
                "an invisible character"
            };
            (
                format!("{what} stands here (U+{:04X})", u32::from(*character)),
                "remove it".to_owned(),
            )
        }
        Kind::TextAfterBracket(bracket) => (
            format!("there is text behind the closing `{bracket}`"),
            "put the whole text in quotes".to_owned(),
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

fn fixed_words(error: &Kind) -> (&'static str, &'static str) {
    match error {
        Kind::ColonInText => (
            "a text without quotes cannot contain `: `",
            "put the text in quotes; if this is a key, check the indentation of its line",
        ),
        Kind::MissingSpace => (
            "a space is missing behind this colon",
            "a key has a colon and a space behind it: `key: value`",
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
        Kind::TextAfterValue => (
            "there is text behind the end of the value",
            "put the whole text in quotes",
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
        Kind::KeyInList => (
            "a key (`key: `) stands between list items (`- `) here",
            "line the key up with the keys that it belongs to: those of the item, or the one above the list",
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
