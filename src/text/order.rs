//! Sorting, with one piece of code for all types.
//!
//! The standard library's sort is made anew for each type and each comparison, with seven kilobytes of code each time,
//! and so is a `BTreeMap` or `BTreeSet` that is collected. That is worth it where millions of numbers are sorted; here
//! it is lists of findings, names and paths, which are short and mostly sorted already. What is sorted through this
//! module shares that code: it sorts numbers of places, and asks about the items behind them.
//!
//! All sorts are stable.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Sorts by what the items are.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by a key of each item.
pub fn sort_by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    sort_by(items, |a, b| key(a).cmp(&key(b)));
}

/// Sorts by a comparison.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|a, b| compare(a, b) != Ordering::Greater) {
        return;
    }
    let mut order = order(items.len(), &|a, b| compare(&items[a], &items[b]));
    // Along each circle of places, every item is swapped into the place before its own.
    for start in 0..items.len() {
        let mut at = start;
        loop {
            let from = std::mem::replace(&mut order[at], at);
            if from == start {
                break;
            }
            items.swap(at, from);
            at = from;
        }
    }
}

/// The numbers of places in the order of what stands there.
fn order(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Collects a set.
pub fn set<T: Ord>(items: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    let mut set = BTreeSet::new();
    set.extend(items);
    set
}

/// Collects a map; of several values for a key, the last one stays.
pub fn map<K: Ord, V>(entries: impl IntoIterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(entries);
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All lists of a length with numbers below a limit.
    fn lists(length: usize, limit: u8) -> Vec<Vec<u8>> {
        let mut lists = vec![Vec::new()];
        for _ in 0..length {
            let longer = lists
                .iter()
                .flat_map(|list: &Vec<u8>| (0..limit).map(|next| [&list[..], &[next]].concat()));
            lists = longer.collect();
        }
        lists
    }

    #[test]
    fn every_short_list_is_sorted_and_equal_items_keep_their_order() {
        for length in 0..6 {
            for list in lists(length, 5) {
                let numbered = || list.iter().copied().enumerate().collect::<Vec<_>>();
                let (mut ours, mut theirs) = (numbered(), numbered());
                sort_by_key(&mut ours, |(_, value)| *value);
                theirs.sort_by_key(|(_, value)| *value);
                assert_eq!(ours, theirs, "{list:?}");
            }
        }
    }

    #[test]
    fn of_several_values_for_a_key_the_last_one_stays() {
        let entries = [(2, 'a'), (1, 'b'), (2, 'c')];
        assert_eq!(map(entries), BTreeMap::from(entries));
        assert_eq!(set([2, 1, 2]), BTreeSet::from([1, 2]));
    }
}
