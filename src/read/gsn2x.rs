//! Goal structures in the YAML of gsn2x, as `docs/formats/gsn2x.md` describes them.

use rustc_hash::{FxHashMap, FxHashSet};

use super::draft::NewInference;
use super::walk::{Field, Walk};
use crate::model::{
    Citation, InferenceIdx, Polarity, Premise, Reference, Statement, StatementIdx, StatementKind,
    Target, Text,
};
use crate::source::{Span, Spanned};
use crate::syntax::NodeId;

/// What stands where a strategy must have a text and says nothing.
pub const UNSAID_STRATEGY: &str = "Taken together.";

/// The class of counter goals that stand where the notation has no counter strategies: they only join what supports them.
pub const COUNTER_STRATEGY: &str = "counter-strategy";

/// Reads the whole file.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let mut import = Import {
        walk,
        elements: Vec::new(),
        by_name: FxHashMap::default(),
        relations: FxHashMap::default(),
    };
    for Field { key, value } in import.walk.fields(root, "a goal structure") {
        if key.value == "module" {
            import.module(value);
        } else {
            import.element(key, value);
        }
    }
    import.statements();
    import.walk.draft.settle();
    import.links();
}

/// What an element is, as its id or its `nodeType` says.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Goal,
    Strategy,
    Solution,
    Assumption,
    /// A context or a justification: words beside the argument.
    Remark,
}

/// An element as written.
struct Element {
    name: Text,
    kind: Kind,
    text: Option<Text>,
    supported_by: Vec<Text>,
    context: Vec<Text>,
    challenges: Vec<Text>,
    undeveloped: bool,
    url: Option<Text>,
    tags: Vec<Text>,
    /// A layer of that name.
    note: Option<Text>,
    span: Span,
    /// The statement that it makes; none for what is a part of a step.
    statement: Option<StatementIdx>,
    /// The steps that it makes, for challenges of them.
    steps: Vec<InferenceIdx>,
}

struct Import<'w, 'a, 't> {
    walk: &'w mut Walk<'a, 't>,
    elements: Vec<Element>,
    by_name: FxHashMap<String, usize>,
    /// The steps of an element that another one supports, or that challenges another one, by both.
    relations: FxHashMap<(usize, usize), Vec<InferenceIdx>>,
}

impl Import<'_, '_, '_> {
    fn module(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`module`") {
            match &*key.value {
                "name" => self.walk.draft.map.about.title = self.walk.text(value, "`name`"),
                "brief" => self.walk.draft.map.about.description = self.walk.text(value, "`brief`"),
                _ => self.walk.lose("other entries of the module", key.span),
            }
        }
    }

    fn element(&mut self, name: Text, node: NodeId) {
        let span = name.span.to(self.walk.tree.span(node));
        let mut element = Element {
            kind: kind_of_id(&name.value),
            name,
            text: None,
            supported_by: Vec::new(),
            context: Vec::new(),
            challenges: Vec::new(),
            undeveloped: false,
            url: None,
            tags: Vec::new(),
            note: None,
            span,
            statement: None,
            steps: Vec::new(),
        };
        for Field { key, value } in self.walk.fields(node, "an element") {
            match &*key.value {
                "text" => element.text = self.walk.text(value, "`text`"),
                "supportedBy" => element.supported_by = self.walk.texts(value, "`supportedBy`"),
                "inContextOf" => element.context = self.walk.texts(value, "`inContextOf`"),
                "challenges" => element.challenges = self.walk.texts(value, "`challenges`"),
                "undeveloped" => element.undeveloped = self.walk.is_true(value),
                "url" => element.url = self.walk.text(value, "`url`"),
                "classes" => element.tags = self.walk.texts(value, "`classes`"),
                "nodeType" => {
                    let named = self.walk.text(value, "`nodeType`");
                    element.kind = named.map_or(element.kind, |named| kind_of(&named.value));
                }
                "note" => element.note = self.walk.text(value, "`note`"),
                "acp" | "confidence" => self.walk.lose("assurance claim points", key.span),
                "defeated" => self.walk.lose("marks of what is defeated", key.span),
                _ => self.walk.lose("layout and other entries", key.span),
            }
        }
        let joins = element.tags.iter().any(|tag| tag.value == COUNTER_STRATEGY);
        if joins && element.kind == Kind::Goal && !element.supported_by.is_empty() {
            element.kind = Kind::Strategy;
        }
        self.by_name
            .insert(element.name.value.clone(), self.elements.len());
        self.elements.push(element);
    }

    /// Goals, solutions and assumptions are statements; so is a strategy that nothing supports yet.
    fn statements(&mut self) {
        for at in 0..self.elements.len() {
            let element = &self.elements[at];
            let kind = match element.kind {
                Kind::Goal => StatementKind::Claim,
                Kind::Strategy if element.supported_by.is_empty() => StatementKind::Claim,
                Kind::Solution => StatementKind::Evidence,
                Kind::Assumption => StatementKind::Assumption,
                Kind::Strategy | Kind::Remark => continue,
            };
            let citation = element.url.clone().map(|url| self.cite(&url));
            let element = &self.elements[at];
            let statement = Statement {
                kind,
                span: element.span,
                text: element.text.clone().unwrap_or_else(|| element.name.clone()),
                citations: citation.into_iter().collect(),
                undeveloped: element.undeveloped,
                tags: element.tags.clone(),
                note: self.remarks(element),
                ..Statement::default()
            };
            let idx = self.walk.draft.statement(&element.name, statement);
            self.elements[at].statement = Some(idx);
        }
    }

    fn cite(&mut self, url: &Text) -> Citation {
        Citation {
            source: self.walk.draft.web_source(url, &url.value),
            at: None,
            quote: None,
        }
    }

    /// The contexts and justifications of an element, and its note.
    fn remarks(&self, element: &Element) -> Option<Text> {
        let elements = element.context.iter().filter_map(|name| self.find(name));
        let remarks = elements.filter(|other| other.kind == Kind::Remark);
        let texts = remarks.filter_map(|remark| remark.text.as_ref());
        let texts: Vec<&Text> = texts.chain(&element.note).collect();
        let words: Vec<&str> = texts.iter().map(|text| &*text.value).collect();
        texts.first().map(|first| Spanned {
            value: words.join("\n"),
            span: first.span,
        })
    }

    fn find(&self, name: &Text) -> Option<&Element> {
        let at = self.by_name.get(&name.value)?;
        Some(&self.elements[*at])
    }

    /// Makes steps of support first, so that challenges can attack them.
    fn links(&mut self) {
        for at in 0..self.elements.len() {
            if let Some(target) = self.elements[at].statement {
                self.supports(at, target);
            }
            self.dangling(at);
        }
        for at in self.challengers() {
            for name in self.elements[at].challenges.clone() {
                self.challenge(at, &name);
            }
        }
    }

    /// All elements, those that others challenge before these.
    fn challengers(&self) -> Vec<usize> {
        let mut is_begun = vec![false; self.elements.len()];
        let mut ordered = Vec::with_capacity(self.elements.len());
        for start in 0..self.elements.len() {
            let mut path = Vec::new();
            if !std::mem::replace(&mut is_begun[start], true) {
                path.push((start, self.challengers_before(start)));
            }
            while let Some((at, before)) = path.last_mut() {
                let Some(next) = before.pop() else {
                    ordered.push(*at);
                    path.pop();
                    continue;
                };
                if !std::mem::replace(&mut is_begun[next], true) {
                    path.push((next, self.challengers_before(next)));
                }
            }
        }
        ordered
    }

    /// What an element challenges and challenges something itself.
    fn challengers_before(&self, at: usize) -> Vec<usize> {
        let names = self.elements[at].challenges.iter().flat_map(ends);
        let known = names.filter_map(|name| self.by_name.get(&name.value).copied());
        known
            .filter(|it| !self.elements[*it].challenges.is_empty())
            .collect()
    }

    /// What supports a statement: each goal and solution is a reason, and each strategy one with all of its own.
    fn supports(&mut self, at: usize, target: StatementIdx) {
        for name in self.elements[at].supported_by.clone() {
            let Some(&support) = self.by_name.get(&name.value) else {
                continue;
            };
            let mut premises = self.supports_of(support, name.span);
            if premises.is_empty() {
                self.walk.lose("steps without premises", name.span);
                continue;
            }
            premises.extend(self.assumed(at));
            let target = Target::Statement(target);
            self.step((support, at), Polarity::Pro, (target, premises), name.span);
        }
    }

    /// What carries a step that an element makes: the element itself, or what is under a strategy.
    fn supports_of(&mut self, support: usize, span: Span) -> Vec<Reference> {
        match self.elements[support].statement {
            Some(statement) => vec![self.walk.draft.reference_to(statement, span)],
            None => self.of_strategy(support),
        }
    }

    /// Makes a step of an element that supports or challenges another one, with the words of a strategy.
    fn step(
        &mut self,
        (maker, other): (usize, usize),
        polarity: Polarity,
        (target, premises): (Target, Vec<Reference>),
        span: Span,
    ) {
        let step = self.walk.draft.inference(NewInference {
            polarity,
            target,
            premises: premises.into_iter().map(Premise::Named).collect(),
            span,
        });
        let element = &self.elements[maker];
        if element.statement.is_none() {
            let said = |text: &&Text| text.value != UNSAID_STRATEGY;
            let (warrant, note) = (element.text.as_ref().filter(said), self.remarks(element));
            let inference = &mut self.walk.draft.map.inferences[step.index()];
            inference.warrant = warrant.cloned();
            inference.note = note;
        }
        self.elements[maker].steps.push(step);
        let relation = self.relations.entry((maker, other));
        relation.or_default().push(step);
    }

    /// The statements under a strategy and under the strategies under it, with what all of them assume.
    fn of_strategy(&mut self, strategy: usize) -> Vec<Reference> {
        let mut supports: Vec<Reference> = Vec::new();
        let mut assumed: Vec<Reference> = Vec::new();
        let mut strategies = vec![strategy];
        let mut seen: FxHashSet<usize> = [strategy].into_iter().collect();
        let mut next = 0;
        while let Some(&at) = strategies.get(next) {
            next += 1;
            for name in self.elements[at].supported_by.clone() {
                let known = self.by_name.get(&name.value).copied();
                let Some(support) = known.filter(|support| seen.insert(*support)) else {
                    continue;
                };
                if let Some(statement) = self.elements[support].statement {
                    supports.push(self.walk.draft.reference_to(statement, name.span));
                } else {
                    self.walk.lose("strategies under strategies", name.span);
                    strategies.push(support);
                }
            }
            assumed.extend(self.assumed(at));
        }
        // What is only assumed supports nothing.
        if !supports.is_empty() {
            let known: FxHashSet<String> = supports.iter().map(|it| it.value.clone()).collect();
            supports.extend(assumed.into_iter().filter(|it| !known.contains(&it.value)));
        }
        supports
    }

    /// The assumptions in whose context an element stands.
    fn assumed(&self, at: usize) -> Vec<Reference> {
        let mut assumed = Vec::new();
        for name in &self.elements[at].context {
            let element = self
                .find(name)
                .filter(|other| other.kind == Kind::Assumption);
            if let Some(statement) = element.and_then(|element| element.statement) {
                assumed.push(self.walk.draft.reference_to(statement, name.span));
            }
        }
        assumed
    }

    fn challenge(&mut self, at: usize, name: &Text) {
        let names = ends(name);
        let found = names.iter().map(|it| self.by_name.get(&it.value).copied());
        let Some(found) = found.collect::<Option<Vec<usize>>>() else {
            return;
        };
        let premises = match self.elements[at].kind {
            Kind::Remark => Vec::new(),
            _ => self.supports_of(at, name.span),
        };
        if premises.is_empty() {
            return self
                .walk
                .lose("challenges by what is no statement", name.span);
        }
        let targets = self.challenged(&found);
        if targets.is_empty() {
            self.walk
                .lose("challenges of what is no statement or step", name.span);
        }
        for target in targets {
            let premises = premises.clone();
            self.step((at, found[0]), Polarity::Con, (target, premises), name.span);
        }
    }

    /// What a challenge of an element, or of the relation between two, is to.
    fn challenged(&self, found: &[usize]) -> Vec<Target> {
        let steps = match *found {
            [element] => match self.elements[element].statement {
                Some(statement) => return vec![Target::Statement(statement)],
                None => &self.elements[element].steps,
            },
            [one, other] => {
                let relations = [(one, other), (other, one)];
                let made = relations.iter().find_map(|it| self.relations.get(it));
                let strategy = relations.iter().find(|it| self.is_under_strategy(it));
                match made.or(strategy.map(|(strategy, _)| &self.elements[*strategy].steps)) {
                    Some(steps) => steps,
                    None => return Vec::new(),
                }
            }
            _ => return Vec::new(),
        };
        steps.iter().copied().map(Target::Inference).collect()
    }

    /// Whether an element is a strategy and another one supports it, and so is a part of its steps.
    fn is_under_strategy(&self, (strategy, support): &(usize, usize)) -> bool {
        let (strategy, support) = (&self.elements[*strategy], &self.elements[*support]);
        let mut names = strategy.supported_by.iter();
        strategy.statement.is_none() && names.any(|name| name.value == support.name.value)
    }

    /// Reports names that no element has.
    fn dangling(&mut self, at: usize) {
        let element = &self.elements[at];
        let names = element.supported_by.iter().chain(&element.context);
        let challenged = element.challenges.iter().flat_map(ends);
        let names = names.cloned().chain(challenged);
        let unknown = names.filter(|name| !self.by_name.contains_key(&name.value));
        for name in unknown.collect::<Vec<_>>() {
            self.walk.draft.undefined(&name, "element");
        }
    }
}

/// The elements that a challenge names: one, or the two of a relation, as in `G1 -> G2`.
fn ends(challenged: &Text) -> Vec<Text> {
    let sides = challenged.value.splitn(2, "->");
    let span = challenged.span;
    let text = |name: &str| Spanned {
        value: name.trim().to_owned(),
        span,
    };
    sides.map(text).collect()
}

/// What an element of that `nodeType` is.
fn kind_of(node_type: &str) -> Kind {
    match node_type {
        "Strategy" => Kind::Strategy,
        "Solution" | "CounterSolution" => Kind::Solution,
        "Assumption" => Kind::Assumption,
        "Context" | "Justification" => Kind::Remark,
        _ => Kind::Goal,
    }
}

/// What an element of that id is, in the order in which gsn2x compares prefixes.
fn kind_of_id(id: &str) -> Kind {
    const KINDS: [(&str, Kind); 8] = [
        ("CG", Kind::Goal),
        ("CSn", Kind::Solution),
        ("G", Kind::Goal),
        ("Sn", Kind::Solution),
        ("S", Kind::Strategy),
        ("C", Kind::Remark),
        ("A", Kind::Assumption),
        ("J", Kind::Remark),
    ];
    let found = KINDS.iter().find(|(prefix, _)| id.starts_with(prefix));
    found.map_or(Kind::Goal, |(_, kind)| *kind)
}
