//! What to show, in no syntax: a [`Diagram`] to draw.

pub mod diagram;

pub use diagram::{Diagram, Edge, EdgeKind, End, Junction, Node, NodeKind, Polarity};
