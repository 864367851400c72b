//! What makes a comparison of the two networks fair: equal in units, in parameters, in operations or in the
//! time of learning. The artificial network stays as it was drawn; the spiking one gets other widths, or
//! another number of time steps, and both come from the definition alone, so that a link stands for one
//! experiment on every machine.
//!
//! With fan-ins `f` and fan-outs `n` of the layers, `T` time steps and `p` spikes a neuron and step:
//!
//! - **units**: the same layers.
//! - **parameters**: widths times one factor, so that `Σ (f + 1) n` is as near as it gets. They differ where
//!   negative inputs are coded as spikes: each input then has an ON and an OFF channel.
//! - **operations** of one answer: `T` so that `p T Σ f n` additions are as many as the `Σ f n` multiplications
//!   and additions of the artificial network. A current that is held is multiplied once, a latency code
//!   spikes once an input, a rate code in `p` of the steps. `p` is declared, because how often
//!   neurons will fire is known only afterwards; what they did is measured and shown beside.
//! - **time** of learning: widths times one factor, so that a batch costs both the same multiplications,
//!   where a time step counts like a pass (`T Σ f n`, the first layer once under a held current).
//!   Counted and not measured: a clock would make another experiment on every machine. As both see the
//!   same batches, they get the same budget.

use super::parameters::{STEPS, UNITS};
use crate::ann::{Kind, NetworkSpec, SpikingSpec};
use crate::describe::{Choice, Citation};
use crate::graph::ops::encode::Code;

/// In what the networks are made equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fair {
    /// Layers.
    Units,
    /// Weights and biases.
    Parameters,
    /// Operations of one answer.
    Operations,
    /// Work of one batch of learning.
    Time,
}

const YAN: Citation = Citation {
    authors: "Yan, Bai, Wong",
    year: 2024,
    title: "Reconsidering the energy efficiency of spiking neural networks",
    source: "arXiv:2409.08290",
};

const fn choice(id: &'static str, title: &'static str, equation: &'static str) -> Choice {
    Choice { id, title, equation, citation: YAN, not_biological: "" }
}

impl Fair {
    /// All, in the order of [`Self::CHOICES`].
    pub const ALL: [Self; 4] = [Self::Units, Self::Parameters, Self::Operations, Self::Time];

    /// As the page offers them.
    pub const CHOICES: [Choice; 4] = [
        choice("units", "Units", r"n_\mathrm{spiking} = n_\mathrm{artificial}"),
        choice("parameters", "Parameters", r"\sum (f + 1)\, n"),
        choice("operations", "Operations of an answer", r"p\, T \sum f n = \sum f n"),
        choice("time", "Time to learn, counted", r"T \sum f n = \sum f n"),
    ];
}

/// Puts the spiking network's widths or steps so that it is equal to the artificial one, as near as whole
/// numbers within their ranges allow. `spikes` is what a neuron fires in a step.
pub fn adjust(fair: Fair, artificial: &NetworkSpec, spiking: &mut NetworkSpec, spikes: f64) {
    match fair {
        Fair::Units => {}
        Fair::Parameters => scale(spiking, artificial.parameter_count() as f64, parameters),
        Fair::Time => scale(spiking, products(artificial), work),
        Fair::Operations => set_steps(artificial, spiking, spikes),
    }
}

fn parameters(network: &NetworkSpec) -> f64 {
    network.parameter_count() as f64
}

/// `Σ f n`.
fn products(network: &NetworkSpec) -> f64 {
    network.weight_shapes().iter().map(|&(fan_in, fan_out)| fan_in as f64 * fan_out as f64).sum()
}

/// Products of one pass through time.
fn work(network: &NetworkSpec) -> f64 {
    let Kind::Spiking(SpikingSpec { code, steps, .. }) = network.kind else { return products(network) };
    let all = products(network) * steps as f64;
    let first = network.weight_shapes().first().map_or(0.0, |&(fan_in, n)| fan_in as f64 * n as f64);
    if code.is_none() { all - first * (steps as f64 - 1.0) } else { all }
}

/// The operations of one answer, for `spikes` a neuron and step.
pub fn operations(network: &NetworkSpec, spikes: f64) -> f64 {
    let Kind::Spiking(SpikingSpec { code, steps, .. }) = network.kind else { return products(network) };
    let (once, a_step) = split(network, code, spikes);
    once + a_step * steps as f64
}

/// Operations that an answer takes whatever the steps are, and those of each step.
fn split(network: &NetworkSpec, code: Option<Code>, spikes: f64) -> (f64, f64) {
    let shapes = network.weight_shapes();
    let first = shapes.first().map_or(0.0, |&(_, n)| n as f64);
    let rest: f64 = shapes.iter().skip(1).map(|&(f, n)| f as f64 * n as f64).sum::<f64>() * spikes;
    match code {
        None | Some(Code::Latency) => (network.inputs as f64 * first, rest),
        Some(Code::Rate) => (0.0, network.inputs as f64 * first * spikes + rest),
    }
}

fn set_steps(artificial: &NetworkSpec, spiking: &mut NetworkSpec, spikes: f64) {
    let Kind::Spiking(mut spec) = spiking.kind else { return };
    let (once, a_step) = split(spiking, spec.code, spikes);
    if a_step <= 0.0 {
        return;
    }
    let steps = (products(artificial) - once) / a_step;
    spec.steps = steps.round().clamp(STEPS.range.0, STEPS.range.1) as usize;
    spiking.kind = Kind::Spiking(spec);
}

/// Multiplies all widths by one factor until `cost` is nearest to `target`; it rises with the factor.
fn scale(network: &mut NetworkSpec, target: f64, cost: fn(&NetworkSpec) -> f64) {
    let drawn: Vec<usize> = network.hidden.iter().map(|layer| layer.units).collect();
    if drawn.is_empty() || cost(network) == target {
        return;
    }
    let with = |network: &mut NetworkSpec, factor: f64| {
        for (layer, &units) in network.hidden.iter_mut().zip(&drawn) {
            layer.units = (units as f64 * factor).round().clamp(UNITS.range.0, UNITS.range.1) as usize;
        }
        cost(network)
    };
    let (mut low, mut high) = (0.0, UNITS.range.1);
    // More halvings than a factor of two numbers up to 1,024 has places.
    for _ in 0..48 {
        let middle = (low + high) / 2.0;
        if with(network, middle) <= target { low = middle } else { high = middle }
    }
    let (under, over) = (with(network, low), with(network, high));
    if (target - under).abs() <= (over - target).abs() {
        with(network, low);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::DataDeclaration;
    use crate::experiment::{ExperimentConfig, Side, Twin};

    fn specs(change: impl Fn(&mut ExperimentConfig)) -> [NetworkSpec; 2] {
        let mut config = ExperimentConfig::default();
        change(&mut config);
        let data = crate::data::points::generate(&crate::data::PointsConfig {
            set: config.data.set.clone(),
            samples: 100,
            noise: 0.0,
            train_share: 0.5,
            seed: 1,
        });
        let data = data.expect("a valid set");
        Side::BOTH.map(|side| config.session(side, &data).expect("a valid configuration").network)
    }

    fn steps(network: &NetworkSpec) -> usize {
        let Kind::Spiking(spec) = network.kind else { return 0 };
        spec.steps
    }

    fn widths(network: &NetworkSpec) -> Vec<usize> {
        network.hidden.iter().map(|layer| layer.units).collect()
    }

    fn by(fair: &str, encoding: &str) -> [NetworkSpec; 2] {
        specs(|config| {
            config.fair.by = fair.to_owned();
            config.spiking.encoding = encoding.to_owned();
            for layer in &mut config.layers {
                layer.units = 32;
            }
        })
    }

    #[test]
    fn units_leave_everything_as_it_was() {
        let [artificial, spiking] = by("units", "rate");
        assert_eq!((widths(&artificial), steps(&spiking)), (widths(&spiking), 25));
    }

    #[test]
    fn parameters_differ_by_less_than_one_unit_would() {
        // ON and OFF channels: four inputs in place of two.
        let [artificial, spiking] = by("parameters", "rate");
        let (ours, theirs) = (artificial.parameter_count(), spiking.parameter_count());
        assert_ne!(widths(&artificial), widths(&spiking));
        assert!(ours.abs_diff(theirs) <= 70, "{ours} and {theirs}");
        let [artificial, spiking] = by("parameters", "current");
        assert_eq!(artificial.weight_shapes(), spiking.weight_shapes());
    }

    #[test]
    fn operations_are_those_of_as_many_steps_as_spikes_are_rare() {
        let [artificial, spiking] = by("operations", "current");
        // One spike in 1 / 0.064 = 15.6 steps costs as much as one pass.
        assert_eq!(steps(&spiking), 16);
        for encoding in ["current", "rate", "latency"] {
            let [_, spiking] = by("operations", encoding);
            let (ours, theirs) = (products(&artificial), operations(&spiking, 0.064));
            assert!((ours / theirs - 1.0).abs() < 0.05, "{encoding}: {ours} and {theirs}");
            assert_eq!(widths(&artificial), widths(&spiking));
        }
    }

    #[test]
    fn time_to_learn_is_made_equal_by_narrower_layers() {
        for encoding in ["current", "rate"] {
            let [artificial, spiking] = by("time", encoding);
            let (ours, theirs) = (products(&artificial), work(&spiking));
            assert!(
                (ours / theirs - 1.0).abs() < 0.25,
                "{encoding}: {ours} and {theirs}, {:?}",
                widths(&spiking)
            );
            assert!(widths(&spiking).iter().all(|&units| units < 32));
        }
    }

    #[test]
    fn an_experiment_is_made_of_it_and_its_numbers_stay_within_their_ranges() {
        for by in Fair::CHOICES {
            for units in [1, 8, 1024] {
                let mut config = ExperimentConfig::default();
                config.fair.by = by.id.to_owned();
                config.data.samples = 50;
                config.spiking.steps = 2;
                config.layers.iter_mut().for_each(|layer| layer.units = units);
                let set = DataDeclaration::find("circle").expect("a set");
                assert_eq!(set.id, config.data.set);
                let data = crate::experiment::lab::make_data(&config, None, &[]);
                let twin = Twin::new(config, data.expect("points")).expect("a valid experiment");
                for side in Side::BOTH {
                    let network = &twin.half(side).session.config().network;
                    assert!(
                        widths(network).iter().all(|units| (1..=1024).contains(units)),
                        "{} {units}",
                        by.id
                    );
                }
            }
        }
    }
}
