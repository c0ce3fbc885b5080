//! Maps out: one file per format.

pub mod json;
pub mod yaml;
pub mod scaffold;
pub mod review;
pub mod solver;
mod aif;
mod sadface;
mod arguebuf;
mod argdown;
mod kialo;
mod mindmup;
mod gsn2x;
mod carneades;
mod net;
mod unsaid;
mod breaks;

use serde::Serialize;
use serde_yaml::Mapping;

use crate::analysis::Dossier;
use crate::model::Losses;

/// A format of other programs that maps are written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// The Argument Interchange Format, as AIFdb writes it in JSON.
    Aif,
    /// The same in an envelope with the quotes, as OVA3 saves it.
    Xaif,
    /// SADFace 0.2, in JSON.
    Sadface,
    /// Graphs of arguebuf, in JSON.
    Arguebuf,
    /// Argdown's source.
    Argdown,
    /// The text that Kialo exports.
    Kialo,
    /// MindMup's argument visualisations.
    Mindmup,
    /// Goal structures, as gsn2x reads them.
    Gsn2x,
    /// Argument graphs of Carneades 4.
    Carneades,
}

impl Format {
    /// All formats, in the order of the documentation.
    pub const ALL: [Self; 9] = [
        Self::Aif,
        Self::Xaif,
        Self::Sadface,
        Self::Arguebuf,
        Self::Argdown,
        Self::Kialo,
        Self::Mindmup,
        Self::Gsn2x,
        Self::Carneades,
    ];

    /// The name that users write.
    pub fn name(self) -> &'static str {
        match self {
            Self::Aif => "aif",
            Self::Xaif => "xaif",
            Self::Sadface => "sadface",
            Self::Arguebuf => "arguebuf",
            Self::Argdown => "argdown",
            Self::Kialo => "kialo",
            Self::Mindmup => "mindmup",
            Self::Gsn2x => "gsn2x",
            Self::Carneades => "carneades",
        }
    }

    /// The usual ending of a file's name, without the dot.
    pub fn ending(self) -> &'static str {
        match self {
            Self::Aif | Self::Xaif | Self::Sadface | Self::Arguebuf => "json",
            Self::Argdown => "argdown",
            Self::Kialo => "txt",
            Self::Mindmup => "mup",
            Self::Gsn2x => "gsn.yaml",
            Self::Carneades => "yml",
        }
    }
}

/// A map in another format.
#[derive(Clone, Debug, PartialEq)]
pub struct Written {
    /// The file's text; it ends in a line break.
    pub text: String,
    /// What the map says and the file does not.
    pub losses: Losses,
}

impl Written {
    fn json(value: &impl Serialize, losses: Losses) -> Self {
        let text = serde_json::to_string_pretty(value).expect("a value of JSON can be written");
        Self {
            text: text + "\n",
            losses,
        }
    }

    fn yaml(document: Mapping, losses: Losses) -> Self {
        let document = serde_yaml::Value::Mapping(document);
        Self {
            text: breaks::to_text(&document),
            losses,
        }
    }
}

/// Writes a map for another program. Deterministic; linear in the map.
pub fn write(dossier: &Dossier, format: Format) -> Written {
    match format {
        Format::Aif => aif::aif(dossier),
        Format::Xaif => aif::xaif(dossier),
        Format::Sadface => sadface::sadface(dossier),
        Format::Arguebuf => arguebuf::arguebuf(dossier),
        Format::Argdown => argdown::argdown(dossier),
        Format::Kialo => kialo::kialo(dossier),
        Format::Mindmup => mindmup::mindmup(dossier),
        Format::Gsn2x => gsn2x::gsn2x(dossier),
        Format::Carneades => carneades::carneades(dossier),
    }
}
