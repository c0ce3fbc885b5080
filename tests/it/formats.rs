//! The formats of findings: each is read back by a reader of its own kind, however hostile the texts are.

use std::sync::LazyLock;

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::diagnostic::{Diagnostic, Severity};
use grounds::emit::visible::{one_line, visible};
use grounds::emit::{Checked, Format, Look, Summary, emit, fingerprint};
use grounds::rules::{self, RULES};
use grounds::source::{FileId, NoFiles, SourceFile, SourceFiles, Span};
use proptest::prelude::*;
use proptest::sample::select;
use regex::Regex;
use serde_json::Value;

use crate::project;

/// A map with findings of all levels, second places and fixes.
const FAULTY: &str = "\
title: Ärger am Kai
thesis:
  id: close
  clam: ignored
  claim: Close the bridge because it is old.
  reasons:
    - deck-unsaef
    - evidence: The deck is bad.
claims:
  deck-unsafe: The deck is unsafe.
  circle: {text: It turns., reasons: [turn]}
  turn: {text: It goes round., reasons: [circle]}
";

const CLEAN: &str = "\
thesis:
  claim: Close the bridge.
  reasons: [{evidence: The deck is bad., source: report}]
sources:
  report: {title: Report}
";

fn checked(name: &str, text: impl Into<Vec<u8>>) -> Checked {
    let dossier = Dossier::open(name, text.into(), &NoFiles);
    let report = rules::check(&dossier, &Config::default());
    Checked {
        files: dossier.files,
        findings: report.findings,
        n_allowed: report.n_allowed,
        fail_on: Some(Severity::Warning),
        ..Checked::default()
    }
}

fn written(maps: &[Checked], format: Format) -> String {
    emit(maps, format, Look::plain(100))
}

/// The validator of a schema of the project's own, which must be one by the rules of JSON Schema.
fn own_schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(project("schemas/findings.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn published_schema() -> jsonschema::Validator {
    let text = std::fs::read_to_string(project("tests/data/sarif-2.1.0.schema.json")).unwrap();
    // As published, the pattern of language codes has a bracket too many, which strict readers of patterns refuse.
    let text = text.replace("[a-zA-Z]{2}]?$", "[a-zA-Z]{2}?$");
    let schema: Value = serde_json::from_str(&text).unwrap();
    jsonschema::validator_for(&schema).unwrap()
}

fn assert_valid(schema: &jsonschema::Validator, text: &str) -> Value {
    let value: Value = serde_json::from_str(text).unwrap();
    let errors: Vec<String> = schema
        .iter_errors(&value)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}\n{text}");
    value
}

static SARIF: LazyLock<jsonschema::Validator> = LazyLock::new(published_schema);
static FINDINGS: LazyLock<jsonschema::Validator> = LazyLock::new(own_schema);

/// The examples of all rules' pages, each a map of its own.
fn examples() -> Vec<Checked> {
    let mut maps = Vec::new();
    for entry in RULES {
        let blocks = crate::page::blocks(entry.rule.page);
        for (at, block) in blocks.iter().filter(|it| it.is_map).enumerate() {
            let name = format!("{}/{at}.yaml", entry.rule.name);
            maps.push(checked(&name, block.bytes()));
        }
    }
    maps
}

#[test]
fn sarif_is_what_its_schema_says_for_every_example_of_every_rule() {
    let maps = examples();
    let log = assert_valid(&SARIF, &written(&maps, Format::Sarif));
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    let n_findings: usize = maps.iter().map(|map| map.findings.len()).sum();
    assert!(n_findings > 50 && results.len() == n_findings);
    for result in results {
        let rule = &run["tool"]["driver"]["rules"]
            [usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(rule["fullDescription"]["text"].as_str().unwrap().len() > 20);
    }
    let key = "groundsFinding/v1";
    let mut prints: Vec<&str> = results
        .iter()
        .map(|result| result["partialFingerprints"][key].as_str().unwrap())
        .collect();
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), n_findings, "fingerprints are unique");
    assert_valid(&SARIF, &written(&[], Format::Sarif));
}

#[test]
fn sarif_places_findings_by_characters_and_offers_fixes() {
    let text = "thesis:\n  claim: A.\n  reasons: [\"Ä ö\", ünsaef]\nevidence:\n  ünsafe: {text: B., source: s}\nsources:\n  s: {title: S}\n";
    let map = checked("./my maps/ä.yaml", text);
    let log = assert_valid(&SARIF, &written(&[map], Format::Sarif));
    let results = log["runs"][0]["results"].as_array().unwrap();
    let typo = results
        .iter()
        .find(|result| result["ruleId"] == "undefined-reference")
        .unwrap();
    let place = &typo["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "my%20maps/%C3%A4.yaml");
    let region =
        serde_json::json!({"startLine": 3, "startColumn": 20, "endLine": 3, "endColumn": 26});
    assert_eq!(place["region"], region);
    let replacement = &typo["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["deletedRegion"], region);
    assert_eq!(replacement["insertedContent"]["text"], "ünsafe");
}

#[test]
fn json_is_what_the_schema_of_findings_says() {
    let value = assert_valid(&FINDINGS, &written(&examples(), Format::Json));
    let findings = value["findings"].as_array().unwrap();
    for key in ["labels", "help", "fix"] {
        assert!(findings.iter().any(|f| f.get(key).is_some()), "{key}");
    }
    assert_valid(&FINDINGS, &written(&[], Format::Json));
}

#[test]
fn every_object_in_the_schema_of_findings_has_a_title() {
    let text = std::fs::read_to_string(project("schemas/findings.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&text).unwrap();
    let definitions = schema["$defs"].as_object().unwrap();
    for (name, definition) in definitions {
        let Some(properties) = definition["properties"].as_object() else {
            continue;
        };
        assert!(definition["title"].is_string(), "{name}");
        for (key, value) in properties {
            let is_told = value["title"].is_string() || value["$ref"].is_string();
            assert!(is_told, "{name}.{key}");
        }
    }
}

#[test]
fn github_gets_a_command_for_each_finding() {
    let out = written(&[checked("./maps/m.yaml", FAULTY)], Format::Github);
    let first = out.lines().next().unwrap();
    assert_eq!(
        first,
        "::error file=maps/m.yaml,line=4,endLine=4,col=3,endColumn=7,title=unknown-key::an inline statement has no key `clam`%0Ahelp: did you mean `claim`?"
    );
    assert!(out.contains("\n::warning file=maps/m.yaml,"), "{out}");
}

#[test]
fn gitlab_gets_lines_and_its_own_words_for_levels() {
    let out = written(&[checked("m.yaml", FAULTY)], Format::Gitlab);
    let issues: Value = serde_json::from_str(&out).unwrap();
    let first = &issues[0];
    assert_eq!(first["check_name"], "unknown-key");
    assert_eq!(first["severity"], "major");
    assert_eq!(first["location"]["path"], "m.yaml");
    assert_eq!(first["location"]["lines"]["begin"], 4);
    assert_eq!(first["fingerprint"].as_str().unwrap().len(), 16);
    assert_eq!(written(&[checked("m.yaml", CLEAN)], Format::Gitlab), "[]\n");
}

#[test]
fn junit_fails_what_the_run_fails_and_passes_clean_maps() {
    let mut maps = [checked("bad.yaml", FAULTY), checked("good.yaml", CLEAN)];
    let Summary {
        errors, warnings, ..
    } = Summary::of(&maps);
    assert!(errors > 0 && warnings > 0);
    for (fail_on, n_failures) in [
        (Some(Severity::Error), errors),
        (Some(Severity::Warning), errors + warnings),
        (None, 0),
    ] {
        for map in &mut maps {
            map.fail_on = fail_on;
        }
        let out = written(&maps, Format::Junit);
        let tree = roxmltree::Document::parse(&out).unwrap();
        let top = tree.root_element();
        assert_eq!(top.attribute("failures"), Some(&*n_failures.to_string()));
        let failures = tree
            .descendants()
            .filter(|node| node.has_tag_name("failure"));
        assert_eq!(failures.count(), n_failures);
        let suites: Vec<_> = top.children().filter(roxmltree::Node::is_element).collect();
        assert_eq!(suites.len(), 2);
        assert_eq!(suites[1].attribute("name"), Some("good.yaml"));
        assert_eq!(suites[1].attribute("tests"), Some("1"));
    }
}

/// Texts that would break out of some format, alone or together.
fn hostile() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "\n",
        "\r\n",
        "\r",
        "::",
        "::error ::",
        "%0A",
        "%",
        ",",
        ":",
        "]]>",
        "<!--",
        "</failure>",
        "&amp;",
        "&#0;",
        "\"",
        "'",
        "\\",
        "\u{1b}[31m",
        "\u{0}",
        "\u{7}",
        "\u{85}",
        "\u{2028}",
        "\u{202e}",
        "\u{2066}",
        "\u{fffe}",
        "\u{ffff}",
        "{0}",
        "}}",
        "[a](b)",
        "](",
        "ä",
        "東",
        "🏛",
        " ",
        "\t",
        "x",
        "$(id)",
        "##[group]",
        "`",
    ]);
    let piece =
        prop_oneof![4 => pieces.prop_map(str::to_owned), 1 => any::<char>().prop_map(String::from)];
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// A map with one finding of which everything is hostile but its rule.
fn hostile_map() -> impl Strategy<Value = (Checked, [String; 5])> {
    let texts = [(); 5].map(|()| hostile());
    (texts, 0_u32..100, 0_u32..100).prop_map(|(texts, start, length)| {
        let [name, text, message, help, label] = &texts;
        let mut files = SourceFiles::default();
        files.add(SourceFile::new(name.clone(), text.clone()));
        let floor = |at: u32| {
            let starts = text.char_indices().map(|(start, _)| start);
            let before = starts
                .chain([text.len()])
                .take_while(|start| *start <= at as usize);
            u32::try_from(before.last().unwrap_or(0)).unwrap()
        };
        let span = Span {
            file: FileId(0),
            start: floor(start),
            end: floor(start + length),
        };
        let finding = Diagnostic::new(RULES[0].rule, span, message.clone());
        let finding = finding
            .help(help.clone())
            .label(span, label.clone())
            .fix(span, label.clone());
        let map = Checked {
            files,
            findings: vec![finding],
            fail_on: Some(Severity::Warning),
            ..Checked::default()
        };
        (map, texts)
    })
}

/// The text of a workflow command's property or message.
fn unescaped(text: &str) -> String {
    text.replace("%2C", ",")
        .replace("%3A", ":")
        .replace("%0A", "\n")
        .replace("%0D", "\r")
        .replace("%25", "%")
}

fn without_dot(name: &str) -> &str {
    name.strip_prefix("./").unwrap_or(name)
}

static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
    let line = r"^::(error|warning|notice) file=([^,:\n]*),line=(\d+),endLine=(\d+)(?:,col=\d+,endColumn=\d+)?,title=([a-z-]+)::(.*)$";
    Regex::new(line).unwrap()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_text_breaks_out_of_githubs_commands((map, [name, _, message, help, _]) in hostile_map()) {
        let out = written(&[map], Format::Github);
        let line = out.strip_suffix('\n').unwrap();
        let acting = ['\n', '\r', '\u{1b}', '\u{2028}', '\u{85}'];
        prop_assert!(!line.contains(acting), "{}", line);
        let parts = COMMAND.captures(line).unwrap();
        prop_assert_eq!(unescaped(&parts[2]), visible(without_dot(&name)));
        let words = format!("{message}\nhelp: {help}");
        prop_assert_eq!(unescaped(&parts[6]), visible(&words));
    }

    #[test]
    fn no_text_breaks_out_of_json((map, [name, _, message, help, label]) in hostile_map()) {
        let maps = [map];
        let json = assert_valid(&FINDINGS_OF_ANY_TEXT, &written(&maps, Format::Json));
        let finding = &json["findings"][0];
        prop_assert_eq!(&finding["file"], &name);
        prop_assert_eq!(&finding["message"], &message);
        prop_assert_eq!(&finding["help"], &help);
        prop_assert_eq!(&finding["fix"]["replacement"], &label);

        let issues: Value = serde_json::from_str(&written(&maps, Format::Gitlab)).unwrap();
        prop_assert_eq!(&issues[0]["location"]["path"], without_dot(&name));
        prop_assert_eq!(issues[0]["description"].as_str().unwrap(), one_line(&message));
    }

    #[test]
    fn no_text_breaks_out_of_sarif((map, [_, _, message, help, label]) in hostile_map()) {
        let maps = [map];
        let log = assert_valid(&SARIF, &written(&maps, Format::Sarif));
        let result = &log["runs"][0]["results"][0];
        let shown = result["message"]["text"].as_str().unwrap();
        let words = visible(&format!("{message}\nhelp: {help}")).into_owned();
        let plain = shown.replace("{{", "{").replace("}}", "}");
        if words.contains("](") {
            prop_assert!(!UNESCAPED_BRACKET.is_match(shown), "{}", shown);
            prop_assert_eq!(ESCAPED.replace_all(&plain, "$1"), words);
        } else {
            prop_assert_eq!(plain, words);
        }
        let placeholder = Regex::new(r"(^|[^{])(\{\{)*\{[0-9]+\}").unwrap();
        prop_assert!(!placeholder.is_match(shown), "{}", shown);
        let content = &result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"];
        prop_assert_eq!(content, &label);
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        let is_uri = Regex::new(r"^(file://)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})*$").unwrap();
        prop_assert!(is_uri.is_match(uri), "{}", uri);
    }

    #[test]
    fn no_text_breaks_out_of_xml((map, [name, _, message, _, _]) in hostile_map()) {
        let maps = [map];
        let out = written(&maps, Format::Junit);
        let tree = roxmltree::Document::parse(&out).unwrap();
        let failure = tree.descendants().find(|node| node.has_tag_name("failure")).unwrap();
        let legible = |text: &str| text.replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}");
        prop_assert_eq!(failure.attribute("message").unwrap(), legible(&visible(&message)));
        prop_assert!(failure.text().unwrap().contains(&legible(&visible(&message))));
        let suite = failure.ancestors().find(|node| node.has_tag_name("testsuite")).unwrap();
        prop_assert_eq!(suite.attribute("name").unwrap(), legible(&one_line(&name)));
        prop_assert_eq!(tree.descendants().filter(|node| node.has_tag_name("testcase")).count(), 1);
    }

    #[test]
    fn findings_in_hostile_maps_are_written_in_every_format(text in hostile_yaml()) {
        let maps = [checked("m.yaml", text), checked("n.yaml", CLEAN)];
        for format in Format::ALL {
            let out = written(&maps, format);
            match format {
                Format::Json => drop(assert_valid(&FINDINGS, &out)),
                Format::Sarif => drop(assert_valid(&SARIF, &out)),
                Format::Gitlab => drop(serde_json::from_str::<Vec<Value>>(&out).unwrap()),
                Format::Junit => drop(roxmltree::Document::parse(&out).unwrap()),
                Format::Github => prop_assert!(out.lines().all(|line| COMMAND.is_match(line)), "{}", out),
                Format::Text => prop_assert!(!out.contains(ACTING), "{}", out),
                Format::Short => prop_assert_eq!(out.lines().count(), maps[0].findings.len()),
            }
        }
        prop_assert_eq!(fingerprint::unique(&maps)[0].len(), maps[0].findings.len());
    }
}

/// A bracket behind an even number of backslashes.
static UNESCAPED_BRACKET: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(^|[^\\])(\\\\)*[\[\]]").unwrap());
static ESCAPED: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\\([\\\[\]])").unwrap());

/// Two characters that act on a terminal.
const ACTING: [char; 2] = ['\u{1b}', '\u{202e}'];

/// The schema of findings without its demand that messages say something, which rules keep and hostile tests do not.
static FINDINGS_OF_ANY_TEXT: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let text = std::fs::read_to_string(project("schemas/findings.schema.json")).unwrap();
    let schema: Value =
        serde_json::from_str(&text.replace("\"minLength\": 1", "\"minLength\": 0")).unwrap();
    jsonschema::validator_for(&schema).unwrap()
});

/// A map whose ids, keys and texts are hostile, written as YAML's double-quoted scalars.
fn hostile_yaml() -> impl Strategy<Value = String> {
    [(); 4].map(|()| hostile()).prop_map(|[claim, id, key, citation]| {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        format!(
            "thesis:\n  claim: {}\n  reasons: [{}]\n  {}: 1\nevidence:\n  a: {{text: {}, source: {}}}\n",
            quoted(&claim),
            quoted(&id),
            quoted(&key),
            quoted(&claim),
            quoted(&citation)
        )
    })
}

fn yaml(text: &str) -> serde_yaml::Value {
    serde_yaml::from_str(text).unwrap()
}

fn read(path: &str) -> String {
    std::fs::read_to_string(project(path)).unwrap()
}

#[test]
fn the_problem_matcher_reads_short_lines() {
    let matcher: Value = serde_json::from_str(&read("docs/problem-matcher.json")).unwrap();
    let pattern = &matcher["problemMatcher"][0]["pattern"][0];
    let line = Regex::new(pattern["regexp"].as_str().unwrap()).unwrap();
    let group = |key: &str| usize::try_from(pattern[key].as_u64().unwrap()).unwrap();
    let mut maps = examples();
    maps.push(checked("a: b/C:\\odd [name].yaml", FAULTY));
    let out = written(&maps, Format::Short);
    let findings = maps
        .iter()
        .flat_map(|map| map.findings.iter().map(move |finding| (map, finding)));
    for (found, (map, finding)) in out.lines().zip(findings) {
        let parts = line.captures(found).unwrap_or_else(|| panic!("{found}"));
        let at = map.files.position(finding.span);
        let file = map.files.get(finding.span.file).name();
        assert_eq!(&parts[group("file")], file);
        assert_eq!(parts[group("line")], at.line.to_string());
        assert_eq!(parts[group("column")], at.column.to_string());
        assert_eq!(&parts[group("severity")], finding.severity.name());
        assert_eq!(parts[group("message")], one_line(&finding.message));
        assert_eq!(&parts[group("code")], finding.rule.name);
    }
}

#[test]
fn the_hook_for_pre_commit_has_what_it_needs() {
    let hooks = yaml(&read(".pre-commit-hooks.yaml"));
    let hook = &hooks[0];
    assert_eq!(hook["id"], "grounds-check");
    assert_eq!(hook["language"], "rust");
    assert_eq!(hook["entry"], "grounds check --fail-on warning");
    let files = Regex::new(hook["files"].as_str().unwrap()).unwrap();
    assert!(
        files.is_match("maps/a.yaml") && files.is_match("b.yml") && !files.is_match("c.yaml.md")
    );
    assert!(hook["name"].is_string() && hook["description"].is_string());
}

#[test]
fn the_action_has_what_it_needs_and_lets_no_input_into_a_script() {
    let action = yaml(&read("action.yml"));
    assert!(action["name"].is_string() && action["description"].is_string());
    let inputs = action["inputs"].as_mapping().unwrap();
    for (name, input) in inputs {
        assert!(
            input["description"].is_string() && input["default"].is_string(),
            "{name:?}"
        );
    }
    for name in ["path", "fail-on", "upload-sarif"] {
        assert!(action["inputs"][name].is_mapping(), "{name}");
    }
    assert_eq!(action["runs"]["using"], "composite");
    let major = Regex::new(r"^[a-z/-]+@v[0-9]+$").unwrap();
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        let Some(script) = step["run"].as_str() else {
            let used = step["uses"].as_str().unwrap();
            assert!(major.is_match(used), "{used}");
            continue;
        };
        assert_eq!(step["shell"], "bash");
        assert!(!script.contains("${{"), "{script}");
    }
}

#[test]
fn the_snippets_for_ci_are_yaml() {
    let page = read("docs/ci.md");
    let blocks: Vec<&str> = page.split("```yaml\n").skip(1).collect();
    assert_eq!(blocks.len(), 3);
    for block in blocks {
        let text = block.split("```").next().unwrap();
        assert!(yaml(text).is_mapping(), "{text}");
    }
}

#[test]
fn the_page_about_json_shows_a_real_finding() {
    let text = "\
thesis:
  claim: Close the bridge.
  reasons: [deck-unsaef]
evidence:
  deck-unsafe: {text: The deck is bad., source: report}
sources:
  report: {title: Report}
";
    let page = read("docs/json.md");
    let section = page.split("# Findings as JSON").nth(1).unwrap();
    let block = section.split("```json\n").nth(1).unwrap();
    let shown = assert_valid(&FINDINGS, block.split("```").next().unwrap());
    let out = written(&[checked("bridge.yaml", text)], Format::Json);
    assert_eq!(serde_json::from_str::<Value>(&out).unwrap(), shown);
}
