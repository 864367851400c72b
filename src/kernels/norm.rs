//! Normalisation: numbers less their mean, divided by their deviation, `y = γ·(x − μ)/√(σ² + ε) + β`.
//!
//! A layer norm (Ba, Kiros, Hinton 2016, arXiv:1607.06450, equation 4) takes mean and variance over
//! each row, a batch norm (Ioffe & Szegedy 2015, ICML 37, algorithms 1 and 2) over each column.
//! Variances are biased: sums of squares divided by their number.

use super::each::{column_sums, each_here, sum_of};
use super::lane::{F32x4, Real};
use super::reduce;
use crate::parallel;

/// Rows handed to a thread at a time hold about this many numbers.
const BLOCK: usize = 2048;
/// Rough cost of a number, in floating-point operations.
const COST: usize = 8;

/// What is learned: factor and shift of each column, `(n)` each.
#[derive(Clone, Copy)]
pub struct Affine<'a> {
    /// γ.
    pub gamma: &'a [f32],
    /// β.
    pub beta: &'a [f32],
}

/// What numbers of each column are normalised by, `(n)` each.
#[derive(Clone, Copy)]
pub struct Statistics<'a> {
    /// ε, added to the variance.
    pub epsilon: f32,
    /// μ.
    pub mean: &'a [f32],
    /// σ², biased.
    pub variance: &'a [f32],
}

/// `y (rows, n)` from `x` of that shape; `saved` receives μ and `1/√(σ² + ε)` of each row, `(rows)`
/// each, for the gradient.
///
/// # Panics
/// If the slices do not fit.
pub fn layer_norm(epsilon: f32, x: &[f32], affine: Affine, y: &mut [f32], saved: [&mut [f32]; 2]) {
    let Affine { gamma, beta } = affine;
    let (n, rows) = (gamma.len(), saved[0].len());
    assert!(x.len() == rows * n && y.len() == rows * n && beta.len() == n, "{rows} rows of {n} numbers");
    assert_eq!(saved[1].len(), rows, "a deviation for each row");
    if n == 0 {
        return;
    }
    let [means, inverses] = saved;
    let block = BLOCK.div_ceil(n);
    let (outs, lens) = ([y, means, inverses], [block * n, block, block]);
    parallel::for_each_blocks(
        rows.div_ceil(block),
        outs,
        lens,
        x.len() * COST,
        |index, [y, means, inverses]| {
            let x = x[index * block * n..].chunks_exact(n);
            for (((x, y), to_mean), to_inverse) in x.zip(y.chunks_exact_mut(n)).zip(means).zip(inverses) {
                *to_mean = reduce::sum(x) / n as f32;
                let mean = F32x4::splat(*to_mean);
                let variance = sum_of([x], |[x]| (x - mean) * (x - mean)) / n as f32;
                *to_inverse = 1.0 / (variance + epsilon).sqrt();
                let inverse = F32x4::splat(*to_inverse);
                each_here([x, gamma, beta], [y], |[x, gamma, beta], _| [(x - mean) * inverse * gamma + beta]);
            }
        },
    );
}

/// `dx (rows, n)` from `x` and `dy` of that shape and what [`layer_norm`] has saved:
/// `(1/√(σ² + ε))·(γdy − mean(γdy) − x̂·mean(γdy·x̂))`.
pub fn layer_norm_gradient(gamma: &[f32], saved: [&[f32]; 2], [x, dy]: [&[f32]; 2], dx: &mut [f32]) {
    let ([means, inverses], n) = (saved, gamma.len());
    let rows = means.len();
    assert!(
        x.len() == rows * n && dy.len() == rows * n && dx.len() == rows * n,
        "{rows} rows of {n} numbers"
    );
    if n == 0 {
        return;
    }
    let block = BLOCK.div_ceil(n);
    parallel::for_each_block(dx, block * n, 2 * x.len() * COST, |index, dx| {
        for (row, dx) in dx.chunks_exact_mut(n).enumerate() {
            let row = index * block + row;
            let [x, dy] = [x, dy].map(|numbers| &numbers[row * n..][..n]);
            let [mean, inverse] = [means[row], inverses[row]].map(F32x4::splat);
            let all = sum_of([dy, gamma], |[dy, gamma]| dy * gamma) / n as f32;
            let along =
                sum_of([x, dy, gamma], |[x, dy, gamma]| dy * gamma * ((x - mean) * inverse)) / n as f32;
            let [all, along] = [all, along].map(F32x4::splat);
            each_here([x, dy, gamma], [dx], |[x, dy, gamma], _| {
                [inverse * (dy * gamma - all - (x - mean) * inverse * along)]
            });
        }
    });
}

/// `[dγ, dβ] (n)` of a layer norm: `Σ dy·x̂` and `Σ dy` over the rows.
pub fn layer_norm_affine_gradient(saved: [&[f32]; 2], [x, dy]: [&[f32]; 2], outs: [&mut [f32]; 2]) {
    let [means, inverses] = saved;
    column_sums([x, dy], [], outs, |row, [x, dy], []| {
        [dy * ((x - F32x4::splat(means[row])) * F32x4::splat(inverses[row])), dy]
    });
}

/// Mean and biased variance of each column of `x (rows, n)`, `(n)` each.
pub fn column_statistics(x: &[f32], mean: &mut [f32], variance: &mut [f32]) {
    if mean.is_empty() {
        return;
    }
    let rows = F32x4::splat((x.len() / mean.len()) as f32);
    column_sums([x], [], [&mut *mean], |_, [x], []| [x]);
    each_here([], [&mut *mean], |[], [sum]| [sum / rows]);
    column_sums([x], [mean], [&mut *variance], |_, [x], [mean]| [(x - mean) * (x - mean)]);
    each_here([], [variance], |[], [sum]| [sum / rows]);
}

/// `y (rows, n)` from `x` of that shape: with the batch's own [`column_statistics`] while training,
/// with running ones after. `workspace` holds `n` numbers.
///
/// # Panics
/// If the slices do not fit.
pub fn batch_norm(x: &[f32], statistics: Statistics, affine: Affine, y: &mut [f32], workspace: &mut [f32]) {
    let (Affine { gamma, beta }, Statistics { epsilon, mean, variance }) = (affine, statistics);
    let n = gamma.len();
    assert!(x.len() == y.len() && beta.len() == n && mean.len() == n, "rows of {n} numbers");
    let factor = &mut workspace[..n];
    let (one, epsilon) = (F32x4::splat(1.0), F32x4::splat(epsilon));
    each_here([gamma, variance], [&mut *factor], |[gamma, variance], _| {
        [gamma * (one / (variance + epsilon).sqrt())]
    });
    let factor = &*factor;
    in_rows(n, y, |row, y| {
        let x = &x[row * n..][..n];
        each_here([x, mean, factor, beta], [y], |[x, mean, factor, beta], _| [(x - mean) * factor + beta]);
    });
}

/// `dx (rows, n)` and `[dγ, dβ] (n)` of a batch norm with the batch's own statistics, from `x` and
/// `dy`: `dx = γ/√(σ² + ε)·(dy − dβ/rows − x̂·dγ/rows)`. `workspace` holds `3·n` numbers.
///
/// # Panics
/// If the slices do not fit.
pub fn batch_norm_gradient(
    [x, dy]: [&[f32]; 2],
    statistics: Statistics,
    gamma: &[f32],
    [dx, dgamma, dbeta]: [&mut [f32]; 3],
    workspace: &mut [f32],
) {
    let (Statistics { epsilon, mean, variance }, n) = (statistics, gamma.len());
    if n == 0 {
        return;
    }
    assert!(x.len() == dx.len() && dy.len() == dx.len() && mean.len() == n, "rows of {n} numbers");
    let rows = F32x4::splat((x.len() / n) as f32);
    let (one, epsilon) = (F32x4::splat(1.0), F32x4::splat(epsilon));
    let [factor, shift, slope] =
        workspace[..3 * n].get_disjoint_mut([0..n, n..2 * n, 2 * n..3 * n]).expect("thirds");
    each_here([variance], [&mut *factor], |[variance], _| [one / (variance + epsilon).sqrt()]);
    column_sums([x, dy], [mean, factor], [&mut *dgamma, &mut *dbeta], |_, [x, dy], [mean, inverse]| {
        [dy * ((x - mean) * inverse), dy]
    });
    each_here(
        [dgamma, dbeta, gamma],
        [&mut *shift, &mut *slope, &mut *factor],
        |[dgamma, dbeta, gamma], [_, _, inverse]| [dbeta / rows, inverse * (dgamma / rows), gamma * inverse],
    );
    let [factor, shift, slope] = [&*factor, &*shift, &*slope];
    in_rows(n, dx, |row, dx| {
        let [x, dy] = [x, dy].map(|numbers| &numbers[row * n..][..n]);
        each_here([x, dy, mean, factor, shift, slope], [dx], |[x, dy, mean, factor, shift, slope], _| {
            [factor * (dy - shift - (x - mean) * slope)]
        });
    });
}

/// `dx (rows, n)` and `[dγ, dβ, dμ, dσ²] (n)` of a [`batch_norm`] with statistics that are given, from `x`
/// and `dy`: `dx = dy·γ/√(σ² + ε)`, `dμ = −dβ·γ/√(σ² + ε)`, `dσ² = −½·dγ·γ/(σ² + ε)`. `workspace` holds
/// `n` numbers.
///
/// # Panics
/// If the slices do not fit.
pub fn normalise_gradient(
    [x, dy]: [&[f32]; 2],
    statistics: Statistics,
    gamma: &[f32],
    [dx, dgamma, dbeta, dmean, dvariance]: [&mut [f32]; 5],
    workspace: &mut [f32],
) {
    let (Statistics { epsilon, mean, variance }, n) = (statistics, gamma.len());
    assert!(x.len() == dx.len() && dy.len() == dx.len() && mean.len() == n, "rows of {n} numbers");
    let inverse = &mut workspace[..n];
    let (one, half, epsilon) = (F32x4::splat(1.0), F32x4::splat(-0.5), F32x4::splat(epsilon));
    each_here([variance], [&mut *inverse], |[variance], _| [one / (variance + epsilon).sqrt()]);
    column_sums([x, dy], [mean, inverse], [&mut *dgamma, &mut *dbeta], |_, [x, dy], [mean, inverse]| {
        [dy * ((x - mean) * inverse), dy]
    });
    each_here(
        [dgamma, dbeta, gamma],
        [dmean, dvariance, &mut *inverse],
        |[dgamma, dbeta, gamma], [_, _, inverse]| {
            let factor = gamma * inverse;
            [-(dbeta * factor), half * dgamma * (factor * inverse), factor]
        },
    );
    let factor = &*inverse;
    in_rows(n, dx, |row, dx| {
        each_here([&dy[row * n..][..n], factor], [dx], |[dy, factor], _| [dy * factor]);
    });
}

/// Calls `work(row, out)` for each row of `n` numbers of `out`.
fn in_rows(n: usize, out: &mut [f32], work: impl Fn(usize, &mut [f32]) + Sync) {
    if n == 0 {
        return;
    }
    let (block, cost) = (BLOCK.div_ceil(n), out.len() * COST);
    parallel::for_each_block(out, block * n, cost, |index, out| {
        for (row, out) in out.chunks_exact_mut(n).enumerate() {
            work(index * block + row, out);
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::held::{LENGTHS, dot, gradient, hard_numbers, plain_numbers, same_bits};
    use crate::kernels::reference::norm as twin;

    const EPSILON: f32 = 1e-5;

    fn zeros<const N: usize>(lens: [usize; N]) -> [Vec<f32>; N] {
        lens.map(|len| vec![0.0; len])
    }

    #[test]
    fn layer_norms_match_their_twins_bit_by_bit() {
        for n in LENGTHS {
            for (rows, numbers) in [
                (1, plain_numbers as fn(_, _) -> _),
                (7, plain_numbers),
                (7, hard_numbers),
                (300, plain_numbers),
            ] {
                let [x, dy] = [1, 2].map(|seed| numbers(rows * n, seed));
                let [gamma, beta] = [3, 4].map(|seed| numbers(n, seed));
                let affine = Affine { gamma: &gamma, beta: &beta };
                let [mut y, mut mean, mut inverse] = zeros([rows * n, rows, rows]);
                let [mut y2, mut mean2, mut inverse2] = zeros([rows * n, rows, rows]);
                layer_norm(EPSILON, &x, affine, &mut y, [&mut mean, &mut inverse]);
                twin::layer_norm(EPSILON, &x, affine, &mut y2, [&mut mean2, &mut inverse2]);
                let what = format!("{rows}×{n}");
                same_bits(&what, &y, &y2);
                same_bits(&what, &mean, &mean2);
                same_bits(&what, &inverse, &inverse2);
                let saved = [&mean[..], &inverse];
                layer_norm_gradient(&gamma, saved, [&x, &dy], &mut y);
                twin::layer_norm_gradient(&gamma, saved, [&x, &dy], &mut y2);
                same_bits(&what, &y, &y2);
                let [mut dgamma, mut dbeta, mut dgamma2, mut dbeta2] = zeros([n; 4]);
                layer_norm_affine_gradient(saved, [&x, &dy], [&mut dgamma, &mut dbeta]);
                twin::layer_norm_affine_gradient(saved, [&x, &dy], [&mut dgamma2, &mut dbeta2]);
                same_bits(&what, &dgamma, &dgamma2);
                same_bits(&what, &dbeta, &dbeta2);
            }
        }
    }

    #[test]
    fn batch_norms_match_their_twins_bit_by_bit() {
        for n in LENGTHS {
            for (rows, numbers) in [
                (1, plain_numbers as fn(_, _) -> _),
                (7, plain_numbers),
                (7, hard_numbers),
                (300, plain_numbers),
            ] {
                let [x, dy] = [1, 2].map(|seed| numbers(rows * n, seed));
                let [gamma, beta] = [3, 4].map(|seed| numbers(n, seed));
                let affine = Affine { gamma: &gamma, beta: &beta };
                let [mut mean, mut variance, mut mean2, mut variance2] = zeros([n; 4]);
                let what = format!("{rows}×{n}");
                column_statistics(&x, &mut mean, &mut variance);
                twin::column_statistics(&x, &mut mean2, &mut variance2);
                same_bits(&what, &mean, &mean2);
                same_bits(&what, &variance, &variance2);
                let statistics = Statistics { epsilon: EPSILON, mean: &mean, variance: &variance };
                let [mut y, mut y2, mut workspace] = zeros([rows * n, rows * n, 3 * n]);
                batch_norm(&x, statistics, affine, &mut y, &mut workspace);
                twin::batch_norm(&x, statistics, affine, &mut y2);
                same_bits(&what, &y, &y2);
                let [mut dgamma, mut dbeta, mut dgamma2, mut dbeta2] = zeros([n; 4]);
                let outs = [&mut y[..], &mut dgamma, &mut dbeta];
                batch_norm_gradient([&x, &dy], statistics, &gamma, outs, &mut workspace);
                let outs = [&mut y2[..], &mut dgamma2, &mut dbeta2];
                twin::batch_norm_gradient([&x, &dy], statistics, &gamma, outs);
                same_bits(&what, &y, &y2);
                same_bits(&what, &dgamma, &dgamma2);
                same_bits(&what, &dbeta, &dbeta2);
                let [mut dmean, mut dvariance, mut dmean2, mut dvariance2] = zeros([n; 4]);
                let outs = [&mut y[..], &mut dgamma, &mut dbeta, &mut dmean, &mut dvariance];
                normalise_gradient([&x, &dy], statistics, &gamma, outs, &mut workspace);
                let outs = [&mut y2[..], &mut dgamma2, &mut dbeta2, &mut dmean2, &mut dvariance2];
                twin::normalise_gradient([&x, &dy], statistics, &gamma, outs);
                for (ours, other) in [
                    (&y, &y2),
                    (&dgamma, &dgamma2),
                    (&dbeta, &dbeta2),
                    (&dmean, &dmean2),
                    (&dvariance, &dvariance2),
                ] {
                    same_bits(&what, ours, other);
                }
            }
        }
    }

    fn wide(x: &[f32]) -> Vec<f64> {
        x.iter().map(|&x| f64::from(x)).collect()
    }

    /// `Σ y·dy` in f64 of groups of numbers, each normalised by itself.
    fn normalised(x: &[f64], gamma: &[f64], beta: &[f64], dy: &[f32], group: impl Fn(usize) -> usize) -> f64 {
        let mut y = vec![0.0; x.len()];
        for at in 0..x.len() {
            let mates: Vec<f64> = (0..x.len()).filter(|&b| group(b) == group(at)).map(|b| x[b]).collect();
            let mean = mates.iter().sum::<f64>() / mates.len() as f64;
            let variance = mates.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / mates.len() as f64;
            let column = at % gamma.len();
            let inverse = 1.0 / (variance + f64::from(EPSILON)).sqrt();
            y[at] = (x[at] - mean) * inverse * gamma[column] + beta[column];
        }
        dot(&y, dy)
    }

    #[test]
    fn gradients_are_those_of_differences() {
        let (rows, n) = (6, 5);
        let [x, dy] = [1, 2].map(|seed| plain_numbers(rows * n, seed));
        let [gamma, beta] = [3, 4].map(|seed| plain_numbers(n, seed));
        let affine = Affine { gamma: &gamma, beta: &beta };
        let [mut y, mut dx, mut dgamma, mut dbeta, mut workspace] = zeros([rows * n, rows * n, n, n, 3 * n]);
        let [mut mean, mut inverse] = zeros([rows, rows]);
        layer_norm(EPSILON, &x, affine, &mut y, [&mut mean, &mut inverse]);
        layer_norm_gradient(&gamma, [&mean, &inverse], [&x, &dy], &mut dx);
        layer_norm_affine_gradient([&mean, &inverse], [&x, &dy], [&mut dgamma, &mut dbeta]);
        let of_rows = |x: &[f64], g: &[f64], b: &[f64]| normalised(x, g, b, &dy, |at| at / n);
        gradient("layer norm", &x, &dx, |x| of_rows(x, &wide(&gamma), &wide(&beta)));
        gradient("layer norm, γ", &gamma, &dgamma, |gamma| of_rows(&wide(&x), gamma, &wide(&beta)));
        gradient("layer norm, β", &beta, &dbeta, |beta| of_rows(&wide(&x), &wide(&gamma), beta));

        let [mut mean, mut variance] = zeros([n, n]);
        column_statistics(&x, &mut mean, &mut variance);
        let statistics = Statistics { epsilon: EPSILON, mean: &mean, variance: &variance };
        let outs = [&mut dx[..], &mut dgamma, &mut dbeta];
        batch_norm_gradient([&x, &dy], statistics, &gamma, outs, &mut workspace);
        let of_columns = |x: &[f64], g: &[f64], b: &[f64]| normalised(x, g, b, &dy, |at| at % n);
        gradient("batch norm", &x, &dx, |x| of_columns(x, &wide(&gamma), &wide(&beta)));
        gradient("batch norm, γ", &gamma, &dgamma, |gamma| of_columns(&wide(&x), gamma, &wide(&beta)));
        gradient("batch norm, β", &beta, &dbeta, |beta| of_columns(&wide(&x), &wide(&gamma), beta));
    }

    #[test]
    fn what_is_normalised_has_mean_0_and_variance_1() {
        let (rows, n) = (500, 3);
        let x: Vec<f32> = plain_numbers(rows * n, 1).iter().map(|x| 30.0 + 4.0 * x).collect();
        let [mut mean, mut variance, mut workspace, mut y] = zeros([n, n, n, rows * n]);
        column_statistics(&x, &mut mean, &mut variance);
        let affine = Affine { gamma: &[1.0; 3], beta: &[0.0; 3] };
        batch_norm(
            &x,
            Statistics { epsilon: EPSILON, mean: &mean, variance: &variance },
            affine,
            &mut y,
            &mut workspace,
        );
        column_statistics(&y, &mut mean, &mut variance);
        assert!(mean.iter().all(|mean| mean.abs() < 1e-5), "{mean:?}");
        assert!(variance.iter().all(|variance| (variance - 1.0).abs() < 1e-4), "{variance:?}");
    }
}
