//! What changed between two versions of a map, ready to be written in any format.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::analysis::{Change, Difference as Changes, Dossier, shortened};
use crate::diagnostic::{Diagnostic, Subject};
use crate::model::{InferenceIdx, Polarity, StatementIdx, Target};

/// How much of a premise's text stands in the description of a step, in characters.
const MAX_NAME_CHARS: usize = 48;

/// Everything that changed, in the order in which it is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// What the old version is called.
    pub old: String,
    /// What the new version is called.
    pub new: String,
    /// Statements that came, went or changed.
    pub statements: Vec<StatementChange>,
    /// Reasons and objections that came, went or changed.
    pub steps: Vec<StepChange>,
    /// Findings that came or went.
    pub findings: Vec<FindingChange>,
}

/// What happened to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// Only the old version has it.
    Removed,
    /// Only the new version has it.
    Added,
    /// Both have it, not alike.
    Changed,
}

/// A statement that came, went or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StatementChange {
    /// What happened to it.
    pub mark: Mark,
    /// Its kind.
    pub kind: &'static str,
    /// Its id, in the version that has it; in the new one if both have.
    pub id: String,
    /// Its text there.
    pub text: String,
    /// In what it changed.
    pub changes: Vec<Change>,
}

/// A reason or an objection that came, went or changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StepChange {
    /// What happened to it.
    pub mark: Mark,
    /// `reason` or `objection`.
    pub kind: &'static str,
    /// What it is for or against, in words.
    pub target: String,
    /// The statements that carry it together, in words.
    pub premises: Vec<String>,
    /// In what it changed.
    pub changes: Vec<Change>,
}

/// A finding that came or went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingChange {
    /// What happened to it.
    pub mark: Mark,
    /// The rule.
    pub rule: &'static str,
    /// How much it counts.
    pub level: &'static str,
    /// What is the matter.
    pub message: String,
    /// The file, in the version that has it.
    pub file: String,
    /// The line there, from 1.
    pub line: usize,
}

/// One version of a map, with what `check` finds in it.
#[derive(Clone, Copy, Debug)]
pub struct Version<'a> {
    /// The map.
    pub dossier: &'a Dossier,
    /// Its findings.
    pub findings: &'a [Diagnostic],
}

impl Difference {
    /// Compares two versions; all but linear in their size.
    pub fn between(old: Version<'_>, new: Version<'_>) -> Self {
        let changes = Changes::between(old.dossier, new.dossier);
        let name = |dossier: &Dossier| {
            let file = dossier.files.iter().next();
            file.map(|file| file.name().to_owned()).unwrap_or_default()
        };
        Self {
            old: name(old.dossier),
            new: name(new.dossier),
            statements: statements(&changes, old.dossier, new.dossier),
            steps: steps(&changes, old.dossier, new.dossier),
            findings: findings(&changes, old, new),
        }
    }

    /// Whether both versions make the same argument, and the same findings.
    pub fn is_empty(&self) -> bool {
        self.statements.is_empty() && self.steps.is_empty() && self.findings.is_empty()
    }

    /// How much changed, in one sentence.
    pub fn summary(&self) -> String {
        let count = |marks: &mut dyn Iterator<Item = Mark>| {
            let mut counts = [0usize; 3];
            for mark in marks {
                counts[mark as usize] += 1;
            }
            counts
        };
        let parts = [
            (
                "statement",
                count(&mut self.statements.iter().map(|it| it.mark)),
            ),
            (
                "reason or objection",
                count(&mut self.steps.iter().map(|it| it.mark)),
            ),
            (
                "finding",
                count(&mut self.findings.iter().map(|it| it.mark)),
            ),
        ];
        let mut words = Vec::new();
        for (what, counts) in parts {
            let verbs = ["gone", "new", "changed"];
            let told = verbs.iter().zip(counts).filter(|(_, count)| *count > 0);
            let told: Vec<String> = told
                .map(|(verb, count)| format!("{count} {verb}"))
                .collect();
            if !told.is_empty() {
                words.push(format!("{}: {}", plural(what), told.join(", ")));
            }
        }
        if words.is_empty() {
            "no difference in the argument".to_owned()
        } else {
            words.join("; ")
        }
    }
}

fn plural(what: &str) -> &str {
    match what {
        "statement" => "statements",
        "finding" => "findings",
        _ => "reasons and objections",
    }
}

fn statements(changes: &Changes, old: &Dossier, new: &Dossier) -> Vec<StatementChange> {
    let statement = |mark, dossier: &Dossier, idx: StatementIdx, changes: &[Change]| {
        let statement = dossier.map.statement(idx);
        StatementChange {
            mark,
            kind: statement.kind.name(),
            id: statement.id.clone(),
            text: statement.text.value.clone(),
            changes: changes.to_vec(),
        }
    };
    let removed = changes.removed.iter();
    let removed = removed.map(|idx| statement(Mark::Removed, old, *idx, &[]));
    let added = changes.added.iter();
    let added = added.map(|idx| statement(Mark::Added, new, *idx, &[]));
    let both = changes.changed.iter();
    let both = both.map(|it| statement(Mark::Changed, new, it.new, &it.changes));
    removed.chain(added).chain(both).collect()
}

fn steps(changes: &Changes, old: &Dossier, new: &Dossier) -> Vec<StepChange> {
    let lost = changes.lost.iter();
    let lost = lost.map(|idx| step(Mark::Removed, old, *idx, &[]));
    let gained = changes.gained.iter();
    let gained = gained.map(|idx| step(Mark::Added, new, *idx, &[]));
    let both = changes.changed_steps.iter();
    let both = both.map(|it| step(Mark::Changed, new, it.new, &it.changes));
    lost.chain(gained).chain(both).collect()
}

fn step(mark: Mark, dossier: &Dossier, idx: InferenceIdx, changes: &[Change]) -> StepChange {
    let target = match dossier.graph.targets[idx.index()] {
        Target::Statement(target) => name(dossier, target),
        Target::Inference(attacked) => {
            let premises = premises(dossier, attacked).join(" and ");
            let preposition = match dossier.graph.polarities[attacked.index()] {
                Polarity::Pro => "to",
                Polarity::Con => "against",
            };
            let target = name(dossier, dossier.graph.conclusion(attacked));
            format!("the step from {premises} {preposition} {target}")
        }
    };
    StepChange {
        mark,
        kind: dossier.graph.polarities[idx.index()].name(),
        target,
        premises: premises(dossier, idx),
        changes: changes.to_vec(),
    }
}

fn premises(dossier: &Dossier, idx: InferenceIdx) -> Vec<String> {
    let premises = dossier.graph.premises.get(idx.index()).iter();
    premises.map(|premise| name(dossier, *premise)).collect()
}

/// A statement in a few words: its own id, else the start of its text.
fn name(dossier: &Dossier, idx: StatementIdx) -> String {
    let statement = dossier.map.statement(idx);
    if statement.has_own_id() {
        statement.id.clone()
    } else {
        format!("\"{}\"", shortened(&statement.text.value, MAX_NAME_CHARS))
    }
}

/// What makes a finding the same in both versions: its rule and what it is about, in terms of the new version;
/// where it is about nothing that has an identity, its message. Never its line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum About {
    New(Subject),
    Gone(Subject),
    Message(String),
}

fn findings(changes: &Changes, old: Version<'_>, new: Version<'_>) -> Vec<FindingChange> {
    let about_old = |finding: &Diagnostic| match finding.subject {
        None => About::Message(finding.message.clone()),
        Some(subject) => match now(changes, subject) {
            Some(subject) => About::New(subject),
            None => About::Gone(subject),
        },
    };
    let about_new = |finding: &Diagnostic| match finding.subject {
        None => About::Message(finding.message.clone()),
        Some(subject) => About::New(subject),
    };
    // How many more there are in the old version than were met in the new one.
    let mut surplus: BTreeMap<(&str, About), usize> = BTreeMap::new();
    for finding in old.findings {
        *surplus
            .entry((finding.rule.name, about_old(finding)))
            .or_default() += 1;
    }
    let mut added = Vec::new();
    for finding in new.findings {
        match surplus.get_mut(&(finding.rule.name, about_new(finding))) {
            Some(n) if *n > 0 => *n -= 1,
            _ => added.push(finding_change(Mark::Added, new.dossier, finding)),
        }
    }
    let mut found = Vec::new();
    for finding in old.findings {
        let left = surplus.get_mut(&(finding.rule.name, about_old(finding)));
        let left = left.expect("every old finding was counted");
        if *left > 0 {
            *left -= 1;
            found.push(finding_change(Mark::Removed, old.dossier, finding));
        }
    }
    found.extend(added);
    found
}

/// What a finding of the old version is about, in the new one.
fn now(changes: &Changes, subject: Subject) -> Option<Subject> {
    match subject {
        Subject::Statement(idx) => changes.statements[idx.index()].map(Subject::Statement),
        Subject::Inference(idx) => changes.inferences[idx.index()].map(Subject::Inference),
    }
}

fn finding_change(mark: Mark, dossier: &Dossier, finding: &Diagnostic) -> FindingChange {
    FindingChange {
        mark,
        rule: finding.rule.name,
        level: finding.severity.name(),
        message: finding.message.clone(),
        file: dossier.files.get(finding.span.file).name().to_owned(),
        line: dossier.files.position(finding.span).line,
    }
}
