//! What `argdown json` makes of Argdown.

use rustc_hash::FxHashMap;

use super::content::{without_mentions, without_tags};
use super::debate::{Debate, End, Item, Kind, Node, Relation, Step};
use crate::model::Text;
use crate::read::walk::{Field, Walk};
use crate::source::single_spaced;
use crate::syntax::NodeId;

const DATA: &str = "data of statements and arguments";

/// Reads the whole file.
pub(super) fn read(walk: &mut Walk<'_, '_>) -> Debate {
    let mut import = Import {
        walk,
        debate: Debate::default(),
        sections: FxHashMap::default(),
    };
    import.file();
    import.debate
}

struct Import<'w, 'a, 't> {
    walk: &'w mut Walk<'a, 't>,
    debate: Debate,
    /// The titles of the sections that are groups, by id.
    sections: FxHashMap<String, Text>,
}

impl Import<'_, '_, '_> {
    fn file(&mut self) {
        let Some(root) = self.walk.tree.root() else {
            return;
        };
        let fields = self.walk.fields(root, "an export of Argdown");
        let of = |name: &str| {
            let field = fields.iter().find(|field| field.key.value == name);
            field.map(|field| field.value)
        };
        if let Some(sections) = of("sections") {
            self.sections(sections);
        }
        if let Some(statements) = of("statements") {
            self.statements(statements);
        }
        if let Some(arguments) = of("arguments") {
            self.arguments(arguments);
        }
        if let Some(relations) = of("relations") {
            self.relations(relations);
        }
        for Field { key, .. } in &fields {
            match &*key.value {
                "statements" | "arguments" | "relations" | "tags" | "sections" => {}
                "map" => self.walk.lose("the layout of the map", key.span),
                _ => self.walk.lose("other entries of the file", key.span),
            }
        }
    }

    /// Notes what headings are called; those within others are kept for later on a stack.
    fn sections(&mut self, node: NodeId) {
        let mut open = self.walk.list(node, "`sections`");
        while let Some(section) = open.pop() {
            let (mut id, mut title, mut is_group) = (None, None, true);
            for Field { key, value } in self.walk.fields(section, "a section") {
                match &*key.value {
                    "id" => id = self.walk.text(value, "`id`"),
                    "title" => title = self.walk.text(value, "`title`"),
                    "isGroup" => is_group = self.walk.is_true(value),
                    "children" => open.extend(self.walk.list(value, "`children`")),
                    _ => {}
                }
            }
            let span = self.walk.tree.span(section);
            match id.zip(title) {
                Some((id, title)) if is_group => drop(self.sections.insert(id.value, title)),
                _ => self.walk.lose("headings that name no group", span),
            }
        }
    }

    fn statements(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`statements`") {
            let span = key.span.to(self.walk.tree.span(value));
            let at = self.debate.statement(Some(&key), span);
            let fields = self.walk.fields(value, "a statement");
            let mut statement = std::mem::take(&mut self.debate.statements[at]);
            self.describe(&mut statement, &fields);
            self.debate.statements[at] = statement;
        }
    }

    fn arguments(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`arguments`") {
            let span = key.span.to(self.walk.tree.span(value));
            let at = self.debate.argument(Some(&key), span);
            let fields = self.walk.fields(value, "an argument");
            if let Some(items) = fields.iter().find(|field| field.key.value == "pcs") {
                self.debate.arguments[at].items = self.items(items.value);
            }
            let mut argument = std::mem::take(&mut self.debate.arguments[at].node);
            self.describe(&mut argument, &fields);
            self.debate.arguments[at].node = argument;
        }
    }

    /// Reads what statements and arguments have alike.
    fn describe(&mut self, node: &mut Node, fields: &[Field]) {
        let mut wordings = Vec::new();
        for Field { key, value } in fields {
            match &*key.value {
                "members" => wordings = self.wordings(*value),
                "tags" => {
                    let tags = self.walk.texts(*value, "a tag");
                    node.tag(tags);
                }
                "data" => self.walk.lose(DATA, key.span),
                "section" => {
                    let id = self.walk.text(*value, "`section`");
                    node.section = id.and_then(|id| self.sections.get(&id.value).cloned());
                }
                // What is said of it elsewhere, and how it is shown.
                _ => {}
            }
        }
        for mut wording in wordings {
            let text = without_tags(&wording.value, &node.tags);
            wording.value = single_spaced(&without_mentions(&text));
            node.word(wording);
        }
        // The command calls what has no title by a number.
        let is_own = |title: &Text| !title.value.starts_with("Untitled ");
        node.title = node.title.take().filter(is_own);
    }

    /// The texts of the places where a statement or an argument stands.
    fn wordings(&mut self, node: NodeId) -> Vec<Text> {
        let mut wordings = Vec::new();
        for member in self.walk.list(node, "`members`") {
            for Field { key, value } in self.walk.fields(member, "a member") {
                match &*key.value {
                    "text" => wordings.extend(self.walk.text(value, "`text`")),
                    "data" => self.walk.lose(DATA, key.span),
                    _ => {}
                }
            }
        }
        wordings
    }

    fn items(&mut self, node: NodeId) -> Vec<Item> {
        let mut items = Vec::new();
        for place in self.walk.list(node, "`pcs`") {
            let (mut title, mut step) = (None, None);
            for Field { key, value } in self.walk.fields(place, "a premise or conclusion") {
                match &*key.value {
                    "title" => title = self.walk.text(value, "`title`"),
                    "inference" if self.walk.is_mapping(value) => step = Some(self.step(value)),
                    _ => {}
                }
            }
            let title = self.walk.require(place, title, ("`title`", "statement"));
            let Some(title) = title else { continue };
            match self.debate.find_statement(&title.value) {
                Some(statement) => items.push(Item {
                    statement,
                    span: title.span,
                    step,
                }),
                None => self.walk.draft.undefined(&title, "statement"),
            }
        }
        items
    }

    fn step(&mut self, node: NodeId) -> Step {
        let mut step = Step::default();
        for Field { key, value } in self.walk.fields(node, "an inference") {
            match &*key.value {
                "inferenceRules" => step.rules = self.walk.texts(value, "an inference rule"),
                "data" => self.data(&mut step, value),
                _ => {}
            }
        }
        step
    }

    fn data(&mut self, step: &mut Step, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "data of an inference") {
            if key.value == "uses" {
                let numbers = self.walk.texts(value, "`uses`");
                let numbers = numbers.iter().filter_map(|text| text.value.parse().ok());
                step.uses = numbers
                    .filter_map(|number: usize| number.checked_sub(1))
                    .collect();
            } else {
                self.walk.lose("data of steps", key.span);
            }
        }
    }

    fn relations(&mut self, node: NodeId) {
        for place in self.walk.list(node, "`relations`") {
            let mut written = Written::default();
            for Field { key, value } in self.walk.fields(place, "a relation") {
                let text = match &*key.value {
                    "relationType" => &mut written.kind,
                    "from" => &mut written.from,
                    "fromType" => &mut written.from_type,
                    "to" => &mut written.to,
                    "toType" => &mut written.to_type,
                    "conclusionIndex" => &mut written.conclusion,
                    _ => continue,
                };
                *text = self.walk.text(value, "an entry of a relation");
            }
            let mut part = |found: &mut Option<Text>, name| {
                *found = self.walk.require(place, found.take(), (name, "relation"));
            };
            part(&mut written.kind, "`relationType`");
            part(&mut written.from, "`from`");
            part(&mut written.to, "`to`");
            let relation = self.relation(&written);
            self.debate.relations.extend(relation);
        }
    }

    fn relation(&mut self, written: &Written) -> Option<Relation> {
        let kind = written.kind.as_ref()?;
        let (from, to) = (written.from.as_ref()?, written.to.as_ref()?);
        let span = from.span;
        let from = self.end(from, written.from_type.as_ref(), None)?;
        let to = self.end(to, written.to_type.as_ref(), written.conclusion.as_ref())?;
        let kind = match &*kind.value {
            "support" => Kind::Support,
            "entails" => Kind::Entails,
            "attack" => Kind::Attack,
            "undercut" => Kind::Undercut,
            "contrary" => Kind::Contrary,
            "contradictory" => Kind::Contradictory,
            _ => {
                self.walk.lose("relations of other kinds", kind.span);
                return None;
            }
        };
        Some(Relation {
            kind,
            from,
            to,
            span,
        })
    }

    fn end(&mut self, name: &Text, kind: Option<&Text>, conclusion: Option<&Text>) -> Option<End> {
        let kind = kind.map(|kind| &*kind.value);
        if !matches!(kind, Some("argument" | "inference")) {
            let statement = self.debate.find_statement(&name.value);
            if statement.is_none() {
                self.walk.draft.undefined(name, "statement");
            }
            return statement.map(End::Statement);
        }
        let Some(at) = self.debate.find_argument(&name.value) else {
            self.walk.draft.undefined(name, "argument");
            return None;
        };
        let item = conclusion.and_then(|text| text.value.parse().ok());
        Some(item.map_or(End::Argument(at), |item| End::Step(at, item)))
    }
}

/// A relation as written.
#[derive(Default)]
struct Written {
    kind: Option<Text>,
    from: Option<Text>,
    from_type: Option<Text>,
    to: Option<Text>,
    to_type: Option<Text>,
    conclusion: Option<Text>,
}
