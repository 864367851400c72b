//! Neurons of any model stepped through time by their own steps, four side by side; beside the faster
//! way of leaky membranes in [`super::forward`].
//!
//! A step of the input is as many steps of the model as its declaration asks for. A neuron has a lane from
//! the first step to the last, its state in registers; the four lanes are taken from four examples at a
//! time, so that one unit of a layer fills them, too.

use super::effective::{Follower, Shadow};
use super::forward::mean_potential;
use super::{Drive, NeuronStep, Readout};
use crate::graph::operation::Draws;
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::{Input, Stepper};
use crate::parallel;
use crate::rng::Stream;

/// Examples that share lanes.
const TOGETHER: usize = 4;

/// What a run writes; the last two are empty where no gradient is asked for, the last where spikes are the
/// response.
pub(super) struct Outputs<'a> {
    pub response: &'a mut [f32],
    /// Potentials at the end of each step, `(batch, steps, units)`.
    pub potential: &'a mut [f32],
    /// The potential `ũ` of the effective membrane, `(batch, steps, units)`.
    pub effective: &'a mut [f32],
    /// Spikes, `(batch, steps, units)`.
    pub spikes: &'a mut [f32],
}

/// Where the four neurons of the lanes are: example of the block and unit.
struct Places {
    at: [(usize, usize); 4],
    count: usize,
}

impl Places {
    /// Neurons from number `first` of `examples` examples on; lanes beyond the last repeat it.
    fn of(first: usize, examples: usize, units: usize) -> Self {
        let last = examples * units - 1;
        let at = core::array::from_fn(|lane| {
            let neuron = (first + lane).min(last);
            (neuron / units, neuron % units)
        });
        Self { at, count: 4.min(last + 1 - first) }
    }

    fn gather(&self, from: &[f32], place: impl Fn((usize, usize)) -> usize) -> F32x4 {
        F32x4::from_array(&self.at.map(|at| from[place(at)]))
    }

    fn scatter(&self, lanes: F32x4, to: &mut [f32], place: impl Fn((usize, usize)) -> usize) {
        for (number, &at) in lanes.to_array().iter().zip(&self.at).take(self.count) {
            to[place(at)] = *number;
        }
    }
}

/// State variables of four neurons, as many as the model has.
type State = [F32x4; 4];

/// Four neurons of one model: all of it that is compiled for each.
pub(super) trait Lanes: Sync {
    fn draws(&self) -> bool;
    fn start(&self) -> State;
    /// Spikes of any of `steps` steps under one current, and the potential after them.
    fn advance(
        &self,
        state: &mut State,
        steps: u32,
        current: F32x4,
        draw: &mut dyn FnMut() -> F32x4,
    ) -> [F32x4; 2];
}

impl<S: Stepper<F32x4>> Lanes for S {
    fn draws(&self) -> bool {
        S::DRAWS
    }
    fn start(&self) -> State {
        let (own, mut state) = (self.rest(), [F32x4::splat(0.0); 4]);
        state[..own.as_ref().len()].copy_from_slice(own.as_ref());
        state
    }
    fn advance(
        &self,
        state: &mut State,
        steps: u32,
        current: F32x4,
        draw: &mut dyn FnMut() -> F32x4,
    ) -> [F32x4; 2] {
        let mut own = self.rest();
        own.as_mut().iter_mut().zip(&*state).for_each(|(to, from)| *to = *from);
        let (mut spike, mut potential) = (F32x4::splat(0.0), F32x4::splat(0.0));
        for _ in 0..steps {
            let uniform = if S::DRAWS { draw() } else { F32x4::splat(0.5) };
            let stepped = self.step(&mut own, Input { uniform, ..Input::current(current) });
            spike = spike.max(stepped.spike);
            potential = stepped.potential;
        }
        state.iter_mut().zip(own.as_ref()).for_each(|(to, from)| *to = *from);
        [spike, potential]
    }
}

impl NeuronStep {
    /// `drive` → response, potential and what the gradient reads.
    pub(super) fn step_through(
        &self,
        lanes: &dyn Lanes,
        units: usize,
        drive: &[f32],
        out: Outputs,
        draws: Draws,
    ) {
        let over_time = self.steps * units;
        let (drive_len, response_len) = (self.drive_len(units), self.response_len(units));
        if over_time == 0 {
            return;
        }
        let batch = out.potential.len() / over_time;
        let len_of = |wanted: &[f32]| if wanted.is_empty() { 0 } else { TOGETHER * over_time };
        let lens = [TOGETHER * response_len, TOGETHER * over_time, len_of(out.effective), len_of(out.spikes)];
        let follower = self.is_followed().then(|| self.follower());
        let outs = [out.response, out.potential, out.effective, out.spikes];
        let cost = batch * over_time * self.substeps() as usize * 60;
        parallel::for_each_blocks(batch.div_ceil(TOGETHER), outs, lens, cost, |block, outs| {
            let first = block * TOGETHER;
            let examples = outs[1].len() / over_time;
            let drive = &drive[first * drive_len..][..examples * drive_len];
            let keys = if lanes.draws() { &draws.keys[first..][..examples] } else { &[] };
            let draws = Draws { stream: draws.stream.sub(self.site), keys };
            let [response, potential, effective, spikes] = outs;
            let mut out = Outputs { response, potential, effective, spikes };
            for neuron in (0..examples * units).step_by(4) {
                let places = Places::of(neuron, examples, units);
                self.step_lanes((lanes, follower), &places, units, (drive, draws), &mut out);
            }
            if self.readout == Readout::MeanPotential {
                let membrane = self.membrane();
                let potentials = out.potential.chunks_exact(over_time);
                for (potential, mean) in potentials.zip(out.response.chunks_exact_mut(units)) {
                    mean_potential(membrane, self.steps, potential, mean);
                }
            }
        });
    }

    /// All steps of four neurons.
    fn step_lanes(
        &self,
        (lanes, follower): (&dyn Lanes, Option<Follower>),
        places: &Places,
        units: usize,
        (drive, draws): (&[f32], Draws),
        out: &mut Outputs,
    ) {
        let (zero, one) = (F32x4::splat(0.0), F32x4::splat(1.0));
        let gain = F32x4::from_f64(self.gain);
        let substeps = self.substeps();
        let mut state = lanes.start();
        let mut shadow = Shadow { u: zero, silent: zero };
        let mut count = zero;
        let mut uniform = [zero; 4];
        let mut time = 0u64;
        let mut draw = || {
            if time.is_multiple_of(4) {
                uniform = drawn(draws.stream, draws.keys, places, time);
            }
            time += 1;
            uniform[((time - 1) % 4) as usize]
        };
        let over_time = |step: usize| move |(example, unit)| (example * self.steps + step) * units + unit;
        for step in 0..self.steps {
            let here = over_time(step);
            let input = match self.drive {
                Drive::Held => places.gather(drive, |(example, unit)| example * units + unit),
                Drive::PerStep => places.gather(drive, here),
            };
            let [spike, potential] = lanes.advance(&mut state, substeps, input * gain, &mut draw);
            count = count + spike;
            places.scatter(potential, out.potential, here);
            if self.readout == Readout::Spikes {
                places.scatter(spike, out.response, here);
            } else if !out.spikes.is_empty() {
                places.scatter(spike, out.spikes, here);
            }
            if let Some(follower) = &follower {
                places.scatter(follower.step(&mut shadow, input, spike), out.effective, here);
            }
        }
        if self.readout == Readout::Rate {
            let share = one / F32x4::splat(self.steps as f32);
            places.scatter(count * share, out.response, |(example, unit)| example * units + unit);
        }
    }
}

/// Draws of the steps from `time` on, which a multiple of four is: those of a neuron depend on the key of its
/// example and on its number alone.
fn drawn(stream: Stream, keys: &[u64], places: &Places, time: u64) -> [F32x4; 4] {
    let of_lanes = places.at.map(|(example, unit)| {
        let mut four = [0.0; 4];
        // Farther apart than any number of steps.
        stream.fill_uniform(keys[example], ((unit as u64) << 32) + time, &mut four);
        F32x4::from_array(&four)
    });
    F32x4::transpose(of_lanes)
}
