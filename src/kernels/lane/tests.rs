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

#[test]
fn words_agree_with_scalars() {
    let samples = [[0, u32::MAX, 0x8000_0001, 7], [0x0F0F_F0F0, 0x1234_5678, 0x7FFF_FFFF, 0xFFFF_0000]];
    let [a, b] = samples;
    let [va, vb] = samples.map(U32x4::from_array);
    let zip = |f: fn(u32, u32) -> u32| core::array::from_fn::<u32, 4, _>(|lane| f(a[lane], b[lane]));
    assert_eq!((va & vb).to_array(), zip(|a, b| a & b));
    assert_eq!((va | vb).to_array(), zip(|a, b| a | b));
    assert_eq!((va ^ vb).to_array(), zip(|a, b| a ^ b));
    assert_eq!(va.shift_left::<4>().to_array(), a.map(|word| word << 4));
    assert_eq!(va.shift_right::<1>().to_array(), a.map(|word| word >> 1));
}

#[test]
fn bytes_agree_with_scalars() {
    let bytes: [u8; 16] = [0, 1, 2, 126, 127, 128, 129, 130, 200, 253, 254, 255, 5, 80, 127, 128];
    let words: [u32; 4] = core::array::from_fn(|at| {
        u32::from_le_bytes([bytes[4 * at], bytes[4 * at + 1], bytes[4 * at + 2], bytes[4 * at + 3]])
    });
    let ours = U32x4::from_array(words).bytes();
    let listed = |bytes: Bytes| -> Vec<u8> {
        bytes.words().to_array().iter().flat_map(|word| word.to_le_bytes()).collect()
    };
    assert_eq!(listed(ours), bytes);
    for other in [-128, -127, -1, 0, 1, 100, 127] {
        let greater = bytes.map(|byte| if byte as i8 > other { 255 } else { 0 });
        assert_eq!(listed(ours.gt(Bytes::splat(other))), greater, "greater than {other}");
        let less = bytes.map(|byte| byte.wrapping_sub(other as u8));
        assert_eq!(listed(ours - Bytes::splat(other)), less, "less {other}");
    }
    let signs = bytes.iter().enumerate().map(|(at, byte)| u32::from(byte >> 7) << at).sum::<u32>();
    assert_eq!(ours.signs(), signs);
    let numbers = ours.numbers().map(F32x4::to_array);
    assert_eq!(numbers.as_flattened(), bytes.map(f32::from));
}
