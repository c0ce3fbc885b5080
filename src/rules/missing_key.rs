//! Rule `missing-key`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{Absent, ProblemKind};

/// Something that must be there is not.
pub(super) static RULE: Rule = Rule {
    name: "missing-key",
    group: Group::Form,
    level: Level::Error,
    summary: "something that must be there is not",
    page: include_str!("../../docs/rules/missing-key.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for problem in &dossier.problems {
        let ProblemKind::Missing(absent) = &problem.kind else {
            continue;
        };
        let (message, help) = words(*absent);
        out.push(Diagnostic::new(&RULE, problem.span, message).help(help));
    }
}

fn words(absent: Absent) -> (&'static str, &'static str) {
    match absent {
        Absent::Document => (
            "the file is empty",
            "a map starts with its thesis: `thesis: The bridge should be closed.`",
        ),
        Absent::Thesis => (
            "the map has no thesis",
            "say what it argues for: `thesis: The bridge should be closed.`, or the id of a claim",
        ),
        Absent::Text => (
            "the statement has no text",
            "in a section its key is `text`; where it is used, `claim`, `evidence` or `assumption`",
        ),
        Absent::Premises => (
            "the reason or objection has no premises",
            "write a statement (`claim: …`), or `premises:` with one or more",
        ),
        Absent::SourceId => (
            "the citation names no source",
            "add `id:` with the id of a source",
        ),
        Absent::Title => (
            "the source has no title",
            "add `title:`; a description of your own will do",
        ),
    }
}
