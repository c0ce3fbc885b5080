//! Every rule's page is its test: see [`crate::page`] for the notation.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use grounds::diagnostic::{Group, Rule};
use grounds::rules::RULES;

use crate::page::{self, Block, Outcome};
use crate::{is_blessing, project};

#[test]
fn pages_say_exactly_what_the_tool_finds_in_their_examples() {
    let mut faults = String::new();
    for entry in RULES {
        let rule = entry.rule;
        let blocks = page::blocks(rule.page);
        let groups = page::run(&blocks, rule);
        if is_blessing() {
            bless(rule, &groups);
        } else {
            for outcome in groups.iter().flatten() {
                let difference = outcome.difference();
                if !difference.is_empty() {
                    let place = place(rule, outcome.block);
                    writeln!(faults, "{place}\n{difference}").expect("strings take all text");
                }
            }
        }
        for fault in missing_examples(rule, &groups) {
            writeln!(faults, "docs/rules/{}.md {fault}\n", rule.name)
                .expect("strings take all text");
        }
    }
    assert!(
        faults.is_empty(),
        "\n\n{faults}`GROUNDS_BLESS=1 cargo test` writes what is found into the pages.\n"
    );
}

#[test]
fn names_are_unique_and_in_kebab_case() {
    let names: Vec<&str> = RULES.iter().map(|entry| entry.rule.name).collect();
    let unique: BTreeSet<&str> = names.iter().copied().collect();
    assert_eq!(names.len(), unique.len(), "{names:?}");
    for name in names {
        let mut words = name.split('-');
        let is_kebab = words
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()));
        assert!(is_kebab, "{name}");
    }
}

#[test]
fn there_is_a_page_for_each_rule_and_no_other() {
    let folder = fs::read_dir(project("docs/rules")).expect("the folder of pages");
    let pages: BTreeSet<String> = folder
        .map(|entry| {
            let name = entry.expect("an entry of the folder").file_name();
            name.into_string().expect("names of pages are text")
        })
        .collect();
    let rules = RULES.iter().map(|entry| format!("{}.md", entry.rule.name));
    let expected: BTreeSet<String> = rules.chain(["README.md".to_owned()]).collect();
    assert_eq!(pages, expected);
}

#[test]
fn pages_start_with_name_group_and_level_and_have_all_sections() {
    for entry in RULES {
        let rule = entry.rule;
        let head = format!("# {}\n\n{}\n\n", rule.name, group_and_level(rule));
        assert!(
            rule.page.starts_with(&head),
            "docs/rules/{}.md must start with\n{head}",
            rule.name
        );
        for section in [
            "Why it matters",
            "Example",
            "Not a fault",
            "How to settle it",
            "When to allow it",
        ] {
            let heading = format!("\n## {section}\n");
            assert!(
                rule.page.contains(&heading),
                "docs/rules/{}.md has no section \"{section}\"",
                rule.name
            );
        }
    }
}

#[test]
fn the_index_of_rules_is_fresh() {
    let path = project("docs/rules/README.md");
    if is_blessing() {
        fs::write(&path, index()).expect("the index can be written");
    }
    let written = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        written == index(),
        "docs/rules/README.md is stale: `GROUNDS_BLESS=1 cargo test` refreshes it"
    );
}

/// Rewrites the annotations in a rule's page.
fn bless(rule: &Rule, groups: &[Vec<Outcome<'_>>]) {
    let mut lines: Vec<String> = rule.page.lines().map(str::to_owned).collect();
    let mut outcomes: Vec<&Outcome<'_>> = groups.iter().flatten().collect();
    // From the last block to the first, so that places of earlier ones stay as they are.
    outcomes.sort_by_key(|outcome| std::cmp::Reverse(outcome.block.lines.start));
    for outcome in outcomes {
        lines.splice(outcome.block.lines.clone(), outcome.blessed());
    }
    let page = lines.join("\n") + "\n";
    if page != rule.page {
        let path = project("docs/rules").join(format!("{}.md", rule.name));
        fs::write(path, page).expect("the page can be written");
    }
}

/// What a page still lacks: an example of the rule, and one without any finding.
fn missing_examples(rule: &Rule, groups: &[Vec<Outcome<'_>>]) -> Vec<&'static str> {
    let rules_of = |group: &Vec<Outcome<'_>>| -> Vec<&str> {
        let annotations = group.iter().flat_map(|outcome| &outcome.annotations);
        annotations.map(|(_, _, rule)| *rule).collect()
    };
    let fires = groups
        .iter()
        .any(|group| rules_of(group).contains(&rule.name));
    let has_clean = groups.iter().any(|group| rules_of(group).is_empty());
    let mut faults = Vec::new();
    if !fires {
        faults.push("has no example in which the rule finds something");
    }
    if !has_clean {
        faults.push("has no example without a finding");
    }
    faults
}

fn place(rule: &Rule, block: &Block) -> String {
    format!("docs/rules/{}.md:{}", rule.name, block.lines.start)
}

fn group_and_level(rule: &Rule) -> String {
    format!("{} · {}", capitalised(rule.group.name()), rule.level.name())
}

/// The table of all rules, by group.
fn index() -> String {
    let mut page = "\
# Rules

What `grounds check` looks for.
Each rule has a page, which `grounds rule NAME` prints; its examples are run as tests, and a rule that is off is turned on for its own.
In an example, a comment with carets says what is found in the line above it.
The `#` hides the first column, so it counts as a mark itself where carets follow it at once or where there are none.
"
    .to_owned();
    let groups: BTreeSet<Group> = RULES.iter().map(|entry| entry.rule.group).collect();
    for group in groups {
        let heading = capitalised(group.name());
        write!(
            page,
            "\n## {heading}\n\n| rule | level | what it finds |\n| --- | --- | --- |\n"
        )
        .expect("strings take all text");
        let rules = RULES.iter().map(|entry| entry.rule);
        for Rule {
            name,
            level,
            summary,
            ..
        } in rules.filter(|rule| rule.group == group)
        {
            let level = level.name();
            writeln!(page, "| [{name}]({name}.md) | {level} | {summary} |")
                .expect("strings take all text");
        }
    }
    page
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
