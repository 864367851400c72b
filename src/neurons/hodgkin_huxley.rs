//! Hodgkin-Huxley neuron of 1952: the squid's giant axon as a point, with its temperature.
//!
//! `C dV/dt = −g_Na·m³h(V − E_Na) − g_K·n⁴(V − E_K) − g_L(V − E_L) + I − g·V`, and for each gate
//! `dx/dt = φ(α_x(1 − x) − β_x·x)` with `φ = 3^((T − 6.3 °C)/10)`. Potentials in mV with the rest at
//! −65 mV (the source counts from rest, with the sign turned), times in ms, densities in µA/cm²,
//! mS/cm² and µF/cm². A spike is an upward crossing of 0 mV.
//!
//! The step is exponential Euler, stable at any step and conductance: gates and potential each move
//! by the solution for coefficients held over the step, all from the old state.
//! [`HodgkinHuxley::runge_kutta`] is the accurate twin that it is compared with.
//!
//! ```
//! use cajal::neurons::{HodgkinHuxley, Input, NeuronModel, Stepper};
//! let neuron = HodgkinHuxley::default().stepper::<f64>(0.01);
//! let mut state = neuron.rest();
//! let spikes: f64 = (0..100_000).map(|_| neuron.step(&mut state, Input::current(10.0)).spike).sum();
//! assert!((spikes - 68.0).abs() <= 1.0); // in one second
//! ```

mod declaration;
mod runge_kutta;

pub use runge_kutta::HodgkinHuxleyRungeKutta;

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel, brink};
use crate::kernels::lane::Real;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HodgkinHuxley {
    /// Temperature T, °C.
    pub temperature_c: f64,
    /// Capacitance C, µF/cm².
    pub c_uf_cm2: f64,
    /// Largest sodium conductance, mS/cm².
    pub g_na_ms_cm2: f64,
    /// Largest potassium conductance, mS/cm².
    pub g_k_ms_cm2: f64,
    /// Leak conductance, mS/cm².
    pub g_leak_ms_cm2: f64,
    /// Reversal potential of sodium, mV.
    pub e_na_mv: f64,
    /// Reversal potential of potassium, mV.
    pub e_k_mv: f64,
    /// Reversal potential of the leak, mV.
    pub e_leak_mv: f64,
}

impl HodgkinHuxley {
    /// `φ`: how much faster the gates are than at 6.3 °C.
    pub fn gate_speed(&self) -> f64 {
        gate_speed(self.temperature_c)
    }

    fn membrane<R: Real>(&self, dt_ms: f64) -> Membrane<R> {
        let resting_mv = resting_potential(&[self.e_na_mv, self.e_k_mv, self.e_leak_mv], |v| {
            let [m, h, n] = squid_gates(v).map(Gate::steady);
            self.g_na_ms_cm2 * m * m * m * h * (v - self.e_na_mv)
                + self.g_k_ms_cm2 * n * n * n * n * (v - self.e_k_mv)
                + self.g_leak_ms_cm2 * (v - self.e_leak_mv)
        });
        Membrane {
            dt_per_c: R::from_f64(dt_ms / self.c_uf_cm2),
            gate_dt: R::from_f64(dt_ms * self.gate_speed()),
            g_na: R::from_f64(self.g_na_ms_cm2),
            g_k: R::from_f64(self.g_k_ms_cm2),
            g_leak: R::from_f64(self.g_leak_ms_cm2),
            e_na: R::from_f64(self.e_na_mv),
            e_k: R::from_f64(self.e_k_mv),
            e_leak: R::from_f64(self.e_leak_mv),
            resting: R::from_f64(resting_mv),
        }
    }

    /// The same neuron under classical Runge-Kutta: for comparison, and only for small steps.
    pub fn runge_kutta<R: Real>(&self, dt_ms: f64) -> HodgkinHuxleyRungeKutta<R> {
        HodgkinHuxleyRungeKutta::new(self.membrane(dt_ms))
    }
}

impl NeuronModel for HodgkinHuxley {
    type Stepper<R: Real> = HodgkinHuxleyStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> HodgkinHuxleyStepper<R> {
        HodgkinHuxleyStepper { membrane: self.membrane(dt_ms) }
    }
}

/// `τ = C/Σg` with the channels that are open at rest. Fast are potential and sodium activation; inactivation
/// and potassium are slow. The threshold lies between the drives that make it fire once and for ever.
impl UnitModel for HodgkinHuxley {
    fn effective(&self) -> Effective {
        let membrane = self.membrane::<f64>(1.0);
        let state = membrane.rest();
        let rest_mv = state[0];
        let (conductance, _) = membrane.conductance_and_current(state, Input::current(0.0));
        let [brink_mv, threshold] = brink(rest_mv, |v, at| {
            let m = squid_gates(v)[0].steady();
            let [_, h, n] = squid_gates(at).map(Gate::steady);
            let (conductance, current) = membrane.conductance_and_current([v, m, h, n], Input::current(0.0));
            conductance * v - current
        });
        let tau_ms = self.c_uf_cm2 / conductance;
        Effective::of_membrane([tau_ms, 0.0], [threshold, conductance], [rest_mv, brink_mv])
    }
}

/// By what rates at a temperature exceed those at 6.3 °C.
pub(crate) fn gate_speed(celsius: f64) -> f64 {
    libm::pow(3.0, (celsius - 6.3) / 10.0)
}

/// Opening and closing rate of a gate at one potential, 1/ms.
#[derive(Clone, Copy)]
pub(crate) struct Gate<R> {
    pub opening: R,
    pub closing: R,
}

impl<R: Real> Gate<R> {
    /// How open it is in the long run.
    #[inline(always)]
    pub fn steady(self) -> R {
        self.opening / (self.opening + self.closing)
    }

    /// How open it is after `dt_ms` at this potential.
    #[inline(always)]
    pub fn after(self, open: R, dt_ms: R) -> R {
        let steady = self.steady();
        steady + (open - steady) * (-(dt_ms * (self.opening + self.closing))).exp()
    }
}

/// `x/(1 − e^(−x))`, which is 1 at 0: the opening rate of a gate whose formula is 0/0 there.
///
/// Within ±0.1 by its series, whose first term left out, `x⁸/1 209 600`, is below 1e-14; outside, the
/// difference in the denominator costs single precision at most 10 roundings.
#[inline(always)]
pub(crate) fn exp_linear<R: Real>(x: R) -> R {
    let one = R::splat(1.0);
    let small = x.abs().lt(R::splat(0.1));
    let square = x * x;
    let tail = R::from_f64(-1.0 / 720.0) + square * R::from_f64(1.0 / 30_240.0);
    let series = one + x * R::splat(0.5) + square * (R::from_f64(1.0 / 12.0) + square * tail);
    // Where the series is taken the quotient is not used, but must not be 0/0.
    let outside = R::select(small, one, x);
    R::select(small, series, outside / (one - (-outside).exp()))
}

/// The gates m, h, n of the squid at a potential in mV, at 6.3 °C.
///
/// Beyond ±200 mV, where no membrane lives, the rates stay what they are there: exponentials of
/// wilder potentials would leave single precision.
#[inline(always)]
pub(crate) fn squid_gates<R: Real>(potential_mv: R) -> [Gate<R>; 3] {
    let v = potential_mv.max(R::splat(-200.0)).min(R::splat(200.0));
    let above = |mv: f32, scale: f64| (v + R::splat(mv)) * R::from_f64(1.0 / scale);
    let one = R::splat(1.0);
    [
        Gate { opening: exp_linear(above(40.0, 10.0)), closing: R::splat(4.0) * (-above(65.0, 18.0)).exp() },
        Gate {
            opening: R::from_f64(0.07) * (-above(65.0, 20.0)).exp(),
            closing: one / (one + (-above(35.0, 10.0)).exp()),
        },
        Gate {
            opening: R::from_f64(0.1) * exp_linear(above(55.0, 10.0)),
            closing: R::splat(0.125) * (-above(65.0, 80.0)).exp(),
        },
    ]
}

/// The lowest potential at which the steady outward current is zero. Between the lowest and the
/// highest reversal potential there is one; a neuron of type I has two more, which are no rest.
pub(crate) fn resting_potential(reversals_mv: &[f64], outward: impl Fn(f64) -> f64) -> f64 {
    let lowest = reversals_mv.iter().copied().fold(f64::INFINITY, f64::min);
    let highest = reversals_mv.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let step = (highest - lowest) / 1000.0;
    let inward = |at: &u32| outward(lowest + step * f64::from(*at)) < 0.0;
    let crossed = f64::from((0..1000).take_while(inward).count() as u32);
    let (mut low, mut high) = (lowest + step * (crossed - 1.0).max(0.0), lowest + step * crossed);
    for _ in 0..60 {
        let middle = 0.5 * (low + high);
        if outward(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    0.5 * (low + high)
}

/// The constants of the membrane for one time step.
#[derive(Clone, Copy)]
struct Membrane<R> {
    dt_per_c: R,
    gate_dt: R,
    g_na: R,
    g_k: R,
    g_leak: R,
    e_na: R,
    e_k: R,
    e_leak: R,
    resting: R,
}

impl<R: Real> Membrane<R> {
    fn rest(&self) -> [R; 4] {
        let [m, h, n] = squid_gates(self.resting).map(Gate::steady);
        [self.resting, m, h, n]
    }

    /// Conductance of all open channels, and the current that it would carry at 0 mV with what is
    /// injected: the membrane is drawn to their quotient.
    #[inline(always)]
    fn conductance_and_current(&self, [_, m, h, n]: [R; 4], input: Input<R>) -> (R, R) {
        let sodium = self.g_na * (m * m * m * h);
        let square = n * n;
        let potassium = self.g_k * (square * square);
        let conductance = sodium + potassium + self.g_leak + input.conductance;
        let current = sodium * self.e_na + potassium * self.e_k + self.g_leak * self.e_leak + input.current;
        (conductance, current)
    }
}

/// 1 where the potential has crossed 0 mV upwards.
#[inline(always)]
pub(crate) fn crossing<R: Real>(before: R, after: R) -> R {
    let (zero, one) = (R::splat(0.0), R::splat(1.0));
    R::select(before.lt(zero), R::select(zero.le(after), one, zero), zero)
}

/// The step of [`HodgkinHuxley`].
#[derive(Clone, Copy)]
pub struct HodgkinHuxleyStepper<R> {
    membrane: Membrane<R>,
}

impl<R: Real> Stepper<R> for HodgkinHuxleyStepper<R> {
    type State = [R; 4];

    fn rest(&self) -> [R; 4] {
        self.membrane.rest()
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 4], input: Input<R>) -> Stepped<R> {
        let membrane = &self.membrane;
        let (conductance, current) = membrane.conductance_and_current(*state, input);
        let [before, m, h, n] = *state;
        let steady = current / conductance;
        let potential = steady + (before - steady) * (-(membrane.dt_per_c * conductance)).exp();
        let [m_gate, h_gate, n_gate] = squid_gates(before);
        *state = [
            potential,
            m_gate.after(m, membrane.gate_dt),
            h_gate.after(h, membrane.gate_dt),
            n_gate.after(n, membrane.gate_dt),
        ];
        Stepped { spike: crossing(before, potential), potential }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_their_limit_where_the_formula_is_zero_by_zero() {
        assert_eq!(squid_gates(-40.0f64)[0].opening, 1.0);
        assert_eq!(squid_gates(-55.0f64)[2].opening, 0.1);
        for x in [-0.5, -0.1, -0.099, -1e-3, -1e-12, 1e-9, 0.05, 0.1, 0.2, 7.0] {
            let exact = x / -libm::expm1(-x);
            assert!((exp_linear(x) / exact - 1.0).abs() < 1e-12, "{x}");
            assert!((f64::from(exp_linear(x as f32)) / exact - 1.0).abs() < 1e-5, "{x}");
        }
    }

    #[test]
    fn rests_where_the_source_puts_the_rest() {
        let neuron = HodgkinHuxley::default().stepper::<f64>(0.01);
        let mut state = neuron.rest();
        assert!((state[0] + 65.0).abs() < 0.01, "{}", state[0]);
        let at_rest = state;
        for _ in 0..10_000 {
            neuron.step(&mut state, Input::current(0.0));
        }
        for (now, then) in state.iter().zip(at_rest) {
            assert!((now - then).abs() < 1e-9, "{now} {then}");
        }
    }

    #[test]
    fn warmth_shortens_the_spike_and_stops_it_in_the_end() {
        // Time above 0 mV of the first spike after a strong pulse of 1 ms; none where it fails.
        let width_ms = |temperature_c| {
            let neuron = HodgkinHuxley { temperature_c, ..HodgkinHuxley::default() }.stepper::<f64>(0.005);
            let mut state = neuron.rest();
            let above = (0..4000).filter(|&step| {
                let current = if step < 200 { 20.0 } else { 0.0 };
                neuron.step(&mut state, Input::current(current)).potential > 0.0
            });
            above.count() as f64 * 0.005
        };
        let (cold, room, hot) = (width_ms(6.3), width_ms(18.5), width_ms(40.0));
        assert!(cold > 2.0 * room && room > 0.1, "{cold} {room}");
        assert_eq!(hot, 0.0);
    }

    #[test]
    fn a_conductance_clamps_the_potential() {
        let neuron = HodgkinHuxley::default().stepper::<f32>(0.05);
        let mut state = neuron.rest();
        for _ in 0..1000 {
            neuron.step(&mut state, Input { conductance: 1e5, ..Input::current(-20.0e5) });
        }
        assert!((state[0] + 20.0).abs() < 0.1, "{}", state[0]);
    }
}
