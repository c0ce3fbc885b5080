//! Which stems of a channel a leg passes.

use crate::layout::blocks::Columns;

/// How many of the stems that come up into a channel do so left of a place, and how many left of it or right at it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rank {
    before: usize,
    upto: usize,
}

impl Rank {
    /// The rank of the middle of a gutter. A bus that has the gutter for itself is right there. O(1).
    pub(super) fn of_gutter(columns: &Columns, gutter: usize) -> Self {
        let left = columns.within(0..gutter);
        let (mut before, mut upto) = (left, left);
        match columns.buses(gutter) {
            (true, false) => before = columns.within(0..gutter - 1),
            (false, true) => upto = columns.within(0..gutter + 1),
            (true, true) | (false, false) => {}
        }
        Self { before, upto }
    }

    /// The rank of the middle of a column's first block: the stem of a single one is right there. O(1).
    pub(super) fn of_column(columns: &Columns, column: usize) -> Self {
        let before = columns.within(0..column);
        let upto = columns.within(0..column + 1);
        match (columns.is_stack(column), columns.is_turned(column)) {
            (false, _) => Self { before, upto },
            (true, false) => Self { before: upto, upto },
            (true, true) => Self {
                before,
                upto: before,
            },
        }
    }

    /// The rank of any place, from where the stems of the columns come up. O(log columns).
    pub(super) fn of(columns: &Columns, entries: &[f64], place: f64) -> Self {
        let before = entries.partition_point(|it| *it < place);
        let upto = before + entries[before..].partition_point(|it| *it <= place);
        Self {
            before: columns.within(0..before),
            upto: columns.within(0..upto),
        }
    }

    /// How many stems a leg from here passes before it leaves the block of these columns on the left and on the right.
    pub(super) fn to_sides(self, columns: &Columns) -> [usize; 2] {
        [self.before, columns.within(0..columns.len()) - self.upto]
    }

    /// How many stems come up between two places.
    pub(super) fn between(self, other: Self) -> usize {
        let right = other.before.saturating_sub(self.upto);
        right.max(self.before.saturating_sub(other.upto))
    }
}

#[cfg(test)]
mod tests {
    use super::Rank;
    use crate::layout::blocks::{Columns, Shape, Sizes, least_gutters};
    use crate::layout::dice::Dice;
    use crate::layout::engine::Body;
    use crate::layout::support::tree;
    use crate::layout::{Options, blocks};

    /// Columns of leaves, of which there are stacks and singles.
    fn columns(body: &Body, count: usize, wanted: usize, sizes: &mut Sizes) -> (Columns, Shape) {
        let children: Vec<usize> = (1..=count).collect();
        let mut columns = Columns::default();
        columns.split(&children, wanted, sizes);
        columns.turn();
        let mut shape = Shape::default();
        let gutter = least_gutters(body, 0, &columns);
        let channel = blocks::least_channel(body, 0, &columns);
        shape.measure(body, (0, &columns), (channel, gutter), sizes);
        (columns, shape)
    }

    #[test]
    fn ranks_by_number_are_those_by_place() {
        let body = Body::new(&tree(30, 2, false), &Options::default());
        let mut sizes = Sizes::new(body.ground + 1);
        let mut dice = Dice(5);
        for _ in 0..500 {
            for child in 1..20 {
                sizes.width[child] = 60.0 + blocks::as_px(dice.below(90));
                sizes.height[child] = 20.0 + blocks::as_px(dice.below(90));
                sizes.middle[child] = sizes.width[child] / 2.0;
            }
            let (columns, shape) =
                columns(&body, 1 + dice.below(18), 1 + dice.below(18), &mut sizes);
            for (gutter, (x, width)) in shape.gutters.iter().enumerate() {
                let at = Rank::of(&columns, &shape.entries, x + width / 2.0);
                assert_eq!(
                    Rank::of_gutter(&columns, gutter),
                    at,
                    "{columns:?} {gutter}"
                );
            }
            for (column, entry) in shape.entries.iter().enumerate() {
                if !columns.is_stack(column) {
                    let at = Rank::of(&columns, &shape.entries, *entry);
                    assert_eq!(Rank::of_column(&columns, column), at);
                }
            }
        }
    }
}
