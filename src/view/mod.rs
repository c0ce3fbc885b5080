//! What to show, in no syntax: a [`Diagram`] to draw, a [`table::Table`] to list, an [`outline::Outline`] to read,
//! a [`difference::Difference`] between two versions.

pub mod facts;
pub mod diagram;
pub mod crux;
pub mod difference;
mod draw;
pub mod table;
pub mod outline;

pub use diagram::{Diagram, Edge, EdgeKind, End, Group, Hidden, Junction, LeftOut, Node, NodeKind};
