//! Findings as GitLab's Code Quality report: an array of issues that merge requests show.

use serde::Serialize;

use super::visible::one_line;
use super::{Checked, fingerprint};
use crate::diagnostic::Severity;

#[derive(Serialize)]
struct Issue<'a> {
    description: String,
    check_name: &'static str,
    fingerprint: &'a str,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

pub(super) fn emit(checked: &[Checked]) -> String {
    let fingerprints = fingerprint::unique(checked);
    let mut issues = Vec::new();
    for (map, own) in checked.iter().zip(&fingerprints) {
        for (finding, fingerprint) in map.findings.iter().zip(own) {
            let file = map.files.get(finding.span.file);
            issues.push(Issue {
                description: one_line(&finding.message).into_owned(),
                check_name: finding.rule.name,
                fingerprint,
                severity: severity(finding.severity),
                location: Location {
                    path: super::repository_path(file.name()),
                    lines: Lines {
                        begin: file.position(finding.span.start).line,
                        end: file.position(finding.span.end).line,
                    },
                },
            });
        }
    }
    let mut out = serde_json::to_string_pretty(&issues).expect("texts and numbers are valid JSON");
    out.push('\n');
    out
}

/// GitLab's word. It has `critical` and `blocker`, too, for faults that hurt running systems; a map has none.
fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Note => "info",
    }
}
