//! Tables of how statements stand to their reviews.

use std::borrow::Cow;

use super::{Align, Cell, Column, Meaning, Table};
use crate::analysis::{Dossier, ReviewState};
use crate::model::StatementIdx;

impl Table {
    /// The statements that cite a source or the article, or were reviewed, with their reviews.
    pub fn of_reviews(dossier: &Dossier) -> Self {
        let columns = ["id", "review", "by", "date", "text"].map(|key| Column {
            key: Cow::Borrowed(key),
            header: Cow::Borrowed(key),
            align: Align::Left,
        });
        let statements = dossier.graph.statements();
        let rows = statements.filter_map(|statement| row(dossier, statement));
        Self {
            name: "reviews",
            title: dossier.title(),
            rows: rows.collect(),
            columns: columns.to_vec(),
            foot: Vec::new(),
        }
    }
}

fn row(dossier: &Dossier, statement: StatementIdx) -> Option<Vec<Cell>> {
    let written = dossier.map.statement(statement);
    let (word, review) = match dossier.reviewed.state(dossier, statement) {
        ReviewState::Never if !written.is_cited() => return None,
        ReviewState::Never => (Cell::text("never").meaning(Meaning::Open), None),
        ReviewState::Current(review) => {
            (Cell::text("current").meaning(Meaning::Sound), Some(review))
        }
        ReviewState::Stale {
            review,
            statement,
            sources,
        } => {
            let word = match (statement, sources.is_empty()) {
                (true, true) => "statement changed",
                (true, false) => "statement and source changed",
                (false, _) => "source changed",
            };
            (Cell::text(word).meaning(Meaning::Failing), Some(review))
        }
    };
    Some(vec![
        Cell::text(&written.id).meaning(Meaning::Name),
        word,
        Cell::optional(review.map(|review| &review.by)),
        Cell::optional(review.map(|review| &review.date)),
        Cell::text(&written.text.value),
    ])
}
