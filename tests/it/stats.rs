//! `stats` over files and folders: what is counted, what is passed over, and how it ends.

use std::fs;
use std::path::Path;

use crate::cli::{Run, run};

const MAP: &str =
    "thesis: {claim: Coffee is healthy., reasons: [{evidence: Drinkers live longer.}]}\n";
const ARGDOWN: &str = "[Healthy]: Coffee is healthy.\n  + <Study>: Drinkers live longer.\n  - <Sleep>: It costs sleep.\n";

fn stats(files: &[(&str, &str)], args: &[&str]) -> Run {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    run(folder.path(), &[&["stats"], args].concat())
}

#[test]
fn a_folder_is_counted_in_every_format_and_the_rest_is_named() {
    let files = [
        ("maps/b.argdown", ARGDOWN),
        ("maps/a/m.yaml", MAP),
        ("maps/notes.txt", "Nothing to argue.\n"),
    ];
    let found = stats(
        &files,
        &[
            "maps",
            "--columns",
            "map,format,statements,objections,unsupported",
            "-f",
            "csv",
        ],
    );
    let name = |name: &str| Path::new("maps").join(name).display().to_string();
    let expected = format!(
        "map,format,statements,objections,unsupported\n{},yaml,2,0,0\n{},argdown,3,1,0.667\n",
        name("a/m.yaml"),
        name("b.argdown")
    );
    assert_eq!(
        (found.code, &*found.stdout),
        (0, &*expected),
        "{}",
        found.stderr
    );
    assert!(found.stderr.contains("skipped 1 file in no known format"));
}

#[test]
fn a_file_that_cannot_be_read_does_not_stop_the_others() {
    let files = [("good.yaml", MAP), ("bad.yaml", "thesis: [\n")];
    let found = stats(
        &files,
        &["bad.yaml", "missing.yaml", "good.yaml", "-f", "jsonl"],
    );
    assert_eq!(found.code, 2);
    let lines: Vec<&str> = found.stdout.lines().collect();
    let [line] = lines[..] else {
        panic!("one map can be read: {}", found.stdout);
    };
    let row: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(
        (&row["map"], &row["reasons"]),
        (&"good.yaml".into(), &1.into())
    );
    assert!(
        found.stderr.ends_with("error: 2 files not counted\n"),
        "{}",
        found.stderr
    );
}

#[test]
fn what_cannot_be_read_ends_with_2_and_what_has_no_statement_with_1() {
    let found = stats(&[], &["missing.yaml"]);
    let told = "error: there is no file `missing.yaml`\n";
    assert_eq!((found.code, &*found.stdout, &*found.stderr), (2, "", told));
    let files = [("good.yaml", MAP), ("bad.yaml", "thesis: [\n")];
    assert_eq!(stats(&files, &["bad.yaml", "good.yaml"]).code, 1);
    let bad = stats(&files, &["bad.yaml"]);
    assert_eq!((bad.code, &*bad.stdout), (1, ""));
}

#[test]
fn a_file_that_is_named_twice_is_counted_once() {
    let args = ["m.yaml", "./m.yaml", ".", "--columns", "map", "-f", "csv"];
    let found = stats(&[("m.yaml", MAP)], &args);
    assert_eq!((found.code, &*found.stdout), (0, "map\nm.yaml\n"));
}

#[test]
fn no_map_is_written_over_and_no_column_is_made_up() {
    let files = [("m.yaml", MAP), ("m.argdown", ARGDOWN)];
    for to in ["m.argdown", "new.yaml"] {
        let found = stats(&files, &["m.yaml", "m.argdown", "-o", to]);
        assert_eq!(found.code, 2);
        assert!(
            found.stderr.contains("choose another name"),
            "{}",
            found.stderr
        );
    }
    let found = stats(&files, &["m.yaml", "--columns", "statments"]);
    assert_eq!(found.code, 2);
    assert!(
        found.stderr.contains("did you mean `statements`?"),
        "{}",
        found.stderr
    );
}
