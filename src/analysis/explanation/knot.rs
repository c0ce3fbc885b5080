//! Circles of statements that depend on each other.

use std::collections::VecDeque;
use std::rc::Rc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Explanation;
use crate::analysis::Verdict;
use crate::graph::cycles::walk_back;
use crate::model::StatementIdx;

/// How many statements are visited to find the shortest circle; past it the first one found is told.
const MAX_VISITED: usize = 10_000;

/// The circles found so far, for each statement that leads to one by its first links.
#[derive(Debug, Default)]
pub(super) struct Circles {
    found: FxHashMap<StatementIdx, Rc<[StatementIdx]>>,
}

impl Explanation<'_> {
    /// A circle of open or unfounded statements that such a statement depends on: each depends on the next, and the
    /// last on the first.
    ///
    /// First links are followed until a statement comes again, then the shortest way from it back to itself is searched
    /// breadth-first. Over all statements each link is followed once; a search visits a bounded number of statements.
    pub(super) fn circle(&self, statement: StatementIdx) -> Vec<StatementIdx> {
        let mut circles = self.circles.borrow_mut();
        let way = self.way(statement, |at| circles.found.contains_key(&at));
        let last = *way.last().expect("a way has its start");
        let known = circles.found.get(&last).cloned();
        let circle = known.unwrap_or_else(|| self.shortest_from(&way, last).into());
        for at in way {
            circles.found.insert(at, Rc::clone(&circle));
        }
        circle.to_vec()
    }

    /// The statements on the way by first links to one that is known, or that came before, which is named again.
    pub(super) fn way(
        &self,
        statement: StatementIdx,
        is_known: impl Fn(StatementIdx) -> bool,
    ) -> Vec<StatementIdx> {
        let mut seen: FxHashSet<StatementIdx> = FxHashSet::default();
        let mut way = vec![statement];
        let mut at = statement;
        while !is_known(at) && seen.insert(at) {
            let first = self.links(at).first().copied();
            at = first.expect("what is open or unfounded depends on another such statement");
            way.push(at);
        }
        way
    }

    fn shortest_from(&self, way: &[StatementIdx], start: StatementIdx) -> Vec<StatementIdx> {
        let mut from: FxHashMap<StatementIdx, StatementIdx> = FxHashMap::default();
        let mut queue = VecDeque::from([start]);
        while let Some(at) = queue.pop_front() {
            for next in self.links(at) {
                if next == start {
                    return walk_back(&from, start, at);
                }
                if from.len() < MAX_VISITED && !from.contains_key(&next) {
                    from.insert(next, at);
                    queue.push_back(next);
                }
            }
        }
        let first = way.iter().position(|s| *s == start);
        way[first.expect("the way came back to it")..way.len() - 1].to_vec()
    }

    /// The statements that an open or unfounded statement depends on and that are so, too.
    fn links(&self, statement: StatementIdx) -> Vec<StatementIdx> {
        let is_unfounded = &self.dossier.analysis.verdicts.is_unfounded;
        if !is_unfounded[statement.index()] {
            return self.open_links(statement);
        }
        let graph = &self.dossier.graph;
        let reasons = graph.reasons.get(statement.index()).iter();
        let premises = reasons.flat_map(|reason| graph.premises.get(reason.index()));
        let unfounded = premises.copied().filter(|p| is_unfounded[p.index()]);
        unfounded.collect()
    }

    /// The undecided statements on which the verdict on an undecided one turns, in document order of the links.
    fn open_links(&self, statement: StatementIdx) -> Vec<StatementIdx> {
        let graph = &self.dossier.graph;
        let at = statement.index();
        let rivals = self.framework.rivals.get(at);
        let assumed = rivals
            .iter()
            .filter(|r| self.framework.is_assumed[r.index()]);
        let mut open: Vec<StatementIdx> = assumed.copied().collect();
        let rival_reasons = rivals.iter().flat_map(|r| graph.reasons.get(r.index()));
        let objections = graph.objections.get(at).iter();
        let links = objections.chain(graph.reasons.get(at)).chain(rival_reasons);
        let mut steps: VecDeque<_> = links.copied().collect();
        while let Some(step) = steps.pop_front() {
            if self.step(step) == Verdict::Undecided {
                open.extend(graph.premises.get(step.index()));
                steps.extend(graph.undercuts.get(step.index()));
            }
        }
        open.retain(|s| self.verdict(*s) == Verdict::Undecided);
        open
    }

    /// Whether each statement of a circle is attacked by the next one around.
    pub(super) fn is_of_attacks(&self, circle: &[StatementIdx]) -> bool {
        let graph = &self.dossier.graph;
        let next = circle.iter().cycle().skip(1);
        circle.iter().zip(next).all(|(one, other)| {
            let objections = graph.objections.get(one.index()).iter();
            let mut premises = objections.flat_map(|o| graph.premises.get(o.index()));
            let is_rival = self.framework.rivals.get(one.index()).contains(other);
            is_rival || premises.any(|premise| premise == other)
        })
    }
}
