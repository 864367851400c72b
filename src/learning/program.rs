//! A program: instructions over plans, run on an executor.

use crate::ann::model::HoldInputs;
use crate::ann::{Descent, Network, Start};
use crate::graph::autodiff::ParameterGradient;
use crate::graph::executor::{Draws, Executor, Ticket, UpdateWork, Work};
use crate::graph::plan::{ParameterLayout, Plan};
use crate::graph::{BuildError, TensorId};

/// One thing that a learning rule does.
#[derive(Clone, Debug)]
pub enum Instruction {
    /// Runs a plan, by its place in the program's list.
    Run(usize),
    /// Moves parameters along the gradients that a plan has left.
    Update {
        /// The plan.
        plan: usize,
        /// Parameters by their number, each with the tensor of its gradient.
        gradients: Vec<(usize, TensorId)>,
        /// The loss; the update is left out unless it is finite.
        guard: TensorId,
    },
}

/// What a step of learning reads.
#[derive(Clone, Copy)]
pub struct Feed<'a> {
    /// `(batch, inputs)`.
    pub input: &'a [f32],
    /// Classes `(batch)` or targets `(batch, outputs)`.
    pub target: &'a [f32],
    /// Which units are held, and at which number: for each layer of [`Program::holds`] two rows.
    pub held: &'a [[Vec<f32>; 2]],
    /// Where random numbers come from.
    pub draws: Draws<'a>,
}

/// A learning rule made for one network and one batch size.
#[derive(Clone, Debug)]
pub struct Program {
    /// The plans that instructions name.
    pub plans: Vec<Plan>,
    /// What to do, in order.
    pub instructions: Vec<Instruction>,
    /// Where the feed goes, in every plan.
    pub input: TensorId,
    /// Where the targets go, in every plan.
    pub target: TensorId,
    /// Where it is said which units are held, in every plan.
    pub holds: Vec<HoldInputs>,
    /// The loss that is reported, and its plan.
    pub loss: (usize, TensorId),
    /// Where the parameters lie: those of the network, then those that are the rule's own.
    pub layout: ParameterLayout,
    /// Where each parameter starts.
    pub starts: Vec<Start>,
}

impl Program {
    /// One run and one update: each parameter follows its gradient, unless `loss` is not finite.
    ///
    /// # Errors
    /// If the plan is too large.
    pub fn descend(
        network: Network,
        loss: TensorId,
        gradients: Vec<ParameterGradient>,
    ) -> Result<Self, BuildError> {
        let layout = ParameterLayout::of(&network.graph);
        let keep: Vec<TensorId> = gradients.iter().map(|pair| pair.gradient).chain([loss]).collect();
        let plan = Plan::compile(&network.graph, &layout, &keep)?;
        let number = |parameter| network.graph.parameters().iter().position(|&id| id == parameter);
        let gradients = gradients.iter().filter_map(|pair| Some((number(pair.parameter)?, pair.gradient)));
        let update = Instruction::Update { plan: 0, gradients: gradients.collect(), guard: loss };
        Ok(Self {
            plans: vec![plan],
            instructions: vec![Instruction::Run(0), update],
            input: network.input,
            target: network.target,
            holds: network.holds,
            loss: (0, loss),
            layout,
            starts: network.starts,
        })
    }

    /// Numbers that its arena takes.
    pub fn arena_len(&self) -> usize {
        self.plans.iter().map(Plan::arena_len).max().unwrap_or(0)
    }

    /// One step of learning: update `count`, counted from 1. The ticket of its last work.
    pub fn step(
        &self,
        executor: &mut impl Executor,
        feed: Feed,
        descent: &Descent,
        count: u64,
    ) -> Option<Ticket> {
        let inputs = [(self.input, feed.input), (self.target, feed.target)];
        let mut last = None;
        for instruction in &self.instructions {
            last = Some(match instruction {
                Instruction::Run(plan) => {
                    let plan = &self.plans[*plan];
                    hold(executor, plan, &self.holds, feed.held);
                    executor.submit(Work::Run { plan, inputs: &inputs, draws: feed.draws })
                }
                Instruction::Update { .. } => self.update(executor, instruction, descent, count)?,
            });
        }
        last
    }

    /// Moves parameters as `instruction` says; nothing if it is another one.
    pub fn update(
        &self,
        executor: &mut impl Executor,
        instruction: &Instruction,
        descent: &Descent,
        count: u64,
    ) -> Option<Ticket> {
        let Instruction::Update { plan, gradients, guard } = instruction else { return None };
        let (rule, pull) = (descent.optimiser.update(count), descent.pull(count));
        let largest_norm = descent.largest_norm();
        let update = UpdateWork { gradients, rule, pull, largest_norm, guard: *guard };
        Some(executor.submit(Work::Update { plan: &self.plans[*plan], update }))
    }

    /// The loss of the last step.
    pub fn loss(&self, executor: &impl Executor) -> f32 {
        let (plan, tensor) = self.loss;
        executor.read(&self.plans[plan], tensor)[0]
    }
}

/// Says to `plan` which units are held: for each layer, two rows.
pub fn hold(executor: &mut impl Executor, plan: &Plan, inputs: &[HoldInputs], held: &[[Vec<f32>; 2]]) {
    for (inputs, [held, level]) in inputs.iter().zip(held) {
        executor.submit(Work::Write { plan, inputs: &[(inputs.held, held), (inputs.level, level)] });
    }
}
