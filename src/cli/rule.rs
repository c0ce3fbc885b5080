//! `grounds rule`: what the rules find.

use std::fmt::Write as _;

use anyhow::bail;

use super::{SUCCESS, output, project};
use crate::rules::{RULES, by_name};

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

fn list() -> String {
    let width = RULES
        .iter()
        .map(|entry| entry.rule.name.len())
        .max()
        .unwrap_or(0);
    let mut text = String::new();
    for rule in RULES.iter().map(|entry| entry.rule) {
        writeln!(
            text,
            "{:width$}  {:7}  {}",
            rule.name,
            rule.level.name(),
            rule.summary
        )
        .expect("writing to a string succeeds");
    }
    text
}
