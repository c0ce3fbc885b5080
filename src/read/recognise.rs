//! Which format a file is in, by its name's ending and its content.

use super::Format;
use crate::model::near::nearest;
use crate::source::{FileId, SourceFile};
use crate::syntax::{self, Value};

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

/// The format of a file. What is recognised as nothing else is a map, so that a fault in a map is told as one.
///
/// Costs a look at the first lines where a map starts as most do, else one pass over the text.
pub(super) fn format_of(_name: &str, bytes: &[u8]) -> Format {
    match str::from_utf8(bytes) {
        Ok(text) => format_of_yaml(text),
        Err(_) => Format::Yaml,
    }
}

fn format_of_yaml(text: &str) -> Format {
    if text.lines().any(|line| line.starts_with("thesis:")) {
        return Format::Yaml;
    }
    let file = SourceFile::new("", text);
    let (tree, _) = syntax::parse(FileId::default(), &file);
    let Some(Value::Mapping(entries)) = tree.root().map(|root| tree.value(root)) else {
        return Format::Yaml;
    };
    let keys = entries.iter().filter_map(|entry| tree.scalar(entry.key));
    let keys: Vec<&str> = keys.map(|key| &*key.text).collect();
    let has = |names: &[&str]| keys.iter().any(|key| names.contains(key));
    let is_slip = |key: &&&str| !nearest(key, ["thesis"]).is_empty();
    if has(&OWN_KEYS) || keys.iter().any(|key| is_slip(&key)) {
        Format::Yaml
    } else if has(&["statements", "arguments", "issues", "argument_schemes"]) {
        Format::Carneades
    } else {
        Format::Yaml
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Format) {
        assert_eq!(format_of("m.yml", text.as_bytes()), expected, "{text}");
    }

    #[test]
    fn carneades_is_known_by_its_keys() {
        check("meta: {title: T}\nstatements: {p: P}\n", Format::Carneades);
        check(
            "{\"arguments\": {}, \"assumptions\": []}",
            Format::Carneades,
        );
        check("language: {}\nargument_schemes: []\n", Format::Carneades);
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
        ] {
            check(text, Format::Yaml);
        }
        assert_eq!(format_of("m.yaml", b"statements: \xff"), Format::Yaml);
    }
}
