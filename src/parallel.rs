//! Work shared over threads without changing a bit.
//!
//! A kernel may split its *output* into blocks, never a sum: each element is computed by one
//! thread in one order, so the number of threads cannot show in the result. Without the feature
//! `threads` everything runs in the calling thread.

/// Below this many floating-point operations a hand-over to the pool costs more than it saves.
pub const WORTHWHILE_OPERATIONS: usize = 200_000;

/// Calls `work(index, block)` for every block of `block_len` elements of `out` (the last may be
/// shorter), in parallel when `operations` is large enough to pay for it.
pub fn for_each_block<T: Send>(
    out: &mut [T],
    block_len: usize,
    operations: usize,
    work: impl Fn(usize, &mut [T]) + Sync,
) {
    assert!(block_len > 0, "blocks must have at least one element");
    #[cfg(feature = "threads")]
    if operations >= WORTHWHILE_OPERATIONS && rayon::current_num_threads() > 1 {
        use rayon::prelude::*;
        out.par_chunks_mut(block_len).enumerate().for_each(|(index, block)| work(index, block));
        return;
    }
    #[cfg(not(feature = "threads"))]
    let _ = operations;
    for (index, block) in out.chunks_mut(block_len).enumerate() {
        work(index, block);
    }
}

/// How many threads share the work.
pub fn thread_count() -> u32 {
    #[cfg(feature = "threads")]
    return rayon::current_num_threads() as u32;
    #[cfg(not(feature = "threads"))]
    1
}
