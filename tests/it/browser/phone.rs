//! Pages on a small screen.

use std::fs;
use std::path::Path;

use grounds::analysis::Verdict;
use grounds::render::page::{self, Entry, Outcome};

use super::chromium::Browser;
use super::count;

pub(super) fn fits(browser: &mut Browser, url: &str) {
    browser.open(&format!("{url}#coexistence-possible"), 375, 700);
    assert_eq!(
        browser.evaluate("document.documentElement.scrollWidth"),
        375
    );
    let room = "document.querySelector('.stage').clientHeight";
    assert!(browser.evaluate(room).as_u64().unwrap() > 150);
}

/// On a phone a word is broken only where it does not fit, and nothing is cut off.
pub(super) fn has_room_for_tables(browser: &mut Browser, folder: &Path, report: &str) {
    let entry = |question: &str| Entry {
        path: "maps/ferry-of-the-harbour.yaml".to_owned(),
        outcome: Outcome::Written {
            name: "ferry".to_owned(),
            title: "Infrastructure considerations".to_owned(),
            question: Some(question.to_owned()),
            theses: vec![(question.repeat(8), Verdict::In)],
            n_statements: 12_345,
            n_open: 678,
            n_findings: 9,
        },
    };
    let index = page::index_html(&[entry("Should the harbour get a ferry?")]);
    let file = folder.join("index.html");
    fs::write(&file, index).unwrap();
    for url in [report, &format!("file://{}", file.display())] {
        browser.open(url, 375, 700);
        for (what, wanted) in [(BROKEN, 0), (CUT_OFF, 0)] {
            assert_eq!(browser.evaluate(what), wanted, "{url}: {what}");
        }
        assert!(count(browser, ".table td") > 4);
    }
}

/// How many words of at most fifteen letters in tables stand on more than one line.
const BROKEN: &str = "(() => {
  let n_broken = 0;
  for (const cell of document.querySelectorAll('.table td')) {
    const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      for (const word of texts.currentNode.data.matchAll(/\\p{L}{2,15}/gu)) {
        const range = document.createRange();
        range.setStart(texts.currentNode, word.index);
        range.setEnd(texts.currentNode, word.index + word[0].length);
        const tops = new Set(Array.from(range.getClientRects(), (rect) => Math.round(rect.top)));
        if (tops.size > 1) n_broken += 1;
      }
    }
  }
  return n_broken;
})()";

/// How many cells of tables reach beyond the window.
const CUT_OFF: &str = "Array.from(document.querySelectorAll('.table td'))
  .filter((cell) => cell.getBoundingClientRect().right > innerWidth).length";
