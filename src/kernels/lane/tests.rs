use super::*;

const SAMPLES: [f32; 12] = [
    0.0,
    -0.0,
    1.0,
    -1.5,
    3.25e-20,
    -7.0e18,
    f32::MIN_POSITIVE,
    1.0e-42,
    f32::INFINITY,
    f32::NEG_INFINITY,
    f32::NAN,
    0.7,
];

fn same(lane: f32, scalar: f32) -> bool {
    lane.to_bits() == scalar.to_bits() || (lane.is_nan() && scalar.is_nan())
}

#[test]
fn lanes_agree_with_scalars_bit_by_bit() {
    for a in SAMPLES {
        for b in SAMPLES {
            let (va, vb) = (F32x4::splat(a), F32x4::splat(b));
            let pairs = [
                ((va + vb).to_array()[2], a + b),
                ((va - vb).to_array()[2], a - b),
                ((va * vb).to_array()[2], a * b),
                ((va / vb).to_array()[2], a / b),
                (va.max(vb).to_array()[2], Real::max(a, b)),
                (va.min(vb).to_array()[2], Real::min(a, b)),
                ((-va).to_array()[2], -a),
                (va.abs().to_array()[2], a.abs()),
                (F32x4::select(va.le(vb), va, vb).to_array()[2], if a <= b { a } else { b }),
            ];
            for (index, (lane, scalar)) in pairs.into_iter().enumerate() {
                assert!(same(lane, scalar), "operation {index} on {a} and {b}: {lane} against {scalar}");
            }
        }
    }
}

#[test]
fn exponent_splits_and_rebuilds() {
    for x in [1.0f32, 0.5, 3.0, 1e-30, 7.5e30, 1.41, 0.71] {
        let (mantissa, exponent) = x.split_exponent();
        assert!((0.7..1.42).contains(&mantissa), "{x}: mantissa {mantissa}");
        let shifted = exponent + 12_582_912.0;
        assert_eq!(mantissa * shifted.pow2_from_shifted(), x);
        let (m4, e4) = F32x4::splat(x).split_exponent();
        assert_eq!((m4.to_array()[1], e4.to_array()[1]), (mantissa, exponent));
    }
}
