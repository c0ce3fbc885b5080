//! What holds for every page, whatever is in its map.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::read::ZlibDecoder;
use proptest::prelude::*;

use super::*;
use crate::analysis::Dossier;
use crate::config::Config;
use crate::layout::text::{inert, inert_char};
use crate::render::Style;
use crate::rules;
use crate::source::NoFiles;
use crate::view::Diagram;
use crate::view::address::is_safe;

const HOSTILE: [&str; 11] = [
    "</script><script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "]]><svg onload=alert(1)>",
    "<!-- --><!--",
    "</title></text></svg><iframe src=//a.example>",
    "\" onmouseover=\"alert(1)\" x=\"",
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "&lt;b&gt; &amp;amp; &#x3c;",
    "a\u{202e}b\u{2066}c\u{2028}d\u{0}",
    "`card` ![x](javascript:x) <javascript:x> # h",
];

/// A map that has a text wherever one can stand.
fn map(text: &str) -> String {
    let text = serde_json::to_string(text).unwrap();
    format!(
        "title: {text}\nquestion: {text}\ndescription: {text}\nauthors: [{text}]\ndate: {text}\narticle: s\n\
         thesis:\n  id: t\n  claim: {text}\n  label: {text}\n  note: {text}\n  tags: [{text}]\n  at: {text}\n  quote: {text}\n\
         \x20 allow: {{no-objections: {text}}}\n\
         \x20 reasons:\n    - premises: [a, b]\n      label: {text}\n      scheme: {text}\n      warrant: {text}\n      note: {text}\n\
         \x20     objections: [{{evidence: {text}, source: {{id: s, at: {text}, quote: {text}}}}}]\n\
         claims: {{a: {{text: {text}, undeveloped: true}}, b: {text}}}\n\
         sources:\n  s: {{title: {text}, author: {text}, publisher: {text}, url: {text}, doi: {text}, file: {text}}}\n"
    )
}

fn pages(map: &str) -> [String; 3] {
    pages_of(&Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles))
}

/// The same with works as a citation style writes them.
fn pages_in_style(map: &str) -> [String; 3] {
    let mut dossier = Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles);
    dossier.cite(&crate::cite::Style::named("apa").unwrap());
    pages_of(&dossier)
}

fn pages_of(dossier: &Dossier) -> [String; 3] {
    let findings = rules::check(dossier, &Config::default()).findings;
    let report = Report::of(dossier, &findings);
    let picture = Picture::of(&Diagram::of(dossier), &Style::default());
    let page = Page {
        report: &report,
        picture: &picture,
        name: "m",
        found: "nothing",
    };
    [html(&page), diagram(&page), markdown(&page)]
}

/// The names of all elements that a browser would make of a page, and of all their attributes.
fn names(html: &str) -> (Vec<String>, Vec<(String, String)>) {
    let mut elements = Vec::new();
    let mut attributes = Vec::new();
    let mut emitter = html5gum::DefaultEmitter::default();
    emitter.naively_switch_states(true);
    for token in html5gum::Tokenizer::new_with_emitter(html, emitter) {
        let Ok(token) = token;
        if let html5gum::Token::StartTag(tag) = token {
            let word = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
            elements.push(word(&tag.name));
            let own = tag.attributes.iter();
            attributes.extend(own.map(|(name, value)| (word(name), word(&value.value))));
        }
    }
    (elements, attributes)
}

/// What is wrong with a page for somebody who did not write its map; nothing where all is well.
fn danger(html: &str) -> Option<String> {
    danger_beside(html, 2)
}

/// The same for a page with that many scripts and pieces of data.
fn danger_beside(html: &str, n_scripts: usize) -> Option<String> {
    let (elements, attributes) = names(html);
    let count = |name: &str| elements.iter().filter(|it| *it == name).count();
    if count("script") != n_scripts || count("style") > 2 || count("meta") != 4 {
        return Some(format!("scripts, styles or policies: {elements:?}"));
    }
    if let Some(control) = html.chars().find(|c| *c != '\t' && inert_char(*c) != *c) {
        return Some(format!(
            "a character {control:?}, which acts and is not seen"
        ));
    }
    let foreign = [
        "img",
        "iframe",
        "object",
        "embed",
        "base",
        "form",
        "link",
        "foreignObject",
    ];
    if let Some(name) = elements.iter().find(|it| foreign.contains(&it.as_str())) {
        return Some(format!("an element <{name}>"));
    }
    let bad = attributes.iter().find(|(name, value)| {
        let leads_away = !value.starts_with('#') && !is_safe(value);
        name.starts_with("on") || name == "src" || name == "style" || (name == "href" && leads_away)
    });
    bad.map(|(name, value)| format!("an attribute {name}={value}"))
}

/// What of a Markdown text is more than text: raw HTML but for line breaks, and what leads to other places than the
/// picture.
fn acting(markdown: &str) -> Vec<String> {
    let extensions = pulldown_cmark::Options::ENABLE_TABLES;
    let events = pulldown_cmark::Parser::new_ext(markdown, extensions);
    let acts = |event: pulldown_cmark::Event<'_>| match event {
        pulldown_cmark::Event::Html(it) | pulldown_cmark::Event::InlineHtml(it)
            if &*it != "<br>" =>
        {
            Some(it.to_string())
        }
        pulldown_cmark::Event::Start(
            pulldown_cmark::Tag::Link { dest_url, .. }
            | pulldown_cmark::Tag::Image { dest_url, .. },
        ) if &*dest_url != "m.svg" => Some(dest_url.to_string()),
        _ => None,
    };
    events.filter_map(acts).collect()
}

#[test]
fn hostile_texts_stay_texts_wherever_they_stand() {
    for text in HOSTILE {
        let [report, diagram, markdown] = pages(&map(text));
        for page in [&report, &diagram] {
            assert_eq!(danger(page), None, "{text}");
        }
        assert_eq!(acting(&markdown), [""; 0], "{text}");
    }
}

/// A map with too many statements for all their cards, among them hostile ones.
fn large_map() -> String {
    let texts = HOSTILE.iter().enumerate().map(|(at, text)| {
        let text = serde_json::to_string(text).expect("a text");
        format!("  h{at}: {{text: {text}, label: {text}, note: {text}, tags: [{text}], reasons: [a0]}}\n")
    });
    let plain = (0..=MANY).map(|at| format!("  a{at}: A claim.\n"));
    format!(
        "thesis: h0\nclaims:\n{}{}",
        texts.collect::<String>(),
        plain.collect::<String>()
    )
}

/// The cards that are packed in a page: id, and what is known of it.
fn unpacked(html: &str) -> Vec<(String, serde_json::Value)> {
    let (_, rest) = html.split_once("class=\"packed\">").expect("packed cards");
    let (base64, _) = rest.split_once('<').expect("their end");
    let deflated = STANDARD.decode(base64).expect("base64");
    serde_json::from_reader(ZlibDecoder::new(&deflated[..])).expect("JSON")
}

#[test]
fn a_large_map_packs_its_cards_and_they_are_as_harmless() {
    let map = large_map();
    let page = &pages(&map)[1];
    assert_eq!(danger_beside(page, 3), None);
    assert!(!page.contains("<article") && page.contains("<noscript>"));
    let cards = unpacked(page);
    assert_eq!(cards.len(), HOSTILE.len() + MANY + 1);
    for ((id, card), text) in cards.iter().zip(HOSTILE) {
        let html = card["html"].as_str().expect("markup");
        assert!(html.contains(&format!("id=\"{id}\"")), "{html}");
        assert_eq!(danger_beside(&format!("{FRAME}{html}"), 0), None, "{text}");
        let searched = card["search"].as_str().expect("a text");
        assert!(searched.contains(&inert(text)));
        let spoken = card["name"].as_str().expect("a text");
        assert_eq!(spoken, inert(spoken));
    }
    assert_eq!(
        *page,
        pages(&map)[1],
        "a page is written the same each time"
    );
}

/// As many declarations as a page has.
const FRAME: &str = "<meta><meta><meta><meta>";

#[test]
fn a_safe_address_is_a_link_and_a_doi_leads_to_its_resolver() {
    let map = "thesis: {id: t, claim: A t., reasons: [{evidence: An e., source: [a, b]}]}\n\
        sources:\n  a: {title: A, url: 'https://example.org/?a=1&b=2'}\n  b: {title: B, doi: 10.1000/182}\n";
    let [report, ..] = pages(map);
    assert!(
        report.contains(
            "href=\"https://example.org/?a=1&amp;b=2\" rel=\"noopener noreferrer\">A</a>"
        )
    );
    assert!(
        report.contains("href=\"https://doi.org/10.1000/182\" rel=\"noopener noreferrer\">B</a>")
    );
}

#[test]
fn evidence_says_what_it_is_for_and_against_in_both_kinds_of_report() {
    let map = "thesis: {id: t, claim: A t., reasons: [e], objections: [{id: o, claim: An o., objections: [e, f]}]}\n\
        evidence: {e: An e., f: An f., g: A g.}\n";
    let [report, _, markdown] = pages(map);
    let cells = [
        "| An e. |  |  |  | for “A t”<br>against “An o” |\n",
        "| An f. |  |  |  | against “An o” |\n",
        "| A g. |  |  |  |  |\n",
    ];
    assert!(markdown.contains(&cells.concat()), "{markdown}");
    let link = |id: &str, text: &str| format!("<a href=\"#card:{id}\" dir=\"auto\">{text}</a>");
    let used = format!("for {}<br>against {}", link("t", "A t"), link("o", "An o"));
    assert!(report.contains(&used), "{report}");
}

#[test]
fn every_link_within_a_page_has_its_end() {
    let map = include_str!("../../../maps/ukraine-nato-membership.yaml");
    for page in &pages(map)[..2] {
        let (_, attributes) = names(page);
        let of = |wanted: &'static str| {
            let own = attributes.iter().filter(move |(name, _)| name == wanted);
            own.map(|(_, value)| value.as_str())
        };
        let ids: std::collections::BTreeSet<&str> = of("id").collect();
        assert_eq!(ids.len(), of("id").count(), "ids are unique");
        let ends = of("href").filter_map(|href| href.strip_prefix('#'));
        let ends: Vec<&str> = ends.collect();
        assert!(ends.len() > 100);
        assert_eq!(ends.iter().find(|end| !ids.contains(*end)), None);
    }
}

#[test]
fn a_chain_deeper_than_any_browser_nests_stays_flat_and_linear() {
    let claim = |at: usize| format!("  s{at}: {{text: A claim., reasons: [s{}]}}\n", at + 1);
    let claims: String = (0..600).map(claim).collect();
    let map = format!("thesis: s0\nclaims:\n{claims}  s600: The last claim.\n");
    let [report, ..] = pages(&map);
    assert!(report.contains("level 600"));
    let (mut depth, mut deepest) = (0_i32, 0);
    for part in report.split("<ul").skip(1) {
        depth += 1;
        deepest = deepest.max(depth);
        depth -= i32::try_from(part.matches("</ul>").count()).unwrap();
    }
    assert_eq!((depth, deepest), (0, 25));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_text_gets_out_of_its_place(
        text in "[a-z<>/\"'&;`=\\-!\\[\\]()#\\u{0}-\\u{1f}\\u{202a}-\\u{202e}\\u{2028}\\u{2066}é\\u{10000}]{1,24}",
    ) {
        let map = map(&text);
        for page in [pages(&map), pages_in_style(&map)].iter().flat_map(|it| &it[..2]) {
            prop_assert_eq!(danger(page), None);
        }
    }
}

#[test]
fn a_page_says_how_its_wheel_zooms() {
    let [report, diagram, _] = pages("thesis: {id: t, claim: A thesis.}");
    assert!(report.contains("Drag to move; Ctrl and the wheel, or"));
    assert!(diagram.contains("Drag to move; the wheel, or"));
}
