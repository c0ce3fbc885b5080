//! `grounds render`: draw a map.

use std::ffi::OsStr;
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::choose::{ChoiceArgs, WordingArgs, say_left_out};
use super::cite::{CiteArgs, cite};
use super::input::FromArgs;
use super::look::LookArgs;
use super::progress::Progress;
use super::project::{ConfigArgs, Projects};
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::config::Config;
use crate::layout::graphviz;
use crate::render::page::{self, Page, Picture};
use crate::render::{Format, Missing, Paper, Style, render};
use crate::rules;
use crate::view::Diagram;
use crate::view::report::Report;

/// Draw a map as a picture, or as a text that other tools draw
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    #[command(flatten)]
    from: FromArgs,

    /// Where to write; the ending says the format; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    /// The format, where the ending does not say it
    #[arg(short, long, value_enum)]
    format: Option<FormatName>,

    /// What lays the picture out
    #[arg(long, value_enum, default_value_t)]
    engine: Engine,

    /// Spread a PDF over pages of this paper, with an index; without it the page is as large as the picture
    #[arg(long, value_enum, value_name = "PAPER")]
    pages: Option<PaperName>,

    /// Put this before each element id of an SVG, so that several can stand on one page
    #[arg(long, value_name = "PREFIX", value_parser = id_prefix)]
    id_prefix: Option<String>,

    #[command(flatten)]
    look: LookArgs,

    #[command(flatten)]
    choice: ChoiceArgs,

    #[command(flatten)]
    wording: WordingArgs,

    #[command(flatten)]
    cite: CiteArgs,

    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FormatName {
    /// A vector picture
    Svg,
    /// A pixel picture
    Png,
    /// Pages for print
    Pdf,
    /// Graphviz' language
    Dot,
    /// Mermaid's language
    Mermaid,
    /// D2's language
    D2,
    /// A graph with its data, for yEd, Gephi and programs that count
    Graphml,
    /// A LaTeX document
    Tikz,
    /// A text with headings, lists and anchors
    Markdown,
    /// A page to walk around in: move, zoom, search, fold, read what is known of each statement
    Html,
    /// The positions of boxes and lines, as JSON
    Layout,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum PaperName {
    A4,
    A4Landscape,
    A3,
    A3Landscape,
    Letter,
    LetterLandscape,
}

/// What to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    /// A picture, or a text that other tools draw.
    Picture(Format),
    /// A page with the picture and everything about its statements.
    Page,
}

impl Target {
    /// Whether it is drawn with the embedded font for good, whatever fonts its reader has.
    fn has_one_font(self) -> bool {
        matches!(self, Self::Picture(Format::Png | Format::Pdf))
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Engine {
    /// The one built in, made for argument maps
    #[default]
    Builtin,
    /// An installed Graphviz (svg and png only)
    Dot,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let target = target(args)?;
    let settings = Projects::new(&args.config)?.of(&args.map)?;
    let progress = Progress::step("reading the map");
    let cited_in = args.cite.style(&settings)?;
    let mut dossier = match target {
        Target::Picture(_) => input::open(&args.map, &args.from)?,
        Target::Page => input::open_verified(&args.map, &args.from)?,
    };
    drop(progress);
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    cite(&mut dossier, cited_in.as_ref());
    if args.pages.is_some() && target != Target::Picture(Format::Pdf) {
        bail!("--pages is for pdf alone");
    }
    if args.id_prefix.is_some()
        && (target, args.engine) != (Target::Picture(Format::Svg), Engine::Builtin)
    {
        bail!("--id-prefix is for svg of the built-in engine alone");
    }
    let mut style = args.look.style(&settings.config)?;
    style.paper = args.pages.map(Paper::from);
    style.id_prefix = args.id_prefix.clone().unwrap_or_default();
    let choice = args.choice.choice(&dossier)?;
    let wording = args.wording.wording(&settings.config.render.wording);
    let diagram = Diagram::chosen(&dossier, &choice, &wording);
    let progress = Progress::step(&format!("drawing {} statements", diagram.nodes.len()));
    let bytes = match target {
        Target::Picture(format) => picture(args, &diagram, format, &style)?,
        Target::Page if args.engine != Engine::Builtin => {
            bail!("a page is drawn by the built-in engine alone")
        }
        Target::Page => page(&dossier, &settings.config, &diagram, &style),
    };
    drop(progress);
    say_left_out(&diagram.left_out);
    if args.engine == Engine::Builtin && target.has_one_font() {
        say_missing(&diagram);
    }
    let from = output::From {
        map: &args.map,
        dossier: &dossier,
        is_map: false,
    };
    output::write(&args.output, &from, &bytes)?;
    Ok(SUCCESS)
}

/// Says on standard error which characters are drawn as boxes.
fn say_missing(diagram: &Diagram) {
    let missing = Missing::of(diagram);
    if !missing.is_empty() {
        output::say(&format!("note: {missing}"));
    }
}

/// A prefix that makes ids of XML and selectors of CSS without escapes.
fn id_prefix(prefix: &str) -> Result<String, &'static str> {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if prefix.starts_with(|c: char| c.is_ascii_alphabetic()) && prefix.chars().all(is_plain) {
        Ok(prefix.to_owned())
    } else {
        Err("a prefix has letters, digits, hyphens and underscores, and a letter first, as `fig1-`")
    }
}

/// The format asked for, else the one that the file's ending means.
fn target(args: &Args) -> anyhow::Result<Target> {
    if let Some(name) = args.format {
        return Ok(name.into());
    }
    let pictures = Format::ALL.map(Format::name).join(", ");
    let names = format!("{pictures}, html");
    let Some(ending) = args.output.extension().and_then(OsStr::to_str) else {
        bail!("say the format with -f, or name a file with -o: {names}");
    };
    if ["html", "htm"]
        .iter()
        .any(|it| ending.eq_ignore_ascii_case(it))
    {
        return Ok(Target::Page);
    }
    let format = Format::from_extension(ending).with_context(|| {
        format!("`.{ending}` is no format that can be drawn; say one with -f: {names}")
    })?;
    Ok(Target::Picture(format))
}

fn picture(
    args: &Args,
    diagram: &Diagram,
    format: Format,
    style: &Style,
) -> anyhow::Result<Vec<u8>> {
    let to_stdout = args.output.as_os_str() == "-";
    if to_stdout && format.is_binary() && io::stdout().is_terminal() {
        bail!(
            "a {} is not for a terminal: name a file with -o",
            format.name()
        );
    }
    draw(diagram, format, args.engine, style)
}

/// The page: the picture, and what was found about its statements.
fn page(dossier: &Dossier, config: &Config, diagram: &Diagram, style: &Style) -> Vec<u8> {
    let findings = rules::check(dossier, config).findings;
    let page = Page {
        report: &Report::of(dossier, &findings),
        picture: &Picture::of(diagram, style),
        name: "",
        found: "",
    };
    page::diagram(&page).into_bytes()
}

fn draw(
    diagram: &Diagram,
    format: Format,
    engine: Engine,
    style: &Style,
) -> anyhow::Result<Vec<u8>> {
    if engine == Engine::Builtin {
        return Ok(render(diagram, format, style)?);
    }
    let output = match format {
        Format::Svg => graphviz::Output::Svg,
        Format::Png => graphviz::Output::Png,
        other => bail!(
            "Graphviz draws svg and png; `{}` needs no engine",
            other.name()
        ),
    };
    let dot = render(diagram, Format::Dot, style)?;
    let dot = String::from_utf8(dot).context("DOT is text")?;
    let drawn = graphviz::draw(&dot, output, &run_dot);
    drawn.context("cannot draw with --engine dot; without it the built-in engine draws")
}

/// Runs the installed `dot` in a process of its own.
fn run_dot(dot: String, output: graphviz::Output) -> io::Result<Vec<u8>> {
    let format = match output {
        graphviz::Output::Svg => graphviz_rust::cmd::Format::Svg,
        graphviz::Output::Png => graphviz_rust::cmd::Format::Png,
    };
    graphviz_rust::exec_dot(dot, vec![format.into()])
}

impl From<FormatName> for Target {
    fn from(name: FormatName) -> Self {
        Self::Picture(match name {
            FormatName::Html => return Self::Page,
            FormatName::Svg => Format::Svg,
            FormatName::Png => Format::Png,
            FormatName::Pdf => Format::Pdf,
            FormatName::Dot => Format::Dot,
            FormatName::Mermaid => Format::Mermaid,
            FormatName::D2 => Format::D2,
            FormatName::Graphml => Format::Graphml,
            FormatName::Tikz => Format::Tikz,
            FormatName::Markdown => Format::Markdown,
            FormatName::Layout => Format::Layout,
        })
    }
}

impl From<PaperName> for Paper {
    fn from(name: PaperName) -> Self {
        match name {
            PaperName::A4 => Self::A4,
            PaperName::A4Landscape => Self::A4Landscape,
            PaperName::A3 => Self::A3,
            PaperName::A3Landscape => Self::A3Landscape,
            PaperName::Letter => Self::Letter,
            PaperName::LetterLandscape => Self::LetterLandscape,
        }
    }
}
