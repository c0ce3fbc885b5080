mod oracle;
mod ways;

use std::fmt::Write as _;

use super::{DoubleCounts, Limits, Live, Outcome, Robustness, SinglePoints, Sources, Stop};
use crate::analysis::vectors::{dossier, framework};
use crate::analysis::{Dossier, Terms, Verdicts};
use crate::model::StatementIdx;

fn robustness(dossier: &Dossier) -> Outcome<Robustness<StatementIdx>> {
    let framework = framework(dossier);
    let live = Live::drawn(&framework);
    Robustness::of(
        &framework,
        &live,
        dossier.graph.theses[0],
        &Limits::default(),
    )
}

fn carried(dossier: &Dossier) -> Robustness<StatementIdx> {
    robustness(dossier)
        .carried()
        .expect("reasons carry the thesis")
}

fn ids(dossier: &Dossier, statements: &[StatementIdx]) -> String {
    let ids = statements.iter().map(|s| &*dossier.map.statement(*s).id);
    ids.collect::<Vec<_>>().join(" ")
}

fn all_ids(dossier: &Dossier, sets: &[Vec<StatementIdx>]) -> Vec<String> {
    sets.iter().map(|set| ids(dossier, set)).collect()
}

fn statement(dossier: &Dossier, id: &str) -> StatementIdx {
    let mut all = dossier.graph.statements();
    all.find(|s| dossier.map.statement(*s).id == id)
        .expect("the map has it")
}

const OP_ED: &str = "
thesis: T
claims:
  T:
    text: T
    reasons: [[P1, P2], {premises: P3, objections: [U1]}]
    objections: [O1]
  P1: {text: P1, reasons: [E1]}
  P2: {text: P2, reasons: [[E2, W1]]}
  P3: {text: P3, reasons: [E3]}
evidence: {E1: E1, E2: E2, E3: E3, W1: W1, B1: B1, U1: U1, O1: {text: O1, objections: [B1]}}";

#[test]
fn the_op_ed_falls_with_two_statements_and_with_no_single_one() {
    let dossier = dossier(OP_ED);
    let known = carried(&dossier);
    assert_eq!(ids(&dossier, &known.events), "E1 E2 E3 W1");
    assert_eq!(known.single_points.events, []);
    assert_eq!(
        all_ids(&dossier, &known.defeat_sets.sets),
        ["E1 E3", "E2 E3", "E3 W1"]
    );
    assert_eq!(
        all_ids(&dossier, &known.support_sets.sets),
        ["E3", "E1 E2 W1"]
    );
    assert_eq!(
        (known.defeat_sets.stopped, known.support_sets.stopped),
        (None, None)
    );
    assert_eq!(known.least_defeat.exact(), Some(2));
    assert_eq!(ids(&dossier, &known.least_support.witness), "E3");
}

#[test]
fn importance_counts_states_and_defeat_sets() {
    let dossier = dossier(OP_ED);
    let known = carried(&dossier);
    let [e1, e2, e3, w1] = known.importance[..] else {
        panic!("four statements matter");
    };
    // E1 decides where E2 and W1 hold and E3 does not, E3 unless the three others hold.
    for own in [e1, e2, w1] {
        assert_eq!(
            (own.birnbaum, own.fussell_vesely),
            (Some(0.125), Some(1.0 / 3.0))
        );
    }
    assert_eq!(e3.birnbaum, Some(0.875));
    assert!((e3.fussell_vesely.expect("all sets are known") - 1.0).abs() < 1e-12);
}

#[test]
fn a_step_that_does_not_hold_carries_nothing() {
    let dossier = dossier(OP_ED);
    let framework = framework(&dossier);
    let verdicts = Verdicts::of(&framework, &Terms::default());
    let live = Live::standing(&framework, &verdicts);
    let thesis = dossier.graph.theses[0];
    let known = SinglePoints::of(&framework, &live, thesis, &Limits::default()).carried();
    let known = known.expect("reasons carry the thesis");
    assert_eq!(ids(&dossier, &known.events), "E1 E2 W1");
}

#[test]
fn the_page_says_what_is_found_in_its_example() {
    let page = include_str!("../../../../docs/robustness.md");
    let block = page
        .split("```yaml")
        .nth(1)
        .and_then(|rest| rest.split("```").next());
    let dossier = dossier(block.expect("the page has an example"));
    let known = carried(&dossier);
    assert_eq!(known.single_points.events, []);
    let defeat = [
        "people-would-come law-asks-for-it",
        "volunteers law-asks-for-it",
        "law-asks-for-it heating-is-on",
    ];
    assert_eq!(all_ids(&dossier, &known.defeat_sets.sets), defeat);
    let support = [
        "law-asks-for-it",
        "people-would-come volunteers heating-is-on",
    ];
    assert_eq!(all_ids(&dossier, &known.support_sets.sets), support);
    let birnbaum: Vec<f64> = known
        .importance
        .iter()
        .filter_map(|own| own.birnbaum)
        .collect();
    assert_eq!(birnbaum, [0.125, 0.125, 0.875, 0.125]);
}

const DIAMOND: &str = "
thesis: T
claims:
  T: {text: T, reasons: [A, B]}
  A: {text: A, reasons: [E]}
  B: {text: B, reasons: [E]}
evidence: {E: E}";

#[test]
fn what_two_reasons_share_is_a_single_point_of_failure_and_counted_twice() {
    let dossier = dossier(DIAMOND);
    let known = carried(&dossier);
    assert_eq!(ids(&dossier, &known.single_points.events), "E");
    assert_eq!(known.least_defeat.exact(), Some(1));
    let framework = framework(&dossier);
    let counts = DoubleCounts::of(&framework, &Live::drawn(&framework), &Limits::default());
    let [count] = counts.found[..] else {
        panic!("one statement is counted twice: {counts:?}");
    };
    assert_eq!(ids(&dossier, &[count.claim, count.statement]), "T E");
    assert_eq!(count.reasons, dossier.graph.reasons.get(0)[..2]);
}

#[test]
fn what_is_counted_twice_is_reported_once_and_at_the_nearest_claim() {
    let map = "
thesis: top
claims:
  top: {text: Top, reasons: [T, X]}
  X: {text: X, reasons: [[T, F]]}
  T: {text: T, reasons: [A, B]}
  A: {text: A, reasons: [S]}
  B: {text: B, reasons: [[S, F]]}
  S: {text: S, reasons: [[E, F]]}
evidence: {E: E, F: F}";
    let dossier = dossier(map);
    let framework = framework(&dossier);
    let counts = DoubleCounts::of(&framework, &Live::drawn(&framework), &Limits::default());
    let found: Vec<String> = counts
        .found
        .iter()
        .map(|count| ids(&dossier, &[count.claim, count.statement]))
        .collect();
    // E lies under S alone; F reaches T by S and beside it.
    assert_eq!(found, ["top T", "T S", "T F"]);
}

#[test]
fn a_thesis_without_support_is_unsupported_and_an_assumed_one_given() {
    let circular = "
thesis: p
claims:
  p: {text: P, reasons: [q]}
  q: {text: Q, reasons: [p]}";
    assert_eq!(robustness(&dossier(circular)), Outcome::Unsupported);
    assert_eq!(
        robustness(&dossier("thesis: {claim: Bare}")),
        Outcome::Unsupported
    );
    assert_eq!(
        robustness(&dossier("thesis: {evidence: Seen}")),
        Outcome::Given
    );
}

#[test]
fn a_rejected_statement_is_out_whatever_its_reasons_say() {
    let map = "
thesis: t
claims: {t: {text: T, reasons: [a]}}
assumptions: {a: {text: A, reasons: [e]}}
evidence: {e: E}";
    let dossier = dossier(map);
    let known = carried(&dossier);
    assert_eq!(all_ids(&dossier, &known.defeat_sets.sets), ["a"]);
    assert_eq!(all_ids(&dossier, &known.support_sets.sets), ["a"]);
}

const SOURCES: &str = "
thesis: t
article: article
claims:
  t: {text: T, reasons: [p, q, r]}
  p: {text: P, reasons: [e1, e2]}
  q: {text: Q, reasons: [[e3, given]]}
  r: {text: R, reasons: [e4]}
evidence:
  e1: {text: E1, source: copy}
  e2: {text: E2, source: study, at: para 1}
  e3: {text: E3, source: review}
  e4: {text: E4, at: para 2}
assumptions: {given: Given}
sources:
  study: {title: Study}
  copy: {title: Copy, derived-from: study}
  review: {title: Review, derived-from: [copy, other]}
  other: {title: Other}
  article: {title: Article}";

#[test]
fn sources_that_draw_on_each_other_count_as_one() {
    let dossier = dossier(SOURCES);
    let framework = framework(&dossier);
    let live = Live::drawn(&framework);
    let sources = Sources::of(&dossier.map, &framework, &live);
    let single = |id: &str| {
        let source = sources.single_source(statement(&dossier, id));
        source.map_or("-", |source| &*dossier.map.sources[source.0].id)
    };
    assert_eq!(
        ["p", "q", "r", "t", "given"].map(single),
        ["study", "-", "article", "-", "-"]
    );
    let known = sources.robustness(&framework, &live, StatementIdx(0), &Limits::default());
    let known = known.carried().expect("sources carry the thesis");
    let name = |set: &Vec<super::SourceIdx>| {
        let ids = set.iter().map(|source| &*dossier.map.sources[source.0].id);
        ids.collect::<Vec<_>>().join(" ")
    };
    let defeat: Vec<String> = known.defeat_sets.sets.iter().map(name).collect();
    assert_eq!(defeat, ["study other article"]);
    let support: Vec<String> = known.support_sets.sets.iter().map(name).collect();
    assert_eq!(support, ["study", "other", "article"]);
}

#[test]
fn evidence_of_unknown_origin_falls_with_no_source() {
    let map = "
thesis: t
claims: {t: {text: T, reasons: [a, b]}}
evidence: {a: A, b: {text: B, source: s}}
sources: {s: {title: S}}";
    let dossier = dossier(map);
    let framework = framework(&dossier);
    let live = Live::drawn(&framework);
    let sources = Sources::of(&dossier.map, &framework, &live);
    let thesis = StatementIdx(0);
    assert_eq!(sources.single_source(thesis), None);
    let known = sources.single_points(&framework, &live, thesis, &Limits::default());
    assert_eq!(known, Outcome::Given);
}

/// A claim `s0` that rests on `s1`, and so on, down to evidence.
fn chain(n: usize) -> String {
    let mut map = String::from("thesis: s0\nclaims:\n");
    for at in 0..n - 1 {
        let _ = writeln!(map, "  s{at}: {{text: S{at}, reasons: [s{}]}}", at + 1);
    }
    let _ = writeln!(map, "evidence: {{s{}: End}}", n - 1);
    map
}

#[test]
fn long_chains_and_wide_trees_are_no_trouble() {
    let long = dossier(&chain(100_000));
    let known = carried(&long);
    assert_eq!(ids(&long, &known.single_points.events), "s99999");
    assert_eq!(known.support_sets.sets, known.defeat_sets.sets);

    let leaves: Vec<String> = (0..50_000).map(|at| format!("e{at}")).collect();
    let list = leaves.join(", ");
    let all = format!("thesis: {{id: t, claim: T, reasons: [[{list}]]}}\n");
    let any = format!("thesis: {{id: t, claim: T, reasons: [{list}]}}\n");
    let evidence = format!("evidence: {{{}: E}}", leaves.join(": E, "));

    let linked = carried(&dossier(&(all + &evidence)));
    assert_eq!(linked.single_points.events.len(), 50_000);
    assert_eq!(linked.defeat_sets.sets.len(), 10_000);
    assert_eq!(linked.defeat_sets.stopped, Some(Stop::Sets));
    assert_eq!(linked.least_defeat.exact(), Some(1));
    assert_eq!(linked.least_support.exact(), Some(50_000));

    let convergent = carried(&dossier(&(any + &evidence)));
    assert_eq!(convergent.single_points.events, []);
    assert_eq!(convergent.defeat_sets.sets, Vec::<Vec<StatementIdx>>::new());
    assert_eq!(convergent.defeat_sets.complete_to, 3);
    assert_eq!(convergent.defeat_sets.stopped, Some(Stop::Order));
    assert_eq!(convergent.least_defeat.exact(), Some(50_000));
    assert_eq!(convergent.support_sets.sets.len(), 100);
}

/// Layers of two claims, each of which rests on both of the next layer, by two reasons or by one.
fn layers(n: usize, reasons: &str) -> String {
    let mut map = String::from("thesis: a0\nclaims:\n");
    for at in 0..n {
        for own in ["a", "b"] {
            let reasons = reasons.replace('#', &(at + 1).to_string());
            let _ = writeln!(map, "  {own}{at}: {{text: {own}{at}, reasons: {reasons}}}");
        }
    }
    let _ = writeln!(map, "evidence: {{a{n}: A, b{n}: B}}");
    map
}

#[test]
fn where_there_are_exponentially_many_sets_the_search_stops_and_says_so() {
    // A last layer of many pairs keeps the ways apart: 2^30 sets, each of one of every pair.
    let mut map = String::from("thesis: t\nclaims:\n");
    let pairs: Vec<String> = (0..30).map(|at| format!("p{at}")).collect();
    let _ = writeln!(map, "  t: {{text: T, reasons: [[{}]]}}", pairs.join(", "));
    let mut evidence = String::from("evidence:\n");
    for at in 0..30 {
        // A reason in common with the next pair keeps them from being taken apart.
        let next = (at + 1) % 30;
        let _ = writeln!(
            map,
            "  p{at}: {{text: P{at}, reasons: [e{at}, f{at}, e{next}]}}"
        );
        let _ = writeln!(evidence, "  e{at}: E{at}\n  f{at}: F{at}");
    }
    let known = carried(&dossier(&(map + &evidence)));
    assert_eq!(known.defeat_sets.stopped, None);
    assert_eq!(known.defeat_sets.sets.len(), 30);
    assert_eq!(known.least_defeat.exact(), Some(3));
    assert!(known.support_sets.stopped.is_some());
    assert!(known.least_support.at_least <= 15);
    assert!(known.least_support.witness.len() >= 15);

    for (reasons, least) in [("[a#, b#]", 1), ("[[a#, b#]]", 2)] {
        let known = carried(&dossier(&layers(30, reasons)));
        assert_eq!(known.least_support.witness.len(), least, "{reasons}");
        assert_eq!(known.least_defeat.witness.len(), 3 - least, "{reasons}");
        let stops = [known.support_sets.stopped, known.defeat_sets.stopped];
        assert!(stops.contains(&Some(Stop::Work)), "{reasons} {known:?}");
        assert_eq!(known.single_points.n_untested, 0);
        assert_eq!(known.single_points.events.len(), 2 * (least - 1));
    }
}
