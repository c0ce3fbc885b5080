//! Where what is not shown hangs: each hidden statement is counted at one place that is shown, the nearest.

use crate::graph::ArgumentGraph;
use crate::model::{InferenceIdx, StatementIdx, Target};
use crate::view::diagram::Hidden;

/// Which shown statement or step a hidden one is counted at, and whether that bears on it.
#[derive(Clone, Copy, Debug)]
struct Anchor {
    place: Target,
    is_over: bool,
}

/// For each statement and each step, how many hidden statements are counted there.
///
/// First whatever hangs under something shown is counted there; then what ways up from something shown lead to; then
/// what is tied to either. What nothing ties to anything shown is counted nowhere: the note with the picture has it.
/// Breadth-first searches from everything that is shown, in document order; O(n + m).
pub(super) fn count(
    graph: &ArgumentGraph,
    statements: &[bool],
    steps: &[bool],
) -> (Vec<Hidden>, Vec<Hidden>) {
    let mut search = Search {
        graph,
        of_statements: vec![None; statements.len()],
        of_steps: vec![None; steps.len()],
    };
    let shown = graph.statements().filter(|it| statements[it.index()]);
    let shown_steps = graph.inferences().filter(|it| steps[it.index()]);
    let shown = shown.map(Target::Statement);
    let shown: Vec<Target> = shown.chain(shown_steps.map(Target::Inference)).collect();
    for place in &shown {
        *search.anchor(*place) = Some(Anchor {
            place: *place,
            is_over: false,
        });
    }
    let under = search.spread(shown.clone(), Way::Down);
    search.spread(shown, Way::Up);
    search.spread(under, Way::Any);
    search.counts(statements)
}

/// Where anchors are carried to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// Down alone.
    Down,
    /// Up from what is shown, and then anywhere: it bears on nothing there.
    Up,
    /// Anywhere.
    Any,
}

struct Search<'g> {
    graph: &'g ArgumentGraph,
    of_statements: Vec<Option<Anchor>>,
    of_steps: Vec<Option<Anchor>>,
}

impl Search<'_> {
    fn anchor(&mut self, at: Target) -> &mut Option<Anchor> {
        match at {
            Target::Statement(it) => &mut self.of_statements[it.index()],
            Target::Inference(it) => &mut self.of_steps[it.index()],
        }
    }

    /// Carries the anchors of `open` on to neighbours that have none, and from there on; hands those back.
    fn spread(&mut self, mut open: Vec<Target>, way: Way) -> Vec<Target> {
        let n_first = open.len();
        let mut next = 0;
        let mut found = Vec::new();
        while let Some(at) = open.get(next).copied() {
            next += 1;
            let anchor = self.anchor(at).expect("only what has an anchor is open");
            self.below(at, &mut found);
            if way != Way::Down {
                self.above(at, &mut found);
            }
            let is_over = anchor.is_over || way == Way::Up;
            for neighbour in found.drain(..) {
                let slot = self.anchor(neighbour);
                if slot.is_none() {
                    *slot = Some(Anchor { is_over, ..anchor });
                    open.push(neighbour);
                }
            }
        }
        open.split_off(n_first)
    }

    fn below(&self, at: Target, found: &mut Vec<Target>) {
        let graph = self.graph;
        let (some, others): (&[InferenceIdx], &[InferenceIdx]) = match at {
            Target::Statement(it) => (
                graph.reasons.get(it.index()),
                graph.objections.get(it.index()),
            ),
            Target::Inference(it) => {
                let premises = graph.premises.get(it.index()).iter();
                found.extend(premises.copied().map(Target::Statement));
                (graph.undercuts.get(it.index()), &[])
            }
        };
        found.extend(some.iter().chain(others).copied().map(Target::Inference));
    }

    fn above(&self, at: Target, found: &mut Vec<Target>) {
        match at {
            Target::Statement(it) => {
                let uses = self.graph.uses.get(it.index()).iter();
                found.extend(uses.copied().map(Target::Inference));
            }
            Target::Inference(it) => found.push(self.graph.targets[it.index()]),
        }
    }

    fn counts(&self, statements: &[bool]) -> (Vec<Hidden>, Vec<Hidden>) {
        let mut at_statements = vec![Hidden::default(); self.of_statements.len()];
        let mut at_steps = vec![Hidden::default(); self.of_steps.len()];
        let all = self.graph.statements();
        for hidden in all.filter(|it: &StatementIdx| !statements[it.index()]) {
            let Some(anchor) = self.of_statements[hidden.index()] else {
                continue;
            };
            let at = match anchor.place {
                Target::Statement(it) => &mut at_statements[it.index()],
                Target::Inference(it) => &mut at_steps[it.index()],
            };
            if anchor.is_over {
                at.over += 1;
            } else {
                at.under += 1;
            }
        }
        (at_statements, at_steps)
    }
}
