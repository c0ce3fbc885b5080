//! `grounds report`: everything about maps in a folder, to look at and to hand on.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context as _, bail};

use super::choose::{ChoiceArgs, WordingArgs, say_left_out};
use super::cite::{CiteArgs, cite};
use super::input::{FromArgs, Map};
use super::look::LookArgs;
use super::progress::Progress;
use super::project::{ConfigArgs, Projects};
use super::{FAILURE, FOUND, SUCCESS, input, output};
use crate::analysis::Dossier;
use crate::emit::visible::one_line;
use crate::emit::{Checked, Summary};
use crate::render::page::{self, Entry, Outcome, Page, Picture};
use crate::render::{Format, render};
use crate::rules;
use crate::view::Diagram;
use crate::view::report::Report;

/// The name of the page over all maps, without ending.
const INDEX: &str = "index";

/// Write a page about each map: verdict, diagram, what is open, outline, evidence, sources, statements
///
/// For each map the folder gets NAME.html (self-contained, with the diagram to walk around in), NAME.md, NAME.svg and
/// NAME.png; index.html and index.md list all maps.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Maps, folders of maps, or `-` for standard input
    #[arg(required = true, value_name = "MAP")]
    maps: Vec<PathBuf>,

    #[command(flatten)]
    from: FromArgs,

    /// The folder to write to; made where it does not exist
    #[arg(short, long, value_name = "DIR", default_value = "report")]
    output: PathBuf,

    #[command(flatten)]
    look: LookArgs,

    #[command(flatten)]
    choice: ChoiceArgs,

    #[command(flatten)]
    wording: WordingArgs,

    #[command(flatten)]
    cite: CiteArgs,

    #[command(flatten)]
    config: ConfigArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    if input::is_stdin(&args.output) {
        bail!("a report is a folder of files, which standard output cannot be: name one with -o");
    }
    let mut projects = Projects::new(&args.config)?;
    let (maps, unusable): (Vec<_>, Vec<_>) = input::find(&args.maps, &mut projects)?
        .into_iter()
        .partition(Result::is_ok);
    let maps: Vec<Map> = maps.into_iter().flatten().collect();
    let mut code = SUCCESS;
    for error in unusable.into_iter().filter_map(Result::err) {
        output::error(&error);
        code = FAILURE;
    }
    make_folder(&args.output)?;
    let paths: Vec<&Path> = maps.iter().map(|map| map.path.as_path()).collect();
    let mut writer = Writer {
        args,
        is_alone: maps.len() == 1,
        progress: Progress::over(maps.len(), "maps reported"),
        entries: Vec::new(),
        checked: Vec::new(),
    };
    for (name, map) in names(&paths).iter().zip(&maps) {
        code = code.max(writer.map(name, map));
    }
    writer.finish()?;
    Ok(code)
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))
}

/// Writes the pages and remembers what came of each.
struct Writer<'a> {
    args: &'a Args,
    /// Whether there is one map and no more.
    is_alone: bool,
    progress: Progress,
    entries: Vec<Entry>,
    checked: Vec<Checked>,
}

impl Writer<'_> {
    /// Writes a map's page; a map that cannot be read or written does not stop the others.
    fn map(&mut self, name: &str, map: &Map) -> u8 {
        let (outcome, code) = match self.pages(name, map) {
            Ok(Some(outcome)) => (outcome, SUCCESS),
            Ok(None) => (
                Outcome::Failed("nothing of the map could be read".to_owned()),
                FOUND,
            ),
            Err(error) => {
                self.progress.aside(|| output::error(&error));
                (Outcome::Failed(format!("{error:#}")), FAILURE)
            }
        };
        self.entries.push(Entry {
            path: map.path.display().to_string(),
            outcome,
        });
        self.progress.advance();
        code
    }

    /// Writes all files about a map; nothing where nothing of it could be read.
    fn pages(&mut self, name: &str, map: &Map) -> anyhow::Result<Option<Outcome>> {
        let mut opened = input::open_verified(&map.path, &self.args.from)?;
        let style = self.args.cite.style(&map.settings)?;
        self.progress.aside(|| cite(&mut opened, style.as_ref()));
        let dossier = &opened;
        if !self.progress.aside(|| input::has_content(dossier)) {
            return Ok(None);
        }
        let config = &map.settings.config;
        let style = self.args.look.style(config)?;
        let choice = self.args.choice.choice(dossier);
        // Another map may have what this one has not.
        let choice = choice.with_context(|| format!("`{}`", map.path.display()))?;
        let wording = self.args.wording.wording(&config.render.wording);
        let diagram = Diagram::chosen(dossier, &choice, &wording);
        let picture = Picture::of(&diagram, &style);
        let checked = rules::check(dossier, config);
        let report = Report::of(dossier, &checked.findings);
        let outcome = told(name, dossier, &report);
        let found = Checked {
            files: dossier.files.clone(),
            findings: checked.findings.clone(),
            n_allowed: checked.n_allowed,
            ..Checked::default()
        };
        let sentence = Summary::of(std::slice::from_ref(&found)).sentence();
        let page = Page {
            report: &report,
            picture: &picture,
            name,
            found: &sentence,
        };
        self.write(name, "svg", picture.svg().as_bytes())?;
        self.write(name, "md", page::markdown(&page).as_bytes())?;
        self.write(name, "html", page::html(&page).as_bytes())?;
        // A picture that is too large for pixels is no reason to go without the rest.
        let and_png = match render(&diagram, Format::Png, &style) {
            Ok(png) => self.write(name, "png", &png).map(|()| ", .png")?,
            Err(error) => {
                let warning = format!("warning: no {name}.png: {error}");
                self.progress.aside(|| output::say(&warning));
                ""
            }
        };
        self.progress.aside(|| say_left_out(&diagram.left_out));
        if self.is_alone {
            let n = dossier.map.statements.len();
            let start = self.path(name, "html");
            let title = dossier.title();
            let (title, start) = (one_line(&title), start.display());
            let text = format!(
                "{title}: {n} statements\n{sentence}\nwrote {start} (start here), .md, .svg{and_png}\n"
            );
            self.progress.aside(|| output::print(text.as_bytes()))?;
        }
        self.checked.push(found);
        Ok(Some(outcome))
    }

    /// Writes the pages over all maps, and says where to start.
    fn finish(self) -> anyhow::Result<()> {
        self.write(INDEX, "md", page::index_markdown(&self.entries).as_bytes())?;
        self.write(INDEX, "html", page::index_html(&self.entries).as_bytes())?;
        if self.is_alone {
            return Ok(());
        }
        let pages = match self.checked.len() {
            0 => "no page of a map".to_owned(),
            1 => "the pages of 1 map".to_owned(),
            n => format!("the pages of {n} maps"),
        };
        let text = format!(
            "{}\nwrote {} (start here) and {pages}\n",
            Summary::of(&self.checked).sentence(),
            self.path(INDEX, "html").display(),
        );
        self.progress.aside(|| output::print(text.as_bytes()))
    }

    fn path(&self, name: &str, ending: &str) -> PathBuf {
        self.args.output.join(format!("{name}.{ending}"))
    }

    fn write(&self, name: &str, ending: &str, bytes: &[u8]) -> anyhow::Result<()> {
        output::write_file(&self.path(name, ending), bytes)
    }
}

/// What the index says of a map.
fn told(name: &str, dossier: &Dossier, report: &Report<'_>) -> Outcome {
    let theses = report.theses.iter().map(|ruling| {
        let text = &dossier.map.statement(ruling.statement).text.value;
        (text.clone(), ruling.verdict)
    });
    let question = dossier.map.about.question.as_ref();
    Outcome::Written {
        name: name.to_owned(),
        title: report.title.clone(),
        question: question.map(|question| question.value.clone()),
        theses: theses.collect(),
        n_statements: dossier.map.statements.len(),
        n_open: report.n_open(),
        n_findings: report.findings.len(),
    }
}

/// The names of the maps' files, without ending: each map's own stem, with as many of its folders before it as tell
/// it from maps of the same stem. A name that is taken all the same gets a number.
///
/// Names differ in more than the case of their letters, which some disks do not tell apart.
fn names(maps: &[&Path]) -> Vec<String> {
    let mut of_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, map) in maps.iter().enumerate() {
        of_stem
            .entry(name(map, 0).to_lowercase())
            .or_default()
            .push(at);
    }
    let mut names = vec![String::new(); maps.len()];
    for same in of_stem.values() {
        let depth = same.iter().map(|at| maps[*at].components().count()).max();
        let is_told_apart = |n_folders: &usize| {
            let names: BTreeSet<String> = same
                .iter()
                .map(|at| name(maps[*at], *n_folders).to_lowercase())
                .collect();
            names.len() == same.len()
        };
        let n_folders = (0..depth.unwrap_or(0)).find(is_told_apart);
        for at in same {
            names[*at] = name(maps[*at], n_folders.unwrap_or(0));
        }
    }
    let mut taken = BTreeSet::from([INDEX.to_owned()]);
    for name in &mut names {
        let stem = name.clone();
        let mut number = 1;
        while !taken.insert(name.to_lowercase()) {
            number += 1;
            *name = format!("{stem}-{number}");
        }
    }
    names
}

/// A map's stem with so many of its folders before it.
fn name(map: &Path, n_folders: usize) -> String {
    let stem = map.file_stem().map(|stem| stem.to_string_lossy());
    let stem = match stem {
        Some(stem) if stem != input::STDIN => stem.into_owned(),
        _ => "map".to_owned(),
    };
    let folders = map.parent().into_iter().flat_map(Path::components);
    let folders: Vec<String> = folders
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| part.as_os_str().to_string_lossy().into_owned())
        .collect();
    let shown = &folders[folders.len().saturating_sub(n_folders)..];
    shown
        .iter()
        .chain([&stem])
        .cloned()
        .collect::<Vec<_>>()
        .join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(maps: &[&str]) -> Vec<String> {
        let maps: Vec<&Path> = maps.iter().map(Path::new).collect();
        names(&maps)
    }

    #[test]
    fn maps_keep_their_stems_unless_others_have_them() {
        assert_eq!(named(&["maps/a.yaml", "b.yml", "-"]), ["a", "b", "map"]);
        assert_eq!(
            named(&["x/one/m.yaml", "x/two/m.yaml", "x/n.yaml"]),
            ["one-m", "two-m", "n"]
        );
        assert_eq!(
            named(&["a/c/m.yaml", "b/c/m.yaml", "../M.yaml"]),
            ["a-c-m", "b-c-m", "M"]
        );
    }

    #[test]
    fn what_folders_do_not_tell_apart_gets_a_number() {
        assert_eq!(named(&["m.yaml", "m.yml"]), ["m", "m-2"]);
        assert_eq!(
            named(&["index.yaml", "a-m.yaml", "a/m.yaml", "b/m.yaml"]),
            ["index-2", "a-m", "a-m-2", "b-m"]
        );
    }
}
