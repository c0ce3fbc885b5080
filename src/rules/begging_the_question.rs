//! Rule `begging-the-question`.

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use crate::analysis::Dossier;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Group, Level, Rule};
use crate::model::{InferenceIdx, Polarity, StatementIdx, Target};

/// A premise that says again what it is to support.
pub(super) static RULE: Rule = Rule {
    name: "begging-the-question",
    group: Group::Support,
    level: Level::Error,
    summary: "a premise that says again what it is to support",
    page: include_str!("../../docs/rules/begging-the-question.md"),
};

/// How many steps upwards are followed in all; past it only direct targets are looked at.
const MAX_STEPS: usize = 5_000_000;

pub(super) fn check(dossier: &Dossier, _: &Config, out: &mut Vec<Diagnostic>) {
    let texts = Texts::of(dossier);
    let mut steps_left = MAX_STEPS;
    for premise in dossier
        .graph
        .statements()
        .filter(|premise| texts.is_repeated(*premise))
    {
        let Some((step, above)) = find_above(dossier, &texts, premise, &mut steps_left) else {
            continue;
        };
        let span = dossier.place_of_use(step, premise);
        let message = format!(
            "{} says the same as {}, which it is meant to support",
            dossier.name(premise),
            dossier.kind_and_name(above)
        );
        let finding = Diagnostic::new(&RULE, span, message).about(premise);
        out.push(
            finding
                .label(
                    dossier.map.name_span(above),
                    "the same, but for case and punctuation",
                )
                .help("replace it by what makes the claim true, or take the step out"),
        );
    }
}

/// Which statements say the same.
struct Texts {
    /// For each statement, the number of its text; 0 for an empty one.
    numbers: Vec<usize>,
    /// For each number, how many statements have that text.
    uses: Vec<usize>,
}

impl Texts {
    fn of(dossier: &Dossier) -> Self {
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        known.insert(String::new(), 0);
        let mut uses = vec![0];
        let number = |text: &str| {
            let new = known.len();
            let number = *known.entry(normalised(text)).or_insert(new);
            if number == new {
                uses.push(0);
            }
            uses[number] += 1;
            number
        };
        let texts = dossier
            .map
            .statements
            .iter()
            .map(|statement| statement.text.value.as_str());
        let numbers = texts.map(number).collect();
        uses[0] = 0;
        Self { numbers, uses }
    }

    fn is_repeated(&self, statement: StatementIdx) -> bool {
        self.uses[self.numbers[statement.index()]] > 1
    }

    fn are_same(&self, one: StatementIdx, other: StatementIdx) -> bool {
        self.numbers[one.index()] == self.numbers[other.index()]
    }
}

/// Letters and digits alone, in one case and one form, words apart by one space.
fn normalised(text: &str) -> String {
    let folded = text.nfkc().flat_map(char::to_lowercase).collect::<String>();
    let words = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

/// The nearest claim above a statement that says the same, and the step by which the way there starts.
///
/// Breadth-first search along reasons.
fn find_above(
    dossier: &Dossier,
    texts: &Texts,
    premise: StatementIdx,
    steps_left: &mut usize,
) -> Option<(InferenceIdx, StatementIdx)> {
    let mut seen: FxHashSet<StatementIdx> = FxHashSet::default();
    let mut row: Vec<_> = reasons_with(dossier, premise).collect();
    while !row.is_empty() {
        let mut next = Vec::new();
        for (step, at) in row {
            if at != premise && texts.are_same(at, premise) {
                return Some((step, at));
            }
            if seen.insert(at) && *steps_left > 0 {
                *steps_left -= 1;
                next.extend(reasons_with(dossier, at).map(|(_, target)| (step, target)));
            }
        }
        row = next;
    }
    None
}

/// The reasons that a statement is a premise of, and what they support.
fn reasons_with(
    dossier: &Dossier,
    statement: StatementIdx,
) -> impl Iterator<Item = (InferenceIdx, StatementIdx)> {
    let graph = &dossier.graph;
    graph
        .uses
        .get(statement.index())
        .iter()
        .filter_map(move |step| {
            match (graph.polarities[step.index()], graph.targets[step.index()]) {
                (Polarity::Pro, Target::Statement(target)) => Some((*step, target)),
                _ => None,
            }
        })
}
