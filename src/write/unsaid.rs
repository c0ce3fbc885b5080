//! What of a map a format has no place for.

use crate::analysis::Dossier;
use crate::model::{Inference, Losses, Statement, StatementKind, Text};
use crate::source::Span;

/// Something that a map may say and that a format may have a place for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Which statements are the theses.
    Theses,
    /// Whether a statement is evidence or an assumption.
    Kinds,
    Labels,
    /// Where the article says a statement.
    Places,
    Quotes,
    Citations,
    /// Where in a source, and in which words.
    CitedPlaces,
    Strengths,
    Standards,
    Restatements,
    Contradictions,
    Implicit,
    Undeveloped,
    Tags,
    Notes,
    Schemes,
    Warrants,
    Weights,
    Answers,
    StepLabels,
    StepTags,
    StepNotes,
    Expectations,
    Title,
    /// Question, description, authors, date, language, licence.
    About,
}

/// Counts what a map says and a format that holds these parts alone cannot say. Linear in the map.
pub(super) fn unsaid(dossier: &Dossier, held: &[Part]) -> Losses {
    let mut count = Count {
        held,
        losses: Losses::default(),
    };
    for statement in &dossier.map.statements {
        count.statement(statement);
    }
    for inference in &dossier.map.inferences {
        count.inference(inference);
    }
    count.map(dossier);
    count.losses
}

struct Count<'h> {
    held: &'h [Part],
    losses: Losses,
}

impl Count<'_> {
    fn add(&mut self, part: Part, what: &'static str, span: Option<Span>) {
        if let Some(span) = span.filter(|_| !self.held.contains(&part)) {
            self.losses.add(what, span);
        }
    }

    fn text(&mut self, part: Part, what: &'static str, text: Option<&Text>) {
        self.add(part, what, text.map(|text| text.span));
    }

    fn each<'t>(
        &mut self,
        part: Part,
        what: &'static str,
        texts: impl IntoIterator<Item = &'t Text>,
    ) {
        for text in texts {
            self.text(part, what, Some(text));
        }
    }

    fn statement(&mut self, statement: &Statement) {
        let own = Some(statement.text.span);
        let is_kind = statement.kind != StatementKind::Claim;
        self.add(Part::Kinds, "kinds of statements", own.filter(|_| is_kind));
        self.text(Part::Labels, "labels", statement.label.as_ref());
        self.text(Part::Places, "places in the article", statement.at.as_ref());
        self.text(Part::Quotes, "quotes", statement.quote.as_ref());
        for citation in &statement.citations {
            self.text(Part::Citations, "citations", Some(&citation.source));
            let places = [&citation.at, &citation.quote];
            let what = "places and quotes in sources";
            self.each(Part::CitedPlaces, what, places.into_iter().flatten());
        }
        let strength = statement.strength.as_ref().map(|it| it.span);
        self.add(Part::Strengths, "strengths", strength);
        let standard = statement.standard.as_ref().map(|it| it.span);
        self.add(Part::Standards, "standards of proof", standard);
        self.each(Part::Restatements, "restatements", &statement.restates);
        self.each(
            Part::Contradictions,
            "contradictions",
            &statement.contradicts,
        );
        let what = "marks of implicit statements";
        self.add(Part::Implicit, what, own.filter(|_| statement.implicit));
        let what = "marks of undeveloped claims";
        self.add(
            Part::Undeveloped,
            what,
            own.filter(|_| statement.undeveloped),
        );
        self.each(Part::Tags, "tags", &statement.tags);
        self.text(Part::Notes, "notes", statement.note.as_ref());
    }

    fn inference(&mut self, inference: &Inference) {
        self.text(Part::Schemes, "schemes", inference.scheme.as_ref());
        self.text(Part::Warrants, "warrants", inference.warrant.as_ref());
        let weight = inference.weight.as_ref().map(|it| it.span);
        self.add(Part::Weights, "weights", weight);
        let answers = inference.answers.iter().map(|answer| &answer.question);
        self.each(Part::Answers, "answers to critical questions", answers);
        self.text(
            Part::StepLabels,
            "labels of steps",
            inference.label.as_ref(),
        );
        self.each(Part::StepTags, "tags of steps", &inference.tags);
        self.text(Part::StepNotes, "notes on steps", inference.note.as_ref());
    }

    fn map(&mut self, dossier: &Dossier) {
        let map = &dossier.map;
        for thesis in &map.theses {
            let what = "that a statement is the thesis";
            self.add(Part::Theses, what, Some(thesis.span()));
        }
        let expect = &map.expect;
        let expected = expect.accepted.iter().chain(&expect.rejected);
        let expected = expected.chain(&expect.undecided);
        self.each(Part::Expectations, "expected verdicts", expected);
        let about = &map.about;
        self.text(Part::Title, "the title", about.title.as_ref());
        let facts = [
            &about.question,
            &about.description,
            &about.date,
            &about.language,
            &about.license,
        ];
        let facts = facts.into_iter().flatten().chain(&about.authors);
        self.each(Part::About, "what the map says of itself", facts);
    }
}
