//! What to show, in no syntax: a [`Diagram`] to draw.

pub mod diagram;
mod draw;
pub mod facts;

pub use diagram::{Diagram, Edge, EdgeKind, End, Junction, Node, NodeKind, Polarity};
