//! What a reader asks of a picture: which statements, and in how many words.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::analysis::Dossier;
use crate::model::near::nearest;
use crate::model::{StatementIdx, Text};

/// Which statements are shown; the default is all.
///
/// Each option keeps some statements, and what is shown is what all of them keep.
/// A step is drawn where its target is shown and at least one of its premises is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// These, what is under them, and the ways from them to the theses; everything where there are none.
    pub focus: Vec<StatementIdx>,
    /// At most so many steps up and down from the focus; from the theses where there is none.
    pub depth: Option<usize>,
    /// Only statements that play this part.
    pub only: Option<Only>,
    /// Only statements and steps with one of these tags, and the ways from them to the theses.
    pub tags: Vec<String>,
    /// Not what hangs under these alone.
    pub collapse: Vec<StatementIdx>,
}

/// A part that statements play. All but the first come with the theses and the ways to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Only {
    /// What the map argues for.
    Thesis,
    /// What supports the theses, by reasons alone.
    Reasons,
    /// The premises of objections.
    Objections,
    /// What rests on nothing.
    Unsupported,
    /// What the evaluation rejects.
    Rejected,
}

impl Only {
    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Thesis => "thesis",
            Self::Reasons => "reasons",
            Self::Objections => "objections",
            Self::Unsupported => "unsupported",
            Self::Rejected => "rejected",
        }
    }
}

impl Choice {
    /// Whether everything is shown.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// The first tag asked for that the map has nowhere, with the nearest that it has.
    ///
    /// Linear in the map's tags for each tag asked for.
    pub fn unknown_tag(&self, dossier: &Dossier) -> Option<(&str, Vec<String>)> {
        let known: BTreeSet<&str> = all_tags(dossier).map(|tag| tag.value.as_str()).collect();
        let unknown = self.tags.iter().find(|tag| !known.contains(tag.as_str()))?;
        let near = nearest(unknown, known.iter().copied());
        // Of a few tags all can be named.
        let near = if near.is_empty() && known.len() <= 12 {
            known.into_iter().collect()
        } else {
            near
        };
        Some((unknown, near.into_iter().map(str::to_owned).collect()))
    }
}

fn all_tags(dossier: &Dossier) -> impl Iterator<Item = &Text> {
    let map = &dossier.map;
    let of_statements = map.statements.iter().flat_map(|it| &it.tags);
    of_statements.chain(map.inferences.iter().flat_map(|it| &it.tags))
}

/// How a diagram says what it shows; the default is as the map has it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    /// What stands in the boxes.
    pub labels: Labels,
    /// Longer texts are cut at a word; none are where this is nothing.
    pub max_chars: Option<usize>,
    /// What stands beside the text; nothing for what is usual: the source of evidence, and the names of steps where
    /// a format has room.
    pub show: Option<BTreeSet<Extra>>,
    /// What statements in one frame have in common; no frames where this is nothing.
    pub group_by: Option<GroupBy>,
}

/// What stands in a box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Labels {
    /// The label, where there is one, and the text.
    #[default]
    Text,
    /// The label alone; the text where there is none.
    Label,
    /// The id alone.
    Id,
}

/// What can stand beside a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Extra {
    /// What it rests on, and where in it.
    Source,
    /// The verdict in words.
    Verdict,
    /// How strong it is.
    Strength,
    /// The words of its source.
    Quote,
    /// At a junction: the label of the step, else its scheme.
    Scheme,
}

/// What statements in one frame have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GroupBy {
    /// Their first tag.
    Tag,
    /// The first source that they cite.
    Source,
    /// The thesis that they lead to in the fewest steps.
    Thesis,
}

impl Wording {
    /// Whether an extra was asked for by name.
    pub(super) fn shows(&self, extra: Extra) -> bool {
        self.show.as_ref().is_some_and(|show| show.contains(&extra))
    }

    /// Whether a source stands in a box: unless others were asked for.
    pub(super) fn shows_source(&self) -> bool {
        self.show.is_none() || self.shows(Extra::Source)
    }

    /// A text as it is shown: cut where it is too long.
    pub(super) fn cut(&self, text: &str) -> String {
        match self.max_chars {
            Some(max) => cut(text, max),
            None => text.to_owned(),
        }
    }
}

/// At most `max` characters (grapheme clusters) of a text, the ellipsis included, cut between words (UAX #29).
///
/// A first word that is too long is cut itself. Linear in what is kept.
pub fn cut(text: &str, max: usize) -> String {
    if text.graphemes(true).nth(max).is_none() {
        return text.to_owned();
    }
    let room = max.saturating_sub(1);
    let end_of = |n: usize| text.grapheme_indices(true).nth(n).map_or(0, |(at, _)| at);
    let limit = end_of(room);
    let words = text.split_word_bound_indices();
    let ends = words
        .map(|(at, word)| at + word.len())
        .take_while(|end| *end <= limit);
    let end = ends.last().filter(|end| !text[..*end].trim().is_empty());
    let kept = text[..end.unwrap_or(limit)].trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | '\u{2013}' | '\u{2014}')
    });
    format!("{kept}\u{2026}")
}

/// An option as it is written: `--focus a --focus b`; a value with spaces is quoted.
pub(super) fn option<'a>(name: &str, values: impl IntoIterator<Item = &'a str>) -> String {
    let mut words = String::new();
    for value in values {
        let gap = if words.is_empty() { "" } else { " " };
        let quote = if value.contains(char::is_whitespace) {
            "\""
        } else {
            ""
        };
        let _ = write!(words, "{gap}--{name} {quote}{value}{quote}");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_between_words() {
        let text = "The city should close the bridge, for good.";
        assert_eq!(cut(text, 43), text);
        assert_eq!(
            cut(text, 42),
            "The city should close the bridge, for\u{2026}"
        );
        assert_eq!(cut(text, 34), "The city should close the bridge\u{2026}");
        assert_eq!(cut(text, 21), "The city should\u{2026}");
        assert_eq!(cut(text, 2), "T\u{2026}");
        assert_eq!(cut("Donaudampfschifffahrt", 6), "Donau\u{2026}");
        assert_eq!(cut("橋を車両通行止めにすべきである", 5), "橋を車両\u{2026}");
        assert_eq!(
            cut("e\u{301}e\u{301}e\u{301}e\u{301}", 3),
            "e\u{301}e\u{301}\u{2026}"
        );
    }

    #[test]
    fn options_are_told_as_they_are_written() {
        assert_eq!(option("tag", ["a", "b c"]), "--tag a --tag \"b c\"");
    }
}
