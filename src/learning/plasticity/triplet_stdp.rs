//! Triplet STDP: pairs, and how they change with the rate.
//!
//! An arriving spike takes `o₁·(A₂₋ + A₃₋·r₂)`, a postsynaptic spike gives `r₁·(A₂₊ + A₃₊·o₂)`; the
//! traces `r₁, r₂` of a source and `o₁, o₂` of a target decay with `τ₊, τ_x` and `τ₋, τ_y`, and `r₂`,
//! `o₂` are read just before the present spike raises them (Pfister & Gerstner 2006, equations 3–4).
//! All traces are raised by 1 (all-to-all) or put to 1 (nearest). Amplitudes are fractions of the
//! reference weight `w₀`. Pairs alone do nothing at low rates; potentiation needs two postsynaptic
//! spikes within `τ_y`.
//!
//! ```
//! use cajal::learning::plasticity::TripletStdp;
//! assert_eq!(TripletStdp::default().a3_plus, 6.2e-3);
//! ```

use super::{PAIRING, number, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Preset, Reference, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::snn::plasticity::{Arrival, Firing, Local, Pairing, Plasticity, SpikeRule, Traces};
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TripletStdp {
    /// `A₂₊`: growth by a pair.
    pub a2_plus: f64,
    /// `A₃₊`: growth by a triplet of one presynaptic and two postsynaptic spikes.
    pub a3_plus: f64,
    /// `A₂₋`: loss by a pair.
    pub a2_minus: f64,
    /// `A₃₋`: loss by a triplet of two presynaptic and one postsynaptic spike.
    pub a3_minus: f64,
    /// `τ₊`, ms.
    pub tau_plus_ms: f64,
    /// `τ_x`, ms.
    pub tau_x_ms: f64,
    /// `τ₋`, ms.
    pub tau_minus_ms: f64,
    /// `τ_y`, ms.
    pub tau_y_ms: f64,
    /// `w₀`: the weight of which the amplitudes are fractions.
    pub w_0: f64,
    /// Largest weight.
    pub w_max: f64,
    /// 0 for all-to-all pairing, 1 for nearest.
    pub nearest: f64,
}

impl Default for TripletStdp {
    fn default() -> Self {
        Self {
            a2_plus: 5e-10,
            a3_plus: 6.2e-3,
            a2_minus: 7e-3,
            a3_minus: 2.3e-4,
            tau_plus_ms: 16.8,
            tau_x_ms: 101.0,
            tau_minus_ms: 33.7,
            tau_y_ms: 125.0,
            w_0: 1.0,
            w_max: 5.0,
            nearest: 0.0,
        }
    }
}

const PFISTER_2006: Citation = Citation {
    authors: "Pfister, Gerstner",
    year: 2006,
    title: "Triplets of spikes in a model of spike timing-dependent plasticity",
    source: "J. Neurosci. 26, 9673–9682, table 4",
};
const SJOSTROM_2001: Citation = Citation {
    authors: "Sjöström, Turrigiano, Nelson",
    year: 2001,
    title: "Rate, timing, and cooperativity jointly determine cortical synaptic plasticity",
    source: "Neuron 32, 1149–1164; as listed by Pfister & Gerstner 2006",
};

/// A change by 60 pairs that was measured, held within 1.5 standard errors of the mean.
const fn measured(what: &'static str, expected: f64, standard_error: f64) -> Reference {
    let tolerance = 1.5 * standard_error;
    Reference { what, expected, tolerance, unit: Unit::One, citation: SJOSTROM_2001 }
}

impl Declared for TripletStdp {
    const DECLARATION: Declaration = Declaration {
        id: "triplet-stdp",
        title: "STDP of triplets",
        citation: PFISTER_2006,
        equations: &[
            r"\text{pre: } w \leftarrow w - o_1 (A_2^- + A_3^- r_2)",
            r"\text{post: } w \leftarrow w + r_1 (A_2^+ + A_3^+ o_2)",
            r"\tau_+ \dot r_1 = -r_1,\; \tau_x \dot r_2 = -r_2,\; \tau_- \dot o_1 = -o_1,\; \tau_y \dot o_2 = -o_2",
        ],
        parameters: &[
            number("a2_plus", "A_2^+", (0.0, 1.0), 5e-10, "Growth by a pair."),
            number(
                "a3_plus",
                "A_3^+",
                (0.0, 1.0),
                6.2e-3,
                "Growth by two postsynaptic spikes and one before.",
            ),
            number("a2_minus", "A_2^-", (0.0, 1.0), 7e-3, "Loss by a pair."),
            number(
                "a3_minus",
                "A_3^-",
                (0.0, 1.0),
                2.3e-4,
                "Loss by two presynaptic spikes and one between.",
            ),
            time_constant("tau_plus_ms", r"\tau_+", 16.8, "Trace of a source that pairs read."),
            time_constant("tau_x_ms", r"\tau_x", 101.0, "Trace of a source that triplets read."),
            time_constant("tau_minus_ms", r"\tau_-", 33.7, "Trace of a target that pairs read."),
            time_constant("tau_y_ms", r"\tau_y", 125.0, "Trace of a target that triplets read."),
            number("w_0", "w_0", (0.0, 1000.0), 1.0, "The weight of which the amplitudes are fractions."),
            number("w_max", r"w_\mathrm{max}", (0.0, 5000.0), 5.0, "Largest weight."),
            PAIRING,
        ],
        state: &[
            StateVariable { key: "r1", symbol: "r_1", unit: Unit::One, meaning: "Fast trace of a source." },
            StateVariable { key: "r2", symbol: "r_2", unit: Unit::One, meaning: "Slow trace of a source." },
            StateVariable { key: "o1", symbol: "o_1", unit: Unit::One, meaning: "Fast trace of a target." },
            StateVariable { key: "o2", symbol: "o_2", unit: Unit::One, meaning: "Slow trace of a target." },
        ],
        drive: Unit::One,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[Preset {
            id: "visual-cortex-minimal",
            title: "Visual cortex, all-to-all, minimal",
            values: &[
                ("a2_plus", 0.0),
                ("a3_plus", 6.5e-3),
                ("a2_minus", 7.1e-3),
                ("a3_minus", 0.0),
                ("tau_y_ms", 114.0),
            ],
            drive: &[],
            citation: PFISTER_2006,
        }],
        references: &[
            measured("60 pairs, pre 10 ms before post, 0.1 Hz", -0.04, 0.05),
            measured("60 pairs, pre 10 ms before post, 10 Hz", 0.14, 0.10),
            measured("60 pairs, pre 10 ms before post, 20 Hz", 0.29, 0.14),
            measured("60 pairs, pre 10 ms before post, 40 Hz", 0.53, 0.11),
            measured("60 pairs, pre 10 ms before post, 50 Hz", 0.56, 0.26),
            measured("60 pairs, post 10 ms before pre, 0.1 Hz", -0.29, 0.08),
            measured("60 pairs, post 10 ms before pre, 10 Hz", -0.41, 0.11),
            measured("60 pairs, post 10 ms before pre, 20 Hz", -0.34, 0.10),
            measured("60 pairs, post 10 ms before pre, 40 Hz", 0.56, 0.32),
            measured("60 pairs, post 10 ms before pre, 50 Hz", 0.75, 0.19),
        ],
        not_biological: "Traces stand for what calcium, receptors and the potential do; their constants are fitted \
                         to one kind of synapse.",
    };
    declared_fields!(
        a2_plus,
        a3_plus,
        a2_minus,
        a3_minus,
        tau_plus_ms,
        tau_x_ms,
        tau_minus_ms,
        tau_y_ms,
        w_0,
        w_max,
        nearest
    );
}

impl Plasticity for TripletStdp {
    type Rule = TripletRule;

    fn rule(&self) -> TripletRule {
        let rate = |tau_ms: f64| (-1.0 / tau_ms) as f32;
        let amplitude = |fraction: f64| (fraction * self.w_0) as f32;
        TripletRule {
            plus: [amplitude(self.a2_plus), amplitude(self.a3_plus)],
            minus: [amplitude(self.a2_minus), amplitude(self.a3_minus)],
            pre_rates: [rate(self.tau_plus_ms), rate(self.tau_x_ms)],
            post_rates: [rate(self.tau_minus_ms), rate(self.tau_y_ms)],
            w_max: self.w_max as f32,
            pairing: Pairing::of(self.nearest),
        }
    }
}

/// [`TripletStdp`] with its constants.
#[derive(Clone, Copy, Debug)]
pub struct TripletRule {
    plus: [f32; 2],
    minus: [f32; 2],
    pre_rates: [f32; 2],
    post_rates: [f32; 2],
    w_max: f32,
    pairing: Pairing,
}

impl SpikeRule for TripletRule {
    const PRE_TRACES: usize = 2;
    const POST_TRACES: usize = 2;

    #[inline]
    fn on_pre<I: Local>(&self, arrival: Arrival<'_, I>, pre: &mut Traces, post: &Traces) {
        let Arrival { source, time_ms, targets, weights, .. } = arrival;
        let slow = pre.read(source, 1, self.pre_rates[1], time_ms);
        let loss = self.minus[0] + self.minus[1] * slow;
        for (weight, target) in weights.iter_mut().zip(targets) {
            let trace = post.read(target.at(), 0, self.post_rates[0], time_ms);
            *weight = Real::max(0.0, *weight - loss * trace);
        }
        pre.spike(source, &self.pre_rates, time_ms, |_, trace| self.pairing.spiked(trace));
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
        let slow = post.read(target, 1, self.post_rates[1], time_ms);
        let gain = self.plus[0] + self.plus[1] * slow;
        for (&synapse, source) in synapses.iter().zip(sources) {
            let trace = pre.read(source.at(), 0, self.pre_rates[0], time_ms);
            let weight = &mut weights[synapse as usize];
            *weight = Real::min(self.w_max, *weight + gain * trace);
        }
        post.spike(target, &self.post_rates, time_ms, |_, trace| self.pairing.spiked(trace));
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair_stdp::tests::Pair;
    use super::*;

    #[test]
    fn one_triplet_is_the_equation_in_both_pairings() {
        for nearest in [0.0, 1.0] {
            let mut synapse = Pair::new(TripletStdp { nearest, ..TripletStdp::default() }.rule(), 1.0);
            synapse.post(0.0);
            synapse.pre(5.0);
            synapse.post(12.0);
            let loss = (-5.0f64 / 33.7).exp() * 7e-3;
            let gain = (-7.0f64 / 16.8).exp() * (5e-10 + 6.2e-3 * (-12.0f64 / 125.0).exp());
            assert!((f64::from(synapse.weights[0]) - (1.0 - loss + gain)).abs() < 1e-6);
        }
    }

    #[test]
    fn nearest_forgets_what_came_before_the_last_spike() {
        let change = |nearest: f64| {
            let mut synapse = Pair::new(TripletStdp { nearest, ..TripletStdp::default() }.rule(), 1.0);
            synapse.post(0.0);
            synapse.post(10.0);
            synapse.pre(15.0);
            f64::from(1.0 - synapse.weights[0]) / 7e-3
        };
        assert!((change(1.0) - (-5.0f64 / 33.7).exp()).abs() < 1e-4);
        assert!((change(0.0) - (-5.0f64 / 33.7).exp() - (-15.0f64 / 33.7).exp()).abs() < 1e-4);
    }
}
