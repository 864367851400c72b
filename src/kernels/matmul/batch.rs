//! Many products of one shape, laid one behind the other.

use super::{Finish, Operand, Shape, Start, matmul};
use crate::parallel;

/// Into how many shares the groups are split, each with a workspace of its own.
pub(super) const SHARES: usize = 8;

/// `groups` independent products `out = finish(lhs · rhs)`: `lhs` holds `groups` matrices one behind
/// the other, so do `rhs`, `out` and what `finish` saved. `workspace` holds
/// [`Shape::batch_workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `groups` and `shape` ask for.
pub fn batch_matmul(
    groups: usize,
    shape: Shape,
    lhs: Operand,
    rhs: Operand,
    finish: Finish,
    out: &mut [f32],
    workspace: &mut [f32],
) {
    let Shape { m, k, n } = shape;
    assert_eq!(lhs.data.len(), groups * m * k, "lhs must be {groups} times m×k = {m}×{k}");
    assert_eq!(rhs.data.len(), groups * k * n, "rhs must be {groups} times k×n = {k}×{n}");
    assert_eq!(out.len(), groups * m * n, "out must be {groups} times m×n = {m}×{n}");
    if let Finish::Gradient(_, saved) = finish {
        assert_eq!(saved.len(), groups * m * n, "the saved must be {groups} times m×n = {m}×{n}");
    }
    if m == 0 || n == 0 || groups == 0 {
        return;
    }
    let share = groups.div_ceil(SHARES);
    let scratch = shape.workspace_len();
    let workspace = &mut workspace[..groups.div_ceil(share) * scratch];
    let lens = [share * m * n, scratch];
    let work = |index: usize, [out, scratch]: [&mut [f32]; 2]| {
        for (at, out) in out.chunks_exact_mut(m * n).enumerate() {
            let group = index * share + at;
            let lhs = Operand { data: &lhs.data[group * m * k..][..m * k], ..lhs };
            let rhs = Operand { data: &rhs.data[group * k * n..][..k * n], ..rhs };
            let finish = match finish {
                Finish::Gradient(activation, saved) => {
                    Finish::Gradient(activation, &saved[group * m * n..][..m * n])
                }
                other => other,
            };
            matmul(shape, lhs, rhs, Start::Zero, finish, out, scratch);
        }
    };
    parallel::for_each_blocks(groups.div_ceil(share), [out, workspace], lens, 2 * groups * m * k * n, work);
}
