//! Which statements of a diagram stand in one frame.

use std::collections::VecDeque;

use rustc_hash::FxHashMap;

use super::choice::{GroupBy, Wording};
use super::diagram::Group;
use super::facts::Facts;
use crate::model::{InferenceIdx, StatementIdx};

/// The groups of what is shown, in the order of their first members; O(n + m).
///
/// `shown` are the statements of the diagram's boxes, in order. A statement without a tag, a source or a thesis is in
/// no group.
pub(super) fn groups(
    facts: &Facts<'_>,
    by: GroupBy,
    wording: &Wording,
    shown: &[StatementIdx],
) -> Vec<Group> {
    match by {
        GroupBy::Tag => gather(shown, |it| {
            let tag = facts.dossier.map.statement(it).tags.first()?;
            Some((tag.value.clone(), tag.value.clone()))
        }),
        GroupBy::Source => gather(shown, |it| source(facts, it)),
        GroupBy::Thesis => {
            let nearest = nearest_theses(facts);
            gather(shown, |it| {
                let thesis = nearest[it.index()]?;
                let written = facts.dossier.map.statement(thesis);
                let heading = written.label.as_ref().unwrap_or(&written.text);
                Some((thesis, wording.cut(&heading.value)))
            })
        }
    }
}

/// The first work that a statement rests on, with its name.
fn source(facts: &Facts<'_>, statement: StatementIdx) -> Option<(String, String)> {
    let cited = facts.sources(statement).into_iter().next()?;
    let id = cited.id?.to_owned();
    let name = match cited.source {
        Some(source) => facts.work_name(source),
        None => id.clone(),
    };
    Some((id, name))
}

/// Statements with the same key are a group; the key comes with the heading.
fn gather<K: std::hash::Hash + Eq>(
    shown: &[StatementIdx],
    key: impl Fn(StatementIdx) -> Option<(K, String)>,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut group_of: FxHashMap<K, usize> = FxHashMap::default();
    for (node, statement) in shown.iter().enumerate() {
        let Some((key, label)) = key(*statement) else {
            continue;
        };
        let group = *group_of.entry(key).or_insert_with(|| {
            let nodes = Vec::new();
            groups.push(Group { label, nodes });
            groups.len() - 1
        });
        groups[group].nodes.push(node);
    }
    groups
}

/// For each statement, the thesis that it leads to in the fewest steps, the first of several; a breadth-first search
/// down from all of them at once.
fn nearest_theses(facts: &Facts<'_>) -> Vec<Option<StatementIdx>> {
    let graph = &facts.dossier.graph;
    let mut nearest = vec![None; graph.n_statements()];
    let mut is_passed = vec![false; graph.n_inferences()];
    let mut open: VecDeque<(&[InferenceIdx], StatementIdx)> = VecDeque::new();
    let reach = |nearest: &mut Vec<Option<StatementIdx>>,
                 open: &mut VecDeque<_>,
                 statement: StatementIdx,
                 thesis| {
        if nearest[statement.index()].is_none() {
            nearest[statement.index()] = Some(thesis);
            open.push_back((graph.reasons.get(statement.index()), thesis));
            open.push_back((graph.objections.get(statement.index()), thesis));
        }
    };
    for thesis in &graph.theses {
        reach(&mut nearest, &mut open, *thesis, *thesis);
    }
    while let Some((steps, thesis)) = open.pop_front() {
        for step in steps {
            if std::mem::replace(&mut is_passed[step.index()], true) {
                continue;
            }
            for premise in graph.premises.get(step.index()) {
                reach(&mut nearest, &mut open, *premise, thesis);
            }
            open.push_back((graph.undercuts.get(step.index()), thesis));
        }
    }
    nearest
}
