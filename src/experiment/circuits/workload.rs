//! The spiking works that benches measure: ready circuits and populations, with all of their spikes.
//!
//! `benches/spiking/works.json` says the same in numbers for the peers; a test holds the two together.
//!
//! ```
//! use cajal::experiment::circuits::workload::CircuitWork;
//! let mut work = CircuitWork::new("cuba")?;
//! let spikes = work.advance(30.0)?;
//! assert_eq!(work.raster().len() as u64, spikes);
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::{Run, Stimulus, entry};
use crate::learning::plasticity::{DopamineStdp, PairStdp};
use crate::neurons::{HodgkinHuxley, Lif};
use crate::snn::cells::{Composed, LifCurrent};
use crate::snn::{Delay, Network, NetworkError, NetworkSpec, PopulationSpec, Weight};

/// The names of all works.
pub const NAMES: [&str; 9] =
    ["cuba", "coba", "brunel-a", "brunel-b", "brunel-c", "brunel-d", "hodgkin-huxley", "lif", "stdp"];

/// Kinds of synapses whose bytes are told.
pub const SYNAPSES: [&str; 4] = ["static", "distributed", "stdp", "eligibility"];

/// Of the synapses, the potentials and the background.
const SEED: u64 = 1;
/// With it COBA stays active after its kick, as the peers' networks do with theirs.
const ACTIVE_SEED: u64 = 4;
/// More than any work takes, and what a tab can give.
const LIMIT_BYTES: u64 = 1 << 30;

type Made = (NetworkSpec, Vec<Stimulus>);

/// A network in time, and who fired.
pub struct CircuitWork {
    run: Run,
    neurons: u32,
    /// Where the neurons of each population begin.
    firsts: Vec<u32>,
    raster: Vec<(u32, u32)>,
}

fn circuit(id: &str, values: &[(&str, f64)]) -> Result<Made, NetworkError> {
    let seed = if id == "coba" { ACTIVE_SEED } else { SEED };
    Ok(entry(id)?.spec(values, seed)?)
}

fn alone(population: PopulationSpec, dt_ms: f64) -> Made {
    (NetworkSpec { populations: vec![population], ..NetworkSpec::new(dt_ms, SEED) }, Vec::new())
}

/// CUBA, whose excitation of excitatory neurons learns by pairs, from the middle of its range.
fn stdp() -> Result<Made, NetworkError> {
    let (mut spec, stimuli) = circuit("cuba", &[])?;
    let rule = PairStdp { w_max: 3.24, ..PairStdp::default() };
    let learning = spec.projections[0].clone().learning(rule);
    spec.projections[0] = learning;
    Ok((spec, stimuli))
}

/// Neurons whose receptors and refractory periods are kept although nobody fires.
fn silent() -> Made {
    let neuron =
        Lif { tau_ms: 20.0, rest_mv: -49.0, reset_mv: -60.0, threshold_mv: -40.0, refractory_ms: 5.0 };
    let cells = LifCurrent { neuron, synaptic_tau_ms: [5.0, 10.0] };
    let population = PopulationSpec::new("leaky", 100_000, cells);
    alone(PopulationSpec { initial_mv: Some((-60.0, -50.0)), ..population }, 0.1)
}

/// Squid neurons, to which [`CircuitWork::new`] gives currents from 0 to 20 µA/cm².
fn squid() -> Made {
    let cells = Composed { neuron: HodgkinHuxley::default(), receptors: Vec::new() };
    alone(PopulationSpec::new("squid", 10_000, cells), 0.05)
}

fn spec(name: &str) -> Result<Made, NetworkError> {
    let brunel = |inhibition, drive| circuit("brunel", &[("inhibition", inhibition), ("drive", drive)]);
    match name {
        "brunel-a" => brunel(3.0, 2.0),
        "brunel-b" => brunel(6.0, 4.0),
        "brunel-c" => brunel(5.0, 2.0),
        "brunel-d" => brunel(4.5, 0.9),
        "hodgkin-huxley" => Ok(squid()),
        "lif" => Ok(silent()),
        "stdp" => stdp(),
        // CUBA and COBA; of another name the list of circuits says that there is none.
        other => circuit(other, &[]),
    }
}

/// CUBA with synapses of one of the kinds of [`SYNAPSES`].
fn with_synapses(kind: &str) -> Result<NetworkSpec, NetworkError> {
    let (mut spec, _) = circuit("cuba", &[])?;
    for projection in &mut spec.projections {
        let Weight::Same(mean) = projection.weight else { continue };
        match kind {
            "distributed" => {
                projection.weight = Weight::Normal { mean, sd: 0.1 * mean.abs() };
                projection.delay = Delay::Normal { mean_ms: 1.5, sd_ms: 0.5 };
            }
            "stdp" if mean > 0.0 => *projection = projection.clone().learning(PairStdp::default()),
            "eligibility" if mean > 0.0 => *projection = projection.clone().learning(DopamineStdp::default()),
            _ => {}
        }
    }
    // The kind alone is counted.
    if matches!(kind, "stdp" | "eligibility") {
        spec.projections.retain(|projection| projection.learning.is_some());
    }
    Ok(spec)
}

/// Bytes of a synapse of this kind, of all that a network keeps for it, and how many were built.
///
/// # Errors
/// As [`NetworkSpec::build`].
pub fn bytes_per_synapse(kind: &str) -> Result<(f64, u64), NetworkError> {
    let network = with_synapses(kind)?.build(LIMIT_BYTES)?;
    let synapses = network.synapses();
    Ok((network.synapse_bytes() as f64 / synapses as f64, synapses))
}

/// Mean rates of CUBA with weights of its own at each synapse: as 32 bits, and as one of 256 levels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantised {
    /// Mean rate with 32 bits, Hz.
    pub exact_hz: f64,
    /// Mean rate with levels, Hz.
    pub levels_hz: f64,
    /// Standard error of their difference over the seeds, Hz.
    pub spread_hz: f64,
}

/// CUBA with normally distributed weights, whose deviation is `sd` of the mean.
///
/// Weights that could learn are kept in 32 bits; they come from the same draws, and their rule is off.
fn distributed(sd: f64, seed: u64, exact: bool) -> Result<Network, NetworkError> {
    let (mut spec, _) = entry("cuba")?.spec(&[], seed)?;
    for projection in &mut spec.projections {
        let Weight::Same(mean) = projection.weight else { continue };
        projection.weight = Weight::Normal { mean, sd: sd as f32 * mean.abs() };
        if exact {
            *projection = projection.clone().learning(PairStdp::default());
        }
    }
    let projections = if exact { spec.projections.len() } else { 0 };
    let mut network = spec.build(LIMIT_BYTES)?;
    (0..projections).for_each(|projection| network.set_learning(projection, false));
    Ok(network)
}

/// What levels instead of numbers of 32 bits do to the mean rate, from 100 ms to `until_ms`, over seeds from 1.
///
/// # Errors
/// As [`Network::advance`].
pub fn quantised(sd: f64, seeds: u64, until_ms: f64) -> Result<Quantised, NetworkError> {
    let rate_hz = |seed: u64, exact: bool| -> Result<f64, NetworkError> {
        let (mut network, mut spikes) = (distributed(sd, seed, exact)?, 0u32);
        let neurons: u32 = network.populations().map(|(_, count)| count).sum();
        while network.time_ms() < until_ms {
            network.advance()?;
            if network.time_ms() > 100.0 {
                network.each_spike(|_, _, _| spikes += 1);
            }
        }
        Ok(f64::from(spikes) / f64::from(neurons) / (until_ms - 100.0) * 1000.0)
    };
    let pairs = (1..=seeds).map(|seed| Ok([rate_hz(seed, true)?, rate_hz(seed, false)?]));
    let pairs = pairs.collect::<Result<Vec<_>, NetworkError>>()?;
    let count = pairs.len() as f64;
    let mean = |of: &dyn Fn(&[f64; 2]) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (exact_hz, levels_hz) = (mean(&|pair| pair[0]), mean(&|pair| pair[1]));
    let variance = mean(&|pair| (pair[1] - pair[0] - (levels_hz - exact_hz)).powi(2));
    Ok(Quantised { exact_hz, levels_hz, spread_hz: (variance / (count - 1.0)).sqrt() })
}

impl CircuitWork {
    /// The work of that name, always with the same seed, at its beginning.
    ///
    /// # Errors
    /// If no work has that name, or as [`NetworkSpec::build`].
    pub fn new(name: &str) -> Result<Self, NetworkError> {
        let (spec, stimuli) = spec(name)?;
        let mut run = Run::new(spec, stimuli, LIMIT_BYTES)?;
        let network = run.network_mut();
        let mut neurons = 0;
        let firsts = network.populations().map(|(_, count)| {
            neurons += count;
            neurons - count
        });
        let firsts: Vec<u32> = firsts.collect();
        if name == "hodgkin-huxley" {
            for neuron in 0..neurons {
                let current = 20.0 * neuron as f32 / neurons as f32;
                network.set_current(0, neuron..neuron + 1, current);
            }
        }
        Ok(Self { run, neurons, firsts, raster: Vec::new() })
    }

    /// Advances by `ms` or to the end of the window that begins before; how many spikes there were.
    ///
    /// # Errors
    /// As [`Network::advance`].
    pub fn advance(&mut self, ms: f64) -> Result<u64, NetworkError> {
        self.raster.clear();
        let network = self.run.network();
        let last = network.step() + libm::round(ms / network.dt_ms()) as u64;
        while self.run.network().step() < last {
            self.run.advance()?;
            let (firsts, raster) = (&self.firsts, &mut self.raster);
            self.run.network().each_spike(|population, step, neuron| {
                raster.push((step as u32, firsts[population] + neuron));
            });
        }
        Ok(self.raster.len() as u64)
    }

    /// Spikes of the last advance, `(step, neuron)`, window by window and population by population.
    pub fn raster(&self) -> &[(u32, u32)] {
        &self.raster
    }

    /// The network as it is.
    pub fn network(&self) -> &Network {
        self.run.network()
    }

    /// Neurons of all populations.
    pub fn neurons(&self) -> u32 {
        self.neurons
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn described() -> Value {
        serde_json::from_str(include_str!("../../../benches/spiking/works.json")).expect("works")
    }

    /// Every work with what it shares with others.
    fn works() -> Vec<Value> {
        let all = described();
        let each = |work: &Value| {
            let shared = work["like"]
                .as_str()
                .map_or_else(|| Value::Object(Default::default()), |like| all[like].clone());
            let (mut whole, own) = (shared, work.as_object().expect("a work"));
            whole.as_object_mut().expect("an object").extend(own.clone());
            whole
        };
        all["works"].as_array().expect("a list").iter().map(each).collect()
    }

    fn number(value: &Value) -> f64 {
        value.as_f64().expect("a number")
    }

    #[test]
    fn peers_are_told_what_ours_is_built_from() {
        let works = works();
        assert_eq!(works.iter().map(|work| work["id"].as_str().expect("an id")).collect::<Vec<_>>(), NAMES);
        for work in &works {
            let id = work["id"].as_str().expect("an id");
            let Ok((spec, _)) = spec(id) else { continue };
            assert_eq!(spec.dt_ms, number(&work["dt_ms"]), "{id}");
            let neurons: u32 = spec.populations.iter().map(|population| population.count).sum();
            let theirs = work
                .get("neurons")
                .map_or_else(|| number(&work["excitatory"]) + number(&work["inhibitory"]), number);
            assert_eq!(f64::from(neurons), theirs, "{id}");
            for projection in &spec.projections {
                assert_eq!(projection.delay, Delay::Same(number(&work["delay_ms"])), "{id}");
                let Weight::Same(weight) = projection.weight else { panic!("{id}: one weight") };
                let theirs = if work["weights"].is_array() {
                    number(&work["weights"][projection.source])
                } else {
                    let factors = [1.0, -work["inhibition"].as_f64().expect("a factor")];
                    number(&work["jump_mv"]) * factors[projection.source]
                };
                assert!((f64::from(weight) - theirs).abs() < 1e-6, "{id}: {weight}, not {theirs}");
            }
        }
        let rule = &works.last().expect("a work")["rule"];
        let ours = PairStdp::default();
        let ours = [ours.a_plus, ours.ratio, ours.tau_plus_ms, ours.tau_minus_ms, 3.24];
        let keys = ["a_plus", "ratio", "tau_plus_ms", "tau_minus_ms", "w_max"];
        assert_eq!(keys.map(|key| number(&rule[key])), ours);
    }

    #[test]
    fn coba_does_not_fall_silent() {
        let mut work = CircuitWork::new("coba").expect("a work");
        work.advance(900.0).expect("finite numbers");
        let rate_hz = work.advance(100.0).expect("finite numbers") as f64 / f64::from(work.neurons()) / 0.1;
        assert!((10.0..30.0).contains(&rate_hz), "{rate_hz} Hz");
    }

    #[test]
    fn a_work_counts_its_spikes() {
        let mut work = CircuitWork::new("stdp").expect("a work");
        let spikes = work.advance(100.0).expect("finite numbers");
        let rate_hz = spikes as f64 / f64::from(work.neurons()) / 0.1;
        assert!((2.0..20.0).contains(&rate_hz), "{rate_hz} Hz");
        assert!(work.raster().iter().all(|&(step, neuron)| step < 1010 && neuron < 4000));
        assert!(CircuitWork::new("cub").is_err());
    }

    #[test]
    fn levels_of_weights_do_not_change_the_rate() {
        let Quantised { exact_hz, levels_hz, spread_hz } = quantised(0.3, 6, 1100.0).expect("rates");
        let differ = (levels_hz - exact_hz).abs();
        println!("{exact_hz:.3} Hz, by levels {levels_hz:.3} Hz ± {spread_hz:.3}");
        assert!(exact_hz > 4.0 && spread_hz < 0.02 * exact_hz, "{exact_hz} ± {spread_hz} Hz");
        assert!(differ < 3.0 * spread_hz + 0.005 * exact_hz, "{levels_hz} against {exact_hz} Hz");
        // The draws are the same: but for the levels the first spikes are, too.
        let mut both = [true, false].map(|exact| distributed(0.3, 1, exact).expect("a network"));
        let first = both.each_mut().map(|network| {
            network.advance().expect("finite numbers");
            network.spikes()[0].count()
        });
        assert!(first[0] > 0 && first[0] == first[1], "{first:?}");
    }

    #[test]
    fn synapses_take_no_more_than_they_may() {
        for (kind, most) in SYNAPSES.into_iter().zip([4.0, 5.0, 12.0, 20.0]) {
            let (bytes, synapses) = bytes_per_synapse(kind).expect("a network");
            println!("{kind}: {bytes:.2} bytes, {synapses} synapses");
            assert!(bytes <= most && synapses > 100_000, "{kind}: {bytes} bytes of {synapses}");
        }
    }
}
