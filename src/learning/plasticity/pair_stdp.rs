//! Pair STDP: what fires just before its target grows, what fires just after it shrinks.
//!
//! `Δw = A₊·w_max·e^(−Δ/τ₊)` for a presynaptic spike `Δ` before a postsynaptic one, and
//! `Δw = −A₋·w_max·e^(−Δ/τ₋)` for the other order; weights stay in `[0, w_max]` (hard bounds). A
//! postsynaptic spike reads the trace of each source, an arriving spike the trace of each target.
//! With `A₋τ₋ > A₊τ₊` chance coincidences depress, and synapses compete for the moment of firing.
//!
//! ```
//! use cajal::describe::Declared;
//! use cajal::learning::plasticity::PairStdp;
//! let rule = PairStdp::with_values([("ratio", 1.1), ("nearest", 1.0)]).unwrap();
//! assert_eq!(rule.ratio, 1.1);
//! ```

use super::{PAIRING, number, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Reference, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::snn::plasticity::{Arrival, Firing, Local, Pairing, Plasticity, SpikeRule, Traces};
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairStdp {
    /// `A₊`: potentiation by a pair without distance, as a fraction of the largest weight.
    pub a_plus: f64,
    /// `A₋/A₊`.
    pub ratio: f64,
    /// `τ₊`, ms.
    pub tau_plus_ms: f64,
    /// `τ₋`, ms.
    pub tau_minus_ms: f64,
    /// Largest weight.
    pub w_max: f64,
    /// 0 for all-to-all pairing, 1 for nearest.
    pub nearest: f64,
}

impl Default for PairStdp {
    fn default() -> Self {
        Self { a_plus: 0.005, ratio: 1.05, tau_plus_ms: 20.0, tau_minus_ms: 20.0, w_max: 1.0, nearest: 0.0 }
    }
}

const SONG_2000: Citation = Citation {
    authors: "Song, Miller, Abbott",
    year: 2000,
    title: "Competitive Hebbian learning through spike-timing-dependent synaptic plasticity",
    source: "Nat. Neurosci. 3, 919–926",
};

impl Declared for PairStdp {
    const DECLARATION: Declaration = Declaration {
        id: "pair-stdp",
        title: "STDP of pairs",
        citation: SONG_2000,
        equations: &[
            r"\Delta w = A_+ w_\mathrm{max}\, e^{-\Delta/\tau_+} \quad (\text{pre before post})",
            r"\Delta w = -A_- w_\mathrm{max}\, e^{-\Delta/\tau_-} \quad (\text{post before pre})",
            r"0 \le w \le w_\mathrm{max}",
        ],
        parameters: &[
            number(
                "a_plus",
                "A_+",
                (0.0, 1.0),
                0.005,
                "Growth by one pair, as a fraction of the largest weight.",
            ),
            number(
                "ratio",
                "A_-/A_+",
                (0.0, 5.0),
                1.05,
                "How much more a pair in the wrong order takes away.",
            ),
            time_constant("tau_plus_ms", r"\tau_+", 20.0, "How far before its target a spike still counts."),
            time_constant("tau_minus_ms", r"\tau_-", 20.0, "How far after its target a spike still counts."),
            number("w_max", r"w_\mathrm{max}", (0.0, 1000.0), 1.0, "Largest weight."),
            PAIRING,
        ],
        state: &[
            StateVariable {
                key: "pre_trace",
                symbol: "r",
                unit: Unit::One,
                meaning: "Recent spikes of a source.",
            },
            StateVariable {
                key: "post_trace",
                symbol: "o",
                unit: Unit::One,
                meaning: "Recent spikes of a target.",
            },
        ],
        drive: Unit::One,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[
            Reference {
                what: "weights beyond a tenth of the range from both bounds, of Poisson inputs in the end: bimodal",
                expected: 0.0,
                tolerance: 0.25,
                unit: Unit::One,
                citation: SONG_2000,
            },
            Reference {
                what: "CV of intervals when weights are balanced, output irregular",
                expected: 1.0,
                tolerance: 0.4,
                unit: Unit::One,
                citation: SONG_2000,
            },
        ],
        not_biological: "Pairs add up linearly, whatever the rate and the potential; hard bounds replace whatever \
                         limits a real synapse.",
    };
    declared_fields!(a_plus, ratio, tau_plus_ms, tau_minus_ms, w_max, nearest);
}

impl Plasticity for PairStdp {
    type Rule = PairRule;

    fn rule(&self) -> PairRule {
        PairRule {
            potentiation: (self.a_plus * self.w_max) as f32,
            depression: (self.a_plus * self.ratio * self.w_max) as f32,
            pre_rate: (-1.0 / self.tau_plus_ms) as f32,
            post_rate: (-1.0 / self.tau_minus_ms) as f32,
            w_max: self.w_max as f32,
            pairing: Pairing::of(self.nearest),
        }
    }
}

/// [`PairStdp`] with its constants.
#[derive(Clone, Copy, Debug)]
pub struct PairRule {
    potentiation: f32,
    depression: f32,
    pre_rate: f32,
    post_rate: f32,
    w_max: f32,
    pairing: Pairing,
}

impl SpikeRule for PairRule {
    const PRE_TRACES: usize = 1;
    const POST_TRACES: usize = 1;

    #[inline]
    fn on_pre<I: Local>(&self, arrival: Arrival<'_, I>, pre: &mut Traces, post: &Traces) {
        let Arrival { source, time_ms, targets, weights, .. } = arrival;
        for (weight, target) in weights.iter_mut().zip(targets) {
            let trace = post.read(target.at(), 0, self.post_rate, time_ms);
            *weight = Real::max(0.0, *weight - self.depression * trace);
        }
        pre.spike(source, &[self.pre_rate], time_ms, |_, trace| self.pairing.spiked(trace));
    }

    #[inline]
    fn on_post<I: Local>(
        &self,
        firing: Firing<'_, I>,
        weights: &mut [f32],
        _eligibility: &mut [f32],
        pre: &Traces,
        post: &mut Traces,
    ) {
        let Firing { target, time_ms, synapses, sources, .. } = firing;
        for (&synapse, source) in synapses.iter().zip(sources) {
            let trace = pre.read(source.at(), 0, self.pre_rate, time_ms);
            let weight = &mut weights[synapse as usize];
            *weight = Real::min(self.w_max, *weight + self.potentiation * trace);
        }
        post.spike(target, &[self.post_rate], time_ms, |_, trace| self.pairing.spiked(trace));
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::snn::plasticity::Modulation;

    /// One synapse and its traces.
    pub struct Pair<P: SpikeRule> {
        pub rule: P,
        pub weights: [f32; 1],
        pub eligibility: [f32; 1],
        pub modulation: Modulation,
        pre: Traces,
        post: Traces,
    }

    impl<P: SpikeRule> Pair<P> {
        pub fn new(rule: P, weight: f32) -> Self {
            let (pre, post) = (Traces::new(1, P::PRE_TRACES), Traces::new(1, P::POST_TRACES));
            Self { rule, weights: [weight], eligibility: [0.0], modulation: Modulation::default(), pre, post }
        }

        pub fn pre(&mut self, time_ms: f64) {
            let (weights, eligibility) = (&mut self.weights[..], &mut self.eligibility[..]);
            let modulation = self.modulation;
            let row = Arrival { source: 0, time_ms, targets: &[0u16], weights, eligibility, modulation };
            self.rule.on_pre(row, &mut self.pre, &self.post);
        }

        pub fn post(&mut self, time_ms: f64) {
            let modulation = self.modulation;
            let firing = Firing { target: 0, time_ms, synapses: &[0], sources: &[0u16], modulation };
            self.rule.on_post(firing, &mut self.weights, &mut self.eligibility, &self.pre, &mut self.post);
        }

        pub fn advance(&mut self, time_ms: f64) {
            self.rule.advance(time_ms, &self.modulation, &mut self.weights, &mut self.eligibility);
            self.rule.advance_modulation(time_ms, &mut self.modulation);
        }
    }

    #[test]
    fn the_window_is_the_equation() {
        let model = PairStdp::default();
        for distance in [1.0, 7.5, 30.0] {
            let mut synapse = Pair::new(model.rule(), 0.5);
            synapse.pre(100.0);
            synapse.post(100.0 + distance);
            let exact = 0.5 + 0.005 * (-distance / 20.0).exp();
            assert!((f64::from(synapse.weights[0]) - exact).abs() < 1e-7);
            let mut synapse = Pair::new(model.rule(), 0.5);
            synapse.post(100.0);
            synapse.pre(100.0 + distance);
            let exact = 0.5 - 0.00525 * (-distance / 20.0).exp();
            assert!((f64::from(synapse.weights[0]) - exact).abs() < 1e-7);
        }
    }

    #[test]
    fn pairings_differ_by_the_spikes_before_the_last() {
        let change = |nearest: f64| {
            let mut synapse = Pair::new(PairStdp { nearest, ..PairStdp::default() }.rule(), 0.5);
            synapse.pre(0.0);
            synapse.pre(10.0);
            synapse.post(15.0);
            f64::from(synapse.weights[0] - 0.5) / 0.005
        };
        let last = (-5.0f64 / 20.0).exp();
        assert!((change(1.0) - last).abs() < 1e-4);
        assert!((change(0.0) - last - (-15.0f64 / 20.0).exp()).abs() < 1e-4);
    }

    #[test]
    fn weights_stay_within_their_bounds() {
        let mut synapse = Pair::new(PairStdp { a_plus: 0.4, ..PairStdp::default() }.rule(), 0.9);
        synapse.pre(0.0);
        synapse.post(1.0);
        assert_eq!(synapse.weights[0], 1.0);
        for time in 0..9 {
            synapse.pre(2.0 + f64::from(time));
        }
        assert_eq!(synapse.weights[0], 0.0);
    }
}
