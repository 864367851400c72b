use super::*;

/// The known-answer vectors of Random123 (`tests/kat_vectors`, philox4x32 with 10 rounds).
#[test]
fn philox_matches_the_published_vectors() {
    let cases = [
        ([0; 4], [0; 2], [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]),
        ([u32::MAX; 4], [u32::MAX; 2], [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]),
        (
            [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
            [0xa409_3822, 0x299f_31d0],
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
        ),
    ];
    for (counter, key, expected) in cases {
        assert_eq!(philox4x32_10(counter, key), expected);
    }
}

#[test]
fn streams_seeds_steps_and_layers_differ() {
    let base = Stream::new(1, StreamId::Weights);
    let first = base.u64_at(0, 0);
    let others = [
        Stream::new(2, StreamId::Weights).u64_at(0, 0),
        Stream::new(1 << 32 | 1, StreamId::Weights).u64_at(0, 0),
        Stream::new(1, StreamId::Noise).u64_at(0, 0),
        base.sub(0).u64_at(0, 0),
        base.sub(1).u64_at(0, 0),
        base.sub(0).sub(1).u64_at(0, 0),
        base.sub(1).sub(0).u64_at(0, 0),
        base.u64_at(1, 0),
        base.u64_at(1 << 32, 0),
        base.u64_at(0, 1),
        base.u64_at(0, 1 << 33),
    ];
    let mut all = others.to_vec();
    all.push(first);
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), others.len() + 1);
}

#[test]
fn fills_agree_with_single_draws_at_every_offset() {
    let stream = Stream::new(99, StreamId::Noise);
    for first in [0, 1, 2, 3, 4, 5, (1 << 34) - 1] {
        for length in [0, 1, 2, 3, 4, 5, 31, 33] {
            let mut uniform = vec![0.0; length];
            let mut normal = vec![0.0; length];
            stream.fill_uniform(3, first, &mut uniform);
            stream.fill_normal(3, first, &mut normal);
            for i in 0..length {
                let element = first + i as u64;
                assert_eq!(uniform[i], stream.uniform_f32(3, element));
                assert_eq!(normal[i], stream.normal_f32(3, element));
            }
        }
    }
}

#[test]
fn uniform_draws_fill_the_unit_interval_evenly() {
    let mut draws = vec![0.0f32; 1 << 18];
    Stream::new(5, StreamId::Data).fill_uniform(0, 0, &mut draws);
    let mut bins = [0u32; 64];
    for draw in &draws {
        assert!((0.0..1.0).contains(draw));
        bins[(draw * 64.0) as usize] += 1;
    }
    let expected = draws.len() as f64 / 64.0;
    let chi2: f64 = bins.iter().map(|&n| (f64::from(n) - expected).powi(2) / expected).sum();
    assert!((30.0..115.0).contains(&chi2), "chi² over 63 degrees: {chi2}");
    assert_eq!(unit_f32(u32::MAX), 1.0 - f32::EPSILON / 2.0);
    assert_eq!(unit_f32(0), 0.0);
}

/// Quantiles from Python's `statistics.NormalDist().inv_cdf`, itself AS 241.
#[test]
fn normal_quantiles_match_the_reference() {
    for (p, z) in NORMAL_QUANTILES {
        assert!((normal_quantile(p) - z).abs() <= 1e-14 * z.abs().max(1.0));
        assert!((normal_quantile(1.0 - p) + z).abs() <= 2e-6 * z.abs().max(1.0));
    }
}

const NORMAL_QUANTILES: [(f64, f64); 6] = [
    (0.5, 0.0),
    (0.3, -0.5244005127080407),
    (0.075, -1.4395314709384557),
    (0.01, -2.3263478740408408),
    (1e-05, -4.2648907939228256),
    (1.1641532182693481e-10, -6.337957754553789),
];

#[test]
fn normal_draws_have_the_moments_of_a_normal() {
    let mut draws = vec![0.0f32; 1 << 18];
    Stream::new(11, StreamId::Noise).fill_normal(2, 0, &mut draws);
    let n = draws.len() as f64;
    let moment = |k: i32| draws.iter().map(|&z| f64::from(z).powi(k)).sum::<f64>() / n;
    assert!(moment(1).abs() < 0.01);
    assert!((moment(2) - 1.0).abs() < 0.012);
    assert!(moment(3).abs() < 0.03);
    assert!((moment(4) - 3.0).abs() < 0.08);
    let extreme = normal_of_word(0);
    assert!((6.2..6.4).contains(&-extreme) && extreme == -normal_of_word(u32::MAX));
}

#[test]
fn ln_is_within_two_ulp_of_std() {
    let stream = Stream::new(3, StreamId::Data);
    for i in 0..20_000 {
        let x = stream.uniform_f64(0, i) * 0.08 + 1e-12;
        let (ours, theirs) = (ln(x), x.ln());
        assert!((ours - theirs).abs() <= 2.0 * f64::EPSILON * theirs.abs());
    }
}

#[test]
fn permutations_are_permutations_and_unbiased() {
    let stream = Stream::new(8, StreamId::Permutation);
    for n in [0u32, 1, 2, 3, 1000] {
        let mut order = stream.permutation(0, n);
        order.sort_unstable();
        assert_eq!(order, (0..n).collect::<Vec<_>>());
    }
    // All 24 orders of four, over 24,000 steps: chi² with 23 degrees of freedom.
    let mut seen = std::collections::BTreeMap::new();
    for step in 0..24_000 {
        *seen.entry(stream.permutation(step, 4)).or_insert(0u32) += 1;
    }
    assert_eq!(seen.len(), 24);
    let chi2: f64 = seen.values().map(|&n| (f64::from(n) - 1000.0).powi(2) / 1000.0).sum();
    assert!(chi2 < 50.0, "chi² {chi2}");
}

#[test]
fn scaled_words_match_128_bit_arithmetic() {
    let stream = Stream::new(4, StreamId::Split);
    for i in 0..1000 {
        let (word, bound) = (stream.u64_at(0, i), stream.u32_at(1, i).max(1));
        let exact = (u128::from(word) * u128::from(bound)) >> 64;
        assert_eq!(u128::from(scale_word(word, bound)), exact);
        assert!(stream.below(2, i, bound) < bound);
    }
    assert_eq!(scale_word(u64::MAX, u32::MAX), u32::MAX - 1);
}

/// Frozen draws: a change here changes every stored hash and every shared link.
#[test]
fn draws_are_frozen() {
    let stream = Stream::new(42, StreamId::Weights).sub(1);
    let block = [0xd38f_7602, 0x9fba_f7e4, 0xef3d_29ef, 0xfbfe_0b15];
    assert_eq!(stream.block4_at(7, 9), block);
    assert_eq!(stream.uniform_f32(7, 36).to_bits(), 0x3f53_8f76);
    assert_eq!(stream.normal_f32(7, 36).to_bits(), 0x3f70_a813);
    assert_eq!(stream.permutation(7, 8), [1, 2, 5, 7, 0, 3, 4, 6]);
}
