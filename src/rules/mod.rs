//! What `check` looks for: one file per rule, one list.
//!
//! A rule's page in `docs/rules/` is its documentation, its help and its test.

mod begging_the_question;
mod circular_reasoning;
mod duplicate_id;
mod duplicate_key;
mod empty_text;
mod include_cycle;
mod include_missing;
mod invalid_value;
mod missing_key;
mod orphan_statement;
mod path_outside_project;
mod supports_and_attacks;
mod unanswered_critical_question;
mod undefined_reference;
mod undefined_source;
mod ungrounded_claim;
mod unknown_key;
mod unsourced_evidence;
mod unsupported_claim;
mod wrong_type;
mod yaml_limit;
mod yaml_syntax;

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Rule, Severity, Subject};
use crate::model::Allow;

/// A rule and the function that looks for what it finds.
#[derive(Debug)]
pub struct Entry {
    /// The rule.
    pub rule: &'static Rule,
    check: fn(&Dossier, &Config, &mut Vec<Diagnostic>),
}

/// All rules, in the order of the documentation.
pub static RULES: &[Entry] = &[
    Entry {
        rule: &yaml_syntax::RULE,
        check: yaml_syntax::check,
    },
    Entry {
        rule: &yaml_limit::RULE,
        check: yaml_limit::check,
    },
    Entry {
        rule: &unknown_key::RULE,
        check: unknown_key::check,
    },
    Entry {
        rule: &missing_key::RULE,
        check: missing_key::check,
    },
    Entry {
        rule: &wrong_type::RULE,
        check: wrong_type::check,
    },
    Entry {
        rule: &invalid_value::RULE,
        check: invalid_value::check,
    },
    Entry {
        rule: &duplicate_key::RULE,
        check: duplicate_key::check,
    },
    Entry {
        rule: &duplicate_id::RULE,
        check: duplicate_id::check,
    },
    Entry {
        rule: &empty_text::RULE,
        check: empty_text::check,
    },
    Entry {
        rule: &undefined_reference::RULE,
        check: undefined_reference::check,
    },
    Entry {
        rule: &undefined_source::RULE,
        check: undefined_source::check,
    },
    Entry {
        rule: &include_cycle::RULE,
        check: include_cycle::check,
    },
    Entry {
        rule: &include_missing::RULE,
        check: include_missing::check,
    },
    Entry {
        rule: &path_outside_project::RULE,
        check: path_outside_project::check,
    },
    Entry {
        rule: &unsupported_claim::RULE,
        check: unsupported_claim::check,
    },
    Entry {
        rule: &ungrounded_claim::RULE,
        check: ungrounded_claim::check,
    },
    Entry {
        rule: &circular_reasoning::RULE,
        check: circular_reasoning::check,
    },
    Entry {
        rule: &begging_the_question::RULE,
        check: begging_the_question::check,
    },
    Entry {
        rule: &unsourced_evidence::RULE,
        check: unsourced_evidence::check,
    },
    Entry {
        rule: &unanswered_critical_question::RULE,
        check: unanswered_critical_question::check,
    },
    Entry {
        rule: &orphan_statement::RULE,
        check: orphan_statement::check,
    },
    Entry {
        rule: &supports_and_attacks::RULE,
        check: supports_and_attacks::check,
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
        let chosen = config.levels.get(entry.rule.name).copied();
        let Some(severity) = chosen.unwrap_or(entry.rule.level).severity() else {
            continue;
        };
        let start = findings.len();
        (entry.check)(dossier, config, &mut findings);
        if chosen.is_some() {
            for finding in &mut findings[start..] {
                finding.severity = severity;
            }
        }
    }
    findings.sort_by_key(|finding| finding.span);
    let n_found = findings.len();
    if config.obey_allow {
        findings.retain(|finding| !is_allowed(dossier, finding));
    }
    Report {
        n_allowed: n_found - findings.len(),
        findings,
    }
}

/// Whether the author allows a finding, at its subject or for its whole file.
fn is_allowed(dossier: &Dossier, finding: &Diagnostic) -> bool {
    if !finding.rule.group.can_be_allowed() {
        return false;
    }
    let own: &[Allow] = match finding.subject {
        Some(Subject::Statement(statement)) => &dossier.map.statement(statement).allow,
        Some(Subject::Inference(inference)) => &dossier.map.inference(inference).allow,
        None => &[],
    };
    let whole_file = &dossier.map.part(finding.span.file).allow;
    own.iter()
        .chain(whole_file)
        .any(|allow| allow.rule.value == finding.rule.name)
}
