//! A map as a net of statements and steps, as the Argument Interchange Format and its relatives have it.

use rustc_hash::FxHashSet;

use crate::analysis::Dossier;
use crate::model::{Losses, Polarity, Target};

/// Steps between statements, and the edges from premises to steps and from steps to what they are about.
#[derive(Debug, Default)]
pub(super) struct Net<'d> {
    pub(super) steps: Vec<Step<'d>>,
    /// Pairs of ids.
    pub(super) edges: Vec<(String, String)>,
}

/// A step.
#[derive(Debug)]
pub(super) struct Step<'d> {
    pub(super) id: String,
    pub(super) kind: Kind,
    pub(super) scheme: Option<&'d str>,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Support,
    Attack,
    Rephrase,
}

impl<'d> Net<'d> {
    /// The steps of a map. Contradictions become attacks both ways, which is counted. Linear in the map.
    pub(super) fn of(dossier: &'d Dossier, losses: &mut Losses) -> Self {
        let (map, graph) = (&dossier.map, &dossier.graph);
        let mut net = Self::default();
        for idx in graph.inferences() {
            let at = idx.index();
            let inference = map.inference(idx);
            let premises = graph.premises.get(at);
            if premises.is_empty() {
                losses.add("steps without premises", inference.span);
                continue;
            }
            for premise in premises {
                net.edge(&map.statement(*premise).id, &inference.id);
            }
            net.edge(&inference.id, target_id(dossier, graph.targets[at]));
            net.steps.push(Step {
                id: inference.id.clone(),
                kind: match graph.polarities[at] {
                    Polarity::Pro => Kind::Support,
                    Polarity::Con => Kind::Attack,
                },
                scheme: inference.scheme.as_ref().map(|scheme| &*scheme.value),
            });
        }
        let mut names = Names::of(dossier);
        for (one, other) in &graph.restatements {
            net.pair(
                dossier,
                Kind::Rephrase,
                names.next("restates"),
                (*one, *other),
            );
        }
        for (one, other) in &graph.contradictions {
            let span = map.name_span(*one);
            losses.add("that contradictions are no mere attacks both ways", span);
            net.pair(
                dossier,
                Kind::Attack,
                names.next("contradicts"),
                (*one, *other),
            );
            net.pair(
                dossier,
                Kind::Attack,
                names.next("contradicts"),
                (*other, *one),
            );
        }
        net
    }

    fn pair(
        &mut self,
        dossier: &Dossier,
        kind: Kind,
        id: String,
        (from, to): (crate::model::StatementIdx, crate::model::StatementIdx),
    ) {
        let map = &dossier.map;
        self.edge(&map.statement(from).id, &id);
        self.edge(&id, &map.statement(to).id);
        let scheme = None;
        self.steps.push(Step { id, kind, scheme });
    }

    fn edge(&mut self, from: &str, to: &str) {
        self.edges.push((from.to_owned(), to.to_owned()));
    }
}

fn target_id(dossier: &Dossier, target: Target) -> &str {
    match target {
        Target::Statement(idx) => &dossier.map.statement(idx).id,
        Target::Inference(idx) => &dossier.map.inference(idx).id,
    }
}

/// Ids for what has none in the map.
pub(super) struct Names<'d> {
    taken: FxHashSet<&'d str>,
    number: usize,
}

impl<'d> Names<'d> {
    pub(super) fn of(dossier: &'d Dossier) -> Self {
        let statements = dossier.map.statements.iter().map(|it| &*it.id);
        let inferences = dossier.map.inferences.iter().map(|it| &*it.id);
        Self {
            taken: statements.chain(inferences).collect(),
            number: 0,
        }
    }

    /// An id that nothing in the map has, and none that was given before.
    pub(super) fn next(&mut self, what: &str) -> String {
        loop {
            self.number += 1;
            let id = format!("{what}-{}", self.number);
            if !self.taken.contains(&*id) {
                return id;
            }
        }
    }
}
