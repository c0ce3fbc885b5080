//! Every example map is drawn in every format, and other programs accept what comes of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use grounds::analysis::Dossier;
use grounds::layout::{Direction, Options, Point, Route, lay_out};
use grounds::render::{Format, Paper, Style, render};
use grounds::source::NoFiles;
use grounds::view::choice::{Choice, GroupBy, Wording};
use grounds::view::{Diagram, Group};

use crate::{project, skipped};

/// The maps in the folder and below it, flawed ones too.
fn maps() -> Vec<PathBuf> {
    let mut maps = Vec::new();
    let mut folders = vec![project("maps")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                maps.push(path);
            }
        }
    }
    maps.sort();
    assert!(maps.len() > 20, "only {} maps were found", maps.len());
    maps
}

fn dossier(map: &PathBuf) -> Dossier {
    let name = map.file_name().unwrap().to_string_lossy().into_owned();
    Dossier::open(&name, fs::read(map).unwrap(), &NoFiles)
}

fn diagram(map: &PathBuf) -> Diagram {
    Diagram::of(&dossier(map))
}

/// A box or a leg of an edge: left, top, right, bottom.
type Box = (f64, f64, f64, f64);

fn number(of: &serde_json::Value) -> f64 {
    of.as_f64().unwrap()
}

fn list(of: &serde_json::Value) -> &[serde_json::Value] {
    of.as_array().unwrap()
}

fn boxes(layout: &serde_json::Value) -> Vec<(&str, Box)> {
    let placed = |node: &serde_json::Value| {
        let (x, y) = (number(&node["x"]), number(&node["y"]));
        (
            x,
            y,
            x + number(&node["width"]),
            y + number(&node["height"]),
        )
    };
    let nodes = list(&layout["nodes"]).iter();
    nodes
        .map(|node| (node["id"].as_str().unwrap(), placed(node)))
        .collect()
}

fn legs(edge: &serde_json::Value) -> Vec<Box> {
    let points = list(&edge["points"]).iter();
    let points: Vec<(f64, f64)> = points.map(|it| (number(&it[0]), number(&it[1]))).collect();
    let leg = |ends: &[(f64, f64)]| {
        let [(a, b), (c, d)] = [ends[0], ends[1]];
        (a.min(c), b.min(d), a.max(c), b.max(d))
    };
    points.windows(2).map(leg).collect()
}

/// Fails where boxes of a drawing overlap, or an edge runs through a box that it does not belong to.
pub(crate) fn assert_is_clear(name: &str, diagram: &Diagram) {
    let layout = render(diagram, Format::Layout, &Style::default()).unwrap();
    let layout: serde_json::Value = serde_json::from_slice(&layout).unwrap();
    let boxes = boxes(&layout);
    assert_eq!(boxes.len(), diagram.nodes.len() + diagram.junctions.len());
    for (at, (id, a)) in boxes.iter().enumerate() {
        for (other, b) in &boxes[at + 1..] {
            let overlap = a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3;
            assert!(!overlap, "{name}: {id} and {other}");
        }
    }
    for edge in list(&layout["edges"]) {
        let ends = [&edge["from"], &edge["to"]];
        let legs = legs(edge);
        assert!(!legs.is_empty(), "{name}: {edge}");
        for (id, it) in boxes
            .iter()
            .filter(|(id, _)| !ends.iter().any(|end| *end == id))
        {
            // A touch is none.
            let inner = (it.0 + 0.5, it.1 + 0.5, it.2 - 0.5, it.3 - 0.5);
            let enters = |leg: &Box| {
                leg.0 < inner.2
                    && inner.0 < leg.2.max(leg.0 + 0.01)
                    && leg.1 < inner.3
                    && inner.1 < leg.3.max(leg.1 + 0.01)
            };
            assert!(!legs.iter().any(enters), "{name}: {edge} runs through {id}");
        }
    }
}

#[test]
fn every_map_is_drawn_in_every_format() {
    for map in maps() {
        let diagram = diagram(&map);
        let style = Style {
            scale: 0.25,
            ..Style::default()
        };
        for format in Format::ALL {
            let drawn = render(&diagram, format, &style).unwrap();
            assert!(!drawn.is_empty(), "{} as {}", map.display(), format.name());
        }
    }
}

#[test]
fn every_svg_is_well_formed_and_has_an_element_for_each_statement() {
    for map in maps() {
        let diagram = diagram(&map);
        let svg =
            String::from_utf8(render(&diagram, Format::Svg, &Style::default()).unwrap()).unwrap();
        let document = roxmltree::Document::parse(&svg).unwrap();
        let ids = document
            .descendants()
            .filter_map(|node| node.attribute("id"));
        let ids: std::collections::BTreeSet<&str> = ids.collect();
        assert!(ids.len() >= diagram.nodes.len(), "{}", map.display());
        for node in &diagram.nodes {
            assert!(
                ids.contains(node.id.as_str()) || node.id.contains('/'),
                "{}: {}",
                map.display(),
                node.id
            );
        }
    }
}

#[test]
fn no_boxes_overlap_and_no_edge_runs_through_one() {
    for map in maps() {
        assert_is_clear(&map.display().to_string(), &diagram(&map));
    }
}

/// Whether legs of two routes lie on each other.
fn share_a_line(one: &Route, other: &Route) -> bool {
    let overlap = |a: (f64, f64), b: (f64, f64)| {
        a.0.max(a.1).min(b.0.max(b.1)) - a.0.min(a.1).max(b.0.min(b.1)) > 1.0
    };
    let in_line = |all: [f64; 4]| all.iter().all(|it| (it - all[0]).abs() < 0.5);
    let legs = |a: &[Point], b: &[Point]| {
        (in_line([a[0].x, a[1].x, b[0].x, b[1].x]) && overlap((a[0].y, a[1].y), (b[0].y, b[1].y)))
            || (in_line([a[0].y, a[1].y, b[0].y, b[1].y])
                && overlap((a[0].x, a[1].x), (b[0].x, b[1].x)))
    };
    let others = || other.points.windows(2);
    one.points.windows(2).any(|a| others().any(|b| legs(a, b)))
}

#[test]
fn lines_of_edges_without_a_common_end_do_not_lie_on_each_other() {
    for map in maps() {
        let diagram = diagram(&map);
        for direction in Direction::ALL {
            let options = Options {
                direction,
                ..Options::default()
            };
            let routes = lay_out(&diagram, &options).edges;
            let edges: Vec<_> = diagram.edges.iter().zip(&routes).collect();
            for (at, (one, route)) in edges.iter().enumerate() {
                for (other, beside) in &edges[..at] {
                    let mut ends = [one.from, one.to].into_iter();
                    let have_one = ends.any(|it| [other.from, other.to].contains(&it));
                    let map = map.display();
                    assert!(
                        have_one || !share_a_line(route, beside),
                        "{map}, {direction:?}: {one:?} and {other:?}"
                    );
                }
            }
        }
    }
}

/// The SVG that Graphviz makes of a diagram, without a word of complaint.
fn by_graphviz(name: &str, diagram: &Diagram) -> String {
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("map.dot");
    let dot = render(diagram, Format::Dot, &Style::default()).unwrap();
    fs::write(&file, dot).unwrap();
    let output = Command::new("dot").arg("-Tsvg").arg(&file).output();
    let output = output.unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.is_empty(),
        "{name}: {said} ({})",
        output.status
    );
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn graphviz_accepts_every_dot_file_without_a_word() {
    if !is_installed("dot", "-V") {
        return;
    }
    let groups = [GroupBy::Tag, GroupBy::Source, GroupBy::Thesis].map(Some);
    for map in maps() {
        for group_by in groups.into_iter().chain([None]) {
            let name = format!("{} by {group_by:?}", map.display());
            let wording = Wording {
                group_by,
                ..Wording::default()
            };
            let diagram = Diagram::chosen(&dossier(&map), &Choice::default(), &wording);
            by_graphviz(&name, &diagram);
        }
    }
}

#[test]
fn graphviz_shows_backslashes_as_they_are_written() {
    if !is_installed("dot", "-V") {
        return;
    }
    let text = r"C:\New\Games \N \G \L \E \T \H \n \l \r \\ &#92;N &amp; \";
    let mut node = diagram(&project("maps/school-street.yaml")).nodes.remove(0);
    (node.id, node.link) = (
        "it".to_owned(),
        Some("https://a.example/?a&b#92;N".to_owned()),
    );
    (node.text, node.label) = (text.to_owned(), Some(format!("label {text}")));
    node.details = vec![format!("small {text}")];
    node.tooltip = format!("it\n{text}\n{text}");
    let tooltip = node.tooltip.clone();
    let drawn = Diagram {
        title: text.to_owned(),
        nodes: vec![node],
        groups: vec![Group {
            label: format!("frame {text}"),
            nodes: vec![0],
        }],
        ..Diagram::default()
    };
    let svg = by_graphviz("backslashes", &drawn);
    let tree = roxmltree::Document::parse_with_options(
        &svg,
        roxmltree::ParsingOptions {
            allow_dtd: true,
            ..roxmltree::ParsingOptions::default()
        },
    );
    let tree = tree.unwrap();
    let lines = tree.descendants();
    let lines = lines.filter(|it| it.tag_name().name() == "text");
    let lines: Vec<&str> = lines.filter_map(|it| it.text()).collect();
    // What is written in several lines is read as one.
    let all = lines.join(" ");
    for said in [
        text.to_owned(),
        format!("label {text}"),
        format!("small {text}"),
        format!("frame {text}"),
    ] {
        assert!(all.contains(&said), "{said} in {all}");
    }
    let link = tree.descendants().find(|it| it.tag_name().name() == "a");
    let attribute = |name| link.unwrap().attributes().find(|it| it.name() == name);
    assert_eq!(attribute("title").unwrap().value(), tooltip);
    assert_eq!(
        attribute("href").unwrap().value(),
        "https://a.example/?a&b#92;N"
    );
}

#[test]
fn the_engine_dot_draws_or_names_the_package_that_is_missing() {
    let scratch = tempfile::tempdir().unwrap();
    let map = project("maps/school-street.yaml");
    let draw = |path: &str| {
        Command::new(env!("CARGO_BIN_EXE_grounds"))
            .args(["render", "--engine", "dot", "-o", "m.svg"])
            .arg(&map)
            .current_dir(scratch.path())
            .env("PATH", path)
            .output()
            .unwrap()
    };
    let absent = draw("/nonexistent");
    let said = String::from_utf8_lossy(&absent.stderr);
    assert_eq!(absent.status.code(), Some(2), "{said}");
    assert!(
        said.contains("the package `graphviz` is not installed"),
        "{said}"
    );
    assert!(!scratch.path().join("m.svg").exists());
    if Command::new("dot").arg("-V").output().is_err() {
        skipped("Graphviz is not installed");
        return;
    }
    let drawn = draw(&std::env::var("PATH").unwrap());
    assert!(
        drawn.status.success(),
        "{}",
        String::from_utf8_lossy(&drawn.stderr)
    );
    assert!(
        fs::read_to_string(scratch.path().join("m.svg"))
            .unwrap()
            .contains("<svg")
    );
}

/// Texts that would act in some format if they were not written as text.
const HOSTILE: [&str; 9] = [
    "</script><script>alert(1)</script> ]]> <!-- &amp; &#60;",
    r#"\"]; b [label="x" URL="javascript:alert(1)"] \N \l"#,
    r"\input{secret} \write18{rm} ^^M $x_1^2$ 100% #1 {a} ~ `b` -- << >>",
    "end; classDef a fill:#000 %%{init: {}}%% click x href \"javascript:1\"",
    "x -> y: ${z} |md # a | ; direction: left",
    "a\u{202e}b\u{0}c\u{1b}[31md\u{200f}",
    "漢字 עברית e\u{301} 👩\u{200d}👩\u{200d}👧",
    "one\n\n# two\n- three\n[x](javascript:1)",
    "[x] *y* _z_ | a | <a id=\"x\"></a>",
];

fn hostile() -> Diagram {
    let mut map = serde_json::json!({"title": HOSTILE[0], "thesis": {
        "id": "t", "claim": HOSTILE[1], "reasons": [], "objections": [],
    }});
    for (at, text) in HOSTILE.iter().enumerate() {
        let text: String = text.chars().filter(|c| *c != '\0').collect();
        let claim = serde_json::json!({"id": format!("end{at}"), "label": text, "claim": text});
        let side = ["reasons", "objections"][at % 2];
        map["thesis"][side].as_array_mut().unwrap().push(claim);
    }
    let long = serde_json::json!({"claim": "W".repeat(5_000)});
    map["thesis"]["reasons"].as_array_mut().unwrap().push(long);
    let mut diagram = Diagram::of(&Dossier::open(
        "m.yaml",
        map.to_string().into_bytes(),
        &NoFiles,
    ));
    assert_eq!(diagram.nodes.len(), HOSTILE.len() + 2);
    for node in &mut diagram.nodes {
        node.link = Some("javascript:alert(1)".to_owned());
    }
    diagram
}

fn text_of(diagram: &Diagram, format: Format) -> String {
    String::from_utf8(render(diagram, format, &Style::default()).unwrap()).unwrap()
}

#[test]
fn nothing_hostile_acts_in_any_format() {
    let diagram = hostile();
    for format in Format::ALL {
        let drawn = render(&diagram, format, &Style::default()).unwrap();
        let Ok(text) = String::from_utf8(drawn) else {
            continue;
        };
        let acts = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}' || c == '\u{200f}';
        assert!(!text.contains(acts), "{}", format.name());
    }
    let links = [
        (Format::Svg, "href=\"javascript"),
        (Format::Dot, "URL=\"javascript"),
        (Format::Mermaid, "href \"javascript"),
        (Format::D2, "link: \"javascript"),
        (Format::Graphml, "key=\"link\""),
        (Format::Markdown, "](<javascript"),
    ];
    for (format, link) in links {
        let text = text_of(&diagram, format);
        assert!(!text.contains(link), "{}: {link}", format.name());
    }
    for format in [Format::Svg, Format::Graphml] {
        let text = text_of(&diagram, format);
        let document = roxmltree::Document::parse(&text).unwrap();
        let mut tags = document.descendants().map(|it| it.tag_name().name());
        assert!(tags.all(|tag| tag != "script"), "{}", format.name());
    }
    let tex = text_of(&diagram, Format::Tikz);
    assert!(!tex.contains("\\input") && !tex.contains("\\write") && !tex.contains("^^"));
}

/// Whether a program is there; says so where it is not.
fn is_installed(program: &str, question: &str) -> bool {
    let is_there = Command::new(program).arg(question).output().is_ok();
    if !is_there {
        skipped(&format!("{program} is not installed"));
    }
    is_there
}

#[test]
fn the_text_of_a_pdf_can_be_copied() {
    if !is_installed("pdftotext", "-v") {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("map.pdf");
    let words = |text: &str| text.split_whitespace().collect::<String>();
    for (diagram, paper) in [
        (diagram(&project("maps/school-street.yaml")), None),
        (
            diagram(&project("maps/school-street.yaml")),
            Some(Paper::A4),
        ),
    ] {
        let style = Style {
            paper,
            ..Style::default()
        };
        fs::write(&file, render(&diagram, Format::Pdf, &style).unwrap()).unwrap();
        let copied = Command::new("pdftotext")
            .arg("-raw")
            .arg(&file)
            .arg("-")
            .output();
        // A form feed ends a page.
        let copied = String::from_utf8(copied.unwrap().stdout).unwrap();
        let pages: Vec<String> = copied.split('\u{c}').map(words).collect();
        let drawing = lay_out(&diagram, &style.layout);
        for (node, placed) in diagram.nodes.iter().zip(&drawing.nodes) {
            let is_whole = pages.iter().any(|page| page.contains(&words(&node.text)));
            if paper.is_none() {
                assert!(is_whole, "{}", node.text);
            }
            // On paper, a cut may go through a box; between them, its pages have each of its lines.
            for line in &placed.lines {
                assert!(
                    is_whole || is_covered(&words(&line.text), &pages),
                    "{:?} of {}",
                    line.text,
                    node.text
                );
            }
        }
    }
}

/// Whether one page has the start of a line and one the rest.
fn is_covered(line: &str, pages: &[String]) -> bool {
    let ends: Vec<usize> = line
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.len()])
        .collect();
    let has = |part: &str| pages.iter().any(|page| page.contains(part));
    let start = ends.iter().rev().find(|end| has(&line[..**end]));
    let rest = ends.iter().find(|start| has(&line[**start..]));
    start.zip(rest).is_some_and(|(start, rest)| rest <= start)
}

#[test]
fn latex_compiles_a_map_and_hostile_text() {
    if !is_installed("pdflatex", "--version") {
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    for (name, diagram) in [
        ("map", diagram(&project("maps/school-street.yaml"))),
        ("hostile", hostile()),
    ] {
        let file = format!("{name}.tex");
        fs::write(scratch.path().join(&file), text_of(&diagram, Format::Tikz)).unwrap();
        let output = Command::new("pdflatex")
            .args([
                "-no-shell-escape",
                "-interaction=nonstopmode",
                "-halt-on-error",
                &file,
            ])
            .current_dir(scratch.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        if said.contains(".sty' not found") {
            skipped("LaTeX lacks a package");
            return;
        }
        assert!(said.contains("(1 page"), "{name}: {said}");
    }
}
