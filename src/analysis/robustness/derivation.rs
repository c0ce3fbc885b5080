//! One way in which the top holds.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::gates::{Gate, Gates, Node};

/// For each node that one of its inputs is enough for, an input of a cheapest derivation, by Knuth's generalization of
/// Dijkstra's algorithm (1977).
///
/// The cost of a derivation is the sum over its tree: what is used twice counts twice.
/// So costs are least where nothing is shared or where they are 0, and everywhere no derivation goes in a circle.
/// Sums stop at the greatest number. O(m log n).
pub(super) fn cheapest(gates: &Gates, cost: impl Fn(Node) -> u32) -> Vec<Option<Node>> {
    let mut choice = vec![None; gates.len()];
    let mut best: Vec<u32> = vec![u32::MAX; gates.len()];
    let mut is_settled = vec![false; gates.len()];
    let mut waiting: Vec<usize> = gates.nodes().map(|node| gates.inputs(node).len()).collect();
    let mut sums: Vec<u32> = gates.nodes().map(&cost).collect();
    let mut open = BinaryHeap::new();
    for event in gates.events() {
        best[event.index()] = cost(event);
        open.push(Reverse((cost(event), event)));
    }
    while let Some(Reverse((cheapest, node))) = open.pop() {
        if std::mem::replace(&mut is_settled[node.index()], true) {
            continue;
        }
        for &user in gates.uses.get(node.index()) {
            let at = user.index();
            if is_settled[at] {
                continue;
            }
            let new = if gates.kind(user) == Gate::All {
                sums[at] = sums[at].saturating_add(cheapest);
                waiting[at] -= 1;
                if waiting[at] > 0 {
                    continue;
                }
                sums[at]
            } else {
                cheapest.saturating_add(sums[at])
            };
            if new < best[at] || choice[at].is_none() {
                best[at] = new;
                choice[at] = Some(node);
                open.push(Reverse((new, user)));
            }
        }
    }
    choice
}

/// The nodes of the derivation that takes these choices, the top first.
pub(super) fn nodes(gates: &Gates, choice: &[Option<Node>]) -> Vec<Node> {
    let mut is_in = vec![false; gates.len()];
    is_in[Gates::TOP.index()] = true;
    let mut found = vec![Gates::TOP];
    let mut at = 0;
    while let Some(&node) = found.get(at) {
        at += 1;
        let chosen;
        let inputs = if gates.kind(node) == Gate::Any {
            chosen = [choice[node.index()].expect("every node of the graph can hold")];
            &chosen
        } else {
            gates.inputs(node)
        };
        for &input in inputs {
            if !std::mem::replace(&mut is_in[input.index()], true) {
                found.push(input);
            }
        }
    }
    found
}
