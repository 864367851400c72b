//! The flat form of a graph: operations in order, each tensor at a fixed place in one arena.
//!
//! The arena begins with what outlives a run: values, first and second moments of all parameters,
//! laid out by [`ParameterLayout`] and shared by every plan over the same parameters. Behind it
//! each plan places its transient tensors; two tensors share memory when they are never alive at
//! the same time. Offsets are multiples of 64 numbers (256 bytes), as a GPU wants its bindings.

use super::neuron_step::{NeuronStep, Readout};
use super::op::rows_and_columns;
use super::{Graph, Op, Role, TensorId};
use crate::kernels::matmul::Shape;
use core::fmt;
use core::ops::Range;

/// Numbers between which an offset may lie: 256 bytes.
pub const ALIGNMENT: usize = 64;

/// Where the parameters lie in the persistent part of the arena.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParameterLayout {
    ranges: Vec<Range<usize>>,
    span: usize,
}

impl ParameterLayout {
    /// One range for each parameter of `graph`, in order.
    pub fn of(graph: &Graph) -> Self {
        let mut span = 0;
        let mut place = |len: usize| {
            let start = span;
            span += len.next_multiple_of(ALIGNMENT);
            start..start + len
        };
        let ranges = graph.parameters().iter().map(|&id| place(graph.tensor(id).len())).collect();
        Self { ranges, span }
    }

    /// Where the values of each parameter lie.
    pub fn ranges(&self) -> &[Range<usize>] {
        &self.ranges
    }

    /// Numbers of all parameters with their gaps; the moments follow at one and two spans.
    pub fn span(&self) -> usize {
        self.span
    }

    /// Numbers that are learned.
    pub fn parameter_count(&self) -> usize {
        self.ranges.iter().map(Range::len).sum()
    }

    /// Numbers of the persistent part: values and two moments.
    pub fn persistent_len(&self) -> usize {
        3 * self.span
    }
}

/// One operation with its operands placed.
#[derive(Clone, Debug)]
pub struct PlanStep {
    /// What is computed.
    pub op: Op,
    /// Where each input lies.
    pub inputs: Vec<Range<usize>>,
    /// Shape of each input.
    pub input_shapes: Vec<Vec<usize>>,
    /// Where each output lies.
    pub outputs: Vec<Range<usize>>,
    /// Shape of the first output.
    pub output_shape: Vec<usize>,
    /// Scratch numbers, empty where none are needed.
    pub workspace: Range<usize>,
    /// Whether the first input holds spikes: zeros and ones alone.
    pub spikes: bool,
}

/// A graph ready to run.
#[derive(Clone, Debug)]
pub struct Plan {
    steps: Vec<PlanStep>,
    places: Vec<Range<usize>>,
    arena_len: usize,
}

impl Plan {
    /// Places every tensor of `graph`. Those in `keep` can be read after a run; the inputs can be
    /// written before it.
    pub fn compile(graph: &Graph, layout: &ParameterLayout, keep: &[TensorId]) -> Self {
        let last_use = last_uses(graph, keep);
        let mut places: Vec<Range<usize>> = vec![0..0; graph.tensors().len()];
        let mut space = Space::starting_at(layout.persistent_len());
        for (index, tensor) in graph.tensors().iter().enumerate() {
            match tensor.role {
                Role::Parameter(number) => places[index] = layout.ranges[number as usize].clone(),
                Role::Input => places[index] = space.take(tensor.len()),
                Role::Value => {}
            }
        }
        let mut steps = Vec::with_capacity(graph.nodes().len());
        for (at, node) in graph.nodes().iter().enumerate() {
            for &output in &node.outputs {
                places[output.index()] = space.take(graph.tensor(output).len());
            }
            let shapes: Vec<Vec<usize>> = node.inputs.iter().map(|&id| graph.shape(id).to_vec()).collect();
            let workspace = space.take(workspace_len(&node.op, &shapes));
            steps.push(PlanStep {
                op: node.op.clone(),
                inputs: node.inputs.iter().map(|id| places[id.index()].clone()).collect(),
                input_shapes: shapes,
                outputs: node.outputs.iter().map(|id| places[id.index()].clone()).collect(),
                output_shape: graph.shape(node.outputs[0]).to_vec(),
                workspace: workspace.clone(),
                spikes: holds_spikes(graph, node.inputs[0]),
            });
            space.give_back(workspace);
            // Inputs stay: they are written once and may serve several runs.
            let mut dead: Vec<TensorId> = node.inputs.iter().chain(&node.outputs).copied().collect();
            dead.sort_unstable();
            dead.dedup();
            for id in dead {
                if graph.tensor(id).role == Role::Value && last_use[id.index()] <= at {
                    space.give_back(places[id.index()].clone());
                }
            }
        }
        Self { steps, places, arena_len: space.end }
    }

    /// The operations in order.
    pub fn steps(&self) -> &[PlanStep] {
        &self.steps
    }

    /// Where a tensor lies.
    pub fn place(&self, id: TensorId) -> Range<usize> {
        self.places[id.index()].clone()
    }

    /// Numbers of the whole arena, the persistent part included.
    pub fn arena_len(&self) -> usize {
        self.arena_len
    }
}

/// The node after which each tensor is no longer read; the end for those in `keep`.
fn last_uses(graph: &Graph, keep: &[TensorId]) -> Vec<usize> {
    let mut last = vec![0; graph.tensors().len()];
    for (at, node) in graph.nodes().iter().enumerate() {
        for id in node.inputs.iter().chain(&node.outputs) {
            last[id.index()] = at;
        }
    }
    for id in keep {
        last[id.index()] = usize::MAX;
    }
    last
}

/// Whether a tensor can hold nothing but zeros and ones, by the operation that writes it.
fn holds_spikes(graph: &Graph, id: TensorId) -> bool {
    graph.nodes().iter().any(|node| {
        node.outputs[0] == id
            && match &node.op {
                Op::Encode(_) => true,
                Op::Neurons(step) => step.readout() == Readout::Spikes,
                _ => false,
            }
    })
}

/// The product that a `MatMul` node computes.
pub(super) fn product_shape(op: &Op, inputs: &[Vec<usize>]) -> Shape {
    let Op::MatMul { lhs_transposed, rhs_transposed } = op else {
        unreachable!("only products have a product shape")
    };
    let (rows, columns) = rows_and_columns(&inputs[0]);
    let (m, k) = if *lhs_transposed { (columns, rows) } else { (rows, columns) };
    let (rows, columns) = rows_and_columns(&inputs[1]);
    let n = if *rhs_transposed { rows } else { columns };
    Shape { m, k, n }
}

fn workspace_len(op: &Op, inputs: &[Vec<usize>]) -> usize {
    match op {
        Op::MatMul { .. } => product_shape(op, inputs).workspace_len(),
        Op::HalfMeanSquare => inputs[0].iter().product(),
        Op::CrossEntropy => inputs[1][0],
        Op::Neurons(_) | Op::NeuronsGradient(_) => {
            NeuronStep::workspace_len(inputs[0][0], *inputs[0].last().expect("units"))
        }
        _ => 0,
    }
}

/// Free pieces of the transient part, in order, never touching one another.
struct Space {
    free: Vec<Range<usize>>,
    end: usize,
}

impl Space {
    fn starting_at(start: usize) -> Self {
        Self { free: Vec::new(), end: start }
    }

    /// The smallest free piece that fits, else new space at the end.
    fn take(&mut self, len: usize) -> Range<usize> {
        let rounded = len.next_multiple_of(ALIGNMENT);
        let fitting = self.free.iter().enumerate().filter(|(_, piece)| piece.len() >= rounded);
        let start = match fitting.min_by_key(|(_, piece)| piece.len()).map(|(index, _)| index) {
            Some(index) => {
                let start = self.free[index].start;
                self.free[index].start += rounded;
                if self.free[index].is_empty() {
                    self.free.remove(index);
                }
                start
            }
            None => {
                self.end += rounded;
                self.end - rounded
            }
        };
        start..start + len
    }

    fn give_back(&mut self, piece: Range<usize>) {
        let piece = piece.start..piece.start + piece.len().next_multiple_of(ALIGNMENT);
        if piece.is_empty() {
            return;
        }
        let at = self.free.partition_point(|free| free.start < piece.start);
        self.free.insert(at, piece);
        for left in (0..self.free.len() - 1).rev() {
            if self.free[left].end == self.free[left + 1].start {
                self.free[left].end = self.free.remove(left + 1).end;
            }
        }
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        writeln!(f, "{:<28}{:<20}{:>12}{:>12}", "operation", "output", "offset", "bytes")?;
        for step in &self.steps {
            let place = &step.outputs[0];
            let shape = format!("{:?}", step.output_shape);
            writeln!(f, "{:<28}{:<20}{:>12}{:>12}", step.op.name(), shape, place.start, 4 * place.len())?;
        }
        write!(f, "arena: {} bytes", 4 * self.arena_len)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kernels::activation::Activation;

    #[test]
    fn tensors_alive_together_never_overlap() {
        let mut graph = Graph::new();
        let x = graph.input("x", &[3, 5]);
        let target = graph.input("target", &[3]);
        let mut hidden = x;
        for width in [70, 5, 90, 4] {
            let inner = *graph.shape(hidden).last().expect("a width");
            let w = graph.parameter("w", &[inner, width]);
            let b = graph.parameter("b", &[width]);
            let z = graph.linear(hidden, w, b);
            hidden = graph.apply(Op::Activate(Activation::Tanh), &[z]);
        }
        let loss = graph.apply(Op::CrossEntropy, &[hidden, target]);
        let gradients = graph.backward(loss);
        assert_eq!(gradients.len(), 8);
        let keep: Vec<TensorId> = gradients.iter().map(|pair| pair.gradient).chain([loss]).collect();
        let layout = ParameterLayout::of(&graph);
        let plan = Plan::compile(&graph, &layout, &keep);
        let last = last_uses(&graph, &keep);
        let mut born = vec![0; graph.tensors().len()];
        for (at, node) in graph.nodes().iter().enumerate() {
            for output in &node.outputs {
                born[output.index()] = at;
            }
        }
        let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        for a in 0..born.len() {
            for b in 0..a {
                let both_values =
                    graph.tensors()[a].role == Role::Value && graph.tensors()[b].role == Role::Value;
                let together = !both_values || (born[a] <= last[b] && born[b] <= last[a]);
                let apart = !overlap(&plan.places[a], &plan.places[b]);
                assert!(apart || !together, "tensors {a} and {b} are alive together in one place");
            }
        }
        assert!(plan.places.iter().all(|place| place.start % ALIGNMENT == 0));
        let without_sharing: usize =
            graph.tensors().iter().map(|tensor| tensor.len().next_multiple_of(ALIGNMENT)).sum();
        assert!(plan.arena_len - 2 * layout.span() < without_sharing + 2000, "memory is shared");
        assert!(plan.to_string().contains("matmul"));
    }
}
