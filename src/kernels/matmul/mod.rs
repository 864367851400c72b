//! Matrix products `out (m, n) = start + lhs (m, k) · rhs (k, n)`, either operand transposed.
//!
//! [`tile`] holds the loops over `k`, [`pack`] brings operands into the order in which tiles read
//! them, [`block`] says what is packed and who computes which part of the result. Each result sums
//! its products in the order of `k`, starting from `start`, whatever the blocking or the number of
//! threads: bits equal those of the plain triple loop in [`super::reference`].

use super::activation::Activation;

mod batch;
mod block;
mod pack;
mod tile;

pub use batch::batch_matmul;
pub use pack::{PackedRhs, pack_rhs, packed_len};

use block::{Product, Source};

/// A row-major matrix as an operand; `transposed` says that its columns are the logical rows.
#[derive(Clone, Copy)]
pub struct Operand<'a> {
    /// Numbers, row-major as stored.
    pub data: &'a [f32],
    /// Whether the product takes the transpose of what is stored.
    pub transposed: bool,
}

impl<'a> Operand<'a> {
    /// The matrix as it is stored.
    pub fn plain(data: &'a [f32]) -> Self {
        Self { data, transposed: false }
    }

    /// The transpose of what is stored.
    pub fn transposed(data: &'a [f32]) -> Self {
        Self { data, transposed: true }
    }

    /// Distance in memory of neighbours in a logical column and in a logical row.
    pub(super) fn strides(&self, rows: usize, cols: usize) -> (usize, usize) {
        if self.transposed { (1, rows) } else { (cols, 1) }
    }
}

/// What the sums start from.
#[derive(Clone, Copy)]
pub enum Start<'a> {
    /// Zero.
    Zero,
    /// The same row `(n)` everywhere: a bias.
    Row(&'a [f32]),
    /// What `out` holds: the product is added to it.
    Out,
}

/// What is done with each result when its sum is complete, while it is in the cache.
#[derive(Clone, Copy)]
pub enum Finish<'a> {
    /// Nothing.
    None,
    /// `out = f(out)`.
    Activate(Activation),
    /// `out = out · f'`, the slope taken from the saved `(m, n)`; see [`Activation::saves`].
    Gradient(Activation, &'a [f32]),
}

/// Logical sizes of a product: `(m, k) · (k, n)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Rows of `lhs` and of the result.
    pub m: usize,
    /// Columns of `lhs`, rows of `rhs`.
    pub k: usize,
    /// Columns of `rhs` and of the result.
    pub n: usize,
}

impl Shape {
    /// Numbers of scratch space that [`matmul`] and [`matmul_packed`] need.
    pub fn workspace_len(self) -> usize {
        if block::packs_transposed_lhs(self) { pack::packed_lhs_len(self) } else { 0 }
    }

    /// Numbers of scratch space that [`batch_matmul`] needs for so many groups.
    pub fn batch_workspace_len(self, groups: usize) -> usize {
        groups.min(batch::SHARES) * self.workspace_len()
    }
}

/// `out = finish(start + lhs · rhs)`, row-major. `workspace` holds [`Shape::workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `shape` asks for.
pub fn matmul(
    shape: Shape,
    lhs: Operand,
    rhs: Operand,
    start: Start,
    finish: Finish,
    out: &mut [f32],
    workspace: &mut [f32],
) {
    let Shape { k, n, .. } = shape;
    assert_eq!(rhs.data.len(), k * n, "rhs must be k×n = {k}×{n}");
    let source = Source::Stored(pack::Stored { rhs, k, n });
    Product::new(shape, lhs, source, start, finish, out).compute(workspace);
}

/// Like [`matmul`], with a right operand that is packed already.
///
/// # Panics
/// If an operand does not have the size that `shape` asks for.
pub fn matmul_packed(
    shape: Shape,
    lhs: Operand,
    rhs: PackedRhs,
    start: Start,
    finish: Finish,
    out: &mut [f32],
    workspace: &mut [f32],
) {
    assert_eq!((rhs.k, rhs.n), (shape.k, shape.n), "rhs must be k×n");
    Product::new(shape, lhs, Source::Packed(rhs), start, finish, out).compute(workspace);
}

#[cfg(test)]
mod tests;
