//! Beggs, Plenz (2003), Neuronal avalanches in neocortical circuits, J. Neurosci. 23, 11167–11177: sizes with
//! a tail of exponent −3/2 at the branching ratio 1; and Otter (1949), The multiplicative process, Ann. Math.
//! Stat. 20, 206–224: the law of the sizes of a branching process.

use cajal::describe::Declared;
use cajal::experiment::circuits::avalanche::{self, Avalanche};
use cajal::experiment::circuits::{self, Run};
use cajal::snn::monitors::avalanche::{Avalanches, borel, mean_size, share, tail_exponent};

/// Sizes of `count` avalanches that begin one after the other with one spike each.
fn sizes(branching: f64, count: u32) -> Vec<u32> {
    let values = [("branching", branching), ("starts_hz", 0.0)];
    let mut run: Run = circuits::build("avalanche", &values, 1, 1 << 26).expect("a circuit");
    let mut grow = |begin: u32| {
        let size = avalanche::grow(&mut run, begin * 1013 % 4096, 100_000).expect("finite");
        size.expect("what is not supercritical ends") as u32
    };
    // One that begins at a refractory unit has no size.
    (0..count).map(&mut grow).filter(|&size| size > 0).collect()
}

#[test]
fn critical_sizes_follow_the_law_of_borel() {
    let sizes = sizes(1.0, 20_000);
    let [one, two, exponent, ..] = Avalanche::DECLARATION.references else { panic!("five references") };
    super::assert_meets(one, share(&sizes, 1).expect("sizes"));
    super::assert_meets(two, share(&sizes, 2).expect("sizes"));
    super::assert_meets(exponent, tail_exponent(&sizes, 10, 300).expect("sizes"));
    for size in 3..8 {
        let ours = share(&sizes, size).expect("sizes");
        // Three standard errors of a share of 20,000.
        let error = 3.0 * (borel(size, 1.0) / 20_000.0).sqrt();
        assert!((ours - borel(size, 1.0)).abs() < error, "size {size}: {ours}");
    }
}

#[test]
fn subcritical_sizes_have_their_mean() {
    super::assert_meets(
        &Avalanche::DECLARATION.references[3],
        mean_size(&sizes(0.8, 20_000)).expect("sizes"),
    );
}

/// As a page sees it: beginnings at random, spikes bin by bin.
#[test]
fn the_branching_ratio_can_be_read_off_the_bins() {
    let values = [("branching", 0.8), ("starts_hz", 20.0)];
    let mut run = circuits::build("avalanche", &values, 2, 1 << 26).expect("a circuit");
    let mut avalanches = Avalanches::default();
    while run.network().time_ms() < 60_000.0 {
        run.advance().expect("finite");
        run.network().spikes()[0].steps().for_each(|(_, fired)| avalanches.bin(fired.len() as u32));
    }
    assert!((900..1300).contains(&avalanches.sizes().len()), "{}", avalanches.sizes().len());
    super::assert_meets(&Avalanche::DECLARATION.references[4], avalanches.branching_ratio().expect("spikes"));
}

#[test]
fn supercritical_activity_does_not_end() {
    let values = [("branching", 1.2), ("starts_hz", 0.0)];
    let mut run = circuits::build("avalanche", &values, 1, 1 << 26).expect("a circuit");
    let endless =
        (0..40).filter(|begin| avalanche::grow(&mut run, begin * 97, 500).expect("finite").is_none());
    assert!(endless.count() > 0, "one in three beginnings survives at 1.2");
}
