//! What the rules that are not about a backward pass have in common: a stack of dense layers that reads
//! an example together with its class.

use crate::ann::layers::Dense;
use crate::ann::model::HoldInputs;
use crate::ann::{Layer, Loss, Model};
use crate::graph::ops::{Concat, Hold, OneHot, Reduce, Reshape, Slice};
use crate::graph::{BuildError, Graph, GraphError, TensorId, operation};
use crate::kernels::reduce::Reduction;

/// The hidden layers of a classifier, and what it reads.
#[derive(Debug)]
pub(super) struct Stack {
    /// Numbers of an example.
    pub inputs: usize,
    /// Units of each hidden layer.
    pub hidden: Vec<usize>,
    /// Classes to tell apart.
    pub classes: usize,
    /// Of each hidden layer, whether its units can be held.
    holdable: Vec<bool>,
}

impl Stack {
    /// That of `model`, for a rule of this name.
    ///
    /// # Errors
    /// If it is no classifier of dense layers with at least one hidden layer.
    pub fn of(model: &Model, rule: &'static str) -> Result<Self, BuildError> {
        let refused = |got: String| {
            let expected = "dense layers, at least one of them hidden, and cross-entropy";
            BuildError::Kind { rule, expected, got }
        };
        let (mut units, mut holdable) = (Vec::new(), Vec::new());
        for layer in &model.layers {
            match layer {
                Layer::Dense(Dense { units: count, .. }) => {
                    units.push(*count);
                    holdable.push(false);
                }
                Layer::Units(_) => holdable.iter_mut().last().into_iter().for_each(|last| *last = true),
                other => return Err(refused(format!("a layer {}", other.name()))),
            }
        }
        let classes = units.pop().unwrap_or(0);
        let [inputs] = model.example[..] else {
            return Err(refused(format!("examples {:?}", model.example)));
        };
        if units.is_empty() || classes < 2 || model.loss != Loss::CrossEntropy {
            return Err(refused(format!(
                "{} hidden layers, {classes} classes, {:?}",
                units.len(),
                model.loss
            )));
        }
        Ok(Self { inputs, hidden: units, classes, holdable })
    }

    /// The inputs by which units of a hidden layer are held, where the model lets them.
    pub fn hold(&self, graph: &mut Graph, layer: usize) -> Option<HoldInputs> {
        self.holdable[layer].then(|| {
            let shape = [self.hidden[layer]];
            HoldInputs { held: graph.input("held", &shape), level: graph.input("level", &shape) }
        })
    }

    /// The row that an example of unknown class meets, of `weights (inputs + classes, units)`: the mean of
    /// those of the classes (Hinton 2022, section 3.3, calls it the neutral label).
    pub fn of_no_class(&self, graph: &mut Graph, weights: TensorId) -> Result<TensorId, GraphError> {
        let range = self.inputs..self.inputs + self.classes;
        let rows = graph.apply(Slice { axis: 0, range }.into(), &[weights])?;
        graph.apply(Reduce { kind: Reduction::Mean, axis: 0 }.into(), &[rows])
    }

    /// `example (batch, inputs), class (batch) → (batch, inputs + classes)`.
    pub fn with_class(
        &self,
        graph: &mut Graph,
        example: TensorId,
        class: TensorId,
    ) -> Result<TensorId, GraphError> {
        let class = graph.apply(OneHot { classes: self.classes }.into(), &[class])?;
        graph.apply(Concat { axis: 1 }.into(), &[example, class])
    }

    /// The rows of `weights (inputs + classes, units)` that examples meet: `(inputs, units)`.
    pub fn of_example(&self, graph: &mut Graph, weights: TensorId) -> Result<TensorId, GraphError> {
        graph.apply(Slice { axis: 0, range: 0..self.inputs }.into(), &[weights])
    }

    /// The row that a class meets, of `weights (inputs + classes, units)`: `(units)`.
    pub fn of_class(
        &self,
        graph: &mut Graph,
        weights: TensorId,
        class: usize,
    ) -> Result<TensorId, GraphError> {
        let at = self.inputs + class;
        let row = graph.apply(Slice { axis: 0, range: at..at + 1 }.into(), &[weights])?;
        let shape = graph.shape(row)[1..].to_vec();
        graph.apply(Reshape { shape }.into(), &[row])
    }
}

/// `x (…, units)` with its held units at their level.
pub(super) fn held(graph: &mut Graph, x: TensorId, hold: Option<HoldInputs>) -> Result<TensorId, GraphError> {
    match hold {
        Some(HoldInputs { held, level }) => graph.apply(Hold.into(), &[x, held, level]),
        None => Ok(x),
    }
}

/// `columns`, each `(batch)`, `→ (batch, columns.len())`.
pub(super) fn side_by_side(graph: &mut Graph, columns: &[TensorId]) -> Result<TensorId, GraphError> {
    let mut parts = Vec::with_capacity(columns.len());
    for &column in columns {
        let shape = vec![graph.shape(column)[0], 1];
        parts.push(graph.apply(Reshape { shape }.into(), &[column])?);
    }
    while parts.len() > 1 {
        let joined = parts.chunks(operation::MAX_INPUTS);
        parts = joined
            .map(|parts| match parts {
                [one] => Ok(*one),
                many => graph.apply(Concat { axis: 1 }.into(), many),
            })
            .collect::<Result<_, _>>()?;
    }
    Ok(parts[0])
}
