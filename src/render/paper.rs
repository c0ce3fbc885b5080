//! Sizes of paper.

/// What a PDF is printed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Paper {
    /// A4 upright.
    A4,
    /// A4 lying.
    A4Landscape,
    /// A3 upright.
    A3,
    /// A3 lying.
    A3Landscape,
    /// US letter upright.
    Letter,
    /// US letter lying.
    LetterLandscape,
}

impl Paper {
    /// Every paper, in the order in which help lists them.
    pub const ALL: [Self; 6] = [
        Self::A4,
        Self::A4Landscape,
        Self::A3,
        Self::A3Landscape,
        Self::Letter,
        Self::LetterLandscape,
    ];

    /// Width and height in points, 72 to the inch.
    pub fn size(self) -> (f64, f64) {
        match self {
            Self::A4 => (595.28, 841.89),
            Self::A4Landscape => (841.89, 595.28),
            Self::A3 => (841.89, 1190.55),
            Self::A3Landscape => (1190.55, 841.89),
            Self::Letter => (612.0, 792.0),
            Self::LetterLandscape => (792.0, 612.0),
        }
    }
}
