//! Work shared over threads without changing a bit.
//!
//! A kernel may split its *output* into blocks, never a sum: each element is computed by one
//! thread in one order, so the number of threads cannot show in the result. Without the feature
//! `threads` everything runs in the calling thread.

use core::ops::Range;

/// Below this many floating-point operations a hand-over to the pool costs more than it saves: in a
/// browser a worker takes much longer to wake than a thread does natively.
pub const WORTHWHILE_OPERATIONS: usize = if cfg!(target_arch = "wasm32") { 8_000_000 } else { 200_000 };

/// Whether so many floating-point operations are shared among threads.
pub fn pays(operations: usize) -> bool {
    operations >= WORTHWHILE_OPERATIONS && thread_count() > 1
}

/// Calls `work(index, block)` for every block of `block_len` elements of `out` (the last may be
/// shorter), in parallel when `operations` is large enough to pay for it.
pub fn for_each_block<T: Send>(
    out: &mut [T],
    block_len: usize,
    operations: usize,
    work: impl Fn(usize, &mut [T]) + Sync,
) {
    assert!(block_len > 0, "blocks must have at least one element");
    let blocks = out.len().div_ceil(block_len);
    for_each_blocks(blocks, [out], [block_len], operations, |index, [block]| work(index, block));
}

/// Calls `work` with every number below `count`, in parallel when `operations` is large enough.
pub fn for_each(count: usize, operations: usize, work: impl Fn(usize) + Sync) {
    for_each_blocks::<(), 0>(count, [], [], operations, |index, []| work(index));
}

/// Like [`for_each_block`] over several slices at once: block `index` of each goes to the same call.
pub fn for_each_blocks<T: Send, const N: usize>(
    blocks: usize,
    outs: [&mut [T]; N],
    block_lens: [usize; N],
    operations: usize,
    work: impl Fn(usize, [&mut [T]; N]) + Sync,
) {
    #[cfg(feature = "threads")]
    if pays(operations) {
        return split(0..blocks, outs, block_lens, &work);
    }
    #[cfg(not(feature = "threads"))]
    let _ = operations;
    in_order(0..blocks, outs, block_lens, &work);
}

/// A function of its own for each `work`: a page's compiler should not put several into one.
#[inline(never)]
fn in_order<T: Send, const N: usize>(
    blocks: Range<usize>,
    mut outs: [&mut [T]; N],
    block_lens: [usize; N],
    work: &(impl Fn(usize, [&mut [T]; N]) + Sync),
) {
    for index in blocks.clone() {
        let is_last = index + 1 == blocks.end;
        let block = core::array::from_fn(|which| {
            let out = &mut outs[which];
            let len = if is_last { out.len() } else { block_lens[which].min(out.len()) };
            out.split_off_mut(..len).unwrap_or_default()
        });
        work(index, block);
    }
}

#[cfg(feature = "threads")]
fn split<T: Send, const N: usize>(
    blocks: Range<usize>,
    mut outs: [&mut [T]; N],
    block_lens: [usize; N],
    work: &(impl Fn(usize, [&mut [T]; N]) + Sync),
) {
    let low_count = blocks.len() / 2;
    if low_count == 0 {
        return in_order(blocks, outs, block_lens, work);
    }
    let middle = blocks.start + low_count;
    let low = core::array::from_fn(|which| {
        let out = &mut outs[which];
        let len = (low_count * block_lens[which]).min(out.len());
        out.split_off_mut(..len).unwrap_or_default()
    });
    rayon::join(
        || split(blocks.start..middle, low, block_lens, work),
        || split(middle..blocks.end, outs, block_lens, work),
    );
}

/// How many threads share the work.
pub fn thread_count() -> u32 {
    #[cfg(feature = "threads")]
    return rayon::current_num_threads() as u32;
    #[cfg(not(feature = "threads"))]
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_block_is_visited_once_whatever_its_length() {
        for (len, block_len) in [(0, 3), (1, 3), (9, 3), (10, 3), (1000, 7)] {
            let (mut a, mut b) = (vec![0u32; len], vec![0u32; len.div_ceil(block_len)]);
            let blocks = b.len();
            for_each_blocks(blocks, [&mut a, &mut b], [block_len, 1], usize::MAX, |index, [a, b]| {
                a.iter_mut().for_each(|value| *value += index as u32 + 1);
                b[0] += a.len() as u32;
            });
            assert!(a.iter().enumerate().all(|(at, &value)| value as usize == at / block_len + 1));
            assert_eq!(b.iter().sum::<u32>() as usize, len);
        }
    }
}
