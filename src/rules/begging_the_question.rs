//! Rule `begging-the-question`.

use crate::analysis::{Begged, Dossier};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// A premise that says again what it is to support.
pub(super) static RULE: Rule = Rule {
    name: "begging-the-question",
    group: Group::Support,
    level: Level::Error,
    summary: "a premise that says again what it is to support",
    page: include_str!("../../docs/rules/begging-the-question.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for Begged {
        premise,
        step,
        above,
    } in dossier.analysis.wording.begged.iter().copied()
    {
        let message = format!(
            "{} says the same as {}, which it is meant to support",
            dossier.name(premise),
            dossier.kind_and_name(above)
        );
        let place = dossier.place_of_use(step, premise);
        let finding = Diagnostic::new(&RULE, place, message).label(
            dossier.map.name_span(above),
            "the same, but for case and punctuation",
        );
        let help = "replace it by what makes the claim true, or take the step out";
        out.push(finding.help(help).about(premise));
    }
}
