//! Many short lists in two vectors.

/// A list of items for each index from 0, stored without a vector for each ("compressed sparse rows").
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lists<T> {
    starts: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self {
            starts: vec![0],
            items: Vec::new(),
        }
    }
}

impl<T: Copy> Lists<T> {
    /// Groups pairs of an index below `n` and an item; items keep the order of the pairs.
    ///
    /// Linear: a counting sort.
    pub fn group(n: usize, pairs: &[(usize, T)]) -> Self {
        let mut starts = vec![0u32; n + 1];
        for (index, _) in pairs {
            starts[index + 1] += 1;
        }
        for index in 0..n {
            starts[index + 1] += starts[index];
        }
        let mut next = starts.clone();
        let mut items: Vec<T> = pairs.iter().map(|(_, item)| *item).collect();
        for &(index, item) in pairs {
            items[next[index] as usize] = item;
            next[index] += 1;
        }
        Self { starts, items }
    }

    /// How many lists there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there are no lists.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The list of that index.
    pub fn get(&self, index: usize) -> &[T] {
        &self.items[self.starts[index] as usize..self.starts[index + 1] as usize]
    }

    /// How many items all lists have together.
    pub fn n_items(&self) -> usize {
        self.items.len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_keep_their_order_within_a_list() {
        let lists = Lists::group(3, &[(2, 'a'), (0, 'b'), (2, 'c')]);
        assert_eq!(
            (lists.get(0), lists.get(1), lists.get(2)),
            (&['b'][..], &[][..], &['a', 'c'][..])
        );
        assert_eq!((lists.len(), lists.n_items()), (3, 3));
    }
}
