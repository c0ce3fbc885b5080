//! The HTML pages in a browser, as their readers use them.

mod chromium;
mod phone;

use std::fs;
use std::path::Path;
use std::time::Instant;

use grounds::analysis::Dossier;
use grounds::config::Config;
use grounds::render::Style;
use grounds::render::page::{self, Page, Picture};
use grounds::rules;
use grounds::source::NoFiles;
use grounds::view::Diagram;
use grounds::view::report::Report;

use crate::{project, skipped};
use chromium::Browser;

/// A map whose every text tries to act, and the text as pages show it.
fn hostile() -> (String, String) {
    let text =
        "</script><script>pwned=1</script><img src=x onerror='pwned=2'>]]><!-- \u{202e}& \"'`";
    let quoted = serde_json::to_string(text).unwrap();
    let map = format!(
        "title: {quoted}\nquestion: {quoted}\nthesis:\n  id: t\n  claim: {quoted}\n  note: {quoted}\n  tags: [{quoted}]\n\
         \x20 reasons:\n    - premises: [{{id: e, evidence: {quoted}, source: {{id: s, at: {quoted}, quote: {quoted}}}}}, o]\n\
         \x20     label: {quoted}\n      warrant: {quoted}\nclaims: {{o: {quoted}}}\n\
         sources: {{s: {{title: {quoted}, url: 'javascript:pwned=3'}}}}\n"
    );
    (map, text.replace('\u{202e}', "\u{fffd}"))
}

/// Writes the diagram's own page and the report of a map; gives their addresses.
fn pages(folder: &Path, name: &str, map: &[u8]) -> [String; 2] {
    let dossier = Dossier::open("m.yaml", map.to_vec(), &NoFiles);
    let findings = rules::check(&dossier, &Config::default()).findings;
    let page = Page {
        report: &Report::of(&dossier, &findings),
        picture: &Picture::of(&Diagram::of(&dossier), &Style::default()),
        name,
        found: "nothing found",
    };
    [
        ("diagram", page::diagram(&page)),
        ("report", page::html(&page)),
    ]
    .map(|(kind, html)| {
        let file = folder.join(format!("{name}-{kind}.html"));
        fs::write(&file, html).unwrap();
        format!("file://{}", file.display())
    })
}

/// One browser for all, since starting it takes longest.
#[test]
fn pages_are_searched_folded_zoomed_and_read_in_a_browser_and_let_nothing_in_or_out() {
    let Some(mut browser) = Browser::start() else {
        skipped("Chromium is not installed");
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let map = fs::read(project("maps/ukraine-nato-membership.yaml")).unwrap();
    let [diagram, report] = pages(scratch.path(), "map", &map);
    browser.open(&diagram, 1200, 800);
    finds(&mut browser);
    opens_cards(&mut browser);
    folds(&mut browser);
    zooms_and_moves(&mut browser);
    obeys_keys(&mut browser);
    prints_all(&mut browser);
    follows_deep_links(&mut browser, &diagram);
    phone::fits(&mut browser, &diagram);
    phone::has_room_for_tables(&mut browser, scratch.path(), &report);
    hands_a_report_on(&mut browser, &report);
    assert_eq!(browser.faults(), [""; 0]);
    leads_to_every_id(&mut browser, scratch.path());
    stays_text(&mut browser, scratch.path());
    assert_eq!(browser.faults(), [""; 0]);
    runs_nothing_else(&mut browser);
    reads_without_script(&mut browser, &diagram);
}

/// A map of that many statements, each but the first for or against one of those before it.
fn large(n_statements: usize) -> String {
    let claim = |at: usize| {
        let below = (4 * at + 1..=4 * at + 4).filter(|it| *it < n_statements);
        let below = below.map(|it| format!("s{it}")).collect::<Vec<_>>();
        format!(
            "  s{at}:\n    text: Number {at} says that the river, the market and the school keep the town alive.\n\
             \x20   reasons: [{}]\n    objections: [{}]\n",
            below.iter().skip(1).cloned().collect::<Vec<_>>().join(", "),
            below.first().cloned().unwrap_or_default()
        )
    };
    let claims: String = (0..n_statements).map(claim).collect();
    format!("thesis: s0\nclaims:\n{claims}")
}

/// The bounds are generous: whatever takes time for each pair of statements, or lays out what is out of sight, is over.
#[test]
fn a_large_map_loads_soon_and_is_quick_to_search_and_fold() {
    let Some(mut browser) = Browser::start() else {
        skipped("Chromium is not installed");
        return;
    };
    let scratch = tempfile::tempdir().unwrap();
    let n_statements = 4_000;
    let map = large(n_statements);
    let [diagram, report] = pages(scratch.path(), "large", map.as_bytes());
    let bytes = fs::metadata(scratch.path().join("large-diagram.html")).unwrap();
    assert!(bytes.len() < 1_500 * n_statements as u64, "{bytes:?}");
    let start = Instant::now();
    browser.open(&format!("{diagram}#s17"), 1200, 800);
    browser.wait_until("document.querySelector('.is-live .panel .text') !== null");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    assert!(text(&mut browser, ".panel .text").contains("Number 17 says"));
    let n_elements = count(&mut browser, "*");
    assert!(
        n_elements < 15 * n_statements as u64,
        "{n_elements} elements"
    );
    browser.key("Escape");
    browser.key("/");
    let start = Instant::now();
    browser.write("MÁRKET 3999");
    assert_eq!(text(&mut browser, ".count"), "1 of 1");
    assert_eq!(count(&mut browser, "#s3999.current"), 1);
    browser.key("Escape");
    browser.open(&diagram, 1200, 800);
    browser.wait_until("document.querySelector('.is-live') !== null");
    browser.click("#s0 .handle");
    assert_eq!(text(&mut browser, "#s0 .handle"), "+3999");
    browser.click("#s0 .handle");
    assert_eq!(text(&mut browser, "#s0 .handle"), "−");
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
    takes_boxes_in_and_out(&mut browser);
    brings_cards(&mut browser, &report);
    assert_eq!(browser.faults(), [""; 0]);
}

fn takes_boxes_in_and_out(browser: &mut Browser) {
    let far = "document.querySelector('.is-far') !== null && document.querySelectorAll('.box').length === 4000";
    browser.click("[data-do=whole]");
    browser.wait_until(far);
    browser.evaluate("document.querySelector('.stage').dispatchEvent(new Event('scroll'))");
    browser.evaluate("document.getElementById('s0').focus()");
    for _ in 0..40 {
        browser.key("+");
    }
    assert!(count(browser, ".box") < 100);
    assert_eq!(browser.evaluate("document.activeElement.id"), "s0");
    browser.evaluate("dispatchEvent(new Event('beforeprint'))");
    assert_eq!(count(browser, ".box"), 4_000);
    browser.evaluate("dispatchEvent(new Event('afterprint'))");
    assert!(count(browser, ".box") < 100);
}

/// A link to a card that is not in the page brings it there.
fn brings_cards(browser: &mut Browser, report: &str) {
    browser.open(report, 1200, 800);
    browser.wait_until("document.querySelector('.is-live') !== null");
    assert_eq!(count(browser, "main > .asked > .card"), 0);
    let link = ".outline a[href='#card:s0']";
    browser.evaluate(&format!(
        "document.querySelector(\"{link}\").scrollIntoView({{block: 'center'}})"
    ));
    browser.click(link);
    browser.wait_until(
        "document.querySelector('.asked > .card')?.textContent.includes('Number 0 says') === true",
    );
}

/// How many elements a selector finds.
fn count(browser: &mut Browser, selector: &str) -> u64 {
    let count = format!("document.querySelectorAll(\"{selector}\").length");
    browser.evaluate(&count).as_u64().unwrap()
}

fn text(browser: &mut Browser, selector: &str) -> String {
    let text = format!("document.querySelector(\"{selector}\").textContent");
    browser.evaluate(&text).as_str().unwrap().to_owned()
}

fn width(browser: &mut Browser) -> f64 {
    let width = "document.querySelector('.stage svg').getBoundingClientRect().width";
    browser.evaluate(width).as_f64().unwrap()
}

const PANEL_IS_OPEN: &str = "!document.querySelector('.panel').hidden";
const HIDDEN: &str = ".box.folded-away";

fn finds(browser: &mut Browser) {
    browser.key("/");
    browser.write("Búdapest MEMORANDUM");
    let n_hits = count(browser, ".box.hit");
    assert!(n_hits > 1, "{n_hits} were found");
    assert_eq!(text(browser, ".count"), format!("1 of {n_hits}"));
    browser.key("Enter");
    assert_eq!(text(browser, ".count"), format!("2 of {n_hits}"));
    assert_eq!(count(browser, ".box.current"), 1);
    browser.click("[data-do=previous]");
    browser.click("[data-do=previous]");
    assert_eq!(text(browser, ".count"), format!("{n_hits} of {n_hits}"));
    browser.click(".bar input");
    browser.key("Escape");
    assert_eq!(count(browser, ".box.hit"), 0);
    browser.write("nowhere at all");
    assert_eq!(text(browser, ".count"), "nothing found");
    browser.key("Escape");
}

fn opens_cards(browser: &mut Browser) {
    browser.click("[data-do=whole]");
    browser.click("#no-other-arrangement");
    assert_eq!(browser.evaluate(PANEL_IS_OPEN), true);
    assert_eq!(browser.evaluate("location.hash"), "#no-other-arrangement");
    let card = text(browser, ".panel .content");
    for part in [
        "nothing short of full membership",
        "accepted",
        "para 7",
        "Reasons for it",
        "Objections to it",
    ] {
        assert!(card.contains(part), "`{part}` is not in {card}");
    }
    // A link over two lines has no middle to click on.
    browser.evaluate("document.querySelector('.panel .steps a').click()");
    assert!(text(browser, ".panel .text").contains("Budapest"));
    assert_eq!(count(browser, ".box.chosen"), 1);
    browser.evaluate("history.back()");
    browser.wait_until("location.hash === '#no-other-arrangement'");
    browser.wait_until("document.querySelector('.box.chosen').id === 'no-other-arrangement'");
    browser.key("Escape");
    assert_eq!(browser.evaluate(PANEL_IS_OPEN), false);
    assert_eq!(browser.evaluate("location.hash"), "");
}

fn folds(browser: &mut Browser) {
    browser.click("[data-do=whole]");
    browser.click("#membership-secures-ukraine .handle");
    let n_boxes = count(browser, ".box");
    // Everything in this map hangs under its thesis or under what is said against it.
    let n_hidden = count(browser, HIDDEN);
    assert!(
        n_hidden > n_boxes / 2 && n_hidden < n_boxes,
        "{n_hidden} of {n_boxes}"
    );
    assert_eq!(
        text(browser, "#membership-secures-ukraine .handle"),
        format!("+{n_hidden}")
    );
    assert_eq!(count(browser, ".edges > :not(.folded-away)"), 0);
    // A statement that is looked for comes out of its fold.
    browser.key("/");
    browser.write("Sullivan");
    assert!(count(browser, ".box.current:not(.folded-away)") == 1);
    assert!(count(browser, HIDDEN) < n_hidden);
    browser.key("Escape");
    browser.click("[data-do=fold]");
    assert!(count(browser, HIDDEN) > 10);
    browser.click("[data-do=unfold]");
    assert_eq!(count(browser, HIDDEN), 0);
    assert_eq!(count(browser, ".edges > .folded-away"), 0);
}

fn zooms_and_moves(browser: &mut Browser) {
    browser.click("[data-do=whole]");
    let whole = width(browser);
    browser.click("[data-do=zoom-in]");
    let nearer = width(browser);
    assert!(nearer > whole * 1.2, "{whole} to {nearer}");
    browser.key("-");
    assert!((width(browser) - whole).abs() < 1.0);
    browser.wheel(".stage");
    browser.wait_until(&format!(
        "document.querySelector('.stage svg').getBoundingClientRect().width > {whole} + 10"
    ));
    for _ in 0..5 {
        browser.key("+");
    }
    let place =
        "[document.querySelector('.stage').scrollLeft, document.querySelector('.stage').scrollTop]";
    let before = browser.evaluate(place);
    let (x, y) = browser.middle(".stage");
    browser.mouse("mousePressed", (x, y));
    browser.mouse("mouseMoved", (x + 40.0, y + 30.0));
    browser.mouse("mouseMoved", (x + 80.0, y + 60.0));
    browser.mouse("mouseReleased", (x + 80.0, y + 60.0));
    let after = browser.evaluate(place);
    let moved = |axis: usize| before[axis].as_f64().unwrap() - after[axis].as_f64().unwrap();
    assert!(
        (moved(0) - 80.0).abs() < 2.0 && (moved(1) - 60.0).abs() < 2.0,
        "{before} to {after}"
    );
    assert_eq!(browser.evaluate(PANEL_IS_OPEN), false, "a drag is no click");
    browser.key("0");
    assert!((width(browser) - whole).abs() < 1.0);
}

fn obeys_keys(browser: &mut Browser) {
    let focused = "document.activeElement.id";
    browser.evaluate("document.getElementById('membership-secures-ukraine').focus()");
    assert_eq!(
        count(browser, ".box[tabindex='0']"),
        1,
        "one box is on the way of the tabulator"
    );
    browser.key("c");
    assert_eq!(
        browser.evaluate("document.activeElement.getAttribute('aria-expanded')"),
        "false"
    );
    browser.key("c");
    browser.key("ArrowDown");
    let below = browser.evaluate(focused);
    assert!(
        below != "membership-secures-ukraine" && below != "",
        "{below}"
    );
    browser.key("Enter");
    assert_eq!(
        browser.evaluate("document.activeElement.className"),
        "panel"
    );
    assert!(!text(browser, ".status").is_empty());
    browser.key("Escape");
    assert_eq!(browser.evaluate(focused), below, "the cursor comes back");
    let label = "document.activeElement.getAttribute('aria-label')";
    assert!(browser.evaluate(label).as_str().unwrap().contains(": "));
}

fn prints_all(browser: &mut Browser) {
    browser.click("[data-do=whole]");
    browser.click("#membership-secures-ukraine .handle");
    let shown = format!("getComputedStyle(document.querySelector('{HIDDEN}')).display");
    assert_eq!(browser.evaluate(&shown), "none");
    browser.call(
        "Emulation.setEmulatedMedia",
        serde_json::json!({"media": "print"}),
    );
    assert_ne!(browser.evaluate(&shown), "none");
    assert_eq!(
        browser.evaluate("getComputedStyle(document.querySelector('.bar')).display"),
        "none"
    );
    assert_ne!(
        browser.evaluate("getComputedStyle(document.querySelector('.card')).display"),
        "none"
    );
    browser.call(
        "Emulation.setEmulatedMedia",
        serde_json::json!({"media": ""}),
    );
    browser.click("[data-do=unfold]");
}

fn follows_deep_links(browser: &mut Browser, url: &str) {
    browser.open(&format!("{url}#coexistence-possible"), 1200, 800);
    assert!(text(browser, ".panel .text").contains("live in peace"));
    browser.wait_until("scrollY === 0");
    let outline = "getComputedStyle(document.querySelector('.chosen > rect')).stroke";
    let accent = "getComputedStyle(document.querySelector('.handle rect')).stroke";
    assert_eq!(browser.evaluate(outline), browser.evaluate(accent));
    let (x, y) = browser.middle("#coexistence-possible");
    let is_shown =
        format!("Boolean(document.elementFromPoint({x}, {y}).closest('#coexistence-possible'))");
    assert_eq!(browser.evaluate(&is_shown), true);
    browser.open(&format!("{url}#%E0%A4%A"), 1200, 800);
    assert_eq!(browser.evaluate(PANEL_IS_OPEN), false);
}

/// Ids that no element can have, or that an element of the page has already, lead to their statements all the same.
fn leads_to_every_id(browser: &mut Browser, folder: &Path) {
    let ids = ["é", "1", "_1", "map-title", "_.2", "a.b", "東"];
    let claims = ids.map(|id| format!("  {id}: The claim named {id}.\n"));
    let map = format!("thesis: a.b\nclaims:\n{}", claims.concat());
    for url in pages(folder, "ids", map.as_bytes()) {
        for id in ids {
            browser.open(&format!("{url}#{}", percent(id)), 1200, 800);
            browser.wait_until(PANEL_IS_OPEN);
            assert_eq!(
                text(browser, ".panel .text"),
                format!("The claim named {id}.")
            );
            let element = browser.evaluate("document.querySelector('.chosen').id");
            browser.key("Escape");
            browser.click(&format!("[id='{}']", element.as_str().unwrap()));
            let hash = browser.evaluate("decodeURIComponent(location.hash)");
            assert_eq!(hash, format!("#{id}"), "a click gives the same address");
        }
    }
}

/// A text as it stands in an address.
fn percent(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'!'..=b'~' => char::from(byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    escaped.collect()
}

fn hands_a_report_on(browser: &mut Browser, url: &str) {
    browser.open(url, 1200, 800);
    browser.evaluate("document.querySelector('.map').scrollIntoView()");
    let before = width(browser);
    browser.wheel(".stage");
    browser.click("[data-do=enlarge]");
    assert!(
        (width(browser) - before).abs() < 1.0,
        "the wheel goes on through the page"
    );
    assert_eq!(
        browser.evaluate("document.querySelector('.map').getBoundingClientRect().height"),
        800
    );
    browser.key("Escape");
    assert_eq!(count(browser, ".large"), 0);
    for heading in ["open", "outline", "evidence", "sources", "statements"] {
        assert_eq!(count(browser, &format!("[id='section:{heading}']")), 1);
    }
}

fn stays_text(browser: &mut Browser, folder: &Path) {
    let (map, hostile) = hostile();
    for url in pages(folder, "hostile", map.as_bytes()) {
        browser.open(&format!("{url}#e"), 1200, 800);
        assert_eq!(text(browser, ".panel .text"), hostile);
        assert_eq!(browser.evaluate("typeof pwned"), "undefined");
        assert_eq!(count(browser, "img"), 0);
        assert_eq!(count(browser, "a[href^='javascript']"), 0);
        browser.key("/");
        browser.write("<script>");
        assert_eq!(count(browser, ".box.hit"), 3);
    }
}

/// The page's own policy stops what would get into it all the same.
fn runs_nothing_else(browser: &mut Browser) {
    let inject = "(() => { const script = document.createElement('script'); script.textContent = 'pwned = 4'; \
                  document.head.append(script); return typeof pwned; })()";
    assert_eq!(browser.evaluate(inject), "undefined");
    let load = "fetch('https://example.org/').then(() => 'loaded', () => 'refused')";
    assert_eq!(browser.evaluate(load), "refused");
    let faults = browser.faults();
    assert!(
        faults.iter().any(|fault| fault.contains("script-src")),
        "{faults:?}"
    );
    assert!(
        faults
            .iter()
            .any(|fault| fault.contains("example.org") && fault.contains("default-src")),
        "{faults:?}"
    );
}

fn reads_without_script(browser: &mut Browser, url: &str) {
    browser.call(
        "Emulation.setScriptExecutionDisabled",
        serde_json::json!({"value": true}),
    );
    browser.open(url, 1200, 800);
    assert_eq!(count(browser, ".is-live"), 0);
    assert_eq!(
        browser.evaluate("getComputedStyle(document.querySelector('.bar')).display"),
        "none"
    );
    assert!(width(browser) > 500.0);
    assert_eq!(
        count(browser, ".card"),
        count(browser, ".stage svg g[id] > text")
    );
    let (_, y) = browser.middle(".outline");
    let bottom =
        browser.evaluate("document.querySelector('.stage').getBoundingClientRect().bottom");
    assert!(
        y > bottom.as_f64().unwrap(),
        "the outline is below the picture"
    );
}
