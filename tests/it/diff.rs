//! `grounds diff` as users start it: files, revisions of git, exit codes.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::skipped;

const OLD: &str = "\
thesis:
  id: close-bridge
  claim: The bridge should close to cars.
  reasons: [deck-unsafe]
claims:
  deck-unsafe: The deck is no longer safe for cars.
";

fn new() -> String {
    let reasons = "{text: The deck is not safe any longer for cars., reasons: [part/rust]}\ninclude: part.yaml";
    OLD.replace("The deck is no longer safe for cars.", reasons)
}

const PART: &str = "\
thesis: {id: rust, evidence: The inspection found rust., source: report}
sources: {report: {title: Inspection report}}
";

fn run(folder: &Path, program: &str, args: &[&str]) -> Output {
    Command::new(program)
        .args(args)
        .current_dir(folder)
        .env("COLUMNS", "100")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// Compares two maps: the exit code, standard output, standard error.
fn diff(folder: &Path, args: &[&str]) -> (Option<i32>, String, String) {
    let args = [&["diff"], args].concat();
    let output = run(folder, env!("CARGO_BIN_EXE_grounds"), &args);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (
        output.status.code(),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A repository with the old map in its first commit and the new one in its second; none without git.
fn repository() -> Option<tempfile::TempDir> {
    if Command::new("git").arg("--version").output().is_err() {
        skipped("there is no git");
        return None;
    }
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let git = |args: &[&str]| {
        let identity = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"];
        let output = run(folder, "git", &[&identity[..], args].concat());
        assert!(output.status.success(), "{output:?}");
    };
    git(&["init", "--quiet"]);
    fs::create_dir(folder.join("maps")).unwrap();
    fs::write(folder.join("maps/m.yaml"), OLD).unwrap();
    git(&["add", "."]);
    git(&["commit", "--quiet", "--no-gpg-sign", "-m", "old"]);
    fs::write(folder.join("maps/m.yaml"), new()).unwrap();
    fs::write(folder.join("maps/part.yaml"), PART).unwrap();
    git(&["add", "."]);
    git(&["commit", "--quiet", "--no-gpg-sign", "-m", "new"]);
    Some(scratch)
}

#[test]
fn the_same_argument_ends_with_0_another_with_1_and_a_missing_map_with_2() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    fs::write(folder.join("old.yaml"), OLD).unwrap();
    fs::write(folder.join("new.yaml"), new()).unwrap();
    fs::write(folder.join("part.yaml"), PART).unwrap();
    fs::write(folder.join("moved.yaml"), format!("# a comment\n\n{OLD}")).unwrap();
    let same = "no difference in the argument\n".to_owned();
    assert_eq!(
        diff(folder, &["old.yaml", "moved.yaml"]),
        (Some(0), same, String::new())
    );
    let (code, shown, _) = diff(folder, &["old.yaml", "new.yaml"]);
    assert_eq!(code, Some(1));
    let (argument, findings) = shown.split_once("\nfindings\n").unwrap();
    assert_eq!(
        argument,
        "\
statements: 1 new, 2 changed; reasons and objections: 1 new; findings: 2 gone

statements
+ evidence part/rust: The inspection found rust.
~ claim close-bridge: The bridge should close to cars.
    support: ungrounded → grounded
~ claim deck-unsafe: The deck is not safe any longer for cars.
    was: The deck is no longer safe for cars.
    support: unsupported → grounded

reasons and objections
+ reason for deck-unsafe: part/rust
"
    );
    let rules = findings
        .lines()
        .map(|line| line.rsplit_once(" [").unwrap().1);
    let rules: Vec<&str> = rules.collect();
    assert_eq!(
        rules,
        [
            "ungrounded-claim] (old.yaml:2)",
            "unsupported-claim] (old.yaml:6)"
        ]
    );
    let (code, _, said) = diff(folder, &["old.yaml", "no.yaml"]);
    assert_eq!(
        (code, said.as_str()),
        (Some(2), "error: there is no file `no.yaml`\n")
    );
}

#[test]
fn standard_input_is_one_of_the_maps_at_most() {
    let scratch = tempfile::tempdir().unwrap();
    let told = "error: standard input can be one of the maps, and not both\n";
    assert_eq!(
        diff(scratch.path(), &["-", "-"]),
        (Some(2), String::new(), told.to_owned())
    );
}

#[test]
fn revisions_of_git_are_read_with_what_they_include() {
    let Some(scratch) = repository() else { return };
    let folder = scratch.path();
    let (code, shown, said) = diff(folder, &["HEAD~1:maps/m.yaml", "HEAD:maps/m.yaml"]);
    assert_eq!((code, said.as_str()), (Some(1), ""));
    assert!(shown.contains("+ evidence part/rust"), "{shown}");
    // The working tree has moved on; what is included is of the revision all the same.
    fs::remove_file(folder.join("maps/part.yaml")).unwrap();
    let maps = folder.join("maps");
    for same in [
        ["HEAD:maps/m.yaml", ":maps/m.yaml"],
        ["HEAD:./m.yaml", "HEAD:maps/../maps/m.yaml"],
    ] {
        let (code, shown, said) = diff(&maps, &same);
        assert_eq!((code, said.as_str()), (Some(0), ""), "{shown}");
    }
    let (code, shown, _) = diff(folder, &["HEAD~1:maps/m.yaml", "maps/m.yaml", "-f", "json"]);
    assert_eq!(code, Some(1));
    let json: serde_json::Value = serde_json::from_str(&shown).unwrap();
    assert_eq!(json["format"], "grounds-difference");
    assert_eq!(json["old"], "HEAD~1:maps/m.yaml");
}

#[test]
fn what_git_does_not_have_is_told_in_a_line() {
    let Some(scratch) = repository() else { return };
    let folder = scratch.path();
    let cases = [
        (
            "no-such:maps/m.yaml",
            "error: git finds no revision `no-such`: ",
        ),
        (
            "--help:maps/m.yaml",
            "error: git finds no revision `--help`: ",
        ),
        (
            "HEAD:maps/no.yaml",
            "error: there is no file `HEAD:maps/no.yaml`\n",
        ),
        (
            "HEAD:maps",
            "error: cannot read `HEAD:maps`: it is no file\n",
        ),
        (
            "HEAD:../m.yaml",
            "error: `../m.yaml` lies outside the repository\n",
        ),
    ];
    for (wrong, message) in cases {
        let (code, _, said) = diff(folder, &["--", wrong, "maps/m.yaml"]);
        assert_eq!(code, Some(2), "{wrong}");
        assert!(said.starts_with(message), "{wrong}: {said}");
        assert_eq!(said.lines().count(), 1, "{wrong}: {said}");
    }
    let elsewhere = tempfile::tempdir().unwrap();
    let (code, _, said) = diff(elsewhere.path(), &["HEAD:m.yaml", ":m.yaml"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("not a git repository"), "{said}");
}

#[test]
fn includes_of_a_revision_stay_in_its_project() {
    let Some(scratch) = repository() else { return };
    let folder = scratch.path();
    fs::write(folder.join("maps/grounds.toml"), "").unwrap();
    fs::write(
        folder.join("maps/m.yaml"),
        new().replace("part.yaml", "../secret.yaml"),
    )
    .unwrap();
    fs::write(folder.join("secret.yaml"), PART).unwrap();
    let added = run(folder, "git", &["add", "."]);
    assert!(added.status.success());
    let (_, _, said) = diff(folder, &[":maps/m.yaml", ":maps/m.yaml"]);
    assert!(said.contains("[path-outside-project]"), "{said}");
}

#[test]
fn the_configuration_is_that_of_the_new_map_for_both() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    fs::write(folder.join("old.yaml"), OLD).unwrap();
    fs::write(folder.join("new.yaml"), new()).unwrap();
    fs::write(folder.join("part.yaml"), PART).unwrap();
    let levels = "[rules]\nungrounded-claim = \"off\"\nunsupported-claim = \"off\"\n";
    fs::write(folder.join("grounds.toml"), levels).unwrap();
    let (_, shown, _) = diff(folder, &["old.yaml", "new.yaml"]);
    assert!(!shown.contains("findings"), "{shown}");
    let (_, shown, _) = diff(folder, &["--no-config", "old.yaml", "new.yaml"]);
    assert!(shown.contains("findings: 2 gone"), "{shown}");
}

#[test]
fn schemes_of_ones_own_are_listed_and_no_fault_of_a_map() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path();
    let own = "[schemes.tide]\ntitle = \"Argument from the tide\"\nsummary = \"boats float\"\n";
    fs::write(folder.join("grounds.toml"), own).unwrap();
    let step = "reasons: [{premises: deck-unsafe, scheme: tide}]";
    fs::write(
        folder.join("m.yaml"),
        OLD.replace("reasons: [deck-unsafe]", step),
    )
    .unwrap();
    let grounds = |args: &[&str]| run(folder, env!("CARGO_BIN_EXE_grounds"), args);
    let listed = String::from_utf8(grounds(&["scheme"]).stdout).unwrap();
    assert!(
        listed.ends_with("tide                     boats float\n"),
        "{listed}"
    );
    let checked = String::from_utf8(grounds(&["check", "m.yaml"]).stdout).unwrap();
    assert!(!checked.contains("tide"), "{checked}");
    let outline = String::from_utf8(grounds(&["outline", "m.yaml"]).stderr).unwrap();
    assert_eq!(outline, "");
}
