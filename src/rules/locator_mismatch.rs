//! Rule `locator-mismatch`.

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::quotes::{Outcome, Place, Standing, Unit};
use crate::syntax::{is_replaceable, quoted};

/// How many places are named.
const MAX_PLACES: usize = 5;

/// A quote that stands elsewhere in its source than `at` says.
pub(super) static RULE: Rule = Rule {
    name: "locator-mismatch",
    group: Group::Sources,
    level: Level::Warning,
    summary: "a quote that stands elsewhere in its source than `at` says",
    page: include_str!("../../docs/rules/locator-mismatch.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for one in &dossier.verification.uses {
        let Some(at) = one.at(&dossier.map) else {
            continue;
        };
        let name = dossier.kind_and_name(one.statement);
        let file = dossier.verification.file_name(one.source);
        let finding = match (&one.standing, &one.quote) {
            (Standing::Elsewhere(right), Some(Outcome::Found(places))) => {
                let written = &at.value;
                let found = right.clone().unwrap_or_else(|| listed(places));
                let message =
                    format!("the quote of {name} is at {found} in `{file}`, not at {written}");
                let mut finding = Diagnostic::new(&RULE, at.span, message);
                for place in places.iter().take(MAX_PLACES) {
                    finding = finding.label(place.span, "the quote");
                }
                if let Some(right) = right {
                    finding = finding.help(format!("write `at: {right}`"));
                    if is_replaceable(dossier.files.get(at.span.file), at.span) {
                        finding = finding.fix(at.span, scalar(right));
                    }
                    finding
                } else {
                    finding.help("write which of the places is meant")
                }
            }
            (Standing::NoSuchPlace(has), _) => {
                let has = words(*has);
                let message = format!("{name} is said to be at {}, and `{file}` {has}", at.value);
                Diagnostic::new(&RULE, at.span, message)
                    .help("paragraphs are counted without headings, lines as in the file")
            }
            _ => continue,
        };
        out.push(finding.about(one.statement));
    }
}

/// What a source has instead of a place that it does not have.
fn words(has: Option<(Unit, usize)>) -> String {
    match has {
        Some((unit, 1)) => format!("has one {}", unit.name()),
        Some((unit, n)) => format!("has {n} {}s", unit.name()),
        None => "has no such heading".to_owned(),
    }
}

/// Several places in words.
fn listed(places: &[Place]) -> String {
    let locators: Vec<&str> = places
        .iter()
        .take(MAX_PLACES)
        .map(|place| &*place.locator)
        .collect();
    match &locators[..] {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => locators.concat(),
    }
}

/// A locator as YAML has it: the name of a heading may hold anything.
fn scalar(locator: &str) -> String {
    if locator.starts_with('§') {
        quoted(locator)
    } else {
        locator.to_owned()
    }
}
