//! Argument graphs of Carneades 4, in YAML.
//!
//! Its arguments are for their conclusions only, so an objection speaks for the opposite of what it is to; each
//! statement is a position of at most one issue, and an argument has at most one undercutter.

mod atoms;

use petgraph::unionfind::UnionFind;
use serde_yaml::{Mapping, Value};

use super::Written;
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{
    Inference, InferenceIdx, Losses, Polarity, Source, Standard, StatementIdx, StatementKind,
    Target,
};

/// Writes a map as an argument graph. All but linear in the map.
pub(super) fn carneades(dossier: &Dossier) -> Written {
    let held = [
        Part::Kinds,
        Part::Labels,
        Part::Notes,
        Part::Citations,
        Part::Standards,
        Part::Contradictions,
        Part::Weights,
        Part::StepLabels,
        Part::StepNotes,
        Part::Expectations,
        Part::Title,
        Part::About,
    ];
    let statements = dossier.map.statements.iter();
    let inferences = dossier.map.inferences.iter();
    let mut writer = Writer {
        dossier,
        losses: unsaid(dossier, &held),
        names: atoms::atoms(statements.map(|it| it.id.as_str())),
        step_names: atoms::atoms(inferences.map(|it| it.id.as_str())),
        statements: Mapping::new(),
        opposites: vec![None; dossier.graph.n_statements()],
        arguments: Mapping::new(),
    };
    let document = writer.document();
    Written::yaml(document, writer.losses)
}

struct Writer<'d> {
    dossier: &'d Dossier,
    losses: Losses,
    /// What each statement is called.
    names: Vec<String>,
    /// What each argument is called where a statement is about it.
    step_names: Vec<String>,
    statements: Mapping,
    /// For each statement, the one that says the opposite, where something is an objection to it.
    opposites: Vec<Option<String>>,
    arguments: Mapping,
}

impl Writer<'_> {
    fn document(&mut self) -> Mapping {
        let map = &self.dossier.map;
        for idx in self.dossier.graph.statements() {
            let value = self.statement(idx);
            self.statements.insert(self.name(idx).into(), value);
        }
        for idx in self.dossier.graph.inferences() {
            self.argument(idx);
        }
        let about = self.about();
        let sources = map.sources.iter().map(|source| {
            let id = Value::from(source.id.as_str());
            (id, self.reference(source).into())
        });
        let references: Mapping = sources.collect();
        let issues = self.issues();
        let parts = [
            ("meta", about),
            ("references", references),
            ("statements", std::mem::take(&mut self.statements)),
            ("issues", issues),
            ("arguments", std::mem::take(&mut self.arguments)),
            ("tests", self.tests()),
        ];
        let parts = parts.into_iter().filter(|(_, part)| !part.is_empty());
        parts.map(|(key, part)| (key.into(), part.into())).collect()
    }

    /// What a statement is called.
    fn name(&self, idx: StatementIdx) -> &str {
        &self.names[idx.index()]
    }

    fn about(&mut self) -> Mapping {
        let about = &self.dossier.map.about;
        if let Some(question) = &about.question {
            self.losses.add("the question", question.span);
        }
        let mut meta = Mapping::new();
        let texts = [
            ("title", &about.title),
            ("notes", &about.description),
            ("date", &about.date),
            ("language", &about.language),
            ("rights", &about.license),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                meta.insert(key.into(), text.value.as_str().into());
            }
        }
        if !about.authors.is_empty() {
            let authors = about.authors.iter().map(|it| it.value.as_str().into());
            meta.insert("creator".into(), Value::Sequence(authors.collect()));
        }
        meta
    }

    fn statement(&mut self, idx: StatementIdx) -> Value {
        let statement = self.dossier.map.statement(idx);
        if statement.kind == StatementKind::Evidence {
            let what = "that a statement is evidence, and no assumption";
            self.losses.add(what, statement.text.span);
        }
        let mut meta = Mapping::new();
        if self.name(idx) != statement.id {
            meta.insert("identifier".into(), statement.id.as_str().into());
        }
        for (key, text) in [("title", &statement.label), ("note", &statement.note)] {
            if let Some(text) = text {
                meta.insert(key.into(), text.value.as_str().into());
            }
        }
        let found = self.dossier.graph.citations.get(idx.index()).iter();
        let cited = found.flatten();
        let cited = cited.map(|source| &*self.dossier.map.sources[*source].id);
        let cited: Vec<Value> = cited.map(Value::from).collect();
        if !cited.is_empty() {
            meta.insert("source".into(), Value::Sequence(cited));
        }
        if !statement.kind.is_assumed() && meta.is_empty() {
            return statement.text.value.as_str().into();
        }
        let mut keys = Mapping::new();
        keys.insert("text".into(), statement.text.value.as_str().into());
        if statement.kind.is_assumed() {
            keys.insert("assumed".into(), true.into());
        }
        if !meta.is_empty() {
            keys.insert("meta".into(), meta.into());
        }
        keys.into()
    }

    fn argument(&mut self, idx: InferenceIdx) {
        let (map, graph) = (&self.dossier.map, &self.dossier.graph);
        let inference = map.inference(idx);
        let premises = graph.premises.get(idx.index());
        if premises.is_empty() {
            return self.losses.add("steps without premises", inference.span);
        }
        if let Target::Inference(target) = graph.targets[idx.index()]
            && graph.premises.get(target.index()).is_empty()
        {
            let what = "objections to steps without premises";
            return self.losses.add(what, inference.span);
        }
        let conclusion = match (graph.targets[idx.index()], graph.polarities[idx.index()]) {
            (Target::Statement(target), Polarity::Pro) => self.name(target).to_owned(),
            (Target::Statement(target), Polarity::Con) => self.opposite(target),
            (Target::Inference(target), Polarity::Con) if self.is_undercutter(target) => return,
            (Target::Inference(target), Polarity::Con) => self.exception(target),
            (Target::Inference(_), Polarity::Pro) => {
                return self.losses.add("support of steps", inference.span);
            }
        };
        let mut argument = Mapping::new();
        let premises = premises.iter();
        let premises = premises.map(|premise| self.name(*premise).into());
        argument.insert("premises".into(), Value::Sequence(premises.collect()));
        argument.insert("conclusion".into(), conclusion.into());
        if let Some(undercutter) = self.undercutter(idx) {
            argument.insert("undercutter".into(), undercutter.into());
        }
        describe(&mut argument, inference);
        self.arguments
            .insert(inference.id.as_str().into(), argument.into());
    }

    /// The statement that says the opposite of another, made where it is first needed.
    fn opposite(&mut self, of: StatementIdx) -> String {
        if let Some(opposite) = &self.opposites[of.index()] {
            return opposite.clone();
        }
        let statement = self.dossier.map.statement(of);
        let what = "that objections are to a statement, and not for its opposite";
        self.losses.add(what, self.dossier.map.name_span(of));
        let id = format!("¬{}", self.name(of));
        let text = format!("It is not so that: {}", statement.text.value);
        self.statements.insert(id.as_str().into(), text.into());
        self.opposites[of.index()] = Some(id.clone());
        id
    }

    /// Whether one statement alone undercuts a step by itself, so that it can be the step's undercutter.
    fn is_undercutter(&self, step: InferenceIdx) -> bool {
        let graph = &self.dossier.graph;
        let [undercut] = graph.undercuts.get(step.index()) else {
            return false;
        };
        let inference = self.dossier.map.inference(*undercut);
        graph.premises.get(undercut.index()).len() == 1
            && graph.undercuts.get(undercut.index()).is_empty()
            && inference.weight.is_none()
            && inference.label.is_none()
            && inference.note.is_none()
    }

    fn undercutter(&mut self, step: InferenceIdx) -> Option<String> {
        let (map, graph) = (&self.dossier.map, &self.dossier.graph);
        let undercuts = graph.undercuts.get(step.index());
        let is_real = |it: &InferenceIdx| !graph.premises.get(it.index()).is_empty();
        let first = undercuts.iter().find(|it| is_real(it))?;
        if self.is_undercutter(step) {
            let premise = graph.premises.get(first.index())[0];
            return Some(self.name(premise).to_owned());
        }
        let inference = map.inference(step);
        let what = "that objections are to a step, and not for a statement against it";
        self.losses.add(what, inference.span);
        let id = self.exception(step);
        let text = format!("The argument {} does not apply.", inference.id);
        self.statements.insert(id.as_str().into(), text.into());
        Some(id)
    }

    /// What the statement is called that a step does not apply.
    fn exception(&self, step: InferenceIdx) -> String {
        format!("¬app({})", self.step_names[step.index()])
    }

    /// Statements that cannot be true together, of which each is in one issue; with a standard, each has one.
    fn issues(&mut self) -> Mapping {
        let graph = &self.dossier.graph;
        let mut ties = UnionFind::<usize>::new(graph.n_statements());
        for (one, other) in &graph.contradictions {
            ties.union(one.index(), other.index());
        }
        let mut issues: Vec<Issue> = Vec::new();
        let mut of_root: Vec<Option<usize>> = vec![None; graph.n_statements()];
        for idx in graph.statements() {
            let issue = *of_root[ties.find(idx.index())].get_or_insert_with(|| {
                issues.push(Issue::new(idx));
                issues.len() - 1
            });
            self.position(&mut issues[issue], idx);
        }
        for (one, _) in &graph.contradictions {
            let issue = of_root[ties.find(one.index())];
            issues[issue.expect("every statement is in an issue")].n_pairs += 1;
        }
        issues.retain(|issue| issue.positions.len() > 1 || issue.standard.is_some());
        for issue in issues.iter().filter(|issue| issue.has_more_pairs()) {
            let span = self.dossier.map.name_span(issue.first);
            let what = "that some positions of an issue may be true together";
            self.losses.add(what, span);
        }
        let issues = issues.into_iter().zip(1..);
        let issues = issues.map(|(issue, number)| {
            let id = format!("issue-{number}");
            (id.into(), issue.keys().into())
        });
        issues.collect()
    }

    fn position(&mut self, issue: &mut Issue, idx: StatementIdx) {
        let statement = self.dossier.map.statement(idx);
        issue.positions.push(self.name(idx).to_owned());
        if let Some(opposite) = &self.opposites[idx.index()] {
            issue.positions.push(opposite.clone());
            issue.n_pairs += 1;
        }
        if let Some(standard) = &statement.standard {
            match (standard_name(standard.value), issue.standard) {
                (Some(name), None) => issue.standard = Some(name),
                (Some(name), Some(shared)) if name == shared => {}
                _ => self.losses.add("standards of proof", standard.span),
            }
        }
    }

    fn reference(&mut self, source: &Source) -> Mapping {
        let mut keys = Mapping::new();
        keys.insert("title".into(), source.title.value.as_str().into());
        for (key, value) in &source.fields {
            match reference_key(&key.value) {
                Some(name) => drop(keys.insert(name.into(), value.to_line().into())),
                None => self.losses.add("facts about sources", key.span),
            }
        }
        let others = [&source.file, &source.sha256, &source.reliability];
        let others = others.into_iter().flatten().map(|text| text.span);
        for span in others.chain(source.derived_from.iter().map(|it| it.span)) {
            self.losses.add("facts about sources", span);
        }
        keys
    }

    fn tests(&self) -> Mapping {
        let expected = &self.dossier.graph.expected;
        let lists = [
            ("in", &expected.accepted),
            ("out", &expected.rejected),
            ("undecided", &expected.undecided),
        ];
        let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
        let tests = lists.map(|(key, list)| {
            let names = list.iter().map(|it| self.name(it.value));
            (
                key.into(),
                Value::Sequence(names.map(Value::from).collect()),
            )
        });
        tests.collect()
    }
}

/// Positions of which at most one can be true.
struct Issue {
    first: StatementIdx,
    positions: Vec<String>,
    standard: Option<&'static str>,
    /// How many pairs of positions contradict each other in the map.
    n_pairs: usize,
}

impl Issue {
    fn new(first: StatementIdx) -> Self {
        Self {
            first,
            positions: Vec::new(),
            standard: None,
            n_pairs: 0,
        }
    }

    /// Whether more pairs of positions contradict each other in an issue than in the map.
    fn has_more_pairs(&self) -> bool {
        let n = self.positions.len();
        self.n_pairs < n * n.saturating_sub(1) / 2
    }

    fn keys(self) -> Mapping {
        let mut keys = Mapping::new();
        let positions = self.positions.into_iter().map(Value::from);
        keys.insert("positions".into(), Value::Sequence(positions.collect()));
        if let Some(standard) = self.standard {
            keys.insert("standard".into(), standard.into());
        }
        keys
    }
}

fn describe(argument: &mut Mapping, inference: &Inference) {
    if let Some(weight) = &inference.weight {
        argument.insert("weight".into(), weight.value.into());
    }
    let mut meta = Mapping::new();
    for (key, text) in [("title", &inference.label), ("note", &inference.note)] {
        if let Some(text) = text {
            meta.insert(key.into(), text.value.as_str().into());
        }
    }
    if !meta.is_empty() {
        argument.insert("meta".into(), meta.into());
    }
}

/// Carneades' name of a standard; the two easiest it does not take from a file.
fn standard_name(standard: Standard) -> Option<&'static str> {
    match standard {
        Standard::Scintilla | Standard::DialecticalValidity => None,
        Standard::Preponderance => Some("PE"),
        Standard::ClearAndConvincing => Some("CCE"),
        Standard::BeyondReasonableDoubt => Some("BRD"),
    }
}

/// The key of Dublin Core for a bibliographic field.
fn reference_key(field: &str) -> Option<&'static str> {
    Some(match field {
        "author" => "creator",
        "date" => "date",
        "publisher" => "publisher",
        "editor" => "editor",
        "url" => "url",
        "doi" => "doi",
        "language" => "language",
        "volume" => "volume",
        "issue" => "issue",
        "page-range" => "pages",
        "note" => "note",
        "abstract" => "abstract",
        _ => return None,
    })
}
