//! Everything before the picture: the page, fonts, colours and styles.

use std::fmt::Write as _;

use super::super::paint;
use super::{Looks, meaning};
use crate::config::theme::{Head, Shape, StateLook, Theme};
use crate::layout::{
    Drawing, FONT_SIZE, LINE_HEIGHT, PADDING, SMALL_SIZE, SOURCE_SIZE, TITLE_SIZE,
};
use crate::view::diagram::{EdgeKind, NodeKind};

/// Packages and fonts. What pdfLaTeX's fonts lack becomes a question mark in a box; the other engines have a font with
/// most letters, where it is installed.
const FONTS: &str = r"\usepackage{iftex}
\newcommand{\mapunknown}{{\setlength{\fboxsep}{0.5pt}\fbox{?}}}
\ifPDFTeX
  \usepackage[T1]{fontenc}
  \usepackage[utf8]{inputenc}
  \IfFileExists{lmodern.sty}{\usepackage{lmodern}}{}
  \makeatletter
  \def\UTFviii@undefined@err#1{\mapunknown{}}
  \def\UTFviii@invalid@err#1{\mapunknown{}}
  \makeatother
\else
  \IfFileExists{fontspec.sty}{%
    \usepackage{fontspec}
    \IfFontExistsTF{DejaVu Sans}{\setmainfont{DejaVu Sans}\setsansfont{DejaVu Sans}}{}
  }{}
\fi
\usepackage{tikz}
\usetikzlibrary{arrows.meta}
\pagestyle{empty}
\setlength{\parindent}{0pt}
\setlength{\topskip}{0pt}
\renewcommand{\familydefault}{\sfdefault}
";

/// Writes it for a picture of which a CSS px is so many points.
pub(super) fn preamble(drawing: &Drawing, theme: &Theme, unit: f64) -> String {
    let mut out = String::new();
    // A little more than the picture, so that no rounding begins a second page.
    let page = |length: f64| length.max(1.0) * unit + 1.0;
    let _ = writeln!(
        out,
        "\\documentclass{{article}}\n\
         \\usepackage[paperwidth={:.2}bp, paperheight={:.2}bp, margin=0pt]{{geometry}}",
        page(drawing.width),
        page(drawing.height)
    );
    out.push_str(FONTS);
    colours(&mut out, theme);
    let _ = writeln!(
        out,
        "\\newcommand{{\\mapsmall}}[1]{{{{{}\\color{{muted}}#1}}}}\n\\pagecolor{{paper}}\n\\tikzset{{",
        font(SOURCE_SIZE, unit)
    );
    styles(&mut out, theme, unit);
    out
}

fn colours(out: &mut String, theme: &Theme) {
    for tone in paint::tones(theme) {
        let digits = tone
            .colour
            .to_string()
            .trim_start_matches('#')
            .to_uppercase();
        let _ = writeln!(
            out,
            "\\definecolor{{{}}}{{HTML}}{{{digits}}}",
            name(tone.name)
        );
    }
    for edge in EdgeKind::LOOKS {
        let colour = name(paint::edge(theme, edge).tone.name);
        let _ = writeln!(out, "\\colorlet{{{}line}}{{{colour}}}", meaning(edge));
    }
}

/// The command for a size of text in CSS px.
fn font(size: f64, unit: f64) -> String {
    let (size, line) = (size * unit, size * unit * LINE_HEIGHT);
    format!("\\fontsize{{{size:.3}bp}}{{{line:.3}bp}}\\selectfont")
}

fn styles(out: &mut String, theme: &Theme, unit: f64) {
    let font = |size| font(size, unit);
    let padding = 2.0 * PADDING * unit;
    let _ = writeln!(
        out,
        "  box/.style 2 args={{text width={unit:.5}*#1bp-{padding:.3}bp, minimum height={unit:.5}*#2bp,\n    \
         minimum width={unit:.5}*#1bp, inner sep=0pt, align=left, font={}, text=ink}},",
        font(FONT_SIZE)
    );
    let _ = writeln!(
        out,
        "  sample/.style={{text width=, inner sep=0pt}},\n  \
           words/.style={{anchor=base west, inner sep=0pt, text=ink}},\n  \
           title/.style={{font={}\\bfseries}},\n  \
           question/.style={{font={}, text=muted}},\n  \
           small/.style={{font={}, text=muted}},",
        font(TITLE_SIZE),
        font(SMALL_SIZE + 1.0),
        font(SMALL_SIZE)
    );
    kinds(out, theme, unit);
    lines(out, theme, unit);
    let dot = 9.0 * unit;
    let _ = writeln!(
        out,
        "  point/.style={{circle, inner sep=0pt, minimum size={dot:.3}bp}},\n  \
           plate/.style={{fill=paper, align=center, rounded corners=2pt, inner sep=2pt, font={small}, text=ink}},\n  \
           sign/.style={{circle, inner sep=0pt, minimum size={:.3}bp, font={small}\\bfseries, text=paper}},\n  \
           cross/.style={{circle, fill=paper, inner sep=0pt, font={}}},\n}}",
        15.0 * unit,
        font(FONT_SIZE),
        small = font(SMALL_SIZE)
    );
}

/// A colour's name without what means something in an expression of colours.
fn name(tone: &str) -> String {
    tone.replace('-', "")
}

fn kinds(out: &mut String, theme: &Theme, unit: f64) {
    for of in NodeKind::ALL {
        let paint = paint::statement(theme, Looks::plain(of));
        let (fill, border) = (name(paint.fill.name), name(paint.border.name));
        let width = paint.width * unit;
        let shape = match paint.shape {
            Shape::Plain => format!("rounded corners={:.3}bp", 3.0 * unit),
            Shape::Round => format!("rounded corners={:.3}bp", 15.0 * unit),
            Shape::Double => format!("double={fill}, double distance={:.3}bp", 1.5 * unit),
            Shape::Sheet => format!(
                "append after command={{\\pgfextra{{\\begin{{pgfinterruptpath}}\\draw[draw={border}, line width={width:.3}bp]\n    \
                 ([yshift={fold:.3}bp]\\tikzlastnode.south east) -| ([xshift=-{fold:.3}bp]\\tikzlastnode.south east);\
                 \\end{{pgfinterruptpath}}}}}}",
                fold = 9.0 * unit
            ),
        };
        let _ = writeln!(
            out,
            "  {}/.style={{draw={border}, fill={fill}, text={}, line width={width:.3}bp, {shape}}},",
            of.name(),
            name(paint.text.name)
        );
    }
    let tints = [
        ("supporting", theme.supporting),
        ("attacking", theme.attacking),
    ];
    for (style, tint) in tints {
        let looks = match tint {
            Some(_) => format!("draw={style}border, fill={style}fill"),
            None => String::new(),
        };
        let _ = writeln!(out, "  {style}/.style={{{looks}}},");
    }
    let states = [
        ("unsupported", &theme.unsupported),
        ("implicit", &theme.implicit),
        ("rejected", &theme.rejected),
        ("undecided", &theme.undecided),
    ];
    for (style, look) in states {
        let _ = writeln!(out, "  {style}/.style={{{}}},", state(style, look, unit));
    }
    let (_, border) = paint::group(theme);
    let _ = writeln!(
        out,
        "  group/.style={{draw={}, fill=groupfill, line width={:.3}bp, rounded corners=3pt{}}},",
        name(border.name),
        theme.group.width * unit,
        dashes(&theme.group.dash, unit)
    );
}

fn state(style: &str, look: &StateLook, unit: f64) -> String {
    let mut parts = Vec::new();
    parts.extend(look.fill.map(|_| format!("fill={style}fill")));
    parts.extend(
        look.width
            .map(|width| format!("line width={:.3}bp", width * unit)),
    );
    let dashes = dashes(&look.dash, unit);
    parts.extend((!dashes.is_empty()).then(|| dashes.trim_start_matches(", ").to_owned()));
    parts.join(", ")
}

/// The option for dashes and gaps, after others.
fn dashes(dash: &[f64], unit: f64) -> String {
    if dash.is_empty() {
        return String::new();
    }
    let part = |(at, length): (usize, &f64)| {
        let word = if at % 2 == 0 { "on" } else { "off" };
        format!("{word} {:.3}bp", length * unit)
    };
    let parts: Vec<String> = dash.iter().enumerate().map(part).collect();
    format!(", dash pattern={}", parts.join(" "))
}

fn lines(out: &mut String, theme: &Theme, unit: f64) {
    for edge in EdgeKind::LOOKS {
        let look = paint::edge(theme, edge).look;
        let long = 9.0 * unit;
        let head = match look.head {
            Head::Arrow => format!("-{{Triangle[length={long:.3}bp, width={long:.3}bp]}}"),
            Head::Fork => format!(
                "-{{Bar[width={long:.3}bp, sep={:.3}bp]Straight Barb[length={:.3}bp, width={long:.3}bp]}}",
                -5.0 * unit,
                7.0 * unit
            ),
            Head::Bar => format!("-{{Bar[width={:.3}bp]}}", 11.0 * unit),
            Head::Hollow => {
                format!("-{{Triangle[open, length={long:.3}bp, width={long:.3}bp]}}")
            }
            Head::Cross | Head::None => "-".to_owned(),
        };
        let _ = writeln!(
            out,
            "  {}/.style={{draw={}line, line width={:.3}bp, rounded corners={:.3}bp{}, {head}}},",
            meaning(edge),
            meaning(edge),
            look.width * unit,
            6.0 * unit,
            dashes(&look.dash, unit)
        );
    }
    out.push_str("  premise/.style={-},\n");
}
