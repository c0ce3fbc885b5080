//! Argument graphs of Carneades 4, as `docs/formats/carneades.md` describes them.
//!
//! Arguments are for their conclusions only; what speaks against a statement speaks for another position of the same
//! issue (Gordon & Walton 2016, "Formalizing Balancing Arguments").

mod about;
mod argument;

use super::walk::{Field, Walk};
use crate::model::{Reference, Statement, StatementIdx, StatementKind, Text};
use crate::source::Spanned;
use crate::syntax::NodeId;

/// What the top level has.
const KEYS: [&str; 12] = [
    "meta",
    "references",
    "language",
    "weighing_functions",
    "argument_schemes",
    "issue_schemes",
    "assumptions",
    "statements",
    "issues",
    "arguments",
    "tests",
    "labels",
];

const OTHER_KEYS: &str = "keys that Carneades does not have";
const METADATA: &str = "entries of metadata";

/// Reads the whole file.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let fields = walk.fields(root, "an argument graph");
    let mut import = Import {
        walk,
        fields,
        has_rules: false,
    };
    import.all();
}

struct Import<'w, 'a, 't> {
    walk: &'w mut Walk<'a, 't>,
    /// The top level.
    fields: Vec<Field>,
    /// Whether argument schemes with variables would derive statements that the file does not have.
    has_rules: bool,
}

impl Import<'_, '_, '_> {
    /// Statements come first, wherever they stand, so that everything else can refer to them.
    fn all(&mut self) {
        self.rules();
        self.each("references", Self::references);
        self.each("statements", Self::statements);
        self.each("assumptions", Self::assumptions);
        self.walk.draft.settle();
        self.each("meta", Self::about);
        self.each("issues", Self::issues);
        self.each("arguments", Self::arguments);
        self.each("tests", Self::tests);
        self.each("labels", Self::tests);
        for field in &self.fields {
            if !KEYS.contains(&&*field.key.value) {
                self.walk.lose(OTHER_KEYS, field.key.span);
            }
        }
    }

    fn field(&self, key: &str) -> Option<NodeId> {
        let field = self.fields.iter().find(|field| field.key.value == key)?;
        Some(field.value)
    }

    /// Reads the value of a top-level key, if it is there.
    fn each(&mut self, key: &str, read: fn(&mut Self, NodeId)) {
        if let Some(value) = self.field(key) {
            read(self, value);
        }
    }

    /// What would have to be executed, and is only counted.
    fn rules(&mut self) {
        for (key, what) in [
            (
                "argument_schemes",
                "argument schemes with variables (rules are not executed)",
            ),
            ("issue_schemes", "issue schemes (rules are not executed)"),
            (
                "weighing_functions",
                "weighing functions (they are not executed)",
            ),
            ("language", "wordings of predicates"),
        ] {
            let Some(value) = self.field(key) else {
                continue;
            };
            self.has_rules |= key == "argument_schemes";
            self.walk.lose_each(value, what);
        }
    }

    fn statements(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`statements`") {
            let mut statement = Statement {
                span: key.span.to(self.walk.tree.span(value)),
                text: key.clone(),
                ..Statement::default()
            };
            if self.walk.is_mapping(value) {
                self.statement_fields(&mut statement, value);
            } else if let Some(text) = self.walk.text(value, "a statement") {
                statement.text = text;
            }
            self.walk.draft.statement(&formula(key), statement);
        }
    }

    fn statement_fields(&mut self, statement: &mut Statement, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "a statement") {
            match &*key.value {
                "text" => {
                    if let Some(text) = self.walk.text(value, "`text`") {
                        statement.text = text;
                    }
                }
                "assumed" if self.walk.is_true(value) => {
                    statement.kind = StatementKind::Assumption;
                }
                "assumed" => {}
                "label" => self.walk.lose("labels of an evaluation", key.span),
                "meta" => self.statement_meta(statement, value),
                _ => self.walk.lose(OTHER_KEYS, key.span),
            }
        }
    }

    /// Assumed statements; one that is not among the statements is a formula, which is its own text.
    fn assumptions(&mut self, node: NodeId) {
        for text in self.walk.texts(node, "`assumptions`") {
            let name = formula(text.clone());
            let draft = &mut *self.walk.draft;
            if let Some(idx) = draft.find(&name.value) {
                draft.map.statements[idx.index()].kind = StatementKind::Assumption;
                continue;
            }
            let statement = Statement {
                kind: StatementKind::Assumption,
                span: text.span,
                text,
                ..Statement::default()
            };
            draft.statement(&name, statement);
        }
    }

    /// The labels that the file's author expects.
    fn tests(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`tests`") {
            if !matches!(&*key.value, "in" | "out" | "undecided") {
                self.walk.lose(OTHER_KEYS, key.span);
                continue;
            }
            let names = self.walk.texts(value, "a statement's name");
            let references = self.expected(names);
            let expect = &mut self.walk.draft.map.expect;
            match &*key.value {
                "in" => expect.accepted.extend(references),
                "out" => expect.rejected.extend(references),
                _ => expect.undecided.extend(references),
            }
        }
    }

    /// Statements with an expected label; rules may derive some that the file itself does not have.
    fn expected(&mut self, mut names: Vec<Text>) -> Vec<Reference> {
        if self.has_rules {
            names.retain(|name| {
                let is_known = self.walk.draft.find(&formula(name.clone()).value).is_some();
                if !is_known {
                    let what = "expected labels of statements that only rules derive";
                    self.walk.lose(what, name.span);
                }
                is_known
            });
        }
        let known = self.known(names).into_iter();
        known.map(|(_, reference)| reference).collect()
    }

    /// Statements by their names, each with the place where it is named; a name that leads nowhere is a fault.
    fn known(&mut self, names: Vec<Text>) -> Vec<(StatementIdx, Reference)> {
        let mut known = Vec::with_capacity(names.len());
        for name in names.into_iter().map(formula) {
            if let Some(found) = self.walk.draft.named(&name) {
                known.push(found);
            }
        }
        known
    }
}

/// The name of a statement, in which white space beside brackets and commas does not count: `p(a, b)` is `p(a,b)`.
fn formula(name: Text) -> Text {
    if !name.value.contains('(') {
        return name;
    }
    let mut value = String::new();
    for c in name.value.chars() {
        if matches!(c, ',' | '(' | ')') {
            value.truncate(value.trim_end().len());
            value.push(c);
        } else if !(c.is_whitespace() && value.ends_with([',', '('])) {
            value.push(c);
        }
    }
    Spanned {
        value,
        span: name.span,
    }
}
