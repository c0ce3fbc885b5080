//! What would bring a thesis down, with all that a reader needs to see of it.

use std::collections::BTreeMap;

use crate::analysis::robustness::{
    Limits, Live, Outcome, Robustness, SinglePoints, SourceIdx, Sources,
};
use crate::analysis::{
    Dossier, Framework, Gradient, Interval, Node, StrengthTerms, Strengths, Terms, Verdict,
    Verdicts,
};
use crate::model::{InferenceIdx, StatementIdx};

/// How much work finding pivots and losses may be, in nodes looked at.
const MAX_WORK: usize = 50_000_000;

/// What one thesis hangs on.
#[derive(Clone, Debug)]
pub struct Crux {
    /// The thesis.
    pub thesis: StatementIdx,
    /// By the reasons as drawn, in statements.
    pub statements: Outcome<Robustness<StatementIdx>>,
    /// The same, but for single points only, by the reasons that still stand; none where all do.
    pub standing: Option<Outcome<SinglePoints<StatementIdx>>>,
    /// The accepted statements among those assumed whose rejection alone changes the verdict on the thesis, objections
    /// and all; none where the map is too large to try each.
    pub pivots: Option<Vec<StatementIdx>>,
    /// By the reasons as drawn, in sources.
    pub sources: Outcome<Robustness<SourceIdx>>,
    /// How strong the thesis is; none where the map has no numbers, or they do not come to rest.
    pub strength: Option<Interval>,
    /// What hangs on each statement and step, the most first.
    pub ranking: Vec<Ranked>,
}

/// How much hangs on a statement or a step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ranked {
    /// The statement or the step.
    pub node: Node,
    /// The strength of the thesis less its strength without it.
    pub loss: Option<f64>,
    /// How fast the strength of the thesis rises with its own.
    pub gradient: Option<f64>,
    /// Birnbaum's structural importance, for what is assumed and carries the thesis.
    pub birnbaum: Option<f64>,
    /// The structural importance of Fussell and Vesely, likewise.
    pub fussell_vesely: Option<f64>,
}

impl Crux {
    /// Finds what a thesis hangs on, by the verdicts of the dossier; strengths only where the map gives numbers.
    ///
    /// Linear on trees; what is not is bounded by the limits.
    pub fn of(
        dossier: &Dossier,
        thesis: StatementIdx,
        strength_terms: &StrengthTerms,
        limits: &Limits,
    ) -> Self {
        let terms = &dossier.analysis.terms;
        let mut framework = Framework::of(&dossier.map, &dossier.graph, terms.leaves);
        let mut drawn = Live::drawn(&framework);
        suppose(terms, &mut framework, &mut drawn);
        let verdicts = &dossier.analysis.verdicts;
        let live = Live::standing(&framework, verdicts);
        // A reason that nothing carries falls to no objection.
        let support = &dossier.analysis.support;
        let premises = |i: InferenceIdx| dossier.graph.premises.get(i.index()).iter();
        let is_carried =
            |i| premises(i).all(|premise| !support.of_statement(*premise).is_failing());
        let is_whole = dossier
            .graph
            .inferences()
            .all(|i| live.counts(i) == drawn.counts(i) || !is_carried(i));
        let statements = Robustness::of(&framework, &drawn, thesis, limits);
        let sources = Sources::of(&dossier.map, &framework, &drawn);
        let mut crux = Self {
            thesis,
            standing: (!is_whole).then(|| SinglePoints::of(&framework, &live, thesis, limits)),
            pivots: pivots(&framework, terms, verdicts, thesis),
            sources: sources.robustness(&framework, &drawn, thesis, limits),
            strength: None,
            ranking: Vec::new(),
            statements,
        };
        let strengths = has_numbers(dossier).then(|| Strengths::of(&framework, strength_terms));
        crux.strength = strengths.as_ref().and_then(|all| all.of_statement(thesis));
        crux.rank(&framework, strengths.as_ref());
        crux
    }

    fn rank(&mut self, framework: &Framework<'_>, strengths: Option<&Strengths>) {
        let by_strength = strengths.map(|all| by_strength(framework, all, self.thesis));
        let mut ranked: BTreeMap<Node, Ranked> = BTreeMap::new();
        for entry in by_strength.unwrap_or_default() {
            ranked.insert(entry.node, entry);
        }
        let carried = match &self.statements {
            Outcome::Carried(robustness) => &*robustness.importance,
            Outcome::Unsupported | Outcome::Given => &[],
        };
        for importance in carried {
            let node = Node::Statement(importance.event);
            let entry = ranked.entry(node).or_insert_with(|| Ranked::new(node));
            entry.birnbaum = importance.birnbaum;
            entry.fussell_vesely = importance.fussell_vesely;
        }
        self.ranking = ranked.into_values().collect();
        // Stable: what weighs the same stays in document order.
        self.ranking
            .sort_by(|one, other| other.weight().total_cmp(&one.weight()));
    }
}

impl Ranked {
    fn new(node: Node) -> Self {
        Self {
            node,
            loss: None,
            gradient: None,
            birnbaum: None,
            fussell_vesely: None,
        }
    }

    /// What it is ranked by.
    fn weight(&self) -> f64 {
        let known = self.loss.or(self.gradient).or(self.birnbaum);
        known.unwrap_or(f64::NEG_INFINITY)
    }
}

/// Takes in what is supposed: what is accepted needs no reason, and what is rejected has none.
fn suppose(terms: &Terms, framework: &mut Framework<'_>, live: &mut Live) {
    for &(statement, verdict) in &terms.statements {
        framework.is_assumed[statement.index()] = verdict == Verdict::In;
        if verdict != Verdict::In {
            for reason in framework.graph.reasons.get(statement.index()) {
                live.leave_out(*reason);
            }
        }
    }
    for &(inference, verdict) in &terms.inferences {
        if verdict != Verdict::In {
            live.leave_out(inference);
        }
    }
}

/// Whether the map says how strong anything is.
fn has_numbers(dossier: &Dossier) -> bool {
    let map = &dossier.map;
    map.statements.iter().any(|s| s.strength.is_some())
        || map.inferences.iter().any(|i| i.weight.is_some())
}

/// The assumed statements and the steps on which the strength of the thesis depends, in document order.
fn by_strength(
    framework: &Framework<'_>,
    strengths: &Strengths,
    thesis: StatementIdx,
) -> Vec<Ranked> {
    let Some(gradient) = Gradient::of(framework, strengths, thesis) else {
        return Vec::new();
    };
    let graph = framework.graph;
    let assumed = graph
        .statements()
        .filter(|s| framework.is_assumed[s.index()]);
    let statements = assumed.map(|s| (Node::Statement(s), gradient.of_base(s)));
    let inferences = graph
        .inferences()
        .map(|i| (Node::Inference(i), gradient.of_weight(i)));
    let depended = statements
        .chain(inferences)
        .filter(|(_, slope)| *slope != 0.0);
    let depended: Vec<(Node, f64)> = depended.collect();
    let nodes: Vec<Node> = depended.iter().map(|(node, _)| *node).collect();
    let losses = strengths.losses(framework, thesis, &nodes, MAX_WORK);
    let ranked = depended
        .into_iter()
        .zip(losses)
        .map(|((node, slope), loss)| Ranked {
            loss,
            gradient: Some(slope),
            ..Ranked::new(node)
        });
    ranked.collect()
}

/// Tries the rejection of each assumed statement that is accepted.
fn pivots(
    framework: &Framework<'_>,
    terms: &Terms,
    verdicts: &Verdicts,
    thesis: StatementIdx,
) -> Option<Vec<StatementIdx>> {
    let graph = framework.graph;
    let accepted = graph.statements().filter(|s| {
        let is_given = terms.statements.iter().any(|(given, _)| given == s);
        let is_accepted = verdicts.of_statement(*s) == Verdict::In;
        framework.is_assumed[s.index()] && is_accepted && !is_given && *s != thesis
    });
    let accepted: Vec<StatementIdx> = accepted.collect();
    let n_nodes = framework.n_statements() + framework.n_inferences();
    if accepted.len().saturating_mul(n_nodes) > MAX_WORK {
        return None;
    }
    let own = verdicts.of_statement(thesis);
    let changes = |statement: &StatementIdx| {
        let mut supposed = terms.clone();
        supposed.statements.push((*statement, Verdict::Out));
        Verdicts::of(framework, &supposed).of_statement(thesis) != own
    };
    Some(accepted.into_iter().filter(changes).collect())
}
