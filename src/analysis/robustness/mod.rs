//! What would bring a thesis down? Fault-tree theory on the support graph.
//!
//! Support is what reasons carry; objections and undercuts play no part here, but for the reasons that
//! [`Live::standing`] leaves out.
//! A statement holds if it is assumed and not rejected, or if the premises of one of its reasons all hold: the least
//! fixpoint, in which circles carry nothing by themselves.
//! The *basic events* are the assumed statements, evidence and assumptions, and what can happen to them is that a critic
//! rejects them.
//! A rejected statement is out whatever its reasons say, so that reasons for assumed statements do not matter here.
//!
//! | in a map | in a fault tree |
//! | --- | --- |
//! | thesis | top event |
//! | convergent reasons, any of which is enough | all inputs must fail |
//! | linked premises, all of which are needed | any input may fail |
//! | defeat set | minimal cut set |
//! | support set | minimal path set |
//!
//! The notions are those of the *Fault Tree Handbook* (Vesely, Goldberg, Roberts & Haasl 1981).
//! Cut sets and path sets are each other's minimal hitting sets (Berge 1989), but either kind may be exponentially many
//! and a smallest one is NP-hard to find, so that [`Limits`] bound the searches and every answer says how far it goes.
//!
//! `answer` says what is known in the end; `live` picks the reasons, `gates` cuts out what matters for a thesis,
//! `modules` takes it apart, `single` finds what it cannot do without, `search` lists sets for `least` and `sets`,
//! `importance` ranks; `sources` asks the same of sources, and `shared` finds what is counted twice.

mod answer;
mod bearing;
mod live;
mod gates;
mod limits;
mod modules;
mod derivation;
mod single;
mod search;
mod least;
mod sets;
mod importance;
mod sources;
mod shared;
#[cfg(test)]
mod tests;

pub use answer::{Importance, Least, Outcome, Sets, SinglePoints};
pub use bearing::{double_counts, single_points, single_sources};
pub use limits::{Limits, Stop};
pub use live::Live;
pub use shared::{DoubleCount, DoubleCounts};
pub use sources::{SourceIdx, Sources};

use super::framework::Framework;
use crate::model::StatementIdx;
use answer::in_order;
use gates::{Gates, Node};
use least::Sizes;
use limits::Work;
use live::Statements;
use modules::Modules;
use search::Question;
use sets::{Found, Wanted};

/// What a thesis hangs on, in events of a kind `E`: statements or sources, always in document order.
#[derive(Clone, Debug, PartialEq)]
pub struct Robustness<E> {
    /// The events that can matter.
    pub events: Vec<E>,
    /// Those whose failure alone brings the thesis down.
    pub single_points: SinglePoints<E>,
    /// A smallest set of events whose failure brings the thesis down.
    pub least_defeat: Least<E>,
    /// The minimal sets of events whose failure brings the thesis down.
    pub defeat_sets: Sets<E>,
    /// A smallest set of events that alone carries the thesis.
    pub least_support: Least<E>,
    /// The minimal sets of events that alone carry the thesis.
    pub support_sets: Sets<E>,
    /// For each event, how much hangs on it.
    pub importance: Vec<Importance<E>>,
}

impl Robustness<StatementIdx> {
    /// What would bring a thesis down, in statements.
    ///
    /// Linear on trees in the size of what lies under the thesis, and bounded by the limits elsewhere.
    pub fn of(
        framework: &Framework<'_>,
        live: &Live,
        thesis: StatementIdx,
        limits: &Limits,
    ) -> Outcome<Self> {
        let wiring = Statements { framework, live };
        wiring.under(thesis).map(|gates| {
            let event = |node: Node| StatementIdx::new(gates.names[node.index()]);
            Self::of_gates(&gates, event, limits)
        })
    }
}

impl SinglePoints<StatementIdx> {
    /// The statements without any of which a thesis does not hold, and nothing else.
    ///
    /// Exact unless the work is used up; linear on trees.
    pub fn of(
        framework: &Framework<'_>,
        live: &Live,
        thesis: StatementIdx,
        limits: &Limits,
    ) -> Outcome<Self> {
        let wiring = Statements { framework, live };
        wiring.under(thesis).map(|gates| {
            let event = |node: Node| StatementIdx::new(gates.names[node.index()]);
            Self::of_gates(&gates, event, limits)
        })
    }
}

impl<E: Copy + Ord> SinglePoints<E> {
    fn of_gates(gates: &Gates, event: impl Fn(Node) -> E, limits: &Limits) -> Self {
        let found = single::necessary(gates, &mut Work::new(limits));
        Self {
            events: in_order(found.events, event),
            n_untested: found.n_untested,
        }
    }
}

impl<E: Copy + Ord> Robustness<E> {
    fn of_gates(gates: &Gates, event: impl Fn(Node) -> E + Copy, limits: &Limits) -> Self {
        let modules = Modules::of(gates);
        let graph = (gates, &modules);
        let answer = |question: Question, wanted: Wanted| {
            let sizes = Sizes::of(gates, &modules, question, &mut Work::new(limits));
            let least = Least {
                at_least: sizes.at_least[Gates::TOP.index()] as usize,
                witness: in_order(sizes.witness(gates, question), event),
            };
            let found = Found::of(graph, question, &sizes, wanted, &mut Work::new(limits));
            let sets = Sets::named(found, event);
            (least.known_by(&sets), sets)
        };
        let wanted = Wanted {
            max_size: limits.max_order,
            max_sets: limits.max_sets,
        };
        let (least_defeat, defeat_sets) = answer(Question::Defeat, wanted);
        let wanted = Wanted {
            max_size: usize::MAX,
            max_sets: limits.max_support_sets,
        };
        let (least_support, support_sets) = answer(Question::Support, wanted);
        let birnbaum = importance::birnbaum(gates, &modules, &mut Work::new(limits));
        let birnbaum = gates.events().map(|node| {
            let importance = birnbaum.as_ref().map(|all| all[node.index()]);
            (event(node), importance)
        });
        Self {
            events: in_order(gates.events(), event),
            single_points: SinglePoints::of_gates(gates, event, limits),
            importance: Importance::all(birnbaum, &defeat_sets),
            least_defeat,
            defeat_sets,
            least_support,
            support_sets,
        }
    }
}
