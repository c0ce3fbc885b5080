//! `grounds report`: everything about a map in a folder, to look at and to hand on.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::input::{FromArgs, Map};
use super::look::LookArgs;
use super::project::{ConfigArgs, Projects};
use super::{FAILURE, FOUND, SUCCESS, input, output};
use crate::emit::{Checked, Summary};
use crate::render::page::{Page, html, markdown};
use crate::render::{Format, render};
use crate::rules;
use crate::view::Diagram;

/// Write a page about each map: the diagram, what is open, the outline, and tables of statements and sources
///
/// For each map the folder gets NAME.html (self-contained), NAME.md, NAME.svg and NAME.png.
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
    config: ConfigArgs,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let mut code = SUCCESS;
    let mut projects = Projects::new(&args.config)?;
    let maps = names(input::find(&args.maps, &mut projects)?)?;
    make_folder(&args.output)?;
    for (name, map) in maps {
        match report(args, &name, &map) {
            Ok(worse) => code = code.max(worse),
            Err(error) => {
                output::error(&error);
                code = FAILURE;
            }
        }
    }
    Ok(code)
}

/// The maps with the names of their pages.
fn names(found: Vec<anyhow::Result<Map>>) -> anyhow::Result<Vec<(String, Map)>> {
    let mut taken: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut maps = Vec::new();
    for map in found {
        let map = map?;
        let path = &map.path;
        let stem = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned());
        let name = stem
            .filter(|stem| stem != "-")
            .unwrap_or_else(|| "map".to_owned());
        if let Some(other) = taken.insert(name.clone(), path.clone()) {
            let (path, other) = (path.display(), other.display());
            bail!("`{other}` and `{path}` would both be written to `{name}.html`: name them apart");
        }
        maps.push((name, map));
    }
    Ok(maps)
}

fn make_folder(folder: &Path) -> anyhow::Result<()> {
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))
}

fn report(args: &Args, name: &str, map: &Map) -> anyhow::Result<u8> {
    let dossier = &input::open_verified(&map.path, args.from)?;
    if !input::has_content(dossier) {
        return Ok(FOUND);
    }
    let diagram = Diagram::of(dossier);
    let style = args.look.style(&map.settings.config)?;
    let svg = render(&diagram, Format::Svg, &style)?;
    let svg = String::from_utf8(svg).context("an SVG is text")?;
    let report = rules::check(dossier, &map.settings.config);
    let (findings, n_allowed) = (report.findings, report.n_allowed);
    let checked = Checked {
        files: dossier.files.clone(),
        findings,
        n_allowed,
        ..Checked::default()
    };
    let found = Summary::of(std::slice::from_ref(&checked)).sentence();
    let page = Page {
        dossier,
        svg: &svg,
        name,
        found: &found,
    };
    let write = |ending: &str, bytes: &[u8]| {
        output::write_file(&args.output.join(format!("{name}.{ending}")), bytes)
    };
    write("svg", svg.as_bytes())?;
    write("md", markdown(&page).as_bytes())?;
    write("html", html(&page).as_bytes())?;
    // A picture that is too large for pixels is no reason to go without the rest.
    let has_png = match render(&diagram, Format::Png, &style) {
        Ok(png) => write("png", &png).map(|()| true)?,
        Err(error) => {
            output::say(&format!("warning: no {name}.png: {error}"));
            false
        }
    };
    let start = args.output.join(format!("{name}.html"));
    let and_png = if has_png { ", .png" } else { "" };
    let n = dossier.map.statements.len();
    let text = format!(
        "{}: {n} statements\n{found}\nwrote {} (start here), .md, .svg{and_png}\n",
        crate::emit::visible::one_line(&dossier.title()),
        start.display()
    );
    output::print(text.as_bytes())?;
    Ok(SUCCESS)
}
