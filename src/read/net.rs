//! Argument graphs in which statements and steps are nodes and edges say nothing by themselves, as AIF has them.
//!
//! What an edge means follows from its ends: from a statement to a step it is a premise, from a step to a statement its
//! conclusion, from a step of conflict to another step an undercut (Chesñevar et al. 2006).

use std::collections::VecDeque;
use std::hash::Hash;

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::{Draft, NewInference};
use crate::model::{
    ForeignFault, InferenceIdx, Polarity, Premise, ProblemKind, Reference, StatementIdx, Target,
    Text,
};
use crate::source::Span;

/// How many conclusions a step may have. Each makes an inference with all premises, and an attack on the step one for
/// each of these; without a limit, attacks on attacks would double them again and again.
const MAX_CONCLUSIONS: usize = 64;

/// The graph as the file has it.
#[derive(Default)]
pub(super) struct Net {
    nodes: Vec<Node>,
    by_name: FxHashMap<String, usize>,
    edges: Vec<(usize, usize, Span)>,
}

/// A node and where its name stands.
struct Node {
    span: Span,
    kind: NodeKind,
}

/// What a node stands for.
pub(super) enum NodeKind {
    /// A statement of the map.
    Statement(StatementIdx),
    /// A step from statements to statements or steps.
    Step(Step),
    /// What a map has no place for; edges to and from it go with it.
    Other,
}

/// A step as its node describes it.
#[derive(Clone)]
pub(super) struct Step {
    pub(super) kind: StepKind,
    pub(super) scheme: Option<Text>,
    pub(super) note: Option<Text>,
}

/// What a step does.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum StepKind {
    /// It supports or attacks.
    Inference(Polarity),
    /// It says that its premises say its conclusion again.
    Rephrase,
}

impl Step {
    /// A step of which nothing else is known.
    pub(super) fn plain(kind: StepKind) -> Self {
        Self {
            kind,
            scheme: None,
            note: None,
        }
    }
}

/// How far a step has come on its way into the map.
#[derive(Clone)]
enum State {
    Waiting,
    /// Its inferences, one for each conclusion; none where it has been left out.
    Done(Vec<InferenceIdx>),
}

impl Net {
    /// Adds a node, and says where it is. A name that is taken is a fault, and the node that had it first stands.
    pub(super) fn node(&mut self, draft: &mut Draft, name: &Text, kind: NodeKind) -> usize {
        if let Some(&at) = self.by_name.get(&name.value) {
            // Two statements of one name have been reported.
            if !matches!(kind, NodeKind::Statement(_)) {
                let (id, first) = (name.value.clone(), self.nodes[at].span);
                draft.problem(name.span, ProblemKind::DuplicateId { id, first });
            }
            return at;
        }
        let at = self.nodes.len();
        self.by_name.insert(name.value.clone(), at);
        self.nodes.push(Node {
            span: name.span,
            kind,
        });
        at
    }

    /// Adds an edge between two nodes by their names; a name that no node has is a fault.
    pub(super) fn edge(&mut self, draft: &mut Draft, from: &Text, to: &Text) {
        let ends = [from, to].map(|name| {
            let found = self.by_name.get(&name.value).copied();
            if found.is_none() {
                draft.undefined(name, "node");
            }
            found
        });
        if let [Some(start), Some(end)] = ends {
            self.join(start, end, from.span);
        }
    }

    /// Adds an edge between two nodes by their places.
    pub(super) fn join(&mut self, from: usize, to: usize, span: Span) {
        self.edges.push((from, to, span));
    }

    /// Makes inferences of the steps, each after those that it undercuts. Linear in nodes and edges.
    pub(super) fn finish(self, draft: &mut Draft) {
        let mut weaver = Weaver::new(&self);
        for &(from, to, span) in &self.edges {
            weaver.edge(draft, from, to, span);
        }
        weaver.run(draft);
    }
}

/// What the edges say of each node that is a step.
struct Weaver<'n> {
    net: &'n Net,
    premises: Vec<Vec<(StatementIdx, Reference)>>,
    statements: Vec<Vec<StatementIdx>>,
    /// The steps that a step attacks.
    attacked: Vec<Vec<usize>>,
    /// The steps that attack a step.
    attackers: Vec<Vec<usize>>,
    states: Vec<State>,
}

impl<'n> Weaver<'n> {
    fn new(net: &'n Net) -> Self {
        let n = net.nodes.len();
        Self {
            net,
            premises: vec![Vec::new(); n],
            statements: vec![Vec::new(); n],
            attacked: vec![Vec::new(); n],
            attackers: vec![Vec::new(); n],
            states: vec![State::Waiting; n],
        }
    }

    fn edge(&mut self, draft: &mut Draft, from: usize, to: usize, span: Span) {
        use NodeKind::{Other, Statement, Step};
        match (&self.net.nodes[from].kind, &self.net.nodes[to].kind) {
            (Statement(statement), Step(_)) => {
                let reference = draft.reference_to(*statement, span);
                self.premises[to].push((*statement, reference));
            }
            (Step(_), Statement(statement)) => self.statements[from].push(*statement),
            (Step(step), Step(_)) if step.kind == StepKind::Inference(Polarity::Con) => {
                self.attacked[from].push(to);
                self.attackers[to].push(from);
            }
            (Step(_), Step(_)) => {
                draft.losses.add("supports and rephrases of steps", span);
            }
            (Statement(_), Statement(_)) => {
                draft
                    .losses
                    .add("edges between statements without a step", span);
            }
            (Other, _) | (_, Other) => {}
        }
    }

    /// Takes up each step once everything that it attacks has been.
    fn run(&mut self, draft: &mut Draft) {
        let mut n_waiting: Vec<usize> = self.attacked.iter().map(Vec::len).collect();
        let is_ready = |at: &usize| n_waiting[*at] == 0;
        let mut ready: VecDeque<usize> = (0..self.net.nodes.len()).filter(is_ready).collect();
        while let Some(at) = ready.pop_front() {
            let inferences = self.step(draft, at);
            self.states[at] = State::Done(inferences);
            for &attacker in &self.attackers[at] {
                n_waiting[attacker] -= 1;
                if n_waiting[attacker] == 0 {
                    ready.push_back(attacker);
                }
            }
        }
        // What waits for ever attacks itself, or what does. One finding tells of all of it.
        let is_waiting = |at: &usize| matches!(self.states[*at], State::Waiting);
        if let Some(first) = (0..self.net.nodes.len()).find(is_waiting) {
            draft.fault(self.net.nodes[first].span, ForeignFault::UndercutCircle);
        }
    }

    fn step(&mut self, draft: &mut Draft, at: usize) -> Vec<InferenceIdx> {
        let net = self.net;
        let NodeKind::Step(step) = &net.nodes[at].kind else {
            return Vec::new();
        };
        let span = net.nodes[at].span;
        let mut premises = std::mem::take(&mut self.premises[at]);
        let mut seen = FxHashSet::default();
        premises.retain(|(premise, _)| seen.insert(*premise));
        if premises.is_empty() {
            draft.losses.add("steps without premises", span);
            return Vec::new();
        }
        match step.kind {
            StepKind::Rephrase => {
                self.rephrase(draft, at, &premises);
                Vec::new()
            }
            StepKind::Inference(polarity) => {
                let targets = self.targets(draft, at);
                let premises = premises.into_iter().map(|(_, name)| Premise::Named(name));
                let premises: Vec<Premise> = premises.collect();
                let add = |target| {
                    let idx = draft.inference(NewInference {
                        polarity,
                        target,
                        premises: premises.clone(),
                        span,
                    });
                    let inference = &mut draft.map.inferences[idx.index()];
                    inference.scheme.clone_from(&step.scheme);
                    inference.note.clone_from(&step.note);
                    idx
                };
                targets.into_iter().map(add).collect()
            }
        }
    }

    /// What a step leads to: statements, and the inferences of steps that it attacks.
    fn targets(&self, draft: &mut Draft, at: usize) -> Vec<Target> {
        let statements = self.statements[at].iter().copied().map(Target::Statement);
        let attacked = self.attacked[at]
            .iter()
            .flat_map(|step| match &self.states[*step] {
                State::Done(inferences) => inferences.as_slice(),
                State::Waiting => unreachable!("a step is taken up after those that it attacks"),
            });
        let attacked = attacked.copied().map(Target::Inference);
        let targets = statements.chain(attacked).collect();
        self.conclusions(draft, at, targets)
    }

    /// Each conclusion of a step once, and not more than [`MAX_CONCLUSIONS`].
    fn conclusions<T: Copy + Eq + Hash>(
        &self,
        draft: &mut Draft,
        at: usize,
        mut found: Vec<T>,
    ) -> Vec<T> {
        let span = self.net.nodes[at].span;
        if found.is_empty() {
            draft.losses.add("steps without a conclusion", span);
        }
        let mut seen = FxHashSet::default();
        found.retain(|one| seen.insert(*one));
        let n_more = found.len().saturating_sub(MAX_CONCLUSIONS);
        let what = "conclusions of a step behind its sixty-fourth";
        draft.losses.add_several(what, n_more, span);
        found.truncate(MAX_CONCLUSIONS);
        found
    }

    fn rephrase(&self, draft: &mut Draft, at: usize, premises: &[(StatementIdx, Reference)]) {
        let originals = self.conclusions(draft, at, self.statements[at].clone());
        for original in originals {
            for (again, premise) in premises {
                let original = draft.reference_to(original, premise.span);
                draft.map.statements[again.index()].restates.push(original);
            }
        }
    }
}
