//! Goal structures in the YAML of gsn2x.

use rustc_hash::{FxHashMap, FxHashSet};
use serde_yaml::{Mapping, Value};

use super::Written;
use super::net::Names;
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Losses, Polarity, StatementIdx, StatementKind, Target, Text};
use crate::read::UNSAID_STRATEGY;

/// Writes a map as a goal structure. Linear in the map.
pub(super) fn gsn2x(dossier: &Dossier) -> Written {
    let held = [
        Part::Kinds,
        Part::Title,
        Part::Undeveloped,
        Part::Notes,
        Part::StepNotes,
        Part::Tags,
        Part::Warrants,
        Part::Citations,
    ];
    let mut writer = Writer {
        dossier,
        losses: unsaid(dossier, &held),
        names: Names::of(dossier),
        ids: FxHashMap::default(),
        elements: Vec::new(),
        remarks: Vec::new(),
        said: FxHashSet::default(),
    };
    writer.structure();
    Written::yaml(writer.document(), writer.losses)
}

/// An element: its keys in order.
#[derive(Default)]
struct Element {
    id: String,
    node_type: &'static str,
    text: String,
    supported_by: Vec<String>,
    context: Vec<String>,
    challenges: Vec<String>,
    undeveloped: bool,
    url: Option<String>,
    classes: Vec<String>,
}

struct Writer<'d> {
    dossier: &'d Dossier,
    losses: Losses,
    names: Names<'d>,
    /// Ids that are written otherwise than in the map.
    ids: FxHashMap<&'d str, String>,
    /// Statements, each at its index; then strategies.
    elements: Vec<Element>,
    remarks: Vec<Element>,
    /// Which statement supports or challenges which element already.
    said: FxHashSet<(Polarity, usize, usize)>,
}

impl<'d> Writer<'d> {
    fn structure(&mut self) {
        let roles = Roles::of(self.dossier);
        for idx in self.dossier.graph.statements() {
            self.statement(idx, &roles);
        }
        let mut strategies = FxHashMap::default();
        for idx in self.dossier.graph.inferences() {
            match self.dossier.graph.premises.get(idx.index()) {
                [] => {
                    let span = self.dossier.map.inference(idx).span;
                    self.losses.add("steps without premises", span);
                }
                premises => self.step(idx, premises, &roles, &mut strategies),
            }
        }
    }

    /// The id under which an element is written: `module` is the one word that no element may be called.
    fn id(&mut self, id: &'d str) -> String {
        if id != "module" {
            return id.to_owned();
        }
        let names = &mut self.names;
        self.ids
            .entry(id)
            .or_insert_with(|| names.next("G"))
            .clone()
    }

    fn statement(&mut self, idx: StatementIdx, roles: &Roles) {
        let statement = self.dossier.map.statement(idx);
        let node_type = roles.node_type(self.dossier, idx);
        let is_kept = match statement.kind {
            StatementKind::Claim => true,
            StatementKind::Evidence => node_type.ends_with("Solution"),
            StatementKind::Assumption => node_type == "Assumption",
        };
        if !is_kept {
            let span = self.dossier.map.name_span(idx);
            let what = "kinds of statements that a goal structure needs as goals";
            self.losses.add(what, span);
        }
        let context = self.remark(statement.note.as_ref());
        let element = Element {
            id: self.id(&statement.id),
            node_type,
            text: statement.text.value.clone(),
            context: context.into_iter().collect(),
            undeveloped: statement.undeveloped,
            url: self.url(idx),
            classes: statement.tags.iter().map(|tag| tag.value.clone()).collect(),
            ..Element::default()
        };
        self.elements.push(element);
    }

    /// The address of the first work that a statement cites.
    fn url(&mut self, idx: StatementIdx) -> Option<String> {
        let statement = self.dossier.map.statement(idx);
        let found = self.dossier.graph.citations.get(idx.index());
        let mut first = None;
        for (citation, source) in statement.citations.iter().zip(found) {
            let source = source.map(|source| &self.dossier.map.sources[source]);
            let url = source.and_then(|source| source.url());
            let span = citation.source.span;
            match (url, source) {
                (Some(url), Some(source)) if first.is_none() => {
                    if source.title.value != url {
                        self.losses.add("what works are but their address", span);
                    }
                    first = Some(url.to_owned());
                }
                (Some(_), _) => self.losses.add("further citations of a statement", span),
                (None, _) => self
                    .losses
                    .add("citations of works without an address", span),
            }
        }
        first
    }

    /// A note as a context.
    fn remark(&mut self, note: Option<&Text>) -> Option<String> {
        let text = note?.value.clone();
        let id = self.names.next("C");
        self.remarks.push(Element {
            id: id.clone(),
            node_type: "Context",
            text,
            ..Element::default()
        });
        Some(id)
    }

    fn step(
        &mut self,
        idx: InferenceIdx,
        premises: &[StatementIdx],
        roles: &Roles,
        strategies: &mut FxHashMap<InferenceIdx, usize>,
    ) {
        let at = idx.index();
        let graph = &self.dossier.graph;
        match (graph.polarities[at], graph.targets[at]) {
            (Polarity::Con, target) => self.challenge(idx, target, premises, strategies),
            (Polarity::Pro, Target::Statement(target)) if roles.strategies[at] => {
                strategies.insert(idx, self.elements.len());
                let id = self.strategy(idx, premises, roles);
                self.elements[target.index()].supported_by.push(id);
            }
            (Polarity::Pro, Target::Statement(target)) => {
                let premise = premises[0].index();
                if self.is_new(idx, premise, target.index()) {
                    let id = self.elements[premise].id.clone();
                    self.elements[target.index()].supported_by.push(id);
                }
            }
            (Polarity::Pro, Target::Inference(_)) => {
                let span = self.dossier.map.inference(idx).span;
                self.losses.add("support of steps", span);
            }
        }
    }

    fn strategy(&mut self, idx: InferenceIdx, premises: &[StatementIdx], roles: &Roles) -> String {
        let inference = self.dossier.map.inference(idx);
        let mut element = Element {
            id: self.id(&inference.id),
            node_type: "Strategy",
            text: inference.warrant.as_ref().map_or_else(
                || UNSAID_STRATEGY.to_owned(),
                |warrant| warrant.value.clone(),
            ),
            ..Element::default()
        };
        for premise in premises {
            let id = self.elements[premise.index()].id.clone();
            if roles.node_type(self.dossier, *premise) == "Assumption" {
                element.context.push(id);
            } else {
                element.supported_by.push(id);
            }
        }
        element.context.extend(self.remark(inference.note.as_ref()));
        let id = element.id.clone();
        self.elements.push(element);
        id
    }

    fn challenge(
        &mut self,
        idx: InferenceIdx,
        target: Target,
        premises: &[StatementIdx],
        strategies: &FxHashMap<InferenceIdx, usize>,
    ) {
        let inference = self.dossier.map.inference(idx);
        let mut lose = |text: Option<&Text>, what| {
            if let Some(text) = text {
                self.losses.add(what, text.span);
            }
        };
        lose(inference.warrant.as_ref(), "warrants of objections");
        lose(inference.note.as_ref(), "notes on objections");
        let challenged = match target {
            Target::Statement(statement) => Some(statement.index()),
            Target::Inference(step) => strategies.get(&step).copied().or_else(|| {
                let what = "that an objection is to an objection, and not to what it says";
                self.losses.add(what, inference.span);
                let first = self.dossier.graph.premises.get(step.index()).first();
                first.map(|first| first.index())
            }),
        };
        let Some(challenged) = challenged else { return };
        if premises.len() > 1 {
            self.losses
                .add("that premises of objections are linked", inference.span);
        }
        for premise in premises {
            if self.is_new(idx, premise.index(), challenged) {
                let id = self.elements[challenged].id.clone();
                self.elements[premise.index()].challenges.push(id);
            }
        }
    }

    /// Whether a link is none that stands there already, which is counted.
    fn is_new(&mut self, step: InferenceIdx, from: usize, to: usize) -> bool {
        let polarity = self.dossier.graph.polarities[step.index()];
        let is_new = self.said.insert((polarity, from, to));
        if !is_new {
            let span = self.dossier.map.inference(step).span;
            self.losses.add("steps that say the same as another", span);
        }
        is_new
    }

    fn document(&self) -> Mapping {
        let mut document = Mapping::new();
        if let Some(title) = &self.dossier.map.about.title {
            let mut module = Mapping::new();
            module.insert("name".into(), title.value.as_str().into());
            document.insert("module".into(), module.into());
        }
        for element in self.elements.iter().chain(&self.remarks) {
            document.insert(element.id.as_str().into(), element.keys().into());
        }
        document
    }
}

impl Element {
    fn keys(&self) -> Mapping {
        let mut keys = Mapping::new();
        keys.insert("text".into(), self.text.as_str().into());
        if kind_of(&self.id) != self.node_type {
            keys.insert("nodeType".into(), self.node_type.into());
        }
        let lists = [
            ("supportedBy", &self.supported_by),
            ("inContextOf", &self.context),
            ("challenges", &self.challenges),
            ("classes", &self.classes),
        ];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let items = list.iter().map(|item| item.as_str().into());
            keys.insert(key.into(), Value::Sequence(items.collect()));
        }
        if self.undeveloped {
            keys.insert("undeveloped".into(), true.into());
        }
        if let Some(url) = &self.url {
            keys.insert("url".into(), url.as_str().into());
        }
        keys
    }
}

/// What an id alone makes of an element.
fn kind_of(id: &str) -> &'static str {
    let is_letter = |c: char| c.is_ascii_alphabetic();
    let letters = id.find(|c| !is_letter(c)).unwrap_or(id.len());
    match &id[..letters] {
        "G" => "Goal",
        "S" => "Strategy",
        "Sn" => "Solution",
        "C" => "Context",
        "A" => "Assumption",
        "CG" => "CounterGoal",
        "CSn" => "CounterSolution",
        _ => "",
    }
}

/// What statements and steps do in the argument, which decides what they are in a goal structure.
struct Roles {
    /// For each statement, whether it is a premise of an objection.
    challengers: Vec<bool>,
    /// For each statement, whether it is an assumption that stands only where a context can.
    contexts: Vec<bool>,
    /// For each step, whether it needs an element of its own.
    strategies: Vec<bool>,
}

impl Roles {
    fn of(dossier: &Dossier) -> Self {
        let (map, graph) = (&dossier.map, &dossier.graph);
        let is_assumption =
            |idx: StatementIdx| map.statement(idx).kind == StatementKind::Assumption;
        let mut roles = Self {
            challengers: vec![false; graph.n_statements()],
            contexts: graph.statements().map(is_assumption).collect(),
            strategies: vec![false; graph.n_inferences()],
        };
        for idx in graph.inferences() {
            let (at, inference) = (idx.index(), map.inference(idx));
            let premises = graph.premises.get(at);
            let is_con = graph.polarities[at] == Polarity::Con;
            let only_assumed = premises.iter().all(|premise| is_assumption(*premise));
            for premise in premises {
                roles.challengers[premise.index()] |= is_con;
                roles.contexts[premise.index()] &= !is_con && !only_assumed;
            }
            if let (Target::Statement(target), false) = (graph.targets[at], is_con) {
                roles.contexts[target.index()] = false;
            }
            let has_words = inference.warrant.is_some() || inference.note.is_some();
            let has_undercuts = !graph.undercuts.get(at).is_empty();
            roles.strategies[at] = !is_con && (premises.len() > 1 || has_words || has_undercuts);
        }
        for idx in graph.statements() {
            roles.contexts[idx.index()] &= !graph.uses.get(idx.index()).is_empty();
        }
        roles
    }

    fn node_type(&self, dossier: &Dossier, idx: StatementIdx) -> &'static str {
        let is_solution = dossier.map.statement(idx).kind == StatementKind::Evidence
            && dossier.graph.reasons.get(idx.index()).is_empty();
        match (is_solution, self.challengers[idx.index()]) {
            (true, true) => "CounterSolution",
            (true, false) => "Solution",
            (false, true) => "CounterGoal",
            (false, false) if self.contexts[idx.index()] => "Assumption",
            (false, false) => "Goal",
        }
    }
}
