//! Findings: what a rule says about a place, before it has a format.

use crate::model::{InferenceIdx, StatementIdx};
use crate::source::Span;

/// Something that `check` looks for.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// Its name, as users write it: kebab-case, never reused.
    pub name: &'static str,
    /// What kind of fault it finds.
    pub group: Group,
    /// Its level where nobody says otherwise.
    pub level: Level,
    /// What it finds, in a phrase.
    pub summary: &'static str,
    /// Its page in Markdown: the documentation, and the examples that test it.
    pub page: &'static str,
}

/// What kind of fault a rule finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// The file is not a map as the format has it.
    Form,
    /// The argument does not carry.
    Support,
    /// What is said of a source is not what the source has.
    Sources,
    /// The argument is hard to read or to judge as it is worded.
    Style,
}

impl Group {
    /// The group's name, for lists of rules.
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Support => "support",
            Self::Sources => "sources",
            Self::Style => "style",
        }
    }

    /// Whether an author may allow findings of the group: judgement can excuse an argument or its
    /// wording, not a broken file.
    pub fn can_be_allowed(self) -> bool {
        self != Self::Form
    }
}

/// How much a rule counts: what is configured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// It is not looked for.
    Off,
    /// It is worth knowing.
    Note,
    /// It should be settled.
    Warning,
    /// It must be settled.
    Error,
}

impl Level {
    /// All levels, from the lowest.
    pub const ALL: [Self; 4] = [Self::Off, Self::Note, Self::Warning, Self::Error];

    /// The word that users write.
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The severity of findings at this level; none when it is off.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// How much a finding counts: what is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Should be settled.
    Warning,
    /// Must be settled.
    Error,
}

impl Severity {
    /// The word that findings begin with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// One finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it counts.
    pub severity: Severity,
    /// Where the author must look.
    pub span: Span,
    /// What is the matter: one sentence, lowercase, no full stop; it stands on its own.
    pub message: String,
    /// Other places that matter, each with why.
    pub labels: Vec<Label>,
    /// What to do about it.
    pub help: Option<String>,
    /// An edit that settles it, where there is exactly one.
    pub fix: Option<Fix>,
    /// What it is about, so that an `allow` there can silence it.
    pub subject: Option<Subject>,
}

/// A second place of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// Why it matters, in a few words.
    pub text: String,
}

/// What a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// A statement.
    Statement(StatementIdx),
    /// A step.
    Inference(InferenceIdx),
}

/// A text edit that settles a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: String,
}

impl Diagnostic {
    /// A finding of a rule at a place, at the rule's own level (a rule that is off speaks up when it is asked to,
    /// as a warning).
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self {
            rule,
            severity: rule.level.severity().unwrap_or(Severity::Warning),
            span,
            message: message.into(),
            labels: Vec::new(),
            help: None,
            fix: None,
            subject: None,
        }
    }

    /// The same at another severity than the rule's.
    #[must_use]
    pub fn at(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }

    /// The same about a statement.
    #[must_use]
    pub fn about(mut self, statement: StatementIdx) -> Self {
        self.subject = Some(Subject::Statement(statement));
        self
    }

    /// The same about a step.
    #[must_use]
    pub fn about_inference(mut self, inference: InferenceIdx) -> Self {
        self.subject = Some(Subject::Inference(inference));
        self
    }

    /// The same with a second place.
    #[must_use]
    pub fn label(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// The same with what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with the edit that settles it.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<String>) -> Self {
        self.fix = Some(Fix {
            span,
            replacement: replacement.into(),
        });
        self
    }
}
