//! Tables of a map, as every command that lists takes them.

use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;

use super::cite::{CiteArgs, cite};
use super::input::FromArgs;
use super::project::{ConfigArgs, Projects};
use super::{input, output};
use crate::analysis::Dossier;
use crate::render::table::{Format, write};
use crate::view::table::Query;

/// How a table is printed, and which columns it has.
#[derive(Debug, clap::Args)]
pub(super) struct FormArgs {
    /// How to print it [default: as the ending of -o says, else utf8]
    #[arg(short, long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(Format::NAMES))]
    format: Option<String>,

    /// The columns, in this order, by comma
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub(super) columns: Vec<String>,
}

impl FormArgs {
    /// The format asked for, else the one that the ending of the output's name means.
    pub(super) fn format(&self, output: &Path) -> Format {
        if let Some(name) = &self.format {
            return Format::from_name(name).expect("clap lets only known names through");
        }
        let ending = output::ending(output);
        ending
            .and_then(|ending| Format::from_name(&ending))
            .unwrap_or(Format::Utf8)
    }
}

/// Which map, which columns and rows, how and where to write them.
#[derive(Debug, clap::Args)]
pub(super) struct ListArgs {
    /// The map, or `-` for standard input
    #[arg(value_name = "MAP")]
    map: PathBuf,

    #[command(flatten)]
    from: FromArgs,

    #[command(flatten)]
    form: FormArgs,

    /// Rows that are wanted: COLUMN=VALUE, a comma for "or", or COLUMN~WORD; several must all hold
    #[arg(long, value_name = "FILTER")]
    filter: Vec<String>,

    /// The column to sort by; `-COLUMN` for the greatest first
    #[arg(long, value_name = "COLUMN", allow_hyphen_values = true)]
    sort: Option<String>,

    #[command(flatten)]
    cite: CiteArgs,

    #[command(flatten)]
    config: ConfigArgs,

    /// Where to write; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

impl ListArgs {
    /// A query, made narrower by what is asked for; before any file is read.
    pub(super) fn query(&self, usual: Query) -> anyhow::Result<Query> {
        let mut query = usual.select(&self.form.columns)?;
        for filter in &self.filter {
            query = query.filter(filter)?;
        }
        match &self.sort {
            None => Ok(query),
            Some(column) => match column.strip_prefix('-') {
                Some(column) => Ok(query.sort(column, true)?),
                None => Ok(query.sort(column, false)?),
            },
        }
    }

    /// Opens the map as far as the query needs it, and writes the answer; nothing where the map has no content.
    pub(super) fn answer(
        &self,
        query: &Query,
        color: clap::ColorChoice,
    ) -> anyhow::Result<Option<Dossier>> {
        let map: &Path = &self.map;
        let settings = Projects::new(&self.config)?.of(map)?;
        let style = self.cite.style(&settings)?;
        let mut dossier = if query.reads_files() {
            input::open_verified(map, &self.from)?
        } else {
            input::open(map, &self.from)?
        };
        if !input::has_content(&dossier) {
            return Ok(None);
        }
        cite(&mut dossier, style.as_ref());
        let table = match style {
            Some(_) if self.form.columns.is_empty() => query.clone().in_style().table(&dossier),
            _ => query.table(&dossier),
        };
        let text = write(
            &table,
            self.form.format(&self.output),
            output::screen(color),
        );
        let from = output::From {
            map,
            dossier: &dossier,
            is_map: false,
        };
        output::write(&self.output, &from, text.as_bytes())?;
        Ok(Some(dossier))
    }
}
