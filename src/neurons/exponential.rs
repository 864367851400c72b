//! Exponential integrate-and-fire neuron: the upswing of the spike is part of the equation.
//!
//! `C dV/dt = −g_L(V − E_L) + g_L·Δ_T·e^((V − V_T)/Δ_T) + I − g·V`; at `V ≥ V_peak` it fires, is put
//! to `V_r` and stays there for `t_ref`. Densities: µA/cm², mS/cm², µF/cm². The defaults are the
//! source's fit to the conductance-based [`super::WangBuzsaki`] neuron.
//!
//! Runge-Kutta of fourth order. In the upswing the exponential outruns any step, so inside the slope
//! the potential stops at the peak and the exponent at 20: far above what crosses any peak within one
//! step, far below what single precision holds. Nothing below the peak is changed by this.
//!
//! ```
//! use cajal::neurons::{Exponential, Input, NeuronModel, Stepper};
//! let neuron = Exponential::default().stepper::<f64>(0.05);
//! let mut state = neuron.rest();
//! let spikes: f64 = (0..20_000).map(|_| neuron.step(&mut state, Input::current(1.0)).spike).sum();
//! assert!((spikes - 57.0).abs() <= 2.0); // in one second
//! ```

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, ParameterError, Preset, Reference, Scale,
    StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    /// Capacitance C, µF/cm².
    pub c_uf_cm2: f64,
    /// Leak conductance `g_L`, mS/cm².
    pub g_leak_ms_cm2: f64,
    /// Reversal potential of the leak `E_L`, mV.
    pub rest_mv: f64,
    /// Threshold `V_T`, mV: where the slope of the steady current is zero.
    pub threshold_mv: f64,
    /// Sharpness of the upswing `Δ_T`, mV.
    pub slope_mv: f64,
    /// Potential after a spike `V_r`, mV.
    pub reset_mv: f64,
    /// Where the upswing is cut `V_peak`, mV.
    pub peak_mv: f64,
    /// Refractory period `t_ref`, ms; rounded to whole steps.
    pub refractory_ms: f64,
}

const FOURCAUD_TROCME_2003: Citation = Citation {
    authors: "Fourcaud-Trocmé, Hansel, van Vreeswijk, Brunel",
    year: 2003,
    title: "How spike generation mechanisms determine the neuronal response to fluctuating inputs",
    source: "Journal of Neuroscience 23(37), 11628–11640",
};

impl Default for Exponential {
    fn default() -> Self {
        Self {
            c_uf_cm2: 1.0,
            g_leak_ms_cm2: 0.1,
            rest_mv: -65.0,
            threshold_mv: -59.9,
            slope_mv: 3.48,
            reset_mv: -68.0,
            peak_mv: -30.0,
            refractory_ms: 1.7,
        }
    }
}

const POTENTIAL: Parameter = Parameter {
    key: "",
    symbol: "",
    unit: Unit::Millivolt,
    range: (-120.0, 60.0),
    step: 0.1,
    scale: Scale::Linear,
    default: 0.0,
    meaning: "",
};

impl Declared for Exponential {
    const DECLARATION: Declaration = Declaration {
        id: "exponential",
        title: "Exponential integrate-and-fire",
        citation: FOURCAUD_TROCME_2003,
        equations: &[
            r"C \frac{dV}{dt} = -g_L (V - E_L) + g_L \Delta_T e^{(V - V_T)/\Delta_T} + I",
            r"V \ge V_\mathrm{peak}:\; V \leftarrow V_r \text{ for } t_\mathrm{ref}",
        ],
        parameters: &[
            Parameter {
                key: "c_uf_cm2",
                symbol: "C",
                unit: Unit::MicrofaradPerSquareCentimetre,
                range: (0.5, 5.0),
                default: 1.0,
                meaning: "Charge that the membrane holds for each millivolt.",
                ..POTENTIAL
            },
            Parameter {
                key: "g_leak_ms_cm2",
                symbol: "g_L",
                unit: Unit::MillisiemensPerSquareCentimetre,
                range: (0.01, 1.0),
                step: 0.01,
                default: 0.1,
                meaning: "How leaky the membrane is.",
                ..POTENTIAL
            },
            Parameter {
                key: "rest_mv",
                symbol: "E_L",
                default: -65.0,
                meaning: "Where the leak draws the potential.",
                ..POTENTIAL
            },
            Parameter {
                key: "threshold_mv",
                symbol: "V_T",
                default: -59.9,
                meaning: "Where the upswing begins to outweigh the leak.",
                ..POTENTIAL
            },
            Parameter {
                key: "slope_mv",
                symbol: r"\Delta_T",
                range: (0.5, 10.0),
                default: 3.48,
                meaning: "How gently the upswing begins.",
                ..POTENTIAL
            },
            Parameter {
                key: "reset_mv",
                symbol: "V_r",
                default: -68.0,
                meaning: "Where a spike leaves the potential.",
                ..POTENTIAL
            },
            Parameter {
                key: "peak_mv",
                symbol: r"V_\mathrm{peak}",
                default: -30.0,
                meaning: "Where the upswing is cut.",
                ..POTENTIAL
            },
            Parameter {
                key: "refractory_ms",
                symbol: r"t_\mathrm{ref}",
                unit: Unit::Millisecond,
                range: (0.0, 10.0),
                default: 1.7,
                meaning: "How long the neuron is silent after a spike.",
                ..POTENTIAL
            },
        ],
        state: &[
            StateVariable {
                key: "potential_mv",
                symbol: "V",
                unit: Unit::Millivolt,
                meaning: "Potential of the membrane.",
            },
            StateVariable {
                key: "refractory_steps",
                symbol: "r",
                unit: Unit::Count,
                meaning: "Time steps until it responds again.",
            },
        ],
        drive: Unit::MicroamperePerSquareCentimetre,
        integrator: Integrator::RungeKutta4,
        largest_dt_ms: 0.5,
        presets: &[Preset {
            id: "interneuron",
            title: "Fit to the Wang-Buzsáki interneuron",
            values: &[],
            drive: &[(0.0, 0.0), (50.0, 0.0), (50.0, 1.0), (450.0, 1.0), (450.0, 0.0)],
            citation: FOURCAUD_TROCME_2003,
        }],
        references: &[
            Reference {
                what: "smallest current that makes it fire for ever",
                expected: 0.162,
                tolerance: 0.001,
                unit: Unit::MicroamperePerSquareCentimetre,
                citation: FOURCAUD_TROCME_2003,
            },
            Reference {
                what: "distance from the rate of the Wang-Buzsáki neuron that it was fitted to, at 1 µA/cm²",
                expected: 0.0,
                tolerance: 1.0,
                unit: Unit::Hertz,
                citation: FOURCAUD_TROCME_2003,
            },
        ],
        not_biological: "One exponential stands for all sodium channels, none inactivate, and the downswing is a \
                         rule.",
    };
    declared_fields!(
        c_uf_cm2,
        g_leak_ms_cm2,
        rest_mv,
        threshold_mv,
        slope_mv,
        reset_mv,
        peak_mv,
        refractory_ms,
    );

    fn check(&self) -> Result<(), ParameterError> {
        reset_below_peak(Self::DECLARATION.title, self.reset_mv, self.peak_mv)
    }
}

/// Refuses a reset that would fire again at once.
pub(super) fn reset_below_peak(
    model: &'static str,
    reset_mv: f64,
    peak_mv: f64,
) -> Result<(), ParameterError> {
    if reset_mv < peak_mv {
        return Ok(());
    }
    let why = format!("a reset of {reset_mv} mV must lie below the peak of {peak_mv} mV");
    Err(ParameterError::Contradiction { model, why })
}

/// The current of leak and upswing, and where the upswing is cut.
#[derive(Clone, Copy)]
pub(super) struct Upswing<R> {
    pub leak: R,
    pub rest: R,
    pub threshold: R,
    pub slope: R,
    pub peak: R,
}

impl<R: Real> Upswing<R> {
    /// `−g_L(V − E_L) + g_L·Δ_T·e^((V − V_T)/Δ_T)` at a potential that the peak already limits.
    #[inline(always)]
    pub fn current(&self, potential: R) -> R {
        let exponent = ((potential - self.threshold) / self.slope).min(R::splat(20.0));
        self.leak * (self.rest - potential + self.slope * exponent.exp())
    }
}

impl NeuronModel for Exponential {
    type Stepper<R: Real> = ExponentialStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> ExponentialStepper<R> {
        let upswing = Upswing {
            leak: R::from_f64(self.g_leak_ms_cm2),
            rest: R::from_f64(self.rest_mv),
            threshold: R::from_f64(self.threshold_mv),
            slope: R::from_f64(self.slope_mv),
            peak: R::from_f64(self.peak_mv),
        };
        ExponentialStepper {
            upswing,
            dt_per_c: R::from_f64(dt_ms / self.c_uf_cm2),
            reset: R::from_f64(self.reset_mv),
            refractory_steps: R::from_f64(libm::round(self.refractory_ms / dt_ms)),
        }
    }
}

/// `τ = C/g_L`; the leak loses to the upswing at `V_T`, from the drive `g_L(V_T − E_L − Δ_T)` on.
impl UnitModel for Exponential {
    fn effective(&self) -> Effective {
        let leak = self.g_leak_ms_cm2;
        let threshold = leak * (self.threshold_mv - self.rest_mv - self.slope_mv);
        let times_ms = [self.c_uf_cm2 / leak, self.refractory_ms];
        Effective::of_membrane(times_ms, [threshold, leak], [self.rest_mv, self.threshold_mv])
    }
}

/// The step of [`Exponential`].
#[derive(Clone, Copy)]
pub struct ExponentialStepper<R> {
    upswing: Upswing<R>,
    dt_per_c: R,
    reset: R,
    refractory_steps: R,
}

impl<R: Real> ExponentialStepper<R> {
    /// By how much a whole step at the slope of `potential` would move it.
    #[inline(always)]
    fn change(&self, potential: R, input: Input<R>) -> R {
        let potential = potential.min(self.upswing.peak);
        self.dt_per_c * (self.upswing.current(potential) + input.current - input.conductance * potential)
    }
}

impl<R: Real> Stepper<R> for ExponentialStepper<R> {
    type State = [R; 2];

    fn rest(&self) -> [R; 2] {
        [self.upswing.rest, R::splat(0.0)]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 2], input: Input<R>) -> Stepped<R> {
        let (zero, half, one) = (R::splat(0.0), R::splat(0.5), R::splat(1.0));
        let (two, six) = (R::splat(2.0), R::splat(6.0));
        let [start, refractory] = *state;
        let first = self.change(start, input);
        let second = self.change(start + half * first, input);
        let third = self.change(start + half * second, input);
        let fourth = self.change(start + third, input);
        let integrated = start + (first + two * (second + third) + fourth) / six;
        let responsive = refractory.le(zero);
        let potential = R::select(responsive, integrated, self.reset).min(self.upswing.peak);
        let fires = self.upswing.peak.le(potential);
        *state = [
            R::select(fires, self.reset, potential),
            R::select(fires, self.refractory_steps, R::select(responsive, zero, refractory - one)),
        ];
        Stepped { spike: R::select(fires, one, zero), potential }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_upswing_stays_finite_and_is_cut_at_the_peak() {
        let extreme =
            Exponential { slope_mv: 0.5, threshold_mv: -120.0, peak_mv: 60.0, ..Exponential::default() };
        let neuron = extreme.stepper::<f32>(0.5);
        let mut state = neuron.rest();
        for _ in 0..1000 {
            let stepped = neuron.step(&mut state, Input::current(100.0));
            assert!(stepped.potential.is_finite() && stepped.potential <= 60.0, "{}", stepped.potential);
        }
    }

    #[test]
    fn the_exponent_of_the_upswing_stops_at_twenty() {
        // At the peak it would be 360, which no single precision holds.
        let extreme =
            Exponential { slope_mv: 0.5, threshold_mv: -120.0, peak_mv: 60.0, ..Exponential::default() };
        let upswing = extreme.stepper::<f32>(0.5).upswing;
        let largest = extreme.g_leak_ms_cm2 * (extreme.rest_mv - 60.0 + 0.5 * libm::exp(20.0));
        let ours = f64::from(upswing.current(60.0));
        assert!((ours / largest - 1.0).abs() < 1e-5, "{ours} against {largest}");
        // At an exponent of 12 nothing is cut.
        let exact = extreme.g_leak_ms_cm2 * (extreme.rest_mv + 114.0 + 0.5 * libm::exp(12.0));
        assert!((f64::from(upswing.current(-114.0)) / exact - 1.0).abs() < 1e-5);
    }

    #[test]
    fn silent_while_refractory() {
        let neuron = Exponential { refractory_ms: 1.5, ..Exponential::default() }.stepper::<f64>(0.5);
        let mut state = neuron.rest();
        let spikes: Vec<f64> =
            (0..9).map(|_| neuron.step(&mut state, Input::current(1000.0)).spike).collect();
        assert_eq!(spikes, [1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn a_reset_above_the_peak_is_refused() {
        assert!(Exponential::with_values([("reset_mv", -20.0)]).is_err());
    }
}
