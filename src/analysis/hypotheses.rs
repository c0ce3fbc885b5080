//! What does each statement say of each thesis?

use super::framework::Framework;
use crate::model::{InferenceIdx, StatementIdx};

/// How a statement bears on a thesis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bearing {
    /// It speaks for the thesis.
    Consistent,
    /// It speaks against the thesis.
    Inconsistent,
    /// It does both.
    Mixed,
    /// The map leads from it to the thesis nowhere.
    #[default]
    Neutral,
}

impl Bearing {
    /// The names of all bearings.
    pub const NAMES: &[&str] = &["consistent", "inconsistent", "mixed", "neutral"];

    /// The name, as in tables.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// The matrix of an analysis of competing hypotheses (Heuer 1999): how every statement bears on every thesis.
///
/// It says what the author drew, whatever comes of it: verdicts are not looked at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hypotheses {
    /// The theses in document order, each once.
    pub theses: Vec<StatementIdx>,
    /// For each thesis, the bearing of every statement.
    bearings: Vec<Vec<Bearing>>,
}

impl Hypotheses {
    /// Follows the map's links from each thesis down to what it rests on.
    ///
    /// The sign of a chain is the product of its links': a reason keeps it, an objection turns it, and so does an
    /// undercut, against what the step that it attacks is for.
    /// As in the evaluation, the reasons for what contradicts a statement are against that, and so is the rival itself
    /// where it is assumed. Between theses this counts only where nothing else leads from a statement to the thesis,
    /// so that evidence for two of them speaks for both. O(n + m) for each thesis.
    pub fn of(framework: &Framework<'_>) -> Self {
        let mut theses = framework.graph.theses.clone();
        let mut is_new = vec![true; framework.n_statements()];
        theses.retain(|thesis| std::mem::take(&mut is_new[thesis.index()]));
        let bearings = theses.iter().map(|thesis| bearings(framework, *thesis));
        Self {
            bearings: bearings.collect(),
            theses,
        }
    }

    /// How a statement bears on the thesis of that number.
    pub fn bearing(&self, thesis: usize, statement: StatementIdx) -> Bearing {
        self.bearings[thesis][statement.index()]
    }

    /// Whether a statement helps to tell the theses apart: what bears alike on all does not.
    pub fn is_diagnostic(&self, statement: StatementIdx) -> bool {
        let mut bearings = self.bearings.iter().map(|of_all| of_all[statement.index()]);
        let first = bearings.next();
        bearings.any(|bearing| Some(bearing) != first)
    }
}

fn bearings(framework: &Framework<'_>, thesis: StatementIdx) -> Vec<Bearing> {
    let own = Reach::from(framework, thesis, [(Node::Statement(thesis), FOR)]);
    let rivals = framework.rivals.get(thesis.index()).iter();
    let cases = rivals.map(|rival| (Node::Case(*rival), AGAINST));
    let by_rivals = Reach::from(framework, thesis, cases);
    let pairs = own.statements.into_iter().zip(by_rivals.statements);
    pairs
        .map(
            |(own, by_rivals)| match if own == NONE { by_rivals } else { own } {
                NONE => Bearing::Neutral,
                FOR => Bearing::Consistent,
                AGAINST => Bearing::Inconsistent,
                _ => Bearing::Mixed,
            },
        )
        .collect()
}

/// A set of signs, a bit for each.
type Signs = u8;
const NONE: Signs = 0;
const FOR: Signs = 1;
const AGAINST: Signs = 2;

fn opposite(sign: Signs) -> Signs {
    FOR + AGAINST - sign
}

#[derive(Clone, Copy)]
enum Node {
    Statement(StatementIdx),
    Step(InferenceIdx),
    /// What speaks for a statement, as its rivals meet it.
    Case(StatementIdx),
}

/// The signs with which everything reaches a thesis.
struct Reach<'f, 'g> {
    framework: &'f Framework<'g>,
    thesis: StatementIdx,
    statements: Vec<Signs>,
    steps: Vec<Signs>,
    cases: Vec<Signs>,
    open: Vec<(Node, Signs)>,
}

impl<'f, 'g> Reach<'f, 'g> {
    /// Each node is visited at most once with each sign.
    fn from(
        framework: &'f Framework<'g>,
        thesis: StatementIdx,
        start: impl IntoIterator<Item = (Node, Signs)>,
    ) -> Self {
        let mut reach = Self {
            framework,
            thesis,
            statements: vec![NONE; framework.n_statements()],
            steps: vec![NONE; framework.n_inferences()],
            cases: vec![NONE; framework.n_statements()],
            open: Vec::new(),
        };
        for (node, sign) in start {
            reach.visit(node, sign);
        }
        while let Some((node, sign)) = reach.open.pop() {
            match node {
                Node::Statement(statement) => reach.leave_statement(statement, sign),
                Node::Step(step) => reach.leave_step(step, sign),
                Node::Case(statement) => reach.leave_case(statement, sign),
            }
        }
        reach
    }

    fn visit(&mut self, node: Node, sign: Signs) {
        let signs = match node {
            Node::Statement(statement) => &mut self.statements[statement.index()],
            Node::Step(step) => &mut self.steps[step.index()],
            Node::Case(statement) => &mut self.cases[statement.index()],
        };
        if *signs & sign == NONE {
            *signs |= sign;
            self.open.push((node, sign));
        }
    }

    fn leave_statement(&mut self, statement: StatementIdx, sign: Signs) {
        let (framework, graph) = (self.framework, self.framework.graph);
        for reason in graph.reasons.get(statement.index()) {
            self.visit(Node::Step(*reason), sign);
        }
        for objection in graph.objections.get(statement.index()) {
            self.visit(Node::Step(*objection), opposite(sign));
        }
        if statement != self.thesis {
            for rival in framework.rivals.get(statement.index()) {
                self.visit(Node::Case(*rival), opposite(sign));
            }
        }
    }

    fn leave_step(&mut self, step: InferenceIdx, sign: Signs) {
        let graph = self.framework.graph;
        for premise in graph.premises.get(step.index()) {
            self.visit(Node::Statement(*premise), sign);
        }
        for undercut in graph.undercuts.get(step.index()) {
            self.visit(Node::Step(*undercut), opposite(sign));
        }
    }

    fn leave_case(&mut self, statement: StatementIdx, sign: Signs) {
        let framework = self.framework;
        for reason in framework.graph.reasons.get(statement.index()) {
            self.visit(Node::Step(*reason), sign);
        }
        if framework.is_assumed[statement.index()] {
            self.visit(Node::Statement(statement), sign);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::vectors::{dossier, framework};

    /// The bearings of all evidence, as `id: one other`, with a star where it tells the theses apart.
    #[track_caller]
    fn check(map: &str, expected: &[&str]) {
        let dossier = dossier(map);
        let framework = framework(&dossier);
        let hypotheses = Hypotheses::of(&framework);
        let evidence = dossier.graph.statements();
        let evidence = evidence.filter(|s| dossier.map.statement(*s).kind.is_assumed());
        let lines = evidence.map(|s| {
            let theses = 0..hypotheses.theses.len();
            let names: Vec<_> = theses.map(|t| hypotheses.bearing(t, s).name()).collect();
            let star = if hypotheses.is_diagnostic(s) { "*" } else { "" };
            format!("{}{star}: {}", dossier.map.statement(s).id, names.join(" "))
        });
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_sign_is_the_product_of_the_links() {
        let map = "
thesis: [a, b]
claims:
  a: {text: A, reasons: [mid], objections: [e2]}
  b: {text: B, objections: [mid]}
  mid: {text: M, reasons: [{premises: [e1, e3], objections: [e4]}], objections: [e5]}
evidence: {e1: E1, e2: E2, e3: E3, e4: E4, e5: E5, e6: E6}";
        check(
            map,
            &[
                "e1*: consistent inconsistent",
                "e2*: inconsistent neutral",
                "e3*: consistent inconsistent",
                "e4*: inconsistent consistent",
                "e5*: inconsistent consistent",
                "e6: neutral neutral",
            ],
        );
    }

    #[test]
    fn what_speaks_for_and_against_is_mixed_and_circles_end() {
        let map = "
thesis: a
claims:
  a: {text: A, reasons: [b], objections: [e]}
  b: {text: B, reasons: [e], objections: [c]}
  c: {text: C, reasons: [b]}
evidence: {e: E}";
        check(map, &["e: mixed"]);
    }

    #[test]
    fn an_undercut_of_an_undercut_is_for_the_step() {
        let map = "
thesis: a
claims: {a: {text: A, reasons: [{premises: e1, objections: [{premises: e2, objections: [e3]}]}]}}
evidence: {e1: E1, e2: E2, e3: E3}";
        check(
            map,
            &["e1: consistent", "e2: inconsistent", "e3: consistent"],
        );
    }

    #[test]
    fn reasons_for_a_thesis_are_against_what_contradicts_it_unless_they_are_for_that_too() {
        let map = "
thesis: [a, b, c, a]
claims:
  a: {text: A, reasons: [e1, shared], contradicts: [b, c]}
  b: {text: B, reasons: [e2, shared], objections: [e3]}
  c: {text: C}
evidence: {e1: E1, e2: E2, e3: E3, shared: S}";
        check(
            map,
            &[
                "e1*: consistent inconsistent inconsistent",
                "e2*: inconsistent consistent neutral",
                "e3*: neutral inconsistent neutral",
                "shared*: consistent consistent inconsistent",
            ],
        );
    }

    #[test]
    fn within_a_chain_what_contradicts_a_step_is_against_it() {
        let map = "
thesis: a
claims:
  a: {text: A, reasons: [b, e1]}
  b: {text: B, contradicts: c}
  c: {text: C, reasons: [e2], objections: [e3]}
evidence: {e1: {text: E1, contradicts: e4}, e2: E2, e3: E3, e4: {text: E4, objections: [e5]}, e5: E5}";
        check(
            map,
            &[
                "e1: consistent",
                "e2: inconsistent",
                "e3: neutral",
                "e4: inconsistent",
                "e5: consistent",
            ],
        );
    }
}
