//! Twins of [`crate::kernels::embedding`].

/// Twin of [`crate::kernels::embedding::gather`].
pub fn gather(n: usize, table: &[f32], indices: &[f32], out: &mut [f32]) {
    for (at, out) in out.iter_mut().enumerate() {
        *out = table[indices[at / n] as usize * n + at % n];
    }
}

/// Twin of [`crate::kernels::embedding::gather_gradient`].
pub fn gather_gradient(n: usize, dy: &[f32], indices: &[f32], dtable: &mut [f32]) {
    dtable.fill(0.0);
    for (at, dy) in dy.iter().enumerate() {
        dtable[indices[at / n] as usize * n + at % n] += dy;
    }
}
