//! Leaky integrator: the membrane of [`super::Lif`] without a threshold.
//!
//! `τ dV/dt = −(V − E_L) + R·I`. A spiking network is read out from such membranes.

use super::lif::LAPICQUE_1907;
use super::{Effective, Input, LeakyModel, LeakyStepper, Membrane, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, StateVariable, declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LeakyIntegrator {
    /// Membrane time constant τ, ms.
    pub tau_ms: f64,
    /// Resting potential `E_L`, mV.
    pub rest_mv: f64,
    /// The potential above rest that networks read as 1, mV.
    pub span_mv: f64,
}

impl Default for LeakyIntegrator {
    fn default() -> Self {
        Self { tau_ms: 20.0, rest_mv: -65.0, span_mv: 15.0 }
    }
}

impl Declared for LeakyIntegrator {
    const DECLARATION: Declaration = Declaration {
        id: "leaky-integrator",
        title: "Leaky integrator (read-out)",
        citation: Citation {
            authors: "Neftci, Mostafa, Zenke",
            year: 2019,
            title: "Surrogate gradient learning in spiking neural networks",
            source: "IEEE Signal Processing Magazine 36(6), 51–63",
        },
        equations: &[r"\tau_m \frac{dV}{dt} = -(V - E_L) + R I"],
        parameters: &[
            Parameter {
                key: "tau_ms",
                symbol: r"\tau_m",
                unit: Unit::Millisecond,
                range: (2.0, 100.0),
                step: 1.0,
                scale: Scale::Linear,
                default: 20.0,
                meaning: "How long the membrane remembers its input.",
            },
            Parameter {
                key: "rest_mv",
                symbol: "E_L",
                unit: Unit::Millivolt,
                range: (-120.0, 60.0),
                step: 1.0,
                scale: Scale::Linear,
                default: -65.0,
                meaning: "Where the potential rests without input.",
            },
            Parameter {
                key: "span_mv",
                symbol: r"\Delta",
                unit: Unit::Millivolt,
                range: (1.0, 100.0),
                step: 1.0,
                scale: Scale::Linear,
                default: 15.0,
                meaning: "How far above rest a network reads the potential as 1.",
            },
        ],
        state: &[StateVariable {
            key: "potential_mv",
            symbol: "V",
            unit: Unit::Millivolt,
            meaning: "Potential of the membrane.",
        }],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: 5.0,
        presets: &[],
        references: &[Reference {
            what: "chronaxie over the time constant: a pulse of twice the rheobase gets there after ln 2",
            expected: core::f64::consts::LN_2,
            tolerance: 0.001,
            unit: Unit::One,
            citation: LAPICQUE_1907,
        }],
        not_biological: "A neuron that never fires cannot pass its potential on: it stands for an electrode of the \
                         observer.",
    };
    declared_fields!(tau_ms, rest_mv, span_mv);
}

impl NeuronModel for LeakyIntegrator {
    type Stepper<R: Real> = LeakyIntegratorStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> LeakyIntegratorStepper<R> {
        LeakyIntegratorStepper {
            decay: R::from_f64(self.membrane(dt_ms).decay),
            rate: R::from_f64(-dt_ms / self.tau_ms),
            rest: R::from_f64(self.rest_mv),
        }
    }
}

impl LeakyModel for LeakyIntegrator {
    fn membrane(&self, dt_ms: f64) -> Membrane {
        Membrane {
            decay: libm::exp(-dt_ms / self.tau_ms),
            rest_mv: self.rest_mv,
            span_mv: self.span_mv,
            refractory_steps: 0,
        }
    }
}

impl UnitModel for LeakyIntegrator {
    fn effective(&self) -> Effective {
        let span_mv = self.span_mv;
        Effective::of_membrane([self.tau_ms, 0.0], [span_mv; 2], [self.rest_mv, self.rest_mv + span_mv])
    }
}

/// The step of [`LeakyIntegrator`].
#[derive(Clone, Copy)]
pub struct LeakyIntegratorStepper<R> {
    decay: R,
    rate: R,
    rest: R,
}

impl<R: Real> LeakyIntegratorStepper<R> {
    #[inline(always)]
    fn put(state: &mut [R; 1], steady: R, decay: R) -> Stepped<R> {
        let potential = steady + (state[0] - steady) * decay;
        state[0] = potential;
        Stepped { spike: R::splat(0.0), potential }
    }
}

impl<R: Real> Stepper<R> for LeakyIntegratorStepper<R> {
    type State = [R; 1];

    fn rest(&self) -> [R; 1] {
        [self.rest]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 1], input: Input<R>) -> Stepped<R> {
        let load = R::splat(1.0) + input.conductance;
        Self::put(state, (self.rest + input.current) / load, (self.rate * load).exp())
    }
}

impl<R: Real> LeakyStepper<R> for LeakyIntegratorStepper<R> {
    #[inline(always)]
    fn step_driven(&self, state: &mut [R; 1], drive_mv: R) -> Stepped<R> {
        Self::put(state, self.rest + drive_mv, self.decay)
    }

    #[inline(always)]
    fn with(self, _threshold_mv: Option<R>, decay: Option<R>) -> Self {
        Self { decay: decay.unwrap_or(self.decay), ..self }
    }
}
