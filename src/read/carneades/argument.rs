//! Arguments, and the issues in which they meet.

use super::{Import, METADATA, OTHER_KEYS};
use crate::model::{
    ForeignFault, InferenceIdx, Polarity, Premise, Reference, Standard, Statement, StatementIdx,
    StatementKind, Target, Text,
};
use crate::read::draft::{NewInference, scheme_name};
use crate::read::walk::Field;
use crate::source::{Span, Spanned};
use crate::syntax::NodeId;

/// The positions of an issue contradict each other in pairs, so their number is bounded.
const MAX_POSITIONS: usize = 256;

/// Carneades' names of the standards, in the order of [`Standard::ALL`].
const STANDARDS: [&str; 5] = ["SE", "DV", "PE", "CCE", "BRD"];

/// An argument as written.
#[derive(Default)]
struct Argument {
    /// None where the argument says nothing of premises.
    premises: Option<Vec<Text>>,
    conclusions: Vec<Text>,
    undercutters: Vec<Text>,
    scheme: Option<Text>,
    weight: Option<Spanned<f64>>,
    label: Option<Text>,
    note: Option<Text>,
}

/// How the premises of an argument work together, as the weighing functions of that name have it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weighing {
    /// All are needed.
    Linked,
    /// One is enough.
    Convergent,
}

impl Import<'_, '_, '_> {
    pub(super) fn issues(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`issues`") {
            let mut positions = Vec::new();
            // Carneades takes this one where the issue names none.
            let mut standard = Spanned {
                value: Standard::Preponderance,
                span: key.span,
            };
            for Field { key, value } in self.walk.fields(value, "an issue") {
                match &*key.value {
                    "positions" => {
                        let names = self.walk.texts(value, "`positions`");
                        positions = self.known(names);
                    }
                    "standard" => standard = self.standard(value).unwrap_or(standard),
                    "meta" => self.walk.lose_each(value, METADATA),
                    _ => self.walk.lose(OTHER_KEYS, key.span),
                }
            }
            self.contradictions(&positions);
            self.standards(&positions, &standard);
        }
    }

    fn standard(&mut self, node: NodeId) -> Option<Spanned<Standard>> {
        let text = self.walk.text(node, "`standard`")?;
        let name = text.value.to_uppercase();
        let Some(at) = STANDARDS.iter().position(|known| *known == name) else {
            let rule = "it must be one of Carneades' standards";
            self.walk.invalid(&text, "`standard`", &STANDARDS, rule);
            return None;
        };
        Some(Spanned {
            value: Standard::ALL[at],
            span: text.span,
        })
    }

    /// The positions of an issue cannot be true together.
    fn contradictions(&mut self, positions: &[(StatementIdx, Reference)]) {
        for (_, reference) in positions.iter().skip(MAX_POSITIONS) {
            let what = "positions of an issue beyond the 256th";
            self.walk.lose(what, reference.span);
        }
        let positions = &positions[..positions.len().min(MAX_POSITIONS)];
        for (at, (position, _)) in positions.iter().enumerate() {
            let rivals = positions[at + 1..].iter();
            let rivals = rivals.filter(|(rival, _)| rival != position);
            let rivals = rivals.map(|(_, reference)| reference.clone());
            let statement = &mut self.walk.draft.map.statements[position.index()];
            statement.contradicts.extend(rivals);
        }
    }

    /// The standard of an issue is that of each position; one that has another issue's keeps it.
    fn standards(&mut self, positions: &[(StatementIdx, Reference)], standard: &Spanned<Standard>) {
        for (position, reference) in positions {
            let statement = &mut self.walk.draft.map.statements[position.index()];
            let own = statement.standard.get_or_insert_with(|| standard.clone());
            if own.value != standard.value {
                let what = "further standards of positions of several issues";
                self.walk.lose(what, reference.span);
            }
        }
    }

    pub(super) fn arguments(&mut self, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`arguments`") {
            let argument = self.argument(value);
            let is_whole = self.walk.is_mapping(value) && !self.walk.tree.node(value).incomplete;
            if argument.conclusions.is_empty() && is_whole {
                let fault = ForeignFault::Missing {
                    part: "conclusion",
                    owner: "argument",
                    name: Some(key.value.clone()),
                };
                self.walk.draft.fault(key.span, fault);
            }
            let span = key.span.to(self.walk.tree.span(value));
            self.steps(&key, argument, span);
        }
    }

    fn argument(&mut self, node: NodeId) -> Argument {
        let mut argument = Argument::default();
        for Field { key, value } in self.walk.fields(node, "an argument") {
            match &*key.value {
                "premises" => argument.premises = self.premises(value),
                "conclusion" | "conclusions" => {
                    argument.conclusions = self.walk.texts(value, "`conclusion`");
                }
                "undercutter" | "undercutters" => {
                    argument.undercutters = self.walk.texts(value, "`undercutter`");
                }
                "scheme" => argument.scheme = self.walk.text(value, "`scheme`"),
                "weight" => argument.weight = self.walk.share(value, "`weight`"),
                "parameters" => self.walk.lose_each(value, "parameters of schemes"),
                "meta" => self.argument_meta(&mut argument, value),
                _ => self.walk.lose(OTHER_KEYS, key.span),
            }
        }
        argument
    }

    fn argument_meta(&mut self, argument: &mut Argument, node: NodeId) {
        for Field { key, value } in self.walk.fields(node, "`meta`") {
            match &*key.value.to_lowercase() {
                "title" => argument.label = self.walk.text(value, "metadata"),
                "note" | "notes" | "description" => {
                    argument.note = self.walk.text(value, "metadata");
                }
                _ => self.walk.lose(METADATA, key.span),
            }
        }
    }

    /// A list of premises, or a mapping to them from their roles; an empty one is none.
    fn premises(&mut self, node: NodeId) -> Option<Vec<Text>> {
        if self.walk.parts(node).is_empty() {
            return None;
        }
        if !self.walk.is_mapping(node) {
            return Some(self.walk.texts(node, "`premises`"));
        }
        let mut premises = Vec::new();
        for Field { key, value } in self.walk.fields(node, "`premises`") {
            self.walk.lose("roles of premises", key.span);
            premises.extend(self.walk.text(value, "a premise"));
        }
        Some(premises)
    }

    /// The reasons that an argument makes: one for each conclusion, and for each premise where one is enough.
    fn steps(&mut self, name: &Text, mut argument: Argument, span: Span) {
        let weighing = self.weighing(&mut argument);
        let conclusions = self.known(std::mem::take(&mut argument.conclusions));
        let premises = match argument.premises.take() {
            Some(names) => {
                let known = self.known(names).into_iter();
                known.map(|(_, name)| Premise::Named(name)).collect()
            }
            None if conclusions.is_empty() => Vec::new(),
            None => vec![self.applies(name)],
        };
        let steps: Vec<Vec<Premise>> = match weighing {
            Weighing::Linked => vec![premises],
            Weighing::Convergent => premises.into_iter().map(|premise| vec![premise]).collect(),
        };
        let undercutters = self.known(std::mem::take(&mut argument.undercutters));
        for (conclusion, _) in conclusions {
            for premises in &steps {
                let step = self.walk.draft.inference(NewInference {
                    polarity: Polarity::Pro,
                    target: Target::Statement(conclusion),
                    premises: premises.clone(),
                    span,
                });
                self.walk.draft.name_inference(step, name);
                self.describe(step, &argument);
                self.undercut(step, &undercutters);
            }
        }
    }

    /// How the premises work together. Where a scheme says no more than that, it is no scheme.
    fn weighing(&mut self, argument: &mut Argument) -> Weighing {
        let Some(scheme) = &argument.scheme else {
            return Weighing::Linked;
        };
        let weighing = match &*scheme.value {
            "linked" | "factorized" => Weighing::Linked,
            "convergent" | "cumulative" => Weighing::Convergent,
            _ => return Weighing::Linked,
        };
        if matches!(&*scheme.value, "cumulative" | "factorized") {
            let what = "weights that grow with the number of premises";
            self.walk.lose(what, scheme.span);
        }
        argument.scheme = None;
        weighing
    }

    /// An argument without premises carries unless it is undercut, as if it rested on an assumption of its own.
    fn applies(&mut self, name: &Text) -> Premise {
        let what = "arguments without premises (an implicit assumption stands in)";
        self.walk.lose(what, name.span);
        let statement = Statement {
            kind: StatementKind::Assumption,
            span: name.span,
            text: Spanned {
                value: format!("The argument {} applies.", name.value),
                span: name.span,
            },
            implicit: true,
            ..Statement::default()
        };
        Premise::Inline(Spanned {
            value: self.walk.draft.unnamed(statement),
            span: name.span,
        })
    }

    fn describe(&mut self, step: InferenceIdx, argument: &Argument) {
        let inference = &mut self.walk.draft.map.inferences[step.index()];
        inference.scheme = argument.scheme.as_ref().and_then(scheme_name);
        inference.weight.clone_from(&argument.weight);
        inference.label.clone_from(&argument.label);
        inference.note.clone_from(&argument.note);
    }

    fn undercut(&mut self, step: InferenceIdx, undercutters: &[(StatementIdx, Reference)]) {
        for (_, undercutter) in undercutters {
            self.walk.draft.inference(NewInference {
                polarity: Polarity::Con,
                target: Target::Inference(step),
                premises: vec![Premise::Named(undercutter.clone())],
                span: undercutter.span,
            });
        }
    }
}
