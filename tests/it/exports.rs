//! Maps in other formats: what is written reads back, and what does not is counted.

use std::fmt::Write as _;

use grounds::analysis::Dossier;
use grounds::model::Target;
use grounds::read;
use grounds::source::NoFiles;
use grounds::write::{Format, write};
use proptest::prelude::*;

use crate::project;
use crate::world::Disk;

/// The format that reads what is written.
fn reader(format: Format) -> read::Format {
    read::Format::from_name(format.name()).expect("what is written can be read")
}

fn again(dossier: &Dossier, format: Format) -> Dossier {
    let text = write(dossier, format).text;
    let name = format!("m.{}", format.ending());
    Dossier::open_as(reader(format), &name, text.into(), &NoFiles)
}

/// What a map says, by the texts of its statements: premises, polarity and target of each step, in order.
fn steps(dossier: &Dossier) -> Vec<String> {
    let text = |at: usize| dossier.map.statements[at].text.value.clone();
    let step = |at: usize| {
        let mut premises: Vec<String> = dossier
            .graph
            .premises
            .get(at)
            .iter()
            .map(|it| text(it.index()))
            .collect();
        premises.sort();
        format!("{premises:?} {}", dossier.graph.polarities[at].name())
    };
    let mut steps: Vec<String> = (0..dossier.graph.n_inferences())
        .map(|at| match dossier.graph.targets[at] {
            Target::Statement(idx) => format!("{} of {:?}", step(at), text(idx.index())),
            Target::Inference(idx) => format!("{} of the step {}", step(at), step(idx.index())),
        })
        .collect();
    steps.sort();
    steps.dedup();
    steps
}

fn texts(dossier: &Dossier) -> Vec<String> {
    let texts = dossier.map.statements.iter();
    let mut texts: Vec<String> = texts
        .map(|it| {
            it.text
                .value
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        })
        .collect();
    texts.sort();
    texts
}

fn maps() -> Vec<Dossier> {
    let folder = std::fs::read_dir(project("maps")).unwrap();
    let mut paths: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.retain(|path| path.extension().is_some_and(|it| it == "yaml"));
    paths.sort();
    let open = |path: &std::path::PathBuf| {
        Dossier::open(
            path.file_name().unwrap().to_str().unwrap(),
            std::fs::read(path).unwrap(),
            &Disk(project("maps")),
        )
    };
    paths.iter().map(open).collect()
}

const NETS: [Format; 4] = [Format::Aif, Format::Xaif, Format::Sadface, Format::Arguebuf];

#[test]
fn nets_of_statements_and_steps_read_back_whole() {
    for dossier in maps()
        .iter()
        .filter(|it| it.graph.contradictions.is_empty())
    {
        for format in NETS {
            let read = again(dossier, format);
            assert_eq!(read.problems, [], "{}", format.name());
            assert_eq!(texts(&read), texts(dossier), "{}", format.name());
            assert_eq!(steps(&read), steps(dossier), "{}", format.name());
        }
    }
}

#[test]
fn every_format_of_every_map_reads_back_and_is_then_written_the_same() {
    for dossier in maps() {
        for format in Format::ALL {
            let name = format.name();
            let read = again(&dossier, format);
            assert_eq!(read.problems, [], "{name}");
            let twice = again(&read, format);
            assert_eq!(steps(&twice), steps(&read), "{name}");
            assert_eq!(texts(&twice), texts(&read), "{name}");
        }
    }
}

#[test]
fn argdown_keeps_reasons_linked_premises_and_undercuts() {
    let map = "thesis: {id: t, claim: T stands., reasons: [[a, b], c, {premises: d, objections: [u]}], objections: [o]}\n\
               claims: {a: A., b: B., c: C., d: D., u: U., o: {text: O., contradicts: c}}\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let read = again(&dossier, Format::Argdown);
    assert_eq!(read.problems, []);
    assert_eq!(steps(&read), steps(&dossier));
    assert_eq!(read.map.statement(read.graph.theses[0]).id, "t");
    assert_eq!(read.graph.contradictions.len(), 1);
}

#[test]
fn what_a_format_has_no_place_for_is_counted() {
    let map = "thesis: {id: t, claim: T stands., reasons: [[a, b], {premises: [c], objections: [a]}]}\n\
               claims: {a: {text: A., note: n}, b: {text: B., strength: likely}}\n\
               evidence: {c: {text: C., source: s}}\n\
               sources: {s: {title: S}}\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let lost = |format| -> Vec<String> {
        let losses = write(&dossier, format).losses;
        losses
            .iter()
            .map(|it| format!("{} {}", it.count, it.what))
            .collect()
    };
    let aif = lost(Format::Aif);
    for what in [
        "1 notes",
        "1 strengths",
        "1 kinds of statements",
        "1 citations",
        "1 that a statement is the thesis",
    ] {
        assert!(aif.iter().any(|it| it == what), "{what}: {aif:?}");
    }
    let kialo = lost(Format::Kialo);
    for what in [
        "1 that premises are linked",
        "1 that an objection is to a step",
        "1 citations of works without an address",
    ] {
        assert!(kialo.iter().any(|it| it == what), "{what}: {kialo:?}");
    }
}

#[test]
fn long_chains_are_written_in_time() {
    let n = 50_000;
    let mut map = String::from("thesis: s0\nclaims:\n");
    for at in 0..n {
        writeln!(map, "  s{at}: {{text: S., reasons: [s{}]}}", at + 1).unwrap();
    }
    writeln!(map, "evidence: {{s{n}: E.}}").unwrap();
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    for format in Format::ALL {
        let written = write(&dossier, format);
        assert!(written.text.len() < 30_000_000, "{}", format.name());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Texts with everything that means something somewhere.
    #[test]
    fn hostile_texts_survive(words in proptest::collection::vec(
        prop_oneof![
            Just("[A]:"), Just("<B>"), Just("<!-- c"), Just("-->"), Just("// x"), Just("/* y"), Just("#tag"),
            Just("#(t)"), Just("{a: 1}"), Just("@[A]"), Just("**b**"), Just("_c_"), Just("\\"), Just("]]>"),
            Just("</script>"), Just("\"q\""), Just("'"), Just("1.1. Pro:"), Just("-> See 1."), Just("(1)"),
            Just("+"), Just("--"), Just(":A:"), Just(".E."), Just("\u{202e}x"), Just("日本"), Just("e\u{301}"),
            Just("🙂"), Just("==="), Just("a"), Just("http://x.example/y_z"), Just("==[x](http://y)"),
        ],
        1..8,
    )) {
        let text = words.join(" ");
        let quoted = serde_json::to_string(&text).unwrap();
        let map = format!("thesis: {{id: t, claim: {quoted}, reasons: [[a, b]], objections: [o]}}\nclaims: {{a: {quoted}, b: {{text: {quoted}}}, o: \"o {}\"}}\n", quoted.trim_matches('"'));
        let dossier = Dossier::open("m.yaml", map.clone().into(), &NoFiles);
        prop_assume!(dossier.map.statements.len() == 4);
        for format in Format::ALL {
            let read = again(&dossier, format);
            prop_assert_eq!(&read.problems, &[], "{}\n{}", format.name(), write(&dossier, format).text);
            prop_assert_eq!(texts(&read), texts(&dossier), "{}\n{}", format.name(), write(&dossier, format).text);
        }
    }
}
