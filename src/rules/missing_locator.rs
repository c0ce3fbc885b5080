//! Rule `missing-locator`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::quotes::{Outcome, Place};

/// How many places are named.
const MAX_PLACES: usize = 5;

/// A citation that does not say where in its source.
pub(super) static RULE: Rule = Rule {
    name: "missing-locator",
    group: Group::Sources,
    level: Level::Off,
    summary: "a citation that does not say where in its source",
    page: include_str!("../../docs/rules/missing-locator.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for one in &dossier.verification.uses {
        if one.at(&dossier.map).is_some() {
            continue;
        }
        let name = dossier.kind_and_name(one.statement);
        let source = &dossier.map.sources[one.source].id;
        let message = format!("{name} cites `{source}` without saying where in it");
        let finding = Diagnostic::new(&RULE, one.span(&dossier.map), message);
        let finding = match &one.quote {
            Some(Outcome::Found(places)) => {
                let labelled = places.iter().take(MAX_PLACES);
                let finding = labelled.fold(finding, |it, place| it.label(place.span, "the quote"));
                finding.help(help(places))
            }
            _ => finding.help("add `at:`, as in `at: para 4`"),
        };
        out.push(finding.about(one.statement));
    }
}

fn help(places: &[Place]) -> String {
    let locators: Vec<String> = places
        .iter()
        .take(MAX_PLACES)
        .map(|it| format!("`at: {}`", it.locator))
        .collect();
    let more = if places.len() > MAX_PLACES {
        " or more"
    } else {
        ""
    };
    match &locators[..] {
        [only] => format!("the quote stands in one place: add {only}"),
        several => format!(
            "the quote stands in {} places: add {}{more}",
            places.len(),
            several.join(" or ")
        ),
    }
}
