//! The definitions, as literally and slowly as they can be said, on small random maps.

use std::fmt::Write as _;

use proptest::prelude::*;

use super::super::{Limits, Live, Outcome, Robustness, SourceIdx, Sources};
use crate::analysis::Dossier;
use crate::analysis::vectors::{dossier, framework};
use crate::model::{InferenceIdx, StatementIdx, StatementKind};

pub(super) const NO_LIMITS: Limits = Limits {
    max_order: usize::MAX,
    max_sets: usize::MAX,
    max_support_sets: usize::MAX,
    max_work: usize::MAX,
};

/// A kind, whether it has a place in the article, and the sources that it cites.
type RandomStatement = (u8, bool, Vec<usize>);
/// A target and its linked premises.
type RandomReason = (usize, Vec<usize>);

const N_SOURCES: usize = 4;

/// A random map of statements `s0`, `s1`, … with reasons in circles and sources that draw on each other.
pub(super) fn random_map() -> impl Strategy<Value = String> {
    (2..10_usize).prop_flat_map(|n| {
        let cited = prop::collection::vec(0..N_SOURCES, 0..3);
        let statement = (0..7_u8, prop::bool::weighted(0.2), cited);
        let reason = (0..n, prop::collection::vec(0..n, 1..4));
        let drawn_on = prop::collection::vec((0..N_SOURCES, 0..N_SOURCES), 0..4);
        (
            prop::collection::vec(statement, n),
            prop::collection::vec(reason, 0..16),
            drawn_on,
        )
            .prop_map(|(statements, reasons, drawn_on)| write_map(&statements, &reasons, &drawn_on))
    })
}

fn write_map(
    statements: &[RandomStatement],
    reasons: &[RandomReason],
    drawn_on: &[(usize, usize)],
) -> String {
    let list = |prefix: char, items: Vec<usize>| {
        let items: Vec<String> = items.iter().map(|i| format!("{prefix}{i}")).collect();
        format!("[{}]", items.join(", "))
    };
    let mut map = String::from("thesis: s0\narticle: w0\n");
    for (section, kinds) in [("claims", 0..4), ("evidence", 4..6), ("assumptions", 6..7)] {
        let _ = writeln!(map, "{section}:");
        let own = statements.iter().enumerate();
        for (at, (_, is_in_article, cited)) in own.filter(|(_, own)| kinds.contains(&own.0)) {
            let own = reasons.iter().filter(|(target, _)| *target == at);
            let own: Vec<String> = own.map(|(_, p)| list('s', p.clone())).collect();
            let place = if *is_in_article { ", at: para 1" } else { "" };
            let _ = writeln!(
                map,
                "  s{at}: {{text: S{at}, reasons: [{}], source: {}{place}}}",
                own.join(", "),
                list('w', cited.clone()),
            );
        }
    }
    map.push_str("sources:\n");
    for at in 0..N_SOURCES {
        let own = drawn_on.iter().filter(|(source, _)| *source == at);
        let own = list('w', own.map(|(_, origin)| *origin).collect());
        let _ = writeln!(map, "  w{at}: {{title: W{at}, derived-from: {own}}}");
    }
    map
}

pub(super) struct Oracle<'d> {
    pub(super) dossier: &'d Dossier,
}

/// What holds of a thesis in each state of some events: the sets of which the definitions speak.
struct States<E> {
    events: Vec<E>,
    /// For each set of failed events, as bits, whether the thesis holds.
    holds: Vec<bool>,
}

impl Oracle<'_> {
    fn is_assumed(&self, s: StatementIdx) -> bool {
        self.dossier.map.statement(s).kind.is_assumed()
    }

    pub(super) fn premises(&self, reason: InferenceIdx) -> &[StatementIdx] {
        self.dossier.graph.premises.get(reason.index())
    }

    /// Whether the thesis holds if these statements do whatever their reasons say, and those are rejected.
    fn holds(
        &self,
        given: impl Fn(StatementIdx) -> bool,
        rejected: impl Fn(StatementIdx) -> bool,
    ) -> bool {
        let graph = &self.dossier.graph;
        let mut holds = vec![false; graph.n_statements()];
        loop {
            let next = |s: StatementIdx| {
                let mut reasons = graph.reasons.get(s.index()).iter();
                let carries = |r: &InferenceIdx| self.premises(*r).iter().all(|p| holds[p.index()]);
                !rejected(s) && (given(s) || reasons.any(carries))
            };
            let next: Vec<bool> = graph.statements().map(next).collect();
            if next == holds {
                return holds[0];
            }
            holds = next;
        }
    }

    fn by_statements(&self) -> States<StatementIdx> {
        let graph = &self.dossier.graph;
        let events: Vec<StatementIdx> =
            graph.statements().filter(|s| self.is_assumed(*s)).collect();
        States::of(&events, |failed| {
            self.holds(|s| self.is_assumed(s), |s| failed.contains(&s))
        })
    }

    /// Whether a source draws on another, directly or not.
    fn draws_on(&self, source: usize, origin: usize) -> bool {
        let mut reached = vec![source];
        let mut at = 0;
        while at < reached.len() {
            for &next in self.dossier.graph.origins.get(reached[at]) {
                if !reached.contains(&next) {
                    reached.push(next);
                }
            }
            at += 1;
        }
        reached.contains(&origin)
    }

    /// The sources that a source draws on and that draw on nothing but each other, by the first of these.
    fn origins(&self, source: usize) -> Vec<usize> {
        let all = 0..N_SOURCES;
        let under = |of: usize| all.clone().filter(move |other| self.draws_on(of, *other));
        let is_last = |of: usize| under(of).all(|other| self.draws_on(other, of));
        let is_first = |of: usize| under(of).all(|other| other >= of);
        under(source)
            .filter(|of| is_last(*of) && is_first(*of))
            .collect()
    }

    /// The origins that an assumed statement rests on; nothing if it rests on something else.
    fn basis(&self, s: StatementIdx) -> Option<Vec<usize>> {
        let mut cited = self.dossier.graph.citations.get(s.index()).to_vec();
        if cited.is_empty() && self.dossier.map.statement(s).at.is_some() {
            cited.push(Some(0));
        }
        let cited: Option<Vec<usize>> = cited.into_iter().collect();
        let cited = cited.filter(|cited| !cited.is_empty())?;
        Some(
            cited
                .into_iter()
                .flat_map(|source| self.origins(source))
                .collect(),
        )
    }

    fn by_sources(&self) -> States<SourceIdx> {
        let is_origin = |source: &usize| self.origins(*source) == [*source];
        let events: Vec<SourceIdx> = (0..N_SOURCES).filter(is_origin).map(SourceIdx).collect();
        States::of(&events, |failed| {
            let stands = |s: StatementIdx| {
                let basis = self.basis(s);
                basis.is_none_or(|all| all.iter().any(|one| !failed.contains(&SourceIdx(*one))))
            };
            self.holds(|s| self.is_assumed(s) && stands(s), |_| false)
        })
    }

    /// All statements from which a chain of reasons leads to one, and itself.
    pub(super) fn under(&self, s: StatementIdx) -> Vec<StatementIdx> {
        let mut reached = vec![s];
        let mut at = 0;
        while at < reached.len() {
            for reason in self.dossier.graph.reasons.get(reached[at].index()) {
                let new = self.premises(*reason).iter();
                let new: Vec<_> = new.filter(|p| !reached.contains(p)).copied().collect();
                reached.extend(new);
            }
            at += 1;
        }
        reached
    }

    fn single_source(&self, s: StatementIdx) -> Option<SourceIdx> {
        let evidence = self.under(s).into_iter().filter(|s| {
            let kind = self.dossier.map.statement(*s).kind;
            kind == StatementKind::Evidence
                || kind == StatementKind::Assumption && self.basis(*s).is_some()
        });
        let all: Option<Vec<Vec<usize>>> = evidence.map(|s| self.basis(s)).collect();
        let mut all = all?.concat();
        all.sort_unstable();
        all.dedup();
        match all[..] {
            [one] => Some(SourceIdx(one)),
            _ => None,
        }
    }
}

impl<E: Copy + PartialEq + Ord + std::fmt::Debug> States<E> {
    fn of(events: &[E], holds: impl Fn(&[E]) -> bool) -> Self {
        let states = 0..1_usize << events.len();
        let failed = |state: usize| -> Vec<E> {
            let failed = events
                .iter()
                .enumerate()
                .filter(|(at, _)| state >> at & 1 == 1);
            failed.map(|(_, event)| *event).collect()
        };
        Self {
            events: events.to_vec(),
            holds: states.map(|state| holds(&failed(state))).collect(),
        }
    }

    /// The minimal ones among the sets that have a property.
    fn minimal(&self, has: impl Fn(usize) -> bool) -> Vec<Vec<E>> {
        let states = 0..self.holds.len();
        let has_part = |state: usize| {
            let mut parts = states
                .clone()
                .filter(|part| part & state == *part && *part != state);
            parts.any(&has)
        };
        let minimal = states
            .clone()
            .filter(|state| has(*state) && !has_part(*state));
        let mut sets: Vec<Vec<E>> = minimal
            .map(|state| {
                let events = self.events.iter().enumerate();
                let events = events.filter(|(at, _)| state >> at & 1 == 1);
                events.map(|(_, event)| *event).collect()
            })
            .collect();
        sets.sort_by_key(|set| (set.len(), set.clone()));
        sets
    }

    fn defeat_sets(&self) -> Vec<Vec<E>> {
        self.minimal(|failed| !self.holds[failed])
    }

    fn support_sets(&self) -> Vec<Vec<E>> {
        self.minimal(|alone| self.holds[self.holds.len() - 1 - alone])
    }

    fn birnbaum(&self, event: E) -> f64 {
        let at = self
            .events
            .iter()
            .position(|other| *other == event)
            .expect("an event");
        let states = (0..self.holds.len()).filter(|state| state >> at & 1 == 0);
        let (mut n_critical, mut n) = (0.0, 0.0);
        for state in states {
            n += 1.0;
            if self.holds[state] != self.holds[state | 1 << at] {
                n_critical += 1.0;
            }
        }
        n_critical / n
    }

    /// Everything that an unlimited analysis says is what the definitions say.
    fn check(&self, answer: Outcome<Robustness<E>>, map: &str) {
        let none_failed = self.holds[0];
        let all_failed = self.holds[self.holds.len() - 1];
        let Outcome::Carried(known) = answer else {
            let expected = if none_failed {
                Outcome::Given
            } else {
                Outcome::Unsupported
            };
            assert!(
                answer == expected && none_failed == all_failed,
                "{answer:?}\n{map}"
            );
            return;
        };
        assert!(none_failed && !all_failed, "{map}");
        let (defeat, support) = (self.defeat_sets(), self.support_sets());
        assert_eq!(known.defeat_sets.sets, defeat, "defeat\n{map}");
        assert_eq!(known.defeat_sets.stopped, None, "{map}");
        assert_eq!(known.support_sets.sets, support, "support\n{map}");
        assert_eq!(known.support_sets.stopped, None, "{map}");
        let single: Vec<E> = defeat
            .iter()
            .filter(|set| set.len() == 1)
            .map(|set| set[0])
            .collect();
        assert_eq!(known.single_points.events, single, "single\n{map}");
        assert_eq!(known.single_points.n_untested, 0, "{map}");
        for (least, sets) in [
            (&known.least_defeat, &defeat),
            (&known.least_support, &support),
        ] {
            assert_eq!(least.exact(), Some(sets[0].len()), "{map}");
            assert!(sets.contains(&least.witness), "{:?}\n{map}", least.witness);
        }
        let weight = |set: &Vec<E>| set.iter().fold(1.0, |weight, _| weight / 2.0);
        let total: f64 = defeat.iter().map(weight).sum();
        for own in &known.importance {
            let birnbaum = own.birnbaum.expect("there are few events");
            assert!(
                (birnbaum - self.birnbaum(own.event)).abs() < 1e-9,
                "{own:?}\n{map}"
            );
            let with = defeat
                .iter()
                .filter(|set| set.contains(&own.event))
                .map(weight);
            let share = own.fussell_vesely.expect("all sets are known");
            assert!(
                (share - with.sum::<f64>() / total).abs() < 1e-9,
                "{own:?}\n{map}"
            );
        }
        let mut relevant = defeat.concat();
        relevant.sort_unstable();
        relevant.dedup();
        assert!(
            relevant.iter().all(|event| known.events.contains(event)),
            "{map}"
        );
    }

    /// What a limited analysis says is true, if not the whole truth.
    fn check_bounds(&self, known: &Robustness<E>, limits: &Limits, map: &str) {
        let (defeat, support) = (self.defeat_sets(), self.support_sets());
        let answers = [
            (&known.defeat_sets, &known.least_defeat, &defeat),
            (&known.support_sets, &known.least_support, &support),
        ];
        for (listed, least, all) in answers {
            assert!(listed.sets.iter().all(|set| all.contains(set)), "{map}");
            let small = all.iter().filter(|set| set.len() <= listed.complete_to);
            assert!(
                small.into_iter().all(|set| listed.sets.contains(set)),
                "{listed:?}\n{map}"
            );
            if listed.stopped.is_none() {
                assert_eq!(listed.sets, *all, "{map}");
            }
            assert!(least.at_least <= all[0].len(), "{least:?}\n{map}");
            let is_enough = all
                .iter()
                .any(|set| set.iter().all(|e| least.witness.contains(e)));
            assert!(is_enough, "{least:?}\n{map}");
        }
        assert!(known.defeat_sets.sets.len() <= limits.max_sets);
        assert!(known.support_sets.sets.len() <= limits.max_support_sets);
        let single: Vec<E> = defeat
            .into_iter()
            .filter(|set| set.len() == 1)
            .flatten()
            .collect();
        let found = &known.single_points.events;
        assert!(found.iter().all(|event| single.contains(event)), "{map}");
        assert!(
            single.len() <= found.len() + known.single_points.n_untested,
            "{map}"
        );
    }
}

fn check(map: &str, limits: &Limits) {
    let dossier = dossier(map);
    let framework = framework(&dossier);
    let live = Live::drawn(&framework);
    let sources = Sources::of(&dossier.map, &framework, &live);
    let oracle = Oracle { dossier: &dossier };
    let thesis = StatementIdx(0);
    let (by_statements, by_sources) = (oracle.by_statements(), oracle.by_sources());
    if !oracle.is_assumed(thesis) {
        by_statements.check(Robustness::of(&framework, &live, thesis, &NO_LIMITS), map);
    }
    by_sources.check(
        sources.robustness(&framework, &live, thesis, &NO_LIMITS),
        map,
    );
    if let Outcome::Carried(known) = Robustness::of(&framework, &live, thesis, limits) {
        by_statements.check_bounds(&known, limits, map);
    }
    for statement in dossier.graph.statements() {
        let single = sources.single_source(statement);
        assert_eq!(
            single,
            oracle.single_source(statement),
            "{statement:?}\n{map}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn robustness_is_that_of_the_definitions_and_bounds_are_honest(
        map in random_map(),
        max_work in 0..400_usize,
        max_sets in 0..4_usize,
    ) {
        let limits = Limits { max_order: 2, max_sets, max_support_sets: max_sets, max_work };
        check(&map, &limits);
    }
}
