//! Recurrent layers through time, time outermost: [`crate::kernels::recurrent`] defines the cells.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation, len};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId, ops};
use crate::kernels::recurrent::Cell;
use crate::kernels::recurrent::sequence::{self, Drive, Given, Gradients, Sequence, Trace};
#[cfg(test)]
use crate::kernels::reference;

/// `x part (steps, batch, gates·units), weights (units, gates·units)[, bias (gates·units)], initial
/// outputs (batch, units)[, initial cells (batch, units)] → outputs (steps, batch, units)[, cells
/// (steps, batch, units)][, gates (steps, batch, saved·units)]`: the bias of a GRU, the cells of an
/// LSTM. The x part is all that comes from outside, its bias included. Cells and gates are kept for
/// the way back; no gradient can begin at them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrent {
    /// What a unit is.
    pub cell: Cell,
    /// The gradient goes back past no multiple of so many steps (Williams & Peng 1990).
    pub truncation: Option<usize>,
}

/// `d outputs`, what [`Recurrent`] read but its x part and bias, and all that it gave `→ d x part[, d
/// recurrent part of a GRU], d initial outputs[, d initial cells]`. The recurrent part of other cells has
/// the gradient of the x part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecurrentGradient {
    /// What it is the gradient of.
    pub of: Recurrent,
}

/// `initial (batch, units), outputs (steps, batch, units) → (steps, batch, units)`: what each step
/// started from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviousHidden;

/// The next operand, if it is there.
fn next<'a>(rest: &mut impl Iterator<Item = &'a [f32]>, there: bool) -> &'a [f32] {
    if there { rest.next().unwrap_or_default() } else { &[] }
}

impl Recurrent {
    fn has_bias(self) -> bool {
        self.cell == Cell::Gru
    }

    fn keeps_gates(self) -> bool {
        self.cell.saved() > 0
    }

    /// Sizes of a layer with these outputs, `(steps, batch, units)`.
    fn sequence(self, hidden: &[usize]) -> Sequence {
        Sequence { cell: self.cell, steps: hidden[0], batch: hidden[1], units: hidden[2] }
    }

    /// The shape of the outputs, `(steps, batch, units)`.
    fn hidden_shape(self, x_part: &[usize]) -> Result<[usize; 3], Misfit> {
        let gates = self.cell.gates();
        let wanted = || format!("pre-activations (steps, batch, {gates} × units)");
        expect(x_part.len() == 3 && x_part[2].is_multiple_of(gates), wanted, x_part)?;
        Ok([x_part[0], x_part[1], x_part[2] / gates])
    }

    /// What it reads beside its x part and bias: weights and initial states.
    fn expect_drive(self, hidden: &[usize], drive: &[&[usize]]) -> Result<(), Misfit> {
        let (batch, units) = (hidden[1], hidden[2]);
        let weights = [units, self.cell.gates() * units];
        expect(drive[0] == weights, || format!("recurrent weights {weights:?}"), drive[0])?;
        for initial in &drive[1..] {
            expect(**initial == [batch, units], || format!("a start {:?}", [batch, units]), initial)?;
        }
        Ok(())
    }

    /// Shapes of what it gives, for outputs of this shape.
    fn given_shapes(self, hidden: &[usize]) -> Vec<Vec<usize>> {
        let mut shapes = vec![hidden.to_vec()];
        if self.cell.has_cell() {
            shapes.push(hidden.to_vec());
        }
        if self.keeps_gates() {
            shapes.push(vec![hidden[0], hidden[1], self.cell.saved() * hidden[2]]);
        }
        shapes
    }
}

impl Operation for Recurrent {
    fn name(&self) -> &'static str {
        match self.cell {
            Cell::Plain => "recurrent",
            Cell::Lstm => "lstm",
            Cell::Gru => "gru",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let count = 3 + usize::from(self.has_bias()) + usize::from(self.cell.has_cell());
        expect(inputs.len() == count, || format!("{count} inputs"), inputs.len())?;
        let wanted = || "a gradient through stretches of at least one step".to_owned();
        expect(self.truncation != Some(0), wanted, 0)?;
        let hidden = self.hidden_shape(inputs[0])?;
        let mut drive = inputs[1..].to_vec();
        if self.has_bias() {
            let columns = inputs[0][2];
            expect(inputs[2] == [columns], || format!("a bias of {columns} numbers"), inputs[2])?;
            drive.remove(1);
        }
        self.expect_drive(&hidden, &drive)?;
        Ok(self.given_shapes(&hidden))
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        self.hidden_shape(inputs[0]).map_or(0, |hidden| self.sequence(&hidden).workspace_len())
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        2 * len(inputs[0]) as u64 * inputs[1][0] as u64
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let d_hidden = cotangent.tensor(graph, node.outputs[0])?;
        let bias = self.has_bias().then(|| node.inputs[2]);
        let initial = node.inputs[2 + usize::from(self.has_bias())];
        let weights = node.inputs[1];
        let read = node.inputs[1..].iter().filter(|&&input| Some(input) != bias);
        let read: Vec<TensorId> = [&d_hidden].into_iter().chain(read).chain(&node.outputs).copied().collect();
        let mut found = graph.apply_all(RecurrentGradient { of: *self }.into(), &read)?.into_iter();
        let d_x_part = found.next();
        let d_part = if self.cell == Cell::Gru { found.next() } else { d_x_part };
        let mut gradients = vec![d_x_part, None];
        if let Some(d_part) = d_part {
            if graph.needs_gradient(weights) {
                let previous = graph.apply(PreviousHidden.into(), &[initial, node.outputs[0]])?;
                let product = ops::MatMul::of(true, false);
                gradients[1] = Some(graph.apply(product.into(), &[previous, d_part])?);
            }
            if let Some(bias) = bias {
                let sum = graph.needs_gradient(bias).then(|| graph.apply(ops::SumRows.into(), &[d_part]));
                gradients.push(sum.transpose()?);
            }
        }
        let initial = &node.inputs[gradients.len()..];
        let needed = |(found, &input)| graph.needs_gradient(input).then_some(found);
        gradients.extend(found.zip(initial).map(needed));
        Ok(gradients)
    }
    fn run(&self, Operands { inputs, shapes, outputs, workspace, .. }: Operands) {
        let hidden = self.hidden_shape(&shapes[0]).expect("checked when the node was added");
        let mut rest = inputs.into_iter();
        let mut take = |there: bool| next(&mut rest, there);
        let (x_part, weights) = (take(true), take(true));
        let bias = take(self.has_bias());
        let (initial, cells) = (take(true), take(self.cell.has_cell()));
        let bias = self.has_bias().then_some(bias);
        let drive = Drive { weights, bias, hidden: initial, cells };
        let [outputs, second, third, ..] = outputs;
        let (cells, gates) = if self.cell.has_cell() { (second, third) } else { (third, second) };
        let trace = Trace { hidden: outputs, cells, gates };
        sequence::forward(self.sequence(&hidden), drive, x_part, trace, workspace);
    }
    /// A stretch after the other; where one begins, what came before is not differentiated.
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let hidden = self.hidden_shape(given.shapes[0]).expect("it fits");
        let whole = self.sequence(&hidden);
        let (bias, states) = if self.has_bias() { (Some(given.inputs[2]), 3) } else { (None, 2) };
        let (state, part) = (whole.state_len(), whole.part_len() / whole.steps);
        let cells = given.inputs.get(states + 1).map_or(Vec::new(), |cells| cells.to_vec());
        let mut start = [given.inputs[states].to_vec(), cells];
        let mut all = [Vec::new(), Vec::new(), Vec::new()];
        let stretch = self.truncation.unwrap_or(whole.steps);
        for from in (0..whole.steps).step_by(stretch) {
            let steps = stretch.min(whole.steps - from);
            if from > 0
                && let Some(before) = &given.undisturbed
            {
                let kept = |numbers: &[f64]| numbers[(from - 1) * state..from * state].to_vec();
                start[0] = kept(before[0]);
                if self.cell.has_cell() {
                    start[1] = kept(before[1]);
                }
            }
            let drive = reference::recurrent::Drive {
                x_part: &given.inputs[0][from * part..][..steps * part],
                weights: given.inputs[1],
                bias,
                hidden: &start[0],
                cells: &start[1],
            };
            let found = reference::recurrent::forward(Sequence { steps, ..whole }, drive);
            for (all, found) in all.iter_mut().zip(&found) {
                all.extend_from_slice(found);
            }
            start = [0, 1].map(|at| found[at][found[at].len().saturating_sub(state)..].to_vec());
        }
        all.into_iter().filter(|numbers| !numbers.is_empty()).collect()
    }
}

impl Operation for RecurrentGradient {
    fn name(&self) -> &'static str {
        match self.of.cell {
            Cell::Plain => "recurrent_gradient",
            Cell::Lstm => "lstm_gradient",
            Cell::Gru => "gru_gradient",
        }
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        let hidden = inputs.first().copied().unwrap_or_default();
        expect(hidden.len() == 3, || "a gradient (steps, batch, units)".to_owned(), hidden)?;
        let given = self.of.given_shapes(hidden);
        let states = 2 + usize::from(self.of.cell.has_cell());
        let count = 1 + states + given.len();
        expect(inputs.len() == count, || format!("{count} inputs"), inputs.len())?;
        self.of.expect_drive(hidden, &inputs[1..=states])?;
        for (came, wanted) in inputs[1 + states..].iter().zip(&given) {
            expect(*came == wanted.as_slice(), || format!("what the layer gave, {wanted:?}"), came)?;
        }
        let part = vec![hidden[0], hidden[1], self.of.cell.gates() * hidden[2]];
        let parts = 1 + usize::from(self.of.cell == Cell::Gru);
        let initial = inputs[2..=states].iter().map(|shape| shape.to_vec());
        Ok(vec![part; parts].into_iter().chain(initial).collect())
    }
    fn workspace_len(&self, inputs: &[&[usize]]) -> usize {
        self.of.sequence(inputs[0]).gradient_workspace_len()
    }
    fn flops(&self, inputs: &[&[usize]]) -> u64 {
        2 * self.of.sequence(inputs[0]).part_len() as u64 * inputs[0][2] as u64
    }
    fn run(&self, Operands { inputs, shapes, outputs, workspace, .. }: Operands) {
        let mut rest = inputs.into_iter();
        let mut take = |there: bool| next(&mut rest, there);
        let (d_hidden, weights) = (take(true), take(true));
        let drive = Drive { weights, bias: None, hidden: take(true), cells: take(self.of.cell.has_cell()) };
        let (hidden, cells) = (take(true), take(self.of.cell.has_cell()));
        let trace = Trace { hidden, cells, gates: take(self.of.keeps_gates()) };
        let given = Given { hidden: d_hidden, last_cells: None, truncation: self.of.truncation };
        let [x_part, second, third, fourth, ..] = outputs;
        let (hidden_part, hidden, cells) =
            if self.of.cell == Cell::Gru { (second, third, fourth) } else { (fourth, second, third) };
        let out = Gradients { x_part, hidden_part, hidden, cells };
        sequence::backward(self.of.sequence(&shapes[0]), drive, trace, given, out, workspace);
    }
}

impl Operation for PreviousHidden {
    fn name(&self) -> &'static str {
        "previous_hidden"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        let fits = inputs[1].len() == 3 && inputs[1][1..] == *inputs[0];
        expect(fits, || "a start (batch, units) and outputs (steps, batch, units)".to_owned(), inputs)?;
        Ok(vec![inputs[1].to_vec()])
    }
    fn run(&self, Operands { inputs: [initial, hidden, ..], outputs: [out, ..], .. }: Operands) {
        sequence::previous_hidden(initial, hidden, out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        let (steps, batch, units) = (5, 2, 3);
        for cell in Cell::ALL {
            let columns = cell.gates() * units;
            let (x_part, weights, state) = ([steps, batch, columns], [units, columns], [batch, units]);
            let bias = [columns];
            let mut shapes: Vec<&[usize]> = vec![&x_part, &weights];
            if cell == Cell::Gru {
                shapes.push(&bias);
            }
            shapes.extend(vec![&state[..]; 1 + usize::from(cell.has_cell())]);
            let operands: Vec<Given> = shapes.into_iter().map(Given::Learned).collect();
            for truncation in [None, Some(1), Some(2), Some(9)] {
                check_operation(Recurrent { cell, truncation }, &operands);
            }
        }
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let refused = |truncation, shapes: [&[usize]; 4]| {
            let mut graph = Graph::new();
            let inputs = shapes.map(|shape| graph.input("given", shape));
            let lstm = Recurrent { cell: Cell::Lstm, truncation };
            graph.apply(lstm.into(), &inputs).unwrap_err().to_string()
        };
        let fitting: [&[usize]; 4] = [&[5, 2, 12], &[3, 12], &[2, 3], &[2, 3]];
        let error = refused(Some(0), fitting);
        assert_eq!(error, "lstm: expected a gradient through stretches of at least one step, got 0");
        let [x_part, weights, hidden, cells] = fitting;
        let error = refused(None, [&[5, 2, 13], weights, hidden, cells]);
        assert_eq!(error, "lstm: expected pre-activations (steps, batch, 4 × units), got [5, 2, 13]");
        let error = refused(None, [x_part, &[3, 11], hidden, cells]);
        assert_eq!(error, "lstm: expected recurrent weights [3, 12], got [3, 11]");
        let error = refused(None, [x_part, weights, hidden, &[3, 2]]);
        assert_eq!(error, "lstm: expected a start [2, 3], got [3, 2]");
    }

    #[test]
    fn no_gradient_begins_at_the_cells() {
        let mut graph = Graph::new();
        let x_part = graph.parameter("x part", &[5, 2, 12]);
        let weights = graph.parameter("weights", &[3, 12]);
        let states = ["outputs", "cells"].map(|name| graph.input(name, &[2, 3]));
        let lstm = Recurrent { cell: Cell::Lstm, truncation: None };
        let given = graph.apply_all(lstm.into(), &[x_part, weights, states[0], states[1]]).expect("fits");
        let target = graph.input("target", &[5, 2, 3]);
        let loss = graph.apply(ops::HalfMeanSquare.into(), &[given[1], target]).expect("fits");
        let error = graph.backward(loss).unwrap_err().to_string();
        assert_eq!(error, "lstm: expected a gradient of its first result, got one of another");
    }
}
