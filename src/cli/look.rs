//! How pictures look, as every command that draws takes it.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

use anyhow::bail;
use clap::ValueEnum;

use super::output;
use crate::config::theme::Theme;
use crate::config::{BOX_WIDTHS, Config};
use crate::layout::{Direction, Fit, Options};
use crate::model::near::nearest;
use crate::render::Style;
use crate::render::audit::{Weakness, alike, weaknesses};

/// How pictures look, for every command that draws.
///
/// What is not said here a `grounds.toml` says, and what neither says is as in [`Style`]'s default.
#[derive(Debug, clap::Args)]
pub(super) struct LookArgs {
    /// Colours and lines: default, print, dark, rationale, minimal, or one from `grounds.toml` [default: default]
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,

    /// Where the branches grow, seen from the thesis [default: down]
    #[arg(long, value_enum)]
    direction: Option<DirectionName>,

    /// The shape of the page that the picture should fit [default: none]
    #[arg(long, value_enum)]
    fit: Option<FitName>,

    /// The width of a box, in CSS pixels [default: 220]
    #[arg(long, value_name = "PX", value_parser = clap::value_parser!(u16).range(i64::from(BOX_WIDTHS.0)..=i64::from(BOX_WIDTHS.1)))]
    box_width: Option<u16>,

    /// Pixels of a PNG for each CSS pixel [default: 2]
    #[arg(long, value_name = "FACTOR")]
    scale: Option<f32>,

    /// Leave the legend out
    #[arg(long)]
    no_legend: bool,

    /// Draw the legend, where `grounds.toml` leaves it out
    #[arg(long, overrides_with = "no_legend")]
    legend: bool,

    /// The themes of which the user was told what is hard to see in them.
    #[arg(skip)]
    told: Mutex<BTreeSet<String>>,
}

impl LookArgs {
    /// The same as the renderers want it.
    ///
    /// The error is that there is no such theme.
    pub(super) fn style(&self, config: &Config) -> anyhow::Result<Style> {
        let defaults = &config.render;
        let direction = self.direction.or_else(|| named(defaults.direction));
        let fit = self.fit.or_else(|| named(defaults.fit));
        let box_width = self.box_width.or(defaults.box_width);
        let usual = Style::default();
        let layout = Options {
            direction: direction.map_or(usual.layout.direction, Direction::from),
            fit: fit.map_or(usual.layout.fit, Fit::from),
            box_width: box_width.map_or(usual.layout.box_width, f64::from),
            legend: match (self.legend, self.no_legend) {
                (true, _) => true,
                (_, true) => false,
                _ => defaults.legend.unwrap_or(usual.layout.legend),
            },
        };
        Ok(Style {
            layout,
            scale: self.scale.or(defaults.scale).unwrap_or(usual.scale),
            theme: self.theme(config)?,
            ..usual
        })
    }

    /// The theme asked for; whichever is not said is the one called `default`, which may be the user's own.
    fn theme(&self, config: &Config) -> anyhow::Result<Theme> {
        let name = self.theme.as_deref().or(config.render.theme.as_deref());
        let name = name.unwrap_or(Theme::NAMES[0]);
        if let Some(theme) = config.theme(name) {
            if config.themes.contains(theme) {
                self.warn(theme);
            }
            return Ok(theme.clone());
        }
        let own = config.themes.iter().map(|theme| &*theme.name);
        let known: Vec<&str> = Theme::NAMES.into_iter().chain(own).collect();
        match nearest(name, known.iter().copied())[..] {
            [] => bail!(
                "there is no theme `{name}`; there are `{}`",
                known.join("`, `")
            ),
            [near, ..] => bail!("there is no theme `{name}`; did you mean `{near}`?"),
        }
    }
}

impl LookArgs {
    /// Says once what is hard to see in pictures of a theme.
    fn warn(&self, theme: &Theme) {
        let name = &theme.name;
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        if !told.insert(name.clone()) {
            return;
        }
        for Weakness {
            seen,
            on,
            contrast,
            least,
        } in weaknesses(theme)
        {
            // Rounded down: 4.49 must not be shown as the 4.5 that it is not.
            let contrast = (contrast * 10.0).floor() / 10.0;
            output::say(&format!(
                "warning: theme `{name}`: `{seen}` on `{on}` has a contrast of {contrast} to 1, less than the {least} to 1 of WCAG AA"
            ));
        }
        for (one, other) in alike(theme) {
            let (one, other) = (one.words(), other.words());
            output::say(&format!(
                "warning: theme `{name}`: `{one}` and `{other}` cannot be told apart without colour"
            ));
        }
    }
}

/// The choice that a configuration names; both know the same names.
fn named<T: ValueEnum>(name: Option<&str>) -> Option<T> {
    T::from_str(name?, false).ok()
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum DirectionName {
    /// The thesis on top
    Down,
    /// The thesis at the bottom
    Up,
    /// The thesis at the left
    Right,
    /// The thesis at the right
    Left,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FitName {
    /// No page
    None,
    /// A4 upright
    A4,
    /// A4 lying
    A4Landscape,
    /// A slide or a screen
    #[value(name = "16:9")]
    Wide,
}

impl From<DirectionName> for Direction {
    fn from(name: DirectionName) -> Self {
        match name {
            DirectionName::Down => Self::Down,
            DirectionName::Up => Self::Up,
            DirectionName::Right => Self::Right,
            DirectionName::Left => Self::Left,
        }
    }
}

impl From<FitName> for Fit {
    fn from(name: FitName) -> Self {
        match name {
            FitName::None => Self::None,
            FitName::A4 => Self::A4,
            FitName::A4Landscape => Self::A4Landscape,
            FitName::Wide => Self::Wide,
        }
    }
}

/// The names of an option's values, to hold against those of the configuration.
#[cfg(test)]
pub(super) fn names<T: ValueEnum>() -> Vec<String> {
    let values = T::value_variants().iter();
    values
        .filter_map(ValueEnum::to_possible_value)
        .map(|value| value.get_name().to_owned())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{DIRECTIONS, FITS};

    #[test]
    fn the_configuration_has_the_same_names_as_the_command_line() {
        assert_eq!(names::<DirectionName>(), DIRECTIONS);
        assert_eq!(names::<FitName>(), FITS);
    }
}
