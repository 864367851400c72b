//! Checkpoints to step back to: dense near the present, sparse in the far past, bounded in bytes.

/// Every so many steps a checkpoint is taken.
const INTERVAL: u64 = 16;

/// The state of a session at one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Checkpoint {
    /// Updates so far.
    pub step: u64,
    /// Examples seen so far.
    pub examples: u64,
    /// Running mean of the batch losses: what the weights were worth.
    pub loss: f32,
    /// Values and moments of all parameters.
    pub numbers: Vec<f32>,
}

/// Checkpoints in the order of their steps.
#[derive(Debug)]
pub struct History {
    limit_bytes: usize,
    stored: Vec<Checkpoint>,
}

impl History {
    /// An empty history of at most `limit_bytes`.
    pub fn new(limit_bytes: usize) -> Self {
        Self { limit_bytes, stored: Vec::new() }
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.stored.clear();
    }

    /// Forgets what lies behind `step`: a future that no longer comes.
    pub fn forget_after(&mut self, step: u64) {
        self.stored.retain(|stored| stored.step <= step);
    }

    /// Whether a checkpoint should be taken at `step`.
    pub fn is_due(&self, step: u64) -> bool {
        step.is_multiple_of(INTERVAL) && self.stored.last().is_none_or(|last| last.step < step)
    }

    /// Adds a checkpoint and thins the past until all fit. One that is too large alone is not kept.
    pub fn insert(&mut self, checkpoint: Checkpoint) {
        let at = self.stored.partition_point(|stored| stored.step < checkpoint.step);
        if self.stored.get(at).is_some_and(|stored| stored.step == checkpoint.step) {
            self.stored[at] = checkpoint;
        } else {
            self.stored.insert(at, checkpoint);
        }
        while self.bytes() > self.limit_bytes && !self.stored.is_empty() {
            let least = self.least_needed();
            self.stored.remove(least);
        }
    }

    /// Bytes of all checkpoints.
    pub fn bytes(&self) -> usize {
        self.stored.iter().map(|checkpoint| 4 * checkpoint.numbers.len() + 16).sum()
    }

    /// The one whose loss leaves the smallest gap, measured by its distance from the present: so the
    /// spacing grows with age, as on a logarithmic scale. Never the newest while there are others.
    fn least_needed(&self) -> usize {
        let newest = self.stored.len() - 1;
        let now = self.stored[newest].step;
        let gap = |at: usize| {
            let before = if at == 0 { 0 } else { self.stored[at - 1].step };
            let width = (self.stored[at + 1].step - before) as f64;
            width / (now - self.stored[at].step) as f64
        };
        (0..newest).min_by(|&a, &b| gap(a).total_cmp(&gap(b))).unwrap_or(newest)
    }

    /// The latest checkpoint at or before `step`.
    pub fn before(&self, step: u64) -> Option<&Checkpoint> {
        let after = self.stored.partition_point(|stored| stored.step <= step);
        after.checked_sub(1).map(|at| &self.stored[at])
    }

    /// The latest checkpoint whose loss is at most `worse` times the lowest of all that are stored.
    pub fn last_good(&self, worse: f32) -> Option<&Checkpoint> {
        let lowest = self.stored.iter().fold(f32::INFINITY, |lowest, stored| lowest.min(stored.loss));
        self.stored.iter().rev().find(|stored| stored.loss <= worse * lowest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_grow_with_age_and_the_bytes_stay_bounded() {
        let limit = 20 * (4 * 100 + 16);
        let mut history = History::new(limit);
        for step in 1..=16 * 4000u64 {
            if history.is_due(step) {
                history.insert(Checkpoint { step, examples: step, loss: 1.0, numbers: vec![0.0; 100] });
                assert!(history.bytes() <= limit);
            }
        }
        let now = 16 * 4000;
        let steps: Vec<u64> = history.stored.iter().map(|stored| stored.step).collect();
        assert_eq!(steps.last(), Some(&now));
        for pair in steps.windows(2) {
            let (gap, age) = (pair[1] - pair[0], now - pair[0]);
            assert!(age < 100 || gap * 5 <= age * 3, "a gap of {gap} at age {age}: {steps:?}");
        }
        assert!(steps[0] < now * 3 / 4, "the far past is kept too: {steps:?}");
    }

    #[test]
    fn the_last_good_one_is_not_the_last() {
        let mut history = History::new(1 << 20);
        for (step, loss) in [(16, 2.0), (32, 0.5), (48, 0.9), (64, 1e30), (80, f32::NAN)] {
            history.insert(Checkpoint { step, examples: step, loss, numbers: vec![0.0] });
        }
        assert_eq!(history.last_good(3.0).map(|found| found.step), Some(48));
    }

    #[test]
    fn one_that_does_not_fit_is_not_kept() {
        let mut history = History::new(100);
        history.insert(Checkpoint { step: 16, examples: 1, loss: 1.0, numbers: vec![0.0; 1000] });
        assert!(history.before(99).is_none());
    }
}
