//! Sodium and potassium channels of the squid's giant axon, for membranes of compartments.
//!
//! `I = g_Na m³h (E_Na − V) + g_K n⁴ (E_K − V)`; each gate follows `dx/dt = φ(α(1 − x) − βx)` with
//! `φ = 3^((T − 6.3 °C)/10)`. Rates in 1/ms, potentials in mV, with the resting potential at −65 mV
//! (the paper counts from rest, with the sign turned round).
//!
//! Source: Hodgkin, Huxley (1952), *A quantitative description of membrane current and its
//! application to conduction and excitation in nerve*, J. Physiol. 117, 500–544, equations 12–25.

use crate::kernels::lane::Real;

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
        libm::pow(3.0, (self.celsius - 6.3) / 10.0)
    }
}

/// `u/(1 − e^(−u))`, with its limit of 1 at 0, where the quotient is 0/0.
#[inline(always)]
fn opening<R: Real>(u: R) -> R {
    let one = R::splat(1.0);
    let series = one + u * R::splat(0.5) + u * u * R::from_f64(1.0 / 12.0);
    let near = u.abs().lt(R::splat(1e-3));
    let safe = R::select(near, one, u);
    R::select(near, series, safe / (one - (-safe).exp()))
}

/// Opening and closing rates of `m`, `h` and `n` at 6.3 °C, 1/ms.
#[inline(always)]
pub fn rates<R: Real>(potential_mv: R) -> [(R, R); 3] {
    let one = R::splat(1.0);
    let above = |mv: f32, span: f32| (potential_mv + R::splat(mv)) / R::splat(span);
    [
        (opening(above(40.0, 10.0)), R::splat(4.0) * (-above(65.0, 18.0)).exp()),
        (R::from_f64(0.07) * (-above(65.0, 20.0)).exp(), one / (one + (-above(35.0, 10.0)).exp())),
        (R::from_f64(0.1) * opening(above(55.0, 10.0)), R::splat(0.125) * (-above(65.0, 80.0)).exp()),
    ]
}

/// Where the gates `m`, `h` and `n` come to rest at a potential.
#[inline(always)]
pub fn steady<R: Real>(potential_mv: R) -> [R; 3] {
    rates(potential_mv).map(|(open, close)| open / (open + close))
}

/// Gates after a time in which the potential stands still; `spell_ms` is counted at 6.3 °C, that is
/// multiplied by [`SquidChannels::speed`] already.
#[inline(always)]
pub fn relax<R: Real>(gates: [R; 3], potential_mv: R, spell_ms: R) -> [R; 3] {
    let rates = rates(potential_mv);
    let follow = |gate: R, (open, close): (R, R)| {
        let sum = open + close;
        let rest = open / sum;
        rest + (gate - rest) * (-(sum * spell_ms)).exp()
    };
    [follow(gates[0], rates[0]), follow(gates[1], rates[1]), follow(gates[2], rates[2])]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_have_their_limits() {
        let (open_m, _) = rates(-40.0f64)[0];
        let (open_n, _) = rates(-55.0f64)[2];
        assert!((open_m - 1.0).abs() < 1e-12 && (open_n - 0.1).abs() < 1e-12);
        for offset in [-0.0101, -0.0099, 0.0099, 0.0101] {
            let u: f64 = offset / 10.0;
            let exact = u / -libm::expm1(-u);
            let ours = rates(-40.0 + offset)[0].0;
            assert!((ours - exact).abs() < 1e-10, "{offset}: {ours} against {exact}");
        }
    }

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
