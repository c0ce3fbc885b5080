//! The standards of proof.

use crate::model::Standard;

/// Weights nearer to a line than this lie on it, so that 0.8 − 0.5 is not more than 0.3.
const TOLERANCE: f64 = 1e-9;

/// Where the standards draw their lines. Conventions, not measurements.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// How strong the best reason must be to be clear and convincing.
    pub alpha: f64,
    /// By how much it must outweigh the best objection.
    pub beta: f64,
    /// Below what the best objection must be to leave no reasonable doubt.
    pub gamma: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self {
            alpha: 0.5,
            beta: 0.3,
            gamma: 0.2,
        }
    }
}

/// The greatest weight on one side, if anything is on it.
pub(super) type Greatest = Option<f64>;

impl Thresholds {
    /// Whether what speaks for a statement meets the standard against what speaks against it.
    ///
    /// The standards of Carneades (Gordon & Walton 2009).
    /// All are monotone in the reasons and antitone in the objections.
    pub(in crate::analysis) fn is_met(
        self,
        standard: Standard,
        pro: Greatest,
        con: Greatest,
    ) -> bool {
        let (p, c) = (pro.unwrap_or(0.0), con.unwrap_or(0.0));
        let outweighs = exceeds(p, c);
        let is_clear = outweighs && exceeds(p, self.alpha) && exceeds(p - c, self.beta);
        match standard {
            Standard::Scintilla => pro.is_some(),
            Standard::DialecticalValidity => pro.is_some() && con.is_none(),
            Standard::Preponderance => outweighs,
            Standard::ClearAndConvincing => is_clear,
            Standard::BeyondReasonableDoubt => is_clear && exceeds(self.gamma, c),
        }
    }
}

fn exceeds(one: f64, other: f64) -> bool {
    one - other > TOLERANCE
}
