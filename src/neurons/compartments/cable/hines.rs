//! Elimination on a tree: a linear system as wide as the tree in as many operations as it has
//! compartments.
//!
//! `d_i x_i − G_i x_p(i) − Σ_c G_c x_c = b_i`, where every parent stands before its children. From the
//! last compartment to the first each one is folded into its parent; then the potentials follow from
//! the root outwards. No entry arises where there was none, and each compartment costs two divisions.
//! The matrix of a cable has a dominant diagonal, so no pivot is sought.
//!
//! Source: Hines (1984), *Efficient computation of branched nerve equations*, International Journal of
//! Bio-Medical Computing 15, 69–76. Generic over [`Real`]: `F32x4` solves four trees of one shape.
//!
//! ```
//! use cajal::neurons::compartments::cable::hines::solve;
//! // Three in a row; the answer is 1, 2, 3.
//! let (mut diagonal, mut right) = ([3.0, 4.0, 5.0], [1.0, 4.0, 13.0]);
//! solve(&[0, 0, 1], &[0.0, 1.0, 1.0], &mut diagonal, &mut right);
//! assert!((right[0] - 1.0f64).abs() < 1e-12 && (right[2] - 3.0f64).abs() < 1e-12);
//! ```

use crate::kernels::lane::Real;

/// Solves the system in place: `right` holds `b` before and `x` after; `diagonal` is used up.
///
/// `parents[i] < i` for every `i > 0`; `parents[0]` and `axial[0]` are not read.
///
/// # Panics
/// If the lengths differ, or a parent does not stand before its child.
pub fn solve<R: Real>(parents: &[u32], axial: &[R], diagonal: &mut [R], right: &mut [R]) {
    let count = parents.len();
    assert!(
        axial.len() == count && diagonal.len() == count && right.len() == count,
        "a tree of {count} compartments needs as many conductances, diagonal entries and right sides"
    );
    if count == 0 {
        return;
    }
    for child in (1..count).rev() {
        let parent = parents[child] as usize;
        assert!(parent < child, "the parent {parent} must stand before its child {child}");
        let ratio = axial[child] / diagonal[child];
        diagonal[parent] = diagonal[parent] - ratio * axial[child];
        right[parent] = right[parent] + ratio * right[child];
    }
    right[0] = right[0] / diagonal[0];
    for child in 1..count {
        let parent = right[parents[child] as usize];
        right[child] = (right[child] + axial[child] * parent) / diagonal[child];
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::lane::F32x4;

    /// A tree with branches of several orders.
    const PARENTS: [u32; 9] = [0, 0, 1, 1, 0, 4, 4, 6, 2];

    fn entry(index: usize, salt: usize) -> f64 {
        ((index * 7 + salt * 13) % 11) as f64 * 0.3 + 0.5
    }

    #[test]
    fn the_solution_satisfies_the_system() {
        let axial: Vec<f64> = (0..9).map(|index| entry(index, 1)).collect();
        let mut sums: Vec<f64> = (0..9).map(|index| entry(index, 2)).collect();
        for child in 1..9 {
            sums[child] += axial[child];
            sums[PARENTS[child] as usize] += axial[child];
        }
        let wanted: Vec<f64> = (0..9).map(|index| entry(index, 3) - 2.0).collect();
        let mut right: Vec<f64> = (0..9).map(|row| sums[row] * wanted[row]).collect();
        for child in 1..9 {
            let parent = PARENTS[child] as usize;
            right[child] -= axial[child] * wanted[parent];
            right[parent] -= axial[child] * wanted[child];
        }
        solve(&PARENTS, &axial, &mut sums, &mut right);
        for (ours, wanted) in right.iter().zip(&wanted) {
            assert!((ours - wanted).abs() < 1e-13, "{ours} against {wanted}");
        }
    }

    #[test]
    fn four_lanes_are_four_trees() {
        let scalar = |lane: usize| {
            let axial: Vec<f32> = (0..9).map(|index| entry(index, lane) as f32).collect();
            let mut diagonal: Vec<f32> = (0..9).map(|index| 20.0 + entry(index, lane + 4) as f32).collect();
            let mut right: Vec<f32> = (0..9).map(|index| entry(index, lane + 8) as f32).collect();
            let system = (axial.clone(), diagonal.clone(), right.clone());
            solve(&PARENTS, &axial, &mut diagonal, &mut right);
            (system, right)
        };
        let trees: Vec<_> = (0..4).map(scalar).collect();
        let lanes = |pick: &dyn Fn(usize, usize) -> f32| -> Vec<F32x4> {
            (0..9)
                .map(|row| F32x4::from_array(&[pick(0, row), pick(1, row), pick(2, row), pick(3, row)]))
                .collect()
        };
        let axial = lanes(&|lane, row| trees[lane].0.0[row]);
        let mut diagonal = lanes(&|lane, row| trees[lane].0.1[row]);
        let mut right = lanes(&|lane, row| trees[lane].0.2[row]);
        solve(&PARENTS, &axial, &mut diagonal, &mut right);
        for (row, vector) in right.iter().enumerate() {
            let ours = vector.to_array().map(f32::to_bits);
            assert_eq!(ours, [0, 1, 2, 3].map(|lane: usize| trees[lane].1[row].to_bits()), "row {row}");
        }
    }

    #[test]
    fn one_compartment_is_a_division() {
        let mut right = [6.0f64];
        solve(&[0], &[0.0], &mut [3.0], &mut right);
        assert_eq!(right, [2.0]);
    }
}
