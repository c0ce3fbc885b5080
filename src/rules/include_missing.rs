//! Rule `include-missing`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;
use crate::source::{MAX_FILE_BYTES, Refusal};

/// An included file that cannot be read.
pub(super) static RULE: Rule = Rule {
    name: "include-missing",
    group: Group::Form,
    level: Level::Error,
    summary: "an included file that cannot be read",
    page: include_str!("../../docs/rules/include-missing.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::IncludeMissing { path, why } = &problem.kind else {
            continue;
        };
        let message = match why {
            Refusal::TooLarge(bytes) => {
                format!("`{path}` has {bytes} bytes, and the limit is {MAX_FILE_BYTES}")
            }
            Refusal::Unreadable(words) => format!("`{path}` cannot be read: {words}"),
            Refusal::Missing | Refusal::OutsideProject(_) => format!("there is no file `{path}`"),
        };
        let help = "the path starts at the folder of the file that it stands in";
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}
