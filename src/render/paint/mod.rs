//! What a theme means for each thing of a picture, whatever its format: colours, lines, shapes and marks.

pub mod audit;

use crate::config::theme::{BoxLook, Colour, LineLook, Shape, Theme, Tint};
use crate::view::diagram::{Diagram, EdgeKind, End, Node, NodeKind, Polarity, Verdict};

/// A colour with the name that it has in a theme, such as `thesis-fill`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tone {
    /// Unique for a place in a theme.
    pub(super) name: &'static str,
    /// The colour there.
    pub(super) colour: Colour,
}

/// How a box is drawn.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BoxPaint {
    /// Its outline.
    pub(super) shape: Shape,
    /// Its ground.
    pub(super) fill: Tone,
    /// Its outline's colour.
    pub(super) border: Tone,
    /// The colour of labels and texts.
    pub(super) text: Tone,
    /// The colour of the line with the source.
    pub(super) small: Tone,
    /// The outline's width in CSS px.
    pub(super) width: f64,
    /// The outline's dashes and gaps in CSS px; empty for none.
    pub(super) dash: Vec<f64>,
    /// The sign on the upper right corner with the colour of its disc.
    pub(super) mark: Option<(Mark, Tone)>,
}

/// How a line is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LinePaint<'t> {
    /// Its colour.
    pub(super) tone: Tone,
    /// Its width, its dashes and its head.
    pub(super) look: &'t LineLook,
    /// Whether it ends in its head or goes on beyond a junction.
    pub(super) has_head: bool,
}

/// A sign on a box' corner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// A question mark: nothing supports it.
    Unsupported,
    /// A cross: the evaluation rejects it.
    Rejected,
    /// A wave: the evaluation leaves it open.
    Undecided,
}

impl Mark {
    /// Every sign.
    pub(super) const ALL: [Self; 3] = [Self::Unsupported, Self::Rejected, Self::Undecided];
}

/// Whether a statement is used for something or against it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// It is a reason.
    Supporting,
    /// It is an objection.
    Attacking,
}

/// What of a statement decides about its box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Looks {
    /// Its kind.
    pub(super) kind: NodeKind,
    /// What it is first used for; nothing where it is not used.
    pub(super) stance: Option<Stance>,
    /// A claim that nothing supports.
    pub(super) unsupported: bool,
    /// A statement that the mapper supplied.
    pub(super) implicit: bool,
    /// The verdict, where it is to be told.
    pub(super) verdict: Option<Verdict>,
}

impl Looks {
    /// A statement of that kind of which there is nothing else to say.
    pub(super) fn plain(kind: NodeKind) -> Self {
        Self {
            kind,
            stance: None,
            unsupported: false,
            implicit: false,
            verdict: None,
        }
    }

    /// What decides about a statement's box.
    pub(super) fn of(node: &Node, stance: Option<Stance>) -> Self {
        Self {
            kind: node.kind,
            stance,
            unsupported: node.unsupported,
            implicit: node.implicit,
            verdict: node.notable_verdict(),
        }
    }
}

/// What each statement of a diagram is first used for, in document order. Linear.
pub(super) fn stances(diagram: &Diagram) -> Vec<Option<Stance>> {
    let mut stances = vec![None; diagram.nodes.len()];
    for edge in &diagram.edges {
        let End::Node(from) = edge.from else { continue };
        let stance = match edge.kind {
            EdgeKind::Premise(Polarity::Pro) | EdgeKind::Reason => Stance::Supporting,
            EdgeKind::Premise(Polarity::Con) | EdgeKind::Objection | EdgeKind::Undercut => {
                Stance::Attacking
            }
            EdgeKind::Contradiction | EdgeKind::Restatement => continue,
        };
        if let Some(own) = stances.get_mut(from) {
            own.get_or_insert(stance);
        }
    }
    stances
}

/// How a box is drawn.
pub(super) fn statement(theme: &Theme, looks: Looks) -> BoxPaint {
    let (look, names) = of_kind(theme, looks.kind);
    let (mut fill, border) =
        tint(theme, looks).unwrap_or((tone(names[0], look.fill), tone(names[1], look.border)));
    let rejected = looks.verdict == Some(Verdict::Out);
    if let (true, Some(colour)) = (looks.unsupported, theme.unsupported.fill) {
        fill = tone("unsupported-fill", colour);
    }
    if let (true, Some(colour)) = (looks.implicit, theme.implicit.fill) {
        fill = tone("implicit-fill", colour);
    }
    let judged = match looks.verdict {
        Some(Verdict::Undecided) => theme.undecided.fill.map(|it| tone("undecided-fill", it)),
        Some(Verdict::Out) => theme.rejected.fill.map(|it| tone("rejected-fill", it)),
        _ => None,
    };
    let mut width = look.width;
    let mut dash = Vec::new();
    let states = [
        (looks.unsupported, &theme.unsupported),
        (looks.implicit, &theme.implicit),
        (rejected, &theme.rejected),
        (looks.verdict == Some(Verdict::Undecided), &theme.undecided),
    ];
    for (_, state) in states.into_iter().filter(|(holds, _)| *holds) {
        width = state.width.map_or(width, |wide| wide.max(look.width));
        dash.extend(&state.dash);
    }
    let own_text = look.text.map(|colour| tone(names[2], colour));
    BoxPaint {
        shape: look.shape,
        fill: judged.unwrap_or(fill),
        border,
        text: own_text.unwrap_or(ink(theme)),
        small: own_text.unwrap_or(muted(theme)),
        width,
        dash,
        mark: mark(theme, looks),
    }
}

fn mark(theme: &Theme, looks: Looks) -> Option<(Mark, Tone)> {
    let of = |mark, name, colour: Option<Colour>| colour.map(|it| (mark, tone(name, it)));
    match looks.verdict {
        Some(Verdict::Undecided) => of(Mark::Undecided, "undecided-mark", theme.undecided.mark),
        Some(_) => of(Mark::Rejected, "rejected-mark", theme.rejected.mark),
        None if looks.unsupported => of(
            Mark::Unsupported,
            "unsupported-mark",
            theme.unsupported.mark,
        ),
        None => None,
    }
}

/// Fill and border where it is the stance that gives them.
fn tint(theme: &Theme, looks: Looks) -> Option<(Tone, Tone)> {
    let of = |tint: Option<Tint>, fill, border| {
        tint.map(|it| (tone(fill, it.fill), tone(border, it.border)))
    };
    match (looks.kind, looks.stance?) {
        (NodeKind::Thesis, _) => None,
        (_, Stance::Supporting) => of(theme.supporting, "supporting-fill", "supporting-border"),
        (_, Stance::Attacking) => of(theme.attacking, "attacking-fill", "attacking-border"),
    }
}

/// How an edge is drawn.
pub(super) fn edge(theme: &Theme, kind: EdgeKind) -> LinePaint<'_> {
    let (name, look) = match kind {
        EdgeKind::Premise(Polarity::Pro) | EdgeKind::Reason => ("reason", &theme.reason),
        EdgeKind::Premise(Polarity::Con) | EdgeKind::Objection => ("objection", &theme.objection),
        EdgeKind::Undercut => ("undercut", &theme.undercut),
        EdgeKind::Contradiction => ("contradiction", &theme.contradiction),
        EdgeKind::Restatement => ("restatement", &theme.restatement),
    };
    LinePaint {
        tone: tone(name, look.colour),
        look,
        has_head: !matches!(kind, EdgeKind::Premise(_)),
    }
}

/// The colour of a junction's point.
pub(super) fn junction(theme: &Theme, polarity: Polarity) -> Tone {
    edge(theme, EdgeKind::Premise(polarity)).tone
}

/// The ground.
pub(super) fn paper(theme: &Theme) -> Tone {
    tone("paper", theme.paper)
}

/// Titles and texts.
pub(super) fn ink(theme: &Theme) -> Tone {
    tone("ink", theme.ink)
}

/// Less important texts.
pub(super) fn muted(theme: &Theme) -> Tone {
    tone("muted", theme.muted)
}

/// The ground and the outline of a group.
pub(super) fn group(theme: &Theme) -> (Tone, Tone) {
    let look = &theme.group;
    (
        tone("group-fill", look.fill),
        tone("group-border", look.border),
    )
}

/// Every colour that a picture in that theme can have, each name once.
///
/// Colours that the theme leaves to others are those of the others.
pub(super) fn tones(theme: &Theme) -> Vec<Tone> {
    let claim = Tint {
        fill: theme.claim.fill,
        border: theme.claim.border,
    };
    let mut tones = vec![paper(theme), ink(theme), muted(theme)];
    for kind in NodeKind::ALL {
        let (look, [fill, border, text]) = of_kind(theme, kind);
        tones.push(tone(fill, look.fill));
        tones.push(tone(border, look.border));
        tones.push(tone(text, look.text.unwrap_or(theme.ink)));
    }
    let tints = [
        (theme.supporting, "supporting-fill", "supporting-border"),
        (theme.attacking, "attacking-fill", "attacking-border"),
    ];
    for (tint, fill, border) in tints {
        let tint = tint.unwrap_or(claim);
        tones.push(tone(fill, tint.fill));
        tones.push(tone(border, tint.border));
    }
    let states = [
        (&theme.unsupported, "unsupported-fill", "unsupported-mark"),
        (&theme.rejected, "rejected-fill", "rejected-mark"),
        (&theme.undecided, "undecided-fill", "undecided-mark"),
        (&theme.implicit, "implicit-fill", "implicit-mark"),
    ];
    for (state, fill, mark) in states {
        tones.push(tone(fill, state.fill.unwrap_or(claim.fill)));
        tones.push(tone(mark, state.mark.unwrap_or(theme.ink)));
    }
    let edges = [
        EdgeKind::Reason,
        EdgeKind::Objection,
        EdgeKind::Undercut,
        EdgeKind::Contradiction,
        EdgeKind::Restatement,
    ];
    tones.extend(edges.map(|kind| edge(theme, kind).tone));
    let (fill, border) = group(theme);
    tones.extend([fill, border]);
    tones
}

fn of_kind(theme: &Theme, kind: NodeKind) -> (&BoxLook, [&'static str; 3]) {
    match kind {
        NodeKind::Thesis => (
            &theme.thesis,
            ["thesis-fill", "thesis-border", "thesis-text"],
        ),
        NodeKind::Claim => (&theme.claim, ["claim-fill", "claim-border", "claim-text"]),
        NodeKind::Evidence => (
            &theme.evidence,
            ["evidence-fill", "evidence-border", "evidence-text"],
        ),
        NodeKind::Assumption => (
            &theme.assumption,
            ["assumption-fill", "assumption-border", "assumption-text"],
        ),
    }
}

fn tone(name: &'static str, colour: Colour) -> Tone {
    Tone { name, colour }
}
