//! What is passed over because of a fault, searched for names, so that they are not taken for missing.

use super::document::Reader;
use super::files::stem;
use super::values::is_reference;
use crate::syntax::{Entry, NodeId, Value};

impl Reader<'_, '_> {
    /// Notes what a value that nothing reads may define and refer to.
    ///
    /// Each node is gone through once, however often it is passed over.
    pub(super) fn pass_over(&mut self, node: NodeId) {
        let tree = self.tree;
        let mut open = vec![node];
        while let Some(node) = open.pop() {
            if !self.passed.insert(node) {
                continue;
            }
            match tree.value(node) {
                Value::Scalar(scalar) => self.pass_over_reference(&scalar.text),
                Value::Sequence(items) => open.extend(items),
                Value::Mapping(entries) => {
                    for entry in entries.iter() {
                        self.pass_over_definition(entry);
                        open.push(entry.value);
                    }
                }
            }
        }
    }

    /// Notes what a key that is no key may refer to: `source report` lacks a colon.
    pub(super) fn pass_over_words(&mut self, key: &str) {
        for word in key.split_whitespace() {
            self.pass_over_reference(word);
        }
    }

    /// Notes what may be files that a map includes.
    pub(super) fn pass_over_includes(&mut self, node: NodeId) {
        for path in self.one_or_more(node) {
            if let Some(path) = self.tree.scalar(path) {
                let prefix = stem(&path.text).to_owned();
                self.map.unread.prefixes.insert(prefix);
            }
        }
    }

    /// A section has ids for keys, and what is written in place has one under `id`.
    fn pass_over_definition(&mut self, Entry { key, value }: Entry) {
        let name = self.tree.scalar(key).map_or("", |key| &*key.text);
        self.pass_over_id(name);
        if let Some(id) = self.tree.scalar(value).filter(|_| name == "id") {
            self.pass_over_id(&id.text);
        }
    }

    fn pass_over_id(&mut self, name: &str) {
        if is_reference(name) {
            let id = self.full_id(name);
            self.map.unread.ids.insert(id);
        }
    }

    fn pass_over_reference(&mut self, name: &str) {
        if is_reference(name) {
            let has_prefix = name.contains('/');
            let id = if has_prefix {
                name.to_owned()
            } else {
                self.full_id(name)
            };
            self.map.unread.references.insert(id);
        }
    }
}
