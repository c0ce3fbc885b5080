//! Which format a file is in, by its name's ending and its content.

use super::Format;
use crate::model::near::nearest;
use crate::source::{FileId, SourceFile};
use crate::syntax::{self, NodeId, Tree, Value};

/// The top-level keys that only the project's own format has.
const OWN_KEYS: [&str; 15] = [
    "thesis",
    "claims",
    "evidence",
    "sources",
    "title",
    "question",
    "description",
    "authors",
    "date",
    "license",
    "bibliography",
    "include",
    "article",
    "expect",
    "allow",
];

/// The format of a file; none where it is JSON or XML of another kind.
///
/// What is YAML and recognised as nothing else is a map, so that a fault in a map is told as one.
/// Costs a look at the lines of a map that starts as most do, else one pass over the text.
pub(super) fn format_of(name: &str, bytes: &[u8]) -> Option<Format> {
    let Ok(text) = str::from_utf8(bytes) else {
        return by_name_alone(name);
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_own = text.lines().any(|line| line.starts_with("thesis:"));
    if is_own && !has_ending(name, &["json"]) {
        return Some(Format::Yaml);
    }
    match text.trim_start().as_bytes().first() {
        Some(b'{') => json(name, text),
        _ if has_ending(name, &["json"]) => None,
        _ => Some(yaml(text)),
    }
}

/// The format of a file that is not wholly text.
fn by_name_alone(name: &str) -> Option<Format> {
    if has_ending(name, &["json"]) {
        return None;
    }
    Some(Format::Yaml)
}

fn has_ending(name: &str, endings: &[&str]) -> bool {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.to_lowercase());
    ending.is_some_and(|ending| endings.contains(&&*ending))
}

/// The keys of the top level of a file, and what stands under them.
struct Top<'a, 't> {
    tree: &'a Tree<'t>,
    entries: Vec<(&'a str, NodeId)>,
}

impl<'a, 't> Top<'a, 't> {
    fn of(tree: &'a Tree<'t>) -> Option<Self> {
        let Value::Mapping(entries) = tree.value(tree.root()?) else {
            return None;
        };
        let key = |key| tree.scalar(key).map(|scalar| &*scalar.text);
        let entries = entries.iter();
        let entries = entries.filter_map(|entry| Some((key(entry.key)?, entry.value)));
        Some(Self {
            tree,
            entries: entries.collect(),
        })
    }

    fn has(&self, names: &[&str]) -> bool {
        self.entries.iter().any(|(key, _)| names.contains(key))
    }

    fn get(&self, name: &str) -> Option<NodeId> {
        let entry = self.entries.iter().find(|(key, _)| *key == name)?;
        Some(entry.1)
    }

    fn is_mapping(&self, name: &str) -> bool {
        let value = self.get(name).map(|value| self.tree.value(value));
        matches!(value, Some(Value::Mapping(_)))
    }

    /// Whether the first node of a list of nodes has a key.
    fn nodes_have(&self, name: &str) -> bool {
        let nodes = self.get("nodes").map(|nodes| self.tree.value(nodes));
        let Some(Value::Sequence(nodes)) = nodes else {
            return false;
        };
        let first = nodes.first().map(|node| self.tree.value(*node));
        let Some(Value::Mapping(entries)) = first else {
            return false;
        };
        let mut keys = entries
            .iter()
            .filter_map(|entry| self.tree.scalar(entry.key));
        keys.any(|key| key.text == name)
    }
}

fn json(name: &str, text: &str) -> Option<Format> {
    let file = SourceFile::new("", text);
    let (tree, error) = syntax::parse_json(FileId::default(), &file);
    let is_json = error.is_none() || has_ending(name, &["json"]);
    let top = Top::of(&tree).filter(|_| is_json);
    let Some(top) = top else {
        // A map may be written in braces, too.
        return Some(Format::Yaml);
    };
    if top.has(&["AIF"]) {
        Some(Format::Xaif)
    } else if top.has(&["nodes"]) && (top.has(&["locutions"]) || top.nodes_have("nodeID")) {
        Some(Format::Aif)
    } else if top.is_mapping("nodes") {
        Some(Format::Arguebuf)
    } else if top.has(&["nodes"]) && (top.has(&["resources"]) || top.nodes_have("type")) {
        Some(Format::Sadface)
    } else if is_carneades(&top) {
        Some(Format::Carneades)
    } else if top.has(&OWN_KEYS) || !has_ending(name, &["json"]) {
        Some(Format::Yaml)
    } else {
        None
    }
}

fn yaml(text: &str) -> Format {
    let file = SourceFile::new("", text);
    let (tree, _) = syntax::parse(FileId::default(), &file);
    match Top::of(&tree) {
        Some(top) if is_carneades(&top) => Format::Carneades,
        _ => Format::Yaml,
    }
}

fn is_carneades(top: &Top<'_, '_>) -> bool {
    let is_slip = |key: &str| !nearest(key, ["thesis"]).is_empty();
    let is_own = top.has(&OWN_KEYS) || top.entries.iter().any(|(key, _)| is_slip(key));
    !is_own && top.has(&["statements", "arguments", "issues", "argument_schemes"])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, text: &str, expected: Option<Format>) {
        assert_eq!(format_of(name, text.as_bytes()), expected, "{name}: {text}");
    }

    #[test]
    fn formats_are_known_by_their_keys() {
        let carneades = Some(Format::Carneades);
        check("m.yml", "meta: {title: T}\nstatements: {p: P}\n", carneades);
        check("m.yml", "language: {}\nargument_schemes: []\n", carneades);
        check("m", "{\"arguments\": {}, \"assumptions\": []}", carneades);
        let aif = "{\"nodes\": [], \"edges\": [], \"locutions\": []}";
        check("m.json", aif, Some(Format::Aif));
        check("-", aif, Some(Format::Aif));
        check(
            "m.yaml",
            "{\"nodes\": [{\"nodeID\": 1}]}",
            Some(Format::Aif),
        );
        check("m.json", "\u{feff} {\"AIF\": {}}", Some(Format::Xaif));
        check("m.json", "{\"nodes\": {}}", Some(Format::Arguebuf));
        check(
            "m.json",
            "{\"nodes\": [], \"resources\": []}",
            Some(Format::Sadface),
        );
    }

    #[test]
    fn a_map_with_a_fault_is_a_map() {
        for text in [
            "",
            "thesis: T stands.\nstatements: {}\n",
            "{thesis: T stands., arguments: {}}",
            "theses: T stands.\nstatements: {p: P}\n",
            "title: T\narguments: {}\n",
            "claims: {a: A stands.}\nissues: {}\n",
            "assumptions: {a: A stands.}\n",
            "- statements\n",
            "statements",
            "{\"thesis\": \"T stands.\"}",
            "{\"thesiss\": \"T stands.\"}",
        ] {
            check("m.yaml", text, Some(Format::Yaml));
        }
        assert_eq!(format_of("m.yaml", b"statements: \xff"), Some(Format::Yaml));
        check("m.json", "{\"thesis\": \"T stands.\"}", Some(Format::Yaml));
    }

    #[test]
    fn json_of_another_kind_is_none_of_the_formats() {
        check("m.json", "{\"x\": 1}", None);
        check("m.json", "[]", None);
        check("m.json", "", None);
        assert_eq!(format_of("m.json", b"{\xff"), None);
    }
}
