//! What is said of a text that is no YAML, or of another shape than a map: where, in which words, and once.

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::rules;
use grounds::source::NoFiles;

/// Each fault of form as `LINE:COL message; help`, in the order of the text.
fn faults(map: &str) -> Vec<String> {
    let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
    let found = rules::check(&dossier, &Config::default()).findings;
    let found = found
        .iter()
        .filter(|it| it.rule.group == grounds::diagnostic::Group::Form);
    let line = |it: &grounds::diagnostic::Diagnostic| {
        let at = dossier.files.position(it.span);
        let help = it.help.as_deref().unwrap_or("no help");
        format!("{}:{} {}; {help}", at.line, at.column, it.message)
    };
    found.map(line).collect()
}

/// Asserts that a map has one fault of form, which starts so.
#[track_caller]
fn has_one(map: &str, start: &str) {
    let found = faults(map);
    assert!(
        found.len() == 1 && found[0].starts_with(start),
        "{found:#?} for {map}"
    );
}

const CLOSED: &str = "`[` is never closed";

#[test]
fn a_bracket_that_is_not_closed_is_told_at_itself_however_far_the_reader_gets() {
    let head = "thesis:\n  claim: We go.\n  reasons:\n";
    let tails = [
        "    - [a, b\n    - c\nclaims:\n  a: X y.\n",
        "    - [a, b\n    - [c, d]\nclaims:\n  a: X y.\n",
        "    - [a, 'b [', \"c \\\" {\"\n    - d  # see [1 é\n\n    - it's {d}\nclaims:\n  a: X y.\n",
        "    - [a, b\nclaims:\n  a: X y.\n",
    ];
    for tail in tails {
        has_one(&format!("{head}{tail}"), &format!("4:7 {CLOSED}"));
    }
    // A bracket within a text opens nothing.
    has_one(
        "thesis:\n  claim: We [all go.\n  note: this: that\n",
        "3:13 a text without quotes cannot contain `: `",
    );
}

#[test]
fn a_space_before_the_first_line_is_told_there() {
    let odd = "1:1 this line is indented neither as its neighbours nor under them";
    has_one(" thesis: We should go.\nclaims:\n  a: B c d.\n", odd);
    has_one(
        "  thesis:\n    claim: We should go.\nclaims:\n  a: B c d.\n",
        odd,
    );
    has_one(
        " thesis: We should go.\n title: Going\nclaims:\n  a: B c d.\n",
        "3:1 this line is indented neither",
    );
    has_one(
        "\"thesis\"\nclaims:\n  a: B c d.\n",
        "2:1 there is text behind the end of the value",
    );
}

#[test]
fn a_key_without_a_space_behind_its_colon_is_told_there() {
    let missing = "a space is missing behind this colon";
    for (map, place) in [
        ("thesis:\n  claim:We should go.\n  reasons: [a]\n", "2:8"),
        (
            "thesis:\n  id: t\n  claim:We go\n    far.\n  note: x\n",
            "3:8",
        ),
        (
            "thesis:\n  claim: We go.\n  reasons:\n    - claim:A is so.\n      note: x\n",
            "4:12",
        ),
    ] {
        has_one(map, &format!("{place} {missing}"));
    }
    has_one(
        "thesis:\n  claim: We go.\n  note: x\n  label: a b: c\n",
        "4:13 a text without quotes cannot contain `: `",
    );
}

#[test]
fn an_escape_that_yaml_lacks_is_told_at_itself() {
    let unknown = "double quotes do not have this backslash escape";
    for (map, place) in [
        ("thesis:\n  claim: \"A \\\" b c \\d b\"\n", "2:20"),
        ("thesis:\n  claim: \"é \\u00e9\n    \\x4 b\"\n", "3:5"),
    ] {
        has_one(map, &format!("{place} {unknown}"));
    }
}

#[test]
fn a_tab_in_an_indentation_is_named_whatever_stands_above() {
    has_one(
        "thesis:\n  claim: We go.\n  reasons: [a, b]\n  \tnote: x\n",
        "4:3 a tab cannot indent a line in YAML",
    );
}

#[test]
fn a_key_that_stands_between_items_must_move_itself() {
    let help = "line the key up with the keys that it belongs to";
    for indent in ["     ", "    "] {
        let map = format!(
            "thesis:\n  claim: We go.\n  reasons:\n    - claim: A is so.\n{indent}note: x\n    - claim: C is so.\n"
        );
        let found = faults(&map);
        assert!(found.len() == 1 && found[0].contains(help), "{found:#?}");
    }
    has_one(
        "thesis:\n  claim: We go.\n  - B is so.\n",
        "3:5 list items (`- `) and keys (`key: `) are mixed here; line the `- ` up",
    );
}

#[test]
fn a_control_character_is_named_where_it_stands() {
    for (map, start) in [
        (
            "thesis:\n  claim: \"Bell \u{7} in\"\n",
            "2:16 a control character stands here (U+0007); remove it",
        ),
        (
            "thesis: The c\u{7}at sat.\n",
            "1:14 a control character stands here (U+0007)",
        ),
        (
            "thesis: The cat sat. # \u{1b}[31m\n",
            "1:24 a control character stands here (U+001B)",
        ),
        (
            "thesis: \u{feff}The cat sat.\n",
            "1:9 an invisible character stands here (U+FEFF)",
        ),
    ] {
        has_one(map, start);
    }
}

#[test]
fn an_alias_that_stands_for_nothing_is_one_fault() {
    has_one(
        "thesis:\n  claim: We go.\n  reasons: [*b]\n",
        "3:13 `*b` is read as an alias",
    );
    has_one(
        "thesis: &a\n  claim: We go.\n  reasons: [*a]\n",
        "3:13 an alias cannot stand inside",
    );
    has_one(
        "thesis:\n  claim: We go.\n  *b : x\n",
        "3:3 `*b` is read as an alias",
    );
}

#[test]
fn the_place_of_a_block_ends_with_its_text() {
    for (block, end) in [
        (">-\n    We go now.\n  note: Go\n", (3, 15)),
        (
            "|\n    We go now.\n\n    And then.\n\n\n  note: Go\n",
            (5, 14),
        ),
        ("|+\n    We go now.\n\n# end\n", (3, 15)),
    ] {
        let map = format!("thesis:\n  claim: {block}");
        let dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
        let text = &dossier.map.statements[0].text;
        let file = dossier.files.get(text.span.file);
        let at = file.position(text.span.end);
        assert_eq!((at.line, at.column), end, "{map}");
    }
}

#[test]
fn help_fits_what_was_written() {
    let word = "a text of one word needs `claim: `";
    let example = |it: &str| format!("for example: `{it}`");
    let head = "thesis: {id: t, claim: We go";
    for (map, help) in [
        ("thesis: Yes!\n".to_owned(), word.to_owned()),
        (format!("{head}, reasons: [Yes!]}}\n"), word.to_owned()),
        (
            "thesis: {id: [a], claim: We go.}\n".to_owned(),
            example("deck-unsafe"),
        ),
        (format!("{head}, source: [[s]]}}\n"), example("inspection")),
        (
            format!("{head}}}\nbibliography: {{a: b}}\n"),
            example("works.bib"),
        ),
        (format!("{head}}}\ndate: {{a: b}}\n"), example("2024-11-30")),
        (format!("{head}, tags: [[b]]}}\n"), example("safety")),
        (
            "thesis:\n  claim: !important should go.\n".to_owned(),
            "a text that starts with `!` needs quotes".to_owned(),
        ),
    ] {
        let found = faults(&map);
        let ends = found.iter().any(|it| it.ends_with(&help));
        assert!(found.len() == 1 && ends, "{found:#?} for {map}");
    }
    let quoted = faults(&format!("{head}, \"la bel\": x}}\n"));
    assert!(
        quoted.len() == 1 && quoted[0].contains("has no key `la bel`; did you mean `label`?"),
        "{quoted:#?}"
    );
}
