//! The face of plasticity: how rules that change weights meet the simulator.
//!
//! Rules are structs of parameters (declared, in [`crate::learning`]) that are made into constants and
//! act on events: a presynaptic spike that *arrives* ([`SpikeRule::on_pre`]) and a postsynaptic neuron
//! that fires ([`SpikeRule::on_post`]). What a rule remembers of earlier spikes stands in [`Traces`],
//! once for each source and each target and not for each synapse: a trace decays alike in all
//! synapses of a neuron. Between events a trace is a value and a time; its decay is exact.
//!
//! - Traces of sources live where spikes arrive. One bank serves one projection with one delay (or
//!   one part of its targets, if several threads share it): delays would shift it.
//! - Of two events at the same time the one that is told first counts as the earlier.
//! - A rule sees the traces before the present spike, then the spike is added to them.
//! - Eligibility, where a rule has it ([`SpikeRule::ELIGIBILITY`]), is a second number of each
//!   synapse, brought to the present by [`SpikeRule::advance`], at any spacing. A third factor comes
//!   by [`SpikeRule::reward`], which first wants the projection to be advanced to the same time.
//!
//! Weights are f32 and have the sign and unit of the projection's receptor; times are f64 ms.
//!
//! ```
//! use cajal::learning::plasticity::PairStdp;
//! use cajal::snn::plasticity::{Arrival, Firing, Modulation, Plasticity, SpikeRule, Traces};
//! let rule = PairStdp::default().rule();
//! let (mut pre, mut post) = (Traces::new(1, 1), Traces::new(1, 1));
//! let (mut weights, targets, sources) = ([0.5f32], [0u16], [0u16]);
//! let modulation = Modulation::default();
//! let (weights, eligibility) = (&mut weights[..], &mut [][..]);
//! let row = Arrival { source: 0, time_ms: 10.0, targets: &targets, weights, eligibility, modulation };
//! rule.on_pre(row, &mut pre, &post);
//! let firing = Firing { target: 0, time_ms: 15.0, synapses: &[0], sources: &sources, modulation };
//! let mut weights = [0.5f32];
//! rule.on_post(firing, &mut weights, &mut [], &pre, &mut post);
//! assert!(weights[0] > 0.5);
//! ```

use crate::describe::Declared;
use crate::kernels::lane::Real;
use crate::math::exp;

/// The index of a neuron in its population, as projections store it.
pub trait Local: Copy + Sync {
    /// The index.
    fn at(self) -> usize;
}

impl Local for u16 {
    #[inline(always)]
    fn at(self) -> usize {
        usize::from(self)
    }
}

impl Local for u32 {
    #[inline(always)]
    fn at(self) -> usize {
        self as usize
    }
}

/// Traces of a population: `count` numbers for each neuron and the time of its last spike.
#[derive(Clone, Debug, PartialEq)]
pub struct Traces {
    count: usize,
    values: Vec<f32>,
    last_ms: Vec<f64>,
}

impl Traces {
    /// `count` traces for each of `neurons`, all zero.
    pub fn new(neurons: usize, count: usize) -> Self {
        Self { count, values: vec![0.0; neurons * count], last_ms: vec![0.0; neurons] }
    }

    /// How many bytes `count` traces of `neurons` take.
    pub fn bytes(neurons: usize, count: usize) -> usize {
        neurons * (count * size_of::<f32>() + size_of::<f64>())
    }

    /// Trace `index` of `neuron` at `time_ms`, not before its last spike; `rate` is −1/τ, 1/ms.
    #[inline]
    pub fn read(&self, neuron: usize, index: usize, rate: f32, time_ms: f64) -> f32 {
        let value = self.values[neuron * self.count + index];
        let elapsed = (time_ms - self.last_ms[neuron]) as f32;
        value * exp(rate * elapsed)
    }

    /// Counts a spike of `neuron`: each trace decays to `time_ms`, then becomes what `spiked` makes of
    /// its index and value.
    #[inline]
    pub fn spike(&mut self, neuron: usize, rates: &[f32], time_ms: f64, spiked: impl Fn(usize, f32) -> f32) {
        debug_assert_eq!(rates.len(), self.count);
        let elapsed = (time_ms - self.last_ms[neuron]) as f32;
        let traces = &mut self.values[neuron * self.count..][..self.count];
        for (index, (trace, &rate)) in traces.iter_mut().zip(rates).enumerate() {
            let decayed = *trace * exp(rate * elapsed);
            *trace = spiked(index, if decayed < NEGLIGIBLE { 0.0 } else { decayed });
        }
        self.last_ms[neuron] = time_ms;
    }

    /// The numbers to be stored or hashed: all traces, then all times.
    pub fn parts(&self) -> (&[f32], &[f64]) {
        (&self.values, &self.last_ms)
    }

    /// As [`Traces::parts`], to be restored.
    pub fn parts_mut(&mut self) -> (&mut [f32], &mut [f64]) {
        (&mut self.values, &mut self.last_ms)
    }
}

/// Below this a trace is zero: subnormal numbers are slow and mean nothing.
const NEGLIGIBLE: f32 = 1e-30;

/// Which pairs of spikes count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// Each spike with all earlier ones of the other side: a trace is raised by 1.
    AllToAll,
    /// Each spike with the last one of the other side: a trace is put to 1.
    Nearest,
}

impl Pairing {
    /// The pairing that a declared number stands for: 0 for all-to-all, else nearest.
    pub fn of(number: f64) -> Self {
        if number == 0.0 { Self::AllToAll } else { Self::Nearest }
    }

    /// A trace after a spike.
    #[inline(always)]
    pub fn spiked(self, trace: f32) -> f32 {
        match self {
            Self::AllToAll => trace + 1.0,
            Self::Nearest => 1.0,
        }
    }
}

/// A presynaptic spike that arrives, with the synapses of its source.
pub struct Arrival<'a, I> {
    /// The neuron that fired.
    pub source: usize,
    /// When the spike arrives, ms.
    pub time_ms: f64,
    /// Target of each synapse of the source.
    pub targets: &'a [I],
    /// Weight of each.
    pub weights: &'a mut [f32],
    /// Eligibility of each; empty unless the rule has it.
    pub eligibility: &'a mut [f32],
    /// The third factor, as far as it has been advanced.
    pub modulation: Modulation,
}

/// A postsynaptic neuron that fires, with its incoming synapses.
pub struct Firing<'a, I> {
    /// The neuron that fires.
    pub target: usize,
    /// When, ms.
    pub time_ms: f64,
    /// Places of its incoming synapses in the weights of the projection.
    pub synapses: &'a [u32],
    /// Source of each of them.
    pub sources: &'a [I],
    /// The third factor, as far as it has been advanced.
    pub modulation: Modulation,
}

/// What a projection has of a third factor: one level for all its synapses.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Modulation {
    /// Concentration of the modulator at `advanced_ms`, in the unit of the rule.
    pub level: f32,
    /// Until when eligibility, weights and level have been advanced, ms.
    pub advanced_ms: f64,
}

/// A rule with its constants: what the simulator calls.
pub trait SpikeRule: Copy + Send + Sync + 'static {
    /// Traces of each source.
    const PRE_TRACES: usize;
    /// Traces of each target.
    const POST_TRACES: usize;
    /// Whether each synapse has an eligibility.
    const ELIGIBILITY: bool = false;

    /// A spike of a source arrives at its synapses.
    fn on_pre<I: Local>(&self, arrival: Arrival<'_, I>, pre: &mut Traces, post: &Traces);

    /// A target fires; `weights` and `eligibility` are those of the whole projection.
    fn on_post<I: Local>(
        &self,
        firing: Firing<'_, I>,
        weights: &mut [f32],
        eligibility: &mut [f32],
        pre: &Traces,
        post: &mut Traces,
    );

    /// A third factor comes at the time to which the projection is advanced.
    fn reward(&self, modulation: &mut Modulation, amount: f32) {
        let _ = (modulation, amount);
    }

    /// Brings synapses to `time_ms`. Each slice is a part of the projection, with the same
    /// `modulation`, whose own advance is [`SpikeRule::advance_modulation`], afterwards and once.
    fn advance(&self, time_ms: f64, modulation: &Modulation, weights: &mut [f32], eligibility: &mut [f32]) {
        let _ = (time_ms, modulation, weights, eligibility);
    }

    /// Brings the third factor to `time_ms`.
    fn advance_modulation(&self, time_ms: f64, modulation: &mut Modulation) {
        modulation.advanced_ms = time_ms;
    }
}

/// A declared rule for spikes.
pub trait Plasticity: Declared + Sync {
    /// The rule with its constants.
    type Rule: SpikeRule;
    /// Constants.
    fn rule(&self) -> Self::Rule;
}

/// A declared rule for rates: it changes the weights of one unit after each example.
pub trait RateRule: Declared + Sync {
    /// Changes `weights` of a unit with the rate `post` under the rates `pre`; `state` is the one
    /// number that a rule may carry for each unit (0 at the beginning).
    fn update<R: Real>(&self, state: &mut R, pre: &[R], post: R, weights: &mut [R]);
}
