//! Rule `long-text`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A statement that is too long to be taken in at once.
pub(super) static RULE: Rule = Rule {
    name: "long-text",
    group: Group::Style,
    level: Level::Note,
    summary: "a statement of more than 240 characters",
    page: include_str!("../../docs/rules/long-text.md"),
};

pub(super) fn check(dossier: &Dossier, config: &Config, out: &mut Vec<Diagnostic>) {
    let max = config.options.long_text_max;
    for statement in dossier.graph.statements() {
        let text = &dossier.map.statement(statement).text;
        let n_chars = text.value.chars().count();
        if n_chars <= max {
            continue;
        }
        let name = dossier.kind_and_name(statement);
        let message = format!("{name} has {n_chars} characters, more than {max}");
        let help = "say it in fewer words, or split it; what explains it can go to `note`";
        out.push(
            Diagnostic::new(&RULE, text.span, message)
                .help(help)
                .about(statement),
        );
    }
}
