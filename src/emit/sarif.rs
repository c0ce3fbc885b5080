//! Findings in SARIF 2.1.0, the format of services that show the findings of many tools.
//!
//! The rules that speak up come with their pages, so that the help is where the finding is.
//! The standard is OASIS, *Static Analysis Results Interchange Format Version 2.1.0*; section numbers are its.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Value, json};

use super::visible::visible;
use super::{Checked, fingerprint};
use crate::diagnostic::{Diagnostic, Fix, Level, Rule, Severity};
use crate::source::{SourceFiles, Span};

/// Where the schema is published; its errata are part of it.
const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

pub(super) fn emit(checked: &[Checked]) -> String {
    let found = checked.iter().flat_map(|map| &map.findings);
    let rules: BTreeMap<&str, &Rule> = found.map(|f| (f.rule.name, f.rule)).collect();
    let indices: BTreeMap<&str, usize> = rules.keys().copied().zip(0..).collect();
    let fingerprints = fingerprint::unique(checked);
    let mut results = Vec::new();
    for (map, own) in checked.iter().zip(&fingerprints) {
        for (finding, fingerprint) in map.findings.iter().zip(own) {
            let mut result = result(finding, &map.files);
            result["ruleIndex"] = json!(indices[finding.rule.name]);
            result["partialFingerprints"] = json!({"groundsFinding/v1": fingerprint});
            results.push(result);
        }
    }
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {
                "driver": {
                    "name": "grounds",
                    "version": env!("CARGO_PKG_VERSION"),
                    "rules": rules.values().map(|rule| descriptor(rule)).collect::<Vec<_>>(),
                }
            },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let mut out = serde_json::to_string_pretty(&log).expect("a JSON value can be printed");
    out.push('\n');
    out
}

/// A rule with its page.
fn descriptor(rule: &Rule) -> Value {
    let level = rule.level.severity().map_or("none", level);
    json!({
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": first_paragraph(rule.page)},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"enabled": rule.level != Level::Off, "level": level},
        "properties": {"tags": [rule.group.name()]},
    })
}

/// What a page says first, behind its heading and the line with the group and the level.
fn first_paragraph(page: &str) -> String {
    let text = page.split("\n\n").nth(2).unwrap_or_default();
    text.replace('\n', " ")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(finding: &Diagnostic, files: &SourceFiles) -> Value {
    let mut words = finding.message.clone();
    if let Some(help) = &finding.help {
        write!(words, "\nhelp: {help}").expect("a string takes every write");
    }
    let mut result = json!({
        "ruleId": finding.rule.name,
        "level": level(finding.severity),
        "message": {"text": message(&words)},
        "locations": [{"physicalLocation": physical(finding.span, files)}],
    });
    if !finding.labels.is_empty() {
        let labels = finding.labels.iter().enumerate().map(|(id, label)| {
            json!({
                "id": id,
                "physicalLocation": physical(label.span, files),
                "message": {"text": message(&label.text)},
            })
        });
        result["relatedLocations"] = labels.collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([to_sarif(fix, finding, files)]);
    }
    result
}

fn to_sarif(fix: &Fix, finding: &Diagnostic, files: &SourceFiles) -> Value {
    let words = match (&finding.help, &*fix.replacement) {
        (Some(help), _) => help.clone(),
        (None, "") => "remove it".to_owned(),
        (None, text) => format!("write `{text}`"),
    };
    json!({
        "description": {"text": message(&words)},
        "artifactChanges": [{
            "artifactLocation": {"uri": uri(files.get(fix.span.file).name())},
            "replacements": [{
                "deletedRegion": region(fix.span, files),
                "insertedContent": {"text": fix.replacement},
            }],
        }],
    })
}

fn physical(span: Span, files: &SourceFiles) -> Value {
    json!({
        "artifactLocation": {"uri": uri(files.get(span.file).name())},
        "region": region(span, files),
    })
}

/// A place, the end behind its last character (3.30).
fn region(span: Span, files: &SourceFiles) -> Value {
    let file = files.get(span.file);
    let (start, end) = (file.position(span.start), file.position(span.end));
    json!({
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
    })
}

/// A text as a message: braces are placeholders unless doubled (3.11.5), and brackets before a parenthesis
/// are a link unless they and backslashes are escaped (3.11.6).
fn message(text: &str) -> String {
    let text = visible(text).replace('{', "{{").replace('}', "}}");
    if text.contains("](") {
        text.replace('\\', "\\\\")
            .replace('[', "\\[")
            .replace(']', "\\]")
    } else {
        text
    }
}

/// A file's name as a reference to it (RFC 3986): relative as long as the name is, everything but letters, digits,
/// `-._~` and slashes percent-encoded.
fn uri(name: &str) -> String {
    let path = super::repository_path(name);
    let path = if std::path::MAIN_SEPARATOR == '/' {
        path.to_owned()
    } else {
        path.replace(std::path::MAIN_SEPARATOR, "/")
    };
    let is_drive = path.as_bytes().get(1) == Some(&b':') && std::path::MAIN_SEPARATOR == '\\';
    let mut uri = match (path.starts_with('/'), is_drive) {
        (true, _) => "file://".to_owned(),
        (false, true) => "file:///".to_owned(),
        (false, false) => String::new(),
    };
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            write!(uri, "%{byte:02X}").expect("a string takes every write");
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_references() {
        assert_eq!(uri("./maps/a b.yaml"), "maps/a%20b.yaml");
        assert_eq!(uri("é%/<stdin>"), "%C3%A9%25/%3Cstdin%3E");
        assert_eq!(uri("/home/ana/m.yaml"), "file:///home/ana/m.yaml");
    }

    #[test]
    fn a_text_is_neither_a_link_nor_a_placeholder() {
        assert_eq!(
            message("see [here](evil) {0}"),
            "see \\[here\\](evil) {{0}}"
        );
        assert_eq!(message("a [plain] list"), "a [plain] list");
    }
}
