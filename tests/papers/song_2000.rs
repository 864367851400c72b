//! Song, Miller, Abbott (2000), Competitive Hebbian learning through spike-timing-dependent synaptic
//! plasticity, Nat. Neurosci. 3, 919–926: a leaky neuron under 1,000 excitatory and 200 inhibitory
//! Poisson inputs of 10 Hz. Weights become bimodal, and the neuron fires irregularly.

use cajal::describe::Declared;
use cajal::learning::plasticity::PairStdp;
use cajal::neurons::{Input, Lif, NeuronModel, Stepper};
use cajal::rng::{Stream, StreamId};
use cajal::snn::plasticity::{Arrival, Firing, Modulation, Plasticity, SpikeRule, Traces};
use cajal::snn::synapses::{ExponentialConductance, SynapseModel, SynapseStepper};

const EXCITATORY: u32 = 1_000;
const INHIBITORY: u32 = 200;
/// Input rate in 1/ms.
const RATE: f64 = 0.010;
const DT_MS: f64 = 0.2;

struct Outcome {
    /// Weights over the largest.
    weights: Vec<f64>,
    /// Postsynaptic spikes of the last quarter, ms.
    spikes: Vec<f64>,
}

/// Draws of arrivals: how many of `inputs` fire in a step, by waiting times.
struct Poisson {
    draws: Stream,
    next_ms: f64,
    count: u64,
    inputs: u32,
}

impl Poisson {
    fn new(draws: Stream, inputs: u32) -> Self {
        Self { draws, next_ms: 0.0, count: 0, inputs }
    }

    /// The next input that fires before `end_ms`, if one does.
    fn next_before(&mut self, end_ms: f64) -> Option<usize> {
        if self.next_ms >= end_ms {
            return None;
        }
        let wait = -(1.0 - self.draws.uniform_f64(0, self.count)).ln() / (RATE * f64::from(self.inputs));
        self.next_ms += wait;
        self.count += 1;
        Some(self.draws.below(1, self.count, self.inputs) as usize)
    }
}

fn run(seconds: f64, seed: u64) -> Outcome {
    let model = PairStdp { w_max: 0.015, ..PairStdp::default() };
    let rule = model.rule();
    let neuron =
        Lif { tau_ms: 20.0, rest_mv: -70.0, reset_mv: -60.0, threshold_mv: -54.0, refractory_ms: 0.0 };
    let neuron = neuron.stepper::<f64>(DT_MS);
    let excitation = ExponentialConductance { tau_ms: 5.0, reversal_mv: 0.0 }.stepper::<f64>(DT_MS);
    let inhibition = ExponentialConductance { tau_ms: 5.0, reversal_mv: -70.0 }.stepper::<f64>(DT_MS);
    let (mut state, mut excited, mut inhibited) = (neuron.rest(), excitation.rest(), inhibition.rest());
    let draws = Stream::new(seed, StreamId::Sample);
    let mut excitatory = Poisson::new(draws.sub(1), EXCITATORY);
    let mut inhibitory = Poisson::new(draws.sub(2), INHIBITORY);
    let mut weights = vec![0.0f32; EXCITATORY as usize];
    draws.sub(3).fill_uniform(0, 0, &mut weights);
    weights.iter_mut().for_each(|weight| *weight *= 0.015);
    let synapses: Vec<u32> = (0..EXCITATORY).collect();
    let sources: Vec<u16> = (0..EXCITATORY as u16).collect();
    let (mut pre, mut post) = (Traces::new(EXCITATORY as usize, 1), Traces::new(1, 1));
    let modulation = Modulation::default();
    let mut spikes = Vec::new();
    let steps = (seconds * 1000.0 / DT_MS) as u64;
    for step in 0..steps {
        let time_ms = step as f64 * DT_MS;
        let mut arrived = 0.0;
        while let Some(source) = excitatory.next_before(time_ms + DT_MS) {
            arrived += f64::from(weights[source]);
            let (weights, eligibility) = (&mut weights[source..=source], &mut [][..]);
            let row = Arrival { source, time_ms, targets: &[0u16], weights, eligibility, modulation };
            rule.on_pre(row, &mut pre, &post);
        }
        let mut calmed = 0.0;
        while inhibitory.next_before(time_ms + DT_MS).is_some() {
            calmed += 0.05;
        }
        let mut input = Input::current(0.0);
        excitation.step(&mut excited, arrived, state[0], &mut input);
        inhibition.step(&mut inhibited, calmed, state[0], &mut input);
        if neuron.step(&mut state, input).spike > 0.0 {
            let firing = Firing { target: 0, time_ms, synapses: &synapses, sources: &sources, modulation };
            rule.on_post(firing, &mut weights, &mut [], &pre, &mut post);
            if step > steps / 4 * 3 {
                spikes.push(time_ms);
            }
        }
    }
    Outcome { weights: weights.iter().map(|&weight| f64::from(weight) / 0.015).collect(), spikes }
}

#[test]
fn weights_become_bimodal_and_firing_irregular() {
    let references = PairStdp::DECLARATION.references;
    let Outcome { weights, spikes } = run(5_000.0, 1);
    let part = |low: f64, high: f64| {
        weights.iter().filter(|&&weight| (low..=high).contains(&weight)).count() as f64 / weights.len() as f64
    };
    let intervals: Vec<f64> = spikes.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let mean = intervals.iter().sum::<f64>() / intervals.len() as f64;
    let variance =
        intervals.iter().map(|interval| (interval - mean).powi(2)).sum::<f64>() / intervals.len() as f64;
    println!("low {:.3}, middle {:.3}, high {:.3}", part(0.0, 0.1), part(0.1, 0.9), part(0.9, 1.0));
    let deciles: Vec<f64> = (0..10).map(|d| part(f64::from(d) * 0.1, f64::from(d + 1) * 0.1)).collect();
    println!("{deciles:.3?}");
    println!("rate {:.1} Hz, CV {:.2}", 1000.0 / mean, variance.sqrt() / mean);
    super::assert_meets(&references[0], part(0.2, 0.8));
    super::assert_meets(&references[1], variance.sqrt() / mean);
    assert!(part(0.0, 0.2) > 0.2 && part(0.8, 1.0) > 0.1, "both bounds hold synapses");
}
