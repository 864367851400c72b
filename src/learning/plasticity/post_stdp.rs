//! STDP of postsynaptic spikes: when a neuron fires, recent sources grow and silent ones shrink.
//!
//! Each source has a trace that a spike puts to 1 and that decays with `τ`. A postsynaptic spike
//! changes every synapse of its neuron by `Δw = η·(x − x_tar)·(w_max − w)^μ`: what was active before the
//! spike grows towards the bound, what was not falls; nothing happens at presynaptic spikes, so a
//! synapse costs nothing until its target fires (Diehl & Cook 2015, equation 3, after Querlioz et al.
//! 2013). Weights stay in `[0, w_max]`.
//!
//! ```
//! use cajal::describe::Declared;
//! use cajal::learning::plasticity::PostStdp;
//! assert!(PostStdp::with_values([("target", 0.2), ("exponent", 1.0)]).is_ok());
//! ```

use super::{learning_rate, number, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Reference, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::math::{exp, ln};
use crate::snn::plasticity::{Arrival, Firing, Local, Plasticity, SpikeRule, Traces};
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PostStdp {
    /// η.
    pub learning_rate: f64,
    /// `x_tar`: the trace at which a synapse neither grows nor shrinks.
    pub target: f64,
    /// τ of the trace, ms.
    pub tau_ms: f64,
    /// μ: how growth and loss fall towards the bound.
    pub exponent: f64,
    /// Largest weight.
    pub w_max: f64,
}

impl Default for PostStdp {
    fn default() -> Self {
        Self { learning_rate: 0.01, target: 0.4, tau_ms: 20.0, exponent: 0.2, w_max: 1.0 }
    }
}

const DIEHL_COOK_2015: Citation = Citation {
    authors: "Diehl, Cook",
    year: 2015,
    title: "Unsupervised learning of digit recognition using spike-timing-dependent plasticity",
    source: "Front. Comput. Neurosci. 9, 99",
};

impl Declared for PostStdp {
    const DECLARATION: Declaration = Declaration {
        id: "post-stdp",
        title: "STDP of postsynaptic spikes",
        citation: DIEHL_COOK_2015,
        equations: &[
            r"\Delta w = \eta\,(x - x_\mathrm{tar})\,(w_\mathrm{max} - w)^\mu \quad (\text{post})",
            r"x \leftarrow 1 \quad (\text{pre}), \qquad \tau\,\dot x = -x",
            r"0 \le w \le w_\mathrm{max}",
        ],
        parameters: &[
            learning_rate(0.01),
            number(
                "target",
                r"x_\mathrm{tar}",
                (0.0, 1.0),
                0.4,
                "Trace at which a synapse neither grows nor shrinks.",
            ),
            time_constant("tau_ms", r"\tau", 20.0, "How long before its target a spike still counts."),
            number("exponent", r"\mu", (0.0, 4.0), 0.2, "How fast change falls towards the bound."),
            number("w_max", r"w_\mathrm{max}", (0.0, 1000.0), 1.0, "Largest weight."),
        ],
        state: &[StateVariable {
            key: "pre_trace",
            symbol: "x",
            unit: Unit::One,
            meaning: "Time since the last spike of a source.",
        }],
        drive: Unit::One,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[Reference {
            what: "weight from 0.5 by one spike 10 ms after its source, η = 0.01",
            expected: 0.5 + 0.01 * (0.606_530_659_7 - 0.4) * 0.870_550_563_3,
            tolerance: 1e-6,
            unit: Unit::One,
            citation: DIEHL_COOK_2015,
        }],
        not_biological: "A synapse knows how far it is from a bound, and only the target's spikes teach it.",
    };
    declared_fields!(learning_rate, target, tau_ms, exponent, w_max);
}

impl Plasticity for PostStdp {
    type Rule = PostRule;

    fn rule(&self) -> PostRule {
        PostRule {
            learning_rate: self.learning_rate as f32,
            target: self.target as f32,
            rate: (-1.0 / self.tau_ms) as f32,
            exponent: self.exponent as f32,
            w_max: self.w_max as f32,
        }
    }
}

/// [`PostStdp`] with its constants.
#[derive(Clone, Copy, Debug)]
pub struct PostRule {
    learning_rate: f32,
    target: f32,
    rate: f32,
    exponent: f32,
    w_max: f32,
}

impl PostRule {
    /// `(w_max − w)^μ`.
    #[inline]
    fn room(&self, weight: f32) -> f32 {
        let room = self.w_max - weight;
        match self.exponent {
            0.0 => 1.0,
            1.0 => room,
            // Below 0 and at it there is none.
            exponent => {
                if room > 0.0 {
                    exp(exponent * ln(room))
                } else {
                    0.0
                }
            }
        }
    }
}

impl SpikeRule for PostRule {
    const PRE_TRACES: usize = 1;
    const POST_TRACES: usize = 0;

    #[inline]
    fn on_pre<I: Local>(&self, arrival: Arrival<'_, I>, pre: &mut Traces, _: &Traces) {
        pre.spike(arrival.source, &[self.rate], arrival.time_ms, |_, _| 1.0);
    }

    #[inline]
    fn on_post<I: Local>(
        &self,
        firing: Firing<'_, I>,
        weights: &mut [f32],
        _eligibility: &mut [f32],
        pre: &Traces,
        _: &mut Traces,
    ) {
        let Firing { time_ms, synapses, sources, .. } = firing;
        for (&synapse, source) in synapses.iter().zip(sources) {
            let trace = pre.read(source.at(), 0, self.rate, time_ms);
            let weight = &mut weights[synapse as usize];
            let change = self.learning_rate * (trace - self.target) * self.room(*weight);
            *weight = Real::max(0.0, Real::min(self.w_max, *weight + change));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::pair_stdp::tests::Pair;
    use super::*;

    #[test]
    fn a_postsynaptic_spike_rewards_who_was_there() {
        let model = PostStdp::default();
        let mut synapse = Pair::new(model.rule(), 0.5);
        synapse.pre(100.0);
        assert_eq!(synapse.weights[0], 0.5);
        synapse.post(110.0);
        let exact = 0.5 + 0.01 * ((-0.5f64).exp() - 0.4) * 0.5f64.powf(0.2);
        assert!((f64::from(synapse.weights[0]) - exact).abs() < 1e-7);
        let mut silent = Pair::new(model.rule(), 0.5);
        silent.post(110.0);
        assert!((f64::from(silent.weights[0]) - (0.5 - 0.004 * 0.5f64.powf(0.2))).abs() < 1e-7);
    }

    #[test]
    fn weights_stay_within_their_bounds() {
        for exponent in [0.0, 0.2, 1.0] {
            let model = PostStdp { learning_rate: 1.0, exponent, ..PostStdp::default() };
            let mut synapse = Pair::new(model.rule(), 0.9);
            for time in 0..20 {
                synapse.pre(f64::from(time));
                synapse.post(f64::from(time));
                assert!((0.0..=1.0).contains(&synapse.weights[0]));
            }
            assert!(synapse.weights[0] > 0.99, "{exponent}: {}", synapse.weights[0]);
            // At the bound itself the equation knows no way back, unless μ is 0.
            synapse.weights[0] = 0.99;
            (0..20).for_each(|time| synapse.post(1000.0 + f64::from(time)));
            assert!((0.0..0.99).contains(&synapse.weights[0]), "{exponent}: {}", synapse.weights[0]);
        }
    }
}
