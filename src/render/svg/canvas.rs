//! What is drawn so far, and the paints in it: for dark screens every colour has a second one.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::super::paint::{self, Tone};
use crate::config::theme::{Colour, Theme};

/// A picture that grows.
pub(super) struct Canvas<'t> {
    /// Its elements so far.
    pub(super) out: String,
    /// How it looks.
    pub(super) theme: &'t Theme,
    /// What stands before each element id.
    pub(super) prefix: &'t str,
    /// What is drawn many times, by its element id.
    defined: BTreeMap<&'static str, String>,
    /// The colours for a dark screen by their names, where the theme has some.
    night: Option<BTreeMap<&'static str, Colour>>,
    /// The paints of which the style sheet must know: the property, the colour's name and its value by day.
    used: BTreeSet<(Property, &'static str, Colour)>,
}

/// What is painted of an element.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Property {
    Fill,
    Stroke,
}

impl Property {
    fn name(self) -> &'static str {
        match self {
            Self::Fill => "fill",
            Self::Stroke => "stroke",
        }
    }

    /// The class that gives an element that colour.
    fn class(self, tone: &str) -> String {
        format!("{}-{tone}", &self.name()[..1])
    }
}

impl<'t> Canvas<'t> {
    pub(super) fn new(theme: &'t Theme, prefix: &'t str) -> Self {
        let night = theme.dark.as_deref().map(|dark| {
            let tones = paint::tones(dark).into_iter();
            tones.map(|tone| (tone.name, tone.colour)).collect()
        });
        Self {
            out: String::new(),
            theme,
            prefix,
            defined: BTreeMap::new(),
            night,
            used: BTreeSet::new(),
        }
    }

    /// Defines what can then be used at any place; gives its id.
    pub(super) fn define(&mut self, id: &'static str, drawn: String) -> String {
        self.defined.entry(id).or_insert(drawn);
        format!("{}{id}", self.prefix)
    }

    /// All that was defined.
    pub(super) fn definitions(&self) -> String {
        let each = self.defined.iter();
        let each = each.map(|(id, drawn)| format!("<g id=\"{}{id}\">{drawn}</g>\n", self.prefix));
        let all: String = each.collect();
        if all.is_empty() {
            all
        } else {
            format!("<defs>\n{all}</defs>\n")
        }
    }

    /// The attributes that fill an element and leave its outline away.
    pub(super) fn fill(&mut self, fill: Tone) -> String {
        self.paint(&[(Property::Fill, fill)])
    }

    /// The attributes that draw an element's outline alone.
    pub(super) fn stroke(&mut self, stroke: Tone) -> String {
        format!(
            "fill=\"none\" {}",
            self.paint(&[(Property::Stroke, stroke)])
        )
    }

    /// The attributes that fill an element and draw its outline.
    pub(super) fn both(&mut self, fill: Tone, stroke: Tone) -> String {
        self.paint(&[(Property::Fill, fill), (Property::Stroke, stroke)])
    }

    /// The colours stand in attributes, which every viewer knows; the classes are for those that know variables.
    fn paint(&mut self, paints: &[(Property, Tone)]) -> String {
        let mut attributes = Vec::new();
        let mut classes = Vec::new();
        for (property, tone) in paints {
            attributes.push(format!("{}=\"{}\"", property.name(), tone.colour));
            if self.night.is_some() {
                classes.push(property.class(tone.name));
                self.used.insert((*property, tone.name, tone.colour));
            }
        }
        if !classes.is_empty() {
            attributes.push(format!("class=\"{}\"", classes.join(" ")));
        }
        attributes.join(" ")
    }

    /// The style sheet for what was painted; nothing where the theme stays as it is on every screen.
    ///
    /// It is for viewers that know variables: others would take a rule with one for a rule without a colour.
    pub(super) fn style(&self, root: &str) -> String {
        let Some(night) = &self.night else {
            return String::new();
        };
        let colours: BTreeMap<&str, Colour> = self
            .used
            .iter()
            .map(|(_, tone, day)| (*tone, *day))
            .collect();
        let variables = |by_night: bool| -> String {
            let each = colours.iter().map(|(tone, day)| {
                let colour = night.get(tone).filter(|_| by_night).unwrap_or(day);
                format!("--g-{tone}:{colour};")
            });
            each.collect()
        };
        let (day, night) = (variables(false), variables(true));
        let mut out = String::from("<style>@supports (fill:var(--g-ink)){\n");
        let _ = writeln!(out, "#{root}{{{day}}}");
        let _ = writeln!(
            out,
            "@media (prefers-color-scheme:dark){{#{root}{{{night}}}}}"
        );
        for (property, tone, _) in &self.used {
            let (name, class) = (property.name(), property.class(tone));
            let _ = writeln!(out, "#{root} .{class}{{{name}:var(--g-{tone})}}");
        }
        out.push_str("}</style>\n");
        out
    }
}
