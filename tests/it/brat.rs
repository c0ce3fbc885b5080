//! Annotations of BRAT as they come: beside a text, without one, with a profile, in folders, and from somebody hostile.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::diagnostic::{Group, Severity};
use grounds::quotes::Outcome;
use grounds::rules;

use crate::cli::{run, run_with_input};
use crate::project;
use crate::world::Memory;

fn data(name: &str) -> Vec<u8> {
    fs::read(project("tests/data/brat").join(name)).unwrap()
}

fn memory(text: Vec<u8>) -> Memory {
    Memory(BTreeMap::from([("m.txt".to_owned(), text)]))
}

fn open(annotations: &[u8], text: Vec<u8>) -> Dossier {
    let world = memory(text);
    Dossier::open("m.ann", annotations.to_vec(), &world).verified(&world)
}

/// What `check` says of a map's form and of its quotes, but for notes.
fn said(dossier: &Dossier) -> Vec<String> {
    let findings = rules::check(dossier, &Config::default()).findings;
    let findings = findings.iter().filter(|it| {
        matches!(it.rule.group, Group::Form | Group::Sources) && it.severity != Severity::Note
    });
    let line = |it: &grounds::diagnostic::Diagnostic| {
        let line = dossier.files.position(it.span).line;
        format!("{line} {} {}", it.rule.name, it.message)
    };
    findings.map(line).collect()
}

/// Whether each quote is found in the text, and how many there are.
fn found(dossier: &Dossier) -> (bool, usize) {
    let outcomes = dossier.verification.uses.iter().map(|it| &it.quote);
    let outcomes: Vec<_> = outcomes.flatten().collect();
    let is_found =
        |outcome: &&Outcome| matches!(outcome, Outcome::Found(places) if places[0].is_marked());
    (outcomes.iter().all(is_found), outcomes.len())
}

#[test]
fn quotes_are_found_in_the_text_whatever_has_become_of_its_line_ends_and_encoding() {
    let text = String::from_utf8(data("library.txt")).unwrap();
    let annotations = data("library.ann");
    let marked = |text: &str| [b"\xef\xbb\xbf", text.as_bytes()].concat();
    let returns = text.replace('\n', "\r\n");
    let units = |text: &str| -> Vec<u8> {
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    for (how, bytes) in [
        ("as it is", text.clone().into_bytes()),
        ("a byte order mark", marked(&text)),
        ("carriage returns", returns.clone().into_bytes()),
        ("both", marked(&returns)),
        ("UTF-16", units(&text)),
        ("UTF-16 with carriage returns", units(&returns)),
    ] {
        let dossier = open(&annotations, bytes);
        assert_eq!(said(&dossier), [""; 0], "{how}");
        assert_eq!(found(&dossier), (true, 8), "{how}");
    }
}

#[test]
fn a_text_in_windows_1252_is_read_and_said() {
    let text = b"Caf\xe9s \x93stay\x94 open. Nobody minds.".to_vec();
    let annotations = "T1\tMajorClaim 0 17\tCafés “stay” open\nT2\tClaim 19 31\tNobody minds\n";
    let dossier = open(annotations.as_bytes(), text);
    assert_eq!(said(&dossier), [""; 0]);
    assert_eq!(found(&dossier), (true, 2));
    let lost: Vec<String> = (dossier.losses.iter())
        .map(|loss| format!("{} {}", loss.count, loss.what))
        .collect();
    assert_eq!(lost, ["3 letters that are no UTF-8, read as Windows-1252"]);
}

#[test]
fn each_fault_of_the_text_is_one_finding() {
    let annotations = b"T1\tMajorClaim 0 4\tDogs\n";
    for (text, expected) in [
        ("Dogs bark.", vec![]),
        (
            "Cats purr.",
            vec!["1 foreign-format the text does not have these words at this place, but \"Cats\""],
        ),
        (
            "",
            vec!["1 foreign-format this place lies beyond the end of the text"],
        ),
        (
            "Dogs\0",
            vec!["1 foreign-format the text `m.txt` cannot be read: it is not a text"],
        ),
    ] {
        assert_eq!(said(&open(annotations, text.into())), expected, "{text}");
    }
    let alone = Dossier::open("m.ann", annotations.to_vec(), &Memory(BTreeMap::new()));
    let expected = "1 foreign-format there is no text `m.txt` beside this file";
    assert_eq!(said(&alone), [expected]);
}

#[test]
fn annotations_of_the_whole_text_do_not_copy_it_out_again_and_again() {
    let n = 20_000;
    let text = "The town is loud. ".repeat(n);
    let end = text.len();
    let (mut wordless, mut short, mut nested) = (String::new(), String::new(), String::new());
    for at in 0..n {
        writeln!(wordless, "T{at}\tClaim 0 {end}").unwrap();
        writeln!(short, "T{at}\tClaim 0 {end}\tThe town is loud.").unwrap();
        writeln!(
            nested,
            "T{at}\tMajorClaim {} {}\tThe town is loud.",
            18 * at,
            18 * at + 17
        )
        .unwrap();
    }
    for annotations in [wordless, short, nested] {
        let world = memory(text.clone().into_bytes());
        let read = grounds::read::read("m.ann", annotations.into_bytes(), &world);
        let kept: usize = read
            .map
            .statements
            .iter()
            .map(|it| it.text.value.len())
            .sum();
        assert!(kept <= 8 * end, "{kept}");
        assert!(read.map.statements.len() + read.problems.len() >= n);
    }
}

#[test]
fn lines_of_any_shape_are_read_in_time() {
    let n = 20_000;
    for line in [
        "T1\tClaim 0 1\tx",
        "R1\tsupports Arg1:T1 Arg2:T1",
        "*\tEquiv T1 T1",
        "#1\tN T1\tx",
        "x",
        "\t",
    ] {
        let text = format!("{line}\n").repeat(n);
        let dossier = Dossier::open("m.ann", text.into_bytes(), &memory(b"x".to_vec()));
        assert_eq!(
            dossier
                .files
                .iter()
                .next()
                .map(grounds::source::SourceFile::n_lines),
            Some(n + 1)
        );
    }
    let places: Vec<String> = (0..n)
        .map(|at| format!("{} {}", 2 * at, 2 * at + 1))
        .collect();
    let line = format!("T1\tClaim {}\t{}", places.join(";"), "x ".repeat(n));
    let dossier = open(line.as_bytes(), "x ".repeat(n).into());
    assert_eq!(said(&dossier), [""; 0]);
}

fn scratch() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    for ending in ["ann", "txt"] {
        let name = format!("library.{ending}");
        fs::write(scratch.path().join(&name), data(&name)).unwrap();
    }
    scratch
}

#[test]
fn every_command_takes_annotations() {
    let scratch = scratch();
    let file = "library.ann";
    for args in [
        &["check", file] as &[&str],
        &["check", "--from", "brat", file],
        &["evaluate", file],
        &["explain", file],
        &["crux", file],
        &["render", "-f", "dot", file],
        &["table", file],
        &["sources", file],
        &["outline", file],
        &["report", file],
        &["coverage", file],
        &["convert", "-f", "yaml", file, "-o", "library.yaml"],
        &["check", "library.yaml"],
        &["diff", "library.yaml", file],
        &["stats", "."],
    ] {
        let run = run(scratch.path(), args);
        assert_eq!(run.code, 0, "{args:?}: {}{}", run.stdout, run.stderr);
    }
    let piped = run_with_input(scratch.path(), &["outline", "-"], &data(file));
    assert_eq!(piped.code, 0, "{}", piped.stderr);
    assert!(
        piped.stderr.contains("there is no text"),
        "{}",
        piped.stderr
    );
}

#[test]
fn the_text_is_never_overwritten() {
    let scratch = scratch();
    let args = ["convert", "-f", "kialo", "library.ann", "-o", "library.txt"];
    let run = run(scratch.path(), &args);
    assert_eq!(run.code, 2, "{}", run.stderr);
    let kept = fs::read(scratch.path().join("library.txt")).unwrap();
    assert!(kept == data("library.txt"));
}

#[test]
fn folders_of_annotations_are_converted_and_counted_and_their_texts_passed_over() {
    let scratch = scratch();
    fs::write(
        scratch.path().join("bus.yaml"),
        "thesis: The bus should stay.\n",
    )
    .unwrap();
    fs::write(
        scratch.path().join("p.toml"),
        "entities.evidence = \"Premise\"\n",
    )
    .unwrap();
    for profile in [&[] as &[&str], &["--profile", "p.toml"]] {
        let args = [&["convert", "-f", "yaml", ".", "-o", "out"], profile].concat();
        let convert = run(scratch.path(), &args);
        assert_eq!(convert.code, 0, "{}", convert.stderr);
        assert!(
            convert.stdout.starts_with("2 files converted"),
            "{}",
            convert.stdout
        );
        let written = fs::read_to_string(scratch.path().join("out/library.yaml")).unwrap();
        assert_eq!(
            written.contains("evidence:"),
            !profile.is_empty(),
            "{written}"
        );
        fs::remove_dir_all(scratch.path().join("out")).unwrap();
        let stats = run(
            scratch.path(),
            &[&["stats", "-f", "csv", "."], profile].concat(),
        );
        assert_eq!(stats.code, 0, "{}", stats.stderr);
        assert!(
            stats.stdout.contains("library.ann,brat,"),
            "{}",
            stats.stdout
        );
    }
}

#[test]
fn a_profile_that_cannot_be_obeyed_is_an_error() {
    let scratch = scratch();
    let write = |name: &str, text: &str| fs::write(scratch.path().join(name), text).unwrap();
    write("bus.yaml", "thesis: The bus should stay.\n");
    write("good.toml", "");
    write("bad.toml", "[entitys]\nclaim = 3\n[stance]\nfro = \"x\"\n");
    let said = |args: &[&str]| {
        let run = run(scratch.path(), args);
        assert_eq!(run.code, 2, "{args:?}: {}{}", run.stdout, run.stderr);
        run.stderr
    };
    let mistyped = said(&["outline", "library.ann", "--profile", "bad.toml"]);
    assert!(
        mistyped.contains("bad.toml:1:2: a profile has no key `entitys`; did you mean `entities`?"),
        "{mistyped}"
    );
    assert!(
        mistyped.contains("bad.toml:4:1: `stance` has no key `fro`; did you mean `for`?"),
        "{mistyped}"
    );
    let missing = said(&["outline", "library.ann", "--profile", "gone.toml"]);
    assert!(
        missing.contains("there is no file `gone.toml`"),
        "{missing}"
    );
    for args in [
        &["outline", "bus.yaml", "--profile", "good.toml"] as &[&str],
        &["check", "bus.yaml", "--profile", "good.toml"],
        &["convert", "bus.yaml", "--profile", "good.toml"],
        &[
            "outline",
            "library.ann",
            "--from",
            "kialo",
            "--profile",
            "good.toml",
        ],
    ] {
        let refused = said(args);
        assert!(
            refused.contains("`--profile` is for the annotations of BRAT"),
            "{refused}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_text_outside_the_project_is_not_read() {
    let scratch = tempfile::tempdir().unwrap();
    let inside = scratch.path().join("project");
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join("grounds.toml"), "").unwrap();
    fs::write(scratch.path().join("secret.txt"), "Secret words").unwrap();
    fs::write(inside.join("m.ann"), "T1\tClaim 0 6\tPublic\n").unwrap();
    std::os::unix::fs::symlink("../secret.txt", inside.join("m.txt")).unwrap();
    let check = run(&inside, &["check", "-f", "short", "m.ann"]);
    assert_eq!(check.code, 1);
    assert!(
        check.stdout.contains("[path-outside-project]"),
        "{}",
        check.stdout
    );
    assert!(!check.stdout.contains("Secret"), "{}", check.stdout);
    assert!(Path::new(&inside).join("m.txt").exists());
}
