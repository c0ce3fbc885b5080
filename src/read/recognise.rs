//! Which format a file is in, by its name's ending and its content.

use super::Format;
use crate::model::near::nearest;
use crate::source::{FileId, SourceFile, any_text};
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

/// Endings of files that are no YAML.
const FOREIGN_ENDINGS: [&str; 3] = ["json", "mup", "xml"];
/// Endings of Argdown's source.
const ARGDOWN_ENDINGS: [&str; 2] = ["argdown", "ad"];
/// The ending of BRAT's annotations.
const BRAT_ENDINGS: [&str; 1] = ["ann"];
/// How the text starts that Kialo exports.
const KIALO_START: &str = "Discussion Title:";
/// The first element of an arg-microtext.
const MICROTEXTS_START: &str = "<arggraph";

/// The format of a file; none where it is JSON or XML of another kind.
///
/// What is YAML and recognised as nothing else is a map, so that a fault in a map is told as one.
/// Costs a look at the lines of a map that starts as most do, else one pass over the text.
pub(super) fn format_of(name: &str, bytes: &[u8]) -> Option<Format> {
    let is_foreign = has_ending(name, &FOREIGN_ENDINGS);
    let (text, _) = any_text(bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    if !is_foreign && text.lines().any(|line| line.starts_with("thesis:")) {
        return Some(Format::Yaml);
    }
    let start = text.trim_start();
    if start.starts_with('{') {
        return json(name, text, is_foreign);
    }
    if start.starts_with('<') && start.contains(MICROTEXTS_START) {
        return Some(Format::Microtexts);
    }
    if start.starts_with('<') {
        // What is not XML may be an argument of Argdown's.
        return (!is_foreign && is_argdown(text)).then_some(Format::Argdown);
    }
    if start.starts_with(KIALO_START) {
        return Some(Format::Kialo);
    }
    if is_brat(text) || has_ending(name, &BRAT_ENDINGS) {
        return Some(Format::Brat);
    }
    if has_ending(name, &ARGDOWN_ENDINGS) {
        return Some(Format::Argdown);
    }
    (!is_foreign).then(|| yaml(name, text))
}

/// Whether a line starts as no line of YAML does: with a title in brackets, or with a relation to one.
fn is_argdown(text: &str) -> bool {
    let starts = |line: &str| {
        let line = line.trim_start();
        let relations = ["<+", "<-", "<_", "+>", "->", "_>", "><", "+"];
        let relation = relations.iter().find_map(|mark| line.strip_prefix(mark));
        let titled = relation.map_or(line, str::trim_start);
        let is_titled = |open, close| {
            let inside: Option<&str> = titled.strip_prefix(open);
            inside.is_some_and(|inside| inside.contains(close))
        };
        is_titled('<', ">") || is_titled('[', "]: ") || (relation.is_some() && is_titled('[', "]"))
    };
    text.lines().any(starts)
}

/// Whether a text starts with an annotation of BRAT's, and some line of it is about a place in another text.
///
/// Costs a look at the first line, and a pass over the others where that is an annotation.
fn is_brat(text: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let is_annotation = |line: &str| {
        let id = line.split_once('\t').map_or("", |(id, _)| id);
        let number = id.strip_prefix(['T', 'R', 'E', 'A', 'M', 'N', '#']);
        id == "*" || number.is_some_and(is_number)
    };
    let is_bound = |line: &str| {
        let mut fields = line.split('\t').skip(1);
        let mut head = fields.next().unwrap_or_default().split(' ').skip(1);
        line.starts_with('T')
            && is_annotation(line)
            && head.next().is_some_and(is_number)
            && head
                .next()
                .is_some_and(|end| is_number(end.split(';').next().unwrap_or_default()))
    };
    let mut filled = text.lines().filter(|line| !line.trim().is_empty());
    filled.next().is_some_and(is_annotation) && text.lines().any(is_bound)
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

    /// The keys of the mapping that a value is.
    fn keys_under(&self, value: NodeId) -> Vec<&'a str> {
        let Value::Mapping(entries) = self.tree.value(value) else {
            return Vec::new();
        };
        let keys = entries
            .iter()
            .filter_map(|entry| self.tree.scalar(entry.key));
        keys.map(|key| &*key.text).collect()
    }

    /// The first item of a list.
    fn first(&self, name: &str) -> Option<NodeId> {
        match self.tree.value(self.get(name)?) {
            Value::Sequence(items) => items.first().copied(),
            _ => None,
        }
    }
}

fn json(name: &str, text: &str, is_foreign: bool) -> Option<Format> {
    let file = SourceFile::new("", text);
    let (tree, error) = syntax::outline_json(FileId::default(), &file, 2);
    let is_json = error.is_none() || is_foreign;
    let top = Top::of(&tree).filter(|_| is_json);
    let first_has = |list: &str, key: &str| {
        let first = top.as_ref().and_then(|top| top.first(list));
        let part = first.map(|first| syntax::parse_json_part(&file, tree.span(first)));
        let part = part.as_ref().and_then(Top::of);
        part.is_some_and(|part| part.has(&[key]))
    };
    let Some(top) = &top else {
        // YAML may be written in braces, too.
        return Some(yaml(name, text));
    };
    let has_nodes = top.has(&["nodes"]);
    if top.has(&["AIF", "aif"]) {
        Some(Format::Xaif)
    } else if has_nodes && (top.has(&["locutions"]) || first_has("nodes", "nodeID")) {
        Some(Format::Aif)
    } else if has_nodes && first_has("edges", "from") && first_has("edges", "to") {
        // Older files of OVA.
        Some(Format::Aif)
    } else if top.is_mapping("nodes") {
        Some(Format::Arguebuf)
    } else if has_nodes && (top.has(&["resources"]) || first_has("nodes", "type")) {
        Some(Format::Sadface)
    } else if top.has(&["ideas"]) {
        Some(Format::Mindmup)
    } else if top.has(&["relations"]) && top.has(&["statements", "arguments"]) {
        Some(Format::Argdown)
    } else if is_carneades(top) {
        Some(Format::Carneades)
    } else if top.has(&OWN_KEYS) || !is_foreign {
        Some(Format::Yaml)
    } else {
        None
    }
}

fn yaml(name: &str, text: &str) -> Format {
    let file = SourceFile::new("", text);
    let (tree, _) = syntax::parse(FileId::default(), &file);
    let top = Top::of(&tree);
    let has_keys = top.as_ref().is_some_and(|top| !top.entries.is_empty());
    let Some(top) = top.filter(|_| has_keys) else {
        return if is_argdown(text) {
            Format::Argdown
        } else {
            Format::Yaml
        };
    };
    if is_carneades(&top) {
        Format::Carneades
    } else if is_gsn2x(name, &top) {
        Format::Gsn2x
    } else if is_argmap(&top) {
        Format::Argmap
    } else {
        Format::Yaml
    }
}

/// A mapping from ids of elements, at least one of which is tied to others.
fn is_gsn2x(name: &str, top: &Top<'_, '_>) -> bool {
    const LINKS: [&str; 4] = ["supportedBy", "inContextOf", "challenges", "undeveloped"];
    if name.contains(".gsn.") {
        return true;
    }
    let elements = top.entries.iter().filter(|(key, _)| *key != "module");
    let keys: Vec<Vec<&str>> = elements
        .map(|(_, element)| top.keys_under(*element))
        .collect();
    let is_element = |keys: &Vec<&str>| keys.contains(&"text");
    let has_link = |keys: &Vec<&str>| keys.iter().any(|key| LINKS.contains(key));
    keys.iter().all(is_element) && keys.iter().any(has_link)
}

/// A mapping from sentences, at least one of which has reasons under it.
fn is_argmap(top: &Top<'_, '_>) -> bool {
    let is_sentence = |key: &str| key.contains(char::is_whitespace);
    let is_mapping = |value: &NodeId| matches!(top.tree.value(*value), Value::Mapping(_));
    let has_reasons = |(_, value): &(&str, NodeId)| match top.tree.value(*value) {
        Value::Mapping(reasons) => reasons.iter().any(|reason| is_mapping(&reason.value)),
        _ => false,
    };
    top.entries.iter().all(|(key, _)| is_sentence(key)) && top.entries.iter().any(has_reasons)
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
    fn argdown_is_known_by_its_titles_and_relations() {
        for text in [
            "[A]: A stands.\n  + <B>\n",
            "# Heading\n\nWords alone.\n  <- [B]: It is so.\n",
            "<A>\n\n(1) [P]: P.\n----\n(2) [C]: C.\n",
        ] {
            check("-", text, Some(Format::Argdown));
        }
        check("m.argdown", "Words alone.", Some(Format::Argdown));
        check("m.AD", "", Some(Format::Argdown));
    }

    #[test]
    fn annotations_are_known_by_their_ending_or_by_their_lines() {
        let brat = Some(Format::Brat);
        let place = "T1\tClaim 0 5;7 9\tWarm beer\n";
        for name in ["m.ann", "m.txt", "m.json", "-"] {
            check(name, place, brat);
            check(
                name,
                &format!("\u{feff}\r\nA1\tStance T1 For\r\n{place}"),
                brat,
            );
        }
        check("m.ANN", "", brat);
        check("m.ann", "Words alone.", brat);
        for text in [
            "T1\tClaim x y\tWarm",
            "A1\tStance T1 For",
            "Warm\tbeer\nT1\tClaim 0 4\tWarm",
        ] {
            check("m.txt", text, Some(Format::Yaml));
        }
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
            "deck-unsafe: {text: The deck is unsafe.}\n",
            "The bridge: should be closed\n",
            "Discussion: {T stands: {text: x}}\nthesis : T\n",
        ] {
            check("m.yaml", text, Some(Format::Yaml));
        }
        assert_eq!(format_of("m.yaml", b"claims: \xff"), Some(Format::Yaml));
        check("m.json", "{\"thesis\": \"T stands.\"}", Some(Format::Yaml));
    }

    #[test]
    fn json_and_xml_of_other_kinds_are_none_of_the_formats() {
        check("m.json", "{\"x\": 1}", None);
        check("m.json", "[]", None);
        check("m.json", "", None);
        check("m.xml", "<html/>", None);
        check("m.mup", "thesis: T stands.\n", None);
        assert_eq!(format_of("m.json", b"{\xff"), None);
    }
}
