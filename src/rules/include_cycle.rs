//! Rule `include-cycle`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;

/// Maps that include each other.
pub(super) static RULE: Rule = Rule {
    name: "include-cycle",
    group: Group::Form,
    level: Level::Error,
    summary: "maps that include each other",
    page: include_str!("../../docs/rules/include-cycle.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::IncludeCycle { cycle } = &problem.kind else {
            continue;
        };
        let message = match &cycle[..] {
            [own, _] => format!("`{own}` includes itself"),
            files => {
                let files: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
                format!(
                    "{} includes {}",
                    files[0],
                    files[1..].join(", which includes ")
                )
            }
        };
        let help = "move what both need to a third map, and include that from both";
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}
