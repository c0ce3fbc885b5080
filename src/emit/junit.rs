//! Findings as test results in JUnit's XML: a suite for each map, a test for each finding.
//!
//! A test fails if its finding makes the run fail; other findings are the output of tests that pass.
//! A map without findings has one test, so that it is seen to have been checked.

use std::fmt::Write as _;

use super::Checked;
use super::visible::{one_line, visible};
use crate::diagnostic::Diagnostic;
use crate::source::SourceFiles;

pub(super) fn emit(checked: &[Checked]) -> String {
    let mut suites = String::new();
    let (mut n_tests, mut n_failures) = (0, 0);
    for map in checked {
        let tests = map.findings.len().max(1);
        let failures = map.findings.iter().filter(|finding| map.fails(finding));
        let failures = failures.count();
        suite(&mut suites, map, &counts(tests, failures));
        n_tests += tests;
        n_failures += failures;
    }
    let counts = counts(n_tests, n_failures);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"grounds check\" {counts}>\n{suites}</testsuites>\n"
    )
}

fn counts(n_tests: usize, n_failures: usize) -> String {
    format!("tests=\"{n_tests}\" failures=\"{n_failures}\" errors=\"0\"")
}

fn suite(out: &mut String, map: &Checked, counts: &str) {
    let name = map.files.iter().next().map_or("", |file| file.name());
    let name = escaped(&one_line(name));
    writeln!(out, "  <testsuite name=\"{name}\" {counts} skipped=\"0\">")
        .expect("a string takes every write");
    if map.findings.is_empty() {
        writeln!(
            out,
            "    <testcase name=\"nothing found\" classname=\"{name}\"/>"
        )
        .expect("a string takes every write");
    }
    for finding in &map.findings {
        test(out, finding, &map.files, map.fails(finding));
    }
    out.push_str("  </testsuite>\n");
}

fn test(out: &mut String, finding: &Diagnostic, files: &SourceFiles, has_failed: bool) {
    let file = one_line(files.get(finding.span.file).name());
    let at = files.position(finding.span);
    let (rule, level) = (finding.rule.name, finding.severity.name());
    let message = visible(&finding.message);
    let help = finding.help.as_deref().unwrap_or_default();
    let help = if help.is_empty() {
        String::new()
    } else {
        format!("\nhelp: {}", visible(help))
    };
    let words = format!(
        "{file}:{}:{}: {level}: {message} [{rule}]{help}",
        at.line, at.column
    );
    let content = if has_failed {
        format!(
            "<failure message=\"{}\" type=\"{rule}\">{}</failure>",
            escaped(&message),
            escaped(&words)
        )
    } else {
        format!("<system-out>{}</system-out>", escaped(&words))
    };
    writeln!(
        out,
        "    <testcase name=\"{rule} at {}:{}\" classname=\"{}\">\n      {content}\n    </testcase>",
        at.line,
        at.column,
        escaped(&file)
    )
    .expect("a string takes every write");
}

/// A text for an element or an attribute: what means something to XML is escaped, and the two characters are
/// shown that are neither controls nor allowed in XML 1.0.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // A bare line feed in an attribute is read as a space.
            '\n' => out.push_str("&#10;"),
            '\u{fffe}' => out.push_str("\\u{fffe}"),
            '\u{ffff}' => out.push_str("\\u{ffff}"),
            c => out.push(c),
        }
    }
    out
}
