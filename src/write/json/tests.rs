use super::*;
use crate::source::NoFiles;

const PAGE: &str = include_str!("../../../docs/json.md");

/// The text of the page's only block in a language.
fn block(language: &str) -> &'static str {
    let start = PAGE.split_once(&format!("```{language}\n"));
    let (_, rest) = start.expect("the page has such a block");
    rest.split_once("```").expect("the block ends").0
}

fn open(map: &str) -> Dossier {
    Dossier::open("bridge.yaml", map.as_bytes().to_vec(), &NoFiles)
}

#[test]
fn the_page_shows_what_is_written() {
    let dossier = open(block("yaml"));
    assert_eq!(dossier.problems, []);
    let written = write(&dossier);
    assert!(
        block("json") == written,
        "docs/json.md should show:\n{written}"
    );
}

#[test]
fn the_page_describes_every_key() {
    let value = value(&open(EVERYTHING));
    let mut waiting = vec![&value];
    while let Some(value) = waiting.pop() {
        if let Some(items) = value.as_array() {
            waiting.extend(items);
        }
        for (key, value) in value.as_object().into_iter().flatten() {
            assert!(
                PAGE.contains(&format!("`{key}`")),
                "docs/json.md lacks `{key}`"
            );
            if key != "fields" {
                waiting.push(value);
            }
        }
    }
}

#[test]
fn a_faulty_map_is_written_as_far_as_it_goes() {
    let value = value(&open(
        "thesis: {id: t, claim: A t., reasons: [nobody]}\nclaim: {}\n",
    ));
    assert_eq!(value["problems"], 2);
    assert_eq!(value["theses"][0], "t");
    assert_eq!(value["inferences"][0]["premises"], serde_json::json!([]));
    assert_eq!(super::value(&open(""))["statements"], serde_json::json!([]));
}

const EVERYTHING: &str = "\
title: T
question: Q
description: D
authors: [A]
date: 2024
language: en
license: CC0-1.0
article: s
thesis:
  id: t
  claim: A t.
  label: L
  at: p. 1
  quote: q
  source: {id: s, at: p. 2, quote: r}
  strength: likely
  standard: preponderance
  restates: u
  contradicts: u
  implicit: true
  undeveloped: true
  tags: [x]
  note: N
  reasons:
    - premises: u
      id: i
      label: L
      scheme: analogy
      warrant: W
      weight: 0.5
      answers: {q1: An answer is here.}
      tags: [x]
      note: N
      objections: [u]
claims: {u: A u.}
sources:
  s: {title: S, file: s.txt, sha256: ab, reliability: A, derived-from: s, publisher: {name: P, location: L}}
";
