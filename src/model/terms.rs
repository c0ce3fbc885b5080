//! The fixed vocabularies of the format: proof standards and words of likelihood.

/// A proof standard: how much more must speak for a statement than against it.
///
/// The five standards of Carneades (Gordon & Walton 2009, "Proof Burdens and Standards").
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standard {
    /// At least one reason holds.
    Scintilla,
    /// A reason holds and no objection does.
    #[default]
    DialecticalValidity,
    /// The strongest reason outweighs the strongest objection.
    Preponderance,
    /// It outweighs it clearly, and is strong in itself.
    ClearAndConvincing,
    /// The same, and the strongest objection is weak.
    BeyondReasonableDoubt,
}

impl Standard {
    /// All standards, from the easiest to the hardest.
    pub const ALL: [Self; 5] = [
        Self::Scintilla,
        Self::DialecticalValidity,
        Self::Preponderance,
        Self::ClearAndConvincing,
        Self::BeyondReasonableDoubt,
    ];

    /// The names of [`Standard::ALL`], as the format writes them.
    pub const NAMES: [&str; 5] = [
        "scintilla",
        "dialectical-validity",
        "preponderance",
        "clear-and-convincing",
        "beyond-reasonable-doubt",
    ];

    /// Whether it compares weights; otherwise it only asks what there is.
    pub fn asks_for_weight(self) -> bool {
        !matches!(self, Self::Scintilla | Self::DialecticalValidity)
    }

    /// The name that the format uses.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The standard of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let index = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[index])
    }
}

/// How credible a statement is on its own.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Strength {
    /// A number from 0 to 1.
    Number(f64),
    /// A word that stands for an interval.
    Word(Likelihood),
}

/// The words of likelihood of the United States' Intelligence Community Directive 203 (2015).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Likelihood {
    /// .01 to .05
    AlmostNoChance,
    /// .05 to .20
    VeryUnlikely,
    /// .20 to .45
    Unlikely,
    /// .45 to .55
    RoughlyEven,
    /// .55 to .80
    Likely,
    /// .80 to .95
    VeryLikely,
    /// .95 to .99
    AlmostCertain,
}

impl Likelihood {
    /// All words, from the least to the most likely.
    pub const ALL: [Self; 7] = [
        Self::AlmostNoChance,
        Self::VeryUnlikely,
        Self::Unlikely,
        Self::RoughlyEven,
        Self::Likely,
        Self::VeryLikely,
        Self::AlmostCertain,
    ];

    /// The names of [`Likelihood::ALL`], as the format writes them.
    pub const NAMES: [&str; 7] = [
        "almost-no-chance",
        "very-unlikely",
        "unlikely",
        "roughly-even",
        "likely",
        "very-likely",
        "almost-certain",
    ];

    /// The name that the format uses.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// The word of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let index = Self::NAMES.iter().position(|known| *known == name)?;
        Some(Self::ALL[index])
    }
}
