//! Every example map is drawn in every format, and other programs accept what comes of it.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use grounds::analysis::Dossier;
use grounds::render::{Format, Style, render};
use grounds::source::NoFiles;
use grounds::view::Diagram;

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

fn diagram(map: &PathBuf) -> Diagram {
    let name = map.file_name().unwrap().to_string_lossy().into_owned();
    Diagram::of(&Dossier::open(&name, fs::read(map).unwrap(), &NoFiles))
}

/// A box of the layout: left, top, right, bottom.
type Box = (f64, f64, f64, f64);

fn boxes(layout: &[u8]) -> Vec<Box> {
    let layout: serde_json::Value = serde_json::from_slice(layout).unwrap();
    let number = |node: &serde_json::Value, key: &str| node[key].as_f64().unwrap();
    let rect = |node: &serde_json::Value| {
        let (x, y) = (number(node, "x"), number(node, "y"));
        (x, y, x + number(node, "width"), y + number(node, "height"))
    };
    layout["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(rect)
        .collect()
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
fn no_boxes_overlap() {
    for map in maps() {
        let layout = render(&diagram(&map), Format::Layout, &Style::default()).unwrap();
        let boxes = boxes(&layout);
        for (at, a) in boxes.iter().enumerate() {
            for b in &boxes[at + 1..] {
                let overlap = a.0 < b.2 && b.0 < a.2 && a.1 < b.3 && b.1 < a.3;
                assert!(!overlap, "{}: {a:?} and {b:?}", map.display());
            }
        }
    }
}

#[test]
fn graphviz_accepts_every_dot_file_without_a_word() {
    if Command::new("dot").arg("-V").output().is_err() {
        skipped("Graphviz is not installed");
        return;
    }
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("map.dot");
    for map in maps() {
        fs::write(
            &file,
            render(&diagram(&map), Format::Dot, &Style::default()).unwrap(),
        )
        .unwrap();
        let output = Command::new("dot")
            .args(["-Tsvg", "-o", "/dev/null"])
            .arg(&file)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.is_empty(),
            "{}: {said}",
            map.display()
        );
    }
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
