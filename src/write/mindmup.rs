//! MindMup's argument visualisations: a tree of claims and of the groups that speak for and against them.

use serde_json::{Map, Value, json};

use super::Written;
use super::net::Names;
use super::unsaid::{Part, unsaid};
use crate::analysis::Dossier;
use crate::model::{InferenceIdx, Losses, Polarity, StatementIdx};

/// How deep claims and groups may stand. Readers of JSON give up where it nests too deep; what stands deeper goes on
/// at the top.
const MAX_DEPTH: usize = 100;

/// Writes a map as MindMup saves it. Linear in the map.
pub(super) fn mindmup(dossier: &Dossier) -> Written {
    let held = [
        Part::Theses,
        Part::Title,
        Part::Implicit,
        Part::Notes,
        Part::StepLabels,
        Part::StepNotes,
    ];
    let mut writer = Writer {
        dossier,
        losses: unsaid(dossier, &held),
        names: Names::of(dossier),
        is_placed: vec![false; dossier.graph.n_statements()],
        ideas: Vec::new(),
        open: Vec::new(),
    };
    writer.trees();
    let ideas = nested(writer.ideas);
    let document = json!({
        "formatVersion": 3,
        "id": "root",
        "title": dossier.title(),
        "attr": { "theme": "argMappingSimple" },
        "ideas": ranked(ideas),
    });
    // Where claims stand deep, most of a file with indents would be indents.
    let text = document.to_string() + "\n";
    let losses = writer.losses;
    Written { text, losses }
}

/// An idea, and the one that it hangs under, which comes before it.
struct Idea {
    parent: Option<usize>,
    value: Value,
}

/// An idea that is still to be placed.
#[derive(Clone, Copy)]
struct Task {
    what: What,
    parent: Option<usize>,
    depth: usize,
}

#[derive(Clone, Copy)]
enum What {
    Claim(StatementIdx),
    Group(InferenceIdx),
}

struct Writer<'d> {
    dossier: &'d Dossier,
    losses: Losses,
    names: Names<'d>,
    /// For each statement, whether it stands somewhere with all that is under it.
    is_placed: Vec<bool>,
    ideas: Vec<Idea>,
    open: Vec<Task>,
}

impl Writer<'_> {
    /// The theses come first, then what leads to none of them.
    fn trees(&mut self) {
        let graph = &self.dossier.graph;
        for thesis in &graph.theses {
            if !self.is_placed[thesis.index()] {
                self.tree(*thesis);
            }
        }
        let is_end = |idx: &StatementIdx| graph.uses.get(idx.index()).is_empty();
        for idx in graph.statements().filter(is_end).chain(graph.statements()) {
            if !self.is_placed[idx.index()] {
                let span = self.dossier.map.name_span(idx);
                let what = "that a statement at the top is no thesis";
                self.losses.add(what, span);
                self.tree(idx);
            }
        }
    }

    fn tree(&mut self, root: StatementIdx) {
        self.open.push(Task {
            what: What::Claim(root),
            parent: None,
            depth: 0,
        });
        while let Some(task) = self.open.pop() {
            match task.what {
                What::Claim(statement) => self.claim(task, statement),
                What::Group(inference) => self.group(task, inference),
            }
        }
    }

    fn claim(&mut self, task: Task, idx: StatementIdx) {
        let (map, graph) = (&self.dossier.map, &self.dossier.graph);
        let statement = map.statement(idx);
        let again = if self.is_placed[idx.index()] {
            Some("that a claim stands in several places is one")
        } else if task.depth >= MAX_DEPTH {
            Some("that a claim which stands too deep is one with a claim at the top")
        } else {
            None
        };
        let mut value = json!({ "title": statement.text.value });
        if statement.implicit {
            value["attr"]["styleNames"] = json!(["attr_implicit_claim"]);
        }
        if let Some(what) = again {
            self.losses.add(what, map.name_span(idx));
            value["id"] = json!(self.names.next("again"));
            self.idea(task, value);
            return;
        }
        self.is_placed[idx.index()] = true;
        value["id"] = json!(statement.id);
        if let Some(note) = &statement.note {
            value["attr"]["note"] = json!({ "index": 1, "text": note.value });
        }
        let at = self.idea(task, value);
        let steps = graph.reasons.get(idx.index()).iter();
        let steps = steps.chain(graph.objections.get(idx.index()));
        self.below(at, task.depth, steps.map(|step| What::Group(*step)));
    }

    fn group(&mut self, task: Task, idx: InferenceIdx) {
        let (map, graph) = (&self.dossier.map, &self.dossier.graph);
        let inference = map.inference(idx);
        let premises = graph.premises.get(idx.index());
        if premises.is_empty() {
            return self.losses.add("steps without premises", inference.span);
        }
        if task.depth >= 2 * MAX_DEPTH {
            let what = "objections to objections that stand too deep";
            return self.losses.add(what, inference.span);
        }
        let group = match graph.polarities[idx.index()] {
            Polarity::Pro => "supporting",
            Polarity::Con => "opposing",
        };
        let attr = json!({ "group": group, "contentLocked": true });
        let mut value = json!({ "id": inference.id, "title": "group", "attr": attr });
        if let Some(label) = &inference.label {
            value["attr"]["parentConnector"] = json!({ "label": label.value });
        }
        if let Some(note) = &inference.note {
            value["attr"]["note"] = json!({ "index": 1, "text": note.value });
        }
        let at = self.idea(task, value);
        let premises = premises.iter().map(|premise| What::Claim(*premise));
        let undercuts = graph.undercuts.get(idx.index()).iter();
        let undercuts = undercuts.map(|undercut| What::Group(*undercut));
        self.below(at, task.depth, premises.chain(undercuts));
    }

    fn idea(&mut self, task: Task, value: Value) -> usize {
        let parent = task.parent;
        self.ideas.push(Idea { parent, value });
        self.ideas.len() - 1
    }

    fn below(&mut self, parent: usize, depth: usize, ideas: impl Iterator<Item = What>) {
        let first = self.open.len();
        self.open.extend(ideas.map(|what| Task {
            what,
            parent: Some(parent),
            depth: depth + 1,
        }));
        self.open[first..].reverse();
    }
}

/// The ideas at the top, each with those under it.
fn nested(ideas: Vec<Idea>) -> Vec<Value> {
    let mut children: Vec<Vec<Value>> = vec![Vec::new(); ideas.len()];
    let mut top = Vec::new();
    // What is under an idea comes behind it, so that from the end on each is whole when its turn comes.
    for (at, mut idea) in ideas.into_iter().enumerate().rev() {
        let mut below = std::mem::take(&mut children[at]);
        below.reverse();
        if !below.is_empty() {
            idea.value["ideas"] = ranked(below);
        }
        match idea.parent {
            Some(parent) => children[parent].push(idea.value),
            None => top.push(idea.value),
        }
    }
    top.reverse();
    top
}

/// Ideas under their ranks.
fn ranked(ideas: Vec<Value>) -> Value {
    let ranks = (1..).map(|rank: usize| rank.to_string());
    Value::Object(ranks.zip(ideas).collect::<Map<_, _>>())
}
