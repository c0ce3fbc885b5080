//! What an analyst hands on about a map, before it has a syntax.

use super::card::{Cards, Part};
use super::facts::Status;
use crate::analysis::objections::unanswered;
use crate::analysis::{Dossier, Verdict};
use crate::diagnostic::Diagnostic;
use crate::model::{Allow, InferenceIdx, StatementIdx, StatementKind};

/// A map as a reader wants it told: what is argued, what becomes of it, and what is still open.
#[derive(Debug)]
pub struct Report<'d> {
    /// The map's title.
    pub title: String,
    /// Everything about each statement.
    pub cards: Cards<'d>,
    /// What `check` found, in the order of the map.
    pub findings: &'d [Diagnostic],
    /// The theses with what becomes of them.
    pub theses: Vec<Ruling<'d>>,
    /// What is still to be done, by kind; kinds without any are left out.
    pub open: Vec<OpenPoints<'d>>,
}

/// What becomes of a thesis.
#[derive(Clone, Debug)]
pub struct Ruling<'d> {
    /// The thesis.
    pub statement: StatementIdx,
    /// Its verdict.
    pub verdict: Verdict,
    /// Why, in a sentence without a full stop.
    pub because: Vec<Part<'d>>,
}

/// Open points of one kind.
#[derive(Clone, Debug)]
pub struct OpenPoints<'d> {
    /// Which kind.
    pub kind: OpenKind,
    /// The points, in document order.
    pub points: Vec<OpenPoint<'d>>,
}

/// Why something is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OpenKind {
    /// Claims that rest on nothing.
    Unsupported,
    /// Claims whose author says that they are unfinished.
    Undeveloped,
    /// Objections that nothing answers.
    Unanswered,
}

/// Something that is open.
#[derive(Clone, Debug)]
pub struct OpenPoint<'d> {
    /// The claim, or the premises of the objection.
    pub statements: Vec<StatementIdx>,
    /// What the objection is aimed at.
    pub against: Option<StatementIdx>,
    /// Why the author leaves it so.
    pub reason: Option<&'d str>,
}

impl OpenKind {
    /// All kinds, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Unsupported, Self::Undeveloped, Self::Unanswered];

    /// The heading.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Unsupported => "Claims that rest on nothing",
            Self::Undeveloped => "Claims that are still to be developed",
            Self::Unanswered => "Objections without an answer",
        }
    }

    /// The rules whose findings are about it.
    fn rules(self) -> &'static [&'static str] {
        match self {
            Self::Unsupported => &[
                "unsupported-claim",
                "ungrounded-claim",
                "circular-reasoning",
            ],
            Self::Undeveloped => &[],
            Self::Unanswered => &["unanswered-objection"],
        }
    }
}

impl<'d> Report<'d> {
    /// Collects what is to be told; linear in the map and its findings, but for circles that settle nothing.
    pub fn of(dossier: &'d Dossier, findings: &'d [Diagnostic]) -> Self {
        let cards = Cards::of(dossier, findings);
        let theses = dossier.graph.theses.iter().map(|thesis| Ruling {
            statement: *thesis,
            verdict: cards.facts.verdict(*thesis),
            because: cards.parts(&cards.facts.explanation().because(*thesis)),
        });
        let open = OpenKind::ALL.into_iter().map(|kind| OpenPoints {
            kind,
            points: points(&cards, kind),
        });
        Self {
            title: dossier.title(),
            theses: theses.collect(),
            open: open.filter(|open| !open.points.is_empty()).collect(),
            cards,
            findings,
        }
    }

    /// How many points are open.
    pub fn n_open(&self) -> usize {
        self.open.iter().map(|open| open.points.len()).sum()
    }

    /// The pieces of evidence, in document order.
    pub fn evidence(&self) -> impl Iterator<Item = StatementIdx> {
        let map = &self.cards.facts.dossier.map;
        let statements = map.statements.iter().enumerate();
        statements
            .filter(|(_, statement)| statement.kind == StatementKind::Evidence)
            .map(|(at, _)| StatementIdx::new(at))
    }
}

fn points<'d>(cards: &Cards<'d>, kind: OpenKind) -> Vec<OpenPoint<'d>> {
    let dossier = cards.facts.dossier;
    let claims = |is_open: fn(Status) -> bool| {
        let statements = dossier.graph.statements();
        let open = statements.filter(move |statement| is_open(cards.facts.status(*statement)));
        open.map(|statement| OpenPoint {
            statements: vec![statement],
            against: None,
            reason: reason(kind, &dossier.map.statement(statement).allow),
        })
        .collect()
    };
    match kind {
        OpenKind::Unsupported => claims(Status::is_failing),
        OpenKind::Undeveloped => claims(|status| status == Status::Undeveloped),
        OpenKind::Unanswered => {
            let objections = unanswered(&dossier.graph).into_iter();
            let point = |objection: InferenceIdx| OpenPoint {
                statements: dossier.graph.premises.get(objection.index()).to_vec(),
                against: Some(dossier.graph.conclusion(objection)),
                reason: reason(kind, &dossier.map.inference(objection).allow),
            };
            objections.map(point).collect()
        }
    }
}

/// Why an author allows what is open.
fn reason(kind: OpenKind, allowed: &[Allow]) -> Option<&str> {
    let rules = kind.rules();
    let allow = allowed
        .iter()
        .find(|it| rules.contains(&it.rule.value.as_str()));
    allow.map(|allow| allow.reason.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    #[test]
    fn a_report_tells_what_is_open_and_why_the_author_leaves_it_so() {
        let map = "\
thesis:
  id: t
  claim: A thesis.
  reasons: [{id: a, claim: An a., allow: {unsupported-claim: plain to see}}, {id: e, evidence: An e.}]
  objections:
    - {id: o, claim: An o., undeveloped: true}
    - {id: p, evidence: A p., objections: [{id: q, claim: A q.}]}
";
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        let report = Report::of(&dossier, &[]);
        let id = |idx: &StatementIdx| dossier.map.statement(*idx).id.as_str();
        let shown: Vec<String> = report
            .open
            .iter()
            .flat_map(|open| open.points.iter().map(|point| (open.kind, point)))
            .map(|(kind, point)| {
                let ids: Vec<&str> = point.statements.iter().map(id).collect();
                format!(
                    "{kind:?} {ids:?} {:?} {:?}",
                    point.against.as_ref().map(id),
                    point.reason
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                "Unsupported [\"a\"] None Some(\"plain to see\")",
                "Unsupported [\"q\"] None None",
                "Undeveloped [\"o\"] None None",
                "Unanswered [\"o\"] Some(\"t\") None",
            ]
        );
        assert_eq!(report.evidence().count(), 2);
    }
}
