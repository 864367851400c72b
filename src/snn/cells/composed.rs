//! Any neuron of [`crate::neurons`] with any receptors of [`crate::snn::synapses`].
//!
//! A step goes over the neurons three times, a few instructions a neuron each: receptors add up
//! current and conductance, the neurons take their step, who fired is listed. What arrives at the end
//! of a step reaches the receptors at the beginning of the next.

use super::{CellKind, Cells, Inbox, first_not_finite, flush, push_fired};
use crate::digest::Digest;
use crate::kernels::lane::{F32x4, Real};
use crate::neurons::{Input, NeuronModel, Stepper};
use crate::rng::Stream;
use crate::snn::dale::Effect;
use crate::snn::synapses::{SynapseModel, SynapseStepper};
use std::sync::Arc;

/// A kind of receptor.
#[derive(Clone)]
pub struct Receptor(Arc<dyn ReceptorKind>);

impl Receptor {
    /// A receptor of this model.
    pub fn new<S: SynapseModel>(model: S) -> Self {
        Self(Arc::new(model))
    }
}

impl core::fmt::Debug for Receptor {
    fn fmt(&self, out: &mut core::fmt::Formatter) -> core::fmt::Result {
        write!(out, "Receptor({}, {:?})", self.0.id(), self.0.values())
    }
}

impl PartialEq for Receptor {
    fn eq(&self, other: &Self) -> bool {
        self.0.id() == other.0.id() && self.0.values() == other.0.values()
    }
}

trait ReceptorKind: Send + Sync {
    fn id(&self) -> &'static str;
    /// Its numbers, by the keys of the declaration.
    fn values(&self) -> Vec<(&'static str, f64)>;
    fn state_len(&self) -> usize;
    fn build(&self, width: usize, dt_ms: f64) -> Box<dyn Receptors>;
}

/// The receptors of one kind on all neurons of a partition.
trait Receptors: Send + Sync {
    /// Takes what arrived and adds to currents and conductances.
    fn step(&mut self, arrived: &mut [f32], potential: &[f32], out: [&mut [f32]; 2]);
    fn state(&self) -> &[f32];
    fn state_mut(&mut self) -> &mut [f32];
    fn boxed(&self) -> Box<dyn Receptors>;
}

impl<S: SynapseModel> ReceptorKind for S {
    fn id(&self) -> &'static str {
        S::DECLARATION.id
    }
    fn values(&self) -> Vec<(&'static str, f64)> {
        let mut own = *self;
        let keys = S::DECLARATION.parameters.iter().map(|parameter| parameter.key);
        keys.filter_map(|key| Some((key, *own.field(key)?))).collect()
    }
    fn state_len(&self) -> usize {
        S::DECLARATION.state.len()
    }
    fn build(&self, width: usize, dt_ms: f64) -> Box<dyn Receptors> {
        let stepper = self.stepper::<F32x4>(dt_ms);
        let state = Variables::new(stepper.rest().as_ref(), width);
        Box::new(ReceptorsOf::<S> { stepper, state })
    }
}

/// State variables of neurons side by side, one variable behind the other.
#[derive(Clone)]
struct Variables {
    numbers: Vec<f32>,
    width: usize,
}

impl Variables {
    fn new(rest: &[F32x4], width: usize) -> Self {
        let numbers = rest.iter().flat_map(|rest| std::iter::repeat_n(rest.to_array()[0], width));
        Self { numbers: numbers.collect(), width }
    }

    #[inline(always)]
    fn read(&self, group: usize, into: &mut [F32x4]) {
        for (variable, into) in into.iter_mut().enumerate() {
            *into = F32x4::load(&self.numbers[variable * self.width + 4 * group..]);
        }
    }

    #[inline(always)]
    fn write(&mut self, group: usize, from: &[F32x4]) {
        for (variable, from) in from.iter().enumerate() {
            from.store(&mut self.numbers[variable * self.width + 4 * group..]);
        }
    }
}

#[derive(Clone)]
struct ReceptorsOf<S: SynapseModel> {
    stepper: S::Stepper<F32x4>,
    state: Variables,
}

impl<S: SynapseModel> Receptors for ReceptorsOf<S> {
    fn step(&mut self, arrived: &mut [f32], potential: &[f32], [currents, conductances]: [&mut [f32]; 2]) {
        let mut state = self.stepper.rest();
        let all = arrived.as_chunks_mut::<4>().0.iter_mut().zip(potential.as_chunks::<4>().0);
        let all = all.zip(currents.as_chunks_mut::<4>().0).zip(conductances.as_chunks_mut::<4>().0);
        for (group, (((arrived, potential), current), conductance)) in all.enumerate() {
            self.state.read(group, state.as_mut());
            let mut input = Input {
                current: F32x4::from_array(current),
                conductance: F32x4::from_array(conductance),
                uniform: F32x4::splat(0.5),
            };
            let (spikes, potential) = (F32x4::from_array(arrived), F32x4::from_array(potential));
            self.stepper.step(&mut state, spikes, potential, &mut input);
            self.state.write(group, state.as_ref());
            (*current, *conductance) = (input.current.to_array(), input.conductance.to_array());
            *arrived = [0.0; 4];
        }
    }
    fn state(&self) -> &[f32] {
        &self.state.numbers
    }
    fn state_mut(&mut self) -> &mut [f32] {
        &mut self.state.numbers
    }
    fn boxed(&self) -> Box<dyn Receptors> {
        Box::new(self.clone())
    }
}

/// A neuron and the receptors on it, which projections name by their place in the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Composed<M> {
    /// The neuron.
    pub neuron: M,
    /// Its receptors.
    pub receptors: Vec<Receptor>,
}

/// Threshold of neurons that declare none, mV: only to tell excitation from inhibition.
const USUAL_THRESHOLD_MV: f64 = -50.0;

impl<M: NeuronModel + PartialEq> CellKind for Composed<M> {
    fn title(&self) -> &'static str {
        M::DECLARATION.title
    }
    fn receptors(&self) -> usize {
        self.receptors.len()
    }
    fn largest_dt_ms(&self) -> f64 {
        M::DECLARATION.largest_dt_ms
    }
    fn state_len(&self) -> usize {
        let receptors: usize = self.receptors.iter().map(|receptor| receptor.0.state_len()).sum();
        M::DECLARATION.state.len() + receptors
    }
    fn conducts(&self) -> bool {
        true
    }
    fn effect(&self, receptor: usize) -> Option<Effect> {
        let values = self.receptors[receptor].0.values();
        let (_, reversal_mv) = values.into_iter().find(|(key, _)| *key == "reversal_mv")?;
        let mut neuron = self.neuron;
        let threshold_mv = neuron.field("threshold_mv").map_or(USUAL_THRESHOLD_MV, |mv| *mv);
        Some(Effect::of_reversal(reversal_mv, threshold_mv))
    }
    #[allow(private_interfaces, reason = "only this crate makes cells")]
    fn build(&self, count: usize, width: usize, dt_ms: f64, draws: Stream) -> Box<dyn Cells> {
        let stepper = self.neuron.stepper::<F32x4>(dt_ms);
        let receptors = self.receptors.iter().map(|receptor| receptor.0.build(width, dt_ms)).collect();
        let state = Variables::new(stepper.rest().as_ref(), width);
        let input = [vec![0.0; width], vec![0.0; width], vec![0.5; width]];
        Box::new(State::<M> { stepper, body: Body { count, draws, state, receptors, input } })
    }
}

struct State<M: NeuronModel> {
    stepper: M::Stepper<F32x4>,
    body: Body,
}

/// What neurons of every model have alike, compiled once.
struct Body {
    count: usize,
    draws: Stream,
    state: Variables,
    receptors: Vec<Box<dyn Receptors>>,
    /// Currents, conductances and draws of the step that is being taken.
    input: [Vec<f32>; 3],
}

impl Body {
    /// Makes the input of a step.
    fn gather(&mut self, step: u64, inbox: &mut Inbox, currents: &[f32], conductances: &[f32], draws: bool) {
        let width = self.state.width;
        let [current, conductance, uniform] = &mut self.input;
        current.copy_from_slice(&currents[..width]);
        match conductances.get(..width) {
            Some(conductances) => conductance.copy_from_slice(conductances),
            None => conductance.fill(0.0),
        }
        for (place, receptor) in self.receptors.iter_mut().enumerate() {
            let arrived = inbox.at(place, step.wrapping_sub(1));
            receptor.step(arrived, &self.state.numbers[..width], [current, conductance]);
        }
        if draws {
            self.draws.fill_uniform(step, 0, &mut uniform[..self.count]);
        }
    }

    fn digest(&self, digest: Digest) -> Digest {
        let rows = |numbers: &'_ [f32], digest: Digest| {
            numbers.chunks(self.state.width).fold(digest, |digest, row| digest.f32s(&row[..self.count]))
        };
        let digest = rows(&self.state.numbers, digest);
        self.receptors.iter().fold(digest, |digest, receptor| rows(receptor.state(), digest))
    }

    fn variable(&mut self, index: usize) -> Option<&mut [f32]> {
        let width = self.state.width;
        self.state.numbers.get_mut(index * width..(index + 1) * width).map(|row| &mut row[..self.count])
    }
}

impl Clone for Body {
    fn clone(&self) -> Self {
        Self {
            count: self.count,
            draws: self.draws,
            state: self.state.clone(),
            receptors: self.receptors.iter().map(|receptors| receptors.boxed()).collect(),
            input: self.input.clone(),
        }
    }
}

impl<M: NeuronModel> Cells for State<M> {
    fn step(
        &mut self,
        step: u64,
        inbox: &mut Inbox,
        currents: &[f32],
        conductances: &[f32],
        fired: &mut Vec<u16>,
    ) {
        let draws = <M::Stepper<F32x4> as Stepper<F32x4>>::DRAWS;
        self.body.gather(step, inbox, currents, conductances, draws);
        let Body { state: variables, input: [current, conductance, uniform], count, .. } = &mut self.body;
        let mut state = self.stepper.rest();
        let half = F32x4::splat(0.5);
        for group in 0..variables.width / 4 {
            variables.read(group, state.as_mut());
            let at = 4 * group;
            let input = Input {
                current: F32x4::load(&current[at..]),
                conductance: F32x4::load(&conductance[at..]),
                uniform: F32x4::load(&uniform[at..]),
            };
            let stepped = self.stepper.step(&mut state, input);
            variables.write(group, state.as_ref());
            push_fired(half.lt(stepped.spike), group, fired);
        }
        // Places without a neuron come last.
        while fired.last().is_some_and(|&neuron| usize::from(neuron) >= *count) {
            fired.pop();
        }
    }

    fn settle(&mut self) {
        for receptor in &mut self.body.receptors {
            flush(receptor.state_mut());
        }
    }

    fn potentials(&self, out: &mut [f32]) {
        for (out, potential) in out.iter_mut().zip(&self.body.state.numbers[..self.body.state.width]) {
            *out = *potential;
        }
    }

    fn set_potentials(&mut self, potentials: &[f32]) {
        let Variables { numbers, width } = &mut self.body.state;
        for (at, potential) in numbers[..*width].iter_mut().zip(potentials) {
            *at = *potential;
        }
    }

    fn fault(&self) -> Option<(usize, f32)> {
        first_not_finite(&self.body.state.numbers, self.body.count)
    }

    fn digest(&self, digest: Digest) -> Digest {
        self.body.digest(digest)
    }

    fn boxed(&self) -> Box<dyn Cells> {
        Box::new(Self { stepper: self.stepper, body: self.body.clone() })
    }

    fn variable(&mut self, index: usize) -> Option<&mut [f32]> {
        self.body.variable(index)
    }
}
