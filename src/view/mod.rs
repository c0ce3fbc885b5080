//! What to show, in no syntax: a [`choice::Choice`] of statements, a [`Diagram`] to draw, a [`table::Table`] to list,
//! an [`outline::Outline`] to read, a [`card::Card`] about each statement, a [`report::Report`] to hand on, a
//! [`difference::Difference`] between two versions, a text as a map [`reading::Reading`]s it.

pub mod address;
pub mod facts;
pub mod choice;
pub mod select;
pub mod diagram;
pub mod crux;
pub mod difference;
mod draw;
mod group;
pub mod table;
pub mod outline;
pub mod card;
pub mod report;
pub mod reading;

pub use diagram::{
    Diagram, Edge, EdgeKind, End, Group, Hidden, Junction, LeftOut, NamedSource, Node, NodeKind,
};
