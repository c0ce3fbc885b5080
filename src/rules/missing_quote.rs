//! Rule `missing-quote`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A citation without a quote of a source whose file is at hand.
pub(super) static RULE: Rule = Rule {
    name: "missing-quote",
    group: Group::Sources,
    level: Level::Off,
    summary: "a citation without a quote of a source whose file is at hand",
    page: include_str!("../../docs/rules/missing-quote.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for one in &dossier.verification.uses {
        let source = &dossier.map.sources[one.source];
        let Some(file) = source
            .file
            .as_ref()
            .filter(|_| one.quote(&dossier.map).is_none())
        else {
            continue;
        };
        let name = dossier.kind_and_name(one.statement);
        let message = format!("{name} cites `{}` without its words", source.id);
        let help = format!(
            "add `quote:` with words of `{}`, so that the citation can be checked",
            file.value
        );
        out.push(
            Diagnostic::new(&RULE, one.span(&dossier.map), message)
                .help(help)
                .about(one.statement),
        );
    }
}
