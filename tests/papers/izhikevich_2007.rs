//! Izhikevich (2007), Solving the distal reward problem through linkage of STDP and dopamine signaling,
//! Cereb. Cortex 17, 2443–2452: eligibility and dopamine decay, and one synapse of many is found
//! although its reward comes seconds later.

use cajal::describe::Declared;
use cajal::learning::plasticity::DopamineStdp;
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
