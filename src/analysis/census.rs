//! How much of everything is there?

use std::collections::BTreeSet;
use std::ops::AddAssign;

use super::{Dossier, Grounding};
use crate::graph::{ArgumentGraph, cycles};
use crate::model::{InferenceIdx, StatementIdx, StatementKind, Target};

/// What a map consists of, counted; or several maps together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// All statements.
    pub statements: usize,
    /// Those that the map argues for.
    pub theses: usize,
    /// Those that carry the burden of proof, theses among them.
    pub claims: usize,
    /// Those that report what can be checked.
    pub evidence: usize,
    /// Those that are taken for granted.
    pub assumptions: usize,
    /// The works that are listed.
    pub sources: usize,
    /// The words of all statements, as white space separates them.
    pub words: usize,
    /// The inferences for a statement.
    pub reasons: usize,
    /// The inferences against a statement.
    pub objections: usize,
    /// The inferences against an inference.
    pub undercuts: usize,
    /// The inferences with several premises.
    pub linked: usize,
    /// The inferences that another undercuts.
    pub undercut: usize,
    /// The pairs of statements that cannot be true together.
    pub contradictions: usize,
    /// The pairs of statements of which one says the other again.
    pub restatements: usize,
    /// The claims without a reason.
    pub unsupported: usize,
    /// The claims whose reasons reach no evidence or assumption.
    pub ungrounded: usize,
    /// The statements that are on a circle of reasons, wherever else they rest.
    pub cyclic: usize,
    /// How many inferences the statement that is furthest from the theses is away from the nearest; of several maps, the
    /// greatest.
    pub depth: usize,
}

impl Census {
    /// Counts a map; O(n + m).
    pub fn of(dossier: &Dossier) -> Self {
        let (map, graph) = (&dossier.map, &dossier.graph);
        let of_kind = |kind| map.statements.iter().filter(|s| s.kind == kind).count();
        let rests_on = |what| {
            dossier
                .analysis
                .support
                .grounding
                .iter()
                .filter(|it| **it == what)
                .count()
        };
        let steps = |counts: &dyn Fn(InferenceIdx) -> bool| {
            graph.inferences().filter(|it| counts(*it)).count()
        };
        let is_undercut =
            |it: InferenceIdx| matches!(graph.targets[it.index()], Target::Inference(_));
        let texts = map.statements.iter().map(|statement| &statement.text.value);
        Self {
            statements: map.statements.len(),
            theses: graph.theses.len(),
            claims: of_kind(StatementKind::Claim),
            evidence: of_kind(StatementKind::Evidence),
            assumptions: of_kind(StatementKind::Assumption),
            sources: map.sources.len(),
            words: texts.map(|text| text.split_whitespace().count()).sum(),
            reasons: steps(&|it| graph.supported(it).is_some()),
            objections: steps(&|it| graph.is_objection(it) && !is_undercut(it)),
            undercuts: steps(&is_undercut),
            linked: steps(&|it| graph.premises.get(it.index()).len() > 1),
            undercut: steps(&|it| !graph.undercuts.get(it.index()).is_empty()),
            contradictions: n_pairs(&graph.contradictions),
            restatements: n_pairs(&graph.restatements),
            unsupported: rests_on(Grounding::Unsupported),
            ungrounded: rests_on(Grounding::Ungrounded),
            cyclic: cycles::components(graph).iter().map(Vec::len).sum(),
            depth: depth(graph),
        }
    }

    /// All inferences.
    pub fn inferences(&self) -> usize {
        self.reasons + self.objections + self.undercuts
    }
}

impl AddAssign for Census {
    fn add_assign(&mut self, other: Self) {
        self.statements += other.statements;
        self.theses += other.theses;
        self.claims += other.claims;
        self.evidence += other.evidence;
        self.assumptions += other.assumptions;
        self.sources += other.sources;
        self.words += other.words;
        self.reasons += other.reasons;
        self.objections += other.objections;
        self.undercuts += other.undercuts;
        self.linked += other.linked;
        self.undercut += other.undercut;
        self.contradictions += other.contradictions;
        self.restatements += other.restatements;
        self.unsupported += other.unsupported;
        self.ungrounded += other.ungrounded;
        self.cyclic += other.cyclic;
        self.depth = self.depth.max(other.depth);
    }
}

/// How many different pairs there are, whichever stands first.
fn n_pairs(pairs: &[(StatementIdx, StatementIdx)]) -> usize {
    let unordered = pairs
        .iter()
        .map(|&(one, other)| (one.min(other), one.max(other)));
    unordered.collect::<BTreeSet<_>>().len()
}

/// How far the furthest statement is from the theses: a breadth-first search against the direction of the inferences,
/// level by level.
fn depth(graph: &ArgumentGraph) -> usize {
    let mut is_seen = vec![false; graph.n_statements()];
    let mut level: Vec<StatementIdx> = graph.theses.clone();
    for thesis in &level {
        is_seen[thesis.index()] = true;
    }
    let mut depth = 0;
    loop {
        // The steps into a level, with those against these steps, which are as far.
        let mut steps: Vec<InferenceIdx> = Vec::new();
        for statement in &level {
            steps.extend(graph.reasons.get(statement.index()));
            steps.extend(graph.objections.get(statement.index()));
        }
        let mut next = Vec::new();
        while let Some(step) = steps.pop() {
            steps.extend(graph.undercuts.get(step.index()));
            for &premise in graph.premises.get(step.index()) {
                if !std::mem::replace(&mut is_seen[premise.index()], true) {
                    next.push(premise);
                }
            }
        }
        if next.is_empty() {
            return depth;
        }
        depth += 1;
        level = next;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    fn census(map: &str) -> Census {
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        assert_eq!(dossier.problems, []);
        Census::of(&dossier)
    }

    #[test]
    fn everything_is_counted_once() {
        let map = "
thesis: {id: t, claim: Two words, reasons: [[a, b], c], objections: [{premises: o, objections: [u]}]}
claims:
  c: {text: C, reasons: [d]}
  d: {text: D, reasons: [c], contradicts: [o], restates: a}
  o: O
evidence: {a: A, u: U}
assumptions: {b: B}
sources: {s: {title: S}}
";
        let expected = Census {
            statements: 7,
            theses: 1,
            claims: 4,
            evidence: 2,
            assumptions: 1,
            sources: 1,
            words: 8,
            reasons: 4,
            objections: 1,
            undercuts: 1,
            linked: 1,
            undercut: 1,
            contradictions: 1,
            restatements: 1,
            unsupported: 1,
            ungrounded: 2,
            cyclic: 2,
            depth: 2,
        };
        assert_eq!(census(map), expected);
        assert_eq!(expected.inferences(), 6);
    }

    #[test]
    fn of_several_maps_counts_add_up_and_the_deepest_tells() {
        let mut all = census("thesis: {claim: T, reasons: [{evidence: E}]}");
        all += census("thesis: {claim: T, reasons: [{claim: C, reasons: [{evidence: E}]}]}");
        assert_eq!((all.statements, all.reasons, all.depth), (5, 3, 2));
    }

    #[test]
    fn nothing_is_nothing_deep() {
        assert_eq!(depth(&ArgumentGraph::default()), 0);
    }
}
