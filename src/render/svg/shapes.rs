//! Shapes in SVG.

use std::fmt::Write as _;

use super::palette;
use super::xml::px;
use crate::layout::Point;
use crate::render::paint::{Form, Leg, Shape};

/// Writes shapes, one to a line.
pub(super) fn draw(out: &mut String, shapes: impl IntoIterator<Item = Shape>) {
    for shape in shapes {
        form(out, &shape.form);
        paint(out, &shape);
        out.push_str("/>\n");
    }
}

fn form(out: &mut String, form: &Form) {
    let _ = match form {
        Form::Rectangle(rect, radius) => write!(
            out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"",
            px(rect.x),
            px(rect.y),
            px(rect.width),
            px(rect.height),
            px(*radius)
        ),
        Form::Circle(middle, radius) => write!(
            out,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"",
            px(middle.x),
            px(middle.y),
            px(*radius)
        ),
        Form::Path(legs) => {
            out.push_str("<path d=\"");
            legs.iter().for_each(|it| leg(out, *it));
            write!(out, "\"")
        }
    };
}

fn leg(out: &mut String, leg: Leg) {
    let at = |point: Point| format!("{} {}", px(point.x), px(point.y));
    let _ = match leg {
        Leg::Start(point) => write!(out, "M{}", at(point)),
        Leg::Line(point) => write!(out, "L{}", at(point)),
        Leg::Bend(towards, end) => write!(out, "Q{} {}", at(towards), at(end)),
        Leg::Close => write!(out, "Z"),
    };
}

fn paint(out: &mut String, shape: &Shape) {
    let fill = shape.fill.map_or("none", palette::of);
    let _ = write!(out, " fill=\"{fill}\"");
    let Some(stroke) = shape.stroke else { return };
    let _ = write!(
        out,
        " stroke=\"{}\" stroke-width=\"{}\"",
        palette::of(stroke.colour),
        stroke.width
    );
    if !stroke.dashes.is_empty() {
        let dashes: Vec<String> = stroke.dashes.iter().map(f64::to_string).collect();
        let _ = write!(out, " stroke-dasharray=\"{}\"", dashes.join(" "));
    }
    if stroke.is_round {
        out.push_str(" stroke-linecap=\"round\"");
    }
}
