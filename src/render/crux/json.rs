//! What theses hang on, for programs; `docs/json.md` describes it.

use serde::Serialize;

use crate::analysis::robustness::{Least, Outcome, Robustness, Sets, SourceIdx, Stop};
use crate::analysis::{Dossier, Interval, Node};
use crate::model::StatementIdx;
use crate::view::crux::{Crux, Ranked};

/// The version of the format; it grows when a key changes its meaning or goes.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct File<'d> {
    format: &'static str,
    version: u32,
    #[serde(flatten)]
    crux: Option<CruxJson<'d>>,
    /// Those after the first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_theses: Vec<CruxJson<'d>>,
}

#[derive(Serialize)]
struct CruxJson<'d> {
    thesis: &'d str,
    verdict: &'static str,
    /// `carried`, `unsupported` or `given`.
    support: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    strength: Option<DegreeJson>,
    single_points_of_failure: Vec<&'d str>,
    /// At most how many more there are.
    #[serde(skip_serializing_if = "is_zero")]
    untested: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    single_points_of_what_stands: Option<Vec<&'d str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pivots: Option<Vec<&'d str>>,
    least_defeat: Option<LeastJson<'d>>,
    defeat_sets: Vec<Vec<&'d str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    defeat_sets_stopped: Option<StoppedJson>,
    least_support: Option<LeastJson<'d>>,
    support_sets: Vec<Vec<&'d str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    support_sets_stopped: Option<StoppedJson>,
    ranking: Vec<RankedJson<'d>>,
    sources: SourcesJson<'d>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum DegreeJson {
    Point(f64),
    Interval(f64, f64),
}

#[derive(Serialize)]
struct LeastJson<'d> {
    at_least: usize,
    at_most: usize,
    set: Vec<&'d str>,
}

/// That a list is not the whole list, and why.
#[derive(Serialize)]
struct StoppedJson {
    /// `order`, `sets` or `work`.
    by: &'static str,
    complete_to: usize,
}

#[derive(Serialize)]
struct RankedJson<'d> {
    id: &'d str,
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    loss: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gradient: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birnbaum: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fussell_vesely: Option<f64>,
}

#[derive(Serialize)]
struct SourcesJson<'d> {
    single_points_of_failure: Vec<&'d str>,
    defeat_sets: Vec<Vec<&'d str>>,
}

/// Writes what theses hang on; the text ends in a line break.
pub fn json(dossier: &Dossier, cruxes: &[Crux]) -> String {
    let mut all = cruxes.iter().map(|crux| one(dossier, crux));
    let file = File {
        format: "grounds-crux",
        version: VERSION,
        crux: all.next(),
        other_theses: all.collect(),
    };
    let json = serde_json::to_string_pretty(&file).expect("texts and numbers are JSON");
    format!("{json}\n")
}

fn one<'d>(dossier: &'d Dossier, crux: &Crux) -> CruxJson<'d> {
    let id = |statement: &StatementIdx| dossier.map.statement(*statement).id.as_str();
    let ids = |statements: &[StatementIdx]| statements.iter().map(id).collect::<Vec<_>>();
    let robustness = carried(&crux.statements);
    let least = |least: &Least<StatementIdx>| LeastJson {
        at_least: least.at_least,
        at_most: least.witness.len(),
        set: ids(&least.witness),
    };
    let listed = |sets: &Sets<StatementIdx>| sets.sets.iter().map(|set| ids(set)).collect();
    let standing = crux.standing.as_ref().and_then(|outcome| carried(outcome));
    let stopped = |sets: &Sets<StatementIdx>| {
        sets.stopped.map(|stop| StoppedJson {
            by: stop_name(stop),
            complete_to: sets.complete_to,
        })
    };
    CruxJson {
        thesis: id(&crux.thesis),
        verdict: dossier.analysis.verdicts.of_statement(crux.thesis).name(),
        support: match crux.statements {
            Outcome::Carried(_) => "carried",
            Outcome::Unsupported => "unsupported",
            Outcome::Given => "given",
        },
        strength: crux.strength.map(degree),
        single_points_of_failure: robustness
            .map_or_else(Vec::new, |r| ids(&r.single_points.events)),
        untested: robustness.map_or(0, |r| r.single_points.n_untested),
        single_points_of_what_stands: standing.map(|points| ids(&points.events)),
        pivots: crux.pivots.as_ref().map(|pivots| ids(pivots)),
        least_defeat: robustness.map(|r| least(&r.least_defeat)),
        defeat_sets: robustness.map_or_else(Vec::new, |r| listed(&r.defeat_sets)),
        defeat_sets_stopped: robustness.and_then(|r| stopped(&r.defeat_sets)),
        least_support: robustness.map(|r| least(&r.least_support)),
        support_sets: robustness.map_or_else(Vec::new, |r| listed(&r.support_sets)),
        support_sets_stopped: robustness.and_then(|r| stopped(&r.support_sets)),
        ranking: crux
            .ranking
            .iter()
            .map(|entry| ranked(dossier, entry))
            .collect(),
        sources: sources(dossier, carried(&crux.sources)),
    }
}

fn carried<T>(outcome: &Outcome<T>) -> Option<&T> {
    match outcome {
        Outcome::Carried(known) => Some(known),
        Outcome::Unsupported | Outcome::Given => None,
    }
}

fn sources<'d>(
    dossier: &'d Dossier,
    robustness: Option<&Robustness<SourceIdx>>,
) -> SourcesJson<'d> {
    let ids = |sources: &[SourceIdx]| -> Vec<&'d str> {
        sources
            .iter()
            .map(|source| dossier.map.sources[source.0].id.as_str())
            .collect()
    };
    SourcesJson {
        single_points_of_failure: robustness
            .map_or_else(Vec::new, |r| ids(&r.single_points.events)),
        defeat_sets: robustness.map_or_else(Vec::new, |r| {
            r.defeat_sets.sets.iter().map(|set| ids(set)).collect()
        }),
    }
}

fn ranked<'d>(dossier: &'d Dossier, entry: &Ranked) -> RankedJson<'d> {
    let (id, kind) = match entry.node {
        Node::Statement(statement) => (&dossier.map.statement(statement).id, "statement"),
        Node::Inference(inference) => (&dossier.map.inference(inference).id, "inference"),
    };
    RankedJson {
        id,
        kind,
        loss: entry.loss,
        gradient: entry.gradient,
        birnbaum: entry.birnbaum,
        fussell_vesely: entry.fussell_vesely,
    }
}

fn degree(strength: Interval) -> DegreeJson {
    if strength.is_point() {
        DegreeJson::Point(strength.low)
    } else {
        DegreeJson::Interval(strength.low, strength.high)
    }
}

fn stop_name(stop: Stop) -> &'static str {
    match stop {
        Stop::Order => "order",
        Stop::Sets => "sets",
        Stop::Work => "work",
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde calls it with a reference"
)]
fn is_zero(count: &usize) -> bool {
    *count == 0
}
