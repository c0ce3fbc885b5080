//! That what is drawn of a text stays in its box: measured on the outlines of the glyphs themselves.

use proptest::prelude::*;
use resvg::usvg;

use super::svg;
use crate::config::theme::Theme;
use crate::layout::support::node;
use crate::layout::{Options, Rect, lay_out};
use crate::render::fonts;
use crate::view::diagram::{Diagram, NamedSource, NodeKind};

/// The ink of all texts in a picture of one box, and the box.
fn ink_and_box(text: &str) -> (Vec<usvg::Rect>, Rect) {
    let mut diagram = Diagram::default();
    let mut it = node("a", NodeKind::Claim, text);
    it.label = Some(text.chars().take(40).collect());
    it.sources.push(NamedSource {
        name: text.chars().skip(3).take(60).collect(),
        link: None,
    });
    diagram.nodes.push(it);
    let options = Options {
        legend: false,
        ..Options::default()
    };
    let drawing = lay_out(&diagram, &options);
    let picture = svg(&diagram, &drawing, &Theme::default(), "");
    let tree = usvg::Tree::from_str(&picture, &fonts::options()).expect("our SVG is well-formed");
    let mut ink = Vec::new();
    let mut open = vec![tree.root()];
    while let Some(group) = open.pop() {
        for child in group.children() {
            match child {
                usvg::Node::Group(group) => open.push(group),
                usvg::Node::Text(text) => ink.push(text.flattened().abs_bounding_box()),
                _ => {}
            }
        }
    }
    (ink, drawing.nodes[0].rect)
}

fn assert_inside(text: &str) {
    let (ink, area) = ink_and_box(text);
    for ink in ink {
        let inside = f64::from(ink.left()) >= area.x
            && f64::from(ink.top()) >= area.y
            && f64::from(ink.right()) <= area.x + area.width
            && f64::from(ink.bottom()) <= area.y + area.height;
        assert!(inside, "{ink:?} of {text:?} leaves {area:?}");
    }
}

/// Pieces of text from everywhere in Unicode, and of what is hard to set.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[a-z]{1,12} ",
        "[A-ZÅÉg][\u{300}-\u{36f}]{0,40}",
        "[א-ת][\u{591}-\u{5c7}]{0,20}",
        "[ا-ي][\u{64b}-\u{65f}]{0,20}",
        "[\u{900}-\u{97f}\u{e00}-\u{e7f}\u{f00}-\u{fff}]{1,20}",
        "[漢字かなカナ한글]{1,30}",
        "([👩👨👧🏳😀]\u{fe0f}?\u{200d}?){1,8}",
        "[\u{200e}\u{200f}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{61c}\u{ad}\u{200b}]{1,4}",
        "[𝔸-𝕫\u{fdfa}\u{fdfd}\u{1f800}-\u{1f8ff}─-╿⁂‱]{1,20}",
        "W{1,300}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_text_leaves_its_box(pieces in prop::collection::vec(piece(), 1..12)) {
        assert_inside(&pieces.concat());
    }
}

#[test]
fn long_words_and_long_texts_stay_in_their_box() {
    assert_inside(&"W".repeat(5_000));
    assert_inside(&"g\u{327}e\u{301} ".repeat(6_400));
    assert_inside(&format!("{}.", "j\u{302}".repeat(2_000)));
}

#[test]
fn what_one_weight_lacks_is_measured_as_the_other_has_it() {
    assert_inside("\u{1d5d4}WWWWWWWWWWWWW");
}

#[test]
fn piles_of_marks_stay_in_their_box() {
    let above = "\u{301}".repeat(60);
    let below = "\u{323}".repeat(60);
    assert_inside(&format!("Z{above}a{below}l{above}{below}go text"));
}
