//! The walk through a foreign file's tree: values of the shapes that importers expect, and faults where they are not.

use rustc_hash::FxHashMap;

use super::draft::Draft;
use super::{Format, Reading};
use crate::model::{Expected, ForeignFault, Problem, ProblemKind, Text};
use crate::source::{FileId, NotText, SourceFile, Span, Spanned};
use crate::syntax::{self, NodeId, SyntaxError, Tree, Value};

/// A tree and the map that is made of it.
pub(super) struct Walk<'a, 't> {
    pub(super) tree: &'a Tree<'t>,
    pub(super) draft: &'a mut Draft,
    file: &'a SourceFile,
}

/// An entry of a mapping.
pub(super) struct Field {
    pub(super) key: Text,
    pub(super) value: NodeId,
}

/// What an importer does with a tree.
type Import = fn(&mut Walk<'_, '_>);

/// Reads a file of a format that is written in YAML.
pub(super) fn read_yaml(format: Format, name: &str, bytes: Vec<u8>, import: Import) -> Reading {
    let (file, not_text, recoded) = SourceFile::decode_any(name, bytes);
    let (tree, errors) = syntax::parse(FileId::default(), &file);
    let errors = errors.into_iter().map(syntax_problem).collect();
    let mut draft = Draft::new(format);
    draft.recoded(FileId::default(), recoded);
    draft.problems = faults(&file, not_text, errors);
    walk(&mut draft, &tree, &file, import);
    drop(tree);
    draft.finish(file)
}

/// Reads a file of a format that is written in JSON.
pub(super) fn read_json(format: Format, name: &str, bytes: Vec<u8>, import: Import) -> Reading {
    read_outline(format, name, bytes, (usize::MAX, import))
}

/// The same where the importer opens each collection that `depth` others hold by itself, with [`Walk::open`].
pub(super) fn read_outline(
    format: Format,
    name: &str,
    bytes: Vec<u8>,
    (depth, import): (usize, Import),
) -> Reading {
    let (file, not_text, recoded) = SourceFile::decode_any(name, bytes);
    let (tree, error) = syntax::outline_json(FileId::default(), &file, depth);
    let mut draft = Draft::new(format);
    draft.recoded(FileId::default(), recoded);
    let errors = error.into_iter().map(|error| {
        let fault = ForeignFault::Malformed {
            language: "JSON",
            why: error.what.to_owned(),
        };
        let kind = ProblemKind::Foreign {
            format: format.title(),
            fault,
        };
        Problem {
            span: error.span,
            kind,
        }
    });
    draft.problems = faults(&file, not_text, errors.collect());
    walk(&mut draft, &tree, &file, import);
    drop(tree);
    draft.finish(file)
}

fn walk(draft: &mut Draft, tree: &Tree<'_>, file: &SourceFile, import: Import) {
    draft.map.parts[0].incomplete = !draft.problems.is_empty();
    import(&mut Walk { tree, draft, file });
}

/// A file whose format is not known.
pub(super) fn unrecognised(name: &str, bytes: Vec<u8>) -> Reading {
    let (file, not_text, recoded) = SourceFile::decode_any(name, bytes);
    let mut draft = Draft::new(Format::Yaml);
    draft.recoded(FileId::default(), recoded);
    draft.problems = faults(&file, not_text, Vec::new());
    if draft.problems.is_empty() {
        draft.fault(Span::default(), ForeignFault::Unrecognised);
    }
    draft.finish(file)
}

/// What is wrong with a text before anything is read of it: of bytes that are none, that alone.
pub(super) fn faults(
    file: &SourceFile,
    not_text: Option<NotText>,
    errors: Vec<Problem>,
) -> Vec<Problem> {
    match not_text {
        Some(fault) => vec![not_text_problem(file, fault)],
        None => errors,
    }
}

/// That bytes are no text, at the place where the text ends.
fn not_text_problem(file: &SourceFile, fault: NotText) -> Problem {
    let end = u32::try_from(file.text().len()).expect("files over 256 MiB are refused");
    let span = Span {
        file: FileId::default(),
        start: end,
        end,
    };
    let kind = ProblemKind::NotText(fault);
    Problem { span, kind }
}

fn syntax_problem(error: SyntaxError) -> Problem {
    let SyntaxError {
        span,
        related,
        kind,
    } = error;
    let kind = ProblemKind::Syntax {
        error: kind,
        related,
    };
    Problem { span, kind }
}

impl Walk<'_, '_> {
    /// Walks through a collection that the outline of a file left out; its tree is gone afterwards.
    pub(super) fn open<T>(
        &mut self,
        node: NodeId,
        read: impl FnOnce(&mut Walk<'_, '_>, NodeId) -> T,
    ) -> T {
        let tree = syntax::parse_json_part(self.file, self.tree.span(node));
        let root = tree.root().expect("a value that was read once is there");
        read(
            &mut Walk {
                tree: &tree,
                draft: self.draft,
                file: self.file,
            },
            root,
        )
    }

    /// The entries of a mapping with a text as key, each key once; nothing is an empty mapping.
    pub(super) fn fields(&mut self, node: NodeId, what: &str) -> Vec<Field> {
        let entries = match self.tree.value(node) {
            Value::Mapping(entries) => entries,
            Value::Scalar(scalar) if scalar.is_null() => return Vec::new(),
            _ => {
                self.wrong_type(node, what, A_MAPPING);
                return Vec::new();
            }
        };
        let mut seen: FxHashMap<&str, Span> = FxHashMap::default();
        let mut fields = Vec::with_capacity(entries.len());
        for entry in entries.iter() {
            let Some(key) = self.tree.scalar(entry.key) else {
                self.wrong_type(entry.key, "a key", A_TEXT);
                continue;
            };
            let span = self.tree.span(entry.key);
            let name = key.text.trim();
            if let Some(first) = seen.get(name) {
                let (key, first) = (name.to_owned(), *first);
                self.draft
                    .problem(span, ProblemKind::DuplicateKey { key, first });
                continue;
            }
            seen.insert(name, span);
            let value = name.to_owned();
            fields.push(Field {
                key: Spanned { value, span },
                value: entry.value,
            });
        }
        fields
    }

    /// Whether a value is a mapping.
    pub(super) fn is_mapping(&self, node: NodeId) -> bool {
        matches!(self.tree.value(node), Value::Mapping(_))
    }

    /// Where the items of a list or the keys of a mapping stand, or the value itself.
    pub(super) fn parts(&self, node: NodeId) -> Vec<Span> {
        let nodes = match self.tree.value(node) {
            Value::Mapping(entries) => entries.iter().map(|entry| entry.key).collect(),
            _ => self.one_or_more(node),
        };
        nodes.into_iter().map(|node| self.tree.span(node)).collect()
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

    /// The items of a list, or one value in place of a list of one.
    pub(super) fn one_or_more(&self, node: NodeId) -> Vec<NodeId> {
        match self.tree.value(node) {
            Value::Sequence(items) => items.to_vec(),
            Value::Scalar(scalar) if scalar.is_null() => Vec::new(),
            Value::Scalar(_) | Value::Mapping(_) => vec![node],
        }
    }

    /// A text or a number as text; nothing where there is none.
    pub(super) fn text(&mut self, node: NodeId, what: &str) -> Option<Text> {
        let Some(scalar) = self.tree.scalar(node) else {
            self.wrong_type(node, what, A_TEXT);
            return None;
        };
        let value = scalar.text.trim().to_owned();
        (!scalar.is_null() && !value.is_empty()).then(|| Spanned {
            value,
            span: self.tree.span(node),
        })
    }

    /// One text or a list of them.
    pub(super) fn texts(&mut self, node: NodeId, what: &str) -> Vec<Text> {
        let nodes = self.one_or_more(node);
        nodes
            .into_iter()
            .filter_map(|node| self.text(node, what))
            .collect()
    }

    /// Whether a value is true, as YAML and JSON write it.
    pub(super) fn is_true(&self, node: NodeId) -> bool {
        let scalar = self.tree.scalar(node);
        scalar.is_some_and(|scalar| matches!(&*scalar.text, "true" | "True" | "TRUE"))
    }

    /// The number from 0 to 1 that a value is; another value is a fault.
    pub(super) fn share(&mut self, node: NodeId, what: &str) -> Option<Spanned<f64>> {
        let text = self.text(node, what)?;
        match text.value.parse() {
            Ok(value) if (0.0..=1.0).contains(&value) => Some(Spanned {
                value,
                span: text.span,
            }),
            _ => {
                self.invalid(&text, what, &[], "it must be a number from 0 to 1");
                None
            }
        }
    }

    /// Reports a value of the right shape that cannot be.
    pub(super) fn invalid(
        &mut self,
        text: &Text,
        what: &str,
        choices: &'static [&'static str],
        rule: &'static str,
    ) {
        let kind = ProblemKind::InvalidValue {
            what: what.to_owned(),
            value: text.value.clone(),
            choices,
            rule,
        };
        self.draft.problem(text.span, kind);
    }

    /// Reports a value of another shape than the format has there.
    pub(super) fn wrong_type(&mut self, node: NodeId, what: &str, expected: Expected) {
        // What a syntax error cut short may have been meant otherwise.
        if self.tree.node(node).incomplete {
            return;
        }
        let found = match self.tree.value(node) {
            Value::Sequence(_) => "a list",
            Value::Mapping(_) => "a mapping",
            Value::Scalar(scalar) if scalar.is_null() => "nothing",
            Value::Scalar(_) => "a text",
        };
        let kind = ProblemKind::WrongType {
            what: what.to_owned(),
            found,
            expected,
        };
        self.draft.problem(self.tree.span(node), kind);
    }

    /// What was found of a part that must be there; where nothing was, that is a fault.
    pub(super) fn require(
        &mut self,
        node: NodeId,
        found: Option<Text>,
        (part, owner): (&'static str, &'static str),
    ) -> Option<Text> {
        if found.is_none() && self.is_mapping(node) && !self.tree.node(node).incomplete {
            let fault = ForeignFault::Missing {
                part,
                owner,
                name: None,
            };
            self.draft.fault(self.tree.span(node), fault);
        }
        found
    }

    /// Reports that a text is empty, unless the file ends before it.
    pub(super) fn empty_text(&mut self, node: NodeId, what: String, span: Span) {
        if self.is_mapping(node) && !self.tree.node(node).incomplete {
            self.draft.problem(span, ProblemKind::EmptyText { what });
        }
    }

    /// Counts each item of a list, or entry of a mapping, as something that a map cannot hold.
    pub(super) fn lose_each(&mut self, node: NodeId, what: &'static str) {
        for span in self.parts(node) {
            self.lose(what, span);
        }
    }

    /// Counts something that a map cannot hold.
    pub(super) fn lose(&mut self, what: &'static str, span: Span) {
        self.draft.losses.add(what, span);
    }
}

const A_TEXT: Expected = Expected {
    words: "a text",
    example: "The deck is unsafe.",
};
const A_LIST: Expected = Expected {
    words: "a list",
    example: "[first, second]",
};
const A_MAPPING: Expected = Expected {
    words: "a mapping",
    example: "{first: 1, second: 2}",
};
