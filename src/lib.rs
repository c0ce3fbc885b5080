//! Argument maps that can be checked.
//!
//! Text flows through rooms in one direction; each room turns one value into the next and knows only
//! the rooms before it. In reading order:

pub mod source;
pub mod syntax;
pub mod model;
pub mod read;
pub mod graph;
pub mod analysis;
pub mod diagnostic;
pub mod config;
pub mod rules;
pub mod emit;
pub mod view;
pub mod layout;
pub mod render;
pub mod write;
pub mod cli;
