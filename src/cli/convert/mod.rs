//! `grounds convert`: maps for other programs.

mod batch;
mod losses;
mod places;

use std::path::{Path, PathBuf};

use anyhow::bail;

use super::disk::path_from;
use super::input::FromArgs;
use super::{FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::emit::visible::one_line;
use crate::model::Text;
use crate::source::FileId;
use crate::write::{self, json, solver, yaml};
use losses::Unsaid;

/// Convert maps to another format
///
/// What a file says and the other format cannot is counted on standard error, and never dropped without a word.
/// Several maps, or a folder of them, are written to a folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Maps, folders of files in any format that can be read, or `-` for standard input
    #[arg(value_name = "MAP", required = true)]
    maps: Vec<PathBuf>,

    #[command(flatten)]
    from: FromArgs,

    /// The format; else the one that the ending of `--output` shows, or JSON
    #[arg(short, long, value_enum)]
    format: Option<FormatName>,

    /// Where to write: a file, a folder for several maps; `-` for standard output
    #[arg(short, long, value_name = "FILE|DIR", default_value = "-")]
    output: PathBuf,

    /// Write to standard output, whatever `--output` says
    #[arg(long)]
    stdout: bool,

    /// Write nothing of a map and end with 1 if anything of it would be lost
    #[arg(long)]
    strict: bool,

    /// Write what is lost to a file, too, as JSON
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FormatName {
    /// The whole model with positions; documented in docs/json.md
    Json,
    /// The map in its own format: every statement in its section, included maps joined in
    Yaml,
    /// The Argument Interchange Format in JSON
    Aif,
    /// The same in an envelope with the quotes, as OVA3 saves it
    Xaif,
    /// SADFace in JSON
    Sadface,
    /// A graph of arguebuf in JSON
    Arguebuf,
    /// Argdown
    Argdown,
    /// The text that Kialo exports
    Kialo,
    /// MindMup's argument visualisation (`.mup`)
    Mindmup,
    /// A goal structure in the YAML of gsn2x
    Gsn2x,
    /// An argument graph of Carneades 4 in YAML
    Carneades,
    /// Arguments and attacks for solvers, as in ICCMA 2023; documented in docs/formats/solvers.md
    Af,
    /// The same as facts of ASPARTIX
    Apx,
    /// The same in the trivial graph format
    Tgf,
    /// Weighted arguments, attacks and supports, as in Uncertainpy
    Bag,
}

/// What a format name means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Json,
    Yaml,
    Foreign(write::Format),
    Solver(solver::Format),
}

/// A map in another format, and everything that got lost from its file to there.
struct Converted {
    text: String,
    unsaid: Unsaid,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let is_stdout = args.stdout || args.output.as_os_str() == "-";
    let is_folder =
        args.output.is_dir() || args.output.as_os_str().to_string_lossy().ends_with('/');
    let takes_several = args.maps.len() > 1 || args.maps.iter().any(|map| map.is_dir());
    if takes_several && is_stdout {
        bail!("several maps go into a folder: name one with -o");
    }
    if takes_several || (is_folder && !is_stdout) {
        return batch::run(args);
    }
    one(args, is_stdout)
}

fn one(args: &Args, is_stdout: bool) -> anyhow::Result<u8> {
    let format = args.format();
    let map = &args.maps[0];
    let dossier = input::open(map, &args.from)?;
    if input::is_empty_graph(&dossier) {
        let name = one_line(dossier.files.get(FileId::default()).name());
        output::say(&format!("warning: there is no statement in `{name}`"));
    } else if !input::has_content(&dossier) {
        return Ok(FOUND);
    }
    let stdout = PathBuf::from("-");
    let to = if is_stdout { &stdout } else { &args.output };
    // What goes to standard output stands beside the map, as far as anybody knows.
    let converted = convert(&dossier, format, if is_stdout { map } else { to })?;
    converted.unsaid.say(&dossier);
    if let Some(report) = &args.report {
        let entry = converted.unsaid.entry(&dossier);
        output::write_file(report, losses::report(&[entry]).as_bytes())?;
    }
    if args.strict && !converted.unsaid.is_empty() {
        output::say("error: nothing is written, because of --strict");
        return Ok(FOUND);
    }
    let from = output::From {
        map,
        dossier: &dossier,
        is_map: format.is_yaml(),
    };
    output::write(to, &from, converted.text.as_bytes())?;
    Ok(SUCCESS)
}

/// Converts a map, to be written to a file.
fn convert(dossier: &Dossier, format: Format, to: &Path) -> anyhow::Result<Converted> {
    let mut unsaid = Unsaid::of(dossier);
    let text = match format {
        Format::Json => json::write(dossier),
        Format::Yaml => {
            let folder = to.parent().unwrap_or(Path::new(""));
            let written = yaml::write_for(dossier, &|path| moved(dossier, path, folder))?;
            unsaid.written = Some(("yaml", written.losses));
            written.text
        }
        Format::Solver(format) => {
            let losses = solver::losses(dossier, format).into_iter();
            unsaid.sentences = losses
                .map(|loss| format!("{}: {loss}", format.name()))
                .collect();
            solver::write(dossier, format)
        }
        Format::Foreign(format) => {
            let written = write::write(dossier, format);
            unsaid.written = Some((format.name(), written.losses));
            written.text
        }
    };
    Ok(Converted { text, unsaid })
}

/// The path of a file that a map names, as it is seen from another folder.
fn moved(dossier: &Dossier, path: &Text, folder: &Path) -> String {
    let map = Path::new(dossier.files.get(path.span.file).name());
    let own = map.parent().unwrap_or(Path::new(""));
    let file = Path::new(&path.value);
    let here = Path::new(".");
    if file.is_absolute() || path_from(here, own) == path_from(here, folder) {
        return path.value.clone();
    }
    path_from(folder, &own.join(file))
}

impl Args {
    /// The format that is named, or else shows from the name of what is written.
    fn format(&self) -> Format {
        let named = self.format.map(Format::from);
        let name = self.output.to_string_lossy().to_lowercase();
        named
            .or_else(|| Format::of_name(&name))
            .unwrap_or(Format::Json)
    }
}

impl From<FormatName> for Format {
    fn from(name: FormatName) -> Self {
        match name {
            FormatName::Json => Self::Json,
            FormatName::Yaml => Self::Yaml,
            FormatName::Aif => Self::Foreign(write::Format::Aif),
            FormatName::Xaif => Self::Foreign(write::Format::Xaif),
            FormatName::Sadface => Self::Foreign(write::Format::Sadface),
            FormatName::Arguebuf => Self::Foreign(write::Format::Arguebuf),
            FormatName::Argdown => Self::Foreign(write::Format::Argdown),
            FormatName::Kialo => Self::Foreign(write::Format::Kialo),
            FormatName::Mindmup => Self::Foreign(write::Format::Mindmup),
            FormatName::Gsn2x => Self::Foreign(write::Format::Gsn2x),
            FormatName::Carneades => Self::Foreign(write::Format::Carneades),
            FormatName::Af => Self::Solver(solver::Format::Af),
            FormatName::Apx => Self::Solver(solver::Format::Apx),
            FormatName::Tgf => Self::Solver(solver::Format::Tgf),
            FormatName::Bag => Self::Solver(solver::Format::Bag),
        }
    }
}

impl Format {
    /// The format that the ending of a file's name shows, in small letters; none where it is that of several.
    fn of_name(name: &str) -> Option<Self> {
        let endings = [
            (".gsn.yaml", Self::Foreign(write::Format::Gsn2x)),
            (".yaml", Self::Yaml),
            (".yml", Self::Yaml),
            (".argdown", Self::Foreign(write::Format::Argdown)),
            (".ad", Self::Foreign(write::Format::Argdown)),
            (".mup", Self::Foreign(write::Format::Mindmup)),
            (".af", Self::Solver(solver::Format::Af)),
            (".apx", Self::Solver(solver::Format::Apx)),
            (".tgf", Self::Solver(solver::Format::Tgf)),
            (".bag", Self::Solver(solver::Format::Bag)),
        ];
        let ending = endings.iter().find(|(ending, _)| name.ends_with(ending));
        ending.map(|(_, format)| *format)
    }

    /// Whether its files end as maps do: goal structures and argument graphs are YAML, too.
    fn is_yaml(self) -> bool {
        let ending = self.ending();
        ending.ends_with("yaml") || ending.ends_with("yml")
    }

    /// The usual ending of a file's name, without the dot.
    fn ending(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Yaml => "yaml",
            Self::Foreign(format) => format.ending(),
            Self::Solver(format) => format.name(),
        }
    }
}
