//! Commands that tie a map to a text: `quote`, `scaffold`, `coverage` and `review`.

use std::fs;
use std::path::Path;

use crate::cli::run;

const ECHO: &str = "# Time to give up the bridge\n\nNobody likes to say it.\n\n\
    Close the “bridge” to cars: now, and for good.\n\nNobody likes it, and yet the deck is unsafe.\n";
const REPORT: &str = "The deck is rated 3 out of 9.\n\nThe railing is loose.\n";
const SOURCES: &str =
    "sources:\n  echo: {title: Echo, file: echo.md}\n  report: {title: Report, file: report.txt}\n";

fn folder() -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("echo.md"), ECHO).unwrap();
    fs::write(scratch.path().join("report.txt"), REPORT).unwrap();
    scratch
}

/// Writes a map, runs `quote` on it and gives what has become of it.
#[track_caller]
fn quoted(folder: &Path, map: &str, args: &[&str]) -> String {
    let path = folder.join("m.yaml");
    fs::write(&path, format!("article: echo\n{map}{SOURCES}")).unwrap();
    let run = run(folder, &[&["quote", "m.yaml"], args].concat());
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let check = crate::cli::run(folder, &["check", "-f", "short", "m.yaml"]);
    for rule in ["quote-", "locator-", "yaml-", "unknown-", "wrong-"] {
        assert!(
            !check.stdout.contains(&format!("[{rule}")),
            "{}",
            check.stdout
        );
    }
    let text = fs::read_to_string(path).unwrap();
    let map = text.strip_prefix("article: echo\n").unwrap();
    map.strip_suffix(SOURCES).unwrap().to_owned()
}

#[test]
fn quotes_are_written_into_every_form_of_a_statement() {
    let scratch = folder();
    let words = "close the \"bridge\" to cars: now";
    let written = "\"Close the “bridge” to cars: now\"";
    for (before, id, after) in [
        (
            "thesis: Close it. # why\n",
            "close-it",
            format!("thesis:\n  claim: Close it. # why\n  at: para 2\n  quote: {written}\n"),
        ),
        (
            "thesis: t\nclaims:\n  t: Close it.\n  # next\n",
            "t",
            format!(
                "thesis: t\nclaims:\n  t:\n    text: Close it.\n    at: para 2\n    quote: {written}\n  # next\n"
            ),
        ),
        (
            "thesis: {id: t, claim: Close it., tags: [a]}  # why\n",
            "t",
            format!(
                "thesis: {{id: t, claim: Close it., at: para 2, quote: {written}, tags: [a]}}  # why\n"
            ),
        ),
        (
            "thesis:\n  claim: Close it.\n  quote: Shut it. # old\n  at: para 3\n  id: t\n",
            "t",
            format!(
                "thesis:\n  claim: Close it.\n  quote: {written} # old\n  at: para 2\n  id: t\n"
            ),
        ),
        (
            "thesis: t\nclaims: {claim: Close it., t: {text: T., at: § Time to give up the bridge, reasons: [claim]}}\n",
            "claim",
            format!(
                "thesis: t\nclaims: {{claim: {{text: Close it., at: para 2, quote: {written}}}, t: {{text: T., at: § Time to give up the bridge, reasons: [claim]}}}}\n"
            ),
        ),
    ] {
        assert_eq!(quoted(scratch.path(), before, &[id, words]), after);
    }
}

#[test]
fn quotes_of_cited_sources_join_their_citation() {
    let scratch = folder();
    for (before, after) in [
        (
            "report",
            "{id: report, at: para 1, quote: rated 3 out of 9}",
        ),
        (
            "[echo, report]",
            "[echo, {id: report, at: para 1, quote: rated 3 out of 9}]",
        ),
        (
            "{id: report, at: p. 3}",
            "{id: report, at: para 1, quote: rated 3 out of 9}",
        ),
    ] {
        let map = |source: &str| {
            format!(
                "thesis: {{claim: C., id: t, reasons: [{{evidence: Bad., id: e, source: {source}}}]}}\n"
            )
        };
        let edited = quoted(scratch.path(), &map(before), &["e", "rated 3 out of 9"]);
        assert_eq!(edited, map(after));
    }
    let block = "thesis:\n  claim: C.\n  reasons:\n    - evidence: Bad.\n      id: e\n      source:\n        - report # that\n";
    assert_eq!(
        quoted(
            scratch.path(),
            block,
            &["e", "railing is loose", "--source", "report"]
        ),
        block.replace(
            "report #",
            "{id: report, at: para 2, quote: railing is loose} #"
        )
    );
}

#[test]
fn words_in_several_places_or_none_change_nothing() {
    let scratch = folder();
    let map = format!("article: echo\nthesis: {{id: t, claim: Close it.}}\n{SOURCES}");
    let path = scratch.path().join("m.yaml");
    fs::write(&path, &map).unwrap();
    for (args, code, shown) in [
        (&["t", "nobody likes"][..], 1, "  para 1 (line 3): …"),
        (
            &["t", "nobody likes", "--at", "para 2"],
            1,
            "the words are not at para 2",
        ),
        (
            &["t", "nobody likes", "--at", "soon"],
            2,
            "`soon` is no place",
        ),
        (
            &["t", "Nobody loves it, and yet the deck is unsafe"],
            1,
            "it has \"likes\" for \"loves\"",
        ),
        (
            &["t", "mussels grow on ropes"],
            1,
            "nothing like them is there",
        ),
        (&["x", "deck"], 2, "the map has no statement `x`"),
        (
            &["t", "deck", "--source", "report"],
            2,
            "`t` does not cite `report`",
        ),
        (
            &["t", "deck", "--source", "reprot"],
            2,
            "did you mean `report`?",
        ),
    ] {
        let run = run(scratch.path(), &[&["quote", "m.yaml"], args].concat());
        assert_eq!(run.code, code, "{args:?}: {}", run.stderr);
        assert!(run.stderr.contains(shown), "{args:?}: {}", run.stderr);
        assert_eq!(fs::read_to_string(&path).unwrap(), map);
    }
}

#[test]
fn a_dry_run_shows_a_patch() {
    let scratch = folder();
    let map = format!("article: echo\nthesis: {{id: t, claim: Close it.}}\n{SOURCES}");
    let path = scratch.path().join("m.yaml");
    fs::write(&path, &map).unwrap();
    let dry = run(
        scratch.path(),
        &[
            "quote",
            "m.yaml",
            "t",
            "nobody likes",
            "--at",
            "para 3",
            "--diff",
        ],
    );
    assert!(
        dry.stdout
            .contains("+thesis: {id: t, claim: Close it., at: para 3, quote: Nobody likes}"),
        "{}",
        dry.stdout
    );
    assert_eq!(fs::read_to_string(&path).unwrap(), map);
}

#[test]
fn a_scaffold_is_a_map_whose_thesis_is_to_be_written() {
    let scratch = folder();
    let folder = scratch.path();
    fs::create_dir(folder.join("maps")).unwrap();
    fs::write(folder.join("grounds.toml"), "").unwrap();
    let made = run(folder, &["scaffold", "echo.md", "-o", "maps/e.yaml"]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    let checked = run(folder, &["check", "-f", "short", "maps/e.yaml"]);
    assert_eq!(
        (checked.code, checked.stdout.lines().count()),
        (0, 2),
        "{}",
        checked.stdout
    );
    assert!(
        checked.stdout.contains("[question-as-claim]"),
        "{}",
        checked.stdout
    );
    let again = run(folder, &["scaffold", "echo.md", "-o", "maps/e.yaml"]);
    assert_eq!(again.code, 2);
    assert!(again.stderr.contains("exists already"), "{}", again.stderr);
    let covered = run(folder, &["coverage", "maps/e.yaml", "--min", "0.1"]);
    assert_eq!(covered.code, 1);
    assert!(
        covered.stdout.starts_with("0 of 3 paragraphs of `echo.md`"),
        "{}",
        covered.stdout
    );
    fs::write(folder.join("a.pdf"), "%PDF-1.7").unwrap();
    let pdf = run(folder, &["scaffold", "a.pdf"]);
    assert_eq!(pdf.code, 2);
    assert!(pdf.stderr.contains("pdftotext"), "{}", pdf.stderr);
}

#[test]
fn coverage_counts_what_is_not_set_aside() {
    let scratch = folder();
    let folder = scratch.path();
    let map = format!(
        "article: echo\nthesis: {{id: t, claim: Close it., at: para 2, quote: to cars}}\n{SOURCES}"
    );
    fs::write(folder.join("m.yaml"), map).unwrap();
    let run = |args: &[&str]| run(folder, &[&["coverage", "m.yaml"], args].concat());
    assert_eq!(run(&["-f", "csv"]).stdout.lines().count(), 4);
    let skipped = run(&[
        "--skip", "para 1", "--skip", "para 3", "--min", "1", "--open",
    ]);
    assert_eq!(skipped.code, 0);
    assert!(
        skipped.stdout.contains("1 of 1 paragraphs"),
        "{}",
        skipped.stdout
    );
    let nowhere = run(&["--skip", "para 9"]);
    assert_eq!(
        (nowhere.code, nowhere.stderr.contains("has no para 9")),
        (2, true)
    );
    let json: serde_json::Value = serde_json::from_str(&run(&["-f", "json"]).stdout).unwrap();
    assert_eq!(json["paragraphs"][1]["marks"][0]["words"], "to cars");
    assert_eq!(json["paragraphs"][1]["lines"], serde_json::json!([5, 5]));
    let page = run(&["--html"]).stdout;
    for part in [
        "href=\"#s0\">to cars</a>",
        "<li id=\"s0\">",
        "href=\"#m0-0\">para 2</a>",
        "class=\"open\"",
    ] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert_eq!(
        run(&["--source", "report"]).stdout.lines().next(),
        Some("0 of 2 paragraphs of `report.txt` are encoded (0 %).")
    );
}

const REVIEW: [&str; 7] = [
    "review",
    "m.yaml",
    "--all",
    "--by",
    "Ada",
    "--date",
    "2026-11-25",
];

/// Writes a map with these words.
fn write_map(folder: &Path, text: &str, quote: &str) {
    let map = format!(
        "article: echo\nthesis:\n  id: t\n  claim: {text}\n  at: para 2\n  reasons:\n    \
         - {{id: e, evidence: It is bad., source: {{id: report, quote: {quote}}}}}\n    \
         - {{evidence: It is loose., source: report}}\n{SOURCES}"
    );
    fs::write(folder.join("m.yaml"), map).unwrap();
}

/// What `check` finds about reviews.
#[track_caller]
fn check_reviews(folder: &Path, expected: &str) {
    let checked = run(folder, &["check", "-f", "short", "m.yaml"]);
    let lines = checked.stdout.lines();
    let lines: Vec<&str> = lines.filter(|line| line.contains("-review]")).collect();
    assert_eq!(lines.join("\n"), expected);
}

#[test]
fn reviews_go_stale_with_the_statement_and_with_its_sources() {
    let scratch = folder();
    let folder = scratch.path();
    write_map(folder, "Close it.", "rated 3 out of 9");
    assert_eq!(run(folder, &REVIEW).code, 0);
    let record = fs::read_to_string(folder.join("m.review.toml")).unwrap();
    assert_eq!(run(folder, &REVIEW).code, 0);
    assert_eq!(
        fs::read_to_string(folder.join("m.review.toml")).unwrap(),
        record
    );
    check_reviews(folder, "");
    write_map(folder, "Close\n    it.", "rated 3 out of 9");
    check_reviews(folder, "");
    write_map(folder, "Shut it.", "rated 3 out of 9");
    check_reviews(
        folder,
        "m.yaml:3:7: warning: the thesis `t` \"Shut it\" has changed since Ada reviewed it on 2026-11-25 [stale-review]",
    );
    write_map(folder, "Close it.", "rated 3 out of 9");
    fs::write(folder.join("report.txt"), format!("{REPORT}\nMore.\n")).unwrap();
    check_reviews(
        folder,
        "m.yaml:7:12: warning: the file of `report`, which evidence `e` \"It is bad\" cites, has changed since Ada reviewed it on 2026-11-25 [stale-review]",
    );
    let status = run(folder, &["review", "m.yaml", "-f", "csv"]).stdout;
    for row in ["t,current,Ada,2026-11-25", "e,source changed,Ada"] {
        assert!(status.contains(row), "{row} in {status}");
    }
}

#[test]
fn what_cannot_have_been_checked_is_not_recorded() {
    let scratch = folder();
    let folder = scratch.path();
    write_map(folder, "Close it.", "rated 4 out of 9");
    let first = run(folder, &REVIEW);
    assert_eq!(first.code, 1, "{}", first.stderr);
    for part in [
        "its quote is not in `report.txt`",
        "1 with a source but without an `id`",
        "recorded 1 review by Ada",
    ] {
        assert!(first.stderr.contains(part), "{part} in {}", first.stderr);
    }
    let unknown = run(folder, &["review", "m.yaml", "it-is-loose"]);
    assert!(
        unknown.stderr.contains("is an automatic id"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn a_day_that_no_calendar_has_is_refused_and_a_statement_named_twice_counts_once() {
    let scratch = folder();
    let folder = scratch.path();
    write_map(folder, "Close it.", "rated 3 out of 9");
    let review = |date: &str| {
        let args = [
            "review", "m.yaml", "e", "t", "e", "--by", "Ada", "--date", date,
        ];
        run(folder, &args)
    };
    let never = review("2020-02-30");
    assert_eq!(never.code, 2);
    assert!(
        never.stderr.contains("a day of the calendar"),
        "{}",
        never.stderr
    );
    let twice = review("2020-02-29").stderr;
    assert!(
        twice.starts_with("recorded 2 reviews by Ada on 2020-02-29"),
        "{twice}"
    );
}

#[test]
fn a_faulty_review_file_is_told_at_its_place_and_kept() {
    let scratch = folder();
    let folder = scratch.path();
    write_map(folder, "Close it.", "rated 3 out of 9");
    let path = folder.join("m.review.toml");
    fs::write(&path, "[statements]\nt = 1\n").unwrap();
    check_reviews(
        folder,
        "m.review.toml:2:5: error: the review of `t` must be a table [invalid-review]",
    );
    assert_eq!(run(folder, &REVIEW).code, 2);
    assert_eq!(fs::read_to_string(&path).unwrap(), "[statements]\nt = 1\n");
    fs::write(&path, b"\xff").unwrap();
    check_reviews(
        folder,
        "m.review.toml:1:1: error: the review file is not UTF-8 [invalid-review]",
    );
}
