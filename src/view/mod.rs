//! What to show, in no syntax: a [`Diagram`] to draw, a [`table::Table`] to list, an [`outline::Outline`] to read,
//! a [`card::Card`] about each statement, a [`report::Report`] to hand on, a [`difference::Difference`] between two
//! versions, a text as a map [`reading::Reading`]s it.

pub mod facts;
pub mod diagram;
pub mod crux;
pub mod difference;
mod draw;
pub mod table;
pub mod outline;
pub mod card;
pub mod report;
pub mod reading;

pub use diagram::{Diagram, Edge, EdgeKind, End, Group, Hidden, Junction, LeftOut, Node, NodeKind};
