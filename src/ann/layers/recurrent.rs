//! Units that remember, stepped over a sequence.

use super::require;
use crate::ann::model::{Builder, Linear, Start};
use crate::graph::{GraphError, TensorId, ops};
use crate::kernels::recurrent::Cell;

/// Recurrent units, which begin at 0: `(batch, steps, n)` → their outputs after the last step
/// `(batch, units)`, or after every step `(batch, steps, units)`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recurrent {
    /// What a unit is.
    pub cell: Cell,
    /// Number of units.
    pub units: usize,
    /// The gradient goes back past no multiple of so many steps.
    pub truncation: Option<usize>,
    /// Whether the outputs of the last step are all that is given.
    pub last: bool,
}

impl Recurrent {
    pub(super) fn add(&self, builder: &mut Builder, x: TensorId) -> Result<TensorId, GraphError> {
        let Self { cell, units, truncation, last } = *self;
        let columns = units.saturating_mul(cell.gates());
        let shape = builder.graph.shape(x);
        require("recurrent", shape.len() == 3, || "(batch, steps, n)".to_owned(), shape)?;
        // Time is outermost inside; the sequence that comes is narrower than the gates, mostly.
        let sequence = builder.graph.apply(ops::Permute { order: vec![1, 0, 2] }.into(), &[x])?;
        let fan_in = builder.columns(x);
        let weights =
            builder.parameter("weights", &[fan_in, columns], Start::Weights { fan_in, fan_out: units });
        let bias = builder.bias(columns);
        let drive = builder.graph.linear(sequence, weights, bias)?;
        builder.weighted(Linear { read: x, weights, bias, drive });
        let start = Start::Weights { fan_in: units, fan_out: units };
        let mut read = vec![drive, builder.parameter("recurrent weights", &[units, columns], start)];
        if cell == Cell::Gru {
            read.push(builder.bias(columns));
        }
        let shape = vec![builder.batch, units];
        let rest = builder.graph.apply(ops::Constant { value: 0.0, shape }.into(), &[])?;
        read.extend(vec![rest; 1 + usize::from(cell.has_cell())]);
        let hidden = builder.graph.apply(ops::Recurrent { cell, truncation }.into(), &read)?;
        if !last {
            return builder.graph.apply(ops::Permute { order: vec![1, 0, 2] }.into(), &[hidden]);
        }
        let steps = builder.graph.shape(hidden)[0];
        let end = ops::Slice { axis: 0, range: steps - 1..steps };
        let end = builder.graph.apply(end.into(), &[hidden])?;
        let shape = [builder.batch, units];
        builder.graph.reshape(end, &shape)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ann::{Loss, Mode, Model};

    #[test]
    fn a_sequence_becomes_its_end_or_a_sequence() {
        for cell in Cell::ALL {
            for (last, output) in [(true, &[4, 5][..]), (false, &[4, 7, 5])] {
                let layer = Recurrent { cell, units: 5, truncation: Some(3), last };
                let loss = Loss::HalfMeanSquare(crate::kernels::activation::Activation::Linear);
                let model = Model { example: vec![7, 3], layers: vec![layer.into()], loss };
                let mut network = model.build(4, Mode::Learn).expect("it fits");
                assert_eq!(network.graph.shape(network.output), output);
                let gradients = network.graph.backward(network.loss.expect("a loss")).expect("gradients");
                assert_eq!(gradients.len(), if cell == Cell::Gru { 4 } else { 3 });
            }
        }
    }

    #[test]
    fn what_is_no_sequence_is_refused() {
        let layer = Recurrent { cell: Cell::Lstm, units: 5, truncation: None, last: true };
        let flat = Model { example: vec![7], layers: vec![layer.into()], loss: Loss::CrossEntropy };
        let error = flat.build(4, Mode::Learn).unwrap_err().to_string();
        assert_eq!(error, "recurrent: expected (batch, steps, n), got [4, 7]");
    }
}
