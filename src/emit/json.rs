//! Findings for programs: documented in `docs/json.md`, versioned, described by `schemas/findings.schema.json`.

use serde::Serialize;

use super::{Checked, Summary};
use crate::diagnostic::Diagnostic;
use crate::source::{SourceFiles, Span};

#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    findings: Vec<Finding<'a>>,
    summary: Summary,
}

#[derive(Serialize)]
struct Finding<'a> {
    rule: &'static str,
    level: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<Label<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<Fix<'a>>,
}

#[derive(Serialize)]
struct Label<'a> {
    text: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Fix<'a> {
    replacement: &'a str,
    #[serde(flatten)]
    place: Place<'a>,
}

#[derive(Serialize)]
struct Place<'a> {
    file: &'a str,
    start: Point,
    end: Point,
}

/// Line and column from 1, in characters; the offset from 0, in bytes.
#[derive(Serialize)]
struct Point {
    line: usize,
    column: usize,
    offset: u32,
}

pub(super) fn emit(checked: &[Checked]) -> String {
    let findings = checked.iter().flat_map(|map| {
        map.findings
            .iter()
            .map(|finding| to_json(finding, &map.files))
    });
    let document = Document {
        format: "grounds-findings",
        version: 1,
        findings: findings.collect(),
        summary: Summary::of(checked),
    };
    let mut out =
        serde_json::to_string_pretty(&document).expect("texts and numbers are valid JSON");
    out.push('\n');
    out
}

fn to_json<'a>(finding: &'a Diagnostic, files: &'a SourceFiles) -> Finding<'a> {
    let labels = finding.labels.iter();
    Finding {
        rule: finding.rule.name,
        level: finding.severity.name(),
        message: &finding.message,
        place: place(finding.span, files),
        labels: labels
            .map(|l| Label {
                text: &l.text,
                place: place(l.span, files),
            })
            .collect(),
        help: finding.help.as_deref(),
        fix: finding.fix.as_ref().map(|fix| Fix {
            replacement: &fix.replacement,
            place: place(fix.span, files),
        }),
    }
}

fn place(span: Span, files: &SourceFiles) -> Place<'_> {
    let file = files.get(span.file);
    let point = |offset: u32| {
        let at = file.position(offset);
        Point {
            line: at.line,
            column: at.column,
            offset,
        }
    };
    Place {
        file: file.name(),
        start: point(span.start),
        end: point(span.end),
    }
}
