//! GABA-B receptor: slow inhibition through a G protein, which only bursts bring about.
//!
//! `dr/dt = K₁[T](1 − r) − K₂r`, `ds/dt = K₃r − K₄s`, `I = ḡ·s⁴/(s⁴ + K_d)·(E − V)`: activated
//! receptors `r` make G protein `s` (µM), of which four open one potassium channel (K_d in µM⁴).
//!
//! The fourth power makes this the one receptor whose synapses do not add up. It stands for a *pool*
//! outside the synapses, which all of a neuron's synapses fill: a weight counts releases of 1 mM·ms,
//! and transmitter is cleared with a time constant of 1 ms (the source has a pulse of that length; the
//! integral is the same). `ḡ` belongs to the pool. Classical Runge-Kutta of fourth order for `r` and
//! `s`, with the exact transmitter between the ends of the step.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::{GabaB, SynapseModel, SynapseStepper};
//! let receptor = GabaB::default().stepper::<f64>(0.1);
//! let mut peak = |spikes: f64| {
//!     let mut state = receptor.rest();
//!     (0..5_000).fold(0.0f64, |peak, step| {
//!         let mut input = Input::current(0.0);
//!         receptor.step(&mut state, if step == 0 { spikes } else { 0.0 }, -65.0, &mut input);
//!         peak.max(input.conductance)
//!     })
//! };
//! assert!(peak(10.0) > 500.0 * peak(1.0));
//! ```

use super::{SynapseModel, SynapseStepper, flushed, open, rate, reversal};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GabaB {
    /// K₁: activation of receptors, 1/(mM·ms).
    pub k1: f64,
    /// K₂: deactivation of receptors, 1/ms.
    pub k2: f64,
    /// K₃: making of G protein, µM/ms.
    pub k3: f64,
    /// K₄: loss of G protein, 1/ms.
    pub k4: f64,
    /// `K_d`: dissociation from the channels, µM⁴.
    pub kd: f64,
    /// `ḡ`: conductance with all channels open, in the neuron's unit of drive a mV.
    pub conductance_ns: f64,
    /// Reversal potential E of potassium, mV.
    pub reversal_mv: f64,
}

impl Default for GabaB {
    fn default() -> Self {
        Self { k1: 0.09, k2: 0.0012, k3: 0.18, k4: 0.034, kd: 100.0, conductance_ns: 1.0, reversal_mv: -95.0 }
    }
}

/// How fast transmitter is cleared, ms.
const CLEARANCE_MS: f64 = 1.0;

const DESTEXHE_1998: Citation = Citation {
    authors: "Destexhe, Mainen, Sejnowski",
    year: 1998,
    title: "Kinetic models of synaptic transmission",
    source: "Methods in Neuronal Modeling, 2nd edition, MIT Press, 1–25, equations 21–23",
};

impl Declared for GabaB {
    const DECLARATION: Declaration = Declaration {
        id: "gaba-b",
        title: "GABA-B",
        citation: DESTEXHE_1998,
        equations: &[
            r"I = \bar g\, \frac{s^4}{s^4 + K_d}\, (E - V)",
            r"\frac{dr}{dt} = K_1 [T] (1 - r) - K_2 r",
            r"\frac{ds}{dt} = K_3 r - K_4 s",
        ],
        parameters: &[
            rate(
                "k1",
                "K_1",
                Unit::PerMillimolarMillisecond,
                0.09,
                "How fast transmitter activates receptors.",
            ),
            rate("k2", "K_2", Unit::PerMillisecond, 0.0012, "How fast receptors come back."),
            rate("k3", "K_3", Unit::PerMillisecond, 0.18, "How fast active receptors make G protein, in µM."),
            rate("k4", "K_4", Unit::PerMillisecond, 0.034, "How fast G protein is lost."),
            Parameter {
                key: "kd",
                symbol: "K_d",
                unit: Unit::One,
                range: (1.0, 10_000.0),
                step: 1.1,
                scale: Scale::Logarithmic,
                default: 100.0,
                meaning: "G protein to the fourth power, in µM⁴, that opens half of the channels.",
            },
            Parameter {
                key: "conductance_ns",
                symbol: r"\bar g",
                unit: Unit::Nanosiemens,
                range: (0.0, 1000.0),
                step: 0.1,
                scale: Scale::Linear,
                default: 1.0,
                meaning: "Conductance with all channels open.",
            },
            reversal(-95.0),
        ],
        state: &[
            StateVariable {
                key: "transmitter_mm",
                symbol: "[T]",
                unit: Unit::Millimolar,
                meaning: "Transmitter at the receptors.",
            },
            StateVariable {
                key: "activated",
                symbol: "r",
                unit: Unit::One,
                meaning: "Fraction of activated receptors.",
            },
            StateVariable {
                key: "g_protein_um", symbol: "s", unit: Unit::One, meaning: "G protein, in µM."
            },
        ],
        drive: Unit::Count,
        integrator: Integrator::RungeKutta4,
        largest_dt_ms: 0.5,
        presets: &[],
        references: &[
            Reference {
                what: "G protein over activated receptors when both are steady: K₃/K₄, µM",
                expected: 5.29,
                tolerance: 0.01,
                unit: Unit::One,
                citation: DESTEXHE_1998,
            },
            Reference {
                what: "part of open channels with all receptors active: s⁴/(s⁴ + K_d) at s = K₃/K₄",
                expected: 0.887,
                tolerance: 2e-3,
                unit: Unit::One,
                citation: DESTEXHE_1998,
            },
        ],
        not_biological: "One pool of G protein stands for the cascade in every spine, and transmitter reaches all \
                         receptors alike.",
    };
    declared_fields!(k1, k2, k3, k4, kd, conductance_ns, reversal_mv);
}

impl SynapseModel for GabaB {
    type Stepper<R: Real> = GabaBStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> GabaBStepper<R> {
        GabaBStepper {
            k1: R::from_f64(self.k1),
            k2: R::from_f64(self.k2),
            k3: R::from_f64(self.k3),
            k4: R::from_f64(self.k4),
            kd: R::from_f64(self.kd),
            conductance: R::from_f64(self.conductance_ns),
            reversal: R::from_f64(self.reversal_mv),
            released: R::from_f64(1.0 / CLEARANCE_MS),
            cleared_half: R::from_f64(libm::exp(-0.5 * dt_ms / CLEARANCE_MS)),
            cleared: R::from_f64(libm::exp(-dt_ms / CLEARANCE_MS)),
            dt: R::from_f64(dt_ms),
            half: R::from_f64(0.5 * dt_ms),
            sixth: R::from_f64(dt_ms / 6.0),
        }
    }
}

/// The step of [`GabaB`].
#[derive(Clone, Copy)]
pub struct GabaBStepper<R> {
    k1: R,
    k2: R,
    k3: R,
    k4: R,
    kd: R,
    conductance: R,
    reversal: R,
    released: R,
    cleared_half: R,
    cleared: R,
    dt: R,
    half: R,
    sixth: R,
}

impl<R: Real> GabaBStepper<R> {
    #[inline(always)]
    fn slope(&self, transmitter: R, [r, s]: [R; 2]) -> [R; 2] {
        [self.k1 * transmitter * (R::splat(1.0) - r) - self.k2 * r, self.k3 * r - self.k4 * s]
    }

    #[inline(always)]
    fn open_fraction(&self, s: R) -> R {
        let square = s * s;
        let fourth = square * square;
        fourth / (fourth + self.kd)
    }
}

#[inline(always)]
fn along<R: Real>([r, s]: [R; 2], by: R, [slope_r, slope_s]: [R; 2]) -> [R; 2] {
    [r + by * slope_r, s + by * slope_s]
}

impl<R: Real> SynapseStepper<R> for GabaBStepper<R> {
    type State = [R; 3];

    fn rest(&self) -> [R; 3] {
        [R::splat(0.0); 3]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 3], arrived: R, _potential_mv: R, input: &mut Input<R>) {
        let start = state[0] + arrived * self.released;
        let (middle, end) = (start * self.cleared_half, start * self.cleared);
        let from = [state[1], state[2]];
        let first = self.slope(start, from);
        let second = self.slope(middle, along(from, self.half, first));
        let third = self.slope(middle, along(from, self.half, second));
        let fourth = self.slope(end, along(from, self.dt, third));
        let two = R::splat(2.0);
        let sum = |index: usize| first[index] + two * (second[index] + third[index]) + fourth[index];
        let (r, s) = (from[0] + self.sixth * sum(0), from[1] + self.sixth * sum(1));
        // The mean of both ends, as the neuron takes its input as constant over the step.
        let mean = R::splat(0.5) * (self.open_fraction(from[1]) + self.open_fraction(s));
        *state = [flushed(end), flushed(r), flushed(s)];
        open(input, mean * self.conductance, self.reversal);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// State 40 ms after four releases: with some eight, the leading error of `r` happens to vanish.
    fn state(dt_ms: f64) -> [f64; 3] {
        let receptor = GabaB::default().stepper::<f64>(dt_ms);
        let mut state = receptor.rest();
        for step in 0..(40.0 / dt_ms) as usize {
            let arrived = if step == 0 { 4.0 } else { 0.0 };
            receptor.step(&mut state, arrived, -65.0, &mut Input::current(0.0));
        }
        state
    }

    #[test]
    fn the_order_of_convergence_is_four() {
        let exact = state(0.005);
        for index in [1, 2] {
            let error = |dt_ms| (state(dt_ms)[index] - exact[index]).abs();
            let order = (error(0.4) / error(0.2)).log2();
            assert!((order - 4.0).abs() < 0.3, "variable {index}: order {order}");
        }
    }

    #[test]
    fn activation_is_that_of_the_closed_form_without_loss() {
        // With K₂ = 0 all that counts is the integral of the transmitter: r = 1 − e^(−K₁·n).
        let receptor = GabaB { k2: 0.0, ..GabaB::default() }.stepper::<f64>(0.1);
        let mut state = receptor.rest();
        for step in 0..400 {
            receptor.step(&mut state, if step == 0 { 5.0 } else { 0.0 }, -65.0, &mut Input::current(0.0));
        }
        assert!((state[1] - (1.0 - (-0.45f64).exp())).abs() < 1e-5, "{}", state[1]);
    }
}
