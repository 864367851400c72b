use super::*;
use crate::kernels::reference;

fn numbers(len: usize, seed: u32) -> Vec<f32> {
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    (0..len)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) as f32 / 8_388_608.0 - 1.0
        })
        .collect()
}

fn same_bits(a: &[f32], b: &[f32]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.to_bits() == b.to_bits())
}

const SHAPES: [(usize, usize, usize); 22] = [
    (1, 1, 1),
    (4, 8, 8),
    (3, 5, 7),
    (10, 2, 8),
    (10, 8, 1),
    (8, 10, 1),
    (2, 10, 8),
    (10, 1, 8),
    (10, 8, 3),
    (5, 0, 3),
    (1, 784, 128),
    (1, 130, 71),
    (2, 65, 70),
    (67, 33, 1),
    (33, 31, 17),
    (64, 1003, 9),
    (9, 513, 40),
    (64, 100, 10),
    (130, 25, 6),
    (21, 300, 100),
    (300, 70, 66),
    (72, 64, 128),
];

#[test]
fn every_form_repeats_the_triple_loop_bit_by_bit() {
    for (m, k, n) in SHAPES {
        let shape = Shape { m, k, n };
        let (lhs, rhs, bias) = (numbers(m * k, 1), numbers(k * n, 2), numbers(n, 3));
        let (before, saved) = (numbers(m * n, 4), numbers(m * n, 5));
        let starts = [Start::Zero, Start::Row(&bias), Start::Out];
        let finishes =
            [Finish::None, Finish::Activate(Activation::Tanh), Finish::Gradient(Activation::Sigmoid, &saved)];
        for form in 0..4 {
            let lhs = Operand { data: &lhs, transposed: form & 1 != 0 };
            let rhs = Operand { data: &rhs, transposed: form & 2 != 0 };
            let mut panels = vec![f32::NAN; packed_len(k, n)];
            let packed = pack_rhs(k, n, rhs, &mut panels);
            for (case, (start, finish)) in
                starts.iter().flat_map(|start| finishes.map(|finish| (*start, finish))).enumerate()
            {
                let name = format!("{m}×{k}×{n}, form {form:02b}, case {case}");
                let mut twin = before.clone();
                reference::matmul(shape, lhs, rhs, start, finish, &mut twin);
                let mut workspace = vec![f32::NAN; shape.workspace_len()];
                let mut out = before.clone();
                matmul(shape, lhs, rhs, start, finish, &mut out, &mut workspace);
                assert!(same_bits(&out, &twin), "{name}");
                let mut out = before.clone();
                workspace.fill(f32::NAN);
                matmul_packed(shape, lhs, packed, start, finish, &mut out, &mut workspace);
                assert!(same_bits(&out, &twin), "packed {name}");
            }
        }
    }
}

#[test]
fn groups_are_so_many_products() {
    for (groups, m, k, n) in [(0, 2, 2, 2), (1, 5, 4, 3), (6, 7, 9, 10), (19, 32, 16, 32), (40, 64, 16, 64)] {
        let shape = Shape { m, k, n };
        let (lhs, rhs) = (numbers(groups * m * k, 1), numbers(groups * k * n, 2));
        let saved = numbers(groups * m * n, 3);
        for form in 0..8 {
            let mut out = vec![f32::NAN; groups * m * n];
            let mut workspace = vec![f32::NAN; shape.batch_workspace_len(groups)];
            let lhs = Operand { data: &lhs, transposed: form & 1 != 0 };
            let rhs = Operand { data: &rhs, transposed: form & 2 != 0 };
            let gradient = form & 4 != 0;
            let finish = if gradient { Finish::Gradient(Activation::Tanh, &saved) } else { Finish::None };
            batch_matmul(groups, shape, lhs, rhs, finish, &mut out, &mut workspace);
            for (group, out) in out.chunks_exact(m * n).enumerate() {
                let lhs = Operand { data: &lhs.data[group * m * k..][..m * k], ..lhs };
                let rhs = Operand { data: &rhs.data[group * k * n..][..k * n], ..rhs };
                let saved = &saved[group * m * n..][..m * n];
                let finish = if gradient { Finish::Gradient(Activation::Tanh, saved) } else { Finish::None };
                let mut twin = vec![0.0; m * n];
                reference::matmul(shape, lhs, rhs, Start::Zero, finish, &mut twin);
                assert!(same_bits(out, &twin), "{m}×{k}×{n}, group {group}, form {form:03b}");
            }
        }
    }
}

#[test]
fn a_nan_reaches_only_its_own_row() {
    for n in [1, 3, 9, 40] {
        for transposed in [false, true] {
            let shape = Shape { m: 6, k: 3, n };
            let mut lhs = numbers(18, 4);
            lhs[if transposed { 1 } else { 3 }] = f32::NAN;
            let rhs = numbers(3 * n, 5);
            let mut out = vec![0.0; 6 * n];
            let mut workspace = vec![0.0; shape.workspace_len()];
            let lhs = Operand { data: &lhs, transposed };
            let rhs = Operand::plain(&rhs);
            matmul(shape, lhs, rhs, Start::Zero, Finish::None, &mut out, &mut workspace);
            for (index, value) in out.iter().enumerate() {
                assert_eq!(value.is_nan(), index / n == 1, "element {index} of {n} columns");
            }
        }
    }
}
