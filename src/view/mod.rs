//! What to show, in no syntax: a [`Diagram`] to draw, a [`table::Table`] to list, an [`outline::Outline`] to read.

pub mod diagram;
mod draw;
pub mod facts;
pub mod outline;
pub mod table;

pub use diagram::{Diagram, Edge, EdgeKind, End, Junction, Node, NodeKind, Polarity};
