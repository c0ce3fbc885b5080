//! Views out: pictures of a diagram in the formats that readers and other programs want.
//!
//! [`Format`] is the list; each format has a file of its own.

pub mod coverage;
pub mod crux;
mod d2;
pub mod difference;
mod dot;
mod escape;
pub mod evaluation;
mod fonts;
mod graphml;
mod layout;
mod markdown;
mod mermaid;
mod missing;
pub(crate) mod names;
pub mod outline;
pub mod page;
mod paint;
mod paper;
mod pdf;
mod png;
pub mod screen;
mod svg;
pub mod table;
mod tikz;

pub use paint::audit;

use crate::config::theme::Theme;
use crate::layout::{Drawing, Options, lay_out};
use crate::view::diagram::Diagram;

pub use missing::Missing;
pub use paper::Paper;

/// A format that a diagram can be drawn in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A vector picture for the web and for print.
    Svg,
    /// A pixel picture.
    Png,
    /// Pages for print.
    Pdf,
    /// Graphviz' language, for its own layout.
    Dot,
    /// Mermaid's language, for Markdown files on many sites.
    Mermaid,
    /// D2's language.
    D2,
    /// A graph with its data and its picture, for yEd, Gephi and programs that count.
    Graphml,
    /// A LaTeX document.
    Tikz,
    /// A text with headings, lists and anchors.
    Markdown,
    /// The positions as JSON.
    Layout,
}

impl Format {
    /// Every format, in the order in which help lists them.
    pub const ALL: [Self; 10] = [
        Self::Svg,
        Self::Png,
        Self::Pdf,
        Self::Dot,
        Self::Mermaid,
        Self::D2,
        Self::Graphml,
        Self::Tikz,
        Self::Markdown,
        Self::Layout,
    ];

    /// The name by which the user asks for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
            Self::Pdf => "pdf",
            Self::Dot => "dot",
            Self::Mermaid => "mermaid",
            Self::D2 => "d2",
            Self::Graphml => "graphml",
            Self::Tikz => "tikz",
            Self::Markdown => "markdown",
            Self::Layout => "layout",
        }
    }

    /// The endings of file names that mean it, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Svg => &["svg"],
            Self::Png => &["png"],
            Self::Pdf => &["pdf"],
            Self::Dot => &["dot", "gv"],
            Self::Mermaid => &["mmd", "mermaid"],
            Self::D2 => &["d2"],
            Self::Graphml => &["graphml"],
            Self::Tikz => &["tex", "tikz"],
            Self::Markdown => &["md", "markdown"],
            Self::Layout => &["json"],
        }
    }

    /// The format that an ending means, whatever its case; without a dot.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let is = |it: &str| it.eq_ignore_ascii_case(extension);
        Self::ALL
            .into_iter()
            .find(|format| format.extensions().iter().any(|it| is(it)))
    }

    /// The media type (RFC 6838).
    pub fn media(self) -> &'static str {
        match self {
            Self::Svg => "image/svg+xml",
            Self::Png => "image/png",
            Self::Pdf => "application/pdf",
            Self::Dot => "text/vnd.graphviz",
            Self::Mermaid => "text/vnd.mermaid",
            Self::D2 => "text/plain",
            Self::Graphml => "application/xml",
            Self::Tikz => "application/x-tex",
            Self::Markdown => "text/markdown",
            Self::Layout => "application/json",
        }
    }

    /// Whether it must not be written to a terminal.
    pub fn is_binary(self) -> bool {
        matches!(self, Self::Png | Self::Pdf)
    }
}

/// How a picture should look.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// Direction, shape and box width.
    pub layout: Options,
    /// Pixels per CSS px, for [`Format::Png`].
    pub scale: f32,
    /// Colours and lines.
    pub theme: Theme,
    /// What stands before each element id, for [`Format::Svg`]: letters, digits, hyphens and underscores, a letter
    /// first. Pictures with different prefixes can stand on one page.
    pub id_prefix: String,
    /// What [`Format::Pdf`] is printed on; nothing for one page as large as the picture.
    pub paper: Option<Paper>,
}

impl Default for Style {
    fn default() -> Self {
        Self {
            layout: Options::default(),
            scale: 2.0,
            theme: Theme::default(),
            id_prefix: String::new(),
            paper: None,
        }
    }
}

/// Why there is no picture.
#[derive(Clone, Debug, PartialEq)]
pub enum RenderError {
    /// The picture would have more pixels than [`MAX_PIXELS`] or a side longer than a PNG reader takes.
    TooManyPixels {
        /// How wide it would be.
        width: f64,
        /// How high it would be.
        height: f64,
        /// A scale at which the picture is small enough.
        fitting: f64,
    },
    /// The scale is not a number above zero.
    Scale(f32),
    /// The picture needs more than [`MAX_PAGES`] pages.
    TooManyPages(usize),
    /// The SVG could not be turned into pixels or pages; this is a fault of ours.
    Raster(String),
}

impl std::fmt::Display for RenderError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::TooManyPixels {
                width,
                height,
                fitting,
            } => {
                let most = MAX_PIXELS / 1_000_000;
                write!(
                    f,
                    "the picture would be {width:.0} by {height:.0} pixels, and may have {most} million and no side above 65535: "
                )?;
                if *fitting < 0.01 {
                    write!(f, "draw it as `svg`, or draw less")
                } else {
                    write!(f, "draw it with `--scale {fitting}`, or as `svg`")
                }
            }
            Self::Scale(scale) => write!(f, "the scale must be above zero, not {scale}"),
            Self::TooManyPages(pages) => write!(
                f,
                "the picture would need {pages} pages, more than {MAX_PAGES}: choose larger paper, show less of the map, or leave `--pages` out for one large page"
            ),
            Self::Raster(why) => write!(f, "the picture could not be drawn: {why}"),
        }
    }
}

impl std::error::Error for RenderError {}

/// The most pixels that a PNG may have; four bytes each while it is drawn.
pub const MAX_PIXELS: u64 = 100_000_000;

/// The most pages that a PDF may have, its index aside.
pub const MAX_PAGES: usize = 1_000;

/// Draws a diagram. Only [`Format::Png`] and [`Format::Pdf`] can fail.
///
/// The same diagram and style give the same bytes. The time is that of [`lay_out`] where positions are needed,
/// else linear.
pub fn render(diagram: &Diagram, format: Format, style: &Style) -> Result<Vec<u8>, RenderError> {
    let drawing = || lay_out(diagram, &style.layout);
    match format {
        Format::Svg => {
            let svg = svg::svg(diagram, &drawing(), &style.theme, &style.id_prefix);
            Ok(svg.into_bytes())
        }
        Format::Png => draw_png(diagram, &drawing(), style),
        Format::Pdf => draw_pdf(diagram, &drawing(), style),
        Format::Dot => Ok(dot::dot(diagram, &style.layout, &style.theme).into_bytes()),
        Format::Mermaid => Ok(mermaid::mermaid(diagram, &style.layout, &style.theme).into_bytes()),
        Format::D2 => Ok(d2::d2(diagram, &style.layout, &style.theme).into_bytes()),
        Format::Graphml => Ok(graphml::graphml(diagram, &drawing(), &style.theme).into_bytes()),
        Format::Tikz => Ok(tikz::tikz(diagram, &drawing(), &style.theme).into_bytes()),
        Format::Markdown => Ok(markdown::outline(diagram).into_bytes()),
        Format::Layout => Ok(layout::layout(diagram, &drawing())),
    }
}

/// The PNG of a drawing: its size is checked before the SVG is written.
fn draw_png(diagram: &Diagram, drawing: &Drawing, style: &Style) -> Result<Vec<u8>, RenderError> {
    let size = png::size(drawing, style.scale)?;
    png::png(&fixed_svg(diagram, drawing, style), size, style.scale)
}

fn draw_pdf(diagram: &Diagram, drawing: &Drawing, style: &Style) -> Result<Vec<u8>, RenderError> {
    let svg = fixed_svg(diagram, drawing, style);
    pdf::pdf(diagram, drawing, &svg, style.paper)
}

/// The SVG for what cannot change with the screen that shows it.
fn fixed_svg(diagram: &Diagram, drawing: &Drawing, style: &Style) -> String {
    let theme = Theme {
        dark: None,
        ..style.theme.clone()
    };
    svg::svg(diagram, drawing, &theme, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::layout::support::bridge;

    #[test]
    fn every_format_is_found_by_its_extensions() {
        for format in Format::ALL {
            for extension in format.extensions() {
                assert_eq!(
                    Format::from_extension(&extension.to_uppercase()),
                    Some(format)
                );
            }
        }
        assert_eq!(Format::from_extension("doc"), None);
    }

    #[test]
    fn every_format_draws_an_empty_diagram_and_a_small_one_the_same_way_twice() {
        for diagram in [Diagram::default(), bridge()] {
            for format in Format::ALL {
                let once = render(&diagram, format, &Style::default()).unwrap();
                assert!(!once.is_empty(), "{}", format.name());
                assert_eq!(
                    once,
                    render(&diagram, format, &Style::default()).unwrap(),
                    "{}",
                    format.name()
                );
            }
        }
    }
}
