//! What the labels of a corpus mean; BRAT leaves them to whoever annotates.

use std::collections::BTreeMap;

use crate::model::{Polarity, StatementKind};

/// What the labels of annotations mean. A label that is not here means nothing, and what bears it is counted as lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// What a stretch of the text with a label is.
    pub entities: BTreeMap<String, Entity>,
    /// What a relation with a label says.
    pub relations: BTreeMap<String, Relation>,
    /// The attribute that says how a statement stands to the thesis.
    pub stance: String,
    /// What the values of that attribute say.
    pub stances: BTreeMap<String, Polarity>,
}

/// What a stretch of the text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    /// What the text argues for.
    Thesis,
    /// A statement of that kind.
    Statement(StatementKind),
}

/// What the first of two statements is to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// A reason or an objection.
    Inference(Polarity),
    /// The same in other words.
    Restatement,
}

impl Default for Profile {
    /// The labels of the Persuasive Essays (Stab and Gurevych 2017).
    fn default() -> Self {
        let claim = Entity::Statement(StatementKind::Claim);
        let entities = [
            ("MajorClaim", Entity::Thesis),
            ("Claim", claim),
            ("Premise", claim),
        ];
        let relations = [("supports", Polarity::Pro), ("attacks", Polarity::Con)];
        let relations = relations.map(|(label, polarity)| (label, Relation::Inference(polarity)));
        let stances = [("For", Polarity::Pro), ("Against", Polarity::Con)];
        Self {
            entities: named(entities),
            relations: named(relations),
            stance: "Stance".to_owned(),
            stances: named(stances),
        }
    }
}

fn named<T, const N: usize>(meanings: [(&str, T); N]) -> BTreeMap<String, T> {
    let meanings = meanings.into_iter();
    meanings
        .map(|(label, meaning)| (label.to_owned(), meaning))
        .collect()
}
