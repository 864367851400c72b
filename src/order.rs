//! Sorting in little code: the sorts of the standard library are compiled anew for each type, five to
//! seventeen KB a time, and nothing here sorts enough for that.
//!
//! A heap sort (Williams 1964, Commun. ACM 7, 347–348): `n log n` comparisons at most, no memory of its own.
//! It is not stable, so an order must tell all but equal items apart. Floor F0.
//!
//! ```
//! let mut numbers = [3, 1, 2];
//! cajal::order::sort(&mut numbers);
//! assert_eq!(numbers, [1, 2, 3]);
//! ```

use core::cmp::Ordering;

/// Sorts by the items' own order.
pub fn sort<T: Ord>(items: &mut [T]) {
    sort_by(items, T::cmp);
}

/// Sorts by this order.
pub fn sort_by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    // Half the turns build the heap, each of the others moves its largest item behind it.
    let count = items.len();
    for turn in (0..count + count / 2).rev() {
        let (mut top, end) = if turn >= count {
            (turn - count, count)
        } else {
            items.swap(0, turn);
            (0, turn)
        };
        loop {
            let mut child = 2 * top + 1;
            if child >= end {
                break;
            }
            if child + 1 < end && order(&items[child], &items[child + 1]).is_lt() {
                child += 1;
            }
            if order(&items[top], &items[child]).is_ge() {
                break;
            }
            items.swap(top, child);
            top = child;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn sorts_as_the_standard_library_does() {
        let draws = Stream::new(1, StreamId::Data);
        for len in [0, 1, 2, 3, 4, 5, 31, 32, 33, 1003] {
            for kinds in [1, 2, 10, 1_000_000] {
                let mut items: Vec<u64> =
                    (0..len).map(|at| (draws.uniform_f64(kinds, at) * kinds as f64) as u64).collect();
                let mut expected = items.clone();
                expected.sort_unstable();
                sort(&mut items);
                assert_eq!(items, expected, "{len} items of {kinds} kinds");
                sort_by(&mut items, |a, b| b.cmp(a));
                expected.reverse();
                assert_eq!(items, expected, "{len} items of {kinds} kinds, the largest first");
            }
        }
    }
}
