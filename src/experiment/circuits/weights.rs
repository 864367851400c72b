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
//! let synapses: u64 = all.iter().map(|own| own.histogram.count).sum();
//! assert_eq!((all.len(), synapses), (4, run.network().synapses()));
//! # Ok::<(), cajal::snn::NetworkError>(())
//! ```

use super::Run;
use crate::snn::monitors::weight_histogram::{WeightHistogram, weight_histogram};

/// The weights from one population to another by one receptor, in the unit of the circuit's weights.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// Index of the source population, and of the target.
    pub between: [usize; 2],
    /// The receptor's place in the target's list.
    pub receptor: usize,
    /// How they are distributed.
    pub histogram: WeightHistogram,
}

/// All weights of a circuit in at most `bins` bins each, in the order in which it is declared; what has no
/// synapses is left out.
pub fn weights(run: &Run, bins: usize) -> Vec<Weights> {
    let projections = &run.spec().projections;
    let way = |at: usize| ([projections[at].source, projections[at].target], projections[at].receptor);
    let firsts = (0..projections.len()).filter(|&at| (0..at).all(|before| way(before) != way(at)));
    let told = firsts.filter_map(|first| {
        let (between, receptor) = way(first);
        let together = || (first..projections.len()).filter(move |&at| way(at) == way(first));
        let ends = together().map(|at| projections[at].weight.ends().map(f64::from));
        let reach = ends.reduce(|one, other| [one[0].min(other[0]), one[1].max(other[1])]);
        let each = |tell: &mut dyn FnMut(f64, u32)| {
            together()
                .for_each(|at| run.network().each_weight(at, &mut |w, times| tell(f64::from(w), times)));
        };
        Some(Weights { between, receptor, histogram: weight_histogram(each, bins, reach)? })
    });
    told.collect()
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
            let told: u64 =
                all.iter().flat_map(|own| &own.histogram.counts).map(|&count| u64::from(count)).sum();
            assert_eq!(told, run.network().synapses(), "{id}");
            for own in &all {
                let [low, high] = own.histogram.range;
                assert!(
                    low <= own.histogram.mean + 1e-9 && own.histogram.mean <= high + 1e-9,
                    "{id}: {own:?}"
                );
                assert!(own.histogram.deviation <= high - low + 1e-9, "{id}: {own:?}");
                assert_eq!(own.histogram.counts.len(), if low < high { 32 } else { 1 }, "{id}");
            }
        }
    }

    #[test]
    fn what_is_declared_is_what_is_told() {
        let alike = build("brunel", &[("scale", 0.05), ("inhibition", 4.5)], 3, 1 << 28).expect("a circuit");
        let means: Vec<f64> = weights(&alike, 32).iter().map(|own| own.histogram.mean).collect();
        assert!((means[2] / means[0] + 4.5).abs() < 1e-6, "{means:?}");
        // Cortex draws a tenth of the mean as deviation, in bins that are even.
        let drawn = build("microcircuit", &[("scale", 0.05)], 3, 1 << 28).expect("a circuit");
        let all = weights(&drawn, 32);
        let large = all.iter().max_by_key(|own| own.histogram.count).expect("projections");
        assert!((large.histogram.deviation / large.histogram.mean.abs() - 0.1).abs() < 0.005, "{large:?}");
        let [low, high] = large.histogram.counts[15..17] else { panic!("32 bins") };
        assert!((f64::from(low) / f64::from(high) - 1.0).abs() < 0.1, "{:?}", large.histogram.counts);
        // A profile of weights over distance is several projections, and told as one.
        let ring = build("ring-attractor", &[("count", 64.0)], 3, 1 << 28).expect("a circuit");
        assert!(weights(&ring, 32).len() < ring.spec().projections.len());
    }

    #[test]
    fn another_weight_is_told_at_once() {
        let mut run = build("cuba", &[("scale", 0.1)], 3, 1 << 28).expect("a circuit");
        let entry = super::super::entry("cuba").expect("listed");
        let (spec, stimuli) = entry.spec(&[("scale", 0.1), ("excitation_mv", 2.0)], 3).expect("values");
        let before = weights(&run, 32)[0].histogram.mean;
        assert!(run.retune(spec, stimuli).expect("values"));
        let after = weights(&run, 32);
        assert!((after[0].histogram.mean / before - 2.0 / 1.62).abs() < 1e-6, "{before} {after:?}");
        assert_eq!(after[0].histogram.range, [after[0].histogram.mean; 2]);
    }

    #[test]
    fn weights_that_learn_are_told_as_they_are() {
        let mut run = build("diehl-cook", &[], 3, 1 << 28).expect("a circuit");
        let before = weights(&run, 32);
        let fixed = vec![0.25; before[0].histogram.count as usize];
        run.network_mut().set_weights(0, &fixed).expect("as many");
        let after = weights(&run, 32);
        assert!(
            (after[0].histogram.mean - 0.25).abs() < 1e-6 && after[0].histogram.deviation < 1e-6,
            "{:?}",
            after[0]
        );
        assert_eq!(after[0].histogram.range, before[0].histogram.range, "bins stay where they are");
    }
}
