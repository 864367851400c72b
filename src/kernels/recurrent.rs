//! Recurrent layers: what one time step does with each unit, as PyTorch defines it.
//!
//! | cell | gates | one step |
//! |---|---|---|
//! | plain (Elman 1990) | 1 | `h = tanh(a)` |
//! | LSTM (Hochreiter & Schmidhuber 1997; Gers et al. 2000) | i, f, g, o | `c = σ(f)·c' + σ(i)·tanh(g); h = σ(o)·tanh(c)` |
//! | GRU (Cho et al. 2014; the reset after the product) | r, z, n | `n = tanh(aₙ + σ(r)·uₙ); h = (1 − σ(z))·n + σ(z)·h'` |
//!
//! The pre-activations are `a = x·W + b`, computed for all steps at once by a product, plus
//! `u = h'·U [+ c]`, which each step computes from the step before; [`sequence`] runs the steps.
//! Those of a step are `(batch, gates·units)`: all units of the first gate, then of the second.
//! Rules are written once over [`Real`].

pub mod sequence;

use super::each::each_here;
use super::lane::{F32x4, Real};
use crate::math;
use crate::parallel;

/// Units handed to a thread at a time, about.
const BLOCK: usize = 1024;
/// Rough cost of a unit in a step, in floating-point operations.
const COST: usize = 150;

/// A kind of recurrent unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Cell {
    /// A unit whose output is fed back.
    Plain,
    /// Long short-term memory.
    Lstm,
    /// Gated recurrent unit.
    Gru,
}

impl Cell {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Plain, Self::Lstm, Self::Gru];

    /// Pre-activations of a unit.
    pub fn gates(self) -> usize {
        match self {
            Self::Plain => 1,
            Self::Lstm => 4,
            Self::Gru => 3,
        }
    }

    /// Numbers that a unit keeps of each step for the way back, beside its output and its cell: the
    /// gates of an LSTM; those of a GRU and its `uₙ`.
    pub fn saved(self) -> usize {
        match self {
            Self::Plain => 0,
            Self::Lstm | Self::Gru => 4,
        }
    }

    /// Whether it has a cell that goes from step to step beside its output.
    pub fn has_cell(self) -> bool {
        self == Self::Lstm
    }
}

/// Pre-activations and the cell before → gates, output and cell.
#[inline(always)]
pub fn lstm<R: Real>([i, f, g, o]: [R; 4], cell: R) -> ([R; 4], R, R) {
    let (i, f, g, o) = (math::sigmoid(i), math::sigmoid(f), g.tanh(), math::sigmoid(o));
    let cell = f * cell + i * g;
    ([i, f, g, o], o * cell.tanh(), cell)
}

/// Gates, cells before and after, what comes back to output and cell → what goes on to the
/// pre-activations and to the cell before.
#[inline(always)]
pub fn lstm_gradient<R: Real>([i, f, g, o]: [R; 4], cells: [R; 2], dh: R, dc: R) -> ([R; 4], R) {
    let one = R::splat(1.0);
    let [before, after] = cells;
    let output = after.tanh();
    let dc = dc + dh * o * (one - output * output);
    let slope = |gate: R| gate * (one - gate);
    let d_gates = [dc * g * slope(i), dc * before * slope(f), dc * i * (one - g * g), dh * output * slope(o)];
    (d_gates, dc * f)
}

/// Both parts of the pre-activations and the output before → gates, output.
#[inline(always)]
pub fn gru<R: Real>(x_part: [R; 3], hidden_part: [R; 3], before: R) -> ([R; 3], R) {
    let r = math::sigmoid(x_part[0] + hidden_part[0]);
    let z = math::sigmoid(x_part[1] + hidden_part[1]);
    let n = (x_part[2] + r * hidden_part[2]).tanh();
    ([r, z, n], (R::splat(1.0) - z) * n + z * before)
}

/// Gates with `uₙ`, the output before and what comes back to the output → what goes on to the
/// `x` part of the pre-activations, to `uₙ` and, past the gates, to the output before.
#[inline(always)]
pub fn gru_gradient<R: Real>([r, z, n, recurrent]: [R; 4], before: R, dh: R) -> ([R; 3], R, R) {
    let one = R::splat(1.0);
    let dn = dh * (one - z) * (one - n * n);
    let dz = dh * (before - n) * (z * (one - z));
    let dr = dn * recurrent * (r * (one - r));
    ([dr, dz, dn], dn * r, dh * z)
}

/// A step of LSTM units: `gates (batch, 4·units)` comes in as pre-activations and goes out activated;
/// writes `hidden` and `cells`, from the cells `before`, all `(batch, units)`.
///
/// # Panics
/// If the lengths do not fit.
pub fn lstm_step(units: usize, before: &[f32], gates: &mut [f32], hidden: &mut [f32], cells: &mut [f32]) {
    let len = before.len();
    assert!(gates.len() == 4 * len && hidden.len() == len && cells.len() == len, "a step keeps its sizes");
    rows(units, len, [gates, hidden, cells], [4, 1, 1], |row, [gates, hidden, cells]| {
        let [i, f, g, o] = split_mut(gates, units);
        each_here([&before[row..][..units]], [i, f, g, o, hidden, cells], |[before], [i, f, g, o, _, _]| {
            let ([i, f, g, o], hidden, cell) = lstm([i, f, g, o], before);
            [i, f, g, o, hidden, cell]
        });
    });
}

/// What a step of LSTM units left: activated gates, the cells before it and after it.
#[derive(Clone, Copy)]
pub struct LstmStep<'a> {
    /// `(batch, 4·units)`.
    pub gates: &'a [f32],
    /// `(batch, units)`.
    pub before: &'a [f32],
    /// `(batch, units)`.
    pub after: &'a [f32],
}

/// The way back through [`lstm_step`]: `d_hidden (batch, units)` and what `carry` holds come to the
/// outputs, what `d_cells` holds to the cells; writes the gradients of the pre-activations into
/// `d_gates (batch, 4·units)` and of the cells before into `d_cells`.
///
/// # Panics
/// If the lengths do not fit.
pub fn lstm_step_gradient(
    units: usize,
    step: LstmStep,
    (d_hidden, carry): (&[f32], &[f32]),
    d_gates: &mut [f32],
    d_cells: &mut [f32],
) {
    let len = d_hidden.len();
    assert!(d_gates.len() == 4 * len && d_cells.len() == len, "a step keeps its sizes");
    rows(units, len, [d_gates, d_cells], [4, 1], |row, [d_gates, d_cells]| {
        let [di, df, dg, d_o] = split_mut(d_gates, units);
        let [i, f, g, o] = split(&step.gates[4 * row..], units);
        let [before, after, d_hidden, carry] =
            [step.before, step.after, d_hidden, carry].map(|numbers| &numbers[row..][..units]);
        let inputs = [i, f, g, o, before, after, d_hidden, carry];
        each_here(inputs, [di, df, dg, d_o, d_cells], |numbers, [_, _, _, _, dc]| {
            let [i, f, g, o, before, after, d_hidden, carry] = numbers;
            let dh = d_hidden + carry;
            let ([di, df, dg, d_o], dc) = lstm_gradient([i, f, g, o], [before, after], dh, dc);
            [di, df, dg, d_o, dc]
        });
    });
}

/// A step of GRU units: both parts of the pre-activations `(batch, 3·units)` and the outputs `before`
/// give `gates (batch, 4·units)`, of which the last is `uₙ`, and `hidden (batch, units)`.
///
/// # Panics
/// If the lengths do not fit.
pub fn gru_step(
    units: usize,
    (x_part, hidden_part): (&[f32], &[f32]),
    before: &[f32],
    gates: &mut [f32],
    hidden: &mut [f32],
) {
    let len = before.len();
    assert!(x_part.len() == 3 * len && hidden_part.len() == 3 * len, "a step keeps its sizes");
    assert!(gates.len() == 4 * len && hidden.len() == len, "a step keeps its sizes");
    rows(units, len, [gates, hidden], [4, 1], |row, [gates, hidden]| {
        let [r, z, n, recurrent] = split_mut(gates, units);
        let [xr, xz, xn] = split(&x_part[3 * row..], units);
        let [hr, hz, hn] = split(&hidden_part[3 * row..], units);
        let inputs = [xr, xz, xn, hr, hz, hn, &before[row..][..units]];
        each_here(inputs, [r, z, n, recurrent, hidden], |[xr, xz, xn, hr, hz, hn, before], _| {
            let ([r, z, n], hidden) = gru([xr, xz, xn], [hr, hz, hn], before);
            [r, z, n, hn, hidden]
        });
    });
}

/// The way back through [`gru_step`]: `d_hidden (batch, units)` and what `carry` holds come to the
/// outputs; writes the gradients of both parts of the pre-activations `(batch, 3·units)`, and into
/// `carry` what goes to the outputs before past the gates.
///
/// # Panics
/// If the lengths do not fit.
pub fn gru_step_gradient(
    units: usize,
    (gates, before): (&[f32], &[f32]),
    d_hidden: &[f32],
    (d_x_part, d_hidden_part): (&mut [f32], &mut [f32]),
    carry: &mut [f32],
) {
    let len = d_hidden.len();
    assert!(d_x_part.len() == 3 * len && d_hidden_part.len() == 3 * len, "a step keeps its sizes");
    let outs = [d_x_part, d_hidden_part, carry];
    rows(units, len, outs, [3, 3, 1], |row, [d_x_part, d_hidden_part, carry]| {
        let [xr, xz, xn] = split_mut(d_x_part, units);
        let [hr, hz, hn] = split_mut(d_hidden_part, units);
        let [r, z, n, recurrent] = split(&gates[4 * row..], units);
        let inputs = [r, z, n, recurrent, &before[row..][..units], &d_hidden[row..][..units]];
        each_here(inputs, [xr, xz, xn, hr, hz, hn, carry], |numbers, [_, _, _, _, _, _, carry]| {
            let [r, z, n, recurrent, before, d_hidden] = numbers;
            let ([dr, dz, dn], d_recurrent, past) =
                gru_gradient([r, z, n, recurrent], before, d_hidden + carry);
            [dr, dz, dn, dr, dz, d_recurrent, past]
        });
    });
}

/// The way back through a step of plain units: `d_hidden` and `carry` come to the outputs `hidden`;
/// writes `d_x_part`; all `(batch, units)`.
pub fn plain_step_gradient(hidden: &[f32], (d_hidden, carry): (&[f32], &[f32]), d_x_part: &mut [f32]) {
    super::each::each(4, [hidden, d_hidden, carry], [d_x_part], |[hidden, d_hidden, carry], _| {
        [(d_hidden + carry) * (F32x4::splat(1.0) - hidden * hidden)]
    });
}

/// Calls `work` for every example with its place among the units and its rows of `outs`, which have
/// so many numbers a unit.
fn rows<const N: usize>(
    units: usize,
    len: usize,
    outs: [&mut [f32]; N],
    per_unit: [usize; N],
    work: impl Fn(usize, [&mut [f32]; N]) + Sync,
) {
    if len == 0 {
        return;
    }
    assert!(len.is_multiple_of(units), "{len} numbers must be those of whole examples of {units} units");
    let examples = BLOCK.div_ceil(units);
    let (blocks, per_block) = ((len / units).div_ceil(examples), examples * units);
    let block_lens = per_unit.map(|numbers| numbers * per_block);
    parallel::for_each_blocks(blocks, outs, block_lens, COST * len, |block, mut outs| {
        let here = outs[0].len() / (per_unit[0] * units);
        for example in 0..here {
            let row = core::array::from_fn(|index| {
                let (row, rest) = core::mem::take(&mut outs[index]).split_at_mut(per_unit[index] * units);
                outs[index] = rest;
                row
            });
            work(block * per_block + example * units, row);
        }
    });
}

/// The first `N` parts of a row, `units` each.
fn split<const N: usize>(row: &[f32], units: usize) -> [&[f32]; N] {
    core::array::from_fn(|part| &row[part * units..][..units])
}

fn split_mut<const N: usize>(mut row: &mut [f32], units: usize) -> [&mut [f32]; N] {
    core::array::from_fn(|_| {
        let (part, rest) = core::mem::take(&mut row).split_at_mut(units);
        row = rest;
        part
    })
}

#[cfg(test)]
mod tests;
