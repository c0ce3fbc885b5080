//! Maps out: one file per format.

pub mod json;
