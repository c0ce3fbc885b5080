//! The command line: the only room with arguments, files, streams, environment and exit codes.
//!
//! One file per command; `run` dispatches.

mod check;
mod choose;
mod cite;
mod convert;
mod copy;
mod coverage;
mod crux;
mod diff;
mod disk;
mod evaluate;
mod explain;
mod fix;
mod gather;
mod git;
mod input;
mod listing;
mod look;
mod outline;
mod output;
mod progress;
mod project;
mod quote;
mod render;
mod report;
mod review;
mod rule;
mod scaffold;
mod schema;
mod scheme;
mod sources;
mod stats;
mod table;
mod terms;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

/// Nothing was found, or the work is done.
const SUCCESS: u8 = 0;
/// Something was found.
const FOUND: u8 = 1;
/// The work could not be done.
const FAILURE: u8 = 2;

/// Argument maps that can be checked: write an article's thesis, premises and evidence as YAML,
/// find what does not carry, and draw it.
#[derive(Debug, Parser)]
#[command(
    name = "grounds",
    version,
    max_term_width = 100,
    subcommand_required = true
)]
#[command(arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// When to use colour
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: clap::ColorChoice,
}

/// What to do.
///
/// The options of a command are built when it is called: building those of all takes longer than reading a small map.
/// So its summary stands here, too; a test keeps the two alike.
#[derive(Debug, Subcommand)]
#[command(defer = true)]
enum Command {
    /// Find what is wrong with maps: faults of form, unsupported and circular claims, evidence without a source
    Check(check::Args),
    /// Say whether the thesis stands against its objections, and what else does
    Evaluate(evaluate::Args),
    /// Say why a statement stands or falls
    Explain(explain::Args),
    /// Say what would bring the thesis down: single points of failure, defeat sets, and what it rests on most
    Crux(crux::Args),
    /// Draw a map as a picture, or as a text that other tools draw
    Render(render::Args),
    /// List what is in a map: statements, evidence, sources, what is unsupported, objections, competing hypotheses
    Table(table::Args),
    /// List the works that a map cites: what rests on each, whether its quotes are found, how reliable and independent it is
    Sources(sources::Args),
    /// Print the argument as an indented tree, from the thesis down
    Outline(outline::Args),
    /// Write a page about each map: verdict, diagram, what is open, outline, evidence, sources, statements
    Report(report::Args),
    /// Show which paragraphs of the article are encoded, by which statements, and which are not
    Coverage(coverage::Args),
    /// Find words in the article or in a source, and write their place and wording into the map as `at` and `quote`
    Quote(quote::Args),
    /// Start a map from a text: its title, its source entry, and its paragraphs as comments to work through
    Scaffold(scaffold::Args),
    /// Record that statements were checked against their sources, or list which were
    Review(review::Args),
    /// Convert maps to another format
    Convert(convert::Args),
    /// Count what maps and whole corpora consist of: statements, steps, words, depth, what is unsupported, linked or cyclic
    Stats(stats::Args),
    /// Show what changed in the argument, not in the text: statements, reasons, objections, support, findings
    Diff(diff::Args),
    /// List the rules of `check`, or print the page of one
    Rule(rule::Args),
    /// List the argumentation schemes that steps can follow, or print one with its critical questions
    Scheme(scheme::Args),
    /// Print a JSON Schema, for editors and other programs
    Schema(schema::Args),
}

/// Runs the command line that the process was started with.
pub fn main() -> ExitCode {
    ExitCode::from(run(std::env::args_os()))
}

/// Runs a command line and says with which code to end: 0 done, 1 something was found, 2 it could not be done.
fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let args: Vec<OsString> = args.into_iter().collect();
    let command = Cli::command().color(colour(&args));
    let matches = command.try_get_matches_from(args);
    let cli = match matches.and_then(|it| Cli::from_arg_matches(&it)) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, not faults.
            let code = if error.use_stderr() { FAILURE } else { SUCCESS };
            return if error.print().is_ok() { code } else { FAILURE };
        }
    };
    let done = match &cli.command {
        Command::Check(args) => check::run(args, cli.color),
        Command::Evaluate(args) => evaluate::run(args, cli.color),
        Command::Explain(args) => explain::run(args, cli.color),
        Command::Crux(args) => crux::run(args, cli.color),
        Command::Render(args) => render::run(args),
        Command::Table(args) => table::run(args, cli.color),
        Command::Sources(args) => sources::run(args, cli.color),
        Command::Outline(args) => outline::run(args, cli.color),
        Command::Report(args) => report::run(args),
        Command::Coverage(args) => coverage::run(args, cli.color),
        Command::Quote(args) => quote::run(args),
        Command::Scaffold(args) => scaffold::run(args),
        Command::Review(args) => review::run(args, cli.color),
        Command::Convert(args) => convert::run(args),
        Command::Stats(args) => stats::run(args, cli.color),
        Command::Diff(args) => diff::run(args),
        Command::Rule(args) => rule::run(args),
        Command::Scheme(args) => scheme::run(args),
        Command::Schema(args) => schema::run(args),
    };
    match done {
        Ok(code) => code,
        Err(error) => {
            output::error(&error);
            FAILURE
        }
    }
}

/// What `--color` says, looked up by hand: help and what is wrong with a command line are told before it is understood.
fn colour(args: &[OsString]) -> clap::ColorChoice {
    let texts = args.iter().map(|arg| arg.to_str().unwrap_or_default());
    let mut args = texts.take_while(|arg| *arg != "--");
    let mut choice = clap::ColorChoice::Auto;
    while let Some(arg) = args.next() {
        let value = match arg.strip_prefix("--color") {
            Some("") => args.next(),
            Some(value) => value.strip_prefix('='),
            None => None,
        };
        let named = value.and_then(|value| value.parse().ok());
        choice = named.unwrap_or(choice);
    }
    choice
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colour_is_as_asked_for_wherever_that_stands() {
        let colour = |args: &[&str]| colour(&args.iter().map(OsString::from).collect::<Vec<_>>());
        assert_eq!(
            colour(&["grounds", "check", "--hlp"]),
            clap::ColorChoice::Auto
        );
        for args in [
            &["grounds", "--color", "never", "check", "--hlp"][..],
            &["grounds", "check", "--help", "--color=never"],
            &[
                "grounds", "--color", "always", "--color", "never", "--colour",
            ],
            &["grounds", "--color=never", "check", "--", "--color=always"],
        ] {
            assert_eq!(colour(args), clap::ColorChoice::Never, "{args:?}");
        }
    }

    #[test]
    fn the_list_of_commands_says_what_each_says_of_itself() {
        let listed = Cli::command();
        let mut built = Cli::command();
        built.build();
        for (one, other) in listed.get_subcommands().zip(built.get_subcommands()) {
            let [summary, own] = [one, other].map(|it| it.get_about().map(ToString::to_string));
            assert_eq!(summary, own, "{}", one.get_name());
            assert!(summary.is_some(), "{}", one.get_name());
        }
    }
}
