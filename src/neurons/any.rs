//! Any neuron of the catalogue, made by its name: what a bench or a walk over all models steps.
//!
//! A population knows its model at compile time and steps four neurons at once. A page, a test or a
//! link only has the name of a model and some numbers: [`AnyNeuron`] is one neuron in double
//! precision behind one virtual call a step. [`MODELS`] is the list that all of it derives from.
//!
//! ```
//! use cajal::neurons::{AnyNeuron, Input};
//! let mut neuron = AnyNeuron::new("lif", &[("tau_ms", 10.0)], 0.1)?;
//! let spikes = (0..1000).filter(|_| neuron.step(Input::current(30.0)).spike > 0.0).count();
//! assert!(spikes > 5);
//! assert_eq!(neuron.declaration().state.len(), neuron.state().len());
//! # Ok::<(), cajal::neurons::AnyNeuronError>(())
//! ```

use super::{Input, NeuronModel, Stepped, Stepper};
use crate::describe::{Declaration, ParameterError, Preset};
use crate::kernels::lane::Real;

/// One neuron with its state.
trait Running<R> {
    fn state(&self) -> &[R];
    fn state_mut(&mut self) -> &mut [R];
    fn rest(&mut self);
    fn step(&mut self, input: Input<R>) -> Stepped<R>;
    fn draws(&self) -> bool;
}

struct Run<R: Real, S: Stepper<R>> {
    stepper: S,
    state: S::State,
}

impl<R: Real, S: Stepper<R>> Running<R> for Run<R, S> {
    fn state(&self) -> &[R] {
        self.state.as_ref()
    }
    fn state_mut(&mut self) -> &mut [R] {
        self.state.as_mut()
    }
    fn rest(&mut self) {
        self.state = self.stepper.rest();
    }
    fn step(&mut self, input: Input<R>) -> Stepped<R> {
        self.stepper.step(&mut self.state, input)
    }
    fn draws(&self) -> bool {
        S::DRAWS
    }
}

type Values<'a> = &'a [(&'a str, f64)];
type Make<R> = fn(Values, f64) -> Result<Box<dyn Running<R>>, ParameterError>;

fn make<M: NeuronModel + 'static, R: Real + 'static>(
    values: Values,
    dt_ms: f64,
) -> Result<Box<dyn Running<R>>, ParameterError> {
    let stepper = M::with_values(values.iter().copied())?.stepper::<R>(dt_ms);
    let state = stepper.rest();
    Ok(Box::new(Run { stepper, state }))
}

/// A model of the catalogue: what it says of itself and how it is made.
pub struct Entry {
    /// What the model says of itself.
    pub declaration: Declaration,
    double: Make<f64>,
    // Populations run in single precision under their own type; here it serves the tests alone.
    #[cfg(test)]
    single: Make<f32>,
    #[cfg(test)]
    field: fn(&str) -> Option<f64>,
}

impl Entry {
    /// The entry of a model.
    pub const fn of<M: NeuronModel + 'static>() -> Self {
        Self {
            declaration: M::DECLARATION,
            double: make::<M, f64>,
            #[cfg(test)]
            single: make::<M, f32>,
            #[cfg(test)]
            field: |key| M::default().field(key).copied(),
        }
    }

    /// The default of the field that a key names.
    #[cfg(test)]
    pub(crate) fn field(&self, key: &str) -> Option<f64> {
        (self.field)(key)
    }
}

/// Every model, one for each file of `neurons/`.
pub const MODELS: &[Entry] = &[
    Entry::of::<super::McCullochPitts>(),
    Entry::of::<super::Perceptron>(),
    Entry::of::<super::Rate>(),
    Entry::of::<super::LeakyIntegrator>(),
    Entry::of::<super::Lif>(),
    Entry::of::<super::AdaptiveThreshold>(),
    Entry::of::<super::EscapeNoise>(),
    Entry::of::<super::Excitable>(),
    Entry::of::<super::Exponential>(),
    Entry::of::<super::AdaptiveExponential>(),
    Entry::of::<super::Izhikevich>(),
    Entry::of::<super::HodgkinHuxley>(),
    Entry::of::<super::WangBuzsaki>(),
];

/// What every model of [`MODELS`] says of itself.
pub const fn declarations() -> [Declaration; MODELS.len()] {
    let mut all = [MODELS[0].declaration; MODELS.len()];
    let mut at = 1;
    while at < all.len() {
        all[at] = MODELS[at].declaration;
        at += 1;
    }
    all
}

/// Why a neuron cannot be made.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum AnyNeuronError {
    /// No model has this name.
    #[error("there is no neuron `{0}`")]
    UnknownModel(String),
    /// A time step that the model is not meant for.
    #[error("{model} wants a time step above 0 and up to {largest_ms} ms, not {dt_ms} ms")]
    TimeStep {
        /// Title of the model.
        model: &'static str,
        /// The largest that it accepts, ms.
        largest_ms: f64,
        /// What came, ms.
        dt_ms: f64,
    },
    /// A parameter that the model does not have or accept.
    #[error(transparent)]
    Parameter(#[from] ParameterError),
}

/// One neuron of any model, with its state.
pub struct AnyNeuron<R = f64> {
    declaration: &'static Declaration,
    running: Box<dyn Running<R>>,
}

fn find(id: &str, dt_ms: f64) -> Result<&'static Entry, AnyNeuronError> {
    let entry = MODELS.iter().find(|entry| entry.declaration.id == id);
    let entry = entry.ok_or_else(|| AnyNeuronError::UnknownModel(id.to_owned()))?;
    let (model, largest_ms) = (entry.declaration.title, entry.declaration.largest_dt_ms);
    if dt_ms > 0.0 && dt_ms <= largest_ms {
        return Ok(entry);
    }
    Err(AnyNeuronError::TimeStep { model, largest_ms, dt_ms })
}

impl AnyNeuron<f64> {
    /// The model `id` with these parameters in place of its defaults, at rest.
    ///
    /// # Errors
    /// If there is no such model, the time step is too large for it, or a value is not accepted.
    pub fn new(id: &str, values: &[(&str, f64)], dt_ms: f64) -> Result<Self, AnyNeuronError> {
        let entry = find(id, dt_ms)?;
        Ok(Self { declaration: &entry.declaration, running: (entry.double)(values, dt_ms)? })
    }
}

#[cfg(test)]
impl AnyNeuron<f32> {
    /// [`AnyNeuron::new`] in single precision.
    pub(crate) fn single(id: &str, values: &[(&str, f64)], dt_ms: f64) -> Result<Self, AnyNeuronError> {
        let entry = find(id, dt_ms)?;
        Ok(Self { declaration: &entry.declaration, running: (entry.single)(values, dt_ms)? })
    }
}

impl<R> AnyNeuron<R> {
    /// What the model says of itself.
    pub fn declaration(&self) -> &'static Declaration {
        self.declaration
    }

    /// State variables, in the order of the declaration.
    pub fn state(&self) -> &[R] {
        self.running.state()
    }

    /// The same, to be set.
    pub fn state_mut(&mut self) -> &mut [R] {
        self.running.state_mut()
    }

    /// Goes back to rest.
    pub fn rest(&mut self) {
        self.running.rest();
    }

    /// Whether a step uses [`Input::uniform`], a draw of its own for each.
    pub fn draws(&self) -> bool {
        self.running.draws()
    }

    /// Advances by one time step.
    pub fn step(&mut self, input: Input<R>) -> Stepped<R> {
        self.running.step(input)
    }
}

/// The drive of a preset at `t_ms`: straight lines between its points, the later of two values at
/// one time, the first before and the last after all of them; 0 where there are none.
pub fn drive_at(preset: &Preset, t_ms: f64) -> f64 {
    let points = preset.drive;
    let after = points.partition_point(|&(time, _)| time <= t_ms);
    match (after.checked_sub(1).map(|at| points[at]), points.get(after)) {
        (Some((from, low)), Some(&(to, high))) => low + (high - low) * (t_ms - from) / (to - from),
        (Some((_, last)), None) => last,
        (None, Some(&(_, first))) => first,
        (None, None) => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_in_words() {
        let refusal = |id, values, dt_ms| AnyNeuron::new(id, values, dt_ms).err().map(|why| why.to_string());
        assert_eq!(refusal("liv", &[], 0.1), Some("there is no neuron `liv`".to_owned()));
        for dt_ms in [0.0, -0.1, 6.0, f64::NAN] {
            assert!(refusal("lif", &[], dt_ms).is_some_and(|why| why.contains("up to 5 ms")), "{dt_ms}");
        }
        assert!(refusal("lif", &[("tau_ms", 1e9)], 0.1).is_some_and(|why| why.contains("2 to 100 ms")));
        assert!(refusal("lif", &[("tau", 10.0)], 0.1).is_some_and(|why| why.contains("`tau`")));
    }

    #[test]
    fn a_drive_jumps_and_ramps() {
        let drive = &[(10.0, 0.0), (10.0, 2.0), (20.0, 4.0)];
        let citation = MODELS[0].declaration.citation;
        let preset = Preset { id: "", title: "", values: &[], drive, citation };
        let values = [0.0, 9.9, 10.0, 15.0, 20.0, 99.0].map(|t_ms| drive_at(&preset, t_ms));
        assert_eq!(values, [0.0, 0.0, 2.0, 3.0, 4.0, 4.0]);
        assert_eq!(drive_at(&Preset { drive: &[], ..preset }, 1.0), 0.0);
    }
}
