//! How the parts of a page refer to each other.

use rustc_hash::FxHashMap;

use crate::model::StatementIdx;
use crate::render::escape;
use crate::render::names::{Names, in_xml};
use crate::view::card::{Cards, Name, Part};

/// The element ids of a page's cards and sources.
///
/// They have a colon, which the ids of a picture never have.
pub(super) struct Links<'d> {
    cards: Vec<String>,
    sources: Vec<String>,
    statements: FxHashMap<&'d str, usize>,
}

impl<'d> Links<'d> {
    pub(super) fn of(cards: &Cards<'d>) -> Self {
        let map = &cards.facts.dossier.map;
        let mut names = Names::new('.', &[]);
        let statements = map.statements.iter().map(|it| it.id.as_str());
        let card_ids = statements
            .clone()
            .map(|id| format!("card:{}", names.give(id, in_xml)));
        let cards = card_ids.collect();
        let mut names = Names::new('.', &[]);
        let sources = map.sources.iter();
        Self {
            cards,
            sources: sources
                .map(|source| format!("source:{}", names.give(&source.id, in_xml)))
                .collect(),
            statements: statements.enumerate().map(|(at, id)| (id, at)).collect(),
        }
    }

    /// The element id of a statement's card.
    pub(super) fn card(&self, statement: StatementIdx) -> &str {
        &self.cards[statement.index()]
    }

    /// The same by the statement's id.
    pub(super) fn card_of(&self, id: &str) -> Option<&str> {
        self.statements.get(id).map(|at| self.cards[*at].as_str())
    }

    /// The element id of a source.
    pub(super) fn source(&self, source: usize) -> &str {
        &self.sources[source]
    }

    /// A text that leads to a statement's card.
    pub(super) fn to_card(&self, statement: StatementIdx, words: &str) -> String {
        format!(
            "<a href=\"#{}\" dir=\"auto\">{}</a>",
            self.card(statement),
            escape::html(words)
        )
    }

    /// The same where only few words fit.
    pub(super) fn named(&self, statement: StatementIdx, name: &Name<'_>) -> String {
        self.to_card(statement, name.words())
    }

    /// A sentence in which statements are called by what they say, each leading to its card.
    pub(super) fn sentence(&self, parts: &[Part<'_>]) -> String {
        let part = |part: &Part<'_>| match part {
            Part::Text(text) => escape::html_within(text),
            Part::Statement(statement, name) => format!("“{}”", self.named(*statement, name)),
        };
        parts.iter().map(part).collect()
    }
}
