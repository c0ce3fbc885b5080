//! `grounds scaffold`: start a map from a text.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};

use super::copy::Copy;
use super::disk::{Disk, cannot_read, path_from, read_file};
use super::{SUCCESS, output};
use crate::emit::visible::one_line;
use crate::quotes::{Text, digest};
use crate::source::{World as _, single_spaced};
use crate::write::scaffold::{About, write};

/// How long an id made of a file's name may be, in characters.
const MAX_ID_CHARS: usize = 40;

/// Start a map from a text: its title, its source entry, and its paragraphs as comments to work through
///
/// The text may be plain text, Markdown or HTML. The thesis is left open, and `check` says so.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The text
    #[arg(value_name = "ARTICLE")]
    article: PathBuf,

    /// The title [default: the text's first heading, else the file's name]
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,

    /// The map to write; it must not exist yet; `-` for standard output
    #[arg(short, long, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

pub(super) fn run(args: &Args) -> anyhow::Result<u8> {
    let to_stdout = args.output.as_os_str() == "-";
    if !to_stdout {
        output::folder_for(&args.output)?;
    }
    if !to_stdout && args.output.exists() {
        bail!(
            "`{}` exists already: choose another name, or move it away",
            args.output.display()
        );
    }
    let name = args.article.display().to_string();
    let bytes = read_file(&args.article).map_err(|refusal| cannot_read(&name, &refusal))?;
    let copy = Copy::decode(&name, &bytes)?;
    let text = copy.text();
    let map = if to_stdout {
        Path::new("")
    } else {
        &args.output
    };
    let folder = map.parent().filter(|folder| !folder.as_os_str().is_empty());
    let file = path_from(folder.unwrap_or(Path::new(".")), &args.article);
    let world = Disk::around(map).context("cannot find the folder of the map")?;
    if world.locate(&file, &map.display().to_string()).is_err() {
        output::say(&one_line(&format!(
            "warning: `{file}` lies outside the project of the map, so `check` will not read it: copy it to the map's folder"
        )));
    }
    let title = title(args, &text);
    let about = About {
        title: &title,
        id: &id(&args.article),
        file: &file,
        sha256: &digest(&bytes),
    };
    let written = write(about, &text);
    if to_stdout {
        output::print(written.as_bytes())?;
    } else {
        output::write_file(&args.output, written.as_bytes())?;
        let n = text.paragraphs().len();
        let shown = args.output.display();
        let paragraphs = if n == 1 { "paragraph" } else { "paragraphs" };
        let told = format!(
            "wrote {shown}: {n} {paragraphs} to work through; `grounds coverage {shown}` shows what is left"
        );
        output::say(&one_line(&told));
    }
    Ok(SUCCESS)
}

/// The title asked for, else the first heading, else the name of the file in words.
fn title(args: &Args, text: &Text<'_>) -> String {
    let heading = || {
        let heading = text.headings().first()?;
        Some(single_spaced(text.heading_text(heading)))
    };
    let given = args.title.clone().filter(|title| !title.trim().is_empty());
    given.or_else(heading).unwrap_or_else(|| {
        let words = stem(&args.article).replace(['-', '_'], " ");
        let mut letters = words.trim().chars();
        let first = letters.next().map(char::to_uppercase);
        first.into_iter().flatten().chain(letters).collect()
    })
}

fn stem(path: &Path) -> String {
    let stem = path.file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// The name of the file as an id.
fn id(path: &Path) -> String {
    let stem = stem(path).to_lowercase();
    let words = stem.split(|c: char| !c.is_alphanumeric());
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let id: String = words.join("-").chars().take(MAX_ID_CHARS).collect();
    match id.trim_end_matches('-') {
        "" => "article".to_owned(),
        id => id.to_owned(),
    }
}
