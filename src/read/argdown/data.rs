//! The YAML in an Argdown document: its front matter, and data in braces.

use crate::model::Text;
use crate::source::{FileId, SourceFile, Span, Spanned};
use crate::syntax::{self, NodeId, Tree, Value};

/// An entry; one of a mapping under a key is called `key.entry`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) key: Text,
    /// The texts of a value or of a list; none of what is nested deeper.
    pub(super) values: Vec<Text>,
}

/// The entries of YAML that stands at an offset in a file; none where it is no mapping.
pub(super) fn entries(yaml: &str, at: Span) -> Option<Vec<Entry>> {
    let file = SourceFile::new("", yaml);
    let (tree, errors) = syntax::parse(FileId::default(), &file);
    let Value::Mapping(pairs) = tree.value(tree.root()?) else {
        return None;
    };
    if !errors.is_empty() {
        return None;
    }
    let walk = Walk { tree: &tree, at };
    let mut entries = Vec::new();
    for pair in pairs.iter() {
        let Some(key) = walk.text(pair.key) else {
            continue;
        };
        let inner = walk.inner(&key, pair.value);
        let values = walk.values(pair.value);
        entries.push(Entry { key, values });
        entries.extend(inner);
    }
    Some(entries)
}

struct Walk<'a, 't> {
    tree: &'a Tree<'t>,
    at: Span,
}

impl Walk<'_, '_> {
    fn text(&self, node: NodeId) -> Option<Text> {
        let scalar = self.tree.scalar(node)?;
        let span = self.tree.span(node);
        let value = scalar.text.trim().to_owned();
        (!scalar.is_null() && !value.is_empty()).then_some(Spanned {
            value,
            span: Span {
                file: self.at.file,
                start: self.at.start + span.start,
                end: self.at.start + span.end,
            },
        })
    }

    fn values(&self, node: NodeId) -> Vec<Text> {
        match self.tree.value(node) {
            Value::Sequence(items) => items.iter().filter_map(|item| self.text(*item)).collect(),
            _ => self.text(node).into_iter().collect(),
        }
    }

    /// The entries of the mapping under a key.
    fn inner(&self, key: &Text, node: NodeId) -> Vec<Entry> {
        let Value::Mapping(pairs) = self.tree.value(node) else {
            return Vec::new();
        };
        let entry = |inner: Text, value| Entry {
            key: Spanned {
                value: format!("{}.{}", key.value, inner.value),
                span: inner.span,
            },
            values: self.values(value),
        };
        let pairs = pairs.iter();
        pairs
            .filter_map(|pair| Some(entry(self.text(pair.key)?, pair.value)))
            .collect()
    }
}

/// Parts words from the data in braces at their end. Linear in the words.
pub(super) fn at_end(words: &str) -> Option<(&str, Vec<Entry>)> {
    let words = words.trim_end();
    let start = last_braces(words)?;
    let inside = &words[start + 1..words.len() - 1];
    // Behind a brace that ends its line the data are in YAML's block style.
    let first_line = inside.lines().next().unwrap_or_default();
    let is_block = first_line.trim().is_empty() && inside.contains('\n');
    let yaml = if is_block { inside } else { &words[start..] };
    let entries = entries(yaml, Span::default())?;
    Some((&words[..start], entries))
}

/// Where the braces start that end with the words.
fn last_braces(words: &str) -> Option<usize> {
    let mut open = Vec::new();
    let mut is_quoted = false;
    let mut last = None;
    let mut is_escaped = false;
    for (at, c) in words.char_indices() {
        if std::mem::take(&mut is_escaped) {
            continue;
        }
        match c {
            '\\' => is_escaped = true,
            '"' if !open.is_empty() => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '{' => open.push(at),
            '}' => last = open.pop().map(|start| (start, at)),
            _ => {}
        }
    }
    let (start, end) = last?;
    (end + 1 == words.len()).then_some(start)
}

/// Whether words end in the middle of data, so that the next line goes on with them.
pub(super) fn is_open(words: &str) -> bool {
    let Some(start) = words.rfind('{') else {
        return false;
    };
    let rest = &words[start + 1..];
    let key = rest.split(':').next().unwrap_or_default().trim();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
    let starts_data = rest.trim().is_empty() || (rest.contains(':') && key.chars().all(is_word));
    starts_data && !rest.contains('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(words: &str) -> Option<(&str, Vec<String>)> {
        let (rest, entries) = at_end(words)?;
        Some((rest, entries.into_iter().map(|it| it.key.value).collect()))
    }

    #[test]
    fn data_stand_at_the_end() {
        let some = |rest, keys: &[&str]| {
            let keys = keys.iter().map(|key| (*key).to_owned()).collect();
            Some((rest, keys))
        };
        assert_eq!(
            keys("A b {x: 1, y: {z: 2}}"),
            some("A b ", &["x", "y", "y.z"])
        );
        assert_eq!(keys("A {\n  x: 1\n  y: [1, 2]\n}"), some("A ", &["x", "y"]));
        assert_eq!(keys("A {x: \"}\"} "), some("A ", &["x"]));
        assert_eq!(keys("A {x: 1} b"), None);
        assert_eq!(keys("A \\{x: 1\\}"), None);
        assert_eq!(keys("A } b {"), None);
        assert_eq!(keys("{"), None);
        assert_eq!(keys("}"), None);
    }
}
