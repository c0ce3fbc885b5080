//! How long it takes to find what would bring a thesis down: `cargo bench --bench robustness`.
#![allow(missing_docs, reason = "benches are a program, not an interface")]

mod maps;

use std::fmt::Write as _;

use divan::Bencher;
use divan::counter::ItemsCount;
use grounds::analysis::robustness::{DoubleCounts, Limits, Live, Robustness, SinglePoints};
use grounds::analysis::{Framework, Leaves};
use grounds::graph::ArgumentGraph;
use grounds::read::{Reading, read};
use grounds::source::NoFiles;

fn main() {
    divan::main();
}

/// A map of `n` statements in which nothing is shared: of every claim's three premises, two are linked.
fn tree(n: usize) -> String {
    let mut yaml = String::from("thesis: s0\nclaims:\n");
    let first_leaf = n.saturating_sub(2) / 3;
    for claim in 0..first_leaf {
        let [one, two, three] = [1, 2, 3].map(|input| 3 * claim + input);
        writeln!(
            yaml,
            "  s{claim}: {{text: S{claim}, reasons: [[s{one}, s{two}], s{three}]}}"
        )
        .expect("memory suffices");
    }
    yaml.push_str("evidence:\n");
    for leaf in first_leaf..=3 * first_leaf {
        writeln!(yaml, "  s{leaf}: S{leaf}").expect("memory suffices");
    }
    yaml
}

fn opened(yaml: String) -> (Reading, ArgumentGraph) {
    let reading = read("map.yaml", yaml.into_bytes(), &NoFiles);
    let (graph, problems) = ArgumentGraph::build(&reading.map);
    assert!(problems.is_empty());
    (reading, graph)
}

#[divan::bench(args = [1_000, 100_000, 1_000_000], sample_count = 10)]
fn single_points_of_a_tree(bencher: Bencher<'_, '_>, n: usize) {
    let (reading, graph) = opened(tree(n));
    let framework = Framework::of(&reading.map, &graph, Leaves::Question);
    bencher.counter(ItemsCount::new(n)).bench(|| {
        let live = Live::drawn(&framework);
        SinglePoints::of(&framework, &live, graph.theses[0], &Limits::default())
    });
}

#[divan::bench(args = [1_000, 100_000, 1_000_000], sample_count = 10)]
fn everything_of_a_tree(bencher: Bencher<'_, '_>, n: usize) {
    let (reading, graph) = opened(tree(n));
    let framework = Framework::of(&reading.map, &graph, Leaves::Question);
    let live = Live::drawn(&framework);
    bencher
        .counter(ItemsCount::new(n))
        .bench(|| Robustness::of(&framework, &live, graph.theses[0], &Limits::default()));
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 10)]
fn everything_of_a_map_with_shared_claims(bencher: Bencher<'_, '_>, n: usize) {
    let (reading, graph) = opened(maps::map(n));
    let framework = Framework::of(&reading.map, &graph, Leaves::Question);
    let live = Live::drawn(&framework);
    bencher
        .counter(ItemsCount::new(n))
        .bench(|| Robustness::of(&framework, &live, graph.theses[0], &Limits::default()));
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 10)]
fn double_counts(bencher: Bencher<'_, '_>, n: usize) {
    let (reading, graph) = opened(maps::map(n));
    let framework = Framework::of(&reading.map, &graph, Leaves::Question);
    let live = Live::drawn(&framework);
    bencher
        .counter(ItemsCount::new(n))
        .bench(|| DoubleCounts::of(&framework, &live, &Limits::default()));
}
