//! What the embedded font cannot draw.

use std::collections::BTreeSet;
use std::fmt;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::layout::text::{inert, lacks};
use crate::view::diagram::{Diagram, Node};

/// How many different characters are named.
const MAX_NAMED: usize = 8;

/// The characters of a picture for which the embedded font has no glyph: PNG and PDF, which have no other font, draw
/// a small box for each.
///
/// Printed, it is the note that goes with such a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Missing {
    /// How many of them there are in the picture.
    pub n_characters: usize,
    /// The different ones, in the order in which they come.
    pub characters: Vec<String>,
}

impl Missing {
    /// The characters (grapheme clusters) that boxes, frames, plates and the title show. O(characters).
    pub fn of(diagram: &Diagram) -> Self {
        let mut missing = Self::default();
        let mut known = BTreeSet::new();
        for text in seen(diagram).filter(|text| !text.is_ascii()) {
            let text = inert(&text);
            for cluster in text.graphemes(true).filter(|it| it.chars().any(lacks)) {
                missing.n_characters += 1;
                if !known.contains(cluster) {
                    known.insert(cluster.to_owned());
                    missing.characters.push(cluster.to_owned());
                }
            }
        }
        missing
    }

    /// Whether everything can be drawn.
    pub fn is_empty(&self) -> bool {
        self.n_characters == 0
    }
}

impl fmt::Display for Missing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (noun, has, are) = if self.n_characters == 1 {
            ("character", "has", "is drawn as a box")
        } else {
            ("characters", "have", "are drawn as boxes")
        };
        let named: Vec<&str> = self.characters.iter().map(String::as_str).collect();
        let named = &named[..named.len().min(MAX_NAMED)];
        let more = self.characters.len() - named.len();
        let rest = if more == 0 {
            String::new()
        } else {
            format!(" and {more} others")
        };
        write!(
            f,
            "{} {noun} {has} no glyph in the built-in font and {are}: {}{rest}; \
             svg and html use the reader's fonts",
            self.n_characters,
            named.join(", ")
        )
    }
}

/// Every text that a picture shows and a map's author wrote.
fn seen(diagram: &Diagram) -> impl Iterator<Item = String> {
    let heading = [Some(&diagram.title), diagram.question.as_ref()];
    let nodes = diagram.nodes.iter().flat_map(of_box);
    let plates = diagram.junctions.iter().filter(|it| it.is_labelled);
    let plates = plates.filter_map(|it| it.label.as_ref());
    let frames = diagram.groups.iter().map(|it| &it.label);
    let all = heading.into_iter().flatten().cloned().chain(nodes);
    all.chain(plates.chain(frames).cloned())
}

fn of_box(node: &Node) -> impl Iterator<Item = String> {
    let head = node.label.iter().chain([&node.text]).cloned();
    head.chain(node.small_print())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::node;
    use crate::view::diagram::NodeKind;

    fn missing(text: &str) -> Missing {
        let nodes = vec![node("a", NodeKind::Claim, text)];
        Missing::of(&Diagram {
            nodes,
            ..Diagram::default()
        })
    }

    #[test]
    fn what_the_font_has_is_not_told() {
        let text = "Straße, cafe\u{301}, Ελλάδα, Україна, עברית, “quotes” → ≤ ½ 😀\u{fe0f}\u{200d}\u{ad}\u{202e}\t";
        assert!(missing(text).is_empty(), "{}", missing(text));
    }

    #[test]
    fn what_it_lacks_is_counted_and_named_once() {
        assert_eq!(
            missing("漢字 and 漢 👩\u{200d}👧").to_string(),
            "4 characters have no glyph in the built-in font and are drawn as boxes: 漢, 字, 👩\u{200d}👧; \
             svg and html use the reader's fonts"
        );
        assert_eq!(
            missing("漢").to_string(),
            "1 character has no glyph in the built-in font and is drawn as a box: 漢; \
             svg and html use the reader's fonts"
        );
    }

    #[test]
    fn of_many_the_first_are_named() {
        let told = missing("一二三四五六七八九十").to_string();
        assert!(told.contains("六, 七, 八 and 2 others;"), "{told}");
    }
}
