//! A program: instructions over plans, run on an executor.

use crate::ann::model::HoldInputs;
use crate::ann::{Descent, Network, Start};
use crate::graph::autodiff::ParameterGradient;
use crate::graph::executor::{Draws, Executor, Ticket, UpdateWork, Work};
use crate::graph::plan::{ParameterLayout, Plan};
use crate::graph::{BuildError, TensorId, WorkError};
use crate::kernels::update::{Pull, Update};

/// One thing that a learning rule does.
#[derive(Clone, Debug)]
pub enum Instruction {
    /// Runs a plan, by its place in the program's list.
    Run(usize),
    /// Lets nothing move in this step unless all numbers of some tensors that a plan has left are finite.
    Guard {
        /// The plan.
        plan: usize,
        /// The tensors: the loss, and all that parameters follow.
        tensors: Vec<TensorId>,
    },
    /// Moves parameters along the gradients that a plan has left.
    Update {
        /// The plan.
        plan: usize,
        /// Parameters by their number, each with the tensor of its gradient.
        gradients: Vec<(usize, TensorId)>,
    },
    /// Moves parameters towards statistics that a plan has left.
    Follow {
        /// The plan.
        plan: usize,
        /// Parameters by their number, each with its statistic.
        followers: Vec<(usize, TensorId)>,
        /// The part of the way that they go.
        share: f32,
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
    /// How many units each of them is about; none where the rule cannot hold units.
    pub held_units: Vec<usize>,
    /// The loss that is reported, and its plan.
    pub loss: (usize, TensorId),
    /// Where the parameters lie: those of the network, then those that are the rule's own.
    pub layout: ParameterLayout,
    /// Where each parameter starts.
    pub starts: Vec<Start>,
}

impl Program {
    /// One run and one update: each parameter follows its gradient, unless `loss`, a gradient or a
    /// statistic is not finite: then none moves.
    ///
    /// # Errors
    /// If the plan is too large.
    pub fn descend(
        network: Network,
        loss: TensorId,
        gradients: Vec<ParameterGradient>,
    ) -> Result<Self, BuildError> {
        let layout = ParameterLayout::of(&network.graph);
        let statistics = network.follows.iter().map(|follow| follow.statistic);
        let keep: Vec<TensorId> =
            gradients.iter().map(|pair| pair.gradient).chain(statistics).chain([loss]).collect();
        let plan = Plan::compile(&network.graph, &layout, &keep)?;
        let number = |parameter| network.graph.parameters().iter().position(|&id| id == parameter);
        let gradients = gradients.iter().filter_map(|pair| Some((number(pair.parameter)?, pair.gradient)));
        let guard = Instruction::Guard { plan: 0, tensors: keep };
        let update = Instruction::Update { plan: 0, gradients: gradients.collect() };
        let mut instructions = vec![Instruction::Run(0), guard, update];
        instructions.extend(network.follows.iter().map(|follow| {
            let followers = number(follow.parameter).map(|number| (number, follow.statistic));
            let followers = followers.into_iter().collect();
            Instruction::Follow { plan: 0, followers, share: follow.share }
        }));
        Ok(Self {
            plans: vec![plan],
            instructions,
            input: network.input,
            target: network.target,
            held_units: network.holds.iter().map(|hold| network.graph.tensor(hold.held).len()).collect(),
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

    /// One step of learning: update `count`, counted from 1. The ticket of its last work, if it has any.
    /// Whether the parameters moved, [`Executor::is_halted`] says when that is done.
    ///
    /// # Errors
    /// If the feed does not fit; nothing is changed then.
    pub fn step(
        &self,
        executor: &mut impl Executor,
        feed: Feed,
        descent: &Descent,
        count: u64,
    ) -> Result<Option<Ticket>, WorkError> {
        let inputs = [(self.input, feed.input), (self.target, feed.target)];
        for plan in &self.plans {
            plan.check(&inputs)?;
        }
        let mut last = None;
        for instruction in &self.instructions {
            last = match instruction {
                Instruction::Run(plan) => {
                    let plan = &self.plans[*plan];
                    hold(executor, plan, &self.holds, feed.held)?;
                    Some(executor.submit(Work::Run { plan, inputs: &inputs, draws: feed.draws })?)
                }
                other => self.update(executor, other, descent, count)?.or(last),
            };
        }
        Ok(last)
    }

    /// Moves parameters, or guards them, as `instruction` says; nothing if it is another one.
    ///
    /// # Errors
    /// None of its own.
    pub fn update(
        &self,
        executor: &mut impl Executor,
        instruction: &Instruction,
        descent: &Descent,
        count: u64,
    ) -> Result<Option<Ticket>, WorkError> {
        let (plan, update) = match instruction {
            Instruction::Run(_) => return Ok(None),
            Instruction::Guard { plan, tensors } => {
                return executor.submit(Work::Guard { plan: &self.plans[*plan], tensors }).map(Some);
            }
            Instruction::Update { plan, gradients } => {
                let (rule, pull) = (descent.optimiser.update(count), descent.pull(count));
                let largest_norm = descent.largest_norm();
                (plan, UpdateWork { gradients, rule, pull, largest_norm })
            }
            Instruction::Follow { plan, followers, share } => {
                let (rule, pull) = (Update::Follow { share: *share }, Pull::plain(0.0));
                (plan, UpdateWork { gradients: followers, rule, pull, largest_norm: f32::INFINITY })
            }
        };
        executor.submit(Work::Update { plan: &self.plans[*plan], update }).map(Some)
    }

    /// The loss of the last step.
    pub fn loss(&self, executor: &impl Executor) -> f32 {
        let (plan, tensor) = self.loss;
        executor.read(&self.plans[plan], tensor)[0]
    }
}

/// Says to `plan` which units are held: for each layer, two rows.
///
/// # Errors
/// If they are not as many as can be held; nothing is changed then.
pub fn hold(
    executor: &mut impl Executor,
    plan: &Plan,
    inputs: &[HoldInputs],
    held: &[[Vec<f32>; 2]],
) -> Result<(), WorkError> {
    if inputs.len() != held.len() {
        return Err(WorkError::Held { expected: inputs.len(), got: held.len() });
    }
    for (inputs, [held, level]) in inputs.iter().zip(held) {
        executor.submit(Work::Write { plan, inputs: &[(inputs.held, held), (inputs.level, level)] })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ann::layers::{
        Attention, BatchNorm, Dense, Dropout, Embedding, Flatten, LayerNorm, MixtureOfExperts, Positions,
        Residual,
    };
    use crate::ann::{Initialiser, Loss, Mode, Model, Optimiser};
    use crate::graph::executor::CpuExecutor;
    use crate::kernels::activation::Activation;
    use crate::learning::backpropagation;
    use crate::rng::{Stream, StreamId};

    #[test]
    fn running_statistics_follow_those_of_finite_batches() {
        let dense = Dense { units: 1, activation: Activation::Linear };
        let layers = vec![BatchNorm { epsilon: 1e-5 }.into(), dense.into()];
        let loss = Loss::HalfMeanSquare(Activation::Linear);
        let model = Model { example: vec![2], layers, loss };
        let program = backpropagation::program(model.build(4, Mode::Learn).expect("fits")).expect("small");
        let mut executor = CpuExecutor::new(program.layout.clone());
        Initialiser::Glorot.start(1, &program.starts, program.layout.ranges(), executor.persistent_mut());
        let input = [1.0, 10.0, 2.0, 20.0, 3.0, 30.0, 6.0, 60.0];
        let mut step = |input: &[f32]| {
            let draws = Draws { stream: Stream::new(1, StreamId::Encoding), keys: &[0, 1, 2, 3] };
            let feed = Feed { input, target: &[0.0; 4], held: &[], draws };
            program.step(&mut executor, feed, &Descent::plain(Optimiser::Sgd, 0.1), 1).expect("it fits");
            [2, 3]
                .map(|number: usize| executor.persistent()[program.layout.ranges()[number].clone()].to_vec())
        };
        // Mean 3 and 30, unbiased variance 14/3 and 1400/3; both went a tenth of the way.
        let [mean, variance] = step(&input);
        for (ours, exact) in mean.iter().zip([0.3, 3.0]) {
            assert!((ours - exact).abs() < 1e-5, "{ours} against {exact}");
        }
        for (ours, exact) in variance.iter().zip([0.9 + 1.4 / 3.0, 0.9 + 140.0 / 3.0]) {
            assert!((ours - exact).abs() < 1e-4, "{ours} against {exact}");
        }
        let mut broken = input;
        broken[3] = f32::NAN;
        assert_eq!(
            step(&broken),
            [mean.clone(), variance.clone()],
            "a batch that is not finite teaches nothing"
        );
        // The variance overflows, while the answers, the loss and the gradients are finite.
        let steep = input.map(|x| 1e20 * x);
        assert_eq!(step(&steep), [mean, variance], "nor does a statistic that is not");
    }

    /// Which symbol stands at a place is told by content and position together.
    #[test]
    fn a_transformer_learns_what_stands_where() {
        let (batch, places, symbols) = (32, 5, 6);
        let attention = Attention { heads: 2, causal: false };
        let expert = MixtureOfExperts { experts: 3, k: 2, hidden: 8, activation: Activation::Gelu, units: 8 };
        let norm = LayerNorm { epsilon: 1e-5 };
        let layers = vec![
            Embedding { vocabulary: symbols, units: 8 }.into(),
            Positions.into(),
            Residual(vec![norm.into(), attention.into(), Dropout { rate: 0.1 }.into()]).into(),
            Residual(vec![norm.into(), expert.into()]).into(),
            Flatten.into(),
            Dense { units: symbols, activation: Activation::Linear }.into(),
        ];
        let model = Model { example: vec![places], layers, loss: Loss::SmoothedCrossEntropy(0.05) };
        let network = model.build(batch, Mode::Learn).expect("fits");
        let program = backpropagation::program(network).expect("small");
        let learned = || {
            let mut executor = CpuExecutor::new(program.layout.clone());
            let numbers = executor.persistent_mut();
            Initialiser::Glorot.start(1, &program.starts, program.layout.ranges(), numbers);
            let data = Stream::new(2, StreamId::Data);
            let losses: Vec<f32> = (1..=80)
                .map(|step| {
                    let symbol = |at| data.below(step, at, symbols as u32) as f32;
                    let input: Vec<f32> = (0..(batch * places) as u64).map(symbol).collect();
                    let target: Vec<f32> = input.iter().skip(2).step_by(places).copied().collect();
                    let keys: Vec<u64> = (0..batch as u64).map(|at| step * 100 + at).collect();
                    let draws = Draws { stream: Stream::new(3, StreamId::Encoding), keys: &keys };
                    let feed = Feed { input: &input, target: &target, held: &[], draws };
                    let descent = Descent::plain(Optimiser::Adam, 0.01);
                    program.step(&mut executor, feed, &descent, step).expect("it fits");
                    program.loss(&executor)
                })
                .collect();
            losses
        };
        let losses = learned();
        assert!(losses[0] > 1.5, "it begins by guessing: {}", losses[0]);
        assert!(losses[79] < 0.7, "it ends by knowing: {}", losses[79]);
        assert_eq!(losses, learned(), "the same seed, the same losses");
    }
}
