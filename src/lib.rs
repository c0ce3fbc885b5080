//! Argument maps that can be checked.

pub mod view;
