//! Real maps of other tools, which nobody here wrote: `GROUNDS_CORPORA` names the folder that they are in.
//!
//! The reader must place its faults in them, and read their YAML as another reader does.

use std::path::{Path, PathBuf};

use grounds::analysis::{Dossier, Verdict};
use grounds::config::Config;
use grounds::model::Target;
use grounds::read::Format;
use grounds::rules;
use grounds::source::NoFiles;
use grounds::view::Diagram;
use grounds::write;

use crate::exports::steps;
use crate::peers::faults;
use crate::pictures::assert_is_clear;
use crate::read::assert_reads_back;
use crate::skipped;
use crate::syntax::assert_same_values;

/// The files of the corpora, or a word that there are none to test with.
fn files() -> Option<Vec<PathBuf>> {
    let Some(folder) = std::env::var_os("GROUNDS_CORPORA") else {
        skipped("GROUNDS_CORPORA is not set");
        return None;
    };
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::from(folder)];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    assert!(
        files.len() > 50,
        "the corpora have {} files only",
        files.len()
    );
    Some(files)
}

fn is_yaml(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending == "yaml" || ending == "yml")
}

#[test]
fn what_is_found_in_a_file_has_a_place_in_it() {
    for path in files().unwrap_or_default() {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.display().to_string();
        let dossier = Dossier::open(&name, bytes, &NoFiles);
        let report = rules::check(&dossier, &Config::default());
        let is_foreign = dossier.format.is_foreign();
        assert!(
            is_foreign || !report.findings.is_empty(),
            "{name} is in another format, and nothing was said"
        );
        let text = dossier.files.iter().next().unwrap().text();
        for finding in &report.findings {
            assert!(
                text.get(finding.span.range()).is_some(),
                "{name}: {finding:?}"
            );
        }
    }
}

/// The folders of the corpora, and the formats that they are in.
const FOLDERS: [(&str, Format); 12] = [
    ("aif-araucaria", Format::Aif),
    ("aif-qt30", Format::Aif),
    ("aif-us2016", Format::Aif),
    ("argdown", Format::Argdown),
    ("argdown-json", Format::Argdown),
    ("argmap-yaml", Format::Argmap),
    ("carneades", Format::Carneades),
    ("gsn2x", Format::Gsn2x),
    ("kialo", Format::Kialo),
    ("microtexts", Format::Microtexts),
    ("mindmup", Format::Mindmup),
    ("sadface", Format::Sadface),
];

#[test]
fn every_file_is_read_without_a_fault_and_what_is_written_of_it_reads_back() {
    for path in files().unwrap_or_default() {
        let folder = path.parent().and_then(|folder| folder.file_name()).unwrap();
        let Some((_, format)) = FOLDERS.iter().find(|(name, _)| folder == *name) else {
            continue;
        };
        let name = path.display().to_string();
        let dossier = Dossier::open(&name, std::fs::read(&path).unwrap(), &NoFiles);
        assert_eq!(dossier.format, *format, "{name}");
        assert_eq!(dossier.problems, [], "{name}");
        assert!(!dossier.map.statements.is_empty(), "{name}");
        assert_reads_back(&dossier);
    }
}

#[test]
fn every_file_is_drawn_without_overlaps_and_without_edges_through_boxes() {
    for path in files().unwrap_or_default() {
        let name = path.display().to_string();
        let dossier = Dossier::open(&name, std::fs::read(&path).unwrap(), &NoFiles);
        assert_is_clear(&name, &Diagram::of(&dossier));
    }
}

#[test]
fn their_yaml_reads_as_another_reader_reads_it() {
    let Some(files) = files() else { return };
    let mut n_compared = 0;
    for path in files.iter().filter(|path| is_yaml(path)) {
        let Ok(text) = std::fs::read_to_string(path) else {
            continue;
        };
        n_compared += usize::from(assert_same_values(&path.display().to_string(), &text));
    }
    assert!(n_compared > 10, "only {n_compared} files were compared");
}

#[test]
fn argument_graphs_of_carneades_have_the_labels_that_their_authors_expect() {
    let is_graph = |path: &PathBuf| path.parent().is_some_and(|it| it.ends_with("carneades"));
    let mut faults = Vec::new();
    let mut n_expected = 0;
    for path in files().unwrap_or_default().into_iter().filter(is_graph) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.display().to_string();
        let dossier = Dossier::open(&name, bytes, &NoFiles);
        let verdicts = &dossier.analysis.verdicts;
        for (expected, statement) in dossier.graph.expected.all() {
            n_expected += 1;
            let verdict = verdicts.of_statement(statement.value);
            if verdict != Verdict::from(expected) {
                let id = &dossier.map.statement(statement.value).id;
                faults.push(format!("{name}: `{id}` is {}", verdict.name()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(n_expected > 50 || std::env::var_os("GROUNDS_CORPORA").is_none());
}

#[test]
fn argdown_and_what_argdown_makes_of_it_have_the_same_statements_and_steps() {
    let source = |path: &PathBuf| path.extension().is_some_and(|it| it == "argdown");
    for path in files().unwrap_or_default().into_iter().filter(source) {
        let stem = path.file_stem().unwrap().to_str().unwrap();
        let json = path.with_file_name(format!("../argdown-json/{stem}.json"));
        let open = |path: &PathBuf| {
            let name = path.display().to_string();
            Dossier::open(&name, std::fs::read(path).unwrap(), &NoFiles)
        };
        let said = |dossier: &Dossier| {
            let map = &dossier.map;
            let text = |at: usize| map.statements[at].text.value.clone();
            let mut statements: Vec<String> = (0..map.statements.len()).map(text).collect();
            statements.sort();
            let mut steps: Vec<String> = dossier
                .graph
                .inferences()
                .map(|idx| {
                    let at = idx.index();
                    let premises = dossier.graph.premises.get(at).iter();
                    let premises: Vec<String> =
                        premises.map(|premise| text(premise.index())).collect();
                    let target = match dossier.graph.targets[at] {
                        Target::Statement(idx) => text(idx.index()),
                        Target::Inference(_) => "a step".to_owned(),
                    };
                    let polarity = dossier.graph.polarities[at].name();
                    format!("{premises:?} is a {polarity} for {target}")
                })
                .collect();
            steps.sort();
            (statements, steps)
        };
        let (source, json) = (said(&open(&path)), said(&open(&json)));
        assert_eq!(source.0, json.0, "{}", path.display());
        assert_eq!(source.1, json.1, "{}", path.display());
    }
}

/// Losses for each of which a statement is added: a copy, or one that an argument needs as its conclusion.
const ADDED: [&str; 4] = [
    "that a claim stands in several places is one",
    "that a claim which stands too deep is one with a claim at the top",
    "that objections are to a statement, and not for its opposite",
    "that objections are to a step, and not for a statement against it",
];

#[test]
fn every_file_is_written_in_every_format_and_reads_back() {
    let mut n_written = 0;
    for path in files().unwrap_or_default() {
        let folder = path.parent().and_then(|folder| folder.file_name()).unwrap();
        if !FOLDERS.iter().any(|(name, _)| folder == *name) {
            continue;
        }
        let name = path.display().to_string();
        let dossier = Dossier::open(&name, std::fs::read(&path).unwrap(), &NoFiles);
        for format in write::Format::ALL {
            let written = write::write(&dossier, format);
            assert_eq!(faults(format, &written.text), [""; 0], "{name}");
            let reader = Format::from_name(format.name()).unwrap();
            let again = Dossier::open_as(reader, "m", written.text.into(), &NoFiles);
            assert_eq!(again.problems, [], "{name} as {}", format.name());
            // A claim that leads to no thesis has no place in Kialo's tree.
            if format != write::Format::Kialo {
                let added = written
                    .losses
                    .iter()
                    .filter(|it| ADDED.contains(&&*it.what));
                let added: usize = added.map(|it| it.count).sum();
                let (n, before) = (again.map.statements.len(), dossier.map.statements.len());
                assert_eq!(n, before + added, "{name} as {}", format.name());
            }
            n_written += 1;
        }
    }
    assert!(n_written > 1000 || std::env::var_os("GROUNDS_CORPORA").is_none());
}

/// From a format to a map and back to the same format, the steps between the same words stay.
#[test]
fn files_of_other_programs_come_back_from_a_map() {
    for path in files().unwrap_or_default() {
        let folder = path.parent().and_then(|folder| folder.file_name()).unwrap();
        let Some((_, format)) = FOLDERS.iter().find(|(name, _)| folder == *name) else {
            continue;
        };
        let formats = write::Format::ALL;
        let Some(same) = formats.into_iter().find(|it| it.name() == format.name()) else {
            continue;
        };
        if !matches!(format, Format::Mindmup | Format::Gsn2x | Format::Carneades) {
            continue;
        }
        let name = path.display().to_string();
        let dossier = Dossier::open(&name, std::fs::read(&path).unwrap(), &NoFiles);
        let written = write::write(&dossier, same);
        let again = Dossier::open_as(*format, "m", written.text.clone().into(), &NoFiles);
        assert_eq!(again.problems, [], "{name}");
        assert_eq!(steps(&again), steps(&dossier), "{name}\n{}", written.text);
    }
}
