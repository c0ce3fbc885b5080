//! Findings out.

pub mod visible;
