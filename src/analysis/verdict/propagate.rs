//! The least fixpoint of the labelling conditions: what must be, whatever else may be.

use super::contest::{Case, Rivalry, Side, stronger};
use super::standard::Greatest;
use super::{Terms, Verdict, Verdicts};
use crate::analysis::framework::{Framework, Node};
use crate::model::{InferenceIdx, Polarity, Standard, StatementIdx, Target};

/// The order of what was not decided.
const NEVER: u32 = u32::MAX;

/// The verdicts so far, and what each open one waits for.
///
/// An inference holds when all its premises are in and all its undercuts out, and fails when a premise is out or an
/// undercut in. A statement is in when its standard is met even with every open objection held against it, and out
/// when it is not met even with every open reason. Each node is decided once and tells its neighbours once.
pub(super) struct Propagation<'f, 'g> {
    pub(super) framework: &'f Framework<'g>,
    terms: &'f Terms,
    pub(super) statements: Vec<Verdict>,
    pub(super) inferences: Vec<Verdict>,
    pros: Side,
    cons: Side,
    rivalry: Option<Rivalry>,
    /// For each inference, how many of its premises are not in yet and of its undercuts not out.
    waiting: Vec<u32>,
    pub(super) is_unfounded: Vec<bool>,
    /// What was decided, in order; the neighbours of the first `n_told` know.
    decided: Vec<Node>,
    n_told: usize,
}

impl<'f, 'g> Propagation<'f, 'g> {
    /// Everything open but what is given, and what follows from nothing.
    pub(super) fn start(framework: &'f Framework<'g>, terms: &'f Terms) -> Self {
        let (graph, weights) = (framework.graph, &framework.weights);
        let waiting = graph.inferences().map(|inference| {
            let at = inference.index();
            let n = graph.premises.get(at).len() + graph.undercuts.get(at).len();
            u32::try_from(n).expect("a map has fewer than 2^32 inferences")
        });
        let mut propagation = Self {
            statements: vec![Verdict::Undecided; framework.n_statements()],
            inferences: vec![Verdict::Undecided; framework.n_inferences()],
            pros: Side::new(&graph.reasons, weights),
            cons: Side::new(&graph.objections, weights),
            rivalry: None,
            waiting: waiting.collect(),
            is_unfounded: vec![false; framework.n_statements()],
            decided: Vec::with_capacity(framework.n_statements() + framework.n_inferences()),
            n_told: 0,
            framework,
            terms,
        };
        if framework.rivals.n_items() > 0 {
            let cases = graph
                .statements()
                .map(|s| propagation.case_for(s))
                .collect();
            propagation.rivalry = Some(Rivalry::new(framework, cases));
        }
        propagation.begin();
        propagation
    }

    fn begin(&mut self) {
        let terms = self.terms;
        for &(statement, verdict) in &terms.statements {
            self.decide(Node::Statement(statement), verdict);
        }
        for &(inference, verdict) in &terms.inferences {
            self.decide(Node::Inference(inference), verdict);
        }
        for inference in self.framework.graph.inferences() {
            if !self.framework.is_whole(inference) {
                self.decide(Node::Inference(inference), Verdict::Out);
            }
        }
        for statement in self.framework.graph.statements() {
            self.weigh(statement);
        }
    }

    /// Tells the neighbours of everything that was decided, until nothing more follows.
    pub(super) fn run(&mut self) {
        while let Some(&node) = self.decided.get(self.n_told) {
            self.n_told += 1;
            match node {
                Node::Statement(statement) => self.tell_uses(statement),
                Node::Inference(inference) => self.tell_target(inference),
            }
        }
    }

    /// Fixes a verdict; the first one stays.
    pub(super) fn decide(&mut self, node: Node, verdict: Verdict) {
        let own = match node {
            Node::Statement(statement) => &mut self.statements[statement.index()],
            Node::Inference(inference) => &mut self.inferences[inference.index()],
        };
        if *own == Verdict::Undecided && verdict != Verdict::Undecided {
            *own = verdict;
            self.decided.push(node);
        }
    }

    /// Whether nothing has settled it yet.
    pub(super) fn is_open(&self, node: Node) -> bool {
        let verdict = match node {
            Node::Statement(statement) => self.statements[statement.index()],
            Node::Inference(inference) => self.inferences[inference.index()],
        };
        verdict == Verdict::Undecided
    }

    /// Statements are numbered first, then inferences.
    pub(super) fn number(&self, node: Node) -> usize {
        match node {
            Node::Statement(statement) => statement.index(),
            Node::Inference(inference) => self.statements.len() + inference.index(),
        }
    }

    fn tell_uses(&mut self, statement: StatementIdx) {
        let verdict = self.statements[statement.index()];
        for &inference in self.framework.graph.uses.get(statement.index()) {
            self.premise_or_undercut(inference, verdict == Verdict::In);
        }
        if self.framework.is_assumed[statement.index()] {
            self.tell_rivals(statement);
        }
    }

    /// One of the conditions of an inference was decided, in its favour or not.
    fn premise_or_undercut(&mut self, inference: InferenceIdx, in_favour: bool) {
        if in_favour {
            self.waiting[inference.index()] -= 1;
            if self.waiting[inference.index()] == 0 {
                self.decide(Node::Inference(inference), Verdict::In);
            }
        } else {
            self.decide(Node::Inference(inference), Verdict::Out);
        }
    }

    fn tell_target(&mut self, inference: InferenceIdx) {
        let graph = self.framework.graph;
        let verdict = self.inferences[inference.index()];
        let statement = match graph.targets[inference.index()] {
            Target::Inference(target) => {
                return self.premise_or_undercut(target, verdict == Verdict::Out);
            }
            Target::Statement(statement) => statement,
        };
        let weights = &self.framework.weights;
        let is_reason = graph.polarities[inference.index()] == Polarity::Pro;
        let side = if is_reason {
            &mut self.pros
        } else {
            &mut self.cons
        };
        side.decided(statement, inference, weights, &self.inferences);
        self.weigh(statement);
        if is_reason {
            self.tell_rivals(statement);
        }
    }

    fn tell_rivals(&mut self, statement: StatementIdx) {
        let framework = self.framework;
        let case = self.case_for(statement);
        let Some(rivalry) = &mut self.rivalry else {
            return;
        };
        if rivalry.update(framework, statement, case) {
            for &rival in framework.rivals.get(statement.index()) {
                self.weigh(rival);
            }
        }
    }

    /// Decides a statement if its two sides do.
    fn weigh(&mut self, statement: StatementIdx) {
        if self.statements[statement.index()] != Verdict::Undecided {
            return;
        }
        let rivals = self.rival_case(statement);
        let (pros, cons) = (&self.pros, &self.cons);
        let weights = &self.framework.weights;
        let own = self.own_weight(statement);
        let must = stronger(own, pros.holding(statement));
        let may = stronger(own, pros.possible(statement, weights));
        let at_worst = stronger(cons.possible(statement, weights), rivals.possible);
        let at_best = stronger(cons.holding(statement), rivals.holding);
        if self.is_met(statement, must, at_worst) {
            self.decide(Node::Statement(statement), Verdict::In);
        } else if !self.is_met(statement, may, at_best) {
            self.decide(Node::Statement(statement), Verdict::Out);
        }
    }

    /// Whether a statement might still be in, were just these reasons to hold and no open objection.
    pub(super) fn could_stand(&self, statement: StatementIdx, reasons: Greatest) -> bool {
        let pro = stronger(self.own_weight(statement), reasons);
        let con = stronger(
            self.cons.holding(statement),
            self.rival_case(statement).holding,
        );
        self.is_met(statement, pro, con)
    }

    fn is_met(&self, statement: StatementIdx, pro: Greatest, con: Greatest) -> bool {
        let standard = self.standard(statement);
        self.terms.thresholds.is_met(standard, pro, con)
    }

    fn standard(&self, statement: StatementIdx) -> Standard {
        let own = self.framework.standards[statement.index()];
        self.terms.standard.unwrap_or(own)
    }

    /// What being assumed counts for.
    fn own_weight(&self, statement: StatementIdx) -> Greatest {
        let at = statement.index();
        self.framework.is_assumed[at].then(|| self.framework.base[at].middle())
    }

    fn rival_case(&self, statement: StatementIdx) -> Case {
        let rivalry = self.rivalry.as_ref();
        rivalry.map_or(Case::default(), |rivalry| rivalry.against(statement))
    }

    /// The case for a statement as its rivals meet it. What is assumed speaks against them as long as it stands.
    fn case_for(&self, statement: StatementIdx) -> Case {
        let verdict = self.statements[statement.index()];
        let own = self.own_weight(statement);
        let weights = &self.framework.weights;
        Case {
            holding: stronger(
                own.filter(|_| verdict == Verdict::In),
                self.pros.holding(statement),
            ),
            possible: stronger(
                own.filter(|_| verdict != Verdict::Out),
                self.pros.possible(statement, weights),
            ),
        }
    }

    pub(super) fn into_verdicts(self) -> Verdicts {
        let mut order = vec![NEVER; self.statements.len() + self.inferences.len()];
        for (at, node) in self.decided.iter().enumerate() {
            order[self.number(*node)] = u32::try_from(at).expect("a map has fewer than 2^32 nodes");
        }
        Verdicts {
            statements: self.statements,
            inferences: self.inferences,
            order,
            is_unfounded: self.is_unfounded,
        }
    }
}
