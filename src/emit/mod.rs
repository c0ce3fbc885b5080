//! Findings out: one file per format, one list.

mod github;
mod gitlab;
mod json;
mod junit;
mod sarif;
mod short;
mod text;
pub mod fingerprint;
pub mod statistics;
pub mod visible;

use crate::diagnostic::{Diagnostic, Severity};
use crate::source::SourceFiles;

/// A format that findings are printed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people: an excerpt of the map with carets.
    #[default]
    Text,
    /// A line for each finding: `FILE:LINE:COL: LEVEL: MESSAGE [RULE]`.
    Short,
    /// For programs: `schemas/findings.schema.json`.
    Json,
    /// For services that show findings of many tools: SARIF 2.1.0.
    Sarif,
    /// For GitHub's workflows: a command for each finding, shown beside the line.
    Github,
    /// For GitLab's merge requests: a Code Quality report.
    Gitlab,
    /// For services that show test results: JUnit's XML.
    Junit,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 7] = [
        Self::Text,
        Self::Short,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Gitlab,
        Self::Junit,
    ];

    /// The name that users write.
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Short => "short",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
            Self::Junit => "junit",
        }
    }
}

/// How findings look for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether to colour them.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
    /// How many findings of one rule are shown before the rest is only counted; nothing for all.
    pub max_per_rule: Option<usize>,
}

impl Look {
    /// All findings without colour.
    pub fn plain(width: usize) -> Self {
        Self {
            color: false,
            width,
            max_per_rule: None,
        }
    }
}

/// What was found in one map.
#[derive(Clone, Debug, Default)]
pub struct Checked {
    /// The texts that the findings point into.
    pub files: SourceFiles,
    /// The findings, in document order.
    pub findings: Vec<Diagnostic>,
    /// How many more the map's author allowed.
    pub n_allowed: usize,
    /// How many more were there when the baseline was written.
    pub n_in_baseline: usize,
    /// The lowest severity that makes the check of this map fail; none where nothing does.
    pub fail_on: Option<Severity>,
}

impl Checked {
    /// Whether a finding makes the check fail.
    pub fn fails(&self, finding: &Diagnostic) -> bool {
        self.fail_on.is_some_and(|limit| finding.severity >= limit)
    }
}

/// How many findings of each severity there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Maps that were checked.
    pub maps: usize,
    /// Findings that must be settled.
    pub errors: usize,
    /// Findings that should be settled.
    pub warnings: usize,
    /// Findings worth knowing.
    pub notes: usize,
    /// Findings that the maps' authors allowed.
    pub allowed: usize,
    /// Findings that were there when the baseline was written.
    pub in_baseline: usize,
}

impl Summary {
    /// Counts the findings of several maps.
    pub fn of(checked: &[Checked]) -> Self {
        let count = |severity: Severity| {
            let findings = checked.iter().flat_map(|map| &map.findings);
            findings
                .filter(|finding| finding.severity == severity)
                .count()
        };
        Self {
            maps: checked.len(),
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            notes: count(Severity::Note),
            allowed: checked.iter().map(|map| map.n_allowed).sum(),
            in_baseline: checked.iter().map(|map| map.n_in_baseline).sum(),
        }
    }

    /// The summary as a sentence.
    pub fn sentence(&self) -> String {
        let found = [
            (self.errors, "error"),
            (self.warnings, "warning"),
            (self.notes, "note"),
        ];
        let found: Vec<String> = found
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(count, word))
            .collect();
        let found = match &found[..] {
            [] => "nothing found".to_owned(),
            [one] => format!("{one} found"),
            [most @ .., last] => format!("{} and {last} found", most.join(", ")),
        };
        let mut beside = Vec::new();
        if self.allowed > 0 {
            beside.push(format!("{} allowed by the author", self.allowed));
        }
        if self.in_baseline > 0 {
            beside.push(format!("{} in the baseline", self.in_baseline));
        }
        let beside = match beside[..] {
            [] => String::new(),
            _ => format!(" ({})", beside.join(", ")),
        };
        format!("{} checked: {found}{beside}", counted(self.maps, "map"))
    }
}

/// The findings of several maps in a format.
///
/// `text` ends in the summary, and `json` has it, too. `short` and `github` are read line by line, and the services'
/// formats have no place for it: who wants it there says it beside them.
pub fn emit(checked: &[Checked], format: Format, look: Look) -> String {
    match format {
        Format::Text => text::emit(checked, look),
        Format::Short => short::emit(checked),
        Format::Json => json::emit(checked),
        Format::Sarif => sarif::emit(checked),
        Format::Github => github::emit(checked),
        Format::Gitlab => gitlab::emit(checked),
        Format::Junit => junit::emit(checked),
    }
}

/// A file's name as services find it in a repository: without the `./` that a user may type before a path.
fn repository_path(name: &str) -> &str {
    name.strip_prefix("./").unwrap_or(name)
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
