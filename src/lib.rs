//! Argument maps that can be checked.

pub mod analysis;
pub mod config;
pub mod diagnostic;
pub mod emit;
pub mod graph;
pub mod model;
pub mod read;
pub mod render;
pub mod rules;
pub mod source;
pub mod syntax;
pub mod view;
pub mod write;
