//! Runs plans. The face is asynchronous, `submit` then `poll`, because a GPU answers later; the CPU
//! has finished when `submit` returns.

use super::plan::{ParameterLayout, Plan, PlanStep, product_shape};
use super::{Op, TensorId, op::rows_and_columns};
use crate::kernels::elementwise::{self, Pull, Update};
use crate::kernels::matmul::{self, Finish, Operand, Start};
use crate::kernels::{loss, reduce, spikes};
use crate::rng::Stream;
use core::ops::Range;

/// Where a run's draws come from: one stream, and for each example the step at which it draws.
#[derive(Clone, Copy)]
pub struct Draws<'a> {
    /// The stream of all draws of the run.
    pub stream: Stream,
    /// One key for each example of the batch.
    pub keys: &'a [u64],
}

/// A parameter update: which gradient belongs to which parameter, and by which rule.
#[derive(Clone, Copy)]
pub struct UpdateWork<'a> {
    /// Parameters by their number, each with the tensor of its gradient.
    pub gradients: &'a [(usize, TensorId)],
    /// The rule, with its numbers for this step.
    pub rule: Update,
    /// Step size and regularisation.
    pub pull: Pull,
    /// A number that must be finite, or the update is left out.
    pub guard: TensorId,
}

/// Something to do, in the order of submission.
#[derive(Clone, Copy)]
pub enum Work<'a> {
    /// Write inputs, run all operations.
    Run {
        /// What to run.
        plan: &'a Plan,
        /// Numbers of the inputs.
        inputs: &'a [(TensorId, &'a [f32])],
        /// Where random numbers come from.
        draws: Draws<'a>,
    },
    /// Move the parameters along the gradients that the last run of `plan` left.
    Update {
        /// Whose gradients.
        plan: &'a Plan,
        /// How.
        update: UpdateWork<'a>,
    },
}

/// Names work that was handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ticket(u64);

/// Runs plans over parameters that it keeps.
pub trait Executor {
    /// Hands work in; work is done in the order of its tickets.
    fn submit(&mut self, work: Work) -> Ticket;
    /// Whether the work is done, so that its results may be read.
    fn poll(&mut self, ticket: Ticket) -> bool;
    /// A kept tensor of the last finished run of `plan`.
    fn read(&self, plan: &Plan, tensor: TensorId) -> &[f32];
    /// Values and moments of all parameters, as [`ParameterLayout`] lays them out.
    fn persistent(&self) -> &[f32];
    /// The same, to be overwritten.
    fn persistent_mut(&mut self) -> &mut [f32];
}

/// The executor of this machine's processor: SIMD, with or without threads.
#[derive(Clone, Debug)]
pub struct CpuExecutor {
    arena: Vec<f32>,
    layout: ParameterLayout,
    submitted: u64,
}

impl CpuExecutor {
    /// An executor with all parameters at zero.
    pub fn new(layout: ParameterLayout) -> Self {
        Self { arena: vec![0.0; layout.persistent_len()], layout, submitted: 0 }
    }

    /// The layout of its parameters.
    pub fn layout(&self) -> &ParameterLayout {
        &self.layout
    }

    fn make_room(&mut self, plan: &Plan) {
        if self.arena.len() < plan.arena_len() {
            self.arena.reserve_exact(plan.arena_len() - self.arena.len());
            self.arena.resize(plan.arena_len(), 0.0);
        }
    }

    fn update(&mut self, plan: &Plan, update: UpdateWork) {
        if !self.arena[plan.place(update.guard).start].is_finite() {
            return;
        }
        for &(number, gradient) in update.gradients {
            let values = self.layout.ranges()[number].clone();
            let moved = |spans: usize| {
                values.start + spans * self.layout.span()..values.end + spans * self.layout.span()
            };
            let ranges = [values.clone(), plan.place(gradient), moved(1), moved(2)];
            let [w, g, m, v] = disjoint(&mut self.arena, ranges);
            elementwise::update(update.rule, update.pull, w, g, m, v);
        }
    }
}

impl Executor for CpuExecutor {
    fn submit(&mut self, work: Work) -> Ticket {
        match work {
            Work::Run { plan, inputs, draws } => {
                self.make_room(plan);
                for (tensor, numbers) in inputs {
                    self.arena[plan.place(*tensor)].copy_from_slice(numbers);
                }
                for step in plan.steps() {
                    run(step, &mut self.arena, draws);
                }
            }
            Work::Update { plan, update } => self.update(plan, update),
        }
        self.submitted += 1;
        Ticket(self.submitted)
    }

    fn poll(&mut self, ticket: Ticket) -> bool {
        ticket.0 <= self.submitted
    }

    fn read(&self, plan: &Plan, tensor: TensorId) -> &[f32] {
        &self.arena[plan.place(tensor)]
    }

    fn persistent(&self) -> &[f32] {
        &self.arena[..self.layout.persistent_len()]
    }

    fn persistent_mut(&mut self) -> &mut [f32] {
        let len = self.layout.persistent_len();
        &mut self.arena[..len]
    }
}

fn disjoint<const N: usize>(arena: &mut [f32], ranges: [Range<usize>; N]) -> [&mut [f32]; N] {
    arena.get_disjoint_mut(ranges).expect("operands alive together never overlap")
}

fn run(step: &PlanStep, arena: &mut [f32], draws: Draws) {
    let input = |index: usize| step.inputs[index].clone();
    let output = |index: usize| step.outputs[index].clone();
    match &step.op {
        Op::MatMul { lhs_transposed, rhs_transposed } => {
            let shape = product_shape(&step.op, &step.input_shapes);
            let workspace = step.workspace.clone();
            let bias = step.inputs.get(2).cloned().unwrap_or(0..0);
            let [lhs, rhs, bias, out, workspace] =
                disjoint(arena, [input(0), input(1), bias, output(0), workspace]);
            let start = if step.inputs.len() == 3 { Start::Row(bias) } else { Start::Zero };
            if step.spikes && !rhs_transposed && spikes::are_sparse(lhs) {
                if *lhs_transposed {
                    spikes::product_of_transposed(shape, lhs, rhs, out);
                } else {
                    spikes::product(shape, lhs, rhs, start, out);
                }
                return;
            }
            let lhs = Operand { data: lhs, transposed: *lhs_transposed };
            let rhs = Operand { data: rhs, transposed: *rhs_transposed };
            matmul::matmul(shape, lhs, rhs, start, Finish::None, out, workspace);
        }
        Op::SumRows => {
            let [x, out] = disjoint(arena, [input(0), output(0)]);
            reduce::sum_rows(x, out);
        }
        Op::Add => {
            let [a, b, out] = disjoint(arena, [input(0), input(1), output(0)]);
            out.copy_from_slice(a);
            elementwise::add_assign(b, out);
        }
        Op::Activate(activation) => {
            let [x, out] = disjoint(arena, [input(0), output(0)]);
            elementwise::activate(*activation, x, out);
        }
        Op::ActivateGradient(activation) => {
            let [saved, dy, out] = disjoint(arena, [input(0), input(1), output(0)]);
            elementwise::activate_gradient(*activation, saved, dy, out);
        }
        Op::HalfMeanSquare | Op::CrossEntropy => {
            let workspace = step.workspace.clone();
            let [y, target, out, workspace] = disjoint(arena, [input(0), input(1), output(0), workspace]);
            out[0] = match step.op {
                Op::CrossEntropy => loss::cross_entropy(y, target, workspace),
                _ => loss::half_mean_square(y, target, workspace),
            };
        }
        Op::HalfMeanSquareGradient => {
            let [y, target, out] = disjoint(arena, [input(0), input(1), output(0)]);
            loss::half_mean_square_gradient(y, target, 1.0, out);
        }
        Op::CrossEntropyGradient => {
            let [logits, class, out] = disjoint(arena, [input(0), input(1), output(0)]);
            loss::cross_entropy_gradient(logits, class, 1.0, out);
        }
        Op::Encode(encode) => {
            let (_, features) = rows_and_columns(&step.input_shapes[0]);
            let [x, out] = disjoint(arena, [input(0), output(0)]);
            encode.run(features, x, draws.stream, draws.keys, out);
        }
        Op::Neurons(neurons) => {
            let (_, units) = rows_and_columns(&step.input_shapes[0]);
            let workspace = step.workspace.clone();
            let [drive, response, potential, workspace] =
                disjoint(arena, [input(0), output(0), output(1), workspace]);
            neurons.run(units, drive, [response, potential], workspace);
        }
        Op::NeuronsGradient(neurons) => {
            let (_, units) = rows_and_columns(&step.input_shapes[1]);
            let workspace = step.workspace.clone();
            let [response, potential, d_response, d_drive, workspace] =
                disjoint(arena, [input(0), input(1), input(2), output(0), workspace]);
            let tensors = [&*response, &*potential, &*d_response];
            neurons.run_gradient(units, tensors, d_drive, workspace);
        }
    }
}
