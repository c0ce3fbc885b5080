//! One sentence per verdict.

use rustc_hash::FxHashSet;

use super::{Backing, Explanation, Failure, Opponent, Why};
use crate::analysis::{Terms, Verdict};
use crate::model::{InferenceIdx, Standard, StatementIdx};

/// How many of several witnesses a sentence names.
const MAX_NAMED: usize = 3;

impl Explanation<'_> {
    /// Why a statement has its verdict, in one sentence without a full stop, with ids in backticks.
    pub fn sentence(&self, statement: StatementIdx) -> String {
        let verb = match self.verdict(statement) {
            Verdict::In => "stands",
            Verdict::Out => "falls",
            Verdict::Undecided => "is undecided",
        };
        format!("{} {verb}: {}", self.id(statement), self.because(statement))
    }

    /// The same without the verdict itself: what is behind "because".
    pub fn because(&self, statement: StatementIdx) -> String {
        match self.why(statement) {
            Why::Given => "that is given".to_owned(),
            Why::Carried { by, answered } => {
                let ground = self.ground(statement, by);
                format!("{ground}{}", self.answers(statement, by, &answered))
            }
            Why::Unsupported => "nothing supports it".to_owned(),
            Why::Defeated(opponent) => self.defeat(opponent),
            Why::NoReasonHolds(reasons) => self.no_reason(&reasons),
            Why::Circular(circle) => self.circular(statement, &circle),
            Why::TooWeak { pro, against } => self.too_weak(statement, &pro, against),
            Why::Open(circle) => self.open(&circle),
        }
    }

    /// What carries a statement that needs no reason.
    pub fn own_ground(&self, statement: StatementIdx) -> String {
        self.ground(statement, None)
    }

    /// What carries a statement that stands.
    fn ground(&self, statement: StatementIdx, by: Option<InferenceIdx>) -> String {
        let kind = self.dossier.map.statement(statement).kind;
        match by {
            Some(reason) => {
                let verb = if self.has_one_premise(reason) {
                    "holds"
                } else {
                    "hold"
                };
                format!("{} {verb}", self.premises(reason))
            }
            None if kind.is_assumed() => format!("it is {}", with_article(kind.name())),
            None => "it is taken as given".to_owned(),
        }
    }

    /// What became of everything that speaks against a statement that stands.
    fn answers(
        &self,
        statement: StatementIdx,
        by: Option<InferenceIdx>,
        opponents: &[Opponent],
    ) -> String {
        if opponents.is_empty() {
            return ", and nothing is said against it".to_owned();
        }
        let fates = opponents.iter().map(|o| self.fate(statement, by, *o));
        let all = if opponents.len() == 1 {
            "the objection fails"
        } else {
            "every objection fails"
        };
        format!(", and {all} ({})", some_of(fates))
    }

    /// Why an opponent does not get through.
    fn fate(
        &self,
        statement: StatementIdx,
        by: Option<InferenceIdx>,
        opponent: Opponent,
    ) -> String {
        let (step, what, is_one) = match opponent {
            Opponent::Objection(step) => {
                (Some(step), self.premises(step), self.has_one_premise(step))
            }
            Opponent::Rival(rival, reason) => (reason, self.id(rival), true),
        };
        // What failed only later did not let the statement stand: it may fail because of that.
        if let Some(step) = step.filter(|step| self.is_before(*step, statement))
            && let Some(failure) = self.failure(step)
        {
            return self.failure_words(step, failure);
        }
        if let Opponent::Rival(rival, None) = opponent
            && self.verdict(rival) == Verdict::Out
            && self.is_earlier(rival, statement)
        {
            return self.fall(rival);
        }
        if self.standard(statement) == Standard::Scintilla {
            let verb = if is_one { "does" } else { "do" };
            return format!("{what} {verb} not count where a scintilla is enough");
        }
        let verb = if is_one { "is" } else { "are" };
        let against = degree(self.weight_of(opponent));
        let own = by.map_or_else(|| self.own_weight(statement), |by| self.weight(by));
        format!("{what} {verb} outweighed, {against} to {}", degree(own))
    }

    /// Why a step fails, of which the reader knows the premises.
    fn failure_words(&self, step: InferenceIdx, failure: Failure) -> String {
        let premises = self.premises(step);
        match failure {
            Failure::Given => format!("the step from {premises} is taken not to hold"),
            Failure::UnknownPremise => "a premise is not defined".to_owned(),
            Failure::Undercut(undercut) => {
                format!(
                    "the step from {premises} falls to {}",
                    self.premises(undercut)
                )
            }
            Failure::Premise(premise) => self.fall(premise),
        }
    }

    /// That a statement falls, and to what, in a few words.
    fn fall(&self, statement: StatementIdx) -> String {
        let name = self.id(statement);
        match self.why(statement) {
            Why::Given => format!("{name} is taken to be rejected"),
            Why::Unsupported => format!("nothing supports {name}"),
            Why::Defeated(by)
            | Why::TooWeak {
                against: Some(by), ..
            } => {
                let by = match by {
                    Opponent::Objection(objection) => self.premises(objection),
                    Opponent::Rival(rival, _) => self.id(rival),
                };
                format!("{name} falls to {by}")
            }
            Why::NoReasonHolds(_) => format!("no reason for {name} holds"),
            Why::Circular(_) => format!("{name} rests on a circle"),
            Why::TooWeak { against: None, .. } => format!("{name} is too weak"),
            Why::Carried { .. } | Why::Open(_) => format!("{name} does not fall"),
        }
    }

    fn defeat(&self, opponent: Opponent) -> String {
        match opponent {
            Opponent::Rival(rival, None) => {
                format!("{} contradicts it, and holds", self.id(rival))
            }
            Opponent::Rival(rival, Some(reason)) => {
                let (what, verb) = if self.has_one_premise(reason) {
                    ("its reason", "holds")
                } else {
                    ("its premises", "hold")
                };
                let (rival, premises) = (self.id(rival), self.premises(reason));
                format!("{rival} contradicts it, and {what} {premises} {verb}")
            }
            Opponent::Objection(step) => {
                let what = self.objection(step);
                format!("{what} holds, and {}", self.replies(step))
            }
        }
    }

    /// An objection, by its premises.
    fn objection(&self, step: InferenceIdx) -> String {
        let of = if self.has_one_premise(step) {
            ""
        } else {
            " of"
        };
        format!("the objection{of} {}", self.premises(step))
    }

    /// What was said against an objection that holds all the same, and why it fails.
    fn replies(&self, objection: InferenceIdx) -> String {
        let graph = &self.dossier.graph;
        let undercuts = graph.undercuts.get(objection.index()).iter();
        let undercuts = undercuts.filter_map(|step| self.failed(*step));
        let premises = graph.premises.get(objection.index()).iter();
        let to_premises = premises.flat_map(|premise| self.rebuffs(*premise));
        let replies: Vec<String> = undercuts.chain(to_premises).collect();
        if replies.is_empty() {
            return "nothing answers it".to_owned();
        }
        format!("what is said against it fails ({})", some_of(replies))
    }

    /// Why the objections to a statement that stands do not get through.
    fn rebuffs(&self, statement: StatementIdx) -> Vec<String> {
        let objections = self.dossier.graph.objections.get(statement.index()).iter();
        match self.why(statement) {
            Why::Carried { by, .. } => objections
                .map(|step| self.fate(statement, by, Opponent::Objection(*step)))
                .collect(),
            _ => objections.filter_map(|step| self.failed(*step)).collect(),
        }
    }

    fn failed(&self, step: InferenceIdx) -> Option<String> {
        Some(self.failure_words(step, self.failure(step)?))
    }

    fn no_reason(&self, reasons: &[InferenceIdx]) -> String {
        let failures = reasons.iter().filter_map(|reason| self.failed(*reason));
        let what = if reasons.len() == 1 {
            "its only reason fails"
        } else {
            "no reason for it holds"
        };
        format!("{what} ({})", some_of(failures))
    }

    fn circular(&self, statement: StatementIdx, circle: &[StatementIdx]) -> String {
        let members = self.ids(circle);
        match (circle.contains(&statement), circle.len()) {
            (true, 1) => "it rests only on itself".to_owned(),
            (true, _) => format!("{members} rest only on each other"),
            (false, 1) => format!("it rests only on {members}, which rests on itself"),
            (false, _) => format!("it rests only on {members}, which rest only on each other"),
        }
    }

    fn open(&self, circle: &[StatementIdx]) -> String {
        let members = self.ids(circle);
        let what = match (circle.len(), self.is_of_attacks(circle)) {
            (1, true) => format!("{members} defeats itself"),
            (1, false) => format!("{members} depends on itself"),
            (_, true) => format!("{members} defeat each other"),
            (_, false) => format!("{members} depend on each other"),
        };
        format!("{what}, and nothing settles it")
    }

    fn too_weak(
        &self,
        statement: StatementIdx,
        pro: &Backing,
        against: Option<Opponent>,
    ) -> String {
        let standard = self.standard(statement);
        let lines = thresholds(standard, &self.dossier.analysis.terms);
        let own = match pro.best {
            Some(best) => {
                let verb = if self.has_one_premise(best) {
                    "weighs"
                } else {
                    "weigh"
                };
                let weight = degree(self.weight(best));
                format!("{} {verb} {weight}", self.premises(best))
            }
            None => format!("it weighs {} itself", degree(self.own_weight(statement))),
        };
        let other = against.map_or_else(String::new, |opponent| {
            let weight = degree(self.weight_of(opponent));
            match opponent {
                Opponent::Rival(rival, _) => {
                    format!(
                        ", and {}, which contradicts it, weighs {weight}",
                        self.id(rival)
                    )
                }
                Opponent::Objection(step) => {
                    let (what, replies) = (self.objection(step), self.replies(step));
                    format!(", {what} {weight}, and {replies}")
                }
            }
        });
        let failed = pro.failed.iter().filter_map(|reason| self.failed(*reason));
        let failed = some_of(failed);
        let failed = if failed.is_empty() {
            failed
        } else {
            format!("; what would weigh more fails ({failed})")
        };
        format!(
            "what speaks for it does not meet its standard, {}{lines}: {own}{other}{failed}",
            standard.name()
        )
    }

    fn has_one_premise(&self, inference: InferenceIdx) -> bool {
        self.dossier.graph.premises.get(inference.index()).len() == 1
    }

    fn premises(&self, inference: InferenceIdx) -> String {
        self.ids(self.dossier.graph.premises.get(inference.index()))
    }

    fn id(&self, statement: StatementIdx) -> String {
        format!("`{}`", self.dossier.map.statement(statement).id)
    }

    fn ids(&self, statements: &[StatementIdx]) -> String {
        let named = statements.iter().take(MAX_NAMED + 1);
        let ids: Vec<String> = named.map(|it| self.id(*it)).collect();
        let n_more = statements.len().saturating_sub(MAX_NAMED + 1);
        match ids.as_slice() {
            [] => "nothing".to_owned(),
            [one] => one.clone(),
            _ if n_more > 0 => format!("{} and {} more", ids[..MAX_NAMED].join(", "), n_more + 1),
            [first @ .., last] => format!("{} and {last}", first.join(", ")),
        }
    }
}

/// Where a standard draws its lines, in brackets.
fn thresholds(standard: Standard, terms: &Terms) -> String {
    let lines = terms.thresholds;
    let clear = format!(
        "over {} and {} more than the best objection",
        lines.alpha, lines.beta
    );
    match standard {
        Standard::Scintilla | Standard::DialecticalValidity => String::new(),
        Standard::Preponderance => " (more than the best objection)".to_owned(),
        Standard::ClearAndConvincing => format!(" ({clear})"),
        Standard::BeyondReasonableDoubt => {
            format!(" ({clear}, which is under {})", lines.gamma)
        }
    }
}

fn with_article(kind: &str) -> String {
    match kind {
        "evidence" => kind.to_owned(),
        kind if kind.starts_with('a') => format!("an {kind}"),
        kind => format!("a {kind}"),
    }
}

/// A weight without what binary fractions add to it.
fn degree(weight: f64) -> f64 {
    (weight * 1e6).round() / 1e6
}

/// The first of several different parts, and how many more there are.
fn some_of(parts: impl IntoIterator<Item = String>) -> String {
    let mut seen = FxHashSet::default();
    let mut parts: Vec<String> = parts.into_iter().collect();
    parts.retain(|part| seen.insert(part.clone()));
    let shown = parts[..parts.len().min(MAX_NAMED)].join("; ");
    match parts.len().saturating_sub(MAX_NAMED) {
        0 => shown,
        n => format!("{shown}; and {n} more"),
    }
}
