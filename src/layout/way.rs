//! The way of an edge, before it has coordinates.

/// Where an edge touches a vertex.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The top edge.
    Top,
    /// The bottom edge.
    Bottom,
    /// The left edge.
    Left,
    /// The right edge.
    Right,
    /// From below and then sideways into a junction's point: an undercut.
    Hook,
}

/// A stretch of free space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hop {
    /// The channel under a vertex.
    Channel(usize),
    /// The gutter of a number, which belongs to a vertex.
    Gutter(usize, usize),
}

/// The way of an edge: channels and gutters in turn.
#[derive(Clone, Debug)]
pub(super) struct Wire {
    pub(super) edge: usize,
    pub(super) from: (usize, Side),
    pub(super) to: (usize, Side),
    pub(super) hops: Vec<Hop>,
    /// Wires of one bundle share their tracks and their port.
    pub(super) bundle: Option<usize>,
}
