//! Which examples come next: one seeded permutation after another, read as an endless sequence.
//!
//! The position in it is the number of examples seen. A batch may span two permutations, so no
//! example is left out, whatever the batch size and however it changes.

use super::SessionConfig;
use crate::data::{Dataset, Split};
use crate::rng::{Stream, StreamId};

/// The sequence of training examples.
#[derive(Debug)]
pub struct Batches {
    stream: Stream,
    samples: u32,
    position: u64,
    epoch: Option<u64>,
    order: Vec<u32>,
    indices: Vec<u32>,
    keys: Vec<u64>,
    input: Vec<f32>,
    target: Vec<f32>,
}

/// A batch as a network reads it.
pub struct Batch<'a> {
    /// `(batch, inputs)`.
    pub input: &'a [f32],
    /// Classes `(batch)` or targets `(batch, outputs)`.
    pub target: &'a [f32],
    /// At which step of its stream each example draws: its place in the sequence.
    pub keys: &'a [u64],
}

impl Batches {
    /// The sequence of `seed` over `samples` examples.
    pub fn new(seed: u64, samples: u32) -> Self {
        Self {
            stream: Stream::new(seed, StreamId::Permutation),
            samples,
            position: 0,
            epoch: None,
            order: Vec::new(),
            indices: Vec::new(),
            keys: Vec::new(),
            input: Vec::new(),
            target: Vec::new(),
        }
    }

    /// Examples read so far.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Goes to a place in the sequence.
    pub fn seek(&mut self, position: u64) {
        self.position = position;
    }

    /// The example at a place in the sequence.
    fn at(&mut self, position: u64) -> u32 {
        let samples = u64::from(self.samples);
        let epoch = position / samples;
        if self.epoch != Some(epoch) {
            self.stream.permute(epoch, self.samples, &mut self.order);
            self.epoch = Some(epoch);
        }
        self.order[(position % samples) as usize]
    }

    /// The next `size` examples.
    pub fn coming(&mut self, size: usize) -> &[u32] {
        self.indices.clear();
        for position in self.position..self.position + size as u64 {
            let index = self.at(position);
            self.indices.push(index);
        }
        &self.indices
    }

    /// Reads the next `size` examples.
    pub fn next(&mut self, size: usize, data: &Dataset, config: &SessionConfig) -> Batch<'_> {
        let first = self.position;
        self.keys.clear();
        self.keys.extend((0..size as u64).map(|offset| first + offset));
        self.coming(size);
        self.input.resize(size * data.features(), 0.0);
        data.write_inputs(Split::Train, &self.indices, &mut self.input);
        config.scale(&mut self.input);
        config.task.write_targets(data, Split::Train, &self.indices, &mut self.target);
        self.position = first + size as u64;
        Batch { input: &self.input, target: &self.target, keys: &self.keys }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_example_comes_once_an_epoch() {
        let mut batches = Batches::new(4, 10);
        for epoch in 0..3 {
            let mut seen: Vec<u32> = (0..10).map(|at| batches.at(epoch * 10 + at)).collect();
            seen.sort_unstable();
            assert_eq!(seen, (0..10).collect::<Vec<u32>>());
        }
        let first: Vec<u32> = (0..10).map(|at| batches.at(at)).collect();
        let second: Vec<u32> = (10..20).map(|at| batches.at(at)).collect();
        assert_ne!(first, second, "epochs differ");
    }
}
