//! Goal structures in the YAML of gsn2x.

mod circles;
mod shape;

use rustc_hash::{FxHashMap, FxHashSet};
use serde_yaml::{Mapping, Value};

use self::shape::Shape;
use super::Written;
use super::net::Names;
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Losses, Polarity, StatementIdx, StatementKind, Target, Text};
use crate::read::{COUNTER_STRATEGY, UNSAID_STRATEGY};

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
    let mut losses = unsaid(dossier, &held);
    let mut writer = Writer {
        dossier,
        shape: Shape::of(dossier, &mut losses),
        losses,
        names: Names::of(dossier),
        ids: FxHashMap::default(),
        elements: Vec::new(),
        remarks: Vec::new(),
        of_steps: FxHashMap::default(),
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
    /// An element challenges one other only.
    challenges: Option<String>,
    undeveloped: bool,
    url: Option<String>,
    classes: Vec<String>,
    /// A layer: text beside an element that gsn2x shows where it is asked to.
    note: Option<String>,
}

struct Writer<'d> {
    dossier: &'d Dossier,
    losses: Losses,
    shape: Shape,
    names: Names<'d>,
    /// Ids that are written otherwise than in the map.
    ids: FxHashMap<&'d str, String>,
    /// Statements, each at its index; then steps.
    elements: Vec<Element>,
    remarks: Vec<Element>,
    /// The elements of steps that have one.
    of_steps: FxHashMap<InferenceIdx, usize>,
    /// Which element supports or challenges which already.
    said: FxHashSet<(Polarity, usize, usize)>,
}

impl<'d> Writer<'d> {
    /// Elements come before links, since objections may be to what follows them.
    fn structure(&mut self) {
        let graph = &self.dossier.graph;
        for idx in graph.statements() {
            self.statement(idx);
        }
        let steps = graph.inferences();
        let steps: Vec<_> = steps
            .filter(|it| self.shape.is_written[it.index()])
            .collect();
        for idx in &steps {
            if self.shape.has_element[idx.index()] {
                self.step(*idx);
            }
        }
        for idx in steps {
            match self.of_steps.get(&idx) {
                Some(element) => self.link_step(idx, *element),
                None => self.link(idx),
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

    fn statement(&mut self, idx: StatementIdx) {
        let statement = self.dossier.map.statement(idx);
        let node_type = self.shape.node_type(self.dossier, idx);
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
        let undeveloped = statement.undeveloped && !self.shape.is_supported(idx);
        if statement.undeveloped && !undeveloped {
            let what = "marks of undeveloped claims that have reasons";
            self.losses.add(what, statement.text.span);
        }
        let mut element = Element {
            id: self.id(&statement.id),
            node_type,
            text: statement.text.value.clone(),
            undeveloped,
            url: self.url(idx),
            classes: self.classes(&statement.tags),
            ..Element::default()
        };
        self.remark(&mut element, statement.note.as_ref());
        self.elements.push(element);
    }

    /// Tags, without the one that would make a strategy of a statement.
    fn classes(&mut self, tags: &[Text]) -> Vec<String> {
        let (kept, lost): (Vec<&Text>, Vec<&Text>) =
            tags.iter().partition(|tag| tag.value != COUNTER_STRATEGY);
        for tag in lost {
            let what = "tags that mean something else in a goal structure";
            self.losses.add(what, tag.span);
        }
        kept.into_iter().map(|tag| tag.value.clone()).collect()
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

    /// A note as a context where the element may have one, and as a layer of its own where not.
    fn remark(&mut self, element: &mut Element, note: Option<&Text>) {
        let text = note.map(|note| note.value.clone());
        match text {
            Some(text) if matches!(element.node_type, "Goal" | "Strategy") => {
                let id = self.names.next("C");
                element.context.push(id.clone());
                self.remarks.push(Element {
                    id,
                    node_type: "Context",
                    text,
                    ..Element::default()
                });
            }
            text => element.note = text,
        }
    }

    /// A step with an element of its own. The notation has no counter strategies, so a counter goal stands in.
    fn step(&mut self, idx: InferenceIdx) {
        let inference = self.dossier.map.inference(idx);
        let is_counter = self.shape.is_counter_step(self.dossier, idx);
        if is_counter {
            let what = "that what joins the premises of a counter goal is no goal";
            self.losses.add(what, inference.span);
        }
        let warrant = inference.warrant.as_ref();
        let mut element = Element {
            id: self.id(&inference.id),
            node_type: if is_counter {
                "CounterGoal"
            } else {
                "Strategy"
            },
            text: warrant.map_or(UNSAID_STRATEGY, |it| &it.value).to_owned(),
            ..Element::default()
        };
        if is_counter {
            element.classes.push(COUNTER_STRATEGY.to_owned());
        }
        self.of_steps.insert(idx, self.elements.len());
        self.elements.push(element);
    }

    fn link_step(&mut self, idx: InferenceIdx, element: usize) {
        let graph = &self.dossier.graph;
        for premise in graph.premises.get(idx.index()) {
            let link = (Polarity::Pro, premise.index(), element);
            if self.is_new(link, idx, "premises that a step names twice") {
                let id = self.elements[premise.index()].id.clone();
                let is_context = self.elements[premise.index()].node_type == "Assumption";
                let from = &mut self.elements[element];
                let list = if is_context {
                    &mut from.context
                } else {
                    &mut from.supported_by
                };
                list.push(id);
            }
        }
        let note = self.dossier.map.inference(idx).note.as_ref();
        let mut own = std::mem::take(&mut self.elements[element]);
        self.remark(&mut own, note);
        let target = self.target(idx);
        if graph.is_objection(idx) {
            own.challenges = Some(self.elements[target].id.clone());
        } else {
            self.elements[target].supported_by.push(own.id.clone());
        }
        self.elements[element] = own;
    }

    /// A step of one premise that says no more than that it is for or against its target.
    fn link(&mut self, idx: InferenceIdx) {
        let graph = &self.dossier.graph;
        let target = self.target(idx);
        let premise = graph.premises.get(idx.index())[0].index();
        let link = (graph.polarities[idx.index()], premise, target);
        if !self.is_new(link, idx, "steps that say the same as another") {
            return;
        }
        if graph.is_objection(idx) {
            let id = self.elements[target].id.clone();
            self.elements[premise].challenges = Some(id);
        } else {
            let id = self.elements[premise].id.clone();
            self.elements[target].supported_by.push(id);
        }
    }

    /// The element that a step is about.
    fn target(&self, idx: InferenceIdx) -> usize {
        match self.dossier.graph.targets[idx.index()] {
            Target::Statement(statement) => statement.index(),
            Target::Inference(step) => self.of_steps[&step],
        }
    }

    /// Whether one element does not support or challenge another one yet; a link that stands there is counted.
    fn is_new(
        &mut self,
        link: (Polarity, usize, usize),
        step: InferenceIdx,
        what: &'static str,
    ) -> bool {
        let is_new = self.said.insert(link);
        if !is_new {
            let span = self.dossier.map.inference(step).span;
            self.losses.add(what, span);
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
            ("classes", &self.classes),
        ];
        for (key, list) in lists.into_iter().filter(|(_, list)| !list.is_empty()) {
            let items = list.iter().map(|item| item.as_str().into());
            keys.insert(key.into(), Value::Sequence(items.collect()));
        }
        if self.undeveloped {
            keys.insert("undeveloped".into(), true.into());
        }
        let texts = [
            ("challenges", &self.challenges),
            ("url", &self.url),
            ("note", &self.note),
        ];
        for (key, text) in texts {
            if let Some(text) = text {
                keys.insert(key.into(), text.as_str().into());
            }
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
