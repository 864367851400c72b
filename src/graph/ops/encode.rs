//! From numbers to spike trains, by draws that belong to the example and not to the moment.

use crate::graph::error::{Misfit, expect};
use crate::graph::operation::{Operands, Operation, len, rows_and_columns};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::kernels::lane::{F32x4, Real};
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
        if self.signed { features.saturating_mul(2) } else { features }
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
        let channels = self.channels(x.len());
        out.fill(0.0);
        // A block of draws begins at every fourth element, a step wherever the one before it ended:
        // how the one lies to the other repeats after so many steps.
        let period = 4 >> x.len().trailing_zeros().min(2);
        for first in 0..period.min(self.steps) {
            let ahead = first * x.len() % 4;
            let mut groups = Groups::new();
            let mut from = 0;
            while from < (ahead + x.len()).div_ceil(4) {
                from = groups.find(x, ahead, from);
                for step in (first..self.steps).step_by(period) {
                    let block = (step as u64 * x.len() as u64 - ahead as u64) / 4;
                    let out = &mut out[step * channels..][..channels];
                    self.fire(
                        groups.found(),
                        x.len(),
                        |groups| stream.uniform_blocks(key, groups.map(|group| block + group)),
                        out,
                    );
                }
            }
        }
    }

    /// Draws for four groups at a time, and the spikes `out (channels)` of a step where they fire.
    #[inline(always)]
    fn fire(
        &self,
        groups: &[Group],
        features: usize,
        draw: impl Fn([u64; 4]) -> [F32x4; 4],
        out: &mut [f32],
    ) {
        let (zero, one) = (F32x4::splat(0.0), F32x4::splat(1.0));
        for groups in groups.chunks(4) {
            let drawn = draw(core::array::from_fn(|at| groups[at.min(groups.len() - 1)].block));
            for (group, drawn) in groups.iter().zip(drawn) {
                let x = F32x4::from_array(&group.x);
                let spikes = F32x4::select(drawn.lt(x.abs() * F32x4::splat(self.peak)), one, zero);
                if self.signed {
                    let negative = x.lt(zero);
                    let (on, off) = out.split_at_mut(features);
                    group.put(F32x4::select(negative, zero, spikes), on);
                    group.put(F32x4::select(negative, spikes, zero), off);
                } else {
                    group.put(spikes, out);
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

/// Groups looked at together; they stay on the stack.
const TOGETHER: usize = 256;

/// Four features whose draws are one block.
#[derive(Clone, Copy)]
struct Group {
    /// The block, counted from that in which the step begins.
    block: u64,
    /// The first of its features, and how many lanes lie before it.
    feature: usize,
    before: usize,
    x: [f32; 4],
}

impl Group {
    /// Puts the numbers of its lanes where its features are.
    #[inline(always)]
    fn put(&self, lanes: F32x4, to: &mut [f32]) {
        let to = &mut to[self.feature..];
        match to.first_chunk_mut::<4>() {
            Some(to) if self.before == 0 => *to = lanes.to_array(),
            _ => to.iter_mut().zip(&lanes.to_array()[self.before..]).for_each(|(to, lane)| *to = *lane),
        }
    }
}

/// Some groups in which something can fire: most pixels are black, and no draw is spent on them.
struct Groups {
    all: [Group; TOGETHER],
    count: usize,
}

impl Groups {
    fn new() -> Self {
        Self { all: [Group { block: 0, feature: 0, before: 0, x: [0.0; 4] }; TOGETHER], count: 0 }
    }

    /// Looks for groups of `x` from number `from` on; the first group has `ahead` lanes before the
    /// first feature. The number at which to go on.
    fn find(&mut self, x: &[f32], ahead: usize, from: usize) -> usize {
        self.count = 0;
        let end = (ahead + x.len()).div_ceil(4).min(from + TOGETHER);
        for block in from..end {
            let feature = (4 * block).saturating_sub(ahead);
            let before = ahead.saturating_sub(4 * block);
            let mut lanes = [0.0; 4];
            lanes[before..].iter_mut().zip(&x[feature..]).for_each(|(lane, &x)| *lane = x);
            if lanes != [0.0; 4] {
                self.all[self.count] = Group { block: block as u64, feature, before, x: lanes };
                self.count += 1;
            }
        }
        end
    }

    fn found(&self) -> &[Group] {
        &self.all[..self.count]
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
        len(inputs[0]) as u64 * self.steps as u64
    }
    fn gives_spikes(&self, _: &[bool]) -> bool {
        true
    }
    fn has_gradient(&self) -> bool {
        false
    }
    fn draws(&self) -> bool {
        true
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
    fn rates_are_decided_one_by_one() {
        for (features, steps) in [(1, 9), (4, 3), (6, 5), (7, 6), (13, 1), (784, 3), (1030, 5)] {
            let stream = Stream::new(4, StreamId::Encoding);
            let mut x: Vec<f32> = vec![0.0; features];
            stream.fill_uniform(9, 0, &mut x);
            x.iter_mut().enumerate().for_each(|(at, x)| match at % 7 {
                0 => *x = -*x,
                1 | 2 => *x = 0.0,
                3 => *x = f32::NAN,
                _ => {}
            });
            x[features / 2..].iter_mut().skip(1).take(features / 3).for_each(|x| *x = 0.0);
            for signed in [false, true] {
                let encode = Encode { code: Code::Rate, steps, signed, peak: 0.9 };
                let channels = encode.channels(features);
                let (mut out, mut twin) = (vec![9.0; steps * channels], vec![0.0; steps * channels]);
                encode.spikes(features, &x, stream, &[3], &mut out);
                for (at, x) in
                    (0..steps).flat_map(|step| x.iter().enumerate().map(move |(at, x)| ((step, at), *x)))
                {
                    let (step, feature) = at;
                    if stream.uniform_f32(3, (step * features + feature) as u64) < x.abs() * 0.9 {
                        twin[step * channels + encode.channel(feature, x, features)] = 1.0;
                    }
                }
                assert_eq!(out, twin, "{features} features, signed {signed}");
            }
        }
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
