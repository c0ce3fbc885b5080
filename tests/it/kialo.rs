//! Kialo's text: what is written of a map is read as the same texts and links, and then written the same.

use std::fmt::Write as _;
use std::fs;

use grounds::analysis::Dossier;
use grounds::read;
use grounds::source::NoFiles;
use grounds::write::{Format, write};
use proptest::prelude::*;
use proptest::sample::select;

use crate::project;

fn read_back(written: &str) -> Dossier {
    let bytes = written.to_owned().into_bytes();
    Dossier::open_as(read::Format::Kialo, "m.txt", bytes, &NoFiles)
}

fn kialo(dossier: &Dossier) -> String {
    write(dossier, Format::Kialo).text
}

/// The texts of all statements with the addresses that they cite, each on one line and in order.
fn cited(dossier: &Dossier) -> Vec<String> {
    let url = |citation: &grounds::model::Citation| {
        let sources = dossier.map.sources.iter();
        let source = sources.clone().find(|it| it.id == citation.source.value);
        source.and_then(|it| it.url()).unwrap_or("none").to_owned()
    };
    let statements = dossier.map.statements.iter().map(|statement| {
        let words: Vec<&str> = statement.text.value.split_whitespace().collect();
        let mut urls: Vec<String> = statement.citations.iter().map(url).collect();
        urls.sort();
        format!("{} {urls:?}", words.join(" "))
    });
    let mut all: Vec<String> = statements.collect();
    all.sort();
    all
}

#[test]
fn a_thesis_that_begins_like_a_stance_is_none() {
    let map = "thesis: [\"Con: the case against.\", \"Pro: the case for.\"]\n";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let again = read_back(&kialo(&dossier));
    assert_eq!(again.problems, []);
    assert_eq!(again.map.theses.len(), 2, "{}", kialo(&dossier));
    assert_eq!(cited(&again), cited(&dossier));
    assert_eq!(kialo(&again), kialo(&dossier));
}

#[test]
fn titles_stand_in_the_text_or_behind_it_and_do_not_grow() {
    let map = "\
thesis:
  claim: School should start at nine.
  source: [study, board]
  reasons: [sleep, tired]
claims:
  sleep: {text: A study of sleep (a long study) says so, source: study}
  tired: {text: Pupils are tired, source: [again, study]}
sources:
  study: {title: A study, url: https://a.example/s_(1)}
  board: {title: The board, url: https://b.example}
  again: {title: The same study, url: https://a.example/s_(1)}
";
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let written = kialo(&dossier);
    assert_eq!(
        written,
        r"Discussion Title: m.yaml

1. School should start at nine. ([A study](https://a.example/s_\(1\)), [The board](https://b.example))
1.1. Pro: [A study](https://a.example/s_\(1\)) of sleep \(a long study\) says so
1.2. Pro: Pupils are tired ([A study](https://a.example/s_\(1\)), [A study](https://a.example/s_\(1\)))
"
    );
    let again = read_back(&written);
    assert_eq!(cited(&again), cited(&dossier));
    assert_eq!(kialo(&again), written);
    let lost: Vec<_> = write(&dossier, Format::Kialo)
        .losses
        .iter()
        .map(|it| it.what.to_string())
        .collect();
    assert_eq!(lost, ["titles of works that have the address of another"]);
}

#[test]
fn an_export_comes_back_with_its_links_where_they_were() {
    let text = fs::read_to_string(project("tests/data/kialo/sleep.txt")).unwrap();
    let read = read_back(&text);
    let written = kialo(&read);
    for link in [
        r"as [a study](https://example.org/sleep_\(2020\)) and [another](https://example.org/two) found.",
        // A work has one title, and that is not in these words.
        "It says so again. ([another](https://example.org/two))",
    ] {
        assert!(written.contains(link), "{written}");
    }
    assert_eq!(kialo(&read_back(&written)), written);
}

#[test]
fn very_many_links_are_written_in_time() {
    let mut map = String::from("thesis: T\nclaims:\n  c:\n    text: ");
    map.push_str(&"the study ".repeat(20_000));
    map.push_str("\n    source: [");
    let names: Vec<String> = (0..5_000).map(|at| format!("s{at}")).collect();
    map.push_str(&names.join(", "));
    map.push_str("]\nsources:\n");
    for name in names {
        let source =
            format!("  {name}: {{title: the study of {name}, url: 'https://a.example/{name}'}}\n");
        map.push_str(&source);
    }
    let map = map.replacen("thesis: T", "thesis: {claim: T., reasons: [c]}", 1);
    let dossier = Dossier::open("m.yaml", map.into(), &NoFiles);
    let written = kialo(&dossier);
    assert_eq!(kialo(&read_back(&written)), written);
}

/// Words that links could be, marks of Markdown, and what only looks like either.
fn words() -> impl Strategy<Value = String> {
    let pieces = select(vec![
        "study",
        "The study",
        "a report",
        "é",
        "report",
        "so",
        "(",
        ")",
        "[",
        "]",
        "\\",
        "*",
        "_",
        "-",
        "-> See 1.",
        ",",
        ";",
        ".",
        "[x](y)",
        "([x](y))",
        "(study)",
        "x",
        "🏛",
        "\u{a0}",
    ]);
    let spaced = (pieces, select(vec![" ", "", "  ", "\n"]));
    let spaced = spaced.prop_map(|(piece, space)| format!("{piece}{space}"));
    prop::collection::vec(spaced, 1..9).prop_map(|pieces| format!("T {}", pieces.concat()))
}

/// A title and an address, either of which another work may have.
fn source() -> impl Strategy<Value = (String, &'static str)> {
    let titles = select(vec![
        "study",
        "The study",
        "a report",
        "report",
        "[x](y)",
        "a (b)",
        "é",
        "so  so",
        "\\",
        "*x*",
        ", ",
        "-> See 1.",
    ]);
    let urls = select(vec![
        "https://a.example",
        "https://a.example/x_(y)",
        "https://a.example/b c",
        "https://a.example/\\",
        "https://b.example/)(",
        "https://b.example/[x]",
    ]);
    (titles.prop_map(str::to_owned), urls)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn texts_and_links_come_back_and_are_written_the_same(
        title in words(),
        claims in prop::collection::vec((words(), prop::collection::vec(0..4_usize, 0..4), 0..9_usize, any::<bool>()), 1..6),
        sources in prop::collection::vec(source(), 4),
        is_debate in any::<bool>(),
    ) {
        let quoted = |text: &str| serde_json::to_string(text).unwrap();
        let mut map = format!("title: {}\n", quoted(&title));
        map += if is_debate { "thesis: [c0, a]\n" } else { "thesis: c0\n" };
        map += "claims:\n  a: Alone.\n";
        for (at, (text, cites, _, _)) in claims.iter().enumerate() {
            let cites: Vec<String> = cites.iter().map(|source| format!("s{source}")).collect();
            let below = |pro: bool| {
                let under = claims.iter().enumerate().skip(at + 1);
                let under = under.filter(|(child, (_, _, parent, is_pro))| parent % child == at && *is_pro == pro);
                under.map(|(child, _)| format!("c{child}")).collect::<Vec<_>>().join(", ")
            };
            writeln!(
                map,
                "  c{at}: {{text: {}, source: [{}], reasons: [{}], objections: [{}]}}",
                quoted(text), cites.join(", "), below(true), below(false),
            ).unwrap();
        }
        map += "sources:\n";
        for (at, (title, url)) in sources.iter().enumerate() {
            writeln!(map, "  s{at}: {{title: {}, url: {}}}", quoted(title), quoted(url)).unwrap();
        }
        let dossier = Dossier::open("m.yaml", map.clone().into(), &NoFiles);
        prop_assert_eq!(&dossier.problems, &[], "{}", &map);
        let first = kialo(&dossier);
        let again = read_back(&first);
        let second = kialo(&again);
        prop_assert_eq!(&second, &first, "{}", &map);
        let n_cited = |dossier: &Dossier| {
            let statements = dossier.map.statements.iter();
            statements.map(|it| it.citations.len()).sum::<usize>()
        };
        prop_assert_eq!(n_cited(&again), n_cited(&dossier), "{}", &first);
        let words = |dossier: &Dossier| {
            let texts = dossier.map.statements.iter().map(|it| &it.text.value);
            let mut texts: Vec<String> =
                texts.map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
            texts.sort();
            texts.retain(|text| text != "Alone.");
            texts
        };
        prop_assert_eq!(words(&again), words(&dossier), "{}", &first);
        prop_assert_eq!(
            again.map.about.title.as_ref().map(|it| &it.value),
            Some(&title.split_whitespace().collect::<Vec<_>>().join(" "))
        );
    }
}
