//! The example maps: flawed ones give what they announce, all others are clean and quote what is there.

use std::fs;
use std::path::{Path, PathBuf};

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::diagnostic::Severity;
use grounds::quotes::Outcome;
use grounds::rules::{self, Report};

use crate::project;
use crate::world::Disk;

#[test]
fn flawed_maps_give_the_findings_that_they_announce() {
    let folder = project("maps/flawed");
    let mut faults = Vec::new();
    for path in yaml_files(&folder, false) {
        let (dossier, report) = open(&folder, &path);
        let text = fs::read_to_string(&path).expect("a map");
        let announced: Vec<&str> = text
            .lines()
            .filter_map(|line| line.strip_prefix("# expect: "))
            .collect();
        let found: Vec<String> = report
            .findings
            .iter()
            .map(|finding| {
                let position = dossier.files.position(finding.span);
                let (level, rule) = (finding.severity.name(), finding.rule.name);
                format!("{}:{} {level} {rule}", position.line, position.column)
            })
            .collect();
        if announced.is_empty() || announced != found {
            let name = path.display();
            faults.push(format!(
                "{name}\n  announced {announced:?}\n  found     {found:?}\n"
            ));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn other_maps_have_nothing_to_settle() {
    let mut faults = Vec::new();
    for (path, dossier, report) in sound_maps() {
        for finding in report
            .findings
            .iter()
            .filter(|finding| finding.severity >= Severity::Warning)
        {
            let line = dossier.files.position(finding.span).line;
            faults.push(format!(
                "{}:{line}: {} [{}]",
                path.display(),
                finding.message,
                finding.rule.name
            ));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn quotes_stand_in_the_files_of_their_sources() {
    let mut n_quotes = 0;
    for (path, dossier, _) in sound_maps() {
        for one in &dossier.verification.uses {
            let Some(outcome) = &one.quote else {
                continue;
            };
            n_quotes += 1;
            let Outcome::Found(places) = outcome else {
                panic!("{}: {outcome:?}", path.display());
            };
            // Beside what the rules say, a plain search without any of our own means.
            let quote = &one.quote(&dossier.map).expect("what was looked up").value;
            let text = dossier.files.get(places[0].span.file).text();
            assert!(
                folded(text).contains(&folded(quote)),
                "{}: {quote}",
                path.display()
            );
        }
    }
    assert!(
        n_quotes >= 25,
        "the school street quotes sources that are at hand"
    );
}

/// Every map that is not flawed, with what the tool says about it.
fn sound_maps() -> Vec<(PathBuf, Dossier, Report)> {
    let folder = project("maps");
    let paths = yaml_files(&folder, true).into_iter();
    paths
        .filter(|path| !path.starts_with(folder.join("flawed")))
        .map(|path| {
            let (dossier, report) = open(&folder, &path);
            (path, dossier, report)
        })
        .collect()
}

fn open(root: &Path, path: &Path) -> (Dossier, Report) {
    let name = path.strip_prefix(root).expect("a map below the root");
    let name = name.to_str().expect("names of maps are text");
    let bytes = fs::read(path).expect("a map");
    let world = Disk(root.to_owned());
    let dossier = Dossier::open(name, bytes, &world).verified(&world);
    let report = rules::check(&dossier, &config(path));
    (dossier, report)
}

/// What the configuration beside a map says.
fn config(path: &Path) -> Config {
    let text = fs::read_to_string(path.with_file_name("grounds.toml")).unwrap_or_default();
    let rules: Vec<&str> = rules::RULES.iter().map(|entry| entry.rule.name).collect();
    Config::parse(&text, &rules).expect("the configuration is sound")
}

/// The maps in a folder, in order of their names.
fn yaml_files(folder: &Path, with_subfolders: bool) -> Vec<PathBuf> {
    let depth = if with_subfolders { None } else { Some(1) };
    let walk = ignore::WalkBuilder::new(folder)
        .max_depth(depth)
        .sort_by_file_path(Path::cmp)
        .build();
    walk.map(|entry| entry.expect("a readable folder").into_path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "yaml"))
        .collect()
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
