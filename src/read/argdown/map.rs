//! A debate as a map.

use rustc_hash::FxHashSet;

use super::debate::{Argument, Debate, End, Kind, Link, Node, Relation};
use crate::model::{
    Citation, InferenceIdx, Polarity, Premise, Statement, StatementIdx, Target, Text,
};
use crate::read::draft::{Draft, NewInference, scheme_name};
use crate::source::{Span, Spanned};

const STEPLESS: &str = "relations of arguments without a step";

/// Fills a draft with everything that a debate says. Linear in the debate.
pub(super) fn draft(draft: &mut Draft, debate: Debate) {
    let Debate {
        statements,
        arguments,
        relations,
        is_strict,
        ..
    } = debate;
    let mut import = Import {
        draft,
        statements: Vec::with_capacity(statements.len()),
        claims: Vec::with_capacity(arguments.len()),
        steps: Vec::with_capacity(arguments.len()),
    };
    for node in statements {
        let idx = import.statement(node);
        import.statements.push(idx);
    }
    let mut arguments = arguments;
    for argument in &mut arguments {
        let claim = import.claim(argument);
        import.claims.push(claim);
    }
    import.draft.settle();
    for argument in &arguments {
        let steps = import.reconstruction(argument);
        import.steps.push(steps);
    }
    import.relations(&arguments, relations, is_strict);
}

struct Import<'d> {
    draft: &'d mut Draft,
    /// The map's statement for each of the debate's.
    statements: Vec<StatementIdx>,
    /// For each argument its claim, where it is not reconstructed.
    claims: Vec<Option<StatementIdx>>,
    /// For each argument the steps of its reconstruction, each with the index of its conclusion among the items.
    steps: Vec<Vec<(usize, InferenceIdx)>>,
}

impl Import<'_> {
    /// A statement with the first of its wordings; the others are noted.
    fn statement(&mut self, node: Node) -> StatementIdx {
        let mut wordings = node.wordings.into_iter();
        let first = wordings.next();
        let others: Vec<Text> = wordings.collect();
        let citations = self.citations(&node.links);
        let label = node.title.clone().filter(|_| first.is_some());
        let text = first.or_else(|| node.title.clone()).unwrap_or(Spanned {
            value: "(no text)".to_owned(),
            span: node.span,
        });
        let mut tags = node.tags;
        tags.extend(node.section);
        let statement = Statement {
            span: node.span,
            label,
            text,
            citations,
            tags,
            note: in_other_words(&others),
            ..Statement::default()
        };
        let Some(name) = node.title else {
            return self.draft.worded(statement);
        };
        // A statement and an argument may have the same title.
        if self.draft.find(&name.value).is_some() {
            return self.draft.statement(&argument_name(&name), statement);
        }
        self.draft.statement(&name, statement)
    }

    /// The works that a text links to; what it links to in the document itself is none.
    fn citations(&mut self, links: &[Link]) -> Vec<Citation> {
        let mut citations = Vec::new();
        for link in links {
            if link.url.value.contains("://") {
                citations.push(Citation {
                    source: self.draft.web_source(&link.url, &link.title),
                    at: None,
                    quote: None,
                });
            } else {
                let what = "links that lead to no other site";
                self.draft.losses.add(what, link.url.span);
            }
        }
        citations
    }

    /// What an argument that is not reconstructed says.
    fn claim(&mut self, argument: &mut Argument) -> Option<StatementIdx> {
        if argument.is_reconstructed() {
            for link in &argument.node.links {
                self.draft
                    .losses
                    .add("links in descriptions of arguments", link.url.span);
            }
            return None;
        }
        let node = std::mem::take(&mut argument.node);
        // A reconstruction that has neither a step nor an argument's name says nothing.
        let says_something = node.title.is_some() || !node.wordings.is_empty();
        says_something.then(|| self.statement(node))
    }

    /// Makes a step of each inference of a reconstruction.
    fn reconstruction(&mut self, argument: &Argument) -> Vec<(usize, InferenceIdx)> {
        let mut steps = Vec::new();
        let mut start = 0;
        for (end, item) in argument.items.iter().enumerate() {
            let Some(step) = &item.step else { continue };
            let since: Vec<usize> = (start..end).collect();
            let used = if step.uses.is_empty() {
                &since
            } else {
                &step.uses
            };
            // The next step goes on from this conclusion.
            start = end;
            let premises: Vec<Premise> = used
                .iter()
                .filter_map(|at| argument.items.get(*at))
                .map(|premise| {
                    let idx = self.statements[premise.statement];
                    Premise::Named(self.draft.reference_to(idx, premise.span))
                })
                .collect();
            if premises.is_empty() {
                self.draft.losses.add("steps without premises", item.span);
                continue;
            }
            let idx = self.draft.inference(NewInference {
                polarity: Polarity::Pro,
                target: Target::Statement(self.statements[item.statement]),
                premises,
                span: item.span,
            });
            for other in step.rules.iter().skip(1) {
                self.draft
                    .losses
                    .add("further inference rules of a step", other.span);
            }
            let inference = &mut self.draft.map.inferences[idx.index()];
            inference.scheme = step.rules.first().and_then(scheme_name);
            inference.label.clone_from(&argument.node.title);
            inference.tags.clone_from(&argument.node.tags);
            inference.tags.extend(argument.node.section.clone());
            steps.push((end, idx));
        }
        if let Some((_, last)) = steps.last() {
            let inference = &mut self.draft.map.inferences[last.index()];
            inference.note = described(&argument.node.wordings);
        }
        steps
    }

    fn relations(&mut self, arguments: &[Argument], relations: Vec<Relation>, is_strict: bool) {
        let against_premises = attacks_on_premises(arguments, &relations);
        let mut seen = FxHashSet::default();
        for mut relation in relations {
            let is_between_statements = matches!(
                (relation.from, relation.to),
                (End::Statement(_), End::Statement(_))
            );
            if is_strict && is_between_statements {
                relation.kind = match relation.kind {
                    Kind::Support => Kind::Entails,
                    Kind::Attack => Kind::Contrary,
                    other => other,
                };
            }
            let (from, to) = match relation.kind {
                Kind::Contrary | Kind::Contradictory => ordered(relation.from, relation.to),
                _ => (relation.from, relation.to),
            };
            let is_told = against_premises.contains(&(relation.kind, from, to));
            if seen.insert((relation.kind, from, to)) && !is_told {
                self.relation(arguments, &relation);
            }
        }
    }

    fn relation(&mut self, arguments: &[Argument], relation: &Relation) {
        let Some(premise) = self.source_of(arguments, relation) else {
            self.draft.losses.add(STEPLESS, relation.span);
            return;
        };
        let polarity = match relation.kind {
            Kind::Contrary | Kind::Contradictory => return self.contradiction(arguments, relation),
            Kind::Entails => {
                self.draft
                    .losses
                    .add("that a support is an entailment", relation.span);
                Polarity::Pro
            }
            Kind::Support => Polarity::Pro,
            Kind::Attack | Kind::Undercut => Polarity::Con,
        };
        let Some(target) = self.target_of(relation, polarity) else {
            return;
        };
        // A conclusion is for itself already.
        if target == Target::Statement(premise) {
            if polarity == Polarity::Con {
                let what = "attacks of statements on themselves";
                self.draft.losses.add(what, relation.span);
            }
            return;
        }
        self.draft.inference(NewInference {
            polarity,
            target,
            premises: vec![self.draft.premise(premise, relation.span)],
            span: relation.span,
        });
    }

    fn contradiction(&mut self, arguments: &[Argument], relation: &Relation) {
        let back = Relation {
            from: relation.to,
            to: relation.from,
            ..*relation
        };
        let (one, other) = (
            self.source_of(arguments, relation),
            self.source_of(arguments, &back),
        );
        let (Some(one), Some(other)) = (one, other) else {
            self.draft.losses.add(STEPLESS, relation.span);
            return;
        };
        let name = self.draft.reference_to(other, relation.span);
        let statement = &mut self.draft.map.statements[one.index()];
        statement.contradicts.push(name);
    }

    /// The statement that a relation starts from: of an argument its claim or its last conclusion.
    fn source_of(&self, arguments: &[Argument], relation: &Relation) -> Option<StatementIdx> {
        match relation.from {
            End::Statement(at) => Some(self.statements[at]),
            End::Argument(at) => self.claims[at].or_else(|| {
                let (end, _) = self.steps[at].last()?;
                Some(self.statements[arguments[at].items[*end].statement])
            }),
            End::Step(..) => None,
        }
    }

    /// What a relation is about: of a reconstructed argument the step to its last conclusion.
    fn target_of(&mut self, relation: &Relation, polarity: Polarity) -> Option<Target> {
        let at = match relation.to {
            End::Statement(at) => return Some(Target::Statement(self.statements[at])),
            End::Step(at, item) => {
                let step = self.steps[at].iter().find(|(end, _)| *end == item);
                if step.is_none() {
                    self.draft.losses.add(STEPLESS, relation.span);
                }
                return step.map(|(_, step)| Target::Inference(*step));
            }
            End::Argument(at) => at,
        };
        if let Some(claim) = self.claims[at] {
            return Some(Target::Statement(claim));
        }
        if polarity == Polarity::Pro {
            let what = "support of reconstructed arguments";
            self.draft.losses.add(what, relation.span);
            return None;
        }
        let step = self.steps[at].last().map(|(_, step)| *step);
        if step.is_none() {
            self.draft.losses.add(STEPLESS, relation.span);
        }
        step.map(Target::Inference)
    }
}

/// The attacks on arguments by statements that attack a premise of theirs, too: they say the same.
fn attacks_on_premises(
    arguments: &[Argument],
    relations: &[Relation],
) -> FxHashSet<(Kind, End, End)> {
    let mut premise_of: Vec<(usize, usize)> = Vec::new();
    for (at, argument) in arguments.iter().enumerate() {
        let premises = argument.items.iter().filter(|item| item.step.is_none());
        premise_of.extend(premises.map(|item| (item.statement, at)));
    }
    premise_of.sort_unstable();
    let users = |statement: usize| {
        let start = premise_of.partition_point(|(premise, _)| *premise < statement);
        let of_it = premise_of[start..].iter();
        of_it
            .take_while(move |(premise, _)| *premise == statement)
            .map(|(_, argument)| *argument)
    };
    let mut told = FxHashSet::default();
    for relation in relations {
        let (End::Statement(from), End::Statement(to)) = (relation.from, relation.to) else {
            continue;
        };
        let is_mutual = matches!(relation.kind, Kind::Contrary | Kind::Contradictory);
        if is_mutual || relation.kind == Kind::Attack {
            let on = |argument| (Kind::Attack, relation.from, End::Argument(argument));
            told.extend(users(to).map(on));
        }
        if is_mutual {
            let on = |argument| (Kind::Attack, relation.to, End::Argument(argument));
            told.extend(users(from).map(on));
        }
    }
    told
}

/// Both ends in an order that does not depend on which was written first.
fn ordered(one: End, other: End) -> (End, End) {
    let key = |end: End| match end {
        End::Statement(at) => (0, at, 0),
        End::Argument(at) => (1, at, 0),
        End::Step(at, item) => (2, at, item),
    };
    if key(one) <= key(other) {
        (one, other)
    } else {
        (other, one)
    }
}

/// The further wordings of a statement as a note.
fn in_other_words(wordings: &[Text]) -> Option<Text> {
    let lines: Vec<String> = wordings
        .iter()
        .map(|wording| format!("In other words: {}", wording.value))
        .collect();
    joined(wordings, &lines)
}

/// What is said of an argument, as a note on its step.
fn described(wordings: &[Text]) -> Option<Text> {
    let lines: Vec<String> = wordings
        .iter()
        .map(|wording| wording.value.clone())
        .collect();
    joined(wordings, &lines)
}

fn joined(wordings: &[Text], lines: &[String]) -> Option<Text> {
    let span: Span = wordings.first()?.span;
    let value = lines.join("\n");
    Some(Spanned { value, span })
}

/// The name of an argument whose title a statement has, too.
fn argument_name(title: &Text) -> Text {
    Spanned {
        value: format!("argument {}", title.value),
        span: title.span,
    }
}
