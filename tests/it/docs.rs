//! What the documentation shows is what the program does: its console blocks are run, its pictures drawn again.
//!
//! A document is run in a scratch folder with a copy of `maps/`.
//! "Save this as `name.yaml`:" before a block writes the block to that file.
//! In a `console` block a line `$ …` is a command for the shell, and the lines under it are its output;
//! a line `...` stands for any lines, and a command without lines under it need only not fail with 2.
//! With `GROUNDS_BLESS=1` the outputs are written anew, save those with a `...`.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::{is_blessing, project};

/// A part of a document that matters here.
enum Part {
    Text(String),
    Command { line: String, output: Vec<String> },
}

fn parts(document: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut in_console = false;
    for line in document.lines() {
        if line.starts_with("```") {
            in_console = !in_console && line.starts_with("```console");
        }
        match (line.strip_prefix("$ "), parts.last_mut()) {
            (Some(command), _) if in_console => {
                parts.push(Part::Command {
                    line: command.to_owned(),
                    output: Vec::new(),
                });
            }
            (None, Some(Part::Command { output, .. })) if in_console => {
                output.push(line.to_owned());
            }
            _ => parts.push(Part::Text(line.to_owned())),
        }
    }
    parts
}

fn shell(command: &str, folder: &Path) -> (String, Option<i32>) {
    let program = Path::new(env!("CARGO_BIN_EXE_grounds"));
    let path = std::env::var("PATH").unwrap();
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env(
            "PATH",
            format!("{}:{path}", program.parent().unwrap().display()),
        )
        .env("COLUMNS", "100")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code(),
    )
}

/// Whether lines are as shown, `...` standing for any number of them.
fn matches(shown: &[String], actual: &[&str]) -> bool {
    match shown {
        [] => actual.is_empty(),
        [first, rest @ ..] if first == "..." => {
            (0..=actual.len()).any(|skipped| matches(rest, &actual[skipped..]))
        }
        [first, rest @ ..] => {
            actual.first() == Some(&first.as_str()) && matches(rest, &actual[1..])
        }
    }
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Writes the block that follows a line "Save this as `name`:".
fn save_block(parts: &[Part], at: usize, folder: &Path) {
    let Part::Text(line) = &parts[at] else { return };
    let Some(name) = line
        .strip_prefix("Save this as `")
        .and_then(|rest| rest.strip_suffix("`:"))
    else {
        return;
    };
    let text = |part: &Part| match part {
        Part::Text(line) => line.clone(),
        Part::Command { .. } => panic!("a file's block is no console block"),
    };
    let after = parts[at + 1..]
        .iter()
        .map(text)
        .skip_while(|line| !line.starts_with("```"))
        .skip(1);
    let block: Vec<String> = after.take_while(|line| !line.starts_with("```")).collect();
    assert!(!block.is_empty(), "no block follows: {line}");
    fs::write(folder.join(name), block.join("\n") + "\n").unwrap();
}

fn run_document(name: &str) {
    let scratch = tempfile::tempdir().unwrap();
    copy_folder(&project("maps"), &scratch.path().join("maps"));
    let document = fs::read_to_string(project(name)).unwrap();
    let parts = parts(&document);
    let mut blessed = Vec::new();
    let mut n_commands = 0;
    for (at, part) in parts.iter().enumerate() {
        save_block(&parts, at, scratch.path());
        match part {
            Part::Text(line) => blessed.push(line.clone()),
            Part::Command { line, output } => {
                n_commands += 1;
                blessed.push(format!("$ {line}"));
                blessed.extend(run_command(name, line, output, scratch.path()));
            }
        }
    }
    assert!(n_commands > 0, "{name} shows no command");
    if is_blessing() {
        fs::write(project(name), blessed.join("\n") + "\n").unwrap();
    }
}

/// Runs a command and gives the lines to show under it.
fn run_command(document: &str, line: &str, shown: &[String], folder: &Path) -> Vec<String> {
    // What builds the program needs the project, not its documents.
    if line.starts_with("cargo ") || line.starts_with("git ") {
        return shown.to_vec();
    }
    let (actual, code) = shell(line, folder);
    let actual: Vec<&str> = actual.trim_end().lines().map(str::trim_end).collect();
    if shown.is_empty() {
        assert!(
            matches!(code, Some(0 | 1)),
            "{document}: `{line}` failed: {actual:#?}"
        );
        return Vec::new();
    }
    let is_partial = shown.iter().any(|line| line == "...");
    if is_blessing() && !is_partial {
        return actual.iter().map(|line| (*line).to_owned()).collect();
    }
    let actual_text = actual.join("\n");
    assert!(
        matches(shown, &actual),
        "{document}: `{line}` prints\n{actual_text}\nnot\n{}",
        shown.join("\n")
    );
    shown.to_vec()
}

#[test]
fn the_readme_shows_what_happens() {
    run_document("README.md");
}

#[test]
fn the_tutorial_can_be_followed() {
    run_document("docs/tutorial.md");
}

#[test]
fn the_command_line_page_shows_what_happens() {
    run_document("docs/cli.md");
}

#[test]
fn the_page_on_configuration_shows_what_happens() {
    run_document("docs/config.md");
}

#[test]
fn the_page_on_sources_shows_what_happens() {
    run_document("docs/sources.md");
}

#[test]
fn the_pages_on_quotes_and_reviews_show_what_happens() {
    run_document("docs/quotes.md");
    run_document("docs/review.md");
}

#[test]
fn the_pages_on_formats_show_what_happens() {
    let folder = fs::read_dir(project("docs/formats")).unwrap();
    let mut names: Vec<String> = folder
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    for name in names {
        run_document(&format!("docs/formats/{name}"));
    }
}

#[test]
fn the_readmes_picture_is_what_comes_of_its_map() {
    let scratch = tempfile::tempdir().unwrap();
    let document = fs::read_to_string(project("README.md")).unwrap();
    let parts = parts(&document);
    for at in 0..parts.len() {
        save_block(&parts, at, scratch.path());
    }
    let (said, code) = shell("grounds render coffee.yaml -o coffee.svg", scratch.path());
    assert_eq!(code, Some(0), "{said}");
    let drawn = fs::read_to_string(scratch.path().join("coffee.svg")).unwrap();
    let committed = project("docs/images/coffee.svg");
    if is_blessing() {
        fs::create_dir_all(committed.parent().unwrap()).unwrap();
        fs::write(&committed, &drawn).unwrap();
    }
    let shown = fs::read_to_string(committed).unwrap();
    assert!(
        drawn == shown,
        "docs/images/coffee.svg is out of date: run the tests with GROUNDS_BLESS=1"
    );
}
