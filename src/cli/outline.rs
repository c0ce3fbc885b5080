//! `grounds outline`: the argument as an indented text.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;

use super::choose::{ChoiceArgs, say_left_out};
use super::input::FromArgs;
use super::{FOUND, SUCCESS, input, output};
use crate::render::outline::{Format, write};
use crate::view::outline::Outline;

/// Print the argument as an indented tree, from the thesis down
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    #[command(flatten)]
    from: FromArgs,

    /// How to print it [default: as the ending of -o says, else utf8]
    #[arg(short, long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::NAMES))]
    format: Option<String>,

    /// Where to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,

    #[command(flatten)]
    choice: ChoiceArgs,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let dossier = input::open(&args.map, &args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let choice = args.choice.choice(&dossier)?;
    let outline = Outline::chosen(&dossier, &choice);
    let text = write(&outline, format(args), output::screen(color));
    if args.output.as_os_str() != "-" {
        say_left_out(&outline.left_out);
    }
    let from = output::From {
        map: &args.map,
        dossier: &dossier,
        is_map: false,
    };
    output::write(&args.output, &from, text.as_bytes())?;
    Ok(SUCCESS)
}

/// The format asked for, else the one that the ending of the output's name means.
fn format(args: &Args) -> Format {
    if let Some(name) = &args.format {
        return Format::from_name(name).expect("clap lets only known names through");
    }
    let ending = output::ending(&args.output);
    ending
        .and_then(|ending| Format::from_name(&ending))
        .unwrap_or(Format::Utf8)
}
