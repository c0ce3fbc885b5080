//! How often each rule found something: the overview before a baseline, and for a map that is new to the rules.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::{Checked, Format, Summary};
use crate::diagnostic::Severity;

#[derive(Serialize)]
struct Document {
    format: &'static str,
    version: u32,
    rules: Vec<Count>,
    summary: Summary,
}

/// How often one rule found something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Count {
    /// The rule's name.
    pub rule: &'static str,
    /// The level of the worst of its findings.
    pub level: &'static str,
    /// How many findings there are.
    pub count: usize,
}

/// The rules that found something, the most frequent first, those as frequent by name.
pub fn counts(checked: &[Checked]) -> Vec<Count> {
    let mut of_rule: BTreeMap<&'static str, (Severity, usize)> = BTreeMap::new();
    for finding in checked.iter().flat_map(|map| &map.findings) {
        let severity = finding.severity;
        let entry = of_rule.entry(finding.rule.name).or_insert((severity, 0));
        *entry = (entry.0.max(severity), entry.1 + 1);
    }
    let mut counts: Vec<Count> = of_rule
        .into_iter()
        .map(|(rule, (worst, count))| Count {
            rule,
            level: worst.name(),
            count,
        })
        .collect();
    counts.sort_by_key(|entry| std::cmp::Reverse(entry.count));
    counts
}

/// The counts as JSON where JSON is asked for, else as a table with the summary under it.
pub fn emit(checked: &[Checked], format: Format) -> String {
    let rules = counts(checked);
    let summary = Summary::of(checked);
    if format == Format::Json {
        let document = Document {
            format: "grounds-statistics",
            version: 1,
            rules,
            summary,
        };
        let mut out =
            serde_json::to_string_pretty(&document).expect("texts and numbers are valid JSON");
        out.push('\n');
        return out;
    }
    let width = |of: fn(&Count) -> usize| rules.iter().map(of).max().unwrap_or(0);
    let (numbers, levels) = (
        width(|entry| entry.count.to_string().len()),
        width(|entry| entry.level.len()),
    );
    let mut out = String::new();
    for Count { rule, level, count } in &rules {
        writeln!(out, "{count:>numbers$}  {level:levels$}  {rule}")
            .expect("writing to a string succeeds");
    }
    if !rules.is_empty() {
        out.push('\n');
    }
    out.push_str(&summary.sentence());
    out.push('\n');
    out
}
