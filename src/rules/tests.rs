//! What becomes of findings beyond the rules: levels, leave, doubles.

use super::*;
use crate::config::Options;
use crate::diagnostic::Level;
use crate::source::NoFiles;

#[track_caller]
fn check_found(text: &str, config: &Config, expected: &[&str]) {
    let dossier = Dossier::open("map.yaml", text.as_bytes().to_vec(), &NoFiles);
    let report = check(&dossier, config);
    let found: Vec<&str> = report.findings.iter().map(|it| it.rule.name).collect();
    assert_eq!(found, expected);
}

const IDLE: &str = "thesis: {assumption: T stands., allow: {no-objections: none known}}";

#[test]
fn leave_for_a_rule_that_is_off_is_not_idle() {
    check_found(IDLE, &Config::default(), &[]);
    let levels = [("no-objections".to_owned(), Level::Note)].into();
    let config = Config {
        levels,
        ..Config::default()
    };
    check_found(IDLE, &config, &[]);
    let answered = "thesis: {assumption: T stands., allow: {no-objections: none known},
          objections: [{assumption: O stands., objections: [{assumption: A stands.}]}]}";
    check_found(answered, &config, &["unused-allow"]);
}

#[test]
fn leave_is_not_idle_while_a_fault_of_form_may_hide_what_it_is_for() {
    let text =
        "thesis: {claim: T stands., reasons: [nowhere], allow: {ungrounded-claim: so it is}}";
    check_found(text, &Config::default(), &["undefined-reference"]);
}

#[test]
fn leave_is_used_although_its_findings_are_shown() {
    let text = "thesis: {claim: T stands., allow: {unsupported-claim: so it is}}";
    check_found(text, &Config::default(), &[]);
    let config = Config {
        obey_allow: false,
        ..Config::default()
    };
    check_found(text, &config, &["unsupported-claim"]);
}

#[test]
fn leave_is_looked_for_nearby_first() {
    let text = "thesis: {claim: T stands., allow: {unsupported-claim: so it is}}
allow: {unsupported-claim: so they are}";
    check_found(text, &Config::default(), &["unused-allow"]);
}

#[test]
fn a_text_may_be_as_long_as_the_option_says() {
    let text = "thesis: {assumption: Tower stands.}";
    let config = |long_text_max| Config {
        options: Options { long_text_max },
        ..Config::default()
    };
    check_found(text, &config(13), &[]);
    check_found(text, &config(12), &["long-text"]);
}

#[test]
fn an_answer_may_hide_behind_a_misspelt_key_or_name() {
    let text = "thesis:
  assumption: T stands.
  objections:
    - {assumption: O stands., objectons: [{assumption: A stands.}]}
    - {premises: {assumption: P stands.}, objectons: [{assumption: A stands too.}]}
    - nowhere";
    let expected = ["unknown-key", "unknown-key", "undefined-reference"];
    check_found(text, &Config::default(), &expected);
}

#[test]
fn what_a_fault_hides_ties_and_cites() {
    let sections = "evidence: {e: {text: E stands., source: s}}
sources: {s: {title: S}}";
    for (hidden, expected) in [
        ("clams: {c: {text: C stands., reasons: [e]}}", "unknown-key"),
        (
            "claims: {}\nclaim: {c: {text: C stands., reasons: [e]}}",
            "unknown-key",
        ),
        ("assumptions: [{id: c, reasons: [e]}]", "wrong-type"),
    ] {
        let text = format!("thesis: {{assumption: T stands., reasons: [c]}}\n{sections}\n{hidden}");
        check_found(&text, &Config::default(), &[expected]);
    }
    for (thesis, expected) in [
        (
            "{assumption: T stands., sorce: s}",
            &["unknown-key", "unused-source"][..],
        ),
        (
            "{assumption: T stands., source s}",
            &["unknown-key", "unused-source"],
        ),
        (
            "{assumption: T stands., source: [[s]]}",
            &["wrong-type", "unused-source"],
        ),
        (
            "{assumption: T stands., source: s, source: u}",
            &["duplicate-key"],
        ),
        (
            "{assumption: T stands., titel: x, source: s}",
            &["unknown-key", "unused-source"],
        ),
        (
            "{assumption: T stands., source: {id: s}, tags: x}",
            &["wrong-type", "unused-source"],
        ),
        (
            "{assumption: T stands., source: elsewhere}",
            &["undefined-source"],
        ),
        (
            "{assumption: T stands., source: {at: p. 1}}",
            &["missing-key"],
        ),
        (
            "{assumption: T stands., source: s, objections: [u]}",
            &["undefined-reference"],
        ),
    ] {
        let text = format!("thesis: {thesis}\nsources: {{s: {{title: S}}, u: {{title: U}}}}");
        check_found(&text, &Config::default(), expected);
    }
}

#[test]
fn sections_and_lists_given_twice_are_read_on() {
    let text = "thesis:
  assumption: T stands.
  reasons: [a]
  reasons:
    - {premises: c, objections: [a], objections: [d]}
assumptions: {a: A stands., c: C stands.}
assumptions: {d: D stands., o: Does O stand?}";
    let expected = [
        "duplicate-key",
        "unanswered-objection",
        "duplicate-key",
        "unanswered-objection",
        "duplicate-key",
        "orphan-statement",
        "question-as-claim",
    ];
    check_found(text, &Config::default(), &expected);
}

/// A thesis that is undecided, as two reasons for it contradict each other.
const TORN: &str = "thesis: {id: t, claim: T stands., reasons: [a, b]}
assumptions: {a: A stands., b: {text: B stands., contradicts: a}}";

#[test]
fn a_thesis_that_falls_is_told_unless_the_cause_is_shown() {
    check_found(TORN, &Config::default(), &["contradictory-premises"]);
    let levels = [("contradictory-premises".to_owned(), Level::Off)].into();
    let config = Config {
        levels,
        ..Config::default()
    };
    check_found(TORN, &config, &["defeated-thesis"]);
    let allowed = format!("{TORN}\nallow: {{contradictory-premises: so it is}}");
    check_found(&allowed, &Config::default(), &["defeated-thesis"]);
    let config = Config {
        obey_allow: false,
        ..Config::default()
    };
    check_found(&allowed, &config, &["contradictory-premises"]);
}

#[test]
fn a_contradiction_that_is_not_the_cause_does_not_hide_that_the_thesis_falls() {
    let text = "thesis: {id: t, claim: T stands., reasons: [c]}
claims: {c: {text: C stands., reasons: [a, b], objections: [o]}}
assumptions: {a: A stands., b: {text: B stands., contradicts: a}, o: O stands.}";
    let expected = [
        "defeated-thesis",
        "contradictory-premises",
        "unanswered-objection",
    ];
    check_found(text, &Config::default(), &expected);
}

#[test]
fn a_statement_cannot_contradict_or_restate_itself() {
    let text = "thesis: {id: t, assumption: T stands., contradicts: [t], restates: t}";
    check_found(
        text,
        &Config::default(),
        &["invalid-value", "invalid-value"],
    );
}

#[test]
fn what_is_found_at_one_place_more_than_once_is_told_once() {
    let text = "thesis: {assumption: T stands., reasons: [a], objections: [[a, a]]}
assumptions: {a: {text: A stands., objections: [{assumption: B stands.}]}}";
    let expected = [
        "supports-and-attacks",
        "redundant-reason",
        "unanswered-objection",
    ];
    check_found(text, &Config::default(), &expected);
    let text = "thesis:
  assumption: T stands.
  reasons: [&x {assumption: A stands., foo: 1}, {premises: [*x], note: n}]";
    check_found(text, &Config::default(), &["unknown-key"]);
}
