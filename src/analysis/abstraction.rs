//! What stands, as arguments that attack each other and nothing else.

use super::framework::Framework;
use super::verdict::Terms;
use crate::model::{InferenceIdx, Standard, StatementIdx};

/// A map as an abstract argumentation framework (Dung 1995): solvers know nothing else.
///
/// Its grounded labelling gives every statement the verdict of [`super::Semantics::Grounded`], whatever the weights
/// and the standards of proof.
/// An argument is in exactly when all its attackers are out, so every condition is said by who attacks whom: "not s" is
/// attacked by s, a step by "not" each of its premises, and a claim by "no reason for it", which its reasons attack.
/// Brewka, Dunne & Woltran (2011) translate abstract dialectical frameworks so, and with them acceptance conditions of
/// any kind; that standards of proof are among these was shown by Brewka & Gordon (2010).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AbstractFramework {
    /// The arguments; the first are the map's statements in document order.
    pub arguments: Vec<Argument>,
    /// Attacker and attacked as positions in [`Self::arguments`], in order, each pair once.
    pub attacks: Vec<(usize, usize)>,
}

/// What an argument stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// A statement.
    Statement(StatementIdx),
    /// A step that needs more than that its one premise stands.
    Inference(InferenceIdx),
    /// That the argument at that position is rejected.
    Not(usize),
    /// That no reason is good enough for a statement.
    Unsupported(StatementIdx),
    /// That a reason outweighs the objections to its target.
    Prevails {
        /// The position of what carries the reason: a step or its one premise; none where the target is assumed.
        reason: Option<usize>,
        /// The statement that it is for.
        target: StatementIdx,
    },
}

impl AbstractFramework {
    /// Translates a framework; verdicts that the terms suppose are not looked at.
    ///
    /// O(n + m), and for statements with rivals or with a standard other than [`Standard::DialecticalValidity`]
    /// as many attacks as they have pairs of a reason and an objection.
    pub fn of(framework: &Framework<'_>, terms: &Terms) -> Self {
        let mut builder = Builder::start(framework, terms);
        for inference in framework.graph.inferences() {
            builder.add_inference(inference);
        }
        for statement in framework.graph.statements() {
            builder.add_statement(statement);
        }
        let mut finished = builder.built;
        finished.attacks.sort_unstable();
        finished.attacks.dedup();
        finished
    }
}

struct Builder<'f, 'g> {
    framework: &'f Framework<'g>,
    terms: &'f Terms,
    built: AbstractFramework,
    /// For each inference, the argument that is in exactly when the step holds; none for a step that never does.
    carriers: Vec<Option<usize>>,
    /// For each argument, its negation once something asked for it.
    negations: Vec<Option<usize>>,
}

/// An argument and how much it weighs where weights are compared.
type Weighed = (usize, f64);

impl<'f, 'g> Builder<'f, 'g> {
    fn start(framework: &'f Framework<'g>, terms: &'f Terms) -> Self {
        let graph = framework.graph;
        let mut builder = Self {
            framework,
            terms,
            built: AbstractFramework::default(),
            carriers: Vec::with_capacity(framework.n_inferences()),
            negations: Vec::new(),
        };
        for statement in graph.statements() {
            builder.add(Argument::Statement(statement));
        }
        for inference in graph.inferences() {
            let undercuts = graph.undercuts.get(inference.index());
            let carrier = match graph.premises.get(inference.index()) {
                _ if !framework.is_whole(inference) => None,
                [only] if undercuts.is_empty() => Some(only.index()),
                _ => Some(builder.add(Argument::Inference(inference))),
            };
            builder.carriers.push(carrier);
        }
        builder
    }

    fn add(&mut self, argument: Argument) -> usize {
        self.built.arguments.push(argument);
        self.negations.push(None);
        self.built.arguments.len() - 1
    }

    fn attack(&mut self, by: usize, target: usize) {
        self.built.attacks.push((by, target));
    }

    fn negation(&mut self, of: usize) -> usize {
        if let Some(known) = self.negations[of] {
            return known;
        }
        let negation = self.add(Argument::Not(of));
        self.attack(of, negation);
        self.negations[of] = Some(negation);
        negation
    }

    /// A step is in where all its premises are and no undercut is.
    fn add_inference(&mut self, inference: InferenceIdx) {
        let graph = self.framework.graph;
        let Some(own) = self.carriers[inference.index()] else {
            return;
        };
        if self.built.arguments[own] != Argument::Inference(inference) {
            return;
        }
        for premise in graph.premises.get(inference.index()) {
            let negation = self.negation(premise.index());
            self.attack(negation, own);
        }
        for undercut in graph.undercuts.get(inference.index()) {
            if let Some(attacker) = self.carriers[undercut.index()] {
                self.attack(attacker, own);
            }
        }
    }

    /// A statement is in where a reason prevails over every objection.
    fn add_statement(&mut self, statement: StatementIdx) {
        let own = self.framework.standards[statement.index()];
        let objections = self.objections(statement);
        match self.terms.standard.unwrap_or(own) {
            Standard::DialecticalValidity => self.add_unopposed(statement, &objections),
            standard => self.add_weighed(statement, &objections, standard),
        }
    }

    /// Any objection is enough against all reasons.
    fn add_unopposed(&mut self, statement: StatementIdx, objections: &[Weighed]) {
        for (objection, _) in objections {
            self.attack(*objection, statement.index());
        }
        if self.framework.is_assumed[statement.index()] {
            return;
        }
        let unsupported = self.add(Argument::Unsupported(statement));
        self.attack(unsupported, statement.index());
        for (reason, _) in self.reasons(statement) {
            self.attack(reason, unsupported);
        }
    }

    /// Each reason is held against each objection. Standards compare the greatest weights of either side only, so a
    /// reason meets them exactly where it does so against every objection that holds.
    fn add_weighed(&mut self, statement: StatementIdx, objections: &[Weighed], standard: Standard) {
        let thresholds = self.terms.thresholds;
        let unsupported = self.add(Argument::Unsupported(statement));
        self.attack(unsupported, statement.index());
        let reasons = self.reasons(statement).into_iter();
        let mut reasons: Vec<(Option<usize>, f64)> = reasons.map(|(r, w)| (Some(r), w)).collect();
        let own = self.framework.base[statement.index()].middle();
        reasons.extend(self.framework.is_assumed[statement.index()].then_some((None, own)));
        for (reason, weight) in reasons {
            if !thresholds.is_met(standard, Some(weight), None) {
                continue;
            }
            let target = statement;
            let case = self.add(Argument::Prevails { reason, target });
            self.attack(case, unsupported);
            if let Some(reason) = reason {
                let negation = self.negation(reason);
                self.attack(negation, case);
            }
            for (objection, against) in objections {
                if !thresholds.is_met(standard, Some(weight), Some(*against)) {
                    self.attack(*objection, case);
                }
            }
        }
    }

    fn reasons(&self, statement: StatementIdx) -> Vec<Weighed> {
        let reasons = self.framework.graph.reasons.get(statement.index());
        self.weighed(reasons).collect()
    }

    /// The objections to a statement: those that the map makes, the reasons for its rivals, and rivals that are assumed.
    fn objections(&self, statement: StatementIdx) -> Vec<Weighed> {
        let (framework, graph) = (self.framework, self.framework.graph);
        let own = graph.objections.get(statement.index());
        let mut objections: Vec<Weighed> = self.weighed(own).collect();
        for rival in framework.rivals.get(statement.index()) {
            objections.extend(self.weighed(graph.reasons.get(rival.index())));
            let base = framework.base[rival.index()].middle();
            let assumed = framework.is_assumed[rival.index()];
            objections.extend(assumed.then_some((rival.index(), base)));
        }
        objections
    }

    fn weighed(&self, inferences: &[InferenceIdx]) -> impl Iterator<Item = Weighed> {
        inferences.iter().filter_map(|inference| {
            let weight = self.framework.weights[inference.index()];
            Some((self.carriers[inference.index()]?, weight))
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::analysis::{Dossier, Leaves, Semantics, Verdict, Verdicts, random_map};
    use crate::source::NoFiles;

    /// The grounded labelling by its definition: in where all attackers are out, out where one is in, until nothing
    /// changes.
    fn grounded(framework: &AbstractFramework) -> Vec<Verdict> {
        let mut labels = vec![Verdict::Undecided; framework.arguments.len()];
        loop {
            let before = labels.clone();
            for (at, label) in labels.iter_mut().enumerate() {
                let attacks = framework.attacks.iter();
                let attackers = attacks.filter(|(_, attacked)| *attacked == at);
                let attackers: Vec<Verdict> = attackers.map(|(by, _)| before[*by]).collect();
                if attackers.contains(&Verdict::In) {
                    *label = Verdict::Out;
                } else if attackers.iter().all(|attacker| *attacker == Verdict::Out) {
                    *label = Verdict::In;
                }
            }
            if labels == before {
                return labels;
            }
        }
    }

    fn dossier(map: &str) -> Dossier {
        Dossier::open("map.yaml", map.into(), &NoFiles)
    }

    /// The verdicts on statements by the translation, and by evaluation.
    fn both(dossier: &Dossier, terms: &Terms) -> (Vec<Verdict>, Vec<Verdict>) {
        let framework = Framework::of(&dossier.map, &dossier.graph, terms.leaves);
        let mut labels = grounded(&AbstractFramework::of(&framework, terms));
        labels.truncate(dossier.map.statements.len());
        (labels, Verdicts::of(&framework, terms).statements)
    }

    fn terms() -> Terms {
        Terms {
            semantics: Semantics::Grounded,
            ..Terms::default()
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2000))]

        #[test]
        fn grounded_labels_are_the_grounded_verdicts(map in random_map()) {
            let dossier = dossier(&map);
            let (translated, evaluated) = both(&dossier, &terms());
            prop_assert_eq!(translated, evaluated, "\n{}", map);
        }

        #[test]
        fn so_they_are_by_one_standard_for_all_and_with_bare_claims_accepted(
            map in random_map(), standard in 0..5usize,
        ) {
            let dossier = dossier(&map);
            let terms = Terms {
                leaves: Leaves::Accept,
                standard: Some(Standard::ALL[standard]),
                ..terms()
            };
            let (translated, evaluated) = both(&dossier, &terms);
            prop_assert_eq!(translated, evaluated, "\n{}", map);
        }

        #[test]
        fn without_circles_of_reasons_they_are_the_usual_verdicts_too(map in random_map()) {
            let dossier = dossier(&map);
            if dossier.analysis.support.cycles.is_empty() {
                let (translated, _) = both(&dossier, &terms());
                prop_assert_eq!(&translated, &dossier.analysis.verdicts.statements, "\n{}", map);
            }
        }
    }

    /// Attacks as `attacker attacked`, statements by their ids and the rest by number.
    fn attacks(map: &str) -> String {
        let dossier = dossier(map);
        let framework = Framework::of(&dossier.map, &dossier.graph, Leaves::Question);
        let translated = AbstractFramework::of(&framework, &terms());
        let name = |at: usize| match translated.arguments[at] {
            Argument::Statement(s) => dossier.map.statement(s).id.clone(),
            _ => at.to_string(),
        };
        let pairs = translated.attacks.iter();
        let pairs = pairs.map(|(one, other)| format!("{} {}", name(*one), name(*other)));
        pairs.collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_map_of_evidence_and_plain_objections_is_its_own_translation() {
        let map = "
thesis: c
evidence:
  a: {text: A, contradicts: d}
  b: {text: B, objections: [a]}
  c: {text: C, objections: [b, b]}
  d: D";
        assert_eq!(attacks(map), "a b, a d, b c, d a");
    }

    #[test]
    fn a_step_with_a_premise_that_nobody_defined_takes_part_in_nothing() {
        let map = "
thesis: c
evidence:
  c: {text: C, objections: [{premises: [a, nobody], objections: [a]}]}
  a: A";
        assert_eq!(attacks(map), "");
    }
}
