//! `evaluate` and `crux` as programs see them: the keys that `docs/json.md` promises, and exit codes.

use std::fs;
use std::process::{Command, Output};

use serde_json::{Value, json};

const OP_ED: &str = "\
thesis: {id: t, claim: T, reasons: [[a, b], c], objections: [{id: o1, premises: o, weight: .5}]}
evidence: {a: A, b: {text: B, strength: likely}, c: C, o: {text: O, objections: [answer]}, answer: N}
";

fn grounds(map: &str, args: &[&str]) -> Output {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("m.yaml"), map).unwrap();
    Command::new(env!("CARGO_BIN_EXE_grounds"))
        .args([&args[..1], &["m.yaml"], &args[1..]].concat())
        .current_dir(folder.path())
        .output()
        .unwrap()
}

fn json_of(map: &str, args: &[&str]) -> Value {
    let output = grounds(map, &[args, &["-f", "json"]].concat());
    assert_eq!(output.status.code(), Some(0));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn crux_gives_sets_of_ids() {
    let crux = json_of(OP_ED, &["crux"]);
    assert_eq!(crux["thesis"], "t");
    assert_eq!(crux["single_points_of_failure"], json!([]));
    assert_eq!(crux["defeat_sets"], json!([["a", "c"], ["b", "c"]]));
    assert_eq!(crux["support_sets"], json!([["c"], ["a", "b"]]));
    assert_eq!(crux["pivots"], json!(["answer"]));
    let first = &crux["ranking"][0];
    assert_eq!(
        (&first["id"], &first["loss"], &first["gradient"]),
        (&json!("answer"), &json!(0.5), &json!(0.5))
    );
}

#[test]
fn a_reason_that_nothing_carries_falls_to_no_objection() {
    let map = "thesis: {id: t, claim: T, reasons: [[a, b], {claim: Bare}], objections: [{claim: Bare too}]}\n\
               evidence: {a: A, b: B}\n";
    let crux = json_of(map, &["crux"]);
    assert_eq!(crux["single_points_of_failure"], json!(["a", "b"]));
    assert_eq!(crux.get("single_points_of_what_stands"), None);
    let said = String::from_utf8(grounds(map, &["crux"]).stdout).unwrap();
    assert!(!said.contains("fall to objections"), "{said}");
}

#[test]
fn what_is_supposed_brings_its_consequences() {
    let crux = json_of(OP_ED, &["crux", "--what-if", "c=rejected"]);
    assert_eq!(crux["single_points_of_failure"], json!(["a", "b"]));
    let verdicts = json_of(OP_ED, &["evaluate", "--what-if", "answer=rejected"]);
    assert_eq!(verdicts["statements"]["t"]["verdict"], "out");
    assert_eq!(
        verdicts["statements"]["t"]["witness"]["inferences"],
        json!(["o1"])
    );
}

#[test]
fn strengths_are_numbers_pairs_or_null() {
    let plain = json_of(OP_ED, &["evaluate"]);
    assert_eq!(plain["statements"]["b"].get("strength"), None);
    let strong = json_of(OP_ED, &["evaluate", "--strength"]);
    assert_eq!(strong["statements"]["a"]["strength"], json!(1.0));
    assert_eq!(strong["statements"]["b"]["strength"], json!([0.55, 0.8]));
    assert_eq!(strong["inferences"]["o1"]["contribution"], json!(0.0));
}

#[test]
fn a_requirement_that_is_not_met_is_named_and_ends_with_1() {
    let met = grounds(
        OP_ED,
        &[
            "evaluate",
            "--require",
            "thesis=in:scintilla",
            "--require",
            "o=rejected",
        ],
    );
    assert_eq!((met.status.code(), met.stderr.len()), (Some(0), 0));
    let failed = grounds(OP_ED, &["evaluate", "--require", "o=in"]);
    assert_eq!(failed.status.code(), Some(1));
    let said = String::from_utf8(failed.stderr).unwrap();
    assert_eq!(
        said,
        "`--require o=in` is not met: `o` falls: the objection `answer` holds, and nothing answers it\n"
    );
    let unknown = grounds(OP_ED, &["evaluate", "--require", "anser=in"]);
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn a_misspelt_verdict_or_standard_is_answered_with_what_was_meant() {
    let said = |wish: &str| {
        let output = grounds(OP_ED, &["evaluate", "--require", wish]);
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        said("t=acepted"),
        "error: `acepted` is no verdict; did you mean `accepted`?\n"
    );
    assert_eq!(
        said("t=in:preponderence"),
        "error: `preponderence` is no standard of proof; did you mean `preponderance`?\n"
    );
    assert!(said("t=maybe").contains("it can be `accepted`, `rejected`, `undecided`"));
}

#[test]
fn a_map_with_many_faults_of_form_does_not_drown_the_answer() {
    let unknown: Vec<String> = (0..25).map(|number| format!("key{number}: x\n")).collect();
    let map = format!("{OP_ED}{}", unknown.concat());
    let output = grounds(&map, &["evaluate"]);
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(said.matches("[unknown-key]").count(), 10);
    assert!(
        said.contains("… and 15 more of form: `grounds check` shows them"),
        "{said}"
    );
    assert!(!output.stdout.is_empty());
}

#[test]
fn the_whole_argument_is_shown_under_the_sentence() {
    let text = |args: &[&str]| {
        let output = grounds(OP_ED, args);
        assert_eq!(output.status.code(), Some(0), "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let sentence = "`t` stands: `a` and `b` hold, and the objection fails (`o` falls to `answer`).";
    assert_eq!(
        text(&["explain", "--full"]),
        format!(
            "{sentence}\n\n\
             ◆ T [t]\n\
             ├─ + 2 premises together:\n\
             │  ├─ • A [a, evidence]\n\
             │  └─ • B [b, evidence]\n\
             ├─ + C [c, evidence]\n\
             └─ − O [o, evidence, rejected]\n\
             \u{20}  └─ − N [answer, evidence]\n"
        )
    );
    assert!(!text(&["explain"]).contains("C [c"));
    let markdown = text(&["explain", "--full", "-f", "markdown"]);
    assert!(markdown.starts_with(sentence), "{markdown}");
    assert!(
        markdown.contains("\n  - **Reason:** C (c, evidence)\n"),
        "{markdown}"
    );
    let of_one = text(&["explain", "--full", "o"]);
    assert!(of_one.ends_with("└─ − N [answer, evidence]\n"), "{of_one}");
}

#[test]
fn a_thesis_that_is_not_there_meets_no_requirement() {
    let claim = "claims: {open-library: {text: Keep it., reasons: [{assumption: It is so.}]}}\n";
    let said = |map: &str, args: &[&str]| {
        let output = grounds(map, args);
        let said = String::from_utf8(output.stderr).unwrap();
        let last = said.lines().last().unwrap_or_default().to_owned();
        (output.status.code(), last)
    };
    let require: &[&str] = &["evaluate", "--require", "thesis=in"];
    for (thesis, why) in [
        ("", "the map has no thesis"),
        (
            "thesis: opn-library\n",
            "the thesis `opn-library` is not defined",
        ),
        (
            "thesis: [open-library, drop-it]\n",
            "the thesis `drop-it` is not defined",
        ),
        (
            "thesis: [drop-it, open-library, sell-it]\n",
            "the theses `drop-it`, `sell-it` are not defined",
        ),
    ] {
        let failed = format!("`--require thesis=in` is not met: {why}");
        assert_eq!(
            said(&format!("{thesis}{claim}"), require),
            (Some(1), failed)
        );
    }
    let map = format!("thesis: open-library\n{claim}");
    assert_eq!(said(&map, require), (Some(0), String::new()));
}

#[test]
fn without_a_thesis_there_is_nothing_to_explain() {
    let map = "thesis: opn-library\nclaims: {open-library: Keep it.}\n";
    for command in ["explain", "crux"] {
        for format in ["text", "json"] {
            let output = grounds(map, &[command, "-f", format]);
            assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0));
            let said = String::from_utf8(output.stderr).unwrap();
            assert!(
                said.ends_with(
                    "error: the thesis `opn-library` is not defined; give the id of a statement to ask about that\n"
                ),
                "{said}"
            );
        }
        let asked = grounds(map, &[command, "open-library"]);
        assert_eq!(asked.status.code(), Some(0));
    }
}
