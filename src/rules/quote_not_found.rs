//! Rule `quote-not-found`.

use crate::analysis::{Dossier, shortened};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::quotes::{Change, Outcome, State};

/// How much of the passage that comes nearest is shown, in characters.
const MAX_PASSAGE_CHARS: usize = 200;
/// How many of the places where it differs are told.
const MAX_CHANGES: usize = 3;

/// A quote whose words are not in the file of its source.
pub(super) static RULE: Rule = Rule {
    name: "quote-not-found",
    group: Group::Sources,
    level: Level::Error,
    summary: "a quote whose words are not in the file of its source",
    page: include_str!("../../docs/rules/quote-not-found.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for one in &dossier.verification.uses {
        let (Some(quote), Some(outcome)) = (one.quote(&dossier.map), &one.quote) else {
            continue;
        };
        let name = dossier.kind_and_name(one.statement);
        let file = dossier.verification.file_name(one.source);
        let message = format!("the quote of {name} is not in `{file}`");
        let finding = match outcome {
            Outcome::Found(_) => continue,
            Outcome::Closest {
                place,
                similarity,
                changes,
            } => {
                let line = dossier.files.position(place.span).line;
                let message = format!("{message}: line {line} is {similarity} % like it");
                let passage = shortened(&place.wording, MAX_PASSAGE_CHARS);
                let mut help = format!("the text there is \"{passage}\"");
                if !changes.is_empty() {
                    help = format!("{help}; {}", told(changes));
                }
                Diagnostic::new(&RULE, quote.span, message)
                    .label(place.span, format!("{similarity} % like the quote"))
                    .help(help)
            }
            Outcome::Nowhere => {
                let help = match dossier.verification.state(one.source) {
                    Some(State::Text { encoding, .. }) if *encoding != "UTF-8" => {
                        format!("nothing like it is there; the file was read as {encoding}")
                    }
                    _ => "nothing like it is there: quote the source in its own words, or take the quote out".to_owned(),
                };
                Diagnostic::new(&RULE, quote.span, message).help(help)
            }
        };
        out.push(finding.about(one.statement));
    }
}

/// Where a quote and a passage differ, in words.
fn told(changes: &[Change]) -> String {
    let told = changes.iter().take(MAX_CHANGES).map(|change| {
        let (ours, theirs) = (shortened(&change.quote, 60), shortened(&change.text, 60));
        match (ours.is_empty(), theirs.is_empty()) {
            (false, false) => format!("it has \"{theirs}\" for \"{ours}\""),
            (false, true) => format!("it does not have \"{ours}\""),
            _ => format!("it has \"{theirs}\" as well"),
        }
    });
    let told = told.collect::<Vec<_>>().join(", ");
    if changes.len() > MAX_CHANGES {
        format!("{told}, and more")
    } else {
        told
    }
}
