//! The program as users start it: streams, files and exit codes, above all with bad input.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::{project, skipped};

const CLEAN: &str = "\
thesis:
  id: healthy
  claim: Coffee is healthy.
  reasons:
    - {evidence: Drinkers live longer., source: study}
sources:
  study: {title: A long study}
";

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs the program in a folder, with nothing of the environment that could change what it prints.
pub(crate) fn run_with_input(folder: &Path, args: &[&str], input: &[u8]) -> Run {
    let mut child = Command::new(env!("CARGO_BIN_EXE_grounds"))
        .args(args)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .env("COLUMNS", "100")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that does not read its input closes the pipe; that is no fault here.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    Run {
        code: output.status.code().expect("the program was not killed"),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

pub(crate) fn run(folder: &Path, args: &[&str]) -> Run {
    run_with_input(folder, args, b"")
}

/// Checks one map with the given bytes in `short` format: the exit code and the findings without the file's name.
fn check(bytes: impl AsRef<[u8]>) -> (i32, Vec<String>) {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("m.yaml"), bytes).unwrap();
    let start = Instant::now();
    let run = run(scratch.path(), &["check", "-f", "short", "m.yaml"]);
    assert!(
        start.elapsed() < Duration::from_secs(20),
        "it took {:?}",
        start.elapsed()
    );
    let lines = run
        .stdout
        .lines()
        .map(|line| line.strip_prefix("m.yaml:").unwrap_or(line).to_owned());
    (run.code, lines.collect())
}

#[test]
fn a_clean_map_ends_with_0_and_a_summary() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("m.yaml"), CLEAN).unwrap();
    let run = run(scratch.path(), &["check", "m.yaml"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (0, "1 map checked: nothing found\n", "")
    );
}

#[test]
fn warnings_fail_only_when_asked_to() {
    let scratch = tempfile::tempdir().unwrap();
    let map = CLEAN.replace(", source: study", "");
    fs::write(scratch.path().join("m.yaml"), map).unwrap();
    assert_eq!(run(scratch.path(), &["check", "m.yaml"]).code, 0);
    assert_eq!(
        run(scratch.path(), &["check", "--fail-on", "warning", "m.yaml"]).code,
        1
    );
    assert_eq!(
        run(scratch.path(), &["check", "--fail-on=never", "m.yaml"]).code,
        0
    );
}

#[test]
fn a_missing_file_is_named_and_the_others_are_checked() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("m.yaml"), CLEAN).unwrap();
    let run = run(scratch.path(), &["check", "no.yaml", "m.yaml"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "error: there is no file `no.yaml`\n");
    assert_eq!(run.stdout, "1 map checked: nothing found\n");
}

#[test]
fn nothing_is_said_to_be_found_where_nothing_could_be_read() {
    let scratch = tempfile::tempdir().unwrap();
    for format in ["text", "short", "github"] {
        let run = run(scratch.path(), &["check", "-f", format, "no.yaml"]);
        let told = "error: there is no file `no.yaml`\n";
        assert_eq!((run.code, &*run.stdout, &*run.stderr), (2, "", told));
    }
    let run = run(scratch.path(), &["check", "-f", "json", "no.yaml"]);
    assert!(run.stdout.contains("\"findings\": []"), "{}", run.stdout);
}

#[test]
#[cfg(unix)]
fn a_link_in_a_folder_that_leads_nowhere_is_told() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("m.yaml"), CLEAN).unwrap();
    std::os::unix::fs::symlink("nothing", scratch.path().join("gone.yaml")).unwrap();
    std::os::unix::fs::symlink("round.yaml", scratch.path().join("round.yaml")).unwrap();
    for command in ["check", "stats"] {
        let run = run(scratch.path(), &[command, "."]);
        assert_eq!(run.code, 2, "{command}");
        let told = "error: there is no file `gone.yaml`\nerror: cannot read `round.yaml`: ";
        assert!(
            run.stderr.replace("./", "").starts_with(told),
            "{}",
            run.stderr
        );
    }
}

#[test]
fn a_folder_without_maps_is_an_error_and_one_with_maps_is_walked() {
    let scratch = tempfile::tempdir().unwrap();
    fs::create_dir(scratch.path().join("a")).unwrap();
    let empty = run(scratch.path(), &["check", "a"]);
    assert_eq!(
        (empty.code, empty.stderr.as_str()),
        (2, "error: there are no maps (*.yaml, *.yml) in `a`\n")
    );
    fs::create_dir(scratch.path().join("a/b")).unwrap();
    fs::write(scratch.path().join("a/b/m.yml"), CLEAN).unwrap();
    fs::write(scratch.path().join("a/notes.txt"), "thesis").unwrap();
    let walked = run(scratch.path(), &["check", "a"]);
    assert_eq!(
        (walked.code, walked.stdout.as_str()),
        (0, "1 map checked: nothing found\n")
    );
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_the_worlds_fault() {
    use std::os::unix::fs::PermissionsExt as _;
    let scratch = tempfile::tempdir().unwrap();
    let path = scratch.path().join("m.yaml");
    fs::write(&path, CLEAN).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        skipped("this user may read every file");
        return;
    }
    let run = run(scratch.path(), &["check", "m.yaml"]);
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.starts_with("error: cannot read `m.yaml`: "),
        "{}",
        run.stderr
    );
}

#[test]
fn standard_input_is_a_map_too() {
    let scratch = tempfile::tempdir().unwrap();
    let run = run_with_input(
        scratch.path(),
        &["check", "-f", "short", "-"],
        b"thesis: {claim: A b}\n",
    );
    assert_eq!(run.code, 1);
    assert_eq!(
        run.stdout,
        "<stdin>:1:17: error: the thesis \"A b\" has no reason under it [unsupported-claim]\n"
    );
}

#[test]
fn an_empty_file_says_what_a_map_starts_with() {
    for empty in ["", "\n\n", "# only a comment\n", "---\n"] {
        let (code, findings) = check(empty);
        assert_eq!((code, findings.len()), (1, 1), "{empty:?}: {findings:?}");
        assert!(
            findings[0].ends_with("error: the file is empty [missing-key]"),
            "{findings:?}"
        );
    }
}

#[test]
fn bytes_that_are_no_utf8_are_placed() {
    let (code, findings) = check(b"thesis: caf\xe9 is healthy\n");
    assert_eq!(code, 1);
    assert_eq!(
        findings[0],
        "1:12: error: the file is not UTF-8 from here on [yaml-syntax]"
    );
    let (code, findings) = check(b"\xff\xfet\0h\0");
    assert_eq!(code, 1);
    assert_eq!(
        findings,
        ["1:1: error: the file is UTF-16, and a map must be UTF-8 [yaml-syntax]"]
    );
    assert_eq!(check(b"\x7fELF\0\0\0").0, 1);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_no_place() {
    let map = format!("\u{feff}{}", CLEAN.replace('\n', "\r\n"));
    assert_eq!(check(&map), (0, vec![]));
    let (_, findings) = check(map.replace("source: study", "sorce: study"));
    assert_eq!(
        findings[0],
        "5:41: error: an inline statement has no key `sorce` [unknown-key]"
    );
}

#[test]
fn two_hundred_kilobytes_of_brackets_end_quickly() {
    let (code, findings) = check("[".repeat(200_000));
    assert_eq!(code, 1);
    assert!(
        findings
            .iter()
            .any(|line| line.contains("`[` is never closed")),
        "{findings:?}"
    );
    assert_eq!(check(format!("thesis: {}", "[".repeat(200_000))).0, 1);
}

#[test]
fn an_alias_bomb_is_refused() {
    let mut bomb = String::from("a: &a [x x, x x, x x, x x, x x, x x, x x, x x, x x, x x]\n");
    for (this, below) in ('b'..='z').zip('a'..) {
        let aliases = vec![format!("*{below}"); 10].join(", ");
        writeln!(bomb, "{this}: &{this} [{aliases}]").unwrap();
    }
    let (code, findings) = check(bomb);
    assert_eq!((code, findings.len()), (1, 1));
    assert!(findings[0].contains("[yaml-limit]"), "{findings:?}");
}

#[test]
fn aliases_within_the_limit_work() {
    let map = CLEAN.replace("source: study", "source: &s study").replace(
        "sources:",
        "claims:\n  strong: {text: Coffee is strong., reasons: [{evidence: It is bitter., source: *s}], \
         restates: healthy}\nsources:",
    );
    assert_eq!(check(map), (0, vec![]));
}

#[test]
fn a_hundred_thousand_levels_are_read() {
    let levels = 100_000;
    let mut steps = String::new();
    for n in 0..levels {
        write!(steps, "{{claim: Step {n}., reasons: [").unwrap();
    }
    let deep = format!(
        "thesis: {}{{evidence: An end., source: study}}{}\nsources: {{study: {{title: A study}}}}\n",
        steps,
        "]}".repeat(levels)
    );
    assert_eq!(check(deep), (0, vec![]));
}

#[test]
fn a_second_document_is_refused_and_the_first_is_read() {
    let (code, findings) = check(format!(
        "---\n{}---\nthesis: other\n",
        CLEAN.replace("source: study", "sorce: x")
    ));
    assert_eq!(code, 1);
    assert_eq!(findings.len(), 2, "{findings:?}");
    assert!(
        findings[1].starts_with("9:1: error: a second YAML document starts here"),
        "{findings:?}"
    );
}

#[test]
fn what_stands_before_a_syntax_error_is_checked() {
    let map = "thesis: t\nclaims:\n  bare: {text: A claim., lable: x}\n  t: {text: The thesis., reasons: [bare, later]}\n  later: 'not closed\n";
    let (code, findings) = check(map);
    assert_eq!(code, 1);
    let rules: Vec<&str> = findings
        .iter()
        .filter_map(|line| line.rsplit_once('['))
        .map(|(_, rule)| rule)
        .collect();
    assert_eq!(
        rules,
        ["unsupported-claim]", "unknown-key]", "yaml-syntax]"],
        "{findings:#?}"
    );
}

#[test]
fn text_from_a_map_cannot_steer_the_terminal() {
    let scratch = tempfile::tempdir().unwrap();
    let map = "thesis: {claim: \"A \\e[31mred\\e[0m \\u202Eclaim\"}\n";
    fs::write(scratch.path().join("m.yaml"), map).unwrap();
    for format in ["text", "short"] {
        let run = run(scratch.path(), &["check", "-f", format, "m.yaml"]);
        assert!(
            !run.stdout.contains(['\u{1b}', '\u{202e}']),
            "{}",
            run.stdout
        );
        assert!(run.stdout.contains("\\u{1b}[31mred"), "{}", run.stdout);
    }
}

#[test]
fn colour_is_used_only_when_asked_for_off_a_terminal() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("m.yaml"), "thesis: {claim: A b}\n").unwrap();
    assert!(
        !run(scratch.path(), &["check", "m.yaml"])
            .stdout
            .contains('\u{1b}')
    );
    assert!(
        run(scratch.path(), &["--color", "always", "check", "m.yaml"])
            .stdout
            .contains('\u{1b}')
    );
}

#[test]
fn an_unknown_rule_is_an_error_with_the_nearest_one() {
    let run = run(&project("."), &["rule", "unsuported-claim"]);
    assert_eq!(run.code, 2);
    assert_eq!(
        run.stderr,
        "error: there is no rule `unsuported-claim`; did you mean `unsupported-claim`?\n"
    );
}

#[test]
fn a_picture_never_replaces_a_map_and_a_failure_leaves_nothing() {
    let scratch = tempfile::tempdir().unwrap();
    let map = scratch.path().join("m.yaml");
    fs::write(&map, CLEAN).unwrap();
    fs::write(scratch.path().join("m.txt"), CLEAN).unwrap();
    for args in [
        ["render", "m.yaml", "-f", "svg", "-o", "m.yaml"],
        ["render", "m.txt", "-f", "svg", "-o", "m.txt"],
        ["render", "m.yaml", "-f", "svg", "-o", "other.yaml"],
    ] {
        let run = run(scratch.path(), &args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.stderr.contains("choose another name"), "{}", run.stderr);
    }
    let missing = run(
        scratch.path(),
        &["render", "m.yaml", "-o", "no/such/folder/m.svg"],
    );
    assert_eq!(missing.code, 2);
    assert_eq!(fs::read_to_string(&map).unwrap(), CLEAN);
    assert_eq!(
        fs::read_to_string(scratch.path().join("m.txt")).unwrap(),
        CLEAN
    );
    assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 2);
}

#[test]
fn a_report_over_several_maps_says_which_of_them_lacks_a_statement() {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("a.yaml"), CLEAN).unwrap();
    fs::write(scratch.path().join("b.yaml"), "thesis: A claim.\n").unwrap();
    let run = run(
        scratch.path(),
        &["report", "a.yaml", "b.yaml", "--focus", "healthy"],
    );
    assert_eq!(run.code, 2);
    assert!(
        run.stderr
            .contains("error: `b.yaml`: the map has no statement `healthy`"),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout.ends_with("and the pages of 1 map\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_picture_with_one_font_says_what_that_lacks() {
    let scratch = tempfile::tempdir().unwrap();
    let map = "thesis: 漢字 are characters.\n";
    fs::write(scratch.path().join("m.yaml"), map).unwrap();
    for (name, is_told) in [("m.png", true), ("m.pdf", true), ("m.svg", false)] {
        let run = run(scratch.path(), &["render", "m.yaml", "-o", name]);
        assert_eq!(run.code, 0);
        let told = "note: 2 characters have no glyph in the built-in font and are drawn as boxes: 漢, 字; \
                    svg and html use the reader's fonts\n";
        assert_eq!(run.stderr, if is_told { told } else { "" }, "{name}");
    }
}

#[test]
fn includes_stay_in_the_project() {
    let scratch = tempfile::tempdir().unwrap();
    let project = scratch.path().join("project");
    fs::create_dir(&project).unwrap();
    fs::write(scratch.path().join("secret.yaml"), CLEAN).unwrap();
    fs::write(project.join("grounds.toml"), "").unwrap();
    for path in [
        "../secret.yaml",
        "../no-such.yaml",
        "/etc/hosts",
        "link.yaml",
    ] {
        #[cfg(unix)]
        let _ = std::os::unix::fs::symlink("../secret.yaml", project.join("link.yaml"));
        fs::write(project.join("m.yaml"), format!("{CLEAN}include: {path}\n")).unwrap();
        let run = run(&project, &["check", "-f", "short", "m.yaml"]);
        assert_eq!(run.code, 1, "{path}");
        assert!(
            run.stdout.contains("[path-outside-project]"),
            "{path}: {}",
            run.stdout
        );
    }
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let program = env!("CARGO_BIN_EXE_grounds");
    let command = format!(
        "{program} rule unsupported-claim | head -c 1 >/dev/null; echo \"${{PIPESTATUS[0]}}\""
    );
    let Ok(output) = Command::new("bash").args(["-c", &command]).output() else {
        skipped("there is no bash");
        return;
    };
    assert_eq!(String::from_utf8(output.stdout).unwrap().trim(), "0");
}

#[test]
fn a_map_in_its_canonical_form_is_the_same_map() {
    for name in ["ukraine-nato-membership", "school-street", "city-heat"] {
        let scratch = tempfile::tempdir().unwrap();
        let convert = |args: &[&str]| {
            let run = run(scratch.path(), &[&["convert"], args].concat());
            // What one of them includes keeps its own title, date and the like.
            let is_of_included = |line: &&str| line.contains("included maps ");
            let lost = run.stderr.lines().filter(is_of_included).count();
            let is_joined = name == "city-heat" && args.len() == 3 && args[0] != "once.yaml";
            assert_eq!(
                (run.code, lost),
                (0, if is_joined { 2 } else { 0 }),
                "{name}"
            );
            assert_eq!(run.stderr.lines().count(), if is_joined { 3 } else { 0 });
            run.stdout
        };
        let map = project(&format!("maps/{name}.yaml"));
        let once = convert(&[map.to_str().unwrap(), "-f", "yaml"]);
        fs::write(scratch.path().join("once.yaml"), &once).unwrap();
        assert_eq!(once, convert(&["once.yaml", "-f", "yaml"]), "{name}");
        let texts = |json: &str| {
            let model: serde_json::Value = serde_json::from_str(json).unwrap();
            let statements = model["statements"].as_array().unwrap().iter();
            let mut texts: Vec<String> = statements
                .map(|s| format!("{} {} {}", s["kind"], s["status"], s["text"]))
                .collect();
            texts.sort();
            (texts, model["inferences"].as_array().unwrap().len())
        };
        assert_eq!(
            texts(&convert(&[map.to_str().unwrap()])),
            texts(&convert(&["once.yaml"])),
            "{name}"
        );
    }
}

#[test]
fn the_ending_of_the_output_names_the_format_that_is_converted_to() {
    let folder = tempfile::tempdir().unwrap();
    let map = "thesis: {id: t, claim: T stands., reasons: [a]}\nclaims: {a: A.}\n";
    fs::write(folder.path().join("m.yaml"), map).unwrap();
    for (name, start) in [
        ("n.yaml", "thesis: t"),
        ("n.MUP", "{"),
        ("n.gsn.yaml", "t:\n  text:"),
        ("n.argdown", "[t]: "),
        ("n.tgf", "1 "),
        ("n.json", "{\n  \"format\": \"grounds\""),
    ] {
        let run = run(folder.path(), &["convert", "m.yaml", "-o", name]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        let text = fs::read_to_string(folder.path().join(name)).unwrap();
        assert!(text.starts_with(start), "{name}: {text}");
    }
    let carneades = ["convert", "m.yaml", "-f", "carneades", "-o", "n.yml"];
    assert_eq!(run(folder.path(), &carneades).code, 0);
    let itself = ["convert", "m.yaml", "-f", "carneades", "-o", "m.yaml"];
    assert_eq!(run(folder.path(), &itself).code, 2);
    let text = fs::read_to_string(folder.path().join("m.yaml")).unwrap();
    assert_eq!(text, map, "a map is never written over");
}
