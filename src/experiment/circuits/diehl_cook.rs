//! Diehl & Cook (2015): spiking neurons learn the shapes of digits without being told what they are.
//!
//! Each pixel fires at a rate by its brightness onto all excitatory neurons, through synapses that
//! learn by [`PostStdp`]; each excitatory neuron drives its own inhibitory one, which silences all
//! other excitatory neurons; thresholds rise with use, so that others get their turn. Conductances are
//! in units of the leak. The paper shows the training set three times, with η = 0.01, Δθ = 0.05 mV and
//! `τ_θ` = 10⁷ ms; thresholds that move faster and a slower rule reach more in one pass. Who presents digits and reads the answer is
//! [`crate::experiment::digit_reader`].

use super::{Circuit, Shown, Weighed};
use crate::describe::{
    Citation, Declaration, Declared, Integrator, Parameter, Reference, Scale, declared_fields,
};
use crate::learning::plasticity::PostStdp;
use crate::neurons::{AdaptiveThreshold, Lif};
use crate::snn::cells::{Composed, PoissonSource, Receptor};
use crate::snn::dale::Effect;
use crate::snn::synapses::ExponentialConductance;
use crate::snn::{Connect, NetworkSpec, PopulationSpec, ProjectionSpec, Weight};
use crate::units::Unit;

/// Parameters of the circuit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DiehlCook {
    /// Excitatory neurons, and as many inhibitory ones.
    pub neurons: f64,
    /// Conductance of a spike onto the inhibitory partner.
    pub excitation: f64,
    /// Conductance of an inhibitory spike onto all other excitatory neurons.
    pub inhibition: f64,
    /// η of the rule.
    pub learning_rate: f64,
    /// Trace at which a synapse neither grows nor shrinks.
    pub target: f64,
    /// What a spike adds to the threshold, mV.
    pub theta_plus_mv: f64,
    /// How long that lasts, ms.
    pub tau_theta_ms: f64,
}

impl Default for DiehlCook {
    fn default() -> Self {
        Self {
            neurons: 400.0,
            excitation: 10.4,
            inhibition: 17.0,
            learning_rate: 0.004,
            target: 0.2,
            theta_plus_mv: 0.1,
            tau_theta_ms: 3e6,
        }
    }
}

/// Places in the list of populations.
pub const PIXELS: usize = 0;
/// See [`PIXELS`].
pub const EXCITATORY: usize = 1;
/// Place of the projection that learns.
pub const LEARNING: usize = 0;
/// Pixels of a digit.
pub const PIXEL_COUNT: u32 = 784;
/// Length of a step, ms.
pub const DT_MS: f64 = 0.5;

const DIEHL_COOK_2015: Citation = Citation {
    authors: "Diehl, Cook",
    year: 2015,
    title: "Unsupervised learning of digit recognition using spike-timing-dependent plasticity",
    source: "Front. Comput. Neurosci. 9, 99",
};

const fn number(
    key: &'static str,
    symbol: &'static str,
    range: (f64, f64),
    default: f64,
    meaning: &'static str,
) -> Parameter {
    let (unit, scale, step) = (Unit::One, Scale::Linear, (range.1 - range.0) / 200.0);
    Parameter { key, symbol, unit, range, step, scale, default, meaning }
}

impl Declared for DiehlCook {
    const DECLARATION: Declaration = Declaration {
        id: "diehl-cook",
        title: "Digits learned by spike timing",
        citation: DIEHL_COOK_2015,
        equations: &[
            r"\tau \frac{dV}{dt} = (E_L - V) + g_e (E_e - V) + g_i (E_i - V)",
            r"V \ge \theta_0 + \theta:\; \theta \leftarrow \theta + \Delta\theta",
            r"\Delta w = \eta\,(x - x_\mathrm{tar})\,(w_\mathrm{max} - w)^\mu \quad (\text{post})",
        ],
        parameters: &[
            Parameter {
                key: "neurons",
                symbol: "n",
                unit: Unit::Count,
                range: (10.0, 1600.0),
                step: 10.0,
                scale: Scale::Integer,
                default: 400.0,
                meaning: "Excitatory neurons, and as many inhibitory ones.",
            },
            number(
                "excitation",
                "g_{ei}",
                (0.0, 50.0),
                10.4,
                "Conductance of a spike onto the inhibitory partner, in units of the leak.",
            ),
            number(
                "inhibition",
                "g_{ie}",
                (0.0, 200.0),
                17.0,
                "Conductance of an inhibitory spike onto all other excitatory neurons.",
            ),
            number("learning_rate", r"\eta", (0.0, 0.2), 0.004, "How much one spike of a target changes."),
            number(
                "target",
                r"x_\mathrm{tar}",
                (0.0, 1.0),
                0.2,
                "Trace at which a synapse neither grows nor shrinks.",
            ),
            Parameter {
                key: "theta_plus_mv",
                symbol: r"\Delta\theta",
                unit: Unit::Millivolt,
                range: (0.0, 2.0),
                step: 0.01,
                scale: Scale::Linear,
                default: 0.1,
                meaning: "What a spike adds to the threshold of its neuron.",
            },
            Parameter {
                key: "tau_theta_ms",
                symbol: r"\tau_\theta",
                unit: Unit::Millisecond,
                range: (1e3, 1e9),
                step: 1.1,
                scale: Scale::Logarithmic,
                default: 3e6,
                meaning: "How long that lasts.",
            },
        ],
        state: &[],
        drive: Unit::Millivolt,
        integrator: Integrator::Exact,
        largest_dt_ms: DT_MS,
        presets: &[],
        references: &[Reference {
            what: "right answers to the 10,000 test digits of MNIST by 400 neurons (ours, after one pass, read by \
                   the likelihood of all counts; theirs, after three, by the neurons' labels)",
            expected: 87.0,
            tolerance: 2.0,
            unit: Unit::Percent,
            citation: DIEHL_COOK_2015,
        }],
        not_biological: "Labels are read off by somebody outside, one inhibitory neuron silences hundreds, and \
                         weights are scaled to one sum after each digit.",
    };
    declared_fields!(neurons, excitation, inhibition, learning_rate, target, theta_plus_mv, tau_theta_ms);
}

impl Circuit for DiehlCook {
    const SHOWN: Shown = Shown {
        what: "Neurons learn digits by the times of their spikes.",
        span_ms: 1000.0,
        speed: 1.0,
        seed: 1,
        excite: 40.0,
        silence: -40.0,
        weights: Weighed::Leaks,
    };

    fn network(&self, seed: u64) -> NetworkSpec {
        let count = self.neurons as u32;
        let receptor = |tau_ms, reversal_mv| Receptor::new(ExponentialConductance { tau_ms, reversal_mv });
        let excitatory = Composed {
            neuron: AdaptiveThreshold {
                theta_plus_mv: self.theta_plus_mv,
                tau_theta_ms: self.tau_theta_ms,
                ..AdaptiveThreshold::default()
            },
            receptors: vec![receptor(1.0, 0.0), receptor(2.0, -100.0)],
        };
        let inhibitory = Composed {
            neuron: Lif {
                tau_ms: 10.0,
                rest_mv: -60.0,
                reset_mv: -45.0,
                threshold_mv: -40.0,
                refractory_ms: 2.0,
            },
            receptors: vec![receptor(1.0, 0.0)],
        };
        let rule = PostStdp { learning_rate: self.learning_rate, target: self.target, ..PostStdp::default() };
        let all = |to_itself| Connect::AllToAll { to_itself };
        let (excitation, inhibition) = (self.excitation as f32, self.inhibition as f32);
        // A neuron does not silence itself: its partner inhibits all but the one of its own number.
        let others = (0..count).flat_map(|source| {
            (0..count).filter(move |&target| target != source).map(move |target| (source, target))
        });
        NetworkSpec {
            populations: vec![
                PopulationSpec::new("pixels", PIXEL_COUNT, PoissonSource { rate_hz: 0.0 }),
                PopulationSpec {
                    effect: Some(Effect::Excitatory),
                    ..PopulationSpec::new("excitatory", count, excitatory)
                },
                PopulationSpec {
                    effect: Some(Effect::Inhibitory),
                    ..PopulationSpec::new("inhibitory", count, inhibitory)
                },
            ],
            projections: vec![
                ProjectionSpec {
                    weight: Weight::Uniform { low: 0.003, high: 0.3 },
                    ..ProjectionSpec::new([PIXELS, EXCITATORY], 0, all(true), 0.1, DT_MS).learning(rule)
                },
                ProjectionSpec::new([EXCITATORY, 2], 0, Connect::OneToOne, excitation, DT_MS),
                ProjectionSpec::new([2, EXCITATORY], 1, Connect::List(others.collect()), inhibition, DT_MS),
            ],
            // Conductances cannot make the exact step unstable.
            keeps_copy: false,
            ..NetworkSpec::new(DT_MS, seed)
        }
    }
}
