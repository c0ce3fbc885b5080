//! What a user may choose, as plain data that is passed in.

mod parse;
mod faults;
mod pattern;
mod profile;
pub mod theme;
mod wording;

use std::collections::BTreeMap;

use crate::analysis::Scheme;
use crate::diagnostic::{Level, Severity};

pub use faults::ConfigFault;
pub use profile::parse as parse_profile;
use theme::Theme;
pub use wording::{EXTRAS, GROUPINGS, LABELS, MAX_CHARS, WordingDefaults};

/// The directions in which a picture can grow, as users write them.
pub const DIRECTIONS: [&str; 4] = ["down", "up", "right", "left"];
/// The pages that a picture can be made to fit, as users write them.
pub const FITS: [&str; 4] = ["none", "a4", "a4-landscape", "16:9"];
/// What users write where works are to be cited in no style.
pub const NO_STYLE: &str = "none";
/// The least and the greatest width of a box, in CSS pixels.
pub const BOX_WIDTHS: (u16, u16) = (80, 1000);

/// The rules that tell that a file cannot be read. Without them such a file would pass for a map without faults.
const ALWAYS_ERRORS: [&str; 2] = ["yaml-syntax", "yaml-limit"];
/// Why the level of such a rule stays.
pub const UNREADABLE: &str = "a file that cannot be read is always an error";

/// Whether a rule can have that level.
pub fn can_have(rule: &str, level: Level) -> bool {
    level == Level::Error || !ALWAYS_ERRORS.contains(&rule)
}

/// What a user chose, in a `grounds.toml` and on the command line.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// The levels of rules that are not at their own, by name.
    pub levels: BTreeMap<String, Level>,
    /// What rules can be told beside their level.
    pub options: Options,
    /// Whether an `allow` in a map silences findings.
    pub obey_allow: bool,
    /// Which maps in folders are left out: patterns as in `.gitignore`.
    pub exclude: Vec<String>,
    /// From which level on findings make `check` fail; nothing where the file does not say.
    pub fail_on: Option<FailOn>,
    /// How works are cited: the name of a style that there is, or the path of a CSL file.
    pub style: Option<String>,
    /// Where `style` stands in the file, in bytes.
    pub style_at: u32,
    /// How pictures look where the command line does not say.
    pub render: RenderDefaults,
    /// The user's own argumentation schemes.
    pub schemes: Vec<Scheme>,
    /// The user's own themes.
    pub themes: Vec<Theme>,
}

/// What rules can be told beside their level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// `long-text.max`: how many characters a statement may have.
    pub long_text_max: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { long_text_max: 240 }
    }
}

/// From which level on findings make `check` fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FailOn {
    /// Any finding does.
    Note,
    /// Warnings and errors do.
    Warning,
    /// Errors alone do.
    Error,
    /// Nothing does.
    Never,
}

impl FailOn {
    /// All choices, from the strictest.
    pub const ALL: [Self; 4] = [Self::Note, Self::Warning, Self::Error, Self::Never];
    /// The names of [`FailOn::ALL`].
    pub const NAMES: [&str; 4] = ["note", "warning", "error", "never"];

    /// The choice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let at = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[at])
    }

    /// The lowest severity that makes `check` fail, if any does.
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Note => Some(Severity::Note),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
            Self::Never => None,
        }
    }
}

/// How pictures look where the command line does not say; nothing where this does not say either.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RenderDefaults {
    /// The name of a theme that there is.
    pub theme: Option<String>,
    /// One of [`DIRECTIONS`].
    pub direction: Option<&'static str>,
    /// One of [`FITS`].
    pub fit: Option<&'static str>,
    /// The width of a box, in CSS pixels.
    pub box_width: Option<u16>,
    /// Pixels of a PNG for each CSS pixel.
    pub scale: Option<f32>,
    /// Whether there is a legend.
    pub legend: Option<bool>,
    /// What boxes say.
    pub wording: WordingDefaults,
}

impl Config {
    /// The configuration that the text of a `grounds.toml` means, else everything that is wrong with it, in the
    /// order of the text.
    ///
    /// `rules` are the names that may stand under `[rules]`: which rules there are is known only further on.
    /// An unknown name is a fault and not passed over, because a mistyped setting that does nothing is worse than none.
    pub fn parse(text: &str, rules: &[&str]) -> Result<Self, Vec<ConfigFault>> {
        parse::parse(text, rules)
    }

    /// The theme of that name; one of the user's own comes before a built-in one.
    pub fn theme(&self, name: &str) -> Option<&Theme> {
        let own = self.themes.iter().find(|theme| theme.name == name);
        own.or_else(|| Theme::built_in(name))
    }

    /// The argumentation scheme of that name; one of the user's own comes before a built-in one.
    pub fn scheme(&self, name: &str) -> Option<&Scheme> {
        let own = self.schemes.iter().find(|scheme| scheme.name == name);
        own.or_else(|| Scheme::built_in(name))
    }

    /// All schemes: the built-in ones, in place of which the user's own of the same name stand, then the user's others.
    pub fn all_schemes(&self) -> Vec<&Scheme> {
        let built_in = Scheme::all().iter();
        let known = built_in.filter_map(|scheme| self.scheme(&scheme.name));
        let is_new = |scheme: &&Scheme| Scheme::built_in(&scheme.name).is_none();
        known.chain(self.schemes.iter().filter(is_new)).collect()
    }
}

impl Default for Config {
    fn default() -> Self {
        Self {
            levels: BTreeMap::new(),
            options: Options::default(),
            obey_allow: true,
            exclude: Vec::new(),
            fail_on: None,
            style: None,
            style_at: 0,
            render: RenderDefaults::default(),
            schemes: Vec::new(),
            themes: Vec::new(),
        }
    }
}
