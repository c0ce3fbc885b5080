//! Rule `foreign-format`.

use crate::analysis::{Dossier, shortened};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{ForeignFault, ProblemKind};
use crate::source::{MAX_FILE_BYTES, Refusal};

/// How much of a text is shown in a message, in characters.
const MAX_SHOWN_CHARS: usize = 48;

/// A file of another program that is not as its format is.
pub(super) static RULE: Rule = Rule {
    name: "foreign-format",
    group: Group::Form,
    level: Level::Error,
    summary: "a file of another program that is not as its format is",
    page: include_str!("../../docs/rules/foreign-format.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::Foreign { format, fault } = &problem.kind else {
            continue;
        };
        let (message, help) = words(fault);
        let help = format!("the file is read as {format}: {help}");
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}

fn words(fault: &ForeignFault) -> (String, &'static str) {
    match fault {
        ForeignFault::Unrecognised => (
            "this file is in none of the formats that can be read".to_owned(),
            "name its format with `--from`",
        ),
        ForeignFault::Malformed { language, why } => (
            format!("this is no {language}: {why}"),
            "what stands before this place is read",
        ),
        ForeignFault::NoStatements => (
            "there is no statement in this file".to_owned(),
            "if it is something else, name its format with `--from`",
        ),
        ForeignFault::Missing { part, owner, name } => {
            let owner = match name {
                Some(name) => format!("the {owner} `{name}`"),
                None => format!("this {owner}"),
            };
            (format!("{owner} has no {part}"), "it is left out")
        }
        ForeignFault::Undefined { what, name } => (
            format!("there is no {what} `{name}`"),
            "what refers to it is left out",
        ),
        ForeignFault::TextMissing { path, why } => (
            match why {
                Refusal::TooLarge(bytes) => {
                    format!(
                        "the text `{path}` has {bytes} bytes, and the limit is {MAX_FILE_BYTES}"
                    )
                }
                Refusal::Unreadable(words) => format!("the text `{path}` cannot be read: {words}"),
                Refusal::Missing | Refusal::OutsideProject(_) => {
                    format!("there is no text `{path}` beside this file")
                }
            },
            "what this file has of the text is used, and is no quote",
        ),
        ForeignFault::OtherWords { found } => {
            let found = shortened(found, MAX_SHOWN_CHARS);
            (
                format!("the text does not have these words at this place, but \"{found}\""),
                "the words are kept, and are no quote",
            )
        }
        ForeignFault::Misplaced { what, how, help } => (format!("this {what} {how}"), help),
        ForeignFault::UndercutCircle => (
            "this step attacks steps that attack it".to_owned(),
            "a map nests an objection in the step that it attacks; this one and those that attack it are left out",
        ),
    }
}
