//! `grounds review`: record that statements were checked against their sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Context as _, bail};
use clap::builder::PossibleValuesParser;

use super::input::FromArgs;
use super::{FOUND, SUCCESS, git, input, output, terms};
use crate::analysis::{Dossier, Fingerprint, ReviewState, review_file_name};
use crate::emit::visible::one_line;
use crate::model::{Review, StatementIdx};
use crate::quotes::{Outcome, State};
use crate::read::is_date;
use crate::render::table::{Format, write};
use crate::source::Span;
use crate::view::table::Table;
use crate::write::review;

/// Record that statements were checked against their sources, or list which were
///
/// The record is a file beside the map: MAP.review.toml. `check` says which statements, or the files of their sources,
/// have changed since (`stale-review`), and which were never reviewed (`unreviewed`, off by default).
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The map
    #[arg(value_name = "MAP")]
    map: PathBuf,

    /// The ids of the statements that were checked
    #[arg(value_name = "ID", conflicts_with_all = ["all", "status"])]
    ids: Vec<String>,

    /// Record all statements that cite a source or the article and have an id
    #[arg(long, conflicts_with = "status")]
    all: bool,

    /// List how statements stand to their reviews; so does the command without any id
    #[arg(long)]
    status: bool,

    #[command(flatten)]
    from: FromArgs,

    /// Who checked them [default: git's user.name]
    #[arg(long, value_name = "NAME")]
    by: Option<String>,

    /// When, as 2026-11-25 [default: today in UTC]
    #[arg(long, value_name = "DATE", value_parser = date)]
    date: Option<String>,

    /// How to print the list
    #[arg(short, long, value_name = "FORMAT", default_value = "utf8", value_parser = PossibleValuesParser::new(Format::NAMES))]
    format: String,
}

fn date(text: &str) -> Result<String, String> {
    if is_date(text) {
        return Ok(text.to_owned());
    }
    Err("it must be a day of the calendar, written as 2026-11-25".to_owned())
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let name = args.map.display().to_string();
    if input::is_stdin(&args.map) {
        bail!("a review is recorded beside the map, and standard input has no place: name a file");
    }
    let dossier = input::open_verified(&args.map, &args.from)?;
    if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    if args.ids.is_empty() && !args.all {
        let table = Table::of_reviews(&dossier);
        if table.rows.is_empty() {
            output::say("no statement cites a source or the article");
            return Ok(SUCCESS);
        }
        let format = Format::from_name(&args.format).expect("clap lets only known names through");
        output::print(write(&table, format, output::screen(color)).as_bytes())?;
        return Ok(SUCCESS);
    }
    let file = review_file_name(&name).expect("a map that is a file has a name");
    let path = args.map.with_file_name(&file);
    if let Some(fault) = dossier.reviewed.reviews.faults.first() {
        let place = dossier.files.position(fault.span);
        let (line, column) = (place.line, place.column);
        bail!(
            "nothing is written to `{}`, which has a fault: {line}:{column}: {}",
            path.display(),
            fault.message
        );
    }
    let statements = statements(args, &dossier)?;
    let record = Record {
        by: by(args)?,
        date: args.date.clone().map_or_else(today, Ok)?,
    };
    record.write(&dossier, &statements, &path)
}

/// The statements that were checked, each once.
fn statements(args: &Args, dossier: &Dossier) -> anyhow::Result<Vec<StatementIdx>> {
    if !args.all {
        let mut seen = BTreeSet::new();
        let ids = args.ids.iter();
        let named: Vec<StatementIdx> = ids
            .map(|id| {
                let statement = terms::statement(dossier, id)?;
                if !dossier.map.statement(statement).has_own_id() {
                    bail!(
                        "`{id}` is an automatic id, which may be another statement's tomorrow: write `id: {id}` in the map first"
                    );
                }
                Ok(statement)
            })
            .collect::<anyhow::Result<_>>()?;
        let named = named.into_iter();
        return Ok(named.filter(|it| seen.insert(it.index())).collect());
    }
    let cited = dossier.graph.statements();
    let cited = cited.filter(|at| dossier.map.statement(*at).is_cited());
    let (named, unnamed): (Vec<_>, Vec<_>) =
        cited.partition(|at| dossier.map.statement(*at).has_own_id());
    if !unnamed.is_empty() {
        let n = unnamed.len();
        output::say(&format!(
            "{n} with a source but without an `id` of their own are left out"
        ));
    }
    Ok(named)
}

/// Who checked them.
fn by(args: &Args) -> anyhow::Result<String> {
    let named = args.by.clone().or_else(git::user_name);
    let named = named.map(|name| name.trim().to_owned());
    named
        .filter(|name| !name.is_empty())
        .context("who checked it? Say so with --by NAME, or set git's user.name")
}

/// The day in UTC.
fn today() -> anyhow::Result<String> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let days = now.context("the clock is before 1970")?.as_secs() / 86_400;
    Ok(day(days))
}

/// The day so many days after 1970-01-01 (Howard Hinnant, "chrono-compatible low-level date algorithms", 2013).
fn day(days: u64) -> String {
    let days = days + 719_468;
    let era = days / 146_097;
    let of_era = days % 146_097;
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 {
        shifted + 3
    } else {
        shifted - 9
    };
    let year = year + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// What is recorded of each statement.
struct Record {
    by: String,
    date: String,
}

impl Record {
    /// Adds reviews to those in the file, in the order of the map; statements with a quote that their source does not
    /// have are said and left out.
    fn write(
        &self,
        dossier: &Dossier,
        statements: &[StatementIdx],
        path: &Path,
    ) -> anyhow::Result<u8> {
        let mut reviews: Vec<Option<Review>> = Vec::new();
        for of_statement in &dossier.reviewed.of_statement {
            reviews.push(of_statement.map(|at| dossier.reviewed.reviews.entries[at].clone()));
        }
        let mut code = SUCCESS;
        let mut n_recorded = 0;
        for statement in statements {
            if let Some(why) = obstacle(dossier, *statement) {
                let name = dossier.kind_and_name(*statement);
                output::say(&one_line(&format!("{name} is not recorded: {why}")));
                code = FOUND;
                continue;
            }
            reviews[statement.index()] = Some(self.of(dossier, *statement));
            n_recorded += 1;
        }
        let gone = dossier.reviewed.gone.iter();
        let gone = gone.map(|at| dossier.reviewed.reviews.entries[*at].clone());
        let all: Vec<Review> = reviews.into_iter().flatten().chain(gone).collect();
        if n_recorded > 0 {
            output::write_file(path, review::write(&all).as_bytes())?;
        }
        let reviews = if n_recorded == 1 { "review" } else { "reviews" };
        let told = format!(
            "recorded {n_recorded} {reviews} by {} on {} in {}",
            self.by,
            self.date,
            path.display()
        );
        output::say(&one_line(&told));
        Ok(code)
    }

    fn of(&self, dossier: &Dossier, statement: StatementIdx) -> Review {
        let now = Fingerprint::of(dossier, statement);
        // Who checks the same again has checked it the first time.
        if let ReviewState::Current(review) = dossier.reviewed.state(dossier, statement)
            && review.by == self.by
        {
            return review.clone();
        }
        Review {
            id: dossier.map.statement(statement).id.clone(),
            span: Span::default(),
            by: self.by.clone(),
            date: self.date.clone(),
            statement: now.statement,
            sources: now.sources,
        }
    }
}

/// Why a statement cannot have been checked against its sources as they are at hand.
fn obstacle(dossier: &Dossier, statement: StatementIdx) -> Option<String> {
    let verification = &dossier.verification;
    let mut uses = verification
        .uses
        .iter()
        .filter(|one| one.statement == statement);
    uses.find_map(|one| {
        let file = verification.file_name(one.source);
        match (&one.quote, verification.state(one.source)) {
            (Some(Outcome::Closest { .. } | Outcome::Nowhere), _) => {
                Some(format!("its quote is not in `{file}`"))
            }
            (_, Some(State::Refused(_) | State::NoText(_))) => {
                Some(format!("`{file}` cannot be read"))
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_in_the_calendar() {
        for (days, expected) in [
            (0, "1970-01-01"),
            (59, "1970-03-01"),
            (10_957, "2000-01-01"),
            (11_016, "2000-02-29"),
            (20_782, "2026-11-25"),
            (47_541, "2100-03-01"),
        ] {
            assert_eq!(day(days), expected);
        }
    }
}
