//! Rule `wrong-type`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{A_TAGGED_VALUE, ProblemKind};

/// A list where text belongs, and the like.
pub(super) static RULE: Rule = Rule {
    name: "wrong-type",
    group: Group::Form,
    level: Level::Error,
    summary: "a list where text belongs, and the like",
    page: include_str!("../../docs/rules/wrong-type.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::WrongType {
            what,
            found,
            expected,
        } = &problem.kind
        else {
            continue;
        };
        let message = format!("{what} must be {}, and this is {found}", expected.words);
        let help = if *found == A_TAGGED_VALUE {
            "a text that starts with `!` needs quotes".to_owned()
        } else {
            format!("for example: `{}`", expected.example)
        };
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}
