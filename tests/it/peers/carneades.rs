//! What Carneades' `check` says of argument graphs: names are ground atoms, and a statement is in one issue.

use std::collections::{BTreeMap, BTreeSet};

use super::{again, faults, open};
use crate::exports::steps;
use grounds::write::{Format, write};
use serde_yaml::{Mapping, Value};

/// What Carneades would say against the YAML of an argument graph.
pub(super) fn faults_of(text: &str) -> Vec<String> {
    let document: BTreeMap<String, Mapping> = serde_yaml::from_str(text).unwrap();
    let statements: BTreeSet<&str> = keys(&document, "statements").collect();
    let mut faults = Vec::new();
    let no_atoms = statements.iter().filter(|name| !is_ground(name));
    faults.extend(no_atoms.map(|name| format!("{name} is no ground atom")));
    let mut positions = Vec::new();
    let mut named = Vec::new();
    for issue in values(&document, "issues") {
        positions.extend(texts(issue, "positions"));
        let standard = issue.get("standard").map(|it| it.as_str().unwrap());
        if !matches!(standard, None | Some("PE" | "CCE" | "BRD")) {
            faults.push(format!("{standard:?} is no standard"));
        }
    }
    let in_one: BTreeSet<&str> = positions.iter().copied().collect();
    if in_one.len() < positions.len() {
        faults.push("a statement is in two issues, or twice in one".to_owned());
    }
    for argument in values(&document, "arguments") {
        for key in ["premises", "conclusion", "undercutter"] {
            named.extend(texts(argument, key));
        }
        if argument.contains_key("scheme") {
            faults.push("a scheme is not defined".to_owned());
        }
    }
    let tests = document.get("tests").into_iter();
    named.extend(tests.flat_map(|it| {
        ["in", "out", "undecided"]
            .map(|key| texts(it, key))
            .concat()
    }));
    named.extend(positions);
    let unknown = named.iter().filter(|it| !statements.contains(*it));
    faults.extend(unknown.map(|it| format!("{it} is no statement")));
    faults
}

fn keys<'d>(document: &'d BTreeMap<String, Mapping>, part: &str) -> impl Iterator<Item = &'d str> {
    let part = document.get(part).into_iter().flat_map(Mapping::keys);
    part.map(|key| key.as_str().expect("a text"))
}

fn values<'d>(
    document: &'d BTreeMap<String, Mapping>,
    part: &str,
) -> impl Iterator<Item = &'d Mapping> {
    let part = document.get(part).into_iter().flat_map(Mapping::values);
    part.map(|value| value.as_mapping().expect("a mapping"))
}

fn texts<'m>(keys: &'m Mapping, key: &str) -> Vec<&'m str> {
    let text = |it: &'m Value| it.as_str().expect("a text");
    match keys.get(key) {
        None => Vec::new(),
        Some(Value::Sequence(items)) => items.iter().map(text).collect(),
        Some(one) => vec![text(one)],
    }
}

/// Whether a name is an atom, the negation of one, or says of one that it does not apply.
fn is_ground(name: &str) -> bool {
    let name = name.strip_prefix('¬').unwrap_or(name);
    let inner = name
        .strip_prefix("app(")
        .and_then(|it| it.strip_suffix(')'));
    let atom = inner.unwrap_or(name);
    let mut chars = atom.chars();
    let first = chars
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_uppercase());
    first && chars.all(|c| c == '_' || c.is_alphanumeric()) && !["true", "false"].contains(&atom)
}

#[test]
fn names_are_atoms_and_ids_come_back() {
    let map = "thesis: {id: Deck-rusts, claim: T., reasons: [{id: a-1, premises: [deck_rusts, E1, \"277\"], objections: [true, x.y]}, {id: a_1, premises: E1, objections: [[x.y, \"277\"], true]}], objections: [x.y]}\n\
               claims: {deck_rusts: A., E1: {text: E., label: L, contradicts: Deck-rusts}, \"277\": N., true: R., x.y: X.}\n\
               expect: {accepted: [E1], rejected: [Deck-rusts]}\n";
    let dossier = open(map);
    let text = write(&dossier, Format::Carneades).text;
    assert_eq!(faults(Format::Carneades, &text), [""; 0], "{text}");
    for line in [
        "deck_rusts_2:",
        "identifier: Deck-rusts",
        "deck_rusts: A.",
        "e1:",
        "s_277:",
        "s_true:",
        "x_y:",
        "¬app(a_1):",
        "¬app(a_1_2):",
        "¬deck_rusts_2:",
    ] {
        assert!(text.contains(&format!("  {line}")), "{line}\n{text}");
    }
    let read = again(&dossier, Format::Carneades);
    for statement in &dossier.map.statements {
        let found = read.map.statements.iter().find(|it| it.id == statement.id);
        assert_eq!(found.map(|it| &it.text.value), Some(&statement.text.value));
    }
    let expected = |it: &grounds::analysis::Dossier| it.graph.expected.clone();
    assert_eq!(expected(&read).accepted.len(), 1);
    assert_eq!(steps(&again(&read, Format::Carneades)), steps(&read));
}

#[test]
fn an_identifier_that_is_taken_or_is_no_id_gives_way() {
    let file = "statements:\n  a: {text: A., meta: {identifier: b}}\n  b: B.\n  c: {text: C., meta: {identifier: 'no id'}}\narguments:\n  r: {premises: [b, c], conclusion: a}\n";
    let reader = grounds::read::Format::Carneades;
    let read =
        grounds::analysis::Dossier::open_as(reader, "m", file.into(), &grounds::source::NoFiles);
    assert_eq!(read.problems, []);
    let ids: Vec<&str> = read.map.statements.iter().map(|it| &*it.id).collect();
    assert_eq!(ids, ["b-2", "b", "no-id"]);
}
