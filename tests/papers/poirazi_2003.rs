//! Poirazi, Brannon, Mel (2003), *Pyramidal neuron as two-layer neural network*, Neuron 37, 989–999:
//! branches with thresholds of their own, as a formula and as membranes with NMDA receptors.

use cajal::describe::Declared;
use cajal::neurons::compartments::cable::receptor::unblocked;
use cajal::neurons::compartments::{NmdaDendrite, TwoLayer};

/// Features present: two colours, two shapes. The bound pairs (first with first, second with second)
/// are to be told from the others.
const PATTERNS: [([u32; 4], bool); 4] =
    [([1, 0, 1, 0], true), ([0, 1, 0, 1], true), ([1, 0, 0, 1], false), ([0, 1, 1, 0], false)];

/// On which of two groups of branches each feature has its synapses.
const GROUP: [usize; 4] = [0, 1, 0, 1];

/// Synapses that are active on each group.
fn grouped(features: [u32; 4], each: u32) -> [u32; 2] {
    let mut groups = [0; 2];
    for (feature, group) in features.into_iter().zip(GROUP) {
        groups[group] += feature * each;
    }
    groups
}

#[test]
fn a_branch_answers_as_fitted() {
    let reference = TwoLayer::DECLARATION.references[0];
    let ours = TwoLayer::default().branch(4.0);
    super::assert_meets(&reference, ours);
    // Half of the sigmoid at the threshold, beside the straight and the curved part.
    let at_threshold = TwoLayer::default().branch(3.6);
    assert!((at_threshold - (0.5 + 0.3 * 3.6 + 0.0114 * 3.6 * 3.6)).abs() < 1e-12);
}

#[test]
fn the_formula_prefers_clusters_until_they_saturate() {
    let cell = TwoLayer::default();
    let sum = |synapses: &[f64]| -> f64 { synapses.iter().map(|count| cell.branch(*count)).sum() };
    assert!(sum(&[4.0, 0.0]) > 1.5 * sum(&[2.0, 2.0]), "above a branch's threshold");
    assert!(sum(&[2.0, 0.0]) < 1.05 * sum(&[1.0, 1.0]), "below it hardly any difference");
    assert!(sum(&[8.0, 0.0]) < sum(&[4.0, 4.0]), "a second branch is better than a full one");
}

#[test]
fn no_perceptron_separates_what_one_neuron_does() {
    // Bound and unbound pairs have the same sum of features, so any weights give both classes the same
    // total, and no threshold has one above and the other below.
    let total = |wanted: bool| {
        let mut sum = [0u32; 4];
        for (features, _) in PATTERNS.iter().filter(|(_, bound)| *bound == wanted) {
            for (sum, feature) in sum.iter_mut().zip(features) {
                *sum += feature;
            }
        }
        sum
    };
    assert_eq!(total(true), total(false));
    // Rosenblatt's rule cannot know: it goes on for ever, at most three right after any update.
    let (mut weights, mut bias, mut updates) = ([0i64; 4], 0i64, 0);
    for _ in 0..10_000 {
        let mut right = 0;
        for (features, bound) in PATTERNS {
            let sum: i64 = weights.iter().zip(features).map(|(w, x)| w * i64::from(x)).sum();
            let wanted = if bound { 1 } else { -1 };
            if (sum + bias) * wanted > 0 {
                right += 1;
                continue;
            }
            for (weight, feature) in weights.iter_mut().zip(features) {
                *weight += wanted * i64::from(feature);
            }
            bias += wanted;
            updates += 1;
        }
        assert!(right < 4);
    }
    assert!(updates >= 10_000);
    // Whole weights up to 6 in size, and all thresholds that matter: none is right four times.
    for code in 0..13i64.pow(4) {
        let weights = [code, code / 13, code / 169, code / 2197].map(|digit| digit % 13 - 6);
        let sum =
            |features: [u32; 4]| -> i64 { weights.iter().zip(features).map(|(w, x)| w * i64::from(x)).sum() };
        let lowest_bound = sum(PATTERNS[0].0).min(sum(PATTERNS[1].0));
        let highest_unbound = sum(PATTERNS[2].0).max(sum(PATTERNS[3].0));
        assert!(lowest_bound <= highest_unbound, "{weights:?}");
    }
}

#[test]
fn the_formula_binds_features() {
    let reference = TwoLayer::DECLARATION.references[1];
    let cell = TwoLayer::default();
    let told = PATTERNS.iter().filter(|(features, bound)| {
        let groups = grouped(*features, 2);
        let branches = [[f64::from(groups[0]); 18], [f64::from(groups[1]); 18]].concat();
        let rate_hz = cell.rate_hz(&branches);
        println!("{features:?}: {rate_hz} Hz");
        (rate_hz > 20.0) == *bound
    });
    let told = told.count() as f64;
    super::assert_meets(&reference, told);
}

#[test]
fn magnesium_blocks_as_published() {
    let references = &NmdaDendrite::DECLARATION.references[..2];
    for (reference, potential_mv) in references.iter().zip([-80.0, -40.0]) {
        let ours = unblocked(potential_mv, 1.0f64);
        super::assert_meets(reference, ours);
    }
}

#[test]
fn branches_prefer_clusters_above_the_threshold_of_an_nmda_spike_and_not_below() {
    let cell = NmdaDendrite::default();
    let gain = |cell: &NmdaDendrite, synapses: u32| {
        let peak = |synapses: [u32; 4]| cell.somatic_peak_mv(&synapses).expect("a peak") - cell.rest_mv;
        let (clustered, scattered) = (peak([synapses, 0, 0, 0]), peak([synapses / 4; 4]));
        println!("{synapses} synapses: clustered {clustered} mV, scattered {scattered} mV");
        clustered / scattered
    };
    let passive = NmdaDendrite { nmda_ns: 0.0, ampa_ns: 0.8, ..cell };
    assert!(gain(&cell, 4) < 1.0, "below the threshold");
    assert!(gain(&cell, 20) > 1.4, "above it");
    assert!(gain(&cell, 100) < 1.0, "a full branch");
    assert!(gain(&passive, 20) < 1.0, "without NMDA channels there is no threshold");
}

#[test]
fn the_soma_sees_a_sigmoid_of_the_synapses_on_a_branch() {
    let cell = NmdaDendrite::default();
    let peaks: Vec<f64> = (0..=10).map(|count| cell.somatic_peak_mv(&[4 * count]).expect("a peak")).collect();
    let rises: Vec<f64> = peaks.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let (steepest, rise) = rises
        .iter()
        .enumerate()
        .fold((0, 0.0), |(at, most), (index, rise)| if *rise > most { (index, *rise) } else { (at, most) });
    assert!((2..6).contains(&steepest), "{rises:?}");
    assert!(rise > 2.0 * rises[0] && rise > 2.0 * rises[9], "{rises:?}");
    // Without magnesium every further synapse adds less than the last one.
    let free = NmdaDendrite { magnesium_mm: 0.0, ..cell };
    let peaks: Vec<f64> = (0..=10).map(|count| free.somatic_peak_mv(&[4 * count]).expect("a peak")).collect();
    assert!(peaks.windows(3).all(|three| three[2] - three[1] < three[1] - three[0]), "{peaks:?}");
}

#[test]
fn branches_bind_features() {
    let reference = NmdaDendrite::DECLARATION.references[2];
    let cell = NmdaDendrite::default();
    let told = PATTERNS.iter().filter(|(features, bound)| {
        let [first, second] = grouped(*features, 8);
        let synapses = [first, first, second, second];
        println!("{features:?}: {} mV", cell.somatic_peak_mv(&synapses).expect("a peak"));
        cell.fires(&synapses).expect("a peak") == *bound
    });
    let told = told.count() as f64;
    super::assert_meets(&reference, told);
}
