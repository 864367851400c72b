//! The two networks that are compared: the same layers of the same sizes, artificial or spiking.
//!
//! Both have the same weights, biases and units. In the artificial one a unit is an activation
//! function; in the spiking one it is a leaky integrate-and-fire neuron stepped through time, fed with
//! spike trains or a held current, and read out from the mean membrane potential of leaky integrators.
//! Single units of either can be of another kind: any activation function or any neuron in the artificial one,
//! any neuron that fires in the spiking one, with a gain that is found for them ([`super::calibrate`]).

use super::calibrate::gain_like;
use super::layers::{Dense, Grouped, Layer, Neurons, Spikes, UnitGroup, UnitKind, Units};
use super::loss::Loss;
use super::model::{Mode, Model, Network};
use crate::graph::GraphError;
use crate::graph::ops::Encode;
use crate::graph::ops::encode::Code;
use crate::graph::ops::neuron_step::{Drive, Learned, Neuron, NeuronStep, Readout, Surrogate};
use crate::kernels::activation::Activation;
use crate::neurons::{LeakyIntegrator, LeakyModel, Lif};
use crate::order;
use serde::{Deserialize, Serialize};

/// One hidden layer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Number of units.
    pub units: usize,
    /// What an artificial unit does with its input.
    pub activation: Activation,
    /// Units that do something else, in the order of their numbers.
    pub others: Vec<(u32, Swap)>,
}

/// What a unit can become. Its weights and its bias stay.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Swap {
    /// An activation function, by its place in [`Activation::ALL`].
    Activation(u8),
    /// The leaky integrate-and-fire neuron of [`NetworkSpec::neuron`]: the usual one of a spiking network; in
    /// an artificial one its rate as it is, from 0 to 1.
    Neuron,
    /// A neuron, by its place in [`Neuron::all`], with parameters as [`NetworkSpec::neurons`] says; in an
    /// artificial network fitted to the activation in whose place it is. The leaky integrate-and-fire neuron
    /// is that of [`NetworkSpec::neuron`].
    Model(u8),
}

/// How a spiking network sees its input and steps through time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SpikingSpec {
    /// How inputs become spikes; `None` holds them as currents.
    pub code: Option<Code>,
    /// Whether inputs can be negative: a spike code then has ON and OFF channels.
    pub signed: bool,
    /// Probability of a spike in one step for an input of 1 (rate code).
    pub peak: f32,
    /// Time steps an input is shown for.
    pub steps: usize,
    /// Length of a step, ms.
    pub dt_ms: f64,
    /// The neuron of the hidden layers.
    pub neuron: Lif,
    /// Steepness of the surrogate gradient.
    pub slope: f32,
}

/// The share of the way to threshold by which a spike through a weight of 1 raises the membrane.
const SPIKE_JUMP: f64 = 1.0;
/// The same for one step of a held current of 1: its steady state is ten times the threshold.
const HELD_STEADY: f64 = 10.0;

/// What a unit is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// Activation functions.
    Artificial,
    /// Neurons in time.
    Spiking(SpikingSpec),
}

/// A network before it has a batch size.
#[derive(Clone, Debug, PartialEq)]
pub struct NetworkSpec {
    /// Numbers of an example.
    pub inputs: usize,
    /// Layers between input and output.
    pub hidden: Vec<Hidden>,
    /// Numbers of an answer.
    pub outputs: usize,
    /// What is made small.
    pub loss: Loss,
    /// Artificial or spiking.
    pub kind: Kind,
    /// How a unit of an artificial network that becomes a neuron is stepped: it is held under a current and
    /// answers with its rate. `None` where none can.
    pub neuron: Option<SpikingSpec>,
    /// Neurons that are not as declared when a unit becomes one.
    pub neurons: Vec<UnitNeuron>,
}

/// A neuron that single units become.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitNeuron {
    /// The model with its parameters.
    pub neuron: Neuron,
    /// Whether nothing is learned through it.
    pub frozen: bool,
}

impl NetworkSpec {
    /// `(fan_in, fan_out)` of each weight matrix, in order.
    pub fn weight_shapes(&self) -> Vec<(usize, usize)> {
        let mut fan_in = self.channels();
        let outs = self.hidden.iter().map(|layer| layer.units).chain([self.outputs]);
        outs.map(|fan_out| (core::mem::replace(&mut fan_in, fan_out), fan_out)).collect()
    }

    /// How many numbers feed the first layer: twice the inputs where ON and OFF are apart.
    pub fn channels(&self) -> usize {
        match self.kind {
            Kind::Spiking(SpikingSpec { code: Some(_), signed: true, .. }) => self.inputs.saturating_mul(2),
            _ => self.inputs,
        }
    }

    /// Weights and biases that are learned.
    pub fn parameter_count(&self) -> usize {
        let of = |(fan_in, fan_out): (usize, usize)| fan_in.saturating_add(1).saturating_mul(fan_out);
        self.weight_shapes().into_iter().map(of).fold(0, usize::saturating_add)
    }

    /// Its layers.
    pub fn model(&self) -> Model {
        let mut layers: Vec<Layer> = Vec::new();
        let mut over_time = false;
        match self.kind {
            Kind::Artificial => {
                for hidden in &self.hidden {
                    layers.extend([self.artificial(hidden), Units.into()]);
                }
                let activation = Activation::Linear;
                layers.push(Dense { units: self.outputs, activation }.into());
            }
            Kind::Spiking(spec) => {
                let SpikingSpec { code, steps, signed, peak, neuron: lif, .. } = spec;
                if let Some(code) = code {
                    layers.push(Spikes(Encode { code, steps, signed, peak }).into());
                    over_time = true;
                }
                for hidden in &self.hidden {
                    layers.extend([self.spiking(hidden, &spec, over_time), Units.into()]);
                    over_time = true;
                }
                let membrane = Neuron::LeakyIntegrator(LeakyIntegrator {
                    tau_ms: lif.tau_ms,
                    rest_mv: lif.rest_mv,
                    span_mv: lif.threshold_mv - lif.rest_mv,
                });
                let step = spec.step(membrane, over_time);
                layers.push(Neurons { units: self.outputs, step }.into());
            }
        }
        Model { example: vec![self.inputs], layers, loss: self.loss }
    }

    /// A layer of activation functions, some of whose units may be of another kind.
    fn artificial(&self, hidden: &Hidden) -> Layer {
        let &Hidden { units, activation, .. } = hidden;
        if hidden.others.is_empty() {
            return Dense { units, activation }.into();
        }
        let groups = self.groups(hidden, UnitKind::Activation(activation), |swap| {
            match self.neuron.as_ref().zip(self.neuron_of(swap)) {
                Some((spec, unit)) if swap == Swap::Neuron => UnitKind::Neurons(spec.unit(unit)),
                Some((spec, unit)) => UnitKind::fitted(&spec.unit(unit), activation),
                None => UnitKind::Activation(swap.activation().unwrap_or(activation)),
            }
        });
        Grouped { units, groups }.into()
    }

    /// A layer of leaky integrate-and-fire neurons, some of whose units may be others.
    fn spiking(&self, hidden: &Hidden, spec: &SpikingSpec, over_time: bool) -> Layer {
        let (units, usual) = (hidden.units, spec.step(Neuron::Lif(spec.neuron), over_time));
        if hidden.others.is_empty() {
            return Neurons { units, step: usual }.into();
        }
        let groups = self.groups(hidden, UnitKind::Neurons(usual.clone()), |swap| {
            let Some(unit) = self.neuron_of(swap) else { return UnitKind::Neurons(usual.clone()) };
            let step = unit.on(usual.clone());
            UnitKind::Neurons(NeuronStep { gain: gain_like(&step, &usual), ..step })
        });
        Grouped { units, groups }.into()
    }

    /// The units of a layer by what they are.
    fn groups(&self, hidden: &Hidden, usual: UnitKind, kind_of: impl Fn(Swap) -> UnitKind) -> Vec<UnitGroup> {
        let is_usual = |unit: &u32| hidden.others.iter().all(|(other, _)| other != unit);
        let indices = (0..hidden.units as u32).filter(is_usual).collect();
        let mut groups = vec![UnitGroup { kind: usual, indices }];
        let mut kinds: Vec<Swap> = hidden.others.iter().map(|(_, to)| *to).collect();
        order::sort(&mut kinds);
        kinds.dedup();
        for swap in kinds {
            let of_kind = hidden.others.iter().filter(|(_, to)| *to == swap).map(|(unit, _)| *unit);
            groups.push(UnitGroup { kind: kind_of(swap), indices: of_kind.collect() });
        }
        groups.retain(|group| !group.indices.is_empty());
        groups
    }

    /// The neuron that a unit becomes, with its parameters; `None` where it becomes none.
    pub fn neuron_of(&self, swap: Swap) -> Option<UnitNeuron> {
        let as_declared = |neuron| UnitNeuron { neuron, frozen: false };
        match swap {
            Swap::Activation(_) => None,
            Swap::Neuron => self.neuron.map(|spec| as_declared(Neuron::Lif(spec.neuron))),
            Swap::Model(_) => {
                let neuron = swap.model()?;
                if let Neuron::Lif(_) = neuron {
                    return self.neuron_of(Swap::Neuron);
                }
                let id = neuron.declaration().id;
                let own = self.neurons.iter().find(|own| own.neuron.declaration().id == id);
                Some(own.copied().unwrap_or(as_declared(neuron)))
            }
        }
    }

    /// Whether a unit of this network can become that: an activation function or a neuron in an artificial
    /// one, a neuron that fires in a spiking one.
    pub fn can_become(&self, to: Swap) -> bool {
        let neuron = self.neuron_of(to);
        match self.kind {
            Kind::Artificial => to.activation().is_some() || self.neuron.is_some() && neuron.is_some(),
            // There it is the usual neuron, whose gain is known.
            Kind::Spiking(_) => to != Swap::FITTED_LIF && neuron.is_some_and(|unit| unit.neuron.fires()),
        }
    }

    /// Makes a unit another one, or the usual one of its layer again. What does not exist stays away.
    pub fn swap(&mut self, layer: usize, unit: u32, to: Option<Swap>) {
        let artificial = self.kind == Kind::Artificial;
        let Some(hidden) = self.hidden.get_mut(layer) else { return };
        hidden.others.retain(|(other, _)| *other != unit);
        let usual = |to: Swap| match to {
            Swap::Activation(_) => artificial && to.activation() == Some(hidden.activation),
            Swap::Neuron => !artificial,
            Swap::Model(_) => false,
        };
        if let Some(to) = to.filter(|&to| !usual(to)) {
            hidden.others.push((unit, to));
            order::sort(&mut hidden.others);
        }
    }

    /// The graph for `batch` examples.
    ///
    /// # Errors
    /// If a layer has no units.
    pub fn build(&self, batch: usize, mode: Mode) -> Result<Network, GraphError> {
        self.model().build(batch, mode)
    }
}

impl Swap {
    /// [`Swap::Neuron`] fitted to the activation in whose place it is.
    const FITTED_LIF: Self = Self::Model(4);

    /// The same for a unit whose weights have learned to be something else: what comes in its place is fitted
    /// to that.
    pub fn of_trained(self) -> Self {
        if self == Self::Neuron { Self::FITTED_LIF } else { self }
    }

    /// Everything that a unit can be, in the order of the choices.
    pub fn all() -> impl Iterator<Item = Self> {
        let models = Neuron::all().into_iter().enumerate();
        let others = models.filter(|(_, neuron)| !matches!(neuron, Neuron::Lif(_)));
        let activations = (0..Activation::ALL.len() as u8).map(Self::Activation);
        activations.chain([Self::Neuron]).chain(others.map(|(at, _)| Self::Model(at as u8)))
    }

    /// The activation function, where it is one.
    pub fn activation(self) -> Option<Activation> {
        match self {
            Self::Activation(at) => Activation::ALL.get(usize::from(at)).copied(),
            Self::Neuron | Self::Model(_) => None,
        }
    }
}

impl Swap {
    /// The neuron as declared, where it is one with a place among them.
    pub fn model(self) -> Option<Neuron> {
        let Self::Model(at) = self else { return None };
        Neuron::all().get(usize::from(at)).copied()
    }
}

impl UnitNeuron {
    /// A layer of this neuron instead, its gain left as it is.
    fn on(self, step: NeuronStep) -> NeuronStep {
        let surrogate = if self.frozen { Surrogate::Frozen } else { step.surrogate };
        NeuronStep { neuron: self.neuron, surrogate, ..step }
    }
}

impl SpikingSpec {
    /// A neuron as a unit among activation functions, before its gain is found.
    fn unit(&self, unit: UnitNeuron) -> NeuronStep {
        let readout = if unit.neuron.fires() { Readout::Rate } else { Readout::MeanPotential };
        NeuronStep { readout, ..unit.on(self.step(unit.neuron, false)) }
    }

    /// How `neuron` is stepped, driven by spikes over time or by a held current.
    fn step(&self, neuron: Neuron, over_time: bool) -> NeuronStep {
        let membrane = self.neuron.membrane(self.dt_ms);
        let (drive, gain) = if over_time {
            (Drive::PerStep, NeuronStep::gain_for_jump(membrane, SPIKE_JUMP))
        } else {
            (Drive::Held, HELD_STEADY * membrane.span_mv)
        };
        NeuronStep {
            neuron,
            steps: self.steps,
            dt_ms: self.dt_ms,
            drive,
            gain,
            readout: neuron.readout(),
            surrogate: Surrogate::FastSigmoid { slope: self.slope },
            learned: Learned::default(),
            site: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spec(kind: Kind) -> NetworkSpec {
        let hidden =
            [8, 5].map(|units| Hidden { units, activation: Activation::Tanh, others: vec![] }).to_vec();
        NetworkSpec {
            inputs: 2,
            hidden,
            outputs: 3,
            loss: Loss::CrossEntropy,
            kind,
            neuron: None,
            neurons: vec![],
        }
    }

    #[test]
    fn the_fitted_leaky_neuron_is_where_it_is_said_to_be() {
        assert_eq!(Swap::Neuron.of_trained().model(), Some(Lif::default().into()));
        assert!(Swap::all().all(|kind| kind != Swap::FITTED_LIF), "it has one name");
    }

    #[test]
    fn both_kinds_have_the_same_layers() {
        let spiking = SpikingSpec {
            code: Some(Code::Rate),
            signed: true,
            peak: 1.0,
            steps: 6,
            dt_ms: 1.0,
            neuron: Lif::default(),
            slope: 10.0,
        };
        let artificial = spec(Kind::Artificial);
        assert_eq!(artificial.weight_shapes(), [(2, 8), (8, 5), (5, 3)]);
        assert_eq!(artificial.parameter_count(), 3 * 8 + 9 * 5 + 6 * 3);
        let coded = spec(Kind::Spiking(spiking));
        assert_eq!(coded.weight_shapes(), [(4, 8), (8, 5), (5, 3)]);
        let held = spec(Kind::Spiking(SpikingSpec { code: None, ..spiking }));
        assert_eq!(held.weight_shapes(), artificial.weight_shapes());
        for spec in [&artificial, &coded, &held] {
            let network = spec.build(4, Mode::Learn).expect("a network");
            assert_eq!(network.graph.shape(network.output), [4, 3]);
            assert_eq!(network.graph.parameters().len(), 6);
            assert_eq!(network.responses.len(), 2);
        }
        let network = coded.build(4, Mode::Answer).expect("a network");
        assert_eq!(network.graph.shape(network.responses[1]), [4, 6, 5]);
    }
}
