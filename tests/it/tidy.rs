//! The house rules of `docs/architecture.md` and `docs/style.md`, as tests.

use std::fs;
use std::path::{Path, PathBuf};

use crate::project;

/// The rooms in the order in which text flows through them; a room knows only those before it.
const ROOMS: [&str; 18] = [
    "source",
    "syntax",
    "model",
    "read",
    "graph",
    "quotes",
    "cite",
    "analysis",
    "diagnostic",
    "config",
    "rules",
    "emit",
    "view",
    "layout",
    "render",
    "write",
    "cli",
    "lsp",
];

/// The rooms whose files do not know each other.
const SHELVES: [&str; 6] = ["read", "rules", "emit", "render", "write", "cli"];

const MAX_LINES: usize = 500;

#[test]
fn rooms_use_only_rooms_before_them() {
    let mut faults = Vec::new();
    for file in source_files() {
        let Some(own) = ROOMS.iter().position(|room| *room == file.room) else {
            continue;
        };
        for (line, code) in file.code() {
            let used = paths_after(code, "crate::");
            let later = |name: &&&str| {
                ROOMS
                    .iter()
                    .position(|room| room == *name)
                    .is_some_and(|at| at > own)
            };
            faults.extend(
                used.iter()
                    .filter(later)
                    .map(|room| format!("{}:{line} uses `{room}`", file.name)),
            );
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_folder_and_file_of_the_library_is_a_room() {
    for file in source_files() {
        let is_door = matches!(&*file.name, "src/lib.rs" | "src/main.rs");
        assert!(
            is_door || ROOMS.contains(&&*file.room),
            "{} is in no room",
            file.name
        );
    }
}

#[test]
fn the_house_is_as_the_architecture_describes_it() {
    let page = fs::read_to_string(project("docs/architecture.md")).expect("the page");
    let mut rooms = table_under(&page, "## The rooms in order");
    let mut folders = table_under(&page, "Around `src/` stand:");
    let names: Vec<&str> = rooms.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ROOMS);
    rooms.append(&mut folders);
    for (name, row) in rooms {
        let is_there = [name, &format!("src/{name}"), &format!("src/{name}.rs")]
            .iter()
            .any(|path| project(path).exists());
        let is_promised = row.contains("(not there yet)");
        assert!(is_there != is_promised, "{row}");
    }
}

/// The rows of the first table below a line: what stands in backticks at their beginnings, and the rows.
fn table_under<'p>(page: &'p str, line: &str) -> Vec<(&'p str, &'p str)> {
    let lines = page.lines().skip_while(|it| *it != line);
    let table = lines
        .skip_while(|it| !it.starts_with('|'))
        .take_while(|it| it.starts_with('|'));
    table
        .filter_map(|row| Some((row.strip_prefix("| `")?.split('`').next()?, row)))
        .collect()
}

/// What the items of a shelf share; an item is what a user can name.
const TOOLS: [(&str, &[&str]); 5] = [
    ("write", &["net", "unsaid", "breaks"]),
    ("read", &["draft", "ids", "net", "recognise", "walk"]),
    ("emit", &["visible", "fingerprint"]),
    // A page is made of a picture, tables and outlines.
    (
        "render",
        &[
            "escape", "fonts", "names", "paint", "paper", "screen", "outline", "table", "svg",
        ],
    ),
    (
        "cli",
        &[
            "choose", "cite", "copy", "disk", "fix", "gather", "git", "input", "listing", "look",
            "output", "progress", "project", "terms",
        ],
    ),
];

#[test]
fn files_on_a_shelf_do_not_use_each_other() {
    let files = source_files();
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| SHELVES.contains(&&*file.room)) {
        let Some(own) = file.item.as_deref() else {
            continue;
        };
        let on_shelf = files.iter().filter(|other| other.room == file.room);
        let siblings: Vec<&str> = on_shelf
            .filter_map(|other| other.item.as_deref())
            .filter(|item| *item != own && !is_tool(&file.room, item))
            .collect();
        let shelf = format!("crate::{}::", file.room);
        let up = "super::".repeat(file.depth);
        for (line, code) in file.code() {
            let used = [paths_after(code, &shelf), paths_after(code, &up)].concat();
            let sibling = used.into_iter().filter(|name| siblings.contains(name));
            faults.extend(sibling.map(|name| format!("{}:{line} uses `{name}`", file.name)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn is_tool(shelf: &str, item: &str) -> bool {
    TOOLS
        .iter()
        .any(|(name, tools)| *name == shelf && tools.contains(&item))
}

#[test]
fn every_allow_has_a_reason() {
    let mut faults = Vec::new();
    for (name, text) in text_files()
        .iter()
        .filter(|(name, _)| has_ending(name, "rs"))
    {
        let attributes = ["#[allow(", "#![allow(", "#[expect(", "#![expect("];
        // An attribute in the text of a literal or a comment is none.
        let starts = text
            .lines()
            .enumerate()
            .filter(|(_, line)| attributes.iter().any(|a| line.trim_start().starts_with(a)));
        for (at, _) in starts {
            let rest = text.lines().skip(at).collect::<Vec<_>>().join(" ");
            let attribute = rest.split(")]").next().unwrap_or_default();
            if !attribute.contains("reason = \"") {
                faults.push(format!("{name}:{}", at + 1));
            }
        }
    }
    let manifest = fs::read_to_string(project("Cargo.toml")).expect("the manifest");
    let lines: Vec<&str> = manifest.lines().collect();
    for (at, pair) in lines.windows(2).enumerate() {
        if pair[1].ends_with("= \"allow\"") && !pair[0].starts_with("# ") {
            faults.push(format!("Cargo.toml:{}", at + 2));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn no_file_of_the_library_is_long() {
    for file in source_files() {
        let n_lines = file.text.lines().count();
        assert!(n_lines <= MAX_LINES, "{} has {n_lines} lines", file.name);
    }
}

#[test]
fn nothing_is_left_to_do_and_no_machine_shows() {
    // In parts, so that this file has none of them.
    let words = [
        concat!("TO", "DO"),
        concat!("/", "work/"),
        concat!("/", "root/"),
    ];
    let mut faults = Vec::new();
    for (name, text) in text_files() {
        for (at, line) in text.lines().enumerate() {
            let found = words.iter().filter(|word| line.contains(**word));
            faults.extend(found.map(|word| format!("{name}:{} has `{word}`", at + 1)));
        }
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// A file of `src`.
struct SourceCode {
    /// Its path from the top of the project.
    name: String,
    /// The folder or file directly in `src` that it belongs to.
    room: String,
    /// The folder or file directly in the room that it belongs to; none for the room's own file.
    item: Option<String>,
    /// How many folders lie between it and the room's own file.
    depth: usize,
    text: String,
}

impl SourceCode {
    fn new(name: String, text: String) -> Self {
        let path = name
            .strip_prefix("src/")
            .and_then(|path| path.strip_suffix(".rs"))
            .expect("a file of `src`");
        let mut parts: Vec<&str> = path.split('/').collect();
        if parts.len() > 1 && parts.last() == Some(&"mod") {
            parts.pop();
        }
        let (room, item, depth) = (
            parts[0].to_owned(),
            parts.get(1).map(|item| (*item).to_owned()),
            parts.len() - 1,
        );
        Self {
            name,
            room,
            item,
            depth,
            text,
        }
    }

    /// The numbered lines outside comments and tests.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        code(&self.text)
    }
}

/// The numbered lines of a text outside comments, up to the tests that stand in it.
///
/// Tests in a file of their own are only named here, often near the top: the text goes on behind their name.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let behind = text.lines().skip(1).chain([""]);
    let lines = text.lines().zip(behind).enumerate();
    lines
        .take_while(|(_, (line, next))| !(line.starts_with("#[cfg(test)]") && opens_module(next)))
        .filter(|(_, (line, _))| !line.trim_start().starts_with("//"))
        .map(|(at, (line, _))| (at + 1, line))
}

fn opens_module(line: &str) -> bool {
    line.starts_with("mod ") && line.ends_with('{')
}

#[test]
fn a_file_is_read_up_to_the_tests_that_stand_in_it() {
    let named = "use crate::a;\n#[cfg(test)]\nmod tests;\n// A comment.\nuse crate::b;\n";
    let lines: Vec<_> = code(named).collect();
    let expected = [
        (1, "use crate::a;"),
        (2, "#[cfg(test)]"),
        (3, "mod tests;"),
        (5, "use crate::b;"),
    ];
    assert_eq!(lines, expected);
    let written_out = "use crate::a;\n#[cfg(test)]\nmod tests {\n    use crate::cli;\n}\n";
    assert_eq!(code(written_out).collect::<Vec<_>>(), expected[..1]);
}

/// The first names behind each occurrence of a path's start: of `a` in `start::a::b`, of `a` and `b` in `start::{a, b}`.
fn paths_after<'l>(line: &'l str, start: &str) -> Vec<&'l str> {
    let mut names = Vec::new();
    for (at, _) in line.match_indices(start) {
        // Behind another `::` or a letter this is the end of a longer path.
        if line[..at].ends_with(|c: char| c.is_alphanumeric() || c == ':' || c == '_') {
            continue;
        }
        let rest = &line[at + start.len()..];
        match rest.strip_prefix('{') {
            Some(group) => names.extend(group.split(',').map(first_name)),
            None => names.push(first_name(rest)),
        }
    }
    names
}

fn first_name(path: &str) -> &str {
    let path = path.trim();
    let end = path.find(|c: char| !c.is_alphanumeric() && c != '_');
    &path[..end.unwrap_or(path.len())]
}

fn source_files() -> Vec<SourceCode> {
    let files = text_files().into_iter();
    files
        .filter(|(name, _)| name.starts_with("src/") && has_ending(name, "rs"))
        .map(|(name, text)| SourceCode::new(name, text))
        .collect()
}

/// All texts of the project that git does not ignore, by their paths from the top.
fn text_files() -> Vec<(String, String)> {
    let top = project("");
    let walk = ignore::WalkBuilder::new(&top)
        .hidden(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .sort_by_file_path(Path::cmp)
        .build();
    let paths = walk.map(|entry| entry.expect("a readable folder").into_path());
    let text = |path: PathBuf| {
        let name = path
            .strip_prefix(&top)
            .expect("a path below the top")
            .to_str()?
            .replace('\\', "/");
        Some((name, fs::read_to_string(&path).ok()?))
    };
    paths
        .filter(|path| path.is_file())
        .filter_map(text)
        .collect()
}

fn has_ending(name: &str, ending: &str) -> bool {
    Path::new(name).extension().is_some_and(|own| own == ending)
}
