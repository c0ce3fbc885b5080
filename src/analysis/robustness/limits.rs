//! How far to search: minimal sets can be exponentially many, and finding the least is NP-hard.

/// How far to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// The greatest size of a defeat set that is looked for.
    pub max_order: usize,
    /// At most this many defeat sets are listed.
    pub max_sets: usize,
    /// At most this many support sets are listed.
    pub max_support_sets: usize,
    /// How much work is put into each question, in nodes looked at: ten million take about a tenth of a second.
    pub max_work: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_order: 3,
            max_sets: 10_000,
            max_support_sets: 100,
            max_work: 10_000_000,
        }
    }
}

/// Why a list is not the whole list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// What is larger than [`Limits::max_order`] was not looked for.
    Order,
    /// The list is as long as it may be.
    Sets,
    /// The work was used up.
    Work,
}

/// What is left of the work for one question.
#[derive(Debug)]
pub(super) struct Work {
    left: usize,
}

impl Work {
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            left: limits.max_work,
        }
    }

    /// Does an amount of work, unless less is left.
    pub(super) fn spend(&mut self, amount: usize) -> bool {
        let left = self.left.checked_sub(amount);
        self.left = left.unwrap_or(0);
        left.is_some()
    }
    /// A part of what is left, at most an amount.
    pub(super) fn share(&mut self, amount: usize) -> Self {
        let amount = amount.min(self.left);
        self.left -= amount;
        Self { left: amount }
    }

    /// Takes back what was not used of a part.
    pub(super) fn take_back(&mut self, part: &Self) {
        self.left += part.left;
    }
}
