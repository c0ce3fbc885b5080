//! Rule `path-outside-project`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;

/// A path that leads out of the project.
pub(super) static RULE: Rule = Rule {
    name: "path-outside-project",
    group: Group::Form,
    level: Level::Error,
    summary: "a path that leads out of the project",
    page: include_str!("../../docs/rules/path-outside-project.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::PathOutsideProject { path, root } = &problem.kind else {
            continue;
        };
        let message = format!("`{path}` lies outside the project, the folder `{root}`");
        let help = "copy the file into the project; the project is the nearest folder above the map with a \
                    `grounds.toml` or a `.git`, else the map's own folder";
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}
