//! Findings as GitHub's workflow commands: in a workflow's log each becomes a note beside its line.
//!
//! Columns are given only for a place on one line; GitHub drops the others.

use std::fmt::Write as _;

use super::Checked;
use super::visible::visible;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceFiles;

pub(super) fn emit(checked: &[Checked]) -> String {
    let mut out = String::new();
    for map in checked {
        for finding in &map.findings {
            command(&mut out, finding, &map.files);
        }
    }
    out
}

fn command(out: &mut String, finding: &Diagnostic, files: &SourceFiles) {
    let name = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    };
    let file = files.get(finding.span.file);
    let (start, end) = (
        file.position(finding.span.start),
        file.position(finding.span.end),
    );
    let path = property(super::repository_path(file.name()));
    write!(
        out,
        "::{name} file={path},line={},endLine={}",
        start.line, end.line
    )
    .expect("a string takes every write");
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)
            .expect("a string takes every write");
    }
    let help = finding.help.iter().map(|help| format!("\nhelp: {help}"));
    let words: String = std::iter::once(finding.message.clone())
        .chain(help)
        .collect();
    writeln!(out, ",title={}::{}", finding.rule.name, message(&words))
        .expect("a string takes every write");
}

/// The text of a command: it ends with the line, so no line may end within.
fn message(text: &str) -> String {
    visible(text)
        .replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a command's property: it ends with a comma or with the colons before the message.
fn property(text: &str) -> String {
    message(text).replace(':', "%3A").replace(',', "%2C")
}
