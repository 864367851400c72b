//! Twins of [`crate::kernels::recurrent::sequence`]: one example and one unit after the other.
//! Generic, so that the same loops in f64 can be differentiated numerically.

use crate::kernels::lane::Real;
use crate::kernels::recurrent::sequence::Sequence;
use crate::kernels::recurrent::{Cell, gru, gru_gradient, lstm, lstm_gradient};

/// What a layer runs on: the `x` part, recurrent weights and bias, initial outputs and cells.
#[derive(Clone, Copy)]
pub struct Drive<'a, R> {
    /// `(steps, batch, gates·units)`.
    pub x_part: &'a [R],
    /// `(units, gates·units)`.
    pub weights: &'a [R],
    /// `(gates·units)`.
    pub bias: Option<&'a [R]>,
    /// `(batch, units)`.
    pub hidden: &'a [R],
    /// `(batch, units)`, of an LSTM; else empty.
    pub cells: &'a [R],
}

/// Twin of [`crate::kernels::recurrent::sequence::forward`]: outputs, cells, gates.
pub fn forward<R: Real>(sequence: Sequence, drive: Drive<R>) -> [Vec<R>; 3] {
    let Sequence { cell, steps, batch, units } = sequence;
    let (mut hidden, mut cells, mut saved) = (Vec::new(), Vec::new(), Vec::new());
    let columns = cell.gates() * units;
    for step in 0..steps {
        for example in 0..batch {
            let from = |initial: &[R], all: &[R], unit: usize| match step {
                0 => initial[example * units + unit],
                _ => all[((step - 1) * batch + example) * units + unit],
            };
            let recurrent = |start: R, column: usize| {
                let product =
                    |unit: usize| from(drive.hidden, &hidden, unit) * drive.weights[unit * columns + column];
                (0..units).fold(start, |total, unit| total + product(unit))
            };
            let x_part = &drive.x_part[(step * batch + example) * columns..][..columns];
            let (mut outputs, mut kept) = (Vec::new(), vec![R::splat(0.0); cell.saved() * units]);
            for unit in 0..units {
                let before = from(drive.hidden, &hidden, unit);
                match cell {
                    Cell::Plain => outputs.push(recurrent(x_part[unit], unit).tanh()),
                    Cell::Lstm => {
                        let sum = |gate: usize| recurrent(x_part[gate * units + unit], gate * units + unit);
                        let (gates, output, after) =
                            lstm(core::array::from_fn(sum), from(drive.cells, &cells, unit));
                        outputs.push(output);
                        cells.push(after);
                        gates
                            .into_iter()
                            .enumerate()
                            .for_each(|(gate, value)| kept[gate * units + unit] = value);
                    }
                    Cell::Gru => {
                        let start = |column: usize| drive.bias.map_or(R::splat(0.0), |bias| bias[column]);
                        let column = |gate: usize| gate * units + unit;
                        let hidden_part: [R; 3] =
                            core::array::from_fn(|gate| recurrent(start(column(gate)), column(gate)));
                        let x_part = core::array::from_fn(|gate| x_part[column(gate)]);
                        let ([r, z, n], output) = gru(x_part, hidden_part, before);
                        outputs.push(output);
                        let gates = [r, z, n, hidden_part[2]];
                        gates.into_iter().enumerate().for_each(|(gate, value)| kept[column(gate)] = value);
                    }
                }
            }
            hidden.extend(outputs);
            saved.extend(kept);
        }
    }
    [hidden, cells, saved]
}

/// Twin of [`crate::kernels::recurrent::sequence::backward`], from what [`forward`] left: gradients of
/// the `x` part, of the recurrent part, of the initial outputs and cells.
pub fn backward(
    sequence: Sequence,
    drive: Drive<f32>,
    [hidden, cells, saved]: [&[f32]; 3],
    (d_hidden, last_cells): (&[f32], &[f32]),
    truncation: usize,
) -> [Vec<f32>; 4] {
    let Sequence { cell, steps, batch, units } = sequence;
    let columns = cell.gates() * units;
    let (mut d_x_part, mut d_part) = (vec![0.0; sequence.part_len()], vec![0.0; sequence.part_len()]);
    let (mut carry, mut d_cells) = (vec![0.0; batch * units], last_cells.to_vec());
    for step in (0..steps).rev() {
        if (step + 1) % truncation == 0 && step + 1 < steps {
            carry.fill(0.0);
            d_cells.fill(0.0);
        }
        for at in 0..batch * units {
            let (example, unit) = (at / units, at % units);
            let here = step * batch * units + at;
            let before = |initial: &[f32], all: &[f32]| match step {
                0 => initial[at],
                _ => all[here - batch * units],
            };
            let column = |gate: usize| (step * batch + example) * columns + gate * units + unit;
            let gate = |gate: usize| saved[((step * batch + example) * 4 + gate) * units + unit];
            let dh = d_hidden[here] + carry[at];
            carry[at] = 0.0;
            match cell {
                Cell::Plain => d_x_part[column(0)] = dh * (1.0 - hidden[here] * hidden[here]),
                Cell::Lstm => {
                    let states = [before(drive.cells, cells), cells[here]];
                    let (gates, dc) = lstm_gradient(core::array::from_fn(gate), states, dh, d_cells[at]);
                    gates.into_iter().enumerate().for_each(|(gate, d)| d_x_part[column(gate)] = d);
                    d_cells[at] = dc;
                }
                Cell::Gru => {
                    let ([dr, dz, dn], d_recurrent, past) =
                        gru_gradient(core::array::from_fn(gate), before(drive.hidden, hidden), dh);
                    for (gate, d, d_hidden) in [(0, dr, dr), (1, dz, dz), (2, dn, d_recurrent)] {
                        (d_x_part[column(gate)], d_part[column(gate)]) = (d, d_hidden);
                    }
                    carry[at] = past;
                }
            }
        }
        let part = if cell == Cell::Gru { &d_part } else { &d_x_part };
        for (at, carry) in carry.iter_mut().enumerate() {
            let row = &part[(step * batch + at / units) * columns..][..columns];
            for (column, d) in row.iter().enumerate() {
                *carry += d * drive.weights[at % units * columns + column];
            }
        }
    }
    d_part.truncate(sequence.hidden_part_len());
    [d_x_part, d_part, carry, d_cells]
}
