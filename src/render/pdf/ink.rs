//! Paths and texts of an SVG on the surface of a page.

use std::ops::Range;
use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point};
use krilla::num::NormalizedF32;
use krilla::paint::{Fill, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ArtifactType, ContentTag, Identifier};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use resvg::tiny_skia::PathSegment;
use resvg::usvg;
use resvg::usvg::layout::PositionedGlyph;

use crate::layout::Rect;
use crate::render::fonts::is_bold;

/// A thing of the picture.
pub(super) enum Item<'t> {
    Path(&'t usvg::Path),
    Text(&'t usvg::Text),
}

impl Item<'_> {
    pub(super) fn is_text(&self) -> bool {
        matches!(self, Self::Text(_))
    }

    /// What it covers, in CSS px.
    pub(super) fn bounds(&self) -> Rect {
        rect(match self {
            Self::Path(path) => path.abs_stroke_bounding_box(),
            Self::Text(text) => text.abs_bounding_box(),
        })
    }

    /// What it covers, more closely: for a line each of its legs alone.
    pub(super) fn parts(&self) -> Vec<Rect> {
        let whole = self.bounds();
        let line = match self {
            Self::Path(path) if path.fill().is_none() => path,
            _ => return vec![whole],
        };
        let mut parts = Vec::new();
        let mut before = None;
        for segment in line.data().segments() {
            let end = match segment {
                PathSegment::MoveTo(end) => {
                    before = Some(end);
                    continue;
                }
                PathSegment::LineTo(end)
                | PathSegment::QuadTo(_, end)
                | PathSegment::CubicTo(_, _, end) => end,
                PathSegment::Close => return vec![whole],
            };
            let start = before.replace(end).unwrap_or(end);
            parts.push(around(line.abs_transform(), start, end));
        }
        parts
    }
}

/// The rectangle around a leg and the pen that draws it.
fn around(
    to_picture: usvg::Transform,
    start: resvg::tiny_skia::Point,
    end: resvg::tiny_skia::Point,
) -> Rect {
    let mut ends = [start, end];
    to_picture.map_points(&mut ends);
    let [a, b] = ends.map(|it| (f64::from(it.x), f64::from(it.y)));
    Rect {
        x: a.0.min(b.0) - 2.0,
        y: a.1.min(b.1) - 2.0,
        width: (a.0 - b.0).abs() + 4.0,
        height: (a.1 - b.1).abs() + 4.0,
    }
}

fn rect(it: usvg::Rect) -> Rect {
    Rect {
        x: f64::from(it.x()),
        y: f64::from(it.y()),
        width: f64::from(it.width()),
        height: f64::from(it.height()),
    }
}

/// Everything of the picture in the order in which it is drawn. Linear; the groups are kept on a stack.
pub(super) fn items(root: &usvg::Group) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut open = vec![root.children().iter()];
    while let Some(group) = open.last_mut() {
        match group.next() {
            None => drop(open.pop()),
            Some(usvg::Node::Group(inner)) => open.push(inner.children().iter()),
            Some(usvg::Node::Path(path)) if path.is_visible() => items.push(Item::Path(path)),
            Some(usvg::Node::Text(text)) => items.push(Item::Text(text)),
            Some(usvg::Node::Path(_) | usvg::Node::Image(_)) => {}
        }
    }
    items
}

/// The embedded fonts, in one document.
pub(super) struct Ink {
    regular: Font,
    bold: Font,
}

impl Ink {
    pub(super) fn new() -> Self {
        let font = |data: &'static [u8]| {
            let data: Arc<dyn AsRef<[u8]> + Send + Sync> = Arc::new(data);
            Font::new(data.into(), 0).expect("the embedded font is well-formed")
        };
        Self {
            regular: font(dejavu::sans::regular()),
            bold: font(dejavu::sans::bold()),
        }
    }

    /// Draws items, and gives back the texts among them that are to be read aloud.
    pub(super) fn draw(
        &self,
        surface: &mut Surface<'_>,
        items: &[Item<'_>],
        chosen: &[usize],
        is_said: impl Fn(usize) -> bool,
    ) -> Vec<Identifier> {
        let mut said = Vec::new();
        for at in chosen {
            let is_said = items[*at].is_text() && is_said(*at);
            let tag = if is_said {
                ContentTag::Other
            } else {
                ContentTag::Artifact(ArtifactType::Other)
            };
            let identifier = surface.start_tagged(tag);
            match items[*at] {
                Item::Path(path) => draw_path(surface, path),
                Item::Text(text) => self.draw_text(surface, text),
            }
            surface.end_tagged();
            said.extend(is_said.then_some(identifier));
        }
        said
    }

    /// Draws the paths alone: for a picture in which no text could be read.
    pub(super) fn sketch(surface: &mut Surface<'_>, items: &[Item<'_>]) {
        surface.start_tagged(ContentTag::Artifact(ArtifactType::Other));
        for item in items {
            if let Item::Path(path) = item {
                draw_path(surface, path);
            }
        }
        surface.end_tagged();
    }

    fn draw_text(&self, surface: &mut Surface<'_>, text: &usvg::Text) {
        for span in text.layouted().iter().filter(|it| it.visible) {
            surface.set_stroke(None);
            surface.set_fill(span.fill.as_ref().and_then(fill));
            for run in runs(&span.positioned_glyphs) {
                let font = if is_bold(run[0].font) {
                    &self.bold
                } else {
                    &self.regular
                };
                draw_run(surface, font, text.abs_transform(), run);
            }
        }
    }
}

/// Glyphs that follow each other on one line in one font.
fn runs(glyphs: &[PositionedGlyph]) -> impl Iterator<Item = &[PositionedGlyph]> {
    glyphs.chunk_by(|a, b| {
        let step = (a.transform().ty - b.transform().ty).abs();
        a.font == b.font && step < 0.7 * a.font_size()
    })
}

/// Draws glyphs where the SVG has them, with the text that they stand for.
fn draw_run(
    surface: &mut Surface<'_>,
    font: &Font,
    to_picture: usvg::Transform,
    run: &[PositionedGlyph],
) {
    let size = run[0].font_size();
    let places: Vec<_> = run
        .iter()
        .map(|glyph| to_picture.pre_concat(glyph.transform()))
        .collect();
    let (text, ranges) = clusters(run);
    let (x, y) = (places[0].tx, places[0].ty);
    let glyph = |at: usize| {
        let next = places.get(at + 1).unwrap_or(&places[at]);
        KrillaGlyph::new(
            GlyphId::new(run[at].id.0),
            (next.tx - places[at].tx) / size,
            0.0,
            (y - places[at].ty) / size,
            0.0,
            ranges[at].clone(),
            None,
        )
    };
    let glyphs: Vec<KrillaGlyph> = (0..run.len()).map(glyph).collect();
    surface.draw_glyphs(
        Point::from_xy(x, y),
        &glyphs,
        font.clone(),
        &text,
        size,
        false,
    );
}

/// The text of a run, and which part of it each glyph stands for.
///
/// Of the glyphs of one cluster only one has the text: the others share it.
fn clusters(run: &[PositionedGlyph]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut ranges = Vec::new();
    for glyph in run {
        let start = text.len();
        // What isolates a line is none of its text.
        let is_text = |c: &char| !matches!(c, '\u{2066}'..='\u{2069}');
        text.extend(glyph.text.chars().filter(is_text));
        ranges.push(start..text.len());
    }
    for at in (1..ranges.len()).rev() {
        if ranges[at - 1].is_empty() {
            ranges[at - 1] = ranges[at].clone();
        }
    }
    for at in 1..ranges.len() {
        if ranges[at].is_empty() {
            ranges[at] = ranges[at - 1].clone();
        }
    }
    together(run, &mut ranges);
    (text, ranges)
}

/// Puts characters that the font lacks into one cluster with a neighbour: all have the same glyph, for which a reader
/// of the file would otherwise give back no text, or always the same.
fn together(run: &[PositionedGlyph], ranges: &mut [Range<usize>]) {
    for at in 0..run.len() {
        if run[at].id.0 != 0 || run.len() < 2 {
            continue;
        }
        let first = at.min(run.len() - 2);
        let start = ranges[first].start.min(ranges[first + 1].start);
        let end = ranges[first].end.max(ranges[first + 1].end);
        let (from, to) = (ranges[first].clone(), ranges[first + 1].clone());
        for range in ranges.iter_mut().take(first + 2).rev() {
            if *range != from && *range != to {
                break;
            }
            *range = start..end;
        }
    }
}

fn draw_path(surface: &mut Surface<'_>, path: &usvg::Path) {
    let Some(outline) = outline(path) else { return };
    let (fill, stroke) = (path.fill().and_then(fill), path.stroke());
    let wider = path.abs_transform().get_scale().0;
    let stroke = stroke.and_then(|it| self::stroke(it, wider));
    if fill.is_some() || stroke.is_some() {
        surface.set_fill(fill);
        surface.set_stroke(stroke);
        surface.draw_path(&outline);
    }
}

fn outline(path: &usvg::Path) -> Option<Path> {
    let placed = path.data().clone().transform(path.abs_transform())?;
    let mut builder = PathBuilder::new();
    for segment in placed.segments() {
        match segment {
            PathSegment::MoveTo(to) => builder.move_to(to.x, to.y),
            PathSegment::LineTo(to) => builder.line_to(to.x, to.y),
            PathSegment::QuadTo(a, to) => builder.quad_to(a.x, a.y, to.x, to.y),
            PathSegment::CubicTo(a, b, to) => {
                builder.cubic_to(a.x, a.y, b.x, b.y, to.x, to.y);
            }
            PathSegment::Close => builder.close(),
        }
    }
    builder.finish()
}

/// The colour; our pictures have no other paint.
fn colour(paint: &usvg::Paint) -> Option<rgb::Color> {
    match paint {
        usvg::Paint::Color(it) => Some(rgb::Color::new(it.red, it.green, it.blue)),
        _ => None,
    }
}

fn fill(it: &usvg::Fill) -> Option<Fill> {
    Some(Fill {
        paint: colour(it.paint())?.into(),
        opacity: NormalizedF32::new(it.opacity().get())?,
        ..Fill::default()
    })
}

fn stroke(it: &usvg::Stroke, wider: f32) -> Option<Stroke> {
    let dash = it.dasharray().map(|array| StrokeDash {
        array: array.to_vec(),
        offset: it.dashoffset(),
    });
    Some(Stroke {
        paint: colour(it.paint())?.into(),
        width: it.width().get() * wider,
        opacity: NormalizedF32::new(it.opacity().get())?,
        line_cap: match it.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        line_join: match it.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
        },
        dash,
        ..Stroke::default()
    })
}
