//! First-order kinetics of a receptor under a pulse of transmitter.
//!
//! `dr/dt = α[T](1 − r) − βr`: during a pulse the open fraction nears
//! `r∞ = α[T]/(α[T] + β)` at the rate `α[T] + β`, after it it falls at the rate β (Destexhe, Mainen,
//! Sejnowski 1994, *An efficient method for computing synaptic conductances based on a kinetic model
//! of receptor binding*, Neural Comput. 6, 14–18, equations 3 and 4). Rates in 1/(mM·ms) and 1/ms.
//!
//! Pulses of many synapses overlap, and the end of each would have to be remembered. Receptors of a
//! neuron therefore carry the difference of two exponentials, `A·(e^(−βt) − e^(−t/τ_r))`, chosen so
//! that what stays after the pulse *and* the integral are those of the pulse:
//! `A = r(p)·e^(βp)`, `τ_r = 1/β − Q/A`, where `p` is the length of the pulse and `Q` the integral.
//! That is linear, hence exact for any number of synapses, and stepped exactly. Only the shape of the
//! first two milliseconds differs (the peak of AMPA is 10 % lower). What one synapse loses by
//! saturation when its pulses follow each other, [`Pulse::gain`] tells.
//!
//! ```
//! use cajal::snn::synapses::kinetics::Pulse;
//! let ampa = Pulse { alpha: 1.1, beta: 0.19, transmitter_mm: 1.0, pulse_ms: 1.0 };
//! assert!((ampa.peak() - 0.618).abs() < 1e-3);
//! ```

use super::Decay;
use crate::kernels::lane::Real;

/// A receptor and the pulse that opens it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pulse {
    /// Rate of opening α, 1/(mM·ms).
    pub alpha: f64,
    /// Rate of closing β, 1/ms.
    pub beta: f64,
    /// Transmitter in the cleft during the pulse, mM.
    pub transmitter_mm: f64,
    /// Length of the pulse, ms.
    pub pulse_ms: f64,
}

impl Pulse {
    fn rate(&self) -> f64 {
        self.alpha * self.transmitter_mm + self.beta
    }

    /// The open fraction that a lasting pulse leads to.
    pub fn steady(&self) -> f64 {
        self.alpha * self.transmitter_mm / self.rate()
    }

    /// The open fraction at the end of a pulse that began with `open`.
    pub fn after(&self, open: f64) -> f64 {
        self.steady() + (open - self.steady()) * libm::exp(-self.rate() * self.pulse_ms)
    }

    /// The open fraction at the end of the first pulse.
    pub fn peak(&self) -> f64 {
        self.after(0.0)
    }

    /// The open fraction `time_ms` after the beginning of a single pulse.
    pub fn open_fraction(&self, time_ms: f64) -> f64 {
        if time_ms <= self.pulse_ms {
            -self.steady() * libm::expm1(-self.rate() * time_ms)
        } else {
            self.peak() * libm::exp(-self.beta * (time_ms - self.pulse_ms))
        }
    }

    /// The integral of the open fraction after a single pulse, ms.
    pub fn integral_ms(&self) -> f64 {
        let during = self.pulse_ms + libm::expm1(-self.rate() * self.pulse_ms) / self.rate();
        self.steady() * during + self.peak() / self.beta
    }

    /// How much a pulse that begins with `open` adds to the later open fraction, relative to the first
    /// pulse: 1 at rest, less as the receptors of the synapse saturate.
    ///
    /// All synapses of one source share it, so it can scale the weight as short-term plasticity does.
    pub fn gain(&self, open: f64) -> f64 {
        (self.after(open) - open * libm::exp(-self.beta * self.pulse_ms)) / self.peak()
    }

    /// The two exponentials with the same tail and the same integral.
    pub fn two_exponentials(&self) -> TwoExponentials {
        let amplitude = self.peak() * libm::exp(self.beta * self.pulse_ms);
        let decay_ms = 1.0 / self.beta;
        TwoExponentials { amplitude, decay_ms, rise_ms: decay_ms - self.integral_ms() / amplitude }
    }
}

/// `A·(e^(−t/τ_d) − e^(−t/τ_r))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TwoExponentials {
    /// A: open fraction.
    pub amplitude: f64,
    /// `τ_d`, ms.
    pub decay_ms: f64,
    /// `τ_r`, ms; shorter than `τ_d`.
    pub rise_ms: f64,
}

impl TwoExponentials {
    /// The step of the two over `dt_ms`.
    pub fn stepper<R: Real>(&self, dt_ms: f64) -> TwoExponentialsStepper<R> {
        TwoExponentialsStepper {
            amplitude: R::from_f64(self.amplitude),
            decay: Decay::new(self.decay_ms, dt_ms),
            rise: Decay::new(self.rise_ms, dt_ms),
        }
    }
}

/// The exact step of [`TwoExponentials`]; its state is the slow and the fast exponential.
#[derive(Clone, Copy, Debug)]
pub struct TwoExponentialsStepper<R> {
    amplitude: R,
    decay: Decay<R>,
    rise: Decay<R>,
}

impl<R: Real> TwoExponentialsStepper<R> {
    /// Adds spikes of the summed weight `arrived`, advances the state and gives the mean of the open
    /// conductance over the step.
    #[inline(always)]
    pub fn step(&self, state: &mut [R; 2], arrived: R) -> R {
        let added = arrived * self.amplitude;
        let slow = self.decay.step(&mut state[0], added);
        slow - self.rise.step(&mut state[1], added)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PULSES: [(f64, f64); 3] = [(1.1, 0.19), (0.072, 0.0066), (5.0, 0.18)];

    fn pulse((alpha, beta): (f64, f64)) -> Pulse {
        Pulse { alpha, beta, transmitter_mm: 1.0, pulse_ms: 1.0 }
    }

    #[test]
    fn the_closed_form_solves_the_kinetics() {
        for rates in PULSES {
            let pulse = pulse(rates);
            let (dt_ms, mut open, mut integral) = (1e-4, 0.0, 0.0);
            for step in 0..200_000 {
                let transmitter = if step < 10_000 { 1.0 } else { 0.0 };
                let slope = |r: f64| pulse.alpha * transmitter * (1.0 - r) - pulse.beta * r;
                let middle = open + 0.5 * dt_ms * slope(open);
                open += dt_ms * slope(middle);
                integral += dt_ms * middle;
                if step % 5_000 == 4_999 {
                    let closed = pulse.open_fraction(f64::from(step + 1) * dt_ms);
                    assert!((open - closed).abs() < 1e-7, "{rates:?}: {open} against {closed}");
                }
            }
            let rest = open / pulse.beta;
            assert!((integral + rest - pulse.integral_ms()).abs() < 1e-5, "{rates:?}");
        }
    }

    #[test]
    fn two_exponentials_have_the_tail_and_the_integral_of_the_pulse() {
        for rates in PULSES {
            let (pulse, dt_ms) = (pulse(rates), 0.05);
            let two = pulse.two_exponentials();
            assert!(two.rise_ms > 0.0 && two.rise_ms < two.decay_ms, "{two:?}");
            let stepper = two.stepper::<f64>(dt_ms);
            let (mut state, mut integral, mut worst) = ([0.0; 2], 0.0, 0.0f64);
            for step in 0..200_000 {
                integral += dt_ms * stepper.step(&mut state, if step == 0 { 1.0 } else { 0.0 });
                let time_ms = f64::from(step + 1) * dt_ms;
                let difference = (state[0] - state[1] - pulse.open_fraction(time_ms)).abs() / pulse.peak();
                worst = worst.max(difference);
                assert!(time_ms < 8.0 || difference < 1e-3, "{rates:?} at {time_ms}: {difference}");
            }
            assert!((integral / pulse.integral_ms() - 1.0).abs() < 1e-9, "{rates:?}: {integral}");
            assert!(worst < 0.35, "{rates:?}: {worst}");
        }
    }

    #[test]
    fn a_train_saturates_one_synapse() {
        let pulse = pulse(PULSES[0]);
        assert!((pulse.gain(0.0) - 1.0).abs() < 1e-12);
        assert!(pulse.gain(0.5) < 0.6);
        let wait = libm::exp(-pulse.beta * 1.0);
        let open = (0..20).fold(0.0, |open, _| pulse.after(open * wait));
        assert!(open < pulse.steady() && open > pulse.peak());
    }
}
