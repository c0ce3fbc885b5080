//! What follows from a statement's place in the map and is never stored: role, kind of attack, citations, status.

use std::cell::OnceCell;

use super::address::is_safe;
use crate::analysis::{
    Dossier, Explanation, Framework, Grounding, Hypotheses, Independence, Interval, Verdict,
};
use crate::graph::Lists;
use crate::model::{InferenceIdx, Polarity, Source, StatementIdx, StatementKind, Target, Text};
use crate::quotes::Tally;
use crate::source::Span;

/// What a statement does in the argument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// What the map argues for.
    Thesis,
    /// A step between: used as a premise, with reasons of its own.
    Intermediate,
    /// Where a chain of reasons begins: used as a premise, without reasons of its own.
    Premise,
}

impl Role {
    /// The names of all roles.
    pub const NAMES: &[&str] = &["thesis", "intermediate", "premise"];

    /// The role's name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What an objection is aimed at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Attack {
    /// A statement: that it is false.
    Rebuttal,
    /// A step: that its premises, even if true, do not carry its target.
    Undercut,
}

impl Attack {
    /// The names of all kinds.
    pub const NAMES: &[&str] = &["rebuttal", "undercut"];

    /// The kind's name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }
}

/// What a statement rests on, as readers see it: its grounding, told more finely.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Evidence or an assumption.
    Assumed,
    /// A claim with a chain of reasons that reaches evidence or assumptions.
    Grounded,
    /// A claim with no reason under it.
    Unsupported,
    /// A claim whose reasons rest on nothing.
    Ungrounded,
    /// A claim that rests on itself alone.
    Circular,
    /// Unsupported or ungrounded, and its author says so.
    Undeveloped,
}

impl Status {
    /// The names of all statuses.
    pub const NAMES: &[&str] = &[
        "assumed",
        "grounded",
        "unsupported",
        "ungrounded",
        "circular",
        "undeveloped",
    ];

    /// The status's name.
    pub fn name(self) -> &'static str {
        Self::NAMES[self as usize]
    }

    /// Whether nothing carries the statement, and its author does not say so.
    pub fn is_failing(self) -> bool {
        matches!(self, Self::Unsupported | Self::Ungrounded | Self::Circular)
    }
}

/// A place in a work that a statement points to.
#[derive(Clone, Copy, Debug)]
pub struct Cited<'d> {
    /// The work, as an index into the map's sources; none where the map does not define it.
    pub source: Option<usize>,
    /// Its id: as the map defines it, else as the statement names it; none for an article that the map does not name.
    pub id: Option<&'d str>,
    /// Whether it is the article that the map encodes.
    pub is_article: bool,
    /// Where in it.
    pub at: Option<&'d Text>,
    /// Its words.
    pub quote: Option<&'d Text>,
}

/// A dossier with what all views derive from it.
#[derive(Debug)]
pub struct Facts<'d> {
    /// The dossier.
    pub dossier: &'d Dossier,
    is_thesis: Vec<bool>,
    cited_by: Lists<StatementIdx>,
    explanation: OnceCell<Explanation<'d>>,
    hypotheses: OnceCell<Hypotheses>,
    independence: OnceCell<Independence>,
    tallies: OnceCell<Vec<Tally>>,
}

impl<'d> Facts<'d> {
    /// Derives what is needed for every statement; O(n + m).
    pub fn of(dossier: &'d Dossier) -> Self {
        let mut is_thesis = vec![false; dossier.map.statements.len()];
        for thesis in &dossier.graph.theses {
            is_thesis[thesis.index()] = true;
        }
        let mut facts = Self {
            dossier,
            is_thesis,
            cited_by: Lists::default(),
            explanation: OnceCell::new(),
            hypotheses: OnceCell::new(),
            independence: OnceCell::new(),
            tallies: OnceCell::new(),
        };
        let mut pairs = Vec::new();
        for statement in dossier.graph.statements() {
            let mut sources: Vec<usize> = facts
                .cited(statement)
                .iter()
                .filter_map(|cited| cited.source)
                .collect();
            sources.sort_unstable();
            sources.dedup();
            pairs.extend(sources.into_iter().map(|source| (source, statement)));
        }
        facts.cited_by = Lists::group(dossier.map.sources.len(), &pairs);
        facts
    }

    /// Whether the map argues for a statement.
    pub fn is_thesis(&self, statement: StatementIdx) -> bool {
        self.is_thesis[statement.index()]
    }

    /// What a statement does; none for one that nothing uses and that is no thesis.
    pub fn role(&self, statement: StatementIdx) -> Option<Role> {
        let graph = &self.dossier.graph;
        if self.is_thesis(statement) {
            Some(Role::Thesis)
        } else if graph.uses.get(statement.index()).is_empty() {
            None
        } else if graph.reasons.get(statement.index()).is_empty() {
            Some(Role::Premise)
        } else {
            Some(Role::Intermediate)
        }
    }

    /// What the evaluation says of a statement.
    pub fn verdict(&self, statement: StatementIdx) -> Verdict {
        self.dossier.analysis.verdicts.of_statement(statement)
    }

    /// Why the verdicts are what they are.
    pub fn explanation(&self) -> &Explanation<'d> {
        self.explanation
            .get_or_init(|| Explanation::of(self.dossier))
    }

    /// How the statements bear on the theses.
    pub fn hypotheses(&self) -> &Hypotheses {
        self.hypotheses.get_or_init(|| {
            let (map, graph) = (&self.dossier.map, &self.dossier.graph);
            Hypotheses::of(&Framework::of(
                map,
                graph,
                self.dossier.analysis.terms.leaves,
            ))
        })
    }

    /// Which sources count as one.
    pub fn independence(&self) -> &Independence {
        self.independence
            .get_or_init(|| Independence::of(&self.dossier.graph))
    }

    /// The quotes of a source by what became of them; none where nobody looked them up.
    pub fn tally(&self, source: usize) -> Tally {
        let dossier = self.dossier;
        let all = self
            .tallies
            .get_or_init(|| dossier.verification.tallies(&dossier.map));
        all.get(source).copied().unwrap_or_default()
    }

    /// What a statement rests on.
    pub fn status(&self, statement: StatementIdx) -> Status {
        let support = &self.dossier.analysis.support;
        let is_undeveloped = self.dossier.map.statement(statement).undeveloped;
        match support.of_statement(statement) {
            Grounding::Assumed => Status::Assumed,
            Grounding::Grounded => Status::Grounded,
            _ if support.is_circular[statement.index()] => Status::Circular,
            _ if is_undeveloped => Status::Undeveloped,
            Grounding::Unsupported => Status::Unsupported,
            Grounding::Ungrounded => Status::Ungrounded,
        }
    }

    /// What an objection is aimed at; none for a reason.
    pub fn attack(&self, inference: InferenceIdx) -> Option<Attack> {
        let graph = &self.dossier.graph;
        match (
            graph.polarities[inference.index()],
            graph.targets[inference.index()],
        ) {
            (Polarity::Pro, _) => None,
            (Polarity::Con, Target::Statement(_)) => Some(Attack::Rebuttal),
            (Polarity::Con, Target::Inference(_)) => Some(Attack::Undercut),
        }
    }

    /// The places that a statement points to: that in the article first, then its citations.
    pub fn cited(&self, statement: StatementIdx) -> Vec<Cited<'d>> {
        let map = &self.dossier.map;
        let written = map.statement(statement);
        let mut cited = Vec::new();
        if written.at.is_some() || written.quote.is_some() {
            let file = written.span.file.0 as usize;
            let source = self.dossier.graph.articles[file];
            let named = map.parts[file].article.as_ref();
            cited.push(Cited {
                source,
                id: self.source_id(source).or(named.map(|id| id.value.as_str())),
                is_article: true,
                at: written.at.as_ref(),
                quote: written.quote.as_ref(),
            });
        }
        let found = self.dossier.graph.citations.get(statement.index());
        for (citation, source) in written.citations.iter().zip(found.iter().copied()) {
            let name = citation.source.value.as_str();
            cited.push(Cited {
                source,
                id: self.source_id(source).or(Some(name)),
                is_article: false,
                at: citation.at.as_ref(),
                quote: citation.quote.as_ref(),
            });
        }
        cited
    }

    /// What a statement rests on: its citations; for evidence without one, its place in the article.
    pub fn sources(&self, statement: StatementIdx) -> Vec<Cited<'d>> {
        let is_evidence = self.dossier.map.statement(statement).kind == StatementKind::Evidence;
        let mut cited = self.cited(statement);
        if cited.len() > 1 || !is_evidence {
            cited.retain(|cited| !cited.is_article);
        }
        cited
    }

    /// What a work is called where it is cited: as the style cites it, else its title and date.
    pub fn work_name(&self, source: usize) -> String {
        let cited = self.dossier.references.citation(source, None);
        cited.map_or_else(
            || self.dossier.map.sources[source].short_name(),
            str::to_owned,
        )
    }

    /// A work and where in it, in short: as the style cites it, else its title, its date and the locator.
    pub fn citation(&self, cited: &Cited<'_>) -> Option<String> {
        let at = cited.at.map(|at| at.value.as_str());
        let styled = |source| self.dossier.references.citation(source, at);
        if let Some(citation) = cited.source.and_then(styled) {
            return Some(citation.to_owned());
        }
        let name = match cited.source {
            Some(source) => Some(self.work_name(source)),
            None => cited.id.map(str::to_owned),
        };
        match (name, at) {
            (Some(name), Some(at)) => Some(format!("{name}, {at}")),
            (name, at) => name.or_else(|| at.map(str::to_owned)),
        }
    }

    /// The statements that point to a source, in document order; none to an entry past the sources.
    pub fn cited_by(&self, source: usize) -> &[StatementIdx] {
        if source < self.cited_by.len() {
            self.cited_by.get(source)
        } else {
            &[]
        }
    }

    /// Where a span starts, as `file:line:column`.
    pub fn place(&self, span: Span) -> String {
        let file = self.dossier.files.get(span.file);
        let position = file.position(span.start);
        format!("{}:{}:{}", file.name(), position.line, position.column)
    }

    fn source_id(&self, source: Option<usize>) -> Option<&'d str> {
        source.map(|source| self.dossier.map.sources[source].id.as_str())
    }
}

/// A strength for readers: two digits are more than it bears.
pub fn two_digits(strength: Interval) -> String {
    if strength.is_point() {
        format!("{:.2}", strength.low)
    } else {
        format!("{:.2} to {:.2}", strength.low, strength.high)
    }
}

/// The language that the map names, if it is written as a tag (BCP 47) and not as a word.
pub fn language(dossier: &Dossier) -> Option<String> {
    let tag = dossier.map.about.language.as_ref()?.value.trim();
    let mut parts = tag.split('-');
    let main = parts.next()?;
    let is_main = matches!(main.len(), 2 | 3) && main.bytes().all(|it| it.is_ascii_alphabetic());
    let is_part = |part: &str| {
        (1..=8).contains(&part.len()) && part.bytes().all(|it| it.is_ascii_alphanumeric())
    };
    (is_main && parts.all(is_part)).then(|| tag.to_owned())
}

/// The address that a source is found at, if it is one that a reader may safely be led to.
pub fn web_address(source: &Source) -> Option<String> {
    let address = source.field("url")?;
    is_safe(&address).then_some(address)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    fn dossier(map: &str) -> Dossier {
        Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles)
    }

    #[test]
    fn a_language_is_a_tag() {
        for (written, tag) in [
            ("de", Some("de")),
            ("pt-BR", Some("pt-BR")),
            ("German", None),
            ("de_AT", None),
            ("de-", None),
            ("'\"><b>'", None),
        ] {
            let map = format!("language: {written}\nthesis: Eine These.\n");
            assert_eq!(language(&dossier(&map)).as_deref(), tag, "{written}");
        }
    }

    fn statuses(map: &str) -> String {
        let dossier = dossier(map);
        let facts = Facts::of(&dossier);
        let words: Vec<String> = dossier
            .graph
            .statements()
            .map(|s| {
                let role = facts.role(s).map_or("-", Role::name);
                format!(
                    "{} {role} {}",
                    dossier.map.statement(s).id,
                    facts.status(s).name()
                )
            })
            .collect();
        words.join("\n")
    }

    #[test]
    fn role_and_status_follow_from_position() {
        let map = "\
thesis: {id: t, claim: A t., reasons: [mid, raw, sketch, ring]}
claims:
  mid: {text: A mid., reasons: [fact]}
  raw: A raw claim.
  sketch: {text: A sketch., undeveloped: true}
  ring: {text: A ring., reasons: [ring]}
  loose: A loose end.
evidence:
  fact: A fact.
";
        let expected = "\
t thesis grounded
mid intermediate grounded
raw premise unsupported
sketch premise undeveloped
ring intermediate circular
loose - unsupported
fact premise assumed";
        assert_eq!(statuses(map), expected);
    }

    #[test]
    fn citations_keep_their_places_where_one_source_is_unknown() {
        let map = "\
thesis: {id: t, claim: A t.}
article: news
evidence:
  e: {text: A fact., at: para 2, source: [{id: nope, at: p. 1}, {id: book, at: p. 2}]}
  f: {text: Another., at: para 3}
sources:
  news: {title: News}
  book: {title: Book}
";
        let dossier = dossier(map);
        let facts = Facts::of(&dossier);
        let seen = |cited: Vec<Cited<'_>>| -> Vec<String> {
            let show = |c: &Cited<'_>| {
                let at = c.at.map(|at| at.value.as_str());
                format!(
                    "{:?} {} {}",
                    c.source,
                    c.id.unwrap_or("-"),
                    at.unwrap_or("-")
                )
            };
            cited.iter().map(show).collect()
        };
        let statements: Vec<_> = dossier.graph.statements().collect();
        assert_eq!(
            seen(facts.cited(statements[1])),
            ["Some(0) news para 2", "None nope p. 1", "Some(1) book p. 2"]
        );
        assert_eq!(
            seen(facts.sources(statements[1])),
            ["None nope p. 1", "Some(1) book p. 2"]
        );
        assert_eq!(seen(facts.sources(statements[2])), ["Some(0) news para 3"]);
        assert_eq!(facts.cited_by(0), &statements[1..]);
    }

    #[test]
    fn only_addresses_that_are_safe_are_links() {
        let map = "\
thesis: A thesis stands here.
sources:
  a: {title: A, url: 'https://example.org/a'}
  b: {title: B, url: 'javascript:alert(1)'}
  c: {title: C, url: 'HTTP://example.org'}
  d: {title: D, url: 'scans/d.pdf'}
";
        let dossier = dossier(map);
        let links: Vec<_> = dossier.map.sources.iter().map(web_address).collect();
        assert_eq!(
            links,
            [
                Some("https://example.org/a".to_owned()),
                None,
                Some("HTTP://example.org".to_owned()),
                Some("scans/d.pdf".to_owned())
            ]
        );
    }
}
