//! `grounds check`: find what is wrong with maps.

mod baseline;
mod watch;

use std::collections::BTreeSet;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};
use rustc_hash::FxHashSet;

use super::fix::{FixArgs, Fixes};
use super::input::{FromArgs, Map};
use super::progress::Progress;
use super::project::{self, ConfigArgs, Projects};
use super::{FAILURE, FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::config::{Config, FailOn, UNREADABLE, can_have};
use crate::diagnostic::{Diagnostic, Level};
use crate::emit::{self, Checked, Format, Look, Summary, statistics};
use crate::model::ProblemKind;
use crate::rules;
use crate::source::FileId;
use baseline::Baseline;

/// Find what is wrong with maps: faults of form, unsupported and circular claims, evidence without a source
///
/// Exits with 0 when nothing at or above --fail-on was found, 1 when something was,
/// and 2 when a file could not be read.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Maps, folders of maps, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    #[command(flatten)]
    from: FromArgs,

    /// How to print the findings
    #[arg(short, long, value_enum, default_value_t)]
    format: FormatName,

    /// The lowest level that makes the command fail [default: error]
    #[arg(long, value_name = "LEVEL", value_enum)]
    fail_on: Option<FailOnName>,

    /// Show the findings that the maps' authors allow, too
    #[arg(long)]
    no_allow: bool,

    /// Set the level of a rule: off, note, warning or error; for several rules, several times
    #[arg(long = "level", value_name = "RULE=LEVEL", value_parser = rule_level)]
    levels: Vec<(String, Level)>,

    /// Print how often each rule found something, instead of the findings
    #[arg(long)]
    statistics: bool,

    /// Leave out the findings that this file lists, so that only new ones count
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// List all findings in a file for --baseline, and print none
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "statistics", "watch"])]
    write_baseline: Option<PathBuf>,

    /// How many findings of each rule `-f text` shows before it only counts them; 0 for all
    #[arg(long, value_name = "N", default_value_t = 200)]
    max_findings: usize,

    /// Check again whenever a map, what it includes or `grounds.toml` changes
    #[arg(short, long)]
    watch: bool,

    #[command(flatten)]
    fixes: FixArgs,

    /// How many maps to check at a time [default: one for each processor]
    #[arg(short, long, value_name = "N", value_parser = jobs)]
    jobs: Option<NonZeroUsize>,

    #[command(flatten)]
    config: ConfigArgs,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FormatName {
    /// For people: an excerpt of the map with carets
    #[default]
    Text,
    /// A line for each: `FILE:LINE:COL: LEVEL: MESSAGE [RULE]`
    Short,
    /// For programs: schemas/findings.schema.json
    Json,
    /// SARIF 2.1.0, for services that show findings of many tools
    Sarif,
    /// GitHub's workflow commands: a note beside the line
    Github,
    /// GitLab's Code Quality report
    Gitlab,
    /// JUnit's XML: a failed test for each finding at or above --fail-on
    Junit,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FailOnName {
    /// Fail when anything was found
    Note,
    /// Fail on warnings and errors
    Warning,
    /// Fail on errors alone
    Error,
    /// Never fail because of findings
    Never,
}

/// What `--level` says.
fn rule_level(text: &str) -> Result<(String, Level), String> {
    let Some((name, level)) = text.split_once('=') else {
        return Err("write RULE=LEVEL, as in unsupported-claim=error".to_owned());
    };
    if rules::by_name(name).is_none() {
        return Err(project::no_rule(name));
    }
    match Level::ALL.into_iter().find(|known| known.name() == level) {
        Some(level) if !can_have(name, level) => Err(format!(
            "the level of `{name}` cannot be `{}`: {UNREADABLE}",
            level.name()
        )),
        Some(level) => Ok((name.to_owned(), level)),
        None => Err(format!(
            "a level is {}, and not `{level}`",
            Level::ALL.map(Level::name).join(", ")
        )),
    }
}

/// What `--jobs` says.
fn jobs(text: &str) -> Result<NonZeroUsize, &'static str> {
    text.parse()
        .map_err(|_| "it must be a whole number, at least 1")
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let format: Format = args.format.into();
    if args.statistics && !matches!(format, Format::Text | Format::Short | Format::Json) {
        bail!("--statistics goes with -f text and -f json alone");
    }
    if args.watch {
        return watch::run(args, color);
    }
    Ok(once(args, color)?.code)
}

/// How a run ended.
struct Outcome {
    code: u8,
    /// The files that another outcome could come from.
    seen: BTreeSet<PathBuf>,
}

/// What was found in one map, and what follows from it.
struct Verdict {
    checked: Checked,
    seen: Vec<PathBuf>,
}

/// Checks every map once and prints what was found.
fn once(args: &Args, color: clap::ColorChoice) -> anyhow::Result<Outcome> {
    let mut projects = Projects::new(&args.config)?;
    let maps = input::find(&args.paths, &mut projects)?;
    let format = args.format.into();
    let baseline = args.baseline.as_deref().map(Baseline::read).transpose()?;
    let mut checked = Vec::new();
    let mut seen = BTreeSet::new();
    let mut has_failed = false;
    let mut fixes = Fixes::new(&args.fixes);
    for verdict in check_all(args, maps, fixes.as_mut())? {
        match verdict {
            Ok(verdict) => {
                checked.push(verdict.checked);
                seen.extend(verdict.seen);
            }
            Err(error) => {
                output::error(&error);
                has_failed = true;
            }
        }
    }
    match &fixes {
        Some(fixes) if args.fixes.diff => {
            let code = fixes.show(has_failed)?;
            return Ok(Outcome { code, seen });
        }
        Some(fixes) => has_failed |= !fixes.write()?,
        None => {}
    }
    drop_repeated(&mut checked);
    let code = if let Some(path) = &args.write_baseline {
        if has_failed {
            bail!("no baseline is written, because not every map could be read");
        }
        baseline::write(path, &checked)?;
        SUCCESS
    } else {
        if let Some(baseline) = baseline {
            baseline.subtract(&mut checked);
        }
        let is_filter = fixes.is_some_and(|fixes| fixes.has_stdin());
        // Where nothing could be read, "nothing found" would say the wrong thing to people; programs get an empty list.
        let is_for_people = matches!(format, Format::Text | Format::Short | Format::Github);
        if !(is_for_people && has_failed && checked.is_empty()) {
            print(args, color, &checked, is_filter)?;
        }
        code(has_failed, &checked)
    };
    Ok(Outcome { code, seen })
}

/// Checks maps side by side; the order stays.
///
/// Fixes are made in one map after the other, because several may include the same file.
fn check_all(
    args: &Args,
    maps: Vec<anyhow::Result<Map>>,
    fixes: Option<&mut Fixes>,
) -> anyhow::Result<Vec<anyhow::Result<Verdict>>> {
    let progress = match maps.len() {
        1 => Progress::step("checking the map"),
        n_maps => Progress::over(n_maps, "maps checked"),
    };
    if let Some(fixes) = fixes {
        let check = |map: anyhow::Result<Map>| {
            let verdict = check_one(args, &map?, |path, config| {
                fixes.open(path, &args.from, config)
            });
            progress.advance();
            verdict
        };
        return Ok(maps.into_iter().map(check).collect());
    }
    let check = |map: anyhow::Result<Map>| {
        let verdict = check_one(args, &map?, |path, _: &Config| {
            input::open_verified(path, &args.from)
        });
        progress.advance();
        verdict
    };
    let jobs = args.jobs.map(NonZeroUsize::get);
    if maps.len() < 2 || jobs == Some(1) {
        return Ok(maps.into_iter().map(check).collect());
    }
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0));
    let pool = pool.build().context("cannot start threads")?;
    Ok(pool.install(|| maps.into_par_iter().map(check).collect()))
}

fn check_one(
    args: &Args,
    map: &Map,
    open: impl FnOnce(&Path, &Config) -> anyhow::Result<Dossier>,
) -> anyhow::Result<Verdict> {
    let mut config: Config = map.settings.config.clone();
    config.obey_allow = !args.no_allow;
    config.levels.extend(args.levels.iter().cloned());
    let chosen = args.fail_on.map(FailOn::from).or(config.fail_on);
    let dossier = open(&map.path, &config)?;
    let report = rules::check(&dossier, &config);
    let (findings, n_allowed) = (report.findings, report.n_allowed);
    Ok(Verdict {
        seen: files_of(&dossier),
        checked: Checked {
            fail_on: chosen.unwrap_or(FailOn::Error).severity(),
            files: dossier.files,
            findings,
            n_allowed,
            ..Checked::default()
        },
    })
}

/// The files that a map is made of, those that it misses too.
fn files_of(dossier: &Dossier) -> Vec<PathBuf> {
    let own = dossier.files.iter().map(|file| PathBuf::from(file.name()));
    let beside = |file: FileId, path: &str| {
        let name = Path::new(dossier.files.get(file).name());
        name.parent().unwrap_or(Path::new("")).join(path)
    };
    let sources = dossier.map.sources.iter().filter_map(|source| {
        let file = source.file.as_ref()?;
        Some(beside(file.span.file, &file.value))
    });
    let missing = dossier
        .problems
        .iter()
        .filter_map(|problem| match &problem.kind {
            ProblemKind::IncludeMissing { path, .. } => Some(beside(problem.span.file, path)),
            _ => None,
        });
    own.chain(sources).chain(missing).collect()
}

/// Prints what was found: to standard error where an edited map takes standard output.
fn print(
    args: &Args,
    color: clap::ColorChoice,
    checked: &[Checked],
    is_filter: bool,
) -> anyhow::Result<()> {
    let format = args.format.into();
    let show = |text: &str| {
        if is_filter {
            output::say(text.trim_end());
            return Ok(());
        }
        output::print(text.as_bytes())
    };
    if args.statistics {
        return show(&statistics::emit(checked, format));
    }
    let look = Look {
        color: output::use_color(color),
        width: output::width(),
        max_per_rule: Some(args.max_findings).filter(|max| *max > 0),
    };
    show(&emit::emit(checked, format, look))?;
    if matches!(format, Format::Short | Format::Github) {
        output::say(&Summary::of(checked).sentence());
    }
    Ok(())
}

/// The code to end with: each map has its own limit.
fn code(has_failed: bool, checked: &[Checked]) -> u8 {
    let is_reached = |map: &Checked| map.findings.iter().any(|finding| map.fails(finding));
    if has_failed {
        FAILURE
    } else if checked.iter().any(is_reached) {
        FOUND
    } else {
        SUCCESS
    }
}

/// Drops what was found again in an included map that is checked on its own in the same run.
fn drop_repeated(checked: &mut [Checked]) {
    let own = |map: &Checked, finding: &Diagnostic| {
        let name = map.files.get(finding.span.file).name().to_owned();
        (name, finding.span.start, finding.rule.name)
    };
    let is_main = |finding: &Diagnostic| finding.span.file == FileId(0);
    let main: FxHashSet<_> = checked
        .iter()
        .flat_map(|map| {
            map.findings
                .iter()
                .filter(|f| is_main(f))
                .map(|f| own(map, f))
        })
        .collect();
    for map in checked {
        let findings = std::mem::take(&mut map.findings);
        map.findings = findings
            .into_iter()
            .filter(|finding| is_main(finding) || !main.contains(&own(map, finding)))
            .collect();
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Text => Self::Text,
            FormatName::Short => Self::Short,
            FormatName::Json => Self::Json,
            FormatName::Sarif => Self::Sarif,
            FormatName::Github => Self::Github,
            FormatName::Gitlab => Self::Gitlab,
            FormatName::Junit => Self::Junit,
        }
    }
}

impl From<FailOnName> for FailOn {
    fn from(name: FailOnName) -> Self {
        match name {
            FailOnName::Note => Self::Note,
            FailOnName::Warning => Self::Warning,
            FailOnName::Error => Self::Error,
            FailOnName::Never => Self::Never,
        }
    }
}
