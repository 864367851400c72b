//! The flat form of a graph: operations in order, each tensor at a fixed place in one arena.
//!
//! The arena begins with what outlives a run: values, first and second moments of all parameters,
//! laid out by [`ParameterLayout`] and shared by every plan over the same parameters. Behind it
//! each plan places its transient tensors; two tensors share memory when they are never alive at
//! the same time, and a view lies where what it shows lies. Offsets are multiples of 64 numbers (256 bytes), as a GPU wants its bindings.

use super::arena::Placed;
use super::fuse::fuse;
use super::operation::{Draws, Operands};
use super::{BuildError, Graph, GraphError, MemoryError, Node, Op, Role, Tensor, TensorId, WorkError};
use crate::order;
use core::fmt;
use core::ops::Range;

/// Numbers between which an offset may lie: 256 bytes.
pub const ALIGNMENT: usize = 64;

/// Most bytes of an arena: what a page with one thread can count on in its 4 GiB of addresses, beside
/// data and checkpoints.
pub const ARENA_LIMIT: u64 = 1_500_000_000;

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
            span = rounded(len).saturating_add(span);
            start..start.saturating_add(len)
        };
        let ranges = graph.parameters().iter().map(|&id| place(graph.tensor(id).len())).collect();
        Self { ranges, span }
    }

    /// Whether each parameter of `graph` has its place here; places of others may follow.
    fn check(&self, graph: &Graph) -> Result<(), GraphError> {
        let has_place = |(at, &id): (usize, &TensorId)| {
            self.ranges.get(at).map(Range::len) == Some(graph.tensor(id).len())
        };
        match graph.parameters().iter().enumerate().find(|&pair| !has_place(pair)) {
            None => Ok(()),
            Some((at, &id)) => Err(GraphError::Misfit {
                op: "plan",
                expected: format!("a place of {} numbers for parameter {at}", graph.tensor(id).len()),
                got: format!("{:?}", self.ranges.get(at)),
            }),
        }
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
        self.span.saturating_mul(3)
    }
}

/// One operation with its operands placed.
#[derive(Clone, Debug)]
pub struct PlanStep {
    /// What is computed.
    pub op: Op,
    /// Shape of each input.
    pub input_shapes: Vec<Vec<usize>>,
    /// Shape of the first output.
    pub output_shape: Vec<usize>,
    /// Floating-point operations of a run.
    pub flops: u64,
    placed: Placed,
    spikes: bool,
}

impl PlanStep {
    /// Where its operands lie in the arena.
    pub fn placed(&self) -> &Placed {
        &self.placed
    }

    /// Its numbers in `arena`.
    pub(super) fn operands<'a>(&'a self, arena: &'a mut [f32], draws: Draws<'a>) -> Operands<'a> {
        self.placed.operands(arena, &self.input_shapes, draws, self.spikes)
    }
}

/// An input of a plan.
#[derive(Clone, Debug)]
struct Fed {
    tensor: TensorId,
    name: String,
    /// How many things its numbers name, where they do.
    below: Option<usize>,
}

/// A graph ready to run.
#[derive(Clone, Debug)]
pub struct Plan {
    fed: Vec<Fed>,
    keys: usize,
    steps: Vec<PlanStep>,
    places: Vec<Range<usize>>,
    arena_len: usize,
}

impl Plan {
    /// Places every tensor of `graph`. Those in `keep` can be read after a run; the inputs can be
    /// written before it. Nothing is allocated but the plan itself.
    ///
    /// # Errors
    /// If the arena would take more than [`ARENA_LIMIT`], or `layout` is that of other parameters.
    pub fn compile(graph: &Graph, layout: &ParameterLayout, keep: &[TensorId]) -> Result<Self, BuildError> {
        layout.check(graph)?;
        graph.know("plan", keep)?;
        let most = graph.tensors().iter().map(Tensor::bytes).max().unwrap_or(0);
        if most > ARENA_LIMIT {
            // Where one tensor is too large the others are not placed: it is this much at least.
            let needed = most.max((layout.persistent_len() as u64).saturating_mul(4));
            return Err(MemoryError { needed, limit: ARENA_LIMIT }.into());
        }
        let nodes = fuse(graph, keep);
        let owners = owners(graph, &nodes);
        let last_use = last_uses(&owners, &nodes, keep);
        let mut places: Vec<Range<u64>> = vec![0..0; graph.tensors().len()];
        let mut space = Space::starting_at(layout.persistent_len() as u64);
        for (index, tensor) in graph.tensors().iter().enumerate() {
            match tensor.role {
                Role::Parameter(number) => {
                    let Range { start, end } = layout.ranges[number as usize];
                    places[index] = start as u64..end as u64;
                }
                Role::Input => places[index] = space.take(tensor.len()),
                Role::Value => {}
            }
        }
        let mut placed = Vec::with_capacity(nodes.len());
        for (at, node) in nodes.into_iter().enumerate() {
            let mut dead: Vec<usize> =
                node.inputs.iter().chain(&node.outputs).map(|id| owners[id.index()]).collect();
            if node.op.operation().is_view() {
                places[node.outputs[0].index()] = places[node.inputs[0].index()].clone();
            } else {
                for &output in &node.outputs {
                    places[output.index()] = space.take(graph.tensor(output).len());
                }
                let shapes: Vec<&[usize]> = node.inputs.iter().map(|&id| graph.shape(id)).collect();
                let workspace = space.take(node.op.operation().workspace_len(&shapes));
                space.give_back(workspace.clone());
                placed.push((node, workspace));
            }
            // Inputs stay: they are written once and may serve several runs.
            order::sort(&mut dead);
            dead.dedup();
            for owner in dead {
                if graph.tensors()[owner].role == Role::Value && last_use[owner] <= at {
                    space.give_back(places[owner].clone());
                }
            }
        }
        space.fits()?;
        let usable = |place: &Range<u64>| place.start as usize..place.end as usize;
        let places: Vec<Range<usize>> = places.iter().map(usable).collect();
        let step = |(node, workspace)| place_step(graph, node, &places, usable(&workspace));
        let steps = placed.into_iter().map(step).collect();
        let (fed, keys) = (inputs(graph, &owners), keys(graph));
        Ok(Self { fed, keys, steps, places, arena_len: space.end as usize })
    }

    /// Whether these numbers can be written to the inputs.
    ///
    /// # Errors
    /// What was expected and what came, where not.
    pub fn check(&self, inputs: &[(TensorId, &[f32])]) -> Result<(), WorkError> {
        inputs.iter().try_for_each(|&(tensor, numbers)| {
            let fed = self.fed.iter().find(|fed| fed.tensor == tensor).ok_or(WorkError::NoInput)?;
            let expected = self.place(tensor).len();
            if numbers.len() != expected {
                return Err(WorkError::Length { input: fed.name.clone(), expected, got: numbers.len() });
            }
            let Some(below) = fed.below else { return Ok(()) };
            let names = |x: f32| (0.0..below as f32).contains(&x) && x == x.trunc();
            match numbers.iter().position(|&x| !names(x)) {
                None => Ok(()),
                Some(place) => {
                    Err(WorkError::Name { input: fed.name.clone(), below, place, got: numbers[place] })
                }
            }
        })
    }

    /// Whether so many keys are enough for all that is drawn.
    ///
    /// # Errors
    /// How many it takes, where not.
    pub fn check_keys(&self, got: usize) -> Result<(), WorkError> {
        if got >= self.keys { Ok(()) } else { Err(WorkError::Keys { expected: self.keys, got }) }
    }

    /// The operations in order.
    pub fn steps(&self) -> &[PlanStep] {
        &self.steps
    }

    /// Where a tensor lies.
    pub fn place(&self, id: TensorId) -> Range<usize> {
        self.places[id.index()].clone()
    }

    /// Floating-point operations of a run.
    pub fn flops(&self) -> u64 {
        self.steps.iter().map(|step| step.flops).sum()
    }

    /// Numbers of the whole arena, the persistent part included.
    pub fn arena_len(&self) -> usize {
        self.arena_len
    }
}

/// The node as a step, with its operands where they lie.
fn place_step(graph: &Graph, node: Node, places: &[Range<usize>], workspace: Range<usize>) -> PlanStep {
    let shapes: Vec<&[usize]> = node.inputs.iter().map(|&id| graph.shape(id)).collect();
    let place = |ids: &[TensorId]| ids.iter().map(|id| places[id.index()].clone()).collect();
    PlanStep {
        flops: node.op.operation().flops(&shapes),
        input_shapes: shapes.into_iter().map(<[usize]>::to_vec).collect(),
        output_shape: graph.shape(node.outputs[0]).to_vec(),
        placed: Placed::new(place(&node.inputs), place(&node.outputs), workspace),
        spikes: node.inputs.first().is_some_and(|&id| graph.holds_spikes(id)),
        op: node.op,
    }
}

/// For each tensor the one whose place it has: itself, unless it is a view.
fn owners(graph: &Graph, nodes: &[Node]) -> Vec<usize> {
    let mut owners: Vec<usize> = (0..graph.tensors().len()).collect();
    for node in nodes.iter().filter(|node| node.op.operation().is_view()) {
        owners[node.outputs[0].index()] = owners[node.inputs[0].index()];
    }
    owners
}

/// The inputs, with what their numbers name.
fn inputs(graph: &Graph, owners: &[usize]) -> Vec<Fed> {
    let mut below: Vec<Option<usize>> = vec![None; owners.len()];
    for node in graph.nodes() {
        let shapes: Vec<&[usize]> = node.inputs.iter().map(|&id| graph.shape(id)).collect();
        if let Some((input, count)) = node.op.operation().names(&shapes) {
            let below = &mut below[owners[node.inputs[input].index()]];
            *below = Some(below.map_or(count, |most| most.min(count)));
        }
    }
    let tensors = graph.tensors().iter().zip(below).zip(0..);
    let fed = tensors.filter(|((tensor, _), _)| tensor.role == Role::Input);
    fed.map(|((tensor, below), at)| Fed { tensor: TensorId(at), name: tensor.name.clone(), below }).collect()
}

/// Examples of the largest batch that draws.
fn keys(graph: &Graph) -> usize {
    let drawing = graph.nodes().iter().filter(|node| node.op.operation().draws());
    drawing.filter_map(|node| graph.shape(*node.inputs.first()?).first().copied()).max().unwrap_or(0)
}

/// The node after which each tensor is no longer read, whoever shows it; the end for those in `keep`.
fn last_uses(owners: &[usize], nodes: &[Node], keep: &[TensorId]) -> Vec<usize> {
    let mut last = vec![0; owners.len()];
    for (at, node) in nodes.iter().enumerate() {
        for id in node.inputs.iter().chain(&node.outputs) {
            last[owners[id.index()]] = at;
        }
    }
    for id in keep {
        last[owners[id.index()]] = usize::MAX;
    }
    last
}

/// `len` with the gap behind it; nothing overflows where addresses have 32 bits.
fn rounded(len: usize) -> usize {
    len.checked_next_multiple_of(ALIGNMENT).unwrap_or(usize::MAX)
}

/// Free pieces of the transient part, in order, never touching one another. Counted in 64 bits, so that
/// a model which no memory holds can be told how much it would take.
struct Space {
    free: Vec<Range<u64>>,
    end: u64,
}

impl Space {
    fn starting_at(start: u64) -> Self {
        Self { free: Vec::new(), end: start }
    }

    fn fits(&self) -> Result<(), MemoryError> {
        let needed = self.end.saturating_mul(4);
        if needed > ARENA_LIMIT { Err(MemoryError { needed, limit: ARENA_LIMIT }) } else { Ok(()) }
    }

    /// The smallest free piece that fits, else new space at the end.
    fn take(&mut self, len: usize) -> Range<u64> {
        let (len, rounded) = (len as u64, rounded(len) as u64);
        let room = |piece: &Range<u64>| piece.end - piece.start;
        let fitting = self.free.iter().enumerate().filter(|(_, piece)| room(piece) >= rounded);
        let start = match fitting.min_by_key(|(_, piece)| room(piece)).map(|(index, _)| index) {
            Some(index) => {
                let start = self.free[index].start;
                self.free[index].start += rounded;
                if self.free[index].is_empty() {
                    self.free.remove(index);
                }
                start
            }
            None => {
                let start = self.end;
                self.end = start.saturating_add(rounded);
                start
            }
        };
        start..start.saturating_add(len)
    }

    fn give_back(&mut self, piece: Range<u64>) {
        let len = (piece.end - piece.start).checked_next_multiple_of(ALIGNMENT as u64);
        let piece = piece.start..piece.start.saturating_add(len.unwrap_or(u64::MAX));
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
    /// A table: operation, shapes, where the result lies, what it takes and what it costs.
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let widths = |shapes: &[Vec<usize>]| {
            shapes.iter().map(|shape| Shape(shape).to_string()).collect::<Vec<String>>().join(" · ")
        };
        let inputs: Vec<String> = self.steps.iter().map(|step| widths(&step.input_shapes)).collect();
        let wide = inputs.iter().map(|text| text.chars().count()).max().unwrap_or(0).max(6);
        writeln!(
            f,
            "{:<26}{:<wide$}  {:<16}{:>10}{:>11}{:>11}{:>13}",
            "operation", "inputs", "output", "offset", "bytes", "scratch", "flops"
        )?;
        for (step, inputs) in self.steps.iter().zip(&inputs) {
            let place = &step.placed.outputs()[0];
            let bytes: usize = step.placed.outputs().iter().map(|place| 4 * place.len()).sum();
            writeln!(
                f,
                "{:<26}{inputs:<wide$}  {:<16}{:>10}{bytes:>11}{:>11}{:>13}",
                step.op.operation().name(),
                Shape(&step.output_shape).to_string(),
                4 * place.start,
                4 * step.placed.workspace().len(),
                step.flops,
            )?;
        }
        write!(
            f,
            "{} operations, {} bytes of arena, {} flops",
            self.steps.len(),
            4 * self.arena_len,
            self.flops()
        )
    }
}

/// A shape as `64×784`.
struct Shape<'a>(&'a [usize]);

impl fmt::Display for Shape<'_> {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let extents: Vec<String> = self.0.iter().map(usize::to_string).collect();
        write!(f, "{}", extents.join("×"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::ops::{CrossEntropy, StopGradient};
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
            let z = graph.linear(hidden, w, b).expect("fits");
            hidden = graph.activate(Activation::Tanh, z).expect("fits");
            // Seen otherwise, twice over, and once more by nobody.
            let shape = graph.shape(hidden).to_vec();
            let flat = graph.reshape(hidden, &[3 * width]).expect("fits");
            hidden = graph.reshape(flat, &shape).expect("fits");
            graph.apply(StopGradient.into(), &[hidden]).expect("fits");
        }
        let loss = graph.apply(CrossEntropy.into(), &[hidden, target]).expect("fits");
        let gradients = graph.backward(loss).expect("gradients");
        assert_eq!(gradients.len(), 8);
        let keep: Vec<TensorId> = gradients.iter().map(|pair| pair.gradient).chain([loss]).collect();
        let layout = ParameterLayout::of(&graph);
        let plan = Plan::compile(&graph, &layout, &keep).expect("small");
        let nodes = fuse(&graph, &keep);
        let owners = owners(&graph, &nodes);
        let last = last_uses(&owners, &nodes, &keep);
        let mut born = vec![0; graph.tensors().len()];
        for (at, node) in nodes.iter().enumerate() {
            for output in &node.outputs {
                born[output.index()] = at;
            }
        }
        let overlap = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
        for a in 0..born.len() {
            for b in 0..a {
                if owners[a] == owners[b] {
                    assert_eq!(plan.places[a], plan.places[b], "a view lies where what it shows lies");
                    continue;
                }
                let both_values =
                    graph.tensors()[a].role == Role::Value && graph.tensors()[b].role == Role::Value;
                let (a, b) = (owners[a], owners[b]);
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
        assert!(!plan.steps.iter().any(|step| step.op.operation().is_view()), "a view costs nothing");
    }
}
