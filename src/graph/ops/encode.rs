//! From numbers to spike trains, by draws that belong to the example and not to the moment.

use crate::graph::error::{Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::parallel;
use crate::rng::Stream;

/// How a number becomes spikes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// In each step a spike with probability `|x|·peak`: a Bernoulli train, Poisson in the limit.
    Rate,
    /// One spike, the earlier the larger `|x|`: at step `round((1 − |x|)·(steps − 1))`; none at 0.
    Latency,
}

/// Encodes `(batch, features)` in [-1, 1] as spikes `(batch, steps, channels)`.
///
/// Negative numbers have a channel of their own: with `signed`, channels 0..features carry the
/// positive part (ON) and features..2·features the negative part (OFF), as in the retina.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Encode {
    /// Rate or latency.
    pub code: Code,
    /// Time steps.
    pub steps: usize,
    /// Whether negative numbers occur.
    pub signed: bool,
    /// Probability of a spike in a step at `|x| = 1` (rate code).
    pub peak: f32,
}

impl Encode {
    /// Channels for a number of features.
    pub fn channels(&self, features: usize) -> usize {
        if self.signed { 2 * features } else { features }
    }

    /// Spikes of each example of `x (batch, features)`; `keys (batch)` are the steps at which the
    /// examples draw from `stream`.
    fn spikes(&self, features: usize, x: &[f32], stream: Stream, keys: &[u64], out: &mut [f32]) {
        let channels = self.channels(features);
        let len = self.steps * channels;
        if len == 0 {
            return;
        }
        parallel::for_each_block(out, len, out_cost(x.len(), self.steps), |example, out| {
            let x = &x[example * features..][..features];
            match self.code {
                Code::Rate => self.rate(x, stream, keys[example], out),
                Code::Latency => self.latency(x, out),
            }
        });
    }

    fn rate(&self, x: &[f32], stream: Stream, key: u64, out: &mut [f32]) {
        let features = x.len();
        for (step, out) in out.chunks_exact_mut(self.channels(features)).enumerate() {
            out.fill(0.0);
            let first = (step * features) as u64;
            for (group, x) in x.chunks(4).enumerate() {
                // Most pixels are black: no draw is spent on what cannot fire.
                if x.iter().all(|&x| x == 0.0) {
                    continue;
                }
                let mut draws = [0.0; 4];
                stream.fill_uniform(key, first + group as u64 * 4, &mut draws[..x.len()]);
                for (lane, (&x, draw)) in x.iter().zip(draws).enumerate() {
                    if draw < x.abs() * self.peak {
                        out[self.channel(group * 4 + lane, x, features)] = 1.0;
                    }
                }
            }
        }
    }

    fn latency(&self, x: &[f32], out: &mut [f32]) {
        let (features, channels) = (x.len(), self.channels(x.len()));
        out.fill(0.0);
        for (feature, &x) in x.iter().enumerate() {
            let strength = x.abs().min(1.0);
            if strength > 0.0 {
                let step = ((1.0 - strength) * (self.steps - 1) as f32 + 0.5) as usize;
                out[step * channels + self.channel(feature, x, features)] = 1.0;
            }
        }
    }

    fn channel(&self, feature: usize, x: f32, features: usize) -> usize {
        if self.signed && x < 0.0 { features + feature } else { feature }
    }
}

impl Operation for Encode {
    fn name(&self) -> &'static str {
        "encode"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1 && inputs[0].len() == 2, || "one (batch, features)".to_owned(), inputs)?;
        Ok(vec![vec![inputs[0][0], self.steps, self.channels(inputs[0][1])]])
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        (len(inputs[0]) * self.steps) as u64
    }
    fn gives_spikes(&self, _: &[bool]) -> bool {
        true
    }
    fn has_gradient(&self) -> bool {
        false
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [out, ..], draws, .. }: Operands) {
        self.spikes(rows_and_columns(&shapes[0]).1, x, draws.stream, draws.keys, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        given.as_observed()
    }
}

fn out_cost(numbers: usize, steps: usize) -> usize {
    numbers * steps * 4
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::StreamId;

    #[test]
    fn rates_follow_the_numbers_and_belong_to_the_key() {
        let encode = Encode { code: Code::Rate, steps: 2000, signed: true, peak: 0.5 };
        let x = [0.0, 0.5, -1.0, 1.0, 0.25];
        let stream = Stream::new(3, StreamId::Encoding);
        let run = |keys: &[u64], x: &[f32]| {
            let mut out = vec![9.0; keys.len() * 2000 * 10];
            encode.spikes(5, x, stream, keys, &mut out);
            out
        };
        let alone = run(&[7], &x);
        let share = |channel: usize| alone.chunks_exact(10).map(|step| step[channel]).sum::<f32>() / 2000.0;
        let expected = [0.0, 0.25, 0.0, 0.5, 0.125, 0.0, 0.0, 0.5, 0.0, 0.0];
        for (channel, expected) in expected.into_iter().enumerate() {
            // Four standard deviations of a binomial share.
            let tolerance = 4.0 * (expected * (1.0f32 - expected) / 2000.0).sqrt();
            assert!((share(channel) - expected).abs() <= tolerance, "channel {channel}: {}", share(channel));
        }
        let pair = run(&[5, 7], &[x, x].concat());
        assert_eq!(pair[20_000..], alone, "the neighbours in a batch do not matter");
        assert_ne!(pair[..20_000], alone[..], "another key draws otherwise");
    }

    #[test]
    fn stronger_is_earlier() {
        let encode = Encode { code: Code::Latency, steps: 11, signed: false, peak: 1.0 };
        let mut out = vec![0.0; 11 * 4];
        encode.spikes(4, &[1.0, 0.5, 0.0, 0.1], Stream::new(1, StreamId::Encoding), &[0], &mut out);
        let spikes: Vec<(usize, usize)> =
            (0..44).filter(|&at| out[at] > 0.0).map(|at| (at / 4, at % 4)).collect();
        assert_eq!(spikes, [(0, 0), (5, 1), (9, 3)]);
    }
}
