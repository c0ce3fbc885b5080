//! How pictures look, as every command that draws takes it.

use crate::layout::{Direction, Fit, Options};
use crate::render::Style;

/// How pictures look, for every command that draws.
#[derive(Debug, clap::Args)]
pub(super) struct LookArgs {
    /// Where the branches grow, seen from the thesis
    #[arg(long, value_enum, default_value_t)]
    direction: DirectionName,

    /// The shape of the page that the picture should fit
    #[arg(long, value_enum, default_value_t)]
    fit: FitName,

    /// The width of a box, in CSS pixels
    #[arg(long, value_name = "PX", default_value_t = 220, value_parser = clap::value_parser!(u16).range(80..=1000))]
    box_width: u16,

    /// Pixels of a PNG for each CSS pixel
    #[arg(long, value_name = "FACTOR", default_value_t = 2.0)]
    scale: f32,

    /// Leave the legend out
    #[arg(long)]
    no_legend: bool,
}

impl LookArgs {
    /// The same as the renderers want it.
    pub(super) fn style(&self) -> Style {
        let layout = Options {
            direction: match self.direction {
                DirectionName::Down => Direction::Down,
                DirectionName::Up => Direction::Up,
                DirectionName::Right => Direction::Right,
                DirectionName::Left => Direction::Left,
            },
            fit: match self.fit {
                FitName::None => Fit::None,
                FitName::A4 => Fit::A4,
                FitName::A4Landscape => Fit::A4Landscape,
                FitName::Wide => Fit::Wide,
            },
            box_width: f64::from(self.box_width),
            legend: !self.no_legend,
        };
        Style {
            layout,
            scale: self.scale,
        }
    }
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum DirectionName {
    /// The thesis on top
    #[default]
    Down,
    /// The thesis at the bottom
    Up,
    /// The thesis at the left
    Right,
    /// The thesis at the right
    Left,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
enum FitName {
    /// No page
    #[default]
    None,
    /// A4 upright
    A4,
    /// A4 lying
    A4Landscape,
    /// A slide or a screen
    #[value(name = "16:9")]
    Wide,
}
