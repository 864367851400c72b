use super::*;
use crate::data::Split;

const SETS: [&str; 8] = ["circle", "xor", "gauss", "spiral", "moons", "checkerboard", "plane", "bumps"];

fn config(set: &str) -> PointsConfig {
    PointsConfig { set: set.into(), samples: 500, noise: 0.0, train_share: 0.5, seed: 1 }
}

fn rows(set: &Dataset, split: Split) -> Vec<[f32; 2]> {
    let indices: Vec<u32> = (0..set.samples(split)).collect();
    let mut inputs = vec![0.0; indices.len() * 2];
    set.write_inputs(split, &indices, &mut inputs);
    inputs.as_chunks::<2>().0.to_vec()
}

fn all_rows(set: &Dataset) -> Vec<[f32; 2]> {
    [rows(set, Split::Train), rows(set, Split::Test)].concat()
}

#[test]
fn classes_are_balanced_without_noise_and_points_stay_near_the_picture() {
    for id in SETS {
        for noise in [0.0, 0.5] {
            let set = generate(&PointsConfig { noise, ..config(id) }).unwrap();
            assert_eq!((set.samples(Split::Train), set.samples(Split::Test)), (250, 250));
            for [x, y] in all_rows(&set) {
                let reach = if noise == 0.0 { 1.0 } else { 1.9 };
                assert!(x.abs() <= reach && y.abs() <= reach, "{id}: {x} {y}");
            }
            match set.task() {
                Task::Classification if noise == 0.0 => {
                    let train = set.class_counts(Split::Train);
                    let test = set.class_counts(Split::Test);
                    assert_eq!([train[0] + test[0], train[1] + test[1]], [250; 2], "{id}");
                    assert!(train[0].abs_diff(125) < 30, "{id}: not shuffled");
                }
                Task::Classification => {
                    assert!(set.class_counts(Split::Train).iter().all(|&n| n > 50), "{id}");
                }
                Task::Regression => {
                    let values = (0..250).map(|i| set.value(Split::Test, i).unwrap());
                    assert!(values.clone().all(|v| v.abs() <= 1.0), "{id}");
                    assert!(values.clone().any(|v| v > 0.5) && values.clone().any(|v| v < -0.5));
                }
            }
        }
    }
}

#[test]
fn the_spiral_is_the_standard_one() {
    let set = generate(&config("spiral")).unwrap();
    let mut found: Vec<_> = [Split::Train, Split::Test]
        .into_iter()
        .flat_map(|split| {
            let points = rows(&set, split);
            (0..250).map(move |i| (split, i)).zip(points)
        })
        .map(|((split, i), point)| (set.label(split, i).unwrap(), point))
        .collect();
    for label in [1, 0] {
        for i in 0..250 {
            let along = f64::from(i) / 250.0;
            let turn = if label == 1 { 0.0 } else { std::f64::consts::PI };
            let t = 1.75 * along * 2.0 * std::f64::consts::PI + turn;
            let expected = [5.0 * along * t.sin() / 6.0, 5.0 * along * t.cos() / 6.0];
            let at = found.iter().position(|(l, [x, y])| {
                *l == label
                    && (f64::from(*x) - expected[0]).abs() < 1e-6
                    && (f64::from(*y) - expected[1]).abs() < 1e-6
            });
            found.swap_remove(at.unwrap_or_else(|| panic!("no point {i} of arm {label}")));
        }
    }
    assert!(found.is_empty());
}

#[test]
fn labels_follow_the_declared_rule() {
    type Rule = fn(f32, f32) -> bool;
    let rules: [(&str, Rule); 4] = [
        ("circle", |x, y| x * x + y * y < (2.5 / 6.0) * (2.5 / 6.0)),
        ("xor", |x, y| x * y >= 0.0),
        ("checkerboard", |x, y| ((x * 2.0).floor() + (y * 2.0).floor()) as i32 % 2 != 0),
        ("moons", |x, y| {
            let distance = |cx: f32, cy: f32| ((x - cx).powi(2) + (y - cy).powi(2)).sqrt();
            (distance(-0.25, -0.125) - 0.5).abs() > (distance(0.25, 0.125) - 0.5).abs()
        }),
    ];
    for (id, rule) in rules {
        let set = generate(&config(id)).unwrap();
        for (i, [x, y]) in (0..).zip(rows(&set, Split::Train)) {
            assert_eq!(set.label(Split::Train, i), Some(u32::from(rule(x, y))), "{id}: {x} {y}");
        }
    }
    let plane = generate(&config("plane")).unwrap();
    for (i, [x, y]) in (0..).zip(rows(&plane, Split::Train)) {
        assert!((plane.value(Split::Train, i).unwrap() - (x + y) / 2.0).abs() < 1e-6);
    }
}

#[test]
fn gaussian_clouds_have_the_declared_mean_and_variance() {
    for (noise, variance) in [(0.0, 0.5), (0.5, 4.0)] {
        let many = PointsConfig { samples: 2_000, noise, ..config("gauss") };
        let set = generate(&many).unwrap();
        let cloud: Vec<f64> = (0..)
            .zip(rows(&set, Split::Train))
            .filter(|(i, _)| set.label(Split::Train, *i) == Some(1))
            .flat_map(|(_, point)| point.map(|x| f64::from(x) * DOMAIN))
            .collect();
        let n = cloud.len() as f64;
        let mean = cloud.iter().sum::<f64>() / n;
        let spread = cloud.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        assert!((mean - 2.0).abs() < 0.1, "mean {mean}");
        assert!((spread / variance - 1.0).abs() < 0.08, "variance {spread}");
    }
}

#[test]
fn noise_turns_labels_but_draws_no_other_points() {
    for id in ["circle", "xor", "checkerboard"] {
        let clean = generate(&config(id)).unwrap();
        let noisy = generate(&PointsConfig { noise: 0.3, ..config(id) }).unwrap();
        assert_eq!(all_rows(&clean), all_rows(&noisy));
        let turned =
            (0..250).filter(|&i| clean.label(Split::Train, i) != noisy.label(Split::Train, i)).count();
        assert!((5..120).contains(&turned), "{id}: {turned} of 250 labels turned");
    }
}

#[test]
fn the_same_seed_is_the_same_set_and_another_is_another() {
    for id in SETS {
        let one = PointsConfig { noise: 0.1, ..config(id) };
        let hash = generate(&one).unwrap().sha256();
        assert_eq!(generate(&one).unwrap().sha256(), hash);
        assert_ne!(generate(&PointsConfig { seed: 2, ..one }).unwrap().sha256(), hash);
    }
}

/// Frozen sets: a change here changes what every shared link shows.
#[test]
fn sets_are_frozen() {
    for (id, expected) in FROZEN {
        let set = generate(&PointsConfig { noise: 0.1, ..config(id) }).unwrap();
        assert_eq!(&set.sha256()[..16], expected, "{id}");
    }
}

#[test]
fn refuses_each_bad_number_with_its_reason() {
    let good = config("circle");
    let cases = [
        (PointsConfig { set: "mnist".into(), ..good.clone() }, "data-unknown-set", "bumps, got \"mnist\""),
        (PointsConfig { set: "<b>".into(), ..good.clone() }, "data-unknown-set", "got \"<b>\""),
        (PointsConfig { samples: 0, ..good.clone() }, "data-samples", "2 to 2000 samples, got 0"),
        (PointsConfig { samples: 1, ..good.clone() }, "data-samples", "got 1"),
        (PointsConfig { samples: 2_001, ..good.clone() }, "data-samples", "got 2001"),
        (PointsConfig { noise: f64::NAN, ..good.clone() }, "data-noise", "0 and 0.5, got NaN"),
        (PointsConfig { noise: -0.1, ..good.clone() }, "data-noise", "got -0.1"),
        (PointsConfig { noise: 0.51, ..good.clone() }, "data-noise", "got 0.51"),
        (PointsConfig { train_share: 0.0, ..good.clone() }, "data-train-share", "got 0"),
        (PointsConfig { train_share: 1.0, ..good.clone() }, "data-train-share", "0.1 and 0.9, got 1"),
        (PointsConfig { train_share: f64::NAN, ..good.clone() }, "data-train-share", "got NaN"),
    ];
    for (config, code, reason) in cases {
        let error = generate(&config).unwrap_err();
        assert_eq!(error.code(), code);
        assert!(error.to_string().contains(reason), "{error}");
    }
    for samples in [2, 3, 2_000] {
        let set = generate(&PointsConfig { samples, ..good.clone() }).unwrap();
        assert_eq!(set.samples(Split::Train) + set.samples(Split::Test), samples);
    }
}

const FROZEN: [(&str, &str); 8] = [
    ("circle", "23678bc86f6815aa"),
    ("xor", "d9584e6675f7da13"),
    ("gauss", "b262604935c28d8f"),
    ("spiral", "08df60486fd2ff48"),
    ("moons", "00ce90ddb52a5f2d"),
    ("checkerboard", "f714249de9fc848e"),
    ("plane", "51cca09a7a127798"),
    ("bumps", "c02a54c84c61e8db"),
];
