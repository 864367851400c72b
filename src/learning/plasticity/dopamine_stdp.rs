//! Dopamine-modulated STDP: a synapse remembers that it may have helped, and reward decides.
//!
//! `dc/dt = −c/τ_c + STDP·δ(spikes)`, `dd/dt = −d/τ_d + DA(t)`, `dw/dt = η·c·(d + d₀)` (Izhikevich
//! 2007, equations 2–4): STDP does not change the weight but the eligibility `c` of the synapse,
//! which fades over a second; dopamine `d`, one level for all, turns into change what is left of it.
//!
//! Between events this is solved, not stepped: over `Δ`,
//! `Δw = η·c·(d·(1 − e^(−Δk))/k + d₀·τ_c·(1 − e^(−Δ/τ_c)))`, `k = 1/τ_c + 1/τ_d`. The simulator
//! advances all synapses now and then, and before each reward. An event between advances is entered as
//! if it had been there since the last one: `δ·e^(s/τ_c)` is added to `c`, and what it would have
//! earned in the time `s` before it happened is taken off the weight. So the spacing of advances does
//! not matter, except that weights are bounded when they are advanced; it must stay below some 20 τ_c,
//! as `e^(s/τ_c)` has to be a number.
//!
//! ```
//! use cajal::learning::plasticity::DopamineStdp;
//! use cajal::snn::plasticity::{Modulation, Plasticity, SpikeRule};
//! let rule = DopamineStdp::default().rule();
//! let (mut modulation, mut weight, mut eligibility) = (Modulation::default(), [1.0f32], [0.1f32]);
//! rule.reward(&mut modulation, 0.5);
//! rule.advance(1000.0, &modulation, &mut weight, &mut eligibility);
//! assert!(weight[0] > 1.0 && (eligibility[0] - 0.1 * (-1.0f32).exp()).abs() < 1e-6);
//! ```

use super::{PAIRING, number, time_constant};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::math::exp;
use crate::snn::plasticity::{Arrival, Firing, Local, Modulation, Pairing, Plasticity, SpikeRule, Traces};
use crate::units::Unit;

/// Parameters of the rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DopamineStdp {
    /// `A₊`: eligibility by a pair without distance.
    pub a_plus: f64,
    /// `A₋`.
    pub a_minus: f64,
    /// `τ₊`, ms.
    pub tau_plus_ms: f64,
    /// `τ₋`, ms.
    pub tau_minus_ms: f64,
    /// `τ_c`: how long eligibility lasts, ms.
    pub tau_eligibility_ms: f64,
    /// `τ_d`: how long dopamine lasts, ms.
    pub tau_dopamine_ms: f64,
    /// `d₀`: dopamine without reward, µM.
    pub tonic: f64,
    /// η: change a second by an eligibility of 1 under dopamine of 1.
    pub gain_hz: f64,
    /// Largest weight.
    pub w_max: f64,
    /// 0 for all-to-all pairing, 1 for nearest.
    pub nearest: f64,
}

impl Default for DopamineStdp {
    fn default() -> Self {
        Self {
            a_plus: 0.1,
            a_minus: 0.15,
            tau_plus_ms: 20.0,
            tau_minus_ms: 20.0,
            tau_eligibility_ms: 1000.0,
            tau_dopamine_ms: 200.0,
            tonic: 0.0,
            gain_hz: 100.0,
            w_max: 4.0,
            nearest: 0.0,
        }
    }
}

const IZHIKEVICH_2007: Citation = Citation {
    authors: "Izhikevich",
    year: 2007,
    title: "Solving the distal reward problem through linkage of STDP and dopamine signaling",
    source: "Cereb. Cortex 17, 2443–2452",
};

impl Declared for DopamineStdp {
    const DECLARATION: Declaration = Declaration {
        id: "dopamine-stdp",
        title: "Dopamine-modulated STDP",
        citation: IZHIKEVICH_2007,
        equations: &[
            r"\frac{dc}{dt} = -\frac{c}{\tau_c} + \mathrm{STDP}(\Delta)\,\delta(t - t_\mathrm{spikes})",
            r"\frac{dd}{dt} = -\frac{d}{\tau_d} + \mathrm{DA}(t)",
            r"\frac{dw}{dt} = \eta\, c\, (d + d_0)",
        ],
        parameters: &[
            number("a_plus", "A_+", (0.0, 10.0), 0.1, "Eligibility by a pair in the right order."),
            number("a_minus", "A_-", (0.0, 10.0), 0.15, "Eligibility that a pair in the wrong order takes."),
            time_constant("tau_plus_ms", r"\tau_+", 20.0, "How far before its target a spike still counts."),
            time_constant("tau_minus_ms", r"\tau_-", 20.0, "How far after its target a spike still counts."),
            Parameter {
                key: "tau_eligibility_ms",
                symbol: r"\tau_c",
                unit: Unit::Millisecond,
                range: (50.0, 100_000.0),
                step: 1.1,
                scale: Scale::Logarithmic,
                default: 1000.0,
                meaning: "How long a synapse remembers.",
            },
            time_constant("tau_dopamine_ms", r"\tau_d", 200.0, "How long dopamine stays."),
            number("tonic", "d_0", (-1.0, 1.0), 0.0, "Dopamine without reward, µM."),
            Parameter {
                key: "gain_hz",
                symbol: r"\eta",
                unit: Unit::Hertz,
                range: (0.0, 10_000.0),
                step: 1.0,
                scale: Scale::Linear,
                default: 100.0,
                meaning: "How fast dopamine turns eligibility into weight.",
            },
            number("w_max", r"w_\mathrm{max}", (0.0, 1000.0), 4.0, "Largest weight."),
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
            StateVariable {
                key: "eligibility",
                symbol: "c",
                unit: Unit::One,
                meaning: "What a reward would reach.",
            },
            StateVariable {
                key: "dopamine",
                symbol: "d",
                unit: Unit::One,
                meaning: "Dopamine, one level for all.",
            },
        ],
        drive: Unit::One,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[
            Reference {
                what: "eligibility one second after a pair, over its first value",
                expected: 0.368,
                tolerance: 1e-3,
                unit: Unit::One,
                citation: IZHIKEVICH_2007,
            },
            Reference {
                what: "dopamine 0.2 s after a reward, over its first value",
                expected: 0.368,
                tolerance: 1e-3,
                unit: Unit::One,
                citation: IZHIKEVICH_2007,
            },
            Reference {
                what: "the one rewarded synapse of 100, rewards 1 to 3 s late, gain 30/s, 30 to 40 min: weight over its largest",
                expected: 1.0,
                tolerance: 0.1,
                unit: Unit::One,
                citation: IZHIKEVICH_2007,
            },
        ],
        not_biological: "One level of dopamine reaches all synapses at once, and eligibility has no molecule that is \
                         settled upon.",
    };
    declared_fields!(
        a_plus,
        a_minus,
        tau_plus_ms,
        tau_minus_ms,
        tau_eligibility_ms,
        tau_dopamine_ms,
        tonic,
        gain_hz,
        w_max,
        nearest
    );
}

impl Plasticity for DopamineStdp {
    type Rule = DopamineRule;

    fn rule(&self) -> DopamineRule {
        let rate = |tau_ms: f64| (-1.0 / tau_ms) as f32;
        DopamineRule {
            plus: self.a_plus as f32,
            minus: self.a_minus as f32,
            pre_rate: rate(self.tau_plus_ms),
            post_rate: rate(self.tau_minus_ms),
            eligibility_rate: rate(self.tau_eligibility_ms),
            dopamine_rate: rate(self.tau_dopamine_ms),
            tonic: self.tonic as f32,
            gain: (self.gain_hz / 1000.0) as f32,
            w_max: self.w_max as f32,
            pairing: Pairing::of(self.nearest),
        }
    }
}

/// [`DopamineStdp`] with its constants.
#[derive(Clone, Copy, Debug)]
pub struct DopamineRule {
    plus: f32,
    minus: f32,
    pre_rate: f32,
    post_rate: f32,
    eligibility_rate: f32,
    dopamine_rate: f32,
    tonic: f32,
    gain: f32,
    w_max: f32,
    pairing: Pairing,
}

impl DopamineRule {
    /// What an eligibility of 1 at the last advance earns in the `elapsed_ms` after it. In double
    /// precision, as short times leave a small difference of large numbers.
    fn earned(&self, modulation: &Modulation, elapsed_ms: f64) -> f32 {
        let during = |rate: f64| libm::expm1(rate * elapsed_ms) / rate;
        let eligibility = f64::from(self.eligibility_rate);
        let phasic = f64::from(modulation.level) * during(eligibility + f64::from(self.dopamine_rate));
        let tonic = f64::from(self.tonic) * during(eligibility);
        (f64::from(self.gain) * (phasic + tonic)) as f32
    }

    /// What an event at `time_ms` counts at the last advance, and what it has not earned since.
    fn since_advance(&self, modulation: &Modulation, time_ms: f64) -> (f32, f32) {
        let elapsed = time_ms - modulation.advanced_ms;
        let factor = exp(-self.eligibility_rate * elapsed as f32);
        (factor, factor * self.earned(modulation, elapsed))
    }
}

impl SpikeRule for DopamineRule {
    const PRE_TRACES: usize = 1;
    const POST_TRACES: usize = 1;
    const ELIGIBILITY: bool = true;

    fn on_pre<I: Local>(&self, arrival: Arrival<'_, I>, pre: &mut Traces, post: &Traces) {
        let Arrival { source, time_ms, targets, weights, eligibility, modulation } = arrival;
        let (factor, unearned) = self.since_advance(&modulation, time_ms);
        for ((weight, eligibility), target) in weights.iter_mut().zip(eligibility).zip(targets) {
            let change = -self.minus * post.read(target.at(), 0, self.post_rate, time_ms);
            *eligibility += change * factor;
            *weight -= change * unearned;
        }
        pre.spike(source, &[self.pre_rate], time_ms, |_, trace| self.pairing.spiked(trace));
    }

    fn on_post<I: Local>(
        &self,
        firing: Firing<'_, I>,
        weights: &mut [f32],
        eligibility: &mut [f32],
        pre: &Traces,
        post: &mut Traces,
    ) {
        let Firing { target, time_ms, synapses, sources, modulation } = firing;
        let (factor, unearned) = self.since_advance(&modulation, time_ms);
        for (&synapse, source) in synapses.iter().zip(sources) {
            let change = self.plus * pre.read(source.at(), 0, self.pre_rate, time_ms);
            eligibility[synapse as usize] += change * factor;
            weights[synapse as usize] -= change * unearned;
        }
        post.spike(target, &[self.post_rate], time_ms, |_, trace| self.pairing.spiked(trace));
    }

    fn reward(&self, modulation: &mut Modulation, amount: f32) {
        modulation.level += amount;
    }

    fn advance(&self, time_ms: f64, modulation: &Modulation, weights: &mut [f32], eligibility: &mut [f32]) {
        let elapsed = time_ms - modulation.advanced_ms;
        let earned = self.earned(modulation, elapsed);
        let kept = exp(self.eligibility_rate * elapsed as f32);
        for (weight, eligibility) in weights.iter_mut().zip(eligibility) {
            *weight = Real::max(0.0, Real::min(self.w_max, *weight + *eligibility * earned));
            let left = *eligibility * kept;
            *eligibility = if left.abs() < NEGLIGIBLE { 0.0 } else { left };
        }
    }

    fn advance_modulation(&self, time_ms: f64, modulation: &mut Modulation) {
        let elapsed = (time_ms - modulation.advanced_ms) as f32;
        let level = modulation.level * exp(self.dopamine_rate * elapsed);
        modulation.level = if level.abs() < NEGLIGIBLE { 0.0 } else { level };
        modulation.advanced_ms = time_ms;
    }
}

/// Below this a number that decays is zero: subnormal numbers are slow and mean nothing.
const NEGLIGIBLE: f32 = 1e-30;

#[cfg(test)]
mod tests {
    use super::super::pair_stdp::tests::Pair;
    use super::*;

    /// A pair, a reward and a further pair, advanced every `spacing_ms` and at the reward.
    fn run(spacing_ms: f64) -> Pair<DopamineRule> {
        let model = DopamineStdp { tonic: 0.01, gain_hz: 200.0, ..DopamineStdp::default() };
        let mut synapse = Pair::new(model.rule(), 1.0);
        let mut next = spacing_ms;
        let events = [(20.5, 0), (26.0, 1), (700.0, 2), (750.25, 0), (757.0, 1), (761.0, 0), (2000.0, 3)];
        for (time_ms, kind) in events {
            while next < time_ms {
                synapse.advance(next);
                next += spacing_ms;
            }
            match kind {
                0 => synapse.pre(time_ms),
                1 => synapse.post(time_ms),
                _ => synapse.advance(time_ms),
            }
            if kind == 2 {
                let rule = synapse.rule;
                rule.reward(&mut synapse.modulation, 0.5);
            }
        }
        synapse
    }

    #[test]
    fn the_spacing_of_advances_does_not_matter() {
        let fine = run(1.0);
        assert!((fine.weights[0] - 1.0).abs() > 0.05, "{:?}", fine.weights);
        for spacing_ms in [10.0, 333.0, 1e9] {
            let coarse = run(spacing_ms);
            assert!((coarse.weights[0] - fine.weights[0]).abs() < 3e-5, "{spacing_ms}: {:?}", coarse.weights);
            assert!((coarse.eligibility[0] - fine.eligibility[0]).abs() < 1e-6);
        }
    }

    #[test]
    fn without_dopamine_nothing_changes() {
        let mut synapse = Pair::new(DopamineStdp::default().rule(), 1.0);
        synapse.pre(10.0);
        synapse.post(15.0);
        synapse.advance(5000.0);
        assert_eq!(synapse.weights, [1.0]);
    }
}
