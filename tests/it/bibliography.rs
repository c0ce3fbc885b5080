//! Bibliographies: what joins the sources, faults at their places, and hostile files.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use grounds::analysis::Dossier;
use grounds::check;
use grounds::config::Config;
use grounds::view::table::{Cell, Query, View};
use proptest::prelude::*;

use crate::world::Memory;

/// A map that cites these keys, with these files beside it; the last is its bibliography.
fn dossier(cited: &str, files: &[(&str, &str)]) -> Dossier {
    let (name, _) = files.last().unwrap();
    let map = format!(
        "bibliography: {name}\nthesis: {{claim: It stands., reasons: [{{evidence: It is so., source: [{cited}]}}]}}\n"
    );
    open(&map, files)
}

fn open(map: &str, files: &[(&str, &str)]) -> Dossier {
    let files = files
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let world = Memory(files.collect::<BTreeMap<_, _>>());
    Dossier::open("map.yaml", map.as_bytes().to_vec(), &world)
}

/// The sources of a map with all their fields, one a line.
fn sources(dossier: &Dossier) -> Vec<String> {
    let source = |source: &grounds::model::Source| {
        let fields = source.fields.iter();
        let fields = fields.map(|(name, value)| format!("; {}: {}", name.value, value.to_line()));
        format!(
            "{}: {}{}",
            source.id,
            source.title.value,
            fields.collect::<String>()
        )
    };
    dossier.map.sources.iter().map(source).collect()
}

fn findings(dossier: &Dossier) -> Vec<String> {
    let report = check(dossier, &Config::default());
    let found = report.findings.iter().map(|finding| {
        let file = dossier.files.get(finding.span.file);
        let at = file.position(finding.span.start);
        let (name, rule) = (file.name(), finding.rule.name);
        format!(
            "{name}:{}:{} {} [{rule}]",
            at.line, at.column, finding.message
        )
    });
    found.collect()
}

#[test]
fn what_is_cited_out_of_bibtex_has_hayagrivas_fields() {
    let bib = r#"
@string{press = "Harbour " # {Press}}
@book{art, author = {Donald E. Knuth and M{\"u}ller, Jan}, title = "The \emph{Art} of {TeX}",
  publisher = press, year = 1997, month = mar, url = {https://example.org/a_b}, urldate = {2020-01-02}}
@inproceedings{talk, author = {{Parks Committee}}, title = {A Talk}, pages = {3--9}, crossref = {proc}}
@proceedings{proc, title = {Proceedings of the Harbour}, date = {2024-05-06}}
@misc{uncited, title = {Not cited}}
"#;
    let dossier = dossier("art, talk", &[("works.bib", bib)]);
    assert_eq!(findings(&dossier), Vec::<String>::new());
    assert_eq!(
        sources(&dossier),
        [
            "art: The Art of TeX; author: Knuth, Donald E., Müller, Jan; publisher: Harbour Press; type: book; \
             url: https://example.org/a_b; date: 1997-03; accessed: 2020-01-02",
            "talk: A Talk; author: Parks Committee; page-range: 3-9; parent: Proceedings of the Harbour; type: article",
        ]
    );
    let uncited = dossier.map.uncited.iter().map(|source| &source.id);
    assert_eq!(uncited.collect::<Vec<_>>(), ["proc", "uncited"]);
}

#[test]
fn an_entry_completes_the_source_of_the_map_that_has_its_key() {
    let map = "\
bibliography: works.yml
thesis: {claim: It stands., reasons: [{evidence: It is so., source: [own, far]}]}
sources:
  own: {reliability: B, date: 2001}
";
    let yml = "\
own: {type: book, title: 'The {GPU}', date: 1999, publisher: {name: Press, location: Here}}
far: {type: web, title: Far, derived-from: own}
";
    let dossier = open(map, &[("works.yml", yml)]);
    assert_eq!(findings(&dossier), Vec::<String>::new());
    assert_eq!(
        sources(&dossier),
        [
            "own: The GPU; date: 2001; type: book; publisher: Press",
            "far: Far; type: web"
        ]
    );
    assert_eq!(dossier.graph.origins.get(1), [0]);
    assert_eq!(
        dossier.map.sources[0].reliability.as_ref().unwrap().value,
        "B"
    );
}

#[test]
fn maps_that_share_a_bibliography_share_its_works() {
    let map = "\
bibliography: works.yml
include: part.yaml
thesis: {claim: It stands., reasons: [{evidence: It is so., source: w}, part/e]}
";
    let part = "\
bibliography: works.yml
thesis: {id: e, evidence: It is so there., source: w}
";
    let dossier = open(map, &[("part.yaml", part), ("works.yml", "w: {title: W}")]);
    assert_eq!(dossier.problems, []);
    assert_eq!(sources(&dossier), ["w: W"]);
    let cited = dossier.graph.statements();
    let cited: Vec<_> = cited
        .flat_map(|statement| dossier.graph.citations.get(statement.index()))
        .collect();
    assert_eq!(cited, [&Some(0), &Some(0)]);
}

#[test]
fn faults_stand_at_their_places_and_cost_no_more_than_their_entry() {
    let bib = "\
@misc{open, title = {Open}
@misc{a, title = {A}, publisher = nowhere}
@misc{comma title = {No comma}}
@misc{a, title = {Again}}
@misc{round, xdata = {other}, title = {R}}
@misc{other, xdata = {round}}
@misc{quiet, publisher = nowhere}
@string{x = x # \"y\"}
";
    let found = findings(&dossier("a, round, nope", &[("works.bib", bib)]));
    assert_eq!(
        found,
        [
            "works.bib:1:1 no brace closes this block [faulty-bibliography]",
            "works.bib:2:23 `publisher` is left out: nothing above defines `nowhere`; a text stands in braces or quotation marks [faulty-bibliography]",
            "works.bib:3:13 a comma is missing here [faulty-bibliography]",
            "works.bib:4:7 the id `a` is used twice [duplicate-id]",
            "works.bib:5:14 `xdata` leads back to its own entry, or to more than 16 others [faulty-bibliography]",
            "works.bib:8:9 nothing above defines `x` [faulty-bibliography]",
        ]
    );
}

#[test]
fn a_mistyped_key_is_found_once_the_bibliography_is_sound() {
    let yml = "council2024: {title: C, tilte: D}\nother: {tilte: E}\n";
    let found = findings(&dossier("counci2024, council2024", &[("works.yaml", yml)]));
    assert_eq!(
        found,
        [
            "map.yaml:2:70 no source has the id `counci2024` [undefined-source]",
            "works.yaml:1:25 a source has no key `tilte` [unknown-key]",
        ]
    );
}

#[test]
fn files_that_are_no_bibliographies_are_told() {
    let expect = |name: &str, text: &str, expected: &str| {
        let found = findings(&dossier("a", &[(name, text)]));
        assert!(found[0].starts_with(expected), "{found:?}");
    };
    expect("works.txt", "", "map.yaml:1:15 `bibliography` cannot be");
    expect(
        "works.yml",
        "[a]",
        "works.yml:1:1 a bibliography must be a mapping",
    );
    expect("works.yml", "a: [", "works.yml:1:4");
    expect("works.bib", "@misc{a,\0", "works.bib:1:");
    let outside = open("bibliography: ../../x.bib\nthesis: T stands.\n", &[]);
    assert!(findings(&outside)[0].contains("[path-outside-project]"));
    let missing = open("bibliography: x.bib\nthesis: T stands.\n", &[]);
    assert_eq!(
        findings(&missing)[0],
        "map.yaml:1:15 there is no file `x.bib` [faulty-bibliography]"
    );
}

/// Bibliographies that ask for far more than their size, each with its name.
fn bombs() -> Vec<(&'static str, String)> {
    let n = 50_000;
    let bomb = (1..60)
        .map(|at: usize| format!("@string{{s{at} = s{} # s{}}}\n", at - 1, at - 1))
        .collect::<Vec<_>>()
        .concat();
    let chain = (0..20_000)
        .map(|at: usize| format!("@misc{{k{at}, crossref = {{k{}}}}}\n", at + 1))
        .collect::<Vec<_>>()
        .concat();
    let double = (0..40)
        .map(|at: usize| format!("@misc{{k{at}, xdata = {{k{}, k{}}}}}\n", at + 1, at + 1))
        .collect::<Vec<_>>()
        .concat();
    vec![
        (
            "a.bib",
            format!("@misc{{a, title = {}{}}}", "{".repeat(n), "}".repeat(n)),
        ),
        (
            "a.bib",
            format!("@misc{{a, title = {{{}}}}}", "{x}".repeat(50_000)),
        ),
        (
            "a.bib",
            format!(
                "@misc{{a, title = {{{}x{}}}}}",
                "\\a{".repeat(n),
                "}".repeat(n)
            ),
        ),
        ("a.bib", "@misc{a,\n".repeat(n)),
        ("a.bib", "@comment{".repeat(n)),
        (
            "a.bib",
            format!("@string{{s0 = {{0123456789}}}}\n{bomb}@misc{{k0, title = s59}}"),
        ),
        ("a.bib", chain),
        ("a.bib", double),
        (
            "a.bib",
            format!("@misc{{k0, author = {{{}}}}}", "A and ".repeat(40_000)),
        ),
        (
            "a.bib",
            format!(
                "@misc{{k0, year = {{{}}}, month = {{13 999}}}}",
                "9".repeat(n)
            ),
        ),
        ("a.yml", format!("k0: {}", "[".repeat(n))),
        ("a.yml", format!("k0: {{parent: {}", "{parent: ".repeat(n))),
        ("a.yml", "k0: {title: T}\n".repeat(n)),
    ]
}

#[test]
fn hostile_bibliographies_take_little_time_and_no_stack() {
    for (name, text) in bombs() {
        let start = Instant::now();
        let dossier = dossier("k0", &[(name, &text)]);
        let findings = findings(&dossier).len();
        let time = start.elapsed();
        let start = text.chars().take(40).collect::<String>();
        assert!(
            time < Duration::from_secs(5),
            "{start}: {time:?}, {findings}"
        );
    }
}

/// Pieces of which the readers of fields are fond, well and badly formed.
const PIECES: [&str; 26] = [
    "{",
    "}",
    "\\",
    "\"",
    "#",
    ",",
    "=",
    "@",
    "-",
    "/",
    "~",
    "2024",
    "00",
    "13",
    "½",
    "and",
    "\\\"u",
    "$",
    "%",
    " ",
    "\n",
    "é",
    "Smith, J.",
    "10.1/x",
    "99999999999999999999",
    "vol",
];
const FIELDS: [&str; 22] = [
    "title",
    "author",
    "editor",
    "date",
    "year",
    "month",
    "urldate",
    "pages",
    "volume",
    "number",
    "edition",
    "url",
    "doi",
    "eprint",
    "language",
    "langid",
    "journaltitle",
    "crossref",
    "ids",
    "pagetotal",
    "editortype",
    "eventdate",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_entry_whatsoever_makes_the_reader_panic(
        fields in prop::collection::vec(
            (0..FIELDS.len(), prop::collection::vec(0..PIECES.len(), 0..6)), 1..6),
        kind in prop::sample::select(vec!["article", "book", "misc", "online", "inproceedings", "patent"]),
    ) {
        let fields: Vec<String> = fields
            .iter()
            .map(|(name, pieces)| {
                let text: String = pieces.iter().map(|piece| PIECES[*piece]).collect();
                format!(", {} = {{{text}}}", FIELDS[*name])
            })
            .collect();
        let dossier = dossier("k", &[("a.bib", &format!("@{kind}{{k{}}}\n@misc{{b, title = {{B}}}}", fields.concat()))]);
        prop_assert!(dossier.files.iter().count() == 2);
    }
}

/// A table of the works, a line for each, its cells joined by bars.
fn listed(dossier: &Dossier, columns: &[&str], all: bool) -> Vec<String> {
    let mut query = Query::new(View::Sources).select(columns).unwrap();
    if all {
        query = query.with_uncited();
    }
    let row = |row: &Vec<Cell>| {
        let cells: Vec<String> = row.iter().map(|cell| cell.value.to_text()).collect();
        cells.join(" | ")
    };
    query.table(dossier).rows.iter().map(row).collect()
}

#[test]
fn what_is_known_of_the_works_is_told_quote_by_quote_and_copy_by_copy() {
    let map = "\
bibliography: b.bib
thesis: {claim: It stands., reasons: [a, b, c, d]}
evidence:
  a: {text: A., source: {id: study, quote: the roof leaks}}
  b: {text: B., source: {id: study, quote: “the roof leaks”}}
  c: {text: C., source: [{id: study, quote: nobody was hurt by it}, {id: gone, quote: x}]}
  d: {text: D., source: [echo, {id: minutes, quote: all agreed}]}
sources:
  study: {title: Study, file: s.txt, sha256: '0000000000000000000000000000000000000000000000000000000000000000', reliability: B}
  echo: {title: Echo, derived-from: study, reliability: F}
  gone: {title: Gone, file: gone.txt}
  minutes: {title: Minutes, file: m.txt}
  idle: {title: Idle, file: m.txt}
";
    let files = [
        ("b.bib", "@book{spare, title = {Spare}}"),
        ("s.txt", "We saw that the roof leaks.\n"),
        ("m.txt", "In the end all agreed.\n"),
    ];
    let files = files.map(|(name, text)| (name.to_owned(), text.as_bytes().to_vec()));
    let world = Memory(files.into_iter().collect());
    let dossier = Dossier::open("map.yaml", map.into(), &world).verified(&world);
    let columns = ["id", "statements", "quotes", "rating", "counts-as", "copy"];
    assert_eq!(
        listed(&dossier, &columns, true),
        [
            "study | a, b, c | 1 of 3 found, 1 differs, 1 not found | usually reliable |  | changed",
            "echo | d |  | cannot be judged | study | none",
            "gone | c | 0 of 1 found, 1 not checked |  |  | missing",
            "minutes | d | 1 of 1 found |  |  | there",
            "idle |  |  |  |  | unread",
            "spare |  |  |  |  | none",
        ]
    );
    let numbers = ["quotes-found", "quotes-differ", "quotes-missing"];
    assert_eq!(listed(&dossier, &numbers, false)[0], "1 | 1 | 1");
}

#[test]
fn files_are_read_only_for_a_table_that_tells_of_them() {
    let query = || Query::new(View::Sources);
    assert!(!query().reads_files());
    assert!(query().select(&View::AUDIT).unwrap().reads_files());
    assert!(query().filter("copy=missing").unwrap().reads_files());
    assert!(query().sort("quotes-missing", true).unwrap().reads_files());
}
