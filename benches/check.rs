//! How the rooms behind `grounds check` take time, in one process: `cargo bench --bench check`.
#![allow(missing_docs, reason = "benches are a program, not an interface")]

mod maps;

use divan::Bencher;
use divan::counter::ItemsCount;
use grounds::analysis::{Dossier, Terms, analyse};
use grounds::config::Config;
use grounds::graph::ArgumentGraph;
use grounds::read::read;
use grounds::rules;
use grounds::source::{FileId, NoFiles, SourceFile};
use grounds::syntax::parse;

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES)]
fn syntax_tree(bencher: Bencher<'_, '_>, n: usize) {
    let file = SourceFile::new("map.yaml", maps::map(n));
    bencher
        .counter(ItemsCount::new(n))
        .bench(|| parse(FileId(0), &file));
}

#[divan::bench(args = SIZES)]
fn model(bencher: Bencher<'_, '_>, n: usize) {
    let bytes = maps::map(n).into_bytes();
    bencher
        .counter(ItemsCount::new(n))
        .with_inputs(|| bytes.clone())
        .bench_values(|bytes| read("map.yaml", bytes, &NoFiles));
}

#[divan::bench(args = SIZES)]
fn graph_and_support(bencher: Bencher<'_, '_>, n: usize) {
    let reading = read("map.yaml", maps::map(n).into_bytes(), &NoFiles);
    bencher.counter(ItemsCount::new(n)).bench(|| {
        let (graph, problems) = ArgumentGraph::build(&reading.map);
        (analyse(&reading.map, &graph, Terms::default()), problems)
    });
}

#[divan::bench(args = SIZES)]
fn all_rules(bencher: Bencher<'_, '_>, n: usize) {
    let dossier = Dossier::open("map.yaml", maps::map(n).into_bytes(), &NoFiles);
    bencher
        .counter(ItemsCount::new(n))
        .bench(|| rules::check(&dossier, &Config::default()));
}
