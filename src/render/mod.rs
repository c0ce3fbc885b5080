//! Views out: one file per format.

mod escape;
pub mod outline;
pub mod screen;
pub mod table;
