//! Rule `loaded-certainty`.

use crate::analysis::Dossier;
use crate::analysis::prose::{sentences, words};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};

/// Likelihood and confidence in one sentence, or two vocabularies of likelihood in one text.
///
/// Both are told apart by Intelligence Community Directive 203, "Analytic Standards" (2015), section D.6.e.
pub(super) static RULE: Rule = Rule {
    name: "loaded-certainty",
    group: Group::Style,
    level: Level::Off,
    summary: "likelihood and confidence in one sentence, or two vocabularies of likelihood",
    page: include_str!("../../docs/rules/loaded-certainty.md"),
};

/// The two rows of terms of ICD 203, and words that come with them; longer terms before those that they contain.
const ROWS: [&[&str]; 2] = [
    &[
        "almost no chance",
        "roughly even chance",
        "almost certain",
        "almost certainly",
        "unlikely",
        "likely",
    ],
    &[
        "remote chance",
        "remote possibility",
        "roughly even odds",
        "nearly certain",
        "improbable",
        "improbably",
        "probable",
        "probably",
    ],
];

const CONFIDENCE: &[&str] = &[
    "high confidence",
    "moderate confidence",
    "low confidence",
    "highly confident",
    "moderately confident",
];

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    for statement in dossier.graph.statements() {
        let text = &dossier.map.statement(statement).text;
        let Some((fault, help)) = fault(&text.value) else {
            continue;
        };
        let message = format!("{} {fault}", dossier.kind_and_name(statement));
        out.push(
            Diagnostic::new(&RULE, text.span, message)
                .help(help)
                .about(statement),
        );
    }
}

fn fault(text: &str) -> Option<(String, &'static str)> {
    for sentence in sentences(text) {
        let plain = plain(sentence);
        let likelihood = ROWS.iter().find_map(|row| first_of(&plain, row));
        if let (Some(likelihood), Some(confidence)) = (likelihood, first_of(&plain, CONFIDENCE)) {
            return Some((
                format!(
                    "says how likely it is (\"{likelihood}\") and how sure its author is (\"{confidence}\") at once"
                ),
                "say in one sentence how likely it is, and elsewhere, as in `note`, how well it is known",
            ));
        }
    }
    let plain = plain(text);
    let (first, second) = (first_of(&plain, ROWS[0])?, first_of(&plain, ROWS[1])?);
    Some((
        format!("mixes two vocabularies of likelihood: \"{first}\" and \"{second}\""),
        "use the terms of one of them, so that nobody looks for a difference between the two",
    ))
}

/// The words in lower case, each between two spaces.
fn plain(text: &str) -> String {
    let words: Vec<String> = words(text).into_iter().map(|word| word.text).collect();
    format!(" {} ", words.join(" "))
}

fn first_of(plain: &str, terms: &[&'static str]) -> Option<&'static str> {
    let has = |term: &&&str| plain.contains(&format!(" {term} "));
    terms.iter().find(has).copied()
}
