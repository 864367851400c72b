//! One piece of memory for all tensors, and the slices of it that an operation gets.
#![allow(
    unsafe_code,
    reason = "an operation reads tensors that may be the same one twice, and writes others: slices \
                                that the borrow checker cannot tell apart, checked to be apart when placed"
)]

use super::operation::{Draws, MAX_INPUTS, MAX_OUTPUTS, Operands};
use core::ops::Range;

/// Where the operands of one operation lie: what is written overlaps nothing else.
#[derive(Clone, Debug)]
pub struct Placed {
    inputs: Vec<Range<usize>>,
    outputs: Vec<Range<usize>>,
    workspace: Range<usize>,
    end: usize,
}

impl Placed {
    /// Operands at these places.
    ///
    /// # Panics
    /// If something written overlaps anything else, or there are too many.
    pub fn new(inputs: Vec<Range<usize>>, outputs: Vec<Range<usize>>, workspace: Range<usize>) -> Self {
        assert!(inputs.len() <= MAX_INPUTS && outputs.len() <= MAX_OUTPUTS, "no more operands than slots");
        let apart = |a: &Range<usize>, b: &Range<usize>| a.end <= b.start || b.end <= a.start;
        for (at, written) in outputs.iter().chain([&workspace]).enumerate() {
            assert!(written.start <= written.end, "a range goes forward");
            assert!(inputs.iter().all(|input| apart(input, written)), "what is written is not read");
            let others = outputs.iter().chain([&workspace]).enumerate().filter(|(other, _)| *other != at);
            assert!(others.into_iter().all(|(_, other)| apart(other, written)), "each is written alone");
        }
        let end = inputs.iter().chain(&outputs).chain([&workspace]).map(|range| range.end).max().unwrap_or(0);
        assert!(inputs.iter().all(|range| range.start <= range.end), "a range goes forward");
        Self { inputs, outputs, workspace, end }
    }

    /// Where each output lies.
    pub fn outputs(&self) -> &[Range<usize>] {
        &self.outputs
    }

    /// Where the scratch space lies.
    pub fn workspace(&self) -> &Range<usize> {
        &self.workspace
    }

    /// The operands in `arena`.
    ///
    /// # Panics
    /// If the arena ends before they do.
    pub fn operands<'a>(
        &self,
        arena: &'a mut [f32],
        shapes: &'a [Vec<usize>],
        draws: Draws<'a>,
        spikes: bool,
    ) -> Operands<'a> {
        assert!(self.end <= arena.len(), "the arena holds every operand");
        let base = arena.as_mut_ptr();
        let mut inputs: [&[f32]; MAX_INPUTS] = [&[]; MAX_INPUTS];
        for (input, range) in inputs.iter_mut().zip(&self.inputs) {
            // SAFETY: the range lies in the arena, which is borrowed for 'a, and overlaps nothing
            // that is written: `new` checked it and nothing changes a range afterwards.
            *input = unsafe { core::slice::from_raw_parts(base.add(range.start), range.len()) };
        }
        let mut outputs: [&mut [f32]; MAX_OUTPUTS] = Default::default();
        // SAFETY: as above, and each of them overlaps no other.
        let writable = |range: &Range<usize>| unsafe {
            core::slice::from_raw_parts_mut(base.add(range.start), range.len())
        };
        for (output, range) in outputs.iter_mut().zip(&self.outputs) {
            *output = writable(range);
        }
        Operands { inputs, shapes, outputs, workspace: writable(&self.workspace), draws, spikes }
    }
}

#[cfg(test)]
#[allow(clippy::single_range_in_vec_init, reason = "one range of one operand is meant")]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_overlaps_nothing() {
        let twice = Placed::new(vec![0..4, 0..4], vec![4..8], 8..8);
        assert_eq!(twice.end, 8);
        for (inputs, outputs, workspace) in [
            (vec![0..4], vec![3..8], 8..8),
            (vec![0..4], vec![4..8, 7..9], 9..9),
            (vec![0..4], vec![4..8], 2..9),
            (vec![0..4], vec![4..8], 6..9),
        ] {
            let placed = std::panic::catch_unwind(|| Placed::new(inputs, outputs, workspace));
            assert!(placed.is_err());
        }
    }
}
