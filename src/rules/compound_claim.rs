//! Rule `compound-claim`.

use crate::analysis::Dossier;
use crate::analysis::prose::{Word, sentences, words};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::StatementKind;

/// An argument hidden in a claim.
pub(super) static RULE: Rule = Rule {
    name: "compound-claim",
    group: Group::Style,
    level: Level::Note,
    summary: "a claim of several sentences, or with a reason inside it",
    page: include_str!("../../docs/rules/compound-claim.md"),
};

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let language = dossier.map.about.language.as_ref();
    let is_english = language.is_none_or(|language| language.value.starts_with("en"));
    for statement in dossier.graph.statements() {
        let written = dossier.map.statement(statement);
        if written.kind != StatementKind::Claim {
            continue;
        }
        let text = &written.text;
        let n_sentences = sentences(&text.value).len();
        let (fault, help) = if n_sentences > 1 {
            (
                format!("has {n_sentences} sentences"),
                "make a statement of each, and say with `reasons` which of them carries which"
                    .to_owned(),
            )
        } else if let Some(word) = inference_word(&text.value).filter(|_| is_english) {
            let which = if word == "therefore" {
                "before"
            } else {
                "after"
            };
            (
                format!("has its reason within it: \"{word}\""),
                format!(
                    "make what stands {which} \"{word}\" a statement of its own, under `reasons`"
                ),
            )
        } else {
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

const INFERENCE_WORDS: [&str; 3] = ["because", "therefore", "since"];

/// The word of a text that joins a claim and its reason, outside quotations.
fn inference_word(text: &str) -> Option<&'static str> {
    let lower = text.to_lowercase();
    if !INFERENCE_WORDS.iter().any(|word| lower.contains(word)) {
        return None;
    }
    let words = words(text);
    let at = |at: usize| words.get(at).map_or("", |word| word.text.as_str());
    for (here, word) in words.iter().enumerate().filter(|(_, word)| !word.is_quoted) {
        let before = if here > 0 { at(here - 1) } else { "" };
        if !has_both(&words, here) {
            continue;
        }
        match word.text.as_str() {
            "because" if at(here + 1) != "of" && !speaks_of_causes(before) => {
                return Some("because");
            }
            "therefore" => return Some("therefore"),
            "since" if is_inference(&words, here) => return Some("since"),
            _ => {}
        }
    }
    None
}

/// Whether a text may have two clauses, so that a word in it can join them: "Because it rains." has only one.
///
/// One of them stands before the word; or it opens the text, and a mark ends the first.
fn has_both(words: &[Word], here: usize) -> bool {
    let is_joined = |rest: &[Word]| rest.iter().any(|word| word.follows_mark);
    match here {
        0 => words[0].text != "therefore" && words.get(2..).is_some_and(is_joined),
        _ => here + 1 < words.len() || words[here].text == "therefore",
    }
}

/// Whether the word before "because" makes the cause the point of the claim.
fn speaks_of_causes(before: &str) -> bool {
    matches!(
        before,
        "not"
            | "only"
            | "just"
            | "simply"
            | "merely"
            | "partly"
            | "mainly"
            | "largely"
            | "chiefly"
            | "mostly"
            | "precisely"
            | "is"
            | "was"
    )
}

/// Whether a "since" gives a reason rather than a time.
///
/// It does when it opens a clause (at the start, or behind a comma) that has a verb of the present, and the text has
/// no perfect, which goes with a time ("has grown since the mill closed").
fn is_inference(words: &[Word], since: usize) -> bool {
    let opens_clause = since == 0 || words[since].follows_mark;
    let rest = &words[since + 1..];
    let n_clause = rest.iter().position(|word| word.follows_mark);
    // The first word's mark would stand before it, not behind.
    let clause = &rest[..n_clause.unwrap_or(rest.len())];
    let is_one_of = |word: &Word, list: &[&str]| list.contains(&word.text.as_str());
    let is_perfect = |word: &Word| is_one_of(word, &["has", "have", "had", "been", "ever", "long"]);
    let has_verb = clause.iter().any(|word| is_one_of(word, &PRESENT));
    let is_dated = clause
        .first()
        .is_some_and(|word| word.text.starts_with(|c: char| c.is_numeric()) || word.text == "then");
    opens_clause && has_verb && !is_dated && !words.iter().any(is_perfect)
}

/// Verbs that a clause about the present nearly always has one of.
const PRESENT: [&str; 16] = [
    "is", "are", "isn't", "aren't", "can", "cannot", "can't", "will", "won't", "would", "must",
    "should", "may", "do", "does", "needs",
];

#[cfg(test)]
mod tests {
    use super::inference_word;

    #[test]
    fn words_that_give_a_reason_are_found() {
        for (text, word) in [
            (
                "The bridge should close because its deck is unsafe.",
                "because",
            ),
            (
                "The deck is unsafe; therefore the bridge should close.",
                "therefore",
            ),
            (
                "Since the deck is unsafe, the bridge should close.",
                "since",
            ),
            ("The bridge should close, since it can fall.", "since"),
            ("Because it rains, we stay in.", "because"),
        ] {
            assert_eq!(inference_word(text), Some(word), "{text}");
        }
    }

    #[test]
    fn times_causes_and_quotations_are_no_reasons() {
        for text in [
            "Traffic has grown since 2019.",
            "Since the mill closed, the town has shrunk.",
            "The bridge is unsafe ever since.",
            "Visits fell since the reform.",
            "Trams run late because of the bridge.",
            "Parents drive only because they are afraid.",
            "The mayor said \"because I can\".",
            "Because it rains.",
            "Since it is raining.",
            "Therefore, we must go.",
            "We stay, just because.",
        ] {
            assert_eq!(inference_word(text), None, "{text}");
        }
    }
}
