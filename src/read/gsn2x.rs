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

/// Reads the whole file.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let mut import = Import {
        walk,
        elements: Vec::new(),
        by_name: FxHashMap::default(),
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
            kind: kind_of(&name.value),
            name,
            text: None,
            supported_by: Vec::new(),
            context: Vec::new(),
            challenges: Vec::new(),
            undeveloped: false,
            url: None,
            tags: Vec::new(),
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
                "acp" | "confidence" => self.walk.lose("assurance claim points", key.span),
                "defeated" => self.walk.lose("marks of what is defeated", key.span),
                _ => self.walk.lose("layout and other entries", key.span),
            }
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

    /// The contexts and justifications of an element.
    fn remarks(&self, element: &Element) -> Option<Text> {
        let elements = element.context.iter().filter_map(|name| self.find(name));
        let remarks = elements.filter(|other| other.kind == Kind::Remark);
        let texts: Vec<&Text> = remarks.filter_map(|remark| remark.text.as_ref()).collect();
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
        for at in 0..self.elements.len() {
            for name in self.elements[at].challenges.clone() {
                self.challenge(at, &name);
            }
        }
    }

    /// What supports a statement: each goal and solution is a reason, and each strategy one with all of its own.
    fn supports(&mut self, at: usize, target: StatementIdx) {
        for name in self.elements[at].supported_by.clone() {
            let Some(&support) = self.by_name.get(&name.value) else {
                continue;
            };
            let mut premises = Vec::new();
            let mut remarks = None;
            let mut warrant = None;
            if let Some(statement) = self.elements[support].statement {
                premises.push(self.walk.draft.reference_to(statement, name.span));
            } else {
                premises = self.of_strategy(support);
                remarks = self.remarks(&self.elements[support]);
                let said = |text: &&Text| text.value != UNSAID_STRATEGY;
                warrant = self.elements[support].text.as_ref().filter(said).cloned();
            }
            if premises.is_empty() {
                self.walk.lose("steps without premises", name.span);
                continue;
            }
            premises.extend(self.assumed(at));
            let step = self.walk.draft.inference(NewInference {
                polarity: Polarity::Pro,
                target: Target::Statement(target),
                premises: premises.into_iter().map(Premise::Named).collect(),
                span: name.span,
            });
            let inference = &mut self.walk.draft.map.inferences[step.index()];
            inference.warrant = warrant;
            inference.note = remarks;
            self.elements[support].steps.push(step);
        }
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
        let Some(&challenged) = self.by_name.get(&name.value) else {
            return;
        };
        let Some(statement) = self.elements[at].statement else {
            return self
                .walk
                .lose("challenges by what is no statement", name.span);
        };
        let challenged = &self.elements[challenged];
        let steps = challenged.steps.iter().copied().map(Target::Inference);
        let targets: Vec<Target> = match challenged.statement {
            Some(statement) => vec![Target::Statement(statement)],
            None => steps.collect(),
        };
        if targets.is_empty() {
            self.walk
                .lose("challenges of what is no statement or step", name.span);
        }
        for target in targets {
            let premise = self.walk.draft.reference_to(statement, name.span);
            self.walk.draft.inference(NewInference {
                polarity: Polarity::Con,
                target,
                premises: vec![Premise::Named(premise)],
                span: name.span,
            });
        }
    }

    /// Reports names that no element has.
    fn dangling(&mut self, at: usize) {
        let element = &self.elements[at];
        let names = element
            .supported_by
            .iter()
            .chain(&element.context)
            .chain(&element.challenges);
        let unknown = names.filter(|name| !self.by_name.contains_key(&name.value));
        for name in unknown.cloned().collect::<Vec<_>>() {
            self.walk.draft.undefined(&name, "element");
        }
    }
}

/// What an element of that id, or of that `nodeType`, is.
fn kind_of(name: &str) -> Kind {
    let letters = name
        .find(|c: char| !c.is_ascii_alphabetic())
        .unwrap_or(name.len());
    match &name[..letters] {
        "Strategy" | "S" => Kind::Strategy,
        "Solution" | "CounterSolution" | "Sn" | "CSn" => Kind::Solution,
        "Assumption" | "A" => Kind::Assumption,
        "Context" | "Justification" | "C" | "J" => Kind::Remark,
        _ => Kind::Goal,
    }
}
