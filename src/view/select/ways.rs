//! The ways through an argument: down to reasons and objections, up to what they bear on.
//!
//! Each function hands back for each statement whether it is reached; each is a breadth-first search in O(n + m).

use std::collections::VecDeque;

use crate::graph::ArgumentGraph;
use crate::model::{InferenceIdx, StatementIdx, Target};

/// What is at most so many steps below or above.
pub(super) fn around(graph: &ArgumentGraph, start: &[StatementIdx], depth: usize) -> Vec<bool> {
    let mut reached = down(graph, start, depth, &[]);
    up(graph, start, depth, &mut reached);
    reached
}

/// These statements and their ways up, as far as they go.
pub(super) fn up_from(graph: &ArgumentGraph, start: &[StatementIdx]) -> Vec<bool> {
    let mut reached = vec![false; graph.n_statements()];
    up(graph, start, usize::MAX, &mut reached);
    reached
}

/// Everything but what hangs under the collapsed statements alone.
///
/// A statement stays where a way down leads to it that does not pass through a collapsed one: from a thesis, from
/// what bears on nothing, or from anything that is under no collapsed statement.
pub(super) fn collapsed(graph: &ArgumentGraph, collapsed: &[StatementIdx]) -> Vec<bool> {
    let under = down(graph, collapsed, usize::MAX, &[]);
    let mut is_root: Vec<bool> = under.iter().map(|it| !it).collect();
    for thesis in &graph.theses {
        is_root[thesis.index()] = true;
    }
    for statement in graph.statements() {
        is_root[statement.index()] |= graph.uses.get(statement.index()).is_empty();
    }
    let roots = graph.statements().filter(|it| is_root[it.index()]);
    let mut roots: Vec<StatementIdx> = roots.collect();
    // A circle that nothing else leads to has to begin somewhere.
    let led_to = down(graph, &roots, usize::MAX, &[]);
    roots.extend(collapsed.iter().filter(|it| !led_to[it.index()]));
    let mut is_closed = vec![false; graph.n_statements()];
    for statement in collapsed {
        is_closed[statement.index()] = true;
    }
    down(graph, &roots, usize::MAX, &is_closed)
}

/// What is at most so many steps down. A step for or against a statement is one step away and so are its premises;
/// an objection to the step is one further. Nothing under what is closed counts; an empty list closes nothing.
fn down(
    graph: &ArgumentGraph,
    start: &[StatementIdx],
    depth: usize,
    is_closed: &[bool],
) -> Vec<bool> {
    let mut reached = vec![false; graph.n_statements()];
    let mut reached_steps = vec![false; graph.n_inferences()];
    let mut open: VecDeque<(Target, usize)> = VecDeque::new();
    for statement in start {
        if !std::mem::replace(&mut reached[statement.index()], true) {
            open.push_back((Target::Statement(*statement), 0));
        }
    }
    while let Some((at, distance)) = open.pop_front() {
        if distance == depth {
            continue;
        }
        for step in steps_under(graph, at, is_closed) {
            if std::mem::replace(&mut reached_steps[step.index()], true) {
                continue;
            }
            open.push_back((Target::Inference(*step), distance + 1));
            for premise in graph.premises.get(step.index()) {
                if !std::mem::replace(&mut reached[premise.index()], true) {
                    open.push_back((Target::Statement(*premise), distance + 1));
                }
            }
        }
    }
    reached
}

fn steps_under<'g>(
    graph: &'g ArgumentGraph,
    at: Target,
    is_closed: &[bool],
) -> impl Iterator<Item = &'g InferenceIdx> {
    let (some, others): (&[InferenceIdx], &[InferenceIdx]) = match at {
        Target::Statement(it) if is_closed.get(it.index()) == Some(&true) => (&[], &[]),
        Target::Statement(it) => (
            graph.reasons.get(it.index()),
            graph.objections.get(it.index()),
        ),
        Target::Inference(it) => (graph.undercuts.get(it.index()), &[]),
    };
    some.iter().chain(others)
}

/// What is at most so many steps up, beside what is reached already. A step comes whole, with the premises that are
/// linked there, but the way leads on from its target alone. Who objects to a step is one step from its target.
fn up(graph: &ArgumentGraph, start: &[StatementIdx], depth: usize, reached: &mut [bool]) {
    let mut is_passed = vec![false; graph.n_statements()];
    let mut passed_steps = vec![false; graph.n_inferences()];
    let mut open: VecDeque<(StatementIdx, usize)> = VecDeque::new();
    for statement in start {
        reached[statement.index()] = true;
        if !std::mem::replace(&mut is_passed[statement.index()], true) {
            open.push_back((*statement, 0));
        }
    }
    while let Some((statement, distance)) = open.pop_front() {
        if distance == depth {
            continue;
        }
        for used in graph.uses.get(statement.index()) {
            let Some(target) = whole_step(graph, *used, &mut passed_steps, reached) else {
                continue;
            };
            reached[target.index()] = true;
            if !std::mem::replace(&mut is_passed[target.index()], true) {
                open.push_back((target, distance + 1));
            }
        }
    }
}

/// Reaches the premises of a step, and of the step that it attacks, and so on; hands back the statement that this ends
/// at, nothing where a step on the way was passed before.
fn whole_step(
    graph: &ArgumentGraph,
    mut step: InferenceIdx,
    passed: &mut [bool],
    reached: &mut [bool],
) -> Option<StatementIdx> {
    while !std::mem::replace(&mut passed[step.index()], true) {
        for premise in graph.premises.get(step.index()) {
            reached[premise.index()] = true;
        }
        match graph.targets[step.index()] {
            Target::Inference(attacked) => step = attacked,
            Target::Statement(target) => return Some(target),
        }
    }
    None
}
