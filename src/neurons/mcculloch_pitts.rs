//! Threshold unit of McCulloch and Pitts: all or none, from step to step.
//!
//! `y(t+1) = 1` if the number of excitatory inputs `Σ x` reaches the threshold θ and no inhibitory
//! input is active, else 0. Inputs are counts: [`Input::current`] is the number of active excitatory
//! inputs, [`Input::conductance`] the number of active inhibitory ones, of which any one vetoes.
//!
//! ```
//! use cajal::neurons::{Input, McCullochPitts, NeuronModel, Stepper};
//! let and = McCullochPitts { threshold: 2.0 }.stepper::<f32>(1.0);
//! let fires = |inputs| and.step(&mut and.rest(), Input::current(inputs)).spike;
//! assert_eq!([0.0, 1.0, 2.0].map(fires), [0.0, 0.0, 1.0]);
//! ```

use super::{Effective, Input, NeuronModel, Stepped, Stepper, UnitModel};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Preset, Reference, Scale, StateVariable,
    declared_fields,
};
use crate::kernels::lane::Real;
use crate::units::Unit;

/// Parameters of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McCullochPitts {
    /// Threshold θ: how many excitatory inputs make it fire.
    pub threshold: f64,
}

const MCCULLOCH_PITTS_1943: Citation = Citation {
    authors: "McCulloch, Pitts",
    year: 1943,
    title: "A logical calculus of the ideas immanent in nervous activity",
    source: "Bulletin of Mathematical Biophysics 5, 115–133",
};

impl Default for McCullochPitts {
    fn default() -> Self {
        Self { threshold: 2.0 }
    }
}

/// A gate under inputs that arrive one after the other: none, one, two.
const fn gate(id: &'static str, title: &'static str, values: &'static [(&'static str, f64)]) -> Preset {
    let drive = &[(0.0, 0.0), (100.0, 0.0), (100.0, 1.0), (200.0, 1.0), (200.0, 2.0), (300.0, 2.0)];
    Preset { id, title, values, drive, citation: MCCULLOCH_PITTS_1943 }
}

impl Declared for McCullochPitts {
    const DECLARATION: Declaration = Declaration {
        id: "mcculloch-pitts",
        title: "McCulloch-Pitts threshold unit",
        citation: MCCULLOCH_PITTS_1943,
        equations: &[
            r"y(t+1) = \begin{cases} 1 & \sum_i x_i(t) \ge \theta \text{ and no inhibitory input} \\ 0 \end{cases}",
        ],
        parameters: &[Parameter {
            key: "threshold",
            symbol: r"\theta",
            unit: Unit::Count,
            range: (1.0, 1000.0),
            step: 1.0,
            scale: Scale::Integer,
            default: 2.0,
            meaning: "How many excitatory inputs at once make it fire.",
        }],
        state: &[StateVariable {
            key: "inputs",
            symbol: r"\sum_i x_i",
            unit: Unit::Count,
            meaning: "Excitatory inputs that were active in the last step.",
        }],
        drive: Unit::Count,
        integrator: Integrator::Map,
        largest_dt_ms: 100.0,
        presets: &[
            gate("or", "Or: one input is enough", &[("threshold", 1.0)]),
            gate("and", "And: both inputs are needed", &[]),
        ],
        references: &[
            Reference {
                what: "rows of the truth tables of and, or, and not, not, that units answer as they should, of 14",
                expected: 14.0,
                tolerance: 0.5,
                unit: Unit::Count,
                citation: MCCULLOCH_PITTS_1943,
            },
            Reference {
                what: "most rows of exclusive or that one unit answers, of 4: two layers answer all",
                expected: 3.0,
                tolerance: 0.5,
                unit: Unit::Count,
                citation: MCCULLOCH_PITTS_1943,
            },
        ],
        not_biological: "Time moves in steps common to all units, inputs count alike, nothing leaks or is \
                         remembered, and inhibition is absolute.",
    };
    declared_fields!(threshold);
}

impl NeuronModel for McCullochPitts {
    type Stepper<R: Real> = McCullochPittsStepper<R>;

    fn stepper<R: Real>(&self, _dt_ms: f64) -> McCullochPittsStepper<R> {
        McCullochPittsStepper { threshold: R::from_f64(self.threshold) }
    }
}

/// The sum itself, of which nothing is remembered: `ũ = Σx/θ`.
impl UnitModel for McCullochPitts {
    fn effective(&self) -> Effective {
        let threshold = self.threshold;
        Effective { threshold, scale: threshold, span_mv: threshold, ..Effective::AT_ONCE }
    }
}

/// The step of [`McCullochPitts`].
#[derive(Clone, Copy)]
pub struct McCullochPittsStepper<R> {
    threshold: R,
}

impl<R: Real> Stepper<R> for McCullochPittsStepper<R> {
    type State = [R; 1];

    fn rest(&self) -> [R; 1] {
        [R::splat(0.0)]
    }

    #[inline(always)]
    fn step(&self, state: &mut [R; 1], input: Input<R>) -> Stepped<R> {
        let (zero, one) = (R::splat(0.0), R::splat(1.0));
        *state = [input.current];
        let reaches = R::select(self.threshold.le(input.current), one, zero);
        let spike = R::select(zero.lt(input.conductance), zero, reaches);
        Stepped { spike, potential: input.current }
    }
}
