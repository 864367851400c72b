//! Chosen columns, and classes as columns.

use crate::graph::autodiff::Cotangent;
use crate::graph::error::{GraphError, Misfit, expect};
use crate::graph::operation::{Operands, Operation};
#[cfg(test)]
use crate::graph::oracle::Exact;
use crate::graph::{Graph, Node, TensorId};
use crate::kernels::layout;

/// `x (…, n) → (…, columns.len())`: those columns, in that order; one may occur often.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatherColumns {
    /// Which.
    pub columns: Vec<u32>,
}

/// `x (…, columns.len()) → (…, units)`: each column added where it is told to be, zeros elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScatterColumns {
    /// Columns of the result.
    pub units: usize,
    /// Where each column of `x` goes.
    pub columns: Vec<u32>,
}

/// `class (batch) → (batch, classes)`: one at the class, zero elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneHot {
    /// How many there are.
    pub classes: usize,
}

/// `shape` with another number of columns.
fn with_columns(shape: &[usize], columns: usize) -> Vec<usize> {
    [&shape[..shape.len() - 1], &[columns]].concat()
}

fn expect_columns(inputs: &[&[usize]], columns: &[u32], units: usize) -> Result<(), Misfit> {
    expect(inputs.len() == 1 && !inputs[0].is_empty(), || "one tensor".to_owned(), inputs)?;
    let wrong = columns.iter().find(|&&column| column as usize >= units);
    match wrong {
        None => Ok(()),
        Some(column) => expect(false, || format!("columns below {units}"), column),
    }
}

impl Operation for GatherColumns {
    fn name(&self) -> &'static str {
        "gather_columns"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect_columns(inputs, &self.columns, inputs.first().and_then(|x| x.last()).copied().unwrap_or(0))?;
        Ok(vec![with_columns(inputs[0], self.columns.len())])
    }
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
        let units = graph.shape(node.inputs[0]).last().copied().unwrap_or(0);
        let scatter = ScatterColumns { units, columns: self.columns.clone() };
        Ok(vec![Some(graph.apply(scatter.into(), &[dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], shapes, outputs: [out, ..], .. }: Operands) {
        layout::gather_columns(shapes[0][shapes[0].len() - 1], x, &self.columns, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let rows = given.inputs[0].chunks_exact(given.shapes[0][given.shapes[0].len() - 1]);
        vec![rows.flat_map(|row| self.columns.iter().map(|&column| row[column as usize])).collect()]
    }
}

impl Operation for ScatterColumns {
    fn name(&self) -> &'static str {
        "scatter_columns"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect_columns(inputs, &self.columns, self.units)?;
        let count = self.columns.len();
        expect(inputs[0].last() == Some(&count), || format!("{count} columns"), inputs[0])?;
        Ok(vec![with_columns(inputs[0], self.units)])
    }
    fn gradients(
        &self,
        graph: &mut Graph,
        node: &Node,
        cotangent: Cotangent,
    ) -> Result<Vec<Option<TensorId>>, GraphError> {
        let dy = cotangent.tensor(graph, node.outputs[0])?;
        Ok(vec![Some(graph.apply(GatherColumns { columns: self.columns.clone() }.into(), &[dy])?)])
    }
    fn run(&self, Operands { inputs: [x, ..], outputs: [out, ..], .. }: Operands) {
        layout::scatter_columns(self.units, x, &self.columns, out);
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let rows = given.inputs[0].chunks_exact(self.columns.len());
        let spread = |row: &[f64]| {
            let mut out = vec![0.0; self.units];
            row.iter().zip(&self.columns).for_each(|(x, &column)| out[column as usize] += x);
            out
        };
        vec![rows.flat_map(spread).collect()]
    }
}

impl Operation for OneHot {
    fn name(&self) -> &'static str {
        "one_hot"
    }
    fn output_shapes(&self, inputs: &[&[usize]]) -> Result<Vec<Vec<usize>>, Misfit> {
        expect(inputs.len() == 1 && inputs[0].len() == 1, || "classes (batch)".to_owned(), inputs)?;
        Ok(vec![vec![inputs[0][0], self.classes]])
    }
    fn names(&self, _: &[&[usize]]) -> Option<(usize, usize)> {
        Some((0, self.classes))
    }
    fn has_gradient(&self) -> bool {
        false
    }
    fn gives_spikes(&self, _: &[bool]) -> bool {
        true
    }
    fn run(&self, Operands { inputs: [class, ..], outputs: [out, ..], .. }: Operands) {
        out.fill(0.0);
        for (out, class) in out.chunks_exact_mut(self.classes).zip(class) {
            out[*class as usize] = 1.0;
        }
    }
    #[cfg(test)]
    fn exact(&self, given: &Exact) -> Vec<Vec<f64>> {
        let hot = |&class: &f64| (0..self.classes).map(move |at| f64::from(at == class as usize));
        vec![given.inputs[0].iter().flat_map(hot).collect()]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::Op;
    use crate::graph::ops::{HalfMeanSquare, Mul};
    use crate::graph::oracle::{Given, check, check_operation, numbers};

    #[test]
    fn values_and_gradients() {
        let columns = vec![3, 0, 3, 1];
        check_operation(GatherColumns { columns: columns.clone() }, &[Given::Learned(&[2, 3, 5])]);
        check_operation(ScatterColumns { units: 5, columns }, &[Given::Learned(&[2, 3, 4])]);
        check("one hot", |graph| {
            let (w, class) = (graph.parameter("w", &[3, 4]), graph.input("class", &[3]));
            let target = graph.input("target", &[3, 4]);
            let hot = graph.apply(OneHot { classes: 4 }.into(), &[class]).expect("fits");
            let y = graph.apply(Mul.into(), &[w, hot]).expect("fits");
            let loss = graph.apply(HalfMeanSquare.into(), &[y, target]).expect("fits");
            (vec![(class, vec![2.0, 0.0, 3.0]), (target, numbers(12, 1))], loss)
        });
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        let mut graph = Graph::new();
        let x = graph.input("x", &[2, 3]);
        let mut refused = |op: Op| graph.apply(op, &[x]).unwrap_err().to_string();
        let gather = refused(GatherColumns { columns: vec![0, 3] }.into());
        assert_eq!(gather, "gather_columns: expected columns below 3, got 3");
        let scatter = refused(ScatterColumns { units: 4, columns: vec![0, 3] }.into());
        assert_eq!(scatter, "scatter_columns: expected 2 columns, got [2, 3]");
        let hot = refused(OneHot { classes: 2 }.into());
        assert_eq!(hot, "one_hot: expected classes (batch), got [[2, 3]]");
    }
}
