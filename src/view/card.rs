//! Everything about one statement, for a reader who points at it.

use rustc_hash::FxHashMap;

use super::facts::{Cited, Facts, Status, two_digits};
use crate::analysis::{Dossier, Verdict, shortened};
use crate::diagnostic::{Diagnostic, Subject};
use crate::graph::Lists;
use crate::model::{
    Allow, Answer, InferenceIdx, Polarity, StatementIdx, StatementKind, Target, Text,
};

/// The cards of a map, each made when it is asked for.
#[derive(Debug)]
pub struct Cards<'d> {
    /// What the map's views derive from it.
    pub facts: Facts<'d>,
    findings: &'d [Diagnostic],
    /// For each statement, the findings about it, as indices.
    findings_of: Lists<usize>,
    ids: FxHashMap<&'d str, StatementIdx>,
}

/// What there is to know about a statement.
#[derive(Clone, Debug)]
pub struct Card<'d> {
    /// Its id.
    pub id: &'d str,
    /// What it is: "thesis", or the name of its kind.
    pub kind: &'static str,
    /// A short name.
    pub label: Option<&'d str>,
    /// Its whole text.
    pub text: &'d str,
    /// What it rests on.
    pub status: Status,
    /// What the evaluation says of it.
    pub verdict: Verdict,
    /// Why.
    pub because: Vec<Part<'d>>,
    /// How strong it is, where that was computed.
    pub strength: Option<String>,
    /// Whether the mapper supplied it.
    pub implicit: bool,
    /// The places that it points to.
    pub cited: Vec<Cited<'d>>,
    /// The steps to it: reasons first.
    pub steps: Vec<Step<'d>>,
    /// What it is used for.
    pub uses: Vec<Use>,
    /// A remark of the author.
    pub note: Option<&'d str>,
    /// Words to filter by.
    pub tags: &'d [Text],
    /// What `check` found about it and about the steps from and to it.
    pub findings: Vec<&'d Diagnostic>,
    /// What its author allows, and why.
    pub allowed: &'d [Allow],
    /// Where it stands, as `file:line:column`.
    pub place: String,
}

/// A piece of a sentence about statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part<'d> {
    /// Words.
    Text(String),
    /// A statement, to be named by what it says.
    Statement(StatementIdx, Name<'d>),
}

/// What a statement is called where only few words fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Name<'d> {
    /// Its label.
    Label(&'d str),
    /// The start of its text.
    Start(String),
}

impl Name<'_> {
    /// The words.
    pub fn words(&self) -> &str {
        match self {
            Self::Label(label) => label,
            Self::Start(text) => text,
        }
    }
}

/// A step to a statement.
#[derive(Clone, Debug)]
pub struct Step<'d> {
    /// Reason or objection.
    pub polarity: Polarity,
    /// Its name: its label, else its scheme.
    pub name: Option<&'d str>,
    /// The rule that licenses it.
    pub warrant: Option<&'d str>,
    /// A remark of the author.
    pub note: Option<&'d str>,
    /// Answers to the scheme's critical questions.
    pub answers: &'d [Answer],
    /// What carries it together.
    pub premises: &'d [StatementIdx],
    /// The premises of the objections to the step itself.
    pub undercut_by: Vec<StatementIdx>,
    /// Whether it holds.
    pub verdict: Verdict,
}

/// What a statement is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Use {
    /// For or against.
    pub polarity: Polarity,
    /// The statement that the step leads to; for an objection to a step, the one that step leads to.
    pub conclusion: StatementIdx,
    /// Whether it objects to a step.
    pub is_undercut: bool,
}

/// How much of a text without a label names a statement, in characters.
const MAX_NAME_CHARS: usize = 60;

impl<'d> Cards<'d> {
    /// Makes ready; linear in the map and its findings.
    pub fn of(dossier: &'d Dossier, findings: &'d [Diagnostic]) -> Self {
        let graph = &dossier.graph;
        let mut pairs = Vec::new();
        for (at, finding) in findings.iter().enumerate() {
            match finding.subject {
                Some(Subject::Statement(statement)) => pairs.push((statement.index(), at)),
                Some(Subject::Inference(step)) => {
                    let premises = graph.premises.get(step.index()).iter();
                    let mut about: Vec<usize> = premises.map(|premise| premise.index()).collect();
                    about.push(graph.conclusion(step).index());
                    about.sort_unstable();
                    about.dedup();
                    pairs.extend(about.into_iter().map(|statement| (statement, at)));
                }
                None => {}
            }
        }
        let statements = dossier.map.statements.iter().enumerate();
        Self {
            facts: Facts::of(dossier),
            findings,
            findings_of: Lists::group(dossier.map.statements.len(), &pairs),
            ids: statements
                .map(|(at, statement)| (statement.id.as_str(), StatementIdx::new(at)))
                .collect(),
        }
    }

    /// The statement of that id.
    pub fn statement(&self, id: &str) -> Option<StatementIdx> {
        self.ids.get(id).copied()
    }

    /// The card of a statement; linear in what it says and in the steps from and to it.
    pub fn card(&self, idx: StatementIdx) -> Card<'d> {
        let facts = &self.facts;
        let dossier = facts.dossier;
        let written = dossier.map.statement(idx);
        let strengths = dossier.analysis.strengths.as_ref();
        let found = self.findings_of.get(idx.index()).iter();
        Card {
            id: &written.id,
            kind: match written.kind {
                StatementKind::Claim if facts.is_thesis(idx) => "thesis",
                kind => kind.name(),
            },
            label: value(written.label.as_ref()),
            text: &written.text.value,
            status: facts.status(idx),
            verdict: facts.verdict(idx),
            because: self.parts(&facts.explanation().because(idx)),
            strength: strengths.and_then(|all| all.of_statement(idx).map(two_digits)),
            implicit: written.implicit,
            cited: facts.cited(idx),
            steps: self.steps(idx),
            uses: self.uses(idx),
            note: value(written.note.as_ref()),
            tags: &written.tags,
            findings: found.map(|at| &self.findings[*at]).collect(),
            allowed: &written.allow,
            place: facts.place(dossier.map.name_span(idx)),
        }
    }

    /// What a statement is called where only few words fit.
    pub fn name(&self, idx: StatementIdx) -> Name<'d> {
        let written = self.facts.dossier.map.statement(idx);
        match &written.label {
            Some(label) => Name::Label(&label.value),
            None => Name::Start(shortened(&written.text.value, MAX_NAME_CHARS)),
        }
    }

    /// A sentence that names statements by their ids in backticks, with the statements themselves.
    pub fn parts(&self, sentence: &str) -> Vec<Part<'d>> {
        let pieces = sentence.split('`').enumerate();
        let part = |(at, piece): (usize, &str)| match self.statement(piece) {
            Some(idx) if at % 2 == 1 => Part::Statement(idx, self.name(idx)),
            _ if at % 2 == 1 => Part::Text(format!("`{piece}`")),
            _ => Part::Text(piece.to_owned()),
        };
        pieces.map(part).collect()
    }

    fn steps(&self, idx: StatementIdx) -> Vec<Step<'d>> {
        let graph = &self.facts.dossier.graph;
        let at = idx.index();
        let all = graph.reasons.get(at).iter().chain(graph.objections.get(at));
        all.map(|step| self.step(*step)).collect()
    }

    fn step(&self, idx: InferenceIdx) -> Step<'d> {
        let dossier = self.facts.dossier;
        let (graph, written) = (&dossier.graph, dossier.map.inference(idx));
        let undercuts = graph.undercuts.get(idx.index()).iter();
        let undercut_by = undercuts.flat_map(|undercut| graph.premises.get(undercut.index()));
        Step {
            polarity: written.polarity,
            name: value(written.label.as_ref().or(written.scheme.as_ref())),
            warrant: value(written.warrant.as_ref()),
            note: value(written.note.as_ref()),
            answers: &written.answers,
            premises: graph.premises.get(idx.index()),
            undercut_by: undercut_by.copied().collect(),
            verdict: dossier.analysis.verdicts.of_inference(idx),
        }
    }

    fn uses(&self, idx: StatementIdx) -> Vec<Use> {
        let graph = &self.facts.dossier.graph;
        let steps = graph.uses.get(idx.index()).iter().map(|step| Use {
            polarity: graph.polarities[step.index()],
            conclusion: graph.conclusion(*step),
            is_undercut: matches!(graph.targets[step.index()], Target::Inference(_)),
        });
        let mut uses: Vec<Use> = steps.collect();
        uses.dedup();
        uses
    }
}

fn value(text: Option<&Text>) -> Option<&str> {
    text.map(|text| text.value.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::rules;
    use crate::source::NoFiles;

    const MAP: &str = "\
thesis:
  id: close
  claim: Close the bridge.
  label: Closing
  reasons:
    - premises: [deck, {id: rest, claim: The rest is bad too., allow: {unsupported-claim: it is plain to see}}]
      label: safety
      objections: [{id: far, claim: It is far.}]
  objections: [{id: shops, evidence: Shops would suffer.}]
evidence:
  deck: {text: The deck is bad., note: Mind it., tags: [city]}
";

    #[test]
    fn a_card_has_what_is_said_of_a_statement_and_what_leads_there() {
        let dossier = Dossier::open("m.yaml", MAP.as_bytes().to_vec(), &NoFiles);
        let findings = rules::check(&dossier, &Config::default()).findings;
        let cards = Cards::of(&dossier, &findings);
        let card = |id: &str| cards.card(cards.statement(id).unwrap());
        let close = card("close");
        assert_eq!((close.kind, close.verdict), ("thesis", Verdict::Out));
        assert_eq!(close.steps.len(), 2);
        assert_eq!(close.steps[0].name, Some("safety"));
        assert_eq!(
            close.steps[0].undercut_by,
            [cards.statement("far").unwrap()]
        );
        let deck = card("deck");
        assert_eq!((deck.note, deck.tags.len()), (Some("Mind it."), 1));
        assert_eq!(deck.uses[0].conclusion, cards.statement("close").unwrap());
        assert_eq!(card("rest").allowed[0].reason.value, "it is plain to see");
        let rules: Vec<&str> = deck.findings.iter().map(|found| found.rule.name).collect();
        assert!(rules.contains(&"unsourced-evidence"), "{rules:?}");
    }

    #[test]
    fn a_sentence_names_statements_by_what_they_say() {
        let dossier = Dossier::open("m.yaml", MAP.as_bytes().to_vec(), &NoFiles);
        let cards = Cards::of(&dossier, &[]);
        let words = |parts: Vec<Part<'_>>| -> Vec<String> {
            let word = |part: &Part<'_>| match part {
                Part::Text(text) => text.clone(),
                Part::Statement(_, name) => format!("“{}”", name.words()),
            };
            parts.iter().map(word).collect()
        };
        assert_eq!(
            words(cards.parts("`close` falls: `shops` and `none` hold")).concat(),
            "“Closing” falls: “Shops would suffer” and `none` hold"
        );
    }
}
