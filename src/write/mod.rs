//! Maps out: one file per format.

pub mod json;
pub mod solver;
pub mod yaml;
