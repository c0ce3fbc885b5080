//! Do statements say the same?

use rustc_hash::{FxHashMap, FxHashSet};
use unicode_normalization::UnicodeNormalization;

use crate::graph::ArgumentGraph;
use crate::model::{ArgumentMap, InferenceIdx, Polarity, StatementIdx, Target};

/// How many steps upwards are followed in all; past it only direct targets are looked at.
const MAX_STEPS: usize = 5_000_000;

/// A premise that says the same as a claim above it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Begged {
    /// The premise.
    pub premise: StatementIdx,
    /// The step by which the way up starts.
    pub step: InferenceIdx,
    /// The nearest claim above that says the same.
    pub above: StatementIdx,
}

/// Which statements say the same, but for case and punctuation.
#[derive(Clone, Debug, Default)]
pub struct Wording {
    /// For each statement, the number of its text; 0 for an empty one.
    numbers: Vec<usize>,
    /// For each number, how many statements have that text.
    uses: Vec<usize>,
    /// The premises that beg the question, in document order.
    pub begged: Vec<Begged>,
}

impl Wording {
    /// Compares all texts; O(n + m), and for each repeated text a search upwards, with a bound on all searches together.
    pub fn of(map: &ArgumentMap, graph: &ArgumentGraph) -> Self {
        let mut wording = Self::number(map);
        let mut steps_left = MAX_STEPS;
        let repeated = graph.statements().filter(|s| wording.is_repeated(*s));
        let begged = repeated.filter_map(|s| wording.find_above(graph, s, &mut steps_left));
        wording.begged = begged.collect();
        wording
    }

    /// Whether another statement says the same.
    pub fn is_repeated(&self, statement: StatementIdx) -> bool {
        self.uses[self.numbers[statement.index()]] > 1
    }

    /// Whether two statements say the same.
    pub fn are_same(&self, one: StatementIdx, other: StatementIdx) -> bool {
        self.numbers[one.index()] == self.numbers[other.index()]
    }

    /// The number of a statement's text: the same for all that say the same.
    pub fn text_number(&self, statement: StatementIdx) -> usize {
        self.numbers[statement.index()]
    }

    fn number(map: &ArgumentMap) -> Self {
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
        let texts = map.statements.iter().map(|s| s.text.value.as_str());
        let numbers = texts.map(number).collect();
        uses[0] = 0;
        Self {
            numbers,
            uses,
            begged: Vec::new(),
        }
    }

    /// The nearest claim above a statement that says the same: breadth-first search along reasons.
    fn find_above(
        &self,
        graph: &ArgumentGraph,
        premise: StatementIdx,
        steps_left: &mut usize,
    ) -> Option<Begged> {
        let mut seen: FxHashSet<StatementIdx> = FxHashSet::default();
        let mut row: Vec<_> = reasons_with(graph, premise).collect();
        while !row.is_empty() {
            let mut next = Vec::new();
            for (step, above) in row {
                if above != premise && self.are_same(above, premise) {
                    return Some(Begged {
                        premise,
                        step,
                        above,
                    });
                }
                if seen.insert(above) && *steps_left > 0 {
                    *steps_left -= 1;
                    next.extend(reasons_with(graph, above).map(|(_, target)| (step, target)));
                }
            }
            row = next;
        }
        None
    }
}

/// Letters and digits alone, in one case and one form, words apart by one space.
fn normalised(text: &str) -> String {
    // Nothing in ASCII has another form of compatibility.
    let folded = if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.nfkc().flat_map(char::to_lowercase).collect::<String>()
    };
    let mut words = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_alphanumeric()) {
        if !words.is_empty() && !word.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    words
}

/// The reasons that a statement is a premise of, and what they support.
fn reasons_with(
    graph: &ArgumentGraph,
    statement: StatementIdx,
) -> impl Iterator<Item = (InferenceIdx, StatementIdx)> {
    let uses = graph.uses.get(statement.index()).iter();
    uses.filter_map(move |step| {
        match (graph.polarities[step.index()], graph.targets[step.index()]) {
            (Polarity::Pro, Target::Statement(target)) => Some((*step, target)),
            _ => None,
        }
    })
}
