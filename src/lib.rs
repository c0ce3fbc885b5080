//! Argument maps that can be checked.

pub mod view;

pub mod layout;

pub mod render;
