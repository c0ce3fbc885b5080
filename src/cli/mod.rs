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

use clap::{Parser, Subcommand};

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
#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Evaluate(evaluate::Args),
    Explain(explain::Args),
    Crux(crux::Args),
    Render(render::Args),
    Table(table::Args),
    Sources(sources::Args),
    Outline(outline::Args),
    Report(report::Args),
    Coverage(coverage::Args),
    Quote(quote::Args),
    Scaffold(scaffold::Args),
    Review(review::Args),
    Convert(convert::Args),
    Stats(stats::Args),
    Diff(diff::Args),
    Rule(rule::Args),
    Scheme(scheme::Args),
    Schema(schema::Args),
}

/// Runs the command line that the process was started with.
pub fn main() -> ExitCode {
    ExitCode::from(run(std::env::args_os()))
}

/// Runs a command line and says with which code to end: 0 done, 1 something was found, 2 it could not be done.
fn run(args: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = match Cli::try_parse_from(args) {
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
