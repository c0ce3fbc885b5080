//! `grounds rule`: what the rules find.

use std::fmt::Write as _;

use anyhow::bail;
use textwrap::{Options, wrap};

use super::{SUCCESS, output, project};
use crate::rules::{RULES, by_name};

/// How many columns a summary has at least beside the name of its rule.
const MIN_SUMMARY: usize = 24;
/// More columns than any line takes.
const UNLIMITED: usize = 1000;

/// List the rules of `check`, or print the page of one
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The rule whose page to print
    #[arg(value_name = "NAME")]
    name: Option<String>,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let text = match &args.name {
        None => list(),
        Some(name) => match by_name(name) {
            Some(rule) => rule.page.to_owned(),
            None => bail!(project::no_rule(name)),
        },
    };
    output::print(text.as_bytes())?;
    Ok(SUCCESS)
}

/// A line for each rule; on a terminal, where lines are not cut at its edge, as many as it takes.
fn list() -> String {
    let columns = if output::is_terminal() {
        output::width()
    } else {
        UNLIMITED
    };
    let width = RULES
        .iter()
        .map(|entry| entry.rule.name.len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for rule in RULES.iter().map(|entry| entry.rule) {
        let start = format!("{:width$}  {:7}  ", rule.name, rule.level.name());
        // Where too little is left beside the names, what follows them is indented by a little.
        let has_room = columns >= start.len() + MIN_SUMMARY;
        let indent = " ".repeat(if has_room { start.len() } else { 4 });
        let line = start + rule.summary;
        for row in wrap(&line, Options::new(columns).subsequent_indent(&indent)) {
            writeln!(text, "{row}").expect("writing to a string succeeds");
        }
    }
    text
}
