//! What `argdown json` makes of Argdown, as `docs/formats/argdown.md` describes it.

use rustc_hash::FxHashMap;

use super::draft::{NewInference, scheme_name};
use super::walk::{Field, Walk};
use crate::model::{
    InferenceIdx, Polarity, Premise, Reference, Statement, StatementIdx, Target, Text,
};
use crate::source::{Span, Spanned};
use crate::syntax::NodeId;

const STEPLESS: &str = "relations of arguments without a step";

/// Reads the whole file.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let fields = walk.fields(root, "an export of Argdown");
    let mut import = Import {
        walk,
        arguments: Vec::new(),
        by_title: FxHashMap::default(),
    };
    let of = |name: &str| {
        fields
            .iter()
            .find(|field| field.key.value == name)
            .map(|it| it.value)
    };
    if let Some(statements) = of("statements") {
        import.statements(statements);
    }
    if let Some(arguments) = of("arguments") {
        import.arguments(arguments);
    }
    import.walk.draft.settle();
    import.reconstructions();
    if let Some(relations) = of("relations") {
        import.relations(relations);
    }
    for Field { key, value } in &fields {
        match &*key.value {
            "statements" | "arguments" | "relations" | "tags" => {}
            "sections" => import.walk.lose_each(*value, "sections"),
            "map" => import.walk.lose("the layout of the map", key.span),
            _ => import.walk.lose("other entries of the file", key.span),
        }
    }
}

/// An argument: a claim of its own, or a reconstruction in premises and conclusions.
struct Argument {
    title: Text,
    /// Its claim, where it is not reconstructed.
    claim: Option<StatementIdx>,
    /// The items of its reconstruction.
    items: Vec<Item>,
    /// The steps of its reconstruction, each with the place of its conclusion among the items.
    steps: Vec<(usize, InferenceIdx)>,
}

/// A premise or a conclusion of a reconstruction.
struct Item {
    title: Text,
    /// How it is inferred; none for a premise.
    inference: Option<Rules>,
}

/// What a reconstruction says of a step.
#[derive(Default)]
struct Rules {
    scheme: Option<Text>,
    /// The numbers of the items that it uses, where it says so.
    uses: Vec<usize>,
}

struct Import<'w, 'a, 't> {
    walk: &'w mut Walk<'a, 't>,
    arguments: Vec<Argument>,
    by_title: FxHashMap<String, usize>,
}

impl Import<'_, '_, '_> {
    fn statements(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`statements`") {
            let (mut wordings, mut tags) = (Vec::new(), Vec::new());
            for field in self.walk.fields(value, "a statement") {
                match &*field.key.value {
                    "members" => wordings = self.wordings(field.value),
                    "tags" => tags = self.walk.texts(field.value, "a tag"),
                    "data" => self
                        .walk
                        .lose("data of statements and arguments", field.key.span),
                    // What is said of it elsewhere, and how it is shown.
                    _ => {}
                }
            }
            let span = key.span.to(self.walk.tree.span(value));
            self.statement(&key, wordings, tags, span);
        }
    }

    /// A statement with the first of its wordings.
    fn statement(
        &mut self,
        name: &Text,
        mut wordings: Vec<Text>,
        tags: Vec<Text>,
        span: Span,
    ) -> StatementIdx {
        for wording in &mut wordings {
            wording.value = without_tags(&wording.value, &tags);
        }
        wordings.retain(|wording| !wording.value.is_empty());
        let mut wordings = wordings.into_iter();
        let first = wordings.next();
        for other in
            wordings.filter(|other| first.as_ref().is_some_and(|it| it.value != other.value))
        {
            self.walk.lose("further wordings of statements", other.span);
        }
        let is_title = !name.value.starts_with("Untitled ");
        let statement = Statement {
            span,
            label: (is_title && first.is_some()).then(|| name.clone()),
            text: first.unwrap_or_else(|| name.clone()),
            tags,
            ..Statement::default()
        };
        // Statements and arguments may have the same title.
        if self.walk.draft.find(&name.value).is_some() {
            return self.walk.draft.statement(&argument_name(name), statement);
        }
        self.walk.draft.statement(name, statement)
    }

    /// The texts of the places where a statement or an argument stands.
    fn wordings(&mut self, node: NodeId) -> Vec<Text> {
        let mut wordings = Vec::new();
        for member in self.walk.list(node, "`members`") {
            for Field { key, value } in self.walk.fields(member, "a member") {
                match &*key.value {
                    "text" => wordings.extend(self.walk.text(value, "`text`")),
                    "data" => self.walk.lose("data of statements and arguments", key.span),
                    _ => {}
                }
            }
        }
        wordings
    }

    fn arguments(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`arguments`") {
            let (mut wordings, mut tags, mut items) = (Vec::new(), Vec::new(), Vec::new());
            for field in self.walk.fields(value, "an argument") {
                match &*field.key.value {
                    "members" => wordings = self.wordings(field.value),
                    "tags" => tags = self.walk.texts(field.value, "a tag"),
                    "pcs" => items = self.items(field.value),
                    "data" => self
                        .walk
                        .lose("data of statements and arguments", field.key.span),
                    _ => {}
                }
            }
            let is_reconstructed = items.iter().any(|item| item.inference.is_some());
            let claim = if is_reconstructed {
                if let Some(wording) = wordings.first() {
                    self.walk
                        .lose("descriptions of reconstructed arguments", wording.span);
                }
                None
            } else {
                let span = key.span.to(self.walk.tree.span(value));
                Some(self.statement(&key, wordings, tags, span))
            };
            self.by_title
                .insert(key.value.clone(), self.arguments.len());
            self.arguments.push(Argument {
                title: key,
                claim,
                items,
                steps: Vec::new(),
            });
        }
    }

    fn items(&mut self, node: NodeId) -> Vec<Item> {
        let mut items = Vec::new();
        for place in self.walk.list(node, "`pcs`") {
            let (mut title, mut inference) = (None, None);
            for Field { key, value } in self.walk.fields(place, "a premise or conclusion") {
                match &*key.value {
                    "title" => title = self.walk.text(value, "`title`"),
                    "inference" if self.walk.is_mapping(value) => {
                        inference = Some(self.rules(value));
                    }
                    _ => {}
                }
            }
            let title = self.walk.require(place, title, ("`title`", "statement"));
            items.extend(title.map(|title| Item { title, inference }));
        }
        items
    }

    fn rules(&mut self, node: NodeId) -> Rules {
        let mut rules = Rules::default();
        for Field { key, value } in self.walk.fields(node, "an inference") {
            match &*key.value {
                "inferenceRules" => {
                    let mut names = self.walk.texts(value, "an inference rule").into_iter();
                    rules.scheme = names.next();
                    for other in names {
                        self.walk
                            .lose("further inference rules of a step", other.span);
                    }
                }
                "data" => self.data(&mut rules, value),
                _ => {}
            }
        }
        rules
    }

    fn data(&mut self, rules: &mut Rules, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "data of an inference") {
            if key.value == "uses" {
                let numbers = self.walk.texts(value, "`uses`");
                let numbers = numbers.iter().filter_map(|text| text.value.parse().ok());
                rules.uses = numbers.collect();
            } else {
                self.walk.lose("data of steps", key.span);
            }
        }
    }

    /// Makes a step of each inference of each reconstruction.
    fn reconstructions(&mut self) {
        for at in 0..self.arguments.len() {
            let items = std::mem::take(&mut self.arguments[at].items);
            let known: Vec<Option<(StatementIdx, Reference)>> = items
                .iter()
                .map(|item| self.walk.draft.named(&item.title))
                .collect();
            let mut steps = Vec::new();
            let mut start = 0;
            for (end, item) in items.iter().enumerate() {
                let Some(rules) = &item.inference else {
                    continue;
                };
                let used: Vec<usize> = if rules.uses.is_empty() {
                    (start..end).collect()
                } else {
                    rules
                        .uses
                        .iter()
                        .filter_map(|number| number.checked_sub(1))
                        .collect()
                };
                // The next step goes on from this conclusion.
                start = end;
                let premises = used.into_iter().filter_map(|at| known.get(at)?.as_ref());
                let premises: Vec<Premise> = premises
                    .map(|(_, name)| Premise::Named(name.clone()))
                    .collect();
                let Some((conclusion, _)) = &known[end] else {
                    continue;
                };
                if premises.is_empty() {
                    self.walk.lose("steps without premises", item.title.span);
                    continue;
                }
                let step = self.walk.draft.inference(NewInference {
                    polarity: Polarity::Pro,
                    target: Target::Statement(*conclusion),
                    premises,
                    span: item.title.span,
                });
                let inference = &mut self.walk.draft.map.inferences[step.index()];
                inference.scheme = rules.scheme.as_ref().and_then(scheme_name);
                inference.label = Some(self.arguments[at].title.clone());
                steps.push((end, step));
            }
            self.arguments[at].items = items;
            self.arguments[at].steps = steps;
        }
    }

    fn relations(&mut self, node: NodeId) {
        for place in self.walk.list(node, "`relations`") {
            let mut relation = Relation::default();
            for Field { key, value } in self.walk.fields(place, "a relation") {
                let text = match &*key.value {
                    "relationType" => &mut relation.kind,
                    "from" => &mut relation.from,
                    "fromType" => &mut relation.from_type,
                    "to" => &mut relation.to,
                    "toType" => &mut relation.to_type,
                    "conclusionIndex" => &mut relation.conclusion,
                    _ => continue,
                };
                *text = self.walk.text(value, "an entry of a relation");
            }
            relation.kind =
                self.walk
                    .require(place, relation.kind.take(), ("`relationType`", "relation"));
            relation.from = self
                .walk
                .require(place, relation.from.take(), ("`from`", "relation"));
            relation.to = self
                .walk
                .require(place, relation.to.take(), ("`to`", "relation"));
            self.relation(&relation);
        }
    }

    fn relation(&mut self, relation: &Relation) {
        let (Some(kind), Some(from), Some(to)) = (&relation.kind, &relation.from, &relation.to)
        else {
            return;
        };
        let Some(premise) = self.source_of(from, relation.from_type.as_ref()) else {
            return;
        };
        match &*kind.value {
            "contrary" | "contradictory" => {
                if let Some((_, other)) = self.walk.draft.named(to) {
                    let statement = &mut self.walk.draft.map.statements[premise.index()];
                    statement.contradicts.push(other);
                }
                return;
            }
            "support" | "entails" | "attack" | "undercut" => {}
            _ => return self.walk.lose("relations of other kinds", kind.span),
        }
        if kind.value == "entails" {
            self.walk.lose("that a support is an entailment", kind.span);
        }
        let polarity = match &*kind.value {
            "support" | "entails" => Polarity::Pro,
            _ => Polarity::Con,
        };
        let Some(target) = self.target_of(to, relation, polarity) else {
            return;
        };
        // A conclusion is for itself already.
        if target == Target::Statement(premise) {
            return;
        }
        self.walk.draft.inference(NewInference {
            polarity,
            target,
            premises: vec![self.walk.draft.premise(premise, from.span)],
            span: from.span,
        });
    }

    /// The statement that a relation starts from: of an argument its claim or its last conclusion.
    fn source_of(&mut self, name: &Text, kind: Option<&Text>) -> Option<StatementIdx> {
        if kind.is_none_or(|kind| kind.value != "argument") {
            return self.walk.draft.named(name).map(|(idx, _)| idx);
        }
        let Some(&at) = self.by_title.get(&name.value) else {
            self.walk.draft.undefined(name, "argument");
            return None;
        };
        let argument = &self.arguments[at];
        if argument.claim.is_some() {
            return argument.claim;
        }
        let last = argument.steps.last();
        let last =
            last.and_then(|(end, _)| self.walk.draft.find(&argument.items[*end].title.value));
        if last.is_none() {
            self.walk.lose(STEPLESS, name.span);
        }
        last
    }

    /// What a relation is about: of a reconstructed argument the step to its last conclusion, or to the one named.
    fn target_of(
        &mut self,
        name: &Text,
        relation: &Relation,
        polarity: Polarity,
    ) -> Option<Target> {
        let kind = relation.to_type.as_ref().map(|kind| &*kind.value);
        if !matches!(kind, Some("argument" | "inference")) {
            return self
                .walk
                .draft
                .named(name)
                .map(|(idx, _)| Target::Statement(idx));
        }
        let Some(&at) = self.by_title.get(&name.value) else {
            self.walk.draft.undefined(name, "argument");
            return None;
        };
        let argument = &self.arguments[at];
        if let Some(claim) = argument.claim {
            return Some(Target::Statement(claim));
        }
        if polarity == Polarity::Pro {
            self.walk
                .lose("support of reconstructed arguments", name.span);
            return None;
        }
        let wanted = relation
            .conclusion
            .as_ref()
            .and_then(|text| text.value.parse::<usize>().ok());
        let named = argument.steps.iter().find(|(end, _)| Some(*end) == wanted);
        let step = named.or(argument.steps.last()).map(|(_, step)| *step);
        if step.is_none() {
            self.walk.lose(STEPLESS, name.span);
        }
        step.map(Target::Inference)
    }
}

/// A relation as written.
#[derive(Default)]
struct Relation {
    kind: Option<Text>,
    from: Option<Text>,
    from_type: Option<Text>,
    to: Option<Text>,
    to_type: Option<Text>,
    conclusion: Option<Text>,
}

/// The name of an argument whose title a statement has, too.
fn argument_name(title: &Text) -> Text {
    Spanned {
        value: format!("argument {}", title.value),
        span: title.span,
    }
}

/// A text without the tags at its end, which are kept beside it.
fn without_tags(text: &str, tags: &[Text]) -> String {
    let mut text = text.trim_end();
    loop {
        let ending = tags.iter().find_map(|tag| {
            let plain = text
                .strip_suffix(&*tag.value)
                .and_then(|rest| rest.strip_suffix('#'));
            let wrapped = text
                .strip_suffix(')')
                .and_then(|rest| rest.strip_suffix(&*tag.value));
            plain.or_else(|| wrapped.and_then(|rest| rest.strip_suffix("#(")))
        });
        match ending {
            Some(rest) => text = rest.trim_end(),
            None => return text.to_owned(),
        }
    }
}
