//! What reasons and objections together make of a base strength.

/// How a statement's base strength moves with what speaks for and against it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Aggregation {
    /// Reasons count as independent chances, and so do objections; the difference moves the base by its share
    /// (DF-QuAD: Rago, Toni, Aurisicchio & Baroni 2016).
    #[default]
    DfQuad,
    /// Reasons and objections add up to an energy that pushes the base towards 1 or 0
    /// (the quadratic energy model: Potyka 2018).
    QuadraticEnergy,
    /// The same energy in the exponent (the Euler-based semantics: Amgoud & Ben-Naim 2017);
    /// a base of 0, as claims have, never moves.
    Euler,
}

/// How much a strength rises with each of what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slopes {
    pub(super) base: f64,
    pub(super) pro: f64,
    pub(super) con: f64,
}

/// Beyond it the exponential function has no finite value.
const MAX_EXPONENT: f64 = 700.0;

impl Aggregation {
    /// All, the default first.
    pub const ALL: [Self; 3] = [Self::DfQuad, Self::QuadraticEnergy, Self::Euler];

    /// The name, as users type it.
    pub fn name(self) -> &'static str {
        match self {
            Self::DfQuad => "dfquad",
            Self::QuadraticEnergy => "quadratic-energy",
            Self::Euler => "euler",
        }
    }

    /// What one more contribution makes of those on its side so far.
    pub(super) fn join(self, sum: f64, contribution: f64) -> f64 {
        match self {
            Self::DfQuad => 1.0 - (1.0 - sum) * (1.0 - contribution),
            Self::QuadraticEnergy | Self::Euler => sum + contribution,
        }
    }

    /// The strength of a statement; from 0 to 1 where the base is.
    pub(super) fn strength(self, base: f64, pro: f64, con: f64) -> f64 {
        let balance = pro - con;
        match self {
            Self::DfQuad => base + room(base, balance) * balance,
            Self::QuadraticEnergy => base + room(base, balance).copysign(balance) * pull(balance),
            // The limit of the formula at 0, where a large energy would make it 0 · ∞.
            Self::Euler if base == 0.0 => 0.0,
            Self::Euler => 1.0 - (1.0 - base * base) / (1.0 + base * exp(balance)),
        }
    }

    /// The derivatives of [`Aggregation::strength`]; where it has a kink, those to the right.
    pub(super) fn slopes(self, base: f64, pro: f64, con: f64) -> Slopes {
        let balance = pro - con;
        let (of_base, of_balance) = match self {
            Self::DfQuad => (1.0 - balance.abs(), room(base, balance)),
            Self::QuadraticEnergy => {
                let bend = (1.0 + balance * balance).powi(2);
                let slope = room(base, balance) * 2.0 * balance.abs() / bend;
                (1.0 - pull(balance), slope)
            }
            Self::Euler => {
                let (rise, whole) = (exp(balance), 1.0 + base * exp(balance));
                let rest = (1.0 - base * base) * (rise / whole) / whole;
                (2.0 * base / whole + rest, base * rest)
            }
        };
        Slopes {
            base: of_base,
            pro: of_balance,
            con: -of_balance,
        }
    }
}

/// How far a base can move in the direction of a balance.
fn room(base: f64, balance: f64) -> f64 {
    if balance >= 0.0 { 1.0 - base } else { base }
}

/// The share of the room that an energy takes.
fn pull(energy: f64) -> f64 {
    let square = energy * energy;
    square / (1.0 + square)
}

fn exp(energy: f64) -> f64 {
    energy.clamp(-MAX_EXPONENT, MAX_EXPONENT).exp()
}
