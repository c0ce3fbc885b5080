//! What changed between two versions of an argument, whatever happened to the text of its file?

use rustc_hash::FxHashMap;

use super::likeness::pair;
use super::{Dossier, Grounding};
use crate::graph::ArgumentGraph;
use crate::model::{InferenceIdx, Polarity, StatementIdx, Strength, Target, Text};
use crate::source::single_spaced;

/// What changed from an old version of an argument to a new one.
///
/// Statements are the same if their authors gave them the same id, else by their words; inferences are the same if they
/// lead from the same statements to the same target. Order, comments and layout of the files do not count.
#[derive(Clone, Debug, Default)]
pub struct Difference {
    /// For each old statement, the new one.
    pub statements: Vec<Option<StatementIdx>>,
    /// For each old inference, the new one.
    pub inferences: Vec<Option<InferenceIdx>>,
    /// New statements, in the order of the new version.
    pub added: Vec<StatementIdx>,
    /// Statements that are gone, in the order of the old version.
    pub removed: Vec<StatementIdx>,
    /// Statements that are in both, and not alike.
    pub changed: Vec<Changed<StatementIdx>>,
    /// Reasons and objections that are new, for and against what was there before.
    pub gained: Vec<InferenceIdx>,
    /// Reasons and objections that are gone, for and against what is still there.
    pub lost: Vec<InferenceIdx>,
    /// Reasons and objections that are in both, and not alike.
    pub changed_steps: Vec<Changed<InferenceIdx>>,
}

/// Something that is in both versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed<T> {
    /// Which it was.
    pub old: T,
    /// Which it is.
    pub new: T,
    /// In what it changed.
    pub changes: Vec<Change>,
}

/// One thing about a statement or an inference that changed.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Change {
    /// What: a key of the format, or `thesis` or `support`.
    pub what: &'static str,
    /// What it was; empty for nothing.
    pub old: String,
    /// What it is; empty for nothing.
    pub new: String,
}

impl Difference {
    /// Compares two versions; all but linear in their size.
    pub fn between(old: &Dossier, new: &Dossier) -> Self {
        let statements = match_statements(old, new);
        let inferences = match_inferences(&old.graph, &new.graph, &statements);
        let mut difference = Self {
            statements,
            inferences,
            ..Self::default()
        };
        difference.compare_statements(old, new);
        difference.compare_inferences(old, new);
        difference
    }

    /// Whether the two versions make the same argument.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.gained.is_empty()
            && self.lost.is_empty()
            && self.changed_steps.is_empty()
    }

    fn compare_statements(&mut self, old: &Dossier, new: &Dossier) {
        let mut is_new = vec![true; new.graph.n_statements()];
        for idx in old.graph.statements() {
            let Some(now) = self.statements[idx.index()] else {
                self.removed.push(idx);
                continue;
            };
            is_new[now.index()] = false;
            let changes = changes(&facts(old, idx), &facts(new, now));
            if !changes.is_empty() {
                self.changed.push(Changed {
                    old: idx,
                    new: now,
                    changes,
                });
            }
        }
        let added = new.graph.statements();
        self.added = added.filter(|idx| is_new[idx.index()]).collect();
    }

    fn compare_inferences(&mut self, old: &Dossier, new: &Dossier) {
        let mut origins = vec![None; new.graph.n_inferences()];
        for idx in old.graph.inferences() {
            let Some(now) = self.inferences[idx.index()] else {
                if self.still_has(old.graph.targets[idx.index()]) {
                    self.lost.push(idx);
                }
                continue;
            };
            origins[now.index()] = Some(idx);
            let changes = changes(&step_facts(old, idx), &step_facts(new, now));
            if !changes.is_empty() {
                self.changed_steps.push(Changed {
                    old: idx,
                    new: now,
                    changes,
                });
            }
        }
        let mut had_statement = vec![false; new.graph.n_statements()];
        for statement in self.statements.iter().flatten() {
            had_statement[statement.index()] = true;
        }
        // What leads to a new target is news of that target.
        let had = |target: Target| match target {
            Target::Statement(target) => had_statement[target.index()],
            Target::Inference(target) => origins[target.index()].is_some(),
        };
        let gained = new
            .graph
            .inferences()
            .filter(|idx| origins[idx.index()].is_none() && had(new.graph.targets[idx.index()]));
        self.gained = gained.collect();
    }

    fn still_has(&self, target: Target) -> bool {
        match target {
            Target::Statement(target) => self.statements[target.index()].is_some(),
            Target::Inference(target) => self.inferences[target.index()].is_some(),
        }
    }
}

/// Ids that authors gave first, then texts.
fn match_statements(old: &Dossier, new: &Dossier) -> Vec<Option<StatementIdx>> {
    let own_id = |dossier: &Dossier, idx: StatementIdx| {
        let statement = dossier.map.statement(idx);
        statement.has_own_id().then(|| statement.id.clone())
    };
    let by_id: FxHashMap<String, StatementIdx> = new
        .graph
        .statements()
        .filter_map(|idx| Some((own_id(new, idx)?, idx)))
        .collect();
    let mut is_free = vec![true; new.graph.n_statements()];
    let find = |idx| own_id(old, idx).and_then(|id| by_id.get(&id).copied());
    let mut matched: Vec<Option<StatementIdx>> = old.graph.statements().map(find).collect();
    for idx in matched.iter().flatten() {
        is_free[idx.index()] = false;
    }
    let old_rest = old
        .graph
        .statements()
        .filter(|idx| matched[idx.index()].is_none());
    let old_rest: Vec<StatementIdx> = old_rest.collect();
    let new_rest = new.graph.statements().filter(|idx| is_free[idx.index()]);
    let new_rest: Vec<StatementIdx> = new_rest.collect();
    let pairs = pair(&texts(old, &old_rest), &texts(new, &new_rest));
    for (from, to) in pairs {
        matched[old_rest[from].index()] = Some(new_rest[to]);
    }
    matched
}

fn texts<'d>(dossier: &'d Dossier, statements: &[StatementIdx]) -> Vec<&'d str> {
    let text = |idx: &StatementIdx| dossier.map.statement(*idx).text.value.as_str();
    statements.iter().map(text).collect()
}

/// What makes an inference the same: its polarity, its target and the set of its premises, all in the new version.
type Signature = (Polarity, Target, Vec<StatementIdx>);

fn match_inferences(
    old: &ArgumentGraph,
    new: &ArgumentGraph,
    statements: &[Option<StatementIdx>],
) -> Vec<Option<InferenceIdx>> {
    let mut of_signature: FxHashMap<Signature, Vec<InferenceIdx>> = FxHashMap::default();
    // The first of several alike is the last on its list, which is the next to be taken.
    for idx in new.inferences().collect::<Vec<_>>().into_iter().rev() {
        let premises = as_set(new.premises.get(idx.index()).to_vec());
        let signature = (
            new.polarities[idx.index()],
            new.targets[idx.index()],
            premises,
        );
        of_signature.entry(signature).or_default().push(idx);
    }
    let mut matched: Vec<Option<InferenceIdx>> = vec![None; old.n_inferences()];
    for idx in old.inferences() {
        let target = match old.targets[idx.index()] {
            Target::Statement(target) => statements[target.index()].map(Target::Statement),
            // What an undercut attacks stands before it.
            Target::Inference(target) => matched[target.index()].map(Target::Inference),
        };
        let premises = old.premises.get(idx.index()).iter();
        let premises: Option<Vec<_>> = premises
            .map(|premise| statements[premise.index()])
            .collect();
        if let (Some(target), Some(premises)) = (target, premises) {
            let signature = (old.polarities[idx.index()], target, as_set(premises));
            matched[idx.index()] = of_signature.get_mut(&signature).and_then(Vec::pop);
        }
    }
    matched
}

fn as_set(mut premises: Vec<StatementIdx>) -> Vec<StatementIdx> {
    premises.sort_unstable();
    premises.dedup();
    premises
}

type Facts = Vec<(&'static str, String)>;

fn changes(old: &Facts, new: &Facts) -> Vec<Change> {
    let both = old.iter().zip(new);
    both.filter(|((_, old), (_, new))| old != new)
        .map(|((what, old), (_, new))| Change {
            what,
            old: old.clone(),
            new: new.clone(),
        })
        .collect()
}

/// What is compared of a statement.
fn facts(dossier: &Dossier, idx: StatementIdx) -> Facts {
    let statement = dossier.map.statement(idx);
    let own_id = if statement.has_own_id() {
        statement.id.as_str()
    } else {
        ""
    };
    let strength = statement
        .strength
        .as_ref()
        .map(|strength| match strength.value {
            Strength::Number(number) => number.to_string(),
            Strength::Word(word) => word.name().to_owned(),
        });
    let standard = statement
        .standard
        .as_ref()
        .map(|standard| standard.value.name());
    let sources = statement.citations.iter().map(|citation| &citation.source);
    let support = match dossier.analysis.support.of_statement(idx) {
        // That evidence and assumptions are taken for granted is what their kind says.
        Grounding::Assumed => "",
        other => other.name(),
    };
    vec![
        ("id", own_id.to_owned()),
        ("text", single_spaced(&statement.text.value)),
        ("kind", statement.kind.name().to_owned()),
        ("thesis", yes_or_no(dossier.is_thesis(idx))),
        ("strength", strength.unwrap_or_default()),
        ("standard", standard.unwrap_or_default().to_owned()),
        ("source", listed(sources)),
        ("contradicts", listed(statement.contradicts.iter())),
        ("undeveloped", yes_or_no(statement.undeveloped)),
        ("support", support.to_owned()),
    ]
}

/// What is compared of an inference.
fn step_facts(dossier: &Dossier, idx: InferenceIdx) -> Facts {
    let inference = dossier.map.inference(idx);
    let text = |text: &Option<Text>| single_spaced(text.as_ref().map_or("", |text| &text.value));
    let weight = inference
        .weight
        .as_ref()
        .map(|weight| weight.value.to_string());
    let mut answers: Vec<String> = inference
        .answers
        .iter()
        .map(|it| format!("{}: {}", it.question.value, single_spaced(&it.answer.value)))
        .collect();
    answers.sort_unstable();
    vec![
        ("scheme", text(&inference.scheme)),
        ("warrant", text(&inference.warrant)),
        ("weight", weight.unwrap_or_default()),
        ("answers", answers.join("; ")),
    ]
}

fn yes_or_no(is: bool) -> String {
    if is { "yes" } else { "no" }.to_owned()
}

/// Names in their own order, since that of the file does not count.
fn listed<'t>(names: impl Iterator<Item = &'t Text>) -> String {
    let mut names: Vec<&str> = names.map(|name| name.value.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::NoFiles;

    fn open(map: &str) -> Dossier {
        Dossier::open("m.yaml", map.as_bytes().to_vec(), &NoFiles)
    }

    fn summary(old: &str, new: &str) -> String {
        let (old, new) = (open(old), open(new));
        let difference = Difference::between(&old, &new);
        let mut lines = Vec::new();
        let id = |dossier: &Dossier, idx: &StatementIdx| dossier.map.statement(*idx).id.clone();
        let step = |dossier: &Dossier, idx: &InferenceIdx| dossier.map.inference(*idx).id.clone();
        lines.extend(
            difference
                .removed
                .iter()
                .map(|it| format!("-{}", id(&old, it))),
        );
        lines.extend(
            difference
                .added
                .iter()
                .map(|it| format!("+{}", id(&new, it))),
        );
        for it in &difference.changed {
            let changes = it.changes.iter();
            let changes = changes.map(|c| format!("{} {}>{}", c.what, c.old, c.new));
            lines.push(format!(
                "~{} {}",
                id(&new, &it.new),
                changes.collect::<Vec<_>>().join(", ")
            ));
        }
        lines.extend(
            difference
                .lost
                .iter()
                .map(|it| format!("lost {}", step(&old, it))),
        );
        lines.extend(
            difference
                .gained
                .iter()
                .map(|it| format!("gained {}", step(&new, it))),
        );
        for it in &difference.changed_steps {
            lines.push(format!("~{} {}", step(&new, &it.new), it.changes[0].what));
        }
        assert_eq!(difference.is_empty(), lines.is_empty());
        lines.join("\n")
    }

    const OLD: &str = "\
thesis: {id: t, claim: The bridge should close., reasons: [a, [b, c]], objections: [The market would be cut off.]}
claims: {a: The deck is no longer safe., b: The detour is short.}
assumptions: {c: Buses can use the detour.}
";

    #[test]
    fn order_and_layout_make_no_difference() {
        let new = "\
assumptions:
  c: Buses can
    use the detour.
claims: {b: The detour is short., a: The deck is no longer safe.}
thesis:
  id: t
  objections: [{claim: The market would be cut off.}]
  claim: The bridge should close.
  reasons: [[c, b], {premises: a}]
";
        assert_eq!(summary(OLD, new), "");
    }

    #[test]
    fn what_is_said_in_other_words_under_another_id_is_the_same_statement() {
        let new = OLD
            .replace("a: The deck is no", "deck: The deck is not any")
            .replace("[a, ", "[deck, ");
        assert_eq!(
            summary(OLD, &new),
            "~deck id a>deck, text The deck is no longer safe.>The deck is not any longer safe."
        );
    }

    #[test]
    fn a_lost_premise_is_a_reason_lost_and_one_gained() {
        let new = OLD.replace("[b, c]", "b");
        assert_eq!(summary(OLD, &new), "lost t.r2\ngained t.r2");
    }

    #[test]
    fn steps_of_new_and_removed_statements_are_no_news_of_their_own() {
        let new = OLD.replace(
            "a: The deck is no longer safe.",
            "a: {text: The deck is no longer safe., reasons: [{claim: It rusts., reasons: [c]}]}",
        );
        assert_eq!(
            summary(OLD, &new),
            "+it-rusts\n~t support ungrounded>grounded\n~a support unsupported>grounded\ngained a.r1"
        );
        assert_eq!(
            summary(&new, OLD),
            "-it-rusts\n~t support grounded>ungrounded\n~a support grounded>unsupported\nlost a.r1"
        );
    }

    #[test]
    fn undercuts_follow_the_step_that_they_attack() {
        let step = |objections: &str| {
            OLD.replace(
                "reasons: [a,",
                &format!("reasons: [{{premises: a{objections}}},"),
            )
        };
        let old = step(", warrant: Safety first., objections: [It was repaired last year.]");
        let new = step(", warrant: Safety comes first., objections: [It was repaired last year.]");
        assert_eq!(summary(&old, &new), "~t.r1 warrant");
        assert_eq!(
            summary(&old, &step(", warrant: Safety first.")),
            "-it-was-repaired-last-year\nlost t.r1.o1"
        );
    }
}
