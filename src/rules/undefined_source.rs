//! Rule `undefined-source`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::ProblemKind;
use crate::model::near::is_slip;

/// A citation of a source that the map does not define.
pub(super) static RULE: Rule = Rule {
    name: "undefined-source",
    group: Group::Form,
    level: Level::Error,
    summary: "a citation of a source that the map does not define",
    page: include_str!("../../docs/rules/undefined-source.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::UndefinedSource {
            name,
            near,
            is_statement,
        } = &problem.kind
        else {
            continue;
        };
        let message = format!("no source has the id `{name}`");
        let mut finding = Diagnostic::new(&RULE, problem.span, message);
        if let [only] = &near[..]
            && !*is_statement
            && is_slip(name, only)
        {
            finding = finding.fix(problem.span, only);
        }
        out.push(finding.help(help(near, *is_statement)));
    }
}

fn help(near: &[String], is_statement: bool) -> String {
    if is_statement {
        return "a statement has this id: what it rests on is a reason, not a source".to_owned();
    }
    if near.is_empty() {
        return "define it under `sources`, with a `title`".to_owned();
    }
    let near: Vec<String> = near.iter().map(|id| format!("`{id}`")).collect();
    format!("did you mean {}?", near.join(" or "))
}
