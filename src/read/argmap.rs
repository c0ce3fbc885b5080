//! The nested YAML of D. Sanson's argmap, as `docs/formats/argmap.md` describes it.

use super::draft::NewInference;
use super::walk::{Field, Walk};
use crate::model::{
    InferenceIdx, Polarity, Premise, ProblemKind, Statement, StatementIdx, Target, Text,
};
use crate::source::{Span, Spanned};
use crate::syntax::NodeId;

/// The strength of the strongest reason.
const MAX_STRENGTH: f64 = 5.0;

/// Reads the whole file. What nests without bound is on a stack of its own.
pub(super) fn read(walk: &mut Walk<'_, '_>) {
    let Some(root) = walk.tree.root() else { return };
    let mut import = Import {
        walk,
        tasks: Vec::new(),
        reasons: Vec::new(),
        theses: Vec::new(),
    };
    import.all(root);
}

/// A claim to be read, and the reason that it is a premise of.
struct Task {
    claim: Field,
    of: Option<usize>,
}

/// A reason as written.
struct Reason {
    polarity: Polarity,
    target: StatementIdx,
    premises: Vec<(StatementIdx, Span)>,
    label: Option<Text>,
    weight: Option<Spanned<f64>>,
    span: Span,
}

struct Import<'w, 'a, 't> {
    walk: &'w mut Walk<'a, 't>,
    tasks: Vec<Task>,
    reasons: Vec<Reason>,
    theses: Vec<(StatementIdx, Span)>,
}

impl Import<'_, '_, '_> {
    fn all(&mut self, root: NodeId) {
        let claims = self.walk.fields(root, "an argument map");
        self.push(claims, None);
        while let Some(Task { claim, of }) = self.tasks.pop() {
            let span = claim.key.span;
            let Some(statement) = self.claim(&claim) else {
                continue;
            };
            match of {
                Some(of) => self.reasons[of].premises.push((statement, span)),
                None => self.theses.push((statement, span)),
            }
        }
        self.walk.draft.settle();
        self.link();
    }

    /// Leaves claims to be read next, the first one first.
    fn push(&mut self, claims: Vec<Field>, of: Option<usize>) {
        let tasks = claims.into_iter().rev().map(|claim| Task { claim, of });
        self.tasks.extend(tasks);
    }

    /// The statement of a claim, which its text names: what is said twice is one statement.
    fn claim(&mut self, claim: &Field) -> Option<StatementIdx> {
        let Field { key, value } = claim;
        let (text, implicit) = match key.value.strip_prefix('-') {
            Some(text) => (text.trim().to_owned(), true),
            None => (key.value.clone(), false),
        };
        if text.is_empty() {
            let what = "a claim".to_owned();
            self.walk
                .draft
                .problem(key.span, ProblemKind::EmptyText { what });
            return None;
        }
        let name = Spanned {
            value: text,
            span: key.span,
        };
        let statement = self.walk.draft.find(&name.value).unwrap_or_else(|| {
            let statement = Statement {
                span: key.span.to(self.walk.tree.span(*value)),
                text: name.clone(),
                implicit,
                ..Statement::default()
            };
            self.walk.draft.statement(&name, statement)
        });
        for Field { key, value } in self.walk.fields(*value, "a claim") {
            if key.value == "note" {
                let note = self.walk.text(value, "`note`");
                self.walk.draft.map.statements[statement.index()].note = note;
            } else {
                self.reason(&key, value, statement);
            }
        }
        Some(statement)
    }

    /// A reason, of which the first letter of the key says whether it is for the claim or against it.
    fn reason(&mut self, key: &Text, node: NodeId, target: StatementIdx) {
        let polarity = if key.value.starts_with(['o', '-']) {
            Polarity::Con
        } else {
            Polarity::Pro
        };
        let mut reason = Reason {
            polarity,
            target,
            premises: Vec::new(),
            label: None,
            weight: None,
            span: key.span.to(self.walk.tree.span(node)),
        };
        let mut claims = Vec::new();
        for field in self.walk.fields(node, "a reason") {
            match &*field.key.value {
                "label" => reason.label = self.walk.text(field.value, "`label`"),
                "strength" => reason.weight = self.weight(field.value),
                _ => claims.push(field),
            }
        }
        if claims.is_empty() {
            return self.walk.lose("reasons without a claim", key.span);
        }
        self.reasons.push(reason);
        self.push(claims, Some(self.reasons.len() - 1));
    }

    /// A strength from 1 to 5 as a share of the greatest.
    fn weight(&mut self, node: NodeId) -> Option<Spanned<f64>> {
        let text = self.walk.text(node, "`strength`")?;
        match text.value.parse::<f64>() {
            Ok(strength) if (0.0..=MAX_STRENGTH).contains(&strength) => Some(Spanned {
                value: strength / MAX_STRENGTH,
                span: text.span,
            }),
            _ => {
                let rule = "it must be a number from 1 to 5";
                self.walk.invalid(&text, "`strength`", &[], rule);
                None
            }
        }
    }

    fn link(&mut self) {
        for reason in std::mem::take(&mut self.reasons) {
            let premise = |(statement, span): &(StatementIdx, Span)| {
                Premise::Named(self.walk.draft.reference_to(*statement, *span))
            };
            let premises: Vec<Premise> = reason.premises.iter().map(premise).collect();
            let step: InferenceIdx = self.walk.draft.inference(NewInference {
                polarity: reason.polarity,
                target: Target::Statement(reason.target),
                premises,
                span: reason.span,
            });
            let inference = &mut self.walk.draft.map.inferences[step.index()];
            inference.label = reason.label;
            inference.weight = reason.weight;
        }
        for (statement, span) in std::mem::take(&mut self.theses) {
            let thesis = self.walk.draft.reference_to(statement, span);
            self.walk.draft.map.theses.push(Premise::Named(thesis));
        }
    }
}
