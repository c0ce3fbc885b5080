//! `grounds.toml`, and the options of `check` that go with it: what holds where, and what wins.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use grounds::config::{Config, ConfigFault};
use grounds::rules::RULES;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::cli::run;
use crate::{is_blessing, project};

/// A map with one warning of `unsupported-claim` in line 3 and one of `unsourced-evidence` in line 4.
const FAULTY: &str = "\
thesis: {id: t, claim: It is so., reasons: [a, b]}
claims:
  a: There is a reason.
evidence:
  b: It was seen.
";

/// A folder with files.
pub(crate) fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let scratch = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = scratch.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    scratch
}

/// The exit code, and the findings as `file:line level rule`.
fn check(folder: &Path, args: &[&str]) -> (i32, Vec<String>) {
    let run = run(folder, &[&["check", "-f", "short"], args].concat());
    let lines = run.stdout.lines().map(|line| {
        let mut parts = line.splitn(5, ':').map(str::trim);
        let (file, at) = (parts.next().unwrap(), parts.next().unwrap());
        let level = parts.nth(1).unwrap();
        let rule = line.rsplit('[').next().unwrap().trim_end_matches(']');
        format!("{file}:{at} {level} {rule}")
    });
    (run.code, lines.collect())
}

#[test]
fn levels_of_the_file_hold_and_those_of_the_command_line_win() {
    let file = "[rules]\nunsupported-claim = \"note\"\nunsourced-evidence = { level = \"off\" }\n";
    let scratch = folder(&[("grounds.toml", file), ("m.yaml", FAULTY)]);
    let found = check(scratch.path(), &["m.yaml"]);
    assert_eq!(
        found,
        (0, vec!["m.yaml:3 note unsupported-claim".to_owned()])
    );
    let level = ["--level", "unsupported-claim=error"];
    let (code, found) = check(scratch.path(), &[&level[..], &["m.yaml"]].concat());
    assert_eq!((code, &*found[0]), (1, "m.yaml:3 error unsupported-claim"));
    let both = [
        "m.yaml:3 warning unsupported-claim",
        "m.yaml:5 warning unsourced-evidence",
    ];
    assert_eq!(check(scratch.path(), &["--no-config", "m.yaml"]).1, both);
}

#[test]
fn unknown_rules_and_levels_on_the_command_line_are_refused() {
    let scratch = folder(&[("m.yaml", FAULTY)]);
    let refused = |level: &str| {
        let run = run(scratch.path(), &["check", "--level", level, "m.yaml"]);
        assert_eq!((run.code, &*run.stdout), (2, ""));
        run.stderr
    };
    let typo = refused("unsuported-claim=off");
    assert!(
        typo.contains("there is no rule `unsuported-claim`; did you mean `unsupported-claim`?"),
        "{typo}"
    );
    let level = refused("unsupported-claim=eror");
    assert!(
        level.contains("a level is off, note, warning, error, and not `eror`"),
        "{level}"
    );
    assert!(refused("unsupported-claim").contains("write RULE=LEVEL"));
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_whatever_levels_say() {
    let files = folder(&[
        ("bad.yaml", "thesis: [\n"),
        ("off.toml", "[rules]\nyaml-syntax = \"off\"\n"),
    ]);
    for args in [
        ["check", "--level", "yaml-syntax=off", "bad.yaml"],
        ["check", "--level", "yaml-limit=warning", "bad.yaml"],
        ["check", "--config", "off.toml", "bad.yaml"],
    ] {
        let run = run(files.path(), &args);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{args:?}");
        let told = "a file that cannot be read is always an error";
        assert!(run.stderr.contains(told), "{}", run.stderr);
    }
    let args = ["check", "--level", "yaml-syntax=error", "bad.yaml"];
    assert_eq!(run(files.path(), &args).code, 1);
}

#[test]
fn a_style_whose_file_is_not_there_is_told_at_its_place() {
    let files = folder(&[
        ("m.yaml", "thesis: T is so.\n"),
        ("grounds.toml", "\nstyle = \"nope.csl\"\n"),
    ]);
    for command in ["check", "table"] {
        let run = run(files.path(), &[command, "m.yaml"]);
        let told = "error: grounds.toml:2:9: `style`: there is no file `nope.csl`\n";
        assert_eq!((run.code, &*run.stderr), (2, told), "{command}");
    }
}

#[test]
fn a_folder_is_no_configuration() {
    let files = folder(&[("m.yaml", "thesis: T is so.\n")]);
    let run = run(files.path(), &["check", "--config", ".", "m.yaml"]);
    assert_eq!(
        (run.code, &*run.stderr),
        (2, "error: cannot read `.`: it is a folder\n")
    );
}

#[test]
fn each_map_obeys_the_nearest_file_above_it() {
    let scratch = folder(&[
        (
            "grounds.toml",
            "fail-on = \"warning\"\nrules.unsourced-evidence = \"off\"\n",
        ),
        ("m.yaml", FAULTY),
        ("sub/grounds.toml", "rules.unsupported-claim = \"off\"\n"),
        ("sub/deeper/m.yaml", FAULTY),
    ]);
    let (code, found) = check(scratch.path(), &["."]);
    assert_eq!(
        (code, found),
        (
            1,
            vec![
                "m.yaml:3 warning unsupported-claim".to_owned(),
                "sub/deeper/m.yaml:5 warning unsourced-evidence".to_owned()
            ]
        )
    );
    // The inner file says nothing of `fail-on`, and files do not add up.
    assert_eq!(check(scratch.path(), &["sub"]).0, 0);
    assert_eq!(check(&scratch.path().join("sub"), &["deeper/m.yaml"]).0, 0);
    assert_eq!(check(scratch.path(), &["--fail-on", "never", "."]).0, 0);
    assert_eq!(
        check(scratch.path(), &["--config", "grounds.toml", "sub"]).0,
        1
    );
    assert_eq!(
        check(scratch.path(), &["--config", "sub/grounds.toml", "m.yaml"])
            .1
            .len(),
        1
    );
}

#[test]
fn standard_input_obeys_the_file_of_the_current_folder() {
    let scratch = folder(&[("grounds.toml", "rules.unsourced-evidence = \"error\"\n")]);
    let run = crate::cli::run_with_input(
        scratch.path(),
        &["check", "-f", "short", "-"],
        FAULTY.as_bytes(),
    );
    assert!(run.stdout.contains("<stdin>:5:3: error:"), "{}", run.stdout);
}

#[test]
fn faults_of_the_file_have_places_and_end_with_2_before_anything_is_checked() {
    let file = "[ruels]\nx = 1\n\n[render]\nfit = \"a5\"\n";
    let scratch = folder(&[("grounds.toml", file), ("maps/m.yaml", FAULTY)]);
    let args: [&[&str]; 3] = [
        &["check", "maps/m.yaml"],
        &["render", "maps/m.yaml", "-f", "dot"],
        &["report", "maps"],
    ];
    for args in args {
        let run = run(scratch.path(), args);
        assert_eq!((run.code, &*run.stdout), (2, ""));
        assert_eq!(
            run.stderr,
            "error: grounds.toml:1:2: the configuration has no key `ruels`; did you mean `rules`?\n\
             error: grounds.toml:5:7: `fit` cannot be `a5`; did you mean `a4`?\n"
        );
    }
    let inner = run(&scratch.path().join("maps"), &["check", "m.yaml"]);
    assert!(
        inner.stderr.starts_with("error: ../grounds.toml:1:2: "),
        "{}",
        inner.stderr
    );
    let missing = run(scratch.path(), &["check", "--config", "no.toml", "maps"]);
    assert_eq!(
        (missing.code, &*missing.stderr),
        (2, "error: there is no file `no.toml`\n")
    );
}

#[test]
fn excluded_maps_are_left_out_of_folders_and_never_when_named() {
    let scratch = folder(&[
        (
            "grounds.toml",
            "exclude = [\"drafts/\", \"/old-*.yaml\", \"!drafts/keep.yaml\"]\n",
        ),
        ("a.yaml", FAULTY),
        ("old-b.yaml", FAULTY),
        ("drafts/c.yaml", FAULTY),
        ("in/drafts/d.yaml", FAULTY),
        ("in/old-e.yaml", FAULTY),
    ]);
    let files = |folder: &Path, args: &[&str]| -> Vec<String> {
        let mut files: Vec<String> = check(folder, args).1;
        for line in &mut files {
            *line = line.split(':').next().unwrap().to_owned();
        }
        files.dedup();
        files
    };
    assert_eq!(files(scratch.path(), &["."]), ["a.yaml", "in/old-e.yaml"]);
    assert_eq!(files(scratch.path(), &["drafts/c.yaml"]), ["drafts/c.yaml"]);
    assert_eq!(files(&scratch.path().join("in"), &["."]), ["old-e.yaml"]);
    assert_eq!(
        files(scratch.path(), &["--no-config", "drafts"]),
        ["drafts/c.yaml"]
    );
    let all_out = run(scratch.path(), &["check", "drafts"]);
    assert_eq!(
        (all_out.code, &*all_out.stderr),
        (
            2,
            "error: there are no maps (*.yaml, *.yml) in `drafts` but for 1 that the configuration excludes\n"
        )
    );
}

#[test]
fn pictures_look_as_the_file_says_where_the_command_line_does_not() {
    let scratch = folder(&[
        (
            "grounds.toml",
            "[render]\ndirection = \"right\"\nlegend = false\nbox-width = 300\n",
        ),
        ("m.yaml", FAULTY),
    ]);
    let draw = |args: &[&str]| {
        let run = run(
            scratch.path(),
            &[&["render", "m.yaml", "-f", "svg"], args].concat(),
        );
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    let usual = draw(&["--no-config"]);
    let said = [
        "--no-config",
        "--direction=right",
        "--no-legend",
        "--box-width=300",
    ];
    assert_eq!(draw(&[]), draw(&said));
    assert_eq!(
        draw(&["--direction=down", "--legend", "--box-width=220"]),
        usual
    );
}

#[test]
fn an_unreadable_text_is_told_where_it_breaks() {
    let scratch = folder(&[("m.yaml", FAULTY)]);
    let file = scratch.path().join("grounds.toml");
    fs::write(&file, "fail-on = \"warning\n").unwrap();
    let broken = run(scratch.path(), &["check", "m.yaml"]);
    assert_eq!(broken.code, 2);
    assert!(
        broken.stderr.starts_with("error: grounds.toml:1:"),
        "{}",
        broken.stderr
    );
    fs::write(&file, b"fail-on = \"\xff\"").unwrap();
    assert!(
        run(scratch.path(), &["check", "m.yaml"])
            .stderr
            .contains("is not UTF-8")
    );
    fs::remove_file(&file).unwrap();
    fs::create_dir(&file).unwrap();
    assert_eq!(run(scratch.path(), &["check", "m.yaml"]).code, 0);
}

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(&schema_text()).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

fn schema_text() -> String {
    fs::read_to_string(project("schemas/config.schema.json")).unwrap()
}

fn rule_names() -> Vec<&'static str> {
    RULES.iter().map(|entry| entry.rule.name).collect()
}

#[test]
fn the_schema_lists_all_rules() {
    let text = schema_text();
    let start = text.rfind("\"enum\": [").unwrap() + "\"enum\": [".len();
    let end = start + text[start..].find(']').unwrap();
    let names: Vec<String> = rule_names()
        .iter()
        .map(|name| format!("\n        \"{name}\""))
        .collect();
    let fresh = format!(
        "{}{}\n      {}",
        &text[..start],
        names.join(","),
        &text[end..]
    );
    if is_blessing() {
        fs::write(project("schemas/config.schema.json"), &fresh).unwrap();
    }
    assert!(
        fresh == schema_text(),
        "schemas/config.schema.json is out of date: run the tests with GROUNDS_BLESS=1"
    );
    let printed = run(&project(""), &["schema", "config"]).stdout;
    assert!(is_blessing() || printed == text);
}

/// A document as TOML: every JSON text is a TOML text, and inline tables nest as objects do.
fn toml(document: &Map<String, Value>) -> String {
    fn inline(value: &Value) -> String {
        match value {
            Value::Array(items) => format!(
                "[{}]",
                items.iter().map(inline).collect::<Vec<_>>().join(", ")
            ),
            Value::Object(entries) => {
                let entries = entries
                    .iter()
                    .map(|(key, value)| format!("{} = {}", json!(key), inline(value)));
                format!("{{{}}}", entries.collect::<Vec<_>>().join(", "))
            }
            scalar => scalar.to_string(),
        }
    }
    let lines = document
        .iter()
        .map(|(key, value)| format!("{} = {}\n", json!(key), inline(value)));
    lines.collect()
}

fn assert_agreement(document: &Value) {
    let text = toml(document.as_object().unwrap());
    let parsed = Config::parse(&text, &rule_names());
    let schema: Vec<String> = SCHEMA
        .iter_errors(document)
        .map(|error| error.to_string())
        .collect();
    // Which themes there are, only the parser knows.
    let names_no_theme = |fault: &ConfigFault| fault.message.starts_with("there is no theme ");
    let is_read = match &parsed {
        Ok(_) => true,
        Err(faults) => faults.iter().all(names_no_theme),
    };
    assert!(
        is_read == schema.is_empty(),
        "{text}\nparser: {parsed:#?}\nschema: {schema:#?}"
    );
}

fn level() -> impl Strategy<Value = Value> {
    select(vec![
        json!("off"),
        json!("note"),
        json!("warning"),
        json!("error"),
    ])
}

fn rule() -> impl Strategy<Value = Value> {
    prop_oneof![
        level(),
        level().prop_map(|level| json!({ "level": level })),
        Just(json!({}))
    ]
}

/// Each entry there or not.
fn some_of(entries: Vec<(&'static str, BoxedStrategy<Value>)>) -> impl Strategy<Value = Value> {
    let optional = entries.into_iter().map(|(key, value)| {
        prop::option::of(value).prop_map(move |value| value.map(|value| (key.to_owned(), value)))
    });
    let all: Vec<_> = optional.map(Strategy::boxed).collect();
    all.prop_map(|entries| Value::Object(entries.into_iter().flatten().collect()))
}

fn theme() -> impl Strategy<Value = Value> {
    let any = |values: Vec<Value>| select(values).boxed();
    let line = json!({"colour": "teal", "width": 2, "dash": [3, 1.5], "head": "bar"});
    let state = json!({"fill": "#eee", "mark": "navy", "dash": [], "width": 0.5});
    let tint = json!({"fill": "honeydew", "border": "#123456"});
    some_of(vec![
        ("extends", any(vec![json!("default"), json!("minimal")])),
        ("dark", any(vec![json!("dark"), json!(false)])),
        ("paper", any(vec![json!("#fff"), json!("ivory")])),
        (
            "thesis",
            any(vec![
                json!({}),
                json!({"shape": "sheet", "text": "black", "width": 1.5}),
            ]),
        ),
        ("supporting", any(vec![tint.clone(), json!({})])),
        ("attacking", any(vec![tint])),
        ("rejected", any(vec![state])),
        ("implicit", any(vec![json!({"dash": [1, 2]})])),
        ("objection", any(vec![line])),
        ("group", any(vec![json!({"border": "gray", "width": 1})])),
    ])
}

fn document() -> impl Strategy<Value = Value> {
    let any = |values: Vec<Value>| select(values).boxed();
    let rules = prop::collection::btree_map(select(rule_names()), rule(), 0..3);
    let rules = rules.prop_map(|mut rules| {
        // What says that a file cannot be read has one level.
        for name in ["yaml-syntax", "yaml-limit"] {
            if let Some(rule) = rules.get_mut(name) {
                *rule = json!("error");
            }
        }
        json!(rules)
    });
    let themes = prop::collection::btree_map(select(vec!["own", "print"]), theme(), 0..3);
    let themes = themes.prop_map(|themes| json!(themes));
    let render = some_of(vec![
        ("theme", any(vec![json!("dark"), json!("own")])),
        ("direction", any(vec![json!("up"), json!("left")])),
        ("fit", any(vec![json!("none"), json!("16:9")])),
        ("box-width", any(vec![json!(80), json!(1000)])),
        ("scale", any(vec![json!(1), json!(0.5)])),
        ("legend", any(vec![json!(true), json!(false)])),
    ]);
    let question = json!({"key": "so", "text": "Is it so?", "burden": "exception"});
    let scheme = json!({"title": "Our own", "premises": [], "questions": [question]});
    some_of(vec![
        ("rules", rules.boxed()),
        (
            "exclude",
            any(vec![json!([]), json!(["drafts/", ".hidden", "..."])]),
        ),
        ("fail-on", any(vec![json!("never"), json!("note")])),
        ("render", render.boxed()),
        ("themes", themes.boxed()),
        ("schemes", any(vec![json!({}), json!({"own": scheme})])),
    ])
}

/// A value that is right in few places.
fn odd() -> impl Strategy<Value = Value> {
    select(vec![
        json!(0),
        json!(-1),
        json!(79),
        json!(500),
        json!(1.5),
        json!(true),
        json!("warning"),
        json!("a4"),
        json!(""),
        json!("./x"),
        json!([]),
        json!([1]),
        json!(["../x"]),
        json!({}),
        json!({"level": "off"}),
        json!({"max": 3}),
    ])
}

/// All objects and lists in a document, by their pointers.
fn containers(document: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), document)];
    while let Some((path, value)) = open.pop() {
        if let Value::Object(entries) = value {
            open.extend(
                entries
                    .iter()
                    .map(|(key, value)| (format!("{path}/{key}"), value)),
            );
            found.push(path);
        }
    }
    found
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_schema_and_the_parser_accept_every_right_document(document in document()) {
        prop_assert!(SCHEMA.is_valid(&document), "{document}");
        assert_agreement(&document);
    }

    #[test]
    fn the_schema_and_the_parser_agree_on_mutated_documents(
        document in document(),
        at in any::<prop::sample::Index>(),
        key in any::<prop::sample::Index>(),
        new_key in select(vec!["level", "max", "title", "questions", "rules", "direction", "long-text", "empty-text", "theme", "extends", "paper", "fill", "mark", "dash", "head", "x"]),
        value in odd(),
    ) {
        let mut document = document;
        let places = containers(&document);
        let place = document.pointer_mut(&places[at.index(places.len())]).unwrap();
        let entries = place.as_object_mut().unwrap();
        let keys: Vec<String> = entries.keys().cloned().chain([new_key.to_owned()]).collect();
        entries.insert(keys[key.index(keys.len())].clone(), value);
        assert_agreement(&document);
    }
}
