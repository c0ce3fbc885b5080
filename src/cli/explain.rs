//! `grounds explain`: why a statement has its verdict.

use std::path::PathBuf;

use super::input::FromArgs;
use super::terms::{self, TermsArgs};
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::{Dossier, Explanation};
use crate::model::StatementIdx;
use crate::render::evaluation;
use crate::render::outline::{self, Format};
use crate::render::screen::paragraph;
use crate::view::outline::Outline;

/// Say why a statement stands or falls
///
/// Prints a sentence, and under it the part of the argument that proves it: one reason that holds, one objection that
/// defeats, one circle that nothing settles, and what those rest on in turn.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    /// The statement's id; the theses where there is none
    #[arg(value_name = "ID")]
    id: Option<String>,

    /// Show all that is under the statement
    #[arg(long)]
    full: bool,

    /// How to print it
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t)]
    format: FormatName,

    #[command(flatten)]
    from: FromArgs,

    #[command(flatten)]
    terms: TermsArgs,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// A sentence and a tree
    #[default]
    Text,
    /// Both as a nested list
    Markdown,
    /// The verdict, the sentence, and the ids of the proof's steps
    Json,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let mut dossier = input::open(&args.map, &args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    dossier.evaluate(args.terms.terms(&dossier)?);
    let statements = terms::asked(&dossier, args.id.as_deref())?;
    let text = match args.format {
        FormatName::Json => evaluation::explanations_json(&dossier, &statements),
        FormatName::Text => texts(args, &dossier, &statements, Format::Utf8, color),
        FormatName::Markdown => texts(args, &dossier, &statements, Format::Markdown, color),
    };
    output::print(text.as_bytes())?;
    Ok(SUCCESS)
}

fn texts(
    args: &Args,
    dossier: &Dossier,
    statements: &[StatementIdx],
    format: Format,
    color: clap::ColorChoice,
) -> String {
    let explanation = Explanation::of(dossier);
    let screen = output::screen(color);
    let texts = statements.iter().map(|statement| {
        let sentence = explanation.sentence(*statement);
        let tree = if args.full {
            Outline::under(dossier, *statement)
        } else {
            Outline::proving(dossier, *statement, &explanation.proof(*statement))
        };
        let sentence = match format {
            Format::Markdown => format!("{sentence}.\n"),
            _ => paragraph(&format!("{sentence}."), screen),
        };
        format!("{sentence}\n{}", outline::write(&tree, format, screen))
    });
    texts.collect::<Vec<_>>().join("\n")
}
