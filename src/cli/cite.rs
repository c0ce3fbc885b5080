//! In which style works are cited, as every command takes it that names sources.

use std::path::Path;

use anyhow::{Context as _, bail};

use super::disk::{cannot_read, path_from, read_file};
use super::output;
use super::project::Settings;
use crate::analysis::Dossier;
use crate::cite::{MAX_STYLE_BYTES, MAX_TOGETHER, Style};
use crate::config::NO_STYLE;
use crate::source::Refusal;

/// The citation style, for every command that names sources.
#[derive(Debug, clap::Args)]
pub(super) struct CiteArgs {
    /// Cite works in this style: apa, chicago-author-date, ieee and others, a FILE.csl, or none
    #[arg(long, value_name = "STYLE")]
    style: Option<String>,
}

impl CiteArgs {
    /// The style that is asked for, here or in the configuration; an error where there is none such.
    pub(super) fn style(&self, settings: &Settings) -> anyhow::Result<Option<Style>> {
        match (&self.style, &settings.config.style) {
            (Some(style), _) => find(style, Path::new("")),
            (None, Some(style)) => find(style, &settings.folder),
            (None, None) => Ok(None),
        }
    }
}

/// The style of that name, else of that file, which is looked for from a folder.
fn find(style: &str, folder: &Path) -> anyhow::Result<Option<Style>> {
    if style == NO_STYLE {
        return Ok(None);
    }
    if !Style::is_path(style) {
        let Some(style) = Style::named(style) else {
            bail!("there is no citation style `{style}`{}", Style::hint(style));
        };
        return Ok(Some(style));
    }
    let path = folder.join(style);
    let name = path_from(Path::new("."), &path);
    let bytes = read_file(&path).map_err(|refusal| cannot_read(&name, &refusal))?;
    if bytes.len() > MAX_STYLE_BYTES {
        let refusal = Refusal::TooLarge(bytes.len() as u64);
        return Err(cannot_read(&name, &refusal));
    }
    let text = String::from_utf8(bytes).with_context(|| format!("`{name}` is not UTF-8"))?;
    let style = Style::parse(&text);
    let style = style.with_context(|| format!("`{name}` cannot be used as a citation style"))?;
    Ok(Some(style))
}

/// Writes the sources of a map in a style, if there is one, and says where that is not as it should be.
pub(super) fn cite(dossier: &mut Dossier, style: Option<&Style>) {
    let Some(style) = style else { return };
    dossier.cite(style);
    if dossier.references.apart {
        output::say(&format!(
            "note: of more than {MAX_TOGETHER} works and places cited, each is written for itself: no letters tell \
             works of one author and year apart, and numbers follow the map"
        ));
    }
}
