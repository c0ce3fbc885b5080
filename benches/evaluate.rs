//! How the layers of an evaluation take time and memory: `cargo bench --bench evaluate`.
//!
//! From size to size the times should grow by ten, and a little more where a map no longer fits the caches.
#![allow(missing_docs, reason = "benches are a program, not an interface")]

use divan::counter::ItemsCount;
use divan::{AllocProfiler, Bencher};
use grounds::analysis::{
    Framework, Gradient, Leaves, Node, StrengthTerms, Strengths, Support, Terms, Verdicts,
};
use grounds::graph::ArgumentGraph;
use grounds::model::{
    ArgumentMap, Inference, InferenceIdx, Polarity, Premise, Statement, StatementIdx,
    StatementKind, Strength, Target,
};
use grounds::source::{Span, Spanned};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];

fn main() {
    divan::main();
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn support(bencher: Bencher<'_, '_>, n: usize) {
    let (map, graph) = argument(n);
    bencher
        .counter(ItemsCount::new(n))
        .bench_local(|| Support::of(&map, &graph));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn verdicts(bencher: Bencher<'_, '_>, n: usize) {
    let (map, graph) = argument(n);
    let framework = Framework::of(&map, &graph, Leaves::Question);
    bencher
        .counter(ItemsCount::new(n))
        .bench_local(|| Verdicts::of(&framework, &Terms::default()));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn strengths(bencher: Bencher<'_, '_>, n: usize) {
    let (map, graph) = argument(n);
    let framework = Framework::of(&map, &graph, Leaves::Question);
    bencher
        .counter(ItemsCount::new(n))
        .bench_local(|| Strengths::of(&framework, &StrengthTerms::default()));
}

#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn gradient(bencher: Bencher<'_, '_>, n: usize) {
    let (map, graph) = argument(n);
    let framework = Framework::of(&map, &graph, Leaves::Question);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    bencher
        .counter(ItemsCount::new(n))
        .bench_local(|| Gradient::of(&framework, &strengths, StatementIdx::new(0)));
}

/// A thousand statements are taken out, one after the other.
#[divan::bench(args = SIZES, sample_count = 10, sample_size = 1)]
fn losses(bencher: Bencher<'_, '_>, n: usize) {
    let (map, graph) = argument(n);
    let framework = Framework::of(&map, &graph, Leaves::Question);
    let strengths = Strengths::of(&framework, &StrengthTerms::default());
    let statements = graph.statements().step_by(n / 1000);
    let nodes: Vec<Node> = statements.map(Node::Statement).collect();
    bencher
        .counter(ItemsCount::new(nodes.len()))
        .bench_local(|| strengths.losses(&framework, StatementIdx::new(0), &nodes, 100_000_000));
}

/// Nearly the whole map is one circle: leaves are objected to by what rests on them.
#[divan::bench(args = SIZES, sample_count = 3, sample_size = 1)]
fn strengths_in_a_circle(bencher: Bencher<'_, '_>, n: usize) {
    let mut map = tree(n);
    for at in n / 2..n {
        let target = Target::Statement(StatementIdx::new(at));
        let premises = vec![StatementIdx::new(n - 1 - at)];
        map.inferences.push(step(target, premises, Polarity::Con));
    }
    let (graph, _) = ArgumentGraph::build(&map);
    let framework = Framework::of(&map, &graph, Leaves::Question);
    bencher
        .counter(ItemsCount::new(n))
        .bench_local(|| Strengths::of(&framework, &StrengthTerms::default()));
}

fn argument(n: usize) -> (ArgumentMap, ArgumentGraph) {
    let map = tree(n);
    let (graph, problems) = ArgumentGraph::build(&map);
    assert!(problems.is_empty(), "nothing is named");
    (map, graph)
}

/// A map of `n` statements and about half as many inferences: linked pairs, some of them against their target or the
/// step before; every seventh premise is shared with an earlier claim, and what has no reason is evidence.
fn tree(n: usize) -> ArgumentMap {
    let mut numbers = 42_u64;
    let mut below = |bound: usize| {
        // Knuth's MMIX linear congruence.
        numbers = numbers.wrapping_mul(6_364_136_223_846_793_005);
        numbers = numbers.wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(numbers >> 33).expect("31 bits") % bound
    };
    let mut map = ArgumentMap {
        statements: vec![evidence(); n],
        ..ArgumentMap::default()
    };
    for first in (1..n).step_by(2) {
        let target = first - 1 - below(first.div_ceil(3));
        let kind = &mut map.statements[target].kind;
        let target = Target::Statement(StatementIdx::new(target));
        let premises = (first..n.min(first + 2)).map(StatementIdx::new).collect();
        let n_inferences = map.inferences.len();
        match below(20) {
            0 => map.inferences.push(step(target, premises, Polarity::Con)),
            1 if n_inferences > 0 => {
                let target = Target::Inference(InferenceIdx::new(n_inferences - 1));
                map.inferences.push(step(target, premises, Polarity::Con));
            }
            2 => {
                *kind = StatementKind::Claim;
                let shared = StatementIdx::new(n - 1 - below(n - first));
                let premises = [premises, vec![shared]].concat();
                map.inferences.push(step(target, premises, Polarity::Pro));
            }
            _ => {
                *kind = StatementKind::Claim;
                map.inferences.push(step(target, premises, Polarity::Pro));
            }
        }
    }
    map
}

fn evidence() -> Statement {
    Statement {
        kind: StatementKind::Evidence,
        strength: Some(spanned(Strength::Number(0.9))),
        ..Statement::default()
    }
}

fn step(target: Target, premises: Vec<StatementIdx>, polarity: Polarity) -> Inference {
    let inline = |premise| Premise::Inline(spanned(premise));
    let premises = premises.into_iter().map(inline).collect();
    Inference {
        weight: Some(spanned(0.8)),
        ..Inference::new(polarity, target, premises, Span::default())
    }
}

fn spanned<T>(value: T) -> Spanned<T> {
    Spanned {
        value,
        span: Span::default(),
    }
}
