//! Gap junction: a channel that joins two neurons.
//!
//! `I = g·(V_other − V)`, and the opposite current in the other neuron: no spike is needed, and no
//! transmitter. `g` is in the neuron's unit of drive a mV. The potential of the other neuron is taken
//! at the beginning of the step, so coupled neurons follow with first order; their own part is a
//! conductance of [`Input`], so that even a strong junction is stable.
//!
//! ```
//! use cajal::neurons::Input;
//! use cajal::snn::synapses::GapJunction;
//! let mut input = Input::current(0.0);
//! GapJunction { conductance_ns: 0.5 }.couple(-40.0, &mut input);
//! let at = |potential_mv: f64| input.current - input.conductance * potential_mv;
//! assert_eq!(at(-60.0), 10.0);
//! assert_eq!(at(-40.0), 0.0);
//! ```

use super::open;
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, declared_fields,
};
use crate::kernels::lane::Real;
use crate::neurons::Input;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GapJunction {
    /// Conductance g, in the neuron's unit of drive a mV.
    pub conductance_ns: f64,
}

impl Default for GapJunction {
    fn default() -> Self {
        Self { conductance_ns: 0.1 }
    }
}

const BENNETT_ZUKIN_2004: Citation = Citation {
    authors: "Bennett, Zukin",
    year: 2004,
    title: "Electrical coupling and neuronal synchronization in the mammalian brain",
    source: "Neuron 41, 495–511",
};

impl Declared for GapJunction {
    const DECLARATION: Declaration = Declaration {
        id: "gap-junction",
        title: "Gap junction",
        citation: BENNETT_ZUKIN_2004,
        equations: &[r"I = g\,(V_\mathrm{other} - V)"],
        parameters: &[Parameter {
            key: "conductance_ns",
            symbol: "g",
            unit: Unit::Nanosiemens,
            range: (0.0, 100.0),
            step: 0.01,
            scale: Scale::Linear,
            default: 0.1,
            meaning: "Conductance between the two neurons.",
        }],
        state: &[],
        drive: Unit::Nanosiemens,
        integrator: Integrator::Euler,
        largest_dt_ms: 1.0,
        presets: &[],
        references: &[Reference {
            what: "coupling coefficient g/(g + g_L) of two leaky membranes, g = 0.25 g_L",
            expected: 0.2,
            tolerance: 1e-6,
            unit: Unit::One,
            citation: BENNETT_ZUKIN_2004,
        }],
        not_biological: "It conducts alike in both directions and at every potential; many junctions rectify or \
                         close.",
    };
    declared_fields!(conductance_ns);
}

impl GapJunction {
    /// Adds to `input` what the junction brings from a neuron at `other_mv`.
    #[inline(always)]
    pub fn couple<R: Real>(&self, other_mv: R, input: &mut Input<R>) {
        open(input, R::from_f64(self.conductance_ns), other_mv);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::neurons::{LeakyIntegrator, NeuronModel, Stepper};

    /// Potentials above rest of two joined membranes, the first driven by `drive_mv`.
    fn pair(conductance_ns: f64, drive_mv: f64, from: [f64; 2], dt_ms: f64, steps: usize) -> [f64; 2] {
        let neuron = LeakyIntegrator::default().stepper::<f64>(dt_ms);
        let junction = GapJunction { conductance_ns };
        let mut states = from.map(|above| [above - 65.0]);
        for _ in 0..steps {
            let before = states.map(|state| state[0]);
            for (index, state) in states.iter_mut().enumerate() {
                let mut input = Input::current(if index == 0 { drive_mv } else { 0.0 });
                junction.couple(before[1 - index], &mut input);
                neuron.step(state, input);
            }
        }
        states.map(|state| state[0] + 65.0)
    }

    #[test]
    fn a_difference_decays_with_first_order_accuracy() {
        // The difference of two membranes obeys τ·d' = −(1 + 2g)·d.
        let exact = 10.0 * (-20.0 * (1.0 + 2.0 * 0.5) / 20.0f64).exp();
        let error = |dt_ms: f64| {
            let [first, second] = pair(0.5, 0.0, [5.0, -5.0], dt_ms, (20.0 / dt_ms) as usize);
            (first - second - exact).abs()
        };
        let order = (error(0.1) / error(0.05)).log2();
        assert!((order - 1.0).abs() < 0.05, "order {order}");
    }
}
