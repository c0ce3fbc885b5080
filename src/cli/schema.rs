//! `grounds schema`: the JSON Schemas, for editors and other programs.

use super::{SUCCESS, output};

const MAP: &str = include_str!("../../schemas/argument-map.schema.json");

/// Print the JSON Schema of maps, for editors
#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_: &Args) -> anyhow::Result<u8> {
    output::print(MAP.as_bytes())?;
    Ok(SUCCESS)
}
