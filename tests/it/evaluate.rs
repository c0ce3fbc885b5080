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

fn said(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    (
        output.status.code(),
        text(&output.stdout),
        text(&output.stderr),
    )
}

#[test]
fn what_is_given_falls_to_objections_all_the_same() {
    let map = "thesis: c\nassumptions:\n  a: A holds.\n  c: {text: C holds., objections: [a]}\n";
    let (_, text, _) = said(&grounds(map, &["crux"]));
    assert_eq!(
        text,
        "`c` needs no support, for it is an assumption: as far as reasons go, only its own rejection brings\n\
         it down.\n\
         By the verdicts `c` falls: the objection `a` holds, and nothing answers it.\n\
         By way of objections, `a` keeps it rejected: without it the verdict changes.\n"
    );
    let defended = "thesis: c\nassumptions:\n  a: A holds.\n  b: {text: B holds., objections: [a]}\n  \
                    c: {text: C holds., objections: [b]}\n";
    let (_, text, _) = said(&grounds(defended, &["crux"]));
    assert!(
        text.contains("By the verdicts `c` stands: it is an assumption,"),
        "{text}"
    );
    assert!(text.contains("objections, `a` keeps it accepted"), "{text}");
}

#[test]
fn a_reason_that_decides_by_its_weight_is_no_objection() {
    let map = "
thesis: t
claims:
  t:
    text: T
    standard: preponderance
    reasons: [{premises: e1, weight: .9}, {premises: e2, weight: .3}]
    objections: [{premises: o, weight: .5}]
assumptions: {e1: E1, e2: E2, o: O}
";
    let (_, text, _) = said(&grounds(map, &["crux"]));
    assert!(
        text.contains("\nWith all reasons and objections weighed, `e1` keeps it accepted:"),
        "{text}"
    );
}

#[test]
fn lists_of_sets_say_truly_how_far_they_go() {
    let text = |n: &str| said(&grounds(OP_ED, &["crux", "--max-sets", n])).1;
    let none = text("0");
    assert!(
        none.contains("What brings it down (no set was asked for):\n\nWhat alone"),
        "{none}"
    );
    let one = text("1");
    assert!(
        one.contains("What brings it down (more than 1; stopped after 1 set):\n  `a` and `c`\n"),
        "{one}"
    );
    let all = text("2");
    assert!(all.contains("What brings it down:\n"), "{all}");
    assert!(!all.ends_with("\n\n"), "{all}");
    let small = said(&grounds(OP_ED, &["crux", "--order", "1"])).1;
    assert!(
        small.contains("(sets of up to 1):\n  none that small\n"),
        "{small}"
    );
}

#[test]
fn every_format_has_the_verdicts_by_all_standards() {
    let map = "thesis: {id: t, claim: T, reasons: [a], objections: [o]}\nevidence: {a: A, o: O}\n";
    let plain = json_of(map, &["evaluate"]);
    assert_eq!(plain["statements"]["t"].get("by_standard"), None);
    let all = json_of(map, &["evaluate", "--standards"]);
    assert_eq!(
        all["statements"]["t"]["by_standard"],
        json!({
            "scintilla": "in",
            "dialectical-validity": "out",
            "preponderance": "out",
            "clear-and-convincing": "out",
            "beyond-reasonable-doubt": "out",
        })
    );
}

#[test]
fn strengths_are_shown_beside_standards_and_suppositions() {
    let csv = |args: &[&str]| {
        let args = [&["evaluate", "-f", "csv", "--strength"], args].concat();
        let (code, text, _) = said(&grounds(OP_ED, &args));
        assert_eq!(code, Some(0), "{args:?}");
        text
    };
    let standards = csv(&["--standards"]);
    let header = "id,scintilla,dialectical-validity,preponderance,clear-and-convincing,beyond-reasonable-doubt,strength\n";
    assert!(standards.starts_with(header), "{standards}");
    assert!(
        standards.contains("\na,accepted,accepted,accepted,accepted,accepted,1.00\n"),
        "{standards}"
    );
    assert_eq!(
        csv(&["--what-if", "answer=rejected"]),
        "id,before,after,strength-before,strength-after,text\n\
         t,accepted,rejected,1.00,0.50,T\n\
         o,rejected,accepted,0.00,1.00,O\n\
         answer,accepted,rejected,1.00,0.00,N\n"
    );
    // No verdict changes, and the strength of the thesis does not either.
    assert_eq!(
        csv(&["--what-if", "b=rejected"]),
        "id,before,after,strength-before,strength-after,text\n\
         b,accepted,rejected,0.55 to 0.80,0.00,B\n"
    );
}

#[test]
fn json_says_what_is_supposed_and_what_was_before() {
    let plain = json_of(OP_ED, &["evaluate"]);
    assert_eq!(
        (
            plain.get("supposed"),
            plain["statements"]["t"].get("before")
        ),
        (None, None)
    );
    let supposed = json_of(
        OP_ED,
        &[
            "evaluate",
            "--strength",
            "--what-if",
            "answer=out,o1=undecided",
        ],
    );
    assert_eq!(
        supposed["supposed"],
        json!({"answer": "out", "o1": "undecided"})
    );
    assert_eq!(
        supposed["statements"]["o"]["before"],
        json!({"verdict": "out", "strength": 0.0})
    );
    assert_eq!(supposed["statements"]["o"]["verdict"], "in");
}

#[test]
fn options_that_would_change_nothing_or_contradict_each_other_are_refused() {
    for (args, why) in [
        (
            &["--linked", "min"] as &[&str],
            "`--linked` says how strengths are computed: add `--strength`",
        ),
        (
            &["--aggregation", "dfquad"],
            "`--aggregation` says how strengths are computed: add `--strength`",
        ),
        (
            &["--what-if", "a=out,a=in"],
            "`--what-if` supposes two verdicts of `a`: leave one out",
        ),
        (
            &["--what-if", "o1=in", "--what-if", "o1=undecided"],
            "`--what-if` supposes two verdicts of `o1`: leave one out",
        ),
    ] {
        let output = grounds(OP_ED, &[&["evaluate"], args].concat());
        let expected = (Some(2), String::new(), format!("error: {why}\n"));
        assert_eq!(said(&output), expected);
    }
    let twice = grounds(OP_ED, &["evaluate", "--what-if", "a=out,a=rejected"]);
    assert_eq!(twice.status.code(), Some(0));
}

#[test]
fn where_nothing_changes_no_table_is_drawn() {
    let (_, text, _) = said(&grounds(OP_ED, &["evaluate", "--what-if", "a=accepted"]));
    assert!(text.ends_with("No verdict changes.\n"), "{text}");
    assert!(!text.contains('│'), "{text}");
    let args = ["evaluate", "-f", "markdown", "--what-if", "a=accepted"];
    assert!(
        said(&grounds(OP_ED, &args))
            .1
            .ends_with("\n\nNo verdict changes.\n")
    );
    let (_, plain, _) = said(&grounds(OP_ED, &["crux"]));
    let (_, same, _) = said(&grounds(OP_ED, &["crux", "--what-if", "o=rejected"]));
    assert!(plain.starts_with("`t` has no single point"), "{plain}");
    assert!(same.starts_with("`t` has no single point"), "{same}");
}
