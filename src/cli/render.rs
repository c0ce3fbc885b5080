//! `grounds render`: draw a map.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::{FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::layout::graphviz;
use crate::layout::{Direction, Fit, Options};
use crate::render::{Format, Style, render};
use crate::view::Diagram;

/// Draw a map as a picture, or as a text that other tools draw
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    /// Where to write; the ending says the format; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// The format, where the ending does not say it
    #[arg(short, long, value_enum)]
    format: Option<FormatName>,

    /// What lays the picture out
    #[arg(long, value_enum, default_value_t)]
    engine: Engine,

    #[command(flatten)]
    look: LookArgs,
}

/// How pictures look, for every command that draws.
#[derive(Debug, clap::Args)]
pub(super) struct LookArgs {
    /// Where the branches grow, seen from the thesis
    #[arg(long, value_enum, default_value_t)]
    direction: DirectionName,

    /// The shape of the page that the picture should fit
    #[arg(long, value_enum, default_value_t)]
    fit: FitName,

    /// The width of a box, in CSS pixels
    #[arg(long, value_name = "PX", default_value_t = 220, value_parser = clap::value_parser!(u16).range(80..=1000))]
    box_width: u16,

    /// Pixels of a PNG for each CSS pixel
    #[arg(long, value_name = "FACTOR", default_value_t = 2.0)]
    scale: f32,

    /// Leave the legend out
    #[arg(long)]
    no_legend: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FormatName {
    /// A vector picture
    Svg,
    /// A pixel picture
    Png,
    /// Graphviz' language
    Dot,
    /// Mermaid's language
    Mermaid,
    /// The positions of boxes and lines, as JSON
    Layout,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Engine {
    /// The one built in, made for argument maps
    #[default]
    Builtin,
    /// An installed Graphviz (svg and png only)
    Dot,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum DirectionName {
    /// The thesis on top
    #[default]
    Down,
    /// The thesis at the bottom
    Up,
    /// The thesis at the left
    Right,
    /// The thesis at the right
    Left,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FitName {
    /// No page
    #[default]
    None,
    /// A4 upright
    A4,
    /// A4 lying
    A4Landscape,
    /// A slide or a screen
    #[value(name = "16:9")]
    Wide,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let format = format(args)?;
    let dossier = input::open(&args.map)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let to_stdout = args.output.as_os_str() == "-";
    if to_stdout && format.is_binary() && io::stdout().is_terminal() {
        bail!(
            "a {} is not for a terminal: name a file with -o",
            format.name()
        );
    }
    if !to_stdout {
        refuse_maps(&args.output, &args.map, &dossier)?;
    }
    let bytes = draw(&Diagram::of(&dossier), format, args)?;
    if to_stdout {
        output::print(&bytes)?;
    } else {
        output::write_file(&args.output, &bytes)?;
    }
    Ok(SUCCESS)
}

/// The format asked for, else the one that the file's ending means.
fn format(args: &Args) -> anyhow::Result<Format> {
    if let Some(name) = args.format {
        return Ok(name.into());
    }
    let names = Format::ALL.map(Format::name).join(", ");
    let Some(ending) = args.output.extension().and_then(OsStr::to_str) else {
        bail!("say the format with -f, or name a file with -o: {names}");
    };
    Format::from_extension(ending).with_context(|| {
        format!("`.{ending}` is no format that can be drawn; say one with -f: {names}")
    })
}

fn draw(diagram: &Diagram, format: Format, args: &Args) -> anyhow::Result<Vec<u8>> {
    let style = args.look.style();
    if args.engine == Engine::Builtin {
        return Ok(render(diagram, format, &style)?);
    }
    let output = match format {
        Format::Svg => graphviz::Output::Svg,
        Format::Png => graphviz::Output::Png,
        other => bail!(
            "Graphviz draws svg and png; `{}` needs no engine",
            other.name()
        ),
    };
    let dot = render(diagram, Format::Dot, &style)?;
    let dot = String::from_utf8(dot).context("DOT is text")?;
    let drawn = graphviz::draw(&dot, output, &graphviz::installed);
    drawn.context("cannot draw with --engine dot; without it the built-in engine draws")
}

/// A picture never replaces a map: not the one that it shows, not one that that includes, nothing that ends like one.
fn refuse_maps(output: &Path, map: &Path, dossier: &Dossier) -> anyhow::Result<()> {
    let name = output.display();
    if input::is_map(output) {
        bail!("`{name}` ends like a map: choose another name for the picture");
    }
    let Ok(output) = std::path::absolute(output).and_then(|path| real(&path)) else {
        return Ok(());
    };
    let parts = dossier.files.iter().map(|file| Path::new(file.name()));
    for part in parts.chain([map]) {
        if real(part).is_ok_and(|part| part == output) {
            bail!("`{name}` is a map: choose another name for the picture");
        }
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "`cli` is the room that touches the disk"
)]
fn real(path: &Path) -> io::Result<PathBuf> {
    std::fs::canonicalize(path)
}

impl LookArgs {
    /// The same as the renderers want it.
    pub(super) fn style(&self) -> Style {
        let layout = Options {
            direction: match self.direction {
                DirectionName::Down => Direction::Down,
                DirectionName::Up => Direction::Up,
                DirectionName::Right => Direction::Right,
                DirectionName::Left => Direction::Left,
            },
            fit: match self.fit {
                FitName::None => Fit::None,
                FitName::A4 => Fit::A4,
                FitName::A4Landscape => Fit::A4Landscape,
                FitName::Wide => Fit::Wide,
            },
            box_width: f64::from(self.box_width),
            legend: !self.no_legend,
        };
        Style {
            layout,
            scale: self.scale,
        }
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Svg => Self::Svg,
            FormatName::Png => Self::Png,
            FormatName::Dot => Self::Dot,
            FormatName::Mermaid => Self::Mermaid,
            FormatName::Layout => Self::Layout,
        }
    }
}
