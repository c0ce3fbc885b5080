//! What `check` looks for: one file per rule, one list.
//!
//! A rule's page in `docs/rules/` is its documentation, its help and its test.

mod assumption_bears_thesis;
mod begging_the_question;
mod circular_reasoning;
mod compound_claim;
mod contradictory_premises;
mod defeated_thesis;
mod double_counted;
mod duplicate_id;
mod duplicate_key;
mod duplicate_statement;
mod empty_text;
mod faulty_bibliography;
mod foreign_format;
mod include_cycle;
mod include_missing;
mod invalid_review;
mod invalid_value;
mod loaded_certainty;
mod locator_mismatch;
mod long_text;
mod missing_key;
mod missing_locator;
mod missing_quote;
mod no_objections;
mod orphan_statement;
mod path_outside_project;
mod question_as_claim;
mod quote_differs;
mod quote_not_found;
mod redundant_reason;
mod single_point_of_failure;
mod single_source;
mod source_file_changed;
mod source_file_missing;
mod stale_review;
mod supports_and_attacks;
mod unanswered_objection;
mod unanswered_critical_question;
mod undefined_reference;
mod undefined_source;
mod unexpected_verdict;
mod ungrounded_claim;
mod unreviewed;
mod unknown_key;
mod unsourced_evidence;
mod unsupported_claim;
mod unused_allow;
mod unused_source;
mod wrong_type;
mod yaml_limit;
mod yaml_syntax;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, Severity, Subject};
use crate::model::Allow;
use crate::source::Span;

/// A rule and the function that looks for what it finds.
#[derive(Debug)]
pub struct Entry {
    /// The rule.
    pub rule: &'static Rule,
    check: Check,
}

/// What a rule looks at.
#[derive(Debug)]
enum Check {
    /// The map, with what the user chose.
    Map(fn(&Dossier, &Config, &mut Vec<Diagnostic>)),
    /// The map, with what other rules found and nobody allowed, which may be all that is to be said.
    Rest(fn(&Dossier, &[Diagnostic], &mut Vec<Diagnostic>)),
    /// What all other rules found: which of the map's `allow`s silenced something.
    Allows(fn(&Dossier, &Allows, &mut Vec<Diagnostic>)),
}

/// What came of a map's `allow`s.
struct Allows<'c> {
    config: &'c Config,
    /// The places of those that silenced a finding.
    used: FxHashSet<Span>,
}

impl Allows<'_> {
    /// Takes out what the author allows; says how much that was.
    fn silence(&mut self, dossier: &Dossier, findings: &mut Vec<Diagnostic>) -> usize {
        drop_doubles(findings);
        let n_found = findings.len();
        findings.retain(|finding| {
            let allow = allow_of(dossier, finding);
            self.used.extend(allow.map(|allow| allow.rule.span));
            allow.is_none() || !self.config.obey_allow
        });
        n_found - findings.len()
    }
}

/// All rules, in the order of the documentation.
pub static RULES: &[Entry] = &[
    Entry {
        rule: &yaml_syntax::RULE,
        check: Check::Map(yaml_syntax::check),
    },
    Entry {
        rule: &yaml_limit::RULE,
        check: Check::Map(yaml_limit::check),
    },
    Entry {
        rule: &unknown_key::RULE,
        check: Check::Map(unknown_key::check),
    },
    Entry {
        rule: &missing_key::RULE,
        check: Check::Map(missing_key::check),
    },
    Entry {
        rule: &wrong_type::RULE,
        check: Check::Map(wrong_type::check),
    },
    Entry {
        rule: &invalid_value::RULE,
        check: Check::Map(invalid_value::check),
    },
    Entry {
        rule: &duplicate_key::RULE,
        check: Check::Map(duplicate_key::check),
    },
    Entry {
        rule: &duplicate_id::RULE,
        check: Check::Map(duplicate_id::check),
    },
    Entry {
        rule: &empty_text::RULE,
        check: Check::Map(empty_text::check),
    },
    Entry {
        rule: &undefined_reference::RULE,
        check: Check::Map(undefined_reference::check),
    },
    Entry {
        rule: &undefined_source::RULE,
        check: Check::Map(undefined_source::check),
    },
    Entry {
        rule: &include_cycle::RULE,
        check: Check::Map(include_cycle::check),
    },
    Entry {
        rule: &include_missing::RULE,
        check: Check::Map(include_missing::check),
    },
    Entry {
        rule: &faulty_bibliography::RULE,
        check: Check::Map(faulty_bibliography::check),
    },
    Entry {
        rule: &path_outside_project::RULE,
        check: Check::Map(path_outside_project::check),
    },
    Entry {
        rule: &foreign_format::RULE,
        check: Check::Map(foreign_format::check),
    },
    Entry {
        rule: &unused_allow::RULE,
        check: Check::Allows(unused_allow::check),
    },
    Entry {
        rule: &unsupported_claim::RULE,
        check: Check::Map(unsupported_claim::check),
    },
    Entry {
        rule: &ungrounded_claim::RULE,
        check: Check::Map(ungrounded_claim::check),
    },
    Entry {
        rule: &circular_reasoning::RULE,
        check: Check::Map(circular_reasoning::check),
    },
    Entry {
        rule: &begging_the_question::RULE,
        check: Check::Map(begging_the_question::check),
    },
    Entry {
        rule: &unsourced_evidence::RULE,
        check: Check::Map(unsourced_evidence::check),
    },
    Entry {
        rule: &unanswered_critical_question::RULE,
        check: Check::Map(unanswered_critical_question::check),
    },
    Entry {
        rule: &orphan_statement::RULE,
        check: Check::Map(orphan_statement::check),
    },
    Entry {
        rule: &supports_and_attacks::RULE,
        check: Check::Map(supports_and_attacks::check),
    },
    Entry {
        rule: &unanswered_objection::RULE,
        check: Check::Map(unanswered_objection::check),
    },
    Entry {
        rule: &defeated_thesis::RULE,
        check: Check::Rest(defeated_thesis::check),
    },
    Entry {
        rule: &unexpected_verdict::RULE,
        check: Check::Map(unexpected_verdict::check),
    },
    Entry {
        rule: &assumption_bears_thesis::RULE,
        check: Check::Map(assumption_bears_thesis::check),
    },
    Entry {
        rule: &single_point_of_failure::RULE,
        check: Check::Map(single_point_of_failure::check),
    },
    Entry {
        rule: &single_source::RULE,
        check: Check::Map(single_source::check),
    },
    Entry {
        rule: &double_counted::RULE,
        check: Check::Map(double_counted::check),
    },
    Entry {
        rule: &contradictory_premises::RULE,
        check: Check::Map(contradictory_premises::check),
    },
    Entry {
        rule: &redundant_reason::RULE,
        check: Check::Map(redundant_reason::check),
    },
    Entry {
        rule: &no_objections::RULE,
        check: Check::Map(no_objections::check),
    },
    Entry {
        rule: &source_file_missing::RULE,
        check: Check::Map(source_file_missing::check),
    },
    Entry {
        rule: &source_file_changed::RULE,
        check: Check::Map(source_file_changed::check),
    },
    Entry {
        rule: &quote_not_found::RULE,
        check: Check::Map(quote_not_found::check),
    },
    Entry {
        rule: &quote_differs::RULE,
        check: Check::Map(quote_differs::check),
    },
    Entry {
        rule: &locator_mismatch::RULE,
        check: Check::Map(locator_mismatch::check),
    },
    Entry {
        rule: &unused_source::RULE,
        check: Check::Map(unused_source::check),
    },
    Entry {
        rule: &missing_locator::RULE,
        check: Check::Map(missing_locator::check),
    },
    Entry {
        rule: &missing_quote::RULE,
        check: Check::Map(missing_quote::check),
    },
    Entry {
        rule: &stale_review::RULE,
        check: Check::Map(stale_review::check),
    },
    Entry {
        rule: &invalid_review::RULE,
        check: Check::Map(invalid_review::check),
    },
    Entry {
        rule: &unreviewed::RULE,
        check: Check::Map(unreviewed::check),
    },
    Entry {
        rule: &compound_claim::RULE,
        check: Check::Map(compound_claim::check),
    },
    Entry {
        rule: &question_as_claim::RULE,
        check: Check::Map(question_as_claim::check),
    },
    Entry {
        rule: &long_text::RULE,
        check: Check::Map(long_text::check),
    },
    Entry {
        rule: &duplicate_statement::RULE,
        check: Check::Map(duplicate_statement::check),
    },
    Entry {
        rule: &loaded_certainty::RULE,
        check: Check::Map(loaded_certainty::check),
    },
];

/// The findings about one map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// What was found, in document order.
    pub findings: Vec<Diagnostic>,
    /// How many findings the map's author allowed.
    pub n_allowed: usize,
}

impl Report {
    /// The severity of the worst finding.
    pub fn worst(&self) -> Option<Severity> {
        self.findings.iter().map(|finding| finding.severity).max()
    }
}

/// The rule of that name.
pub fn by_name(name: &str) -> Option<&'static Rule> {
    RULES
        .iter()
        .map(|entry| entry.rule)
        .find(|rule| rule.name == name)
}

/// Looks for everything that the configuration asks for.
///
/// Each rule is linear in the map; findings come in document order, at one place in the order of [`RULES`].
pub fn check(dossier: &Dossier, config: &Config) -> Report {
    let mut findings = Vec::new();
    for entry in RULES {
        let out = &mut findings;
        match entry.check {
            Check::Map(check) => run(entry.rule, config, out, |out| check(dossier, config, out)),
            Check::Rest(_) | Check::Allows(_) => {}
        }
    }
    let mut allows = Allows {
        config,
        used: FxHashSet::default(),
    };
    let mut n_allowed = allows.silence(dossier, &mut findings);
    for entry in RULES {
        if let Check::Rest(check) = entry.check {
            let mut rest = Vec::new();
            run(entry.rule, config, &mut rest, |out| {
                check(dossier, &findings, out);
            });
            n_allowed += allows.silence(dossier, &mut rest);
            findings.append(&mut rest);
        }
    }
    // What they look at is complete only now; nobody can allow what they find.
    for entry in RULES {
        if let Check::Allows(check) = entry.check {
            run(entry.rule, config, &mut findings, |out| {
                check(dossier, &allows, out);
            });
        }
    }
    if dossier.format.is_foreign() {
        // An edit would write the words of this format into a file of another one.
        for finding in &mut findings {
            finding.fix = None;
        }
    }
    let rank: FxHashMap<&str, usize> = RULES
        .iter()
        .enumerate()
        .map(|(at, entry)| (entry.rule.name, at))
        .collect();
    findings.sort_by_cached_key(|finding| (finding.span, rank[finding.rule.name]));
    drop_doubles(&mut findings);
    Report {
        findings,
        n_allowed,
    }
}

/// Keeps one of those that say the same at the same place, as they do of a value that aliases repeat.
fn drop_doubles(findings: &mut Vec<Diagnostic>) {
    let mut seen = FxHashSet::default();
    let is_new = findings
        .iter()
        .map(|it| seen.insert((it.rule.name, it.span, it.message.as_str())));
    let is_new: Vec<bool> = is_new.collect();
    let mut is_new = is_new.into_iter();
    findings.retain(|_| is_new.next() == Some(true));
}

/// Runs a rule's check, unless the rule is off; a level that was chosen replaces the findings' own.
fn run(
    rule: &Rule,
    config: &Config,
    findings: &mut Vec<Diagnostic>,
    check: impl FnOnce(&mut Vec<Diagnostic>),
) {
    let chosen = config.levels.get(rule.name);
    let Some(severity) = chosen.unwrap_or(&rule.level).severity() else {
        return;
    };
    let start = findings.len();
    check(findings);
    if chosen.is_some() {
        for finding in &mut findings[start..] {
            finding.severity = severity;
        }
    }
}

/// The author's leave for a finding, the nearest first: at its subject, or for its whole file.
fn allow_of<'d>(dossier: &'d Dossier, finding: &Diagnostic) -> Option<&'d Allow> {
    if !finding.rule.group.can_be_allowed() {
        return None;
    }
    let map = &dossier.map;
    let (step, statement) = match finding.subject {
        Some(Subject::Statement(statement)) => (None, Some(statement)),
        // A step of one premise is written as that premise, so what is allowed there is allowed for the step.
        Some(Subject::Inference(step)) => match dossier.graph.premises.get(step.index()) {
            [only] => (Some(step), Some(*only)),
            _ => (Some(step), None),
        },
        None => (None, None),
    };
    let of_step = step.into_iter().flat_map(|step| &map.inference(step).allow);
    let of_statement = statement
        .into_iter()
        .flat_map(|at| &map.statement(at).allow);
    // A finding in a review file is in no part of the map; the map itself speaks for it.
    let part = map.parts.get(finding.span.file.0 as usize);
    let part = part.or(map.parts.first());
    of_step
        .chain(of_statement)
        .chain(part.into_iter().flat_map(|part| &part.allow))
        .find(|allow| allow.rule.value == finding.rule.name)
}

#[cfg(test)]
mod tests;
