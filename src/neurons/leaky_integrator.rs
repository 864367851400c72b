//! Leaky integrator: the membrane of [`super::Lif`] without a threshold.
//!
//! `τ dV/dt = −(V − E_L) + R·I`. A spiking network is read out from such membranes.

use super::{MAX_STATE, Membrane, NeuronModel, Stepped, Stepper};
use crate::describe::{Citation, Declaration};
use crate::kernels::lane::Real;

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

impl NeuronModel for LeakyIntegrator {
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
        parameters: &[],
        references: &[],
        not_biological: "A neuron that never fires cannot pass its potential on: it stands for an electrode of the \
                         observer.",
    };
    type Stepper<R: Real> = LeakyIntegratorStepper<R>;

    fn stepper<R: Real>(&self, dt_ms: f64) -> LeakyIntegratorStepper<R> {
        LeakyIntegratorStepper {
            decay: R::from_f64(self.membrane(dt_ms).decay),
            rest: R::from_f64(self.rest_mv),
        }
    }

    fn membrane(&self, dt_ms: f64) -> Membrane {
        Membrane {
            decay: libm::exp(-dt_ms / self.tau_ms),
            rest_mv: self.rest_mv,
            span_mv: self.span_mv,
            refractory_steps: 0,
        }
    }
}

/// The step of [`LeakyIntegrator`]. State: membrane potential in mV.
#[derive(Clone, Copy)]
pub struct LeakyIntegratorStepper<R> {
    decay: R,
    rest: R,
}

impl<R: Real> Stepper<R> for LeakyIntegratorStepper<R> {
    fn rest(&self) -> [R; MAX_STATE] {
        [self.rest, R::splat(0.0)]
    }

    #[inline(always)]
    fn with(self, _threshold_mv: Option<R>, decay: Option<R>) -> Self {
        Self { decay: decay.unwrap_or(self.decay), ..self }
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; MAX_STATE], drive_mv: R) -> Stepped<R> {
        let steady = self.rest + drive_mv;
        let potential = steady + (state[0] - steady) * self.decay;
        state[0] = potential;
        Stepped { spike: R::splat(0.0), potential }
    }
}
