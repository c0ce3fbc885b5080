//! Inferences: the items of `reasons` and `objections`, in their four forms.

use super::document::{Reader, Task};
use super::fields::Fields;
use super::keys;
use crate::model::{
    Absent, Answer, Expected, Inference, InferenceIdx, Place, Polarity, ProblemKind, Target,
};
use crate::source::Span;
use crate::syntax::{Entry, NodeId, Value};

impl Reader<'_, '_> {
    /// An item of a list of reasons or objections.
    pub(super) fn inference(&mut self, node: NodeId, target: Target, polarity: Polarity) {
        let span = self.tree.span(node);
        match self.tree.value(node) {
            Value::Scalar(_) => {
                let idx = self.start_inference(span, target, polarity);
                self.tasks.push(Task::Premise { node, of: idx });
            }
            Value::Sequence(items) => {
                let idx = self.start_inference(span, target, polarity);
                self.linked(items, node, idx);
            }
            Value::Mapping(_) if self.has_key(node, "premises") => {
                self.long_form(node, target, polarity);
            }
            Value::Mapping(_) if keys::KINDS.iter().any(|kind| self.has_key(node, kind)) => {
                let idx = self.start_inference(span, target, polarity);
                self.tasks.push(Task::Premise { node, of: idx });
            }
            Value::Mapping(_) => {
                // Whatever was meant, it was meant as one.
                self.start_inference(span, target, polarity);
                self.neither(node);
            }
        }
    }

    /// `premises` with what can be said about the step itself.
    fn long_form(&mut self, node: NodeId, target: Target, polarity: Polarity) {
        let Some(fields) = self.fields(node, Place::Inference) else {
            return;
        };
        let idx = self.start_inference(self.tree.span(node), target, polarity);
        self.inference_fields(&fields, idx);
        let undercuts = fields.iter().filter(|(key, _)| *key == "objections");
        let undercuts: Vec<(NodeId, Polarity)> =
            undercuts.map(|(_, list)| (list, Polarity::Con)).collect();
        self.push_lists(&undercuts, Target::Inference(idx));
        let premises = fields
            .get("premises")
            .expect("the long form was told by this key");
        match self.tree.value(premises) {
            Value::Sequence(items) => self.linked(items, premises, idx),
            Value::Mapping(_) if self.has_key(premises, "premises") => {
                let expected = Expected {
                    words: "statements",
                    example: "[deck-unsafe, detour-short]",
                };
                self.wrong_type(premises, "`premises`", expected);
            }
            _ => self.tasks.push(Task::Premise {
                node: premises,
                of: idx,
            }),
        }
    }

    fn inference_fields(&mut self, fields: &Fields, idx: InferenceIdx) {
        let mut inference = self.map.inferences[idx.index()].clone();
        inference.incomplete = fields.incomplete || fields.may_have("objections");
        for (key, node) in fields.iter() {
            match key {
                "id" => {
                    if let Some(id) = self.id(node, "`id`") {
                        inference.id = self.full_id(&id.value);
                        inference.id_span = Some(id.span);
                    }
                }
                "scheme" => inference.scheme = self.text(node, "`scheme`"),
                "warrant" => inference.warrant = self.text(node, "`warrant`"),
                "weight" => inference.weight = self.share(node, "`weight`"),
                "answers" => {
                    let pairs = self.text_pairs(node, "`answers`", "backup-evidence: rating-low");
                    let answers = pairs.into_iter();
                    inference.answers = answers
                        .map(|(question, answer)| Answer { question, answer })
                        .collect();
                }
                "label" => inference.label = self.text(node, "`label`"),
                "tags" => inference.tags = self.text_list(node, "`tags`"),
                "note" => inference.note = self.text(node, "`note`"),
                "allow" => inference.allow = self.allow(node),
                "premises" | "objections" => {}
                _ => unreachable!("`{key}` is not a key of an inference"),
            }
        }
        self.map.inferences[idx.index()] = inference;
    }

    /// Premises that carry the target together.
    fn linked(&mut self, items: &[NodeId], list: NodeId, idx: InferenceIdx) {
        if items.is_empty() && !self.tree.node(list).incomplete {
            self.problem_at(list, ProblemKind::Missing(Absent::Premises));
        }
        let tasks = items
            .iter()
            .rev()
            .map(|&node| Task::Premise { node, of: idx });
        self.tasks.extend(tasks);
    }

    /// A mapping that is neither a statement nor the long form: says which key is off, else what is missing.
    fn neither(&mut self, node: NodeId) {
        let Some(fields) = self.fields_among(node, Place::Inference, keys::INFERENCE_ITEM) else {
            return;
        };
        self.pass_over(node);
        if !fields.has_unknown && !fields.incomplete {
            self.problem_at(node, ProblemKind::Missing(Absent::Premises));
        }
    }

    fn start_inference(&mut self, span: Span, target: Target, polarity: Polarity) -> InferenceIdx {
        let idx = InferenceIdx::new(self.map.inferences.len());
        let new = Inference::new(polarity, target, Vec::new(), span);
        self.map.inferences.push(new);
        idx
    }

    fn has_key(&self, node: NodeId, name: &str) -> bool {
        let Value::Mapping(entries) = self.tree.value(node) else {
            return false;
        };
        let is_it = |Entry { key, .. }: Entry| {
            self.tree
                .scalar(key)
                .is_some_and(|scalar| scalar.text == name)
        };
        entries.iter().any(is_it)
    }
}
