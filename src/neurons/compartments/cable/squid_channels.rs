//! Sodium and potassium channels of the squid's giant axon, for membranes of compartments.
//!
//! `I = g_Na m³h (E_Na − V) + g_K n⁴ (E_K − V)`; each gate follows `dx/dt = φ(α(1 − x) − βx)` with
//! `φ = 3^((T − 6.3 °C)/10)`. Potentials in mV. The rates are those of [`crate::neurons::hodgkin_huxley`].
//!
//! Source: Hodgkin, Huxley (1952), *A quantitative description of membrane current and its
//! application to conduction and excitation in nerve*, J. Physiol. 117, 500–544, equations 12–25.

use crate::kernels::lane::Real;
use crate::neurons::hodgkin_huxley::{Gate, gate_speed, squid_gates};

/// What the channels of a cell have in common; their densities belong to the compartments.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SquidChannels {
    /// Reversal potential of sodium, mV.
    pub sodium_mv: f64,
    /// Reversal potential of potassium, mV.
    pub potassium_mv: f64,
    /// Temperature, °C.
    pub celsius: f64,
}

impl SquidChannels {
    /// By what the rates exceed those at 6.3 °C.
    pub fn speed(&self) -> f64 {
        gate_speed(self.celsius)
    }
}

/// Where the gates `m`, `h` and `n` come to rest at a potential.
#[inline(always)]
pub fn steady<R: Real>(potential_mv: R) -> [R; 3] {
    squid_gates(potential_mv).map(Gate::steady)
}

/// Gates after a time in which the potential stands still; `spell_ms` is counted at 6.3 °C, that is
/// multiplied by [`SquidChannels::speed`] already.
#[inline(always)]
pub fn relax<R: Real>(gates: [R; 3], potential_mv: R, spell_ms: R) -> [R; 3] {
    let rates = squid_gates(potential_mv);
    core::array::from_fn(|gate| rates[gate].after(gates[gate], spell_ms))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gates_rest_where_the_paper_has_them() {
        let wanted = [0.0529, 0.5961, 0.3177];
        for (ours, wanted) in steady(-65.0f64).into_iter().zip(wanted) {
            assert!((ours - wanted).abs() < 1e-4, "{ours} against {wanted}");
        }
    }

    #[test]
    fn gates_relax_exactly_and_stay_within_bounds() {
        let start = [0.1, 0.9, 0.4];
        let once = relax(start, -20.0f64, 2.0);
        let twice = relax(relax(start, -20.0, 1.0), -20.0, 1.0);
        for (once, twice) in once.into_iter().zip(twice) {
            assert!((once - twice).abs() < 1e-14 && (0.0..=1.0).contains(&once));
        }
    }
}
