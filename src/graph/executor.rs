//! Runs plans. The face is asynchronous, `submit` then `poll`, because a GPU answers later; the CPU
//! has finished when `submit` returns.

pub use super::operation::Draws;
use super::plan::{ParameterLayout, Plan};
use super::{TensorId, WorkError};
use crate::kernels::reduce;
use crate::kernels::update::{self, Pull, Update};
use core::ops::Range;

/// A parameter update: which gradient belongs to which parameter, and by which rule.
#[derive(Clone, Copy)]
pub struct UpdateWork<'a> {
    /// Parameters by their number, each with the tensor of its gradient.
    pub gradients: &'a [(usize, TensorId)],
    /// The rule, with its numbers for this step.
    pub rule: Update,
    /// Step size and regularisation.
    pub pull: Pull,
    /// What the norm of all gradients together may be; infinite where it is not limited.
    pub largest_norm: f32,
}

/// Something to do, in the order of submission.
#[derive(Clone, Copy)]
pub enum Work<'a> {
    /// Write inputs that the next run of `plan` reads.
    Write {
        /// Whose inputs.
        plan: &'a Plan,
        /// Their numbers.
        inputs: &'a [(TensorId, &'a [f32])],
    },
    /// Write inputs, run all operations.
    Run {
        /// What to run.
        plan: &'a Plan,
        /// Numbers of the inputs.
        inputs: &'a [(TensorId, &'a [f32])],
        /// Where random numbers come from.
        draws: Draws<'a>,
    },
    /// Look whether all numbers of some tensors that the last run of `plan` left are finite. Where one
    /// is not, no parameter moves before the next run.
    Guard {
        /// Whose tensors.
        plan: &'a Plan,
        /// Which.
        tensors: &'a [TensorId],
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
    ///
    /// # Errors
    /// If the numbers do not fit the inputs of the plan; nothing is done then.
    fn submit(&mut self, work: Work) -> Result<Ticket, WorkError>;
    /// Whether a guard found a number that is not finite, and no run came after.
    fn is_halted(&self) -> bool;
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
    halted: bool,
}

impl CpuExecutor {
    /// An executor with all parameters at zero.
    pub fn new(layout: ParameterLayout) -> Self {
        Self { arena: vec![0.0; layout.persistent_len()], layout, submitted: 0, halted: false }
    }

    /// The layout of its parameters.
    pub fn layout(&self) -> &ParameterLayout {
        &self.layout
    }

    /// Runs all operations of `plan` on the inputs that it has, and calls `after` behind each.
    pub fn run(&mut self, plan: &Plan, draws: Draws, mut after: impl FnMut(usize)) {
        self.halted = false;
        self.make_room(plan);
        for (at, step) in plan.steps().iter().enumerate() {
            step.op.operation().run(step.operands(&mut self.arena, draws));
            after(at);
        }
    }

    fn write(&mut self, plan: &Plan, inputs: &[(TensorId, &[f32])]) -> Result<(), WorkError> {
        plan.check(inputs)?;
        self.make_room(plan);
        for (tensor, numbers) in inputs {
            self.arena[plan.place(*tensor)].copy_from_slice(numbers);
        }
        Ok(())
    }

    fn make_room(&mut self, plan: &Plan) {
        if self.arena.len() < plan.arena_len() {
            self.arena.reserve_exact(plan.arena_len() - self.arena.len());
            self.arena.resize(plan.arena_len(), 0.0);
        }
    }

    fn update(&mut self, plan: &Plan, update: UpdateWork) {
        if self.halted {
            return;
        }
        let mut pull = update.pull;
        if update.largest_norm < f32::INFINITY {
            let gradients = update.gradients.iter().map(|&(_, gradient)| &self.arena[plan.place(gradient)]);
            let all = gradients.map(update::sum_of_squares).fold(0.0, |all, sum| all + sum);
            pull.gradient_scale = update::clip_factor(all, update.largest_norm);
        }
        for &(number, gradient) in update.gradients {
            let values = self.layout.ranges()[number].clone();
            let moved = |spans: usize| {
                values.start + spans * self.layout.span()..values.end + spans * self.layout.span()
            };
            let ranges = [values.clone(), plan.place(gradient), moved(1), moved(2)];
            let [w, g, m, v] = disjoint(&mut self.arena, ranges);
            update::update(update.rule, pull, w, g, m, v);
        }
    }
}

impl Executor for CpuExecutor {
    fn submit(&mut self, work: Work) -> Result<Ticket, WorkError> {
        match work {
            Work::Write { plan, inputs } => self.write(plan, inputs)?,
            Work::Run { plan, inputs, draws } => {
                plan.check_keys(draws.keys.len())?;
                self.write(plan, inputs)?;
                self.run(plan, draws, |_| {});
            }
            Work::Guard { plan, tensors } => {
                let finite = |&tensor: &TensorId| reduce::is_finite(&self.arena[plan.place(tensor)]);
                self.halted |= !tensors.iter().all(finite);
            }
            Work::Update { plan, update } => self.update(plan, update),
        }
        self.submitted += 1;
        Ok(Ticket(self.submitted))
    }

    fn is_halted(&self) -> bool {
        self.halted
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
