//! What ties statements: relations, equivalences, and stances towards the thesis.

use super::import::{Bound, Import, Meaning, Thesis};
use super::lines::{Line, Piece};
use super::profile::Relation;
use crate::model::{Polarity, Premise, Text};
use crate::read::net::{NodeKind, Step, StepKind};

/// A relation with its ends, of which the second may be another relation.
struct Tie<'t> {
    id: Piece<'t>,
    from: Piece<'t>,
    to: Piece<'t>,
}

impl<'t> Import<'_, 't> {
    /// Makes everything known that is not bound to the text.
    pub(super) fn others(&mut self, lines: &[Line<'t>]) {
        for line in lines {
            match line {
                Line::Relation {
                    id, label, others, ..
                } => {
                    if self.is_new(*id) {
                        self.known_relation(*id, *label, others);
                    }
                }
                Line::Event { id } => self.other(*id, "events"),
                Line::Normalization { id } => self.other(*id, "normalizations"),
                Line::Attribute { id, .. } => {
                    self.is_new(*id);
                }
                Line::Entity { .. } | Line::Equivalence { .. } | Line::Note { .. } => {}
            }
        }
    }

    fn known_relation(&mut self, id: Piece<'t>, label: Piece<'t>, others: &[Piece<'t>]) {
        if !self.profile.relations.contains_key(label.text) {
            return self.lose("relations", label);
        }
        self.is(id, Meaning::Step);
        for other in others {
            let what = "further ends of relations";
            self.draft.losses.add(what, other.span());
        }
    }

    fn other(&mut self, id: Piece<'t>, what: &'static str) {
        if self.is_new(id) {
            self.draft.losses.add(what, id.span());
        }
    }

    /// Makes a step of each relation before any is tied, because one may be about another that comes later.
    pub(super) fn relations(&mut self, lines: &[Line<'t>]) {
        let mut ties = Vec::new();
        for line in lines {
            match line {
                Line::Relation {
                    id,
                    label,
                    ends: [from, to],
                    ..
                } if self.is_first(*id) => {
                    if let Some(relation) = self.profile.relations.get(label.text) {
                        let (id, from, to) = (*id, *from, *to);
                        ties.extend(self.tie(*relation, Tie { id, from, to }));
                    }
                }
                Line::Equivalence { mark, members } => self.equivalence(*mark, members),
                _ => {}
            }
        }
        for Tie { id, from, to } in ties {
            self.step(&id.to_text(), from, to);
        }
    }

    /// Adds a relation's step, if it has both ends.
    fn tie(&mut self, relation: Relation, tie: Tie<'t>) -> Option<Tie<'t>> {
        let start = self.statement_at(tie.from);
        let end = self.meaning(tie.to);
        if let Some(Meaning::Other) = end {
            self.no_statement(tie.to);
        }
        let kind = match relation {
            Relation::Inference(polarity) => StepKind::Inference(polarity),
            Relation::Restatement => StepKind::Rephrase,
        };
        let is_whole =
            start.is_some() && matches!(end, Some(Meaning::Statement(_) | Meaning::Step));
        let node = if is_whole {
            NodeKind::Step(Step {
                note: self.take_note(tie.id),
                ..Step::plain(kind)
            })
        } else {
            NodeKind::Other
        };
        self.net.node(self.draft, &tie.id.to_text(), node);
        if let (Some(start), Some(Meaning::Statement(end))) = (start, end)
            && let Relation::Inference(polarity) = relation
        {
            self.said.insert((start.idx, end.idx, polarity));
        }
        is_whole.then_some(tie)
    }

    /// Ties a step to its ends.
    fn step(&mut self, step: &Text, from: Piece<'t>, to: Piece<'t>) {
        self.net.edge(self.draft, &from.to_text(), step);
        self.net.edge(self.draft, step, &to.to_text());
    }

    /// The statement that an id is of.
    fn statement_at(&mut self, id: Piece<'t>) -> Option<Bound> {
        match self.meaning(id)? {
            Meaning::Statement(bound) => Some(bound),
            Meaning::Step | Meaning::Other => {
                self.no_statement(id);
                None
            }
        }
    }

    fn no_statement(&mut self, end: Piece<'t>) {
        let what = "relations of what is no statement";
        self.draft.losses.add(what, end.span());
    }

    /// All members but the first say the first again.
    fn equivalence(&mut self, mark: Piece<'t>, members: &[Piece<'t>]) {
        let mut named = Vec::new();
        for member in members {
            if let Some(bound) = self.statement_at(*member) {
                named.push((*member, bound));
            }
        }
        let Some(((original, first), others)) = named.split_first() else {
            return;
        };
        let others: Vec<Piece<'t>> = (others.iter())
            .filter(|(_, it)| it.idx != first.idx)
            .map(|(member, _)| *member)
            .collect();
        if others.is_empty() {
            if named.len() == members.len() {
                let what = "equivalences of less than two statements";
                self.draft.losses.add(what, mark.span());
            }
            return;
        }
        // It has no id, and no id of another annotation has a space.
        let mut name = mark.to_text();
        name.value = format!("* {}", mark.at);
        let step = NodeKind::Step(Step::plain(StepKind::Rephrase));
        self.net.node(self.draft, &name, step);
        for other in others {
            self.net.edge(self.draft, &other.to_text(), &name);
        }
        self.net.edge(self.draft, &name, &original.to_text());
    }

    /// What the map argues for: the thesis that comes first in the text.
    pub(super) fn thesis(&mut self) -> Option<Thesis<'t>> {
        let thesis = *self.theses.iter().min_by_key(|thesis| thesis.start)?;
        let reference = self.draft.reference_to(thesis.idx, thesis.id.span());
        self.draft.map.theses.push(Premise::Named(reference));
        Some(thesis)
    }

    pub(super) fn attributes(&mut self, lines: &[Line<'t>], thesis: Option<Thesis<'t>>) {
        for line in lines {
            let Line::Attribute {
                id,
                label,
                target,
                value,
            } = line
            else {
                continue;
            };
            let Some(meaning) = self.meaning(*target).filter(|_| self.is_first(*id)) else {
                continue;
            };
            let value = value.filter(|_| label.text == self.profile.stance);
            let Some(value) = value else {
                self.lose("attributes", *label);
                continue;
            };
            match self.profile.stances.get(value.text) {
                Some(polarity) => self.stance((*id, *polarity), (*target, meaning), thesis),
                None => self.lose("stances", value),
            }
        }
    }

    /// Makes a statement a reason for the thesis, or an objection to it, unless a relation has done so.
    fn stance(
        &mut self,
        (id, polarity): (Piece<'t>, Polarity),
        (of, meaning): (Piece<'t>, Meaning),
        thesis: Option<Thesis<'t>>,
    ) {
        let what = match (meaning, thesis) {
            (_, None) => "stances towards no thesis",
            (Meaning::Step | Meaning::Other, _) => "stances of what is no statement",
            (Meaning::Statement(bound), _) if bound.is_thesis => "stances of theses",
            (Meaning::Statement(bound), Some(thesis)) => {
                if self.said.insert((bound.idx, thesis.idx, polarity)) {
                    self.stance_step(id, polarity, [of, thesis.id]);
                }
                return;
            }
        };
        self.draft.losses.add(what, id.span());
    }

    fn stance_step(&mut self, id: Piece<'t>, polarity: Polarity, [of, thesis]: [Piece<'t>; 2]) {
        let step = Step {
            note: self.take_note(id),
            ..Step::plain(StepKind::Inference(polarity))
        };
        let name = id.to_text();
        self.net.node(self.draft, &name, NodeKind::Step(step));
        self.step(&name, of, thesis);
    }
}
