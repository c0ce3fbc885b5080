//! A line for each finding, for editors and `grep`.

use std::fmt::Write as _;

use super::Checked;
use super::visible::one_line;

pub(super) fn emit(checked: &[Checked]) -> String {
    let mut out = String::new();
    for map in checked {
        for finding in &map.findings {
            let at = map.files.position(finding.span);
            writeln!(
                out,
                "{}:{}:{}: {}: {} [{}]",
                one_line(map.files.get(finding.span.file).name()),
                at.line,
                at.column,
                finding.severity.name(),
                one_line(&finding.message),
                finding.rule.name
            )
            .expect("writing to a string succeeds");
        }
    }
    out
}
