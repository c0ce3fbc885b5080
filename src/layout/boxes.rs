//! From a statement to the size of its box.

use super::text::{Weight, is_rtl, on_one_line, width, wrap, wrap_directed};
use super::{Line, Plate, Point, Role};
use crate::view::diagram::{Junction, Node};

/// The size of labels and texts in CSS px.
pub const FONT_SIZE: f64 = 13.0;
/// The size of source lines in CSS px.
pub const SOURCE_SIZE: f64 = 11.0;
/// The size of the title in CSS px.
pub const TITLE_SIZE: f64 = 18.0;
/// From baseline to baseline, as a multiple of the size.
pub const LINE_HEIGHT: f64 = 1.32;
/// From a box's border to its text in CSS px.
pub const PADDING: f64 = 11.0;

/// The radius of a junction's point in CSS px.
pub(super) const JUNCTION_RADIUS: f64 = 4.5;
/// What a junction's plate is wider than its words, in CSS px.
const PLATE_PADDING: f64 = 12.0;

/// A box whose text is wrapped, before it has a place: lines are relative to its top left corner.
#[derive(Clone, Debug)]
pub(super) struct Sized {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) lines: Vec<Line>,
}

impl Sized {
    /// Makes it at least so wide.
    pub(super) fn widen(&mut self, least: f64) {
        self.width = self.width.max(least);
    }

    /// Makes it at least so high, the text in the middle.
    pub(super) fn heighten(&mut self, least: f64) {
        let more = (least - self.height).max(0.0);
        self.height += more;
        for line in &mut self.lines {
            line.at.y += more / 2.0;
        }
    }
}

/// Wraps a statement's text; `box_width` is the width of an ordinary box. O(characters).
///
/// A text too long for an ordinary box gets a wider one, at most about as high as wide.
pub(super) fn size(node: &Node, box_width: f64) -> Sized {
    let room = room_for(node, box_width.clamp(80.0, 1000.0) - 2.0 * PADDING);
    let mut lines = Vec::new();
    let mut pen = Pen {
        y: PADDING,
        widest: 0.0,
        lines: &mut lines,
    };
    if let Some(label) = node.label.as_deref().filter(|it| !it.trim().is_empty()) {
        pen.paragraph(label, Role::Label, room);
        pen.y += 2.0;
    }
    pen.paragraph(&node.text, Role::Text, room);
    let sources = node.source_lines();
    let small = sources.iter().chain(&node.details);
    for line in small.filter(|it| !it.trim().is_empty()) {
        pen.y += 3.0;
        pen.paragraph(line, Role::Source, room);
    }
    if let Some(stub) = node.hidden.stub() {
        pen.y += 3.0;
        pen.paragraph(&stub, Role::Stub, room);
    }
    let (widest, height) = (pen.widest, pen.y + PADDING - 2.0);
    let width = (widest + 2.0 * PADDING).max(64.0).ceil();
    align(&mut lines, width - PADDING);
    Sized {
        width,
        height: height.ceil(),
        lines,
    }
}

/// Lets lines that are written from right to left start at the right.
pub(super) fn align(lines: &mut [Line], right: f64) {
    for line in lines.iter_mut().filter(|it| it.is_rtl) {
        line.at.x = right;
    }
}

/// The width for text: the ordinary one unless the text would make a tower of it.
fn room_for(node: &Node, ordinary: f64) -> f64 {
    let length = width(&node.text, Weight::Regular, FONT_SIZE);
    let square = (length * FONT_SIZE * LINE_HEIGHT).sqrt();
    if square > ordinary * 1.1 {
        square.min(4000.0)
    } else {
        ordinary
    }
}

/// Writes paragraphs below each other.
struct Pen<'a> {
    y: f64,
    widest: f64,
    lines: &'a mut Vec<Line>,
}

impl Pen<'_> {
    fn paragraph(&mut self, text: &str, role: Role, room: f64) {
        let (weight, size) = style(role);
        for line in wrap_directed(text, room, weight, size) {
            self.widest = self.widest.max(width(&line.text, weight, size));
            let at = Point {
                x: PADDING,
                y: self.y + size,
            };
            self.y += size * LINE_HEIGHT;
            self.lines.push(Line {
                role,
                text: line.text,
                is_rtl: line.is_rtl,
                at,
            });
        }
    }
}

/// Half the size of a junction: a small point, or a plate around its words; across and along the way from the thesis.
pub(super) fn junction_radius(plate: Option<&Plate>, is_sideways: bool) -> (f64, f64) {
    let (half_width, half_height) = plate.map_or((JUNCTION_RADIUS, JUNCTION_RADIUS), |plate| {
        (plate.width / 2.0, plate.height / 2.0)
    });
    if is_sideways {
        (half_height, half_width)
    } else {
        (half_width, half_height)
    }
}

/// The plate of a junction, at most about as wide as an ordinary box; nothing for a point. O(characters).
pub(super) fn plate(junction: &Junction, box_width: f64) -> Option<Plate> {
    let words = on_one_line(&junction.plate()?);
    let room = box_width.clamp(80.0, 1000.0) - PLATE_PADDING;
    let lines = wrap(&words, room, Weight::Bold, SOURCE_SIZE);
    let widths = lines.iter().map(|it| width(it, Weight::Bold, SOURCE_SIZE));
    let width = widths.fold(0.0, f64::max) + PLATE_PADDING;
    let further = (1..lines.len()).map(|_| SOURCE_SIZE * LINE_HEIGHT);
    Some(Plate {
        width: width.ceil(),
        height: (SOURCE_SIZE * 1.5 + further.sum::<f64>()).ceil(),
        is_rtl: is_rtl(&words),
        lines,
    })
}

/// How a role is set.
pub(super) fn style(role: Role) -> (Weight, f64) {
    match role {
        Role::Label => (Weight::Bold, FONT_SIZE),
        Role::Text => (Weight::Regular, FONT_SIZE),
        Role::Source => (Weight::Regular, SOURCE_SIZE),
        Role::Stub => (Weight::Bold, SOURCE_SIZE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::junction;
    use crate::layout::support::node;
    use crate::view::diagram::{NamedSource, NodeKind, Polarity};

    #[test]
    fn text_stays_inside_its_box() {
        let mut it = node(
            "a",
            NodeKind::Evidence,
            &"many words and a verylongwordthatneverends ".repeat(9),
        );
        it.label = Some("A label that is itself rather long, too long for one line".into());
        it.sources.push(NamedSource {
            name: "Some source of some length, page 123".into(),
            link: None,
        });
        it.details = vec!["“some words of it, and some more, to the end of the line”".into()];
        it.hidden.under = 1_000_000;
        it.hidden.over = 2_000_000;
        let sized = size(&it, 180.0);
        for line in &sized.lines {
            let (weight, size) = style(line.role);
            assert!(line.at.x + width(&line.text, weight, size) <= sized.width - PADDING + 1.0);
            assert!(line.at.y < sized.height);
        }
    }

    #[test]
    fn lines_from_right_to_left_start_at_the_right() {
        let text = "ה-API של Google נכשל, ואז קרסה המערכת כולה.\nAnd in English.";
        let sized = size(&node("a", NodeKind::Claim, text), 180.0);
        let starts: Vec<(bool, f64)> = sized.lines.iter().map(|it| (it.is_rtl, it.at.x)).collect();
        let right = sized.width - PADDING;
        assert_eq!(starts, [(true, right), (true, right), (false, PADDING)]);
    }

    #[test]
    fn a_long_label_of_a_step_is_wrapped_in_its_plate() {
        let mut it = junction("a", Polarity::Pro);
        assert!(plate(&it, 220.0).is_none());
        it.is_labelled = true;
        it.label = Some("analogy".into());
        let short = plate(&it, 220.0).unwrap();
        assert_eq!((short.lines.len(), short.height), (1, 17.0));
        it.label = Some("many words and a verylongwordthatneverends ".repeat(9));
        for box_width in [100.0, 220.0] {
            let long = plate(&it, box_width).unwrap();
            assert!(long.width <= box_width, "{long:?}");
            assert!(long.height > 8.0 * SOURCE_SIZE, "{long:?}");
            for line in &long.lines {
                assert!(width(line, Weight::Bold, SOURCE_SIZE) < long.width);
            }
        }
    }

    #[test]
    fn a_very_long_text_gets_a_box_no_tower() {
        let sized = size(&node("a", NodeKind::Claim, &"word ".repeat(6400)), 220.0);
        assert!(
            sized.height < 1.3 * sized.width,
            "{} x {}",
            sized.width,
            sized.height
        );
    }
}
