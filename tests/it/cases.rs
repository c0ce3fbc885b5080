//! Every kind of fault, each alone in one small map, with its rule, its place and the exit code;
//! and beside each fault a twin of the map that is clean.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// A clean map that the cases change in one place.
const BASE: &str = "\
thesis:
  id: open
  claim: The pool should stay open.
  reasons:
    - used
claims:
  used:
    text: People use the pool.
    reasons:
      - visits
evidence:
  visits: {text: The gate counted 900 visits., source: log}
sources:
  log: {title: Gate log}
";

/// What is true of maps as small as these is not told: that one source or one statement bears all.
const CONFIG: &str = "\
[rules]
single-point-of-failure = \"off\"
assumption-bears-thesis = \"off\"
single-source = \"off\"
double-counted = \"off\"
";

/// A clean map to include.
const OTHER: &str = "thesis: {claim: Lakes are cold., reasons: [{assumption: Ice floats.}]}\n";

/// One fault: what of the base is replaced by what, what is found, and how the clean twin reads instead.
struct Case {
    name: &'static str,
    replace: &'static str,
    by: &'static str,
    /// `LINE:COL LEVEL RULE` for each finding; an empty line for none.
    found: &'static [&'static str],
    twin: &'static str,
}

/// Faults that are told by replacing one piece of the base.
const CASES: &[Case] = &[
    Case {
        name: "an undefined reference",
        replace: "      - visits\n",
        by: "      - vists\n",
        found: &["10:9 error undefined-reference"],
        twin: "      - visits\n",
    },
    Case {
        name: "a typo in a key of the map",
        replace: "sources:",
        by: "titel: The pool\nsources:",
        found: &["13:1 error unknown-key"],
        twin: "title: The pool\nsources:",
    },
    Case {
        name: "a typo in a key of a statement",
        replace: "    text: People",
        by: "    lable: Use\n    text: People",
        found: &["8:5 error unknown-key"],
        twin: "    label: Use\n    text: People",
    },
    Case {
        name: "a typo in a key of an inline statement",
        replace: "  id: open\n",
        by: "  id: open\n  lable: Open\n",
        found: &["3:3 error unknown-key"],
        twin: "  id: open\n  label: Open\n",
    },
    Case {
        name: "a typo in a key of an inference",
        replace: "    - used\n",
        by: "    - {premises: used, wieght: 0.5}\n",
        found: &["5:24 error unknown-key"],
        twin: "    - {premises: used, weight: 0.5}\n",
    },
    Case {
        name: "a typo in a key of a citation",
        replace: "source: log",
        by: "source: {id: log, att: p. 3}",
        found: &["12:66 error unknown-key"],
        twin: "source: {id: log, at: p. 3}",
    },
    Case {
        name: "a typo in a key of a source",
        replace: "{title: Gate log}",
        by: "{title: Gate log, autor: The town}",
        found: &["14:26 error unknown-key"],
        twin: "{title: Gate log, author: The town}",
    },
    Case {
        name: "a typo in a key of expect",
        replace: "sources:",
        by: "expect: {acepted: open}\nsources:",
        found: &["13:10 error unknown-key"],
        twin: "expect: {accepted: open}\nsources:",
    },
    Case {
        name: "an id twice in one section",
        replace: "sources:",
        by: "  visits: {text: The gate counted more., source: log}\nsources:",
        found: &["13:3 error duplicate-id"],
        twin: "sources:",
    },
    Case {
        name: "an id twice in two sections",
        replace: "sources:",
        by: "assumptions:\n  visits: Visits count.\nsources:",
        found: &["14:3 error duplicate-id"],
        twin: "sources:",
    },
    Case {
        name: "an id twice, once inline",
        replace: "    - used\n",
        by: "    - used\n    - {evidence: The gate counted more., id: visits, source: log}\n",
        found: &["13:3 error duplicate-id"],
        twin: "    - used\n    - {evidence: The gate counted more., id: more, source: log}\n",
    },
    Case {
        name: "a statement that is its own reason",
        replace: "      - visits\n",
        by: "      - used\n",
        found: &[
            "2:7 warning ungrounded-claim",
            "7:3 error circular-reasoning",
            "12:3 warning orphan-statement",
        ],
        twin: "      - visits\n",
    },
    Case {
        name: "two statements that rest on each other, with outside help",
        replace: "      - visits\n",
        by: "      - visits\n      - liked\n  liked: {text: People like the pool., reasons: [used]}\n",
        found: &["7:3 note circular-reasoning"],
        twin: "      - visits\n      - liked\n  liked: {text: People like the pool., reasons: [visits]}\n",
    },
    Case {
        name: "a premise that is the conclusion but for case and punctuation",
        replace: "    - used\n",
        by: "    - used\n    - {evidence: \"THE POOL: should stay open\", source: log}\n",
        found: &["6:18 error begging-the-question"],
        twin: "    - used\n    - {evidence: \"THE POOL: should be open\", source: log}\n",
    },
    Case {
        name: "support and attack of one target",
        replace: "    - used\n",
        by: "    - used\n    - visits\n  objections:\n    - {premises: visits, objections: [{evidence: Most came twice., source: log}]}\n",
        found: &["8:18 error supports-and-attacks"],
        twin: "    - used\n    - visits\n",
    },
    Case {
        name: "both sides of a contradiction as linked premises",
        replace: "    - used\n",
        by: "    - [used, unused]\n  objections: []\nassumptions:\n  unused: {text: Nobody uses the pool., contradicts: used}\n",
        found: &["5:14 error contradictory-premises"],
        twin: "    - [used, unused]\n  objections: []\nassumptions:\n  unused: {text: The pool costs little.}\n",
    },
    Case {
        name: "an orphan",
        replace: "sources:",
        by: "  built: {text: It was built in 1974., source: log}\nsources:",
        found: &["13:3 warning orphan-statement"],
        twin: "sources:",
    },
    Case {
        name: "a cluster of orphans",
        replace: "sources:",
        by: "  built: {text: It was built in 1974., source: log, reasons: [old]}\n  old: {text: The plan is old., source: log}\nsources:",
        found: &["13:3 warning orphan-statement"],
        twin: "sources:",
    },
    Case {
        name: "an unsupported thesis",
        replace: "  reasons:\n    - used\n",
        by: "  objections:\n    - {premises: used, objections: [{evidence: They could swim elsewhere., source: log}]}\n",
        found: &["2:7 error unsupported-claim"],
        twin: "  reasons:\n    - used\n",
    },
    Case {
        name: "an unsupported leaf under a supported thesis",
        replace: "    - used\n",
        by: "    - used\n    - It is the only pool\n",
        found: &["6:7 warning unsupported-claim"],
        twin: "    - used\n    - assumption: It is the only pool\n",
    },
    Case {
        name: "a chain that never reaches ground",
        replace: "      - visits\n",
        by: "      - talk\n  talk: People talk of the pool.\n",
        found: &[
            "2:7 warning ungrounded-claim",
            "7:3 warning ungrounded-claim",
            "11:3 warning unsupported-claim",
            "13:3 warning orphan-statement",
        ],
        twin: "      - talk\n  talk: {text: People talk of the pool., reasons: [visits]}\n",
    },
    Case {
        name: "evidence without a citation",
        replace: ", source: log",
        by: "",
        found: &["12:3 warning unsourced-evidence", "14:3 note unused-source"],
        twin: ", source: log",
    },
    Case {
        name: "an unknown source",
        replace: "source: log",
        by: "source: register",
        found: &["12:56 error undefined-source"],
        twin: "source: log",
    },
    Case {
        name: "an objection that nothing answers",
        replace: "    - used\n",
        by: "    - used\n  objections:\n    - {evidence: It costs 300 000 a year., source: log}\n",
        found: &[
            "2:7 error defeated-thesis",
            "7:18 warning unanswered-objection",
        ],
        twin: "    - used\n  objections:\n    - evidence: It costs 300 000 a year.\n      source: log\n      objections: [{evidence: The county pays for it., source: log}]\n",
    },
    Case {
        name: "an objection answered by an undercut only",
        replace: "    - used\n",
        by: "    - used\n  objections:\n    - {premises: [{evidence: It costs 300 000 a year., source: log}]}\n",
        found: &[
            "2:7 error defeated-thesis",
            "7:30 warning unanswered-objection",
        ],
        twin: "    - used\n  objections:\n    - premises: [{evidence: It costs 300 000 a year., source: log}]\n      objections: [{evidence: The town has the money., source: log}]\n",
    },
    Case {
        name: "the same reason twice",
        replace: "    - used\n",
        by: "    - used\n    - used\n",
        found: &["6:7 warning redundant-reason"],
        twin: "    - used\n",
    },
    Case {
        name: "a reason that contains another",
        replace: "    - used\n",
        by: "    - used\n    - [used, visits]\n",
        found: &["6:8 warning redundant-reason"],
        twin: "    - used\n    - visits\n",
    },
    Case {
        name: "several sentences in a claim",
        replace: "People use the pool.",
        by: "People use the pool. They like it.",
        found: &["8:11 note compound-claim"],
        twin: "People use the pool.",
    },
    Case {
        name: "an argument hidden in a claim",
        replace: "People use the pool.",
        by: "People use the pool because it is warm.",
        found: &["8:11 note compound-claim"],
        twin: "People use the warm pool.",
    },
    Case {
        name: "a question as a claim",
        replace: "People use the pool.",
        by: "Do people use the pool?",
        found: &["8:11 warning question-as-claim"],
        twin: "People use the pool.",
    },
    Case {
        name: "the same text twice",
        replace: "sources:",
        by: "  again: {text: the gate counted 900 visits, source: log, reasons: []}\nexpect: {accepted: again}\nsources:",
        found: &[
            "13:3 warning orphan-statement",
            "13:17 warning duplicate-statement",
        ],
        twin: "sources:",
    },
    Case {
        name: "a number out of range",
        replace: ", source: log",
        by: ", source: log, strength: 1.5",
        found: &["12:71 error invalid-value"],
        twin: ", source: log, strength: 0.5",
    },
    Case {
        name: "an unknown standard",
        replace: "    text: People",
        by: "    standard: preponderence\n    text: People",
        found: &["8:15 error invalid-value"],
        twin: "    standard: preponderance\n    text: People",
    },
    Case {
        name: "an unknown word of likelihood",
        replace: ", source: log",
        by: ", source: log, strength: likly",
        found: &["12:71 error invalid-value"],
        twin: ", source: log, strength: likely",
    },
    Case {
        name: "an unknown scheme",
        replace: "    - used\n",
        by: "    - {premises: used, scheme: expert-opinon}\n",
        found: &["5:32 error invalid-value"],
        twin: "    - used\n",
    },
    Case {
        name: "an include of a missing file",
        replace: "sources:",
        by: "include: missing.yaml\nsources:",
        found: &["13:10 error include-missing"],
        twin: "include: other.yaml\nsources:",
    },
    Case {
        name: "an include of itself",
        replace: "sources:",
        by: "include: map.yaml\nsources:",
        found: &["13:10 error include-cycle"],
        twin: "include: other.yaml\nsources:",
    },
    Case {
        name: "an include from outside the project",
        replace: "sources:",
        by: "include: ../outside.yaml\nsources:",
        found: &["13:10 error path-outside-project"],
        twin: "include: other.yaml\nsources:",
    },
    Case {
        name: "an allow of an unknown rule",
        replace: "    text: People",
        by: "    allow: {unsuported-claim: It is known.}\n    text: People",
        found: &["8:13 warning unused-allow"],
        twin: "    text: People",
    },
    Case {
        name: "an allow that silences nothing",
        replace: "    text: People",
        by: "    allow: {unsupported-claim: It is known.}\n    text: People",
        found: &["8:13 warning unused-allow"],
        twin: "    text: People",
    },
    Case {
        name: "an allow without a reason",
        replace: ", source: log}\nsources:\n  log: {title: Gate log}",
        by: ", allow: {unsourced-evidence: }}",
        found: &["12:3 warning unsourced-evidence", "12:74 error empty-text"],
        twin: ", allow: {unsourced-evidence: The guard saw it.}}",
    },
    Case {
        name: "a text before a syntax error",
        replace: "      - visits\n",
        by: "      - visits\n  bare: A claim for nothing.\n  odd: [\n",
        found: &["11:3 warning unsupported-claim", "12:8 error yaml-syntax"],
        twin: "      - visits\n",
    },
];

/// What `check` prints of a map beside a clean other one, as `LINE:COL LEVEL RULE`, and its exit code.
fn check(folder: &Path, map: &str) -> (Vec<String>, i32) {
    let path = folder.join("map.yaml");
    fs::write(&path, map).unwrap();
    let output = Command::new(env!("CARGO_BIN_EXE_grounds"))
        .args(["check", "-f", "short", "map.yaml"])
        .current_dir(folder)
        .output()
        .unwrap();
    let stdout = String::from_utf8(output.stdout).unwrap();
    let finding = |line: &str| {
        let mut parts = line.splitn(5, ':');
        let (line_number, column) = (parts.nth(1)?, parts.next()?);
        let level = parts.next()?.trim();
        let rule = line.rsplit_once('[')?.1.trim_end_matches(']');
        Some(format!("{line_number}:{column} {level} {rule}"))
    };
    let found = stdout
        .lines()
        .map(|line| finding(line).unwrap_or_else(|| line.to_owned()));
    (found.collect(), output.status.code().unwrap())
}

#[test]
fn each_fault_is_found_at_its_place_and_its_clean_twin_is_clean() {
    let scratch = tempfile::tempdir().unwrap();
    let folder = scratch.path().join("project");
    fs::create_dir(&folder).unwrap();
    fs::write(scratch.path().join("outside.yaml"), BASE).unwrap();
    fs::write(folder.join("other.yaml"), OTHER).unwrap();
    fs::write(folder.join("grounds.toml"), CONFIG).unwrap();
    let mut faults = Vec::new();
    for case in CASES {
        assert!(
            BASE.contains(case.replace),
            "{}: the base has no {:?}",
            case.name,
            case.replace
        );
        let (found, code) = check(&folder, &BASE.replacen(case.replace, case.by, 1));
        let is_error = case.found.iter().any(|line| line.contains(" error "));
        if found != case.found || code != i32::from(is_error) {
            faults.push(format!(
                "{}: found {found:#?} and ended with {code}",
                case.name
            ));
        }
        let (found, code) = check(&folder, &BASE.replacen(case.replace, case.twin, 1));
        if !found.is_empty() || code != 0 {
            faults.push(format!(
                "the twin of {}: found {found:#?} and ended with {code}",
                case.name
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Circles of two and three statements that nothing else carries.
#[test]
fn circles_of_any_length_are_told_at_their_first_statement() {
    let scratch = tempfile::tempdir().unwrap();
    for n in [2, 3, 7] {
        let mut map = String::from("thesis: s0\nclaims:\n");
        for at in 0..n {
            let next = (at + 1) % n;
            writeln!(
                map,
                "  s{at}: {{text: Statement {at}., reasons: [s{next}]}}"
            )
            .unwrap();
        }
        assert_eq!(
            check(scratch.path(), &map),
            (vec!["3:3 error circular-reasoning".to_owned()], 1),
            "{n}"
        );
        let clean = map.replace("reasons: [s0]", "reasons: [{assumption: It is so.}]");
        assert_eq!(check(scratch.path(), &clean), (vec![], 0), "{n}");
    }
}
