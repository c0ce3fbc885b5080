//! `check --fix` and `--diff`: edits that keep all the rest, made until nothing more applies.

use std::fs;
use std::process::Command;

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::rules;
use grounds::source::NoFiles;
use grounds::syntax::{Edit, apply, disjoint};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::cli::run_with_input as run;
use crate::skipped;

/// A map with slips in keys, ids, words and a source, among comments and odd layout.
const FAULTY: &str = "\
# What this is about.
titel: The bridge   # a slip

thesis:
  id:   close
  claim: Close the bridge.
  reasons: [ deck-unsaef,   'detour-shrot' ]   # two slips
claims:
  deck-unsafe:   # bad
    text: The deck is unsafe.
    standard: preponderence
    raesons:
      - {evidence: \"Rust, everywhere.\", \"sourec\": reprot}
assumptions:
  detour-short: >
    The detour
    is short.
sources:
  report: {title: Report}
";

const FIXED: &str = "\
# What this is about.
title: The bridge   # a slip

thesis:
  id:   close
  claim: Close the bridge.
  reasons: [ deck-unsafe,   detour-short ]   # two slips
claims:
  deck-unsafe:   # bad
    text: The deck is unsafe.
    standard: preponderance
    reasons:
      - {evidence: \"Rust, everywhere.\", source: report}
assumptions:
  detour-short: >
    The detour
    is short.
sources:
  report: {title: Report}
";

/// A folder with files.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// What `--fix` makes of one map.
fn fixed(bytes: &[u8]) -> Vec<u8> {
    let folder = folder(&[("m.yaml", bytes)]);
    let run = run(folder.path(), &["check", "--fix", "m.yaml"], b"");
    assert!(run.code < 2, "{}", run.stderr);
    fs::read(folder.path().join("m.yaml")).unwrap()
}

fn fixed_text(text: &str) -> String {
    String::from_utf8(fixed(text.as_bytes())).unwrap()
}

#[test]
fn slips_are_settled_round_by_round_and_all_the_rest_stays() {
    let folder = folder(&[("m.yaml", FAULTY.as_bytes())]);
    let first = run(folder.path(), &["check", "--fix", "m.yaml"], b"");
    let read = || fs::read_to_string(folder.path().join("m.yaml")).unwrap();
    assert_eq!(read(), FIXED);
    assert_eq!(
        (first.code, &*first.stdout, &*first.stderr),
        (0, "1 map checked: nothing found\n", "fixed 7 findings\n")
    );
    let again = run(folder.path(), &["check", "--fix", "m.yaml"], b"");
    assert_eq!((again.code, &*again.stderr), (0, ""));
    assert_eq!(read(), FIXED);
}

#[test]
fn what_cannot_be_fixed_is_shown_at_its_new_place() {
    let text = "thesis:\n  claim: A.\n  raesons: [nowhere, b-c]\nclaims: {b-c: B.}\n";
    let folder = folder(&[("m.yaml", text.as_bytes())]);
    let run = run(
        folder.path(),
        &["check", "--fix", "-f", "short", "m.yaml"],
        b"",
    );
    assert_eq!(run.code, 1);
    assert!(
        run.stdout
            .contains("m.yaml:3:13: error: no statement has the id `nowhere`"),
        "{}",
        run.stdout
    );
    assert!(
        run.stderr.starts_with("fixed 1 finding\n"),
        "{}",
        run.stderr
    );
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_stay() {
    let windows = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n"));
    assert_eq!(fixed_text(&windows(FAULTY)), windows(FIXED));
    let no_end = |text: &str| text.trim_end().to_owned();
    assert_eq!(fixed_text(&no_end(FAULTY)), no_end(FIXED));
}

#[test]
fn a_file_that_is_not_wholly_text_is_left_alone() {
    let mut bytes = FAULTY.as_bytes().to_vec();
    bytes.extend(b"# \xff and more\n");
    assert_eq!(fixed(&bytes), bytes);
}

#[test]
fn a_correction_never_gives_a_mapping_a_key_twice() {
    for text in [
        "thesis:\n  claim: A.\n  reasons: []\n  raesons: []\n",
        "thesis:\n  claim: A.\n  reaosns: []\n  raesons: []\n",
    ] {
        assert_eq!(fixed_text(text), text);
    }
}

#[test]
fn other_numbers_and_short_names_are_not_guessed() {
    let text = "\
thesis:
  claim: A.
  reasons: [e3, para-1]
evidence:
  e2: {text: B., source: study-2023}
  para-2: {text: C., source: study-2024}
sources:
  study-2024: {title: S}
";
    assert_eq!(fixed_text(text), text);
}

#[test]
fn names_are_not_turned_into_their_opposites_or_into_other_things() {
    let text = "\
thesis:
  claim: The bridge should be open.
  reasons: [deck-safe, noise-legal, can-afford, most-agree, women-vote, costs-raise]
evidence:
  deck-unsafe: {text: The deck is unsafe., source: smith-report}
  noise-illegal: {text: The noise is illegal., source: survey}
  cannot-afford: {text: We cannot afford it., source: reports}
  most-disagree: {text: Most disagree., source: reports}
  men-vote: {text: Men vote for it., source: reports}
  costs-raised: {text: Costs were raised., source: reports}
sources:
  smyth-report: {title: Smyth}
  surveys: {title: Surveys}
  reports: {title: Reports}
";
    assert_eq!(fixed_text(text), text);
}

#[test]
fn names_that_a_fault_hides_are_not_corrected_away() {
    let near = "evidence:\n  costs-raisd: {text: A cost will rise., source: suvreys}\n  e1: {text: E., source: surveys}\n";
    let thesis = "thesis: {id: t, claim: Fares should fall., reasons: [costs-raised]}\n";
    for (hidden, key, meant) in [
        (
            "clams:\n  costs-raised: {text: Costs rose., reasons: [e1]}\nsources: {surveys: {title: S}}\n",
            "clams",
            "claims",
        ),
        (
            "claims:\n  c:\n    text: C.\n    reasns:\n      - {id: costs-raised, claim: Costs rose.}\nsources: {surveys: {title: S}}\n",
            "reasns",
            "reasons",
        ),
        (
            "claims: {costs-raised: {text: Costs rose., reasons: [e1]}}\nsorces: {suvreys: {title: S}, surveys: {title: T}}\n",
            "sorces",
            "sources",
        ),
    ] {
        let text = format!("{thesis}{near}{hidden}");
        let is_source = key == "sorces";
        // What is corrected in the end is what nothing at all defines.
        let expected = text.replace(key, meant);
        let expected = if is_source {
            expected
        } else {
            expected.replace("suvreys", "surveys")
        };
        assert_eq!(fixed_text(&text), expected);
    }
    for hidden in [
        "claims: {c: C.}\nclaims: {costs-raised: Costs rose.}\n",
        "claims: {c: C.}\nclaim: {costs-raised: Costs rose.}\n",
        "assumptions:\n  - {id: costs-raised, text: Costs rose.}\n",
        "claims:\n  c: {text: C., reasons: [{id: costs-raised, text: Costs rose.}]}\n",
        "claims:\n  c: {text: C., because: [{id: costs-raised, claim: Costs rose.}]}\n",
    ] {
        let text = format!(
            "{thesis}evidence:\n  costs-raisd: {{text: A cost will rise., at: p. 1}}\n{hidden}"
        );
        assert_eq!(fixed_text(&text), text);
    }
}

#[test]
fn names_in_the_unread_part_of_another_file_are_not_corrected_away() {
    let main = "include: [inc.yaml, a/two.yaml, b/two.yaml]\nthesis: {id: t, claim: A., reasons: [inc/costs-raised, inner/e, two/costs-raised]}\nbibliograpy: works.bib\n";
    let inc = "thesis: costs-raisd\nclaims:\n  costs-raisd: A cost is rising.\n  bad: foo: bar\n  costs-raised: Costs rose.\ninclude: inner.yaml\n";
    let two = "thesis: costs-raisd\nclaims:\n  costs-raisd: A cost is rising.\n";
    let folder = folder(&[("m.yaml", main.as_bytes()), ("inc.yaml", inc.as_bytes())]);
    for name in ["a", "b"] {
        fs::create_dir(folder.path().join(name)).unwrap();
        fs::write(folder.path().join(name).join("two.yaml"), two).unwrap();
    }
    let run = run(
        folder.path(),
        &["check", "--fix", "-f", "short", "m.yaml"],
        b"",
    );
    let fixed = fs::read_to_string(folder.path().join("m.yaml")).unwrap();
    assert_eq!(fixed, main.replace("bibliograpy", "bibliography"));
    assert!(
        !run.stdout.contains("undefined-reference"),
        "{}",
        run.stdout
    );
}

#[test]
fn a_key_without_a_space_behind_its_dash_is_not_corrected() {
    for text in [
        "thesis:\n  claim: A.\n  reasons:\n  -evidence: B.\n",
        "thesis:\n  claim: A.\n  reasons:\n    - claim: B.\n      -note: hello there\n",
    ] {
        assert_eq!(fixed_text(text), text);
    }
}

#[test]
fn a_diff_shows_the_edits_and_changes_nothing() {
    let folder = folder(&[("m.yaml", FAULTY.as_bytes()), ("ok.yaml", FIXED.as_bytes())]);
    let dirty = run(
        folder.path(),
        &["check", "--diff", "m.yaml", "ok.yaml"],
        b"",
    );
    assert_eq!((dirty.code, &*dirty.stderr), (1, "would fix 7 findings\n"));
    let start = "--- m.yaml\n+++ m.yaml\n@@ -1,16 +1,16 @@\n # What this is about.\n-titel: The bridge   # a slip\n+title: The bridge   # a slip\n";
    assert!(dirty.stdout.starts_with(start), "{}", dirty.stdout);
    assert!(!dirty.stdout.contains("ok.yaml"));
    assert_eq!(
        fs::read_to_string(folder.path().join("m.yaml")).unwrap(),
        FAULTY
    );
    let clean = run(folder.path(), &["check", "--diff", "ok.yaml"], b"");
    assert_eq!((clean.code, &*clean.stdout, &*clean.stderr), (0, "", ""));
}

#[test]
fn a_diff_is_a_patch() {
    let folder = folder(&[("m.yaml", FAULTY.trim_end().as_bytes())]);
    let diff = run(folder.path(), &["check", "--diff", "m.yaml"], b"").stdout;
    fs::write(folder.path().join("m.patch"), diff).unwrap();
    let patched = Command::new("git")
        .args(["apply", "-p0", "m.patch"])
        .current_dir(folder.path())
        .status();
    let Ok(status) = patched else {
        skipped("there is no git");
        return;
    };
    assert!(status.success());
    assert_eq!(
        fs::read_to_string(folder.path().join("m.yaml")).unwrap(),
        FIXED.trim_end()
    );
}

#[test]
fn standard_input_comes_out_fixed_and_findings_go_to_standard_error() {
    let folder = folder(&[]);
    let text = FAULTY.replace("deck-unsaef", "nowhere");
    let run = run(
        folder.path(),
        &["check", "--fix", "-f", "short", "-"],
        text.as_bytes(),
    );
    assert_eq!(run.code, 1);
    assert_eq!(run.stdout, FIXED.replace("deck-unsafe,", "nowhere,"));
    assert!(
        run.stderr.contains("<stdin>:7:14: error:"),
        "{}",
        run.stderr
    );
    let clean = crate::fix::run(folder.path(), &["check", "--fix", "-"], FIXED.as_bytes());
    assert_eq!((clean.code, &*clean.stdout), (0, FIXED));
}

#[test]
fn included_files_are_fixed_too_once_for_all_who_include_them() {
    let part = "thesis: deck\nclaims:\n  deck: {text: The deck is bad., reasons: [{evidence: Rust., sourec: report}]}\nsources: {report: {title: R}}\n";
    let main = "include: part.yaml\nthesis: {claim: Close it., reasons: [part/deck]}\n";
    let folder = folder(&[
        ("part.yaml", part.as_bytes()),
        ("a.yaml", main.as_bytes()),
        ("b.yaml", main.as_bytes()),
    ]);
    let run = run(folder.path(), &["check", "--fix", "a.yaml", "b.yaml"], b"");
    assert_eq!(
        (run.code, &*run.stderr),
        (0, "fixed 1 finding\n"),
        "{}",
        run.stdout
    );
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert_eq!(read("part.yaml"), part.replace("sourec", "source"));
    assert_eq!(read("a.yaml"), main);
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = folder(&[("real.yaml", FAULTY.as_bytes())]);
    let (real, link) = (
        folder.path().join("real.yaml"),
        folder.path().join("m.yaml"),
    );
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("real.yaml", &link).unwrap();
    let first = run(folder.path(), &["check", "--fix", "m.yaml"], b"");
    assert_eq!(first.code, 0, "{}", first.stderr);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(fs::read_to_string(&real).unwrap(), FIXED);
    assert_eq!(
        fs::metadata(&real).unwrap().permissions().mode() & 0o777,
        0o640
    );

    fs::write(&real, FAULTY).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).unwrap();
    let refused = run(folder.path(), &["check", "--fix", "m.yaml"], b"");
    assert_eq!(refused.code, 2);
    assert!(
        refused.stderr.contains("it may only be read"),
        "{}",
        refused.stderr
    );
    assert_eq!(fs::read_to_string(&real).unwrap(), FAULTY);
}

/// The edits that a text's findings offer.
fn edits(text: &str) -> Vec<Edit> {
    let dossier = Dossier::open("m.yaml", text.as_bytes().to_vec(), &NoFiles);
    let findings = rules::check(&dossier, &Config::default()).findings;
    let fixes = findings.into_iter().filter_map(|finding| finding.fix);
    disjoint(
        fixes
            .map(|fix| Edit::new(fix.span.range(), fix.replacement))
            .collect(),
    )
}

/// A text with letters of some of its words swapped, doubled or dropped.
fn mutated() -> impl Strategy<Value = String> {
    let slip = (any::<Index>(), any::<Index>(), select(vec!['s', 'x', 'd']));
    prop::collection::vec(slip, 1..6).prop_map(|slips| {
        let mut text = FIXED.to_owned();
        for (word, letter, kind) in slips {
            let words: Vec<(usize, usize)> = words(&text);
            let (start, end) = words[word.index(words.len())];
            let at = start + letter.index(end - start - 1);
            let pair = text[at..at + 2].to_owned();
            let swapped: String = pair.chars().rev().collect();
            let slip = match kind {
                's' => swapped,
                'x' => format!("{}{pair}", &pair[..1]),
                _ => pair[1..].to_owned(),
            };
            text.replace_range(at..at + 2, &slip);
        }
        text
    })
}

/// Runs of at least four letters and hyphens, by their bytes.
fn words(text: &str) -> Vec<(usize, usize)> {
    let is_word = |c: char| c.is_ascii_lowercase() || c == '-';
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !is_word(c) {
            if at >= start + 4 {
                words.push((start, at));
            }
            start = at + c.len_utf8();
        }
    }
    words
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_map_with_slips_comes_to_rest_and_loses_no_comment(text in mutated()) {
        let mut now = text.clone();
        let mut n_rounds = 0;
        loop {
            let edits = edits(&now);
            if edits.is_empty() {
                break;
            }
            n_rounds += 1;
            prop_assert!(n_rounds < 10, "{}", now);
            for edit in &edits {
                let is_plain = edit.text.chars().all(|c| c.is_alphanumeric() || "-_./".contains(c));
                prop_assert!(is_plain && !edit.text.starts_with('-'), "{:?}", edit);
            }
            now = apply(&now, &edits);
        }
        let comments = |text: &str| text.matches('#').count();
        prop_assert_eq!(comments(&now), comments(&text));
        prop_assert_eq!(now.lines().count(), text.lines().count());
        let faults = |text: &str| {
            let dossier = Dossier::open("m.yaml", text.as_bytes().to_vec(), &NoFiles);
            dossier.problems.len()
        };
        prop_assert!(faults(&now) <= faults(&text), "{}\n{}", text, now);
    }
}
