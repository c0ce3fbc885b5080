//! Rule `faulty-bibliography`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;
use crate::source::Refusal;

/// A bibliography that cannot be read, as a whole or in part.
pub(super) static RULE: Rule = Rule {
    name: "faulty-bibliography",
    group: Group::Form,
    level: Level::Error,
    summary: "a bibliography that cannot be read, as a whole or in part",
    page: include_str!("../../docs/rules/faulty-bibliography.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let (message, help) = match &problem.kind {
            ProblemKind::BibliographyMissing { path, why } => (
                missing(path, why),
                "the path starts at the folder of the file that it stands in",
            ),
            ProblemKind::BibliographyEntry { why } => {
                (why.clone(), "the other entries of the file are read")
            }
            _ => continue,
        };
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}

fn missing(path: &str, why: &Refusal) -> String {
    match why {
        Refusal::TooLarge(bytes) => {
            format!("`{path}` has {bytes} bytes, and a bibliography may have 32 MiB")
        }
        Refusal::Unreadable(words) => format!("`{path}` cannot be read: {words}"),
        Refusal::Missing | Refusal::OutsideProject(_) => format!("there is no file `{path}`"),
    }
}
