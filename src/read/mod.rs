//! Maps in: bytes of a file, and of the files that it includes, to a model.
//!
//! Besides the project's own format this room reads those of other programs.
//! What such a file says and a map cannot is counted in [`Reading::losses`].

mod yaml;
mod aif;
mod microtexts;
mod sadface;
mod arguebuf;
mod kialo;
mod argdown;
mod mindmup;
mod argmap;
mod gsn2x;
mod carneades;
mod brat;
mod draft;
mod ids;
mod net;
mod recognise;
mod review;
mod walk;

pub use brat::{Entity, Profile, Relation};
pub use gsn2x::{COUNTER_STRATEGY, UNSAID_STRATEGY};
pub use review::{is_date, read_reviews};

use crate::model::{ArgumentMap, Losses, Problem};
use crate::source::{SourceFiles, World};

/// The formats that maps are read from, in the order in which users are told of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// The project's own: YAML as `docs/format.md` defines it.
    #[default]
    Yaml,
    /// The Argument Interchange Format, as AIFdb writes it in JSON.
    Aif,
    /// The same in an envelope with the analysed text, as OVA3 saves it.
    Xaif,
    /// The XML of the arg-microtexts.
    Microtexts,
    /// SADFace 0.2, in JSON.
    Sadface,
    /// Graphs of arguebuf, in JSON.
    Arguebuf,
    /// The text that Kialo exports.
    Kialo,
    /// Argdown, or what `argdown json` makes of it.
    Argdown,
    /// Argument visualisations of MindMup, in JSON.
    Mindmup,
    /// The nested YAML of D. Sanson's argmap.
    Argmap,
    /// Goal structures of gsn2x, in YAML.
    Gsn2x,
    /// Argument graphs of Carneades 4, in YAML.
    Carneades,
    /// Annotations of a text, as BRAT has them in a file beside it.
    Brat,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 13] = [
        Self::Yaml,
        Self::Aif,
        Self::Xaif,
        Self::Microtexts,
        Self::Sadface,
        Self::Arguebuf,
        Self::Kialo,
        Self::Argdown,
        Self::Mindmup,
        Self::Argmap,
        Self::Gsn2x,
        Self::Carneades,
        Self::Brat,
    ];

    /// The names of [`Format::ALL`], as `--from` takes them.
    pub const NAMES: [&str; 13] = [
        "yaml",
        "aif",
        "xaif",
        "microtexts",
        "sadface",
        "arguebuf",
        "kialo",
        "argdown",
        "mindmup",
        "argmap",
        "gsn2x",
        "carneades",
        "brat",
    ];

    /// The name that `--from` takes.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The format of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let index = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[index])
    }

    /// The format's name in sentences.
    pub fn title(self) -> &'static str {
        match self {
            Self::Yaml => "argument map",
            Self::Aif => "AIF",
            Self::Xaif => "xAIF",
            Self::Microtexts => "arg-microtexts",
            Self::Sadface => "SADFace",
            Self::Arguebuf => "arguebuf",
            Self::Kialo => "Kialo",
            Self::Argdown => "Argdown",
            Self::Mindmup => "MindMup",
            Self::Argmap => "argmap",
            Self::Gsn2x => "gsn2x",
            Self::Carneades => "Carneades",
            Self::Brat => "BRAT",
        }
    }

    /// Whether another program defines it.
    pub fn is_foreign(self) -> bool {
        self != Self::Yaml
    }
}

/// A map as read, with the texts that its spans point into and everything that is wrong with its form.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The format of the map's file.
    pub format: Format,
    /// The files, the map itself first.
    pub files: SourceFiles,
    /// What could be read of the map.
    pub map: ArgumentMap,
    /// Faults of form, in no particular order.
    pub problems: Vec<Problem>,
    /// What the file says and a map cannot; nothing for a file of the project's own format.
    pub losses: Losses,
}

/// How a file is to be read, as far as it does not say so itself.
#[derive(Clone, Debug, Default)]
pub struct Manner {
    /// Its format; nothing where its name's ending and its content are to show it.
    pub format: Option<Format>,
    /// What labels mean in formats that leave them open.
    pub profile: Profile,
}

/// Reads a map from the bytes of its file; `world` answers for the files that it names.
///
/// Its format shows from its name's ending and its content.
/// Linear in the size of all files.
/// Faults never stop it: the map holds what could be read.
pub fn read(name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    read_in(&Manner::default(), name, bytes, world)
}

/// The same with the format given.
pub fn read_as(format: Format, name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    let manner = Manner {
        format: Some(format),
        ..Manner::default()
    };
    read_in(&manner, name, bytes, world)
}

/// The same in a manner that is given.
pub fn read_in(manner: &Manner, name: &str, bytes: Vec<u8>, world: &dyn World) -> Reading {
    let shown = || recognise::format_of(name, &bytes);
    let Some(format) = manner.format.or_else(shown) else {
        return walk::unrecognised(name, bytes);
    };
    match format {
        Format::Yaml => yaml::read(name, bytes, world),
        Format::Aif => walk::read_outline(format, name, bytes, aif::READ),
        Format::Xaif => walk::read_outline(format, name, bytes, aif::xaif::READ),
        Format::Microtexts => microtexts::read(format, name, bytes),
        Format::Sadface => walk::read_json(format, name, bytes, sadface::read),
        Format::Arguebuf => walk::read_json(format, name, bytes, arguebuf::read),
        Format::Kialo => kialo::read(format, name, bytes),
        Format::Argdown => argdown::read(format, name, bytes, world),
        Format::Mindmup => walk::read_json(format, name, bytes, mindmup::read),
        Format::Argmap => walk::read_yaml(format, name, bytes, argmap::read),
        Format::Gsn2x => walk::read_yaml(format, name, bytes, gsn2x::read),
        Format::Carneades => walk::read_yaml(format, name, bytes, carneades::read),
        Format::Brat => brat::read(&manner.profile, name, bytes, world),
    }
}
