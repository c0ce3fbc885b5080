//! A map as an indented text: from the thesis down, in document order.

use super::choice::Choice;
use super::diagram::{Hidden, LeftOut};
use super::facts::{Facts, Status};
use super::select::Selection;
use crate::analysis::{Dossier, Proof, Verdict};
use crate::model::{InferenceIdx, Polarity, StatementIdx, StatementKind, Target};

/// A map as lines, each deeper than what it is for or against.
///
/// What several reasons share stands in full once; afterwards a line refers to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outline {
    /// The map's title.
    pub title: String,
    /// The question that the map answers.
    pub question: Option<String>,
    /// What is under the theses.
    pub argument: Vec<Line>,
    /// What is under no thesis, as far as is shown.
    pub rest: Vec<Line>,
    /// What a choice left out, option by option; empty where the whole map is shown.
    pub left_out: Vec<LeftOut>,
}

/// A line of an outline.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// How many lines above it leads to.
    pub depth: usize,
    /// How it bears on the nearest line above that is less deep.
    pub link: Link,
    /// The name of the step that it takes there: its label, else its scheme.
    pub step: Option<String>,
    /// What it says.
    pub content: Content,
    /// What hangs here and is not shown.
    pub hidden: Hidden,
}

/// How a line bears on the line that it is under.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    /// It is under none: a thesis.
    Thesis,
    /// It is under none, and no thesis.
    Loose,
    /// A reason for it.
    Reason,
    /// An objection to it.
    Objection,
    /// An objection to the step that it takes: its truth is not in question.
    Undercut,
    /// One of the premises that carry the step together.
    Premise,
}

/// What a line says.
#[derive(Clone, Debug, PartialEq)]
pub enum Content {
    /// A statement.
    Statement(Entry),
    /// A step of so many premises, which are the lines under it.
    Together(usize),
}

/// A statement on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its whole text.
    pub text: String,
    /// How it enters the argument.
    pub kind: StatementKind,
    /// What it rests on.
    pub status: Status,
    /// What the evaluation says of it.
    pub verdict: Verdict,
    /// Where what is under it stands.
    pub under: Under,
}

/// Where the lines under a statement are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Under {
    /// They follow, if there are any.
    Here,
    /// They are under the same statement's first line.
    Above,
    /// The line is one of them: the statement rests on itself.
    Circle,
}

/// What is still to be written; the next is the last.
enum Task {
    Step {
        inference: InferenceIdx,
        depth: usize,
    },
    Statement {
        statement: StatementIdx,
        depth: usize,
        link: Link,
        /// The step of which it is the only premise.
        by: Option<InferenceIdx>,
    },
    /// All that is under the statement has been written.
    Leave(StatementIdx),
}

struct Writer<'f, 'd> {
    facts: &'f Facts<'d>,
    shown: Shown<'f>,
    lines: Vec<Line>,
    tasks: Vec<Task>,
    under: Vec<Option<Under>>,
}

/// What is written.
#[derive(Clone, Copy)]
enum Shown<'f> {
    /// What is chosen.
    Chosen(&'f Selection),
    /// The steps of a proof, and every statement.
    Proof(&'f Proof),
    /// Everything.
    All,
}

impl Shown<'_> {
    fn has(self, statement: StatementIdx) -> bool {
        match self {
            Self::Chosen(selection) => selection.shows(statement),
            Self::Proof(_) | Self::All => true,
        }
    }

    fn has_step(self, inference: InferenceIdx) -> bool {
        match self {
            Self::Chosen(selection) => selection.shows_step(inference),
            Self::Proof(proof) => proof.uses(inference),
            Self::All => true,
        }
    }

    /// What hangs at a statement and at the step that it takes, and is not written.
    fn hidden(self, statement: Option<StatementIdx>, step: Option<InferenceIdx>) -> Hidden {
        let Self::Chosen(selection) = self else {
            return Hidden::default();
        };
        let here = statement.map(|it| selection.hidden_at(it));
        let there = step.map(|it| selection.hidden_at_step(it));
        let (here, there) = (here.unwrap_or_default(), there.unwrap_or_default());
        Hidden {
            under: here.under + there.under,
            over: here.over + there.over,
        }
    }
}

impl Outline {
    /// The outline of a whole map: its theses in document order, then what is under none of them.
    ///
    /// A walk in depth with a stack of its own; O(n + m).
    pub fn of(dossier: &Dossier) -> Self {
        Self::chosen(dossier, &Choice::default())
    }

    /// The same of what a reader chooses; what is not shown is counted where it hangs and told in
    /// [`Outline::left_out`]. O(n + m) for each option.
    pub fn chosen(dossier: &Dossier, choice: &Choice) -> Self {
        let selection = Selection::of(dossier, choice);
        let facts = Facts::of(dossier);
        let graph = &dossier.graph;
        let mut writer = Writer {
            facts: &facts,
            shown: Shown::Chosen(&selection),
            lines: Vec::new(),
            tasks: Vec::new(),
            under: vec![None; graph.n_statements()],
        };
        for thesis in &graph.theses {
            writer.root(*thesis, Link::Thesis);
        }
        let argument = std::mem::take(&mut writer.lines);
        // What nothing uses leads; of what is then left, every statement is used by another that is left.
        let is_unused = |statement: &StatementIdx| {
            let uses = graph.uses.get(statement.index());
            !uses.iter().any(|usage| selection.shows_step(*usage))
        };
        let leading = graph.statements().filter(is_unused);
        for statement in leading.chain(graph.statements()) {
            writer.root(statement, Link::Loose);
        }
        let question = dossier.map.about.question.as_ref();
        let rest = writer.lines;
        Self {
            title: dossier.title(),
            question: question.map(|question| question.value.clone()),
            argument,
            rest,
            left_out: selection.left_out,
        }
    }

    /// All that is under one statement, without a title; O(n + m).
    pub fn under(dossier: &Dossier, statement: StatementIdx) -> Self {
        Self::below(dossier, statement, Shown::All)
    }

    /// What proves the verdict on a statement, without a title; O(n + m).
    pub fn proving(dossier: &Dossier, statement: StatementIdx, proof: &Proof) -> Self {
        Self::below(dossier, statement, Shown::Proof(proof))
    }

    fn below(dossier: &Dossier, statement: StatementIdx, shown: Shown<'_>) -> Self {
        let facts = Facts::of(dossier);
        let mut writer = Writer {
            facts: &facts,
            shown,
            lines: Vec::new(),
            tasks: Vec::new(),
            under: vec![None; dossier.graph.n_statements()],
        };
        let is_thesis = facts.is_thesis(statement);
        writer.walk(
            statement,
            if is_thesis { Link::Thesis } else { Link::Loose },
        );
        Self {
            argument: writer.lines,
            ..Self::default()
        }
    }
}

impl Writer<'_, '_> {
    /// Writes a statement that is under none, unless it stands elsewhere.
    fn root(&mut self, statement: StatementIdx, link: Link) {
        if self.shown.has(statement) && self.under[statement.index()].is_none() {
            self.walk(statement, link);
        }
    }

    fn walk(&mut self, root: StatementIdx, link: Link) {
        self.tasks.push(Task::Statement {
            statement: root,
            depth: 0,
            link,
            by: None,
        });
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Leave(statement) => self.under[statement.index()] = Some(Under::Above),
                Task::Step { inference, depth } => self.step(inference, depth),
                Task::Statement {
                    statement,
                    depth,
                    link,
                    by,
                } => self.statement(statement, depth, link, by),
            }
        }
    }

    fn step(&mut self, inference: InferenceIdx, depth: usize) {
        let graph = &self.facts.dossier.graph;
        let at = inference.index();
        let link = match (graph.targets[at], graph.polarities[at]) {
            (Target::Inference(_), _) => Link::Undercut,
            (Target::Statement(_), Polarity::Pro) => Link::Reason,
            (Target::Statement(_), Polarity::Con) => Link::Objection,
        };
        let premises = graph.premises.get(at);
        if let [only] = premises {
            self.statement(*only, depth, link, Some(inference));
            return;
        }
        self.lines.push(Line {
            depth,
            link,
            step: self.step_name(inference),
            content: Content::Together(premises.len()),
            hidden: self.shown.hidden(None, Some(inference)),
        });
        self.steps_later(graph.undercuts.get(at), depth + 1);
        let premise = |premise: &StatementIdx| Task::Statement {
            statement: *premise,
            depth: depth + 1,
            link: Link::Premise,
            by: None,
        };
        let shown = self.shown;
        let premises = premises.iter().rev().filter(|it| shown.has(**it));
        self.tasks.extend(premises.map(premise));
    }

    fn statement(
        &mut self,
        statement: StatementIdx,
        depth: usize,
        link: Link,
        by: Option<InferenceIdx>,
    ) {
        let at = statement.index();
        let graph = &self.facts.dossier.graph;
        let written = self.facts.dossier.map.statement(statement);
        let under = self.under[at].unwrap_or(Under::Here);
        let first = (under == Under::Here).then_some(statement);
        self.lines.push(Line {
            depth,
            link,
            step: by.and_then(|inference| self.step_name(inference)),
            content: Content::Statement(Entry {
                id: written.id.clone(),
                text: written.text.value.clone(),
                kind: written.kind,
                status: self.facts.status(statement),
                verdict: self.facts.verdict(statement),
                under,
            }),
            hidden: self.shown.hidden(first, by),
        });
        if under == Under::Here {
            self.under[at] = Some(Under::Circle);
            self.tasks.push(Task::Leave(statement));
            self.steps_later(graph.objections.get(at), depth + 1);
            self.steps_later(graph.reasons.get(at), depth + 1);
        }
        if let Some(inference) = by {
            self.steps_later(graph.undercuts.get(inference.index()), depth + 1);
        }
    }

    fn steps_later(&mut self, inferences: &[InferenceIdx], depth: usize) {
        let step = |inference: &InferenceIdx| Task::Step {
            inference: *inference,
            depth,
        };
        let shown = self.shown;
        let shown = inferences.iter().rev().filter(|it| shown.has_step(**it));
        self.tasks.extend(shown.map(step));
    }

    fn step_name(&self, inference: InferenceIdx) -> Option<String> {
        let written = self.facts.dossier.map.inference(inference);
        let name = written.label.as_ref().or(written.scheme.as_ref());
        name.map(|name| name.value.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Explanation;
    use crate::source::NoFiles;

    fn shown(lines: &[Line]) -> Vec<String> {
        let line = |line: &Line| {
            let what = match &line.content {
                Content::Together(n) => format!("({n})"),
                Content::Statement(entry) if entry.under == Under::Here => entry.id.clone(),
                Content::Statement(entry) => format!("{} {:?}", entry.id, entry.under),
            };
            format!("{}{:?} {what}", "  ".repeat(line.depth), line.link)
        };
        lines.iter().map(line).collect()
    }

    fn outline(map: &str) -> Outline {
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        Outline::of(&dossier)
    }

    #[test]
    fn linked_premises_stand_under_their_step_and_shared_ones_once_in_full() {
        let map = "\
thesis:
  id: t
  claim: A thesis.
  reasons:
    - [a, b]
    - premises: a
      objections: [u]
  objections: [o]
claims:
  a: {text: An a., reasons: [c]}
  b: {text: A b., reasons: [c]}
  c: A c.
  o: An o.
  u: {text: A u., reasons: [v]}
  v: A v.
  x: {text: An x., reasons: [y]}
  y: {text: A y., reasons: [x, y]}
  z: {text: A z., reasons: [a]}
";
        let outline = outline(map);
        assert_eq!(
            shown(&outline.argument),
            [
                "Thesis t",
                "  Reason (2)",
                "    Premise a",
                "      Reason c",
                "    Premise b",
                "      Reason c Above",
                "  Reason a Above",
                "    Undercut u",
                "      Reason v",
                "  Objection o",
            ]
        );
        assert_eq!(
            shown(&outline.rest),
            [
                "Loose z",
                "  Reason a Above",
                "Loose x",
                "  Reason y",
                "    Reason x Circle",
                "    Reason y Circle",
            ]
        );
    }

    #[test]
    fn under_a_statement_stands_everything_or_what_proves_it() {
        let map = "\
thesis: t
claims:
  t: {text: A thesis., reasons: [a, b]}
  b: {text: A b., objections: [a]}
evidence: {a: An a.}
";
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        let thesis = dossier.graph.theses[0];
        let all = Outline::under(&dossier, thesis);
        let proof = Explanation::of(&dossier).proof(thesis);
        let proving = Outline::proving(&dossier, thesis, &proof);
        let whole = [
            "Thesis t",
            "  Reason a",
            "  Reason b",
            "    Objection a Above",
        ];
        assert_eq!(shown(&all.argument), whole);
        assert_eq!(shown(&proving.argument), whole[..2]);
    }

    #[test]
    fn a_choice_leaves_out_lines_and_counts_them_where_they_hang() {
        let map = "\
thesis: {id: t, claim: A thesis., reasons: [[a, b], c], objections: [o]}
claims:
  a: {text: An a., tags: [x]}
  b: {text: A b., reasons: [d]}
  c: {text: A c., reasons: [a]}
  d: A d.
  o: An o.
  z: A z.
";
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        let choice = Choice {
            tags: vec!["x".to_owned()],
            ..Choice::default()
        };
        let outline = Outline::chosen(&dossier, &choice);
        assert_eq!(
            shown(&outline.argument),
            [
                "Thesis t",
                "  Reason (2)",
                "    Premise a",
                "    Premise b",
                "  Reason c",
                "    Reason a Above",
            ]
        );
        assert!(outline.rest.is_empty());
        let hidden: Vec<_> = outline.argument.iter().map(|it| it.hidden.stub()).collect();
        let one = Some("+1".to_owned());
        assert_eq!(hidden, [one.clone(), None, None, one, None, None]);
        assert_eq!(
            outline.left_out[0].to_string(),
            "3 statements not shown (--tag x)"
        );
    }

    #[test]
    fn a_chain_of_any_length_needs_no_call_stack() {
        let claim = |at: usize| format!("  s{at}: {{text: A claim., reasons: [s{}]}}\n", at + 1);
        let claims: String = (0..50_000).map(claim).collect();
        let mut map = format!("thesis: s0\nclaims:\n{claims}");
        map += "  s50000: The last claim.\n";
        assert_eq!(outline(&map).argument.len(), 50_001);
    }
}
