//! Colours, and how much two of them differ in brightness.

use std::fmt;

use super::names::NAMES;

/// A colour of the sRGB space without transparency; prints as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [u8; 3],
}

impl Colour {
    /// White.
    pub const WHITE: Self = Self { rgb: [255; 3] };
    /// Black.
    pub const BLACK: Self = Self { rgb: [0; 3] };

    /// The colour that a text means: `#rgb`, `#rrggbb`, or a name of CSS in small letters.
    pub fn parse(text: &str) -> Option<Self> {
        let Some(digits) = text.strip_prefix('#') else {
            let at = NAMES.binary_search_by_key(&text, |(known, _)| known).ok()?;
            return Some(Self::from_number(NAMES[at].1));
        };
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let whole = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            6 => digits.to_owned(),
            _ => return None,
        };
        u32::from_str_radix(&whole, 16).ok().map(Self::from_number)
    }

    /// The names that [`Colour::parse`] knows.
    pub fn names() -> impl Iterator<Item = &'static str> {
        NAMES.iter().map(|(name, _)| *name)
    }

    fn from_number(number: u32) -> Self {
        let [_, rgb @ ..] = number.to_be_bytes();
        Self { rgb }
    }

    /// How bright it is, from 0 to 1 (relative luminance, WCAG 2.2).
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 {
                part / 12.92
            } else {
                ((part + 0.055) / 1.055).powf(2.4)
            }
        };
        let [red, green, blue] = self.rgb.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast to another colour, from 1 to 21 (contrast ratio, WCAG 2.2).
    pub fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.rgb;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read_as_css_writes_them() {
        let parse = |text: &str| Colour::parse(text).map(|colour| colour.to_string());
        assert_eq!(parse("#1b1F24").as_deref(), Some("#1b1f24"));
        assert_eq!(parse("#fa0").as_deref(), Some("#ffaa00"));
        assert_eq!(parse("rebeccapurple").as_deref(), Some("#663399"));
        for text in [
            "",
            "#",
            "#12",
            "#1234567",
            "#ggg",
            "#+12345",
            "blu",
            "rgb(0,0,0)",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn the_names_are_sorted_and_mean_what_an_independent_renderer_takes_them_for() {
        assert!(NAMES.is_sorted_by_key(|(name, _)| *name));
        let size = NAMES.len();
        let mut svg =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"1\">");
        for (at, (name, _)) in NAMES.iter().enumerate() {
            let rect = format!("<rect x=\"{at}\" width=\"1\" height=\"1\" fill=\"{name}\"/>");
            svg.push_str(&rect);
        }
        let tree = resvg::usvg::Tree::from_str(&(svg + "</svg>"), &resvg::usvg::Options::default());
        let width = u32::try_from(size).unwrap();
        let mut pixels = resvg::tiny_skia::Pixmap::new(width, 1).unwrap();
        resvg::render(
            &tree.unwrap(),
            resvg::tiny_skia::Transform::default(),
            &mut pixels.as_mut(),
        );
        for (pixel, name) in pixels.pixels().iter().zip(Colour::names()) {
            // The one name that SVG 1.1 does not have.
            if name == "rebeccapurple" {
                continue;
            }
            let drawn = [pixel.red(), pixel.green(), pixel.blue()];
            assert_eq!(Colour::parse(name).unwrap().rgb, drawn, "{name}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        assert!((Colour::BLACK.contrast(Colour::WHITE) - 21.0).abs() < 1e-9);
        // The best-known pair that just fails and the one that just passes on white.
        let on_white = |text| Colour::parse(text).unwrap().contrast(Colour::WHITE);
        assert!(on_white("#777777") < 4.5 && on_white("#767676") >= 4.5);
    }
}
