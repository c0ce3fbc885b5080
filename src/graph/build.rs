//! Looks up the names of a map.

use rustc_hash::FxHashMap;

use super::{ArgumentGraph, Expected, Lists};
use crate::model::near::nearest;
use crate::model::{
    ArgumentMap, InferenceIdx, Instead, Polarity, Premise, Problem, ProblemKind, Reference,
    StatementIdx, Target,
};
use crate::source::{FileId, Spanned};

/// How many names are compared in all to find what unknown ones may mean; past it nothing is suggested.
const MAX_COMPARISONS: usize = 2_000_000;

/// What an id stands for.
#[derive(Clone, Copy)]
enum Named {
    Statement(StatementIdx),
    Inference,
}

struct Names<'m> {
    map: &'m ArgumentMap,
    named: FxHashMap<&'m str, Named>,
    sources: FxHashMap<&'m str, usize>,
    /// For each prefix of a file, whether a syntax error cut the file short.
    is_cut_short: FxHashMap<&'m str, bool>,
    /// Whether a bibliography that could not be read may define any source.
    has_unread_bibliography: bool,
    comparisons_left: usize,
    problems: Vec<Problem>,
}

pub(super) fn build(map: &ArgumentMap) -> (ArgumentGraph, Vec<Problem>) {
    let mut names = Names::new(map);
    let theses = names.premises(&map.theses);
    let mut graph = ArgumentGraph {
        theses,
        ..ArgumentGraph::default()
    };
    for part in &map.parts {
        graph.included_theses.extend(names.premises(&part.theses));
        let article = part.article.as_ref();
        graph
            .articles
            .push(article.and_then(|article| names.source(article)));
    }
    link_inferences(&mut graph, &mut names);
    link_statements(&mut graph, &mut names);
    graph.expected = Expected {
        accepted: names.statements(&map.expect.accepted),
        rejected: names.statements(&map.expect.rejected),
        undecided: names.statements(&map.expect.undecided),
    };
    let mut origins = Vec::new();
    for (at, source) in map.sources.iter().enumerate() {
        let found = source
            .derived_from
            .iter()
            .filter_map(|origin| names.source(origin));
        origins.extend(found.map(|origin| (at, origin)));
    }
    graph.origins = Lists::group(map.sources.len(), &origins);
    (graph, names.problems)
}

fn link_inferences(graph: &mut ArgumentGraph, names: &mut Names<'_>) {
    let map = names.map;
    let (n_statements, n_inferences) = (map.statements.len(), map.inferences.len());
    let (mut premises, mut uses) = (Vec::new(), Vec::new());
    let (mut reasons, mut objections, mut undercuts) = (Vec::new(), Vec::new(), Vec::new());
    for (at, inference) in map.inferences.iter().enumerate() {
        let idx = InferenceIdx::new(at);
        let found = names.premises(&inference.premises);
        let is_whole = found.len() == inference.premises.len() && !found.is_empty();
        graph.is_whole.push(is_whole);
        for statement in found {
            premises.push((at, statement));
            uses.push((statement.index(), idx));
        }
        // A text of several words is an answer itself.
        for answer in &inference.answers {
            if !answer.answer.value.contains(char::is_whitespace) {
                let found = names.answer(&answer.answer);
                graph
                    .answers
                    .extend(found.map(|statement| (idx, statement)));
            }
        }
        graph.targets.push(inference.target);
        graph.polarities.push(inference.polarity);
        match (inference.target, inference.polarity) {
            (Target::Statement(target), Polarity::Pro) => reasons.push((target.index(), idx)),
            (Target::Statement(target), Polarity::Con) => objections.push((target.index(), idx)),
            (Target::Inference(target), _) => undercuts.push((target.index(), idx)),
        }
    }
    graph.premises = Lists::group(n_inferences, &premises);
    graph.uses = Lists::group(n_statements, &uses);
    graph.reasons = Lists::group(n_statements, &reasons);
    graph.objections = Lists::group(n_statements, &objections);
    graph.undercuts = Lists::group(n_inferences, &undercuts);
}

fn link_statements(graph: &mut ArgumentGraph, names: &mut Names<'_>) {
    let map = names.map;
    let mut citations = Vec::new();
    for (at, statement) in map.statements.iter().enumerate() {
        let idx = StatementIdx::new(at);
        for citation in &statement.citations {
            citations.push((at, names.source(&citation.source)));
        }
        for other in &statement.contradicts {
            graph
                .contradictions
                .extend(names.statement(other).map(|other| (idx, other)));
        }
        for other in &statement.restates {
            graph
                .restatements
                .extend(names.statement(other).map(|other| (idx, other)));
        }
    }
    graph.citations = Lists::group(map.statements.len(), &citations);
}

impl<'m> Names<'m> {
    fn new(map: &'m ArgumentMap) -> Self {
        let mut named = FxHashMap::default();
        for (at, statement) in map.statements.iter().enumerate() {
            named.insert(
                statement.id.as_str(),
                Named::Statement(StatementIdx::new(at)),
            );
        }
        for inference in &map.inferences {
            named
                .entry(inference.id.as_str())
                .or_insert(Named::Inference);
        }
        let mut sources = FxHashMap::default();
        for (at, source) in map.sources.iter().enumerate() {
            sources.entry(source.id.as_str()).or_insert(at);
        }
        for (id, at) in &map.source_aliases {
            sources.entry(id).or_insert(*at);
        }
        let prefixed = map
            .parts
            .iter()
            .filter_map(|part| Some((part.prefix.as_deref()?, part)));
        let mut is_cut_short = FxHashMap::default();
        for (prefix, part) in prefixed {
            *is_cut_short.entry(prefix).or_default() |= part.incomplete;
        }
        Self {
            map,
            named,
            sources,
            is_cut_short,
            has_unread_bibliography: map.parts.iter().any(|part| part.has_unread_bibliography),
            comparisons_left: MAX_COMPARISONS,
            problems: Vec::new(),
        }
    }

    fn premises(&mut self, premises: &[Premise]) -> Vec<StatementIdx> {
        let find = |premise: &Premise| match premise {
            Premise::Inline(inline) => Some(inline.value),
            Premise::Named(reference) => self.statement(reference),
        };
        premises.iter().filter_map(find).collect()
    }

    fn statements(&mut self, references: &[Reference]) -> Vec<Spanned<StatementIdx>> {
        let find = |reference: &Reference| {
            let value = self.statement(reference)?;
            let span = reference.span;
            Some(Spanned { value, span })
        };
        references.iter().filter_map(find).collect()
    }

    /// The statement of that name; an automatic id is no name that a map can use.
    fn statement(&mut self, reference: &Reference) -> Option<StatementIdx> {
        let full = self.full_name(reference);
        let instead = match self.named.get(full.as_str()) {
            Some(&Named::Statement(idx)) => {
                let statement = self.map.statement(idx);
                if statement.has_own_id() {
                    return Some(idx);
                }
                Some(Instead::AutomaticId(statement.text.span))
            }
            Some(Named::Inference) => Some(Instead::Inference),
            None if self.sources.contains_key(full.as_str()) => Some(Instead::Source),
            None => None,
        };
        if self.may_be_unread(&full, reference) {
            return None;
        }
        let near = if instead.is_none() {
            self.near_statements(&full, reference)
        } else {
            Vec::new()
        };
        let kind = ProblemKind::UndefinedReference {
            name: reference.value.clone(),
            near,
            instead,
        };
        self.problems.push(Problem {
            span: reference.span,
            kind,
        });
        None
    }

    /// The statement that answers a question; what is like no id at all was probably meant as the answer itself.
    fn answer(&mut self, reference: &Reference) -> Option<StatementIdx> {
        let n_before = self.problems.len();
        let found = self.statement(reference);
        let new = self.problems.get_mut(n_before).map(|new| &mut new.kind);
        if let Some(ProblemKind::UndefinedReference { near, instead, .. }) = new
            && near.is_empty()
        {
            instead.get_or_insert(Instead::ShortAnswer);
        }
        found
    }

    fn source(&mut self, reference: &Reference) -> Option<usize> {
        let full = self.full_name(reference);
        if let Some(&source) = self.sources.get(full.as_str()) {
            return Some(source);
        }
        if self.has_unread_bibliography || self.may_be_unread(&full, reference) {
            return None;
        }
        let is_statement = matches!(self.named.get(full.as_str()), Some(Named::Statement(_)));
        let prefix = self.prefix(reference.span.file);
        let known = self.map.sources.iter().chain(&self.map.uncited);
        let known = known.map(|source| source.id.as_str());
        let n_known = self.map.sources.len() + self.map.uncited.len();
        let near = if self.comparisons_left < n_known {
            Vec::new()
        } else {
            self.comparisons_left -= n_known;
            nearest(&full, known)
                .into_iter()
                .map(|id| local(id, prefix))
                .collect()
        };
        let kind = ProblemKind::UndefinedSource {
            name: reference.value.clone(),
            near,
            is_statement,
        };
        self.problems.push(Problem {
            span: reference.span,
            kind,
        });
        None
    }

    /// Ids that the author wrote and that are near to a name, as the file that uses it would write them.
    fn near_statements(&mut self, full: &str, reference: &Reference) -> Vec<String> {
        if self.comparisons_left < self.map.statements.len() {
            return Vec::new();
        }
        self.comparisons_left -= self.map.statements.len();
        let own = self
            .map
            .statements
            .iter()
            .filter(|statement| statement.has_own_id());
        let near = nearest(full, own.map(|statement| statement.id.as_str()));
        let prefix = self.prefix(reference.span.file);
        near.into_iter().map(|id| local(id, prefix)).collect()
    }

    /// Whether a name may be defined where nothing is read: behind a syntax error, in an include that cannot be read,
    /// or under a key that is none.
    fn may_be_unread(&self, full: &str, reference: &Reference) -> bool {
        let is_hidden =
            self.map.part(reference.span.file).incomplete || self.map.unread.ids.contains(full);
        is_hidden
            || reference.value.split_once('/').is_some_and(|(prefix, _)| {
                let is_unread = self.map.unread.prefixes.contains(prefix);
                // What a file that was cut short includes is not known.
                let is_cut_short = self.is_cut_short.get(prefix).copied();
                is_unread || is_cut_short.unwrap_or_else(|| self.map.is_incomplete())
            })
    }

    fn prefix(&self, file: FileId) -> Option<&'m str> {
        self.map.part(file).prefix.as_deref()
    }

    /// The name under the prefix of its file; with a slash it has its prefix already.
    fn full_name(&self, reference: &Reference) -> String {
        match self.prefix(reference.span.file) {
            Some(prefix) if !reference.value.contains('/') => {
                format!("{prefix}/{}", reference.value)
            }
            _ => reference.value.clone(),
        }
    }
}

fn local(id: &str, prefix: Option<&str>) -> String {
    let local = prefix.and_then(|prefix| id.strip_prefix(prefix)?.strip_prefix('/'));
    local.unwrap_or(id).to_owned()
}
