//! How the weights of a running circuit are distributed, from population to population. Floor F4.
//!
//! What goes from one population to another by one receptor is told together, whatever the number of
//! projections that it is declared by. Bins reach over all weights that may be drawn, so they stay where they
//! are; with weights that learn, over those that there are as well.
//!
//! ```
//! use cajal::experiment::circuits::{self, weights::weights};
//! let run = circuits::build("cuba", &[("scale", 0.1)], 1, 1 << 28)?;
//! let all = weights(&run, 32);
//! let synapses: u64 = all.iter().map(|own| own.synapses).sum();
//! assert_eq!((all.len(), synapses), (4, run.network().synapses()));
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::Run;
use crate::snn::Network;

/// The weights from one population to another by one receptor.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Index of the source population, and of the target.
    pub between: [usize; 2],
    /// The receptor's place in the target's list.
    pub receptor: usize,
    /// Whether any of them learns.
    pub learns: bool,
    /// How many there are.
    pub synapses: u64,
    /// Lower end of the first and upper end of the last bin, in the unit of the circuit's weights; equal, with
    /// a single bin, where all weights are alike.
    pub range: [f64; 2],
    /// Weights in each bin.
    pub counts: Vec<u32>,
    /// Mean of all.
    pub mean: f64,
    /// Standard deviation of all.
    pub deviation: f64,
}

/// All weights of a circuit in at most `bins` bins each, in the order in which it is declared; what has no
/// synapses is left out.
pub fn weights(run: &Run, bins: usize) -> Vec<Weights> {
    let mut groups: Vec<(Weights, Vec<usize>)> = Vec::new();
    for (index, projection) in run.spec().projections.iter().enumerate() {
        let (between, receptor) = ([projection.source, projection.target], projection.receptor);
        let same = |(own, _): &(Weights, _)| own.between == between && own.receptor == receptor;
        let at = groups.iter().position(same).unwrap_or_else(|| {
            let (range, counts) = ([f64::INFINITY, f64::NEG_INFINITY], Vec::new());
            let empty = Weights {
                between,
                receptor,
                learns: false,
                synapses: 0,
                range,
                counts,
                mean: 0.0,
                deviation: 0.0,
            };
            groups.push((empty, Vec::new()));
            groups.len() - 1
        });
        let (own, indices) = &mut groups[at];
        own.learns |= projection.learning.is_some();
        let [low, high] = projection.weight.ends().map(f64::from);
        own.range = [own.range[0].min(low), own.range[1].max(high)];
        indices.push(index);
    }
    let told = groups.into_iter().map(|(own, indices)| fill(run.network(), own, &indices, bins.max(1)));
    told.filter(|own| own.synapses > 0).collect()
}

fn fill(network: &Network, mut own: Weights, indices: &[usize], bins: usize) -> Weights {
    let each = |act: &mut dyn FnMut(f64, u32)| {
        for &projection in indices {
            network.each_weight(projection, &mut |weight, count| act(f64::from(weight), count));
        }
    };
    let (mut sum, [mut low, mut high]) = (0.0, own.range);
    each(&mut |weight, count| {
        own.synapses += u64::from(count);
        sum += weight * f64::from(count);
        (low, high) = (low.min(weight), high.max(weight));
    });
    if own.synapses == 0 {
        return own;
    }
    let count = own.synapses as f64;
    own.mean = sum / count;
    own.range = [low, high];
    own.counts = vec![0; if low < high { bins } else { 1 }];
    let mut squares = 0.0;
    let last = own.counts.len() - 1;
    each(&mut |weight, count| {
        let apart = weight - own.mean;
        squares += apart * apart * f64::from(count);
        let share = if low < high { (weight - low) / (high - low) } else { 0.0 };
        own.counts[((share * bins as f64) as usize).min(last)] += count;
    });
    own.deviation = (squares / count).sqrt();
    own
}

#[cfg(test)]
mod tests {
    use super::super::{CIRCUITS, build};
    use super::*;

    #[test]
    fn every_synapse_of_every_circuit_is_told_once() {
        for entry in CIRCUITS {
            let id = entry.declaration.id;
            let small = entry.declaration.parameters.iter().any(|parameter| parameter.key == "scale");
            let values: &[_] = if small { &[("scale", 0.05)] } else { &[] };
            let run = build(id, values, 3, 1 << 28).expect("a circuit");
            let all = weights(&run, 32);
            let told: u64 = all.iter().flat_map(|own| &own.counts).map(|&count| u64::from(count)).sum();
            assert_eq!(told, run.network().synapses(), "{id}");
            for own in &all {
                let [low, high] = own.range;
                assert!(low <= own.mean + 1e-9 && own.mean <= high + 1e-9, "{id}: {own:?}");
                assert!(own.deviation <= high - low + 1e-9, "{id}: {own:?}");
                assert_eq!(own.counts.len(), if low < high { 32 } else { 1 }, "{id}");
            }
        }
    }

    #[test]
    fn what_is_declared_is_what_is_told() {
        let alike = build("brunel", &[("scale", 0.05), ("inhibition", 4.5)], 3, 1 << 28).expect("a circuit");
        let means: Vec<f64> = weights(&alike, 32).iter().map(|own| own.mean).collect();
        assert!((means[2] / means[0] + 4.5).abs() < 1e-6, "{means:?}");
        // Cortex draws a tenth of the mean as deviation, in bins that are even.
        let drawn = build("microcircuit", &[("scale", 0.05)], 3, 1 << 28).expect("a circuit");
        let all = weights(&drawn, 32);
        let large = all.iter().max_by_key(|own| own.synapses).expect("projections");
        assert!((large.deviation / large.mean.abs() - 0.1).abs() < 0.005, "{large:?}");
        let [low, high] = large.counts[15..17] else { panic!("32 bins") };
        assert!((f64::from(low) / f64::from(high) - 1.0).abs() < 0.1, "{:?}", large.counts);
        // A profile of weights over distance is several projections, and told as one.
        let ring = build("ring-attractor", &[("count", 64.0)], 3, 1 << 28).expect("a circuit");
        assert!(weights(&ring, 32).len() < ring.spec().projections.len());
    }

    #[test]
    fn another_weight_is_told_at_once() {
        let mut run = build("cuba", &[("scale", 0.1)], 3, 1 << 28).expect("a circuit");
        let entry = super::super::entry("cuba").expect("listed");
        let (spec, stimuli) = entry.spec(&[("scale", 0.1), ("excitation_mv", 2.0)], 3).expect("values");
        let before = weights(&run, 32)[0].mean;
        assert!(run.retune(spec, stimuli).expect("values"));
        let after = weights(&run, 32);
        assert!((after[0].mean / before - 2.0 / 1.62).abs() < 1e-6, "{before} {after:?}");
        assert_eq!(after[0].range, [after[0].mean; 2]);
    }

    #[test]
    fn weights_that_learn_are_told_as_they_are() {
        let mut run = build("diehl-cook", &[], 3, 1 << 28).expect("a circuit");
        let before = weights(&run, 32);
        assert!(before[0].learns && !before[1].learns);
        let fixed = vec![0.25; before[0].synapses as usize];
        run.network_mut().set_weights(0, &fixed).expect("as many");
        let after = weights(&run, 32);
        assert!((after[0].mean - 0.25).abs() < 1e-6 && after[0].deviation < 1e-6, "{:?}", after[0]);
        assert_eq!(after[0].range, before[0].range, "bins stay where they are");
    }
}
