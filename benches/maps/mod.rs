//! Generated maps: trees with shared claims, linked premises, objections and undercuts, as real ones have.

use std::fmt::Write as _;

const WORDS: [&str; 24] = [
    "bridge",
    "council",
    "traffic",
    "budget",
    "river",
    "school",
    "report",
    "quarter",
    "market",
    "closure",
    "winter",
    "safety",
    "survey",
    "resident",
    "transport",
    "evidence",
    "measure",
    "district",
    "festival",
    "noise",
    "harbour",
    "energy",
    "garden",
    "library",
];

/// A small generator of numbers (Knuth's MMIX linear congruence), so that a map depends on its seed alone.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn sentence(&mut self, number: usize) -> String {
        let words: Vec<&str> = (0..9).map(|_| WORDS[self.below(WORDS.len())]).collect();
        format!("Statement {number} says that the {}", words.join(" "))
    }
}

/// A clean map of `n` statements: every claim has reasons, 15 % of them share a premise with another,
/// and leaves are evidence with a source.
pub(crate) fn map(n: usize) -> String {
    let mut numbers = Numbers(42);
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); n];
    for child in 1..n {
        // A parent in the last third of what is there gives the depth and the width of real maps.
        let parent = child - 1 - numbers.below(child.div_ceil(3));
        children[parent].push(child);
        if numbers.below(100) < 15 && parent > 0 {
            let other = numbers.below(parent);
            children[other].push(child);
        }
    }
    let is_leaf = |statement: usize| children[statement].is_empty();
    let mut yaml = String::from("title: A generated map\nthesis: s0\nclaims:\n");
    for (statement, premises) in children.iter().enumerate().filter(|(at, _)| !is_leaf(*at)) {
        let text = numbers.sentence(statement);
        writeln!(yaml, "  s{statement}:\n    text: {text}.\n    reasons:")
            .expect("memory suffices");
        for pair in premises.chunks(2) {
            match pair {
                // Every third pair is linked.
                [one, other] if statement % 3 == 0 => writeln!(yaml, "      - [s{one}, s{other}]"),
                [one, other] => writeln!(yaml, "      - s{one}\n      - s{other}"),
                [one] => writeln!(yaml, "      - s{one}"),
                _ => unreachable!("chunks of two have one or two"),
            }
            .expect("memory suffices");
        }
    }
    yaml.push_str("evidence:\n");
    for statement in (0..n).filter(|statement| is_leaf(*statement)) {
        let text = numbers.sentence(statement);
        writeln!(
            yaml,
            "  s{statement}: {{text: {text}., source: {{id: report, at: p. {}}}}}",
            statement % 90 + 1
        )
        .expect("memory suffices");
    }
    yaml.push_str("sources:\n  report: {title: A report, date: 2024}\n");
    yaml
}
