//! Rule `contradictory-premises`.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{InferenceIdx, Polarity, StatementIdx, Target};

/// One conclusion that rests on statements which contradict each other.
pub(super) static RULE: Rule = Rule {
    name: "contradictory-premises",
    group: Group::Support,
    level: Level::Error,
    summary: "one conclusion that rests on statements which contradict each other",
    page: include_str!("../../docs/rules/contradictory-premises.md"),
};

/// A pair of statements that cannot be true together: the one with more uses, and the other.
type Pair = (StatementIdx, StatementIdx);

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let mut pairs = pairs(dossier);
    let key = |(often, other): &Pair| (often.index(), other.index());
    pairs.sort_unstable_by_key(key);
    pairs.dedup();
    for group in pairs.chunk_by(|one, other| one.0 == other.0) {
        let uses = Uses::of(dossier, group[0].0);
        for pair in group {
            find(dossier, &uses, *pair, out);
        }
    }
}

/// All contradictions, the statement with more uses first, so that the rarer one's uses are what is gone through.
fn pairs(dossier: &Dossier) -> Vec<Pair> {
    let graph = &dossier.graph;
    let n_uses = |statement: StatementIdx| graph.uses.get(statement.index()).len();
    let written = graph.contradictions.iter().copied();
    written
        .filter(|(one, other)| one != other)
        .map(|(one, other)| {
            let one_is_first = (n_uses(one), one) > (n_uses(other), other);
            if one_is_first {
                (one, other)
            } else {
                (other, one)
            }
        })
        .collect()
}

/// The steps that use a statement.
struct Uses {
    steps: FxHashSet<InferenceIdx>,
    /// For each statement that it is a reason for, the first step of these.
    reasons: FxHashMap<StatementIdx, InferenceIdx>,
}

impl Uses {
    fn of(dossier: &Dossier, statement: StatementIdx) -> Self {
        let mut uses = Self {
            steps: FxHashSet::default(),
            reasons: FxHashMap::default(),
        };
        for step in dossier.graph.uses.get(statement.index()) {
            uses.steps.insert(*step);
            if let Some(target) = supported(dossier, *step) {
                uses.reasons.entry(target).or_insert(*step);
            }
        }
        uses
    }
}

/// Finds the steps that use both sides, and the claims with a reason from each; a claim is told once.
fn find(dossier: &Dossier, uses: &Uses, (often, other): Pair, out: &mut Vec<Diagnostic>) {
    let steps = dossier.graph.uses.get(other.index());
    let mut told: FxHashSet<StatementIdx> = FxHashSet::default();
    let (both, single): (Vec<InferenceIdx>, Vec<InferenceIdx>) =
        steps.iter().partition(|step| uses.steps.contains(step));
    for step in both {
        if told.insert(dossier.graph.conclusion(step)) {
            out.push(finding(dossier, [(step, often), (step, other)]));
        }
    }
    for step in single {
        let Some(target) = supported(dossier, step) else {
            continue;
        };
        if let Some(first) = uses.reasons.get(&target)
            && told.insert(target)
        {
            out.push(finding(dossier, [(*first, often), (step, other)]));
        }
    }
}

fn supported(dossier: &Dossier, step: InferenceIdx) -> Option<StatementIdx> {
    let graph = &dossier.graph;
    match (graph.polarities[step.index()], graph.targets[step.index()]) {
        (Polarity::Pro, Target::Statement(target)) => Some(target),
        _ => None,
    }
}

fn finding(dossier: &Dossier, mut uses: [(InferenceIdx, StatementIdx); 2]) -> Diagnostic {
    uses.sort_by_key(|(step, premise)| dossier.place_of_use(*step, *premise));
    let [(first_step, first), (step, second)] = uses;
    let what = if dossier.graph.is_objection(step) {
        "objection to"
    } else {
        "reason for"
    };
    let conclusion = dossier.kind_and_name(dossier.graph.conclusion(step));
    let ending = if first_step == step {
        format!("are premises of one {what} {conclusion}")
    } else {
        format!("are premises of two reasons for {conclusion}")
    };
    let message = format!(
        "{} and {} contradict each other and {ending}",
        dossier.name(first),
        dossier.name(second)
    );
    Diagnostic::new(&RULE, dossier.place_of_use(step, second), message)
        .label(
            dossier.place_of_use(first_step, first),
            "cannot be true together with the other",
        )
        .help("give up one of the two, or take out `contradicts` if both can be true")
        .about_inference(step)
}
