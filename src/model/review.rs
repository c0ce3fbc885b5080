//! Reviews: that somebody checked a statement against its sources, as a file beside the map records it.

use std::collections::BTreeMap;

use crate::source::Span;

/// What a review file says, as read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reviews {
    /// The reviews, in document order, each of another statement.
    pub entries: Vec<Review>,
    /// What is wrong with the file, in document order.
    pub faults: Vec<ReviewFault>,
}

/// That a statement was checked against its sources.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// The statement's id.
    pub id: String,
    /// Where the file names it.
    pub span: Span,
    /// Who checked it.
    pub by: String,
    /// When, as `2026-11-25`.
    pub date: String,
    /// The digest of what the map said of it then.
    pub statement: String,
    /// By the ids of its sources, the digests of their files then.
    pub sources: BTreeMap<String, String>,
}

/// Something in a review file that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewFault {
    /// Where.
    pub span: Span,
    /// What is wrong, as findings say it.
    pub message: String,
}
