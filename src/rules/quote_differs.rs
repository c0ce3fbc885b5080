//! Rule `quote-differs`.

use crate::analysis::{Dossier, shortened};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule, Severity};
use crate::quotes::{Difference, Outcome, Place};
use crate::syntax::{is_replaceable, quoted};

/// How much of the source's wording is shown, in characters.
const MAX_PASSAGE_CHARS: usize = 200;

/// A quote that has the words of its source and not its letters and marks.
pub(super) static RULE: Rule = Rule {
    name: "quote-differs",
    group: Group::Sources,
    level: Level::Warning,
    summary: "a quote that has the words of its source and not its letters and marks",
    page: include_str!("../../docs/rules/quote-differs.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for one in &dossier.verification.uses {
        let (Some(quote), Some(Outcome::Found(places))) = (one.quote(&dossier.map), &one.quote)
        else {
            continue;
        };
        let Some(place) = places.first().filter(|place| !place.is_faithful()) else {
            continue;
        };
        let name = dossier.kind_and_name(one.statement);
        let file = dossier.verification.file_name(one.source);
        let differences = place
            .differences
            .iter()
            .filter_map(|it| it.name())
            .collect::<Vec<_>>();
        let message = format!(
            "the quote of {name} differs from `{file}` in {}",
            listed(&differences)
        );
        let help = format!(
            "the source has \"{}\"",
            shortened(&place.wording, MAX_PASSAGE_CHARS)
        );
        let mut finding = Diagnostic::new(&RULE, quote.span, message)
            .label(place.span, "what is quoted")
            .help(help)
            .about(one.statement);
        if place.is_marked() {
            finding = finding.at(Severity::Note);
        }
        if let [only] = &places[..]
            && is_one_wording(only)
            && is_replaceable(dossier.files.get(quote.span.file), quote.span)
        {
            finding = finding.fix(quote.span, quoted(&only.wording));
        }
        out.push(finding);
    }
}

/// Whether the source's wording can only be written in one way: nothing was left out or put in on purpose, and no
/// hyphen at a line's end leaves open how the word is spelt.
fn is_one_wording(place: &Place) -> bool {
    let is_chosen = |it: &Difference| matches!(it, Difference::Omission | Difference::Insertion);
    !place.is_hyphenated && !place.differences.iter().any(is_chosen)
}

fn listed(words: &[&str]) -> String {
    match words {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => words.concat(),
    }
}
