//! Whether a theme can be read by everyone: how much its colours differ in brightness, and what it tells by colour
//! alone. Everything is asked of the paints that pictures are drawn with.

use std::collections::BTreeMap;

use super::{Looks, Stance, Tone, edge, group, ink, mark, muted, paper, statement};
use crate::config::theme::Theme;
use crate::layout::Meaning;
use crate::view::diagram::{EdgeKind, NodeKind, Verdict};

/// The least contrast of a text to its ground (WCAG 2.2, success criterion 1.4.3, level AA).
const TEXT: f64 = 4.5;
/// The least contrast of a line or a sign to its ground (WCAG 2.2, success criterion 1.4.11, level AA).
const LINE: f64 = 3.0;

/// Two colours that some readers cannot tell apart well enough.
#[derive(Clone, Debug, PartialEq)]
pub struct Weakness {
    /// The theme's key of what is seen.
    pub seen: String,
    /// The theme's key of what it is seen on.
    pub on: String,
    /// Their contrast, from 1 to 21.
    pub contrast: f64,
    /// The contrast that the guidelines ask for.
    pub least: f64,
}

/// The pairs of colours in pictures of that theme whose contrast is below that of the guidelines; not those of the
/// theme for dark screens.
pub fn weaknesses(theme: &Theme) -> Vec<Weakness> {
    let mut pairs: BTreeMap<(&str, &str), (Tone, Tone, f64)> = BTreeMap::new();
    for (seen, on, least) in all_pairs(theme) {
        pairs.insert((seen.name, on.name), (seen, on, least));
    }
    let weak = pairs.into_values().filter_map(|(seen, on, least)| {
        let contrast = seen.colour.contrast(on.colour);
        (contrast < least).then(|| Weakness {
            seen: seen.name.replacen('-', ".", 1),
            on: on.name.replacen('-', ".", 1),
            contrast,
            least,
        })
    });
    weak.collect()
}

/// What is seen on what, and the contrast that it needs.
fn all_pairs(theme: &Theme) -> Vec<(Tone, Tone, f64)> {
    let (paper, (ground, frame)) = (paper(theme), group(theme));
    let mut pairs = vec![(ink(theme), paper, TEXT), (frame, paper, LINE)];
    pairs.extend([paper, ground].map(|on| (muted(theme), on, TEXT)));
    for line in EdgeKind::LOOKS.map(|kind| edge(theme, kind).tone) {
        pairs.extend([paper, ground].map(|on| (line, on, LINE)));
    }
    for looks in all_looks() {
        let paint = statement(theme, looks);
        pairs.push((paint.text, paint.fill, TEXT));
        pairs.push((paint.small, paint.fill, TEXT));
        pairs.extend([paper, ground].map(|on| (paint.border, on, LINE)));
        pairs.extend(paint.mark.map(|(_, disc)| (disc, paper, LINE)));
    }
    pairs
}

/// Every statement that there can be, as far as its looks go.
fn all_looks() -> Vec<Looks> {
    let mut all = Vec::new();
    for kind in NodeKind::ALL {
        for stance in [None, Some(Stance::Supporting), Some(Stance::Attacking)] {
            for verdict in [None, Some(Verdict::Out), Some(Verdict::Undecided)] {
                for (unsupported, implicit) in
                    [(false, false), (true, false), (false, true), (true, true)]
                {
                    all.push(Looks {
                        kind,
                        stance,
                        unsupported,
                        implicit,
                        verdict,
                    });
                }
            }
        }
    }
    all
}

/// The pairs of meanings that a theme tells by colour or width alone.
pub fn alike(theme: &Theme) -> Vec<(Meaning, Meaning)> {
    let claim = Looks::plain(NodeKind::Claim);
    let unsupported = Looks {
        unsupported: true,
        ..claim
    };
    let implicit = Looks {
        implicit: true,
        ..claim
    };
    let judged = |verdict| Looks {
        verdict: Some(verdict),
        ..claim
    };
    let mut boxes: Vec<(Meaning, Looks)> = NodeKind::ALL
        .map(|kind| (Meaning::Kind(kind), Looks::plain(kind)))
        .into();
    boxes.extend([
        (Meaning::Unsupported, unsupported),
        (Meaning::Rejected, judged(Verdict::Out)),
        (Meaning::Undecided, judged(Verdict::Undecided)),
        (Meaning::Implicit, implicit),
    ]);
    let boxes = boxes.into_iter().map(|(meaning, looks)| {
        let paint = statement(theme, looks);
        let sign = mark(theme, looks).map(|(sign, _)| sign);
        (
            meaning,
            format!("{:?} {:?} {sign:?}", paint.shape, paint.dash),
        )
    });
    let lines = EdgeKind::LOOKS.map(|kind| {
        let look = edge(theme, kind).look;
        (
            Meaning::Edge(kind),
            format!("{:?} {:?}", look.dash, look.head),
        )
    });
    let all: Vec<(Meaning, String)> = boxes.chain(lines).collect();
    let mut pairs = Vec::new();
    for (at, (one, looks)) in all.iter().enumerate() {
        let same = all[at + 1..].iter().filter(|(_, other)| other == looks);
        pairs.extend(same.map(|(other, _)| (*one, *other)));
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_built_in_theme_has_the_contrast_of_the_guidelines() {
        for theme in Theme::all() {
            assert_eq!(weaknesses(theme), [], "{}", theme.name);
        }
    }

    #[test]
    fn no_built_in_theme_tells_two_meanings_by_colour_alone() {
        for theme in Theme::all() {
            assert_eq!(alike(theme), [], "{}", theme.name);
        }
    }

    #[test]
    fn what_is_too_faint_or_alike_is_found() {
        let mut theme = Theme::default();
        theme.ink = theme.evidence.fill;
        theme.objection = theme.reason.clone();
        let found = weaknesses(&theme);
        let is_found = |seen: &str, on: &str| found.iter().any(|it| it.seen == seen && it.on == on);
        assert!(
            is_found("ink", "paper") && is_found("ink", "evidence.fill"),
            "{found:?}"
        );
        assert!(!is_found("reason", "paper"), "{found:?}");
        let (reason, objection) = (EdgeKind::Reason, EdgeKind::Objection);
        assert_eq!(
            alike(&theme),
            [(Meaning::Edge(reason), Meaning::Edge(objection))]
        );
    }
}
