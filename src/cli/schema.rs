//! `grounds schema`: the JSON Schemas, for editors and other programs.

use super::{SUCCESS, output};

/// Print a JSON Schema, for editors and other programs
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Of what
    #[arg(value_name = "OF", value_enum, default_value_t)]
    of: Of,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum Of {
    /// Of maps
    #[default]
    Map,
    /// Of `grounds.toml`
    Config,
    /// Of what `check -f json` writes
    Findings,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let schema = match args.of {
        Of::Map => include_str!("../../schemas/argument-map.schema.json"),
        Of::Config => include_str!("../../schemas/config.schema.json"),
        Of::Findings => include_str!("../../schemas/findings.schema.json"),
    };
    output::print(schema.as_bytes())?;
    Ok(SUCCESS)
}
