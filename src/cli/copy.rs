//! The copies of sources, for commands that read them as text.

use anyhow::{Context as _, anyhow, bail};

use super::disk::cannot_read;
use crate::analysis::Dossier;
use crate::model::near::nearest;
use crate::quotes::{Decoded, Kind, Locator, Text, decode};
use crate::source::{SourceFile, World};

/// A source's file as text, with its markup.
#[derive(Debug)]
pub(super) struct Copy {
    pub(super) file: SourceFile,
    kind: Kind,
}

impl Copy {
    /// Reads a file as a map may see it; the name starts at the folder of the file that it is written in.
    pub(super) fn read(path: &str, from: &str, world: &dyn World) -> anyhow::Result<Self> {
        let found = world.locate(path, from);
        let location = found.map_err(|refusal| cannot_read(path, &refusal))?;
        let bytes = world.read(&location);
        let bytes = bytes.map_err(|refusal| cannot_read(&location.name, &refusal))?;
        Self::decode(&location.name, &bytes)
    }

    /// The same from bytes that were read.
    pub(super) fn decode(name: &str, bytes: &[u8]) -> anyhow::Result<Self> {
        let decoded = decode(name, bytes);
        let Decoded { text, kind, .. } =
            decoded.map_err(|why| anyhow!("{}; {}", why.sentence(name), why.help()))?;
        let copy = Self {
            file: SourceFile::new(name, text),
            kind,
        };
        // What is wrong with a text is said here, once.
        copy.try_text()?;
        Ok(copy)
    }

    /// What a reader sees of it.
    pub(super) fn text(&self) -> Text<'_> {
        self.try_text().expect("it was tried when it was read")
    }

    fn try_text(&self) -> anyhow::Result<Text<'_>> {
        let name = self.file.name();
        Text::of(&self.file, self.kind)
            .map_err(|why| anyhow!("{}; {}", why.sentence(name), why.help()))
    }
}

/// The copy of one of a map's sources.
pub(super) fn of_source(
    dossier: &Dossier,
    source: usize,
    world: &dyn World,
) -> anyhow::Result<Copy> {
    let source = &dossier.map.sources[source];
    let id = &source.id;
    let path = source.file.as_ref();
    let path = path
        .with_context(|| format!("the source `{id}` has no `file`, so its text is not at hand"))?;
    Copy::read(&path.value, dossier.files.get(path.span.file).name(), world)
}

/// The source of that id.
pub(super) fn source_named(dossier: &Dossier, id: &str) -> anyhow::Result<usize> {
    let sources = &dossier.map.sources;
    if let Some(at) = sources.iter().position(|source| source.id == id) {
        return Ok(at);
    }
    let near = nearest(id, sources.iter().map(|source| source.id.as_str()));
    match near[..] {
        [] => bail!("the map has no source `{id}`"),
        [near, ..] => bail!("the map has no source `{id}`; did you mean `{near}`?"),
    }
}

/// A place of a text that can be looked up.
pub(super) fn locator(text: &str) -> anyhow::Result<Locator> {
    Locator::parse(text).with_context(|| {
        format!("`{text}` is no place that can be looked up: write `para 4`, `line 12`, `p. 3` or `§ Results`")
    })
}
