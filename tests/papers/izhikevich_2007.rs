//! Izhikevich (2007), Solving the distal reward problem through linkage of STDP and dopamine signaling,
//! Cereb. Cortex 17, 2443–2452: eligibility and dopamine decay, and one synapse of many is found
//! although its reward comes seconds later.

use cajal::describe::Declared;
use cajal::learning::plasticity::DopamineStdp;
use cajal::rng::{Stream, StreamId};
use cajal::snn::plasticity::{Arrival, Firing, Modulation, Plasticity, SpikeRule, Traces};

/// Sources that reach one target, with all that the rule keeps.
struct Fan<S: SpikeRule> {
    rule: S,
    weights: Vec<f32>,
    eligibility: Vec<f32>,
    modulation: Modulation,
    pre: Traces,
    post: Traces,
    synapses: Vec<u32>,
    sources: Vec<u16>,
}

impl<S: SpikeRule> Fan<S> {
    fn new(rule: S, sources: usize, weight: f32) -> Self {
        Self {
            rule,
            weights: vec![weight; sources],
            eligibility: vec![0.0; sources],
            modulation: Modulation::default(),
            pre: Traces::new(sources, S::PRE_TRACES),
            post: Traces::new(1, S::POST_TRACES),
            synapses: (0..sources as u32).collect(),
            sources: (0..sources as u16).collect(),
        }
    }

    fn pre(&mut self, source: usize, time_ms: f64) {
        let row = Arrival {
            source,
            time_ms,
            targets: &[0u16],
            weights: &mut self.weights[source..=source],
            eligibility: &mut self.eligibility[source..=source],
            modulation: self.modulation,
        };
        self.rule.on_pre(row, &mut self.pre, &self.post);
    }

    fn post(&mut self, time_ms: f64) {
        let Self { synapses, sources, modulation, .. } = self;
        let firing = Firing { target: 0, time_ms, synapses, sources, modulation: *modulation };
        self.rule.on_post(firing, &mut self.weights, &mut self.eligibility, &self.pre, &mut self.post);
    }

    fn advance(&mut self, time_ms: f64) {
        self.rule.advance(time_ms, &self.modulation, &mut self.weights, &mut self.eligibility);
        self.rule.advance_modulation(time_ms, &mut self.modulation);
    }

    fn reward(&mut self, time_ms: f64, amount: f32) {
        self.advance(time_ms);
        self.rule.reward(&mut self.modulation, amount);
    }
}

#[test]
fn eligibility_and_dopamine_decay_with_their_time_constants() {
    let references = DopamineStdp::DECLARATION.references;
    let mut fan = Fan::new(DopamineStdp::default().rule(), 1, 1.0);
    fan.pre(0, 10.0);
    fan.post(12.0);
    fan.advance(12.0);
    let first = fan.eligibility[0];
    assert!((f64::from(first) - 0.1 * (-2.0f64 / 20.0).exp()).abs() < 1e-6);
    fan.advance(1012.0);
    super::assert_meets(&references[0], f64::from(fan.eligibility[0] / first));
    fan.reward(1012.0, 0.5);
    fan.advance(1212.0);
    super::assert_meets(&references[1], f64::from(fan.modulation.level / 0.5));
}

/// The mean weights in the last quarter of `minutes` in which a target fires at random and now and then
/// because of source 0, which is rewarded 1 to 3 s later.
fn after_training(minutes: u64, nearest: f64, seed: u64) -> Vec<f64> {
    let model = DopamineStdp { nearest, gain_hz: 30.0, ..DopamineStdp::default() };
    let draws = Stream::new(seed, StreamId::Sample);
    let mut fan = Fan::new(model.rule(), 100, 1.0);
    let mut rewards: Vec<f64> = Vec::new();
    let mut forced = f64::INFINITY;
    let (mut uniform, mut means) = ([0.0f32; 100], vec![0.0; 100]);
    let steps = minutes * 60_000;
    for step in 0..steps {
        let time_ms = step as f64;
        if step % 10 == 0 {
            fan.advance(time_ms);
            if step >= steps / 4 * 3 {
                let share = 10.0 / (steps / 4) as f64;
                means
                    .iter_mut()
                    .zip(&fan.weights)
                    .for_each(|(mean, &weight)| *mean += share * f64::from(weight));
            }
        }
        rewards.retain(|&due| {
            let comes = due <= time_ms;
            if comes {
                fan.reward(time_ms, 0.5);
            }
            !comes
        });
        // Every ten seconds the target follows source 0; both fire at 1 Hz by themselves.
        if step % 10_000 == 5_000 {
            fan.pre(0, time_ms);
            forced = time_ms + 5.0;
            rewards.push(time_ms + 1_000.0 + 2_000.0 * draws.uniform_f64(step, 7));
        }
        draws.fill_uniform(step, 100, &mut uniform);
        for (source, _) in uniform.iter().enumerate().filter(|(_, draw)| **draw < 1e-3) {
            fan.pre(source, time_ms);
        }
        if time_ms == forced || draws.uniform_f32(step, 50) < 1e-3 {
            fan.post(time_ms);
        }
    }
    means
}

#[test]
fn the_synapse_that_is_rewarded_late_is_found() {
    let largest = DopamineStdp::default().w_max;
    let rewarded = [(0.0, 1), (0.0, 2), (1.0, 3)].map(|(nearest, seed)| {
        let weights = after_training(40, nearest, seed);
        let mean_of_others = weights[1..].iter().sum::<f64>() / 99.0;
        assert!(mean_of_others < 0.3 * largest, "others come to {mean_of_others}");
        weights[0] / largest
    });
    let reference = &DopamineStdp::DECLARATION.references[2];
    super::assert_meets(reference, super::farthest(reference, rewarded));
}
