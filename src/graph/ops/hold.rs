//! Units that are held: a lesion holds a unit at 0, a clamp at any number.

use super::elementwise::expect_row;
use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, Op, TensorId};

/// `x (…, units), held (units), level (units) → y`: `level` where `held` is not 0, else `x`. Both are
/// inputs of the graph, so a unit is held and let go without another plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hold;

/// `dy, held → dx`: 0 where a unit is held.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HoldGradient;

impl Operation for Hold {
    fn name(&self) -> &'static str {
        "hold"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 3, || "three inputs".to_owned(), inputs.len())?;
        expect_row(inputs[0], inputs[1])?;
        expect_row(inputs[0], inputs[2])?;
        Ok(vec![inputs[0].to_vec()])
    }
    /// A unit may be held at any number: products look at what they are given.
    fn gives_spikes(&self, inputs: &[bool]) -> bool {
        inputs[0]
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        Ok(vec![Some(graph.apply(Op::HoldGradient(HoldGradient), &[dy, node.inputs[1]])?), None, None])
    }
    fn run(&self, Operands { inputs: [x, held, level, ..], outputs: [out, ..], .. }: Operands) {
        hold(x, held, |unit| level[unit], out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let [x, held, level] = [0, 1, 2].map(|at| given.inputs[at]);
        let units = held.len();
        let unit = |at: usize| if held[at % units] == 0.0 { x[at] } else { level[at % units] };
        vec![(0..x.len()).map(unit).collect()]
    }
}

impl Operation for HoldGradient {
    fn name(&self) -> &'static str {
        "hold_gradient"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 2, || "two inputs".to_owned(), inputs.len())?;
        expect_row(inputs[0], inputs[1])?;
        Ok(vec![inputs[0].to_vec()])
    }
    fn run(&self, Operands { inputs: [dy, held, ..], outputs: [out, ..], .. }: Operands) {
        hold(dy, held, |_| 0.0, out);
    }
}

/// Few units are held at a time, so they are written over a copy.
fn hold(x: &[f32], held: &[f32], level: impl Fn(usize) -> f32, out: &mut [f32]) {
    out.copy_from_slice(x);
    let units = held.len();
    for (unit, _) in held.iter().enumerate().filter(|(_, held)| **held != 0.0) {
        for out in out[unit..].iter_mut().step_by(units) {
            *out = level(unit);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::oracle::{Given, check_operation};

    #[test]
    fn values_and_gradients() {
        let rows = [Given::Fixed(&[3], vec![0.0, 1.0, 0.0]), Given::Fixed(&[3], vec![0.0, 0.7, 2.0])];
        let [held, level] = rows;
        check_operation(Hold, &[Given::Learned(&[4, 3]), held, level]);
    }
}
