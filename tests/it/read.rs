//! Formats of other programs: each file in `tests/data/FORMAT/` beside what is read from it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::diagnostic::{Diagnostic, Group};
use grounds::model::Problem;
use grounds::read::Format;
use grounds::rules;
use grounds::source::NoFiles;
use grounds::write::yaml;

use crate::cli::{run, run_with_input};
use crate::world::{Disk, Memory};
use crate::{is_blessing, project};

/// The files of all formats but the project's own, each with its format.
fn files() -> Vec<(Format, PathBuf)> {
    let mut files = Vec::new();
    for format in Format::ALL.into_iter().filter(|format| format.is_foreign()) {
        let folder = fs::read_dir(project("tests/data").join(format.name())).unwrap();
        let mut paths: Vec<PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
        let is_text = |path: &PathBuf| path.extension().is_some_and(|ending| ending == "txt");
        paths.retain(|path| path.extension().is_none_or(|ending| ending != "expected"));
        // What annotations are about stands beside them.
        paths.retain(|path| format != Format::Brat || !is_text(path));
        paths.sort();
        assert!(!paths.is_empty(), "no data for {}", format.name());
        files.extend(paths.into_iter().map(|path| (format, path)));
    }
    files
}

/// Opens a file as if it stood alone with what is beside it.
fn open(path: &Path, bytes: Vec<u8>) -> Dossier {
    let name = path.file_name().unwrap().to_str().unwrap();
    Dossier::open(name, bytes, &beside(path))
}

fn beside(path: &Path) -> Disk {
    Disk(path.parent().unwrap().to_owned())
}

/// What is wrong with the form of a file, what is lost of it, and the map that is made of it.
fn summary(dossier: &Dossier) -> String {
    let mut summary = String::new();
    let findings = rules::check(dossier, &Config::default()).findings;
    for finding in findings.iter().filter(|it| it.rule.group == Group::Form) {
        let at = dossier.files.position(finding.span);
        let (name, message) = (finding.rule.name, &finding.message);
        writeln!(summary, "{}:{} {message} [{name}]", at.line, at.column).unwrap();
    }
    for loss in dossier.losses.iter() {
        let at = dossier.files.position(loss.first);
        let (count, what) = (loss.count, &loss.what);
        writeln!(summary, "{}:{} lost: {count} {what}", at.line, at.column).unwrap();
    }
    if !summary.is_empty() {
        summary.push('\n');
    }
    summary + &yaml::write(dossier).unwrap()
}

#[test]
fn files_of_other_programs_are_read_as_shown_beside_them() {
    let mut faults = String::new();
    for (format, path) in files() {
        let name = path.file_name().unwrap().to_str().unwrap();
        let dossier = open(&path, fs::read(&path).unwrap());
        assert_eq!(dossier.format, format, "{name} is recognised");
        let read = summary(&dossier);
        let expected = path.with_file_name(format!("{name}.expected"));
        if is_blessing() {
            fs::write(&expected, &read).unwrap();
        }
        if fs::read_to_string(&expected).unwrap_or_default() != read {
            let expected = expected.display();
            writeln!(faults, "{expected} should be\n{read}").unwrap();
        }
    }
    assert!(faults.is_empty(), "\n{faults}");
}

/// Whether what is written of a map reads back without a fault, and is then written the same.
pub(crate) fn assert_reads_back(dossier: &Dossier) {
    let name = dossier.files.iter().next().unwrap().name();
    let written = yaml::write(dossier).unwrap_or_else(|error| panic!("{name}: {error}"));
    let again = Dossier::open_as(Format::Yaml, "m.yaml", written.clone().into(), &NoFiles);
    let problems: &[Problem] = &again.problems;
    assert!(problems.is_empty(), "{name}: {problems:?}\n{written}");
    assert_eq!(
        dossier.map.statements.len(),
        again.map.statements.len(),
        "{name}"
    );
    assert_eq!(yaml::write(&again).unwrap(), written, "{name}");
}

#[test]
fn what_was_read_without_a_fault_is_a_map_that_can_be_written_and_read() {
    let mut n_sound = 0;
    for (_, path) in files() {
        let dossier = open(&path, fs::read(&path).unwrap());
        if dossier.problems.is_empty() {
            assert_reads_back(&dossier);
            n_sound += 1;
        }
    }
    assert!(
        n_sound >= Format::ALL.len() - 1,
        "only {n_sound} files are sound"
    );
}

#[test]
fn no_edit_is_offered_for_a_file_of_another_program() {
    let graph = "statements: {healthy: Coffee is healthy., old: Drinkers grow old.}\n\
                 arguments: {a: {premises: [oldd], conclusion: healthy}}\n";
    let dossier = Dossier::open("coffee.yml", graph.into(), &NoFiles);
    let findings = rules::check(&dossier, &Config::default()).findings;
    assert!(!findings.is_empty());
    assert!(findings.iter().all(|finding| finding.fix.is_none()));
}

const GRAPH: &str = "\
statements: {healthy: Coffee is healthy., old: {text: Drinkers grow old., assumed: true}}
arguments: {a: {premises: {minor: old}, conclusion: healthy}}
";

#[test]
fn every_command_takes_files_of_other_programs() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("coffee.yml"), GRAPH).unwrap();
    for args in [
        &["check", "coffee.yml"] as &[&str],
        &["check", "--diff", "."],
        &["render", "-f", "dot", "coffee.yml"],
        &["table", "coffee.yml"],
        &["outline", "coffee.yml"],
        &["report", "coffee.yml"],
        &["convert", "coffee.yml"],
        &["diff", "coffee.yml", "coffee.yml"],
    ] {
        let run = run(scratch.path(), args);
        assert_eq!(run.code, 0, "{args:?}: {}{}", run.stdout, run.stderr);
    }
    for command in ["check", "outline", "convert"] {
        let run = run_with_input(scratch.path(), &[command, "-"], GRAPH.as_bytes());
        assert_eq!(run.code, 0, "{command}: {}", run.stderr);
    }
}

#[test]
fn the_format_can_be_named_where_it_misleads() {
    let scratch = tempfile::tempdir().unwrap();
    let graph = format!("title: Coffee\n{GRAPH}");
    fs::write(scratch.path().join("coffee.yml"), graph).unwrap();
    let guessed = run(scratch.path(), &["outline", "coffee.yml"]);
    assert_eq!(guessed.code, 1, "{}", guessed.stdout);
    let named = run(
        scratch.path(),
        &["outline", "--from", "carneades", "coffee.yml"],
    );
    assert_eq!(named.code, 0, "{}", named.stderr);
    assert!(
        named.stdout.contains("Coffee is healthy."),
        "{}",
        named.stdout
    );
    let unknown = run(
        scratch.path(),
        &["outline", "--from", "crystal", "coffee.yml"],
    );
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("carneades"), "{}", unknown.stderr);
}

#[test]
fn what_is_lost_is_said_and_refused_when_asked() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("coffee.yml"), GRAPH).unwrap();
    let lax = run(
        scratch.path(),
        &["convert", "-f", "yaml", "coffee.yml", "-o", "lax.yaml"],
    );
    let said = "warning: a map has no place for these things in `coffee.yml`:\n      1  roles of premises  coffee.yml:2:28\n";
    assert_eq!((lax.code, lax.stderr.as_str()), (0, said));
    let args = [
        "convert",
        "-f",
        "yaml",
        "--strict",
        "coffee.yml",
        "-o",
        "strict.yaml",
    ];
    let strict = run(scratch.path(), &args);
    assert_eq!(strict.code, 1);
    assert!(strict.stderr.starts_with(said), "{}", strict.stderr);
    assert!(!scratch.path().join("strict.yaml").exists());
    let again = run(scratch.path(), &["convert", "--strict", "lax.yaml"]);
    assert_eq!((again.code, again.stderr.as_str()), (0, ""));
}

#[test]
fn a_damaged_file_is_told_of_and_its_findings_have_places() {
    for (format, path) in files() {
        let bytes = fs::read(&path).unwrap();
        let name = path.file_name().unwrap().to_str().unwrap();
        for at in (0..bytes.len()).step_by(bytes.len() / 24 + 1) {
            let mut changed = bytes.clone();
            changed[at] = b"{[]}\":,<>\n\xff-"[at % 12];
            let without = [&bytes[..at], &bytes[at + 1..]].concat();
            for damaged in [bytes[..at].to_vec(), changed, without] {
                let dossier = Dossier::open_as(format, name, damaged, &beside(&path));
                let findings = rules::check(&dossier, &Config::default()).findings;
                for finding in findings {
                    let file = dossier.files.get(finding.span.file);
                    let is_in = file.text().get(finding.span.range()).is_some();
                    assert!(is_in, "{name} damaged at {at}: {finding:?}");
                }
                if dossier.problems.is_empty() {
                    assert_reads_back(&dossier);
                }
            }
        }
    }
}

#[test]
fn every_format_is_read_as_deep_as_it_nests() {
    let deep = |start: &str, end: &str| start.repeat(100_000) + &end.repeat(100_000);
    let group = r#"{"1":{"id":1,"title":"T is so.","ideas":{"1":{"title":"group","attr":{"group":"opposing"},"ideas":"#;
    let files = [
        (Format::Aif, format!("{{\"nodes\":{}", deep("[", "]"))),
        (
            Format::Sadface,
            format!("{{\"nodes\":{}", deep("[{\"id\":", "}]")),
        ),
        (Format::Microtexts, deep("<arggraph>", "</arggraph>")),
        (
            Format::Mindmup,
            format!("{{\"ideas\":{}", group.repeat(20_000)),
        ),
        (Format::Argmap, deep("{C is so.: {r: ", "}}")),
        (Format::Carneades, deep("{statements: ", "}")),
    ];
    for (format, text) in files {
        let dossier = Dossier::open_as(format, "m", text.into_bytes(), &NoFiles);
        let is_read = !dossier.map.statements.is_empty();
        assert!(is_read || !dossier.problems.is_empty(), "{format:?}");
    }
}

#[test]
fn objections_to_objections_nest_as_deep_as_the_graph_has_them() {
    let (mut nodes, mut edges) = (Vec::new(), Vec::new());
    for at in 0..2_000 {
        let step = at + 10_000;
        nodes.push(format!(
            r#"{{"nodeID":{at},"type":"I","text":"T{at} is so."}}"#
        ));
        nodes.push(format!(r#"{{"nodeID":{step},"type":"CA","text":"CA"}}"#));
        let target = if at == 0 { 1_999 } else { step - 1 };
        edges.push(format!(r#"{{"fromID":{at},"toID":{step}}}"#));
        edges.push(format!(r#"{{"fromID":{step},"toID":{target}}}"#));
    }
    let (nodes, edges) = (nodes.join(","), edges.join(","));
    let graph = format!("{{\"nodes\":[{nodes}],\"edges\":[{edges}]}}");
    let dossier = Dossier::open("m.json", graph.into_bytes(), &NoFiles);
    assert_eq!(dossier.problems, []);
    assert_eq!(dossier.map.inferences.len(), 2_000);
    let longest = dossier
        .map
        .inferences
        .iter()
        .map(|inference| inference.id.len())
        .max();
    assert!(longest < Some(100), "{longest:?}");
}

#[test]
fn included_argdown_joins_the_document_and_circles_are_told() {
    let main = "[A]: A stands.\n\n@include(parts/more.argdown)\n\n@include(gone.argdown)\n";
    let more = "[B]: B stands. // said\n  +> [A]\n\n@include(../main.argdown)\n\n@include(../../up.argdown)\n";
    let world = Memory(BTreeMap::from([
        ("main.argdown".to_owned(), main.into()),
        ("parts/more.argdown".to_owned(), more.into()),
    ]));
    let dossier = Dossier::open("main.argdown", main.into(), &world);
    let texts = dossier.map.statements.iter().map(|it| &*it.text.value);
    assert_eq!(texts.collect::<Vec<_>>(), ["A stands.", "B stands."]);
    assert_eq!(dossier.map.inferences.len(), 1);
    let findings = rules::check(&dossier, &Config::default()).findings;
    let named = |name: &str| {
        let is_named = |it: &&Diagnostic| it.rule.name == name;
        let found = findings
            .iter()
            .find(is_named)
            .unwrap_or_else(|| panic!("no {name}"));
        let file = dossier.files.get(found.span.file).name().to_owned();
        (file, dossier.files.position(found.span).line)
    };
    assert_eq!(named("include-cycle"), ("parts/more.argdown".to_owned(), 4));
    assert_eq!(
        named("path-outside-project"),
        ("parts/more.argdown".to_owned(), 6)
    );
    assert_eq!(named("include-missing"), ("main.argdown".to_owned(), 5));
}

#[test]
fn argdown_of_any_shape_is_read_in_time() {
    let n = 20_000;
    let mut nested = String::from("[A]: A.\n");
    for level in 1..2_000 {
        writeln!(nested, "{}+ [S{level}]: S.", " ".repeat(level)).unwrap();
    }
    let documents = [
        nested,
        "[".repeat(n),
        "{".repeat(n),
        "[a](".repeat(n),
        "@[".repeat(n),
        "#(".repeat(n),
        "/*".repeat(n),
        "<!--".repeat(n),
        "**a ".repeat(n),
        "[A]: x\n+ y\n".repeat(n / 10),
        "(1) a\n----\n".repeat(n / 10),
        "===\n".repeat(n / 10),
    ];
    for document in documents {
        let dossier = Dossier::open_as(Format::Argdown, "m.argdown", document.into(), &NoFiles);
        assert!(dossier.files.iter().count() == 1);
    }
}
