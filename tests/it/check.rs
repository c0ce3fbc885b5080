//! What `check` counts, leaves out, limits and watches.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::cli::run;
use crate::config::folder as scratch;

/// A map whose claims have nothing under them.
fn bare_claims(n: usize) -> String {
    let mut text = String::from("thesis: {id: t, assumption: It is so.}\nclaims:\n");
    for claim in 0..n {
        writeln!(text, "  c{claim}: Claim number {claim}.").unwrap();
    }
    text
}

#[test]
fn statistics_count_each_rule_the_most_frequent_first() {
    let map = "\
thesis: {id: t, claim: It is so., reasons: [a]}
claims: {a: A reason., b: Another., c: A third.}
evidence: {d: It was seen.}
";
    let folder = scratch(&[("m.yaml", map)]);
    let table = run(folder.path(), &["check", "--statistics", "m.yaml"]);
    assert_eq!(
        (table.code, &*table.stdout),
        (
            0,
            "3  warning  orphan-statement\n\
             3  warning  unsupported-claim\n\
             1  warning  ungrounded-claim\n\
             1  warning  unsourced-evidence\n\
             \n\
             1 map checked: 8 warnings found\n"
        )
    );
    let json = run(
        folder.path(),
        &[
            "check",
            "--statistics",
            "-f",
            "json",
            "--fail-on=note",
            "m.yaml",
        ],
    );
    let document: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(
        (json.code, &document["format"]),
        (1, &Value::from("grounds-statistics"))
    );
    assert_eq!(document["rules"][1]["rule"], "unsupported-claim");
    assert_eq!(document["rules"][1]["count"], 3);
    assert_eq!(document["summary"]["warnings"], 8);
}

#[test]
fn findings_in_the_baseline_do_not_count_and_new_ones_do() {
    let folder = scratch(&[("maps/m.yaml", &bare_claims(3))]);
    let here = folder.path();
    let wrote = run(here, &["check", "--write-baseline", "ci/base.json", "maps"]);
    assert_eq!(wrote.code, 2, "there is no folder `ci`");
    fs::create_dir(here.join("ci")).unwrap();
    let wrote = run(here, &["check", "--write-baseline", "ci/base.json", "maps"]);
    assert_eq!(
        (wrote.code, &*wrote.stdout, &*wrote.stderr),
        (0, "", "wrote 6 findings to ci/base.json\n")
    );
    let check = |from: &Path, args: &[&str]| {
        run(
            from,
            &[&["check", "--fail-on=note", "-f", "short"], args].concat(),
        )
    };
    let quiet = check(here, &["--baseline", "ci/base.json", "maps"]);
    assert_eq!(
        (quiet.code, &*quiet.stdout, &*quiet.stderr),
        (0, "", "1 map checked: nothing found (6 in the baseline)\n")
    );
    // Other lines above, another claim, and another folder to start from.
    let more = bare_claims(3).replace("claims:\n", "\n# Moved.\nclaims:\n  new: A claim more.\n");
    fs::write(here.join("maps/m.yaml"), more).unwrap();
    let found = check(
        &here.join("maps"),
        &["--baseline", "../ci/base.json", "m.yaml"],
    );
    assert_eq!(found.code, 1);
    assert_eq!(found.stdout.lines().count(), 2);
    assert!(
        found.stdout.lines().all(|line| line.contains("`new`")),
        "{}",
        found.stdout
    );
    assert!(
        found
            .stderr
            .ends_with("2 warnings found (6 in the baseline)\n"),
        "{}",
        found.stderr
    );
}

#[test]
fn alike_findings_are_counted_so_that_one_more_is_new() {
    let map = "thesis: {id: t, assumption: It is so., reasons: [no]}\n";
    let folder = scratch(&[("m.yaml", map)]);
    run(
        folder.path(),
        &["check", "--write-baseline", "b.json", "m.yaml"],
    );
    let found = || {
        run(
            folder.path(),
            &["check", "-f", "short", "--baseline", "b.json", "m.yaml"],
        )
    };
    assert_eq!(found().code, 0);
    fs::write(
        folder.path().join("m.yaml"),
        map.replace("[no]", "[no, no]"),
    )
    .unwrap();
    assert_eq!((found().code, found().stdout.lines().count()), (1, 1));
}

#[test]
fn a_baseline_never_replaces_another_file_and_a_broken_one_is_refused() {
    let folder = scratch(&[("m.yaml", &bare_claims(1)), ("notes.json", "{\"mine\": 1}")]);
    let told = |args: &[&str]| {
        let run = run(folder.path(), &[&["check"], args, &["m.yaml"]].concat());
        assert_eq!(run.code, 2);
        run.stderr
    };
    assert!(told(&["--write-baseline", "notes.json"]).contains("`notes.json` is no baseline"));
    assert!(told(&["--write-baseline", "m.yaml"]).contains("ends like a map"));
    assert!(told(&["--baseline", "notes.json"]).contains("`notes.json` is not a baseline"));
    assert!(told(&["--baseline", "m.yaml"]).ends_with(
        "`m.yaml` is not a baseline: it is not JSON; `grounds check --write-baseline FILE` writes one\n"
    ));
    assert!(told(&["--jobs", "0"]).contains("it must be a whole number, at least 1"));
    assert!(told(&["--baseline", "no.json"]).contains("there is no file `no.json`"));
    assert!(told(&["--write-baseline", "b.json", "no.yaml"]).contains("no baseline is written"));
    assert_eq!(
        fs::read_to_string(folder.path().join("notes.json")).unwrap(),
        "{\"mine\": 1}"
    );
}

#[test]
fn text_stops_after_two_hundred_findings_of_a_rule_and_counts_the_rest() {
    let folder = scratch(&[("m.yaml", &bare_claims(512))]);
    let shown = |args: &[&str]| {
        let run = run(folder.path(), &[&["check"], args, &["m.yaml"]].concat());
        let n = run.stdout.matches("warning[unsupported-claim]").count();
        (n, run.stdout)
    };
    let (n, text) = shown(&[]);
    assert_eq!(n, 200);
    assert!(
        text.ends_with(
            "\n… and 312 more `orphan-statement` findings (--max-findings 0 shows all)\n\
             … and 312 more `unsupported-claim` findings (--max-findings 0 shows all)\n\
             \n1 map checked: 1024 warnings found\n"
        ),
        "{}",
        &text[text.len() - 300..]
    );
    assert_eq!(shown(&["--max-findings", "0"]).0, 512);
    let (n, text) = shown(&["--max-findings", "511"]);
    assert_eq!(n, 511);
    assert!(text.contains("… and 1 more `unsupported-claim` finding (--max"));
    // Formats for programs are complete.
    assert_eq!(
        shown(&["-f", "short", "--max-findings", "1"])
            .1
            .lines()
            .count(),
        1024
    );
}

#[test]
fn ten_thousand_findings_are_told_quickly() {
    let folder = scratch(&[("m.yaml", &bare_claims(5000))]);
    let start = Instant::now();
    let run = run(folder.path(), &["check", "m.yaml"]);
    assert!(
        run.stdout
            .ends_with("1 map checked: 10000 warnings found\n")
    );
    // Half a second is the promise for a release build on a machine that does nothing else.
    assert!(
        start.elapsed() < Duration::from_secs(5),
        "it took {:?}",
        start.elapsed()
    );
}

#[test]
fn the_number_of_jobs_changes_nothing_in_the_output() {
    let folder = scratch(&[]);
    for map in 0..40 {
        let text = bare_claims(40 - map);
        fs::write(folder.path().join(format!("m{map}.yaml")), text).unwrap();
    }
    let check = |jobs: &str| run(folder.path(), &["check", "--jobs", jobs, ".", "no.yaml"]);
    let (one, four) = (check("1"), check("4"));
    assert_eq!(
        (one.code, &one.stdout, &one.stderr),
        (four.code, &four.stdout, &four.stderr)
    );
    assert_eq!(one.code, 2);
    assert_eq!(check("0").code, 2);
}

/// Starts a watch of a folder; the process, and what it says on standard error, line by line.
fn watch(folder: &Path) -> (Child, mpsc::Receiver<String>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_grounds"))
        .args(["check", "--watch", "-f", "short", "."])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let (sender, lines) = mpsc::channel();
    let stderr = BufReader::new(child.stderr.take().unwrap());
    std::thread::spawn(move || {
        for line in stderr.lines().map_while(Result::ok) {
            let _ = sender.send(line);
        }
    });
    (child, lines)
}

#[test]
fn a_watch_checks_again_when_a_map_an_include_or_the_configuration_changes() {
    let folder = scratch(&[
        (
            "m.yaml",
            "thesis: {id: t, claim: It is so., reasons: [part/a]}\ninclude: [part.yaml]\n",
        ),
        ("part.yaml", "thesis: {id: a, claim: A reason.}\n"),
    ]);
    let here = folder.path();
    let (mut child, lines) = watch(here);
    let next = || {
        lines
            .recv_timeout(Duration::from_secs(20))
            .unwrap_or_else(|_| "nothing came".into())
    };
    let mut told = vec![next(), next()];
    let steps = [
        ("part.yaml", "thesis: {id: a, assumption: A reason.}\n"),
        ("new/n.yaml", "thesis: {id: n, assumption: It is so.}\n"),
        ("grounds.toml", "fail-on = \"eror\"\n"),
        ("grounds.toml", "fail-on = \"error\"\n"),
    ];
    fs::create_dir(here.join("new")).unwrap();
    for (name, text) in steps {
        fs::write(here.join(name), text).unwrap();
        told.extend([next(), next(), next()]);
    }
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(
        told,
        [
            "2 maps checked: 1 error and 1 warning found",
            "watching 2 files; Ctrl-C ends",
            "part.yaml has changed",
            "2 maps checked: nothing found",
            "watching 2 files; Ctrl-C ends",
            "new/n.yaml has changed",
            "3 maps checked: nothing found",
            "watching 3 files; Ctrl-C ends",
            "grounds.toml has changed",
            "error: grounds.toml:1:11: `fail-on` cannot be `eror`; did you mean `error`?",
            "watching 4 files; Ctrl-C ends",
            "grounds.toml has changed",
            "3 maps checked: nothing found",
            "watching 4 files; Ctrl-C ends",
        ]
    );
}

#[test]
fn standard_input_cannot_be_watched() {
    let folder = scratch(&[]);
    let run = run(folder.path(), &["check", "--watch", "-"]);
    assert_eq!(
        (run.code, &*run.stderr),
        (2, "error: standard input cannot be watched\n")
    );
}
