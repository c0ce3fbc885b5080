//! Statements, in a section or where they are used.

use super::document::{Reader, Task, inline};
use super::fields::Fields;
use super::keys::KINDS;
use super::values::number;
use crate::model::{
    Absent, Expected, Likelihood, Place, Polarity, Premise, ProblemKind, Standard, Statement,
    StatementIdx, StatementKind, Strength, Target, Text,
};
use crate::source::{Span, Spanned};
use crate::syntax::{NodeId, Value};

impl Reader<'_, '_> {
    /// A statement of a section: its text, or a mapping with `text`.
    pub(super) fn section_statement(
        &mut self,
        id: Option<Text>,
        node: NodeId,
        kind: StatementKind,
    ) {
        let span = self.tree.span(node);
        let whole = Span {
            start: id.as_ref().map_or(span.start, |id| id.span.start),
            ..span
        };
        let mut statement = Statement {
            kind,
            span: whole,
            ..Statement::default()
        };
        if let Some(id) = id {
            statement.id = self.full_id(&id.value);
            statement.id_span = Some(id.span);
        }
        let mut lists = Vec::new();
        if let Value::Mapping(_) = self.tree.value(node) {
            let Some(fields) = self.fields(node, Place::Statement) else {
                return;
            };
            match fields.get("text") {
                Some(text) => statement.text = self.statement_text(text, "`text`"),
                None => self.no_text(&mut statement, &fields, whole),
            }
            lists = self.statement_fields(&mut statement, &fields);
        } else {
            statement.text = self.statement_text(node, "a statement");
            statement.incomplete = self.tree.node(node).incomplete;
        }
        let idx = self.add_statement(statement);
        self.push_lists(&lists, Target::Statement(idx));
    }

    /// A statement with keys, written where it is used.
    pub(super) fn inline_statement(&mut self, fields: &Fields, span: Span) -> Option<Premise> {
        let kinds = KINDS.into_iter().filter(|kind| fields.has(kind));
        let kinds: Vec<&'static str> = kinds.collect();
        let Some(&key) = kinds.first() else {
            if !fields.has_unknown && !fields.incomplete {
                self.problem(span, ProblemKind::Missing(Absent::Text));
            }
            return None;
        };
        if let Some(second) = kinds.get(1).and_then(|second| fields.key_span(second)) {
            self.two_kinds(second);
        }
        let kind = match key {
            "claim" => StatementKind::Claim,
            "evidence" => StatementKind::Evidence,
            _ => StatementKind::Assumption,
        };
        let mut statement = Statement {
            kind,
            span,
            ..Statement::default()
        };
        let text = fields.get(key).expect("the key was found above");
        statement.text = self.statement_text(text, &format!("`{key}`"));
        if let Some(id) = fields.get("id").and_then(|id| self.id(id, "`id`")) {
            statement.id = self.full_id(&id.value);
            statement.id_span = Some(id.span);
        }
        let lists = self.statement_fields(&mut statement, fields);
        let text_span = statement.text.span;
        let idx = self.add_statement(statement);
        self.push_lists(&lists, Target::Statement(idx));
        Some(inline(idx, text_span))
    }

    /// A sentence where a premise may stand: a claim without further keys.
    pub(super) fn sentence(&mut self, text: Text, incomplete: bool) -> Premise {
        let span = text.span;
        inline(
            self.add_statement(Statement {
                text,
                span,
                incomplete,
                ..Statement::default()
            }),
            span,
        )
    }

    fn two_kinds(&mut self, span: Span) {
        let kind = ProblemKind::WrongType {
            what: "an inline statement".to_owned(),
            found: "two kinds of statement at once",
            expected: Expected {
                words: "one of `claim`, `evidence` and `assumption`",
                example: "claim: The deck is unsafe.",
            },
        };
        self.problem(span, kind);
    }

    /// The text, or an empty one at the right place where there is none.
    fn statement_text(&mut self, node: NodeId, what: &str) -> Text {
        let span = self.tree.span(node);
        self.text(node, what).unwrap_or(Spanned {
            value: String::new(),
            span,
        })
    }

    fn no_text(&mut self, statement: &mut Statement, fields: &Fields, span: Span) {
        let place = statement.id_span.unwrap_or(span);
        statement.text = Spanned {
            value: String::new(),
            span: place,
        };
        if !fields.incomplete && !fields.has_unknown {
            self.problem(place, ProblemKind::Missing(Absent::Text));
        }
    }

    /// Reads all keys but the text; gives the lists of inferences back, in the order in which they stand.
    fn statement_fields(
        &mut self,
        statement: &mut Statement,
        fields: &Fields,
    ) -> Vec<(NodeId, Polarity)> {
        // A misspelt key, or a value that is told as faulty, may be all that is missing.
        let may_have = ["reasons", "objections", "source", "at", "quote"]
            .iter()
            .any(|key| fields.may_have(key));
        statement.incomplete = fields.incomplete || may_have;
        let mut lists = Vec::new();
        for (key, node) in fields.iter() {
            match key {
                "reasons" => lists.push((node, Polarity::Pro)),
                "objections" => lists.push((node, Polarity::Con)),
                "label" => statement.label = self.text(node, "`label`"),
                "at" => statement.at = self.text(node, "`at`"),
                "quote" => statement.quote = self.text(node, "`quote`"),
                "source" => {
                    statement.citations = self.citations(node);
                    statement.incomplete |= statement.citations.is_empty();
                }
                "strength" => statement.strength = self.strength(node),
                "standard" => {
                    let (names, from_name) = (&Standard::NAMES, Standard::from_name);
                    statement.standard = self.word(node, "`standard`", names, from_name);
                }
                "restates" => statement.restates = self.references(node, "`restates`"),
                "contradicts" => statement.contradicts = self.references(node, "`contradicts`"),
                "implicit" => statement.implicit = self.boolean(node, "`implicit`"),
                "undeveloped" => statement.undeveloped = self.boolean(node, "`undeveloped`"),
                "tags" => statement.tags = self.text_list(node, "`tags`"),
                "note" => statement.note = self.text(node, "`note`"),
                "allow" => statement.allow = self.allow(node),
                "text" | "claim" | "evidence" | "assumption" | "id" => {}
                _ => unreachable!("`{key}` is not a key of a statement"),
            }
        }
        lists
    }

    fn strength(&mut self, node: NodeId) -> Option<Spanned<Strength>> {
        const STRENGTH: Expected = Expected {
            words: "a number from 0 to 1 or a word of likelihood",
            example: "likely",
        };
        let scalar = self.scalar(node, "`strength`", STRENGTH)?;
        if number(scalar).is_some() {
            let share = self.share(node, "`strength`")?;
            return Some(Spanned {
                value: Strength::Number(share.value),
                span: share.span,
            });
        }
        let word = |name: &str| Likelihood::from_name(name).map(Strength::Word);
        self.word(node, "`strength`", &Likelihood::NAMES, word)
    }

    fn add_statement(&mut self, statement: Statement) -> StatementIdx {
        let idx = StatementIdx::new(self.map.statements.len());
        self.map.statements.push(statement);
        idx
    }

    /// Leaves lists of inferences to be read next, the first one first.
    pub(super) fn push_lists(&mut self, lists: &[(NodeId, Polarity)], target: Target) {
        for &(list, polarity) in lists.iter().rev() {
            let what = if polarity == Polarity::Pro {
                "`reasons`"
            } else {
                "`objections`"
            };
            let items = self.inference_list(list, what);
            let tasks = items.into_iter().rev().map(|node| Task::Inference {
                node,
                target,
                polarity,
            });
            self.tasks.extend(tasks);
        }
    }

    /// The items of a list of inferences. What is no list is a fault, and read as its only item.
    fn inference_list(&mut self, node: NodeId, what: &str) -> Vec<NodeId> {
        if matches!(self.tree.value(node), Value::Sequence(_)) || self.is_null(node) {
            return self.list(node, what);
        }
        let expected = Expected {
            words: "a list",
            example: "[deck-unsafe]",
        };
        self.wrong_type(node, what, expected);
        vec![node]
    }
}
