//! Verdicts as JSON: of the whole map, and of single statements with their proofs.
//!
//! `docs/json.md` describes both.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::analysis::{Analysis, Dossier, Explanation, Failure, Interval, Opponent, Verdicts, Why};
use crate::model::{InferenceIdx, Standard, StatementIdx};

/// The version of the formats; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

/// Further evaluations that are shown beside one.
#[derive(Clone, Debug, Default)]
pub struct Beside<'a> {
    /// The same with nothing supposed.
    pub before: Option<&'a Analysis>,
    /// The verdicts by each of [`Standard::ALL`].
    pub by_standard: Option<Vec<Verdicts>>,
}

/// Writes the verdicts on all statements and steps, each with its witness; the text ends in a line break.
///
/// Linear in the map, but for the circles that settle nothing.
pub fn json(dossier: &Dossier, beside: &Beside<'_>) -> String {
    let explanation = Explanation::of(dossier);
    let statements = dossier.graph.statements();
    let statements = statements.map(|s| {
        let compared = Compared {
            ruling: statement(&explanation, s),
            before: beside.before.map(|it| Before::of(it, s)),
            by_standard: beside.by_standard.as_ref().map(|all| named(all, s)),
        };
        (id(dossier, s), compared)
    });
    let inferences = dossier.graph.inferences();
    let inferences = inferences.map(|i| (step_id(dossier, i), step(&explanation, i)));
    let terms = &dossier.analysis.terms;
    let supposed = terms
        .statements
        .iter()
        .map(|(at, it)| (id(dossier, *at), it.name()));
    let steps = terms
        .inferences
        .iter()
        .map(|(at, it)| (step_id(dossier, *at), it.name()));
    let supposed: Vec<(&str, &str)> = supposed.chain(steps).collect();
    let file = Evaluation {
        format: "grounds-evaluation",
        version: VERSION,
        title: dossier.title(),
        semantics: terms.semantics.name(),
        standard: terms.standard.map(Standard::name),
        supposed: (!supposed.is_empty()).then_some(Entries(supposed)),
        thesis: ids(dossier, &dossier.graph.theses),
        statements: Entries(statements.collect()),
        inferences: Entries(inferences.collect()),
    };
    pretty(&file)
}

/// Writes why statements have their verdicts, each with the steps of its proof; the text ends in a line break.
pub fn explanations_json(dossier: &Dossier, statements: &[StatementIdx]) -> String {
    let explanation = Explanation::of(dossier);
    let explained = statements.iter().map(|statement| {
        let proof = explanation.proof(*statement);
        let used = dossier.graph.inferences().filter(|i| proof.uses(*i));
        Explained {
            id: id(dossier, *statement),
            ruling: self::statement(&explanation, *statement),
            proof: used.map(|step| step_id(dossier, step)).collect(),
        }
    });
    pretty(&Proofs {
        format: "grounds-explanation",
        version: VERSION,
        explanations: explained.collect(),
    })
}

fn pretty(file: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(file).expect("texts and numbers are JSON");
    format!("{json}\n")
}

#[derive(serde::Serialize)]
struct Evaluation<'d> {
    format: &'static str,
    version: u32,
    title: String,
    semantics: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    standard: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    supposed: Option<Entries<'d, &'static str>>,
    thesis: Vec<&'d str>,
    statements: Entries<'d, Compared<'d>>,
    inferences: Entries<'d, Step<'d>>,
}

#[derive(serde::Serialize)]
struct Proofs<'d> {
    format: &'static str,
    version: u32,
    explanations: Vec<Explained<'d>>,
}

#[derive(serde::Serialize)]
struct Explained<'d> {
    id: &'d str,
    #[serde(flatten)]
    ruling: Ruling<'d>,
    proof: Vec<&'d str>,
}

/// A strength: a number, or a pair of numbers where it is an interval; null where it does not come to rest.
#[derive(serde::Serialize)]
#[serde(untagged)]
pub(super) enum Degree {
    None,
    Point(f64),
    Interval(f64, f64),
}

impl From<Option<Interval>> for Degree {
    fn from(strength: Option<Interval>) -> Self {
        match strength {
            None => Self::None,
            Some(strength) if strength.is_point() => Self::Point(strength.low),
            Some(strength) => Self::Interval(strength.low, strength.high),
        }
    }
}

/// An object with ids as keys, in document order.
struct Entries<'d, T>(Vec<(&'d str, T)>);

impl<T: Serialize> Serialize for Entries<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, value) in &self.0 {
            map.serialize_entry(id, value)?;
        }
        map.end()
    }
}

#[derive(serde::Serialize)]
struct Ruling<'d> {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<Degree>,
    standard: &'static str,
    because: String,
    witness: Witness<'d>,
}

/// A ruling beside others on the same statement.
#[derive(serde::Serialize)]
struct Compared<'d> {
    #[serde(flatten)]
    ruling: Ruling<'d>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Before>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_standard: Option<Entries<'static, &'static str>>,
}

/// What was so with nothing supposed.
#[derive(serde::Serialize)]
struct Before {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<Degree>,
}

impl Before {
    fn of(analysis: &Analysis, at: StatementIdx) -> Self {
        let strengths = analysis.strengths.as_ref();
        Self {
            verdict: analysis.verdicts.of_statement(at).name(),
            strength: strengths.map(|strengths| strengths.of_statement(at).into()),
        }
    }
}

/// A statement's verdicts by the names of the standards.
fn named(by_standard: &[Verdicts], at: StatementIdx) -> Entries<'static, &'static str> {
    let verdicts = by_standard.iter().map(|it| it.of_statement(at).name());
    Entries(Standard::NAMES.into_iter().zip(verdicts).collect())
}

/// What settles a verdict: `kind` says what, the ids say which.
#[derive(Default, serde::Serialize)]
struct Witness<'d> {
    kind: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    statements: Vec<&'d str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    inferences: Vec<&'d str>,
}

#[derive(serde::Serialize)]
struct Step<'d> {
    verdict: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contribution: Option<Degree>,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Witness<'d>>,
}

fn statement<'d>(explanation: &Explanation<'d>, idx: StatementIdx) -> Ruling<'d> {
    let dossier = explanation.dossier();
    let strengths = dossier.analysis.strengths.as_ref();
    Ruling {
        verdict: dossier.analysis.verdicts.of_statement(idx).name(),
        strength: strengths.map(|strengths| strengths.of_statement(idx).into()),
        standard: explanation.standard(idx).name(),
        because: explanation.because(idx),
        witness: witness(dossier, explanation.why(idx)),
    }
}

fn witness(dossier: &Dossier, why: Why) -> Witness<'_> {
    let of = |kind| Witness {
        kind,
        ..Witness::default()
    };
    let steps = |kind, steps: &[InferenceIdx]| Witness {
        inferences: steps.iter().map(|step| step_id(dossier, *step)).collect(),
        ..of(kind)
    };
    let statements = |kind, statements: &[StatementIdx]| Witness {
        statements: ids(dossier, statements),
        ..of(kind)
    };
    let opponent = |opponent: Opponent| match opponent {
        Opponent::Objection(by) => steps("objection", &[by]),
        Opponent::Rival(rival, reason) => Witness {
            statements: ids(dossier, &[rival]),
            ..steps("contradiction", reason.as_slice())
        },
    };
    match why {
        Why::Given => of("given"),
        Why::Carried { by: None, .. } => of("assumed"),
        Why::Carried { by: Some(by), .. } => steps("reason", &[by]),
        Why::Unsupported => of("unsupported"),
        Why::NoReasonHolds(reasons) => steps("no-reason-holds", &reasons),
        Why::Circular(circle) => statements("circle", &circle),
        Why::Defeated(by)
        | Why::TooWeak {
            against: Some(by), ..
        } => opponent(by),
        Why::TooWeak { pro, against: None } => steps("too-weak", pro.best.as_slice()),
        Why::Open(circle) => statements("open-circle", &circle),
    }
}

fn step<'d>(explanation: &Explanation<'d>, idx: InferenceIdx) -> Step<'d> {
    let dossier = explanation.dossier();
    let of = |kind| Witness {
        kind,
        ..Witness::default()
    };
    let strengths = dossier.analysis.strengths.as_ref();
    let witness = explanation.failure(idx).map(|failure| match failure {
        Failure::Given => of("given"),
        Failure::UnknownPremise => of("unknown-premise"),
        Failure::Premise(premise) => Witness {
            statements: ids(dossier, &[premise]),
            ..of("premise")
        },
        Failure::Undercut(undercut) => Witness {
            inferences: vec![step_id(dossier, undercut)],
            ..of("undercut")
        },
    });
    Step {
        verdict: dossier.analysis.verdicts.of_inference(idx).name(),
        contribution: strengths.map(|strengths| strengths.of_inference(idx).into()),
        witness,
    }
}

fn id(dossier: &Dossier, statement: StatementIdx) -> &str {
    &dossier.map.statement(statement).id
}

fn ids<'d>(dossier: &'d Dossier, statements: &[StatementIdx]) -> Vec<&'d str> {
    statements.iter().map(|s| id(dossier, *s)).collect()
}

fn step_id(dossier: &Dossier, inference: InferenceIdx) -> &str {
    &dossier.map.inference(inference).id
}
