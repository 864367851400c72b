//! The Hodgkin-Huxley neuron under classical Runge-Kutta of fourth order.
//!
//! Four times the work of a step of exponential Euler, for an error that falls with the fourth power
//! of the step: what the other is compared with. It is unstable where a step exceeds 2.8 time
//! constants of the fastest gate, which warm gates reach first (0.03 ms at 18.5 °C is safe).

use super::{Gate, Membrane, crossing, squid_gates};
use crate::kernels::lane::Real;
use crate::neurons::{Input, Stepped, Stepper};

/// The step of [`super::HodgkinHuxley::runge_kutta`].
#[derive(Clone, Copy)]
pub struct HodgkinHuxleyRungeKutta<R> {
    membrane: Membrane<R>,
}

impl<R: Real> HodgkinHuxleyRungeKutta<R> {
    pub(super) fn new(membrane: Membrane<R>) -> Self {
        Self { membrane }
    }

    /// By how much a whole step at the slopes of `state` would move it.
    #[inline(always)]
    fn change(&self, state: [R; 4], input: Input<R>) -> [R; 4] {
        let membrane = &self.membrane;
        let (conductance, current) = membrane.conductance_and_current(state, input);
        let [v, m, h, n] = state;
        let [m_gate, h_gate, n_gate] = squid_gates(v);
        let gate =
            |gate: Gate<R>, open: R| membrane.gate_dt * (gate.opening - (gate.opening + gate.closing) * open);
        [membrane.dt_per_c * (current - conductance * v), gate(m_gate, m), gate(h_gate, h), gate(n_gate, n)]
    }
}

impl<R: Real> Stepper<R> for HodgkinHuxleyRungeKutta<R> {
    type State = [R; 4];

    fn rest(&self) -> [R; 4] {
        self.membrane.rest()
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 4], input: Input<R>) -> Stepped<R> {
        let (half, two, six) = (R::splat(0.5), R::splat(2.0), R::splat(6.0));
        let start = *state;
        let along = |change: [R; 4], part: R| core::array::from_fn(|of| start[of] + part * change[of]);
        let first = self.change(start, input);
        let second = self.change(along(first, half), input);
        let third = self.change(along(second, half), input);
        let fourth = self.change(along(third, R::splat(1.0)), input);
        *state = core::array::from_fn(|of| {
            start[of] + (first[of] + two * (second[of] + third[of]) + fourth[of]) / six
        });
        Stepped { spike: crossing(start[0], state[0]), potential: state[0] }
    }
}
