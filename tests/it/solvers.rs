//! What solvers read of the example maps is what evaluation says of them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use grounds::analysis::{Dossier, Semantics, Terms, Verdict};
use grounds::write::solver::{Format, losses, write};

use crate::cli::run;
use crate::project;
use crate::world::Disk;

/// Arguments by the words of their key, and the pairs that attack.
type Graph = (Vec<String>, BTreeSet<(String, String)>);

fn read_af(text: &str) -> Graph {
    let mut lines = text.lines();
    let n: usize = lines
        .next()
        .and_then(|line| line.strip_prefix("p af "))
        .and_then(|n| n.parse().ok())
        .expect("the line that counts");
    let mut phrases = BTreeMap::new();
    let mut attacks = BTreeSet::new();
    for line in lines {
        if let Some(key) = line.strip_prefix("# ") {
            let (number, phrase) = key.split_once(' ').expect("a number and a phrase");
            phrases.insert(
                number.parse::<usize>().expect("a number"),
                phrase.to_owned(),
            );
        } else {
            let pair = line.split_once(' ').expect("two numbers");
            let phrase = |number: &str| phrases[&number.parse().expect("a number")].clone();
            attacks.insert((phrase(pair.0), phrase(pair.1)));
        }
    }
    assert!(
        phrases.keys().copied().eq(1..=n),
        "{n} arguments have a key"
    );
    (phrases.into_values().collect(), attacks)
}

fn read_apx(text: &str) -> Graph {
    let mut phrases = BTreeMap::new();
    let (mut arguments, mut attacks) = (Vec::new(), BTreeSet::new());
    for line in text.lines() {
        if let Some(key) = line.strip_prefix("% ") {
            let (name, phrase) = key.split_once(": ").expect("a name and a phrase");
            phrases.insert(name, phrase.to_owned());
            continue;
        }
        let (word, rest) = line.split_once('(').expect("a fact");
        let inner = rest.strip_suffix(").").expect("the end of a fact");
        if word == "arg" {
            arguments.push(phrases[inner].clone());
        } else {
            let (one, other) = inner.split_once(',').expect("a pair");
            attacks.insert((phrases[one].clone(), phrases[other].clone()));
        }
    }
    (arguments, attacks)
}

/// The grounded labelling by its definition.
fn grounded((arguments, attacks): &Graph) -> BTreeMap<&str, Verdict> {
    let mut labels: BTreeMap<&str, Verdict> = BTreeMap::new();
    let mut attackers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (one, other) in attacks {
        attackers.entry(other).or_default().push(one);
    }
    loop {
        let before = labels.clone();
        for argument in arguments {
            let by = attackers
                .get(argument.as_str())
                .map_or(&[][..], Vec::as_slice);
            let has = |attacker: &&str, label| before.get(*attacker) == Some(&label);
            if by.iter().any(|attacker| has(attacker, Verdict::In)) {
                labels.insert(argument, Verdict::Out);
            } else if by.iter().all(|attacker| has(attacker, Verdict::Out)) {
                labels.insert(argument, Verdict::In);
            }
        }
        if labels == before {
            return labels;
        }
    }
}

#[test]
fn solvers_find_the_verdicts_on_every_example_map() {
    let folder = project("maps");
    let walk = ignore::WalkBuilder::new(&folder)
        .sort_by_file_path(std::path::Path::cmp)
        .build();
    let paths = walk.map(|entry| entry.expect("a readable folder").into_path());
    let mut n_maps = 0;
    for path in paths.filter(|path| path.extension().is_some_and(|ending| ending == "yaml")) {
        n_maps += 1;
        let name = path.strip_prefix(&folder).expect("a map below the folder");
        let name = name.to_str().expect("names of maps are text");
        let bytes = fs::read(&path).expect("a map");
        let mut dossier = Dossier::open(name, bytes, &Disk(folder.clone()));
        dossier.evaluate(Terms {
            semantics: Semantics::Grounded,
            ..Terms::default()
        });
        let graph = read_af(&write(&dossier, Format::Af));
        let labels = grounded(&graph);
        for statement in dossier.graph.statements() {
            let id = dossier.map.statement(statement).id.as_str();
            let label = labels.get(id).copied().unwrap_or_default();
            let verdict = dossier.analysis.verdicts.of_statement(statement);
            assert_eq!(label, verdict, "{name}: {id}");
        }
        let facts = read_apx(&write(&dossier, Format::Apx));
        assert_eq!(facts.1, graph.1, "{name}");
        assert!(
            losses(&dossier, Format::Af)
                .iter()
                .all(|loss| !loss.contains("grounds evaluate")),
            "{name}"
        );
    }
    assert!(n_maps > 30, "the example maps are there");
}

#[test]
fn what_a_format_cannot_hold_is_said_and_fails_only_where_that_is_asked_for() {
    let scratch = tempfile::tempdir().unwrap();
    let text = "thesis: {id: t, evidence: It rained., strength: 0.5}";
    fs::write(scratch.path().join("m.yaml"), text).unwrap();
    let convert = |args: &[&str]| run(scratch.path(), &[&["convert", "m.yaml"], args].concat());
    let bag = convert(&["-f", "bag"]);
    assert_eq!((bag.code, bag.stdout.as_str()), (0, "arg(t,0.5).\n"));
    assert_eq!(bag.stderr, "bag: not in the file: 1 text\n");
    let af = convert(&["-f", "af", "-o", "m.af"]);
    assert_eq!((af.code, af.stdout.as_str()), (0, ""));
    assert_eq!(af.stderr, "af: not in the file: 1 text and 1 strength\n");
    let written = fs::read_to_string(scratch.path().join("m.af")).unwrap();
    assert_eq!(written, "p af 1\n# 1 t\n");
    let strict = convert(&["-f", "af", "-o", "strict.af", "--strict"]);
    assert_eq!((strict.code, strict.stdout.as_str()), (1, ""));
    assert!(strict.stderr.starts_with(&af.stderr), "{}", strict.stderr);
    assert!(!scratch.path().join("strict.af").exists());
    let json = convert(&["--strict"]);
    assert_eq!((json.code, json.stderr.as_str()), (0, ""));
}
