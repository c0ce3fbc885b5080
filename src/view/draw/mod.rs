//! A map as a [`Diagram`].

use super::choice::{Choice, Extra, Labels, Wording};
use super::diagram::{Diagram, Edge, EdgeKind, End, Junction, NamedSource, Node, NodeKind};
use super::facts::{Cited, Facts, language, two_digits, web_address};
use super::group::groups;
use super::select::Selection;
use crate::analysis::{Dossier, Framework, StrengthTerms, Strengths};
use crate::model::{InferenceIdx, Polarity, StatementIdx, StatementKind, Target, Text};

impl Diagram {
    /// The picture of a map: every statement a box, every inference an arrow, in document order.
    ///
    /// An inference has a junction where its arrow must meet others: where it joins several premises, and where
    /// something attacks its step.
    /// A contradiction is drawn once, whichever side says it. Linear in the map.
    pub fn of(dossier: &Dossier) -> Self {
        Self::chosen(dossier, &Choice::default(), &Wording::default())
    }

    /// The same of what is chosen, in the words that are asked for.
    ///
    /// What the choice leaves out is counted where it hangs and told in [`Diagram::left_out`]. Linear in the map.
    pub fn chosen(dossier: &Dossier, choice: &Choice, wording: &Wording) -> Self {
        let facts = &Facts::of(dossier);
        let selection = &Selection::of(dossier, choice);
        let strengths = wording.shows(Extra::Strength).then(|| strengths(dossier));
        let shown = dossier.graph.statements();
        let shown: Vec<StatementIdx> = shown.filter(|it| selection.shows(*it)).collect();
        let artist = Artist {
            facts,
            selection,
            wording,
            strengths,
            places: places(dossier, &shown),
        };
        let (junctions, ends) = artist.junctions();
        let question = dossier.map.about.question.as_ref();
        let mut edges = artist.inference_edges(&ends);
        edges.extend(artist.relation_edges());
        let group_by = wording.group_by;
        Self {
            title: dossier.title(),
            question: question.map(|question| question.value.clone()),
            language: language(dossier),
            nodes: shown.iter().map(|it| artist.node(*it)).collect(),
            junctions,
            edges,
            groups: group_by.map_or_else(Vec::new, |by| groups(facts, by, wording, &shown)),
            left_out: selection.left_out.clone(),
        }
    }
}

/// The strengths as they were computed, else on the usual terms.
fn strengths(dossier: &Dossier) -> Strengths {
    let computed = dossier.analysis.strengths.clone();
    computed.unwrap_or_else(|| {
        let leaves = dossier.analysis.terms.leaves;
        let framework = Framework::of(&dossier.map, &dossier.graph, leaves);
        Strengths::of(&framework, &StrengthTerms::default())
    })
}

/// For each statement, the index of its box, if it has one.
fn places(dossier: &Dossier, shown: &[StatementIdx]) -> Vec<Option<usize>> {
    let mut places = vec![None; dossier.graph.n_statements()];
    for (place, statement) in shown.iter().enumerate() {
        places[statement.index()] = Some(place);
    }
    places
}

/// What is needed to draw each part.
struct Artist<'a, 'd> {
    facts: &'a Facts<'d>,
    selection: &'a Selection,
    wording: &'a Wording,
    strengths: Option<Strengths>,
    places: Vec<Option<usize>>,
}

impl Artist<'_, '_> {
    fn node(&self, idx: StatementIdx) -> Node {
        let facts = self.facts;
        let statement = facts.dossier.map.statement(idx);
        let kind = match statement.kind {
            StatementKind::Claim if facts.is_thesis(idx) => NodeKind::Thesis,
            StatementKind::Claim => NodeKind::Claim,
            StatementKind::Evidence => NodeKind::Evidence,
            StatementKind::Assumption => NodeKind::Assumption,
        };
        let sources = self.sources(idx);
        let (label, text) = self.label_and_text(idx);
        let support = &facts.dossier.analysis.support;
        Node {
            id: statement.id.clone(),
            kind,
            unsupported: support.of_statement(idx).is_failing(),
            verdict: facts.verdict(idx),
            implicit: statement.implicit,
            link: sources.iter().find_map(|source| source.link.clone()),
            sources: if self.wording.shows_source() {
                sources
            } else {
                Vec::new()
            },
            details: self.details(idx),
            hidden: self.selection.hidden_at(idx),
            tooltip: statement_tooltip(facts, idx, text != statement.text.value),
            label,
            text,
        }
    }

    /// What a statement rests on, each with its address.
    fn sources(&self, idx: StatementIdx) -> Vec<NamedSource> {
        let facts = self.facts;
        let works = &facts.dossier.map.sources;
        let named = |cited: &Cited<'_>| NamedSource {
            name: facts.citation(cited).unwrap_or_default(),
            link: cited.source.and_then(|source| web_address(&works[source])),
        };
        facts.sources(idx).iter().map(named).collect()
    }

    /// What stands in a box: its heading and its text.
    fn label_and_text(&self, idx: StatementIdx) -> (Option<String>, String) {
        let statement = self.facts.dossier.map.statement(idx);
        let label = statement.label.as_ref().map(|label| label.value.clone());
        match (self.wording.labels, label) {
            (Labels::Id, _) => (None, statement.id.clone()),
            (Labels::Label, Some(label)) => (None, label),
            (_, label) => (label, self.wording.cut(&statement.text.value)),
        }
    }

    /// The small print that was asked for by name.
    fn details(&self, idx: StatementIdx) -> Vec<String> {
        let mut details = Vec::new();
        if self.wording.shows(Extra::Quote) {
            let cited = self.facts.cited(idx);
            let quotes = cited.iter().filter_map(|cited| cited.quote);
            details.extend(quotes.map(|quote| format!("“{}”", self.wording.cut(&quote.value))));
        }
        let verdict = self.facts.verdict(idx).word();
        let verdict = self
            .wording
            .shows(Extra::Verdict)
            .then(|| verdict.to_owned());
        let strength = self.strengths.as_ref().map(|strengths| {
            let strength = strengths.of_statement(idx);
            strength.map_or_else(
                || "no strength".to_owned(),
                |it| format!("strength {}", two_digits(it)),
            )
        });
        details.extend(joined(", ", [verdict, strength]));
        details
    }

    /// The junctions, and for each inference which is its own.
    fn junctions(&self) -> (Vec<Junction>, Vec<Option<usize>>) {
        let graph = &self.facts.dossier.graph;
        let mut junctions = Vec::new();
        let mut ends = vec![None; graph.n_inferences()];
        let shown = graph
            .inferences()
            .filter(|it| self.selection.shows_step(*it));
        for idx in shown {
            let at = idx.index();
            let n_premises = graph.premises.get(at).len();
            let is_attacked = !graph.undercuts.get(at).is_empty();
            if n_premises > 1 || is_attacked {
                ends[at] = Some(junctions.len());
                junctions.push(self.junction(idx));
            }
        }
        (junctions, ends)
    }

    fn junction(&self, idx: InferenceIdx) -> Junction {
        let inference = self.facts.dossier.map.inference(idx);
        let value = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        let named =
            |name: &str, text: &Option<Text>| value(text).map(|text| format!("{name}: {text}"));
        let label = value(&inference.label).or_else(|| value(&inference.scheme));
        let cut = label.as_deref().map(|label| self.wording.cut(label));
        let lines = [
            value(&inference.label).filter(|whole| cut.as_ref() != Some(whole)),
            Some(format!("{}: {}", inference.id, inference.polarity.name())),
            named("scheme", &inference.scheme),
            named("warrant", &inference.warrant),
            value(&inference.note),
        ];
        let is_labelled = self.wording.shows(Extra::Scheme);
        Junction {
            id: inference.id.clone(),
            polarity: inference.polarity,
            label: cut.filter(|_| is_labelled || self.wording.show.is_none()),
            is_labelled,
            hidden: self.selection.hidden_at_step(idx),
            tooltip: lines.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        }
    }

    fn inference_edges(&self, junctions: &[Option<usize>]) -> Vec<Edge> {
        let graph = &self.facts.dossier.graph;
        let mut edges = Vec::new();
        let shown = graph
            .inferences()
            .filter(|it| self.selection.shows_step(*it));
        for idx in shown {
            let at = idx.index();
            let premises = graph.premises.get(at).iter();
            let premises = premises.filter_map(|premise| self.places[premise.index()]);
            let polarity = graph.polarities[at];
            let (to, kind) = self.target(idx, junctions);
            let Some(junction) = junctions[at].map(End::Junction) else {
                edges.extend(premises.map(|premise| Edge {
                    from: End::Node(premise),
                    to,
                    kind,
                }));
                continue;
            };
            edges.extend(premises.map(|premise| Edge {
                from: End::Node(premise),
                to: junction,
                kind: EdgeKind::Premise(polarity),
            }));
            edges.push(Edge {
                from: junction,
                to,
                kind,
            });
        }
        edges
    }

    /// What a shown step leads to, and how.
    fn target(&self, idx: InferenceIdx, junctions: &[Option<usize>]) -> (End, EdgeKind) {
        let graph = &self.facts.dossier.graph;
        match (graph.targets[idx.index()], graph.polarities[idx.index()]) {
            (Target::Statement(target), polarity) => {
                let place = self.places[target.index()];
                let place = place.expect("the target of a shown step is shown");
                let kind = match polarity {
                    Polarity::Pro => EdgeKind::Reason,
                    Polarity::Con => EdgeKind::Objection,
                };
                (End::Node(place), kind)
            }
            (Target::Inference(target), _) => {
                let junction = junctions[target.index()];
                let junction = junction.expect("an attacked step that is shown has a junction");
                (End::Junction(junction), EdgeKind::Undercut)
            }
        }
    }

    fn relation_edges(&self) -> Vec<Edge> {
        let graph = &self.facts.dossier.graph;
        let mut seen = std::collections::BTreeSet::new();
        let pairs = graph.contradictions.iter();
        let contradictions = pairs
            .filter(|(one, other)| seen.insert((*one.min(other), *one.max(other))))
            .map(|pair| (pair, EdgeKind::Contradiction));
        let restatements = graph.restatements.iter();
        let restatements = restatements.map(|pair| (pair, EdgeKind::Restatement));
        contradictions
            .chain(restatements)
            .filter_map(|((from, to), kind)| {
                Some(Edge {
                    from: End::Node(self.places[from.index()]?),
                    to: End::Node(self.places[to.index()]?),
                    kind,
                })
            })
            .collect()
    }
}

/// What the box does not show: id, kind and status, the citations with their quotes, the note; the text, if the box
/// has it cut or not at all.
fn statement_tooltip(facts: &Facts<'_>, idx: StatementIdx, with_text: bool) -> String {
    let statement = facts.dossier.map.statement(idx);
    let kind = if facts.is_thesis(idx) {
        "thesis"
    } else {
        statement.kind.name()
    };
    let (status, verdict) = (facts.status(idx).name(), facts.verdict(idx).word());
    let mut about = format!("{}: {kind}, {status}, {verdict}", statement.id);
    if statement.implicit {
        about.push_str(", implicit");
    }
    let mut lines = vec![about];
    lines.extend(with_text.then(|| statement.text.value.clone()));
    for cited in facts.cited(idx) {
        let quote = cited.quote.map(|quote| format!("“{}”", quote.value));
        lines.extend(joined(": ", [facts.citation(&cited), quote]));
    }
    lines.extend(statement.note.as_ref().map(|note| note.value.clone()));
    lines.join("\n")
}

/// The parts that are there, with a joint between them; nothing if none is.
fn joined(joint: &str, parts: [Option<String>; 2]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(joint))
}

#[cfg(test)]
mod tests;
