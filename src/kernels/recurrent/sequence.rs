//! Recurrent layers over whole sequences, `(steps, batch, …)`: time is outermost, so that what a step
//! reads and writes is contiguous.
//!
//! Backward, the gradient to the recurrent weights is not accumulated step by step: it is one product
//! of [`previous_hidden`] with the gradient of the recurrent part of the pre-activations.

use super::{Cell, LstmStep};
use super::{gru_step, gru_step_gradient, lstm_step, lstm_step_gradient, plain_step_gradient};
use crate::kernels::activation::Activation;
use crate::kernels::matmul::{Finish, Operand, Shape, Start, matmul_packed, pack_rhs, packed_len};

/// Sizes of a recurrent layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sequence {
    /// Its kind of unit.
    pub cell: Cell,
    /// Time steps.
    pub steps: usize,
    /// Examples.
    pub batch: usize,
    /// Units.
    pub units: usize,
}

impl Sequence {
    /// Numbers in the outputs of one step, in its cells and in what it starts from.
    pub fn state_len(self) -> usize {
        self.batch * self.units
    }

    /// Numbers in the pre-activations of all steps, `(steps, batch, gates·units)`.
    pub fn part_len(self) -> usize {
        self.steps * self.cell.gates() * self.state_len()
    }

    /// Numbers in the outputs of all steps.
    pub fn hidden_len(self) -> usize {
        self.steps * self.state_len()
    }

    /// Numbers in the cells of all steps.
    pub fn cells_len(self) -> usize {
        if self.cell.has_cell() { self.hidden_len() } else { 0 }
    }

    /// Numbers in the gates of all steps, `(steps, batch, saved·units)`; see [`Cell::saved`].
    pub fn gates_len(self) -> usize {
        self.cell.saved() * self.hidden_len()
    }

    /// Numbers in the recurrent weights, `(units, gates·units)`.
    pub fn weight_len(self) -> usize {
        self.units * self.cell.gates() * self.units
    }

    /// Numbers in the gradient of the recurrent part, where it is not that of the `x` part.
    pub fn hidden_part_len(self) -> usize {
        if self.cell == Cell::Gru { self.part_len() } else { 0 }
    }

    /// Numbers in the initial cells.
    fn initial_cells_len(self) -> usize {
        if self.cell.has_cell() { self.state_len() } else { 0 }
    }

    /// Numbers of scratch space for [`forward`].
    pub fn workspace_len(self) -> usize {
        let hidden_part = if self.cell == Cell::Gru { self.cell.gates() * self.state_len() } else { 0 };
        product_len(self.product()) + hidden_part
    }

    /// Numbers of scratch space for [`backward`].
    pub fn gradient_workspace_len(self) -> usize {
        product_len(self.turned_product())
    }

    /// Outputs by recurrent weights.
    fn product(self) -> Shape {
        Shape { m: self.batch, k: self.units, n: self.cell.gates() * self.units }
    }

    /// Gradients of pre-activations by turned recurrent weights.
    fn turned_product(self) -> Shape {
        Shape { m: self.batch, k: self.cell.gates() * self.units, n: self.units }
    }

    fn check(self, drive: &Drive) {
        assert_eq!(drive.weights.len(), self.weight_len(), "the recurrent weights must be those of {self:?}");
        assert_eq!(drive.hidden.len(), self.state_len(), "as many initial outputs as units in {self:?}");
        assert_eq!(
            drive.cells.len(),
            self.initial_cells_len(),
            "the initial cells must be those of {self:?}"
        );
    }
}

/// Scratch space of a product whose right operand is packed once.
fn product_len(product: Shape) -> usize {
    packed_len(product.k, product.n) + product.workspace_len()
}

/// What a layer starts from, and its recurrent weights.
#[derive(Clone, Copy)]
pub struct Drive<'a> {
    /// `(units, gates·units)`.
    pub weights: &'a [f32],
    /// `(gates·units)`, of a GRU; other cells have all of their bias in the `x` part.
    pub bias: Option<&'a [f32]>,
    /// Initial outputs `(batch, units)`.
    pub hidden: &'a [f32],
    /// Initial cells `(batch, units)`, of an LSTM; else empty.
    pub cells: &'a [f32],
}

/// What a layer went through.
#[derive(Clone, Copy)]
pub struct Trace<T> {
    /// Outputs `(steps, batch, units)`.
    pub hidden: T,
    /// Cells `(steps, batch, units)`, of an LSTM; else empty.
    pub cells: T,
    /// Gates `(steps, batch, saved·units)`; see [`Cell::saved`].
    pub gates: T,
}

/// Runs all steps from `x_part (steps, batch, gates·units)`. `workspace` holds
/// [`Sequence::workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `sequence` asks for.
pub fn forward(
    sequence: Sequence,
    drive: Drive,
    x_part: &[f32],
    trace: Trace<&mut [f32]>,
    workspace: &mut [f32],
) {
    let Sequence { cell, units, .. } = sequence;
    let Trace { hidden, cells, gates } = trace;
    sequence.check(&drive);
    assert!(cell == Cell::Gru || drive.bias.is_none(), "only a GRU has a recurrent bias");
    assert_eq!(x_part.len(), sequence.part_len(), "the x part must be that of {sequence:?}");
    assert_eq!(hidden.len(), sequence.hidden_len(), "the outputs must be those of {sequence:?}");
    assert_eq!(cells.len(), sequence.cells_len(), "the cells must be those of {sequence:?}");
    assert_eq!(gates.len(), sequence.gates_len(), "the gates must be those of {sequence:?}");
    let (product, state, part) =
        (sequence.product(), sequence.state_len(), cell.gates() * sequence.state_len());
    let saved = cell.saved() * state;
    let (panels, workspace) = workspace.split_at_mut(packed_len(product.k, product.n));
    let weights = pack_rhs(product.k, product.n, Operand::plain(drive.weights), panels);
    let bias = drive.bias.map_or(Start::Zero, Start::Row);
    for step in 0..sequence.steps {
        let x_part = &x_part[step * part..][..part];
        let (before, hidden) = latest(drive.hidden, hidden, step);
        let lhs = Operand::plain(before);
        match cell {
            Cell::Plain => {
                hidden.copy_from_slice(x_part);
                let finish = Finish::Activate(Activation::Tanh);
                matmul_packed(product, lhs, weights, Start::Out, finish, hidden, workspace);
            }
            Cell::Lstm => {
                let gates = &mut gates[step * saved..][..saved];
                let (cells_before, cells) = latest(drive.cells, cells, step);
                gates.copy_from_slice(x_part);
                matmul_packed(product, lhs, weights, Start::Out, Finish::None, gates, workspace);
                lstm_step(units, cells_before, gates, hidden, cells);
            }
            Cell::Gru => {
                let gates = &mut gates[step * saved..][..saved];
                let (hidden_part, workspace) = workspace.split_at_mut(part);
                matmul_packed(product, lhs, weights, bias, Finish::None, hidden_part, workspace);
                gru_step(units, (x_part, hidden_part), before, gates, hidden);
            }
        }
    }
}

/// The state before a step and the place of the one after it.
fn latest<'a>(initial: &'a [f32], states: &'a mut [f32], step: usize) -> (&'a [f32], &'a mut [f32]) {
    let len = initial.len();
    let (past, rest) = states.split_at_mut(step * len);
    let before = if step == 0 { initial } else { &past[(step - 1) * len..] };
    (before, &mut rest[..len])
}

/// What comes back to a layer.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// To the outputs, `(steps, batch, units)`.
    pub hidden: &'a [f32],
    /// To the cells of an LSTM after the last step, `(batch, units)`.
    pub last_cells: Option<&'a [f32]>,
    /// Nothing goes back past each multiple of so many steps (Williams & Peng 1990).
    pub truncation: Option<usize>,
}

/// What goes on from a layer.
pub struct Gradients<'a> {
    /// To the `x` part `(steps, batch, gates·units)`.
    pub x_part: &'a mut [f32],
    /// To the recurrent part of a GRU `(steps, batch, gates·units)`; else empty: it is that of the
    /// `x` part.
    pub hidden_part: &'a mut [f32],
    /// To the initial outputs `(batch, units)`.
    pub hidden: &'a mut [f32],
    /// To the initial cells of an LSTM `(batch, units)`; else empty.
    pub cells: &'a mut [f32],
}

/// The way back through [`forward`]. `workspace` holds [`Sequence::gradient_workspace_len`] numbers.
///
/// # Panics
/// If a slice does not have the length that `sequence` asks for, or if the truncation is 0.
pub fn backward(
    sequence: Sequence,
    drive: Drive,
    trace: Trace<&[f32]>,
    given: Given,
    out: Gradients,
    workspace: &mut [f32],
) {
    let Sequence { cell, units, .. } = sequence;
    sequence.check(&drive);
    assert_ne!(given.truncation, Some(0), "a stretch has at least one step");
    assert_eq!(given.hidden.len(), sequence.hidden_len(), "the gradients must be those of {sequence:?}");
    assert_eq!(out.x_part.len(), sequence.part_len(), "the x part must be that of {sequence:?}");
    assert_eq!(out.hidden_part.len(), sequence.hidden_part_len(), "the recurrent part: of {sequence:?}");
    let (product, state) = (sequence.turned_product(), sequence.state_len());
    let (part, saved) = (cell.gates() * state, cell.saved() * state);
    let (panels, workspace) = workspace.split_at_mut(packed_len(product.k, product.n));
    let weights = pack_rhs(product.k, product.n, Operand::transposed(drive.weights), panels);

    // What goes from step to step ends up with the initial state.
    let (carry, d_cells) = (out.hidden, out.cells);
    carry.fill(0.0);
    match given.last_cells {
        Some(last) => d_cells.copy_from_slice(last),
        None => d_cells.fill(0.0),
    }
    for step in (0..sequence.steps).rev() {
        if given.truncation.is_some_and(|steps| (step + 1).is_multiple_of(steps)) && step + 1 < sequence.steps
        {
            carry.fill(0.0);
            d_cells.fill(0.0);
        }
        let before = if step == 0 { drive.hidden } else { &trace.hidden[(step - 1) * state..][..state] };
        let d_hidden = &given.hidden[step * state..][..state];
        let d_x_part = &mut out.x_part[step * part..][..part];
        let gates = &trace.gates[step * saved..][..saved];
        match cell {
            Cell::Plain => {
                plain_step_gradient(&trace.hidden[step * state..][..state], (d_hidden, carry), d_x_part);
            }
            Cell::Lstm => {
                let after = &trace.cells[step * state..][..state];
                let before =
                    if step == 0 { drive.cells } else { &trace.cells[(step - 1) * state..][..state] };
                let step = LstmStep { gates, before, after };
                lstm_step_gradient(units, step, (d_hidden, carry), d_x_part, d_cells);
            }
            Cell::Gru => {
                let d_hidden_part = &mut out.hidden_part[step * part..][..part];
                let parts = (d_x_part, &mut *d_hidden_part);
                gru_step_gradient(units, (gates, before), d_hidden, parts, carry);
                let lhs = Operand::plain(d_hidden_part);
                matmul_packed(product, lhs, weights, Start::Out, Finish::None, carry, workspace);
                continue;
            }
        }
        let lhs = Operand::plain(d_x_part);
        matmul_packed(product, lhs, weights, Start::Zero, Finish::None, carry, workspace);
    }
}

/// `out (steps, batch, units)`: the outputs that each step started from, `initial (batch, units)` and
/// all of `hidden` but the last.
///
/// # Panics
/// If `out` and `hidden` differ in length.
pub fn previous_hidden(initial: &[f32], hidden: &[f32], out: &mut [f32]) {
    assert_eq!(hidden.len(), out.len(), "a step before for each step");
    let (first, rest) = out.split_at_mut(initial.len().min(hidden.len()));
    first.copy_from_slice(&initial[..first.len()]);
    rest.copy_from_slice(&hidden[..rest.len()]);
}
