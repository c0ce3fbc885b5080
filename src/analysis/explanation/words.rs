//! One sentence per verdict.

use super::{Explanation, Failure, Opponent, Why};
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
            Why::TooWeak => self.too_weak(statement),
            Why::Open(circle) => self.open(&circle),
        }
    }

    /// What carries a statement that stands.
    fn ground(&self, statement: StatementIdx, by: Option<InferenceIdx>) -> String {
        let kind = self.dossier.map.statement(statement).kind;
        match by {
            Some(reason) => {
                let premises = self.dossier.graph.premises.get(reason.index());
                let verb = if premises.len() == 1 { "holds" } else { "hold" };
                format!("{} {verb}", self.ids(premises))
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
        let fates: Vec<String> = fates.collect();
        let all = if opponents.len() == 1 {
            "the objection fails"
        } else {
            "every objection fails"
        };
        format!(", and {all} ({})", some_of(&fates, "; "))
    }

    /// Why an opponent does not get through.
    fn fate(
        &self,
        statement: StatementIdx,
        by: Option<InferenceIdx>,
        opponent: Opponent,
    ) -> String {
        let (step, what) = match opponent {
            Opponent::Objection(objection) => (Some(objection), self.premises(objection)),
            Opponent::Rival(rival, reason) => (reason, self.id(rival)),
        };
        if let Some((step, failure)) = step.and_then(|step| Some((step, self.failure(step)?))) {
            return self.failure_words(step, failure);
        }
        let is_fallen = |rival: StatementIdx| step.is_none() && self.verdict(rival) == Verdict::Out;
        if let Opponent::Rival(rival, _) = opponent
            && is_fallen(rival)
        {
            return self.fall(rival);
        }
        if self.standard(statement) == Standard::Scintilla {
            return format!("{what} does not count where a scintilla is enough");
        }
        let weight = |step: Option<InferenceIdx>, own: StatementIdx| match step {
            Some(step) => self.framework.weights[step.index()],
            None => self.framework.base[own.index()].middle(),
        };
        let against = match opponent {
            Opponent::Objection(objection) => weight(Some(objection), statement),
            Opponent::Rival(rival, reason) => weight(reason, rival),
        };
        format!(
            "{what} is outweighed, {against} to {}",
            weight(by, statement)
        )
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
            Why::Defeated(Opponent::Objection(by)) => {
                format!("{name} falls to {}", self.premises(by))
            }
            Why::Defeated(Opponent::Rival(rival, _)) => {
                format!("{name} falls to {}", self.id(rival))
            }
            Why::NoReasonHolds(_) => format!("no reason for {name} holds"),
            Why::Circular(_) => format!("{name} rests on a circle"),
            Why::TooWeak => format!("{name} is too weak"),
            Why::Carried { .. } | Why::Open(_) => format!("{name} does not fall"),
        }
    }

    fn defeat(&self, opponent: Opponent) -> String {
        let objection = match opponent {
            Opponent::Rival(rival, None) => {
                return format!("{} contradicts it, and holds", self.id(rival));
            }
            Opponent::Rival(rival, Some(reason)) => {
                let (rival, premises) = (self.id(rival), self.premises(reason));
                return format!("{rival} contradicts it, and its reason {premises} holds");
            }
            Opponent::Objection(objection) => objection,
        };
        let premises = self.dossier.graph.premises.get(objection.index());
        let (what, verb, it) = if premises.len() == 1 {
            ("the objection", "holds", "it")
        } else {
            ("the objection of", "hold", "them")
        };
        let answers = self.tries(objection);
        let rest = if answers.is_empty() {
            format!("nothing answers {it}")
        } else {
            format!(
                "what is said against {it} fails ({})",
                some_of(&answers, "; ")
            )
        };
        format!("{what} {} {verb}, and {rest}", self.ids(premises))
    }

    /// What was said against an objection that holds all the same, and why it fails.
    fn tries(&self, objection: InferenceIdx) -> Vec<String> {
        let graph = &self.dossier.graph;
        let premises = graph.premises.get(objection.index()).iter();
        let to_premises = premises.flat_map(|p| graph.objections.get(p.index()));
        let all = graph
            .undercuts
            .get(objection.index())
            .iter()
            .chain(to_premises);
        all.filter_map(|step| Some(self.failure_words(*step, self.failure(*step)?)))
            .collect()
    }

    fn no_reason(&self, reasons: &[InferenceIdx]) -> String {
        let failures: Vec<String> = reasons
            .iter()
            .filter_map(|reason| Some(self.failure_words(*reason, self.failure(*reason)?)))
            .collect();
        let what = if reasons.len() == 1 {
            "its only reason fails"
        } else {
            "no reason for it holds"
        };
        format!("{what} ({})", some_of(&failures, "; "))
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

    fn too_weak(&self, statement: StatementIdx) -> String {
        let standard = self.standard(statement);
        let lines = thresholds(standard, &self.dossier.analysis.terms);
        format!(
            "what speaks for it does not meet its standard, {}{lines}",
            standard.name()
        )
    }

    fn premises(&self, inference: InferenceIdx) -> String {
        self.ids(self.dossier.graph.premises.get(inference.index()))
    }

    fn id(&self, statement: StatementIdx) -> String {
        format!("`{}`", self.dossier.map.statement(statement).id)
    }

    fn ids(&self, statements: &[StatementIdx]) -> String {
        let ids: Vec<String> = statements.iter().map(|s| self.id(*s)).collect();
        let n_more = ids.len().saturating_sub(MAX_NAMED + 1);
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

/// The first of several parts, and how many more there are.
fn some_of(parts: &[String], joint: &str) -> String {
    let shown = parts[..parts.len().min(MAX_NAMED)].join(joint);
    match parts.len().saturating_sub(MAX_NAMED) {
        0 => shown,
        n => format!("{shown}{joint}and {n} more"),
    }
}
