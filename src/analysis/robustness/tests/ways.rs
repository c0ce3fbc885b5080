//! The definition of what is counted twice, tested way by way.

use proptest::prelude::*;

use super::super::{DoubleCounts, Live};
use super::oracle::{NO_LIMITS, Oracle, random_map};
use crate::analysis::Dossier;
use crate::analysis::vectors::framework;
use crate::model::{InferenceIdx, StatementIdx};
use crate::source::NoFiles;

#[derive(Clone, Copy, PartialEq)]
enum Past {
    Statement(StatementIdx),
    Step(InferenceIdx),
}

impl Oracle<'_> {
    /// Whether a way up leads from a statement to a step, by links outside circles and past one statement or step.
    fn leads_to(&self, from: StatementIdx, step: InferenceIdx, past: Option<Past>) -> bool {
        let graph = &self.dossier.graph;
        let mut reached = vec![from];
        let mut at = 0;
        while at < reached.len() {
            for &next in graph.uses.get(reached[at].index()) {
                let target = graph.supported(next).expect("there are only reasons");
                let is_circular = |member: StatementIdx| {
                    self.premises(next).contains(&member) && self.under(member).contains(&target)
                };
                // A step is in a circle with those premises that rest on its target.
                let is_in_circle = self.premises(next).iter().any(|p| is_circular(*p));
                if is_circular(reached[at]) || past == Some(Past::Step(next)) {
                    continue;
                }
                if next == step {
                    return true;
                }
                if !is_in_circle
                    && past != Some(Past::Statement(target))
                    && !reached.contains(&target)
                {
                    reached.push(target);
                }
            }
            at += 1;
        }
        false
    }

    /// Whether ways lead from a statement to two reasons that have only the statement in common.
    fn is_joined_by(&self, s: StatementIdx, one: InferenceIdx, other: InferenceIdx) -> bool {
        let graph = &self.dossier.graph;
        let claim = graph.supported(one).expect("there are only reasons");
        let rests_on_target = |r| {
            self.premises(r)
                .iter()
                .any(|p| self.under(*p).contains(&claim))
        };
        if s == claim || one == other || rests_on_target(one) || rests_on_target(other) {
            return false;
        }
        let statements = graph.statements().filter(|m| *m != s).map(Past::Statement);
        let mut past = statements.chain(graph.inferences().map(Past::Step));
        past.all(|past| self.leads_to(s, one, Some(past)) || self.leads_to(s, other, Some(past)))
            && self.leads_to(s, one, None)
            && self.leads_to(s, other, None)
    }

    fn joins(&self, s: StatementIdx) -> Vec<StatementIdx> {
        let graph = &self.dossier.graph;
        let is_join = |claim: &StatementIdx| {
            let reasons = graph.reasons.get(claim.index());
            let mut pairs = reasons
                .iter()
                .flat_map(|one| reasons.iter().map(move |other| (one, other)));
            pairs.any(|(one, other)| self.is_joined_by(s, *one, *other))
        };
        graph.statements().filter(is_join).collect()
    }
}

fn check_double_counts(map: &str) {
    let dossier = Dossier::open("map.yaml", map.into(), &NoFiles);
    let framework = framework(&dossier);
    let live = Live::drawn(&framework);
    let oracle = Oracle { dossier: &dossier };
    let counts = DoubleCounts::of(&framework, &live, &NO_LIMITS);
    assert_eq!(counts.n_unsearched, 0);
    for statement in dossier.graph.statements() {
        let joins = oracle.joins(statement);
        let mut found = counts
            .found
            .iter()
            .filter(|count| count.statement == statement);
        let Some(count) = found.next() else {
            assert!(joins.is_empty(), "{statement:?} {joins:?}\n{map}");
            continue;
        };
        assert!(found.next().is_none(), "{map}");
        assert!(joins.contains(&count.claim), "{count:?} {joins:?}\n{map}");
        let is_under = |one, other| oracle.under(other).contains(&one);
        let nearer = joins
            .iter()
            .filter(|join| is_under(**join, count.claim) && !is_under(count.claim, **join));
        assert_eq!(nearer.count(), 0, "{count:?} {joins:?}\n{map}");
        let [one, other] = count.reasons;
        assert!(one < other, "{map}");
        assert_eq!(dossier.graph.supported(one), Some(count.claim), "{map}");
        assert_eq!(dossier.graph.supported(other), Some(count.claim), "{map}");
        assert!(
            oracle.is_joined_by(statement, one, other),
            "{count:?}\n{map}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn double_counts_are_those_of_the_definition(map in random_map()) {
        check_double_counts(&map);
    }
}
