//! Scalars and lists of scalars: texts, ids, numbers, words of a fixed vocabulary.

use super::document::Reader;
use crate::model::{A_TAGGED_VALUE, Expected, ProblemKind, Reference, Text};
use crate::read::ids::is_id;
use crate::source::Spanned;
use crate::syntax::{NodeId, Scalar, ScalarStyle, Value};

pub(super) const A_TEXT: Expected = Expected {
    words: "a text",
    example: "The deck is unsafe.",
};
const A_LIST: Expected = Expected {
    words: "a list",
    example: "[first, second]",
};
const A_BOOLEAN: Expected = Expected {
    words: "true or false",
    example: "true",
};
const A_NUMBER: Expected = Expected {
    words: "a number from 0 to 1",
    example: "0.8",
};
const ID_RULE: &str =
    "an id has letters, digits, `-`, `_` and `.` only, no white space, and at most 64 characters";

/// A text with an example that fits what it is for.
pub(super) fn a_text_for(what: &str) -> Expected {
    let example = match what {
        "`id`" | "an id" | "`restates`" | "`contradicts`" => "deck-unsafe",
        "a citation" | "`source`" | "`article`" | "`derived-from`" => "inspection",
        "`bibliography`" => "works.bib",
        "`include`" => "traffic.yaml",
        "`file`" => "sources/inspection.txt",
        "`date`" | "`accessed`" => "2024-11-30",
        "`authors`" => "Ana Ruiz",
        "`language`" => "en",
        "`license`" => "CC-BY-4.0",
        "`title`" => "Bridge inspection",
        "`question`" => "Should the bridge be closed?",
        "`label`" => "Unsafe deck",
        "`tags`" => "safety",
        "`at`" => "para 4",
        "`quote`" => "deck condition rating 3",
        "`scheme`" => "analogy",
        _ => A_TEXT.example,
    };
    Expected { example, ..A_TEXT }
}

impl<'t> Reader<'_, 't> {
    /// A text as written, without the white space around it.
    pub(super) fn text(&mut self, node: NodeId, what: &str) -> Option<Text> {
        let scalar = self.scalar(node, what, a_text_for(what))?;
        let value = scalar.text.trim().to_owned();
        if value.is_empty() || scalar.is_null() {
            // What stands there and cannot be read is told as a fault of the syntax.
            if self.is_unread(node) {
                return None;
            }
            self.problem_at(
                node,
                ProblemKind::EmptyText {
                    what: what.to_owned(),
                },
            );
            return None;
        }
        Some(Spanned {
            value,
            span: self.tree.span(node),
        })
    }

    /// A text with the white space around it, where that is a fault.
    pub(super) fn raw(&mut self, node: NodeId, what: &str) -> Option<Text> {
        let text = self.text(node, what)?;
        let scalar = self.tree.scalar(node);
        let value = scalar
            .map(|scalar| scalar.text.to_string())
            .unwrap_or_default();
        Some(Spanned { value, ..text })
    }

    /// One text or a list of them.
    pub(super) fn texts(&mut self, node: NodeId, what: &str) -> Vec<Text> {
        let nodes = self.one_or_more(node);
        nodes
            .into_iter()
            .filter_map(|node| self.text(node, what))
            .collect()
    }

    /// A list of texts; nothing is an empty list.
    pub(super) fn text_list(&mut self, node: NodeId, what: &str) -> Vec<Text> {
        let items = self.list(node, what);
        items
            .into_iter()
            .filter_map(|item| self.text(item, what))
            .collect()
    }

    /// The items of a list; nothing is an empty list.
    pub(super) fn list(&mut self, node: NodeId, what: &str) -> Vec<NodeId> {
        match self.tree.value(node) {
            Value::Sequence(items) => items.to_vec(),
            Value::Scalar(scalar) if scalar.is_null() => Vec::new(),
            _ => {
                self.wrong_type(node, what, A_LIST);
                Vec::new()
            }
        }
    }

    /// A list's items, or the value itself.
    pub(super) fn one_or_more(&self, node: NodeId) -> Vec<NodeId> {
        match self.tree.value(node) {
            Value::Sequence(items) => items.to_vec(),
            Value::Scalar(_) | Value::Mapping(_) => vec![node],
        }
    }

    /// The same, where nothing is an empty list.
    pub(super) fn none_or_more(&self, node: NodeId) -> Vec<NodeId> {
        if self.is_null(node) {
            Vec::new()
        } else {
            self.one_or_more(node)
        }
    }

    /// Whether something stands there that a syntax error made nothing of.
    pub(super) fn is_unread(&self, node: NodeId) -> bool {
        let is_nothing = |scalar: &Scalar<'_>| scalar.style == ScalarStyle::Empty;
        self.tree.node(node).incomplete && self.tree.scalar(node).is_some_and(is_nothing)
    }

    pub(super) fn is_null(&self, node: NodeId) -> bool {
        self.tree.scalar(node).is_some_and(Scalar::is_null)
    }

    /// An id at the place where it is defined.
    pub(super) fn id(&mut self, node: NodeId, what: &str) -> Option<Text> {
        let id = self.raw(node, what)?;
        if is_id(&id.value) {
            Some(id)
        } else {
            self.invalid_id(what, id)
        }
    }

    /// The name of something that is defined elsewhere, perhaps in an included map.
    pub(super) fn reference(&mut self, node: NodeId, what: &str) -> Option<Reference> {
        let name = self.raw(node, what)?;
        if is_reference(&name.value) {
            Some(name)
        } else {
            self.invalid_id(what, name)
        }
    }

    /// One name or a list of them.
    pub(super) fn references(&mut self, node: NodeId, what: &str) -> Vec<Reference> {
        let nodes = self.one_or_more(node);
        nodes
            .into_iter()
            .filter_map(|node| self.reference(node, what))
            .collect()
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, node: NodeId, what: &str) -> bool {
        let Some(scalar) = self.scalar(node, what, A_BOOLEAN) else {
            return false;
        };
        match (&*scalar.text, scalar.style) {
            ("true" | "True" | "TRUE", ScalarStyle::Plain) => true,
            ("false" | "False" | "FALSE", ScalarStyle::Plain) => false,
            _ => {
                self.wrong_type(node, what, A_BOOLEAN);
                false
            }
        }
    }

    /// A number from 0 to 1.
    pub(super) fn share(&mut self, node: NodeId, what: &str) -> Option<Spanned<f64>> {
        let scalar = self.scalar(node, what, A_NUMBER)?;
        let Some(value) = number(scalar) else {
            self.wrong_type(node, what, A_NUMBER);
            return None;
        };
        if (0.0..=1.0).contains(&value) {
            return Some(Spanned {
                value,
                span: self.tree.span(node),
            });
        }
        self.invalid(node, what, &[], "it must lie between 0 and 1");
        None
    }

    /// A word of a fixed vocabulary.
    pub(super) fn word<T>(
        &mut self,
        node: NodeId,
        what: &str,
        choices: &'static [&'static str],
        from_name: fn(&str) -> Option<T>,
    ) -> Option<Spanned<T>> {
        let text = self.raw(node, what)?;
        if let Some(value) = from_name(&text.value) {
            return Some(Spanned {
                value,
                span: text.span,
            });
        }
        self.invalid(node, what, choices, "it must be one of the format's words");
        None
    }

    /// Reports a value that has the right shape and the wrong content.
    pub(super) fn invalid(
        &mut self,
        node: NodeId,
        what: &str,
        choices: &'static [&'static str],
        rule: &'static str,
    ) {
        let value = self
            .tree
            .scalar(node)
            .map(|scalar| scalar.text.to_string())
            .unwrap_or_default();
        let what = what.to_owned();
        self.problem_at(
            node,
            ProblemKind::InvalidValue {
                what,
                value,
                choices,
                rule,
            },
        );
    }

    /// A scalar, whatever it says; anything else is reported.
    pub(super) fn scalar(
        &mut self,
        node: NodeId,
        what: &str,
        expected: Expected,
    ) -> Option<&Scalar<'t>> {
        let tree = self.tree;
        match tree.value(node) {
            Value::Scalar(scalar) if tree.node(node).tag.is_none() => Some(scalar),
            _ => {
                self.wrong_type(node, what, expected);
                None
            }
        }
    }

    pub(super) fn wrong_type(&mut self, node: NodeId, what: &str, expected: Expected) {
        // What a syntax error cut short may have been meant otherwise.
        if self.tree.node(node).incomplete {
            return;
        }
        self.pass_over(node);
        let found = self.found(node);
        self.problem_at(
            node,
            ProblemKind::WrongType {
                what: what.to_owned(),
                found,
                expected,
            },
        );
    }

    fn invalid_id(&mut self, what: &str, id: Text) -> Option<Text> {
        let kind = ProblemKind::InvalidValue {
            what: what.to_owned(),
            value: id.value,
            choices: &[],
            rule: ID_RULE,
        };
        self.problem(id.span, kind);
        None
    }

    fn found(&self, node: NodeId) -> &'static str {
        if self.tree.node(node).tag.is_some() {
            return A_TAGGED_VALUE;
        }
        match self.tree.value(node) {
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Scalar(scalar) if scalar.is_null() => "nothing",
            Value::Scalar(scalar) if number(scalar).is_some() => "a number",
            Value::Scalar(_) => "a text",
        }
    }
}

/// An id, or one of an included map: `stem/id`.
pub(super) fn is_reference(text: &str) -> bool {
    match text.split_once('/') {
        Some((stem, id)) => is_id(stem) && is_id(id),
        None => is_id(text),
    }
}

/// The number that YAML's core schema reads in a plain scalar.
pub(super) fn number(scalar: &Scalar<'_>) -> Option<f64> {
    let text = &*scalar.text;
    let looks_like_one = scalar.style == ScalarStyle::Plain
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || matches!(b, b'+' | b'-' | b'.' | b'e' | b'E'))
        && text.bytes().any(|b| b.is_ascii_digit());
    if looks_like_one {
        text.parse().ok()
    } else {
        None
    }
}
