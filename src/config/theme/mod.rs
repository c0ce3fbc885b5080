//! How pictures look, as data: the colours and lines of each meaning, whatever the format.
//!
//! The built-in themes are TOML files beside this one, read as the `[themes.NAME]` of a `grounds.toml` are;
//! no theme has code of its own. What a painter does with a theme is in `render/paint.rs`.

mod colour;
mod names;
mod read;

use std::sync::OnceLock;

pub use colour::Colour;
pub(super) use read::{no_theme, themes};

/// How everything in a picture looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// The name by which the user asks for it.
    pub name: String,
    /// What takes its place where the reader's screen is dark and the format can ask for that.
    /// Only its colours count; shapes and lines stay.
    pub dark: Option<Box<Theme>>,
    /// The ground.
    pub paper: Colour,
    /// Titles and texts.
    pub ink: Colour,
    /// Less important texts: questions, sources, the words of the legend.
    pub muted: Colour,
    /// The box of a thesis.
    pub thesis: BoxLook,
    /// The box of a claim.
    pub claim: BoxLook,
    /// The box of a piece of evidence.
    pub evidence: BoxLook,
    /// The box of an assumption.
    pub assumption: BoxLook,
    /// The colours of every box but a thesis' that is a reason for something, where it is not its kind that
    /// gives the colour.
    pub supporting: Option<Tint>,
    /// The colours of every box but a thesis' that is an objection to something.
    pub attacking: Option<Tint>,
    /// What is added to a box that nothing supports.
    pub unsupported: StateLook,
    /// What is added to a box that the evaluation rejects.
    pub rejected: StateLook,
    /// What is added to a box that the evaluation leaves open.
    pub undecided: StateLook,
    /// What is added to a box that the mapper supplied.
    pub implicit: StateLook,
    /// From a reason to what it speaks for.
    pub reason: LineLook,
    /// From an objection to what it speaks against.
    pub objection: LineLook,
    /// From an objection to the step that it attacks.
    pub undercut: LineLook,
    /// Between two statements that cannot be true together.
    pub contradiction: LineLook,
    /// From a statement to the one that it says again.
    pub restatement: LineLook,
    /// Around a group of boxes.
    pub group: GroupLook,
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct BoxLook {
    /// Its outline.
    pub shape: Shape,
    /// Its ground.
    pub fill: Colour,
    /// Its outline's colour.
    pub border: Colour,
    /// The colour of all its text, where that is not the theme's.
    pub text: Option<Colour>,
    /// Its outline's width in CSS px.
    pub width: f64,
}

/// Colours of a box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tint {
    /// Its ground.
    pub fill: Colour,
    /// Its outline's colour.
    pub border: Colour,
}

/// What a box' state adds to its kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StateLook {
    /// The ground, where the state changes it.
    pub fill: Option<Colour>,
    /// The colour of the sign on the box' corner; an implicit statement has none.
    pub mark: Option<Colour>,
    /// The outline's dashes; empty where the state does not change them.
    pub dash: Vec<f64>,
    /// The outline's width, where the state changes it.
    pub width: Option<f64>,
}

/// A line between boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct LineLook {
    /// Its colour.
    pub colour: Colour,
    /// Its width in CSS px.
    pub width: f64,
    /// Lengths of dashes and gaps in turn, in CSS px; empty for a line without gaps.
    pub dash: Vec<f64>,
    /// What it ends in.
    pub head: Head,
}

/// The ground under a group of boxes.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupLook {
    /// Its ground.
    pub fill: Colour,
    /// Its outline's colour.
    pub border: Colour,
    /// Its outline's width in CSS px.
    pub width: f64,
    /// Its outline's dashes; empty for a line without gaps.
    pub dash: Vec<f64>,
}

/// The outline of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A rectangle.
    Plain,
    /// A rectangle in a rectangle.
    Double,
    /// A sheet of paper with a folded corner.
    Sheet,
    /// A rectangle with round ends.
    Round,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Double, Self::Sheet, Self::Round];
    /// The names of [`Shape::ALL`].
    pub const NAMES: [&str; 4] = ["plain", "double", "sheet", "round"];
}

/// What a line ends in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Head {
    /// A filled triangle.
    Arrow,
    /// An open arrowhead with a bar behind it.
    Fork,
    /// A bar across.
    Bar,
    /// A triangle that is not filled.
    Hollow,
    /// Nothing, but a cross in the middle of the line.
    Cross,
    /// Nothing.
    None,
}

impl Head {
    /// All heads.
    pub const ALL: [Self; 6] = [
        Self::Arrow,
        Self::Fork,
        Self::Bar,
        Self::Hollow,
        Self::Cross,
        Self::None,
    ];
    /// The names of [`Head::ALL`].
    pub const NAMES: [&str; 6] = ["arrow", "fork", "bar", "hollow", "cross", "none"];
}

/// The built-in themes with their texts, in the order in which help lists them.
/// Each extends only those before it.
const BUILT_IN: [(&str, &str); 5] = [
    ("default", include_str!("default.toml")),
    ("print", include_str!("print.toml")),
    ("dark", include_str!("dark.toml")),
    ("rationale", include_str!("rationale.toml")),
    ("minimal", include_str!("minimal.toml")),
];

impl Theme {
    /// The names of the built-in themes, in the order in which help lists them.
    pub const NAMES: [&str; BUILT_IN.len()] = {
        let mut names = [""; BUILT_IN.len()];
        let mut at = 0;
        while at < names.len() {
            names[at] = BUILT_IN[at].0;
            at += 1;
        }
        names
    };

    /// The built-in themes.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        (0..BUILT_IN.len()).map(Self::numbered)
    }

    /// The theme of a picture for which none is named.
    pub fn usual() -> &'static Self {
        Self::numbered(0)
    }

    /// The built-in theme of that name.
    pub fn built_in(name: &str) -> Option<&'static Self> {
        let at = Self::NAMES.iter().position(|own| *own == name)?;
        Some(Self::numbered(at))
    }

    /// A built-in theme, which is read when it is first asked for.
    fn numbered(at: usize) -> &'static Self {
        static READ: [OnceLock<Theme>; BUILT_IN.len()] =
            [const { OnceLock::new() }; BUILT_IN.len()];
        READ[at].get_or_init(|| read::built_in(&BUILT_IN, BUILT_IN[at].0))
    }

    /// The TOML of a built-in theme, as it could stand under `[themes.NAME]`.
    pub fn text(name: &str) -> Option<&'static str> {
        let theme = BUILT_IN.iter().find(|(own, _)| *own == name);
        theme.map(|(_, text)| *text)
    }

    /// A theme that says nothing yet, for the first built-in one to fill in.
    fn blank() -> Self {
        let box_look = BoxLook {
            shape: Shape::Plain,
            fill: Colour::WHITE,
            border: Colour::BLACK,
            text: None,
            width: 1.0,
        };
        let line = LineLook {
            colour: Colour::BLACK,
            width: 1.0,
            dash: Vec::new(),
            head: Head::None,
        };
        Self {
            name: String::new(),
            dark: None,
            paper: Colour::WHITE,
            ink: Colour::BLACK,
            muted: Colour::BLACK,
            thesis: box_look.clone(),
            claim: box_look.clone(),
            evidence: box_look.clone(),
            assumption: box_look,
            supporting: None,
            attacking: None,
            unsupported: StateLook::default(),
            rejected: StateLook::default(),
            undecided: StateLook::default(),
            implicit: StateLook::default(),
            reason: line.clone(),
            objection: line.clone(),
            undercut: line.clone(),
            contradiction: line.clone(),
            restatement: line,
            group: GroupLook {
                fill: Colour::WHITE,
                border: Colour::BLACK,
                width: 1.0,
                dash: Vec::new(),
            },
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self::usual().clone()
    }
}
