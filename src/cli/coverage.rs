//! `grounds coverage`: which paragraphs of a text a map encodes.

use std::path::PathBuf;

use anyhow::{Context as _, bail};

use super::copy::{self, Copy};
use super::input::{FromArgs, Input};
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::quotes::{Coverage, Text};
use crate::render::coverage::{html, json};
use crate::render::screen::{Screen, paragraph};
use crate::render::table::{self, write};
use crate::view::reading::Reading;
use crate::view::table::Table;

/// Show which paragraphs of the article are encoded, by which statements, and which are not
///
/// A statement encodes the paragraphs that its `at` names and those that have its quote; docs/quotes.md says more.
/// With -f html it writes a reading copy: the text with what is quoted, and the statements beside it.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    #[command(flatten)]
    from: FromArgs,

    /// The source whose text is looked at [default: the map's `article`]
    #[arg(long, value_name = "ID")]
    source: Option<String>,

    /// How to print it [default: as the ending of -o says, else utf8]
    #[arg(short, long, value_enum)]
    format: Option<FormatName>,

    /// The same as -f html
    #[arg(long, conflicts_with = "format")]
    html: bool,

    /// List only the paragraphs that no statement encodes
    #[arg(long)]
    open: bool,

    /// Leave paragraphs out of account that need no statement, such as a byline: `para 1`, `§ About the author`; for several, several times
    #[arg(long, value_name = "LOCATOR")]
    skip: Vec<String>,

    /// End with 1 if a smaller share of the paragraphs is encoded: a number from 0 to 1
    #[arg(long, value_name = "SHARE", value_parser = share)]
    min: Option<f64>,

    /// Where to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum FormatName {
    /// Sentences and a table with lines
    Utf8,
    /// The same with lines of ASCII characters
    Ascii,
    /// Sentences and a table of Markdown
    Markdown,
    /// The table as comma-separated values
    Csv,
    /// The table as tab-separated values
    Tsv,
    /// All marks; documented in docs/json.md
    Json,
    /// A reading copy in one file
    Html,
}

fn share(text: &str) -> Result<f64, String> {
    let share = text.parse().ok();
    let share = share.filter(|share| (0.0..=1.0).contains(share));
    share.ok_or_else(|| "it must be a number from 0 to 1, such as 0.9".to_owned())
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let Input { name, bytes, world } = input::read(&args.map)?;
    let dossier = args.from.dossier(&name, bytes, &world)?.verified(&world);
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let source = match &args.source {
        Some(id) => copy::source_named(&dossier, id)?,
        None => article(&dossier)?,
    };
    let copy = copy::of_source(&dossier, source, &world)?;
    let text = copy.text();
    let mut coverage = Coverage::of(&dossier.map, &dossier.verification, source, &text);
    for at in &args.skip {
        if !coverage.set_aside(&copy::locator(at)?, &text) {
            bail!("`{}` has no {at}", copy.file.name());
        }
    }
    let Some(share) = coverage.share() else {
        bail!("`{}` has no paragraphs to encode", copy.file.name());
    };
    let shown = Shown {
        dossier: &dossier,
        source,
        copy: &copy,
        text: &text,
        coverage: &coverage,
    };
    let from = output::From {
        map: &args.map,
        dossier: &dossier,
        is_map: false,
    };
    let out = shown.write(format(args), args.open, output::screen(color));
    output::write(&args.output, &from, out.as_bytes())?;
    Ok(match args.min {
        Some(min) if share < min => {
            output::say(&format!("`--min {min}` is not met: {}", shown.sentence()));
            FOUND
        }
        _ => SUCCESS,
    })
}

/// The source that is the article of the map itself.
fn article(dossier: &Dossier) -> anyhow::Result<usize> {
    let article = dossier.graph.articles.first().copied().flatten();
    article.context(
        "the map does not say which source is its article: write `article: ID`, or name one with --source",
    )
}

/// The format asked for, else the one that the file's ending means.
fn format(args: &Args) -> FormatName {
    let ending = output::ending(&args.output);
    match (args.format, ending.as_deref()) {
        (Some(format), _) => format,
        (None, _) if args.html => FormatName::Html,
        (None, Some("html" | "htm")) => FormatName::Html,
        (None, Some("json")) => FormatName::Json,
        (None, Some("csv")) => FormatName::Csv,
        (None, Some("tsv")) => FormatName::Tsv,
        (None, Some("md" | "markdown")) => FormatName::Markdown,
        _ => FormatName::Utf8,
    }
}

/// A text and what a map encodes of it.
struct Shown<'d> {
    dossier: &'d Dossier,
    source: usize,
    copy: &'d Copy,
    text: &'d Text<'d>,
    coverage: &'d Coverage,
}

impl Shown<'_> {
    fn write(&self, format: FormatName, is_open_only: bool, screen: Screen) -> String {
        let (dossier, text, coverage) = (self.dossier, self.text, self.coverage);
        let table = |format| {
            let table = Table::of_coverage(dossier, text, coverage, is_open_only);
            if table.rows.is_empty() {
                return String::new();
            }
            write(&table, format, screen)
        };
        let told = |format| {
            let sentences = self.sentences();
            let sentences = sentences.iter().map(|it| paragraph(it, screen));
            format!("{}\n{}", sentences.collect::<String>(), table(format))
        };
        match format {
            FormatName::Utf8 => told(table::Format::Utf8),
            FormatName::Ascii => told(table::Format::Ascii),
            FormatName::Markdown => {
                let table = table(table::Format::Markdown);
                format!("{}\n\n{table}", self.sentences().join("\n\n"))
            }
            FormatName::Csv => table(table::Format::Csv),
            FormatName::Tsv => table(table::Format::Tsv),
            FormatName::Json => json(dossier, self.source, text, coverage),
            FormatName::Html => {
                let reading = Reading::of(dossier, self.source, text, coverage);
                html(dossier, &reading)
            }
        }
    }

    /// How much is encoded.
    fn sentence(&self) -> String {
        let (n, of) = (self.coverage.n_encoded(), self.coverage.n_paragraphs());
        // Rounded down, so that only all of it is 100 %.
        let percent = n * 100 / of.max(1);
        let name = self.copy.file.name();
        format!("{n} of {of} paragraphs of `{name}` are encoded ({percent} %)")
    }

    fn sentences(&self) -> Vec<String> {
        let mut sentences = vec![format!("{}.", self.sentence())];
        sentences.extend(self.coverage.unplaced.iter().map(|unplaced| {
            let name = self.dossier.kind_and_name(unplaced.statement);
            format!("Not counted: {name}: {}.", unplaced.why.words())
        }));
        sentences
    }
}
