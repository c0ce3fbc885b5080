//! Citation styles: works as a style writes them, files that are no style, and works that are hardly any.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use grounds::analysis::Dossier;
use grounds::cite::{MAX_TOGETHER, Style, StyleFault};
use grounds::source::NoFiles;
use hayagriva::archive::ArchivedStyle;
use proptest::prelude::*;

use crate::world::Memory;

const BIBLIOGRAPHY: &str = r"
@report{council, title = {Allotments in {Harbour} Ward}, author = {{Parks Committee}}, institution = {Harbour City Council}, date = {2024-03}}
@article{cool, title = {Streets that cool}, author = {Weir, Ana and Okoro, Sam}, journal = {Journal of Heat}, volume = 3, pages = {14--29}, year = 2021}
@article{warm, title = {Streets that do not}, author = {Weir, Ana and Okoro, Sam}, journal = {Journal of Heat}, volume = 4, pages = {1--9}, year = 2021}
@book{unread, title = {Unread}, author = {Nobody, Nora}, year = 2001}
";

const MAP: &str = "
bibliography: works.bib
thesis:
  claim: The allotments should stay.
  reasons:
    - {evidence: The list is long., source: {id: council, at: p. 3}}
    - {evidence: Gardens cool., source: [{id: cool, at: pp. 15-16}, {id: cool, at: para 4}, warm]}
    - {evidence: A letter says so., source: {id: letter, at: '12:30'}}
sources:
  letter: {title: 'To the {editor} for $5', author: [Office of Parks, 'Jones, Tom, Jr, PhD'], date: Spring 2020, doi: 10.1/x}
";

fn style(name: &str) -> Style {
    Style::named(name).unwrap_or_else(|| panic!("{name} is built in"))
}

fn cited(map: &str, style: &Style) -> Dossier {
    let file = ("works.bib".to_owned(), BIBLIOGRAPHY.as_bytes().to_vec());
    let world = Memory(BTreeMap::from([file]));
    let mut dossier = Dossier::open("map.yaml", map.as_bytes().to_vec(), &world);
    dossier.cite(style);
    dossier
}

/// All works in full, then what is asked for: of a source's id, how it is cited there.
fn written(dossier: &Dossier, uses: &[(&str, Option<&str>)]) -> Vec<String> {
    let n_works = dossier.map.sources.len() + dossier.map.uncited.len();
    let works = (0..n_works).map(|at| dossier.references.work(at).unwrap().to_text());
    let sources = &dossier.map.sources;
    let uses = uses.iter().map(|(id, at)| {
        let source = sources.iter().position(|source| source.id == *id).unwrap();
        dossier.references.citation(source, *at).unwrap().to_owned()
    });
    works.chain(uses).collect()
}

#[test]
fn works_and_places_are_written_as_the_style_wants() {
    let uses = [
        ("council", Some("p. 3")),
        ("cool", Some("pp. 15-16")),
        ("cool", Some("para 4")),
        ("warm", None),
        ("letter", Some("12:30")),
    ];
    assert_eq!(
        written(&cited(MAP, &style("apa")), &uses),
        [
            "Office of Parks, & Jones, Tom, Jr, PhD. (2020). To the {editor} for $5. https://doi.org/10.1/x",
            "Parks Committee. (2024). Allotments in Harbour Ward. Harbour City Council.",
            "Weir, A., & Okoro, S. (2021a). Streets that cool. Journal of Heat, 3, 14–29.",
            "Weir, A., & Okoro, S. (2021b). Streets that do not. Journal of Heat, 4, 1–9.",
            "Nobody, N. (2001). Unread.",
            "(Parks Committee, 2024, p. 3)",
            "(Weir & Okoro, 2021a, pp. 15–16)",
            "(Weir & Okoro, 2021a, para. 4)",
            "(Weir & Okoro, 2021b)",
            "(Office of Parks & Jones, Tom, Jr, PhD, 2020, 12:30)",
        ]
    );
    assert_eq!(
        written(&cited(MAP, &style("ieee")), &uses)[1..],
        [
            "[2] Parks Committee, “Allotments in Harbour Ward,” Harbour City Council, Mar. 2024.",
            "[3] A. Weir and S. Okoro, “Streets that cool,” Journal of Heat, vol. 3, pp. 14–29, 2021.",
            "[4] A. Weir and S. Okoro, “Streets that do not,” Journal of Heat, vol. 4, pp. 1–9, 2021.",
            "[5] N. Nobody, Unread. 2001.",
            "[2, p. 3]",
            "[3, pp. 15–16]",
            "[3, Para. 4]",
            "[4]",
            "[1, 12:30]",
        ]
    );
}

#[test]
fn in_styles_with_notes_every_note_stands_for_itself() {
    let uses = [("cool", Some("para 4")), ("cool", None)];
    assert_eq!(
        written(&cited(MAP, &style("chicago-notes")), &uses)[5..],
        [
            "Ana Weir and Sam Okoro, “Streets That Cool,” Journal of Heat 3 (2021): para. 4.",
            "Ana Weir and Sam Okoro, “Streets That Cool,” Journal of Heat 3 (2021): 14–29.",
        ]
    );
}

#[test]
fn italics_of_a_style_are_kept_and_its_order_too() {
    let dossier = cited(MAP, &style("apa"));
    let work = dossier.references.work(2).unwrap();
    let italic: Vec<&str> = work
        .runs
        .iter()
        .filter(|run| run.italic)
        .map(|run| run.text.as_str())
        .collect();
    assert_eq!(italic, ["Journal of Heat", "3"]);
    assert_eq!(dossier.references.in_order(), [0, 1, 2, 3]);
    assert_eq!(
        cited(MAP, &style("ieee")).references.in_order(),
        [0, 1, 2, 3]
    );
}

#[test]
fn many_works_are_written_each_for_itself() {
    let mut map =
        "thesis: {claim: C., reasons: [{evidence: E., source: s0}]}\nsources:\n".to_owned();
    for at in 0..=MAX_TOGETHER {
        let _ = writeln!(
            map,
            "  s{at}: {{title: T{at}, author: 'Weir, Ana', date: '2021'}}"
        );
    }
    let dossier = cited(&map, &style("ieee"));
    assert!(dossier.references.apart);
    assert_eq!(dossier.references.citation(1000, None), Some("[1001]"));
    let work = dossier.references.work(1000).unwrap().to_text();
    assert_eq!(work, "[1001] A. Weir, “T1000.” 2021.");
}

#[test]
fn every_built_in_style_writes_works_and_passes_as_a_file() {
    let mut styles = 0;
    for archived in ArchivedStyle::all() {
        let name = archived.names()[0];
        let xml = archived.get().to_xml().unwrap();
        let from_file = Style::parse(&xml).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        let dossier = cited(MAP, &from_file);
        for at in 0..4 {
            assert!(!dossier.references.work(at).unwrap().is_empty(), "{name}");
            assert!(dossier.references.citation(at, None).is_some(), "{name}");
        }
        styles += 1;
    }
    assert!(styles > 50 && Style::names().len() >= styles);
}

/// A style with these macros and this layout of citations.
fn csl(macros: &str, layout: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?>
<style xmlns="http://purl.org/net/xbiblio/csl" class="in-text" version="1.0">
  <info><title>Own</title><id>http://example.org/own</id><updated>2024-01-01T00:00:00+00:00</updated></info>
  {macros}
  <citation><layout prefix="&lt;" suffix="&gt;">{layout}</layout></citation>
</style>"#
    )
}

#[test]
fn a_style_of_ones_own_needs_no_list_of_references() {
    let text = csl(
        r#"<macro name="who"><names variable="author"><name form="short" and="text"/></names></macro>"#,
        r#"<text macro="who"/><text variable="title" prefix=": "/>"#,
    );
    let dossier = cited(MAP, &Style::parse(&text).unwrap());
    assert_eq!(
        written(&dossier, &[("cool", None)])[2..],
        [
            "<Weir and Okoro: Streets that cool>",
            "<Weir and Okoro: Streets that do not>",
            "<Nobody: Unread>",
            "<Weir and Okoro: Streets that cool>",
        ]
    );
}

fn fault(text: &str) -> StyleFault {
    Style::parse(text).expect_err("it is no style")
}

#[test]
fn what_is_no_style_is_told_why() {
    let told = |text: &str| fault(text).to_string();
    assert_eq!(
        told("<html><body/></html>"),
        "a CSL style begins with `<style>`, and this with `<html>`"
    );
    assert!(told("").starts_with("it is not XML: "));
    assert!(told("<style>\n<info></style>").contains("2:7"));
    assert!(told("<style/>").starts_with("it is not as CSL 1.0 has it: "));
    assert_eq!(
        told(&csl(
            r#"<macro name="author"/>"#,
            r#"<text macro="autor"/>"#
        )),
        "it uses the macro `autor`, which it does not have; did you mean `author`?"
    );
    let dependent = |parent: &str| {
        format!(
            r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" default-locale="en-GB"><info><title>D</title>
            <id>http://example.org/d</id><link href="{parent}" rel="independent-parent"/>
            <updated>2024-01-01T00:00:00+00:00</updated></info></style>"#
        )
    };
    assert_eq!(
        told(&dependent("http://www.zotero.org/styles/no-such-style")),
        "it is a dependent style, which only points to another: \
         take the file of `http://www.zotero.org/styles/no-such-style`"
    );
    let apa = ArchivedStyle::by_name("apa").unwrap().csl_id();
    let dossier = cited(MAP, &Style::parse(&dependent(apa)).unwrap());
    assert_eq!(
        dossier.references.citation(1, None),
        Some("(Parks Committee, 2024)")
    );
}

#[test]
fn styles_that_would_not_end_are_refused() {
    let circle = csl(
        r#"<macro name="a"><text macro="b"/></macro><macro name="b"><group><text macro="a"/></group></macro>"#,
        r#"<text macro="a"/>"#,
    );
    assert_eq!(fault(&circle), StyleFault::Circle("a".to_owned()));
    let mut doubling = r#"<macro name="m0"><text value="x"/></macro>"#.to_owned();
    for at in 1..40 {
        let below = at - 1;
        let _ = write!(
            doubling,
            r#"<macro name="m{at}"><text macro="m{below}"/><text macro="m{below}"/></macro>"#
        );
    }
    let bomb = csl(&doubling, r#"<text macro="m39"/>"#);
    assert!(matches!(fault(&bomb), StyleFault::TooLarge(_)));
    let mut chain = r#"<macro name="m0"><text value="x"/></macro>"#.to_owned();
    for at in 1..2000 {
        let _ = write!(
            chain,
            r#"<macro name="m{at}"><text macro="m{}"/></macro>"#,
            at - 1
        );
    }
    assert!(matches!(fault(&csl(&chain, "")), StyleFault::TooLarge(_)));
    let nested = csl("", &"<group>".repeat(10_000));
    assert!(matches!(fault(&nested), StyleFault::NotXml(_)));
    let deep = csl("", &("<group>".repeat(10_000) + &"</group>".repeat(10_000)));
    assert!(matches!(fault(&deep), StyleFault::TooLarge(_)));
    let long = csl("", &format!(r#"<text value="{}"/>"#, "x".repeat(2000)));
    assert!(matches!(fault(&long), StyleFault::TooLarge(_)));
    let entities = r#"<!DOCTYPE style [<!ENTITY a "aaaa">]><style>&a;</style>"#;
    assert!(matches!(fault(entities), StyleFault::NotXml(_)));
    assert!(matches!(
        fault(&" ".repeat(2 << 20)),
        StyleFault::TooLarge(_)
    ));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_work_is_too_strange_to_be_cited(
        fields in prop::collection::vec(("[a-z-]{3,9}|title|author|date|url|volume|edition|page-range|parent|type|language|serial-number|publisher|time-range|note", "\\PC{0,24}|-?[0-9]{1,30}|[0-9]{4}-[0-9]{2}|\\[\\PC{0,9}\\]|[0-9]+[-–,&][0-9]+"), 0..8),
        at in prop::option::of("\\PC{1,12}"),
    ) {
        let mut map = serde_json::Map::new();
        for (name, value) in fields {
            map.insert(name, value.into());
        }
        map.entry("title").or_insert("T".into());
        let other = serde_json::json!({"title": "Other", "parent": map.clone(), "author": [map.clone()]});
        let uses = serde_json::json!([{"id": "s", "at": at.unwrap_or_default()}, "o"]);
        let map = serde_json::json!({
            "thesis": {"claim": "C.", "reasons": [{"evidence": "E.", "source": uses}]},
            "sources": {"s": map, "o": other},
        });
        for name in ["apa", "ieee", "chicago-notes", "modern-language-association"] {
            let mut dossier = Dossier::open("m.yaml", map.to_string().into_bytes(), &NoFiles);
            dossier.cite(&style(name));
            let works: Vec<String> = (0..dossier.map.sources.len())
                .map(|at| dossier.references.work(at).unwrap().to_text())
                .collect();
            prop_assert!(works.iter().all(|work| !work.contains('\n')), "{works:?}");
        }
    }
}

#[test]
fn the_command_line_and_the_configuration_choose_a_style() {
    let csl = csl("", r#"<text variable="title"/>"#);
    let scratch = crate::config::folder(&[
        ("grounds.toml", "style = \"ieee\"\n"),
        ("map.yaml", MAP),
        ("works.bib", BIBLIOGRAPHY),
        ("own/grounds.toml", "style = \"own.csl\"\n"),
        ("own/own.csl", &csl),
        ("own/map.yaml", &MAP.replace("works.bib", "works.yml")),
        (
            "own/works.yml",
            "council: {type: report, title: Allotments}\n",
        ),
        ("wrong.toml", "style = \"appa\"\n"),
        ("not.csl", "<html/>"),
    ]);
    let list = |args: &[&str]| {
        let args = [&["table", "--view", "evidence", "-f", "csv"], args].concat();
        crate::cli::run(scratch.path(), &args)
    };
    let first = |args: &[&str]| {
        let run = list(args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let mut lines = run.stdout.lines().map(str::to_owned);
        (lines.next().unwrap(), lines.next().unwrap())
    };
    let (header, row) = first(&["map.yaml"]);
    assert_eq!(header, "id,text,citation,quote,supports");
    assert!(row.contains(",\"[2, p. 3]\","), "{row}");
    assert!(
        first(&["--style", "apa", "map.yaml"])
            .1
            .contains(",\"(Parks Committee, 2024, p. 3)\",")
    );
    assert!(first(&["own/map.yaml"]).1.contains(",<Allotments>,"));
    let plain = "id,text,source,at,quote,supports";
    assert_eq!(first(&["--style", "none", "map.yaml"]).0, plain);
    assert_eq!(first(&["--no-config", "map.yaml"]).0, plain);

    let refused = |args: &[&str], why: &str| {
        let run = list(args);
        assert_eq!((run.code, &*run.stdout, &*run.stderr), (2, "", why));
    };
    refused(
        &["--style", "apaa", "map.yaml"],
        "error: there is no citation style `apaa`; did you mean `apa`?\n",
    );
    refused(
        &["--style", "no.csl", "map.yaml"],
        "error: there is no file `no.csl`\n",
    );
    refused(
        &["--style", "not.csl", "map.yaml"],
        "error: `not.csl` cannot be used as a citation style: a CSL style begins with `<style>`, and this with `<html>`\n",
    );
    refused(
        &["--config", "wrong.toml", "map.yaml"],
        "error: wrong.toml:1:9: there is no citation style `appa`; did you mean `apa`?\n",
    );
}

#[test]
fn pictures_and_pages_cite_in_the_style() {
    let scratch = crate::config::folder(&[("map.yaml", MAP), ("works.bib", BIBLIOGRAPHY)]);
    let drawn = |format: &str| {
        let args = ["render", "map.yaml", "--style", "apa", "-f", format];
        let run = crate::cli::run(scratch.path(), &args);
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    };
    assert!(drawn("mermaid").contains("Parks Committee, 2024, p. 3"));
    assert!(drawn("html").contains("(Weir &amp; Okoro, 2021a, pp. 15–16)"));
    let report = ["report", "map.yaml", "--style", "apa", "-o", "out"];
    assert_eq!(crate::cli::run(scratch.path(), &report).code, 0);
    let page = |ending: &str| {
        std::fs::read_to_string(scratch.path().join(format!("out/map.{ending}"))).unwrap()
    };
    assert!(
        page("html")
            .contains("(2021a). Streets that cool. <em>Journal of Heat</em>, <em>3</em>, 14–29.")
    );
    assert!(page("md").contains("(2021a). Streets that cool."));
}
