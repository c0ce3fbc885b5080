//! Files of other programs as they come in the wild, and as somebody hostile would write them: read, or told of once.

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use grounds::analysis::Dossier;
use grounds::model::{ForeignFault, ProblemKind};
use grounds::read::Format;
use grounds::source::NoFiles;

use crate::cli::run;
use crate::project;
use crate::read::assert_reads_back;

/// A sound file of each foreign format.
const SOUND: [(Format, &str); 12] = [
    (Format::Aif, "ferry.json"),
    (Format::Xaif, "well.json"),
    (Format::Microtexts, "harbour.xml"),
    (Format::Sadface, "kite.json"),
    (Format::Arguebuf, "park.json"),
    (Format::Kialo, "sleep.txt"),
    (Format::Argdown, "ferry.argdown"),
    (Format::Mindmup, "stove.mup"),
    (Format::Argmap, "bees.yml"),
    (Format::Gsn2x, "lift.yaml"),
    (Format::Carneades, "lighthouse.yml"),
    (Format::Brat, "library.ann"),
];

fn path(format: Format, name: &str) -> PathBuf {
    project("tests/data").join(format.name()).join(name)
}

fn open(name: &str, bytes: impl Into<Vec<u8>>) -> Dossier {
    Dossier::open(name, bytes.into(), &NoFiles)
}

fn texts(dossier: &Dossier) -> Vec<&str> {
    let statements = dossier.map.statements.iter();
    statements.map(|it| it.text.value.as_str()).collect()
}

fn lost(dossier: &Dossier) -> Vec<String> {
    let losses = dossier.losses.iter();
    losses
        .map(|loss| format!("{} {}", loss.count, loss.what))
        .collect()
}

/// The faults of a foreign file, in a word each.
fn faults(dossier: &Dossier) -> Vec<&'static str> {
    let name = |kind: &ProblemKind| match kind {
        ProblemKind::Foreign { fault, .. } => match fault {
            ForeignFault::Unrecognised => "unrecognised",
            ForeignFault::Malformed { .. } => "malformed",
            ForeignFault::NoStatements => "no statements",
            ForeignFault::Missing { .. } => "missing",
            ForeignFault::Undefined { .. } => "undefined",
            ForeignFault::UndercutCircle => "circle",
            ForeignFault::Misplaced { .. } => "misplaced",
            ForeignFault::TextMissing { .. } => "no text beside it",
            ForeignFault::OtherWords { .. } => "other words",
        },
        ProblemKind::DuplicateId { .. } => "duplicate",
        ProblemKind::NotText(_) => "no text",
        other => panic!("{other:?}"),
    };
    let problems = dossier.problems.iter();
    problems.map(|problem| name(&problem.kind)).collect()
}

#[test]
fn every_encoding_and_line_ending_reads_the_same() {
    for (format, name) in SOUND {
        let text = fs::read_to_string(path(format, name)).unwrap();
        let plain = open(name, text.as_str());
        let units = || text.encode_utf16();
        let marked = || std::iter::once(0xfeff).chain(units());
        for (how, bytes) in [
            (
                "a byte order mark",
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            ),
            ("line feeds and returns", text.replace('\n', "\r\n").into()),
            (
                "UTF-16, little",
                marked().flat_map(u16::to_le_bytes).collect(),
            ),
            ("UTF-16, big", marked().flat_map(u16::to_be_bytes).collect()),
            (
                "UTF-16, unmarked",
                units().flat_map(u16::to_le_bytes).collect(),
            ),
        ] {
            let read = open(name, bytes);
            assert_eq!(read.format, format, "{name} with {how}");
            assert_eq!(texts(&read), texts(&plain), "{name} with {how}");
            assert_eq!(
                read.problems.len(),
                plain.problems.len(),
                "{name} with {how}"
            );
            let is_said = lost(&read).iter().any(|it| it.contains("UTF-16"));
            assert_eq!(is_said, how.starts_with("UTF-16"), "{name} with {how}");
        }
    }
}

/// A sound file of each format but argmap, with its text and its first sentence: in argmap sentences are keys, and
/// YAML ends a key on one line after 1024 characters.
fn first_sentences() -> impl Iterator<Item = (Format, &'static str, String, String)> {
    let sound = SOUND
        .into_iter()
        .filter(|(format, _)| *format != Format::Argmap);
    sound.map(|(format, name)| {
        let text = fs::read_to_string(path(format, name)).unwrap();
        let first = texts(&open(name, text.as_str()))[0].to_owned();
        (format, name, text, first)
    })
}

#[test]
fn windows_1252_is_read_and_said() {
    for (format, name, text, first) in first_sentences() {
        let word = first.split(' ').max_by_key(|word| word.len()).unwrap();
        let [before, after] = [&word[..1], &word[1..]];
        let changed = text.replace(word, &format!("{before}\u{fffd}{after}"));
        let latin: Vec<u8> = changed
            .split('\u{fffd}')
            .map(str::as_bytes)
            .collect::<Vec<_>>()
            .join(&b"\x93\xe9"[..]);
        let read = open(name, latin);
        assert_eq!(read.format, format, "{name}");
        let expected = first.replace(word, &format!("{before}“é{after}"));
        assert!(
            texts(&read).contains(&&*expected),
            "{name}: {:?}",
            texts(&read)
        );
        let said = "letters that are no UTF-8, read as Windows-1252";
        let loss = read.losses.iter().find(|loss| loss.what == said).unwrap();
        assert_eq!(
            loss.count,
            2 * (changed.matches('\u{fffd}').count()),
            "{name}"
        );
        let file = read.files.iter().next().unwrap();
        assert!(
            file.text()[loss.first.start as usize..].starts_with("“é"),
            "{name}"
        );
    }
}

#[test]
fn content_wins_over_the_ending_of_the_name() {
    for (format, name) in SOUND {
        let bytes = fs::read(path(format, name)).unwrap();
        for ending in ["json", "xml", "txt", "mup", "yaml", "yml", "argdown", ""] {
            // Nothing but its ending tells Argdown from a text, and YAML of other programs from JSON that is none.
            let is_foreign = ["json", "xml", "mup"].contains(&ending);
            let is_loose = [
                Format::Argdown,
                Format::Argmap,
                Format::Gsn2x,
                Format::Carneades,
            ]
            .contains(&format);
            let read = open(&format!("m.{ending}"), bytes.clone());
            if is_loose && (is_foreign || ending == "argdown") {
                assert!(!texts(&read).is_empty() || !read.problems.is_empty());
            } else {
                assert_eq!(read.format, format, "{name} as .{ending}");
            }
        }
    }
}

const ODD_AIF: &str = r#"{"nodes": [
    {"nodeID": 1, "type": "I", "text": "The well is dry."},
    {"nodeID": 2, "type": "I", "text": "It never rains."},
    {"nodeID": 3, "type": "RA", "text": "Default Inference"},
    {"nodeID": 4, "type": "RA", "text": null},
    {"nodeID": 5, "type": "CA", "scheme": null},
    {"nodeID": 6, "type": "L", "text": "Ida : It never rains"},
    {"nodeID": 7, "type": "L", "text": "Bo : No"},
    {"nodeID": 8, "type": "YA", "text": "Asserting"},
    {"nodeID": 9, "type": "XY", "text": "?"}
  ], "edges": [
    {"edgeID": 1, "fromID": 2, "toID": 3}, {"edgeID": 2, "fromID": 3, "toID": 1},
    {"edgeID": 3, "fromID": 4, "toID": 1}, {"edgeID": 4, "fromID": 2, "toID": 5},
    {"edgeID": 5, "fromID": 6, "toID": 7}, {"edgeID": 6, "fromID": 6, "toID": 8},
    {"edgeID": 7, "fromID": 8, "toID": 3}, {"edgeID": 8, "fromID": 1, "toID": 2},
    {"edgeID": 9, "fromID": 7, "toID": 5}
  ], "locutions": null, "schemefulfillments": null, "participants": null}"#;

#[test]
fn odd_graphs_are_read_and_what_is_odd_is_said() {
    let read = open("m.json", ODD_AIF);
    assert_eq!(read.problems, []);
    assert_eq!(
        texts(&read),
        ["The well is dry.", "It never rains.", "Bo : No"]
    );
    assert_eq!(read.map.inferences.len(), 1);
    let mut said = lost(&read);
    said.sort();
    assert_eq!(
        said,
        [
            "1 edges between statements without a step",
            "1 illocutionary forces",
            "1 locutions",
            "1 nodes of kinds that AIF does not have",
            "1 steps without a conclusion",
            "1 steps without premises",
        ]
    );
    for nothing in [
        r#"{"nodes": null, "edges": null, "locutions": null}"#,
        r#"{"nodes": [], "edges": [], "locutions": []}"#,
        r#"{"AIF": {"nodes": null}, "text": null}"#,
    ] {
        assert_eq!(
            faults(&open("m.json", nothing)),
            ["no statements"],
            "{nothing}"
        );
    }
}

#[test]
fn a_graph_without_nodes_is_converted_to_an_empty_map() {
    let scratch = tempfile::tempdir().unwrap();
    let nothing = r#"{"nodes": [], "edges": [], "locutions": []}"#;
    fs::create_dir(scratch.path().join("in")).unwrap();
    fs::write(scratch.path().join("in/nodeset1.json"), nothing).unwrap();
    fs::write(scratch.path().join("in/nodeset2.json"), ODD_AIF).unwrap();
    let one = run(
        scratch.path(),
        &["convert", "-f", "yaml", "in/nodeset1.json"],
    );
    assert_eq!(
        (one.code, one.stdout.as_str()),
        (0, "{}\n"),
        "{}",
        one.stderr
    );
    assert!(one.stderr.contains("no statement"), "{}", one.stderr);
    let all = run(
        scratch.path(),
        &["convert", "-f", "yaml", "in", "-o", "out"],
    );
    assert_eq!(all.code, 0, "{}", all.stderr);
    assert!(
        all.stdout.starts_with("2 files converted"),
        "{}",
        all.stdout
    );
    assert!(all.stderr.contains("`in/nodeset1.json`"), "{}", all.stderr);
}

#[test]
fn older_files_of_ova_and_other_spellings_of_its_envelope_are_read() {
    let node = |id: u32, kind: &str, text: &str| {
        format!(
            r#"{{"id":{id},"x":7,"y":9,"color":"b","type":"{kind}","text":"{text}","scheme":"72"}}"#
        )
    };
    let [a, b, step] = [
        node(1, "I", "The well is dry."),
        node(2, "I", "It never rains."),
        node(3, "RA", "Argument from Sign"),
    ];
    let ova = format!(
        r#"{{"nodes":[{a},{b},{step}],"edges":[{{"from":{b},"to":{step}}},{{"from":{step},"to":{a}}}],
            "participants":[],"analysis":{{"txt":"The well is dry."}}}}"#
    );
    let read = open("m.json", ova);
    assert_eq!((read.format, read.problems.len()), (Format::Aif, 0));
    assert_eq!(read.map.inferences.len(), 1);
    let scheme = read.map.inferences[0].scheme.as_ref();
    assert_eq!(scheme.map(|it| &*it.value), Some("sign"));
    let lower = format!(r#"{{"aif":{ODD_AIF},"ova":[],"text":""}}"#);
    let read = open("m.json", lower);
    assert_eq!((read.format, read.problems.len()), (Format::Xaif, 0));
    assert_eq!(texts(&read).len(), 3);
}

#[test]
fn each_fault_of_a_graph_is_one_finding() {
    let node =
        |id: &str, kind: &str| format!(r#"{{"nodeID":"{id}","type":"{kind}","text":"T {id}."}}"#);
    let edge = |from: &str, to: &str| format!(r#"{{"fromID":"{from}","toID":"{to}"}}"#);
    let graph = |nodes: &[String], edges: &[String]| {
        let (nodes, edges) = (nodes.join(","), edges.join(","));
        open(
            "m.json",
            format!(r#"{{"nodes":[{nodes}],"edges":[{edges}]}}"#),
        )
    };
    let base = [
        node("a", "I"),
        node("b", "I"),
        node("r", "RA"),
        node("c", "CA"),
        node("d", "CA"),
    ];
    let step = [edge("a", "r"), edge("r", "b")];
    let with_nodes = |more: &[String]| [&base, more].concat();
    let with_edges = |more: &[String]| [&step, more].concat();
    assert_eq!(faults(&graph(&base, &step)), [""; 0]);
    assert_eq!(
        faults(&graph(&with_nodes(&[node("a", "I")]), &step)),
        ["duplicate"]
    );
    assert_eq!(
        faults(&graph(&with_nodes(&[node("r", "CA")]), &step)),
        ["duplicate"]
    );
    assert_eq!(
        faults(&graph(&base, &with_edges(&[edge("a", "gone")]))),
        ["undefined"]
    );
    // Claims may support themselves and each other in a circle; that is for other rules to tell.
    assert_eq!(
        faults(&graph(
            &base,
            &with_edges(&[edge("b", "r"), edge("r", "a")])
        )),
        [""; 0]
    );
    let circle = [
        edge("a", "c"),
        edge("b", "d"),
        edge("c", "d"),
        edge("d", "c"),
    ];
    assert_eq!(faults(&graph(&base, &with_edges(&circle))), ["circle"]);
    let own = [edge("a", "c"), edge("c", "c")];
    assert_eq!(faults(&graph(&base, &with_edges(&own))), ["circle"]);
}

#[test]
fn attacks_on_attacks_do_not_double_without_end() {
    let (mut nodes, mut edges) = (
        String::from(r#"{"nodeID":"t","type":"I","text":"T."}"#),
        String::new(),
    );
    let layers = 400;
    for layer in 0..layers {
        for side in ["l", "r"] {
            write!(nodes, r#",{{"nodeID":"{side}{layer}","type":"CA"}}"#).unwrap();
            write!(edges, r#"{{"fromID":"t","toID":"{side}{layer}"}},"#).unwrap();
            let below = if layer == 0 {
                vec!["t".to_owned()]
            } else {
                vec![format!("l{}", layer - 1), format!("r{}", layer - 1)]
            };
            for target in below {
                write!(edges, r#"{{"fromID":"{side}{layer}","toID":"{target}"}},"#).unwrap();
            }
        }
    }
    let graph = format!(
        r#"{{"nodes":[{nodes}],"edges":[{}]}}"#,
        edges.trim_end_matches(',')
    );
    let read = open("m.json", graph);
    assert!(read.map.inferences.len() <= layers * 2 * 64);
    assert!(
        lost(&read)
            .iter()
            .any(|it| it.contains("behind its sixty-fourth"))
    );
}

#[test]
fn steps_with_very_many_premises_and_conclusions_are_read_in_time() {
    let n = 20_000;
    let (mut nodes, mut edges) = (String::from(r#"{"nodeID":"r","type":"RA"}"#), String::new());
    for at in 0..n {
        write!(nodes, r#",{{"nodeID":"p{at}","type":"I","text":"P."}},{{"nodeID":"c{at}","type":"I","text":"C."}}"#).unwrap();
        write!(
            edges,
            r#"{{"fromID":"p{at}","toID":"r"}},{{"fromID":"r","toID":"c{at}"}},"#
        )
        .unwrap();
    }
    let graph = format!(
        r#"{{"nodes":[{nodes}],"edges":[{}]}}"#,
        edges.trim_end_matches(',')
    );
    let read = grounds::read::read("m.json", graph.into_bytes(), &NoFiles);
    assert_eq!(read.map.inferences.len(), 64);
    let what = read
        .losses
        .iter()
        .find(|it| it.what.starts_with("conclusions"));
    assert_eq!(what.map(|it| it.count), Some(n - 64));
}

#[test]
fn claims_of_32_000_characters_are_read_and_written() {
    let long = "It rains. ".repeat(3_200).trim().to_owned();
    for (format, name, text, first) in first_sentences() {
        let read = open(name, text.replace(&first, &long));
        assert_eq!(read.format, format);
        // A sentence over several lines, or in pieces, is not replaced.
        if read.problems.is_empty() {
            assert_reads_back(&read);
        }
        let is_single = text.contains(&first);
        assert_eq!(texts(&read).contains(&&*long), is_single, "{name}");
    }
}

#[test]
fn trees_of_mindmup_are_read_ten_thousand_deep() {
    let n = 10_000;
    let group = r#"{"id":2,"title":"group","attr":{"group":"supporting"},"ideas":{"1":{"id":1,"title":"T is so.","ideas":{"1":"#;
    let tree = format!(
        r#"{{"formatVersion":3,"id":"root","title":"","ideas":{{"1":{{"id":9,"title":"R is so.","ideas":{{"1":{}{{}}{}}}}}}}}}"#,
        group.repeat(n),
        "}}}}".repeat(n)
    );
    let read = grounds::read::read("m.mup", tree.into_bytes(), &NoFiles);
    assert_eq!(read.format, Format::Mindmup);
    assert!(
        read.map.statements.len() >= n,
        "{}",
        read.map.statements.len()
    );
    assert_eq!(read.map.inferences.len(), n);
}

#[test]
fn bytes_of_no_text_are_one_finding() {
    for (format, _) in SOUND {
        let dossier = Dossier::open_as(
            format,
            "m",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            &NoFiles,
        );
        assert_eq!(
            faults(&dossier)
                .iter()
                .filter(|it| **it == "no text")
                .count(),
            1,
            "{format:?}"
        );
        assert_eq!(dossier.problems.len(), 1, "{format:?}");
    }
}
