//! The order of siblings: branches that are linked to each other move together.

use super::blocks::as_px;
use super::engine::Body;
use super::forest::{Forest, is_undercut};

/// How often siblings are sorted again.
const SWEEPS: usize = 8;
/// How many steps all climbs together may take, so that deep maps with many links stay fast.
const STEPS: usize = 4_000_000;

/// Sorts siblings by where their links lead, keeping document order where nothing is gained, and that of several
/// theses always.
///
/// The barycentre heuristic (Sugiyama, Tagawa and Toda 1981) on a tree: each sweep sorts every vertex' children
/// by the mean position of what their branches are linked to; the order with the shortest links wins.
/// O(sweeps (V log V + links × depth)), with a bound on the last term.
pub(super) fn arrange(body: &Body, forest: &mut Forest) {
    if forest.links.is_empty() {
        return;
    }
    let depth = forest.depths(body.ground);
    let mut position = positions(body, forest);
    let mut best = (spread(body, forest, &position), forest.children.clone());
    let mut steps = 0;
    for _ in 0..SWEEPS {
        let (pull, walked) = pulls(body, forest, &position, &depth);
        for vertex in 0..=body.ground {
            if keep_order(body, &forest.children[vertex]) {
                continue;
            }
            let key = |it: &usize| pull[*it].map_or(position[*it], |(sum, count)| sum / count);
            let side =
                |it: &usize| forest.stem[*it].is_some_and(|edge| is_undercut(body, edge, vertex));
            let mut below = std::mem::take(&mut forest.children[vertex]);
            below.sort_by(|a, b| side(a).cmp(&side(b)).then(key(a).total_cmp(&key(b))));
            forest.children[vertex] = below;
        }
        position = positions(body, forest);
        let length = spread(body, forest, &position);
        if length < best.0 * 0.99 {
            best = (length, forest.children.clone());
        }
        steps += walked;
        if steps > STEPS {
            break;
        }
    }
    forest.children = best.1;
}

/// Whether there are several among these that stand in document order.
fn keep_order(body: &Body, siblings: &[usize]) -> bool {
    let mut theses = siblings.iter().filter(|it| body.keeps_order(**it));
    theses.nth(1).is_some()
}

/// The middle of every branch, counted in leaves from the left.
fn positions(body: &Body, forest: &Forest) -> Vec<f64> {
    let order = forest.top_down(body.ground);
    let mut leaves = vec![0usize; order.len()];
    for &vertex in order.iter().rev() {
        leaves[vertex] = forest.children[vertex]
            .iter()
            .map(|&it| leaves[it])
            .sum::<usize>()
            .max(1);
    }
    let mut first = vec![0usize; order.len()];
    for &vertex in &order {
        let mut next = first[vertex];
        for &child in &forest.children[vertex] {
            first[child] = next;
            next += leaves[child];
        }
    }
    first
        .iter()
        .zip(&leaves)
        .map(|(first, leaves)| as_px(2 * first + leaves) / 2.0)
        .collect()
}

/// The length of all links in leaves.
fn spread(body: &Body, forest: &Forest, position: &[f64]) -> f64 {
    let length =
        |&edge: &usize| (position[body.arc(edge).from] - position[body.arc(edge).to]).abs();
    forest.links.iter().map(length).sum()
}

/// For every branch with links that leave it: the sum of the positions they lead to, and how many they are.
fn pulls(
    body: &Body,
    forest: &Forest,
    position: &[f64],
    depth: &[usize],
) -> (Vec<Option<(f64, f64)>>, usize) {
    let mut pull: Vec<Option<(f64, f64)>> = vec![None; position.len()];
    let mut steps = 0;
    for &edge in &forest.links {
        let arc = body.arc(edge);
        let (mut one, mut other) = (arc.from, arc.to);
        while one != other {
            let (climber, towards) = if depth[one] >= depth[other] {
                (&mut one, arc.to)
            } else {
                (&mut other, arc.from)
            };
            let it = pull[*climber].get_or_insert((0.0, 0.0));
            *it = (it.0 + position[towards], it.1 + 1.0);
            *climber = forest.parent[*climber];
            steps += 1;
        }
        if steps > STEPS {
            break;
        }
    }
    (pull, steps)
}
