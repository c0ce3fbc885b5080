//! `grounds scheme`: the argumentation schemes and their critical questions.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::bail;
use serde::Serialize;
use textwrap::Options;

use super::project::{ConfigArgs, Projects};
use super::{SUCCESS, output};
use crate::analysis::{Burden, Scheme};
use crate::config::Config;
use crate::emit::visible::visible;
use crate::model::near::nearest;

/// Where the built-in schemes are described.
const LITERATURE: &str = "Walton, Reed and Macagno 2008, chapter 9";
const INDENT: &str = "  ";

/// List the argumentation schemes that steps can follow, or print one with its critical questions
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The scheme to print
    #[arg(value_name = "NAME")]
    name: Option<String>,

    /// How to print it
    #[arg(short, long, value_enum, default_value_t)]
    format: FormatName,

    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    // The schemes that maps in the current folder can name.
    let settings = Projects::new(&args.config)?.of(Path::new(""))?;
    let config = &settings.config;
    let schemes = match &args.name {
        None => config.all_schemes(),
        Some(name) => match config.scheme(name) {
            Some(scheme) => vec![scheme],
            None => bail!("there is no scheme `{name}`{}", suggestion(name, config)),
        },
    };
    let width = output::width();
    let text = match (args.format, args.name.is_some(), &schemes[..]) {
        (FormatName::Json, _, schemes) => json(schemes),
        (FormatName::Text, true, [scheme]) => page(scheme, width),
        (FormatName::Text, _, schemes) => list(schemes, width),
    };
    output::print(text.as_bytes())?;
    Ok(SUCCESS)
}

/// The document of `-f json`; a single scheme is a list of one, so that programs read one shape.
#[derive(Serialize)]
struct Document<'a> {
    format: &'static str,
    version: u32,
    schemes: &'a [&'a Scheme],
}

fn json(schemes: &[&Scheme]) -> String {
    let document = Document {
        format: "grounds-schemes",
        version: 1,
        schemes,
    };
    let text = serde_json::to_string_pretty(&document).expect("texts are valid JSON");
    text + "\n"
}

fn list(schemes: &[&Scheme], width: usize) -> String {
    let mut text = String::new();
    let rows = schemes
        .iter()
        .map(|scheme| (scheme.name.as_str(), scheme.summary.as_str()));
    write_rows(&mut text, &rows.collect::<Vec<_>>(), "", width);
    text
}

fn page(scheme: &Scheme, width: usize) -> String {
    let mut text = format!("{}: {}\n", visible(&scheme.name), visible(&scheme.title));
    if !scheme.summary.is_empty() {
        write_wrapped(&mut text, &scheme.summary, "", width);
    }
    let premises = scheme.premises.iter();
    let premises: Vec<_> = premises
        .map(|r| (r.key.as_str(), r.text.as_str()))
        .collect();
    write_section(&mut text, "premises", &premises, width);
    if !scheme.conclusion.is_empty() {
        text.push_str("\nconclusion\n");
        write_wrapped(&mut text, &scheme.conclusion, INDENT, width);
    }
    for (heading, burden) in [
        ("the author must answer (assumptions)", Burden::Assumption),
        (
            "a critic may ask, and must show (exceptions)",
            Burden::Exception,
        ),
    ] {
        let questions = scheme.questions_with(burden);
        let questions: Vec<_> = questions
            .map(|q| (q.key.as_str(), q.text.as_str()))
            .collect();
        write_section(&mut text, heading, &questions, width);
    }
    text.push_str("\nin a map\n");
    text.push_str(&snippet(scheme));
    if !scheme.source.is_empty() {
        let literature = match Scheme::built_in(&scheme.name) {
            Some(built_in) if built_in == scheme => format!("{LITERATURE}: {}", scheme.source),
            _ => scheme.source.clone(),
        };
        text.push_str("\nsource\n");
        write_wrapped(&mut text, &literature, INDENT, width);
    }
    text
}

/// A step that follows the scheme, as an author would write it.
fn snippet(scheme: &Scheme) -> String {
    let keys: Vec<&str> = scheme.premises.iter().map(|r| r.key.as_str()).collect();
    let premises = match &keys[..] {
        [] => "some-statement".to_owned(),
        [only] => (*only).to_owned(),
        keys => format!("[{}]", keys.join(", ")),
    };
    let mut lines = vec![
        "reasons:".to_owned(),
        format!("  - premises: {premises}"),
        format!("    scheme: {}", scheme.name),
    ];
    let asked: Vec<_> = scheme.questions_with(Burden::Assumption).collect();
    if !asked.is_empty() {
        lines.push("    answers:".to_owned());
    }
    for question in asked {
        lines.push(format!(
            "      {}: The answer, or the id of a statement.",
            question.key
        ));
    }
    let lines = lines
        .iter()
        .map(|line| format!("{INDENT}{}\n", visible(line)));
    lines.collect()
}

fn write_section(text: &mut String, heading: &str, rows: &[(&str, &str)], width: usize) {
    if !rows.is_empty() {
        write!(text, "\n{heading}\n").expect("a string takes every write");
        write_rows(text, rows, INDENT, width);
    }
}

/// Rows of a name and a text, the texts under each other.
fn write_rows(text: &mut String, rows: &[(&str, &str)], indent: &str, width: usize) {
    let names = rows.iter().map(|(name, _)| name.chars().count());
    let column = names.max().unwrap_or(0) + 2;
    let hanging = format!("{indent}{}", " ".repeat(column));
    for (name, row) in rows {
        let first = format!("{indent}{:column$}", visible(name));
        let options = Options::new(width)
            .initial_indent(&first)
            .subsequent_indent(&hanging);
        writeln!(text, "{}", textwrap::fill(&visible(row), options))
            .expect("a string takes every write");
    }
}

fn write_wrapped(text: &mut String, paragraph: &str, indent: &str, width: usize) {
    let options = Options::new(width)
        .initial_indent(indent)
        .subsequent_indent(indent);
    writeln!(text, "{}", textwrap::fill(&visible(paragraph), options))
        .expect("a string takes every write");
}

fn suggestion(name: &str, config: &Config) -> String {
    let schemes = config.all_schemes();
    match nearest(name, schemes.iter().map(|scheme| scheme.name.as_str()))[..] {
        [] => "; `grounds scheme` lists them".to_owned(),
        [nearest, ..] => format!("; did you mean `{nearest}`?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scheme_of_ones_own_that_only_asks_has_a_page_and_no_line_is_too_wide() {
        let own = "title: Argument from the tide\nquestions: [{key: when, text: When is the tide high enough?, burden: assumption}]";
        let own: Scheme = serde_yaml::from_str(own).unwrap();
        let own = Scheme {
            name: "tide".to_owned(),
            ..own
        };
        assert_eq!(
            page(&own, 30),
            "tide: Argument from the tide\n\
             \nthe author must answer (assumptions)\n  when  When is the tide high\n        enough?\n\
             \nin a map\n  reasons:\n    - premises: some-statement\n      scheme: tide\n      answers:\n        \
             when: The answer, or the id of a statement.\n"
        );
        for scheme in Scheme::all() {
            let page = page(scheme, 100);
            assert!(
                page.lines().all(|line| line.chars().count() <= 100),
                "{page}"
            );
        }
    }
}
