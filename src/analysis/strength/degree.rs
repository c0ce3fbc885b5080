//! One computation for numbers and for intervals of numbers.

use crate::analysis::framework::Interval;

/// A degree from 0 to 1, or an interval of them.
///
/// Everything that is computed rises or falls with each of its inputs, so that intervals are carried end by end.
pub(super) trait Degree: Copy {
    /// The degree that a number is.
    fn point(degree: f64) -> Self;

    /// The degree that stands for an interval.
    fn of(interval: Interval) -> Self;

    /// A function that rises with both.
    fn with(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self;

    /// A function that rises with this one and falls with the other.
    fn against(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self;

    /// A function that rises with a base and what speaks for it, and falls with what speaks against it.
    fn weigh(base: Self, pro: Self, con: Self, function: impl Fn(f64, f64, f64) -> f64) -> Self;

    /// How far apart two are, at the ends that differ most.
    fn distance(self, other: Self) -> f64;
}

impl Degree for f64 {
    fn point(degree: f64) -> Self {
        degree
    }

    fn of(interval: Interval) -> Self {
        interval.middle()
    }

    fn with(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        function(self, other)
    }

    fn against(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        function(self, other)
    }

    fn weigh(base: Self, pro: Self, con: Self, function: impl Fn(f64, f64, f64) -> f64) -> Self {
        function(base, pro, con)
    }

    fn distance(self, other: Self) -> f64 {
        (self - other).abs()
    }
}

impl Degree for Interval {
    fn point(degree: f64) -> Self {
        Self::point(degree)
    }

    fn of(interval: Interval) -> Self {
        interval
    }

    fn with(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            low: function(self.low, other.low),
            high: function(self.high, other.high),
        }
    }

    fn against(self, other: Self, function: impl Fn(f64, f64) -> f64) -> Self {
        Self {
            low: function(self.low, other.high),
            high: function(self.high, other.low),
        }
    }

    fn weigh(base: Self, pro: Self, con: Self, function: impl Fn(f64, f64, f64) -> f64) -> Self {
        Self {
            low: function(base.low, pro.low, con.high),
            high: function(base.high, pro.high, con.low),
        }
    }

    fn distance(self, other: Self) -> f64 {
        let low = (self.low - other.low).abs();
        low.max((self.high - other.high).abs())
    }
}
