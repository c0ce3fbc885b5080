//! The example maps: flawed ones give what they announce, all others are clean and quote what is there.

use std::fs;
use std::path::{Path, PathBuf};

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::diagnostic::Severity;
use grounds::model::{Source, StatementIdx};
use grounds::rules::{self, Report};
use sha2::{Digest, Sha256};

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
        for (source, quote) in quotes(&dossier) {
            let Some(text) = text_of(&path, source) else {
                continue;
            };
            n_quotes += 1;
            assert!(
                folded(&text).contains(&folded(quote)),
                "{}: {quote}",
                path.display()
            );
        }
    }
    assert!(n_quotes > 0, "some example quotes a source that is at hand");
}

#[test]
fn sources_have_the_digests_that_maps_state() {
    for (path, dossier, _) in sound_maps() {
        for source in &dossier.map.sources {
            let (Some(digest), Some(file)) = (&source.sha256, &source.file) else {
                continue;
            };
            let bytes = fs::read(path.with_file_name(&file.value)).expect("a source's file");
            let digits: Vec<String> = Sha256::digest(bytes)
                .iter()
                .map(|byte| format!("{byte:02x}"))
                .collect();
            let actual = digits.concat();
            assert_eq!(digest.value, actual, "{}: {}", path.display(), source.id);
        }
    }
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
    let dossier = Dossier::open(name, bytes, &Disk(root.to_owned()));
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

/// All quotes of the map's own file with the sources that they are said to be from.
fn quotes(dossier: &Dossier) -> Vec<(&Source, &str)> {
    let mut quotes = Vec::new();
    for (at, statement) in dossier.map.statements.iter().enumerate() {
        if statement.span.file.0 != 0 {
            continue;
        }
        let idx = StatementIdx::new(at);
        let article = dossier.graph.articles[0].map(|article| &dossier.map.sources[article]);
        quotes.extend(
            article
                .zip(statement.quote.as_ref())
                .map(|(source, quote)| (source, quote.value.as_str())),
        );
        let sources = dossier.graph.citations.get(idx.index());
        assert_eq!(
            sources.len(),
            statement.citations.len(),
            "every cited source is there"
        );
        for (citation, source) in statement.citations.iter().zip(sources) {
            let quote = citation.quote.as_ref();
            let source = source.map(|source| &dossier.map.sources[source]);
            quotes.extend(
                source
                    .zip(quote)
                    .map(|(source, quote)| (source, quote.value.as_str())),
            );
        }
    }
    quotes
}

fn text_of(map: &Path, source: &Source) -> Option<String> {
    let file = source.file.as_ref()?;
    Some(fs::read_to_string(map.with_file_name(&file.value)).expect("a source's file"))
}

fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
