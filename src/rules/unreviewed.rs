//! Rule `unreviewed`.

use crate::analysis::{Dossier, ReviewState};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A statement with a source that nobody has checked it against.
pub(super) static RULE: Rule = Rule {
    name: "unreviewed",
    group: Group::Sources,
    level: Level::Off,
    summary: "a statement with a source that nobody has checked it against",
    page: include_str!("../../docs/rules/unreviewed.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for statement in dossier.graph.statements() {
        let written = dossier.map.statement(statement);
        if !written.is_cited() || dossier.reviewed.state(dossier, statement) != ReviewState::Never {
            continue;
        }
        let name = dossier.kind_and_name(statement);
        let message = format!("nobody has checked {name} against its sources");
        let help = if written.has_own_id() {
            format!(
                "compare them, and record that with `grounds review MAP {}`",
                written.id
            )
        } else {
            "give it an `id`, compare them, and record that with `grounds review MAP ID`".to_owned()
        };
        out.push(
            Diagnostic::new(&RULE, dossier.map.name_span(statement), message)
                .help(help)
                .about(statement),
        );
    }
}
