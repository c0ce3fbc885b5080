//! Texts that could act, or climb out of their box, in pages and in the formats that are no text.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use grounds::analysis::Dossier;
use grounds::layout::{Rect, lay_out};
use grounds::render::{Format, Style, render};
use grounds::source::NoFiles;
use grounds::view::Diagram;
use resvg::tiny_skia::Pixmap;

use crate::cli::run;
use crate::skipped;

/// Markup, ends of markup, the languages of pictures, controls, and letters that are hard to set.
fn texts() -> Vec<String> {
    let short = [
        "</script><script>alert(1)</script><img src=x onerror=alert(1)>",
        "]]> --> </style></svg></title> <!-- &lt;b&gt; &#x3c;",
        "\\input{x} $x_1^2$ %c {n} #1 ~ \\end{document}",
        "\"]; a -> b [label=<<b>x</b>>, URL=\"javascript:1\"] // {",
        "' onclick='alert(1)' \" onfocus=\"alert(1)",
        "a\u{202e}cba\u{202c} b\u{2066}d\u{2069} \u{200f}e\u{2028}f",
        "👩\u{200d}🚀 🏳\u{fe0f}\u{200d}🌈 🇪🇺 👍🏽",
        "漢字かな交じり文、한국어와 עברית العربية",
        "[x](javascript:alert(1)) `y` <javascript:alert(1)>",
    ];
    let short = short.map(str::to_owned).into_iter();
    let piled = format!("Z{}a{}", "\u{301}".repeat(60), "\u{323}".repeat(60));
    short.chain([piled, "W".repeat(5_000)]).collect()
}

/// What is no link, and what is one.
const UNSAFE: [&str; 8] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://a.example/x",
    "//evil.example/x",
];
const SAFE: [&str; 3] = [
    "https://a.example/?b=1",
    "mailto:a@b.example",
    "scans/a.pdf",
];

/// A map that has each text wherever one can stand, and each address.
fn map(texts: &[String]) -> String {
    let addresses = UNSAFE.iter().chain(&SAFE).cycle();
    let (mut sources, mut premises) = (serde_json::json!({}), Vec::new());
    let n_statements = texts.len().max(UNSAFE.len() + SAFE.len());
    for (at, (text, url)) in texts
        .iter()
        .cycle()
        .zip(addresses)
        .take(n_statements)
        .enumerate()
    {
        sources[format!("s{at}")] = serde_json::json!({"title": text, "author": text, "url": url});
        premises.push(serde_json::json!({
            "id": format!("p{at}"), "evidence": text, "label": text, "note": text, "tags": [text],
            "source": {"id": format!("s{at}"), "at": text, "quote": text},
        }));
    }
    let thesis = serde_json::json!({"id": "t", "claim": texts[0], "reasons": premises});
    let map = serde_json::json!({"title": texts[0], "question": texts[1], "description": texts[2],
        "thesis": thesis, "sources": sources});
    map.to_string()
}

/// The pages that the program writes of a map, by what they are.
fn pages(map: &str) -> Vec<(&'static str, String)> {
    let scratch = tempfile::tempdir().unwrap();
    fs::write(scratch.path().join("m.yaml"), map).unwrap();
    for args in [
        &["render", "m.yaml", "-o", "page.html"][..],
        &["report", "m.yaml", "-o", "out"],
    ] {
        let run = run(scratch.path(), args);
        assert_eq!(run.code, 0, "{}", run.stderr);
    }
    let files = [
        ("page", "page.html"),
        ("report", "out/m.html"),
        ("index", "out/index.html"),
    ];
    let read = |file: &str| fs::read_to_string(scratch.path().join(file)).unwrap();
    files.map(|(what, file)| (what, read(file))).into()
}

/// What a browser makes of a page.
#[derive(Default)]
struct Read {
    /// Elements with an attribute each.
    names: BTreeSet<String>,
    n_scripts: usize,
    links: Vec<String>,
    text: String,
}

fn read(html: &str) -> Read {
    let word = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let mut read = Read::default();
    let mut emitter = html5gum::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in html5gum::Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        match token {
            html5gum::Token::StartTag(tag) => {
                let name = word(&tag.name);
                read.n_scripts += usize::from(name == "script");
                for (attribute, value) in &tag.attributes {
                    let attribute = word(attribute);
                    if attribute == "href" {
                        read.links.push(word(&value.value));
                    }
                    read.names.insert(format!("{name} {attribute}"));
                }
                read.names.insert(name);
            }
            html5gum::Token::String(text) => read.text += &word(&text.value),
            _ => {}
        }
    }
    read
}

/// A text without what is replaced or set as a space.
fn seen(text: &str) -> String {
    let is_control = |c: &char| c.is_control() || is_of_direction(*c);
    let is_seen = |c: &char| !c.is_whitespace() && !is_control(c) && *c != '\u{fffd}';
    text.chars().filter(is_seen).collect()
}

/// The separators of lines, which the words of a page must not have either, and the controls of the bidirectional
/// algorithm.
fn is_of_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[test]
fn in_pages_and_reports_texts_are_texts_and_unsafe_addresses_no_links() {
    let hostile = texts();
    let tame: Vec<String> = (0..hostile.len())
        .map(|at| format!("Text {at} is so."))
        .collect();
    let plain = pages(&map(&tame));
    for ((what, page), (_, plain)) in pages(&map(&hostile)).iter().zip(&plain) {
        assert_eq!(page.chars().find(|it| is_of_direction(*it)), None, "{what}");
        let (page, plain) = (read(page), read(plain));
        let more: Vec<&String> = page.names.difference(&plain.names).collect();
        assert_eq!(more, [""; 0], "{what}");
        assert_eq!(page.n_scripts, plain.n_scripts, "{what}");
        let is_ours = |link: &&String| {
            link.starts_with('#')
                || ["m.html", "m.md"].contains(&&***link)
                || SAFE.contains(&&***link)
        };
        let foreign: Vec<&String> = page.links.iter().filter(|link| !is_ours(link)).collect();
        assert_eq!(foreign, [""; 0], "{what}");
        if *what == "index" {
            continue;
        }
        assert!(
            SAFE.iter()
                .all(|it| page.links.iter().any(|link| link == it)),
            "{what}"
        );
        let shown = seen(&page.text);
        for text in &hostile {
            assert!(shown.contains(&seen(text)), "{what} does not show {text}");
        }
    }
}

/// Boxes with the hostile texts and nothing beside them.
fn boxes() -> Diagram {
    let map = map(&texts());
    let mut diagram = Diagram::of(&Dossier::open("m.yaml", map.into_bytes(), &NoFiles));
    diagram.title.clear();
    diagram.question = None;
    diagram.edges.clear();
    diagram.junctions.clear();
    diagram
}

fn style() -> Style {
    let mut style = Style::default();
    style.layout.legend = false;
    style
}

/// Whether a point is in one of some boxes or on its border.
fn is_in(boxes: &[Rect], x: f64, y: f64, border: f64) -> bool {
    boxes.iter().any(|it| {
        it.x - border <= x
            && x <= it.right() + border
            && it.y - border <= y
            && y <= it.bottom() + border
    })
}

#[test]
fn in_a_png_nothing_is_drawn_beside_the_boxes() {
    let (diagram, style) = (boxes(), style());
    let drawing = lay_out(&diagram, &style.layout);
    let rects: Vec<Rect> = drawing.nodes.iter().map(|it| it.rect).collect();
    let png = render(&diagram, Format::Png, &style).unwrap();
    let picture = Pixmap::decode_png(&png).unwrap();
    let scale = f64::from(picture.width()) / drawing.width;
    let paper = picture.pixel(0, 0).unwrap();
    let (mut n_drawn, mut beside) = (0, Vec::new());
    for (at, pixel) in (0_u32..).zip(picture.pixels()) {
        let (row, column) = (at / picture.width(), at % picture.width());
        if *pixel == paper {
            continue;
        }
        n_drawn += 1;
        let [x, y] = [column, row].map(|it| (f64::from(it) + 0.5) / scale);
        if !is_in(&rects, x, y, 3.0) {
            beside.push((x, y));
        }
    }
    assert!(n_drawn > 100_000, "{n_drawn}");
    assert_eq!(beside.first(), None, "{} pixels", beside.len());
}

/// The words of a PDF with their places, as `pdftotext -bbox` finds them, and the page's width.
fn words(file: &Path) -> (Vec<(String, Rect)>, f64) {
    let found = Command::new("pdftotext")
        .arg("-bbox")
        .arg(file)
        .arg("-")
        .output();
    let found = String::from_utf8(found.unwrap().stdout).unwrap();
    let attribute = |line: &str, name: &str| -> f64 {
        let (_, rest) = line.split_once(&format!("{name}=\"")).unwrap();
        rest.split('"').next().unwrap().parse().unwrap()
    };
    let page = found.lines().find(|it| it.contains("<page")).unwrap();
    let words = found.lines().filter(|it| it.contains("<word"));
    let placed = words.map(|line| {
        let [x, y, right, bottom] = ["xMin", "yMin", "xMax", "yMax"].map(|it| attribute(line, it));
        let rect = Rect {
            x,
            y,
            width: right - x,
            height: bottom - y,
        };
        (line.to_owned(), rect)
    });
    (placed.collect(), attribute(page, "width"))
}

#[test]
fn in_a_pdf_every_word_is_in_its_box() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        skipped("pdftotext is not installed");
        return;
    }
    let (diagram, style) = (boxes(), style());
    let drawing = lay_out(&diagram, &style.layout);
    let rects: Vec<Rect> = drawing.nodes.iter().map(|it| it.rect).collect();
    let scratch = tempfile::tempdir().unwrap();
    let file = scratch.path().join("m.pdf");
    fs::write(&file, render(&diagram, Format::Pdf, &style).unwrap()).unwrap();
    let (words, width) = words(&file);
    let scale = width / drawing.width;
    assert!(words.len() > 100, "{}", words.len());
    for (word, rect) in words {
        let [x, right] = [rect.x, rect.right()].map(|it| it / scale);
        let middle = rect.centre().y / scale;
        for x in [x, right] {
            assert!(is_in(&rects, x, middle, 1.0), "{word} at {x}, {middle}");
        }
    }
}

#[test]
fn a_pdf_links_safe_addresses_only() {
    let mut diagram = boxes();
    diagram.nodes.truncate(1);
    let mut links = |address: &str| {
        diagram.nodes[0].link = Some(address.to_owned());
        let pdf = render(&diagram, Format::Pdf, &style()).unwrap();
        pdf.windows(4).any(|it| it == b"/URI")
    };
    for address in SAFE {
        assert!(links(address), "{address}");
    }
    for address in UNSAFE {
        assert!(!links(address), "{address}");
    }
}
