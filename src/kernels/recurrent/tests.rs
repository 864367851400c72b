use super::sequence::{Drive, Given, Gradients, Sequence, Trace, backward, forward, previous_hidden};
use super::*;
use crate::kernels::held::{dot, gradient, hard_numbers, plain_numbers, same_bits};
use crate::kernels::reference::recurrent as twin;

/// Operands of a layer: `x` part, weights, bias, initial outputs and cells, and what comes back.
struct Case {
    sequence: Sequence,
    x_part: Vec<f32>,
    weights: Vec<f32>,
    bias: Option<Vec<f32>>,
    hidden: Vec<f32>,
    cells: Vec<f32>,
    d_hidden: Vec<f32>,
    d_cells: Vec<f32>,
}

impl Case {
    fn new(sequence: Sequence, numbers: fn(usize, u32) -> Vec<f32>) -> Self {
        let state = |seed| numbers(if sequence.cell.has_cell() { sequence.state_len() } else { 0 }, seed);
        let bias = sequence.cell == Cell::Gru && sequence.units.is_multiple_of(2);
        let scale = 1.0 / (sequence.units as f32).sqrt();
        Self {
            sequence,
            x_part: numbers(sequence.part_len(), 1),
            weights: numbers(sequence.weight_len(), 2).into_iter().map(|weight| weight * scale).collect(),
            bias: bias.then(|| numbers(3 * sequence.units, 3)),
            hidden: numbers(sequence.state_len(), 4),
            cells: state(5),
            d_hidden: numbers(sequence.hidden_len(), 6),
            d_cells: state(7),
        }
    }

    fn drive(&self) -> Drive<'_> {
        Drive { weights: &self.weights, bias: self.bias.as_deref(), hidden: &self.hidden, cells: &self.cells }
    }

    fn twin_drive(&self) -> twin::Drive<'_, f32> {
        let Drive { weights, bias, hidden, cells } = self.drive();
        twin::Drive { x_part: &self.x_part, weights, bias, hidden, cells }
    }

    /// Outputs, cells, gates.
    fn forward(&self) -> [Vec<f32>; 3] {
        let sequence = self.sequence;
        let lens = [sequence.hidden_len(), sequence.cells_len(), sequence.gates_len()];
        let mut all = lens.map(|len| vec![f32::NAN; len]);
        let [hidden, cells, gates] = all.each_mut().map(|numbers| &mut numbers[..]);
        let mut workspace = vec![f32::NAN; sequence.workspace_len()];
        forward(sequence, self.drive(), &self.x_part, Trace { hidden, cells, gates }, &mut workspace);
        all
    }

    /// Gradients of the `x` part, of the recurrent part, of the initial outputs and cells.
    fn backward(&self, trace: &[Vec<f32>; 3], truncation: Option<usize>) -> [Vec<f32>; 4] {
        let sequence = self.sequence;
        let lens = [sequence.part_len(), sequence.hidden_part_len(), sequence.state_len(), self.cells.len()];
        let mut all = lens.map(|len| vec![f32::NAN; len]);
        let [x_part, hidden_part, hidden, cells] = all.each_mut().map(|numbers| &mut numbers[..]);
        let given = Given { hidden: &self.d_hidden, last_cells: Some(&self.d_cells), truncation };
        let out = Gradients { x_part, hidden_part, hidden, cells };
        let [hidden, cells, gates] = trace.each_ref().map(|numbers| &numbers[..]);
        let mut workspace = vec![f32::NAN; sequence.gradient_workspace_len()];
        backward(sequence, self.drive(), Trace { hidden, cells, gates }, given, out, &mut workspace);
        all
    }
}

fn sequences() -> impl Iterator<Item = Sequence> {
    let sizes = [(1, 1, 1), (3, 2, 3), (7, 3, 4), (4, 5, 5), (2, 1, 31), (6, 2, 33), (5, 40, 32), (0, 2, 3)];
    Cell::ALL
        .into_iter()
        .flat_map(move |cell| sizes.map(|(steps, batch, units)| Sequence { cell, steps, batch, units }))
}

#[test]
fn both_directions_repeat_their_twins_bit_by_bit() {
    for sequence in sequences() {
        for numbers in [plain_numbers, hard_numbers] {
            let case = Case::new(sequence, numbers);
            let trace = case.forward();
            let expected = twin::forward(sequence, case.twin_drive());
            for (what, (ours, twin)) in ["outputs", "cells", "gates"].iter().zip(trace.iter().zip(&expected))
            {
                same_bits(&format!("{what} of {sequence:?}"), ours, twin);
            }
            for truncation in [None, Some(1), Some(2), Some(3), Some(100)] {
                let ours = case.backward(&trace, truncation);
                let expected = twin::backward(
                    sequence,
                    case.twin_drive(),
                    expected.each_ref().map(|numbers| &numbers[..]),
                    (&case.d_hidden, &case.d_cells),
                    truncation.unwrap_or(usize::MAX),
                );
                let parts = ["x part", "recurrent part", "initial outputs", "initial cells"];
                for (what, (ours, twin)) in parts.iter().zip(ours.iter().zip(&expected)) {
                    same_bits(&format!("gradient of {what}, {truncation:?}, {sequence:?}"), ours, twin);
                }
            }
        }
    }
}

fn wide(numbers: &[f32]) -> Vec<f64> {
    numbers.iter().map(|&x| f64::from(x)).collect()
}

#[test]
fn gradients_are_those_of_central_differences() {
    for sequence in sequences().filter(|sequence| sequence.units < 6) {
        let case = Case::new(sequence, plain_numbers);
        let trace = case.forward();
        let [d_x_part, d_hidden_part, d_initial, d_initial_cells] = case.backward(&trace, None);
        let (x_part, weights) = (wide(&case.x_part), wide(&case.weights));
        let (hidden, cells, bias) = (wide(&case.hidden), wide(&case.cells), case.bias.as_deref().map(wide));
        let drive = twin::Drive {
            x_part: &x_part,
            weights: &weights,
            bias: bias.as_deref(),
            hidden: &hidden,
            cells: &cells,
        };
        let objective = |drive: twin::Drive<f64>| {
            let [hidden, cells, _] = twin::forward(sequence, drive);
            let last =
                if sequence.steps > 0 { &cells[cells.len() - case.cells.len()..] } else { drive.cells };
            dot(&hidden, &case.d_hidden) + dot(last, &case.d_cells)
        };
        let name = |what: &str| format!("{what} of {sequence:?}");
        gradient(&name("x part"), &case.x_part, &d_x_part, |x_part| {
            objective(twin::Drive { x_part, ..drive })
        });
        gradient(&name("outputs"), &case.hidden, &d_initial, |hidden| {
            objective(twin::Drive { hidden, ..drive })
        });
        gradient(&name("cells"), &case.cells, &d_initial_cells, |cells| {
            objective(twin::Drive { cells, ..drive })
        });

        // To the weights: outputs before each step by what goes to the recurrent part.
        let mut before = vec![f32::NAN; sequence.hidden_len()];
        previous_hidden(&case.hidden, &trace[0], &mut before);
        let part = if sequence.cell == Cell::Gru { &d_hidden_part } else { &d_x_part };
        let columns = sequence.cell.gates() * sequence.units;
        let mut d_weights = vec![0.0; sequence.weight_len()];
        for (row, part) in before.chunks(sequence.units).zip(part.chunks(columns)) {
            for (index, d_weight) in d_weights.iter_mut().enumerate() {
                *d_weight += row[index / columns] * part[index % columns];
            }
        }
        gradient(&name("weights"), &case.weights, &d_weights, |weights| {
            objective(twin::Drive { weights, ..drive })
        });
    }
}

#[test]
fn truncation_keeps_the_stretches_apart() {
    for cell in Cell::ALL {
        let sequence = Sequence { cell, steps: 6, batch: 2, units: 5 };
        let mut case = Case::new(sequence, plain_numbers);
        // Only the last step of the first stretch of three is asked for.
        case.d_cells.fill(0.0);
        case.d_hidden.iter_mut().enumerate().for_each(|(at, d)| *d = if at / 10 == 5 { 1.0 } else { 0.0 });
        let trace = case.forward();
        let part = sequence.part_len() / 6;
        let reached = |truncation| {
            let [d_x_part, ..] = case.backward(&trace, truncation);
            d_x_part.chunks(part).map(|step| step.iter().any(|&d| d != 0.0)).collect::<Vec<_>>()
        };
        assert_eq!(reached(None), [true; 6], "{cell:?}");
        assert_eq!(reached(Some(3)), [false, false, false, true, true, true], "{cell:?}");
        assert_eq!(reached(Some(4)), [false, false, false, false, true, true], "{cell:?}");
    }
}

#[test]
fn a_nan_stays_with_its_example() {
    for cell in Cell::ALL {
        let sequence = Sequence { cell, steps: 4, batch: 3, units: 5 };
        let mut case = Case::new(sequence, plain_numbers);
        // The second example, in the second step.
        case.x_part[(3 + 1) * cell.gates() * 5] = f32::NAN;
        let [hidden, ..] = case.forward();
        for (row, units) in hidden.chunks(5).enumerate() {
            let (step, example) = (row / 3, row % 3);
            let expected = example == 1 && step >= 1;
            assert_eq!(units.iter().any(|unit| unit.is_nan()), expected, "{cell:?}, step {step}, {example}");
        }
    }
}
