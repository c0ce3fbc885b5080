//! What each number is computed from.

use crate::analysis::framework::{Framework, Node};
use crate::model::{InferenceIdx, StatementIdx, Target};

/// Something that has a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vertex {
    /// The strength of a statement.
    Statement(usize),
    /// The contribution of an inference.
    Inference(usize),
    /// What a statement brings against its rivals.
    Case(usize),
}

/// The numbers of a map as vertices, and as links what they are computed from.
///
/// Statements come first, then inferences, then the cases of statements, which only a map with contradictions has.
/// The case of what is assumed is its strength, and the reasons for it are in that; the case of a claim is the reasons
/// for it alone.
#[derive(Clone, Copy)]
pub(super) struct Network<'f, 'g> {
    pub(super) framework: &'f Framework<'g>,
    /// For each inference, whether it contributes nothing, whatever its premises are; empty where all contribute.
    is_idle: &'f [bool],
}

impl<'f, 'g> Network<'f, 'g> {
    pub(super) fn new(framework: &'f Framework<'g>, is_idle: &'f [bool]) -> Self {
        Self { framework, is_idle }
    }

    pub(super) fn n_vertices(&self) -> usize {
        let n = self.framework.n_statements();
        let n_cases = if self.framework.rivals.n_items() > 0 {
            n
        } else {
            0
        };
        n + self.framework.n_inferences() + n_cases
    }

    /// All vertices, the statements first, each kind from the last of the document to the first.
    pub(super) fn backwards(&self) -> impl Iterator<Item = usize> {
        let n = self.framework.n_statements();
        (0..n).rev().chain((n..self.n_vertices()).rev())
    }

    pub(super) fn vertex(&self, at: usize) -> Vertex {
        let (n, m) = (self.framework.n_statements(), self.framework.n_inferences());
        if at < n {
            Vertex::Statement(at)
        } else if at < n + m {
            Vertex::Inference(at - n)
        } else {
            Vertex::Case(at - n - m)
        }
    }

    pub(super) fn number(&self, node: Node) -> usize {
        match node {
            Node::Statement(statement) => statement.index(),
            Node::Inference(inference) => self.inference(inference),
        }
    }

    pub(super) fn inference(&self, inference: InferenceIdx) -> usize {
        self.framework.n_statements() + inference.index()
    }

    pub(super) fn case(&self, statement: StatementIdx) -> usize {
        self.framework.n_statements() + self.framework.n_inferences() + statement.index()
    }

    pub(super) fn is_idle(&self, inference: usize) -> bool {
        self.is_idle.get(inference) == Some(&true)
    }

    /// Whether the vertex lowers what it goes into: an objection, or a case.
    pub(super) fn is_attacker(&self, at: usize) -> bool {
        match self.vertex(at) {
            Vertex::Statement(_) => false,
            Vertex::Inference(inference) => self
                .framework
                .supported(InferenceIdx::new(inference))
                .is_none(),
            Vertex::Case(_) => true,
        }
    }

    /// Visits what a vertex is computed from.
    pub(super) fn each_input(&self, at: usize, mut visit: impl FnMut(usize)) {
        let graph = self.framework.graph;
        match self.vertex(at) {
            Vertex::Statement(at) => {
                let sides = graph.reasons.get(at).iter().chain(graph.objections.get(at));
                sides.for_each(|inference| visit(self.inference(*inference)));
                let rivals = self.framework.rivals.get(at).iter();
                rivals.for_each(|rival| visit(self.case(*rival)));
            }
            Vertex::Inference(at) if self.is_idle(at) => {}
            Vertex::Inference(at) => {
                let premises = graph.premises.get(at).iter();
                premises.for_each(|premise| visit(premise.index()));
                let undercuts = graph.undercuts.get(at).iter();
                undercuts.for_each(|undercut| visit(self.inference(*undercut)));
            }
            Vertex::Case(at) if !self.has_case(at) => {}
            Vertex::Case(at) if self.framework.is_assumed[at] => visit(at),
            Vertex::Case(at) => {
                let reasons = graph.reasons.get(at).iter();
                reasons.for_each(|reason| visit(self.inference(*reason)));
            }
        }
    }

    /// Visits what is computed from a vertex.
    pub(super) fn each_dependent(&self, at: usize, mut visit: impl FnMut(usize)) {
        let framework = self.framework;
        match self.vertex(at) {
            Vertex::Statement(at) => {
                let uses = framework.graph.uses.get(at).iter();
                uses.filter(|inference| !self.is_idle(inference.index()))
                    .for_each(|inference| visit(self.inference(*inference)));
                if framework.is_assumed[at] && self.has_case(at) {
                    visit(self.case(StatementIdx::new(at)));
                }
            }
            Vertex::Inference(at) => {
                let inference = InferenceIdx::new(at);
                match framework.graph.targets[at] {
                    Target::Statement(target) => visit(target.index()),
                    Target::Inference(target) if self.is_idle(target.index()) => {}
                    Target::Inference(target) => visit(self.inference(target)),
                }
                let supported = framework.supported(inference);
                let claim = supported.filter(|s| !framework.is_assumed[s.index()]);
                if let Some(claim) = claim.filter(|claim| self.has_case(claim.index())) {
                    visit(self.case(claim));
                }
            }
            Vertex::Case(at) => {
                let rivals = framework.rivals.get(at).iter();
                rivals.for_each(|rival| visit(rival.index()));
            }
        }
    }

    /// Whether a statement has rivals.
    pub(super) fn has_case(&self, statement: usize) -> bool {
        !self.framework.rivals.get(statement).is_empty()
    }
}
