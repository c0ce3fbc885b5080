//! What is known of a thesis in the end.

use super::gates::Node;
use super::limits::Stop;
use super::sets::Found;

/// Whether something carries a thesis, and if so, what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// Nothing carries it: no question of robustness arises.
    Unsupported,
    /// Nothing that is asked about can bring it down: it is assumed itself, or, of sources, it needs none.
    Given,
    /// Reasons carry it.
    Carried(T),
}

impl<T> Outcome<T> {
    /// What is known where reasons carry the thesis.
    pub fn carried(self) -> Option<T> {
        match self {
            Self::Carried(known) => Some(known),
            Self::Unsupported | Self::Given => None,
        }
    }

    pub(super) fn map<U>(self, known: impl FnOnce(T) -> U) -> Outcome<U> {
        match self {
            Self::Unsupported => Outcome::Unsupported,
            Self::Given => Outcome::Given,
            Self::Carried(carried) => Outcome::Carried(known(carried)),
        }
    }
}

/// Events whose failure alone brings a thesis down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SinglePoints<E> {
    /// The events.
    pub events: Vec<E>,
    /// At most how many more there may be, where the work was used up; 0 if these are all.
    pub n_untested: usize,
}

/// A set with the least number of events, as far as is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Least<E> {
    /// No set has fewer events.
    pub at_least: usize,
    /// A set: as many events suffice.
    pub witness: Vec<E>,
}

impl<E> Least<E> {
    /// The least number of events, if it is known.
    pub fn exact(&self) -> Option<usize> {
        (self.at_least == self.witness.len()).then_some(self.at_least)
    }
}

/// Minimal sets of events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sets<E> {
    /// The sets, by size and then in document order.
    pub sets: Vec<Vec<E>>,
    /// Every set of at most this size is there.
    pub complete_to: usize,
    /// Why there may be more sets; nothing if these are all.
    pub stopped: Option<Stop>,
}

/// How much hangs on an event, by structure alone.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Importance<E> {
    /// The event.
    pub event: E,
    /// Birnbaum's structural importance (1969): the share of the 2^(n−1) states of all other events in which this one
    /// decides whether the thesis holds.
    /// Nothing where too much is shared to count the states.
    pub birnbaum: Option<f64>,
    /// The importance of Fussell and Vesely (1975) by structure: the share of the defeat sets with the event among all
    /// defeat sets of at most the order looked for, each of k events counting 2^−k, which is its probability when every
    /// event fails with probability 1/2.
    /// Nothing where not all of these are known, or where there are none.
    pub fussell_vesely: Option<f64>,
}

/// Events in document order.
pub(super) fn in_order<E: Ord>(
    nodes: impl IntoIterator<Item = Node>,
    event: impl Fn(Node) -> E,
) -> Vec<E> {
    let mut events: Vec<E> = nodes.into_iter().map(event).collect();
    events.sort_unstable();
    events
}

impl<E: Copy + Ord> Least<E> {
    /// Takes in what listing the sets by size has shown.
    pub(super) fn known_by(mut self, listed: &Sets<E>) -> Self {
        match listed.sets.first() {
            Some(first) if first.len() < self.witness.len() => self.witness.clone_from(first),
            _ => {}
        }
        self.at_least = self.at_least.max(listed.complete_to + 1);
        self.at_least = self.at_least.min(self.witness.len());
        self
    }
}

impl<E: Copy + Ord> Sets<E> {
    pub(super) fn named(found: Found, event: impl Fn(Node) -> E + Copy) -> Self {
        let sets = found.sets.into_iter();
        let mut sets: Vec<Vec<E>> = sets.map(|set| in_order(set, event)).collect();
        sets.sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
        Self {
            sets,
            complete_to: found.complete_to,
            stopped: found.stopped,
        }
    }
}

impl<E: Copy + Ord> Importance<E> {
    /// Joins the two importances of each event, in document order.
    pub(super) fn all(
        birnbaum: impl Iterator<Item = (E, Option<f64>)>,
        defeat_sets: &Sets<E>,
    ) -> Vec<Self> {
        let mut weights: Vec<(E, f64)> = Vec::new();
        let mut total = 0.0;
        for set in &defeat_sets.sets {
            let weight = set.iter().fold(1.0, |weight, _| weight / 2.0);
            total += weight;
            weights.extend(set.iter().map(|event| (*event, weight)));
        }
        weights.sort_by_key(|(event, _)| *event);
        let is_complete = !matches!(defeat_sets.stopped, Some(Stop::Sets | Stop::Work));
        let mut all: Vec<Self> = birnbaum
            .map(|(event, birnbaum)| Self {
                event,
                birnbaum,
                fussell_vesely: (is_complete && total > 0.0).then_some(0.0),
            })
            .collect();
        all.sort_by_key(|importance| importance.event);
        let mut weights = weights.into_iter().peekable();
        for importance in &mut all {
            while let Some((_, weight)) = weights.next_if(|(event, _)| *event == importance.event) {
                if let Some(share) = &mut importance.fussell_vesely {
                    *share += weight / total;
                }
            }
        }
        all
    }
}
