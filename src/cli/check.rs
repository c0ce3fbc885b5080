//! `grounds check`: find what is wrong with maps.

use std::path::PathBuf;

use rustc_hash::FxHashSet;

use super::fix::Fixes;
use super::{FAILURE, FOUND, SUCCESS, input, output};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::emit::{self, Checked, Format, Look, Summary};
use crate::rules;
use crate::source::FileId;

/// Find what is wrong with maps: faults of form, unsupported and circular claims, evidence without a source
///
/// Exits with 0 when nothing at or above --fail-on was found, 1 when something was,
/// and 2 when a file could not be read.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Maps, folders of maps, or `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// How to print the findings
    #[arg(short, long, value_enum, default_value_t)]
    format: FormatName,

    /// The lowest level that makes the command fail
    #[arg(long, value_name = "LEVEL", value_enum, default_value_t)]
    fail_on: FailOn,

    /// Show the findings that the maps' authors allow, too
    #[arg(long)]
    no_allow: bool,

    /// Make the edits that findings offer, and show what remains; for `-` print the edited map
    #[arg(long)]
    fix: bool,

    /// Show what --fix would change, change nothing, and end with 1 if there is anything
    #[arg(long, conflicts_with = "fix")]
    diff: bool,
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

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FailOn {
    /// Fail when anything was found
    Note,
    /// Fail on warnings and errors
    Warning,
    /// Fail on errors alone
    #[default]
    Error,
    /// Never fail because of findings
    Never,
}

pub(super) fn run(args: &Args, color: clap::ColorChoice) -> anyhow::Result<u8> {
    let config = Config {
        obey_allow: !args.no_allow,
        ..Config::default()
    };
    let mut checked = Vec::new();
    let mut has_failed = false;
    let mut fixes = (args.fix || args.diff).then(Fixes::default);
    for found in input::find(&args.paths) {
        let opened = found.and_then(|path| match &mut fixes {
            Some(fixes) => fixes.open(&path, &config),
            None => input::open(&path),
        });
        match opened {
            Ok(dossier) => {
                let report = rules::check(&dossier, &config);
                let (findings, n_allowed) = (report.findings, report.n_allowed);
                checked.push(Checked {
                    files: dossier.files,
                    findings,
                    n_allowed,
                });
            }
            Err(error) => {
                output::error(&error);
                has_failed = true;
            }
        }
    }
    match &fixes {
        Some(fixes) if args.diff => return fixes.show(has_failed),
        Some(fixes) => has_failed |= !fixes.write()?,
        None => {}
    }
    drop_repeated(&mut checked);
    let (format, fail_on) = (args.format.into(), args.fail_on.into());
    let look = Look {
        color: output::use_color(color),
        width: output::width(),
        fail_on,
    };
    let findings = emit::emit(&checked, format, look);
    if fixes.is_some_and(|fixes| fixes.has_stdin()) {
        output::say(findings.trim_end());
    } else {
        output::print(findings.as_bytes())?;
    }
    if matches!(format, Format::Short | Format::Github) {
        output::say(&Summary::of(&checked).sentence());
    }
    let worst = checked
        .iter()
        .flat_map(|map| &map.findings)
        .map(|finding| finding.severity)
        .max();
    Ok(match (has_failed, fail_on, worst) {
        (true, _, _) => FAILURE,
        (false, Some(limit), Some(worst)) if worst >= limit => FOUND,
        _ => SUCCESS,
    })
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

impl From<FailOn> for Option<Severity> {
    fn from(fail_on: FailOn) -> Self {
        match fail_on {
            FailOn::Note => Some(Severity::Note),
            FailOn::Warning => Some(Severity::Warning),
            FailOn::Error => Some(Severity::Error),
            FailOn::Never => None,
        }
    }
}
