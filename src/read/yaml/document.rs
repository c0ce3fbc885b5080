//! One file of a map: the walk from its tree into the model.
//!
//! What nests without bound (statements in inferences in statements) is on a stack of tasks, not on the call stack.

use rustc_hash::{FxHashMap, FxHashSet};

use super::fields::Fields;
use super::values::{A_TEXT, number};
use crate::model::{
    About, Absent, Allow, ArgumentMap, Expect, Expected, InferenceIdx, Part, Place, Polarity,
    Premise, Problem, ProblemKind, Reference, StatementKind, Target, Text,
};
use crate::source::{FileId, Span, Spanned};
use crate::syntax::{Entry, NodeId, Scalar, Tree, Value};

/// Reads one file's tree into the map and its part.
pub(super) struct Reader<'a, 't> {
    pub(super) tree: &'a Tree<'t>,
    pub(super) file: FileId,
    pub(super) map: &'a mut ArgumentMap,
    pub(super) part: Part,
    pub(super) problems: &'a mut Vec<Problem>,
    pub(super) tasks: Vec<Task>,
    /// The paths that the file includes.
    pub(super) includes: Vec<Text>,
    /// What was passed over, and searched for names.
    pub(super) passed: FxHashSet<NodeId>,
}

/// Something that stands deeper in the file and is still to be read.
pub(super) enum Task {
    /// An item of a list of reasons or objections.
    Inference {
        node: NodeId,
        target: Target,
        polarity: Polarity,
    },
    /// A premise of an inference that has been started.
    Premise { node: NodeId, of: InferenceIdx },
}

impl Reader<'_, '_> {
    /// Reads the whole document.
    pub(super) fn document(&mut self) {
        let Some(root) = self.tree.root().filter(|root| !self.is_null(*root)) else {
            if !self.part.incomplete {
                let span = Span {
                    file: self.file,
                    start: 0,
                    end: 0,
                };
                self.problem(span, ProblemKind::Missing(Absent::Document));
            }
            return;
        };
        if self.is_cut_short_before_first_key(root) {
            return;
        }
        let Some(fields) = self.fields(root, Place::Map) else {
            return;
        };
        if !fields.has("thesis") && !self.part.incomplete {
            let span = self.first_key_span(root);
            self.problem(span, ProblemKind::Missing(Absent::Thesis));
        }
        for (key, node) in fields.iter() {
            self.top_level(key, node);
        }
    }

    /// A text that a syntax error ended where its first key should be.
    fn is_cut_short_before_first_key(&self, root: NodeId) -> bool {
        self.part.incomplete && self.tree.scalar(root).is_some()
    }

    fn first_key_span(&self, root: NodeId) -> Span {
        match self.tree.value(root) {
            Value::Mapping(entries) => entries
                .iter()
                .next()
                .map_or(self.tree.span(root), |e| self.tree.span(e.key)),
            _ => self.tree.span(root),
        }
    }

    fn top_level(&mut self, key: &'static str, node: NodeId) {
        let is_main = self.part.prefix.is_none();
        match key {
            "format" => self.format(node),
            "thesis" => self.theses(node),
            "claims" => self.section(node, StatementKind::Claim, "`claims`"),
            "evidence" => self.section(node, StatementKind::Evidence, "`evidence`"),
            "assumptions" => self.section(node, StatementKind::Assumption, "`assumptions`"),
            "sources" => self.sources(node),
            "include" => {
                let nodes = self.none_or_more(node);
                let paths = nodes.into_iter().filter_map(|n| self.text(n, "`include`"));
                let paths: Vec<Text> = paths.collect();
                self.includes.extend(paths);
            }
            "bibliography" => {
                let nodes = self.none_or_more(node);
                let paths = nodes
                    .into_iter()
                    .filter_map(|n| self.text(n, "`bibliography`"));
                let paths: Vec<Text> = paths.collect();
                self.part.bibliography.extend(paths);
            }
            "article" => self.part.article = self.reference(node, "`article`"),
            "expect" => self.expect(node, is_main),
            "allow" => self.part.allow = self.allow(node),
            "authors" => {
                let authors = self.texts(node, "`authors`");
                self.about(is_main).authors = authors;
            }
            _ => {
                let text = self.text(node, &format!("`{key}`"));
                let about = self.about(is_main);
                match key {
                    "title" => about.title = text,
                    "question" => about.question = text,
                    "description" => about.description = text,
                    "date" => about.date = text,
                    "language" => about.language = text,
                    "license" => about.license = text,
                    _ => unreachable!("`{key}` is a key of a map that is read elsewhere"),
                }
            }
        }
    }

    /// An included map's own title and the like stay with that map.
    fn about(&mut self, is_main: bool) -> &mut About {
        if is_main {
            &mut self.map.about
        } else {
            &mut self.part.about
        }
    }

    fn format(&mut self, node: NodeId) {
        const A_VERSION: Expected = Expected {
            words: "the number 1",
            example: "1",
        };
        let Some(scalar) = self.scalar(node, "`format`", A_VERSION) else {
            return;
        };
        match number(scalar) {
            Some(version) if (version - 1.0).abs() < f64::EPSILON => {}
            Some(_) => self.invalid(
                node,
                "`format`",
                &[],
                "this version of `grounds` reads format 1",
            ),
            None => self.wrong_type(node, "`format`", A_VERSION),
        }
    }

    fn theses(&mut self, node: NodeId) {
        let nodes = self.one_or_more(node);
        if nodes.is_empty() || self.is_null(node) {
            if !self.tree.node(node).incomplete && !self.part.incomplete {
                self.problem_at(node, ProblemKind::Missing(Absent::Thesis));
            }
            return;
        }
        for node in nodes {
            let Some(thesis) = self.premise(node, "`thesis`") else {
                continue;
            };
            if self.part.prefix.is_none() {
                self.map.theses.push(thesis);
            } else {
                self.part.theses.push(thesis);
            }
            self.work();
        }
    }

    fn section(&mut self, node: NodeId, kind: StatementKind, what: &str) {
        let example = "deck-unsafe: The deck is unsafe.";
        let entries = self.id_entries(node, what, example);
        for (id, value) in entries {
            self.section_statement(id, value, kind);
            self.work();
        }
    }

    /// The entries of a mapping from ids, each id checked; a key given twice in it is a duplicate id.
    pub(super) fn id_entries(
        &mut self,
        node: NodeId,
        what: &str,
        example: &'static str,
    ) -> Vec<(Option<Text>, NodeId)> {
        let entries = match self.tree.value(node) {
            Value::Mapping(entries) => entries,
            Value::Scalar(scalar) if scalar.is_null() => return Vec::new(),
            _ => {
                let expected = Expected {
                    words: "a mapping from ids",
                    example,
                };
                self.wrong_type(node, what, expected);
                return Vec::new();
            }
        };
        let entries: Vec<Entry> = entries.iter().collect();
        entries
            .into_iter()
            .map(|entry| (self.id(entry.key, "an id"), entry.value))
            .collect()
    }

    /// An included map's expectations are tested where that map is checked on its own.
    fn expect(&mut self, node: NodeId, is_main: bool) {
        if self.is_null(node) {
            return;
        }
        let Some(fields) = self.fields(node, Place::Expect) else {
            return;
        };
        let accepted = self.expected(&fields, "accepted", "`accepted`");
        let rejected = self.expected(&fields, "rejected", "`rejected`");
        let undecided = self.expected(&fields, "undecided", "`undecided`");
        let expect = Expect {
            accepted,
            rejected,
            undecided,
        };
        if is_main {
            self.map.expect = expect;
        } else {
            self.part.expect = expect;
        }
    }

    fn expected(&mut self, fields: &Fields, key: &str, what: &str) -> Vec<Reference> {
        let Some(node) = fields.get(key).filter(|node| !self.is_null(*node)) else {
            return Vec::new();
        };
        self.references(node, what)
    }

    /// Findings that the author allows, each with why.
    pub(super) fn allow(&mut self, node: NodeId) -> Vec<Allow> {
        let pairs = self.text_pairs(node, "`allow`", "unsupported-claim: common knowledge");
        pairs
            .into_iter()
            .map(|(rule, reason)| Allow { rule, reason })
            .collect()
    }

    /// A mapping from texts to texts; nothing is an empty one.
    pub(super) fn text_pairs(
        &mut self,
        node: NodeId,
        what: &str,
        example: &'static str,
    ) -> Vec<(Text, Text)> {
        let entries: Vec<Entry> = match self.tree.value(node) {
            Value::Mapping(entries) => entries.iter().collect(),
            Value::Scalar(scalar) if Scalar::is_null(scalar) => Vec::new(),
            _ => {
                self.wrong_type(
                    node,
                    what,
                    Expected {
                        words: "a mapping",
                        example,
                    },
                );
                Vec::new()
            }
        };
        let mut pairs: Vec<(Text, Text)> = Vec::new();
        let mut seen = FxHashMap::default();
        for Entry { key, value } in entries {
            let Some(name) = self.text(key, "a key") else {
                continue;
            };
            if let Some(first) = seen.insert(name.value.clone(), name.span) {
                self.problem(
                    name.span,
                    ProblemKind::DuplicateKey {
                        key: name.value,
                        first,
                    },
                );
                self.pass_over(value);
                continue;
            }
            let Some(value) = self.text(value, &format!("`{}`", name.value)) else {
                continue;
            };
            pairs.push((name, value));
        }
        pairs
    }

    /// A thesis or a premise: an id, a sentence, or a statement with keys.
    pub(super) fn premise(&mut self, node: NodeId, what: &str) -> Option<Premise> {
        match self.tree.value(node) {
            Value::Scalar(scalar) if scalar.text.contains(char::is_whitespace) => {
                let text = self.text(node, what)?;
                Some(self.sentence(text, self.tree.node(node).incomplete))
            }
            Value::Scalar(_) => self.reference(node, what).map(Premise::Named),
            Value::Mapping(_) => {
                let span = self.tree.span(node);
                let fields = self.fields(node, Place::InlineStatement)?;
                let statement = self.inline_statement(&fields, span);
                if statement.is_none() {
                    self.pass_over(node);
                }
                statement
            }
            Value::Sequence(_) => {
                self.wrong_type(node, what, A_TEXT);
                None
            }
        }
    }

    /// Reads what stands deeper, in document order.
    pub(super) fn work(&mut self) {
        while let Some(task) = self.tasks.pop() {
            match task {
                Task::Inference {
                    node,
                    target,
                    polarity,
                } => self.inference(node, target, polarity),
                Task::Premise { node, of } => {
                    if let Some(premise) = self.premise(node, "a premise") {
                        self.map.inferences[of.index()].premises.push(premise);
                    }
                }
            }
        }
    }

    pub(super) fn problem_at(&mut self, node: NodeId, kind: ProblemKind) {
        self.problem(self.tree.span(node), kind);
    }

    pub(super) fn problem(&mut self, span: Span, kind: ProblemKind) {
        self.problems.push(Problem { span, kind });
    }

    /// The id as the whole map knows it.
    pub(super) fn full_id(&self, id: &str) -> String {
        match &self.part.prefix {
            Some(prefix) => format!("{prefix}/{id}"),
            None => id.to_owned(),
        }
    }
}

/// A statement used where it is defined.
pub(super) fn inline(value: crate::model::StatementIdx, span: Span) -> Premise {
    Premise::Inline(Spanned { value, span })
}
